"""Read files of reports: every document a report or a located error, repeated bytes read once, copies marked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from tidewaiter.claims.duplicates import mark_duplicates
from tidewaiter.formats.reports import MAX_BYTES, Reading, ReportReader
from tidewaiter.model import Problem
from tidewaiter.model.claims import Report
from tidewaiter.service.reports.words import load_page_words


@dataclass(frozen=True, slots=True)
class Reports:
    """What came of some files: their reports in the order read, every problem, and how many documents could not be read."""

    reports: tuple[Report, ...]
    problems: tuple[Problem, ...]
    unreadable: int


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


def read_all(readings: Iterable[Reading]) -> Reports:
    """Gather readings and mark the copies among them."""
    reports: list[Report] = []
    problems: list[Problem] = []
    unreadable = 0
    for reading in readings:
        problems.extend(reading.problems)
        unreadable += reading.report is None and any(problem.severity == "error" for problem in reading.problems)
        if reading.report is not None:
            reports.append(reading.report)
    return Reports(tuple(mark_duplicates(reports)), tuple(problems), unreadable)
