"""Name normalisation as tables: what becomes the same, and what stays apart."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tidewaiter.text.names import normalise_identifier, normalise_name, split_declared
from tidewaiter.text.names_fold import fold_key, skeleton, to_latin


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("ООО «Горизонт»", ("gorizont",)),
        ("Общество с ограниченной ответственностью «Ромашка»", ("romashka",)),
        ("Müller Feinkost GmbH & Co. KG", ("muller", "feinkost")),
        ("Acme Widgets Co., Ltd.", ("acme", "widgets")),
        ("S.A.R.L. Dupont", ("dupont",)),
        ("Ejemplo Uno, S.A. de C.V.", ("ejemplo", "uno")),
        ("Primer Joint Stock Company", ("primer",)),
        ("Acme Widgets LIMeTED", ("acme", "widgets")),
        ("Acme Widgetscompany", ("acme", "widgets")),
        ("Dr. Hans Beispiel", ("hans", "beispiel")),
        ("O'Brien", ("obrien",)),
        ("Завод № 9", ("plant", "no", "9")),
        ("3rd Plant", ("3", "plant")),
        ("Meridian Data II", ("meridian", "data", "2")),
        ("Acme Technologies", ("acme", "technology")),
        ("Acme Tech", ("acme", "technology")),
        ("A-B-C Company", ("abc",)),
        ("Abd al-Rahman Example", ("abdul", "rahman", "example")),
        ("Abdurrahman Example", ("abdul", "rahman", "example")),
        ("Beispiel NV Warehouse Dept 3", ("beispiel", "warehouse", "department", "3")),
        ("شمس الدین", ("shamsuddin",)),
        ("عبد الرحمن", ("abdul", "rahman")),
        ("김철수", ("kim", "cholsu")),
        ("李小明", ("li", "xiaoming")),
        ("例子科技有限公司", ("lizi", "technology")),
    ],
)
def test_a_name_becomes_its_tokens(text: str, tokens: tuple[str, ...]) -> None:
    assert normalise_name(text).tokens == tokens


def test_a_name_of_nothing_but_a_legal_form_keeps_its_words() -> None:
    assert normalise_name("CORP").tokens == ("corp",)


def test_a_person_keeps_a_word_that_looks_like_a_legal_form() -> None:
    assert normalise_name("CO, Rodrigo", "Person").tokens == ("co", "rodrigo")


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Yuriy", "Юрий"),
        ("Mohammed", "Muhammad"),
        ("Evgeny", "Евгений"),
        ("Khaled", "Halid"),
        ("Aleksandr", "Alexander"),
    ],
)
def test_usual_spellings_of_one_name_share_a_key(left: str, right: str) -> None:
    assert normalise_name(left).keys == normalise_name(right).keys


@pytest.mark.parametrize(("arabic", "latin"), [("محمود", "mahmud"), ("سلمان", "salman")])
def test_vowelless_names_share_their_consonants(arabic: str, latin: str) -> None:
    name = normalise_name(arabic)
    assert name.vowelless
    assert skeleton(name.tokens[0]) == skeleton(latin)


def test_everyone_written_into_one_field_is_kept() -> None:
    assert split_declared("John Example c/o Acme Ltd +7 905 123 45 67") == ("John Example", "Acme Ltd")


@pytest.mark.parametrize(
    ("number", "clean"), [("77-1234 5678", "7712345678"), ("АВ 123456", "AV123456"), ("12", ""), ("nothing", "")]
)
def test_an_identifier_is_compared_without_punctuation(number: str, clean: str) -> None:
    assert normalise_identifier(number) == clean


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=40))
def test_any_text_normalises_to_ascii_tokens_with_one_key_each(text: str) -> None:
    name = normalise_name(text)
    assert len(name.keys) == len(name.tokens)
    assert all(token.isascii() and token.isalnum() for token in name.tokens)
    assert name == normalise_name(text)


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyzабвгдежзийклмнопрст ", max_size=30))
def test_writing_in_capitals_changes_nothing(text: str) -> None:
    assert normalise_name(text).tokens == normalise_name(text.upper()).tokens


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=30))
def test_transliteration_is_stable(text: str) -> None:
    once = to_latin(text)
    assert once.isascii()
    assert to_latin(once) == once
    assert fold_key("example") == fold_key("example")


@pytest.mark.parametrize(
    ("left", "right"),
    [("Brigade Forty-Four", "Brigade 44"), ("Brigade Forty 4", "Brigade 44"), ("Three Percenters", "3 Percenters"),
     ("Ig0r Sech1n", "Igor Sechin"), ("Twenty Star Trading", "20 Star Trading")],
)  # fmt: skip
def test_numbers_in_words_and_digits_for_letters_are_read(left: str, right: str) -> None:
    assert normalise_name(left).tokens == normalise_name(right).tokens
