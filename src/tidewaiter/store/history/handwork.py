"""What a person changes about entities: two parties are one after all, or a join was wrong and stays undone."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from datetime import datetime

from tidewaiter.link import score_pair
from tidewaiter.model import InputError
from tidewaiter.store.history.audit import add_row
from tidewaiter.store.history.codec import micros
from tidewaiter.store.history.linking import BY_HAND, Linking


def join_parties(linking: Linking, left: int, right: int, actor: str, reason: str, now: datetime) -> None:
    """Join two declared parties, and with them their entities, by a person's word.

    Args:
        linking: over an open history.
        left: number of one party.
        right: number of the other.
        actor: who says so.
        reason: why.
        now: when.

    Raises:
        InputError: a party is not there, or nothing is said for it.
    """
    _named(actor, reason)
    connection = linking.connection

    def change(at: int) -> list[int]:
        entities = linking.entities_of((left, right))
        if left == right or len(entities) < 2:
            raise InputError(f"P{left} and P{right}: two declared parties of the history are expected")
        low, high = sorted((left, right))
        connection.execute("DELETE FROM apart WHERE left_no=? AND right_no=?", (low, high))
        ready = linking.book.prepared((left, right))
        if len(ready) == 2:
            found = score_pair(ready[left], ready[right], linking.weights, linking.frequencies)
            score, terms, kinds = found.score, found.contributions, found.independent
        else:
            score, terms, kinds = 0, (), ()
        linking.store_join((left, right), score, terms, kinds, at, BY_HAND, f"{actor}: {reason}")
        return linking.members_of(entities.values())

    _changed(linking, change, now, actor, "join", {"left": left, "right": right, "reason": reason})


def split_join(linking: Linking, join: int, actor: str, reason: str, now: datetime) -> None:
    """Undo a join: its two parties are never in one entity again unless a person joins them.

    Args:
        linking: over an open history.
        join: the number of the join, as `history links` shows it.
        actor: who says so.
        reason: why.
        now: when.

    Raises:
        InputError: there is no such join, or nothing is said for it.
    """
    _named(actor, reason)
    connection = linking.connection

    def change(at: int) -> list[int]:
        row = connection.execute("SELECT left_no, right_no FROM joins WHERE no=? AND until IS NULL", (join,)).fetchone()
        if row is None:
            raise InputError(f"join {join}: there is none of this number that stands")
        connection.execute("UPDATE joins SET until=?, ended=? WHERE no=?", (at, f"undone by {actor}: {reason}", join))
        connection.execute("INSERT OR REPLACE INTO apart VALUES(?,?,?,?,?)", (*row, reason, actor, micros(now)))
        return linking.members_of(linking.entities_of(row).values())

    _changed(linking, change, now, actor, "split", {"join": join, "reason": reason})


def _named(actor: str, reason: str) -> None:
    if not actor or not reason:
        raise InputError("a change by hand needs who (--actor) and why (--reason)")


def _changed(
    linking: Linking,
    change: Callable[[int], list[int]],
    now: datetime,
    actor: str,
    action: str,
    details: dict[str, object],
) -> None:
    """Make a change and group the parties it touches anew, in one transaction, with a row in the audit."""
    connection = linking.connection
    connection.execute("BEGIN IMMEDIATE")
    try:
        at = next_item(connection)
        members = change(at)
        linking.regroup(members, at)
        add_row(connection, now, actor, action, details)
    except BaseException:
        connection.execute("ROLLBACK")
        linking.forget()
        raise
    connection.execute("COMMIT")


def next_item(connection: sqlite3.Connection) -> int:
    """Return the number that the next item will have: what changes now holds from it on."""
    row = connection.execute("SELECT seq FROM sqlite_sequence WHERE name='items'").fetchone()
    return 1 + (row[0] if row is not None else 0)
