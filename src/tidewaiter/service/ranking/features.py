"""From columns of text to a matrix of numbers, and the recipe that makes the same numbers of a new item."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tidewaiter.formats.values import read_date
from tidewaiter.service.ranking.encode import Past, past_only
from tidewaiter.service.ranking.roles import PERSONAL, ColumnRole
from tidewaiter.service.ranking.table import ItemTable, number_of

Floats = NDArray[np.float64]
_HS = re.compile(r"^(hs|cn|hts|taric)\d*([ _-]?code)?$", re.IGNORECASE)
_HS_DIGITS = (2, 4, 6)
_MOST_CROSSED = 6


@dataclass(frozen=True, slots=True)
class Feature:
    """One number made of an item.

    `made` is `number` (the column itself), `share` or `seen` (earlier outcomes and items under the value of `columns`, of which
    the first is cut to `digits` digits where that is not 0), or `ratio` (first column over second).
    """

    name: str
    made: str
    columns: tuple[str, ...]
    digits: int = 0

    @property
    def key(self) -> str:
        """The name under which its counts are kept."""
        return "+".join(self.columns) + (f"[:{self.digits}]" if self.digits else "")


def features_of(roles: Sequence[ColumnRole]) -> tuple[Feature, ...]:
    """Return the features that columns in these roles give."""
    found: list[Feature] = []
    numbers = {role.name for role in roles if role.role == "number"}
    used = [role for role in roles if role.role != "unused"]
    codes = [role.name for role in used if _HS.match(role.name)]
    keys = [role.name for role in used if role.role == "key" and role.name not in codes]
    for role in used:
        if role.role == "number":
            found.append(Feature(role.name, "number", (role.name,)))
            continue
        found.append(Feature(f"earlier findings: {role.name}", "share", (role.name,)))
        if role.role == "key":
            found.append(Feature(f"earlier items: {role.name}", "seen", (role.name,)))
    for code in codes[:1]:
        for digits in _HS_DIGITS:
            found.append(Feature(f"earlier findings: {code}, {digits} digits", "share", (code,), digits))
        for key in keys[:_MOST_CROSSED]:
            found.append(Feature(f"earlier findings: {code}, 4 digits, with {key}", "share", (code, key), 4))
            found.append(Feature(f"earlier items: {code}, 4 digits, with {key}", "seen", (code, key), 4))
        for kind in [
            r.name for r in used if r.role == "kind" and r.name in ("origin", "consignor_country", "consignee_country")
        ]:
            found.append(Feature(f"earlier findings: {code}, 4 digits, with {kind}", "share", (code, kind), 4))
    for top, bottom in (
        ("value", "net_mass_g"),
        ("value", "net_mass_kg"),
        ("value", "quantity"),
        ("net_mass_g", "quantity"),
    ):
        if top in numbers and bottom in numbers:
            found.append(Feature(f"{top} by {bottom}", "ratio", (top, bottom)))
    return tuple(dict.fromkeys(found))


def keys_of(feature: Feature, table: ItemTable, salt: str) -> list[str]:
    """Return the value of each row under which earlier outcomes are counted; personal values are hashed with the model's salt."""
    parts: list[list[str]] = []
    for position, name in enumerate(feature.columns):
        values = table.columns.get(name, [""] * table.size)
        if feature.digits and position == 0:
            values = [_digits(value)[: feature.digits] for value in values]
        elif PERSONAL.search(name):
            values = [_hashed(value, salt) for value in values]
        parts.append(values)
    if len(parts) == 1:
        return parts[0]
    return ["\x1f".join(row) if all(row) else "" for row in zip(*parts, strict=True)]


def matrix(
    features: Sequence[Feature], table: ItemTable, outcomes: NDArray[np.int8], days: NDArray[np.int64] | None, salt: str
) -> tuple[Floats, dict[str, Past]]:
    """Return the features of past items (rows × features, NaN where unknown) and the counts at their end."""
    columns: list[Floats] = []
    counts: dict[str, Past] = {}
    shares: dict[str, Floats] = {}
    for feature in features:
        if feature.made in ("number", "ratio"):
            columns.append(_numbers(feature, table))
            continue
        if feature.key not in shares:
            shares[feature.key], counts[feature.key] = past_only(keys_of(feature, table, salt), outcomes, days)
        columns.append(shares[feature.key][:, (feature.made == "seen" and 1) or 0])
    return np.column_stack(columns) if columns else np.zeros((table.size, 0)), counts


def new_matrix(features: Sequence[Feature], table: ItemTable, counts: dict[str, Past], salt: str) -> Floats:
    """Return the features of new items by the counts of a model; an item is not counted for the next one."""
    columns: list[Floats] = []
    for feature in features:
        if feature.made in ("number", "ratio"):
            columns.append(_numbers(feature, table))
            continue
        past = counts[feature.key]
        place = 1 if feature.made == "seen" else 0
        keys = keys_of(feature, table, salt)
        columns.append(np.array([past.features(key)[place] if key else np.nan for key in keys]))
    return np.column_stack(columns) if columns else np.zeros((table.size, 0))


def _numbers(feature: Feature, table: ItemTable) -> Floats:
    parts = []
    for name in feature.columns:
        told = (number_of(value) for value in table.columns.get(name, [""] * table.size))
        parts.append(np.array([np.nan if value is None else value for value in told]))
    if len(parts) == 1:
        return parts[0]
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = parts[0] / parts[1]
    return np.where(np.isfinite(ratio), ratio, np.nan)


def days_of(values: Sequence[str]) -> NDArray[np.int64] | None:
    """Return the day number of each row, or None where less than nine in ten can be read; an unread day counts as the last."""
    found = [_day(value) for value in values]
    told = [day for day in found if day is not None]
    if len(told) < 0.9 * len(values):
        return None
    last = max(told)
    return np.array([last if day is None else day for day in found], dtype=np.int64)


def _day(text: str) -> int | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text[:10]).toordinal()
    except ValueError:
        pass
    if len(text) == 8 and text.isdigit():
        try:
            return date(int(text[:4]), int(text[4:6]), int(text[6:])).toordinal()
        except ValueError:
            return None
    day, _ = read_date(text)
    return day.toordinal() if day is not None else None


def _digits(text: str) -> str:
    return "".join(char for char in text if char.isdigit())


def _hashed(text: str, salt: str) -> str:
    if not text:
        return ""
    return hashlib.blake2b(" ".join(text.casefold().split()).encode(), key=salt.encode(), digest_size=10).hexdigest()


def feature_row(feature: Feature) -> dict[str, Any]:
    """Return a feature as it is written in a model."""
    return {"name": feature.name, "made": feature.made, "columns": list(feature.columns), "digits": feature.digits}
