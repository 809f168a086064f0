"""Add files to a history in child processes that are killed at random moments, until each file is in and so many were killed.

Usage: python kill_many.py HISTORY ACKNOWLEDGED KILLS. Prints the number of files added. What a child has on disk it writes
to ACKNOWLEDGED at once, one line an item, as a caller would who forgets its own copy of it then.
"""

from __future__ import annotations

import os
import random
import signal
import sys
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from tidewaiter.model import Declaration, GoodsLine, Party
from tidewaiter.service.history import add_items, linking_weights, open_writer
from tidewaiter.store.history.writing import Placed

ITEMS = 64
WEIGHTS = linking_weights()
NOW = datetime(2026, 11, 25, 9, tzinfo=UTC)


def declarations(file: int) -> list[Declaration]:
    """The items of one file: some repeat those of the file before, some are newer versions of them."""
    made = []
    for number in range(ITEMS):
        version = 2 if number < 10 and file else 1
        made.append(
            Declaration(
                f"F{file - (version == 2)}-{number}",
                (GoodsLine("tea" if version == 1 else "green tea"),),
                consignor=Party(
                    f"Sender {number % 7}", "Street 1", "Town", country="DE", phone=f"+49 228 12345{number % 7}"
                ),
                consignee=Party(f"Receiver {file} {number % 11}", country="FR"),
                message_version=str(version),
            )
        )
    return made


def add_one(history: Path, acknowledged: Path, file: int) -> None:
    """Add one file, acknowledging each batch once it is on disk."""
    log = os.open(acknowledged, os.O_WRONLY | os.O_APPEND | os.O_CREAT)

    def acknowledge(batch: Sequence[Declaration], placed: Sequence[Placed]) -> None:
        os.write(log, "".join(f"{d.id} {d.message_version}\n" for d in batch).encode())

    add_items(declarations(file), open_writer(history, WEIGHTS, NOW), acknowledge=acknowledge, size=8)
    os._exit(0)


def main(history: Path, acknowledged: Path, kills: int) -> int:
    """Run children until enough were killed; return how many files were added whole."""
    chance = random.Random(7)
    begun = time.monotonic()
    if (child := os.fork()) == 0:
        add_one(history, acknowledged, 0)
    assert os.waitpid(child, 0)[1] == 0
    longest = 0.8 * (time.monotonic() - begun)  # so that kills fall into the work on a busy machine as well
    file, killed = 1, 0
    while killed < kills:
        child = os.fork()
        if child == 0:
            add_one(history, acknowledged, file)
        time.sleep(chance.uniform(0.0, longest))
        ended, status = os.waitpid(child, os.WNOHANG)
        if ended:
            assert status == 0, status
            file += 1
            continue
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        killed += 1
    for number in range(file, file + 1):
        child = os.fork()
        if child == 0:
            add_one(history, acknowledged, number)
        assert os.waitpid(child, 0)[1] == 0
    return file + 1


if __name__ == "__main__":
    sys.stdout.write(f"{main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]))}\n")
