"""Use cases of leads: make one of a claim that a person graded or verified, end it early, list them, give them to a screening."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

from tidewaiter.claims.leads import check_lead, check_source, route_of
from tidewaiter.model import InputError
from tidewaiter.model.claims import Mention
from tidewaiter.model.leads import Lead, LeadSet
from tidewaiter.service.reports.ledger import Ledger
from tidewaiter.store.claims.looking import leads, readings
from tidewaiter.store.claims.schema import open_ledger
from tidewaiter.store.claims.writing import LedgerWriter


@dataclass(frozen=True, slots=True)
class LeadAsked:
    """What a person asks to look for, as typed."""

    claim: str
    concepts: Sequence[str] = ()
    wordings: Sequence[str] = ()
    method: str = ""
    route: str = ""
    since: str = ""
    until: str = ""
    by: str = ""
    why: str = ""


def make_lead(ledger: Ledger, asked: LeadAsked, now: datetime) -> Lead:
    """Make a lead of a claim.

    Args:
        ledger: the open ledger.
        asked: what to look for, until when, and who says so.
        now: when; the lead counts from this day unless `asked.since` says another.

    Raises:
        InputError: the claim was neither graded nor confirmed by a person, the lead has no end within a year, matches nothing,
            or names people.
    """
    found = ledger.claim(asked.claim)
    check_source(found.claim, found.grade, found.verification)
    if not asked.until:
        raise InputError("a lead needs an end: --until DATE, at most a year ahead")
    report = next(r.report for r in readings(ledger.connection) if r.report.id == found.claim.document)
    origin, destination = route_of(asked.route)
    lead = Lead(
        0,
        found.claim.id,
        tuple(dict.fromkeys(asked.concepts)),
        tuple(dict.fromkeys(" ".join(w.split()) for w in asked.wordings if w.strip())),
        asked.method,
        origin,
        destination,
        _day("--since", asked.since) if asked.since else now.date(),
        _day("--until", asked.until),
        asked.by,
        asked.why,
        found.claim.quote,
        report.url or report.publisher or report.source or report.id,
        str(found.grade.grade)
        if found.grade is not None
        else f"verified by {found.verification.by}"
        if found.verification
        else "",
    )
    if lead.since < now.date():
        raise InputError(
            f"--since: read {lead.since}, expected today or later: a lead changes no screening of the past"
        )
    check_lead(lead, ledger.rules.groups, _names(ledger, found.claim.document), ledger.packs.concepts)
    return replace(lead, no=LedgerWriter(ledger.connection, now).add_lead(lead))


def withdraw_lead(path: Path, number: int, by: str, why: str, now: datetime) -> None:
    """End a lead from today on; screenings as of an earlier day still show it."""
    with closing(open_ledger(path)) as connection:
        LedgerWriter(connection, now).withdraw(number, now.date(), by, why)


def read_leads(path: Path) -> LeadSet:
    """Return every lead of a ledger, as a screening takes them.

    Raises:
        InputError: the file is no ledger.
    """
    with closing(open_ledger(path)) as connection:
        return LeadSet(path.name, leads(connection))


def _names(ledger: Ledger, document: str) -> list[str]:
    """The proper names of persons in the claims of a document."""
    mentions: list[Mention] = [
        mention
        for reading in readings(ledger.connection)
        if reading.report.id == document
        for claim in reading.claims
        for mention in (claim.subject, claim.object)
        if mention is not None
    ]
    return [m.name for m in mentions if m.kind == "person" and m.name]


def _day(option: str, text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise InputError(f"{option}: read {text!r}, expected a date such as 2026-11-24") from None
