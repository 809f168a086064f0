"""Work out once what the comparison of a party record needs."""

from __future__ import annotations

from tidewaiter.link.contacts import email_key, handle_key, id_key, phone_key
from tidewaiter.link.dates import birth_number
from tidewaiter.link.names import split_name
from tidewaiter.link.places import Words, area_of, city_key, occupation_key, postcode_key, split_address
from tidewaiter.link.records import PERSON, PartyRecord, Prepared

_NO_WORDS = Words()


def prepare(record: PartyRecord, words: Words = _NO_WORDS) -> Prepared:
    """Return a party record ready to compare and to index.

    Args:
        record: The party as declared.
        words: Words of addresses and of rank (`Weights.words`).
    """
    name = split_name(record.name, words.noble)
    address = split_address(record.address, words)
    birth = birth_number(record.birth_date) if record.birth_date else 0
    postcode = postcode_key(record.postcode)
    country = record.country.strip().upper()
    return Prepared(
        record.id,
        # Who has a birth date is a person, whatever a word of the name looks like.
        PERSON if birth else name.kind,
        record.name,
        name.tokens,
        name.keys,
        name.generation,
        birth,
        city_key(record.city),
        postcode,
        area_of(postcode),
        address.whole,
        address.street,
        address.number,
        address.place_class,
        phone_key(record.phone, country),
        email_key(record.email),
        id_key(record.id_number),
        handle_key(record.handle),
        occupation_key(record.occupation),
        f"{name.script}:{country}",
    )


__all__ = ["prepare"]
