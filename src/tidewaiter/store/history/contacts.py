"""Addresses, phones, e-mails and accounts as keyed numbers, and how many parties share one before it ties nobody.

The cap is drawn from the history itself: what all but one contact in a thousand stay below, never less than
`LEAST_CAP` and never more than the linking pack allows (`gates.shared`).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

from tidewaiter.link import Prepared
from tidewaiter.store.history.codec import Hasher

KINDS = ("address", "phone", "email", "handle")
LEAST_CAP = 5
TAIL = 0.001
MOST_PARTIES = 60


def contact_texts(party: Prepared) -> Iterator[tuple[str, str]]:
    """Yield the contacts of a party as (kind, folded text). A street without a number is no address to share."""
    if party.address and (party.number or party.place_class):
        yield "address", f"{party.address}|{party.postcode or party.city}|{party.group[-2:]}"
    for kind in KINDS[1:]:
        value = getattr(party, kind)
        if value:
            yield kind, value


def contact_keys(party: Prepared, hasher: Hasher) -> dict[str, int]:
    """Return the keyed number of each contact of a party, by kind."""
    return {kind: hasher(f"{kind}:{text}") for kind, text in contact_texts(party)}


class ContactBook:
    """Remembers which parties stand under a contact, and how many usually do.

    Args:
        connection: an open history.
        most: the largest cap.
    """

    def __init__(self, connection: sqlite3.Connection, most: int) -> None:
        self.connection = connection
        self.most = max(most, LEAST_CAP)

    def add(self, party: int, keys: dict[str, int], at: int) -> None:
        """Remember the contacts of a new party."""
        for kind, key in keys.items():
            self.connection.execute("INSERT OR IGNORE INTO contacts VALUES(?,?,?)", (key, party, at))
            (count,) = self.connection.execute(
                "INSERT INTO terms VALUES(?, 1) ON CONFLICT(key) DO UPDATE SET n = n + 1 RETURNING n",
                (degree_key(key),),
            ).fetchone()
            if count > 1:
                self._count(kind, count - 1, -1)
            self._count(kind, count, 1)

    def remove(self, party: int) -> None:
        """Forget the contacts of a party."""
        row = self.connection.execute(
            "SELECT address, phone, email, handle FROM parties WHERE no=?", (party,)
        ).fetchone()
        for kind, key in zip(KINDS, row, strict=True):
            if key is None:
                continue
            self.connection.execute("DELETE FROM contacts WHERE key=? AND party=?", (key, party))
            (count,) = self.connection.execute(
                "UPDATE terms SET n = n - 1 WHERE key=? RETURNING n", (degree_key(key),)
            ).fetchone()
            self._count(kind, count + 1, -1)
            if count:
                self._count(kind, count, 1)

    def _count(self, kind: str, parties: int, change: int) -> None:
        self.connection.execute(
            "INSERT INTO degrees VALUES(?,?,?) ON CONFLICT(kind, parties) DO UPDATE SET contacts = contacts + excluded.contacts",
            (kind, parties, change),
        )

    def settle(self, at: int) -> None:
        """Draw the caps anew; a changed one holds from item `at` on."""
        for kind in KINDS:
            cap = self._drawn(kind)
            if cap != self.cap(kind, at):
                self.connection.execute("INSERT OR REPLACE INTO caps VALUES(?,?,?)", (kind, at, cap))

    def _drawn(self, kind: str) -> int:
        rows = self.connection.execute(
            "SELECT parties, contacts FROM degrees WHERE kind=? AND contacts > 0 ORDER BY parties DESC", (kind,)
        ).fetchall()
        allowed = TAIL * sum(count for _, count in rows)
        for parties, count in rows:
            allowed -= count
            if allowed < 0:
                return min(max(LEAST_CAP, int(parties)), self.most)
        return LEAST_CAP

    def cap(self, kind: str, at: int) -> int:
        """Return how many entities may share a contact as of an item before it ties nobody."""
        row = self.connection.execute(
            "SELECT cap FROM caps WHERE kind=? AND at<=? ORDER BY at DESC LIMIT 1", (kind, at)
        ).fetchone()
        return int(row[0]) if row is not None else LEAST_CAP

    def is_damped(self, kind: str, key: int, at: int) -> bool:
        """Return whether so many entities share a contact, as of an item, that it ties nobody by itself."""
        row = self.connection.execute("SELECT n FROM terms WHERE key=?", (degree_key(key),)).fetchone()
        if row is None or row[0] <= LEAST_CAP:
            return False
        cap = self.cap(kind, at)
        parties = self.connection.execute(
            "SELECT c.party, p.entity, p.since FROM contacts c JOIN parties p ON p.no=c.party WHERE c.key=? AND c.at<=? LIMIT ?",
            (key, at, MOST_PARTIES + 1),
        ).fetchall()
        if len(parties) > MOST_PARTIES:
            return True
        if len(parties) <= cap:
            return False
        return len({entity if since <= at else self._former(party, at) for party, entity, since in parties}) > cap

    def _former(self, party: int, at: int) -> int:
        row = self.connection.execute(
            "SELECT entity FROM moves WHERE party=? AND since<=? AND until>?", (party, at, at)
        ).fetchone()
        return int(row[0]) if row is not None else party


def degree_key(key: int) -> int:
    """Return the key under which the number of parties of a contact is counted; 63 bits, apart from the terms of names."""
    return (key * 0x9E3779B97F4A7C15 + 0x632BE59BD9B4E019) & 0x7FFFFFFFFFFFFFFF
