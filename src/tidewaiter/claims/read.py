"""One report in, its claims out: sentences, mentions, predicates with their slots, and who says each.

Text in a document is only ever read; nothing in it changes how it is read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from tidewaiter.claims.accused import Accused
from tidewaiter.claims.clauses import CueAt, Parsed, fall_back, parse
from tidewaiter.claims.compiled import CompiledWords, compile_words
from tidewaiter.claims.fill.bystanders import bystanders, plurals
from tidewaiter.claims.fill.scene import Scene
from tidewaiter.claims.goods import GoodsReader, goods_in
from tidewaiter.claims.machine_words import addressed_to_machines
from tidewaiter.claims.make import numbered
from tidewaiter.claims.notice import Attribution, Notice, Noticed, OwnVoice
from tidewaiter.claims.nouns import GoodsNouns
from tidewaiter.claims.sentence_claims import QUOTES, SentenceReading
from tidewaiter.claims.sentences import Sentence, sentences
from tidewaiter.claims.shapes import phrases_of, shaped
from tidewaiter.claims.taking_up import KnownThings, People, SpokenOf
from tidewaiter.claims.unread import unread
from tidewaiter.model import Problem
from tidewaiter.model.claims import Claim, Mention, Report
from tidewaiter.packs.report_words import ReportWords

MOST_CLAIMS = 2_000  # of one document; what stands behind is not read
FALL_BACKS = 3  # times a sentence is read without the cues that found nothing
# Who only tells of a case is not taken up by "he" or "the suspect".
TELLING = frozenset({"anonymous", "official", "authority", "authorities", "lawyer", "expert"})

Attribute = Callable[[Report, Sequence[Sentence], Sequence[Noticed]], Attribution]


def own_voice(report: Report, sentences: Sequence[Sentence], noticed: Sequence[Noticed]) -> Attribution:
    """Attribute everything to the document itself."""
    return OwnVoice()


class ClaimReader:
    """Reads reports into claims.

    Args:
        words: the words of reports by language; a report in another language gives no claim.
        goods: the goods engine.
        notice: finds mentions, by language of the report.
        attribute: says who speaks, made once per document.
        nouns: nouns of goods by language.
    """

    def __init__(
        self,
        words: Mapping[str, ReportWords],
        goods: GoodsReader,
        notice: Notice,
        attribute: Attribute = own_voice,
        nouns: Mapping[str, GoodsNouns] = MappingProxyType({}),
    ) -> None:
        self.words = {language: compile_words(found) for language, found in words.items()}
        self.goods = goods
        self.notice = notice
        self.attribute = attribute
        self.nouns = nouns
        self._noticed: tuple[Report | None, tuple[tuple[Sentence, ...], tuple[Noticed, ...]]] = (None, ((), ()))
        self._pronouns = {
            language: frozenset(cue.casefold() for cue in found.list("pronouns")) for language, found in words.items()
        }

    def claims(self, report: Report) -> tuple[Claim, ...]:
        """Return the claims of one report in the order of its text.

        Raises:
            InternalError: a claim's quote would not be in the text; nothing is returned then.
        """
        words = self.words.get(report.language)
        if words is None:
            return ()
        found, noticed = self.noticed(report)
        attribution = self.attribute(report, found, noticed)
        claims: list[Claim] = []
        spoken_of = SpokenOf()
        accused = Accused()
        things = KnownThings(frozenset(words.words.list("noun_links")))
        idle = addressed_to_machines(report.text, found, words.lists["to_machines"])
        for number, (sentence, named) in enumerate(zip(found, noticed, strict=True)):
            if len(claims) >= MOST_CLAIMS:
                break
            if number in idle:
                continue
            accused.meet(named.mentions)
            things.posted = things.posted or bool(words.lists["post_words"].find(sentence.tokens))
            made = tuple(self._sentence(report, sentence, named, words, attribution, spoken_of, things, accused))
            things.learn(made)
            accused.learn(made)
            claims.extend(made)
        return numbered(claims)

    def unread(self, report: Report, claims: Sequence[Claim]) -> tuple[Problem, ...]:
        """Return what of a report was not read for claims: a language that no pack knows, what stands behind the most that is read."""
        return unread(report, claims, frozenset(self.words), MOST_CLAIMS)

    def scenes(self, report: Report, found: Sequence[Sentence], noticed: Sequence[Noticed]) -> Iterator[Scene]:
        """Yield each sentence of a report with everything found in it, questions left out; nothing in a language without words.

        Args:
            report: the report.
            found: its sentences, and
            noticed: what each names, as `noticed` returns them.
        """
        words = self.words.get(report.language)
        if words is None:
            return
        things = KnownThings(frozenset(words.words.list("noun_links")))
        for sentence, named in zip(found, noticed, strict=True):
            if sentence.passage == "headline" or sentence.tokens[-1].text != "?":
                yield self._scene(report, parse(sentence, words), named, words, things)

    def noticed(self, report: Report) -> tuple[tuple[Sentence, ...], tuple[Noticed, ...]]:
        """Return the sentences of a report and what each names, with whom it takes up; nothing in a language without words."""
        words = self.words.get(report.language)
        if words is None:
            return (), ()
        last, known = self._noticed
        if last is report:
            return known
        found = sentences(report, words.words)
        people = People()
        noticed = [self._taken_up(named, people, words) for named in self.notice.noticed(report, found)]
        made = found, tuple(replace(named, mentions=people.with_ages(named.mentions)) for named in noticed)
        self._noticed = report, made  # claims and facts of one report are asked one after the other
        return made

    def _taken_up(self, named: Noticed, people: People, words: CompiledWords) -> Noticed:
        pronouns = self._pronouns[words.language]
        spots = named.found.spots if named.found is not None else ()
        telling = {spot.mention.start for spot in spots if spot.sort in TELLING}
        concerned = [m.start for m in named.mentions if m.kind in ("person", "people") and m.start not in telling]
        mentions = tuple(people.take_up(m, pronouns) if m.start in concerned else m for m in named.mentions)
        people.was_subject(next((m for m in mentions if m.start in concerned), None))
        return replace(named, mentions=mentions)

    def _sentence(
        self,
        report: Report,
        sentence: Sentence,
        noticed: Noticed,
        words: CompiledWords,
        attribution: Attribution,
        spoken_of: SpokenOf,
        things: KnownThings,
        accused: Accused,
    ) -> Iterator[Claim]:
        spoken_of.enter(sentence.paragraph)
        if sentence.passage != "headline" and sentence.tokens[-1].text == "?":
            return  # a question says nothing
        parsed = parse(sentence, words)
        quoted = QUOTES.intersection(report.text[sentence.start : sentence.end])
        marked = parsed.of("unverified", "silent", "states", "copula", "copula_bare")
        if not parsed.hits and not marked and not noticed.values and not quoted:
            return
        noticed = _without_goods(noticed, parsed)
        without: frozenset[CueAt] = frozenset()
        for _ in range(FALL_BACKS):
            scene = self._scene(report, parsed, noticed, words, things)
            reading = SentenceReading(scene, words, attribution, spoken_of, accused, things.posted)
            failing = fall_back(parsed, reading.failing()) | reading.surplus()
            if not failing:
                break
            without |= failing
            parsed = parse(sentence, words, without, parsed)
        yield from reading.claims()

    def _scene(
        self, report: Report, parsed: Parsed, noticed: Noticed, words: CompiledWords, things: KnownThings
    ) -> Scene:
        tokens = parsed.sentence.tokens
        nouns = self.nouns.get(words.language)
        found = words.keyed["prepositions"].find(tokens)
        prepositions = frozenset(hit.first for hit in found)
        taken = [(m.start, m.end) for m in noticed.mentions if m.kind not in ("goods", "other")]
        taken += [(p.start, p.end) for p in noticed.places]
        taken += _one_word_verbs(parsed)
        times = [(s.start, s.end) for s in noticed.stamps if s.start is not None and s.end is not None]
        phrases = phrases_of(parsed, words, [*taken, *times], prepositions)
        verbs = _verbs(parsed)
        known = [
            at
            for at, token in enumerate(tokens)
            if at not in verbs and (things.knows(token.low) or (nouns is not None and nouns.knows(token.low)))
        ]
        goods = goods_in(
            report,
            parsed.sentence,
            parsed.marks,
            self.goods,
            taken,
            noticed.quantities,
            verbs,
            known,
            phrases,
            nouns.excludes if nouns is not None else None,
        )
        return Scene(
            report,
            parsed,
            noticed,
            goods,
            words.words.order == "free",
            tuple(tokens[hit.last - 1].end for hit in found if hit.value in ("in", "via")),
            prepositions,
            shaped(phrases, parsed, nouns, report, noticed.quantities),
            tuple(phrases),
            nouns.excludes if nouns is not None else None,
            words.words.group("be"),
            words.words.list("participles"),
            words.words.list("past_endings"),
            _objects(parsed, report),
            words.words.order == "either",
            bystanders(noticed.mentions, parsed, words),
            plurals(parsed, words),
        )


def _without_goods(noticed: Noticed, parsed: Parsed) -> Noticed:
    """Return what was noticed without places that are one word of goods with a capital: "Груз" is cargo, though it begins as Georgia does."""
    tokens = parsed.sentence.tokens
    words = {tokens[m.first].start for m in parsed.of("goods_nouns", "goods_kinds") if m.last - m.first == 1}
    return replace(noticed, places=tuple(place for place in noticed.places if place.start not in words))


def _verbs(parsed: Parsed) -> frozenset[int]:
    return frozenset(at for hit in parsed.hits for at in range(hit.first, hit.last))


def _one_word_verbs(parsed: Parsed) -> list[tuple[int, int]]:
    """Return the spans of verbs of one word: what the goods engine may know as a noun as well ("lagen")."""
    tokens = parsed.sentence.tokens
    found = [hit.first for hit in parsed.hits if hit.last - hit.first == 1 and hit.voice != "noun"]
    return [(tokens[at].start, tokens[at].end) for at in found if tokens[at].text.islower()]


def _objects(parsed: Parsed, report: Report) -> tuple[Mention, ...]:
    """Return "him" and "his" as mentions: they stand for whom something is done to."""
    tokens = parsed.sentence.tokens
    spans = [(tokens[m.first].start, tokens[m.last - 1].end) for m in parsed.of("pronouns_object")]
    return tuple(Mention("person", report.text[a:b], a, b, head=report.text[a:b].casefold()) for a, b in spans)


__all__ = ["Attribute", "ClaimReader", "own_voice"]
