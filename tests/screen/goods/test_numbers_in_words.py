"""Parameters said in words, in nine languages, with the span of the words; pieces; power in dBm; Turkish "için"."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from tidewaiter.model import Declaration, GoodsLine
from tidewaiter.screen.facts import facts_of
from tidewaiter.screen.goods import GoodsResult
from tidewaiter.screen.pipeline import Screener


def read(screener: Screener, text: str) -> GoodsResult:
    return screener.read_line(GoodsLine(text), 0)[0]


@pytest.mark.parametrize(
    ("text", "parameter", "value", "shown"),
    [
        ("thermal camera nine hertz", "thermal.frame-rate", 9, "nine hertz"),
        ("тепловизор девять герц", "thermal.frame-rate", 9, "девять герц"),
        ("тепловізор дев'ять герц", "thermal.frame-rate", 9, "дев'ять герц"),
        ("热像仪 九赫兹", "thermal.frame-rate", 9, "九赫兹"),
        ("Wärmebildkamera neun Hertz", "thermal.frame-rate", 9, "neun Hertz"),
        ("caméra thermique neuf hertz", "thermal.frame-rate", 9, "neuf hertz"),
        ("cámara térmica nueve hercios", "thermal.frame-rate", 9, "nueve hercios"),
        ("كاميرا حرارية تسعة هرتز", "thermal.frame-rate", 9, "تسعة هرتز"),
        ("termal kamera dokuz hertz", "thermal.frame-rate", 9, "dokuz hertz"),
        ("rifle magazine thirty rounds", "magazine.capacity", 30, "thirty rounds"),
        ("магазин для ак тридцать патронов", "magazine.capacity", 30, "тридцать патронов"),
        ("步枪弹匣三十发", "magazine.capacity", 30, "三十发"),
        ("rf power amplifier 40 dBm", "radio.power", 10, "40 dBm"),
    ],
)
def test_a_number_in_words_gives_a_parameter(
    shipped_screener: Screener, text: str, parameter: str, value: int, shown: str
) -> None:
    found = read(shipped_screener, text).parameters[parameter]
    assert (found.low, found.text) == (Fraction(value), shown)
    assert text[found.start : found.end] == shown


@pytest.mark.parametrize(
    ("text", "parameter", "labels", "shown"),
    [
        ("ballistic plate, level four", "armour.level", ("IV",), "level four"),
        ("third level ballistic plate", "armour.level", ("III",), "third level"),
        ("бронеплита третьего класса", "armour.level", ("IIA", "II", "IIIA"), "третьего класса"),
        ("бронеплита шостого класу", "armour.level", ("III", "IV"), "шостого класу"),
        ("防弹插板第六级", "armour.level", ("III", "IV"), "第六级"),
        ("ballistische Platte Stufe vier", "armour.level", ("IV",), "Stufe vier"),
        ("plaque balistique niveau quatre", "armour.level", ("IV",), "niveau quatre"),
        ("placa balística nivel tres", "armour.level", ("III",), "nivel tres"),
        ("لوح مضاد للرصاص المستوى الثالث", "armour.level", ("III",), "المستوى الثالث"),
        ("balistik plaka seviye dört", "armour.level", ("IV",), "seviye dört"),
        ("night vision third generation", "tube.generation", ("gen3",), "third generation"),
        ("gece görüş cihazı ikinci nesil", "tube.generation", ("gen2",), "ikinci nesil"),
    ],
)
def test_a_level_in_words_is_a_level(
    shipped_screener: Screener, text: str, parameter: str, labels: tuple[str, ...], shown: str
) -> None:
    found = read(shipped_screener, text).parameters[parameter]
    assert (found.labels, found.text) == (labels, shown)
    assert text[found.start : found.end] == shown


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("two ballistic plates", 2),
        ("две бронеплиты", 2),
        ("дві бронеплити", 2),
        ("zwei Plattenträger", 2),
        ("deux plaques balistiques", 2),
        ("dos placas balísticas", 2),
        ("iki balistik plaka", 2),
        ("两块防弹插板", 2),
        ("бронеплита 12 шт", 12),
        ("plate carrier x2", 2),
        ("3 x plate carrier", 3),
        ("rifle scope 3-9x40", None),
        ("10X rifle scope", None),
        ("5 axis gimbal", None),
        ("ballistic plate level three", None),
    ],
)
def test_pieces_said_in_the_text_are_counted(shipped_screener: Screener, text: str, pieces: int | None) -> None:
    found = read(shipped_screener, text).parameters.get("quantity")
    assert (found.low if found is not None else None) == pieces


def test_a_declared_quantity_goes_before_the_text(shipped_screener: Screener) -> None:
    for line, pieces in (
        (GoodsLine("two ballistic plates"), 2),
        (GoodsLine("two ballistic plates", quantity=Decimal(7)), 7),
    ):
        result = shipped_screener.read_line(line, 0)[0]
        facts = facts_of(Declaration("d", (line,)), line, result, shipped_screener.packs, shipped_screener.on)
        assert facts.facts["quantity"].low == Fraction(pieces)


@pytest.mark.parametrize(
    "text", ["one vest", "Three Mile Island mug", "six pack", "elf costume", "две чашки", "一套餐具"]
)
def test_a_number_word_in_ordinary_goods_says_nothing(shipped_screener: Screener, text: str) -> None:
    assert read(shipped_screener, text).parameters == {}


def test_what_a_receiver_hears_is_no_power_output(shipped_screener: Screener) -> None:
    assert "radio.power" not in read(shipped_screener, "rf power amplifier sensitivity -95 dBm").parameters


def test_in_turkish_the_thing_served_stands_before_its_marker(shipped_screener: Screener) -> None:
    for text, role in (("drone için pervane", "served"), ("drone ile uyumlu batarya", "served"), ("dron", "is")):
        assert [c.role for c in read(shipped_screener, text).concepts if c.concept == "uav"] == [role], text
    assert [kind.concept for kind in read(shipped_screener, "dron için motor").kinds] == ["uav-motor"]


@pytest.mark.parametrize(
    ("text", "concept"),
    [
        ("fangdanyi xl", "body-armour"),
        ("ye shi yi", "night-vision-device"),
        ("wú rén jī", "uav"),
        ("плейт кэрриер", "plate-carrier"),
        ("найт вижн гоглс", "night-vision-goggles"),
        ("баллистик хелмет", "ballistic-helmet"),
        ("ред дот сайт", "red-dot-sight"),
    ],
)
def test_transliterated_names_are_found(shipped_screener: Screener, text: str, concept: str) -> None:
    assert concept in {kind.concept for kind in read(shipped_screener, text).kinds}


@pytest.mark.parametrize(
    "text",
    [
        "Panzerkette Gold 585",
        "Panzerkette Sterlingsilber Herren",
        "boîtier de culasse moto",
        "porte-plaque d'immatriculation",
        "porte plaques de cuisson",
        "платье карьера",
        "2 pack of socks",
    ],
)
def test_everyday_words_of_the_same_sound_are_no_arms(shipped_screener: Screener, text: str) -> None:
    assert not read(shipped_screener, text).raised


@pytest.mark.parametrize(
    ("text", "concept"),
    [
        ("Panzerkette Leopard", "track-link"),
        ("boîtier de culasse AK", "firearm-receiver"),
        ("gilet porte plaques", "plate-carrier"),
    ],
)
def test_the_arms_themselves_stay_found(shipped_screener: Screener, text: str, concept: str) -> None:
    assert concept in {kind.concept for kind in read(shipped_screener, text).kinds}
