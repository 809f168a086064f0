"""`tidewaiter report page`, `report export` and `report propose`: a ledger for readers, for other programs, and for the packs."""

from __future__ import annotations

from contextlib import closing
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

import typer

from tidewaiter.cli.common import FINDINGS, NOTHING, byte_output
from tidewaiter.cli.report_ledger import DB
from tidewaiter.formats.outcomes.jsonl import dumps
from tidewaiter.model import InputError
from tidewaiter.service.compiled import packs_and_engine
from tidewaiter.service.locations import packs_folder
from tidewaiter.service.reports.exports import FORMS, NOT_CARRIED
from tidewaiter.service.reports.ledger import Ledger
from tidewaiter.service.reports.page import ledger_page
from tidewaiter.service.reports.part import part_of
from tidewaiter.service.reports.propose import as_patch, proposals_of

OUT = typer.Option(None, "--out", "-o", metavar="FILE", help="Where to write; standard output otherwise.")
INCIDENT = typer.Option([], "--incident", metavar="ID", help="Only this incident; may be repeated.")


def page(
    path: Path = DB,
    out: Path | None = OUT,
    incident: list[str] = INCIDENT,
    title: str = typer.Option("Incidents as reported", "--title", help="The heading of the page."),
) -> int:
    """Write incidents as one HTML page: timeline, who says what, conflicts, goods, places, and the marked texts."""
    with closing(Ledger(path)) as ledger, byte_output(out) as handle:
        handle.write(ledger_page(part_of(ledger.view(), incident), datetime.now(UTC), title))
    return NOTHING


def export(
    path: Path = DB,
    form: str = typer.Option(..., "--format", metavar="FORM", help=f"One of {', '.join(FORMS)}."),
    out: Path | None = OUT,
    incident: list[str] = INCIDENT,
) -> int:
    """Write a ledger as STIX 2.1, MISP events, FollowTheMoney, ClaimReview (JSON-LD) or CSV; says what the form could not carry."""
    if form not in FORMS:
        raise InputError(f"--format: read {form!r}, expected one of {', '.join(FORMS)}")
    with closing(Ledger(path)) as ledger, byte_output(out) as handle:
        handle.write(FORMS[form](part_of(ledger.view(), incident), datetime.now(UTC)))
    typer.echo(f"{form}: {NOT_CARRIED[form]}", err=True)
    return NOTHING


def propose(
    path: Path = DB,
    out: Path | None = OUT,
    rows: bool = typer.Option(False, "--json", help="One model name a line with its quotes, instead of a patch."),
) -> int:
    """Propose model names that no concept knows, with their quotes, as a patch to the packs for a person to accept."""
    folder = packs_folder()
    packs, engine = packs_and_engine(folder)
    with closing(Ledger(path, packs, engine)) as ledger:
        found = proposals_of(ledger.view(), packs, engine)
    with byte_output(out) as handle:
        if rows:
            for proposal in found:
                handle.write(dumps(asdict(proposal) | {"fits": proposal.fits}) + b"\n")
        else:
            handle.write(as_patch(found, packs, folder).encode())
    left = [p.designator for p in found if not p.fits]
    if left and not rows:
        typer.echo(
            f"no patch for {', '.join(left)}: the reports name no one kind beside it, or it has no digit", err=True
        )
    return FINDINGS if found else NOTHING


def add_commands(app: typer.Typer) -> None:
    """Add the commands to `tidewaiter report`."""
    app.command("page")(page)
    app.command("export")(export)
    app.command("propose")(propose)
