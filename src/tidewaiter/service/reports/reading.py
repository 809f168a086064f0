"""Read files of reports: every document a report or a located error, repeated bytes read once, copies marked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

from tidewaiter.claims.duplicates import near_duplicates
from tidewaiter.formats.reports import MAX_BYTES, Reading, ReportReader
from tidewaiter.model import Problem
from tidewaiter.service.reports.words import load_page_words


def read_files(
    paths: Iterable[Path],
    *,
    packs: Path | None = None,
    max_bytes: int = MAX_BYTES,
    retrieved: date | None = None,
    reader: ReportReader | None = None,
) -> Iterator[Reading]:
    """Yield what came of each document, in the order given. The same bytes twice are read once, with a warning.

    Args:
        paths: files; `-` for standard input.
        packs: the folder of packs; the shipped one if not given.
        max_bytes: a larger file is not read.
        retrieved: the day on which the files were fetched, if known. No clock is read.
        reader: one prepared before; its own if not given.

    Raises:
        PackError: the words of lines do not read.
    """
    seen: dict[str, str] = {}
    with reader or ReportReader(load_page_words(packs), max_bytes=max_bytes) as opened:
        for path in paths:
            for reading in opened.read(path, retrieved=retrieved):
                yield _once(reading, seen)


def _once(reading: Reading, seen: dict[str, str]) -> Reading:
    report = reading.report
    if report is None:
        return reading
    first = seen.setdefault(report.sha256, report.source)
    if first == report.source:
        return reading
    repeated = Problem("report.repeated", f"the same document as {first}; read once", "warning", report.source)
    return Reading(None, (*reading.problems, repeated))


def with_copies_marked(readings: Iterable[Reading]) -> list[Reading]:
    """Return all readings, in their order, each report with the id of the one it is a copy of."""
    gathered = list(readings)
    copies = near_duplicates(reading.report for reading in gathered if reading.report is not None)
    return [
        replace(reading, report=replace(report, near_dup_of=copies.get(report.id, "")))
        if (report := reading.report) is not None
        else reading
        for reading in gathered
    ]
