"""A declared party as linking reads it, and the same with everything a comparison needs worked out once."""

from __future__ import annotations

from dataclasses import dataclass

PERSON, FIRM, UNKNOWN = "person", "firm", ""


@dataclass(frozen=True, slots=True)
class PartyRecord:
    """One party as declared once. Every field but `id` may be empty; nothing is guessed from an empty field.

    `birth_date` is text (`1980-07-01`, `1980-07`, `1980`, `19800701`, `01.07.1980`); `country` is the two-letter code of
    the address (it groups name frequencies and completes phone numbers, it is never compared); `city` is the place of
    the address or, in records of persons without one, of birth; `handle` a marketplace name.
    """

    id: str
    name: str = ""
    address: str = ""
    city: str = ""
    postcode: str = ""
    country: str = ""
    phone: str = ""
    email: str = ""
    birth_date: str = ""
    occupation: str = ""
    id_number: str = ""
    handle: str = ""


@dataclass(frozen=True, slots=True)
class Prepared:
    """A party record ready to compare. Built by `prepare`; empty text means that the field says nothing.

    `tokens` are the Latin words of the name without titles, `keys` their folded spellings, of at most `MOST_TOKENS`
    words. `generation` is the ordinal or suffix (`1`, `jr`). `birth` is year, month and day as one number (19800700: the
    day is not known; 0: nothing). `street` and `number` are the two halves of the address, `place_class` is `po-box`,
    `locker`, `forwarder`, `dormitory` or empty. `group` is script and country, in which names are counted.
    """

    id: str
    kind: str = UNKNOWN
    name: str = ""
    tokens: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()
    generation: str = ""
    birth: int = 0
    city: str = ""
    postcode: str = ""
    area: str = ""
    address: str = ""
    street: str = ""
    number: str = ""
    place_class: str = ""
    phone: str = ""
    email: str = ""
    id_number: str = ""
    handle: str = ""
    occupation: str = ""
    group: str = ""


MOST_TOKENS = 6
