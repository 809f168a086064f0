"""Counts and money are the same numbers in every way of writing them."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.claims.readers_who import found_in

THOUSANDS = [("en", "They took 1,500 rounds away."), ("ru", "Изъято 1 500 патронов."), ("uk", "Вилучено 1 500 набоїв."), ("de", "Es waren 1.500 Patronen dabei."),
             ("fr", "On a saisi 1 500 cartouches."), ("it", "Trovate 1.500 cartucce nere."), ("es", "Hallaron 1.500 cartuchos nuevos.")]  # fmt: skip
WORDS = [("en", "twenty-four plates"), ("ru", "двадцать четыре плиты"), ("uk", "двадцять чотири плити"), ("de", "vierundzwanzig Platten"),
         ("fr", "vingt-quatre plaques"), ("it", "ventiquattro piastre"), ("es", "veinticuatro placas")]  # fmt: skip
MILLIONS = [("en", "worth 2.5 million euros"), ("ru", "на 2,5 млн евро"), ("uk", "на 2,5 млн євро"), ("de", "für 2,5 Mio. Euro"),
            ("fr", "pour 2,5 millions d'euros"), ("it", "per 2,5 milioni di euro"), ("es", "por 2,5 millones de euros")]  # fmt: skip
MORE = [("en", "more than 300 parcels"), ("ru", "более 300 посылок"), ("uk", "понад 300 посилок"), ("de", "mehr als 300 Pakete"), ("fr", "plus de 300 colis"),
        ("it", "oltre 300 pacchi"), ("es", "más de 300 paquetes")]  # fmt: skip


@pytest.mark.parametrize(("language", "text"), THOUSANDS)
def test_marks_of_thousands_follow_the_language(language: str, text: str) -> None:
    (count,) = found_in(text, language).counts
    assert (count.value, count.unit) == (Decimal(1500), "piece")
    assert text[count.start : count.end] == count.text


@pytest.mark.parametrize(("language", "text"), WORDS)
def test_numbers_in_words_are_numbers(language: str, text: str) -> None:
    assert [count.value for count in found_in(text, language).counts] == [Decimal(24)]


@pytest.mark.parametrize(("language", "text"), MILLIONS)
def test_magnitudes_belong_to_the_sum(language: str, text: str) -> None:
    found = found_in(text, language)
    assert [(money.value, money.unit) for money in found.money] == [(Decimal(2_500_000), "EUR")]
    assert found.counts == ()


@pytest.mark.parametrize(("language", "text"), MORE)
def test_a_bound_is_rough(language: str, text: str) -> None:
    (count,) = found_in(text, language).counts
    assert (count.value, count.unit, count.about) == (Decimal(300), "parcel", True)


@pytest.mark.parametrize(
    ("language", "text", "value", "upper", "unit"),
    [
        ("en", "between 10 and 20 boxes", 10, 20, "box"),
        ("ru", "10-12 коробок", 10, 12, "box"),
        ("en", "a dozen plates", 12, None, "piece"),
        ("ru", "пара шлемов", 2, None, "piece"),
        ("ru", "сотни посылок", 200, None, "parcel"),
        ("de", "2,5 kg Pulver", Decimal("2.5"), None, "kg"),
        ("ru", "двух человек задержали", 2, None, "person"),
    ],
)
def test_ranges_and_vague_counts(language: str, text: str, value: int, upper: int | None, unit: str) -> None:
    (count,) = found_in(text, language).counts
    assert (count.value, count.upper, count.unit) == (value, upper, unit)


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("It cost $2.5 million.", 2_500_000, "USD"),
        ("2 to 3 million euros", 2_000_000, "EUR"),
        ("paid €45k", 45_000, "EUR"),
    ],
)
def test_signs_and_ranges_of_money(text: str, value: int, unit: str) -> None:
    (money,) = found_in(text, "en").money
    assert (money.value, money.unit) == (value, unit)


@pytest.mark.parametrize("text", ["The AK-74 was old.", "a 27-year-old man", "on 17 April 2025"])
def test_designators_ages_and_dates_count_nothing(text: str) -> None:
    assert found_in(text, "en").counts == ()
