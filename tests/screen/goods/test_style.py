"""How a wording is put: signals beside its words."""

import pytest

from tidewaiter.screen.goods.style import style_signals


def test_an_officials_plural_is_whole_words_without_digits():
    found = style_signals("isostatic presses")
    assert found["style:plural"] == 1.0
    assert found["style:words-2"] == 1.0
    assert "style:digit" not in found


def test_a_shop_label_is_cut_shortened_and_numbered():
    found = style_signals("mielle rsmy mnt clrfg sclp scb 2x"[:30])
    assert found["style:cut-30"] == 1.0
    assert found["style:bare"] > 0.5


@pytest.mark.parametrize("text", ["", "   ", "бронежилет 6Б45", "防弹背心", "123 456"])
def test_of_other_scripts_and_of_nothing_it_says_little(text):
    assert not {name for name in style_signals(text) if name.startswith(("style:plural", "style:bare"))}


@pytest.mark.parametrize("text", ["BOLT ASSEMBLY,GUN", "a, b, c, d, e, f", "x" * 300, "Ünterhemd 50 % cotton_wool"])
def test_every_value_lies_between_nothing_and_one(text):
    assert all(0.0 < value <= 1.0 for value in style_signals(text).values())
