"""Add reports and grades to a ledger in child processes that are killed at random moments.

Usage: python kill_adding.py LEDGER ACKNOWLEDGED KILLS. What a child has on disk it writes to ACKNOWLEDGED at once.
"""

from __future__ import annotations

import os
import random
import signal
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

from tests.claims.making import claim, read, report
from tidewaiter.claims.grades import parse_grade
from tidewaiter.claims.reading import ReadReport
from tidewaiter.model.claims import Predicate
from tidewaiter.store.claims.schema import open_ledger
from tidewaiter.store.claims.writing import LedgerWriter

NOW = datetime(2026, 11, 25, 9, tzinfo=UTC)
REPORTS = 400


def reading(number: int) -> ReadReport:
    """A document with two claims."""
    doc = report(f"r{number:04}", f"Head {number}\n{number} vests were seized. A man was detained.")
    return read(
        doc,
        claim(doc, f"{number} vests were seized", Predicate.SEIZED),
        claim(doc, "A man was detained", Predicate.DETAINED),
    )


def child(ledger: Path, acknowledged: Path) -> None:
    """Add every report, and grade its first claim, acknowledging each once it is on disk."""
    log = os.open(acknowledged, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    writer = LedgerWriter(open_ledger(ledger, create=True), NOW)
    for number in range(REPORTS):
        made = reading(number)
        if writer.add_report(made):
            os.write(log, f"report {made.report.id}\n".encode())
            writer.set_grade(made.claims[0].id, parse_grade("C3", "Ann"), "read it")
            os.write(log, f"grade {made.claims[0].id}\n".encode())
    os._exit(0)


def wait_for(acknowledged: Path, lines: int, pid: int) -> None:
    """Wait until so many more lines are acknowledged, or the child has ended: how fast the disk is decides nothing."""
    size = acknowledged.stat().st_size
    while acknowledged.stat().st_size < size + lines * len("report r0000\n"):
        if os.waitid(os.P_PID, pid, os.WEXITED | os.WNOHANG | os.WNOWAIT):
            return
        time.sleep(0.0002)


def main(ledger: Path, acknowledged: Path, kills: int) -> int:
    """Run and kill children; return how many were killed."""
    acknowledged.touch()
    chance, killed = random.Random(11), 0
    while killed < kills:
        pid = os.fork()
        if pid == 0:
            child(ledger, acknowledged)
        wait_for(acknowledged, chance.randint(0, 12), pid)
        time.sleep(chance.uniform(0.0, 0.002))
        ended, status = os.waitpid(pid, os.WNOHANG)
        if ended:
            assert status == 0, status
            break
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
        killed += 1
    return killed


if __name__ == "__main__":
    print(main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])))  # noqa: T201
