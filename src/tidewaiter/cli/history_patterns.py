"""`tidewaiter history patterns` and `history bench patterns`: patterns over many items, and how well and fast they are found."""

from __future__ import annotations

import sys
import time
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

import typer

from tidewaiter.backends.duckdb_patterns import Options
from tidewaiter.cli.common import AS_OF, FINDINGS, NOTHING, OUT, QUIET, byte_output, console_error, legal_date
from tidewaiter.cli.history import bench_store
from tidewaiter.formats.outcomes import dumps
from tidewaiter.model import InputError
from tidewaiter.service.pattern_bench import measure_patterns
from tidewaiter.service.patterns import hit_records, open_patterns, review_records, summary_record
from tidewaiter.service.screening import load_packs
from tidewaiter.service.spark.session import open_session

bench_app = typer.Typer(help="Measure the history on invented traffic; without a name, everything.")


@bench_app.callback(invoke_without_command=True)
def _bench(context: typer.Context) -> None:
    """Measure the history on invented traffic; without a name, everything at its full size (some ten minutes)."""
    if context.invoked_subcommand is None:
        bench_patterns(5_000_000, 300, 20261125, None, "1400MB", 2, None, False)
        bench_store(5_000_000, 0, 4000, None, False)


def patterns(
    source: Path = typer.Argument(
        ..., metavar="DB|PARQUET", help="A history, or a folder of Parquet relations as `history export` writes it."
    ),
    output: Path | None = OUT,
    as_of: str | None = AS_OF,
    only: list[str] = typer.Option([], "--only", metavar="CODE", help="Only this indicator; may be repeated."),
    combined: bool = typer.Option(False, "--combined", help="Write ranked reviews of items instead of single hits."),
    summary: bool = typer.Option(False, "--summary", help="Write only counts and seconds, as one JSON object."),
    memory: str = typer.Option("1400MB", "--memory", help="Memory limit of the engine."),
    threads: int = typer.Option(2, "--threads", min=1, help="Threads of the engine."),
    temporary: Path | None = typer.Option(None, "--temp", help="Folder for what does not fit into memory."),
    engine: str = typer.Option("duckdb", "--engine", help="duckdb, or spark (see docs/how-to/cluster.md)."),
    master: str = typer.Option("", "--master", help="With --engine spark: local[2], spark://host:7077, yarn… ."),
    quiet: bool = QUIET,
) -> int:
    """Find patterns over all items: splitting, kits, networks, hubs and the other indicators. They give reviews, never holds."""
    on = legal_date(as_of)
    packs = load_packs()
    begun = time.perf_counter()
    with (
        _session(engine, master) as session,
        open_patterns(source, packs, on, Options(memory, threads, temporary), session) as found,
    ):
        ran = found.run(only)
        reviewed = found.score_items()
        assert packs.indicators is not None
        told = summary_record(ran, packs.indicators, time.perf_counter() - begun)
        told["items_at_the_review_line"] = reviewed
        with byte_output(output) as handle:
            if summary:
                handle.write(dumps(told) + b"\n")
            else:
                for record in review_records(found, packs) if combined else hit_records(found, packs, on):
                    handle.write(dumps(record) + b"\n")
        if not quiet and not summary:
            console_error(f"{told['hits']:,} hits, {reviewed:,} items at the review line, {told['seconds']} s")
            for code, reason in told["not_checked"].items():
                console_error(f"not checked: {code}: {reason}")
    return FINDINGS if told["hits"] else NOTHING


def _session(engine: str, master: str) -> AbstractContextManager[object]:
    """Return the Spark session of an engine, or none for DuckDB.

    Raises:
        InputError: there is no such engine.
    """
    if engine == "spark":
        return open_session(master)
    if engine != "duckdb":
        raise InputError(f"--engine: read {engine!r}, expected duckdb or spark")
    return nullcontext()


@bench_app.command("patterns")
def bench_patterns(
    items: int = typer.Option(5_000_000, "--items", min=1000, help="Ordinary items to invent."),
    each: int = typer.Option(300, "--planted", min=1, help="Planted patterns of each kind."),
    seed: int = typer.Option(20261125, "--seed", help="Seed of the traffic."),
    folder: Path | None = typer.Option(
        None, "--keep", help="Keep the traffic in this folder, and use it if it is there."
    ),
    memory: str = typer.Option("1400MB", "--memory", help="Memory limit of the engine."),
    threads: int = typer.Option(2, "--threads", min=1, help="Threads of the engine."),
    as_of: str | None = AS_OF,
    quiet: bool = QUIET,
) -> int:
    """Invent ordinary traffic with planted patterns, find them in a process of its own, and state time, memory, hits and false reviews."""
    on = legal_date(as_of or "2026-11-25")
    figures = measure_patterns(
        items,
        each,
        seed,
        on,
        folder,
        memory=memory,
        threads=threads,
        say=(lambda text: None) if quiet else console_error,
    )
    sys.stdout.buffer.write(dumps(figures) + b"\n")
    return NOTHING
