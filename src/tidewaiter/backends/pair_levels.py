"""The levels of many pairs of records at once: the same as `link.levels` says of each pair, worked out on columns.

A string distance is worked out once for each distinct pair of values; everything else is arithmetic on codes.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import OSA
from rapidfuzz.process import cpdist

from tidewaiter.backends.name_levels import NameComparer, NameResult
from tidewaiter.backends.party_table import Column, PartyTable
from tidewaiter.link import dates
from tidewaiter.link.levels import FIELDS

Places = NDArray[np.int32]
Levels = NDArray[np.int8]
WORKERS = 2


# A column with at most so many different values keeps a table of how each two of them agree.
FEW_VALUES = 3000
UNKNOWN_LEVEL = -9


@dataclass
class PairLevels:
    """`levels` field → level of each pair (-1: not stated on both sides); `names`: the words paired in the names."""

    levels: dict[str, Levels]
    names: NameResult


def distances(left: list[str], right: list[str], cutoff: int) -> NDArray[np.uint8]:
    """Return optimal string alignment distances of pairs of texts, `cutoff` + 1 for more than that."""
    if not left:
        return np.zeros(0, np.uint8)
    return cpdist(left, right, scorer=OSA.distance, score_cutoff=cutoff, dtype=np.uint8, workers=WORKERS)


def _distinct(
    column: Column, left: Places, right: Places
) -> tuple[NDArray[np.int64], Places, Places, NDArray[np.intp]]:
    """Return the distinct unequal pairs of values as codes (low, high), where they stand, and each pair's place."""
    one, other = column.codes[left], column.codes[right]
    rows = np.flatnonzero((one != other) & (one > 0) & (other > 0))
    low, high = np.minimum(one[rows], other[rows]), np.maximum(one[rows], other[rows])
    pairs, places = np.unique((low.astype(np.int64) << 32) | high, return_inverse=True)
    return rows, (pairs >> 32).astype(np.int32), (pairs & 0xFFFFFFFF).astype(np.int32), places


