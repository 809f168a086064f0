"""The words of generated mail, read from `words.yaml` as text."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml


@dataclass(frozen=True, slots=True)
class Names:
    """Given and family names in one script, from the most to the least usual."""

    given: tuple[str, ...]
    family: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Culture:
    """How people and firms of some places write their names and addresses.

    `native_share` of the names are in `native`, the others in `latin`; `second_share` of the people bear two family names.
    """

    places: tuple[str, ...]
    latin: Names
    native: Names | None
    native_share: float
    second_share: float
    streets: tuple[str, ...]
    cities: tuple[str, ...]
    firm_stems: tuple[str, ...]
    trades: tuple[str, ...]
    forms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Words:
    """Everything in `words.yaml`, typed. `goods` are (subheading, wording by language), the most usual first."""

    cultures: dict[str, Culture]
    languages: dict[str, int]
    goods: tuple[tuple[str, dict[str, str]], ...]
    qualities: dict[str, tuple[str, ...]]
    sizes: tuple[str, ...]
    brands: tuple[str, ...]
    controlled: tuple[tuple[str, str], ...]


@cache
def words() -> Words:
    """Return the words, read once."""
    text = files("tidewaiter.service.mail").joinpath("words.yaml").read_text(encoding="utf-8")
    raw: dict[str, Any] = yaml.load(text, Loader=yaml.BaseLoader)
    return Words(
        {code: _culture(fields) for code, fields in raw["cultures"].items()},
        {code: int(weight) for code, weight in raw["languages"].items()},
        tuple((row.pop("hs"), row) for row in raw["goods"]),
        {language: tuple(found) for language, found in raw["colours"].items()},
        tuple(raw["sizes"]),
        tuple(raw["brands"]),
        tuple((row["hs"], row["text"]) for row in raw["controlled"]),
    )


def _culture(fields: dict[str, Any]) -> Culture:
    native = _names(fields, "native_") if "native" in fields else None
    return Culture(
        tuple(fields["places"]),
        _names(fields, ""),
        native,
        float(fields.get("native", "0")),
        float(fields.get("second", "0")),
        tuple(fields["streets"]),
        tuple(fields["cities"]),
        tuple(fields.get("firm_stems", fields.get("stems", ()))),
        tuple(fields["trades"]),
        tuple(fields["forms"]),
    )


def _names(fields: dict[str, Any], prefix: str) -> Names:
    """Return names with every join of a stem and an ending behind the listed family names, mixed so that none of them leads."""
    stems, endings = fields.get(f"{prefix}stems", ()), fields.get(f"{prefix}endings", ())
    count = len(stems) * len(endings)
    # A step prime to the number of joins visits each once.
    joins = (divmod(place * 7919 % count, len(endings)) for place in range(count))
    joined = tuple(stems[stem] + endings[ending] for stem, ending in joins)
    return Names(tuple(fields[f"{prefix}given"]), tuple(dict.fromkeys((*fields[f"{prefix}family"], *joined))))
