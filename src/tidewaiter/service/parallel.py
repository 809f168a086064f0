"""Screening by several processes: what goes to a worker, what comes back, and how the parent makes the same results of it.

Without a history a worker screens its batch. What every item shares (coverage, versions) is sent once, and a declaration is not
sent back, so the parent's part stays small. With a history the parent screens, because an item may rest on the one before it;
the workers work out ahead what no history changes: listed parties and what the learned models say.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Protocol

from tidewaiter.formats import Rejected
from tidewaiter.model import (
    Counterfactual,
    Coverage,
    Declaration,
    Evidence,
    Finding,
    NotChecked,
    Outcome,
    Problem,
    Question,
    Screening,
    Versions,
)
from tidewaiter.screen.pipeline import Foreseen, Screener
from tidewaiter.service.screening import BATCH, Counts, Progress, Sink, screen_items
from tidewaiter.service.workers import Crashed, WorkerPool

Chunk = list[Declaration | Rejected]
ScreenBatch = Callable[[Sequence[Declaration]], Sequence[Screening]]
Finish = Callable[[Sequence[Declaration], Any], Sequence[Screening]]
_MOST_COVERAGES = 20_000


@dataclass(slots=True)
class Row:
    """A screening without what the parent has already; `coverage` is a place in the coverages the worker has sent."""

    outcome: Outcome
    findings: tuple[Finding, ...]
    questions: tuple[Question, ...]
    counterfactuals: tuple[Counterfactual, ...]
    coverage: int


@dataclass(slots=True)
class Answer:
    """A screened batch: the worker (by process and memory), coverages sent for the first time, and a row an item."""

    sender: tuple[int, int]
    coverages: list[Coverage]
    rows: list[Row]


class BatchWork:
    """Screens batches in a worker.

    Args:
        screener: the compiled screener, shared with the parent.
    """

    def __init__(self, screener: Screener) -> None:
        self._screener = screener
        self._places: dict[int, tuple[int, Coverage]] = {}
        self._memory = 0

    def __call__(self, batch: Sequence[Declaration]) -> Answer:
        """Return the answer to a batch; objects of coverage are known by identity and kept alive while they are."""
        if len(self._places) >= _MOST_COVERAGES:
            self._places.clear()
            self._memory += 1
        new: list[Coverage] = []
        rows = []
        for screening in self._screener.screen_batch(batch):
            coverage = screening.coverage
            known = self._places.get(id(coverage))
            if known is None:
                known = self._places[id(coverage)] = len(self._places), coverage
                new.append(coverage)
            rows.append(
                Row(screening.outcome, screening.findings, screening.questions, screening.counterfactuals, known[0])
            )
        return Answer((os.getpid(), self._memory), new, rows)


class Gathering:
    """Makes screenings of answers, in the parent.

    Args:
        versions: the versions every screening of the run bears.
    """

    def __init__(self, versions: Versions) -> None:
        self._versions = versions
        self._coverages: dict[int, tuple[int, list[Coverage]]] = {}

    def __call__(self, batch: Sequence[Declaration], answer: Answer) -> tuple[Screening, ...]:
        """Return the screenings of a batch, as the screener itself would."""
        process, memory = answer.sender
        known = self._coverages.get(process)
        if known is None or known[0] != memory:
            known = self._coverages[process] = memory, []
        coverages = known[1]
        coverages.extend(answer.coverages)
        return tuple(
            Screening(
                declaration.id,
                row.outcome,
                row.findings,
                row.questions,
                row.counterfactuals,
                coverages[row.coverage],
                self._versions,
                declaration.problems,
                declaration,
            )
            for declaration, row in zip(batch, answer.rows, strict=True)
        )


def screen_in_workers(
    items: Iterable[Declaration | Rejected],
    pool: WorkerPool[Chunk],
    finish: Finish,
    versions: Versions,
    sinks: Sequence[Sink],
    progress: Progress | None = None,
    problems: list[Problem] | None = None,
) -> Counts:
    """Screen items in a pool of workers and give every result to every sink, in the order they were read.

    Args:
        items: declarations and rejected rows.
        pool: the workers, entered.
        finish: makes the screenings of a batch of a worker's answer.
        versions: for items that no worker could screen.
        sinks: where results go.
        progress: called with (items done, findings so far) after each batch.
        problems: told of each batch during which workers died.
    """
    read = rejected = screened = found = 0
    jobs = ((chunk, [item for item in chunk if isinstance(item, Declaration)]) for chunk in _chunks(items))
    for chunk, answer in pool.answers(jobs):
        batch = [item for item in chunk if isinstance(item, Declaration)]
        if isinstance(answer, Crashed):
            made: Sequence[Screening] = [unscreened(item, answer.reason, versions) for item in batch]
            if problems is not None and batch:
                problems.append(_crash_problem(batch, answer.reason))
        else:
            made = finish(batch, answer)
        ready = iter(made)
        for item in chunk:
            read += 1
            if isinstance(item, Rejected):
                rejected += 1
                for sink in sinks:
                    sink.reject(item)
                continue
            screening = next(ready)
            screened += 1
            found += screening.outcome != "no-finding"
            for sink in sinks:
                sink.write(screening)
        if progress is not None:
            progress(screened + rejected, found)
    return Counts(read, screened, rejected, ())


class ScreenAll(Protocol):
    """Screens all items of a run, in one process or in several."""

    def __call__(
        self, items: Iterable[Declaration | Rejected], sinks: Sequence[Sink], progress: Progress | None = None
    ) -> Counts:
        """Give every result to every sink, in the order the items were read; return the counts."""


@contextmanager
def in_processes(
    count: int, screener: Screener, history: ScreenBatch | None, problems: list[Problem]
) -> Iterator[ScreenAll]:
    """Start the workers of a run, if it has any, and yield what screens its items.

    Args:
        count: how many processes screen; with 1 it is this one.
        screener: the compiled screener.
        history: screens a batch with a history, which has one writer: this process.
        problems: told of each batch during which workers died.
    """
    screen_batch = history if history is not None else screener.screen_batch

    def alone(
        items: Iterable[Declaration | Rejected], sinks: Sequence[Sink], progress: Progress | None = None
    ) -> Counts:
        return screen_items(items, screen_batch, sinks, progress)

    if count == 1:
        yield alone
        return
    work = screener.foresee if history is not None else BatchWork(screener)
    finish = _after_foresight(screener, history) if history is not None else Gathering(screener.versions)
    pool: WorkerPool[Chunk]
    with WorkerPool(work, count) as pool:

        def together(
            items: Iterable[Declaration | Rejected], sinks: Sequence[Sink], progress: Progress | None = None
        ) -> Counts:
            return screen_in_workers(items, pool, finish, screener.versions, sinks, progress, problems)

        yield together


def _after_foresight(screener: Screener, screen_batch: ScreenBatch) -> Finish:
    """Return what screens a batch in the parent, after a worker has worked out what no history changes."""

    def finish(batch: Sequence[Declaration], answer: Foreseen) -> Sequence[Screening]:
        screener.take(answer)
        return screen_batch(batch)

    return finish


def unscreened(declaration: Declaration, reason: str, versions: Versions | None) -> Screening:
    """Return an item that no worker could screen as a result: it is looked at, never passed over."""
    source = declaration.source
    return Screening(
        declaration.id,
        "review",
        (
            Finding(
                "record.unscreened",
                "review",
                "The item could not be screened: the worker process died twice at the batch it lies in.",
                (Evidence("id", declaration.id, note=reason),),
            ),
        ),
        coverage=Coverage((), (NotChecked("record", declaration.id, f"the item could not be screened ({reason})"),)),
        versions=versions,
        problems=(
            *declaration.problems,
            Problem(
                "worker-died",
                f"the item was not screened: a worker process died twice at its batch ({reason})",
                "error",
                source.file,
                source.line,
                hint="screen the item by itself to see whether it is the cause",
            ),
        ),
        declaration=declaration,
    )


def _crash_problem(batch: Sequence[Declaration], reason: str) -> Problem:
    first = batch[0].source
    return Problem(
        "worker-died",
        f"{len(batch)} items from {batch[0].id} to {batch[-1].id} were not screened and are for review: "
        f"a worker process died twice at them ({reason})",
        "error",
        first.file,
        first.line,
        hint="screen them by themselves, or with --workers 1",
    )


def _chunks(items: Iterable[Declaration | Rejected]) -> Iterator[Chunk]:
    """Yield the batches that one process makes of the items: with a history, what lies in one batch is ordered by its dates."""
    chunk: Chunk = []
    for item in items:
        chunk.append(item)
        if len(chunk) >= BATCH or isinstance(item, Rejected):
            yield chunk
            chunk = []
    if chunk:
        yield chunk
