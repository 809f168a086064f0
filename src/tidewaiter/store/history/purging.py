"""Purge items past their time, with what hangs on them, so that nothing of them stays in the file; and the proof of it.

Three classes have times of their own: `held` (held or refused by a person, or by screening where nobody decided), `reviewed`
(looked at, or decided otherwise), `ordinary` (the rest). All versions of an item go together, by its newest posting.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from tidewaiter.link import Weights, blocking_keys, counted_fields, counted_values
from tidewaiter.model import InputError
from tidewaiter.store.history.audit import add_row
from tidewaiter.store.history.codec import Hasher, micros
from tidewaiter.store.history.contacts import ContactBook
from tidewaiter.store.history.frequencies import term_key
from tidewaiter.store.history.parties import decode_prepared
from tidewaiter.store.history.schema import secret_of

CLASSES = ("ordinary", "reviewed", "held")
_LATEST = (
    "(SELECT d.decision FROM decisions d WHERE d.id_key=i.id_key AND d.id=i.id ORDER BY d.at DESC, d.no DESC LIMIT 1)"
)
_CLASS = f"""CASE WHEN {_LATEST} IN ('hold','refuse','refer','seize') THEN 'held' WHEN {_LATEST} IS NOT NULL THEN 'reviewed'
 WHEN max(i.outcome='hold') THEN 'held' WHEN max(i.outcome='review') THEN 'reviewed' ELSE 'ordinary' END"""


@dataclass(frozen=True, slots=True)
class Purged:
    """What a purge took away: items (ids), their stored versions, and declared parties that stood on no other item.

    `ids_sha256` is the digest of the sorted ids, one a line; `audit` the hash of the row that says so.
    """

    items: int
    versions: int
    parties: int
    ids_sha256: str
    audit: str = ""


def purge(
    connection: sqlite3.Connection,
    weights: Weights,
    before: datetime,
    classes: Collection[str],
    actor: str,
    now: datetime,
    dry_run: bool = False,
) -> Purged:
    """Purge items posted before an instant.

    Args:
        connection: an open history, outside a transaction.
        weights: of the linking pack, for the bounds of shared contacts.
        before: items whose newest version was posted earlier go.
        classes: only these classes; empty for all.
        actor: who purges.
        now: when.
        dry_run: count only.

    Raises:
        InputError: an unknown class, or nobody named.
    """
    unknown = set(classes) - set(CLASSES)
    if unknown:
        raise InputError(f"no retention class {', '.join(sorted(unknown))}; there are {', '.join(CLASSES)}")
    if not actor:
        raise InputError("a purge needs who (--actor)")
    connection.execute("BEGIN IMMEDIATE")
    try:
        purged = _purge(connection, weights, before, classes)
        if not dry_run and purged.items:
            details = {
                "before": before.isoformat(),
                "classes": sorted(classes) or list(CLASSES),
                "items": purged.items,
                "versions": purged.versions,
                "parties": purged.parties,
                "ids_sha256": purged.ids_sha256,
            }
            made = add_row(connection, now, actor, "purge", details)
            purged = Purged(purged.items, purged.versions, purged.parties, purged.ids_sha256, made)
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("ROLLBACK" if dry_run else "COMMIT")
    if not dry_run and purged.items:
        compact(connection)
    return purged


def compact(connection: sqlite3.Connection) -> None:
    """Write the file anew without what was deleted, and empty the log beside it. Needs as much free disk as the file."""
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.execute("VACUUM")
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _purge(connection: sqlite3.Connection, weights: Weights, before: datetime, classes: Collection[str]) -> Purged:
    connection.execute("CREATE TEMP TABLE IF NOT EXISTS going(id_key INTEGER, id TEXT)")
    connection.execute("DELETE FROM going")
    wanted = sorted(classes) or list(CLASSES)
    marks = ",".join("?" * len(wanted))
    connection.execute(
        f"INSERT INTO going SELECT i.id_key, i.id FROM items i GROUP BY i.id_key, i.id HAVING max(i.posted) < ? AND {_CLASS} IN ({marks})",
        (micros(before), *wanted),
    )
    ids = [row[0] for row in connection.execute("SELECT id FROM going ORDER BY id")]
    connection.execute("CREATE TEMP TABLE IF NOT EXISTS rows_going(no INTEGER PRIMARY KEY)")
    connection.execute("DELETE FROM rows_going")
    connection.execute(
        "INSERT INTO rows_going SELECT i.no FROM going g CROSS JOIN items i ON i.id_key=g.id_key AND i.id=g.id"
    )
    (versions,) = connection.execute("SELECT count(*) FROM rows_going").fetchone()
    parties = [
        row[0]
        for row in connection.execute(
            "SELECT consignor FROM items WHERE no IN rows_going AND consignor IS NOT NULL"
            " UNION SELECT consignee FROM items WHERE no IN rows_going AND consignee IS NOT NULL"
        )
    ]
    connection.execute(
        "UPDATE goods SET items = items - (SELECT count(*) FROM sightings s WHERE s.goods=goods.no AND s.item IN rows_going)"
    )
    connection.execute("DELETE FROM sightings WHERE item IN rows_going")
    connection.execute("DELETE FROM goods WHERE items <= 0")
    connection.execute("DELETE FROM lines WHERE item IN rows_going")
    connection.execute(
        "DELETE FROM decisions WHERE EXISTS (SELECT 1 FROM going g WHERE g.id_key=decisions.id_key AND g.id=decisions.id)"
    )
    connection.execute("DELETE FROM items WHERE no IN rows_going")
    gone = _drop_parties(connection, weights, parties)
    digest = sha256("".join(f"{name}\n" for name in ids).encode("utf-8", "surrogatepass")).hexdigest()
    return Purged(len(ids), versions, gone, digest)


def _drop_parties(connection: sqlite3.Connection, weights: Weights, parties: Sequence[int]) -> int:
    """Remove the declared parties that stand on no item any more, and take them off what is counted."""
    hasher = Hasher(secret_of(connection))
    book = ContactBook(connection, weights.gates.shared)
    gone = 0
    for party in parties:
        left = "SELECT 1 FROM items WHERE consignor=?1 UNION ALL SELECT 1 FROM items WHERE consignee=?1 LIMIT 1"
        if connection.execute(left, (party,)).fetchone() is not None:
            continue
        gone += 1
        (blob,) = connection.execute("SELECT prepared FROM parties WHERE no=?", (party,)).fetchone()
        if blob is not None:
            ready = decode_prepared(party, blob)
            terms = [term_key(hasher, *row) for row in counted_values(ready)]
            terms += [term_key(hasher, *row, "") for row in counted_fields(ready)]
            connection.executemany("UPDATE terms SET n = n - 1 WHERE key=?", [(key,) for key in terms])
        book.remove(party)
        drop_blocks(connection, hasher, party, blob)
        for table, columns in (
            ("joins", ("left_no", "right_no")),
            ("apart", ("left_no", "right_no")),
            ("moves", ("party",)),
        ):
            for column in columns:
                connection.execute(f"DELETE FROM {table} WHERE {column}=?", (party,))
        connection.execute("DELETE FROM parties WHERE no=?", (party,))
    connection.execute("DELETE FROM terms WHERE n <= 0")
    return gone


def drop_blocks(connection: sqlite3.Connection, hasher: Hasher, party: int, blob: bytes | None) -> None:
    """Remove the keys under which a party is found."""
    if blob is None:
        return
    keys = [(hasher(key), party) for key in blocking_keys(decode_prepared(party, blob))]
    connection.executemany("DELETE FROM blocks WHERE key=? AND party=?", keys)
