"""Invented people of many places as they stand on parcels: households, moves, transliterated, swapped and shortened names.

Names and addresses come from Faker (a development dependency) in locales of many scripts. A person has one to four records; what
changes between them is what changes on parcels: the name in Latin letters, family name first, a given name cut to its initial, one
typing error, an old address, a phone or a birth date left out. Members of a household share address, phone and family name.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from random import Random

from anyascii import anyascii

from tidewaiter.link.records import PartyRecord
from tidewaiter.model import InputError
from tidewaiter.service.linking_measures import invented_words as words

LOCALES = {
    "en_GB": "GB", "en_US": "US", "de_DE": "DE", "fr_FR": "FR", "es_ES": "ES", "it_IT": "IT", "pl_PL": "PL", "tr_TR": "TR", "pt_BR": "BR",
    "nl_NL": "NL", "cs_CZ": "CZ", "ru_RU": "RU", "uk_UA": "UA", "bg_BG": "BG", "zh_CN": "CN", "ja_JP": "JP", "ko_KR": "KR", "ar_EG": "EG",
    "el_GR": "GR", "he_IL": "IL", "th_TH": "TH", "hi_IN": "IN", "vi_VN": "VN", "id_ID": "ID",
}  # fmt: skip

# Where a plain transliteration is what people write; vowels left out of Hebrew or Thai letter by letter are nobody's spelling.
WRITTEN_IN_LATIN = frozenset(("RU", "UA", "BG", "CN", "GR", "TR", "PL", "CZ", "DE", "FR", "ES", "BR", "VN"))


@dataclass(frozen=True, slots=True)
class Setting:
    """Rates of the generator, as shares of records; `household` is the share of persons who share a home with the one before."""

    seed: int
    persons: int = 8000
    household: float = 0.25
    latin: float = 0.35
    swapped: float = 0.15
    initial: float = 0.06
    slip: float = 0.12
    moved: float = 0.12
    no_phone: float = 0.3
    no_birth: float = 0.45
    no_email: float = 0.6
    no_postcode: float = 0.1


BUILDING = Setting(seed=21)
REPORTED = Setting(seed=9104, household=0.3, latin=0.4, slip=0.15, moved=0.15, no_phone=0.35)


@dataclass(frozen=True, slots=True)
class _Home:
    street: str
    city: str
    postcode: str
    phone: str
    country: str


@dataclass(frozen=True, slots=True)
class _Person:
    given: str
    family: str
    home: _Home
    birth: str
    email: str


def clean_people(setting: Setting) -> tuple[list[PartyRecord], list[str]]:
    """Return records and the person behind each.

    Raises:
        InputError: Faker is not installed.
    """
    try:
        from faker import Faker
    except ImportError as error:
        raise InputError("Faker is not installed; `pip install faker` to invent people") from error
    random = Random(setting.seed)
    fakers = {}
    for place, locale in enumerate(LOCALES):
        fakers[locale] = Faker(locale)
        fakers[locale].seed_instance(setting.seed * 1000 + place)
    records: list[PartyRecord] = []
    truth: list[str] = []
    before: tuple[str, _Person] | None = None
    for number in range(setting.persons):
        shares = before is not None and random.random() < setting.household
        locale = before[0] if shares and before is not None else random.choice(list(LOCALES))
        person = _person(random, fakers[locale], LOCALES[locale])
        if shares and before is not None:
            person = replace(person, home=before[1].home, family=before[1].family)
        before = (locale, person)
        old = _home(random, fakers[locale], LOCALES[locale])
        for _ in range(random.choices((1, 2, 3, 4), (35, 35, 20, 10))[0]):
            records.append(_record(random, f"c{len(records)}", person, old, setting))
            truth.append(f"p{number}")
    order = list(range(len(records)))
    random.shuffle(order)
    return [records[place] for place in order], [truth[place] for place in order]


def _home(random: Random, faker: object, country: str) -> _Home:
    street = str(faker.street_address()).replace("\n", ", ")  # type: ignore[attr-defined]
    city = str(faker.city())  # type: ignore[attr-defined]
    postcode = str(faker.postcode())  # type: ignore[attr-defined]
    return _Home(street, city, postcode, str(faker.phone_number()), country)  # type: ignore[attr-defined]


def _person(random: Random, faker: object, country: str) -> _Person:
    given = str(faker.first_name())  # type: ignore[attr-defined]
    family = str(faker.last_name())  # type: ignore[attr-defined]
    birth = faker.date_of_birth(minimum_age=18, maximum_age=85).isoformat()  # type: ignore[attr-defined]
    email = str(faker.email()) if random.random() < 0.5 else str(faker.ascii_free_email())  # type: ignore[attr-defined]
    return _Person(given, family, _home(random, faker, country), birth, email)


def _record(random: Random, identity: str, person: _Person, old: _Home, setting: Setting) -> PartyRecord:
    given, family = person.given, person.family
    if person.home.country in WRITTEN_IN_LATIN and random.random() < setting.latin:
        given, family = anyascii(given), anyascii(family)
    if random.random() < setting.initial and len(given) > 1 and given.isascii():
        given = f"{given[0]}."
    if random.random() < setting.slip:
        if random.random() < 0.5:
            given = words.typo(random, given)
        else:
            family = words.typo(random, family)
    home = old if random.random() < setting.moved else person.home
    name = f"{family} {given}" if random.random() < setting.swapped else f"{given} {family}"
    return PartyRecord(
        identity,
        name,
        address=home.street,
        city=home.city,
        postcode="" if random.random() < setting.no_postcode else home.postcode,
        country=home.country,
        phone="" if random.random() < setting.no_phone else person.home.phone,
        email="" if random.random() < setting.no_email else person.email,
        birth_date="" if random.random() < setting.no_birth else person.birth,
    )
