"""Invented records of persons of the past that are hard to link: about ten noisy records of each, and families around them.

Names have a heavy tail; fathers, sons and brothers share surname and place, sons often the given name too; ranks come and
go (`Sir`, `1st Baron X of Y`); half of the dates of birth are known to the year and stand as 1 January; postcodes are those
of a neighbourhood; fields are missing and wrong more often the later a record is. The rates are those that public
descriptions of such sets state (records a person, fields missing, kinds of slip), and a `Setting` holds them: one setting
is for building, another one with other rates and words for what is reported.
"""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from tidewaiter.link.records import PartyRecord
from tidewaiter.service.linking_measures import invented_words as words
from tidewaiter.text.names_nicknames import nickname_of


@dataclass(frozen=True, slots=True)
class Setting:
    """Rates of the generator. `records` is the mean number of records a person; rates are shares of records."""

    seed: int
    persons: int = 5000
    records: float = 9.8
    surname_count: int = 3500
    place_count: int = 700
    noble: float = 0.22
    titled: float = 0.3
    family: float = 0.45
    year_only: float = 0.45
    no_birth: float = 0.23
    no_postcode: float = 0.23
    no_city: float = 0.14
    no_calling: float = 0.5
    no_surname: float = 0.07
    no_given: float = 0.05
    first_error: float = 0.05
    last_error: float = 0.6
    birth_error: float = 0.3
    middle: float = 0.35


