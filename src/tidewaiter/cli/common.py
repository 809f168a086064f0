"""What every command shares: exit codes, the legal date option, output files and the progress bar."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import BinaryIO, Protocol

import typer
from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    SpinnerColumn,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)

from tidewaiter.model import InputError

NOTHING, FINDINGS, BAD_INPUT, INTERNAL = 0, 1, 2, 3


def console_error(text: str) -> None:
    """Print one line to standard error."""
    print(text, file=sys.stderr)


def legal_date(text: str | None) -> date:
    """Return the legal date given, or today's.

    Raises:
        InputError: not an ISO date.
    """
    if not text:
        return date.today()
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise InputError(f"--as-of: read {text!r}, expected a date such as 2026-11-24") from None


def received_at(as_of: str | None) -> datetime:
    """Return the instant at which items come that declare no date: noon of the legal date given, or now."""
    return datetime.combine(legal_date(as_of), time(12), UTC) if as_of else datetime.now(UTC)


AS_OF = typer.Option(None, "--as-of", metavar="DATE", help="Legal date, YYYY-MM-DD. Default: today.")
DECISIONS = typer.Option(
    None,
    "--decisions",
    help="CSV of decisions that a declared party is not a listed one: name, list, list_id, reason, decided_by, decided_on, expires.",
)


def said(quiet: bool) -> Callable[[str], None]:
    """Return what prints one line of news to standard error, or nothing if that is wanted."""
    return (lambda text: None) if quiet else console_error


QUIET = typer.Option(False, "--quiet", "-q", help="No progress bar and no summary.")
OUT = typer.Option(None, "-o", "--output", help="Write here instead of standard output.")


@contextmanager
def byte_output(path: Path | None) -> Iterator[BinaryIO]:
    """Open the output file, or standard output."""
    if path is None or str(path) == "-":
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    try:
        handle = path.open("wb")
    except OSError as error:
        raise InputError(f"{path}: cannot be written: {error.strerror}") from error
    with handle:
        yield handle


class Meter(Protocol):
    """Takes the progress of a long run."""

    def __call__(self, done: int, found: int) -> None:
        """Show how many items are done and how many need a look."""


@contextmanager
def progress_bar(quiet: bool, total: int | None, label: str) -> Iterator[Meter]:
    """Show a progress bar with rate and time left on standard error, if that is a terminal."""
    console = Console(stderr=True)
    if quiet or not console.is_terminal:
        yield lambda done, found: None
        return
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeElapsedColumn(),
        TextColumn("left"),
        TimeRemainingColumn(),
        TextColumn("{task.fields[found]}"),
    )
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task(label, total=total, rate="", found="")

        def show(done: int, found: int) -> None:
            speed = progress.tasks[0].speed or 0
            progress.update(task, completed=done, rate=f"{speed:,.0f}/s", found=f"{found} to look at" if found else "")

        yield show
