"""Screen the same declarations with the local engine and on Spark and compare every byte; state the pace of both.

    python scripts/compare_engines.py --count 100000 --lists LISTS --master local[2] --master local[1]
    python scripts/spark_cluster.py -- python scripts/compare_engines.py --count 100000 --lists LISTS

Each run prints one JSON object; the exit code is 1 if any result differs.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from tidewaiter.formats import to_object
from tidewaiter.formats.outcomes import JsonlWriter
from tidewaiter.service.generate import generate
from tidewaiter.service.output import WriterSink
from tidewaiter.service.screening import read_items, screen_items
from tidewaiter.service.spark.job import screener_of, settings_of
from tidewaiter.service.spark.run import screen_on_spark
from tidewaiter.service.spark.session import open_session

ROWS = 20_000


def write_declarations(path: Path, count: int) -> None:
    """Write invented declarations as Parquet, one row an item with parties and lines nested."""
    writer: pq.ParquetWriter | None = None
    rows: list[dict[str, object]] = []

    def flush() -> None:
        nonlocal writer
        table = pa.Table.from_pylist(rows) if writer is None else pa.Table.from_pylist(rows, schema=writer.schema)
        writer = writer or pq.ParquetWriter(path, table.schema)
        writer.write_table(table)
        rows.clear()

    for declaration in generate(count):
        rows.append(to_object(declaration))
        if len(rows) == ROWS:
            flush()
    if rows:
        flush()
    if writer is not None:
        writer.close()


def on_spark(place: Path) -> Iterator[bytes]:
    """Yield the screenings of a result in its order."""
    for file in sorted(place.glob("part-*.parquet")):
        for batch in pq.ParquetFile(file).iter_batches(columns=["screening"]):
            yield from (text.encode() for text in batch.column(0).to_pylist())


def differences(local: Path, cluster: Path) -> tuple[int, int]:
    """Return how many results there are and how many differ."""
    count = wrong = 0
    with local.open("rb") as lines:
        for there in on_spark(cluster):
            count += 1
            wrong += next(lines, b"").rstrip(b"\n") != there
        wrong += sum(1 for _ in lines)
    return count, wrong


def main() -> int:
    """Compare, print figures and return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=100_000)
    parser.add_argument("--lists", type=Path)
    parser.add_argument("--as-of", type=date.fromisoformat, default=date(2026, 11, 24))
    parser.add_argument(
        "--master", action="append", default=[], help="may be repeated; default: SPARK_MASTER or local[2]"
    )
    parser.add_argument("--no-cache", action="store_true", help="answer nothing from memory of earlier rows")
    parser.add_argument("--skip-local", action="store_true", help="measure Spark only, compare nothing")
    given = parser.parse_args()
    settings = settings_of(given.as_of, given.lists, None, (), "", not given.no_cache)
    status = 0
    with tempfile.TemporaryDirectory(prefix="tidewaiter-engines-") as name:
        folder = Path(name)
        source, local = folder / "declarations.parquet", folder / "local.jsonl"
        write_declarations(source, given.count)
        screener = screener_of(settings)
        if not given.skip_local:
            started, cpu = time.perf_counter(), time.process_time()
            with JsonlWriter(local) as writer:
                screen_items(read_items([source]), screener.screen_batch, [WriterSink(writer)])
            seconds, cpu = time.perf_counter() - started, time.process_time() - cpu
            say(engine="local, one process", count=given.count, seconds=seconds, cpu_seconds=cpu)
        for master in given.master or [os.environ.get("SPARK_MASTER", "local[2]")]:
            with open_session(master, settings) as session:
                # The first job brings up Python workers and compiles the screener in them; it is timed apart.
                started = time.perf_counter()
                screen_on_spark(session, settings, [str(warm_up(folder))], None, folder / "warm.parquet")
                ready = time.perf_counter() - started
                started = time.perf_counter()
                ran = screen_on_spark(session, settings, [str(source)], None, folder / "spark.parquet")
                seconds = time.perf_counter() - started
            figures = {
                "engine": f"spark {master}",
                "count": given.count,
                "seconds": seconds,
                "cpu_seconds": ran.cpu_seconds,
            }
            if not given.skip_local:
                count, wrong = differences(local, folder / "spark.parquet")
                figures |= {"results": count, "different": wrong}
                status |= bool(wrong or count != given.count)
            say(**figures, tasks=ran.tasks, first_job_seconds=round(ready, 1))
    return status


def warm_up(folder: Path) -> Path:
    """Return a small file of declarations that gives every worker something to do."""
    path = folder / "warm-up.parquet"
    if not path.exists():
        write_declarations(path, 400)
    return path


def say(*, count: int, seconds: float, cpu_seconds: float, **figures: object) -> None:
    """Print one line of figures with the pace: by the clock, and for each second of a processor in Python.

    On a machine that does other work besides, only the second tells something.
    """
    paces = {"a_second": round(count / seconds), "a_cpu_second": round(count / cpu_seconds)}
    times = {"seconds": round(seconds, 1), "cpu_seconds": round(cpu_seconds, 1)}
    print(json.dumps({**figures, "count": count, **times, **paces}), flush=True)


if __name__ == "__main__":
    sys.exit(main())
