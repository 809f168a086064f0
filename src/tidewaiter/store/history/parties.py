"""Declared parties of a history: each distinct one once, with keyed numbers of its name and contacts.

`PartyBook` only remembers; who is one with whom is said by `Linking`, which stands on it.
"""

from __future__ import annotations

import sqlite3

from tidewaiter.model import Party
from tidewaiter.store.history.codec import Hasher
from tidewaiter.store.history.schema import secret_of

_REMEMBERED = 20_000


class PartyBook:
    """Gives each distinct declared party one number.

    Args:
        connection: an open history.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection
        self.hash = Hasher(secret_of(connection))

    def find(self, text: str) -> int | None:
        """Return the number of a declared party met before, by its fields as JSON text."""
        digest = self.hash(text)
        for number, declared, pseudonym in self.connection.execute(
            "SELECT no, declared, pseudonym FROM parties WHERE digest=?", (digest,)
        ):
            if pseudonym or declared == text:
                return int(number)
        return None

    def resolve(self, party: Party, text: str, at: int, posted: int) -> int:
        """Return the number of a declared party; a new one is an entity of its own."""
        number = self.find(text)
        if number is not None:
            self.connection.execute(
                "UPDATE parties SET first=min(first, ?1), last=max(last, ?1) WHERE no=?2 AND (first > ?1 OR last < ?1)",
                (posted, number),
            )
            return number
        cursor = self.connection.execute(
            "INSERT INTO parties(digest, declared, country, first, last, entity, since) VALUES(?,?,?,?,?,0,?)",
            (self.hash(text), text, party.country, posted, posted, at),
        )
        assert cursor.lastrowid is not None
        self.connection.execute("UPDATE parties SET entity=no WHERE no=?", (cursor.lastrowid,))
        return cursor.lastrowid
