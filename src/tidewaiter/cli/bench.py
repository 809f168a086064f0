"""`tidewaiter bench`: measure the whole way on generated declarations."""

from __future__ import annotations

import sys
from pathlib import Path

import typer
from rich.console import Console

from tidewaiter.cli.common import AS_OF, NOTHING, QUIET, legal_date, progress_bar, said
from tidewaiter.cli.evaluation import print_section
from tidewaiter.formats.outcomes import dumps
from tidewaiter.service.generate import SEED
from tidewaiter.service.speed.measure import Asked, figures_of, measure_speed
from tidewaiter.service.speed.report import section_of

LISTS = typer.Option(None, "--lists", help="Folder of imported party lists.")
JSON = typer.Option(False, "--json", help="Print one JSON object instead of tables.")
# The law stands as of one day, so that runs of different days measure the same.
MEASURED_ON = "2026-11-24"

bench_app = typer.Typer(help="Measure the whole way on generated declarations.")


@bench_app.callback(invoke_without_command=True)
def bench(
    context: typer.Context,
    count: int = typer.Option(100_000, "--count", min=1, help="How many declarations to generate."),
    lists: Path | None = LISTS,
    as_of: str | None = AS_OF,
    no_cache: bool = typer.Option(False, "--no-cache", help="Answer nothing from memory of earlier rows."),
    process: bool = typer.Option(True, help="Also start `screen` as a user does, for its start time and memory."),
    seed: int = typer.Option(SEED, "--seed", help="Seed of the generated mail."),
    json: bool = JSON,
    quiet: bool = QUIET,
) -> int:
    """Generate mail (seeded), screen and write it with all layers on, one core; print speed, stages, memory and start time."""
    if context.invoked_subcommand is not None:
        return NOTHING
    asked = Asked(count, legal_date(as_of or MEASURED_ON), lists, not no_cache, process, seed)
    with progress_bar(quiet, count, "bench") as show:
        speed = measure_speed(asked, show, said(quiet))
    if json:
        sys.stdout.buffer.write(dumps(figures_of(speed)) + b"\n")
    else:
        print_section(Console(width=110), section_of(speed))
    return NOTHING
