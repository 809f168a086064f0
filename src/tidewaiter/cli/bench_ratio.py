"""`tidewaiter bench ratio`: has a stage lost speed since its ratio to a fixed workload was written down?"""

from __future__ import annotations

from pathlib import Path

import typer

from tidewaiter.cli.common import FINDINGS, NOTHING, QUIET, said
from tidewaiter.service.speed.ratio import (
    LOSS,
    RENEW,
    STAGES,
    measure_ratios,
    measured_screener,
    read_ratios,
    write_ratios,
)


def bench_ratio(
    file: Path = typer.Argument(..., metavar="FILE", help="The ratios written down, such as evaluation/speed.json."),
    renew: bool = typer.Option(False, "--renew", help="Write the ratios measured now into the file."),
    quiet: bool = QUIET,
) -> int:
    """Hold the speed of each stage, as a ratio to a fixed workload in this run, against a file; exits 1 on a loss of a quarter."""
    committed = {} if renew else read_ratios(file)
    found = measure_ratios(measured_screener(), committed, said(quiet))
    if renew:
        write_ratios(file, found)
        committed = found.stages
    lost = found.lost(committed)
    typer.echo(
        f"{'stage':8}{'written':>10}{'now':>10}   best of {found.rounds} rounds; time of 1,000 declarations over that of the reference"
    )
    for stage in STAGES:
        mark = f"   LOST {lost[stage]:.0%} of its speed" if stage in lost else ""
        typer.echo(f"{stage:8}{committed[stage]:10.2f}{found.stages[stage]:10.2f}{mark}")
    if lost:
        typer.echo(f"More than {LOSS:.0%} is a failure. If the loss is meant, `{RENEW.format(file=file)}`.")
    return FINDINGS if lost else NOTHING
