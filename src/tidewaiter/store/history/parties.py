"""Declared parties of a history: each distinct one once, ready to compare, with keyed numbers of its name and contacts."""

from __future__ import annotations

import sqlite3
from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import fields
from operator import attrgetter
from typing import Any, get_type_hints

import msgspec

from tidewaiter.link import PartyRecord, Prepared, Weights, prepare
from tidewaiter.model import Party
from tidewaiter.store.history.codec import Hasher
from tidewaiter.store.history.contacts import contact_keys

_REMEMBERED = 50_000
_FIELDS = tuple(f.name for f in fields(Prepared))
_HINTS = get_type_hints(Prepared)
_values = attrgetter(*_FIELDS[1:])
_encode = msgspec.msgpack.Encoder().encode
_decode: Any = msgspec.msgpack.Decoder(tuple[tuple(_HINTS[name] for name in _FIELDS[1:])]).decode  # type: ignore[misc]


def record_id(number: int) -> str:
    """Return the number of a party as linking sees it: text that sorts as the numbers do."""
    return f"{number:012d}"


def prepared_party(party: Party, words: Weights) -> Prepared:
    """Return a declared party ready to compare, without an id."""
    return prepare(
        PartyRecord(
            "",
            party.name,
            party.address,
            party.city,
            party.postcode,
            party.country,
            party.phone,
            party.email,
            party.birth_date,
            "",
            party.id_number,
            party.handle,
        ),
        words.words,
    )


class PartyBook:
    """Keeps each distinct declared party under one number.

    Args:
        connection: an open history.
        hasher: makes keyed numbers.
    """

    def __init__(self, connection: sqlite3.Connection, hasher: Hasher) -> None:
        self.connection = connection
        self.hash = hasher
        self._known: OrderedDict[int, Prepared] = OrderedDict()

    def find(self, text: str) -> int | None:
        """Return the number of a declared party met before, by its fields as JSON text."""
        for number, declared, pseudonym in self.connection.execute(
            "SELECT no, declared, pseudonym FROM parties WHERE digest=?", (self.hash(text),)
        ):
            if pseudonym or declared == text:
                return int(number)
        return None

    def seen(self, number: int, posted: int) -> None:
        """Remember that a party stood on an item posted then."""
        self.connection.execute(
            "UPDATE parties SET first=min(first, ?1), last=max(last, ?1) WHERE no=?2 AND (first > ?1 OR last < ?1)",
            (posted, number),
        )

    def insert(
        self, party: Party, text: str, prepared: Prepared, at: int, posted: int, weak: bool
    ) -> tuple[int, dict[str, int]]:
        """Store a new party as an entity of its own; return its number and its contacts."""
        keys = contact_keys(prepared, self.hash)
        name = self.hash("name:" + " ".join(sorted(prepared.keys))) if prepared.keys else None
        (last,) = self.connection.execute("SELECT coalesce(max(no), 0) FROM parties").fetchone()
        sequence = self.connection.execute("SELECT seq FROM sqlite_sequence WHERE name='parties'").fetchone()
        number = 1 + max(last, sequence[0] if sequence is not None else 0)
        self.connection.execute(
            "INSERT INTO parties(no, digest, declared, prepared, country, name, address, phone, email, handle, address_class, weak,"
            " first, last, entity, since) VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
            (number, self.hash(text), text, encode_prepared(prepared), party.country, name, keys.get("address"), keys.get("phone"),
             keys.get("email"), keys.get("handle"), prepared.place_class, weak, posted, posted, number, at),
        )  # fmt: skip
        return number, keys

    def prepared(self, numbers: Iterable[int]) -> dict[int, Prepared]:
        """Return parties ready to compare; those made pseudonymous are left out."""
        wanted = list(dict.fromkeys(numbers))
        found = {number: self._known[number] for number in wanted if number in self._known}
        missing = [number for number in wanted if number not in found]
        for start in range(0, len(missing), 500):
            some = missing[start : start + 500]
            marks = ",".join("?" * len(some))
            for number, blob in self.connection.execute(
                f"SELECT no, prepared FROM parties WHERE no IN ({marks}) AND prepared IS NOT NULL", some
            ):
                found[number] = self._known[number] = decode_prepared(number, blob)
        while len(self._known) > _REMEMBERED:
            self._known.popitem(last=False)
        return found

    def forget(self) -> None:
        """Forget what is remembered in memory, as after a transaction that was taken back."""
        self._known.clear()


def encode_prepared(party: Prepared) -> bytes:
    """Return a prepared party as it is stored."""
    return _encode(_values(party))


def decode_prepared(number: int, blob: bytes) -> Prepared:
    """Return a stored prepared party."""
    return Prepared(record_id(number), *_decode(blob))
