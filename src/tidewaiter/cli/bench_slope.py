"""`tidewaiter bench slope`: how the cost grows."""

from __future__ import annotations

import sys
from dataclasses import asdict
from pathlib import Path

import typer
from rich.console import Console

from tidewaiter.cli.bench import JSON, LISTS, MEASURED_ON
from tidewaiter.cli.common import AS_OF, NOTHING, QUIET, byte_output, legal_date, said
from tidewaiter.cli.evaluation import print_section
from tidewaiter.formats.outcomes import dumps
from tidewaiter.model import InputError
from tidewaiter.service.matching_measures.report import Section, Table
from tidewaiter.service.speed.drawing import draw
from tidewaiter.service.speed.slope import SIZES, Curve, Slope, measure_slope


def bench_slope(
    over: list[str] = typer.Option([], "--over", help=f"Over what: {', '.join(SIZES)}; may be repeated. Default: all."),
    sizes: str = typer.Option("", "--sizes", help="Sizes instead of the usual ones, comma separated; with one --over."),
    lists: Path | None = LISTS,
    output: Path | None = typer.Option(None, "-o", "--output", help="Draw the curves here, as SVG."),
    as_of: str | None = AS_OF,
    json: bool = JSON,
    quiet: bool = QUIET,
) -> int:
    """Measure how the cost grows with listed names, concepts, items in a history, and declarations a batch."""
    wanted = over or [name for name in SIZES if name != "lists" or lists is not None]
    unknown = [name for name in wanted if name not in SIZES]
    if unknown:
        raise InputError(f"--over: read {unknown[0]!r}, expected one of {', '.join(SIZES)}")
    if sizes and len(wanted) != 1:
        raise InputError("--sizes belongs to one --over")
    curves = []
    for name in wanted:
        slope = Slope(name, _numbers(sizes) or SIZES[name], lists, legal_date(as_of or MEASURED_ON))
        curves.append(measure_slope(slope, said(quiet)))
    if output is not None:
        with byte_output(output) as handle:
            handle.write(draw(curves).encode())
    if json:
        sys.stdout.buffer.write(dumps({curve.over: asdict(curve) for curve in curves}) + b"\n")
    else:
        print_section(Console(width=110), Section("slope", [_table(curve) for curve in curves]))
    return NOTHING


def _numbers(text: str) -> tuple[int, ...]:
    parts = [part.strip() for part in text.split(",") if part.strip()]
    for part in parts:
        if not part.isdecimal() or int(part) < 1:
            raise InputError(f"--sizes: read {part!r}, expected whole numbers above nought such as 1000,10000")
    return tuple(sorted(int(part) for part in parts))


def _table(curve: Curve) -> Table:
    """Return one row a size."""
    table = Table(f"Cost over {curve.over}", (curve.size, *curve.series), note=curve.note)
    for place in zip(*curve.series.values(), strict=True):
        table.rows.append((int(place[0][0]), *(cost for _, cost in place)))
    return table
