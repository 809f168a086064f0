"""`tidewaiter report ledger` and what people do in a ledger: grade, join, split, verify, group, link, check, and leads."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import typer

from tidewaiter.claims.reading import ReadReport
from tidewaiter.cli.common import AS_OF, BAD_INPUT, NOTHING, byte_output, console_error, legal_date
from tidewaiter.formats.outcomes.jsonl import dumps
from tidewaiter.model import InputError
from tidewaiter.service.reports.claims import load_claim_reader
from tidewaiter.service.reports.leads import LeadAsked, make_lead, read_leads, withdraw_lead
from tidewaiter.service.reports.ledger import Ledger, add_files
from tidewaiter.service.reports.reading import read_files, with_copies_marked
from tidewaiter.service.reports.showing import incident_row, lead_row, ledger_text
from tidewaiter.service.reports.stated import fact_reader

DB = typer.Argument(..., metavar="DB", help="The file of the ledger.")
CLAIM = typer.Argument(..., metavar="CLAIM", help="The id of a claim, as `report ledger DB` shows it.")
BY = typer.Option("", "--by", metavar="NAME", help="Who says so; kept.")
WHY = typer.Option("", "--why", metavar="TEXT", help="Why; kept.")


@contextmanager
def _opened(path: Path) -> Iterator[Ledger]:
    ledger = Ledger(path)
    try:
        yield ledger
    finally:
        ledger.close()


def _read_file(path: Path) -> Iterator[ReadReport]:
    """Read a document with its claims, as `report read` does; what cannot be read is an error."""
    reader = load_claim_reader()
    facts_of = fact_reader(reader).facts
    for reading in with_copies_marked(read_files([path])):
        if reading.report is None:
            raise InputError(f"{path}: cannot be read", reading.problems)
        claims = reader.claims(reading.report)
        for problem in reader.unread(reading.report, claims):
            console_error(f"  {problem}")
        yield ReadReport(reading.report, claims, facts_of(reading.report))


def _say(value: object) -> None:
    with byte_output(None) as handle:
        handle.write(dumps(value) + b"\n")


def ledger(
    path: Path = DB,
    add: list[Path] = typer.Option(
        [], "--add", metavar="FILE", help="JSON Lines of `report read`, or documents; may be repeated."
    ),
    files: list[Path] = typer.Argument(None, metavar="[FILE…]", help="Further files to add, with --add."),
    rows: bool = typer.Option(False, "--json", help="One incident a line instead of text."),
) -> int:
    """Add read reports to a ledger, or show it: incidents with documents, origins, claims with grade and status, conflicts."""
    if files and not add:
        raise InputError("say --add FILE… to add files to the ledger")
    if add:
        added = add_files(path, [*add, *(files or [])], datetime.now(UTC), _read_file)
        _say({"documents": added.documents, "claims": added.claims, "known": added.known, "unread": added.unread})
        return NOTHING
    with _opened(path) as opened, byte_output(None) as handle:
        view = opened.view()
        if rows:
            for incident in view.incidents:
                handle.write(dumps(incident_row(incident)) + b"\n")
        else:
            handle.write(ledger_text(view).encode("utf-8", "replace"))
    return NOTHING


def grade(
    path: Path = DB, claim: str = CLAIM, pair: str = typer.Argument(..., metavar="C3"), by: str = BY, why: str = WHY
) -> int:
    """Set the Admiralty pair of a claim. The last one counts; the former ones stay."""
    with _opened(path) as opened:
        found = opened.grade(claim, pair, by, why, datetime.now(UTC))
        _say(
            {
                "claim": claim,
                "grade": str(found.standing),
                "suggested": str(found.suggested),
                "upstreams": found.upstreams,
            }
        )
    return NOTHING


def join(
    path: Path = DB,
    left: str = typer.Argument(..., metavar="MENTION", help="A mention of a person, document:start-end."),
    right: str = typer.Argument(..., metavar="MENTION", help="The other."),
    by: str = BY,
    why: str = WHY,
    despite: list[str] = typer.Option(
        [], "--despite", metavar="age", help="Join although the ages differ; why says which is wrong."
    ),
) -> int:
    """Say that two mentions are one person; a person's word, kept as such, and undone by `report split`."""
    with _opened(path) as opened:
        _say({"join": opened.join(left, right, by, why, datetime.now(UTC), despite)})
    return NOTHING


