"""Quantities in nine languages come to the same value in base units, with their span."""

from __future__ import annotations

from fractions import Fraction

import pytest

from tidewaiter.text.units import find_quantities, parse_quantity


@pytest.mark.parametrize(
    ("text", "dimension", "low"),
    [
        ("9 Hz", "frequency", Fraction(9)),
        ("40 ГГц", "frequency", Fraction(40_000_000_000)),
        ("3,5 км", "length", Fraction(3500)),
        ("1064 nm", "length", Fraction(1064, 10**9)),
        ("16 bit", "bits", Fraction(16)),
        ("1.3 GSPS", "sample-rate", Fraction(1_300_000_000)),
        ("125 °C", "temperature", Fraction("398.15")),
        ("30分钟", "time", Fraction(1800)),
        ("99.99 %", "share", Fraction("0.9999")),
        ("500 krad", "dose", Fraction(5000)),
        ("640像素", "pixels", Fraction(640)),
        ("5 кг", "mass", Fraction(5)),
        ("200 км/ч", "speed", Fraction(200) / Fraction("3.6")),
        ("30 mètres", "length", Fraction(30)),
        ("16 Kanäle", "channels", Fraction(16)),
        ("500万像素", "pixels-total", Fraction(5_000_000)),
        ("25 узлов", "speed", Fraction(25) * Fraction(463, 900)),
        ("30 nudos", "speed", Fraction(30) * Fraction(463, 900)),
        ("2 马赫", "speed", Fraction("680.588")),
        ("Mach 2", "speed", Fraction("680.588")),
        ("5 兆瓦", "power", Fraction(5_000_000)),
        ("30 dBm", "power", Fraction(1)),
        ("-20 dBm", "power", Fraction(1, 100_000)),
        ("25 дБм", "power", Fraction("0.316227766017")),
    ],
)
def test_a_quantity_is_read_in_its_language(text: str, dimension: str, low: Fraction) -> None:
    (found,) = find_quantities(text.casefold(), text)
    assert (found.dimension, found.low) == (dimension, low)
    assert (found.start, found.end) == (0, len(text))


def test_capital_and_small_units_are_not_one() -> None:
    assert parse_quantity("10 MW").low == 10_000_000
    assert parse_quantity("10 mW").low == Fraction(1, 100)
    assert find_quantities("laser 10 mw", "laser 10 mW")[0].low == Fraction(1, 100)
    assert find_quantities("plant 10 mw", "plant 10 MW")[0].low == 10_000_000
    assert find_quantities("laser 10 mw", "LASER 10 MW")[0].low == Fraction(1, 100)


def test_cyrillic_megawatts_are_no_milliwatts() -> None:
    assert find_quantities("блок 10 мвт", "блок 10 МВт")[0].low == 10_000_000
    assert find_quantities("лазер 10 мвт", "лазер 10 мВт")[0].low == Fraction(1, 100)


@pytest.mark.parametrize("text", ["9 apples", "GHz", "1.2.3 V"])
def test_what_is_no_quantity_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not a number"):
        parse_quantity(text)
