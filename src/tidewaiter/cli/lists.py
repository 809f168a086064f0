"""`tidewaiter lists import|update|status|diff`."""

from __future__ import annotations

import sys
from pathlib import Path

import typer
from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn, TransferSpeedColumn

from tidewaiter.cli.common import AS_OF, BAD_INPUT, FINDINGS, NOTHING, QUIET, legal_date, said
from tidewaiter.formats.outcomes import dumps
from tidewaiter.lists import (
    ImportOptions,
    ImportResult,
    diff_lists,
    import_files,
    list_status,
    read_snapshot,
    read_sources,
    update_lists,
)
from tidewaiter.model import InputError, ListedParty, ListVersion
from tidewaiter.service.party_index import prepare_index

app = typer.Typer(help="Official party lists: import, update, age, differences.", no_args_is_help=True)

LISTS = typer.Option(Path("lists"), "--lists", help="Folder of imported lists.")


def _version(version: ListVersion) -> dict[str, object]:
    return {
        "list": version.list,
        "title": version.title,
        "date": version.dated.isoformat(),
        "version": version.sha256[:12],
        "parties": version.parties,
        "names": version.names,
        "publisher": version.publisher,
        "url": version.url,
        "invented": version.invented,
    }


def _report(result: ImportResult, quiet: bool) -> None:
    line: dict[str, object] = _version(result.version)
    line["unchanged"] = result.unchanged
    if result.previous is not None:
        line["previous"] = _version(result.previous)
    sys.stdout.buffer.write(dumps(line) + b"\n")
    if not quiet:
        for problem in result.problems[:20]:
            print(problem, file=sys.stderr)
        if len(result.problems) > 20:
            print(f"… and {len(result.problems) - 20} more notes", file=sys.stderr)


@app.command("import")
def import_(
    files: list[Path] = typer.Argument(
        ..., metavar="FILE…", help="Official list files; files of one list are given together."
    ),
    lists: Path = LISTS,
    code: str = typer.Option("", "--code", help="List code, for a list of your own."),
    dated: str = typer.Option("", "--dated", help="Date of the list, where the file does not say it."),
    allow_shrink: bool = typer.Option(
        False, "--allow-shrink", help="Accept a list that lost more than a fifth of its entries."
    ),
    quiet: bool = QUIET,
) -> int:
    """Import list files into a dated, hashed snapshot; the former version stays active if anything fails."""
    options = ImportOptions(legal_date(dated) if dated else None, code, allow_shrink)
    results = import_files(files, lists, options)
    for result in results if isinstance(results, list | tuple) else [results]:
        _report(result, quiet)
    prepare_index(lists, said(quiet))
    return NOTHING


@app.command("update")
def update(
    lists: Path = LISTS,
    only: list[str] = typer.Option([], "--only", help="Only this list code; may be repeated."),
    sources: Path | None = typer.Option(None, "--sources", help="A file of addresses instead of the publishers' own."),
    allow_shrink: bool = typer.Option(
        False, "--allow-shrink", help="Accept a list that lost more than a fifth of its entries."
    ),
    quiet: bool = QUIET,
) -> int:
    """Fetch the lists from their publishers, check them, and swap them in."""
    try:
        known = read_sources(sources.read_text(encoding="utf-8") if sources is not None else None)
    except (OSError, UnicodeError) as error:
        raise InputError(f"{sources}: cannot be read: {error}") from error
    for code in only:
        if code not in known:
            raise InputError(f"unknown list {code!r}; known are {', '.join(sorted(known))}")
    chosen = {code: source for code, source in known.items() if not only or code in only}
    console = Console(stderr=True)
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        DownloadColumn(),
        TransferSpeedColumn(),
        TimeRemainingColumn(),
    )
    failed = False
    with Progress(*columns, console=console, transient=True, disable=quiet or not console.is_terminal) as progress:
        tasks: dict[str, object] = {}

        def show(name: str, done: int, total: int | None) -> None:
            if name not in tasks:
                tasks[name] = progress.add_task(name, total=total)
            progress.update(tasks[name], completed=done, total=total)  # type: ignore[arg-type]

        outcomes = update_lists(lists, chosen, ImportOptions(allow_shrink=allow_shrink), progress=show)
    for outcome in outcomes:
        if outcome.result is not None:
            _report(outcome.result, quiet)
        else:
            failed = True
            print(f"{outcome.code}: not updated, the former version stays active: {outcome.error}", file=sys.stderr)
    if any(outcome.result is not None for outcome in outcomes):
        prepare_index(lists, said(quiet))
    return BAD_INPUT if failed else NOTHING


@app.command("status")
def status(lists: Path = LISTS, as_of: str | None = AS_OF) -> int:
    """Say which lists are active and how old they are; exits 1 when one is stale."""
    stale = False
    for item in list_status(lists, legal_date(as_of)):
        stale = stale or item.stale
        line = {
            **_version(item.version),
            "age_days": item.age_days,
            "stale": item.stale,
            "stale_after_days": item.stale_after_days,
        }
        sys.stdout.buffer.write(dumps(line) + b"\n")
    return FINDINGS if stale else NOTHING


@app.command("diff")
def diff(
    old: Path = typer.Argument(..., metavar="A", help="Older snapshot file."),
    new: Path = typer.Argument(..., metavar="B", help="Newer snapshot file."),
) -> int:
    """Say what was added, removed and changed between two snapshots."""
    difference = diff_lists(read_snapshot(old), read_snapshot(new))

    def say(kind: str, party: ListedParty, **more: object) -> None:
        line = {"change": kind, "list": party.list, "list_id": party.list_id, "name": party.names[0].text, **more}
        sys.stdout.buffer.write(dumps(line) + b"\n")

    for party in difference.added:
        say("added", party)
    for party in difference.removed:
        say("removed", party)
    for change in difference.changed:
        say(
            "changed",
            change.after,
            fields=[{"field": c.field, "before": str(c.before), "after": str(c.after)} for c in change.changes],
        )
    return FINDINGS if difference.added or difference.removed or difference.changed else NOTHING
