"""Fill an empty history quickly with parties that are known to be different and items between them, for measuring."""

from __future__ import annotations

import sqlite3
from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from tidewaiter.link import CAPS, Weights, blocking_keys, counted_fields, counted_values, kind_of
from tidewaiter.model import Party
from tidewaiter.store.history.codec import Hasher, micros, party_text
from tidewaiter.store.history.contacts import contact_keys, degree_key
from tidewaiter.store.history.frequencies import term_key
from tidewaiter.store.history.parties import encode_prepared, prepared_party
from tidewaiter.store.history.schema import INDEXES, secret_of

_ROWS = 50_000


@dataclass(frozen=True, slots=True)
class BulkItem:
    """One item of one line, between two parties by their numbers."""

    id: str
    posted: datetime
    consignor: int
    consignee: int
    goods: str


def load_parties(connection: sqlite3.Connection, weights: Weights, parties: Sequence[Party]) -> None:
    """Store parties under the numbers 1, 2, 3…, each an entity of its own, with everything that is counted and indexed."""
    hasher = Hasher(secret_of(connection))
    terms: dict[tuple[str, str, str], int] = {}
    degrees: dict[int, int] = {}
    kinds: dict[int, str] = {}
    keys, owners, caps = array("q"), array("q"), array("i")
    contacts: list[tuple[int, int, int]] = []
    rows: list[tuple[object, ...]] = []
    connection.execute("BEGIN IMMEDIATE")
    _drop_indexes(connection)
    for number, party in enumerate(parties, 1):
        ready = prepared_party(party, weights)
        text = party_text(party)
        own = contact_keys(ready, hasher)
        name = hasher("name:" + " ".join(sorted(ready.keys)))
        rows.append(
            (number, hasher(text), text, encode_prepared(ready), party.country, name, own.get("address"), own.get("phone"),
             own.get("email"), own.get("handle"), ready.place_class, 0, 0, 0, number, 0)
        )  # fmt: skip
        for kind, key in own.items():
            contacts.append((key, number, 0))
            degrees[key] = degrees.get(key, 0) + 1
            kinds[key] = kind
        for term in counted_values(ready):
            terms[term] = terms.get(term, 0) + 1
        for field, group in counted_fields(ready):
            terms[field, group, ""] = terms.get((field, group, ""), 0) + 1
        for key_text in blocking_keys(ready):
            keys.append(hasher(key_text))
            owners.append(number)
            caps.append(CAPS.get(kind_of(key_text), 60))
        if len(rows) >= _ROWS:
            _insert_parties(connection, rows)
    _insert_parties(connection, rows)
    _insert_blocks(
        connection, np.frombuffer(keys, np.int64), np.frombuffer(owners, np.int64), np.frombuffer(caps, np.int32)
    )
    connection.executemany("INSERT INTO contacts VALUES(?,?,?)", sorted(contacts))
    counted = [(term_key(hasher, *term), n) for term, n in terms.items()]
    counted += [(degree_key(key), n) for key, n in degrees.items()]
    connection.executemany("INSERT INTO terms VALUES(?,?)", sorted(counted))
    shared: dict[tuple[str, int], int] = {}
    for key, n in degrees.items():
        shared[kinds[key], n] = shared.get((kinds[key], n), 0) + 1
    connection.executemany("INSERT INTO degrees VALUES(?,?,?)", [(*k, n) for k, n in shared.items()])
    connection.execute("COMMIT")


def _insert_parties(connection: sqlite3.Connection, rows: list[tuple[object, ...]]) -> None:
    connection.executemany(
        "INSERT INTO parties(no, digest, declared, prepared, country, name, address, phone, email, handle, address_class, weak,"
        " first, last, entity, since) VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
        rows,
    )
    rows.clear()


def _insert_blocks(
    connection: sqlite3.Connection, keys: NDArray[np.int64], owners: NDArray[np.int64], caps: NDArray[np.int32]
) -> None:
    """Insert keys in their order; of one that is too common only so many that this can be seen, as the live index does."""
    order = np.lexsort((owners, keys))
    keys, owners, caps = keys[order], owners[order], caps[order]
    starts = np.flatnonzero(np.concatenate(([True], keys[1:] != keys[:-1])))
    places = np.arange(len(keys)) - np.repeat(starts, np.diff(np.append(starts, len(keys))))
    kept = places <= caps
    keys, owners = keys[kept], owners[kept]
    for start in range(0, len(keys), _ROWS):
        some = zip(keys[start : start + _ROWS].tolist(), owners[start : start + _ROWS].tolist(), strict=True)
        connection.executemany("INSERT OR IGNORE INTO blocks VALUES(?,?)", some)


def load_items(connection: sqlite3.Connection, items: Iterable[BulkItem]) -> None:
    """Store items under the numbers 1, 2, 3… in the order given, and make the indexes."""
    hasher = Hasher(secret_of(connection))
    connection.execute("BEGIN IMMEDIATE")
    rows: list[tuple[object, ...]] = []
    lines: list[tuple[object, ...]] = []
    for number, item in enumerate(items, 1):
        at = micros(item.posted)
        rows.append(
            (number, hasher(item.id), item.id, "", "", "new", None, number.to_bytes(16, "big"), at, 0, 2, at, "", "", "", "",
             item.consignor, item.consignee, "no-finding", "", "")
        )  # fmt: skip
        lines.append((number, 0, item.goods, "", None, None, None, "", "", "", item.goods, "", 0, None))
        if len(rows) >= _ROWS:
            _insert_items(connection, rows, lines)
    _insert_items(connection, rows, lines)
    for statement in INDEXES.split(";\n"):
        if statement.strip():
            connection.execute(statement.replace("CREATE INDEX ", "CREATE INDEX IF NOT EXISTS "))
    connection.execute("COMMIT")


def _insert_items(
    connection: sqlite3.Connection, rows: list[tuple[object, ...]], lines: list[tuple[object, ...]]
) -> None:
    connection.executemany(f"INSERT INTO items VALUES({','.join('?' * 21)})", rows)
    connection.executemany(f"INSERT INTO lines VALUES({','.join('?' * 14)})", lines)
    rows.clear()
    lines.clear()


def _drop_indexes(connection: sqlite3.Connection) -> None:
    for statement in INDEXES.split(";\n"):
        if statement.strip():
            connection.execute(f"DROP INDEX {statement.split()[2]}")
