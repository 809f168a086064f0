"""Poor wording: damaged words, compound lines, registry numbers, catalogue names, transliteration. One row, one habit of senders."""

from __future__ import annotations

import pytest

from tidewaiter.model import GoodsLine
from tidewaiter.screen.goods import GoodsResult
from tidewaiter.screen.pipeline import Screener


def read(screener: Screener, text: str) -> GoodsResult:
    return screener.read_line(GoodsLine(text), 0)[0]


def kinds(screener: Screener, text: str) -> set[str]:
    return {kind.concept for kind in read(screener, text).kinds}


@pytest.mark.parametrize(
    ("text", "concept"),
    [
        ("BALISTIC PLATE", "hard-armour-plate"),
        ("b0dy arm0r", "body-armour"),
        ("thermalcamera", "thermal-camera"),
        ("d r o n e  jammer", "drone-jammer"),
        ("CARRIER,PLATE", "plate-carrier"),
        ("бpонежилет", "body-armour"),  # a Latin p
        ("bronezhilet", "body-armour"),
        ("rifle scope 🔭 4x32", "rifle-scope"),
        ("ｒｉｆｌｅ　ｓｃｏｐｅ", "rifle-scope"),
        ("thiodiglycol 111-48-8 lab", "thiodiglycol"),
    ],
)
def test_poor_wording_is_read(shipped_screener: Screener, text: str, concept: str) -> None:
    found = kinds(shipped_screener, text)
    family = {parent for kind in found for parent in shipped_screener.packs.parents(kind)}
    assert concept in family, found


def test_each_thing_of_a_compound_line_is_named(shipped_screener: Screener) -> None:
    found = kinds(shipped_screener, "plate carrier + 2 ballistic plates, ballistic helmet")
    assert {"plate-carrier", "hard-armour-plate", "ballistic-helmet"} <= found


@pytest.mark.parametrize(
    "text",
    [
        "dinner plate",
        "toy drone for kids",
        "phone case camo",
        "poster tank",
        "starling print cushion",
        "magnetic whiteboard",
        "acrylic paint set",
        "model kit 1:35 tank",
    ],
)
def test_ordinary_things_meet_no_entry(shipped_screener: Screener, text: str) -> None:
    result = read(shipped_screener, text)
    assert not [r for r in result.raised if r.entry.list in ("eu-military", "us-usml", "eu-dual-use")]


def test_a_misspelt_name_loses_points_and_says_so(shipped_screener: Screener) -> None:
    (right,) = (c for c in read(shipped_screener, "ballistic plate").concepts if c.concept == "hard-armour-plate")
    (wrong,) = (c for c in read(shipped_screener, "balistic plate").concepts if c.concept == "hard-armour-plate")
    assert wrong.score < right.score
    assert "concept.spelling" in {c.code for c in wrong.contributions}
    assert sum(c.points for c in wrong.contributions) == wrong.score


def test_spans_lead_back_to_the_words_as_typed(shipped_screener: Screener) -> None:
    text = "новая   Бpонеплита, 2 шт"
    (found,) = (c for c in read(shipped_screener, text).concepts if c.concept == "hard-armour-plate")
    assert text[slice(*found.spans[0])] == "Бpонеплита"
