"""`tidewaiter lists import|update|status|diff`."""

from __future__ import annotations

import sys
from pathlib import Path

import typer
from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn, TransferSpeedColumn

from tidewaiter.cli.common import AS_OF, BAD_INPUT, FINDINGS, NOTHING, QUIET, legal_date, said
from tidewaiter.cli.lists_diff import diff_json, diff_text
from tidewaiter.formats.outcomes import dumps
from tidewaiter.lists import (
    SHRINK_SHARE,
    ImportOptions,
    ImportResult,
    diff_lists,
    import_files,
    list_status,
    read_sources,
    read_version,
    update_lists,
)
from tidewaiter.model import InputError, ListVersion
from tidewaiter.service.party_index import prepare_index

app = typer.Typer(help="Official party lists: import, update, age, differences.", no_args_is_help=True)

_SEVERITIES = {"error": 0, "warning": 1, "note": 2}
LISTS = typer.Option(Path("lists"), "--lists", help="Folder of imported lists.")
ACCEPT_SHRINK = typer.Option(
    False, "--accept-shrink", "--allow-shrink", help="Accept a list however many entries it lost."
)
MAX_SHRINK = typer.Option(
    SHRINK_SHARE * 100,
    "--max-shrink",
    min=0,
    max=100,
    help="Refuse a list that lost more than this share, in per cent.",
)


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
        "licence": version.licence,
    }


def _report(result: ImportResult, quiet: bool) -> None:
    line: dict[str, object] = _version(result.version)
    line["unchanged"] = result.unchanged
    line["active"] = result.active
    line["problems"] = {
        severity: count
        for severity in ("error", "warning", "note")
        if (count := sum(problem.severity == severity for problem in result.problems))
    }
    if result.previous is not None:
        line["previous"] = _version(result.previous)
    sys.stdout.buffer.write(dumps(line) + b"\n")
    if not result.active and result.previous is not None:
        print(
            f"{result.version.list}: stored, but the newer version of {result.previous.dated} stays active; to go back, "
            "import with --accept-older",
            file=sys.stderr,
        )
    if not quiet:
        ordered = sorted(result.problems, key=lambda problem: _SEVERITIES.get(problem.severity, 9))
        for problem in ordered[:20]:
            print(problem, file=sys.stderr)
        if len(ordered) > 20:
            print(f"… and {len(ordered) - 20} more", file=sys.stderr)


def _columns(stated: list[str]) -> dict[str, str]:
    """Read `name=Firma` pairs."""
    found = {}
    for pair in stated:
        field, sign, column = pair.partition("=")
        if not sign or not column.strip():
            raise InputError(f"--column: read {pair!r}, expected a field and a column such as name=Firma")
        found[field.strip()] = column.strip()
    return found


@app.command("import")
def import_(
    files: list[Path] = typer.Argument(
        ..., metavar="FILE…", help="Official list files; files of one list are given together."
    ),
    lists: Path = LISTS,
    code: str = typer.Option("", "--code", help="List code, for a list of your own."),
    dated: str = typer.Option("", "--dated", help="Date of the list, where the file does not say it."),
    accept_shrink: bool = ACCEPT_SHRINK,
    max_shrink: float = MAX_SHRINK,
    accept_older: bool = typer.Option(
        False, "--accept-older", help="Make the list active even when the active version is newer."
    ),
    column: list[str] = typer.Option(
        [], "--column", metavar="FIELD=COLUMN", help="For a list of your own: which column holds a field; repeatable."
    ),
    drop: list[str] = typer.Option([], "--drop", metavar="FIELD", help="A field that is not to be stored; repeatable."),
    quiet: bool = QUIET,
) -> int:
    """Import list files into a dated, hashed snapshot; the former version stays active if anything fails."""
    options = ImportOptions(
        dated=legal_date(dated) if dated else None,
        code=code,
        allow_shrink=accept_shrink,
        shrink_share=max_shrink / 100,
        allow_older=accept_older,
        columns=_columns(column),
        drop=tuple(drop),
    )
    for result in import_files(files, lists, options):
        _report(result, quiet)
    prepare_index(lists, said(quiet))
    return NOTHING


@app.command("update")
def update(
    lists: Path = LISTS,
    only: list[str] = typer.Option([], "--only", help="Only this list code; may be repeated."),
    sources: Path | None = typer.Option(None, "--sources", help="A file of addresses instead of the publishers' own."),
    accept_shrink: bool = ACCEPT_SHRINK,
    max_shrink: float = MAX_SHRINK,
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

        options = ImportOptions(allow_shrink=accept_shrink, shrink_share=max_shrink / 100)
        outcomes = update_lists(lists, chosen, options, progress=show)
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
    old: Path = typer.Argument(..., metavar="A", help="Older snapshot, or list file as published."),
    new: Path = typer.Argument(..., metavar="B", help="Newer snapshot, or list file as published."),
    form: str = typer.Option("json", "--format", help="json (a line a change) or text.", metavar="json|text"),
) -> int:
    """Say what was added, removed and changed between two versions of a list; exits 1 when anything was."""
    if form not in ("json", "text"):
        raise InputError(f"--format: read {form!r}, expected json or text")
    difference = diff_lists(read_version(old), read_version(new))
    lines = diff_text(difference) if form == "text" else (dumps(line).decode() for line in diff_json(difference))
    for line in lines:
        sys.stdout.buffer.write(line.encode() + b"\n")
    return NOTHING if difference.is_empty else FINDINGS
