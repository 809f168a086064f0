"""What a history holds: how many items, from when to when."""

from __future__ import annotations

import sqlite3

from tidewaiter.model import HistoryState
from tidewaiter.store.history.codec import instant


def state_of(connection: sqlite3.Connection, name: str) -> HistoryState:
    """Return how many versions of items a history holds, and the first and last day of posting."""
    count, first, last = connection.execute(
        "SELECT (SELECT count(*) FROM items), (SELECT min(posted) FROM items), (SELECT max(posted) FROM items)"
    ).fetchone()
    if not count:
        return HistoryState(name)
    return HistoryState(name, count, instant(first).date(), instant(last).date())
