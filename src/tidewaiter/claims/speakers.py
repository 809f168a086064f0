"""On whose word every span of a report is said: chains of speakers from outermost to innermost, without the report's own outlet.

What is reported goes on through the sentences of a paragraph until the outlet speaks in its own voice again; over a paragraph only where
the words say so (a German subjunctive, a French conditional). A quotation belongs to who speaks beside it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from tidewaiter.claims.frames import Frame, FrameFinder
from tidewaiter.claims.gazetteer import normalised
from tidewaiter.claims.mentions.find import Found
from tidewaiter.claims.mentions.lexicon import Lexicon
from tidewaiter.claims.mentions.spots import Spot
from tidewaiter.claims.mentions.view import Word
from tidewaiter.claims.phrase_reach import QUOTED
from tidewaiter.claims.sentences import Quotation, Sentence, quotations
from tidewaiter.claims.voices import Heard, Voices
from tidewaiter.model.claims import Report, Speaker

Chain = tuple[Speaker, ...]
_SHORT_QUOTE = 3  # words; a quotation this short is a name or a word held at arm's length
ALONE = 0.8  # of a sentence that a quotation makes up, which then goes on with who spoke
_PEOPLE = ("name", "person", "suspect", "official", "lawyer", "expert", "company", "anonymous")


@dataclass(frozen=True, slots=True)
class SpeechSpan:
    """A span of a report said on the word of `chain`."""

    start: int
    end: int
    chain: Chain
    going_on: bool = False  # no words of this sentence say so: who spoke before speaks on


def chain_of(spans: Sequence[SpeechSpan], start: int, end: int) -> Chain:
    """Return the chain that holds at a span: of the innermost span that covers its middle; empty for the outlet's own voice."""
    middle = (start + end) // 2
    holding = [span for span in spans if span.start <= middle < span.end]
    return min(holding, key=lambda span: span.end - span.start).chain if holding else ()


def chain_at(
    report: Report, sentences: Sequence[Sentence], found: Sequence[Found], lexicon: Lexicon, voices: Voices
) -> tuple[tuple[SpeechSpan, ...], ...]:
    """Return for each sentence the spans that somebody else than the outlet says.

    Args:
        report: the report.
        sentences: its sentences in order.
        found: what each of them mentions, in the same order.
        lexicon: the words of its language.
        voices: makes speakers.
    """
    return _Chains(report, sentences, found, lexicon, voices).read()


