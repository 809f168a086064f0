"""Look up what a history says of one item as of when it came: five look-ups, each by an index.

The same parties as sender or receiver, the same address, the same phone, e-mail or account, and the same unusual goods to
the same place. An item sees what was recorded before it and posted no later; so the answer for an item that is already in
the history is what it was when the item came, however much came since. (Decisions count from their own date.)
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass, field

from tidewaiter.link import Weights
from tidewaiter.model.history import HistoryLink, HistoryView
from tidewaiter.store.history.codec import instant
from tidewaiter.store.history.contacts import KINDS, ContactBook
from tidewaiter.store.history.entities import Entities, entity_name
from tidewaiter.store.history.prior import ITEM_COLUMNS, Row, prior_items
from tidewaiter.store.history.reasons import Reasons, Tie

NEWEST = 25  # earlier items of one party in one role that a look-up returns
SHOWN = 50  # links that a view holds
_COUNTED = 1000  # beyond so many earlier items of one party they are not counted
_ROLES = ("consignor", "consignee")
_STANDING = "i.no<?2 AND i.posted<=?3 AND (i.until IS NULL OR i.until>?2)"
_OF_PARTY = {
    role: f"SELECT {ITEM_COLUMNS} FROM items i WHERE i.{role}=?1 AND {_STANDING} ORDER BY i.posted DESC, i.no DESC LIMIT {NEWEST}"
    for role in _ROLES
}
_COUNT = {
    role: f"SELECT count(*) FROM (SELECT 1 FROM items i WHERE i.{role}=?1 AND {_STANDING} LIMIT {_COUNTED})"
    for role in _ROLES
}
_OF_GOODS = (
    f"SELECT {ITEM_COLUMNS} FROM sightings s JOIN items i ON i.no=s.item WHERE s.goods=?1 AND s.place=?4 AND s.item<?2"
    f" AND {_STANDING} ORDER BY s.item DESC LIMIT {NEWEST}"
)

# What a tie rests on: ("party", this party, the other), ("contact", kind, role) or ("goods", name, items before).
Ground = tuple[str, int | str, int | str]


@dataclass
class LookUp:
    """What the five look-ups returned for one item: rows by number, each with `via` and the ground of its first tie.

    Ties by the parties come first, then contacts, then goods: an item is told once, by the first.
    """

    at: int
    posted: int
    shift: int
    parties: tuple[int | None, ...]
    entities: tuple[int | None, ...]
    rows: dict[int, Row] = field(default_factory=dict)
    ties: dict[int, tuple[str, Ground]] = field(default_factory=dict)
    more: int = 0
    damped: list[str] = field(default_factory=list)

    def add(self, rows: list[Row], via: str, ground: Ground) -> None:
        """Take the rows of one look-up that no earlier one returned."""
        for row in rows:
            if row[0] not in self.ties:
                self.rows[row[0]] = row
                self.ties[row[0]] = (via, ground)


class HistoryReader:
    """Looks up views. It only reads, and sees what the writer of the same connection has not committed yet.

    Args:
        connection: an open history.
        weights: of the linking pack, for the points of a shared contact.
    """

    def __init__(self, connection: sqlite3.Connection, weights: Weights) -> None:
        self.connection = connection
        self.weights = weights
        self.entities = Entities(connection)
        self.contacts = ContactBook(connection, weights.gates.shared)
        self.reasons = Reasons(connection, weights)

    def view(self, number: int) -> HistoryView:
        """Return what the history says of one of its items, as of when it came."""
        found = self.look_up(number)
        newest = sorted(found.rows, key=lambda no: (found.rows[no][2], no), reverse=True)[:SHOWN]
        rows = [Row(*found.rows[no]) for no in newest]
        items = prior_items(self.connection, rows, self.entities, found.at, found.posted)
        known: dict[Ground, Tie] = {}
        links = []
        for no in newest:
            via, ground = found.ties[no]
            tie = known.get(ground)
            if tie is None:
                tie = known[ground] = self._tie(ground, found.at)
            links.append(HistoryLink(items[no], via, *tie))
        return HistoryView(
            instant(found.posted, found.shift),
            tuple(links),
            len(found.rows) + found.more,
            entity_name(found.entities[0]),
            entity_name(found.entities[1]),
            tuple(found.damped),
        )

    def _tie(self, ground: Ground, at: int) -> Tie:
        kind, one, other = ground
        if kind == "party":
            return self.reasons.between(int(one), int(other), at)
        if kind == "contact":
            return self.reasons.contact(str(one), str(other))
        return self.reasons.goods(str(one), int(other), at)

    def look_up(self, number: int) -> LookUp:
        """Return the rows of the five look-ups for one item, as of when it came."""
        at, posted, shift, *parties = self.connection.execute(
            "SELECT no, posted, shift, consignor, consignee FROM items WHERE no=?", (number,)
        ).fetchone()
        found = LookUp(at, posted, shift, tuple(parties), tuple(self.entities.of(party, at) for party in parties))
        self._by_entity(found)
        self._by_contact(found)
        self._by_goods(found)
        return found

    def _by_entity(self, found: LookUp) -> None:
        """Items of the same senders and receivers, first in their own role, then in the other."""
        for swapped in (False, True):
            for place, role in enumerate(_ROLES):
                party, entity = found.parties[place], found.entities[place]
                if party is None or entity is None:
                    continue
                other = _ROLES[place != swapped]
                for member in self.entities.members(entity, found.at):
                    rows = self._items_of(other, member, found)
                    if len(rows) == NEWEST:
                        found.more += self._count(other, member, found) - NEWEST
                    found.add(rows, f"{role}={other}", ("party", party, member))

    def _items_of(self, role: str, party: int, found: LookUp) -> list[Row]:
        return self.connection.execute(_OF_PARTY[role], (party, found.at, found.posted)).fetchall()

    def _count(self, role: str, party: int, found: LookUp) -> int:
        return int(self.connection.execute(_COUNT[role], (party, found.at, found.posted)).fetchone()[0])

    def _by_contact(self, found: LookUp) -> None:
        """Items of others at the same address, phone, e-mail or account; contacts that too many share are named only."""
        for place, role in enumerate(_ROLES):
            party = found.parties[place]
            if party is None:
                continue
            for kind, key, known in self._contacts_of(party):
                others = self._parties_at(key, party, found.at)
                if not others and not known:
                    continue
                if known or self.contacts.is_damped(kind, key, found.at):
                    found.damped.append(f"{role} {kind}" + (f" ({known})" if known else ""))
                    continue
                for other in others:
                    entity = self.entities.of(other, found.at)
                    if entity is not None and entity in found.entities:
                        continue
                    for other_role in _ROLES:
                        found.add(self._items_of(other_role, other, found), kind, ("contact", kind, role))

    def _contacts_of(self, party: int) -> Iterator[tuple[str, int, str]]:
        """Yield kind, key and, for a place known to be shared (a locker, a forwarder), its class."""
        row = self.connection.execute(
            "SELECT address, phone, email, handle, address_class FROM parties WHERE no=?", (party,)
        ).fetchone()
        for kind, key in zip(KINDS, row[:4], strict=True):
            if key is not None:
                yield kind, key, row[4] if kind == "address" else ""

    def _parties_at(self, key: int, but: int, at: int) -> list[int]:
        rows = self.connection.execute(
            "SELECT party FROM contacts WHERE key=? AND at<=? AND party<>? ORDER BY party DESC LIMIT ?",
            (key, at, but, NEWEST),
        )
        return [row[0] for row in rows]

    def _by_goods(self, found: LookUp) -> None:
        """Items of other senders with the same unusual goods to the same place."""
        for goods, name, place, earlier in self.connection.execute(
            "SELECT s.goods, g.name, s.place, s.earlier FROM sightings s JOIN goods g ON g.no=s.goods WHERE s.item=?",
            (found.at,),
        ).fetchall():
            if not place or not self.reasons.is_unusual(earlier, found.at):
                continue
            rows = self.connection.execute(_OF_GOODS, (goods, found.at, found.posted, place)).fetchall()
            found.add([row for row in rows if self._is_of_others(row, found)], "goods", ("goods", name, earlier))

    def _is_of_others(self, row: Row, found: LookUp) -> bool:
        own = {entity for entity in found.entities if entity is not None}
        return own.isdisjoint(e for e in (self.entities.of(p, found.at) for p in row[8:10]) if e is not None)
