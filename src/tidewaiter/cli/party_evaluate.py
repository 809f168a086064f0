"""`tidewaiter party evaluate`: every figure party matching is held to, measured here and now."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path

import typer
from rich.console import Console

from tidewaiter.cli.common import FINDINGS, NOTHING, QUIET, byte_output, said
from tidewaiter.cli.evaluation import print_section, section_row, wanted_parts
from tidewaiter.formats.outcomes import dumps
from tidewaiter.service.matching_measures import (
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
    usual = tuple(name for name in _PARTS if name != "peer")
    wanted = wanted_parts(only, tuple(_PARTS), usual)
    say = said(quiet)
    measured = open_data(data, say)
    console = Console(file=sys.stdout, width=130)
    sections = []
    for name in wanted:
        started, worked = time.perf_counter(), time.process_time()
        section = _PARTS[name](measured)
        sections.append(section)
        print_section(console, section)
        seconds, processor = time.perf_counter() - started, time.process_time() - worked
        say(f"{name}: done in {seconds:.0f} s, {processor:.0f} s of them on the processor")
        if misses:
            for what, declared, listed, score in section.misses:
                typer.echo(f"{what}\t{declared}\t{listed}\t{score}")
    if json is not None:
        with byte_output(json) as handle:
            handle.write(dumps({section.name: section_row(section) for section in sections}) + b"\n")
    return NOTHING if all(section.is_reached for section in sections) else FINDINGS
