"""`tidewaiter bench`: measure the whole way on generated declarations."""

from __future__ import annotations

import resource
import sys
import time
from pathlib import Path

import typer
from rich.console import Console
from rich.table import Table

from tidewaiter.cli.common import AS_OF, NOTHING, QUIET, legal_date, progress_bar
from tidewaiter.formats.outcomes import JsonEncoder, RunCounter, dumps
from tidewaiter.service.generate import generate
from tidewaiter.service.screening import BATCH, build_screener


def bench(
    count: int = typer.Option(100_000, "--count", min=1, help="How many declarations to generate."),
    lists: Path | None = typer.Option(None, "--lists", help="Folder of imported party lists."),
    as_of: str | None = AS_OF,
    no_cache: bool = typer.Option(False, "--no-cache", help="Answer nothing from memory of earlier rows."),
    json: bool = typer.Option(False, "--json", help="Print one JSON object instead of a table."),
    quiet: bool = QUIET,
) -> int:
    """Generate declarations (seeded), screen and write them with all layers on, one core; print speed and memory."""
    started = time.perf_counter()
    screener = build_screener(legal_date(as_of or "2026-11-24"), lists_dir=lists, remember=not no_cache)
    ready = time.perf_counter() - started
    declarations = list(generate(count))
    encoder, counter = JsonEncoder(), RunCounter()
    spent = {"screen": 0.0, "encode": 0.0}
    written = 0
    with progress_bar(quiet, count, "bench") as show:
        for first in range(0, count, BATCH):
            batch = declarations[first : first + BATCH]
            t0 = time.perf_counter()
            screenings = screener.screen_batch(batch)
            t1 = time.perf_counter()
            for screening in screenings:
                written += len(encoder.encode(screening))
            t2 = time.perf_counter()
            spent["screen"] += t1 - t0
            spent["encode"] += t2 - t1
            for screening in screenings:
                counter.add(screening)
            show(first + len(batch), 0)
    total = spent["screen"] + spent["encode"]
    summary = counter.summary(total)
    figures: dict[str, object] = {
        "declarations": count,
        "declarations_per_second": round(count / total),
        "microseconds_screen": round(spent["screen"] / count * 1e6, 1),
        "microseconds_encode": round(spent["encode"] / count * 1e6, 1),
        "start_seconds": round(ready, 2),
        "peak_memory_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
        "listed_names": screener.parties.names if screener.parties is not None else 0,
        "caches": "off" if no_cache else "on",
        "bytes_written": written,
        **dict(summary.outcomes),
    }
    if json:
        sys.stdout.buffer.write(dumps(figures) + b"\n")
        return NOTHING
    table = Table(title="One core, all layers", show_header=False, box=None)
    for name, value in figures.items():
        table.add_row(name.replace("_", " "), f"{value:,}" if isinstance(value, int) else str(value))
    Console().print(table)
    return NOTHING
