"""Propose listed names that might be the declared one. Proposals only: the comparison alone decides.

Two searches complement each other. Words: listed names sharing two words (folded spelling, one edit, joined or split
words), or the one word that makes up most of the listed name. Letters: a 128-bit signature of the letters of the whole
name, scanned with numpy; one edit moves at most two bits, so a distance of four covers two edits anywhere.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import Indel

from tidewaiter.screen.party.prepared import Prepared
from tidewaiter.text.names_fold import skeleton

_LETTERS = {char: 4 * index for index, char in enumerate("abcdefghijklmnopqrstuvwxyz")}
_LETTERS.update({char: 104 + 2 * index for index, char in enumerate("0123456789")})
_THERMO = (0, 1, 3, 7, 15)
_MASK = (1 << 64) - 1
_EARLY = "abcdefghi"
_MOVED_BITS = 4
_ratio = Indel.normalized_similarity
_NONE: frozenset[int] = frozenset()


def signature(joined: str) -> tuple[int, int, int]:
    """Return two 64-bit halves of the letter signature and the number of letters a to i (counted to four each)."""
    bits = early = 0
    for char in set(joined):
        shift = _LETTERS.get(char)
        if shift is None:
            continue
        count = joined.count(char)
        if shift < 104:
            count = min(count, 4)
            if shift < 36:
                early += count
        else:
            count = min(count, 2)
        bits |= _THERMO[count] << shift
    return bits & _MASK, bits >> 64, early


class _Block:
    """Signatures of the names whose length is within two of one length, ordered by their early letters."""

    __slots__ = ("high", "ids", "low", "starts")

    def __init__(self, rows: list[tuple[int, int, int, int]]) -> None:
        rows.sort(key=lambda row: (row[2], row[3]))
        self.low = np.array([row[0] for row in rows], dtype=np.uint64)
        self.high = np.array([row[1] for row in rows], dtype=np.uint64)
        self.ids = np.array([row[3] for row in rows], dtype=np.int32)
        early = np.array([row[2] for row in rows], dtype=np.int64)
        self.starts: list[int] = np.searchsorted(early, np.arange(0, 42)).tolist()

    def near(self, low: int, high: int, early: int) -> list[int]:
        """Return ids of names whose signature differs in at most four bits."""
        start, stop = self.starts[max(0, early - 2)], self.starts[min(41, early + 3)]
        if start == stop:
            return []
        moved = np.bitwise_count(self.low[start:stop] ^ np.uint64(low))
        moved += np.bitwise_count(self.high[start:stop] ^ np.uint64(high))
        found: NDArray[np.int32] = self.ids[start:stop][moved <= _MOVED_BITS]
        return found.tolist()


class NameSearch:
    """The index over prepared listed names."""

    __slots__ = ("_blocks", "_deletions", "_floor", "_names", "_postings", "_skeletons", "_solo")

    def __init__(self, names: Sequence[Prepared], floor: float = 0.55) -> None:
        """Build postings, the one-deletion neighbourhood of the vocabulary, and the signature blocks."""
        self._names = names
        self._floor = floor
        raw: dict[str, list[int]] = {}
        solo: dict[str, list[int]] = {}
        lengths: dict[int, list[tuple[int, int, int, int]]] = {}
        for number, name in enumerate(names):
            for key, weight in zip(name.keys, name.weights, strict=True):
                raw.setdefault(key, []).append(number)
                if weight >= 0.6 * name.total:
                    solo.setdefault(key, []).append(number)
            row = (*signature(name.joined), number)
            for length in range(len(name.joined) - 2, len(name.joined) + 3):
                lengths.setdefault(length, []).append(row)
        self._postings = {key: frozenset(numbers) for key, numbers in raw.items()}
        self._solo = {key: tuple(numbers) for key, numbers in solo.items()}
        self._blocks = {length: _Block(rows) for length, rows in lengths.items()}
        self._deletions = _deletion_index(raw)
        self._skeletons: dict[str, list[str]] = {}
        for key in raw:
            if len(key) > 2 and key.isalpha():
                self._skeletons.setdefault(skeleton(key), []).append(key)

    def find(self, name: Prepared) -> list[int]:
        """Return numbers of listed names worth comparing, in ascending order."""
        found = self._by_words(name)
        joined = name.joined
        block = self._blocks.get(len(joined)) if len(joined) > 3 else None
        if block is not None:
            names = self._names
            for number in block.near(*signature(joined)):
                if number not in found and _ratio(joined, names[number].joined, score_cutoff=0.76) > 0.0:
                    found.add(number)
        elif joined:
            found.update(self._postings.get(joined, _NONE))
        return sorted(found)

    def _by_words(self, name: Prepared) -> set[int]:
        groups: list[tuple[int, float, list[frozenset[int]]]] = []
        found: set[int] = set()
        solo = self._solo
        for index, key in enumerate(name.keys):
            weight = name.weights[index]
            sets: list[frozenset[int]] = []
            size = 0
            for known in self._spellings(name, index, key):
                posting = self._postings[known]
                sets.append(posting)
                size += len(posting)
                if weight > 0.25 and known in solo:
                    found.update(solo[known])
            if sets:
                groups.append((size, weight, sets))
        if len(groups) > 1:
            found |= self._share_two(groups)
        if not found:
            return found
        return self._plausible(name, groups, found)

    def _share_two(self, groups: list[tuple[int, float, list[frozenset[int]]]]) -> set[int]:
        """Return names that hold a spelling of at least two of the five rarest declared words."""
        groups.sort(key=lambda group: group[0])
        rare = groups[:5]
        found: set[int] = set()
        for index, (_, _, left) in enumerate(rare):
            for _, _, right in rare[index + 1 :]:
                for one in left:
                    for two in right:
                        if not one.isdisjoint(two):
                            found |= one & two
        return found

    def _plausible(
        self, name: Prepared, groups: list[tuple[int, float, list[frozenset[int]]]], found: set[int]
    ) -> set[int]:
        """Keep names whose shared words could reach the threshold, counting half of what is not shared."""
        floor, names, total = self._floor, self._names, name.total
        kept: set[int] = set()
        for number in found:
            shared = 0.0
            for _, weight, sets in groups:
                for posting in sets:
                    if number in posting:
                        shared += weight
                        break
            listed = names[number].total
            if shared >= floor * (shared + 0.5 * max(0.0, total - shared) + 0.5 * max(0.0, listed - shared)):
                kept.add(number)
        return kept

    def _spellings(self, name: Prepared, index: int, key: str) -> Iterator[str]:
        """Yield vocabulary keys the declared word may stand for: itself, else its neighbours, halves or joins."""
        postings = self._postings
        if key in postings:
            yield key
            if not name.vowelless:
                return
        if name.vowelless:
            yield from (other for other in self._skeletons.get(skeleton(key), ())[:40] if other != key)
            return
        length = len(key)
        if length < 4:
            return
        seen = {key}
        for other in self._neighbours(key):
            if other not in seen:
                seen.add(other)
                yield other
        if length > 7 and len(seen) == 1:
            for cut in range(3, length - 2):
                for half in (key[:cut], key[cut:]):
                    if len(half) > 3 and half in postings and half not in seen:
                        seen.add(half)
                        yield half
        if index + 1 < len(name.keys):
            both = key + name.keys[index + 1]
            if both in postings:
                yield both

    def _neighbours(self, key: str) -> Iterator[str]:
        deletions = self._deletions
        yield from deletions.get(key, ())
        for cut in range(len(key)):
            shorter = key[:cut] + key[cut + 1 :]
            if shorter in self._postings:
                yield shorter
            found = deletions.get(shorter)
            if found is not None:
                yield from found


def _deletion_index(vocabulary: Sequence[str] | dict[str, list[int]]) -> dict[str, tuple[str, ...]]:
    """Return words with one letter left out, each with the words it came from."""
    index: dict[str, list[str]] = {}
    for key in vocabulary:
        if len(key) > 3 and key.isalpha():
            for shorter in {key[:cut] + key[cut + 1 :] for cut in range(len(key))}:
                index.setdefault(shorter, []).append(key)
    return {shorter: tuple(keys) for shorter, keys in index.items()}
