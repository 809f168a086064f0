"""What one fit of the name weights gives on the labelled pairs, as text: by set, with the calibration."""

from __future__ import annotations

from typing import Any

import numpy as np

from tidewaiter.service.matching_measures.chance import Curve, counts


def table(found: dict[str, Any]) -> str:
    """Return the figures of labelled pairs by set, with the calibration, as text."""
    shares = 1.0 / (1.0 + np.exp(-found["odds"]))
    labels = found["labels"] > 0.5
    sources = np.array([pair.source for pair in found["pairs"]])
    lines = [f"{'set':16}{'pairs':>7}{'F1':>7}{'best':>7}{'R@.95':>7}{'R@.99':>7}"]
    for name in ("all", *sorted(set(sources))):
        mine = sources == name if name != "all" else np.ones(len(labels), dtype=bool)
        curve = Curve.of(shares[mine], labels[mine])
        at_half = counts(shares[mine] >= 0.5, labels[mine]).f1
        row = (at_half, curve.best()[1], curve.recall_at(0.95), curve.recall_at(0.99))
        lines.append(f"{name:16}{int(mine.sum()):7}" + "".join(f"{value:7.3f}" for value in row))
    lines.append("score band: pairs, share true")
    for low in np.arange(0.0, 1.0, 0.1):
        mine = (shares >= low) & (shares < low + 0.1 if low < 0.89 else shares <= 1.0)
        if mine.any():
            lines.append(f"  {low:.1f}-{low + 0.1:.1f}: {int(mine.sum()):5}  {labels[mine].mean():.2f}")
    return "\n".join(lines)
