"""How one language says numbers, and the same as a table to look words up in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from tidewaiter.text.fold import fold_text
from tidewaiter.text.numeral_parts import Part
from tidewaiter.text.terms import WORD


@dataclass(frozen=True, slots=True)
class NumberWords:
    """How one language says numbers; `packs/grammar/numbers/<language>.yaml` says the same.

    Values are written as text ("1.5" is possible). `guarded` words are also ordinary words of some language.
    """

    language: str
    cardinals: Mapping[str, tuple[str, ...]]
    multipliers: Mapping[str, tuple[str, ...]]
    ordinals: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    parts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    joiners: tuple[str, ...] = ()
    joined_by: str = ""
    point: tuple[str, ...] = ()
    after_point: tuple[str, ...] = ()
    halves: tuple[str, ...] = ()
    guarded: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    ranges: tuple[str, ...] = ()
    pieces: tuple[str, ...] = ()
    then_to_nineteen: tuple[str, ...] = ()
    ordinal_mark: str = ""
    unit_first: bool = False
    joined: bool = False
    prefixing: bool = False
    source: str = ""


class NumberTable:
    """The words of one language, folded: first word to the phrases that begin with it, longest first."""

    def __init__(self, words: NumberWords) -> None:
        self.words = words
        self.phrases: dict[str, list[tuple[tuple[str, ...], Part]]] = {}
        for kind, rows in (
            ("card", words.cardinals),
            ("times", words.multipliers),
            ("part", words.parts),
            ("ord", words.ordinals),
        ):
            for value, texts in rows.items():
                self._add(kind, Fraction(value), texts)
        for kind, texts in (
            ("join", words.joiners),
            ("point", words.point),
            ("after", words.after_point),
            ("half", words.halves),
            ("mark", (words.ordinal_mark,)),
        ):
            self._add(kind, Fraction(0), texts)
        for found in self.phrases.values():
            found.sort(key=lambda row: -len(row[0]))
        self.guarded = frozenset(fold_text(word) for word in words.guarded)
        self.rooms = {Fraction(value): Fraction(20) for value in words.then_to_nineteen}
        if "11" not in words.cardinals:
            self.rooms[Fraction(10)] = Fraction(10)  # Turkish on bir
        self.longest: dict[str, list[str]] = {}  # pieces of joined numbers by their first letter
        for word in sorted((word for word, rows in self.phrases.items() if len(rows[-1][0]) == 1), key=len)[::-1]:
            self.longest.setdefault(word[0], []).append(word)
        self._beginnings = {letter: tuple(words) for letter, words in self.longest.items()}

    def _add(self, kind: str, value: Fraction, texts: Iterable[str]) -> None:
        for text in texts:
            for folded in {fold_text(text), fold_text(text).replace("'", "")}:
                words = tuple(WORD.findall(folded))
                rows = self.phrases.setdefault(words[0], []) if words else []
                if words and all(row[0] != words or row[1].kind != kind for row in rows):
                    rows.append((words, Part(kind, value)))

    def may_begin(self, word: str) -> bool:
        """Return whether a number may begin with a word; false where none can."""
        return word in self.phrases or word.startswith(self._beginnings.get(word[0], ()))

    def single(self, word: str) -> list[Part]:
        """Return what a whole word may be, taken alone."""
        return [part for words, part in self.phrases.get(word, ()) if len(words) == 1]

    def split(self, word: str, whole: bool = True) -> tuple[list[Part], int]:
        """Return the parts of numbers that are written in one word, and how much of it they take."""
        known = self.single(word)
        if known:
            return known[:1], len(word)
        best: tuple[list[Part], int] = ([], 0)
        for piece in self.longest.get(word[:1], ()):
            if word.startswith(piece):
                part = self.single(piece)[0]
                if part.kind in ("point", "after", "part", "mark", "ord") and len(piece) < len(word):
                    continue
                rest, taken = self.split(word[len(piece) :], whole) if len(piece) < len(word) else ([], 0)
                if len(piece) + taken == len(word):
                    return [part, *rest], len(word)
                if not whole and part.kind in ("card", "times") and len(piece) + taken > best[1]:
                    best = [part, *rest], len(piece) + taken
        return best if not whole else ([], 0)
