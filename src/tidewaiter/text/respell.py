"""Put damaged words back: joined words, spaced letters, digits for letters, typing errors. Never changes a word it knows.

A `Respeller` is made from the words of the terms that are looked for (`known`) and from ordinary words (`ordinary`), which
are left alone though they may look like a known one. Results are cached; the same word always gives the same answer.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

SHORTEST_TYPO = 6  # letters a word needs before one typing error is put right
SHORTEST_TWO = 11  # letters it needs before two are
SHORTEST_JOINED = 7
SHORTEST_PIECE = 3
MOST_PIECES = 4
LINKS = ("", "s", "n", "en", "es")  # German puts these between the parts of a compound

_LEET = str.maketrans({"0": "o", "1": "i", "3": "e", "4": "a", "5": "s", "7": "t", "8": "b", "@": "a", "$": "s"})
_LEET_L = str.maketrans({"0": "o", "1": "l", "3": "e", "4": "a", "5": "s", "7": "t", "8": "b", "@": "a", "$": "s"})
_COUNTED = re.compile(r"(\d+)([^\W\d_]{4,})|([^\W\d_]{5,})(\d+)")


@dataclass(frozen=True, slots=True)
class Piece:
    """A word put back: `text` as it should read, its place in the damaged word, and the typing errors put right."""

    text: str
    start: int
    end: int
    edits: int = 0


class Respeller:
    """Puts damaged words back.

    Args:
        known: the words of the terms, folded, with how many terms have each.
        is_known: whether a folded word is one of them in any inflection.
        is_ordinary: whether a folded word is an ordinary word that is left alone.
        is_known_piece: the same as `is_known` for a piece of a word, which need not be remembered.
    """

    def __init__(
        self,
        known: Mapping[str, int],
        is_known: Callable[[str], bool],
        is_ordinary: Callable[[str], bool],
        is_known_piece: Callable[[str], bool] | None = None,
    ) -> None:
        self._is_known = is_known
        self._is_known_piece = is_known_piece or is_known
        self._is_ordinary = is_ordinary
        self._surfaces = {
            word: count for word, count in known.items() if word.isalpha() and len(word) >= SHORTEST_PIECE
        }
        by_shape: dict[tuple[str, int], list[str]] = {}
        for word in sorted(self._surfaces):
            if len(word) >= SHORTEST_TYPO - 1:
                by_shape.setdefault((word[0], len(word)), []).append(word)
        self._by_shape = by_shape
        self._remember()

    def _remember(self) -> None:
        self.repair = lru_cache(maxsize=32768)(self._repair)
        self.repair_again = lru_cache(maxsize=32768)(self._repair_again)
        self.repair_alike: dict[tuple[str, int, int], list[str]] = {}

    def __getstate__(self) -> dict[str, object]:
        return {name: value for name, value in self.__dict__.items() if not name.startswith("repair")}

    def __setstate__(self, state: dict[str, object]) -> None:
        self.__dict__.update(state)
        self._remember()

    def _alike(self, first: str, length: int, allowed: int) -> list[str]:
        """Return the known words with a first letter and about a length."""
        key = (first, length, allowed)
        known = self.repair_alike.get(key)
        if known is None:
            lengths = range(length - allowed, length + allowed + 1)
            known = self.repair_alike[key] = [word for n in lengths for word in self._by_shape.get((first, n), ())]
        return known

    def _repair(self, word: str) -> tuple[Piece, ...]:
        """Return the pieces a folded word is put back into; empty where it stays as it is."""
        if self._is_known(word) or word.isdigit() or len(word) < 4:
            return ()
        if not word.isalpha():
            return self._counted(word) or self._leet(word)
        particle = self._particle(word)
        if particle:
            return particle
        if self._is_ordinary(word):
            return ()
        return self._joined(word) or self._typo(word)

    def _particle(self, word: str) -> tuple[Piece, ...]:
        """Arabic writes "and", "for" and "with" onto the next word: لتنظيف is تنظيف."""
        if word[0] in "ولب" and len(word) > SHORTEST_TYPO - 2 and self._is_known(word[1:]):
            return (Piece(word[1:], 1, len(word)),)
        return ()

    def _repair_again(self, word: str) -> tuple[Piece, ...]:
        """Return the pieces of a word that only shares a stem with a known one, read as a typing error: for a second look."""
        if word in self._surfaces or not word.isalpha() or self._is_ordinary(word):
            return self.repair(word)
        return self.repair(word) or (self._typo(word) if self._is_known(word) else ())  # else it was sought already

    def _counted(self, word: str) -> tuple[Piece, ...]:
        """`2plates` is `2 plates`, `helmet3` is `helmet 3`."""
        match = _COUNTED.fullmatch(word)
        if match is None:
            return ()
        letters = match[2] or match[3]
        at = word.index(letters)
        pieces = (Piece(letters, at, at + len(letters)),) if self._is_known(letters) else self._at(letters, at)
        if not pieces:
            return ()
        number = Piece(match[1] or match[4], 0 if at else len(letters), at or len(word))
        return (number, *pieces) if at else (*pieces, number)

    def _at(self, letters: str, at: int) -> tuple[Piece, ...]:
        if self._is_ordinary(letters):
            return ()
        return tuple(Piece(p.text, p.start + at, p.end + at, p.edits) for p in self._joined(letters))

    def _leet(self, word: str) -> tuple[Piece, ...]:
        letters = sum(char.isalpha() for char in word)
        if letters < 3 or letters * 2 < len(word):
            return ()
        for table in (_LEET, _LEET_L):
            read = word.translate(table)
            if read.isalpha() and len(read) >= 4 and self._is_known(read):
                return (Piece(read, 0, len(word), 1),)
        return ()

    def _joined(self, word: str) -> tuple[Piece, ...]:
        """Known words written together, all of the word used: fewest pieces first."""
        if len(word) < SHORTEST_JOINED or len(word) > 40:
            return ()
        best: dict[int, tuple[Piece, ...]] = {0: ()}
        for end in (*range(SHORTEST_PIECE, len(word) - SHORTEST_PIECE + 1), len(word)):  # room for a last piece
            for start, pieces in list(best.items()):
                if len(pieces) >= MOST_PIECES or end - start < SHORTEST_PIECE or end - start == len(word):
                    continue  # a word is not a piece of itself
                known = best.get(end)
                if known is not None and len(known) <= len(pieces) + 1:
                    continue
                for link in LINKS:
                    stop = end - len(link)
                    if link and (end == len(word) or not word.endswith(link, start, end)):
                        continue
                    part = word[start:stop]
                    if len(part) >= SHORTEST_PIECE and (
                        part in self._surfaces or (len(part) >= 5 and self._is_known_piece(part))
                    ):
                        best[end] = (*pieces, Piece(part, start, end))
                        break
        found = best.get(len(word), ())
        return found if len(found) > 1 else ()

    def _typo(self, word: str) -> tuple[Piece, ...]:
        if len(word) < SHORTEST_TYPO:
            return ()
        allowed = 2 if len(word) >= SHORTEST_TWO else 1
        alike = self._alike(word[0], len(word), allowed)
        if not alike:
            return ()
        found = process.extract(word, alike, scorer=OSA.distance, score_cutoff=allowed, limit=8)
        # a plural or case ending is not a typing error; the stems see to it
        real = [
            (int(edits), -self._surfaces[text], text)
            for text, edits, _ in found
            if not (abs(len(text) - len(word)) == edits and (text.startswith(word) or word.startswith(text)))
        ]
        if not real:
            return ()
        edits, _, text = min(real)
        return (Piece(text, 0, len(word), edits),)


def spaced_letters(words: tuple[str, ...]) -> list[tuple[int, int]]:
    """Return the runs of four or more single letters (`d r o n e`), as word numbers `first`–`last` exclusive."""
    if list(map(len, words)).count(1) < 4:
        return []
    runs, first = [], 0
    while first < len(words):
        last = first
        while last < len(words) and len(words[last]) == 1 and words[last].isalpha():
            last += 1
        if last - first >= 4:
            runs.append((first, last))
        first = max(last, first + 1)
    return runs
