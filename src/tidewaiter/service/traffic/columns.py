"""The columns of invented traffic while it is made: integer arrays, one entry for each item (one goods line each, some with more)."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
PHONE_NONE = -1


@dataclass
class Flow:
    """Items of one sort of traffic. `day` counts days from the first, with the time of day as fraction.

    Codes are positions in the lists of `people` and `goods`; -1 stands for null. `pattern` is the number of the planted
    pattern, -1 for ordinary traffic; `serial` ties boxes posted together (their S10 numbers follow each other).
    """

    day: Floats
    consignor: Ints
    consignee: Ints
    origin: Ints
    city: Ints
    destination: Ints
    office: Ints
    nature: Ints
    goods: Ints
    concept: Ints
    wording: Ints
    quantity: Ints
    value: Floats
    mass: Floats
    controlled: Floats
    consignor_address: Ints
    consignor_phone: Ints
    consignor_handle: Ints
    consignee_address: Ints
    address_class: Ints
    consignee_phone: Ints
    consignee_email: Ints
    pattern: Ints

    def __len__(self) -> int:
        return int(self.day.size)

    def take(self, order: Ints) -> Flow:
        """Return the items at some positions."""
        return Flow(**{f.name: getattr(self, f.name)[order] for f in fields(self)})


def joined(flows: list[Flow]) -> Flow:
    """Return flows one after the other."""
    return Flow(**{f.name: np.concatenate([getattr(flow, f.name) for flow in flows]) for f in fields(Flow)})


def blank(size: int) -> Flow:
    """Return items with nothing stated."""
    empty: dict[str, Any] = {
        f.name: np.zeros(size) if f.name in ("day", "value", "mass", "controlled") else np.full(size, -1, np.int64)
        for f in fields(Flow)
    }
    return Flow(**empty)
