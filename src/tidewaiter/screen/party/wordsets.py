"""Names looked up by the set of their words as written: with one word left out, or with words written after them."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Sequence

import numpy as np

from tidewaiter.screen.party.signatures import Arrays
from tidewaiter.text.names_fold import to_latin

_WORDS = re.compile("[a-z0-9]+")


def written_words(text: str) -> list[bytes]:
    """Return the words of a name as written, in Latin letters and digits; nothing is dropped or folded."""
    return [word.encode() for word in written(text)]


def written(text: str) -> list[str]:
    """Return what `written_words` returns, as text."""
    words: list[str] = _WORDS.findall(to_latin(text))
    return words


def words_hash(words: Sequence[bytes]) -> int:
    """Return the 32-bit hash of some words in any order."""
    return zlib.crc32(b" ".join(sorted(words)))


def word_parts(text: str) -> list[list[bytes]]:
    """Return the words of a name as written, those without a blank between them together (`al-Ahmad` is one part)."""
    parts = [_WORDS.findall(part) for part in to_latin(text).split()]
    return [[word.encode() for word in part] for part in parts if part]


def dropped_hashes(parts: Sequence[Sequence[bytes]]) -> set[int]:
    """Return the hashes of a name of three parts or more with each one left out."""
    if len(parts) < 3:
        return set()
    return {
        words_hash([word for place, part in enumerate(parts) if place != left_out for word in part])
        for left_out in range(len(parts))
    }


def hash_columns(rows: Iterable[tuple[int, int]]) -> Arrays:
    """Return (hash, number of the name) as the columns that `WordSets` reads."""
    ordered = sorted(set(rows))
    return {
        "hashes": np.array([row[0] for row in ordered], dtype=np.uint32),
        "names": np.array([row[1] for row in ordered], dtype=np.int32),
    }


class WordSets:
    """Names by the hash of a set of words. Sets that share a hash are all proposed."""

    __slots__ = ("_hashes", "_names")

    def __init__(self, columns: Arrays) -> None:
        self._hashes = columns["hashes"]
        self._names = columns["names"]

    def find(self, hashes: Sequence[int]) -> list[int]:
        """Return the names with any of these hashes."""
        sought = np.array(hashes, dtype=np.uint32)
        starts = np.searchsorted(self._hashes, sought)
        found: list[int] = []
        for start, value in zip(starts.tolist(), hashes, strict=True):
            stop = start
            while stop < len(self._hashes) and self._hashes[stop] == value:
                stop += 1
            if stop > start:
                found += self._names[start:stop].tolist()
        return found
