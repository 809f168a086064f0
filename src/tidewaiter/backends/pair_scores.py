"""Scores of many pairs at once: the same sums as `link.score.score_pair`, worked out on columns."""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tidewaiter.backends.pair_levels import PairComparer, PairLevels
from tidewaiter.backends.party_table import PartyTable
from tidewaiter.link.frequencies import RAREST
from tidewaiter.link.homes import OTHER_NAMES, OWN, PLACE, SAME_DWELLING, SAME_PHONE
from tidewaiter.link.levels import FIELDS, NAME_LEVELS
from tidewaiter.link.names import INITIAL, NONE
from tidewaiter.link.score import FAMILY, NEAR_SHARES, NO_WITH_NAMES
from tidewaiter.link.weights import Weights

Places = NDArray[np.int32]
Numbers = NDArray[np.int64]
FAMILIES = tuple(dict.fromkeys(FAMILY.values()))


@dataclass
class Scored:
    """`scores` of pairs (thousandths of a bit), `never`: certainly two, `kinds`: how many kinds of evidence speak clearly."""

    scores: Numbers
    never: NDArray[np.bool_]
    kinds: NDArray[np.int8]


class Counts:
    """How often each value and each word of names occurs in a table."""

    def __init__(self, table: PartyTable) -> None:
        names = table.names
        self.fields = {
            name: table.columns[name].counts()
            for name in ("city", "postcode", "address", "phone", "email", "occupation")
        }
        width = len(names.key_values)
        once = names.keys.astype(np.int64)
        ordered = np.sort(once, 1)
        repeated = np.zeros_like(ordered, np.bool_)
        repeated[:, 1:] = ordered[:, 1:] == ordered[:, :-1]
        codes = names.groups[:, None].astype(np.int64) * width + ordered
        codes = codes[(ordered > 0) & ~repeated]
        self._codes, self._counts = np.unique(codes, return_counts=True)
        has_name = names.sizes > 0
        self._totals = np.bincount(names.groups[has_name], minlength=len(names.group_values))
        self._width = width

    def words(self, table: PartyTable) -> tuple[Numbers, Numbers]:
        """Return for each word of each record how many records of its group have it, and the records of the group."""
        names = table.names
        codes = names.groups[:, None].astype(np.int64) * self._width + names.keys
        places = np.minimum(np.searchsorted(self._codes, codes), max(len(self._codes) - 1, 0))
        counts = self._counts[places] if len(self._codes) else np.zeros_like(codes)
        return np.where(names.keys > 0, counts, 0), self._totals[names.groups]

    def typical(self) -> dict[str, int]:
        """Return the usual rarity of a value on which two chance records agree, by field, thousandths of a bit."""
        found = {}
        for name, counts in self.fields.items():
            if (total := int(counts.sum())) > 200:
                found[name] = _usual(counts[counts > 0], np.full(int((counts > 0).sum()), total))
        if len(self._codes) and self._totals.sum() > 200:
            found["name"] = _usual(self._counts, self._totals[self._codes // self._width])
        return found


def is_household_at(found: PairLevels) -> NDArray[np.bool_]:
    """Return which pairs share a home under names of two people (`link.homes.is_household`)."""
    others = np.zeros(len(NAME_LEVELS) + 1, np.bool_)
    others[[NAME_LEVELS.index(level) for level in OTHER_NAMES]] = True
    home = np.isin(found.levels["address"], [FIELDS["address"].index(level) for level in SAME_DWELLING])
    home |= np.isin(found.levels["phone"], [FIELDS["phone"].index(level) for level in SAME_PHONE])
    own = np.zeros(len(home), np.bool_)
    for name, same in OWN.items():
        own |= np.isin(found.levels[name], [FIELDS[name].index(level) for level in same])
    return np.asarray(home & others[found.levels["name"]] & ~own)


def _usual(counts: Numbers, totals: Numbers) -> int:
    share = counts / totals
    weight = (counts * (counts - 1.0)) / (totals * 1.0)
    if not weight.sum():
        return RAREST
    return round(float((weight * -1000 * np.log2(share)).sum() / weight.sum()))


def rarities(counts: Numbers, totals: Numbers | int, typical: int, strength: int) -> Numbers:
    """Return `link.frequencies.rarity` of many values."""
    share = (counts + strength * 2.0 ** (-typical / 1000)) / (totals + strength)
    found = np.full(share.shape, RAREST, np.int64)
    some = share > 0
    found[some] = np.minimum(RAREST, np.rint(-1000 * np.log2(np.minimum(share[some], 1.0))).astype(np.int64))
    return found


class PairScorer:
    """Scores pairs of one table with given weights."""

    def __init__(self, table: PartyTable, weights: Weights, counts: Counts, comparer: PairComparer) -> None:
        self.table, self.weights, self.comparer = table, weights, comparer
        strength = weights.gates.strength
        self._points = {
            name: np.append(np.array(stated.points, np.int64), 0) for name, stated in weights.fields.items()
        }
        self._values: dict[str, Numbers] = {}
        for name, found in counts.fields.items():
            stated = weights.fields[name]
            if any(stated.shares):
                self._values[name] = rarities(found, int(found.sum()), stated.typical, strength)
        self._typical = weights.fields["name"].typical
        words, totals = counts.words(table)
        self._words = rarities(words, totals[:, None], self._typical, strength).astype(np.int32)

    def apart(self) -> PairScorer:
        """Return a scorer of the same table and weights with a comparer of its own, for another thread."""
        other = copy(self)
        other.comparer = PairComparer(self.table)
        return other

    def score(self, left: Places, right: Places, found: PairLevels | None = None) -> Scored:
        """Return the scores of pairs; `found` are their levels where they are known already."""
        found = found if found is not None else self.comparer.compare(left, right)
        count = len(left)
        evidence = np.zeros((len(FAMILIES), count), np.int64)
        told: dict[str, Numbers] = {}
        for name in FIELDS:
            levels = found.levels[name]
            points = self._points[name][levels]
            if name == "name":
                points = points + self._name_rarity(left, right, found)
            elif name in self._values:
                points = points + self._rarity(name, levels, left, right)
            evidence[FAMILIES.index(FAMILY[name])] += points
            if name in (*PLACE, "phone"):
                told[name] = np.maximum(points, 0)
        place, phone = FAMILIES.index("place"), FAMILIES.index("phone")
        positive = np.stack([told[name] for name in PLACE])
        twice = (positive.sum(0) - positive.max(0)) * (1000 - self.weights.gates.beside) // 1000
        evidence[place] -= twice
        household = is_household_at(found)
        total = evidence.sum(0)
        total[household] -= (positive.sum(0) - twice + told["phone"])[household]
        evidence[place, household] = np.minimum(evidence[place, household], 0)
        evidence[phone, household] = np.minimum(evidence[phone, household], 0)
        kinds = (evidence >= self.weights.gates.clear).sum(0).astype(np.int8)
        return Scored(total, self._never(left, right, found), kinds)

    def _rarity(self, name: str, levels: NDArray[np.int8], left: Places, right: Places) -> Numbers:
        stated = self.weights.fields[name]
        share = np.append(np.array(stated.shares, np.int64), 0)[levels]
        rows = np.flatnonzero(share)
        codes, values = self.table.columns[name].codes, self._values[name]
        commoner = np.minimum(values[codes[left[rows]]], values[codes[right[rows]]])
        found = np.zeros(len(left), np.int64)
        found[rows] = share[rows] * (commoner - stated.typical) // 1000
        return found

    def _name_rarity(self, left: Places, right: Places, found: PairLevels) -> Numbers:
        result = found.names
        total = np.zeros(len(left), np.int64)
        shares = np.array([*NEAR_SHARES, 0], np.int64)
        for step in range(result.near.shape[1]):
            near = result.near[:, step]
            rows = np.flatnonzero((near < NONE) & (near != INITIAL))
            if not len(rows):
                continue
            one = self._words[left[rows], result.left_word[rows, step]]
            other = self._words[right[rows], result.right_word[rows, step]]
            total[rows] += shares[near[rows]] * (np.minimum(one, other) - self._typical) // 1000
        return total

    def _never(self, left: Places, right: Places, found: PairLevels) -> NDArray[np.bool_]:
        """Return which pairs are certainly two (`link.score.definite_no`)."""
        birth = self.table.birth
        person = birth > 0
        firm = self.table.names.is_firm & ~person
        never = (firm[left] & person[right]) | (person[left] & firm[right])
        levels = found.levels
        rows = np.flatnonzero(levels["birth"] == FIELDS["birth"].index("differs"))
        if len(rows):
            one, other = birth[left[rows]], birth[right[rows]]
            whole = (one % 100 > 0) & (one % 10000 != 101) & (other % 100 > 0) & (other % 10000 != 101)
            apart = np.zeros(len(rows), np.int8)
            for _ in range(8):
                apart += one % 10 != other % 10
                one, other = one // 10, other // 10
            named = np.isin(levels["name"][rows], [NAME_LEVELS.index(level) for level in NO_WITH_NAMES])
            own = np.zeros(len(rows), np.bool_)
            for name in ("id_number", "email"):
                same, near = FIELDS[name].index("same"), FIELDS[name].index("near")
                own |= np.isin(levels[name][rows], (same, near))
            never[rows[whole & (apart > 3) & named & ~own]] = True
        return never