class PairComparer:
    """Compares pairs of one table. Keeps what it learnt of pairs of words between calls."""

    def __init__(self, table: PartyTable) -> None:
        self.table = table
        self.names = NameComparer(table.names)
        self._values = {name: np.array(column.values, object) for name, column in table.columns.items()}
        self._tables: dict[str, Levels] = {}

    def compare(self, left: Places, right: Places) -> PairLevels:
        """Return the levels of all fields of the pairs."""
        names = self.names.compare(left, right)
        found: dict[str, Levels] = {"name": names.levels}
        found["generation"] = self._equal(self.table.names.generation, left, right)
        found["birth"] = birth_levels(self.table.birth[left], self.table.birth[right])
        found["city"] = self._texts("city", left, right, 2, _city)
        found["postcode"] = self._postcodes(left, right)
        found["address"] = self._addresses(left, right)
        found["phone"] = self._texts("phone", left, right, 1, _phone)
        found["email"] = self._texts("email", left, right, 2, _email)
        found["id_number"] = self._texts("id_number", left, right, 2, _id)
        found["handle"] = self._equal(self.table.columns["handle"].codes, left, right)
        found["occupation"] = self._texts("occupation", left, right, 0, _occupation)
        return PairLevels({name: found[name] for name in FIELDS}, names)

    @staticmethod
    def _equal(codes: NDArray[np.generic], left: Places, right: Places) -> Levels:
        one, other = codes[left], codes[right]
        return np.where((one == 0) | (other == 0), -1, one != other).astype(np.int8)

    def _texts(self, name: str, left: Places, right: Places, cutoff: int, level: Callable[..., Levels]) -> Levels:
        column = self.table.columns[name]
        found = self._equal(column.codes, left, right)
        if 1 < len(column.values) <= FEW_VALUES:
            self._few(name, found, left, right, cutoff, level)
        elif len(column.values) > 1:
            rows, low, high, places = _distinct(column, left, right)
            values = self._values[name]
            found[rows] = level(values[low], values[high], cutoff)[places]
        return found

    def _few(
        self, name: str, found: Levels, left: Places, right: Places, cutoff: int, level: Callable[..., Levels]
    ) -> None:
        """Fill in the levels of unequal values of a column with few different ones; each two of them are compared once."""
        column, values = self.table.columns[name], self._values[name]
        table = self._tables.get(name)
        if table is None:
            table = self._tables[name] = np.full((len(values), len(values)), UNKNOWN_LEVEL, np.int8)
        rows = np.flatnonzero(found > 0)
        one, other = column.codes[left[rows]], column.codes[right[rows]]
        low, high = np.minimum(one, other), np.maximum(one, other)
        known = table[low, high]
        fresh = np.flatnonzero(known == UNKNOWN_LEVEL)
        if len(fresh):
            codes = np.unique(low[fresh].astype(np.int64) * len(values) + high[fresh])
            firsts, seconds = codes // len(values), codes % len(values)
            table[firsts, seconds] = level(values[firsts], values[seconds], cutoff)
            known = table[low, high]
        found[rows] = known

    def _postcodes(self, left: Places, right: Places) -> Levels:
        found = self._texts("postcode", left, right, 1, _near)
        area = self.table.columns["area"].codes
        same = area[left] == area[right]
        found[(found == 2) & ~same] = 3
        return found

    def _addresses(self, left: Places, right: Places) -> Levels:
        columns = self.table.columns
        whole = columns["address"].codes
        found = np.where((whole[left] == 0) | (whole[right] == 0), -1, 0).astype(np.int8)
        rows = np.flatnonzero((found == 0) & (whole[left] != whole[right]))
        if not len(rows):
            return found
        one, other = left[rows], right[rows]
        number, street = columns["number"].codes, columns["street"].codes
        same_number = number[one] == number[other]
        has_streets = (street[one] > 0) & (street[other] > 0)
        levels = np.full(len(rows), 4, np.int8)
        both = np.flatnonzero(has_streets)
        kind = self._streets(street[one[both]], street[other[both]])
        same = same_number[both]
        close, within, shared = kind >= 3, kind == 2, kind == 1
        result = np.full(len(both), 4, np.int8)
        result[within] = 3
        result[(within | shared) & same & (number[one[both]] > 0)] = 2
        result[close] = np.where(same[close], 1, 3)
        levels[both] = result
        found[rows] = levels
        return found

    def _streets(self, one: Places, other: Places) -> NDArray[np.int8]:
        """Return how two streets agree: 3 nearly the same, 2 one within the other, 1 a word in common, 0 nothing."""
        low, high = np.minimum(one, other), np.maximum(one, other)
        pairs, places = np.unique((low.astype(np.int64) << 32) | high, return_inverse=True)
        values = self._values["street"]
        left, right = values[pairs >> 32], values[pairs & 0xFFFFFFFF]
        left_size = np.fromiter(map(len, left), np.int64, len(left))
        right_size = np.fromiter(map(len, right), np.int64, len(right))
        longest = np.maximum(left_size, right_size)
        apart = distances(list(left), list(right), 16)
        close = apart <= np.minimum(longest // 4, 16)
        found = np.where(close, 3, 0).astype(np.int8)
        for place in np.flatnonzero(~close):
            words, others = set(left[place].split()), set(right[place].split())
            if not words.isdisjoint(others):
                found[place] = 2 if words <= others or others <= words else 1
        return found[places]


def birth_levels(left: NDArray[np.int64], right: NDArray[np.int64]) -> Levels:
    """Return the place in `dates.LEVELS` of each pair of birth dates, -1 where one is not stated."""
    low, high = np.minimum(left, right), np.maximum(left, right)
    low_year, high_year = low // 10000, high // 10000
    low_rest, high_rest = low % 10000, high % 10000
    whole = (low % 100 > 0) & (low_rest != 101) & (high % 100 > 0) & (high_rest != 101)
    apart = high_year - low_year
    found = np.select(
        [apart == 0, apart <= 2, apart <= 10], [dates.YEAR, dates.NEXT, dates.DECADE], dates.DIFFERS
    ).astype(np.int8)
    found[(apart == 0) & (low_rest // 100 == high_rest // 100) & (low_rest > 101)] = dates.MONTH
    found[whole & (low_rest == high_rest)] = dates.DAY_MONTH
    days = (
        high_year * 372
        + high_rest // 100 * 31
        + high_rest % 100
        - low_year * 372
        - low_rest // 100 * 31
        - low_rest % 100
    )
    found[whole & (days <= 45)] = dates.NEAR
    found[whole & _slips(low, high)] = dates.SLIP
    found[whole & (apart == 0) & (low_rest == high_rest % 100 * 100 + high_rest // 100)] = dates.SWAPPED
    same = low == high
    found[same] = np.where(
        whole[same], dates.EXACT, np.where((low_rest[same] == 0) | (low_rest[same] == 101), dates.YEAR, dates.MONTH)
    )
    found[low == 0] = -1
    return found


def _slips(left: NDArray[np.int64], right: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Return where two dates differ in one digit or in two neighbours that are exchanged (see `dates.is_slip`)."""
    differing = np.zeros(len(left), np.int8)
    exchanged = np.zeros(len(left), np.bool_)
    last_left = last_right = last_differs = None
    one, other = left.copy(), right.copy()
    for _ in range(8):
        a, b = one % 10, other % 10
        differs = a != b
        differing += differs
        if last_differs is not None:
            exchanged |= differs & last_differs & (a == last_right) & (b == last_left)
        last_left, last_right, last_differs = a, b, differs
        one //= 10
        other //= 10
    return np.asarray((differing == 1) | ((differing == 2) & exchanged))


def _near(left: NDArray[np.object_], right: NDArray[np.object_], cutoff: int) -> Levels:
    return np.where(distances(list(left), list(right), cutoff) <= cutoff, 1, 2).astype(np.int8)


def _id(left: NDArray[np.object_], right: NDArray[np.object_], cutoff: int) -> Levels:
    apart = distances(list(left), list(right), cutoff)
    return np.where(apart <= 1, 1, np.where(apart == 2, 2, 3)).astype(np.int8)


def _phone(left: NDArray[np.object_], right: NDArray[np.object_], cutoff: int) -> Levels:
    found = np.where(distances(list(left), list(right), cutoff) <= 1, 1, 2).astype(np.int8)
    for place in np.flatnonzero([len(one) != len(other) for one, other in zip(left, right, strict=True)]):
        if left[place].endswith(right[place]) or right[place].endswith(left[place]):
            found[place] = 0
    return found


def _email(left: NDArray[np.object_], right: NDArray[np.object_], cutoff: int) -> Levels:
    found = np.where(distances(list(left), list(right), cutoff) <= 2, 2, 3).astype(np.int8)
    for place, (one, other) in enumerate(zip(left, right, strict=True)):
        if one[:5] == other[:5]:
            local = one.partition("@")[0]
            if len(local) > 4 and local == other.partition("@")[0]:
                found[place] = 1
    return found


def _city(left: NDArray[np.object_], right: NDArray[np.object_], cutoff: int) -> Levels:
    near = distances(list(left), list(right), cutoff) <= cutoff
    found = np.full(len(left), 3, np.int8)
    for place, (one, other) in enumerate(zip(left, right, strict=True)):
        if " " in one or " " in other:
            words, others = set(one.split()), set(other.split())
            if words <= others or others <= words:
                found[place] = 1
                continue
        if near[place] and min(len(one), len(other)) > 4:
            found[place] = 2
    return found


def _occupation(left: NDArray[np.object_], right: NDArray[np.object_], cutoff: int) -> Levels:
    found = np.full(len(left), 2, np.int8)
    for place, (one, other) in enumerate(zip(left, right, strict=True)):
        if (" " in one or " " in other) and not set(one.split()).isdisjoint(other.split()):
            found[place] = 1
    return found
