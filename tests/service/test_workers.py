"""Workers: answers in order, a death made good once, an error told, and nobody left behind."""

from __future__ import annotations

import contextlib
import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tidewaiter.service.workers import Crashed, WorkerError, WorkerPool

JOBS = [(f"job {number}", number) for number in range(40)]


def die(how: int = signal.SIGKILL) -> None:
    os.kill(os.getpid(), how)
    time.sleep(10)


def test_answers_come_in_the_order_of_the_jobs_however_long_each_takes() -> None:
    def work(number: int) -> int:
        time.sleep(0.01 if number % 7 == 0 else 0)
        return number * number

    pool: WorkerPool[str]
    with WorkerPool(work, 3) as pool:
        assert list(pool.answers(JOBS)) == [(tag, number * number) for tag, number in JOBS]
        assert list(pool.answers([])) == []


def test_the_job_of_a_killed_worker_is_done_once_more(tmp_path: Path) -> None:
    def work(number: int) -> int:
        mark = tmp_path / str(number)
        if number in (3, 17) and not mark.exists():
            mark.touch()
            die()
        return number

    pool: WorkerPool[str]
    with WorkerPool(work, 2) as pool:
        before = set(pool.pids)
        assert [answer for _, answer in pool.answers(JOBS)] == [number for _, number in JOBS]
        assert len(set(pool.pids)) == 2
        assert set(pool.pids) != before


def test_a_job_that_kills_twice_is_answered_with_how_it_died(tmp_path: Path) -> None:
    tries = tmp_path / "tries"

    def work(number: int) -> int:
        if number == 5:
            with tries.open("a") as marks:
                marks.write("x")
            die()
        if number == 6:
            os._exit(7)
        return number

    pool: WorkerPool[str]
    with WorkerPool(work, 2) as pool:
        found = dict(pool.answers(JOBS))
    assert found["job 5"] == Crashed("killed by SIGKILL")
    assert found["job 6"] == Crashed("ended with code 7")
    assert tries.read_text() == "xx"
    assert [found[tag] for tag, number in JOBS if number not in (5, 6)] == [n for _, n in JOBS if n not in (5, 6)]


def test_an_idle_worker_that_was_killed_is_replaced() -> None:
    pool: WorkerPool[str]
    with WorkerPool(lambda number: number, 2) as pool:
        for pid in pool.pids:
            os.kill(pid, signal.SIGKILL)
        time.sleep(0.1)
        assert [answer for _, answer in pool.answers(JOBS)] == [number for _, number in JOBS]


def test_an_error_of_the_work_is_raised_with_its_traceback() -> None:
    def work(number: int) -> int:
        if number == 2:
            raise ValueError("no such thing")
        return number

    pool: WorkerPool[str]
    with WorkerPool(work, 2) as pool, pytest.raises(WorkerError, match="ValueError: no such thing"):
        list(pool.answers(JOBS))


def test_leaving_the_pool_ends_busy_workers_and_jobs_are_taken_only_a_few_ahead() -> None:
    taken = []

    def jobs() -> Iterator[tuple[str, Any]]:
        for tag, number in JOBS:
            taken.append(number)
            yield tag, number

    def work(number: int) -> int:
        if number > 3:
            time.sleep(60)
        return number

    pool: WorkerPool[str]
    pids: tuple[int, ...] = ()
    with contextlib.suppress(KeyboardInterrupt), WorkerPool(work, 2) as pool:
        pids = pool.pids
        for _, number in pool.answers(jobs()):
            if number == 2:
                raise KeyboardInterrupt
    assert len(pids) == 2
    assert len(taken) < 16
    for pid in pids:
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)


def test_workers_share_what_was_loaded_before_and_ignore_ctrl_c() -> None:
    table = {number: str(number) for number in range(1000)}

    def work(number: int) -> str:
        os.kill(os.getpid(), signal.SIGINT)
        return table[number]

    pool: WorkerPool[str]
    with WorkerPool(work, 2) as pool:
        assert [answer for _, answer in pool.answers(JOBS)] == [str(number) for _, number in JOBS]
