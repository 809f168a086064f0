"""Read a ledger of reports back as values, and check that nothing in it was altered."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import date
from typing import Any

import msgspec
import orjson

from tidewaiter.claims.facts import Fact
from tidewaiter.claims.reading import ReadReport
from tidewaiter.model.claims import Claim, ClaimLink, Grade, Report
from tidewaiter.model.leads import Lead
from tidewaiter.model.ledger import HandWork, Incident, Judgement, SetGrade, Verification
from tidewaiter.store.claims.schema import KEPT
from tidewaiter.store.claims.writing import row_digest
from tidewaiter.store.history.audit import audit_rows, broken_row
from tidewaiter.store.history.codec import instant

_REPORT = msgspec.json.Decoder(Report)
_CLAIM = msgspec.json.Decoder(Claim)
_FACTS = msgspec.json.Decoder(tuple[Fact, ...])


def readings(connection: sqlite3.Connection) -> tuple[ReadReport, ...]:
    """Return every document with its claims and what it states beside them, by id."""
    claims: dict[str, list[Claim]] = {}
    for report, text in connection.execute("SELECT report, claim FROM claims ORDER BY no"):
        claims.setdefault(report, []).append(_CLAIM.decode(text))
    facts = {report: _FACTS.decode(text) for report, text in connection.execute("SELECT report, facts FROM facts")}
    return tuple(
        ReadReport(_REPORT.decode(text), tuple(claims.get(name, ())), facts.get(name, ()))
        for name, text in connection.execute("SELECT id, document FROM reports ORDER BY id")
    )


def handwork(connection: sqlite3.Connection) -> HandWork:
    """Return everything that people did in a ledger."""
    rows = connection.execute
    return HandWork(
        tuple(
            SetGrade(no, claim, Grade(letter, digit, (), (), by), why, instant(at))
            for no, claim, letter, digit, by, why, at in rows(
                "SELECT no, claim, reliability, credibility, by, why, at FROM grades ORDER BY no"
            )
        ),
        tuple(
            Judgement(no, left, right, undoes, by, why, instant(at))
            for no, left, right, undoes, by, why, at in rows(
                "SELECT no, left_mention, right_mention, undoes, by, why, at FROM judgements ORDER BY no"
            )
        ),
        tuple(
            Verification(no, claim, by, method, result, evidence, instant(at))
            for no, claim, by, method, result, evidence, at in rows(
                "SELECT no, claim, by, method, result, evidence, at FROM verifications ORDER BY no"
            )
        ),
        tuple(
            Incident(no, title, tuple(orjson.loads(claims)), by, why, instant(at))
            for no, title, claims, by, why, at in rows(
                "SELECT no, title, claims, by, why, at FROM incidents ORDER BY no"
            )
        ),
        tuple(
            ClaimLink(*row)
            for row in rows("SELECT kind, left_claim, right_claim, slot, because, by FROM links ORDER BY no")
        ),
        leads(connection),
        {name: instant(at) for name, at in rows("SELECT id, at FROM reports ORDER BY no")},
    )


def leads(connection: sqlite3.Connection) -> tuple[Lead, ...]:
    """Return every lead ever made, in the order they were made; `Lead.in_force` says which count on a day."""
    query = (
        "SELECT leads.no, claim, concepts, wordings, method, origin, destination, since, until, leads.by, leads.why, quote, source, grade,"
        " day FROM leads LEFT JOIN withdrawals ON withdrawals.lead = leads.no ORDER BY leads.no"
    )
    return tuple(_lead(row) for row in connection.execute(query))


def _lead(row: tuple[Any, ...]) -> Lead:
    no, claim, concepts, wordings, method, origin, destination, since, until, by, why, quote, source, grade, day = row
    return Lead(
        no,
        claim,
        tuple(orjson.loads(concepts)),
        tuple(orjson.loads(wordings)),
        method,
        origin,
        destination,
        date.fromisoformat(since),
        date.fromisoformat(until),
        by,
        why,
        quote,
        source,
        grade,
        date.fromisoformat(day) if day else None,
    )


def altered(connection: sqlite3.Connection) -> Iterator[str]:
    """Yield what does not fit the audit: a broken chain, a row that was changed or removed, a row that nobody added."""
    broken = broken_row(connection)
    if broken is not None:
        yield f"audit row {broken} does not fit the chain: it or the one before it was altered"
    told: dict[tuple[str, int], str] = {}
    for row in audit_rows(connection):
        for table, no, digest in row.details.get("rows", ()):
            told[table, no] = digest
    for (table, no), digest in told.items():
        if table in KEPT and row_digest(connection, table, no) != digest:
            yield f"row {no} of {table} was changed or removed"
    for table in KEPT:
        if table != "audit":
            for (no,) in connection.execute(f"SELECT no FROM {table} ORDER BY no"):
                if (table, no) not in told:
                    yield f"row {no} of {table} was put in past the ledger"
