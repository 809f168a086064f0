"""Boosted trees, loaded when first asked for.

With what it brings (scipy, pandas) the library takes a second and 130 MB, which no screening should pay for.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from lightgbm import Booster


def boosting() -> Any:
    """Return the library of boosted trees."""
    return import_module("lightgbm")


def booster_of(text: str) -> Booster:
    """Return the trees that were written as text."""
    found: Booster = boosting().Booster(model_str=text)
    return found
