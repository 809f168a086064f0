"""How well a ranking finds what inspections find: area under the curve, and precision and recall of the first part of the queue."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from tidewaiter.service.learning.evaluate import area_under_curve
from tidewaiter.service.matching_measures.chance import wilson

SHARES = (0.01, 0.02, 0.05, 0.10)


def measured(labels: NDArray[np.float64], scores: NDArray[np.float64]) -> dict[str, Any]:
    """Return the measures over inspected rows, with Wilson intervals (95 %) of the shares.

    Args:
        labels: 1 found, 0 not.
        scores: higher is looked at first.
    """
    rows, hits = len(labels), int(labels.sum())
    found: dict[str, Any] = {"inspected": rows, "found": hits}
    if not rows or not hits or hits == rows:
        return found | {"note": "too little to measure"}
    found["area_under_curve"] = round(float(area_under_curve(labels.astype(bool), scores)), 4)
    order = np.argsort(-scores, kind="stable")
    for share in SHARES:
        first = max(1, round(rows * share))
        caught = int(labels[order[:first]].sum())
        low, high = wilson(caught, first)
        found[f"first_{share:.0%}".replace("%", "_percent")] = {
            "looked_at": first,
            "found": caught,
            "precision": round(caught / first, 4),
            "precision_interval": [round(low, 4), round(high, 4)],
            "recall": round(caught / hits, 4),
        }
    return found
