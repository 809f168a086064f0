"""Chooses the writer for a path."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import BinaryIO

from tidewaiter.formats.outcomes.csvfile import CsvWriter
from tidewaiter.formats.outcomes.html import HtmlReportWriter, RunInfo
from tidewaiter.formats.outcomes.jsonl import JsonlWriter
from tidewaiter.formats.outcomes.parquet import ParquetWriter
from tidewaiter.formats.outcomes.target import OutcomeWriter
from tidewaiter.model import InputError

FORMATS = ("jsonl", "csv", "parquet", "html")
_EXTENSIONS = {
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".csv": "csv",
    ".parquet": "parquet",
    ".html": "html",
    ".htm": "html",
}


def open_writer(path: str | Path, format: str | None = None, *, run: RunInfo | None = None) -> OutcomeWriter:
    """Return a writer for the path; `-` is standard output and takes JSON Lines unless a format is given.

    Args:
        path: Where to write.
        format: One of `FORMATS`; None chooses by the extension.
        run: What the HTML report says about the run; the other formats have no place for it.

    Raises:
        InputError: The format is not known, or the path cannot be written.
    """
    target: str | Path | BinaryIO = path
    if str(path) == "-":
        target, format = sys.stdout.buffer, format or "jsonl"
    chosen = format or _EXTENSIONS.get(Path(path).suffix.lower())
    if chosen == "jsonl":
        return JsonlWriter(target)
    if chosen == "csv":
        return CsvWriter(target)
    if chosen == "parquet":
        return ParquetWriter(target)
    if chosen == "html":
        return HtmlReportWriter(target, run=run)
    read = f"format {format!r}" if format else f"extension {Path(path).suffix!r}"
    raise InputError(f"{path}: {read} is not one we write; use one of {', '.join(FORMATS)}")