@dataclass
class _Chains:
    """One pass over a report. `carried` is the chain that goes on; `heard` what pronouns take up."""

    report: Report
    sentences: Sequence[Sentence]
    found: Sequence[Found]
    lexicon: Lexicon
    voices: Voices
    heard: Heard = field(default_factory=Heard)
    carried: Chain = ()
    quotes: tuple[Quotation, ...] = ()
    by_quote: dict[int, Chain] = field(default_factory=dict)
    answers: Chain = ()  # who answers in the paragraph, where it is an answer of an interview

    def read(self) -> tuple[tuple[SpeechSpan, ...], ...]:
        self.quotes = tuple(quote for quote in quotations(self.report.text) if quote.depth == 1 and self._long(quote))
        spans: list[tuple[SpeechSpan, ...]] = []
        for number, sentence in enumerate(self.sentences):
            new = number == 0 or sentence.paragraph != self.sentences[number - 1].paragraph
            if new and number and self.sentences[number - 1].passage == "headline":
                self.carried = ()
            made, backwards = self._sentence(number, new)
            spans.append(made)
            if backwards:
                self._spread_back(spans, number, backwards)
        return tuple(spans)

    def _long(self, quote: Quotation) -> bool:
        inner = self.report.text[quote.start + 1 : quote.end - 1]
        words = inner.split()
        return len(words) > _SHORT_QUOTE or (len(words) > 1 and inner[-1:] in ".,!?…")

    def _sentence(self, number: int, new: bool) -> tuple[tuple[SpeechSpan, ...], Chain]:
        sentence, found = self.sentences[number], self.found[number]
        row, spots, places = self._row(found)
        if new:
            self.answers = self._answerer(row)
        own = any(hit.what.name == "own-voice" for hit in self.lexicon.speech.find(row))
        frames = FrameFinder(row, spots, self.lexicon).find() if row and not own else []
        spans: list[SpeechSpan] = []
        backwards: Chain = ()
        begin = sentence.start
        for at, frame in enumerate(frames):
            chain = self._chain(frame, found)
            stop = row[frames[at + 1].first].start if at + 1 < len(frames) else sentence.end
            if chain and frame.side == "sentence-before":
                backwards = chain
            elif chain:
                spans.append(self._span(frame, row, begin, stop, chain))
            begin = row[frame.last - 1].end
        spans = [span for span in spans if span.end > span.start]
        spans += self._quoted(sentence, number, spans, places)
        if self.answers:
            spans = self._answered(sentence, spans)
        elif not frames:
            spans += self._gone_on(sentence, found, new, spans)
        self._remember(found, spans, backwards, bool(frames))
        return tuple(spans), backwards

    def _answerer(self, row: Sequence[Word]) -> Chain:
        """Return who speaks in a paragraph that begins with a mark of an answer ("A:"): whom the text named first."""
        hit = self.lexicon.speech.at(row, 0) if len(row) > 2 else None
        if hit is None or hit.what.name != "answer" or row[hit.last].text not in (":", "."):
            return ()
        for found in self.found:
            for spot in found.spots:
                if spot.sort in _PEOPLE and spot.mention.name and spot.mention.kind == "person":
                    text = self.report.text[found.start : found.end]
                    return self.voices.of((spot,), text, found.start, self.heard)
        return ()

    def _answered(self, sentence: Sentence, spans: Sequence[SpeechSpan]) -> list[SpeechSpan]:
        """Return the spans of a sentence of an answer: all of it is who answers', whom it cites speak through him."""
        inner = [
            span if _same_speaker(span.chain, self.answers) else replace(span, chain=(*self.answers, *span.chain))
            for span in spans
        ]
        return [SpeechSpan(sentence.start, sentence.end, self.answers), *inner]

    def _span(self, frame: Frame, row: Sequence[Word], begin: int, stop: int, chain: Chain) -> SpeechSpan:
        if frame.side == "ahead":
            return SpeechSpan(row[frame.last - 1].end, stop, chain)
        if frame.side == "behind":
            return SpeechSpan(begin, row[frame.first].start, chain)
        return SpeechSpan(begin, stop, chain)

    def _row(self, found: Found) -> tuple[list[Word], list[Spot], list[Quotation]]:
        """Return the words of a sentence with each long quotation as one, the spots outside them, and those quotations."""
        inside = [quote for quote in self.quotes if quote.start < found.end and quote.end > found.start]
        if not inside:
            return list(found.words), list(found.spots), []
        row: list[Word] = []
        index: dict[int, int] = {}
        held = -1
        for at, word in enumerate(found.words):
            quote = next((n for n, one in enumerate(inside) if one.start <= word.start < one.end), -1)
            if quote < 0:
                index[at] = len(row)
                row.append(word)
            elif quote != held:
                row.append(Word(QUOTED, QUOTED, word.start, min(inside[quote].end, found.end)))
            held = quote
        spots = [
            replace(spot, first=index[spot.first], last=index[spot.last - 1] + 1)
            for spot in found.spots
            if spot.first in index and spot.last - 1 in index
        ]
        return row, spots, inside

    def _chain(self, frame: Frame, found: Found) -> Chain:
        text, base = self.report.text[found.start : found.end], found.start
        if frame.takes_up:
            chain = self.heard.speaker or ((self.heard.person,) if self.heard.person is not None else ())
        else:
            chain = self.voices.of(frame.phrase, text, base, self.heard) if frame.phrase else ()
        if frame.through:
            outer = self.voices.of(frame.through, text, base, self.heard)
            chain = (*outer, *(one for one in chain if one.type != "outlet"))
        for phrase in frame.citing:
            inner = self.voices.of(phrase, text, base, self.heard)
            chain = (*chain, *inner[-1:]) if chain else inner
        return self.voices.chained(one for one in chain if not self._own(one))

    def _own(self, speaker: Speaker) -> bool:
        """Whether a speaker is the outlet that printed the report."""
        publisher = self.report.publisher
        return (
            bool(publisher)
            and speaker.type == "outlet"
            and normalised(publisher) in (normalised(speaker.text), normalised(speaker.name))
        )

    def _quoted(
        self, sentence: Sentence, number: int, spans: Sequence[SpeechSpan], inside: Sequence[Quotation]
    ) -> list[SpeechSpan]:
        """Return spans for quotations that no frame of this sentence covers, and for who speaks inside quotations."""
        found = []
        for quote in inside:
            start, end = max(quote.start, sentence.start), min(quote.end, sentence.end)
            chain = chain_of(spans, start, end)
            if not chain:
                chain = self.by_quote.get(quote.start) or self._ahead(quote, number) or self._beside(number, quote)
                alone = quote.end - quote.start >= ALONE * (sentence.end - sentence.start)
                chain = chain or ((self.heard.speaker or self._person()) if alone else ())
                if chain:
                    found.append(SpeechSpan(start, end, chain))
            self.by_quote.setdefault(quote.start, chain)
            found += self._within(start, end, self.found[number], chain)
        return found

    def _beside(self, number: int, quote: Quotation) -> Chain:
        """Return who is named in the sentence of a quotation, outside it: the last person before it."""
        found = self.found[number]
        before = [spot for spot in found.spots if spot.sort in _PEOPLE and spot.mention.end <= quote.start]
        if not before or before[-1].mention.kind == "people":
            return ()
        return self.voices.of(before[-1:], self.report.text[found.start : found.end], found.start, self.heard)

    def _person(self) -> Chain:
        return (self.heard.person,) if self.heard.person is not None else ()

    def _ahead(self, quote: Quotation, number: int) -> Chain:
        """Return who speaks behind a quotation of several sentences, from the sentence in which it ends."""
        for at in range(number + 1, len(self.sentences)):
            if self.sentences[at].start >= quote.end:
                return ()
            if self.sentences[at].end >= quote.end:
                row, spots, _ = self._row(self.found[at])
                frames = FrameFinder(row, spots, self.lexicon).find()
                return self._chain(frames[0], self.found[at]) if frames else ()
        return ()

    def _within(self, start: int, end: int, found: Found, outer: Chain) -> list[SpeechSpan]:
        """Return the spans of speakers inside a quotation: "My customer told me, 'Write lamp'"."""
        first = next((at for at, word in enumerate(found.words) if word.start > start), len(found.words))
        last = next((at for at in range(len(found.words) - 1, -1, -1) if found.words[at].end < end), -1) + 1
        words = found.words[first:last]
        if len(words) < 4:
            return []
        spots = [
            replace(spot, first=spot.first - first, last=spot.last - first)
            for spot in found.spots
            if spot.first >= first and spot.last <= last and spot.sort != "pronoun"
        ]
        made = []
        for frame in FrameFinder(words, spots, self.lexicon, labels=False).find():
            inner = self._chain(frame, found) if frame.phrase else ()
            if inner and frame.side == "ahead":
                made.append(SpeechSpan(words[frame.last - 1].end, end, (*outer, *inner)))
        return made

    def _gone_on(self, sentence: Sentence, found: Found, new: bool, spans: Sequence[SpeechSpan]) -> list[SpeechSpan]:
        """Return the span of a sentence without a speaker of its own that goes on with what was reported before."""
        names = {hit.what.name for hit in self.lexicon.speech.find(found.words)} if found.words else set()
        if "own-voice" in names or sentence.passage == "headline":
            self.carried = ()
            return []
        chain = self._carried() if not new else self.heard.speaker if "go-on" in names else ()
        if chain and not spans:
            return [SpeechSpan(sentence.start, sentence.end, chain, going_on=True)]
        return []

    def _carried(self) -> Chain:
        """Return the chain that goes on in its paragraph: bodies, sources and outlets go on, the word of a person or a paper is what it said."""
        if not self.carried:
            return ()
        last = self.carried[-1]
        goes = last.type in ("anonymous", "outlet", "court") or (
            last.type == "official" and (last.key in self.lexicon.bodies or not last.name)
        )
        return self.carried if goes else ()

    def _remember(self, found: Found, spans: Sequence[SpeechSpan], backwards: Chain, framed: bool) -> None:
        last = max(spans, key=lambda span: (span.end, -len(span.chain))).chain if spans else backwards
        self.carried = last
        heard = self.heard
        if last:
            outlet = next((one for one in last if one.type == "outlet" and one.key), heard.outlet)
            vouched = (
                last[-1].type in ("anonymous", "official")
                and len(last) > 1
                and last[0].type == "outlet"
                and not last[-1].name
            )
            sources = heard.sources | {last[-1].type} if vouched else heard.sources
            if len(last) > 1 and last[0].type == "outlet" and last[-1].type == "official" and last[-1].key:
                sources = sources | {last[-1].key}
            heard = replace(heard, speaker=last, outlet=outlet, sources=sources)
        elif any(spot.sort == "outlet" for spot in found.spots):
            spot = next(spot for spot in found.spots if spot.sort == "outlet")
            outlet = self.voices.of((spot,), "", 0, heard)[0]
            heard = replace(heard, outlet=outlet if not self._own(outlet) else heard.outlet)
        person = next((spot for spot in found.spots if spot.sort in _PEOPLE and spot.mention.kind == "person"), None)
        if person is not None:
            text = self.report.text[found.start : found.end]
            chain = self.voices.of((person,), text, found.start, heard)
            heard = replace(heard, person=chain[-1] if chain else heard.person)
            if not framed and all(span.going_on for span in spans) and heard.speaker:
                heard = replace(heard, speaker=())  # a new person acts: "he said" is his
        self.heard = heard

    def _spread_back(self, spans: list[tuple[SpeechSpan, ...]], number: int, chain: Chain) -> None:
        """Give a chain told afterwards ("Об этом сообщили в ФСБ") to the sentences of its paragraph that have none, or only its beginning."""
        paragraph = self.sentences[number].paragraph
        for at in range(number - 1, -1, -1):
            sentence = self.sentences[at]
            if sentence.paragraph != paragraph or sentence.passage == "headline":
                return
            if not spans[at]:
                spans[at] = (SpeechSpan(sentence.start, sentence.end, chain),)
            elif all(_begins(span.chain, chain) for span in spans[at]):
                spans[at] = tuple(replace(span, chain=chain) for span in spans[at])
            else:
                return


def _same_speaker(one: Chain, other: Chain) -> bool:
    return bool(one) and bool(other) and one[0].key == other[0].key and one[0].text == other[0].text


def _begins(short: Chain, long: Chain) -> bool:
    """Whether a chain is the beginning of a longer one."""
    return len(short) < len(long) and all(a.key and a.key == b.key for a, b in zip(short, long, strict=False))
