"""`tidewaiter report`: news articles and press releases as what they are, somebody's word about something."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

import typer

from tidewaiter.cli.common import BAD_INPUT, NOTHING, OUT, QUIET, Meter, byte_output, console_error, progress_bar
from tidewaiter.formats.outcomes import dumps
from tidewaiter.formats.reports import MAX_BYTES, Reading
from tidewaiter.model import InputError
from tidewaiter.service.reports.reading import read_files, with_copies_marked
from tidewaiter.service.reports.rows import report_row

app = typer.Typer(help="Read reports: who says what, on whose word, how sure.", no_args_is_help=True)

SHOWN = 50


@app.callback()
def _report() -> None:
    """Read reports: who says what, on whose word, how sure."""


@app.command("read")
def read(
    files: list[Path] = typer.Argument(
        ..., metavar="FILE…", help="Plain text, HTML, PDF, EML, or a CSV of texts; - for standard input."
    ),
    max_mb: float = typer.Option(MAX_BYTES / 1e6, "--max-mb", min=0.001, max=1000, help="A larger file is not read."),
    retrieved: str | None = typer.Option(
        None, "--retrieved", metavar="DATE", help="When the files were fetched, if known."
    ),
    output: Path | None = OUT,
    quiet: bool = QUIET,
) -> int:
    """Read reports: one line a document, with its text, passages, date, publisher, language and what it is a copy of.

    Exits with 2 if a document could not be read; the others are written all the same.
    """
    fetched = _day(retrieved)
    readings = read_files(files, max_bytes=int(max_mb * 1e6), retrieved=fetched)
    with byte_output(output) as handle:
        with progress_bar(quiet, len(files), "reports") as meter:
            gathered = with_copies_marked(_metered(readings, files, meter))
        for reading in gathered:
            handle.write(dumps(report_row(reading)) + b"\n")
    problems = [problem for reading in gathered for problem in reading.problems if problem.severity != "note"]
    for problem in problems[:SHOWN]:
        console_error(f"  {problem}")
    if len(problems) > SHOWN:
        console_error(f"  … and {len(problems) - SHOWN} more")
    return BAD_INPUT if any(problem.severity == "error" for problem in problems) else NOTHING


def _day(text: str | None) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise InputError(f"--retrieved: read {text!r}, expected a date such as 2026-11-24") from None


def _metered(readings: Iterator[Reading], files: Sequence[Path], meter: Meter) -> Iterator[Reading]:
    for done, reading in enumerate(readings, start=1):
        meter(min(done, len(files)), 0)
        yield reading
