"""Texts as hashed character and word features, a whole batch at once on arrays.

Features of a text: every run of two to five characters inside a word with its borders (` vest ` gives ` v`, `ve`, … `est `),
every word, every pair of neighbouring words, and every word without its vowels (`shlf` and `shelf` share one). Each is a number below `BUCKETS`. The same function serves training and
screening, so both sides agree; hashing needs no vocabulary. After Weinberger et al., "Feature hashing for large scale
multitask learning" (2009), and the character n-grams of Cavnar and Trenkle (1994).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tidewaiter.text.fold import fold, unmix

BITS = 18
BUCKETS = 1 << BITS
LENGTHS = (2, 3, 4, 5)
LONGEST = 400  # characters of a description that are looked at

_BASE = 0x9E3779B97F4A7C15 | 1
_MIX = 0xD6E8FEB86659FD93
_WORD = re.compile(r"[^\W_]+", re.UNICODE)
_DIGITS = re.compile(r"\d")
_VOWELS = str.maketrans("", "", "aeiouаеиоуыэюяіїє")
_SHORT = re.compile(r" (?:[^ ]{1,2} )+")  # one or two letters left say nothing

Numbers = npt.NDArray[np.uint32]
Found = list[tuple[npt.NDArray[np.int64], npt.NDArray[np.uint64]]]


@dataclass(frozen=True, slots=True)
class Hashed:
    """The features of a batch: `features[starts[i]:starts[i + 1]]` are those of text `i`, each once."""

    features: Numbers
    starts: npt.NDArray[np.int64]

    def rows(self) -> npt.NDArray[np.int64]:
        """Return the number of the text for each feature."""
        return np.repeat(np.arange(len(self.starts) - 1), np.diff(self.starts))

    def only(self, texts: Sequence[int]) -> Hashed:
        """Return the features of some of the texts, given by their numbers in order."""
        if len(texts) == len(self.starts) - 1:
            return self
        parts = [self.features[self.starts[text] : self.starts[text + 1]] for text in texts]
        starts = np.zeros(len(parts) + 1, np.int64)
        np.cumsum([len(part) for part in parts], out=starts[1:])
        return Hashed(np.concatenate(parts) if parts else self.features[:0], starts)


def words_for_hashing(text: str) -> str:
    """Return the words of a text as they are hashed: folded, digits as 0 beyond the first two, single blanks, a blank around."""
    words = [unmix(word) for word in _WORD.findall(fold(text[:LONGEST]).text)]
    return f" {' '.join(word if len(word) <= 2 else _DIGITS.sub('0', word) for word in words)} "


def hash_texts(texts: Sequence[str]) -> Hashed:
    """Return the hashed features of a batch of texts."""
    prepared = [words_for_hashing(text) for text in texts]
    if not texts:
        return Hashed(np.zeros(0, np.uint32), np.zeros(1, np.int64))
    codes, owner = _coded(prepared)
    found = _runs(codes, owner) + _words(codes, owner, ((1, 101), (2, 202))) + _skeletons(prepared)
    rows = np.concatenate([row for row, _ in found])
    hashes = np.concatenate([value for _, value in found])
    buckets = ((hashes * np.uint64(_MIX)) >> np.uint64(64 - BITS)).astype(np.int64)
    once = _each_once(rows * BUCKETS + buckets)
    starts = np.searchsorted(once, np.arange(len(texts) + 1) * BUCKETS)
    return Hashed((once % BUCKETS).astype(np.uint32), starts.astype(np.int64))


def _each_once(numbers: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Return different numbers in order: what `numpy.unique` gives, at a tenth of its time."""
    ordered = np.sort(numbers)
    new = np.ones(len(ordered), np.bool_)
    np.not_equal(ordered[1:], ordered[:-1], out=new[1:])
    return ordered[new]


def _coded(prepared: Sequence[str]) -> tuple[npt.NDArray[np.uint64], npt.NDArray[np.int64]]:
    """Return the characters of all texts in one array, and the number of the text each belongs to."""
    codes = np.frombuffer("".join(prepared).encode("utf-32-le"), np.uint32).astype(np.uint64)
    lengths = np.fromiter((len(text) for text in prepared), np.int64, len(prepared))
    return codes, np.repeat(np.arange(len(prepared)), lengths)


def _skeletons(prepared: Sequence[str]) -> Found:
    """Words without their vowels, as shops cut them to fit a label; a text without any gives nothing."""
    bare = [_SHORT.sub(" ", text.translate(_VOWELS)) for text in prepared]
    return _words(*_coded(bare), ((1, 303),))


def _runs(codes: npt.NDArray[np.uint64], owner: npt.NDArray[np.int64]) -> Found:
    """Runs of characters that have a blank at most at their ends."""
    blank = codes == 32
    blanks = np.concatenate(([0], np.cumsum(blank)))
    found: Found = []
    value = codes.copy()
    for length in range(2, max(LENGTHS) + 1):
        count = len(codes) - length + 1
        if count <= 0:
            break
        value = value[:count] * np.uint64(_BASE) + codes[length - 1 :]
        if length not in LENGTHS:
            continue
        inside = blanks[length - 1 : length - 1 + count] - blanks[1 : 1 + count]
        good = (inside == 0) & (owner[:count] == owner[length - 1 :])
        if length == 2:
            good &= ~(blank[:count] & blank[1:])
        at = np.flatnonzero(good)
        found.append((owner[at], value[at] + np.uint64(length)))
    return found


def _words(codes: npt.NDArray[np.uint64], owner: npt.NDArray[np.int64], kinds: tuple[tuple[int, int], ...]) -> Found:
    """Words from blank to blank; `kinds` gives how many words apart and the salt that keeps the kinds from each other."""
    powers = np.full(len(codes) + 1, _BASE, np.uint64)
    powers[0] = 1
    powers = np.multiply.accumulate(powers)
    # hash of codes[i:j] = prefix[j] - prefix[i] * base^(j - i), all modulo 2^64
    prefix = np.zeros(len(codes) + 1, np.uint64)
    inverse = pow(_BASE, -1, 1 << 64)
    downward = np.full(len(codes) + 1, inverse, np.uint64)
    downward[0] = 1
    downward = np.multiply.accumulate(downward)
    prefix[1:] = np.cumsum(codes * downward[1:], dtype=np.uint64)
    blanks = np.flatnonzero(codes == 32)
    found: Found = []
    for apart, salt in kinds:
        left, right = blanks[:-apart], blanks[apart:]
        good = (owner[left] == owner[right]) & (right - left > 1)
        left, right = left[good], right[good]
        value = (prefix[right] - prefix[left + 1]) * powers[right]
        found.append((owner[left], value + np.uint64(salt)))
    return found
