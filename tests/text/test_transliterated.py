"""Chinese in Latin letters and English in Cyrillic: the terms are found, ordinary words are not."""

from __future__ import annotations

import pytest

from tidewaiter.text.cyrillic_english import cyrillic_keys, english_keys
from tidewaiter.text.fold import fold
from tidewaiter.text.pinyin import pinyin_forms, pinyin_of
from tidewaiter.text.terms import TermIndex, words_of

TERMS = (
    ("防弹衣", "zh"), ("夜视仪", "zh"), ("绿激光器", "zh"), ("弹", "zh"), ("plate carrier", "en"), ("night vision goggles", "en"), ("chest rig", "en"),
    ("rifle scope", "en"), ("бронежилет", "ru"), ("летнее платье", "ru"),
)  # fmt: skip


def index() -> TermIndex:
    found = TermIndex()
    for number, (text, language) in enumerate(TERMS):
        found.add(number, text, language)
    found.freeze({"sunglasses"}.__contains__)
    return found


def found_in(text: str) -> dict[str, str]:
    folded = fold(text)
    known = index()
    matches = known.find(folded, known.repair(words_of(folded)))
    return {TERMS[match.term][0]: text[slice(*folded.span(match.start, match.end))] for match in matches}


@pytest.mark.parametrize(
    ("text", "term", "shown"),
    [
        ("fangdanyi", "防弹衣", "fangdanyi"),
        ("new fang dan yi xl", "防弹衣", "fang dan yi"),
        ("fáng dàn yī", "防弹衣", "fáng dàn yī"),
        ("fang2 dan4 yi1", "防弹衣", "fang2 dan4 yi1"),
        ("Yeshi-yi", "夜视仪", "Yeshi-yi"),
        ("lvjiguangqi", "绿激光器", "lvjiguangqi"),
        ("lü ji guang qi", "绿激光器", "lü ji guang qi"),
        ("плейт карриер", "plate carrier", "плейт карриер"),
        ("Плэйт кэрриеры чёрные", "plate carrier", "Плэйт кэрриеры"),
        ("найт вижн гоглс", "night vision goggles", "найт вижн гоглс"),
        ("чест риг", "chest rig", "чест риг"),
        ("райфл скоуп", "rifle scope", "райфл скоуп"),
        ("райфлскоуп", "rifle scope", "райфлскоуп"),
    ],
)
def test_a_term_is_found_in_other_letters(text: str, term: str, shown: str) -> None:
    assert found_in(text).get(term) == shown


@pytest.mark.parametrize(
    "text",
    [
        "fang dan",
        "fangdanyiqi",
        "dan",
        "men sun shade",
        "плита каррера",
        "ночь видна глаз",
        "чистый рог",
        "платье карьера",
    ],
)
def test_other_words_are_not_taken_for_a_term(text: str) -> None:
    assert found_in(text) == {}


def test_forms_are_long_enough_and_of_syllables() -> None:
    assert pinyin_forms("防弹衣") == ("fangdanyi",)
    assert pinyin_forms("弹") == ()
    assert pinyin_forms("GPS干扰器") == ()
    assert pinyin_of("fang2dan4yi1") == "fangdanyi"
    assert pinyin_of("plate") == ""


def test_the_two_scripts_share_a_key() -> None:
    for english, cyrillic in (("carrier", "кэрриер"), ("vision", "вижн"), ("chest", "чест"), ("jammer", "джаммер")):
        assert set(english_keys(english)) & set(cyrillic_keys(cyrillic)), (english, cyrillic)


def test_a_word_with_many_readings_is_soon_refused() -> None:
    assert pinyin_of("anan" * 11 + "x") == ""
    assert pinyin_of("an" * 3000) == ""
