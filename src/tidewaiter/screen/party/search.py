"""Propose listed names that might be the declared one. Proposals only: the comparison alone decides.

Two searches complement each other. Words: listed names sharing two words (folded spelling, one edit, joined or split
words), or the one word that makes up most of the listed name. Letters: a 64-bit signature of the letters of the whole
name, scanned with numpy; one edit moves at most two bits, so a distance of four covers two edits anywhere.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import OSA, Indel

from tidewaiter.screen.party.prepared import Prepared
from tidewaiter.text.names_fold import skeleton

_LETTERS = {char: 2 * index for index, char in enumerate("abcdefghijklmnopqrstuvwxyz")}
_DIGITS = {char: 52 + index for index, char in enumerate("0123456789")}
_MOVED_BITS = 4
# Two edits change at most eight letter pairs; in a short name the comparison forgives fewer edits.
_MOVED_PAIRS = 8
_MOVED_PAIRS_SHORT = {4: 4, 5: 4, 6: 4, 7: 4, 8: 4, 9: 6, 10: 6}
_ratio = Indel.normalized_similarity
_distance = OSA.distance
_NONE: frozenset[int] = frozenset()


def signature(joined: str) -> tuple[int, int]:
    """Return the letter signature (each letter counted to two, each digit to one) and the number of letters a to i."""
    bits = early = 0
    for char in set(joined):
        shift = _LETTERS.get(char)
        if shift is None:
            bits |= 1 << _DIGITS.get(char, 63)
        elif joined.count(char) > 1:
            bits |= 3 << shift
            if shift < 18:
                early += joined.count(char)
        else:
            bits |= 1 << shift
            if shift < 18:
                early += 1
    return bits, early


def bigrams(keys: tuple[str, ...]) -> int:
    """Return a 64-bit signature of the letter pairs inside the words, whatever the order of the words."""
    bits = 0
    for key in keys:
        codes = key.encode()
        for first, second in itertools.pairwise(codes):
            bits |= 1 << ((first * 7 + second * 13) & 63)
    return bits


class _Block:
    """Signatures of the names whose length is within two of one length, ordered by their early letters."""

    __slots__ = ("bits", "ids", "pairs", "starts")

    def __init__(self, rows: list[tuple[int, int, int, int]]) -> None:
        rows.sort(key=lambda row: (row[1], row[2]))
        self.bits = np.array([row[0] for row in rows], dtype=np.uint64)
        self.pairs = np.array([row[3] for row in rows], dtype=np.uint64)
        self.ids = np.array([row[2] for row in rows], dtype=np.int32)
        early = np.array([row[1] for row in rows], dtype=np.int64)
        self.starts: list[int] = np.searchsorted(early, np.arange(0, 82)).tolist()

    def near(self, bits: int, early: int, pairs: int, moved_pairs: int = _MOVED_PAIRS) -> list[int]:
        """Return ids of names whose signature differs in at most four bits."""
        start, stop = self.starts[max(0, early - 2)], self.starts[min(81, early + 3)]
        if start == stop:
            return []
        moved = np.bitwise_count(self.bits[start:stop] ^ np.uint64(bits))
        places: NDArray[np.int64] = (moved <= _MOVED_BITS).nonzero()[0]
        if not len(places):
            return []
        places = places[np.bitwise_count(self.pairs[start:stop][places] ^ np.uint64(pairs)) <= moved_pairs]
        found: NDArray[np.int32] = self.ids[start:stop][places]
        numbers: list[int] = found.tolist()
        return numbers


class NameSearch:
    """The index over prepared listed names."""

    __slots__ = ("_blocks", "_deletions", "_floor", "_names", "_postings", "_skeletons", "_solo", "_totals")

    def __init__(self, names: Sequence[Prepared], floor: float = 0.66) -> None:
        """Build postings, the one-deletion neighbourhood of the vocabulary, and the signature blocks."""
        self._names = names
        self._floor = floor
        self._totals = [name.total for name in names]
        raw: dict[str, list[int]] = {}
        solo: dict[str, list[int]] = {}
        lengths: dict[int, list[tuple[int, int, int, int]]] = {}
        for number, name in enumerate(names):
            for key, weight in zip(name.keys, name.weights, strict=True):
                raw.setdefault(key, []).append(number)
                if weight >= 0.6 * name.total:
                    solo.setdefault(key, []).append(number)
            row = (*signature(name.joined), number, bigrams(name.keys))
            for length in range(len(name.joined) - 2, len(name.joined) + 3):
                lengths.setdefault(length, []).append(row)
        self._postings = {key: frozenset(numbers) for key, numbers in raw.items()}
        self._solo = {key: tuple(numbers) for key, numbers in solo.items()}
        self._blocks = {length: _Block(rows) for length, rows in lengths.items()}
        self._deletions = _deletion_index(raw)
        bones: dict[str, set[int]] = {}
        for key, numbers in raw.items():
            if len(key) > 2 and key.isalpha():
                bones.setdefault(skeleton(key), set()).update(numbers)
        self._skeletons = {consonants: frozenset(numbers) for consonants, numbers in bones.items()}

    def find(self, name: Prepared) -> list[int]:
        """Return numbers of listed names worth comparing, in ascending order."""
        found = self._by_words(name)
        joined = name.joined
        block = self._blocks.get(len(joined)) if len(joined) > 3 else None
        if block is not None:
            names = self._names
            moved = _MOVED_PAIRS_SHORT.get(len(joined), _MOVED_PAIRS)
            for number in block.near(*signature(joined), bigrams(name.keys), moved):
                if number not in found and _ratio(joined, names[number].joined, score_cutoff=0.76) > 0.0:
                    found.add(number)
        elif joined:
            found.update(self._postings.get(joined, _NONE))
        return sorted(found)

    def _by_words(self, name: Prepared) -> set[int]:
        groups: list[tuple[int, float, list[frozenset[int]]]] = []
        found: set[int] = set()
        solo, postings = self._solo, self._postings
        for index, key in enumerate(name.keys):
            weight = name.weights[index]
            if key in postings:
                sets = [postings[key]]
                if weight > 0.25 and key in solo:
                    found.update(solo[key])
            else:
                sets = []
                for known in self._spellings(name, index, key):
                    sets.append(postings[known])
                    if weight > 0.25 and known in solo:
                        found.update(solo[known])
            if name.vowelless and len(bones := skeleton(key)) > 1 and bones in self._skeletons:
                sets.append(self._skeletons[bones])
            if sets:
                groups.append((sum(map(len, sets)), weight, sets))
        if len(groups) > 1:
            found |= self._share_two(groups)
        if not found:
            return found
        return self._plausible(name, groups, found)

    def _share_two(self, groups: list[tuple[int, float, list[frozenset[int]]]]) -> set[int]:
        """Return names that hold a spelling of at least two of the five rarest declared words.

        Two frequent words that make up a small part of the name are left out: a third word must agree as well.
        """
        groups.sort(key=lambda group: group[0])
        rare = groups[:5]
        total = sum(weight for _, weight, _ in groups)
        found: set[int] = set()
        for index, (fewer, first, left) in enumerate(rare):
            for size, second, right in rare[index + 1 :]:
                if fewer > 150 and size > 150 and first + second < 0.5 * (total - first - second):
                    continue
                for one in left:
                    for two in right:
                        found |= one & two
        return found

    def _plausible(
        self, name: Prepared, groups: list[tuple[int, float, list[frozenset[int]]]], found: set[int]
    ) -> set[int]:
        """Keep names whose shared words could reach the threshold, counting rows of what is not shared."""
        floor, total = self._floor, name.total
        rows = [(weight, sets) for _, weight, sets in groups]
        # No name longer than this can reach the floor even if it holds every declared word.
        most = sum(weight for weight, _ in rows)
        price = 0.05 if name.is_cut else 0.45
        longest = most + (most * (1.0 - floor) / floor - 0.5 * max(0.0, total - most)) / price
        totals = self._totals
        kept: set[int] = set()
        for number in found:
            listed = totals[number]
            if listed > longest:
                continue
            shared = 0.0
            for weight, sets in rows:
                for posting in sets:
                    if number in posting:
                        shared += weight
                        break
            if shared >= floor * (shared + 0.5 * max(0.0, total - shared) + price * max(0.0, listed - shared)):
                kept.add(number)
        return kept

    def _spellings(self, name: Prepared, index: int, key: str) -> Iterator[str]:
        """Yield vocabulary keys an unknown declared word may stand for: its neighbours, halves or a join."""
        postings = self._postings
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
                for rows in (key[:cut], key[cut:]):
                    if len(rows) > 3 and rows in postings and rows not in seen:
                        seen.add(rows)
                        yield rows
        if index + 1 < len(name.keys):
            both = key + name.keys[index + 1]
            if both in postings:
                yield both

    def _neighbours(self, key: str) -> list[str]:
        """Return vocabulary keys one edit away (a letter more, fewer, other, or two letters in each other's place)."""
        get = self._deletions.get
        near = list(get(key, ()))
        for cut in range(len(key)):
            found = get(key[:cut] + key[cut + 1 :])
            if found is not None:
                near += found
        return [other for other in near if _distance(key, other, score_cutoff=1) == 1]


def _deletion_index(vocabulary: Sequence[str] | dict[str, list[int]]) -> dict[str, tuple[str, ...]]:
    """Return words, whole and with one letter left out, each with the words it came from."""
    index: dict[str, list[str]] = {}
    for key in vocabulary:
        if len(key) > 3 and key.isalpha():
            index.setdefault(key, []).append(key)
            for shorter in {key[:cut] + key[cut + 1 :] for cut in range(len(key))}:
                index.setdefault(shorter, []).append(key)
    return {shorter: tuple(keys) for shorter, keys in index.items()}
