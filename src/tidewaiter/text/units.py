"""Units of measure as people write them, and quantities as intervals in base units.

A quantity is held in the base unit of its dimension. Thresholds of law keep the unit they were published in; comparison
converts both sides exactly (fractions, not floats), so that 3.0 km equals 3000 m.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

# unit -> (dimension, factor to the base unit of the dimension, canonical spelling)
_ROWS: tuple[tuple[str, str, str, str], ...] = (
    ("nm", "length", "1/1000000000", "nm нм 纳米"),
    ("µm", "length", "1/1000000", "µm μm um мкм 微米 micron microns micrometer micrometre"),
    ("mm", "length", "1/1000", "mm мм 毫米 millimeter millimetre"),
    ("cm", "length", "1/100", "cm см 厘米"),
    ("m", "length", "1", "m м 米 meter metre meters metres метров метра mtr"),
    ("km", "length", "1000", "km км 公里 千米 kilometer kilometre kilometers kilometres"),
    ("yd", "length", "0.9144", "yd yds yard yards ярд ярдов"),
    ("ft", "length", "0.3048", "ft feet foot"),
    ("in", "length", "0.0254", 'inch inches " дюйм дюймов дюйма'),
    ("Hz", "frequency", "1", "hz гц 赫兹 hertz fps к/с"),
    ("kHz", "frequency", "1000", "khz кгц"),
    ("MHz", "frequency", "1000000", "mhz мгц 兆赫"),
    ("GHz", "frequency", "1000000000", "ghz ггц"),
    ("g", "mass", "1/1000", "g г гр gr gram grams 克 gramm"),
    ("kg", "mass", "1", "kg кг kgs kilo kilos 公斤 千克"),
    ("mW", "power", "1/1000", "mw мвт 毫瓦"),
    ("W", "power", "1", "w вт watt watts ватт 瓦"),
    ("kW", "power", "1000", "kw квт"),
    ("V", "voltage", "1", "v в volt volts вольт"),
    ("mAh", "charge", "1", "mah мач"),
    ("s", "time", "1", "s sec secs с сек seconds 秒"),
    ("min", "time", "60", "min mins мин minutes minute минут хв 分钟 minuten"),
    ("h", "time", "3600", "h hr hrs ч час часов часа hour hours годин 小时 stunden"),
    ("km/h", "speed", "1/3.6", "km/h kmh км/ч"),
    ("m/s", "speed", "1", "m/s м/с"),
    ("mph", "speed", "0.44704", "mph"),
    ("kn", "speed", "463/900", "knots knot kn"),
    ("mrad", "angle", "1/1000", "mrad мрад"),
    ("deg", "angle", "0.01745329251994", "deg ° degrees градусов"),
    ("px", "pixels", "1", "px pixel pixels пикс пикселей"),
    ("µA/lm", "sensitivity", "1", "µa/lm μa/lm ua/lm мка/лм"),
    ("K", "temperature", "1", "k"),
    ("µg", "acceleration", "1", "µg μg"),
    ("dBm", "level", "1", "dbm дбм"),
)


def _fraction(text: str) -> Fraction:
    if "/" in text:
        top, bottom = text.split("/")
        return Fraction(top) / Fraction(bottom)
    return Fraction(text)


UNITS: dict[str, tuple[str, Fraction, str]] = {}
for _canonical, _dimension, _factor, _spellings in _ROWS:
    for _spelling in {_canonical.casefold(), *_spellings.split()}:
        UNITS[_spelling] = (_dimension, _fraction(_factor), _canonical)

DIMENSIONS = frozenset(row[1] for row in _ROWS)

_NUMBER = r"\d+(?:[ \u00a0]\d{3})*(?:[.,]\d+)?"
_UNIT = "|".join(re.escape(unit) for unit in sorted(UNITS, key=len, reverse=True))
QUANTITY = re.compile(
    rf"(?<![\w.,])(?P<low>{_NUMBER})(?:\s*(?:-|–|—|…|\.\.|to|до|bis|至|~)\s*(?P<high>{_NUMBER}))?[ \u00a0-]?(?P<unit>{_UNIT})(?![a-zа-яёіїєґµ])"
)


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


def find_quantities(text: str) -> list[Quantity]:
    """Return every number with a readable unit in casefolded text, with spans."""
    found = []
    for match in QUANTITY.finditer(text):
        dimension, factor, unit = UNITS[match["unit"]]
        low = number(match["low"]) * factor
        high = number(match["high"]) * factor if match["high"] else low
        if low > high:
            low, high = high, low
        found.append(Quantity(dimension, low, high, unit, match.start(), match.end()))
    return found


def parse_quantity(text: str) -> Quantity:
    """Return one written quantity such as `9 Hz`.

    Raises:
        ValueError: the text is not a number with a known unit.
    """
    match = re.fullmatch(rf"\s*(?P<low>{_NUMBER}|\d+)\s*(?P<unit>\S+)\s*", text)
    if match is None or match["unit"].casefold() not in UNITS:
        raise ValueError(f"not a number with a known unit: {text!r}")
    dimension, factor, unit = UNITS[match["unit"].casefold()]
    value = number(match["low"]) * factor
    return Quantity(dimension, value, value, unit)
