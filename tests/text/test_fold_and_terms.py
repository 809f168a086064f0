"""Folding and term search: the same word however it was typed, with a way back to the original characters."""

from __future__ import annotations

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tidewaiter.text.fold import fold, unmix
from tidewaiter.text.stems import GROUPS, stem, stems
from tidewaiter.text.terms import TermIndex, words_of
from tidewaiter.text.units import find_quantities, parse_quantity


def index(*terms: tuple[str, str]) -> TermIndex:
    found = TermIndex()
    for number, (text, language) in enumerate(terms):
        found.add(number, text, language)
    found.freeze()
    return found


TERMS = (
    ("plate carrier", "en"), ("бронежилет", "ru"), ("бронепластина", "ru"), ("防弹插板", "zh"), ("gilet pare-balles", "fr"), ("Plattenträger", "de"),
    ("chaleco antibalas", "es"), ("тепловізор", "uk"), ("body armour", "en"),
)  # fmt: skip


@pytest.mark.parametrize(
    ("text", "term", "words"),
    [
        ("Plate carriers, black", "plate carrier", "Plate carriers"),
        ("CARRIER,PLATE", "plate carrier", "CARRIER,PLATE"),
        ("platecarrier", "plate carrier", "platecarrier"),
        ("2 бронежилета новых", "бронежилет", "бронежилета"),
        ("БРОНЕЖИЛЕТОВ", "бронежилет", "БРОНЕЖИЛЕТОВ"),
        ("бpонeжилет", "бронежилет", "бpонeжилет"),
        ("bronezhilet 6B45", "бронежилет", "bronezhilet"),
        ("бронепластины 2шт", "бронепластина", "бронепластины"),
        ("二级防弹插板两块", "防弹插板", "防弹插板"),
        ("Gilets Pare-Balles", "gilet pare-balles", "Gilets Pare-Balles"),
        ("Plattenträger oliv", "Plattenträger", "Plattenträger"),
        ("plattentraeger", "Plattenträger", "plattentraeger"),
        ("CHALECOS ANTIBALAS", "chaleco antibalas", "CHALECOS ANTIBALAS"),
        ("тепловізори 2", "тепловізор", "тепловізори"),
        ("body armor", "body armour", "body armor"),
        ("ｂｏｄｙ ａｒｍｏｒ", "body armour", "ｂｏｄｙ ａｒｍｏｒ"),
    ],
)
def test_a_term_is_found_in_its_many_spellings_with_its_own_span(text: str, term: str, words: str) -> None:
    folded = fold(text)
    found = index(*TERMS).find(folded, words_of(folded))
    spans = {TERMS[match.term][0]: text[slice(*folded.span(match.start, match.end))] for match in found}
    assert spans.get(term) == words


@pytest.mark.parametrize(
    "text", ["carrier pigeon plate", "armour-plated body", "explate carriers", "жилетка", "plate, carrier bag"]
)
def test_a_term_is_not_found_inside_or_across_other_words(text: str) -> None:
    folded = fold(text)
    assert not list(index(("plate carrier", "en"), ("бронежилет", "ru")).find(folded, words_of(folded)))


def test_a_word_of_mixed_letters_goes_back_to_its_own_script() -> None:
    assert unmix(fold("бpонежилет").text) == "бронежилет"
    assert unmix("рlаtе") == "plate"


@given(st.text(max_size=60))
def test_folding_twice_changes_nothing(text: str) -> None:
    once = fold(text).text
    assert fold(once).text == once


@given(st.text(max_size=60))
def test_every_folded_span_lies_in_the_original(text: str) -> None:
    folded = fold(text)
    for start in range(len(folded.text)):
        left, right = folded.span(start, start + 1)
        assert 0 <= left <= right <= len(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("640x512 60hz", [("frequency", 60)]),
        ("дальность 1,5 км", [("length", 1500)]),
        ("850 nm laser 5mw", [("length", "850/1000000000"), ("power", "5/1000")]),
        ("2.4 ghz", [("frequency", 2400000000)]),
        ("10-12 km", [("length", 10000)]),
        ("1 500 m", [("length", 1500)]),
        ("battery 18650", []),
    ],
)
def test_quantities_are_read_with_their_units(text: str, expected: list[tuple[str, object]]) -> None:
    from fractions import Fraction

    found = [(q.dimension, q.low) for q in find_quantities(text)]
    assert found == [(dimension, Fraction(str(value))) for dimension, value in expected]


def test_a_wrong_unit_is_refused() -> None:
    with pytest.raises(ValueError, match="known unit"):
        parse_quantity("5 parsecs")


@pytest.mark.parametrize(
    "word", ["plates", "grey", "rover", "бронеплити", "жилетка", "الدروع", "çantalar", "m4", "ab", "镜", "dying"]
)
def test_stems_of_a_word_are_its_stems_in_every_group(word: str) -> None:
    assert stems(word) == tuple(stem(word, group) for group in GROUPS)


def test_an_index_finds_the_same_after_it_was_kept() -> None:
    index = TermIndex()
    for number, (text, language) in enumerate(
        [("plate", "en"), ("plate carrier", "en"), ("plate carrier vest", "en"), ("бронеплита", "ru")]
    ):
        index.add(number, text, language)
    index.freeze()
    kept = pickle.loads(pickle.dumps(index))
    for text in (
        "plate",
        "plate carriers",
        "CARRIER,PLATE",
        "carrier plate",
        "plate, carrier",
        "vest",
        "бронеплиты plate",
    ):
        folded = fold(text)
        found = index.find(folded, words_of(folded))
        assert kept.find(folded, words_of(folded)) == found
        assert {match.term for match in found} == EXPECTED[text]


EXPECTED = {
    "plate": {0}, "plate carriers": {0, 1}, "CARRIER,PLATE": {0, 1}, "carrier plate": {0}, "plate, carrier": {0}, "vest": set(),
    "бронеплиты plate": {0, 3},
}  # fmt: skip
