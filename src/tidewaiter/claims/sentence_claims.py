"""The claims of one sentence: those of its predicates, and those that no verb gives."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from tidewaiter.claims.accused import Accused
from tidewaiter.claims.clauses import CueAt, Hit, Parsed, cue_at
from tidewaiter.claims.compiled import CompiledWords
from tidewaiter.claims.declared import is_declared
from tidewaiter.claims.fill.around import figures_of, places_of, time_of
from tidewaiter.claims.fill.goods import goods_of
from tidewaiter.claims.fill.people import object_of, subject_of
from tidewaiter.claims.fill.scene import Scene
from tidewaiter.claims.make import make_claim
from tidewaiter.claims.manner import modality_of, polarity_of, status_of
from tidewaiter.claims.notice import Attribution
from tidewaiter.claims.roles import (
    ABOUT_A_CASE,
    ABOUT_SOMEBODY,
    ABSORBS,
    BODIES,
    CASES_ABSORB,
    DOINGS,
    NOT_GOING_ON,
    PERSONS,
    ROLES,
)
from tidewaiter.claims.sentences import inside, quotations, quotations_of
from tidewaiter.claims.special import generalisation, said_to_be, uncounted, unverified
from tidewaiter.claims.taking_up import SpokenOf
from tidewaiter.model.claims import (
    Claim,
    Extraction,
    GoodsMention,
    Mention,
    MentionKind,
    Polarity,
    Predicate,
    Quantity,
    Speaker,
)

QUOTES = frozenset("«“„\"'‘")
POSITION = 3  # words of a quotation that may be a position
OWNER = 3  # characters between an owner and what is his
TAIL = 3  # words behind a verb of saying that closes its sentence
SAID = 5  # words behind a verb of saying that make a position
QUOTE_REACH = 9  # tokens between a verb of saying and the words it gives
_DETAILED = frozenset({Predicate.MOTIVE_ALLEGED, Predicate.LAW_STATES, Predicate.STATED, Predicate.DENIAL})
_BESIDE = frozenset({Predicate.STATED, Predicate.FIGURE_STATED})  # a position may stand beside these
_NOT_DECLARING = frozenset({"outlet", "authority", "court"})  # what they write is no declaration of goods
_TAKING = frozenset({Predicate.SEIZED, Predicate.FOUND, Predicate.SEARCHED})
_EDGE = " \t\n,;:—–-*"


class SentenceReading:
    """Reads the claims of one sentence.

    Args:
        scene: the sentence with what was found in it.
        words: the words of its language.
        attribution: who says what in the document.
        spoken_of: whom its paragraph spoke of before; kept up to date.
        accused: who is of the accused side so far.
        posted: whether the text has spoken of post so far; without, what is sent is exported.
    """

    def __init__(
        self,
        scene: Scene,
        words: CompiledWords,
        attribution: Attribution,
        spoken_of: SpokenOf,
        accused: Accused,
        posted: bool = True,
    ) -> None:
        self.report = scene.report
        self.scene = scene
        self.parsed: Parsed = scene.parsed
        self.words = words
        self.attribution = attribution
        self.spoken_of = spoken_of
        self.accused = accused
        self.posted = posted
        self.prepositions = self._prepositions()

    def failing(self) -> list[Hit]:
        """Return the predicates whose cue asks for what is not there."""
        return [hit for hit in self.parsed.hits if not self._holds(hit)]

    def surplus(self) -> frozenset[CueAt]:
        """Return the cues that say nothing here, so that their words are read as part of what another predicate says."""
        if not self.parsed.shaped:
            return frozenset()
        hits = self.parsed.hits
        idle = [hit for hit in hits if self._says_inside(hit) or self._only_describes(hit) or self._addressed(hit)]
        idle += [hit for hit in hits if self._is_noun(hit)]
        return frozenset(cue_at(hit.last, hit.row) for hit in idle)

    def _is_noun(self, hit: Hit) -> bool:
        """Return whether an article makes a noun of a verb of one word: "the arrests would harm trade"."""
        if hit.voice != "active" or hit.last - hit.first > 1 or hit.predicate != Predicate.DETAINED:
            return False
        relatives = {mark.first for mark in self.parsed.of("relatives")}
        return any(m.last == hit.first and m.first not in relatives for m in self.parsed.of("article"))

    def _addressed(self, hit: Hit) -> bool:
        """Return whether a sending only says of what was found or taken where it was to go: "seized three parcels addressed to Perm"."""
        tokens = self.parsed.sentence.tokens
        holds = hit.predicate == Predicate.FOUND and tokens[hit.first].low.endswith(self.scene.participles)
        holds = holds and tokens[hit.first - 1].text != ","  # ", finding six lathes" is a deed of its own
        if not holds and (hit.predicate not in (Predicate.POSTED, Predicate.EXPORTED) or hit.voice == "active"):
            return False
        if hit.voice == "passive" and (hit.turned or tokens[hit.first].low in self.scene.be):
            return False
        taken = [h for h in self.parsed.hits if h.last <= hit.first and h.predicate in _TAKING and h.voice == "active"]
        return any(h.clause == hit.clause for h in taken)

    def claims(self) -> Iterator[Claim]:
        """Yield the claims, those of cues first."""
        made = list(self._by_rules())
        yield from made
        covered = [(claim.start, claim.end) for claim in made]
        sums = [h for h in self.parsed.hits if h.predicate == Predicate.FIGURE_STATED and h.voice == "noun"]
        covered += [self.scene.span(hit.first, hit.right) for hit in sums]
        for value, first, last in uncounted(self.scene, covered):
            start, end = self.scene.span(first, last)
            goods = tuple(g for g in self.scene.goods if start <= g.start < end)
            yield self._make(Predicate.FIGURE_STATED, first, last, rule="figure", goods=goods, value=value)
        yield from self._positions(covered)

    def _positions(self, covered: list[tuple[int, int]]) -> Iterator[Claim]:
        """Yield what somebody is quoted with and no other claim holds: a position of the innermost speaker, the suspect's as a denial."""
        sentence, text = self.parsed.sentence, self.report.text
        for quote in quotations(text, sentence.start, sentence.end):
            words = len(text[quote.start : quote.end].split())
            if quote.depth > 1 or words < POSITION or any(a < quote.end and quote.start < b for a, b in covered):
                continue
            chain, _ = self.attribution.chain(sentence, quote.start, quote.end)
            subject = _speaking(chain[-1], text) if chain and chain[-1].type not in ("document", "outlet") else None
            if subject is not None:
                denied = chain[-1].type == "suspect" and not self.parsed.shaped  # the accused side, for itself
                denied = denied or self._protests(quote.start, quote.end)
                first = next(i for i, token in enumerate(sentence.tokens) if token.end > quote.start)
                last = next((i for i, t in enumerate(sentence.tokens) if t.start >= quote.end), len(sentence.tokens))
                self.spoken_of.said(subject)
                yield self._make(
                    Predicate.DENIAL if denied else Predicate.STATED,
                    first,
                    last,
                    rule="position",
                    subject=subject,
                    goods=tuple(g for g in self.scene.goods if denied and quote.start < g.start < quote.end),
                    detail=text[quote.start + 1 : quote.end - 1].strip(),
                )

    def _by_rules(self) -> Iterator[Claim]:
        tokens = self.parsed.sentence.tokens
        absorbed: list[tuple[int, int]] = list(unverified(self.scene))
        for first, last in absorbed:
            yield self._make(Predicate.UNVERIFIED, first, last, rule="unverified")
        general = generalisation(self.scene)
        if general is not None:
            yield self._make(Predicate.GENERALISATION, *general, rule="generalisation")
            absorbed.append((general[0], len(tokens)))
        kept = [hit for hit in self.parsed.hits if not any(a <= hit.first < b for a, b in absorbed)]
        kept = [hit for hit in kept if self._holds(hit) and not self._says_inside(hit)]
        if self.parsed.shaped:
            kept = [hit for hit in kept if hit.predicate not in DOINGS or not self._within_protest(hit)]
            kept = self._once(kept)
        kept = [hit for hit in kept if not any(_absorbs(other, hit, self.parsed.shaped) for other in kept)]
        kept = [
            hit
            for hit in kept
            if hit.predicate != Predicate.STATED or is_declared(hit) or self._stands_alone(hit, kept)
        ]
        said = {hit.clause for hit in kept if hit.predicate == Predicate.STATED}
        for hit in kept:
            if hit.predicate != Predicate.FIGURE_STATED or hit.clause not in said:
                yield self._claim(hit)
        yield from self._goods_are(kept, absorbed)

    def _protests(self, start: int, end: int) -> bool:
        """Return whether the accused side speaks in a span and says no, or that it was all harmless."""
        tokens = self.parsed.sentence.tokens
        marks = [mark for mark in self.parsed.of("negation", "protests") if start <= tokens[mark.first].start < end]
        if not marks:
            return False
        chain, _ = self.attribution.chain(self.parsed.sentence, start, end)
        return self.accused.speaks(chain)

    def _says_inside(self, hit: Hit) -> bool:
        """Return whether a verb of saying stands inside a quotation: whoever is quoted speaks, not who is spoken of."""
        if hit.predicate != Predicate.STATED or "goods" in hit.row.values:
            return False
        start, end = self.scene.span(hit.first, hit.last)
        return inside(quotations_of(self.report.text), start, end) is not None

    def _within_protest(self, hit: Hit) -> bool:
        sentence = self.parsed.sentence
        at = sentence.tokens[hit.first].start
        around = [q for q in quotations(self.report.text, sentence.start, sentence.end) if q.start < at < q.end]
        return bool(around) and self._protests(around[0].start, around[0].end)

    def _once(self, kept: list[Hit]) -> list[Hit]:
        """Return the hits without those that a like one in their clause says better, and without conditions that a later one states in full."""
        found = []
        for hit in kept:
            twins = [o for o in kept if o is not hit and o.predicate == hit.predicate and o.predicate in ABOUT_A_CASE]
            same = [o for o in twins if o.clause == hit.clause]
            nobody = self._subject(hit) is None and any(self._subject(o) is not None for o in same)
            condition = any(m.first == hit.clause[0] for m in self.parsed.of("hypothetical"))
            noun = hit.voice == "noun" and any(o.first < hit.first and o.voice != "noun" for o in same)
            again = hit.predicate == Predicate.CONVICTED and any(self._same_verdict(o, hit) for o in twins)
            if not nobody and not again and not noun and not (condition and any(o.first > hit.first for o in twins)):
                found.append(hit)
        return found

    def _same_verdict(self, other: Hit, hit: Hit) -> bool:
        """Return whether a verdict goes on with one before it: "sentenced him to a year and fined him"."""
        if other.first > hit.first or other.voice == "noun" or hit.voice == "noun":
            return False
        if any(mark.first == other.clause[0] for mark in self.parsed.of("hypothetical")):
            return False  # "if found guilty, he would be jailed"
        one, two = self._subject(other), self._subject(hit)
        same = one is not None and two is not None and (one.start == two.start or one.text == two.text)
        same = same or (one is not None and two in self.scene.objects)
        return same and polarity_of(other, self.parsed) == polarity_of(hit, self.parsed)

    def _goods_are(self, kept: list[Hit], absorbed: list[tuple[int, int]]) -> Iterator[Claim]:
        seen = [hit.clause for hit in kept if hit.predicate in (Predicate.GOODS_ARE, Predicate.LAW_STATES)]
        for goods, first, last in said_to_be(self.scene):
            if not any(a <= first < b for a, b in (*absorbed, *seen)):
                yield self._make(
                    Predicate.GOODS_ARE,
                    first,
                    last,
                    rule="goods-are",
                    goods=goods,
                    quantity=goods[0].quantity,
                    polarity=self._copula_polarity(first, last),
                )

    def _copula_polarity(self, first: int, last: int) -> Polarity:
        """Return `negated` where a negating word stands right behind the copula of a clause."""
        ends = {mark.last for mark in self.parsed.of("copula_bare")} | {
            mark.first for mark in self.parsed.of("copula_bare")
        }
        negated = any(
            first <= mark.first < last and (mark.first in ends or mark.first - 1 in ends)
            for mark in self.parsed.of("negation")
        )
        return "negated" if negated else "affirmed"

    def _holds(self, hit: Hit) -> bool:
        """Return whether what the cue asks for is there."""
        if self._only_describes(hit):
            return False
        needs = hit.row.values.get("needs", "")
        final = hit.row.values.get("status") == "final"  # "the verdict is in force" names nobody
        final = final or (hit.predicate == Predicate.MOTIVE_ALLEGED and hit.voice == "noun")  # "the motive was money"
        if (
            self._about_somebody(hit)
            and needs != "nobody"
            and not final
            and self._subject(hit) is None
            and "goods" not in hit.row.values
            and not is_declared(hit)
        ):
            return False
        if self._names_offence(hit) or self._conspires(hit) or self._only_presumed(hit) or self._may_serve(hit):
            return False
        if hit.row.values.get("goods") == "own":
            declarer = subject_of(hit, self.scene)
            if needs == "quotation" and not any(self._is_quoted(g) for g in goods_of(hit, self.scene)):
                return False
            return bool(goods_of(hit, self.scene)) and (declarer is None or declarer.kind not in _NOT_DECLARING)
        if needs == "nobody":
            return True
        if hit.predicate == Predicate.DENIAL and hit.turned == "passive":
            return any(hit.last <= mark.first < hit.right for mark in self.parsed.of("agents"))  # "was rejected"
        if needs in ("goods", "known-goods"):
            return bool(self._goods(hit))
        if needs == "person":
            return subject_of(hit, self.scene) is not None
        if needs == "goods-or-person":
            return bool(self._goods(hit)) or subject_of(hit, self.scene) is not None
        if needs == "law":
            return subject_of(hit, self.scene) is not None or bool(self.parsed.of("law_nouns"))
        if needs == "number":
            return any(figure is not None for figure in figures_of(hit, self.scene))
        return needs != "place" or bool(self.scene.noticed.places)

    def _names_offence(self, hit: Hit) -> bool:
        """Return whether an act behind a step of a case is only its name in law: "two counts of exporting dual-use goods"."""
        if not self.parsed.shaped or hit.predicate not in (Predicate.POSTED, Predicate.EXPORTED):
            return False
        case = [h for h in self.parsed.hits if h.last <= hit.first and h.predicate in ABOUT_A_CASE]
        goods = goods_of(hit, self.scene)
        bare = self.words.bare
        return bool(case and goods) and all(g.quantity is None and bare(g.text.split()[-1].casefold()) for g in goods)

    def _conspires(self, hit: Hit) -> bool:
        """Return whether a motive is the offence itself: "conspiring to evade export controls"."""
        marks = self.parsed.of("hedges") if self.parsed.shaped else ()
        return hit.predicate == Predicate.MOTIVE_ALLEGED and any(m.first < hit.first < m.last for m in marks)

    def _only_presumed(self, hit: Hit) -> bool:
        """Return whether a sentence only recalls that charges prove nothing."""
        return hit.predicate in ABOUT_A_CASE and bool(self.parsed.of("presumption"))

    def _may_serve(self, hit: Hit) -> bool:
        """Return whether words for use say what things can do, not where they were seen: "can be used in submarines"."""
        return hit.predicate == Predicate.SEEN_IN_USE and any(m.last == hit.first for m in self.parsed.of("modals"))

    def _is_quoted(self, goods: GoodsMention) -> bool:
        return self.report.text[goods.start - 1 : goods.start] in QUOTES

    def _only_describes(self, hit: Hit) -> bool:
        """Return whether a noun for a deed only says of what kind the noun behind it is: "the export desk"."""
        if not self.parsed.shaped or hit.voice != "noun" or hit.predicate not in DOINGS:
            return False
        tokens = self.parsed.sentence.tokens
        return any(p.first == hit.last for p in self.scene.nouns) and tokens[hit.last - 1].low not in self.words.links

    def _subject(self, hit: Hit) -> Mention | None:
        """Return the subject in the sentence; in a sentence that names nobody, whom the paragraph last spoke of."""
        subject = subject_of(hit, self.scene)
        if hit.row.values.get("needs") == "nobody":
            return self._owner(hit) if hit.predicate == Predicate.MOTIVE_ALLEGED else None
        if subject is None and hit.predicate == Predicate.DENIAL:
            subject = self._quoted(hit)
        if subject is None and self._about_somebody(hit) and not self._names_somebody():
            return self.spoken_of.person
        if subject is None and self.words.words.dropped_subjects and self._goes_on(hit):
            return self.spoken_of.person
        return subject

    def _owner(self, hit: Hit) -> Mention | None:
        """Return whose motive is named: "the owner's motive was"."""
        start, _ = self.scene.span(hit.first, hit.last)
        near = [m for m in self.scene.noticed.mentions if m.kind in PERSONS and 0 < start - m.end <= OWNER]
        return near[-1] if near else None

    def _is_nation(self, mention: Mention) -> bool:
        """Return whether a mention is nothing but a word of nationality."""
        tokens = self.parsed.sentence.tokens
        nations = {at for mark in self.parsed.of("nationalities") for at in range(mark.first, mark.last)}
        own = [at for at, token in enumerate(tokens) if mention.start <= token.start < mention.end and token.is_word]
        return not mention.name and bool(own) and nations.issuperset(own)

    def _quoted(self, hit: Hit) -> Mention | None:
        """Return whose words a predicate inside a quotation is."""
        sentence, text = self.parsed.sentence, self.report.text
        start, end = self.scene.span(hit.first, hit.last)
        if inside(quotations(text, sentence.start, sentence.end), start, end) is None:
            return None
        chain, _ = self.attribution.chain(sentence, start, end)
        return _speaking(chain[-1], text) if chain else None

    def _goods(self, hit: Hit) -> tuple[GoodsMention, ...]:
        """Return the goods of a predicate; where a verb leaves its subject out, those last spoken of ("Eran de uso civil", "que enviaba")."""
        found = goods_of(hit, self.scene)
        if found or not self.words.words.dropped_subjects or hit.row.values.get("needs") != "goods" or is_declared(hit):
            return found
        start, _ = self.scene.span(hit.first, hit.last)
        relative = any(m.first == hit.clause[0] and m.last <= hit.first for m in self.parsed.of("clause_breaks"))
        if hit.voice != "passive" and not (relative and hit.voice == "active"):
            return found
        before = tuple(g for g in self.scene.goods if g.end <= start)
        return before[-1:] or (self.spoken_of.goods[:1] if hit.voice == "passive" else ())

    def _goes_on(self, hit: Hit) -> bool:
        """Return whether a verb without a subject goes on with whom the paragraph last spoke of: "Avrebbe spedito sette pacchi"."""
        start, _ = self.scene.span(hit.first, hit.last)
        named = any(m.kind in PERSONS and m.end <= start for m in self.scene.noticed.mentions)
        if is_declared(hit):
            return True  # whose sending the papers are about
        voices = ("active",) if hit.predicate in DOINGS else ("active", "passive")
        return not named and hit.voice in voices and hit.predicate in DOINGS | ABOUT_SOMEBODY | {Predicate.CHARGED}

    def _about_somebody(self, hit: Hit) -> bool:
        """Return whether a predicate said of nobody is no claim."""
        return hit.predicate in ABOUT_SOMEBODY and not (self.parsed.shaped and hit.predicate == Predicate.SEARCHED)

    def _names_somebody(self) -> bool:
        return any(m.kind in PERSONS for m in self.scene.noticed.mentions)

    def _stands_alone(self, hit: Hit, kept: list[Hit]) -> bool:
        """What is declared is always a claim; a position is a claim of its own where a named speaker says nothing that another predicate holds."""
        others = [other for other in kept if other is not hit and other.predicate not in _BESIDE]
        subject = subject_of(hit, self.scene)
        tokens = self.parsed.sentence.tokens
        closes = sum(token.is_word for token in tokens[hit.last :]) <= TAIL
        if self.parsed.shaped and others and closes and "goods" not in hit.row.values:
            return False
        if self.parsed.shaped and subject is not None and subject.name:
            others = [other for other in others if other.clause == hit.clause]
        if hit.row.values.get("goods") == "own":
            return True
        if others:
            return False
        quoted = any(tokens[at].text in QUOTES for at in range(hit.last, min(len(tokens), hit.last + QUOTE_REACH)))
        words = sum(token.is_word for token in tokens[hit.last :])  # "said that …" goes on in the next clause
        if self.parsed.shaped and words <= TAIL and subject is not None and (subject.name or subject.kind in BODIES):
            said = sum(token.is_word and token.end <= subject.start for token in tokens)
            return quoted or said >= SAID  # "…, the spokesman Jan Smit told us"
        return quoted or (subject is not None and bool(subject.name) and words >= SAID)

    def _claim(self, hit: Hit) -> Claim:
        scene, parsed = self.scene, self.parsed
        predicate = hit.predicate
        polarity, modality = polarity_of(hit, parsed), modality_of(hit, parsed)
        subject, goods = self._subject(hit), self._goods(hit)
        self.spoken_of.said(subject)
        self.spoken_of.goods = goods or self.spoken_of.goods
        quantity, value = figures_of(hit, scene)
        done = modality not in ("attempted", "hypothetical") or not parsed.shaped
        if predicate in (Predicate.POSTED, Predicate.EXPORTED) and done and self._prior(hit):
            predicate = Predicate.PRIOR_SHIPMENT
        if predicate == Predicate.EXPORTED and self._by_post(hit):
            predicate = Predicate.POSTED
        elif predicate == Predicate.POSTED and not self.posted and scene.nouns:
            predicate = Predicate.EXPORTED
        if (
            predicate == Predicate.STATED
            and "goods" not in hit.row.values
            and any(self._protests(*scene.span(*range_)) for range_ in self._said_words(hit))
        ):
            predicate = Predicate.DENIAL
        place, route = places_of(hit, scene, self.prepositions)
        first, last = self._extent(hit, subject, goods)
        chain, upstream = self._chain(hit, predicate, goods, value)
        if ("goods" in hit.row.values or is_declared(hit)) and subject is not None and subject.kind == "other":
            chain = (*chain, Speaker("document", subject.text, "", "", "B", subject.start, subject.end))
        return self._make(
            predicate,
            first,
            last,
            rule=hit.row.source,
            chain=chain,
            upstream=upstream,
            subject=subject,
            object=object_of(hit, scene),
            goods=goods,
            quantity=next((g.quantity for g in goods if g.quantity is not None), quantity),
            value=value,
            route=route,
            time=time_of(hit, scene),
            place=place,
            polarity=polarity,
            modality=modality,
            status=status_of(hit, parsed, polarity, modality),
            detail=self._detail(hit) if predicate in _DETAILED else "",
        )

    def _said_words(self, hit: Hit) -> list[tuple[int, int]]:
        """Return the token ranges of what is said: behind the verb, and before one that closes its sentence."""
        tokens = self.parsed.sentence.tokens
        closes = self.parsed.shaped and sum(token.is_word for token in tokens[hit.last :]) <= TAIL
        return [(hit.last, hit.clause[1]), *([(0, hit.first)] if closes else [])]

    def _chain(
        self, hit: Hit, predicate: Predicate, goods: tuple[GoodsMention, ...], value: Quantity | None
    ) -> tuple[tuple[Speaker, ...], str]:
        """Return who says what a predicate says: at the cue, else at its goods or sum; of a position at its words.

        Who spoke before speaks on about goods, but not in steps of a case, in law or in denials.
        """
        sentence, going_on = self.parsed.sentence, predicate not in NOT_GOING_ON
        start, end = self.scene.span(hit.first, hit.last)
        spots = [(start, end), *((g.start, g.end) for g in goods)]
        if value is not None and value.start is not None and value.end is not None:
            spots.append((value.start, value.end))
        if predicate in _DETAILED:
            spots.insert(0, self.scene.span(hit.last, hit.clause[1]))
            spots.append(self.scene.span(0, hit.first))  # "…, the spokesman said"
        for spot in spots:
            chain, upstream = self.attribution.chain(sentence, *spot, going_on)
            if chain:
                return chain, upstream
        return (), ""

    def _prior(self, hit: Hit) -> bool:
        return any(hit.clause[0] <= mark.first <= hit.right for mark in self.parsed.of("prior"))

    def _by_post(self, hit: Hit) -> bool:
        return any(hit.left <= mark.first < hit.right for mark in self.parsed.of("post_words"))

    def _extent(self, hit: Hit, subject: Mention | None, goods: tuple[GoodsMention, ...]) -> tuple[int, int]:
        """Return the tokens of the quote: the predicate's own stretch, and back to its subject and goods in the clause."""
        tokens = self.parsed.sentence.tokens
        starts = [item.start for item in (subject, *goods) if item is not None]
        starts = [start for start in starts if tokens[hit.clause[0]].start <= start]
        first = hit.first
        while first > hit.clause[0] and starts and tokens[first].start > min(starts):
            first -= 1
        if ROLES[hit.predicate].subject in ("law", "none"):
            first = min(first, hit.left)
        last = hit.clause[1] if hit.predicate in _DETAILED or hit.predicate in ABSORBS else hit.right
        if hit.predicate == Predicate.STATED and len(self.parsed.hits) == 1 and not is_declared(hit):
            return 0, len(tokens)  # what is said stands before or behind, in clauses of its own
        return first, max(last, hit.last)

    def _detail(self, hit: Hit) -> str:
        start, end = self.scene.span(hit.last, hit.clause[1])
        return self.report.text[start:end].strip(_EDGE + ".")

    def _make(self, predicate: Predicate, first: int, last: int, *, rule: str, **slots: object) -> Claim:
        start, end = self._trimmed(*self.scene.span(first, last))
        if "chain" not in slots:
            going_on = predicate not in NOT_GOING_ON
            slots["chain"], slots["upstream"] = self.attribution.chain(self.parsed.sentence, start, end, going_on)
        confidence = 850 - (150 if slots.get("subject") is None and ROLES[predicate].subject != "none" else 0)
        return make_claim(
            self.report,
            predicate,
            start,
            end,
            passage=self.parsed.sentence.passage,
            extraction=Extraction("rules", rule, confidence),
            **slots,
        )

    def _trimmed(self, start: int, end: int) -> tuple[int, int]:
        text = self.report.text
        while start < end - 1 and text[start] in _EDGE:
            start += 1
        while end > start + 1 and text[end - 1] in _EDGE:
            end -= 1
        return start, end

    def _prepositions(self) -> dict[int, str]:
        """Return what each place is by the preposition right before it, by the place's offset."""
        tokens = self.parsed.sentence.tokens
        ends = {hit.last: hit.value for hit in self.words.keyed["prepositions"].find(tokens)}
        found = {}
        for place in self.scene.noticed.places:
            at = next((i for i, token in enumerate(tokens) if token.end > place.start), 0)
            for step in (at, at - 1, at - 2):
                if step in ends:
                    found[place.start] = ends[step]
                    break
        return found


