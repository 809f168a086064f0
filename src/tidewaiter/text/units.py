"""Units of measure as people write them, and quantities as intervals in base units.

A quantity is held in the base unit of its dimension. Thresholds of law keep the unit they were published in; comparison
converts both sides exactly (fractions, not floats), so that 3.0 km equals 3000 m.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

from tidewaiter.text.fold import fold_text
from tidewaiter.text.unit_rows import ROWS


def _fraction(text: str) -> Fraction:
    if "/" in text:
        top, bottom = text.split("/")
        return Fraction(top) / Fraction(bottom)
    return Fraction(text)


# spelling -> (dimension, factor to the base unit of the dimension, canonical spelling)
UNITS: dict[str, tuple[str, Fraction, str]] = {}
# canonical spelling, in its own case (MW is not mW) -> the same
CANONICAL: dict[str, tuple[str, Fraction, str]] = {}
# canonical spelling -> what is added before the factor (degrees Celsius)
OFFSETS: dict[str, Fraction] = {}
for _canonical, _dimension, _factor, _offset, _spellings in ROWS:
    CANONICAL[_canonical] = (_dimension, _fraction(_factor), _canonical)
    if _offset != "0":
        OFFSETS[_canonical] = _fraction(_offset)
    for _spelling in (_canonical.casefold(), *_spellings.split()):
        for _form in (_spelling, fold_text(_spelling)):  # texts come folded: "mètres" is read as "metres"
            UNITS.setdefault(_form, CANONICAL[_canonical])
UNITS["万像素"] = ("pixels-total", Fraction(10_000), "MP")
# Units whose number stands behind them ("Mach 2", "百分之九十", "yüzde 90").
LEADING = {"mach": "Mach", "马赫数": "Mach", "马赫": "Mach", "мах": "Mach", "百分之": "%", "yüzde": "%", "yuzde": "%"}


def unit_of(text: str) -> tuple[str, Fraction, str] | None:
    """Return (dimension, factor, canonical spelling) of a unit as a pack writes it, or None: its own case first."""
    return CANONICAL.get(text) or UNITS.get(text.casefold())


def watts(level: Fraction) -> Fraction:
    """Return the power in watts of a level in dBm (decibels over a milliwatt), to twelve significant digits."""
    return Fraction(f"{10 ** (float(level - 30) / 10):.12g}")


def _to_base(value: Fraction, factor: Fraction, unit: str) -> Fraction:
    if unit == "dBm":
        return watts(value)
    return (value + OFFSETS.get(unit, Fraction(0))) * factor


# units that only their case tells from a commoner one
CASED = {"MW": "MW", "МВт": "MW", "MJ": "MJ", "МДж": "MJ", "Mrad": "Mrad", "kN": "kN"}
DIMENSIONS = frozenset(row[1] for row in ROWS)

_NUMBER = r"\d+(?:[ \u00a0]\d{3})*(?:[.,]\d+)?"
_UNIT = "|".join(re.escape(unit) for unit in sorted(UNITS, key=len, reverse=True))
QUANTITY = re.compile(
    rf"(?<![.,])(?<![^\W㐀-鿿])(?P<low>(?:(?<!\S)-(?=\d+(?:[.,]\d+)?\s?d[bB]m))?{_NUMBER})(?:\s*(?:-|–|—|…|\.\.|to|до|bis|至|~)\s*(?P<high>{_NUMBER}))?[ \u00a0-]?(?P<unit>{_UNIT})(?![a-zа-яёіїєґµ])"
)

_LEADING = re.compile(rf"(?<![a-zа-я])(?P<unit>{'|'.join(LEADING)})[\s-]?(?P<low>{_NUMBER})(?![\w])")


@dataclass(frozen=True, slots=True)
class Quantity:
    """An interval in the base unit of `dimension`; `unit` is the unit it was written in, `start`/`end` its span."""

    dimension: str
    low: Fraction
    high: Fraction
    unit: str
    start: int = 0
    end: int = 0


def number(text: str) -> Fraction:
    """Return a written number; a comma counts as the decimal mark unless groups of three follow it (1,500 is 1500).

    Raises:
        ValueError: the text is not a number.
    """
    plain = text.replace(" ", "").replace("\u00a0", "")
    if re.fullmatch(r"\d{1,3}(,\d{3})+(\.\d+)?", plain):
        plain = plain.replace(",", "")
    return Fraction(plain.replace(",", "."))


def find_quantities(text: str, original: str = "") -> list[Quantity]:
    """Return every number with a readable unit in casefolded text, with spans.

    Args:
        text: casefolded text.
        original: the same text of the same length in its own case, where that is at hand: tells MW from mW.
    """
    cased = len(original) == len(text) and original != original.upper()
    found = _leading(text)
    for match in QUANTITY.finditer(text):
        written = original[match.start("unit") : match.end("unit")] if cased else ""
        dimension, factor, unit = CANONICAL[CASED[written]] if written in CASED else UNITS[match["unit"]]
        low = _to_base(number(match["low"]), factor, unit)
        high = _to_base(number(match["high"]), factor, unit) if match["high"] else low
        if low > high:
            low, high = high, low
        found.append(Quantity(dimension, low, high, unit, match.start(), match.end()))
    return found


def _leading(text: str) -> list[Quantity]:
    found = []
    for match in _LEADING.finditer(text):
        dimension, factor, unit = CANONICAL[LEADING[match["unit"]]]
        value = _to_base(number(match["low"]), factor, unit)
        found.append(Quantity(dimension, value, value, unit, match.start(), match.end()))
    return found


def parse_quantity(text: str) -> Quantity:
    """Return one written quantity such as `9 Hz`.

    Raises:
        ValueError: the text is not a number with a known unit.
    """
    match = re.fullmatch(rf"\s*(?P<low>-?(?:{_NUMBER}|\d+))\s*(?P<unit>\S+)\s*", text)
    known = unit_of(match["unit"]) if match is not None else None
    if match is None or known is None:
        raise ValueError(f"not a number with a known unit: {text!r}")
    dimension, factor, unit = known
    value = _to_base(number(match["low"]), factor, unit)
    return Quantity(dimension, value, value, unit)
