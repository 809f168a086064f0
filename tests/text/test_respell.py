"""Damaged words are put back; words that are whole, or ordinary, stay as they are."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tidewaiter.text.respell import Respeller, spaced_letters

KNOWN = {
    "ballistic",
    "plate",
    "plates",
    "thermal",
    "camera",
    "body",
    "armor",
    "suppressor",
    "drohne",
    "tasche",
    "бронежилет",
}
ORDINARY = {"plane", "placate", "ballast"}
RESPELLER = Respeller(dict.fromkeys(KNOWN, 1), KNOWN.__contains__, ORDINARY.__contains__)


@pytest.mark.parametrize(
    ("damaged", "read"),
    [
        ("thermalcamera", ["thermal", "camera"]),
        ("drohnentasche", ["drohne", "tasche"]),
        ("2plates", ["2", "plates"]),
        ("plates2", ["plates", "2"]),
        ("b0dy", ["body"]),
        ("arm0r", ["armor"]),
        ("balistic", ["ballistic"]),
        ("supressor", ["suppressor"]),
        ("бронижилет", ["бронежилет"]),
    ],
)
def test_a_damaged_word_is_put_back(damaged: str, read: list[str]) -> None:
    assert [piece.text for piece in RESPELLER.repair(damaged)] == read


@pytest.mark.parametrize("word", ["ballistic", "ballast", "placate", "x", "42", "qwertyuiop", "pvs14"])
def test_a_whole_ordinary_or_unknown_word_stays(word: str) -> None:
    assert RESPELLER.repair(word) == ()


@given(st.text(min_size=1, max_size=30))
def test_pieces_cover_the_word_in_order(word: str) -> None:
    pieces = RESPELLER.repair(word)
    if pieces:
        assert pieces[0].start == 0
        assert pieces[-1].end == len(word)
        assert all(left.end == right.start for left, right in itertools.pairwise(pieces))


def test_spaced_letters_are_found_as_runs() -> None:
    assert spaced_letters(("d", "r", "o", "n", "e", "for", "a", "b")) == [(0, 5)]
