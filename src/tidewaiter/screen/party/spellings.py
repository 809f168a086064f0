"""The vocabulary of listed words: exact look-up, words a few edits away, and words with the same consonants."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import OSA

from tidewaiter.screen.party.signatures import Arrays, SignatureScan, having, signature, signature_columns
from tidewaiter.text.names_fold import skeleton

_SHORTEST = 4
# Words of so many letters are also looked for two edits away, longer ones three, where none is one edit away.
_LONG, _LONGER = 8, 10
_MOVED_BITS, _MOVED_PAIRS = (4, 6), (10, 14)
_MEMORY = 1 << 15
_distance = OSA.distance


def vocabulary_columns(vocabulary: Sequence[str]) -> Arrays:
    """Return the columns of a sorted vocabulary.

    Args:
        vocabulary: Different words, sorted; a word's place is its number.

    Returns:
        The words themselves, the hashes of words left whole and without one letter, and the words by consonants.
    """
    hashes: list[int] = []
    words: list[int] = []
    longs: list[int] = []
    bones: dict[str, list[int]] = {}
    crc = zlib.crc32
    for number, word in enumerate(vocabulary):
        if not word.isalpha():
            continue
        if len(word) >= _SHORTEST:
            letters = word.encode()
            shorter = {crc(letters[:cut] + letters[cut + 1 :]) for cut in range(len(letters))}
            shorter.add(crc(letters))
            hashes.extend(shorter)
            words.extend([number] * len(shorter))
        if len(word) >= _LONG:
            longs.append(number)
        if len(word) > 2 and (consonants := skeleton(word)):
            bones.setdefault(consonants, []).append(number)
    order = np.lexsort((np.array(words, dtype=np.int32), np.array(hashes, dtype=np.uint32)))
    known = sorted(bones)
    starts = np.zeros(len(known) + 1, dtype=np.int32)
    np.cumsum([len(bones[consonants]) for consonants in known], out=starts[1:])
    scan = signature_columns([vocabulary[number].encode() for number in longs], longs)
    return {
        **{f"long.{name}": column for name, column in scan.items()},
        "words": np.frombuffer("\n".join(vocabulary).encode(), dtype=np.uint8),
        "deletions": np.array(hashes, dtype=np.uint32)[order],
        "deletion_words": np.array(words, dtype=np.int32)[order],
        "bones": np.frombuffer("\n".join(known).encode(), dtype=np.uint8),
        "bone_starts": starts,
        "bone_words": np.array([word for consonants in known for word in bones[consonants]], dtype=np.int32),
    }


def _lines(column: NDArray[np.uint8]) -> list[str]:
    return column.tobytes().decode().split("\n") if len(column) else []


class Vocabulary:
    """Listed words by number. The dictionary of the words is made on opening, the rest stays in the columns."""

    __slots__ = (
        "_bone_starts",
        "_bone_words",
        "_bones",
        "_deletion_words",
        "_deletions",
        "_long",
        "_near",
        "number",
        "words",
    )

    def __init__(self, columns: Arrays) -> None:
        self.words = _lines(columns["words"])
        self.number = dict(zip(self.words, range(len(self.words)), strict=True))
        self._deletions = columns["deletions"]
        self._deletion_words = columns["deletion_words"]
        self._bones: dict[str, int] | list[str] = _lines(columns["bones"])
        self._bone_starts = columns["bone_starts"]
        self._bone_words = columns["bone_words"]
        self._long = SignatureScan(having(columns, "long."))
        self._near: dict[str, tuple[int, ...]] = {}

    def near(self, word: str) -> tuple[int, ...]:
        """Return the numbers of the words one edit away (a letter more, fewer, other, or two in each other's place).

        Of long words without such neighbours, those two or three edits away.
        """
        known = self._near.get(word)
        if known is None:
            if len(self._near) >= _MEMORY:
                self._near.clear()
            known = self._near[word] = self._find_near(word)
        return known

    def _find_near(self, word: str) -> tuple[int, ...]:
        if len(word) < _SHORTEST or not word.isascii():
            return ()
        letters = word.encode()
        crc = zlib.crc32
        shorter = {crc(letters[:cut] + letters[cut + 1 :]) for cut in range(len(letters))}
        shorter.add(crc(letters))
        sought = np.fromiter(shorter, dtype=np.uint32)
        starts = np.searchsorted(self._deletions, sought)
        stops = np.searchsorted(self._deletions, sought, side="right")
        found: set[int] = set()
        for start, stop in zip(starts.tolist(), stops.tolist(), strict=True):
            if start < stop:
                found.update(self._deletion_words[start:stop].tolist())
        words = self.words
        near = tuple(sorted(number for number in found if _distance(word, words[number], score_cutoff=1) == 1))
        return near if near or len(word) < _LONG else self._far(word, letters)

    def _far(self, word: str, letters: bytes) -> tuple[int, ...]:
        """Return the numbers of the words two or three edits from a long one."""
        longer = len(word) >= _LONGER
        rows = self._long.near(signature([letters]), _MOVED_PAIRS[longer], _MOVED_BITS[longer])
        edits = 3 if longer else 2
        words = self.words
        found = (number for number, _ in rows if _distance(word, words[number], score_cutoff=edits) <= edits)
        return tuple(sorted(found))

    def by_bones(self, numbers: Iterable[int]) -> dict[str, tuple[int, ...]]:
        """Return some of the words by their consonants, those that have two or more (`with_bones`), each in ascending order."""
        found: dict[str, list[int]] = {}
        for number in numbers:
            word = self.words[number]
            if word.isalpha() and len(word) > 2 and len(consonants := skeleton(word)) > 1:
                found.setdefault(consonants, []).append(number)
        return {consonants: tuple(words) for consonants, words in found.items()}

    def with_bones(self, consonants: str) -> Iterable[int]:
        """Return the numbers of the words with these consonants."""
        if isinstance(self._bones, list):
            self._bones = dict(zip(self._bones, range(len(self._bones)), strict=True))
        place = self._bones.get(consonants)
        if place is None:
            return ()
        numbers: list[int] = self._bone_words[self._bone_starts[place] : self._bone_starts[place + 1]].tolist()
        return numbers
