"""`tidewaiter report`: news articles and press releases as what they are, somebody's word about something."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

import typer

from tidewaiter.cli.common import (
    BAD_INPUT,
    FINDINGS,
    NOTHING,
    OUT,
    QUIET,
    Meter,
    byte_output,
    console_error,
    progress_bar,
)
from tidewaiter.formats.reports import MAX_BYTES, Reading
from tidewaiter.model import InputError, Problem
from tidewaiter.service.reports.claims import load_claim_reader
from tidewaiter.service.reports.reading import read_files, with_copies_marked
from tidewaiter.service.reports.rows import encode_row, report_row
from tidewaiter.service.reports.second_reader import SecondReader
from tidewaiter.service.reports.stated import fact_reader

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
    text_only: bool = typer.Option(False, "--text-only", help="Read no claims, only the documents."),
    address: str = typer.Option(
        "",
        "--second-reader",
        metavar="URL",
        help="Endpoint of a language model with the common chat interface; off by default.",
    ),
    model: str = typer.Option(
        "", "--model", metavar="NAME", help="The model to ask there; its key is read from TIDEWAITER_MODEL_KEY."
    ),
    output: Path | None = OUT,
    quiet: bool = QUIET,
) -> int:
    """Read reports: one line a document, with its text, passages, date, publisher, language, what it is a copy of, and its claims.

    A claim is somebody's word, kept with its quote and its speakers; none is a fact. Exits with 1 if there are claims, with 2 if a document
    could not be read; the others are written all the same.
    """
    fetched = _day(retrieved)
    reader = None if text_only else load_claim_reader()
    claims_of, unread_of = (reader.claims, reader.unread) if reader is not None else (None, None)
    facts_of = fact_reader(reader).facts if reader is not None else None
    second = _second_reader(address, model)
    claims = 0
    troubles: list[Problem] = []
    readings = read_files(files, max_bytes=int(max_mb * 1e6), retrieved=fetched)
    with byte_output(output) as handle:
        with progress_bar(quiet, len(files), "reports") as meter:
            gathered = with_copies_marked(_metered(readings, files, meter))
        for reading in gathered:
            row = report_row(reading, claims_of, second, unread_of, facts_of)
            claims += len(row.get("claims", ()))
            troubles += row["problems"]
            handle.write(encode_row(row) + b"\n")
    problems = [problem for problem in troubles if problem.severity != "note"]
    for problem in problems[:SHOWN]:
        console_error(f"  {problem}")
    if len(problems) > SHOWN:
        console_error(f"  … and {len(problems) - SHOWN} more")
    if any(problem.severity == "error" for problem in problems):
        return BAD_INPUT
    return FINDINGS if claims else NOTHING


def _second_reader(address: str, model: str) -> SecondReader | None:
    if not address:
        return None
    if not model:
        raise InputError("--second-reader needs --model NAME")
    return SecondReader(address, model, os.environ.get("TIDEWAITER_MODEL_KEY", ""))


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
