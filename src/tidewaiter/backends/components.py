"""Connected components of linked records, on arrays."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Places = NDArray[np.int32]


def components(count: int, left: Places, right: Places) -> NDArray[np.int32]:
    """Return for each of `count` records the lowest record it is connected to by the pairs (itself if by none).

    Labels are pulled down along pairs and then along themselves until nothing changes.
    """
    labels = np.arange(count, dtype=np.int32)
    while len(left):
        one, other = labels[left], labels[right]
        apart = one != other
        if not apart.any():
            break
        left, right, one, other = left[apart], right[apart], one[apart], other[apart]
        low, high = np.minimum(one, other), np.maximum(one, other)
        np.minimum.at(labels, high, low)
        while True:
            deeper = labels[labels]
            if (deeper == labels).all():
                break
            labels = deeper
    return labels


def members_of(labels: NDArray[np.int32]) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Return the records in the order of their labels, and where each group begins and how large it is."""
    order = np.argsort(labels, kind="stable")
    ordered = labels[order]
    starts = (
        np.flatnonzero(np.concatenate(([True], ordered[1:] != ordered[:-1]))) if len(ordered) else np.zeros(0, np.int64)
    )
    return order, starts, np.diff(np.append(starts, len(ordered)))


def all_pairs(order: NDArray[np.int64], starts: NDArray[np.int64], sizes: NDArray[np.int64]) -> tuple[Places, Places]:
    """Return every pair of records within the groups given, the lower first, group by group for one size after another."""
    left, right = [], []
    for size in np.unique(sizes):
        if size < 2:
            continue
        rows = order[starts[sizes == size][:, None] + np.arange(size)]
        one, other = np.triu_indices(int(size), 1)
        left.append(rows[:, one].ravel())
        right.append(rows[:, other].ravel())
    if not left:
        none = np.zeros(0, np.int32)
        return none, none
    return np.concatenate(left).astype(np.int32), np.concatenate(right).astype(np.int32)
