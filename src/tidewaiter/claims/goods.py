"""Goods named in a sentence: what the goods engine knows, general nouns ("gear"), and unknown models beside a noun of goods.

The engine is passed in; `service.reports` gives the one that reads declarations.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple, Protocol

from tidewaiter.claims.cues import Found
from tidewaiter.claims.nouns import NounPhrase
from tidewaiter.claims.sentences import Sentence, Token
from tidewaiter.model.claims import GoodsMention, Quantity, Report

REACH = 3  # tokens between an unknown model and the noun that says what it is
_MODEL = re.compile(r"(?=[\w./-]*\d)(?=[\w./-]*[^\W\d_])[^\W_][\w./-]*")
_NO_MODEL = re.compile(r"\d+(?:[.,]\d+)?-?[^\W\d_]*[^\W\d_A-ZА-ЯЁЇІЄ]+(?:-[^\W\d_]+)*|\d+[.,/-]\d+|[^\W\d_]{3,}-?\d{4}")
_NUMBER = re.compile(r"\d[\d.,\u00a0 ]*")
_OPENERS = frozenset('«„“"‘‚»')
_CLOSERS = frozenset('»“”"’«')


class GoodsSpan(NamedTuple):
    """A name of goods in a text handed to the reader: offsets in that text, concepts best first, entries, a model in it."""

    start: int
    end: int
    concepts: tuple[str, ...] = ()
    entries: tuple[str, ...] = ()
    designator: str = ""


class GoodsReader(Protocol):
    """Reads names of goods."""

    def goods(self, text: str) -> tuple[GoodsSpan, ...]:
        """Return the goods named in a text, in order, none overlapping another."""
        ...


def goods_in(
    report: Report,
    sentence: Sentence,
    marks: Sequence[Found[str]],
    reader: GoodsReader,
    taken: Iterable[tuple[int, int]],
    quantities: Sequence[Quantity],
    verbs: frozenset[int] = frozenset(),
    nouns: Iterable[int] = (),
    phrases: Sequence[NounPhrase] = (),
    excluded: Callable[[str], bool] | None = None,
) -> tuple[GoodsMention, ...]:
    """Return the goods of a sentence in order, none overlapping another.

    Args:
        report: the document.
        sentence: the sentence.
        marks: where words of the lists stand in its tokens.
        reader: the goods engine.
        taken: spans that name somebody or a place, never goods.
        quantities: numbers with what they count; one right before a name is its quantity.
        verbs: tokens of predicates, over which a name does not reach.
        nouns: further tokens that are nouns of goods.
        phrases: phrases of the sentence; a name at the end of one has all of it.
        excluded: says whether a lower-case word is never goods; a name before such a head ("drone dealer") is none.
    """
    text = report.text
    tokens = sentence.tokens
    blocked = tuple(taken)
    spans = [
        GoodsSpan(span.start + sentence.start, span.end + sentence.start, *span[2:])
        for span in reader.goods(text[sentence.start : sentence.end])
    ]
    spans += [
        GoodsSpan(tokens[hit.first].start, tokens[hit.last - 1].end)
        for hit in marks
        if hit.value in ("goods_nouns", "goods_kinds")
    ]
    spans += [GoodsSpan(tokens[at].start, tokens[at].end) for at in nouns]
    spans += _models(tokens, marks)
    kept = _joined([span for span in spans if not _meets(span, blocked)], text)
    kept = _in_phrases(kept, tokens, phrases, excluded)
    inside = {i for i, token in enumerate(tokens) if any(a < token.end and token.start < b for a, b in blocked)}
    return tuple(_mention(span, text, tokens, marks, quantities, verbs | inside) for span in kept)


def _meets(span: GoodsSpan, blocked: tuple[tuple[int, int], ...]) -> bool:
    return any(start < span.end and span.start < end for start, end in blocked)


def _models(tokens: Sequence[Token], marks: Sequence[Found[str]]) -> list[GoodsSpan]:
    """Return unknown models by their shape: letters with digits, or a quoted or capital name, beside a noun of goods."""
    nouns = [(hit.first, hit.last) for hit in marks if hit.value in ("goods_kinds", "goods_nouns")]
    nations = {at for hit in marks if hit.value in ("nationalities", "titles") for at in range(hit.first, hit.last)}
    found = []
    for at, token in enumerate(tokens):
        near = any(first - REACH <= at < first or last <= at < last + REACH for first, last in nouns)
        if not near or at in nations:
            continue
        coded = _MODEL.fullmatch(token.text) and not _NO_MODEL.fullmatch(token.text)
        if coded or _quoted_name(tokens, at) or (_named_before(tokens, at, nouns) and at > 0):
            found.append(GoodsSpan(token.start, token.end, designator=token.text))
    return found


def _quoted_name(tokens: Sequence[Token], at: int) -> bool:
    """Return whether one word with a capital stands between quotation marks."""
    return (
        0 < at < len(tokens) - 1
        and tokens[at].text[:1].isupper()
        and tokens[at - 1].text in _OPENERS
        and tokens[at + 1].text in _CLOSERS
    )


def _named_before(tokens: Sequence[Token], at: int, nouns: Sequence[tuple[int, int]]) -> bool:
    """Return whether a word with a capital inside a sentence stands right before a noun of goods or an adjective of it."""
    token = tokens[at]
    if not token.text[:1].isupper() or not token.text.isalpha() or tokens[at - 1].text in '.!?:*“"«':
        return False
    between = any(first - 1 <= at + 1 <= first for first, _ in nouns)
    return between and not tokens[at + 1].text[:1].isupper() and tokens[at + 1].is_word


def _joined(spans: list[GoodsSpan], text: str) -> list[GoodsSpan]:
    """Join spans that overlap or stand side by side: "6B45" and "body armour vest" are one name."""
    kept: list[GoodsSpan] = []
    for span in sorted(spans, key=lambda s: (s.start, -s.end)):
        if kept and (span.start < kept[-1].end or text[kept[-1].end : span.start].strip(' «»„“”"') == ""):
            last = kept.pop()
            span = GoodsSpan(
                last.start,
                max(last.end, span.end),
                tuple(dict.fromkeys((*last.concepts, *span.concepts))),
                tuple(dict.fromkeys((*last.entries, *span.entries))),
                last.designator or span.designator,
            )
        kept.append(span)
    return kept


def _in_phrases(
    spans: list[GoodsSpan],
    tokens: Sequence[Token],
    phrases: Sequence[NounPhrase],
    excluded: Callable[[str], bool] | None,
) -> list[GoodsSpan]:
    """Widen names to the phrase they end, and leave out those that only describe a head that is no goods."""
    found = []
    for span in spans:
        phrase = next((p for p in phrases if tokens[p.first].start <= span.start < tokens[p.head].end), None)
        if phrase is not None and tokens[phrase.head].end == span.end:
            span = span._replace(start=min(span.start, tokens[phrase.first].start))
        elif phrase is not None and excluded is not None and span.end <= tokens[phrase.head].start:
            if excluded(tokens[phrase.head].low):
                continue
        found.append(span)
    return found


def _mention(
    span: GoodsSpan,
    text: str,
    tokens: Sequence[Token],
    marks: Sequence[Found[str]],
    quantities: Sequence[Quantity],
    walls: frozenset[int] | set[int],
) -> GoodsMention:
    at = next((i for i, token in enumerate(tokens) if token.end > span.start), 0)
    begun = {hit.last: hit.first for hit in marks if hit.value == "article"}
    first = _behind_article(at, tokens, begun, walls)
    while first > 0 and at - first < REACH + 2:
        if first in begun and begun[first] not in walls:
            first = begun[first]
        elif _NUMBER.fullmatch(tokens[first - 1].text):
            first -= 1
        else:
            break
    start = min(span.start, tokens[first].start) if tokens else span.start
    return GoodsMention(
        text[start : span.end],
        start,
        span.end,
        span.designator,
        span.concepts,
        span.entries,
        _counted(start, span, tokens, at, quantities),
    )


def _behind_article(at: int, tokens: Sequence[Token], begun: dict[int, int], walls: frozenset[int] | set[int]) -> int:
    """Return where a name begins whose article stands before one or two adjectives: "another modular design"."""
    for skipped in (1, 2):
        first = at - skipped
        if first <= 0 or first in walls or not tokens[first].is_word or not tokens[first].text.islower():
            return at
        if first in begun:
            return first
    return at


def _counted(
    start: int, span: GoodsSpan, tokens: Sequence[Token], at: int, quantities: Sequence[Quantity]
) -> Quantity | None:
    """Return the number that stands inside the name or at most three words before it."""
    floor = min(start, tokens[max(0, at - REACH)].start) if tokens else start
    near = [q for q in quantities if q.start is not None and q.end is not None and floor <= q.start < span.end]
    return near[-1] if near else None


__all__ = ["GoodsReader", "GoodsSpan", "goods_in"]
