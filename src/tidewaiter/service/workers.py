"""A pool of worker processes forked from one that has loaded everything, so that packs, lists and indexes are shared.

Jobs go to whichever worker is free, and answers come back in the order of the jobs. A worker that dies (killed, out of memory, a
crash inside a library) loses nothing: its job is done once more by another, and if that one dies too the job is answered with
`Crashed`. An error that the work raises in the ordinary way is raised here, as it would be in one process.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import traceback
import warnings
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from types import TracebackType
from typing import Any, Generic, Self, TypeVar, cast

from tidewaiter.model import InputError

Tag = TypeVar("Tag")
TRIES = 2
# Jobs begun or waiting to be passed on, for each worker: what a slow first one may hold back.
_AHEAD = 4


@dataclass(frozen=True, slots=True)
class Crashed:
    """A job during which a worker died twice, and how it died the second time."""

    reason: str


@dataclass(slots=True)
class _Job(Generic[Tag]):
    number: int
    tag: Tag
    load: Any
    tries: int = 0


@dataclass(slots=True)
class _Worker(Generic[Tag]):
    process: BaseProcess
    line: Connection
    job: _Job[Tag] | None = None


class WorkerError(RuntimeError):
    """The work raised an error in a worker; the text holds its traceback."""


class WorkerPool(Generic[Tag]):
    """Worker processes that do one kind of work. Use it as a context manager; leaving it ends them.

    Enter it before anything starts a thread: a fork copies the thread that forks and no other.

    Args:
        work: does a job, in a worker; what it closes over is shared and never copied back.
        count: how many workers.

    Raises:
        InputError: this system cannot fork (Windows).
    """

    def __init__(self, work: Callable[[Any], Any], count: int) -> None:
        if "fork" not in multiprocessing.get_all_start_methods():
            raise InputError("--workers: this system cannot share what is loaded with other processes; use --workers 1")
        self._work = work
        self._count = count
        self._workers: list[_Worker[Tag]] = []

    def __enter__(self) -> Self:
        """Fork the workers."""
        # Objects that are not looked at by the collector stay on the pages they share.
        gc.collect()
        gc.freeze()
        for _ in range(self._count):
            self._workers.append(self._fork())
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the workers, whatever they are at."""
        for worker in self._workers:
            worker.line.close()
            worker.process.terminate()
        for worker in self._workers:
            worker.process.join()
        self._workers.clear()
        gc.unfreeze()

    @property
    def pids(self) -> tuple[int, ...]:
        """Return the process ids of the workers alive."""
        return tuple(worker.process.pid for worker in self._workers if worker.process.pid is not None)

    def answers(self, jobs: Iterable[tuple[Tag, Any]]) -> Iterator[tuple[Tag, Any]]:
        """Yield each job's tag with what its work returned, or `Crashed`, in the order of the jobs.

        Args:
            jobs: (tag, load): the load goes to a worker, the tag stays here. They are taken a few ahead.

        Raises:
            WorkerError: the work raised an error.
        """
        source = iter(jobs)
        again: deque[_Job[Tag]] = deque()
        done: dict[int, tuple[Tag, Any]] = {}
        taken = given = 0
        is_more = True
        while True:
            while given in done:
                yield done.pop(given)
                given += 1
            for worker in self._workers:
                if worker.job is not None:
                    continue
                if not again and is_more and taken - given < _AHEAD * self._count:
                    pair = next(source, None)
                    if pair is None:
                        is_more = False
                    else:
                        again.append(_Job(taken, *pair))
                        taken += 1
                if again:
                    self._send(worker, again.popleft())
            if given == taken and not is_more:
                return
            for worker in self._ready():
                job = cast("_Job[Tag]", worker.job)
                worker.job = None
                answer = self._received(worker)
                if isinstance(answer, Crashed) and job.tries < TRIES:
                    again.appendleft(job)
                else:
                    done[job.number] = job.tag, answer

    def _ready(self) -> list[_Worker[Tag]]:
        """Wait for a worker to answer or to die; return those that did."""
        busy = {worker.line: worker for worker in self._workers if worker.job is not None}
        return [busy[cast(Connection, line)] for line in wait(list(busy))]

    def _send(self, worker: _Worker[Tag], job: _Job[Tag]) -> None:
        job.tries += 1
        worker.job = job
        try:
            worker.line.send(job.load)
        except OSError:
            return  # it died meanwhile; its line says so when it is listened to

    def _received(self, worker: _Worker[Tag]) -> Any:
        """Return a worker's answer; one that died is replaced."""
        try:
            kind, answer = worker.line.recv()
        except (EOFError, OSError):
            worker.line.close()
            worker.process.join()
            reason = _reason(worker.process.exitcode)
            self._workers[self._workers.index(worker)] = self._fork()
            return Crashed(reason)
        if kind == "error":
            raise WorkerError(answer)
        return answer

    def _fork(self) -> _Worker[Tag]:
        here, there = multiprocessing.Pipe()
        others = [worker.line for worker in self._workers if not worker.line.closed]
        process = multiprocessing.get_context("fork").Process(
            target=_serve, args=(self._work, there, [here, *others]), daemon=True
        )
        with warnings.catch_warnings():
            # A worker that replaces another is forked beside the thread of the progress bar, which it never uses.
            warnings.simplefilter("ignore", DeprecationWarning)
            process.start()
        there.close()
        return _Worker(process, here)


def _reason(code: int | None) -> str:
    """Say how a process ended."""
    if code is not None and code < 0:
        try:
            return f"killed by {signal.Signals(-code).name}"
        except ValueError:
            return f"killed by signal {-code}"
    return f"ended with code {code}"


def _serve(work: Callable[[Any], Any], line: Connection, others: list[Connection]) -> None:
    """Do jobs until the line is closed. Runs in a worker and never returns: what the parent has half written is its own."""
    code = 1
    try:
        # Ctrl-C is for the parent, which ends its workers.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        for other in others:
            other.close()
        while True:
            try:
                load = line.recv()
            except EOFError:
                code = 0
                break
            try:
                answer = ("done", work(load))
            except Exception:
                answer = ("error", traceback.format_exc())
            line.send(answer)
    except OSError:
        code = 0  # the parent is gone
    finally:
        os._exit(code)
