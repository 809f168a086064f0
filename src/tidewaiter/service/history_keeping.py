"""Use cases around a history that is there: decisions, joins by hand, purge, one person's data, export."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, time, timedelta, tzinfo
from pathlib import Path
from typing import Any

from tidewaiter.model import InputError, Party
from tidewaiter.model.network import Network
from tidewaiter.screen.description import DescriptionQuality
from tidewaiter.service.compiled import packs_and_engine
from tidewaiter.service.history import linking_weights, zone_of
from tidewaiter.service.locations import packs_folder
from tidewaiter.store.history.audit import audit_rows, broken_row
from tidewaiter.store.history.decisions import Decision, add_decisions
from tidewaiter.store.history.export import Exported, Progress, export
from tidewaiter.store.history.handwork import join_parties, split_join
from tidewaiter.store.history.linking import Linking
from tidewaiter.store.history.network import network_around
from tidewaiter.store.history.paths import Paths
from tidewaiter.store.history.people import FoundParty, find_people, person_data, pseudonymise, the_entity
from tidewaiter.store.history.purging import Purged, purge
from tidewaiter.store.history.schema import open_history


def links(history: Path, item: str, depth: int) -> Iterator[dict[str, Any]]:
    """Yield the items linked to one, nearest first.

    Raises:
        InputError: no such history or item.
    """
    yield from Paths(open_history(history), linking_weights()).linked(item, depth)


def network(history: Path, item: str, depth: int) -> Network:
    """Return what stands around an item.

    Raises:
        InputError: no such history or item.
    """
    return network_around(open_history(history), linking_weights(), item, depth)


def number_of(name: str, letter: str) -> int:
    """Return the number of a party (`P12`) or entity (`E12`).

    Raises:
        InputError: it is not one.
    """
    digits = name.removeprefix(letter)
    if not digits.isdigit():
        raise InputError(f"read {name!r}, expected {letter} and a number, as `history links` shows it, e.g. {letter}12")
    return int(digits)


def join(history: Path, left: str, right: str, actor: str, reason: str, now: datetime) -> None:
    """Join two declared parties by a person's word."""
    linking = Linking(open_history(history), linking_weights(), now)
    join_parties(linking, number_of(left, "P"), number_of(right, "P"), actor, reason, now)


def split(history: Path, number: int, actor: str, reason: str, now: datetime) -> None:
    """Undo a join for good."""
    split_join(Linking(open_history(history), linking_weights(), now), number, actor, reason, now)


def decide(history: Path, decisions: Sequence[Decision], now: datetime) -> tuple[int, int]:
    """Add decisions; return how many were added and how many were there already."""
    return add_decisions(open_history(history), decisions, now)


def read_decisions(path: Path, zone: tzinfo = UTC) -> list[Decision]:
    """Read decisions from a CSV with the columns id, decision, at, actor and optional reason, random (yes or no).

    Raises:
        InputError: the file cannot be read or a cell is not what is expected; the line is named.
    """
    found = []
    try:
        with path.open(encoding="utf-8-sig", newline="") as handle:
            rows = csv.DictReader(handle)
            missing = {"id", "decision", "at", "actor"} - set(rows.fieldnames or ())
            if missing:
                raise InputError(f"{path}: the columns {', '.join(sorted(missing))} are missing")
            for row in rows:
                at = instant_of(row["at"], zone, f"{path}:{rows.line_num}: at")
                random = (row.get("random") or "").strip().casefold() in ("yes", "true", "1")
                decision = row["decision"].strip().casefold()
                found.append(Decision(row["id"].strip(), decision, at, row["actor"], row.get("reason") or "", random))
    except (OSError, UnicodeError, csv.Error) as error:
        raise InputError(f"{path}: cannot be read: {error}") from error
    return found


def instant_of(text: str, zone: tzinfo, where: str) -> datetime:
    """Return the instant of an ISO date (its noon) or date and time; without a zone, in the one given.

    Raises:
        InputError: it is neither.
    """
    try:
        found = datetime.fromisoformat(text.strip())
    except ValueError:
        raise InputError(f"{where}: read {text!r}, expected 2026-09-14 or 2026-09-14T10:30:00+03:00") from None
    if len(text.strip()) == 10:
        found = datetime.combine(found.date(), time(12))
    return found if found.tzinfo is not None else found.replace(tzinfo=zone)


def purge_items(
    history: Path, before: str, older_than: int | None, classes: Sequence[str], actor: str, now: datetime, dry_run: bool
) -> Purged:
    """Purge items posted before a day (its beginning in UTC), or more than so many days before now.

    Raises:
        InputError: not exactly one of the two is given.
    """
    if bool(before) == (older_than is not None):
        raise InputError("say either --before DATE or --older-than DAYS")
    if before:
        at = instant_of(before, UTC, "--before")
        line = at.replace(hour=0, minute=0) if len(before) == 10 else at
    else:
        assert older_than is not None
        line = now - timedelta(days=older_than)
    return purge(open_history(history), linking_weights(), line, classes, actor, now, dry_run)


def people(history: Path, asked: Party, now: datetime) -> list[FoundParty]:
    """Return the declared parties that fit a name or contact."""
    return find_people(Linking(open_history(history), linking_weights(), now), asked)


def person_export(history: Path, asked: Party, entity: str, now: datetime) -> dict[str, Any]:
    """Return one person's data."""
    number = number_of(entity, "E") if entity else the_entity(people(history, asked, now))
    return person_data(open_history(history), number)


def person_pseudonymise(history: Path, asked: Party, entity: str, actor: str, reason: str, now: datetime) -> int:
    """Make one person's declared parties pseudonymous; return how many."""
    linking = Linking(open_history(history), linking_weights(), now)
    number = number_of(entity, "E") if entity else the_entity(find_people(linking, asked))
    return pseudonymise(linking, number, actor, reason, now)


def export_relations(history: Path, folder: Path, progress: Progress | None = None) -> Exported:
    """Write the relations that patterns read."""
    packs, _ = packs_and_engine(packs_folder())
    quality = DescriptionQuality(packs.description)
    return export(open_history(history), folder, linking_weights(), incomplete_with(quality), progress)


def incomplete_with(quality: DescriptionQuality) -> Callable[[Party], str]:
    """Return what says why a party is fictitious or incomplete, or an empty text."""

    def why(party: Party) -> str:
        if not party.name:
            return "no name"
        return "placeholder name" if quality.is_placeholder(party.name) else ""

    return why


def audit(history: Path) -> tuple[list[dict[str, Any]], int | None]:
    """Return the rows of the audit, and the number of the first that does not fit the chain, if any."""
    connection = open_history(history)
    rows = [
        {"no": r.no, "at": r.at.isoformat(), "actor": r.actor, "action": r.action, "details": r.details, "hash": r.hash}
        for r in audit_rows(connection)
    ]
    return rows, broken_row(connection)


__all__ = [
    "audit",
    "decide",
    "export_relations",
    "incomplete_with",
    "instant_of",
    "join",
    "links",
    "number_of",
    "people",
    "person_export",
    "person_pseudonymise",
    "purge_items",
    "read_decisions",
    "split",
    "zone_of",
]
