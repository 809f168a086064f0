"""Claims made of what people marked in articles: the ledger measured with them shows what it loses by itself, apart from reading.

Only what is marked is taken from the mark; who a mention takes up, what key a speaker has and what kind goods are is read as ever,
because nobody marks those.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Protocol, TypeVar, cast, get_args

from tidewaiter.claims.goods import GoodsReader
from tidewaiter.claims.make import make_claim, numbered
from tidewaiter.claims.mentions.spots import Spot
from tidewaiter.claims.notice import Noticed
from tidewaiter.claims.reading import ReadReport
from tidewaiter.claims.sentences import Sentence
from tidewaiter.claims.voices import Heard, Voices
from tidewaiter.model.claims import (
    Claim,
    DatePrecision,
    GoodsMention,
    LegalStatus,
    Mention,
    Modality,
    Place,
    Polarity,
    Predicate,
    Quantity,
    Report,
    Route,
    Speaker,
    Stamp,
)
from tidewaiter.packs.yamlio import Map
from tidewaiter.service.reports.evaluate import Article, Marked

T = TypeVar("T")
ACTORS = ("person", "people", "authority", "court", "organisation", "outlet")


class Notices(Protocol):
    """What a reader of claims names in each sentence of a report."""

    goods: GoodsReader

    def noticed(self, report: Report) -> tuple[tuple[Sentence, ...], tuple[Noticed, ...]]:
        """Return the sentences of a report and what each names."""
        ...


def marked_reading(article: Article, reader: Notices, voices: Voices) -> ReadReport:
    """Return an article with its marked claims in the form of read ones.

    Args:
        article: the article.
        reader: finds mentions, numbers and goods.
        voices: makes speakers of mentions.
    """
    maker = _Maker(article.report, reader, voices)
    return ReadReport(article.report, numbered([maker.claim(marked) for marked in article.claims]))


class _Maker:
    def __init__(self, report: Report, reader: Notices, voices: Voices) -> None:
        self.report = report
        self.voices = voices
        self.goods_reader = reader.goods
        self.sentences, self.noticed = reader.noticed(report)
        self.mentions = [m for named in self.noticed for m in named.mentions if m.kind in ACTORS]
        self.places = [p for named in self.noticed for p in named.places]
        self.counts = [q for named in self.noticed for q in named.quantities]

    def claim(self, marked: Marked) -> Claim:
        """Return one marked claim."""
        start, end = marked.quote
        head = next((p.end for p in self.report.passages if p.kind == "headline"), 0)
        chain = self.chain(marked)
        return make_claim(
            self.report,
            Predicate(marked.predicate),
            start,
            end,
            passage="headline" if start < head else "body",
            subject=self.subject(marked),
            goods=tuple(self.goods(a, b) for a, b in self._nearest_goods(marked)),
            quantity=_quantity(marked.row.get("quantity")),
            value=_quantity(marked.row.get("value")),
            route=self.route(marked),
            time=_stamp(marked.row.get("time")),
            place=self.place(_text(marked.row, "place"), start),
            polarity=cast(Polarity, marked.polarity),
            modality=cast(Modality, marked.modality),
            status=LegalStatus(marked.status) if marked.status else None,
            chain=chain,
            upstream=next((speaker.key for speaker in reversed(chain) if speaker.key), ""),
        )

    def subject(self, marked: Marked) -> Mention | None:
        """Return the mention that the first marked wording meets, the nearest of several; else the wording itself."""
        for wording in marked.subjects:
            fitting = [m for m in self.mentions if wording in m.text or m.text in wording]
            near = _nearest([m for m in fitting if m.text == wording] or fitting, marked.quote[0], lambda m: m.start)
            if near is not None:
                return near
        at = self._spot(marked.subjects[0], marked.quote[0]) if marked.subjects else -1
        return Mention("other", marked.subjects[0], at, at + len(marked.subjects[0])) if at >= 0 else None

    def _spot(self, wording: str, by: int) -> int:
        """Where a wording stands nearest to an offset, -1 where it does not."""
        return min(_all(self.report.text, wording), key=lambda at: abs(at - by), default=-1)

    def _nearest_goods(self, marked: Marked) -> list[tuple[int, int]]:
        """Of wordings that stand several times, the place nearest to the quote."""
        by_text: dict[str, list[tuple[int, int]]] = {}
        for a, b in marked.goods:
            by_text.setdefault(self.report.text[a:b], []).append((a, b))
        chosen = [min(spans, key=lambda s: abs(s[0] - marked.quote[0])) for spans in by_text.values()]
        return sorted(s for s in chosen if not any(o != s and o[0] <= s[0] and s[1] <= o[1] for o in chosen))

    def goods(self, start: int, end: int) -> GoodsMention:
        """Return goods with what the goods engine knows of their words, and the number in them."""
        text = self.report.text[start:end]
        spans = self.goods_reader.goods(text)
        concepts = tuple(dict.fromkeys(c for span in spans for c in span.concepts))
        model = next((span.designator for span in spans if span.designator), "")
        count = next((q for q in self.counts if q.start is not None and start <= q.start < end), None)
        return GoodsMention(text, start, end, model, concepts, (), count)

    def place(self, name: str, by: int) -> Place | None:
        """Return the place of a marked name, as the gazetteer knows it."""
        if not name:
            return None
        fitting = [p for p in self.places if name == p.text] or [p for p in self.places if p.text in name]
        return _nearest(fitting, by, lambda p: p.start)

    def route(self, marked: Marked) -> Route:
        """Return the marked way of goods."""
        row = marked.row.get("route")
        if not isinstance(row, Map):
            return Route()
        ends = [self.place(_text(row, name), marked.quote[0]) for name in ("origin", "destination")]
        return Route(ends[0], (), ends[1])

    def chain(self, marked: Marked) -> tuple[Speaker, ...]:
        """Return the marked speakers with the type and key that reading gives their words."""
        return self.voices.chained(self._speaker(words, marked.quote[0]) for words in marked.chain)

    def _speaker(self, words: str, by: int) -> Speaker:
        at = self._spot(words, by)
        for sentence, named in zip(self.sentences, self.noticed, strict=True):
            if at < 0 or named.found is None or not sentence.start <= at < sentence.end:
                continue
            end = at + len(words)
            spots: list[Spot] = [
                spot for spot in named.found.spots
                if spot.mention.start < end and at < spot.mention.end and spot.sort != "pronoun"
            ]  # fmt: skip
            made = self.voices.of(spots, sentence.text(self.report), sentence.start, Heard()) if spots else ()
            if made:
                return made[-1]
        return Speaker("document", words)  # of a kind that nobody knows: no origin


def _all(text: str, wording: str) -> Iterable[int]:
    at = text.find(wording)
    while at >= 0:
        yield at
        at = text.find(wording, at + 1)


def _nearest(found: Sequence[T], by: int, start: Callable[[T], int]) -> T | None:
    return min(found, key=lambda one: abs(start(one) - by), default=None)


def _text(row: Map, name: str) -> str:
    value = str(row.get(name) or "")
    return "" if value in ("null", "~") else value


def _quantity(row: object) -> Quantity | None:
    if not isinstance(row, Map) or not _text(row, "value"):
        return None
    upper = _text(row, "upper")
    return Quantity(
        Decimal(str(row["value"])),
        _text(row, "unit") or "piece",
        Decimal(str(upper)) if upper else None,
        str(row.get("about", "")) == "true",
    )


def _stamp(row: object) -> Stamp:
    if not isinstance(row, Map) or not _text(row, "first"):
        return Stamp()
    first, last = (date.fromisoformat(_text(row, name) or str(row["first"])) for name in ("first", "last"))
    precision = _text(row, "precision") or "day"
    known = precision if precision in get_args(DatePrecision) else "unknown"
    return Stamp(first, last, cast(DatePrecision, known))


__all__ = ["Notices", "marked_reading"]