def split(path: Path = DB, number: int = typer.Argument(..., metavar="JOIN"), by: str = BY, why: str = WHY) -> int:
    """Undo a join of persons."""
    with _opened(path) as opened:
        opened.split(number, by, why, datetime.now(UTC))
    return NOTHING


def verify(
    path: Path = DB,
    claim: str = CLAIM,
    by: str = BY,
    method: str = typer.Option("", "--method", metavar="TEXT", help="How it was looked into."),
    result: str = typer.Option(..., "--result", help="confirmed, refuted or open."),
    evidence: str = typer.Option(
        "", "--evidence", metavar="TEXT", help="What shows it: a paper, an address, a photograph."
    ),
) -> int:
    """Keep that a person looked into a claim, and what came of it."""
    with _opened(path) as opened:
        _say({"verification": opened.verify(claim, by, method, result, evidence, datetime.now(UTC))})
    return NOTHING


def group(
    path: Path = DB,
    claims: list[str] = typer.Argument(..., metavar="CLAIM…"),
    title: str = typer.Option(..., "--title", help="What the incident is called."),
    by: str = BY,
    why: str = WHY,
) -> int:
    """Group claims as one incident by your own word; grouping merges nothing."""
    with _opened(path) as opened:
        _say({"incident": f"I{opened.group(title, claims, by, why, datetime.now(UTC))}"})
    return NOTHING


def link(
    path: Path = DB,
    kind: str = typer.Argument(..., metavar="KIND", help="same-as, conflicts-with, corrects or supersedes."),
    left: str = CLAIM,
    right: str = CLAIM,
    slot: str = typer.Option("", "--slot", help="The slot that differs."),
    by: str = BY,
    why: str = WHY,
) -> int:
    """Link two claims by your own word."""
    with _opened(path) as opened:
        _say({"link": opened.link(kind, left, right, slot, by, why, datetime.now(UTC))})
    return NOTHING


def check(path: Path = DB) -> int:
    """Check that nothing in a ledger was altered past it."""
    with _opened(path) as opened:
        found = opened.altered()
    for line in found:
        console_error(f"{path}: {line}")
    return BAD_INPUT if found else NOTHING


def lead(
    path: Path = DB,
    claim: str = CLAIM,
    concept: list[str] = typer.Option([], "--concept", help="A kind of goods of the packs; may be repeated."),
    wording: list[str] = typer.Option([], "--wording", help="A phrase of declarations; may be repeated."),
    method: str = typer.Option("", "--method", help="How it was done, for the reader; matches nothing."),
    route: str = typer.Option(
        "", "--route", metavar="RU-CN", help="Origin and destination; counts only with goods or a wording."
    ),
    since: str = typer.Option("", "--since", metavar="DATE", help="From this day on. Default: today."),
    until: str = typer.Option("", "--until", metavar="DATE", help="The last day, at most a year ahead."),
    by: str = BY,
    why: str = WHY,
) -> int:
    """Make a lead of a claim that a person graded or confirmed: goods or wordings to review in the mail, until a day."""
    with _opened(path) as opened:
        made = make_lead(
            opened, LeadAsked(claim, concept, wording, method, route, since, until, by, why), datetime.now(UTC)
        )
        _say(lead_row(made))
    return NOTHING


def withdraw(path: Path = DB, number: int = typer.Argument(..., metavar="LEAD"), by: str = BY, why: str = WHY) -> int:
    """End a lead from today on."""
    withdraw_lead(path, number, by, why, datetime.now(UTC))
    return NOTHING


def leads(
    path: Path = DB,
    as_of: str | None = AS_OF,
    every: bool = typer.Option(False, "--all", help="Also those not in force."),
) -> int:
    """Print the leads in force on a day."""
    on = legal_date(as_of)
    found = read_leads(path)
    for row in found.leads if every else found.on(on):
        _say({**lead_row(row), "in_force": row.in_force(on)})
    return NOTHING


def add_commands(app: typer.Typer) -> None:
    """Add the commands of the ledger to `tidewaiter report`."""
    for command in (ledger, grade, join, split, verify, group, link, check, lead, withdraw, leads):
        app.command(command.__name__)(command)
