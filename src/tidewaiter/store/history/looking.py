"""Look up what a history says of one item as of when it came: five look-ups, each by an index.

The same parties as sender or receiver, the same address, the same phone, e-mail or account, and the same unusual goods to
the same place. An item sees what was recorded before it and posted no later; so the answer for an item that is already in
the history is what it was when the item came, however much came since. (Decisions count from their own date.)
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from tidewaiter.link import Weights
from tidewaiter.model.history import HistoryLink, HistoryView
from tidewaiter.model.screening import Contribution
from tidewaiter.store.history.codec import instant
from tidewaiter.store.history.contacts import KINDS, ContactBook
from tidewaiter.store.history.entities import Entities, entity_name
from tidewaiter.store.history.prior import ITEM_COLUMNS, Row, prior_items
from tidewaiter.store.history.reasons import Reasons

NEWEST = 25  # links of one kind that a view holds
_COUNTED = 1000  # beyond so many earlier items of one party they are not counted
_ROLES = ("consignor", "consignee")
_STANDING = "i.no<:at AND i.posted<=:posted AND (i.until IS NULL OR i.until>:at)"


@dataclass
class _Gathered:
    """Links of one item while they are gathered; an item is told once, by its strongest tie."""

    rows: dict[int, Row] = field(default_factory=dict)
    ties: dict[int, tuple[str, int, tuple[Contribution, ...]]] = field(default_factory=dict)
    more: int = 0

    def add(self, row: Row, via: str, score: int, contributions: tuple[Contribution, ...]) -> None:
        known = self.ties.get(row.no)
        if known is None or (score, via) > (known[1], known[0]):
            self.rows[row.no] = row
            self.ties[row.no] = (via, score, contributions)


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
        at, posted, shift, *parties = self.connection.execute(
            "SELECT no, posted, shift, consignor, consignee FROM items WHERE no=?", (number,)
        ).fetchone()
        gathered = _Gathered()
        entities = [self.entities.of(party, at) for party in parties]
        asked = {"at": at, "posted": posted}
        self._by_entity(parties, entities, asked, gathered)
        damped = self._by_contact(parties, entities, asked, gathered)
        self._by_goods(entities, asked, gathered)
        newest = sorted(gathered.ties, key=lambda no: (gathered.rows[no].posted, no), reverse=True)[: 2 * NEWEST]
        items = prior_items(self.connection, [gathered.rows[no] for no in newest], self.entities, at, posted)
        return HistoryView(
            instant(posted, shift),
            tuple(HistoryLink(items[no], *gathered.ties[no]) for no in newest),
            len(gathered.ties) + gathered.more,
            entity_name(entities[0]),
            entity_name(entities[1]),
            tuple(damped),
        )

    def _by_entity(
        self, parties: list[int | None], entities: list[int | None], asked: dict[str, int], gathered: _Gathered
    ) -> None:
        """Items of the same senders and receivers, in their own role and in the other."""
        for role, party, entity in zip(_ROLES, parties, entities, strict=True):
            if party is None or entity is None:
                continue
            for member in self.entities.members(entity, asked["at"]):
                tie = self.reasons.between(party, member, asked["at"])
                for other in _ROLES:
                    for row in self._items_of(other, member, asked, gathered):
                        gathered.add(row, f"{role}={other}", *tie)

    def _items_of(self, role: str, party: int, asked: dict[str, int], gathered: _Gathered | None = None) -> list[Row]:
        found = self.connection.execute(
            f"SELECT {ITEM_COLUMNS} FROM items i WHERE i.{role}=:party AND {_STANDING}"
            f" ORDER BY i.posted DESC, i.no DESC LIMIT {NEWEST}",
            {**asked, "party": party},
        )
        rows = [Row(*row) for row in found]
        if len(rows) == NEWEST and gathered is not None:
            gathered.more += self._count(role, party, asked) - NEWEST
        return rows

    def _count(self, role: str, party: int, asked: dict[str, int]) -> int:
        return int(
            self.connection.execute(
                f"SELECT count(*) FROM (SELECT 1 FROM items i WHERE i.{role}=:party AND {_STANDING} LIMIT {_COUNTED})",
                {**asked, "party": party},
            ).fetchone()[0]
        )

    def _by_contact(
        self, parties: list[int | None], entities: list[int | None], asked: dict[str, int], gathered: _Gathered
    ) -> list[str]:
        """Items of others at the same address, phone, e-mail or account; return the contacts that too many share."""
        damped = []
        for role, party in zip(_ROLES, parties, strict=True):
            if party is None:
                continue
            for kind, key, known in self._contacts_of(party):
                if known or self.contacts.is_damped(kind, key, asked["at"]):
                    damped.append(f"{role} {kind}" + (f" ({known})" if known else ""))
                    continue
                for other in self._parties_at(key, party, asked["at"]):
                    entity = self.entities.of(other, asked["at"])
                    if entity is not None and entity in entities:
                        continue
                    tie = self.reasons.contact(kind, role)
                    for other_role in _ROLES:
                        for row in self._items_of(other_role, other, asked):
                            gathered.add(row, kind, *tie)
        return damped

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

    def _by_goods(self, entities: list[int | None], asked: dict[str, int], gathered: _Gathered) -> None:
        """Items of other senders with the same unusual goods to the same place."""
        known = {entity for entity in entities if entity is not None}
        for goods, name, place, earlier in self.connection.execute(
            "SELECT s.goods, g.name, s.place, s.earlier FROM sightings s JOIN goods g ON g.no=s.goods WHERE s.item=?",
            (asked["at"],),
        ).fetchall():
            if not place:
                continue
            tie = self.reasons.goods(name, earlier, asked["at"])
            if tie is None:
                continue
            rows = self.connection.execute(
                f"SELECT {ITEM_COLUMNS} FROM sightings s JOIN items i ON i.no=s.item WHERE s.goods=:goods AND s.place=:place"
                f" AND s.item<:at AND {_STANDING} ORDER BY s.item DESC LIMIT {NEWEST}",
                {**asked, "goods": goods, "place": place},
            )
            for row in _of_others((Row(*row) for row in rows), known, self.entities, asked["at"]):
                gathered.add(row, "goods", *tie)


def _of_others(rows: Iterable[Row], known: set[int], entities: Entities, at: int) -> Iterator[Row]:
    for row in rows:
        if known.isdisjoint(
            e for e in (entities.of(row.consignor, at), entities.of(row.consignee, at)) if e is not None
        ):
            yield row
