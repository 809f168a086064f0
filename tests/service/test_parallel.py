"""Screening by several processes: the same bytes as by one, and nothing lost when a worker dies."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from tidewaiter.cli.main import main
from tidewaiter.formats import Rejected
from tidewaiter.formats.outcomes import screening_to_json
from tidewaiter.model import Declaration, Problem, Screening
from tidewaiter.screen.pipeline import Screener
from tidewaiter.service import parallel
from tidewaiter.service.generate import generate
from tidewaiter.service.history_screening import HistoryScreening, open_screening_history
from tidewaiter.service.parallel import in_processes

ITEMS: list[Declaration | Rejected] = [*generate(700, seed=8)]
ITEMS[5:5] = [Rejected("R1", (Problem("bad", "not read", "error", "a.csv", 6),))]
ITEMS[400:400] = [Rejected("R2"), Rejected("R3")]


class Kept:
    """A sink that keeps what it is given."""

    def __init__(self) -> None:
        self.rows: list[tuple[str, bytes]] = []
        self.screenings: list[Screening] = []

    def write(self, screening: Screening) -> None:
        self.rows.append((screening.id, screening_to_json(screening)))
        self.screenings.append(screening)

    def reject(self, rejected: Rejected) -> None:
        self.rows.append((rejected.id, b"rejected"))


def run(screener: Screener, count: int, problems: list[Problem] | None = None) -> Kept:
    kept, seen = Kept(), []
    with in_processes(count, screener, None, problems if problems is not None else []) as screen_all:
        counts = screen_all(iter(ITEMS), [kept], lambda done, found: seen.append(done))
    assert counts.read == len(ITEMS) == len(kept.rows)
    assert counts.rejected == 3
    assert seen[-1] == len(ITEMS)
    return kept


def test_three_workers_give_the_bytes_of_one_in_the_same_order(shipped_screener: Screener) -> None:
    assert run(shipped_screener, 3).rows == run(shipped_screener, 1).rows


def test_coverage_sent_anew_after_the_memory_is_emptied_is_the_same(
    shipped_screener: Screener, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parallel, "_MOST_COVERAGES", 3)
    assert run(shipped_screener, 2).rows == run(shipped_screener, 1).rows


def test_items_of_a_batch_that_kills_its_worker_twice_are_for_review(
    shipped_screener: Screener, monkeypatch: pytest.MonkeyPatch
) -> None:
    poison = ITEMS[100].id
    plain = parallel.BatchWork.__call__

    def work(self: Any, batch: Sequence[Declaration]) -> Any:
        if any(item.id == poison for item in batch):
            os.kill(os.getpid(), signal.SIGKILL)
            time.sleep(10)
        return plain(self, batch)

    monkeypatch.setattr(parallel.BatchWork, "__call__", work)
    problems: list[Problem] = []
    kept = run(shipped_screener, 2, problems)
    alone = run(shipped_screener, 1)
    assert [row[0] for row in kept.rows] == [row[0] for row in alone.rows]
    lost = [s for s in kept.screenings if s.findings and s.findings[0].code == "record.unscreened"]
    assert [s.id for s in lost] == [item.id for item in ITEMS[6:262]]
    assert {s.outcome for s in lost} == {"review"}
    assert all("SIGKILL" in s.coverage.not_checked[0].reason and not s.coverage.checked for s in lost)
    assert all(s.problems[-1].code == "worker-died" and s.declaration is not None for s in lost)
    assert [p.code for p in problems] == ["worker-died"]
    assert [r for r in kept.rows if r[0] not in {s.id for s in lost}] == [
        r for r in alone.rows if r[0] not in {s.id for s in lost}
    ]


def test_a_history_is_written_by_the_parent_alone_and_says_the_same(tmp_path: Path, shipped_screener: Screener) -> None:
    rows = []
    for count in (1, 2):
        writer, reader, _ = open_screening_history(
            tmp_path / f"{count}.db", datetime(2026, 11, 24, 12, tzinfo=UTC), UTC
        )
        history = HistoryScreening(shipped_screener, writer, reader)
        kept = Kept()
        with in_processes(count, shipped_screener, history, []) as screen_all:
            screen_all(iter(ITEMS[:420]), [kept])
        writer.connection.close()
        rows.append(kept.rows)
    assert rows[0] == rows[1]


def test_every_format_is_the_same_from_two_workers(tmp_path: Path) -> None:
    example = str(Path(__file__).parents[2] / "examples" / "declarations.csv")
    for count in ("1", "2"):
        outputs = [part for kind in ("jsonl", "csv", "parquet") for part in ("-o", str(tmp_path / f"{count}.{kind}"))]
        assert main(["screen", example, "-q", "--as-of", "2026-11-24", "--workers", count, *outputs]) == 1
    for kind in ("jsonl", "csv", "parquet"):
        assert (tmp_path / f"1.{kind}").read_bytes() == (tmp_path / f"2.{kind}").read_bytes()
