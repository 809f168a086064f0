"""Persons, bodies, outlets and places are found in seven languages; nationality is neither name nor head."""

from __future__ import annotations

import itertools

import pytest

from tests.claims.readers_who import found_in
from tidewaiter.claims.mentions.find import Names

AGED = [
    ("en", "A 27-year-old Chinese student was held.", "student", 27), ("ru", "Задержан 27-летний китайский студент.", "студент", 27),
    ("uk", "Затримано 23-річного чоловіка.", "чоловіка", 23), ("de", "Ein 31-jähriger Mann wurde gefasst.", "mann", 31),
    ("fr", "Un étudiant chinois de 27 ans a été retenu.", "étudiant", 27), ("it", "Un uomo di 33 anni è stato fermato.", "uomo", 33),
    ("es", "Un hombre de 29 años fue detenido.", "hombre", 29), ("de", "Der 31-Jährige schwieg.", "", 31),
]  # fmt: skip
NAMED = [
    ("en", "They held Ruslan Shapiev yesterday.", "Ruslan Shapiev"), ("en", "They held Li W., 34, yesterday.", "Li W."), ("de", "Stefan K. wurde angeklagt.", "Stefan K."),
    ("ru", "Осуждён Иван Петрович Сидоров.", "Иван Петрович Сидоров"), ("ru", "Гражданин К. отправил посылку.", "К."), ("uk", "Затримали Олену Коваль.", "Олену Коваль"),
    ("fr", "Jean-Pierre de Villiers a payé.", "Jean-Pierre de Villiers"), ("it", "Marco Rossi ha pagato.", "Marco Rossi"), ("es", "Juan García pagó.", "Juan García"),
]  # fmt: skip
BODIES = [
    ("en", "Customs officers opened it.", "customs"), ("en", "The FSB opened it.", "fsb"), ("ru", "Сотрудники ФСБ вскрыли её.", "fsb"), ("ru", "Таможенниками вскрыта.", "customs"),
    ("uk", "Працівники СБУ відкрили.", "sbu"), ("de", "Zollfahnder öffneten es.", "customs"), ("fr", "Les douaniers l'ont ouvert.", "customs"),
    ("it", "La Guardia di Finanza lo ha aperto.", "guardia-di-finanza"), ("es", "La Guardia Civil lo abrió.", "guardia-civil"), ("en", "HMRC opened it.", "hmrc"),
]  # fmt: skip
PLACES = [
    ("en", "flown from Russia to Hong Kong via the UAE", ["RU", "HK", "AE"]), ("ru", "из России в Китай через Киргизию", ["RU", "CN", "KG"]),
    ("uk", "з Росії до Китаю через Львів", ["RU", "CN", "UA"]), ("de", "in die Türkei und auf die Krim", ["TR", "UA"]), ("fr", "au Canada, en Chine et aux États-Unis", ["CA", "CN", "US"]),
    ("it", "alla Cina dall'Italia", ["CN", "IT"]), ("es", "a China desde Rusia", ["CN", "RU"]), ("ru", "в Санкт-Петербурге и Ростовской области", ["RU", "RU"]),
    ("uk", "у Харкові та Львові", ["UA", "UA"]),
]  # fmt: skip
OUTLETS = [
    ("en", "Izvestia printed it.", "izvestia"), ("ru", "Написали «Известия».", "izvestia"), ("ru", "Корреспондент ТАСС был там.", "tass"), ("uk", "Джерело Укрінформу мовчить.", "ukrinform"),
    ("de", "Die Süddeutsche Zeitung druckte es.", "sueddeutsche"), ("fr", "L'AFP l'a vu.", "afp"), ("it", "L'ANSA lo ha visto.", "ansa"), ("es", "EFE lo vio.", "efe"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "head", "age"), AGED)
def test_a_person_with_an_age_has_head_and_age(language: str, text: str, head: str, age: int) -> None:
    mention = next(one for one in found_in(text, language).mentions if one.kind == "person")
    assert (mention.head, mention.age, mention.name) == (head, age, "")
    assert text[mention.start : mention.end] == mention.text


@pytest.mark.parametrize(("language", "text", "name"), NAMED)
def test_names_are_found(language: str, text: str, name: str) -> None:
    assert name in [one.name for one in found_in(text, language).mentions if one.kind == "person"]


@pytest.mark.parametrize(("language", "text", "key"), BODIES)
def test_bodies_have_a_key_in_every_form(language: str, text: str, key: str) -> None:
    assert key in [spot.key for spot in found_in(text, language).spots if spot.mention.kind == "authority"]


@pytest.mark.parametrize(("language", "text", "countries"), PLACES)
def test_places_are_found_in_inflected_forms(language: str, text: str, countries: list[str]) -> None:
    found = found_in(text, language).places
    assert [place.country for place in found] == countries
    assert all(text[place.start : place.end] == place.text for place in found)


@pytest.mark.parametrize(("language", "text", "key"), OUTLETS)
def test_outlets_are_known_by_their_aliases(language: str, text: str, key: str) -> None:
    assert key in [spot.key for spot in found_in(text, language).spots if spot.sort == "outlet"]


def test_several_persons_are_people_with_a_head_and_no_name() -> None:
    (mention,) = found_in("Two Chinese nationals left.", "en").mentions
    assert (mention.kind, mention.head, mention.name) == ("people", "nationals", "")


def test_a_capital_that_speaks_is_a_government_and_no_place() -> None:
    found = found_in("Moscow officially denies it.", "en")
    assert found.places == ()
    assert [(spot.sort, spot.key) for spot in found.spots][:1] == [("government", "government-ru")]


def test_a_capital_that_does_not_speak_is_a_place() -> None:
    assert [place.name for place in found_in("He lived in Moscow.", "en").places] == ["Moscow"]


def test_an_outlet_named_like_a_word_needs_a_sign() -> None:
    assert all(spot.sort != "outlet" for spot in found_in("Das Bild zeigt Westen.", "de").spots)
    assert [spot.key for spot in found_in("Laut Bild war es so.", "de").spots] == ["bild"]


def test_a_surname_alone_takes_up_the_full_name() -> None:
    names = Names()
    first = found_in("They held Ruslan Shapiev.", "en", names=names).mentions[0]
    again = found_in("Yesterday Shapiev left.", "en", names=names).mentions[0]
    assert again.refers_to == first.start


def test_a_surname_of_two_persons_takes_up_nobody() -> None:
    names = Names()
    found_in("They held Ruslan Shapiev.", "en", names=names)
    found_in("They held Anton Shapiev.", "en", names=names)
    assert all(one.refers_to is None for one in found_in("Yesterday Shapiev left.", "en", names=names).mentions)


def test_mentions_of_a_kind_do_not_overlap_and_do_not_change() -> None:
    text = "The spokesman of the FSB Ivan Petrov told TASS on 17 April that two Chinese students, 27, sent 12 plates from Moscow to China."
    found = found_in(text, "en")
    for kind in (found.mentions, found.places, found.counts):
        spans = [(one.start or 0, one.end or 0) for one in kind]
        assert all(left[1] <= right[0] for left, right in itertools.pairwise(spans))
    assert found == found_in(text, "en")
