"""The whole way from a file to a file, and single declarations through the library."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

import numpy as np

from tidewaiter.formats.outcomes import JsonlWriter
from tidewaiter.model import Declaration, Screening
from tidewaiter.screen.pipeline import Screener
from tidewaiter.service.screening import BATCH, read_items
from tidewaiter.service.speed.clock import GOODS, LICENCE, PARTY, clocked

Meter = Callable[[int, int], None]
_PARTS = ("parse", "screen", "write")


@dataclass(slots=True)
class Whole:
    """Processor seconds of each part, seconds on the clock, bytes written and outcomes, over `count` declarations."""

    count: int = 0
    parts: dict[str, float] = field(default_factory=lambda: dict.fromkeys(_PARTS, 0.0))
    clock: float = 0.0
    written: int = 0
    outcomes: Counter[str] = field(default_factory=Counter)

    @property
    def processor(self) -> float:
        """Return the processor seconds of all parts."""
        return sum(self.parts.values())

    @property
    def a_second(self) -> float:
        """Return declarations a second of processor time: the rate of one core."""
        return self.count / self.processor


def time_whole(screener: Screener, source: Path, target: Path, show: Meter, batch: int = BATCH) -> Whole:
    """Read declarations from a file, screen them in batches and write JSON Lines, as `tidewaiter screen` does.

    Args:
        screener: the compiled screener.
        source: a file of declarations.
        target: the file to write.
        show: told how many are done.
        batch: declarations a batch.
    """
    whole = Whole()
    items = iter(read_items([source]))
    began = time.perf_counter()
    with JsonlWriter(target) as writer:
        while True:
            marks = [time.process_time()]
            declarations = [item for item in islice(items, batch) if isinstance(item, Declaration)]
            if not declarations:
                break
            marks.append(time.process_time())
            screenings = screener.screen_batch(declarations)
            marks.append(time.process_time())
            for screening in screenings:
                writer.write(screening)
            marks.append(time.process_time())
            for part, start, stop in zip(_PARTS, marks, marks[1:], strict=False):
                whole.parts[part] += stop - start
            _count(whole, screenings)
            show(whole.count, 0)
    whole.clock = time.perf_counter() - began
    whole.written = target.stat().st_size
    return whole


def _count(whole: Whole, screenings: Sequence[Screening]) -> None:
    whole.count += len(screenings)
    whole.outcomes.update(screening.outcome for screening in screenings)


def time_parsing(path: Path) -> float:
    """Return processor seconds of reading all declarations of a file."""
    began = time.process_time()
    for _ in read_items([path]):
        pass
    return time.process_time() - began


@dataclass(frozen=True, slots=True)
class Stages:
    """Shares of the time of `screen_batch` by stage (the rest is findings, indicators and policy), and shares answered from memory."""

    shares: dict[str, float]
    remembered: dict[str, float]


REST = "findings, indicators, policy"


def time_stages(screener: Screener, declarations: Iterable[Declaration], batch: int = BATCH) -> Stages:
    """Screen declarations with a clock attached.

    Args:
        screener: the compiled screener; what it remembers of earlier declarations stays, as in one long stream.
        declarations: new declarations of the same stream.
        batch: declarations a batch.
    """
    items = iter(declarations)
    began = time.perf_counter_ns()
    with clocked(screener) as clock:
        while part := list(islice(items, batch)):
            screener.screen_batch(part)
    total = time.perf_counter_ns() - began
    shares = {stage: spent / total for stage, spent in clock.spent.items()}
    shares[REST] = 1 - sum(shares.values())
    remembered = {stage: clock.remembered(stage) for stage in (GOODS, PARTY, LICENCE) if clock.asked[stage]}
    return Stages(shares, remembered)


@dataclass(frozen=True, slots=True)
class Single:
    """Percentiles of single declarations through the library, milliseconds of processor time and of the clock."""

    processor: dict[str, float]
    clock: dict[str, float]
    count: int


def time_single(screener: Screener, declarations: Sequence[Declaration]) -> Single:
    """Screen declarations one by one; the first twentieth only warms up."""
    processor, clock = [], []
    warm = len(declarations) // 20
    for number, declaration in enumerate(declarations):
        began, worked = time.perf_counter_ns(), time.thread_time_ns()
        screener.screen(declaration)
        if number >= warm:
            processor.append((time.thread_time_ns() - worked) / 1e6)
            clock.append((time.perf_counter_ns() - began) / 1e6)
    return Single(_percentiles(processor), _percentiles(clock), len(clock))


def _percentiles(milliseconds: Sequence[float]) -> dict[str, float]:
    values = np.percentile(milliseconds, (50, 95, 99)).tolist()
    return {name: round(value, 3) for name, value in zip(("p50", "p95", "p99"), values, strict=True)}
