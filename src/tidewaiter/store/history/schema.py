"""The tables of a history file (SQLite, write-ahead log) and how a file is opened, made or refused.

Times are whole microseconds since 1970 in UTC; `shift` is the zone at the place of posting in minutes east of Greenwich.
Keys of names, addresses, phones, e-mails and accounts are 63-bit keyed hashes of folded text: equal text gives equal
numbers, and nothing can be read back. The key of the hash lies in the file (`meta.secret`) and is never exported.
"""

from __future__ import annotations

import secrets
import sqlite3
from pathlib import Path

from tidewaiter.model import InputError

SCHEMA_VERSION = 2
APPLICATION_ID = 0x54574854  # "TWHT"
BUSY_MS = 30_000
CACHE_KIB = 65_536

# items: one row a received version. `until` is the number of the row that took its place; a row stands as of number n when
# it is older than n and `until` is not. `timed`: 2 an instant was declared, 1 a date alone (noon), 0 neither (when received).
# parties: one row a distinct declared party. `entity` is the lowest number of the parties held to be one, `since` the item
# that made it so; `moves` keeps former memberships, so that the entity as of an item can always be told. `weak`: so little is
# declared that the same words again need not be the same party. `prepared`: what a comparison needs, worked out once.
# reach: parties that links tie together directly or over others, whether held to be one or not; they are parted anew together,
# as a batch parts them, so that the order in which they came does not matter. A party without a row reaches nobody.
# sightings: that an unusual kind of goods went to a place (0: place not declared), and how many items had it before.
TABLES = """
CREATE TABLE meta(key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE items(
  no INTEGER PRIMARY KEY AUTOINCREMENT, id_key INTEGER NOT NULL, id TEXT NOT NULL, message TEXT NOT NULL, version TEXT NOT NULL,
  kind TEXT NOT NULL, until INTEGER, digest BLOB NOT NULL, posted INTEGER NOT NULL, shift INTEGER NOT NULL, timed INTEGER NOT NULL,
  received INTEGER NOT NULL, office TEXT NOT NULL, nature TEXT NOT NULL, origin TEXT NOT NULL, destination TEXT NOT NULL,
  consignor INTEGER, consignee INTEGER, outcome TEXT NOT NULL, rest TEXT NOT NULL, differences TEXT NOT NULL);
CREATE TABLE lines(
  item INTEGER NOT NULL, line INTEGER NOT NULL, description TEXT NOT NULL, hs TEXT NOT NULL, quantity TEXT, net_mass_g TEXT, value TEXT,
  currency TEXT NOT NULL, origin TEXT NOT NULL, revised TEXT NOT NULL, concepts TEXT NOT NULL, entries TEXT NOT NULL,
  controlled INTEGER, value_eur TEXT, PRIMARY KEY(item, line)) WITHOUT ROWID;
CREATE TABLE parties(
  no INTEGER PRIMARY KEY AUTOINCREMENT, digest INTEGER NOT NULL, declared TEXT NOT NULL, prepared BLOB, country TEXT NOT NULL,
  name INTEGER, address INTEGER, phone INTEGER, email INTEGER, handle INTEGER, address_class TEXT NOT NULL DEFAULT '',
  weak INTEGER NOT NULL DEFAULT 0, first INTEGER NOT NULL, last INTEGER NOT NULL, pseudonym INTEGER NOT NULL DEFAULT 0,
  entity INTEGER NOT NULL, since INTEGER NOT NULL);
CREATE TABLE reach(party INTEGER PRIMARY KEY, component INTEGER NOT NULL);
CREATE TABLE moves(party INTEGER NOT NULL, entity INTEGER NOT NULL, since INTEGER NOT NULL, until INTEGER NOT NULL);
CREATE TABLE blocks(key INTEGER NOT NULL, party INTEGER NOT NULL, PRIMARY KEY(key, party)) WITHOUT ROWID;
CREATE TABLE contacts(key INTEGER NOT NULL, party INTEGER NOT NULL, at INTEGER NOT NULL, PRIMARY KEY(key, party)) WITHOUT ROWID;
CREATE TABLE degrees(kind TEXT NOT NULL, parties INTEGER NOT NULL, contacts INTEGER NOT NULL, PRIMARY KEY(kind, parties)) WITHOUT ROWID;
CREATE TABLE caps(kind TEXT NOT NULL, at INTEGER NOT NULL, cap INTEGER NOT NULL, PRIMARY KEY(kind, at)) WITHOUT ROWID;
CREATE TABLE joins(
  no INTEGER PRIMARY KEY AUTOINCREMENT, left_no INTEGER NOT NULL, right_no INTEGER NOT NULL, at INTEGER NOT NULL, until INTEGER,
  score INTEGER NOT NULL, contributions TEXT NOT NULL, independent TEXT NOT NULL, reason TEXT NOT NULL, actor TEXT NOT NULL,
  made INTEGER NOT NULL, ended TEXT NOT NULL DEFAULT '');
CREATE TABLE apart(left_no INTEGER NOT NULL, right_no INTEGER NOT NULL, reason TEXT NOT NULL, actor TEXT NOT NULL, made INTEGER NOT NULL,
  PRIMARY KEY(left_no, right_no)) WITHOUT ROWID;
CREATE TABLE terms(key INTEGER PRIMARY KEY, n INTEGER NOT NULL);
CREATE TABLE goods(name TEXT PRIMARY KEY, no INTEGER NOT NULL, items INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE sightings(goods INTEGER NOT NULL, place INTEGER NOT NULL, item INTEGER NOT NULL, earlier INTEGER NOT NULL,
  PRIMARY KEY(goods, place, item)) WITHOUT ROWID;
CREATE TABLE decisions(
  no INTEGER PRIMARY KEY AUTOINCREMENT, id_key INTEGER NOT NULL, id TEXT NOT NULL, decision TEXT NOT NULL, at INTEGER NOT NULL,
  actor TEXT NOT NULL, reason TEXT NOT NULL, random INTEGER NOT NULL);
CREATE TABLE audit(
  no INTEGER PRIMARY KEY AUTOINCREMENT, at INTEGER NOT NULL, actor TEXT NOT NULL, action TEXT NOT NULL, details TEXT NOT NULL,
  previous TEXT NOT NULL, hash TEXT NOT NULL);
"""
INDEXES = """
CREATE INDEX items_id ON items(id_key);
CREATE INDEX items_posted ON items(posted);
CREATE INDEX items_consignor ON items(consignor, posted);
CREATE INDEX items_consignee ON items(consignee, posted);
CREATE INDEX parties_digest ON parties(digest);
CREATE INDEX parties_entity ON parties(entity);
CREATE INDEX reach_component ON reach(component);
CREATE INDEX moves_party ON moves(party);
CREATE INDEX moves_entity ON moves(entity);
CREATE INDEX joins_left ON joins(left_no);
CREATE INDEX joins_right ON joins(right_no);
CREATE INDEX apart_right ON apart(right_no);
CREATE INDEX sightings_item ON sightings(item);
CREATE INDEX decisions_id ON decisions(id_key);
"""


