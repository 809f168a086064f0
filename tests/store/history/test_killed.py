"""A process that adds to a history may be killed at any moment: what it acknowledged is there, once."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.store.history.kill_many import ITEMS, declarations
from tests.store.history.making import rows
from tidewaiter.store.history.schema import open_history

KILLS = 200


def test_two_hundred_kills_lose_nothing_and_repeat_nothing(tmp_path: Path) -> None:
    history, acknowledged = tmp_path / "h.db", tmp_path / "acknowledged"
    done = subprocess.run(
        [sys.executable, str(Path(__file__).with_name("kill_many.py")), str(history), str(acknowledged), str(KILLS)],
        capture_output=True,
        text=True,
        timeout=280,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    files = int(done.stdout)
    assert files > 1, "the kills came so early that hardly anything was added"
    connection = open_history(history)
    assert rows(connection, "PRAGMA integrity_check") == [("ok",)]
    stored = rows(connection, "SELECT id, version FROM items")
    assert len(stored) == len(set(stored)), "an item stands twice"
    told = {tuple(line.split(" ")) for line in acknowledged.read_text().splitlines()}
    wanted = {(d.id, d.message_version) for file in range(files) for d in declarations(file)}
    assert told <= set(stored), "an acknowledged item is lost"
    assert set(stored) == wanted
    assert len(stored) == files * ITEMS
    standing = rows(connection, "SELECT id FROM items WHERE until IS NULL")
    assert len(standing) == len(set(standing)), "two versions of one message stand"
    assert rows(connection, "SELECT count(*) FROM lines") == [(len(stored),)]
    assert rows(connection, "SELECT declared, count(*) FROM parties GROUP BY 1 HAVING count(*) > 1") == []
