"""Figures of a classifier over scored rows, and how far chance alone could have moved them."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
_Z = 1.959964  # two-sided 95 %


@dataclass(frozen=True, slots=True)
class Counts:
    """True and false decisions at one threshold."""

    true_positive: int
    false_positive: int
    false_negative: int

    @property
    def precision(self) -> float:
        """Return the share of what was called a match that is one; 1 when nothing was called."""
        called = self.true_positive + self.false_positive
        return self.true_positive / called if called else 1.0

    @property
    def recall(self) -> float:
        """Return the share of true pairs that was called a match."""
        true = self.true_positive + self.false_negative
        return self.true_positive / true if true else 0.0

    @property
    def f1(self) -> float:
        """Return the harmonic mean of precision and recall."""
        both = 2 * self.true_positive + self.false_positive + self.false_negative
        return 2 * self.true_positive / both if both else 0.0


def counts(called: NDArray[np.bool_], labels: NDArray[np.bool_]) -> Counts:
    """Return the decisions of a rule: what it called a match, against what is one."""
    return Counts(int((called & labels).sum()), int((called & ~labels).sum()), int((~called & labels).sum()))


@dataclass(frozen=True, slots=True)
class Curve:
    """Precision and recall at every score that occurs, rows of one score taken together."""

    thresholds: Floats
    precision: Floats
    recall: Floats

    @classmethod
    def of(cls, scores: Floats, labels: NDArray[np.bool_]) -> Curve:
        """Return the curve of scored rows, by falling score."""
        order = np.argsort(-scores, kind="stable")
        ordered, sizes = labels[order].astype(np.float64), scores[order]
        last = np.r_[sizes[1:] != sizes[:-1], True] if len(sizes) else np.zeros(0, dtype=bool)
        true = np.cumsum(ordered)
        precision = (true / np.arange(1, len(ordered) + 1))[last]
        recall = (true / max(1.0, float(labels.sum())))[last]
        return cls(sizes[last], precision, recall)

    def best(self) -> tuple[float, float]:
        """Return (threshold, F1) where F1 is highest."""
        both = 2 * self.precision * self.recall / (self.precision + self.recall + 1e-12)
        if not len(both):
            return 0.0, 0.0
        place = int(np.argmax(both))
        return float(self.thresholds[place]), float(both[place])

    def recall_at(self, precision: float) -> float:
        """Return the highest recall of any threshold at which precision is at least this."""
        enough = self.recall[self.precision >= precision - 1e-12]
        return float(enough.max()) if len(enough) else 0.0


def wilson(hits: int, rows: int) -> tuple[float, float]:
    """Return the 95 % interval of a share (E. B. Wilson, JASA 22, 1927, score interval); it holds for rare events and few rows."""
    if not rows:
        return 0.0, 1.0
    share, square = hits / rows, _Z * _Z
    middle = (share + square / (2 * rows)) / (1 + square / rows)
    half = _Z * math.sqrt(share * (1 - share) / rows + square / (4 * rows * rows)) / (1 + square / rows)
    return max(0.0, middle - half) if hits else 0.0, min(1.0, middle + half)


def bootstrap(
    groups: Sequence[str], figure: Callable[[NDArray[np.int64]], float], draws: int = 400, seed: int = 1
) -> tuple[float, float]:
    """Return the 95 % interval of a figure over rows drawn anew with their whole group.

    Args:
        groups: The group of each row; rows of one listed name rise and fall together.
        figure: The figure of the rows whose places are given.
        draws: How often to draw.
        seed: Seed of the draws.

    Returns:
        The 2.5th and 97.5th percentile.
    """
    numbers = {name: place for place, name in enumerate(dict.fromkeys(groups))}
    members: list[list[int]] = [[] for _ in numbers]
    for row, name in enumerate(groups):
        members[numbers[name]].append(row)
    places = [np.array(rows, dtype=np.int64) for rows in members]
    if not places:
        return 0.0, 0.0
    chance = np.random.default_rng(seed)
    found = [
        figure(np.concatenate([places[number] for number in chance.integers(0, len(places), len(places))]))
        for _ in range(draws)
    ]
    low, high = np.percentile(found, [2.5, 97.5])
    return float(low), float(high)


def tail(hits: int, rows: int, share: float) -> float:
    """Return the chance of at least so many hits if each row hits with this share (binomial, exact)."""
    if hits <= 0:
        return 1.0
    if share <= 0.0:
        return 0.0
    log_share, log_rest = math.log(share), math.log1p(-min(share, 1 - 1e-15))
    total = 0.0
    for count in range(hits):
        ways = math.lgamma(rows + 1) - math.lgamma(count + 1) - math.lgamma(rows - count + 1)
        total += math.exp(ways + count * log_share + (rows - count) * log_rest)
    return max(0.0, 1.0 - total)
