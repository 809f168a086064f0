"""Numbers in words in nine languages: what they come to, where they stand, and where they are left alone."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.conftest import ROOT

from tidewaiter.packs import load
from tidewaiter.text.fold import fold
from tidewaiter.text.numerals import Numerals
from tidewaiter.text.units import LEADING, UNITS, find_quantities

NUMERALS = Numerals(load(ROOT / "packs" / "grammar").numbers, UNITS, ("rounds", "патрон"), LEADING)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("sixty-four", "64"),
        ("two hundred and fifty", "250"),
        ("twelve hundred", "1200"),
        ("ten thousand five hundred and six", "10506"),
        ("three million", "3000000"),
        ("seven point six two", "7.62"),
        ("zero point five", "0.5"),
        ("two and a half", "2.5"),
        ("two dozen", "24"),
        ("twenty-first", "21"),
        ("двенадцать", "12"),
        ("двумстам пятидесяти", "250"),
        ("две тысячи триста", "2300"),
        ("семь целых шесть десятых", "7.6"),
        ("семь целых и шестьдесят две сотых", "7.62"),
        ("полтора", "1.5"),
        ("третьего", "3"),
        ("дев'яносто шість", "96"),
        ("девʼятьма", "9"),
        ("мільйон двісті тисяч", "1200000"),
        ("сім цілих шість десятих", "7.6"),
        ("vierundsechzig", "64"),
        ("dreihundertzwölf", "312"),
        ("zweitausenddreihundert", "2300"),
        ("sieben Komma sechs zwei", "7.62"),
        ("eine Million zweihunderttausend", "1200000"),
        ("soixante-quatre", "64"),
        ("soixante et onze", "71"),
        ("quatre-vingt-dix-sept", "97"),
        ("nonante-sept", "97"),
        ("deux mille cinq cents", "2500"),
        ("sept virgule soixante-deux", "7.62"),
        ("treinta y dos", "32"),
        ("doscientas cincuenta", "250"),
        ("dos mil quinientos", "2500"),
        ("siete coma sesenta y dos", "7.62"),
        ("bin iki yüz", "1200"),
        ("binikiyüz", "1200"),
        ("on iki", "12"),
        ("yedi virgül altmış iki", "7.62"),
        ("iki buçuk", "2.5"),
        ("تسعة", "9"),
        ("أربعة وستون", "64"),
        ("مائة وأحد عشر", "111"),
        ("ألف ومائتان", "1200"),
        ("سبعة فاصلة ستة", "7.6"),
        ("十二", "12"),
        ("三百二十", "320"),
        ("一万二千", "12000"),
        ("六四〇", "640"),
        ("七点六二", "7.62"),
        ("第三", "3"),
    ],
)
def test_a_number_in_words_is_read_whole(text: str, value: str) -> None:
    (said,) = NUMERALS.find(fold(text).text)
    assert said.value == Fraction(value)
    assert fold(text).span(said.start, said.end) == (0, len(text))


@pytest.mark.parametrize(
    ("text", "shown", "dimension", "low"),
    [
        ("camera nine hertz", "nine hertz", "frequency", "9"),
        ("nine to twelve hertz", "nine to twelve hertz", "frequency", "9"),
        ("камера девять герц", "девять герц", "frequency", "9"),
        ("двенадцатиядерный процессор", "двенадцатиядерный", "cores", "12"),
        ("тепловізор дев'ять герц", "дев'ять герц", "frequency", "9"),
        ("热像仪九赫兹", "九赫兹", "frequency", "9"),
        ("五百万像素", "五百万像素", "pixels-total", "5000000"),
        ("重五千克", "五千克", "mass", "5"),
        ("dreihundert Gramm", "dreihundert Gramm", "mass", "3/10"),
        ("Modul zwölfkernig", "zwölfkernig", "cores", "12"),
        ("soixante-quatre mégapixels", "soixante-quatre mégapixels", "pixels-total", "64000000"),
        ("caméra veintiún hercios", "veintiún hercios", "frequency", "21"),
        ("bin iki yüz gram", "bin iki yüz gram", "mass", "6/5"),
        ("كاميرا تسعة هرتز", "تسعة هرتز", "frequency", "9"),
        ("Mach two", "Mach two", "speed", "680.588"),
        ("纯度百分之九十九", "百分之九十九", "share", "99/100"),
        ("saflık yüzde doksan", "yüzde doksan", "share", "9/10"),
    ],
)
def test_a_quantity_in_words_points_at_its_words(text: str, shown: str, dimension: str, low: str) -> None:
    folded = fold(text)
    numbered = NUMERALS.figures(folded.text)
    (found,) = find_quantities(numbered.text)
    assert (found.dimension, found.low) == (dimension, Fraction(low))
    assert text[slice(*folded.span(numbered.back(found.start), numbered.back(found.end, True)))] == shown


@pytest.mark.parametrize(
    "text",
    [
        "one vest",
        "Three Mile",
        "two plates",
        "gilet neuf 5 kg",  # new, not nine
        "on the channel",  # ten in Turkish
        "six in a row",
        "второй сорт",
        "elf costume",
        "三脚架",
        "万用表",
    ],
)
def test_a_number_that_nothing_wants_stays_in_words(text: str) -> None:
    assert NUMERALS.figures(fold(text).text).changes == ()


def test_a_word_of_two_meanings_counts_in_its_own_language() -> None:
    text = fold("caméra neuf hertz").text
    assert NUMERALS.figures(text).text == text
    assert NUMERALS.figures(text, languages=frozenset({"fr"})).text == "camera 9 hertz"


@given(st.text(max_size=40))
def test_figures_lead_back_into_the_text(text: str) -> None:
    folded = fold(text).text
    numbered = NUMERALS.figures(folded)
    for position in range(len(numbered.text)):
        assert 0 <= numbered.back(position) < numbered.back(position + 1, True) <= len(folded)
    for start, end, figures in numbered.changes:
        assert numbered.text[numbered.forward(start) :].startswith(figures)
        assert numbered.back(numbered.forward(end), True) == end


@pytest.mark.parametrize(
    "text", ["on" * 3000, "nine " * 3000, "第" * 3000, "九" * 6000, "twenty " * 2000, "ein" * 4000]
)
def test_endless_numbers_do_no_harm(text: str) -> None:
    NUMERALS.figures(text)