_KINDS: Mapping[str, MentionKind] = {
    "official": "authority",
    "court": "court",
    "outlet": "outlet",
    "company": "organisation",
}


def _speaking(speaker: Speaker, text: str) -> Mention | None:
    """Return a speaker as the mention it was read from, None where it stands nowhere in the text."""
    if speaker.start is None or speaker.end is None or text[speaker.start : speaker.end] != speaker.text:
        return None
    kind: MentionKind = "person" if speaker.name else _KINDS.get(speaker.type, "person")
    return Mention(kind, speaker.text, speaker.start, speaker.end, speaker.name)


def _absorbs(other: Hit, hit: Hit, shaped: bool) -> bool:
    """Return whether another predicate says what this one would: it stands before it in the clause, or a law rules over the sentence."""
    if hit.predicate == Predicate.FIGURE_STATED and hit.voice == "noun" and hit.predicate != other.predicate:
        return (
            other.clause == hit.clause
        )  # a sum beside another predicate is that one's: "seized goods worth 900 euros"
    also = CASES_ABSORB.get(other.predicate, frozenset()) if shaped else frozenset()
    if other is hit or hit.predicate not in ABSORBS.get(other.predicate, frozenset()) | also:
        return False
    if shaped and other.predicate in ABOUT_A_CASE:
        if hit.predicate == Predicate.EXPORTED and hit.voice != "noun":
            return False
        return other.clause == hit.clause and other.first < hit.first
    if other.predicate == Predicate.CHARGED:
        again = hit.predicate == Predicate.CHARGED or hit.voice == "noun"
        return again and other.clause == hit.clause and other.first < hit.first
    if other.predicate == Predicate.LAW_STATES:
        return (hit.predicate in DOINGS and hit.voice != "passive" and other.clause == hit.clause) or (
            other.clause == hit.clause and other.first < hit.first
        )
    if other.predicate == Predicate.DENIAL and hit.predicate == Predicate.DENIAL:
        return other.clause[1] == hit.clause[0] and other.first < hit.first  # "alega que desconocía"
    if other.predicate == Predicate.DENIAL and hit.predicate in DOINGS:
        return other.first < hit.first  # "denies that he sent …": over clauses too
    return other.clause == hit.clause and other.first < hit.first


__all__ = ["SentenceReading"]
