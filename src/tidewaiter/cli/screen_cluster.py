"""`tidewaiter screen --engine spark`: the options of a cluster, and what is printed of a run there."""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console

from tidewaiter.cli.common import FINDINGS, NOTHING
from tidewaiter.formats.outcomes import summary_table
from tidewaiter.model import InputError
from tidewaiter.service.spark.job import Settings
from tidewaiter.service.spark.run import screen_on_spark
from tidewaiter.service.spark.session import open_session


@dataclass(frozen=True, slots=True)
class ClusterOptions:
    """Which engine, where it runs, and the history that was asked for."""

    engine: str
    master: str
    history: Path | None


def screen_on_cluster(
    files: Sequence[str],
    settings: Settings,
    mapping: Path | None,
    output: Sequence[Path],
    options: ClusterOptions,
    quiet: bool,
) -> int:
    """Screen on a cluster into one folder of Parquet and return the exit code.

    Raises:
        InputError: options that Spark does not carry, or what `screen_on_spark` raises.
    """
    if options.engine != "spark":
        raise InputError(f"--engine: read {options.engine!r}, expected local or spark")
    if options.history is not None:
        raise InputError("--history has one writer and is not carried by --engine spark; screen with --engine local")
    if len(output) != 1 or output[0].suffix.lower() != ".parquet":
        raise InputError("--engine spark writes one folder of Parquet; give -o NAME.parquet")
    started = time.perf_counter()
    with open_session(options.master, settings) as session:
        ran = screen_on_spark(session, settings, files, mapping, output[0])
    total = ran.counter.summary(time.perf_counter() - started, tuple(files))
    if not quiet:
        Console(stderr=True).print(summary_table(total))
        for problem in ran.problems:
            if problem.severity != "note":
                print(problem, file=sys.stderr)
    if not total.declarations:
        raise InputError("no declaration was found in " + ", ".join(files), ran.problems)
    return FINDINGS if total.rejected or total.outcome("review") or total.outcome("hold") else NOTHING
