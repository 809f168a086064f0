"""Everything `tidewaiter bench` prints, measured on one stream of generated mail.

The stream is never begun anew: the whole way takes its first declarations, the stage clock the next ones, single declarations
those behind them. So a memory holds what it would hold of real mail, and nothing is answered from a row that came twice only
because it was measured twice.
"""

from __future__ import annotations

import resource
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any

from tidewaiter.screen.pipeline import Screener
from tidewaiter.service.generate import SEED, generate
from tidewaiter.service.matching_measures.process import run_command
from tidewaiter.service.screening import build_screener
from tidewaiter.service.speed.clock import GOODS, LICENCE, PARTY
from tidewaiter.service.speed.files import write_csv, write_json_lines
from tidewaiter.service.speed.inside import time_inside
from tidewaiter.service.speed.ratio import Reference
from tidewaiter.service.speed.whole import (
    Meter,
    Single,
    Stages,
    Whole,
    time_parsing,
    time_single,
    time_stages,
    time_whole,
)

STAGED, SINGLE, INSIDE, UNREMEMBERED = 20_000, 5_000, 3_000, 20_000
_PACES = 5
MEMORIES = {"party names": PARTY, "goods wordings": GOODS, "licence answers": LICENCE}
Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be measured.

    Attributes:
        count: declarations of the whole way; the other parts take fewer.
        on: the legal date.
        lists: folder of imported party lists, or None.
        remember: whether repeated wording and names are answered from memory.
        process: whether the program is also started as a user starts it, for start time and memory.
        seed: seed of the mail.
    """

    count: int
    on: date
    lists: Path | None = None
    remember: bool = True
    process: bool = True
    seed: int = SEED


@dataclass(frozen=True, slots=True)
class Process:
    """`tidewaiter screen` as a process of its own: processor seconds of one declaration, and peak memory of all, in MB."""

    start_seconds: float
    peak_mb: float


@dataclass(frozen=True, slots=True)
class Speed:
    """What was measured. `unremembered` is the whole way with nothing answered from memory, where it was measured beside."""

    asked: Asked
    whole: Whole
    csv_microseconds: float
    stages: Stages
    single: Single
    inside: dict[str, float]
    reference_seconds: float
    ready_seconds: float
    listed_names: int
    process: Process | None
    unremembered: Whole | None


def measure_speed(asked: Asked, show: Meter, say: Say) -> Speed:
    """Measure the whole way, its stages, single declarations, and the program as a process of its own.

    Args:
        asked: what is to be measured.
        show: told how many declarations of the whole way are done.
        say: told what is going on.

    Raises:
        InputError: the lists cannot be read, or the program failed as a process of its own.
    """
    began = time.perf_counter()
    screener = _screener(asked, asked.remember)
    ready = time.perf_counter() - began
    staged, single = min(asked.count, STAGED), min(asked.count, SINGLE)
    stream = generate(asked.count + staged + single, asked.seed)
    with tempfile.TemporaryDirectory(prefix="tidewaiter-bench-") as name:
        folder = Path(name)
        say(f"generating {asked.count:,} declarations")
        source = folder / "mail.jsonl"
        write_json_lines(source, islice(stream, asked.count))
        before = _pace()
        whole = time_whole(screener, source, folder / "out.jsonl", show)
        pace = (before + _pace()) / 2
        say("measuring stages, single declarations and steps")
        return Speed(
            asked=asked,
            whole=whole,
            stages=time_stages(screener, islice(stream, staged)),
            single=time_single(screener, list(stream)),
            inside=time_inside(screener, generate(min(asked.count, INSIDE), asked.seed + 1)),
            csv_microseconds=_csv(asked, folder),
            reference_seconds=pace,
            ready_seconds=ready,
            listed_names=screener.parties.names if screener.parties is not None else 0,
            process=_process(asked, source, folder, say) if asked.process else None,
            unremembered=_unremembered(asked, folder, say) if asked.remember else None,
        )


def _csv(asked: Asked, folder: Path) -> float:
    """Return microseconds of reading one declaration from a CSV."""
    table, count = folder / "mail.csv", min(asked.count, STAGED)
    write_csv(table, generate(count, asked.seed))
    return time_parsing(table) / count * 1e6


def _pace() -> float:
    """Return processor seconds of the reference workload, which shows how much a busy machine slows everything down now."""
    reference = Reference()
    began = time.process_time()
    for _ in range(_PACES):
        reference.work()
    return (time.process_time() - began) / _PACES


def _screener(asked: Asked, remember: bool) -> Screener:
    return build_screener(asked.on, lists_dir=asked.lists, remember=remember)


def _process(asked: Asked, source: Path, folder: Path, say: Say) -> Process:
    """Start `tidewaiter screen` for one declaration, then for all."""
    say("starting `tidewaiter screen` anew")
    one = folder / "one.jsonl"
    with source.open("rb") as handle:
        one.write_bytes(handle.readline())
    options = ["--as-of", asked.on.isoformat(), "--quiet", "-o", str(folder / "process.jsonl")]
    options += ["--lists", str(asked.lists)] if asked.lists is not None else []
    options += [] if asked.remember else ["--no-cache"]
    run_command("screen", str(one), *options)  # the first start compiles what later ones open
    start, _ = run_command("screen", str(one), *options)
    _, peak = run_command("screen", str(source), *options)
    return Process(round(start, 2), round(peak))


def _unremembered(asked: Asked, folder: Path, say: Say) -> Whole:
    """Measure the whole way again with nothing answered from memory."""
    say("measuring with nothing answered from memory")
    screener = _screener(asked, False)
    source = folder / "unremembered.jsonl"
    write_json_lines(source, generate(min(asked.count, UNREMEMBERED), asked.seed))
    return time_whole(screener, source, folder / "out.jsonl", lambda done, found: None)


def figures_of(speed: Speed) -> dict[str, Any]:
    """Return what was measured as plain values for JSON; microseconds are of a declaration, by processor time."""
    whole = speed.whole
    figures: dict[str, Any] = {
        "declarations": whole.count,
        "seed": speed.asked.seed,
        "listed_names": speed.listed_names,
        "caches": "on" if speed.asked.remember else "off",
        "declarations_per_second": round(whole.a_second),
        "declarations_per_second_by_clock": round(whole.count / whole.clock),
        "microseconds": round(whole.processor / whole.count * 1e6, 1),
        "microseconds_by_stage": _by_stage(speed),
        "microseconds_parse_csv": round(speed.csv_microseconds, 1),
        "microseconds_inside": speed.inside,
        "single_declaration_ms": speed.single.processor,
        "single_declaration_ms_by_clock": speed.single.clock,
        "answered_from_memory": {
            name: round(speed.stages.remembered[stage], 4)
            for name, stage in MEMORIES.items()
            if stage in speed.stages.remembered
        },
        "reference_workload_ms": round(speed.reference_seconds * 1e3, 1),
        "ready_seconds": round(speed.ready_seconds, 2),
        "peak_memory_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
        "bytes_written": whole.written,
        "outcomes": dict(sorted(whole.outcomes.items())),
    }
    if speed.process is not None:
        figures["process_start_seconds"] = speed.process.start_seconds
        figures["process_peak_memory_mb"] = speed.process.peak_mb
    if speed.unremembered is not None:
        figures["declarations_per_second_without_memory"] = round(speed.unremembered.a_second)
    return figures


def _by_stage(speed: Speed) -> dict[str, float]:
    """Return microseconds of a declaration by stage; together they are the whole way."""
    each = {part: seconds / speed.whole.count * 1e6 for part, seconds in speed.whole.parts.items()}
    screening = {stage: share * each["screen"] for stage, share in speed.stages.shares.items()}
    stages = {"parse JSON Lines": each["parse"], **screening, "write": each["write"]}
    return {stage: round(spent, 1) for stage, spent in stages.items()}
