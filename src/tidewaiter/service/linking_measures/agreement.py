"""How far clusters agree with the truth, counted in pairs of records that stand together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Agreement:
    """Pairs together in both, in what was found, and in the truth; and records whose whole cluster is right."""

    both: int
    found: int
    true: int
    exact: int
    records: int

    @property
    def precision(self) -> float:
        """Share of the pairs found that are true."""
        return self.both / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        """Share of the true pairs that were found."""
        return self.both / self.true if self.true else 1.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        return 2 * self.both / (self.found + self.true) if self.found + self.true else 1.0

    @property
    def whole(self) -> float:
        """Share of records whose cluster is exactly that of the truth."""
        return self.exact / self.records if self.records else 1.0


def _pairs(values: Iterable[Hashable]) -> int:
    return sum(count * (count - 1) // 2 for count in Counter(values).values())


def agreement(found: Sequence[Hashable], truth: Sequence[Hashable]) -> Agreement:
    """Compare two ways to part the same records, given as one label a record."""
    joint = Counter(zip(found, truth, strict=True))
    sizes, true_sizes = Counter(found), Counter(truth)
    exact = sum(n for (one, other), n in joint.items() if sizes[one] == n == true_sizes[other])
    return Agreement(_pairs(zip(found, truth, strict=True)), _pairs(found), _pairs(truth), exact, len(found))
