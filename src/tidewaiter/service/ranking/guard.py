"""Find columns that give the outcome away: what is written down only after an inspection is no help before one."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from tidewaiter.service.ranking.roles import ColumnRole
from tidewaiter.service.ranking.table import ItemTable, number_of

Floats = NDArray[np.float64]
PURE_FINDINGS = 30
PURE_SHARE = 0.2
BINS = 20
FILL_GAP = 0.9


def leaking(table: ItemTable, roles: Sequence[ColumnRole], outcomes: NDArray[np.int8]) -> dict[str, str]:
    """Return columns that should not be learnt from, with the reason.

    A column leaks where one of its values (or twentieths of its range) holds nothing but findings, at least `PURE_FINDINGS` of
    them and a fifth of all; or where it is filled for nearly all findings and nearly none of the rest, or the other way round.

    Args:
        table: past items.
        roles: how columns would be used; the unused are passed over.
        outcomes: 1 found, 0 inspected without finding, -1 not inspected.
    """
    found: dict[str, str] = {}
    inspected = outcomes >= 0
    total = int((outcomes == 1).sum())
    if total < PURE_FINDINGS:
        return found
    for role in roles:
        if role.role == "unused":
            continue
        values = table.columns[role.name]
        filled = np.array([bool(value) for value in values])
        hit, clean = filled[outcomes == 1].mean(), filled[outcomes == 0].mean()
        if abs(hit - clean) > FILL_GAP:
            found[role.name] = (
                f"filled in {hit:.0%} of findings and {clean:.0%} of the other inspections: written afterwards"
            )
            continue
        labels = _binned(values) if role.role == "number" else values
        counts: dict[str, list[int]] = {}
        for value, outcome, is_inspected in zip(labels, outcomes.tolist(), inspected.tolist(), strict=True):
            if is_inspected and value:
                counts.setdefault(value, [0, 0])[outcome] += 1
        for value, (clean_rows, hits) in counts.items():
            if not clean_rows and hits >= PURE_FINDINGS and hits >= PURE_SHARE * total and len(counts) > 1:
                found[role.name] = f"“{value}” stands in {hits} findings and in no other inspection: written afterwards"
                break
    return found


def _binned(values: Sequence[str]) -> list[str]:
    numbers = [number_of(value) for value in values]
    told = np.array([number for number in numbers if number is not None])
    cuts = np.unique(np.quantile(told, np.linspace(0, 1, BINS + 1)[1:-1])) if len(told) else np.zeros(0)
    return ["" if n is None else f"range {int(np.searchsorted(cuts, n, side='right')) + 1}" for n in numbers]
