"""Precision, recall and calibration of scored pairs."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def figures(scores: Floats, labels: Floats) -> dict[str, float]:
    """Return F1 at one half, the best F1, and recall at precision .95 and .99, ties taken together."""
    order = np.argsort(-scores, kind="stable")
    ordered, sizes = labels[order], scores[order]
    last = np.r_[sizes[1:] != sizes[:-1], True]
    true = np.cumsum(ordered)
    precision = (true / np.arange(1, len(ordered) + 1))[last]
    recall = (true / max(1.0, labels.sum()))[last]
    both = 2 * precision * recall / (precision + recall + 1e-12)
    half = scores >= 0.5
    found = float(labels[half].sum())
    return {
        "f1": 2 * found / max(1.0, float(half.sum() + labels.sum())),
        "best": float(both.max()),
        "recall.95": float(max([0.0, *recall[precision >= 0.95]])),
        "recall.99": float(max([0.0, *recall[precision >= 0.99]])),
    }


def table(found: dict[str, Any]) -> str:
    """Return the figures of labelled pairs by set, with the calibration, as text."""
    shares = 1.0 / (1.0 + np.exp(-found["odds"]))
    labels = found["labels"]
    sources = np.array([pair.source for pair in found["pairs"]])
    lines = [f"{'set':16}{'pairs':>7}{'F1':>7}{'best':>7}{'R@.95':>7}{'R@.99':>7}"]
    for name in ("all", *sorted(set(sources))):
        mine = sources == name if name != "all" else np.ones(len(labels), dtype=bool)
        row = figures(shares[mine], labels[mine])
        lines.append(f"{name:16}{int(mine.sum()):7}" + "".join(f"{value:7.3f}" for value in row.values()))
    lines.append("score band: pairs, share true")
    for low in np.arange(0.0, 1.0, 0.1):
        mine = (shares >= low) & (shares < low + 0.1 if low < 0.89 else shares <= 1.0)
        if mine.any():
            lines.append(f"  {low:.1f}-{low + 0.1:.1f}: {int(mine.sum()):5}  {labels[mine].mean():.2f}")
    return "\n".join(lines)