def open_history(path: Path, *, create: bool = False, durable: bool = True) -> sqlite3.Connection:
    """Open a history file.

    Args:
        path: the file.
        create: make it where it is missing.
        durable: whether a commit waits for the disk (off only for what can be made again).

    Raises:
        InputError: it is missing, no history, or made by another version of the program.
    """
    if path.is_dir():
        raise InputError(f"{path}: this is a folder; give the file of a history, e.g. history.db")
    if not path.exists() and not create:
        raise InputError(f"{path}: there is no history; make one with `tidewaiter history add FILE --history {path}`")
    try:
        connection = sqlite3.connect(path, isolation_level=None, timeout=BUSY_MS / 1000)
        connection.execute(f"PRAGMA busy_timeout={BUSY_MS}")
        _check(connection, path, create)
        _prepare(connection, durable)
    except sqlite3.Error as error:
        raise InputError(f"{path}: cannot be used as a history: {error}") from error
    return connection


def _prepare(connection: sqlite3.Connection, durable: bool) -> None:
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute(f"PRAGMA synchronous={'FULL' if durable else 'OFF'}")
    connection.execute(f"PRAGMA cache_size=-{CACHE_KIB}")
    connection.execute("PRAGMA temp_store=MEMORY")
    connection.execute("PRAGMA mmap_size=1073741824")
    connection.execute("PRAGMA secure_delete=ON")  # what is purged is overwritten, not only unlinked


def _check(connection: sqlite3.Connection, path: Path, create: bool) -> None:
    application = connection.execute("PRAGMA application_id").fetchone()[0]
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if application == APPLICATION_ID and version == SCHEMA_VERSION:
        return
    if application == APPLICATION_ID:
        older = version < SCHEMA_VERSION
        raise InputError(
            f"{path}: a history of schema {version}; this program reads schema {SCHEMA_VERSION}. "
            + ("Export it with the older program and add it anew" if older else "Use the newer program that made it")
        )
    if application or version or connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
        raise InputError(f"{path}: a database, but not a history of tidewaiter")
    if not create:
        raise InputError(f"{path}: there is no history in this file")
    connection.execute("BEGIN IMMEDIATE")
    if connection.execute("PRAGMA user_version").fetchone()[0] == 0:  # nobody else made it meanwhile
        for statement in (TABLES + INDEXES).split(";\n"):
            if statement.strip():
                connection.execute(statement)
        connection.execute("INSERT INTO meta VALUES('secret', ?)", (secrets.token_hex(32),))
        connection.execute(f"PRAGMA application_id={APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version={SCHEMA_VERSION}")
    connection.execute("COMMIT")


def secret_of(connection: sqlite3.Connection) -> bytes:
    """Return the key of the hashes of a history."""
    return bytes.fromhex(connection.execute("SELECT value FROM meta WHERE key='secret'").fetchone()[0])