BUILDING = Setting(seed=11)
REPORTED = Setting(
    seed=7301, surname_count=4200, place_count=900, noble=0.18, titled=0.25, family=0.5, year_only=0.38, no_birth=0.25,
    no_postcode=0.26, no_city=0.16, no_calling=0.45, no_surname=0.09, first_error=0.08, last_error=0.55, birth_error=0.34,
    middle=0.4,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Person:
    """The truth behind the records of one person."""

    given: str
    middle: tuple[str, ...]
    surname: str
    title: str
    seat: str
    rank: int
    year: int
    month: int
    day: int
    place: str
    postcodes: tuple[str, ...]
    callings: tuple[str, ...]


def hard_people(setting: Setting) -> tuple[list[PartyRecord], list[str]]:
    """Return records and, for each, the person it is of; the order is shuffled."""
    random = Random(setting.seed)
    everyone = _persons(random, setting)
    rows: list[tuple[PartyRecord, str]] = []
    for number, person in enumerate(everyone):
        count = max(1, min(40, round(random.gammavariate(3.2, setting.records / 3.2))))
        aliases = _aliases(random, person)
        for place in range(count):
            rate = setting.first_error + (setting.last_error - setting.first_error) * place / max(count - 1, 8)
            rows.append((_record(random, person, aliases, rate, setting), f"p{number}"))
    random.shuffle(rows)
    records = [_numbered(record, place) for place, (record, _) in enumerate(rows)]
    return records, [person for _, person in rows]


def _numbered(record: PartyRecord, place: int) -> PartyRecord:
    return PartyRecord(
        f"r{place}",
        record.name,
        city=record.city,
        postcode=record.postcode,
        birth_date=record.birth_date,
        occupation=record.occupation,
    )


def _persons(random: Random, setting: Setting) -> list[Person]:
    surnames, places = words.surnames(random, setting.surname_count), words.places(random, setting.place_count)
    outward = {place: f"{chr(65 + n % 23)}{chr(65 + n * 7 % 23)}{1 + n * 13 % 29}" for n, place in enumerate(places)}
    found: list[Person] = []
    while len(found) < setting.persons:
        surname, place = words.zipf(random, surnames), words.zipf(random, places)
        year = int(1580 + 360 * random.random() ** 0.6)
        head = _person(random, setting, surname, place, outward[place], year, "")
        found.append(head)
        if random.random() < setting.family:
            for _ in range(random.randint(1, 4)):
                is_child = random.random() < 0.6
                later = year + (random.randint(19, 42) if is_child else random.randint(-12, 14))
                given = head.given if is_child and random.random() < 0.35 else ""
                where = place if random.random() < 0.75 else words.zipf(random, places)
                kin = _person(random, setting, surname, where, outward[where], later, given)
                if head.title and is_child and given:
                    kin = _heir(kin, head)
                found.append(kin)
    return found[: setting.persons]


def _heir(kin: Person, head: Person) -> Person:
    return Person(
        kin.given, kin.middle, kin.surname, head.title, head.seat, head.rank + 1, kin.year, kin.month, kin.day, kin.place,
        kin.postcodes, kin.callings,
    )  # fmt: skip


def _person(random: Random, setting: Setting, surname: str, place: str, outward: str, year: int, given: str) -> Person:
    names = words.MEN if random.random() < 0.82 else words.WOMEN
    title = ""
    if random.random() < setting.noble:
        title = random.choice(
            (
                "baronet",
                "baronet",
                "baron",
                "earl",
                "viscount",
                "sir",
                "sir",
                "sir",
                "lord",
                "dame" if names is words.WOMEN else "sir",
            )
        )
    is_year = random.random() < setting.year_only
    return Person(
        given or words.zipf(random, names),
        tuple(
            words.zipf(random, names) if random.random() < 0.7 else words.zipf(random, words.surnames(Random(1), 400))
            for _ in range(random.choice((1, 1, 2)))
        )
        if random.random() < setting.middle
        else (),
        surname,
        title,
        place.split()[0] if random.random() < 0.5 else surname,
        random.randint(1, 6),
        year,
        1 if is_year else random.randint(1, 12),
        1 if is_year else random.randint(1, 28),
        place,
        tuple(words.postcode(random, outward) for _ in range(random.choice((1, 2, 2, 3)))),
        tuple(words.zipf(random, words.CALLINGS) for _ in range(random.choice((1, 1, 2)))),
    )


def _aliases(random: Random, person: Person) -> list[str]:
    """Return the names the person is known by, the usual one first."""
    usual = (
        " ".join((person.given, *person.middle, person.surname))
        if random.random() < 0.4
        else f"{person.given} {person.surname}"
    )
    found = [usual, f"{person.given} {person.surname}"]
    if person.middle:
        found.append(" ".join((person.given, *(name[0] for name in person.middle), person.surname)))
        found.append(f"{person.given[0]} {person.middle[0]} {person.surname}")
    ordinal = f"{person.rank}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(person.rank, 'th') }"
    if person.title in ("baronet",):
        found += [f"sir {person.given} {person.surname}, {ordinal} baronet", f"sir {person.given} {person.surname}"]
    elif person.title in ("sir", "dame", "lord"):
        found += [f"{person.title} {usual}", f"{person.title} {person.given} {person.surname}"]
    elif person.title:
        found += [
            f"{person.given} {person.surname}, {ordinal} {person.title} {person.seat}",
            f"{person.given} {person.surname}, {ordinal} {person.title} {person.surname} of {person.seat}",
            f"{ordinal} {person.title} {person.seat}",
            f"{person.given}, {ordinal} {person.title} of {person.seat}",
            f"lord {person.seat}",
        ]
    if random.random() < 0.15:
        found.append(f"{person.given} of {person.place.split()[0]}")
    return found


def _record(random: Random, person: Person, aliases: list[str], rate: float, setting: Setting) -> PartyRecord:
    return PartyRecord(
        "",
        _name(random, aliases, rate, setting),
        city=_city(random, person, rate) if random.random() > setting.no_city else "",
        postcode=_postcode(random, person, rate) if random.random() > setting.no_postcode else "",
        birth_date=_birth(random, person, rate, setting) if random.random() > setting.no_birth else "",
        occupation=random.choice(person.callings) if random.random() > setting.no_calling else "",
    )


def _name(random: Random, aliases: list[str], rate: float, setting: Setting) -> str:
    name = aliases[0]
    if random.random() < rate + 0.1:
        name = random.choice(aliases)
    parts = name.split()
    if random.random() < rate * 0.6:
        parts = [_other_form(random, part) for part in parts]
    if random.random() < rate * 0.35:
        place = random.randrange(len(parts))
        parts[place] = words.typo(random, parts[place])
    if len(parts) > 1 and random.random() < setting.no_surname * (0.4 + rate):
        parts = parts[:-1]
    if len(parts) > 1 and random.random() < setting.no_given * (0.4 + rate):
        parts = parts[1:]
    if len(parts) > 2 and random.random() < rate * 0.4:
        del parts[random.randrange(1, len(parts) - 1)]
    return " ".join(parts)


def _other_form(random: Random, part: str) -> str:
    """Return a short form of a given name, or a neighbouring spelling of a surname, where there is one."""
    others = sorted(name for name in nickname_of(part) if name.isalpha() and len(name) < len(part) + 3)
    if others:
        return random.choice(others)
    for old, new in (
        ("ley", "leigh"),
        ("ford", "forde"),
        ("son", "sen"),
        ("y", "ie"),
        ("ph", "f"),
        ("ck", "k"),
        ("ton", "tone"),
    ):
        if part.endswith(old) and random.random() < 0.4:
            return part[: -len(old)] + new
    return part


def _city(random: Random, person: Person, rate: float) -> str:
    if random.random() < rate * 0.25:
        return random.choice(("london", "england", person.seat, person.place.split()[-1]))
    return words.typo(random, person.place) if random.random() < rate * 0.15 else person.place


def _postcode(random: Random, person: Person, rate: float) -> str:
    code = person.postcodes[0] if random.random() < 0.6 else random.choice(person.postcodes)
    if random.random() < rate * 0.35:
        code = words.postcode(random, code.split()[0])
    return words.typo(random, code).upper() if random.random() < rate * 0.1 else code


def _birth(random: Random, person: Person, rate: float, setting: Setting) -> str:
    year, month, day = person.year, person.month, person.day
    if random.random() < setting.birth_error * (0.4 + rate):
        kind = random.random()
        if kind < 0.35:
            month = day = 1
        elif kind < 0.5:
            day = min(28, max(1, day + random.randint(-9, 9)))
        elif kind < 0.62:
            month, day = (day, month) if day < 13 else (random.randint(1, 12), day)
        elif kind < 0.8:
            year += random.choice((-10, -5, -2, -1, 1, 1, 2, 3, 10))
        else:
            digits = f"{year:04d}{month:02d}{day:02d}"
            place = random.randrange(2, 8)
            digits = digits[:place] + str(random.randint(0, 9)) + digits[place + 1 :]
            return f"{digits[:4]}-{digits[4:6]}-{digits[6:]}"
    return f"{year:04d}-{month:02d}-{day:02d}"
