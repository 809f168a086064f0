"""Which listed names hold which words, as flat columns: candidates are the names that share enough of the declared weight."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from tidewaiter.screen.party.signatures import Arrays

# The share of the common weight below which a name cannot reach the review level.
FLOOR = 0.66
# What a listed word the declared name lacks costs, as a part of its weight; almost nothing where a field limit cut it off.
_MISSING, _CUT_OFF = 0.45, 0.05
_EXTRA = 0.5
# Every candidate holds at least this part of the declared weight, whatever else it holds.
_LEAST = 0.3
# A name of which this part is in the other is compared although the other says much more besides.
_WHOLE = 0.95
_TWO_RARE, _HALF = 1.7, 0.5
# One word alone proposes a name of which it makes up this part.
_SOLO = 0.6
# A word that is only alike is credited with a little less, so that one alone never counts as the whole of a name.
_ALIKE = 0.94

# Counts of words, added to the weights in one number: weights of a name stay below the first, 64 alike words below the second.
_ALIKE_WORD, _EXACT_WORD = 1024.0, 65536.0

Ids = NDArray[np.int32]


def posting_columns(keys: Sequence[Sequence[int]], weights: Sequence[float], totals: Sequence[float]) -> Arrays:
    """Return for each word the ascending numbers of the names that hold it.

    Args:
        keys: The word numbers of each name, in the order of the names.
        weights: The weight of each word of the vocabulary.
        totals: The weight of each name.

    Returns:
        The columns `starts`, `names`, `weights` and `totals`.
    """
    lengths = [len(row) for row in keys]
    flat = np.fromiter((key for row in keys for key in row), dtype=np.int64, count=sum(lengths))
    names = np.repeat(np.arange(len(keys), dtype=np.int64), lengths)
    pairs = np.unique(flat * max(1, len(keys)) + names)
    word = pairs // max(1, len(keys))
    return {
        "starts": np.searchsorted(word, np.arange(len(weights) + 1)).astype(np.int32),
        "names": (pairs % max(1, len(keys))).astype(np.int32),
        "weights": np.array(weights, dtype=np.float32),
        "totals": np.array(totals, dtype=np.float32),
    }


def _is_worth_comparing(shared: float, declared: float, listed: float, price: float) -> bool:
    """Return whether two names with these weights, and so much of it in common, may reach the review level."""
    rest, missing = max(declared - shared, 0.0), max(listed - shared, 0.0)
    if shared >= FLOOR * (shared + _EXTRA * rest + price * missing) - 1e-5:
        return True
    # Either name may say much more than the other, and two rare words may stand beside words written otherwise.
    if shared >= _WHOLE * listed and shared >= _LEAST * declared - 1e-5:
        return True
    if shared >= _WHOLE * declared and shared >= _LEAST * listed - 1e-5:
        return True
    return shared >= _TWO_RARE and shared >= _HALF * min(listed, declared)


class Group:
    """One declared word: its weight, what a name that holds it is credited with, and the names that do.

    `added` is the credit together with a count of the word: so many exact words, so many that are alike. The names
    ascend, unless they hold several spellings of the word.
    """

    __slots__ = ("added", "credit", "ids", "is_sorted", "weight")

    def __init__(self, weight: float, credit: float, ids: Ids, counted: float, is_sorted: bool = True) -> None:
        self.weight = weight
        self.credit = credit
        self.added = credit + counted
        self.ids = ids
        self.is_sorted = is_sorted


class WordPostings:
    """The columns made by `posting_columns`, asked for names that share enough weight."""

    __slots__ = ("_free", "_names", "_starts", "_totals", "_weights")

    def __init__(self, columns: Arrays) -> None:
        self._starts: list[int] = columns["starts"].tolist()
        self._names: Ids = columns["names"]
        self._totals = columns["totals"]
        self._weights: list[float] = columns["weights"].tolist()
        self._free: list[NDArray[np.float64]] = []

    def exact(self, weight: float, word: int) -> Group:
        """Return the names that hold this word."""
        return Group(weight, weight, self._names[self._starts[word] : self._starts[word + 1]], _EXACT_WORD)

    def alike(self, weight: float, words: Sequence[int]) -> Group:
        """Return the names that hold one of these words, spelt otherwise than the declared one.

        A misspelt word weighs no more than the listed word it is taken for: "banks" is not rare if it stands for "bank".
        """
        weights = [self._weights[word] for word in words]
        credit = min(weight, max(weights))
        starts, names = self._starts, self._names
        spans = [
            names[starts[word] : starts[word + 1]]
            for word, listed in zip(words, weights, strict=True)
            if listed >= 0.5 * credit
        ]
        if len(spans) == 1:
            return Group(credit, _ALIKE * credit, spans[0], _ALIKE_WORD)
        return Group(credit, _ALIKE * credit, np.concatenate(spans), _ALIKE_WORD, False)

    def both(self, weight: float, one: int, other: int) -> Group:
        """Return the names that hold both of these words."""
        starts, names = self._starts, self._names
        left, right = (names[starts[word] : starts[word + 1]] for word in (one, other))
        return Group(weight, _ALIKE * weight, np.intersect1d(left, right, assume_unique=True), 2 * _ALIKE_WORD)

    def sharing(self, total: float, is_cut: bool, groups: list[Group]) -> list[int]:
        """Return the names whose shared words could reach the threshold.

        Only the rarest words are looked through: the rest of the declared weight is too little to make a candidate of a
        name that holds none of them. Ties in rarity are all taken or the order of words would decide.

        Args:
            total: The weight of the declared name, a misspelt word weighing what it is taken for.
            is_cut: Whether a field limit may have cut the name off.
            groups: Its words that are known to the lists.

        Returns:
            Numbers of names in no order.
        """
        groups.sort(key=lambda group: len(group.ids))
        left = sum(group.credit for group in groups)
        rare: list[Ids] = []
        for group in groups:
            if left < _LEAST * total - 1e-6:
                break
            rare.append(group.ids)
            left -= group.credit
        if not rare:
            return []
        found = rare[0] if len(rare) == 1 else np.concatenate(rare)
        sums = self._sums(found, groups, len(rare))
        # Few names hold two of the words, or one that is most of the name and is not only alike.
        shared = sums % _ALIKE_WORD
        counted = sums - shared
        totals = self._totals[found]
        several = (counted >= 2 * _ALIKE_WORD) & (counted != _EXACT_WORD)
        places = (several | ((sums >= _EXACT_WORD) & (shared >= _SOLO * totals - 1e-5))).nonzero()[0]
        if not len(places):
            return []
        price = _CUT_OFF if is_cut else _MISSING
        rows = zip(found[places].tolist(), shared[places].tolist(), totals[places].tolist(), strict=True)
        return [number for number, common, listed in rows if _is_worth_comparing(common, total, listed, price)]

    def _sums(self, found: Ids, groups: list[Group], rare: int) -> NDArray[np.float64]:
        """Return what is added up for the declared words each found name holds."""
        # A row of zeros as long as the list is kept for the next call; taking it off the list makes it this call's own.
        row = self._free.pop() if self._free else np.zeros(len(self._totals))
        written = []
        for place, group in enumerate(groups):
            if place < rare or len(group.ids) < 8 * len(found):
                # A name that holds two spellings of the word is in the row twice and is credited once all the same.
                row[group.ids] += group.added
                written.append(group.ids)
        sums: NDArray[np.float64] = row[found]
        for ids in written:
            row[ids] = 0.0
        self._free.append(row)
        for place, group in enumerate(groups):
            if place >= rare and len(group.ids) >= 8 * len(found):
                ids = group.ids if group.is_sorted else np.sort(group.ids)
                at = np.searchsorted(ids, found)
                at[at == len(ids)] = 0
                sums += np.where(ids[at] == found, group.added, 0.0)
        return sums
