"""Part records that are linked to each other into entities, so that no chain of weak links makes one of many.

The records of a linked component are joined pair of groups by pair of groups, the best first, for as long as all pairs
between two groups speak for one party on average (average linkage; Sokal and Michener, 1958, on scores that are cut at
both ends, so that no single pair decides). A weak bridge between two groups thus falls to the pairs that contradict it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tidewaiter.link.weights import Gates

Evidence = Callable[[int, int], int]
FORBIDDEN = -(10**9)
BEYOND = 0.02


@dataclass(frozen=True, slots=True)
class Merge:
    """Two groups became one: a member of each (the pair with the best score), the mean over all pairs between them
    (thousandths of a bit above the threshold) and the size reached."""

    left: int
    right: int
    mean: int
    size: int


@dataclass(frozen=True, slots=True)
class Refused:
    """Two groups whose pairs spoke for one party, kept apart: `reason` is `definite-no`, `one-kind-of-evidence` or `too-big`."""

    left: int
    right: int
    mean: int
    reason: str


@dataclass(frozen=True, slots=True)
class Grouping:
    """`labels`: for each record the number of its group (the lowest place in it). `merges` and `refused` in order."""

    labels: tuple[int, ...]
    merges: tuple[Merge, ...] = ()
    refused: tuple[Refused, ...] = ()


def group_records(scores: NDArray[np.int64], gates: Gates, kinds: Evidence) -> Grouping:
    """Part the records of one component.

    Args:
        scores: For every two records the score above the threshold, thousandths of a bit; symmetric; `FORBIDDEN` where
            they are certainly two or were parted by a person.
        gates: Sizes from which a join needs more, and where scores are cut.
        kinds: How many independent kinds of evidence tie two records (places).

    Returns:
        The groups; the same whatever the order of the records, but for ties.
    """
    count = len(scores)
    never = scores <= FORBIDDEN // 2
    # Beyond the cut a score still counts a little, so that of two strong pairs the stronger is joined first, in any order of records.
    cut = np.clip(scores, -gates.clip, gates.clip) + BEYOND * np.where(
        never, 0, scores - np.clip(scores, -gates.clip, gates.clip)
    )
    np.fill_diagonal(cut, 0.0)
    sums = cut.copy()
    sizes = np.ones(count)
    labels = list(range(count))
    members: dict[int, list[int]] = {place: [place] for place in range(count)}
    means = np.where(never, -np.inf, sums)
    np.fill_diagonal(means, -np.inf)
    never = never.copy()
    merges: list[Merge] = []
    refused: list[Refused] = []
    for left, right in zip(*np.nonzero(np.triu(never & (cut > 0), 1)), strict=True):
        refused.append(Refused(int(left), int(right), int(cut[left, right]), "definite-no"))
    while count > 1:
        best = int(means.argmax())
        left, right = sorted(divmod(best, count))
        mean = means[left, right]
        if not mean > 0:
            break
        one, other = _best_pair(members[left], members[right], scores)
        reason = _refusal(int(sizes[left] + sizes[right]), min(sizes[left], sizes[right]), one, other, gates, kinds)
        if reason:
            refused.append(Refused(one, other, round(mean), reason))
            means[left, right] = means[right, left] = -np.inf
            never[left, right] = never[right, left] = True
            continue
        merges.append(Merge(one, other, round(mean), int(sizes[left] + sizes[right])))
        sums[left] += sums[right]
        sums[:, left] = sums[left]
        never[left] |= never[right]
        never[:, left] = never[left]
        sizes[left] += sizes[right]
        members[left] += members.pop(right)
        row = np.where(never[left], -np.inf, sums[left] / (sizes * sizes[left]))
        gone = np.fromiter((place not in members for place in range(count)), bool, count)
        row[gone] = -np.inf
        row[left] = -np.inf
        means[left] = row
        means[:, left] = row
        means[right] = -np.inf
        means[:, right] = -np.inf
    for places in members.values():
        lowest = min(places)
        for place in places:
            labels[place] = lowest
    return Grouping(tuple(labels), tuple(merges), tuple(refused))


def _best_pair(left: Sequence[int], right: Sequence[int], scores: NDArray[np.int64]) -> tuple[int, int]:
    """Return the pair of members with the highest score; the first of equals."""
    block = scores[np.ix_(left, right)]
    i, j = divmod(int(block.argmax()), len(right))
    return left[i], right[j]


def _refusal(size: int, smaller: float, one: int, other: int, gates: Gates, kinds: Evidence) -> str:
    if size > gates.biggest:
        return "too-big"
    if size > gates.big and kinds(one, other) < 2:
        return "one-kind-of-evidence"
    return ""
