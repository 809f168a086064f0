"""How common words of names and other values are among the parties of a history, counted as they come."""

from __future__ import annotations

import sqlite3
from typing import Protocol

from tidewaiter.link import Frequencies, Prepared, counted_fields, counted_values
from tidewaiter.store.history.codec import Hasher

_REMEMBERED = 200_000
# Below so many parties that state a field, their own two or three make a value look common: then it counts as usual.
FEWEST = {
    "name": 1000,
    "city": 1000,
    "postcode": 1000,
    "occupation": 1000,
    "address": 20_000,
    "phone": 20_000,
    "email": 20_000,
}


def term_key(hasher: Hasher, field: str, group: str, value: str) -> int:
    """Return the key under which a value is counted; with an empty value, the parties that state the field."""
    return hasher("\x1f".join(("term", field, group, value)))


class CountsParties(Frequencies, Protocol):
    """Frequencies that grow by each party that comes."""

    def add(self, party: Prepared) -> None:
        """Count one more party."""

    def forget(self) -> None:
        """Forget what is remembered in memory."""


class StoredFrequencies:
    """Answers the comparison from the history; implements `link.Frequencies`.

    Args:
        connection: an open history.
        hasher: makes keyed numbers; the counted words themselves are not stored.
    """

    def __init__(self, connection: sqlite3.Connection, hasher: Hasher) -> None:
        self.connection = connection
        self.hash = hasher
        self._keys: dict[tuple[str, str, str], int] = {}
        self._known: dict[int, int] = {}

    def count(self, field: str, group: str, value: str) -> tuple[int, int]:
        """Return how many parties of a group state the value, and how many state the field; nothing while they are few."""
        total = self._get(self._key(field, group, ""))
        if total < FEWEST[field]:
            return 0, 0
        return self._get(self._key(field, group, value)), total

    def add(self, party: Prepared) -> None:
        """Count one more party."""
        for field, group, value in counted_values(party):
            self._raise(self._key(field, group, value))
        for field, group in counted_fields(party):
            self._raise(self._key(field, group, ""))

    def forget(self) -> None:
        """Forget what is remembered in memory, as after a transaction that was taken back."""
        self._known.clear()

    def _key(self, field: str, group: str, value: str) -> int:
        name = (field, group, value)
        known = self._keys.get(name)
        if known is None:
            if len(self._keys) >= _REMEMBERED:
                self._keys.clear()
            known = self._keys[name] = term_key(self.hash, *name)
        return known

    def _get(self, key: int) -> int:
        known = self._known.get(key)
        if known is None:
            row = self.connection.execute("SELECT n FROM terms WHERE key=?", (key,)).fetchone()
            known = int(row[0]) if row is not None else 0
            if len(self._known) >= _REMEMBERED:
                self._known.clear()
            self._known[key] = known
        return known

    def _raise(self, key: int) -> None:
        self.connection.execute("INSERT INTO terms VALUES(?, 1) ON CONFLICT(key) DO UPDATE SET n = n + 1", (key,))
        if key in self._known:
            self._known[key] += 1
