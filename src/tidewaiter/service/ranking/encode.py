"""Features of past items, each made only of what was known before the item: earlier outcomes under the same key, counts, gaps.

A kind of thing is not used as itself but as the share of earlier inspections under it that found something, drawn towards the
overall share (an empirical Bayes estimate with a strength of `STRENGTH` inspections). Only days strictly before the item's count,
so that no row ever sees its own outcome or a later one (leave-one-out encodings leak the outcome: indicators.md, 4.9). Without
dates, shares come from other fifths of the rows.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
STRENGTH = 20.0
FOLDS = 5


@dataclass
class Past:
    """Inspections and findings counted under one key: (inspected, found, items seen) by value, and overall."""

    counts: dict[str, tuple[int, int, int]] = field(default_factory=dict)
    inspected: int = 0
    found: int = 0

    def add(self, value: str, outcome: int) -> None:
        """Count one item; `outcome` is 1 found, 0 inspected and nothing found, -1 not inspected."""
        inspected, found, seen = self.counts.get(value, (0, 0, 0))
        self.counts[value] = (inspected + (outcome >= 0), found + (outcome == 1), seen + 1)
        self.inspected += outcome >= 0
        self.found += outcome == 1

    def features(self, value: str) -> tuple[float, float]:
        """Return the log-odds of a finding under the value, and the logarithm of the items seen under it."""
        inspected, found, seen = self.counts.get(value, (0, 0, 0))
        share = (self.found + 0.5) / (self.inspected + 1.0)
        rate = (found + STRENGTH * share) / (inspected + STRENGTH)
        return math.log(rate / (1.0 - rate)), math.log1p(seen)


def past_only(values: Sequence[str], outcomes: NDArray[np.int8], days: NDArray[np.int64] | None) -> tuple[Floats, Past]:
    """Return two features for each row (see `Past.features`) and what is known at the end.

    Args:
        values: the key of each row; empty is unknown and gives no number.
        outcomes: 1, 0, or -1 where nothing was inspected.
        days: a day number for each row, or None to work by fifths.

    Returns:
        An array of shape (rows, 2), NaN where the key is empty, and the counts over all rows.
    """
    features = np.full((len(values), 2), np.nan)
    if days is None:
        return _by_fifths(values, outcomes, features)
    past = Past()
    order = np.argsort(days, kind="stable")
    start = 0
    while start < len(order):
        end = start
        while end < len(order) and days[order[end]] == days[order[start]]:
            end += 1
        today = order[start:end].tolist()
        for row in today:
            if values[row]:
                features[row] = past.features(values[row])
        for row in today:
            if values[row]:
                past.add(values[row], int(outcomes[row]))
        start = end
    return features, past


def _by_fifths(values: Sequence[str], outcomes: NDArray[np.int8], features: Floats) -> tuple[Floats, Past]:
    whole = Past()
    for row, value in enumerate(values):
        if value:
            whole.add(value, int(outcomes[row]))
    for fold in range(FOLDS):
        others = Past()
        for row, value in enumerate(values):
            if value and row % FOLDS != fold:
                others.add(value, int(outcomes[row]))
        for row in range(fold, len(values), FOLDS):
            if values[row]:
                features[row] = others.features(values[row])
    return features, whole
