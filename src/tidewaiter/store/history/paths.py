"""The way from one item to others: item, declared party, joins or a shared contact, declared party, item."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from typing import Any

from tidewaiter.link import Weights
from tidewaiter.model import InputError
from tidewaiter.model.screening import Contribution
from tidewaiter.store.history.codec import Hasher, instant
from tidewaiter.store.history.contacts import KINDS, ContactBook
from tidewaiter.store.history.entities import Entities, entity_name
from tidewaiter.store.history.prior import ITEM_COLUMNS, Row, party_name, prior_items
from tidewaiter.store.history.reasons import JoinRow, Reasons
from tidewaiter.store.history.schema import secret_of

NOW = (1 << 62) - 1
MOST = 200  # items of one party in one role
_ROLES = ("consignor", "consignee")
Step = dict[str, Any]


class Paths:
    """Finds the items linked to one as the history stands now.

    Args:
        connection: an open history.
        weights: of the linking pack.
    """

    def __init__(self, connection: sqlite3.Connection, weights: Weights) -> None:
        self.connection = connection
        self.entities = Entities(connection)
        self.reasons = Reasons(connection, weights)
        self.contacts = ContactBook(connection, weights.gates.shared)
        self.hash = Hasher(secret_of(connection))

    def linked(self, identifier: str, depth: int = 1) -> Iterator[dict[str, Any]]:
        """Yield the linked items, nearest first, each once, with the path and the contributions that join it.

        Args:
            identifier: the id of an item.
            depth: how many items away; 1 for those tied to the item itself.

        Raises:
            InputError: the history holds no such item.
        """
        start = self._find(identifier)
        seen = {row.no for row in start}
        level: list[tuple[Row, tuple[Step, ...]]] = [(row, ()) for row in start]
        for distance in range(1, depth + 1):
            found: list[tuple[Row, tuple[Step, ...]]] = []
            for row, before in level:
                for other, steps, score, contributions in self._beside(row):
                    if other.no in seen:
                        continue
                    seen.add(other.no)
                    path = (*before, *steps)
                    found.append((other, path))
                    yield self._shown(other, distance, path, score, contributions)
            level = found

    def _find(self, identifier: str) -> list[Row]:
        rows = self.connection.execute(
            f"SELECT {ITEM_COLUMNS} FROM items i WHERE i.id_key=? AND i.id=? AND i.until IS NULL",
            (self.hash(identifier), identifier),
        ).fetchall()
        if not rows:
            raise InputError(f"{identifier}: no item of this id is in the history")
        return [Row(*row) for row in rows]

    def _beside(self, row: Row) -> Iterator[tuple[Row, tuple[Step, ...], int, tuple[Contribution, ...]]]:
        for role, party in zip(_ROLES, (row.consignor, row.consignee), strict=True):
            if party is None:
                continue
            first: Step = {"item": row.id, "role": role, "party": party_name(party)}
            entity = self.entities.of(party, NOW)
            members = self.entities.members(entity, NOW) if entity is not None else []
            for member in members:
                way = self.reasons.way(party, member, NOW)
                score, contributions = self.reasons.between(party, member, NOW)
                through: Step = {"entity": entity_name(entity), "joins": [_join(join) for join in way]}
                yield from self._items(first, through, member, score, contributions)
            for kind, key in self._contacts(party, row):
                score, contributions = self.reasons.contact(kind, role)
                for other in self._parties_at(key):
                    if other != party and other not in members:
                        yield from self._items(first, {"contact": kind}, other, score, contributions)

    def _items(
        self, first: Step, through: Step, party: int, score: int, contributions: tuple[Contribution, ...]
    ) -> Iterator[tuple[Row, tuple[Step, ...], int, tuple[Contribution, ...]]]:
        for role in _ROLES:
            rows = self.connection.execute(
                f"SELECT {ITEM_COLUMNS} FROM items i WHERE i.{role}=? AND i.until IS NULL ORDER BY i.posted DESC, i.no DESC LIMIT ?",
                (party, MOST),
            ).fetchall()
            for found in rows:
                row = Row(*found)
                last: Step = {"party": party_name(party), "role": role, "item": row.id}
                yield row, (first, through, last), score, contributions

    def _contacts(self, party: int, row: Row) -> Iterator[tuple[str, int]]:
        found = self.connection.execute(
            "SELECT address, phone, email, handle, address_class FROM parties WHERE no=?", (party,)
        ).fetchone()
        for kind, key in zip(KINDS, found[:4], strict=True):
            known = kind == "address" and found[4]
            if key is not None and not known and not self.contacts.is_damped(kind, key, NOW):
                yield kind, key

    def _parties_at(self, key: int) -> list[int]:
        return [
            row[0] for row in self.connection.execute("SELECT party FROM contacts WHERE key=? LIMIT ?", (key, MOST))
        ]

    def _shown(
        self, row: Row, distance: int, path: tuple[Step, ...], score: int, contributions: tuple[Contribution, ...]
    ) -> dict[str, Any]:
        (item,) = prior_items(self.connection, [row], self.entities, NOW, NOW).values()
        return {
            "id": row.id,
            "distance": distance,
            "posted_at": instant(row.posted, row.shift).isoformat(),
            "origin": row.origin,
            "destination": row.destination,
            "goods": [line.description for line in item.lines],
            "concepts": sorted({c for line in item.lines for c in line.concepts}),
            "entries": sorted({e for line in item.lines for e in line.entries}),
            "outcome": item.outcome,
            "decision": item.decision,
            "path": list(path),
            "score": score / 1000,
            "contributions": [_term(c) for c in contributions],
        }


def _join(join: JoinRow) -> Step:
    return {
        "join": join.no,
        "left": party_name(join.left),
        "right": party_name(join.right),
        "score": join.score / 1000,
        "reason": join.reason,
        "actor": join.actor,
        "contributions": [_term(c) for c in join.contributions],
    }


def _term(contribution: Contribution) -> Step:
    return {"code": contribution.code, "points": contribution.points / 1000, "sentence": contribution.sentence}
