"""How many pieces a description speaks of: "two plates", "2 шт", "x3". A declared quantity always goes before it."""

from __future__ import annotations

import re
from fractions import Fraction

from tidewaiter.model.goods import Value
from tidewaiter.screen.goods.reading import Hit, Reading

_TIMES_BEFORE = re.compile(r"\s*(\d{1,4})\s[xх]\s")
_TIMES_BEHIND = re.compile(r"\s?[xх]\s?(\d{1,2})(?![\w.,])")
MOST_BEHIND = 20  # "taser X26" is a model
_FIGURES = re.compile(r"(?<![.,:/])(?<![^\W\u3400-\u9fff])(\d{1,5})\s?([^\W\d_]{1,12})")
_BETWEEN = frozenset({"", " ", "-", "x"})


def pieces_said(reading: Reading, kinds: frozenset[str]) -> Value | None:
    """Return the number of pieces that the text states, as a count with its span in the original, or None.

    A number in words right before a name counts ("two plates"); figures only with a word for pieces or a times sign beside
    them, because figures before a name are as often a calibre or a model.

    Args:
        reading: the read description.
        kinds: the concepts that the goods are.
    """
    hits = [hit for hit in reading.hits if hit.concept in kinds]
    return _in_words(reading, hits) or _in_figures(reading, hits)


def _in_words(reading: Reading, hits: list[Hit]) -> Value | None:
    for said in reading.numerals.find(reading.folded.text):
        if said.ordinal or said.alone or said.value.denominator != 1 or said.value < 1:
            continue
        behind = _word_at(reading.folded.text, said.end)
        if behind in reading.numerals.pieces or any(_follows(hit, said.end, reading) for hit in hits):
            return _count(said.value, reading, said.start, said.end)
    return None


def _word_at(text: str, start: int) -> str:
    match = re.match(r"[\s-]?([^\W\d_]+)", text[start : start + 24])
    if match is None:
        return ""
    return match[1][:1] if "\u3400" <= match[1] <= "\u9fff" else match[1]


def _follows(hit: Hit, end: int, reading: Reading) -> bool:
    return hit.start >= end and reading.folded.text[end : hit.start] in _BETWEEN


def _in_figures(reading: Reading, hits: list[Hit]) -> Value | None:
    text = reading.folded.text
    times = _TIMES_BEFORE.match(text)  # "2 x plate"; "10X scope" has a magnification
    if times is not None and int(times[1]) > 0:
        return _count(Fraction(times[1]), reading, times.start(1), times.end(1))
    for hit in hits:
        times = _TIMES_BEHIND.match(text, hit.end)
        if times is not None and 0 < int(times[1]) <= MOST_BEHIND:
            return _count(Fraction(times[1]), reading, times.start(1), times.end(1))
    for match in _FIGURES.finditer(text):
        word = match[2][:1] if "\u3400" <= match[2] <= "\u9fff" else match[2]
        if word in reading.numerals.pieces and int(match[1]) > 0:
            return _count(Fraction(match[1]), reading, match.start(), match.start() + len(match[1]))
    return None


def _count(count: Fraction, reading: Reading, start: int, end: int) -> Value:
    left, right = reading.folded.span(start, end)
    text = reading.folded.original[left:right]
    return Value(
        low=count, high=count, dimension="count", text=text, start=left, end=right, source="pieces said in the text"
    )
