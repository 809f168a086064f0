"""The name levels of many pairs at once: the alignment of `link.levels.align`, carried out on columns of words."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import OSA
from rapidfuzz.process import cpdist

from tidewaiter.backends.name_table import NameTable
from tidewaiter.link.levels import LETTERS, NAME_LEVELS, SHORTEST_EDIT, SHORTEST_FAR
from tidewaiter.link.names import EDIT, FAR, INITIAL, KEY, NEAR_NAMES, NICKNAME, NONE, SAME, is_nickname

Places = NDArray[np.int32]
NONE_PLACE = -1
MOST_PAIRED = 5


@dataclass
class NameResult:
    """`levels`: place in `NAME_LEVELS`, -1 where a name has no word. The words paired: for each pair of records and each
    step of the pairing the place in the left name (-1: none), the place in the right one, and the nearness."""

    levels: NDArray[np.int8]
    left_word: NDArray[np.int8]
    right_word: NDArray[np.int8]
    near: NDArray[np.int8]


def _table() -> NDArray[np.int8]:
    """Return the level for (words paired up to 3, worst nearness, rest), -1 where there is none."""
    rests = ("all", "swapped", "part", "differs", "last", "first", "other")
    places = {name: place for place, name in enumerate(NAME_LEVELS)}
    table = np.full((4, NONE + 1, len(rests)), -1, np.int8)
    for total in (1, 2, 3):
        for near in range(SAME, NONE):
            for rest, name in enumerate(rests):
                table[total, near, rest] = places.get(f"{total}.{NEAR_NAMES[near]}.{name}", -1)
    return table


_LEVELS = _table()
_ALL, _SWAPPED, _PART, _DIFFERS, _LAST, _FIRST, _OTHER = range(7)


class NameComparer:
    """Compares names of one table; what it learns of two words is kept."""

    def __init__(self, names: NameTable) -> None:
        self.names = names
        self._values = np.array(names.token_values, object)
        self._size = np.fromiter(map(len, names.token_values), np.int64, len(names.token_values))
        self._first = np.fromiter((ord(token[0]) if token else 0 for token in names.token_values), np.int16)
        self._known = np.zeros(0, np.int64)
        self._near = np.zeros(0, np.int8)

    def compare(self, left: Places, right: Places) -> NameResult:
        """Return the name levels of pairs of records."""
        count = len(left)
        result = NameResult(
            np.full(count, -1, np.int8),
            np.full((count, MOST_PAIRED + 1), -1, np.int8),
            np.full((count, MOST_PAIRED + 1), -1, np.int8),
            np.full((count, MOST_PAIRED + 1), NONE, np.int8),
        )
        sizes = self.names.sizes
        one, other = sizes[left], sizes[right]
        shape = one.astype(np.int64) * 8 + other
        for found in np.unique(shape):
            width, height = divmod(int(found), 8)
            if width and height:
                self._compare_alike(np.flatnonzero(shape == found), left, right, width, height, result)
        return result

    def _compare_alike(
        self, rows: NDArray[np.int64], left: Places, right: Places, width: int, height: int, result: NameResult
    ) -> None:
        """Compare the pairs at `rows`, whose names have `width` and `height` words."""
        names = self.names
        one, other = left[rows], right[rows]
        keys, others = names.keys[one, :width], names.keys[other, :height]
        tokens, other_tokens = names.tokens[one, :width], names.tokens[other, :height]
        count = len(rows)
        free_left = np.ones((count, width), np.bool_)
        free_right = np.ones((count, height), np.bool_)
        steps = np.zeros(count, np.int8)
        words, other_words, nears = (np.full((count, MOST_PAIRED + 1), fill, np.int8) for fill in (-1, -1, NONE))

        def note(
            at: NDArray[np.int64], i: NDArray[np.int64] | int, j: NDArray[np.int64] | int, near: NDArray[np.int8] | int
        ) -> None:
            step = steps[at]
            words[at, step], other_words[at, step], nears[at, step] = i, j, near
            free_left[at, i] = False
            free_right[at, j] = False
            steps[at] += 1

        for i in range(width):
            for j in range(height):
                at = np.flatnonzero((keys[:, i] == others[:, j]) & free_left[:, i] & free_right[:, j])
                if len(at):
                    note(at, i, j, np.where(tokens[at, i] == other_tokens[at, j], SAME, KEY))
        firm = steps.copy()
        for _ in range(2):
            at = np.flatnonzero(free_left.any(1) & free_right.any(1))
            if not len(at):
                break
            near = self._nearness(tokens[at], other_tokens[at], free_left[at], free_right[at])
            best = near.argmin(1)
            value = near[np.arange(len(at)), best]
            hit = value < NONE
            if not hit.any():
                break
            at, best, value = at[hit], best[hit], value[hit]
            note(at, best // height, best % height, value)
        del firm
        result.levels[rows] = self._levels(
            one, other, steps, words, other_words, nears, free_left, free_right, width, height
        )
        result.left_word[rows], result.right_word[rows], result.near[rows] = words, other_words, nears

    def _levels(
        self,
        one: Places,
        other: Places,
        steps: NDArray[np.int8],
        words: NDArray[np.int8],
        other_words: NDArray[np.int8],
        nears: NDArray[np.int8],
        free_left: NDArray[np.bool_],
        free_right: NDArray[np.bool_],
        width: int,
        height: int,
    ) -> NDArray[np.int8]:
        more_left, more_right = free_left.any(1), free_right.any(1)
        total = np.minimum(steps, 3)
        worst = np.where(nears == NONE, -1, nears).max(1)
        worst[steps == 0] = NONE
        rest = np.where(more_left & more_right, _DIFFERS, np.where(more_left | more_right, _PART, _ALL))
        firm = worst <= KEY
        first = ((words == 0) & (other_words == 0)).any(1)
        rest[(rest == _ALL) & (total > 1) & firm & ~first] = _SWAPPED
        alone = (rest == _DIFFERS) & (total == 1) & firm
        is_last = (words[:, 0] == width - 1) & (other_words[:, 0] == height - 1)
        is_first = (words[:, 0] == 0) & (other_words[:, 0] == 0)
        rest[alone] = np.where(is_last, _LAST, np.where(is_first, _FIRST, _OTHER))[alone]
        levels: NDArray[np.int8] = np.asarray(_LEVELS[total, worst, rest], dtype=np.int8)
        levels[steps == 0] = 0
        if width + height > 2:
            letters = self.names.letters
            loose = (worst > KEY) | (more_left & more_right)
            levels[loose & (letters[one] == letters[other])] = LETTERS
        return levels

    def _nearness(
        self,
        tokens: Places,
        others: Places,
        free_left: NDArray[np.bool_],
        free_right: NDArray[np.bool_],
    ) -> NDArray[np.int8]:
        """Return for each pair of names the nearness of each pair of free words, flattened; `NONE` where one is taken."""
        count, width, height = len(tokens), tokens.shape[1], others.shape[1]
        open_pairs = (free_left[:, :, None] & free_right[:, None, :]).reshape(count, width * height)
        where = np.flatnonzero(open_pairs)
        low = np.repeat(tokens, height, 1).ravel()[where]
        high = np.tile(others, (1, width)).ravel()[where]
        found = np.full(count * width * height, NONE, np.int8)
        found[where] = self._words(np.minimum(low, high), np.maximum(low, high))
        return found.reshape(count, width * height)

    def _words(self, low: Places, high: Places) -> NDArray[np.int8]:
        """Return the nearness of pairs of words (places in the vocabulary, the lower first)."""
        codes, places = np.unique((low.astype(np.int64) << 32) | high, return_inverse=True)
        at: NDArray[np.int64] = np.asarray(np.searchsorted(self._known, codes), dtype=np.int64)
        known: NDArray[np.bool_] = np.asarray(at < len(self._known))
        known[known] = self._known[at[known]] == codes[known]
        near = np.empty(len(codes), np.int8)
        near[known] = self._near[at[known]]
        fresh = np.flatnonzero(~known)
        if len(fresh):
            near[fresh] = self._work_out(codes[fresh])
            merged = np.concatenate((self._known, codes[fresh]))
            values = np.concatenate((self._near, near[fresh]))
            order = np.argsort(merged, kind="stable")
            self._known, self._near = merged[order], values[order]
        return near[places]

    def _work_out(self, codes: NDArray[np.int64]) -> NDArray[np.int8]:
        left, right = codes >> 32, codes & 0xFFFFFFFF
        left_size, right_size = self._size[left], self._size[right]
        short = np.minimum(left_size, right_size)
        near = np.full(len(codes), NONE, np.int8)
        alike = self._first[left] == self._first[right]
        # Two words more than two letters apart in length are at most a beginning of each other.
        rows = np.flatnonzero((short > 2) & (np.abs(left_size - right_size) <= 2))
        apart = np.full(len(codes), 3, np.uint8)
        if len(rows):
            one, other = self._values[left[rows]], self._values[right[rows]]
            apart[rows] = cpdist(list(one), list(other), scorer=OSA.distance, score_cutoff=2, dtype=np.uint8, workers=2)
        near[(apart == 2) & (short >= SHORTEST_FAR)] = FAR
        near[apart <= 1] = np.where(short[apart <= 1] >= SHORTEST_EDIT, EDIT, FAR)
        # Another letter in a word of three is another name (Mei, Wei); one more letter may be a slip (Ann, Anna).
        near[(apart == 1) & (np.maximum(left_size, right_size) < SHORTEST_EDIT)] = NONE
        for place in np.flatnonzero((near == NONE) & alike & (short > 2) & (np.abs(left_size - right_size) > 1)):
            one, other = self._values[left[place]], self._values[right[place]]
            if one.startswith(other) or other.startswith(one):
                near[place] = FAR
        for place in self._may_be_nicknames(left, right):
            if is_nickname(self._values[left[place]], self._values[right[place]]):
                near[place] = NICKNAME
        near[alike & (short == 1)] = INITIAL
        return near

    def _may_be_nicknames(self, left: NDArray[np.int64], right: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return the pairs of which both words stand in the table of short forms."""
        if not hasattr(self, "_has_short"):
            from tidewaiter.text.names_nicknames import nickname_of

            self._has_short = np.fromiter(
                (bool(nickname_of(token)) if len(token) > 1 else False for token in self.names.token_values), np.bool_
            )
        return np.flatnonzero(self._has_short[left] & self._has_short[right])
