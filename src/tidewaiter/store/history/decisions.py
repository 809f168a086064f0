"""What people decided of items: kept in order, none overwritten."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from tidewaiter.model import InputError
from tidewaiter.store.history.audit import add_row
from tidewaiter.store.history.codec import Hasher, micros
from tidewaiter.store.history.schema import secret_of

DECISIONS = ("hold", "release", "refuse", "refer", "ask")


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision about one item. `random` says that the item was drawn by chance, not for what it showed."""

    id: str
    decision: str
    at: datetime
    actor: str
    reason: str = ""
    random: bool = False


def add_decisions(connection: sqlite3.Connection, decisions: Iterable[Decision], now: datetime) -> tuple[int, int]:
    """Add decisions in one transaction; the same decision again is left out.

    Returns:
        How many were added and how many the history held already.

    Raises:
        InputError: an item is not in the history, or a decision is none we know; then none is added.
    """
    hasher = Hasher(secret_of(connection))
    added = known = 0
    connection.execute("BEGIN IMMEDIATE")
    try:
        for made in decisions:
            _check(connection, made, hasher(made.id))
            row = (hasher(made.id), made.id, made.decision, micros(made.at), made.actor, made.reason, made.random)
            same = "SELECT count(*) FROM decisions WHERE id_key=? AND id=? AND decision=? AND at=? AND actor=?"
            if connection.execute(same, row[:5]).fetchone()[0]:
                known += 1
                continue
            connection.execute(
                "INSERT INTO decisions(id_key, id, decision, at, actor, reason, random) VALUES(?,?,?,?,?,?,?)", row
            )
            added += 1
        if added:
            add_row(connection, now, "history", "decide", {"decisions": added})
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")
    return added, known


def _check(connection: sqlite3.Connection, made: Decision, key: int) -> None:
    if made.decision not in DECISIONS:
        raise InputError(f"{made.id}: read the decision {made.decision!r}, expected one of {', '.join(DECISIONS)}")
    if not made.actor:
        raise InputError(f"{made.id}: nobody is named who decided it; say who with --actor")
    if connection.execute("SELECT 1 FROM items WHERE id_key=? AND id=?", (key, made.id)).fetchone() is None:
        raise InputError(f"{made.id}: no item of this id is in the history")
