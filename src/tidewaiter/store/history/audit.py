"""What was changed by hand or purged: rows that are only added, each with the hash of the one before it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

import orjson

from tidewaiter.store.history.codec import instant, micros

FIRST = "0" * 64


@dataclass(frozen=True, slots=True)
class AuditRow:
    """One change: when, by whom, what; `hash` covers it and `previous`."""

    no: int
    at: datetime
    actor: str
    action: str
    details: Mapping[str, Any]
    previous: str
    hash: str


def add_row(connection: sqlite3.Connection, at: datetime, actor: str, action: str, details: Mapping[str, Any]) -> str:
    """Add a row within the open transaction and return its hash.

    Args:
        connection: an open history.
        at: when.
        actor: who.
        action: what was done, in one word.
        details: counts and hashes; never what names a person.
    """
    last = connection.execute("SELECT hash FROM audit ORDER BY no DESC LIMIT 1").fetchone()
    previous = last[0] if last is not None else FIRST
    text = orjson.dumps(details, option=orjson.OPT_SORT_KEYS).decode()
    made = _hash(previous, micros(at), actor, action, text)
    connection.execute(
        "INSERT INTO audit(at, actor, action, details, previous, hash) VALUES(?,?,?,?,?,?)",
        (micros(at), actor, action, text, previous, made),
    )
    return made


def audit_rows(connection: sqlite3.Connection) -> Iterator[AuditRow]:
    """Yield the rows, oldest first."""
    for no, at, actor, action, details, previous, made in connection.execute(
        "SELECT no, at, actor, action, details, previous, hash FROM audit ORDER BY no"
    ):
        yield AuditRow(no, instant(at), actor, action, orjson.loads(details), previous, made)


def broken_row(connection: sqlite3.Connection) -> int | None:
    """Return the number of the first row that was changed, put in or follows one taken out; None where the chain is whole."""
    previous, expected = FIRST, 1
    for no, at, actor, action, details, before, made in connection.execute(
        "SELECT no, at, actor, action, details, previous, hash FROM audit ORDER BY no"
    ):
        if no != expected or before != previous or made != _hash(before, at, actor, action, details):
            return int(no)
        previous, expected = made, no + 1
    return None


def _hash(previous: str, at: int, actor: str, action: str, details: str) -> str:
    return sha256(orjson.dumps([previous, at, actor, action, details])).hexdigest()
