"""`tidewaiter party evaluate`: every figure party matching is held to, measured here and now."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path

import typer
from rich.console import Console
from rich.table import Table as Printed

from tidewaiter.cli.common import FINDINGS, NOTHING, QUIET, byte_output, said
from tidewaiter.formats.outcomes import dumps
from tidewaiter.model import InputError
from tidewaiter.service.matching_measures import (
    Figure,
    Measured,
    Section,
    blocking,
    fairness,
    open_data,
    pairs,
    peer,
    screening,
    speed,
)

_PARTS: dict[str, Callable[[Measured], Section]] = {
    "pairs": pairs.measure,
    "screening": screening.measure,
    "blocking": blocking.measure,
    "fairness": fairness.measure,
    "speed": speed.measure,
    "peer": peer.measure,
}


def party_evaluate(
    data: Path | None = typer.Option(None, "--data", help="Folder of shared data (else TIDEWAITER_DATA)."),
    only: str = typer.Option("", "--only", help=f"Only these parts, comma separated: {', '.join(_PARTS)}."),
    json: Path | None = typer.Option(None, "--json", help="Also write figures and tables here as one JSON object."),
    misses: bool = typer.Option(False, "--misses", help="Also print the rows that came out wrong."),
    quiet: bool = QUIET,
) -> int:
    """Measure party matching on labelled and generated names; exits 1 if a figure that is asked for is not reached."""
    wanted = _wanted(only)
    say = said(quiet)
    measured = open_data(data, say)
    console = Console(file=sys.stdout, width=130)
    sections = []
    for name in wanted:
        started, worked = time.perf_counter(), time.process_time()
        section = _PARTS[name](measured)
        sections.append(section)
        _print(console, section)
        seconds, processor = time.perf_counter() - started, time.process_time() - worked
        say(f"{name}: done in {seconds:.0f} s, {processor:.0f} s of them on the processor")
        if misses:
            for what, declared, listed, score in section.misses:
                typer.echo(f"{what}\t{declared}\t{listed}\t{score}")
    if json is not None:
        with byte_output(json) as handle:
            handle.write(dumps({section.name: _as_row(section) for section in sections}) + b"\n")
    return NOTHING if all(section.is_reached for section in sections) else FINDINGS


def _wanted(only: str) -> list[str]:
    if not only:
        return [name for name in _PARTS if name != "peer"]
    names = [name.strip() for name in only.split(",") if name.strip()]
    for name in names:
        if name not in _PARTS:
            raise InputError(f"--only: read {name!r}, expected some of {', '.join(_PARTS)}")
    return names


def _print(console: Console, section: Section) -> None:
    for table in section.tables:
        printed = Printed(*table.columns, title=table.title, title_justify="left", caption=table.note or None)
        for row in table.rows:
            printed.add_row(*map(_cell, row))
        console.print(printed)
    if section.figures:
        printed = Printed("figure", "reached", "by chance", "asked", "", "rows", title=f"{section.name}: figures")
        for figure in section.figures:
            printed.add_row(*_figure_cells(figure))
        console.print(printed)


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:,.4f}" if abs(value) < 0.1 else f"{value:,.3f}" if abs(value) < 100 else f"{value:,.0f}"
    return f"{value:,}" if isinstance(value, int) else str(value)


def _figure_cells(figure: Figure) -> tuple[str, ...]:
    asked = "" if figure.asked is None else f"{'≤' if figure.at_most else '≥'} {figure.asked:g}"
    mark = "" if figure.passed is None else "yes" if figure.passed else "NO"
    between = "" if figure.low is None or figure.high is None else f"{_cell(figure.low)}–{_cell(figure.high)}"
    return figure.name, _cell(figure.value), between, asked, mark, _cell(figure.rows or None)


def _as_row(section: Section) -> dict[str, object]:
    return {
        "figures": [
            {
                "name": figure.name,
                "value": figure.value,
                "low": figure.low,
                "high": figure.high,
                "asked": figure.asked,
                "at_most": figure.at_most,
                "passed": figure.passed,
                "rows": figure.rows,
            }
            for figure in section.figures
        ],
        "tables": [
            {"title": table.title, "columns": table.columns, "rows": table.rows, "note": table.note}
            for table in section.tables
        ],
    }
