"""Dates keep the precision of their words, and the same date is the same in every language."""

from __future__ import annotations

from datetime import date

import pytest

from tests.claims.readers_who import found_in

DAY = [
    ("en", "It was found on 17 April 2025."), ("en", "It was found on April 17, 2025."), ("ru", "Найдено 17 апреля 2025 года."),
    ("uk", "Знайдено 17 квітня 2025 року."), ("de", "Am 17. April 2025 gefunden."), ("fr", "Trouvé le 17 avril 2025."),
    ("it", "Trovato il 17 aprile 2025."), ("es", "Hallado el 17 de abril de 2025."), ("ru", "Найдено 17.04.2025."), ("de", "Am 17.04.2025 gefunden."),
]  # fmt: skip
MID = [
    ("en", "It left in mid-April."), ("ru", "Отправлено в середине апреля."), ("uk", "Відправлено у середині квітня."), ("de", "Mitte April verschickt."),
    ("fr", "Envoyé à la mi-avril."), ("it", "Spedito a metà aprile."), ("es", "Enviado a mediados de abril."),
]  # fmt: skip
YESTERDAY = [("en", "He left yesterday."), ("ru", "Он уехал вчера."), ("uk", "Він поїхав учора."), ("de", "Er reiste gestern ab."),
             ("fr", "Il est parti hier."), ("it", "È partito ieri."), ("es", "Se marchó ayer.")]  # fmt: skip
LAST_WEEK = [("en", "It came last week."), ("ru", "На прошлой неделе пришло."), ("uk", "Минулого тижня прийшло."), ("de", "Es kam vergangene Woche."),
             ("fr", "Arrivé la semaine dernière."), ("it", "Arrivato la settimana scorsa."), ("es", "Llegó la semana pasada.")]  # fmt: skip
LAST_TUESDAY = [("en", "It came last Tuesday."), ("ru", "В прошлый вторник пришло."), ("de", "Es kam am vergangenen Dienstag."),
                ("fr", "Arrivé mardi dernier."), ("it", "Arrivato martedì scorso."), ("es", "Llegó el pasado martes.")]  # fmt: skip
MONTH = [("en", "Sent in March 2024."), ("ru", "Отправлено в марте 2024 года."), ("uk", "Надіслано у березні 2024 року."), ("de", "Im März 2024 verschickt."),
         ("fr", "Envoyé en mars 2024."), ("it", "Spedito nel marzo 2024."), ("es", "Enviado en marzo de 2024.")]  # fmt: skip


@pytest.mark.parametrize(("language", "text"), DAY)
def test_a_day_is_the_same_day_in_every_language(language: str, text: str) -> None:
    (stamp,) = found_in(text, language).stamps
    assert (stamp.first, stamp.last, stamp.precision) == (date(2025, 4, 17), date(2025, 4, 17), "day")
    assert stamp.start is not None
    assert text[stamp.start : stamp.end] == stamp.text


@pytest.mark.parametrize(("language", "text"), MID)
def test_the_middle_of_a_month_is_a_part_of_it_with_an_assumed_year(language: str, text: str) -> None:
    found = found_in(text, language)
    (stamp,) = found.stamps
    assert (stamp.first, stamp.last, stamp.precision) == (date(2025, 4, 11), date(2025, 4, 20), "part-of-month")
    assert stamp.start in found.assumed_years


@pytest.mark.parametrize(("language", "text"), YESTERDAY)
def test_yesterday_is_the_day_before_publication(language: str, text: str) -> None:
    assert found_in(text, language).stamps[0].first == date(2025, 4, 20)


@pytest.mark.parametrize(("language", "text"), LAST_WEEK)
def test_last_week_is_seven_days(language: str, text: str) -> None:
    (stamp,) = found_in(text, language).stamps
    assert (stamp.first, stamp.last) == (date(2025, 4, 14), date(2025, 4, 20))


@pytest.mark.parametrize(("language", "text"), LAST_TUESDAY)
def test_last_tuesday_is_the_tuesday_before(language: str, text: str) -> None:
    assert found_in(text, language).stamps[0].first == date(2025, 4, 15)


@pytest.mark.parametrize(("language", "text"), MONTH)
def test_a_month_stays_a_month(language: str, text: str) -> None:
    (stamp,) = found_in(text, language).stamps
    assert (stamp.first, stamp.last, stamp.precision) == (date(2024, 3, 1), date(2024, 3, 31), "month")


def test_a_date_without_a_year_takes_the_nearest_before_publication() -> None:
    found = found_in("He was held on 3 December.", "en")
    assert found.stamps[0].first == date(2024, 12, 3)
    assert found.assumed_years


@pytest.mark.parametrize("text", ["He was held on 3 December.", "He was held yesterday.", "He was held in April."])
def test_without_a_date_of_publication_the_year_stays_unknown(text: str) -> None:
    (stamp,) = found_in(text, "en", None).stamps
    assert (stamp.first, stamp.last, stamp.precision) == (None, None, "unknown")
    assert stamp.text


def test_may_and_march_are_words_too() -> None:
    assert found_in("He may march to the border.", "en").stamps == ()
