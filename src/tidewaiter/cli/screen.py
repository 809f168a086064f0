"""`tidewaiter screen` and `tidewaiter explain`."""

from __future__ import annotations

import contextlib
import shlex
import sys
import time
from pathlib import Path

import typer
from rich.console import Console

from tidewaiter.cli.common import (
    AS_OF,
    BAD_INPUT,
    DECISIONS,
    FINDINGS,
    NOTHING,
    QUIET,
    legal_date,
    progress_bar,
    received_at,
    said,
)
from tidewaiter.cli.screen_cluster import ClusterOptions, screen_on_cluster
from tidewaiter.formats import Rejected
from tidewaiter.formats.outcomes import RunCounter, explain_text, summary_table
from tidewaiter.model import InputError, Problem
from tidewaiter.service.history import zone_of
from tidewaiter.service.history_screening import HistoryScreening, open_screening_history
from tidewaiter.service.output import add_problems, open_sinks
from tidewaiter.service.parallel import in_processes
from tidewaiter.service.reports.leads import read_leads
from tidewaiter.service.screening import build_screener, estimate_items, read_items, rejected_screening
from tidewaiter.service.spark.job import settings_of

FILES = typer.Argument(
    ...,
    metavar="FILE…",
    help="Declarations: CSV, TSV, JSON Lines, JSON, XLSX, XML, Parquet, or a folder of them. - is standard input.",
)


def screen(
    files: list[str] = FILES,
    lists: Path | None = typer.Option(
        None, "--lists", help="Folder of imported party lists (see `tidewaiter lists import`)."
    ),
    jurisdiction: list[str] = typer.Option(
        [], "--jurisdiction", help="Only this jurisdiction's licence rules; may be repeated."
    ),
    mapping: Path | None = typer.Option(None, "--map", help="Column mapping file: theirs → ours."),
    decisions: Path | None = DECISIONS,
    role: str = typer.Option(
        "",
        "--role",
        help="Who screens: post-at-origin, post-in-transit, marketplace, exporter. Default: the common table.",
    ),
    output: list[Path] = typer.Option(
        [], "-o", "--output", help="Write here (.jsonl, .csv, .parquet, .html); may be repeated."
    ),
    as_of: str | None = AS_OF,
    quiet: bool = QUIET,
    summary: bool = typer.Option(False, "--summary", help="Print a summary table to standard error."),
    no_cache: bool = typer.Option(False, "--no-cache", help="Answer nothing from memory of earlier rows."),
    history: Path | None = typer.Option(
        None, "--history", metavar="DB", help="Look into this history of earlier items, and keep these items in it."
    ),
    zone: str = typer.Option("UTC", "--zone", help="Zone of dates without a time, such as Europe/Berlin or +03:00."),
    leads: Path | None = typer.Option(
        None,
        "--leads",
        metavar="DB",
        help="A ledger of reports: its leads in force on the legal date may raise an item to review.",
    ),
    engine: str = typer.Option(
        "local", "--engine", help="Where to screen: local, or spark (see docs/how-to/cluster.md)."
    ),
    master: str = typer.Option("", "--master", help="With --engine spark: local[2], spark://host:7077, yarn… ."),
    workers: int = typer.Option(
        1, "--workers", min=1, max=512, help="Processes that screen; the results are the same."
    ),
) -> int:
    """Screen declarations and write one explained screening for each item."""
    if engine != "local":
        if leads is not None:
            raise InputError("--leads is read by the local engine only; screen without --engine spark")
        on_cluster = ClusterOptions(engine, master, history)
        settings = settings_of(legal_date(as_of), lists, decisions, jurisdiction, role, not no_cache)
        return screen_on_cluster(files, settings, mapping, output, on_cluster, quiet)
    started = time.perf_counter()
    on = legal_date(as_of)
    opened = open_screening_history(history, received_at(as_of), zone_of(zone)) if history is not None else None
    screener = build_screener(
        on,
        lists_dir=lists,
        jurisdictions=jurisdiction,
        remember=not no_cache,
        decisions=decisions,
        role=role,
        say=said(quiet),
        history=opened[2] if opened is not None else None,
        leads=read_leads(leads) if leads is not None else None,
    )
    in_history = HistoryScreening(screener, *opened[:2]) if opened is not None else None
    counter = RunCounter()
    problems: list[Problem] = []
    command = shlex.join(["tidewaiter", *sys.argv[1:]])
    with contextlib.ExitStack() as stack:
        # Workers are forked before the outcome files are open and before the progress bar starts its thread.
        screen_all = stack.enter_context(in_processes(workers, screener, in_history, problems))
        sinks = open_sinks(stack, output, tuple(files), on, command)
        show = stack.enter_context(progress_bar(quiet, estimate_items(files), "screening"))
        counts = screen_all(read_items(files, mapping, problems), [CounterSink(counter), *sinks], show)
        if in_history is not None:
            problems.extend(in_history.problems)
        add_problems(sinks, problems)
    seconds = time.perf_counter() - started
    total = counter.summary(seconds, tuple(files))
    if summary or (output and not quiet):
        Console(stderr=True).print(summary_table(total))
    if not quiet:
        for problem in problems:
            if problem.severity != "note":
                print(problem, file=sys.stderr)
    if counts.read == 0:
        raise InputError("no declaration was found in " + ", ".join(files), problems)
    return FINDINGS if counts.rejected or total.outcome("review") or total.outcome("hold") else NOTHING


class CounterSink:
    """Counts what passes."""

    def __init__(self, counter: RunCounter) -> None:
        self.counter = counter

    def write(self, screening: object) -> None:
        """Count one screening."""
        self.counter.add(screening)  # type: ignore[arg-type]

    def reject(self, rejected: Rejected) -> None:
        """Count one rejected row."""
        self.counter.reject()


def explain(
    file: str = typer.Argument(..., metavar="FILE", help="A file of declarations."),
    item: str = typer.Argument(..., metavar="ID", help="The id of the postal item."),
    lists: Path | None = typer.Option(None, "--lists", help="Folder of imported party lists."),
    jurisdiction: list[str] = typer.Option([], "--jurisdiction", help="Only this jurisdiction's licence rules."),
    mapping: Path | None = typer.Option(None, "--map", help="Column mapping file."),
    language: str = typer.Option("en", "--language", help="Language of the questions to show beside the sender's."),
    as_of: str | None = AS_OF,
) -> int:
    """Print one screening for a person to read."""
    screener = build_screener(legal_date(as_of), lists_dir=lists, jurisdictions=jurisdiction)
    seen = 0
    near: list[str] = []
    for found in read_items([file], mapping):
        seen += 1
        if found.id == item:
            screening = (
                rejected_screening(found, screener.versions) if isinstance(found, Rejected) else screener.screen(found)
            )
            marks = ("\x1b[7m", "\x1b[0m") if sys.stdout.isatty() else ("[[", "]]")
            sys.stdout.write(explain_text(screening, language, marks=marks))
            return NOTHING if screening.outcome == "no-finding" else FINDINGS
        if len(near) < 5:
            near.append(found.id)
    print(
        f"{file}: no item with id {item!r} among {seen}; the first ids are {', '.join(near) or 'none'}", file=sys.stderr
    )
    return BAD_INPUT
