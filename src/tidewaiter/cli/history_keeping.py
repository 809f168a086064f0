"""`tidewaiter history`: decisions, joins by hand, purge and one person's data."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import typer

from tidewaiter.cli.common import BAD_INPUT, NOTHING, byte_output, console_error
from tidewaiter.formats.outcomes.jsonl import dumps
from tidewaiter.model import InputError, Party
from tidewaiter.service import history_keeping as keeping
from tidewaiter.store.history.decisions import DECISIONS, Decision

HISTORY = typer.Option(..., "--history", metavar="DB", help="The file of the history.")
ACTOR = typer.Option("", "--actor", help="Who does it; kept in the audit.")
REASON = typer.Option("", "--reason", help="Why; kept in the audit.")
NAME = typer.Option("", "--name", help="The person's name.")
PHONE = typer.Option("", "--phone", help="A phone of the person.")
EMAIL = typer.Option("", "--email", help="An e-mail address of the person.")
HANDLE = typer.Option("", "--handle", help="A marketplace account of the person.")
COUNTRY = typer.Option("", "--country", help="Country of the phone where it has no calling code, e.g. DE.")
ENTITY = typer.Option("", "--entity", help="The entity itself, e.g. E12, where several fit.")

person_app = typer.Typer(help="One person's data.", no_args_is_help=True)


def _say(value: object) -> None:
    with byte_output(None) as handle:
        handle.write(dumps(value) + b"\n")


def decide(
    item: str = typer.Argument("", metavar="[ID]", help="The id of a postal item."),
    history: Path = HISTORY,
    decision: str = typer.Option("", "--decision", help=f"One of {', '.join(DECISIONS)}."),
    at: str = typer.Option("", "--at", help="When it was decided, ISO. Default: now."),
    actor: str = ACTOR,
    reason: str = REASON,
    random: bool = typer.Option(False, "--random", help="The item was drawn by chance, not for what it showed."),
    file: Path | None = typer.Option(
        None, "--file", help="CSV of decisions: id, decision, at, actor and optional reason, random."
    ),
    zone: str = typer.Option("UTC", "--zone", help="Zone of times without one."),
) -> int:
    """Keep what people decided about items; later items see it from its own time on."""
    now = datetime.now(UTC)
    places = keeping.zone_of(zone)
    if bool(item) == (file is not None):
        raise InputError("say either the id of an item with --decision, or --file with a CSV of decisions")
    if file is not None:
        made = keeping.read_decisions(file, places)
    else:
        when = keeping.instant_of(at, places, "--at") if at else now
        made = [Decision(item, decision, when, actor, reason, random)]
    added, known = keeping.decide(history, made, now)
    _say({"added": added, "repeated": known})
    return NOTHING


def join(
    left: str = typer.Argument(..., help="A declared party, as `history links` shows it, e.g. P12."),
    right: str = typer.Argument(..., help="The other."),
    history: Path = HISTORY,
    actor: str = ACTOR,
    reason: str = REASON,
) -> int:
    """Join two declared parties by a person's word; it holds against what their comparison says."""
    keeping.join(history, left, right, actor, reason, datetime.now(UTC))
    return NOTHING


def split(
    number: int = typer.Argument(..., metavar="JOIN", help="The number of a join, as `history links` shows it."),
    history: Path = HISTORY,
    actor: str = ACTOR,
    reason: str = REASON,
) -> int:
    """Undo a join for good: its two parties are never one again unless a person joins them."""
    keeping.split(history, number, actor, reason, datetime.now(UTC))
    return NOTHING


def purge(
    history: Path = HISTORY,
    before: str = typer.Option("", "--before", metavar="DATE", help="Items posted before this day."),
    older_than: int | None = typer.Option(None, "--older-than", metavar="DAYS", help="Items posted so many days ago."),
    classes: list[str] = typer.Option([], "--class", help="Only ordinary, reviewed or held items; may be repeated."),
    actor: str = ACTOR,
    dry_run: bool = typer.Option(False, "--dry-run", help="Say what would go; change nothing."),
) -> int:
    """Purge items past their time and what hangs on them, so that nothing stays in the file; the audit keeps the proof."""
    purged = keeping.purge_items(history, before, older_than, classes, actor, datetime.now(UTC), dry_run)
    _say(
        {
            "items": purged.items,
            "versions": purged.versions,
            "parties": purged.parties,
            "ids_sha256": purged.ids_sha256,
            "audit": purged.audit,
            "dry_run": dry_run,
        }
    )
    return NOTHING


def audit(history: Path = HISTORY) -> int:
    """Print what was changed by hand or purged, and check that no row was altered."""
    rows, broken = keeping.audit(history)
    for row in rows:
        _say(row)
    if broken is not None:
        console_error(f"{history}: audit row {broken} does not fit the chain: it or the one before it was altered")
        return BAD_INPUT
    return NOTHING


def _asked(name: str, phone: str, email: str, handle: str, country: str, entity: str) -> Party:
    if not (name or phone or email or handle or entity):
        raise InputError("say who: --name, --phone, --email, --handle or --entity")
    return Party(name=name, phone=phone, email=email, handle=handle, country=country.upper())


@person_app.command("find")
def find(
    history: Path = HISTORY,
    name: str = NAME,
    phone: str = PHONE,
    email: str = EMAIL,
    handle: str = HANDLE,
    country: str = COUNTRY,
) -> int:
    """Print the declared parties that fit, each with its entity."""
    for found in keeping.people(history, _asked(name, phone, email, handle, country, ""), datetime.now(UTC)):
        _say({"entity": f"E{found.entity}", "party": f"P{found.party}", "declared": found.declared})
    return NOTHING


@person_app.command("export")
def person_export(
    history: Path = HISTORY,
    name: str = NAME,
    phone: str = PHONE,
    email: str = EMAIL,
    handle: str = HANDLE,
    country: str = COUNTRY,
    entity: str = ENTITY,
) -> int:
    """Print what the history holds of one person; the other party of an item is left out."""
    asked = _asked(name, phone, email, handle, country, entity)
    _say(keeping.person_export(history, asked, entity, datetime.now(UTC)))
    return NOTHING


@person_app.command("pseudonymise")
def person_pseudonymise(
    history: Path = HISTORY,
    name: str = NAME,
    phone: str = PHONE,
    email: str = EMAIL,
    handle: str = HANDLE,
    country: str = COUNTRY,
    entity: str = ENTITY,
    actor: str = ACTOR,
    reason: str = REASON,
) -> int:
    """Replace what was declared of one person by keyed hashes; items and links stay."""
    asked = _asked(name, phone, email, handle, country, entity)
    changed = keeping.person_pseudonymise(history, asked, entity, actor, reason, datetime.now(UTC))
    _say({"parties": changed})
    return NOTHING
