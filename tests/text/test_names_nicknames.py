"""Short forms and cognates: what may stand for what, and what may not."""

from __future__ import annotations

import pytest

from tidewaiter.text.names_data import nickname_rows, variant_canon
from tidewaiter.text.names_fold import fold_key
from tidewaiter.text.names_nicknames import is_nickname_pair, nickname_of


@pytest.mark.parametrize(
    ("short", "formal"),
    [
        ("bill", "william"), ("bob", "robert"), ("peggy", "margaret"), ("jack", "john"), ("dick", "richard"), ("ted", "edward"),
        ("sasha", "aleksandr"), ("sasha", "alexandra"), ("volodya", "vladimir"), ("vova", "volodymyr"), ("zhenya", "evgeny"),
        ("zhenya", "yevgenia"), ("kolya", "mykola"), ("misha", "michael"), ("lyosha", "oleksiy"), ("pepe", "jose"),
        ("paco", "francisco"), ("nacho", "ignacio"), ("kostas", "konstantinos"), ("memo", "mehmet"), ("avi", "avraham"),
        ("fritz", "friedrich"), ("pista", "istvan"), ("kasia", "katarzyna"), ("raju", "rajendra"),
    ],
)  # fmt: skip
def test_a_short_form_stands_for_its_name_in_both_directions(short: str, formal: str) -> None:
    assert fold_key(formal) in {fold_key(name) for name in nickname_of(short)}
    assert is_nickname_pair(short, formal)
    assert is_nickname_pair(formal, short)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("john", "juan"),
        ("peter", "pedro"),
        ("nicholas", "nikolay"),
        ("zhang", "cheung"),
        ("chen", "tan"),
        ("william", "guillermo"),
    ],
)
def test_cognates_are_weaker_equivalents(left: str, right: str) -> None:
    assert fold_key(left) != fold_key(right)
    assert is_nickname_pair(left, right)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("bill", "bob"), ("bill", "isabel"), ("ivan", "john"), ("sasha", "pasha"), ("abu", "ali"), ("ali", "alison"), ("misha", "masha"), ("sergey", "george"),
        ("hassan", "hussein"), ("wang", "zhang"), ("maria", "mario"), ("jose", "juan"),
    ],
)  # fmt: skip
def test_different_names_are_no_equivalents(left: str, right: str) -> None:
    assert not is_nickname_pair(left, right)
    assert fold_key(left) != fold_key(right)


def test_the_tables_are_as_large_as_stated() -> None:
    assert len(set(variant_canon().values())) >= 400
    assert len({name for name, _, _ in nickname_rows()}) >= 300


def test_a_spelling_belongs_to_one_name() -> None:
    canon = variant_canon()
    chained = {word for word, target in canon.items() if target in canon}
    assert not chained
