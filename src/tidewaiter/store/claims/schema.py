"""The tables of a ledger of reports (SQLite, write-ahead log) and how a file is opened, made, brought up to date or refused.

Rows are only added: triggers refuse to change or delete one. What is undone or withdrawn is a further row. Every row has its
digest in the audit, whose rows hang together by hashes. Times are whole microseconds since 1970 in UTC.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path

from tidewaiter.model import InputError

APPLICATION_ID = 0x5457434C  # "TWCL"
BUSY_MS = 30_000

# reports: the document as read, as JSON. claims: each with its document, as JSON; `predicate` is for looking at by hand.
# judgements: two mentions (`document:start-end`) are one person, or (`undoes`) an earlier judgement no longer counts.
# leads: with the quote, source and grade of their claim as they were; withdrawals end one early.
FIRST = """
CREATE TABLE reports(no INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, document TEXT NOT NULL, at INTEGER NOT NULL);
CREATE TABLE passages(no INTEGER PRIMARY KEY AUTOINCREMENT, report TEXT NOT NULL REFERENCES reports(id), kind TEXT NOT NULL,
  start INTEGER NOT NULL, stop INTEGER NOT NULL);
CREATE TABLE claims(no INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, report TEXT NOT NULL REFERENCES reports(id),
  predicate TEXT NOT NULL, claim TEXT NOT NULL);
CREATE TABLE links(no INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL, left_claim TEXT NOT NULL REFERENCES claims(id),
  right_claim TEXT NOT NULL REFERENCES claims(id), slot TEXT NOT NULL, because TEXT NOT NULL, by TEXT NOT NULL, at INTEGER NOT NULL);
CREATE TABLE incidents(no INTEGER PRIMARY KEY AUTOINCREMENT, title TEXT NOT NULL, claims TEXT NOT NULL, by TEXT NOT NULL,
  why TEXT NOT NULL, at INTEGER NOT NULL);
CREATE TABLE judgements(no INTEGER PRIMARY KEY AUTOINCREMENT, left_mention TEXT NOT NULL, right_mention TEXT NOT NULL,
  undoes INTEGER REFERENCES judgements(no), by TEXT NOT NULL, why TEXT NOT NULL, at INTEGER NOT NULL);
CREATE TABLE grades(no INTEGER PRIMARY KEY AUTOINCREMENT, claim TEXT NOT NULL REFERENCES claims(id),
  reliability TEXT NOT NULL CHECK(reliability IN ('A','B','C','D','E','F')), credibility INTEGER NOT NULL CHECK(credibility BETWEEN 1 AND 6),
  by TEXT NOT NULL, why TEXT NOT NULL, at INTEGER NOT NULL);
CREATE TABLE verifications(no INTEGER PRIMARY KEY AUTOINCREMENT, claim TEXT NOT NULL REFERENCES claims(id), by TEXT NOT NULL,
  method TEXT NOT NULL, result TEXT NOT NULL, evidence TEXT NOT NULL, at INTEGER NOT NULL);
CREATE TABLE leads(no INTEGER PRIMARY KEY AUTOINCREMENT, claim TEXT NOT NULL REFERENCES claims(id), concepts TEXT NOT NULL,
  wordings TEXT NOT NULL, method TEXT NOT NULL, origin TEXT NOT NULL, destination TEXT NOT NULL, since TEXT NOT NULL, until TEXT NOT NULL,
  by TEXT NOT NULL, why TEXT NOT NULL, quote TEXT NOT NULL, source TEXT NOT NULL, grade TEXT NOT NULL, at INTEGER NOT NULL);
CREATE TABLE withdrawals(no INTEGER PRIMARY KEY AUTOINCREMENT, lead INTEGER NOT NULL UNIQUE REFERENCES leads(no), day TEXT NOT NULL,
  by TEXT NOT NULL, why TEXT NOT NULL, at INTEGER NOT NULL);
CREATE TABLE audit(no INTEGER PRIMARY KEY AUTOINCREMENT, at INTEGER NOT NULL, actor TEXT NOT NULL, action TEXT NOT NULL,
  details TEXT NOT NULL, previous TEXT NOT NULL, hash TEXT NOT NULL);
CREATE INDEX claims_report ON claims(report);
CREATE INDEX passages_report ON passages(report);
"""
BEGUN_WITH = (
    "reports", "passages", "claims", "links", "incidents", "judgements", "grades", "verifications", "leads", "withdrawals", "audit",
)  # fmt: skip
KEPT = (*BEGUN_WITH, "facts")


def _guards(tables: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(
        f"CREATE TRIGGER {table}_no_{verb} BEFORE {verb.upper()} ON {table} BEGIN SELECT RAISE(ABORT, 'rows of a ledger are only added'); END"
        for table in tables
        for verb in ("update", "delete")
    )


# What each version of the schema adds to the one before it. A file of an older version is brought up to date when it is opened.
FACTS = "CREATE TABLE facts(no INTEGER PRIMARY KEY AUTOINCREMENT, report TEXT NOT NULL UNIQUE REFERENCES reports(id), facts TEXT NOT NULL)"
STEPS: tuple[tuple[str, ...], ...] = (
    (*(s for s in FIRST.split(";\n") if s.strip()), *_guards(BEGUN_WITH)),
    (FACTS, *_guards(("facts",))),
)


def open_ledger(path: Path, *, create: bool = False) -> sqlite3.Connection:
    """Open a ledger of reports.

    Args:
        path: the file.
        create: make it where it is missing.

    Raises:
        InputError: it is missing, no ledger, or made by a newer version of the program.
    """
    if path.is_dir():
        raise InputError(f"{path}: this is a folder; give the file of a ledger, e.g. reports.db")
    if not path.exists() and not create:
        raise InputError(f"{path}: there is no ledger; make one with `tidewaiter report ledger {path} --add FILE`")
    try:
        connection = sqlite3.connect(path, isolation_level=None, timeout=BUSY_MS / 1000)
        connection.execute(f"PRAGMA busy_timeout={BUSY_MS}")
        _check(connection, path, create)
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute("PRAGMA foreign_keys=ON")
        _bring_up_to_date(connection)
    except sqlite3.Error as error:
        raise InputError(f"{path}: cannot be used as a ledger: {error}") from error
    return connection


def _check(connection: sqlite3.Connection, path: Path, create: bool) -> None:
    application = connection.execute("PRAGMA application_id").fetchone()[0]
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if application == APPLICATION_ID:
        if version > len(STEPS):
            raise InputError(
                f"{path}: a ledger of schema {version}; this program reads up to schema {len(STEPS)}. Use the newer program that made it"
            )
        return
    if application or version or connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
        raise InputError(f"{path}: a database, but not a ledger of reports")
    if not create:
        raise InputError(f"{path}: there is no ledger in this file")


def _bring_up_to_date(connection: sqlite3.Connection) -> None:
    """Apply the steps that a file lacks, each wholly or not at all; another process may do so at the same time."""
    while connection.execute("PRAGMA user_version").fetchone()[0] < len(STEPS):
        connection.execute("BEGIN IMMEDIATE")
        try:
            version = connection.execute("PRAGMA user_version").fetchone()[0]
            if version < len(STEPS):
                for statement in STEPS[version]:
                    connection.execute(statement)
                connection.execute(f"PRAGMA application_id={APPLICATION_ID}")
                connection.execute(f"PRAGMA user_version={version + 1}")
        except BaseException:
            connection.execute("ROLLBACK")
            raise
        connection.execute("COMMIT")
