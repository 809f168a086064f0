"""Measure patterns on invented traffic: time, memory of a process of its own, planted patterns found, ordinary items reviewed."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from tidewaiter.model import InternalError
from tidewaiter.service.matching_measures.chance import wilson
from tidewaiter.service.traffic import write_traffic

_CHILD = """
import json, resource, sys
from tidewaiter.cli.main import main
code = main(sys.argv[1:])
peak = [line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM")]
used = resource.getrusage(resource.RUSAGE_SELF)
print(json.dumps({"code": code, "peak_mb": round(int(peak[0]) / 1024), "cpu_seconds": round(used.ru_utime + used.ru_stime, 1)}))
"""


def measure_patterns(
    items: int,
    each: int,
    seed: int,
    on: date,
    folder: Path | None = None,
    *,
    memory: str = "1400MB",
    threads: int = 2,
    say: Callable[[str], None] = lambda text: None,
) -> dict[str, Any]:
    """Return the figures of patterns on invented traffic.

    A planted pattern counts as found when at least half of its items are in a review; `touched` counts those with any item.
    An ordinary item in a review is a false review, even where the traffic holds hard ordinary cases (feasts, hobbyists).

    Args:
        items: ordinary items.
        each: planted patterns of each kind.
        seed: seed of the traffic; rules are not tuned on the one that is reported.
        on: the day thresholds are taken from.
        folder: where the traffic is kept, or None for a temporary place.
        memory: memory limit of the engine.
        threads: its threads.
        say: told what is going on.

    Raises:
        InternalError: the process that finds patterns failed.
    """
    with ExitStack() as stack:
        work = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="tidewaiter-patterns-")))
        source = folder if folder is not None else work / "traffic"
        made = 0.0
        if not (source / "truth.parquet").is_file():
            say(f"inventing {items:,} items and {each} patterns of each kind")
            begun = time.perf_counter()
            write_traffic(source, items, seed, each)
            made = time.perf_counter() - begun
        say("finding patterns")
        common = [
            "history",
            "patterns",
            str(source),
            "--as-of",
            on.isoformat(),
            "--memory",
            memory,
            "--threads",
            str(threads),
        ]
        common += ["--temp", str(work / "spill"), "--quiet"]
        summary = work / "summary.json"
        process = _run([*common, "--summary", "-o", str(summary)])
        told = json.loads(summary.read_bytes())
        reviews = work / "reviews.jsonl"
        _run([*common, "--combined", "-o", str(reviews)])
        figures: dict[str, Any] = {
            "items": pq.ParquetFile(source / "items.parquet").metadata.num_rows,
            "seed": seed,
            "inventing_seconds": round(made, 1),
            "indicators_run": len(told["checked"]),
            "indicators_not_checked": told["not_checked"],
            "seconds": told["seconds"],
            "cpu_seconds": process["cpu_seconds"],
            "peak_memory_mb": process["peak_mb"],
            "threads": threads,
            "hits": told["hits"],
            "seconds_by_code": {code: row["seconds"] for code, row in told["checked"].items()},
        }
        figures.update(found_in(source, reviews))
        return figures


def _run(arguments: list[str]) -> dict[str, Any]:
    done = subprocess.run([sys.executable, "-c", _CHILD, *arguments], check=False, capture_output=True, text=True)
    lines = done.stdout.strip().splitlines()
    if done.returncode or not lines:
        raise InternalError(f"`tidewaiter {' '.join(arguments)}` failed: {done.stderr.strip()[-800:]}")
    told: dict[str, Any] = json.loads(lines[-1])
    if told["code"] > 1:
        raise InternalError(f"`tidewaiter {' '.join(arguments)}` failed: {done.stderr.strip()[-800:]}")
    return told


def found_in(source: Path, reviews: Path) -> dict[str, Any]:
    """Return the share of planted patterns found by kind and the share of ordinary items reviewed, with 95 % intervals.

    Args:
        source: the traffic with its truth.
        reviews: combined reviews as `history patterns --combined` wrote them.
    """
    reviewed: dict[str, str] = {}
    with reviews.open("rb") as handle:
        for line in handle:
            row = json.loads(line)
            for item in row["items"]:
                reviewed.setdefault(item, row["lead"])
    truth = pq.read_table(source / "truth.parquet").to_pydict()
    patterns: dict[int, tuple[str, list[str]]] = {}
    for pattern, kind, item in zip(truth["pattern"], truth["kind"], truth["item_id"], strict=True):
        patterns.setdefault(pattern, (kind, []))[1].append(item)
    kinds: dict[str, dict[str, int]] = {}
    for kind, items in patterns.values():
        count = sum(item in reviewed for item in items)
        row = kinds.setdefault(kind, {"planted": 0, "found": 0, "touched": 0})
        row["planted"] += 1
        row["found"] += count * 2 >= len(items)
        row["touched"] += count > 0
    planted = {item for _, items in patterns.values() for item in items}
    false = [lead for item, lead in reviewed.items() if item not in planted]
    ordinary = pq.ParquetFile(source / "items.parquet").metadata.num_rows - len(planted)
    leads: dict[str, int] = {}
    for lead in false:
        leads[lead] = leads.get(lead, 0) + 1
    return {
        "planted": {
            kind: {
                **row,
                "share_found": round(row["found"] / row["planted"], 4),
                "interval": [round(x, 3) for x in wilson(row["found"], row["planted"])],
            }
            for kind, row in sorted(kinds.items())
        },
        "ordinary_items": ordinary,
        "ordinary_items_reviewed": len(false),
        "false_review_share": round(len(false) / ordinary, 6) if ordinary else None,
        "false_reviews_by_lead": dict(sorted(leads.items(), key=lambda pair: (-pair[1], pair[0]))),
    }
