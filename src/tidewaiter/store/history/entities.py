"""Which parties are one, as of an item: memberships with the items between which they held."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

MOST_MEMBERS = 200


def entity_name(entity: int | None) -> str:
    """Return the opaque id of an entity, empty for none."""
    return "" if entity is None else f"E{entity}"


class Entities:
    """Answers from the memberships of a history. An item is looked from by its number: what later items joined is not seen.

    Args:
        connection: an open history.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection

    def of(self, party: int | None, at: int) -> int | None:
        """Return the entity of a party as of an item; None for no party, and where so little is declared that none can be told."""
        if party is None:
            return None
        row = self.connection.execute("SELECT entity, since, weak FROM parties WHERE no=?", (party,)).fetchone()
        if row is None or row[2]:
            return None
        if row[1] <= at:
            return int(row[0])
        former = self.connection.execute(
            "SELECT entity FROM moves WHERE party=? AND since<=? AND until>?", (party, at, at)
        ).fetchone()
        return int(former[0]) if former is not None else party

    def of_all(self, parties: Iterable[int], at: int) -> dict[int | None, int | None]:
        """Return the entities of many parties as of an item; see `of`."""
        wanted = list(parties)
        found: dict[int | None, int | None] = {None: None}
        for party, entity, since, weak in self.connection.execute(
            f"SELECT no, entity, since, weak FROM parties WHERE no IN ({','.join('?' * len(wanted))})", wanted
        ):
            found[party] = None if weak else entity if since <= at else self.of(party, at)
        return found

    def members(self, entity: int, at: int) -> list[int]:
        """Return the parties of an entity as of an item, at most `MOST_MEMBERS`."""
        rows = self.connection.execute(
            "SELECT no FROM parties WHERE entity=?1 AND since<=?2"
            " UNION SELECT party FROM moves WHERE entity=?1 AND since<=?2 AND until>?2 LIMIT ?3",
            (entity, at, MOST_MEMBERS),
        )
        return [row[0] for row in rows]
