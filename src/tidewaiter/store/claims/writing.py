"""Write into a ledger of reports: one transaction a change, a digest of every row in the audit, nothing ever changed."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime
from hashlib import sha256
from typing import Any

import msgspec
import orjson

from tidewaiter.claims.reading import ReadReport, check_quotes
from tidewaiter.model import InputError
from tidewaiter.model.claims import ClaimLink, Grade
from tidewaiter.model.leads import Lead
from tidewaiter.model.ledger import VERIFICATION_RESULTS, VerificationResult
from tidewaiter.store.history.audit import add_row
from tidewaiter.store.history.codec import micros

PROGRAM = "tidewaiter"


class LedgerWriter:
    """The one writer of a ledger.

    Args:
        connection: an open ledger.
        now: when the changes are made.
    """

    def __init__(self, connection: sqlite3.Connection, now: datetime) -> None:
        self.connection = connection
        self.now = now

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Write everything in the block, or nothing of it."""
        self.connection.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self.connection.execute("ROLLBACK")
            raise
        self.connection.execute("COMMIT")

    def add_report(self, reading: ReadReport) -> bool:
        """Add a document with its claims; one that the ledger has already is left as it is.

        Returns:
            Whether it was new.

        Raises:
            InputError: a claim does not quote its document.
        """
        report = reading.report
        check_quotes(reading, f"report {report.id}")
        with self.transaction():
            if self.connection.execute("SELECT 1 FROM reports WHERE id=?", (report.id,)).fetchone() is not None:
                return False
            document = msgspec.json.encode(report, order="deterministic").decode()
            rows = [self._insert("reports", id=report.id, document=document, at=micros(self.now))]
            for passage in report.passages:
                rows.append(
                    self._insert("passages", report=report.id, kind=passage.kind, start=passage.start, stop=passage.end)
                )
            for claim in reading.claims:
                text = msgspec.json.encode(claim, order="deterministic").decode()
                rows.append(
                    self._insert("claims", id=claim.id, report=report.id, predicate=claim.predicate.value, claim=text)
                )
            if reading.facts:
                facts = msgspec.json.encode(reading.facts, order="deterministic").decode()
                rows.append(self._insert("facts", report=report.id, facts=facts))
            self._audit(PROGRAM, "add", {"report": report.id, "claims": len(reading.claims)}, rows)
        return True

    def set_grade(self, claim: str, grade: Grade, why: str) -> int:
        """Set an analyst's grade of a claim; `grade.by` is who does."""
        _named(grade.by, why)
        values = {
            "claim": claim,
            "reliability": grade.reliability,
            "credibility": grade.credibility,
            "by": grade.by,
            "why": why,
        }
        return self._one("grades", "grade", values, claim)

    def verify(self, claim: str, by: str, method: str, result: VerificationResult, evidence: str) -> int:
        """Keep that a person looked into a claim."""
        _named(by, method)
        if result not in VERIFICATION_RESULTS:
            raise InputError(f"read the result {result!r}, expected one of {', '.join(VERIFICATION_RESULTS)}")
        if result != "open" and not evidence:
            raise InputError("a verification that confirms or refutes needs its evidence (--evidence)")
        values = {"claim": claim, "by": by, "method": method, "result": result, "evidence": evidence}
        return self._one("verifications", "verify", values, claim)

    def join(self, left: str, right: str, by: str, why: str) -> int:
        """Keep a person's word that two mentions (`document:start-end`) are one person."""
        _named(by, why)
        if left == right:
            raise InputError(f"{left}: one mention cannot be joined to itself")
        values = {"left_mention": left, "right_mention": right, "undoes": None, "by": by, "why": why}
        return self._one("judgements", "join", values)

    def split(self, judgement: int, by: str, why: str) -> int:
        """Undo a join. The ledger then says of persons exactly what it said before it, other joins apart."""
        _named(by, why)
        query = "SELECT left_mention, right_mention FROM judgements WHERE no=? AND undoes IS NULL"
        with self.transaction():
            row = self.connection.execute(query, (judgement,)).fetchone()
            undone = self.connection.execute("SELECT 1 FROM judgements WHERE undoes=?", (judgement,)).fetchone()
            if row is None or undone is not None:
                raise InputError(f"join {judgement}: there is none of this number that stands")
            values = {"left_mention": row[0], "right_mention": row[1], "undoes": judgement, "by": by, "why": why}
            return self._within("judgements", "split", values)

    def group(self, title: str, claims: tuple[str, ...], by: str, why: str) -> int:
        """Group claims as one incident by an analyst's word."""
        _named(by, why)
        if not title or not claims:
            raise InputError("an incident needs a title (--title) and at least one claim")
        with self.transaction():
            for claim in claims:
                self.check_claim(claim)
            values = {"title": title, "claims": orjson.dumps(claims).decode(), "by": by, "why": why}
            return self._within("incidents", "group", values)

    def link(self, link: ClaimLink) -> int:
        """Keep a link between two claims by an analyst's word."""
        _named(link.by, link.because)
        with self.transaction():
            self.check_claim(link.left)
            self.check_claim(link.right)
            values = {
                "kind": link.kind,
                "left_claim": link.left,
                "right_claim": link.right,
                "slot": link.slot,
                "because": link.because,
                "by": link.by,
            }
            return self._within("links", "link", values)

    def add_lead(self, lead: Lead) -> int:
        """Add a lead (its `no` is given here). Whether it may be made at all is for the caller to check."""
        _named(lead.by, lead.why)
        values = {
            "claim": lead.claim,
            "concepts": orjson.dumps(lead.concepts).decode(),
            "wordings": orjson.dumps(lead.wordings).decode(),
            "method": lead.method,
            "origin": lead.origin,
            "destination": lead.destination,
            "since": lead.since.isoformat(),
            "until": lead.until.isoformat(),
            "by": lead.by,
            "why": lead.why,
            "quote": lead.quote,
            "source": lead.source,
            "grade": lead.grade,
        }
        return self._one("leads", "lead", values, lead.claim)

    def withdraw(self, lead: int, on: date, by: str, why: str) -> int:
        """End a lead early: from `on` on it has no effect; screenings as of an earlier day still show it."""
        _named(by, why)
        with self.transaction():
            if self.connection.execute("SELECT 1 FROM leads WHERE no=?", (lead,)).fetchone() is None:
                raise InputError(f"lead {lead}: there is none of this number")
            if self.connection.execute("SELECT 1 FROM withdrawals WHERE lead=?", (lead,)).fetchone() is not None:
                raise InputError(f"lead {lead}: it was withdrawn already")
            return self._within("withdrawals", "withdraw", {"lead": lead, "day": on.isoformat(), "by": by, "why": why})

    def check_claim(self, claim: str) -> None:
        """Check that the ledger has a claim.

        Raises:
            InputError: it has not.
        """
        if self.connection.execute("SELECT 1 FROM claims WHERE id=?", (claim,)).fetchone() is None:
            raise InputError(f"{claim}: no claim of this id is in the ledger; `tidewaiter report ledger DB` shows them")

    def _one(self, table: str, action: str, values: Mapping[str, Any], claim: str = "") -> int:
        with self.transaction():
            if claim:
                self.check_claim(claim)
            return self._within(table, action, values)

    def _within(self, table: str, action: str, values: Mapping[str, Any]) -> int:
        row = self._insert(table, **values, at=micros(self.now))
        self._audit(str(values["by"]), action, {}, [row])
        return int(row[1])

    def _insert(self, table: str, **values: Any) -> tuple[str, int]:
        names = ", ".join(values)
        marks = ", ".join("?" * len(values))
        done = self.connection.execute(f"INSERT INTO {table}({names}) VALUES({marks})", tuple(values.values()))
        assert done.lastrowid is not None
        return table, done.lastrowid

    def _audit(self, actor: str, action: str, details: dict[str, Any], rows: list[tuple[str, int]]) -> None:
        digests = [[table, no, row_digest(self.connection, table, no)] for table, no in rows]
        add_row(self.connection, self.now, actor, action, {**details, "rows": digests})


def row_digest(connection: sqlite3.Connection, table: str, no: int) -> str:
    """Return the SHA-256 of a row as it stands, empty where there is none."""
    row = connection.execute(f"SELECT * FROM {table} WHERE no=?", (no,)).fetchone()
    return sha256(orjson.dumps(list(row))).hexdigest() if row is not None else ""


def _named(by: str, why: str) -> None:
    if not by.strip() or not why.strip():
        raise InputError("what a person does here needs who (--by) and why or how (--why, --method)")
