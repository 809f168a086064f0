"""Patterns of words, read from packs, found in a row of words in one step a word.

A pattern is written as text: words apart by blanks; `a|b` is either; `word*` any word that begins so, `*word` that ends so; `word~` may be missing; `#`
any number in digits. "law enforcement|security official*|source*" is one pattern of three places.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from tidewaiter.claims.mentions.view import Word

P = TypeVar("P")
MOST_SEEN = 20_000  # words whose patterns are remembered; beyond, memory begins anew


@dataclass(frozen=True, slots=True)
class Place:
    """One place of a pattern: whole words, beginnings, whether a number fits, whether it may be missing, endings."""

    words: frozenset[str]
    begins: tuple[str, ...]
    number: bool = False
    optional: bool = False
    ends: tuple[str, ...] = ()

    def fits(self, low: str) -> bool:
        """Return whether a lower-case word fits."""
        return (
            low in self.words
            or (bool(self.begins) and low.startswith(self.begins))
            or (bool(self.ends) and low.endswith(self.ends))
            or (self.number and low[:1].isdigit())
        )


def read_pattern(text: str) -> tuple[Place, ...]:
    """Return the places of a pattern as written.

    Raises:
        ValueError: nothing is in it, its first place may be missing, or a beginning has less than two letters.
    """
    places = []
    for piece in fold(text).split():
        optional = piece.endswith("~") and len(piece) > 1
        ways = (piece[:-1] if optional else piece).split("|")
        begins = tuple(way[:-1] for way in ways if way.endswith("*"))
        ends = tuple(way[1:] for way in ways if way.startswith("*"))
        words = frozenset(way for way in ways if "*" not in (way[:1], way[-1:]) and way != "#")
        if "" in words or any(len(part) < 2 or "*" in part for part in (*begins, *ends)):
            raise ValueError(f"{piece!r} holds an empty word or a beginning or end of one letter")
        places.append(Place(words, begins, "#" in ways, optional, ends))
    if all(place.optional for place in places):
        raise ValueError(f"{text!r} holds no word that must stand there")
    return tuple(places)


def _ways(places: tuple[Place, ...]) -> Iterable[tuple[Place, ...]]:
    """Yield a pattern with and without the words at its beginning that may be missing."""
    yield places
    if places[0].optional:
        yield from _ways(places[1:])


def fold(text: str) -> str:
    """Return a text in lower case, with one apostrophe and without ё: how words are compared here. The length stays."""
    low = text.lower()
    if len(low) != len(text):
        low = "".join(char.lower() if len(char.lower()) == 1 else char for char in text)
    return low.translate(_SAME)


_SAME = str.maketrans({"’": "'", "ʼ": "'", "ё": "е", "‑": "-"})


@dataclass(frozen=True, slots=True)
class Hit(Generic[P]):
    """A pattern found: words `first` up to `last`, exclusive, and what it stands for."""

    first: int
    last: int
    what: P


class PhraseIndex(Generic[P]):
    """Finds patterns by their first word. Of those that fit at a word, the longest counts; of equals the first given."""

    def __init__(self, rows: Iterable[tuple[str, P]]) -> None:
        self._exact: dict[str, list[tuple[tuple[Place, ...], P]]] = {}
        self._begins: dict[str, list[tuple[tuple[Place, ...], P]]] = {}
        self._ends: dict[str, list[tuple[tuple[Place, ...], P]]] = {}
        self._numbers: list[tuple[tuple[Place, ...], P]] = []
        self._seen: dict[
            str, tuple[tuple[tuple[Place, ...], P], ...]
        ] = {}  # patterns by word met; most words have none
        for places, what in ((places, what) for text, what in rows for places in _ways(read_pattern(text))):
            for word in places[0].words:
                self._exact.setdefault(word, []).append((places, what))
            for begin in {begin[:2] for begin in places[0].begins}:
                self._begins.setdefault(begin, []).append((places, what))
            for end in {end[-2:] for end in places[0].ends}:
                self._ends.setdefault(end, []).append((places, what))
            if places[0].number:
                self._numbers.append((places, what))

    def at(self, words: Sequence[Word], first: int) -> Hit[P] | None:
        """Return the longest pattern that begins at a word, or None."""
        low = words[first].low
        rows = self._seen.get(low)
        if rows is None:
            rows = self._rows(low)
        best: Hit[P] | None = None
        for places, what in rows:
            last = match(places, words, first)
            if last and (best is None or last > best.last):
                best = Hit(first, last, what)
        return best

    def _rows(self, low: str) -> tuple[tuple[tuple[Place, ...], P], ...]:
        numbers = self._numbers if low[:1].isdigit() else []
        parts = (*self._begins.get(low[:2], ()), *self._ends.get(low[-2:], ()))
        begun = [row for row in parts if row[0][0].fits(low)]
        rows = (*self._exact.get(low, ()), *begun, *numbers)
        if len(self._seen) >= MOST_SEEN:
            self._seen.clear()
        self._seen[low] = rows
        return rows

    def find(self, words: Sequence[Word]) -> list[Hit[P]]:
        """Return the patterns found from left to right, none overlapping another."""
        found = []
        at = 0
        while at < len(words):
            hit = self.at(words, at)
            if hit is not None:
                found.append(hit)
                at = hit.last
            else:
                at += 1
        return found


def match(places: tuple[Place, ...], words: Sequence[Word], first: int) -> int:
    """Return where a pattern ends that begins at a word; 0 where it does not fit."""
    at = first
    for place in places:
        if at < len(words) and place.fits(words[at].low):
            at += 1
        elif not place.optional:
            return 0
    return at
