"""Read decisions that a declared party is not a listed one, from a CSV that a case system or a reviewer keeps."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from tidewaiter.model import Dismissal, InputError, Problem
from tidewaiter.service.tables import table

_NEEDED = ("name", "list", "list_id", "reason", "decided_by", "decided_on", "expires")


def read_dismissals(path: Path) -> list[Dismissal]:
    """Return the decisions of a file.

    Args:
        path: CSV with name, list, list_id, reason, decided_by, decided_on, expires; optional birth_date, country, entry.

    Raises:
        InputError: a column or a value is missing, or a date cannot be read; every faulty row is named.
    """
    found: list[Dismissal] = []
    problems: list[Problem] = []
    for number, row in table(str(path), _NEEDED):
        cells = {name: (row.get(name) or "").strip() for name in (*_NEEDED, "birth_date", "country", "entry")}
        empty = [name for name in _NEEDED if not cells[name]]
        try:
            decided, expires = date.fromisoformat(cells["decided_on"]), date.fromisoformat(cells["expires"])
        except ValueError:
            decided = expires = date.min
            empty = empty or ["decided_on", "expires"]
        if not empty and expires <= decided:
            empty = ["expires"]
        if empty:
            problems.append(
                Problem(
                    "decision.value", "a decision needs every value, ISO dates and an expiry after its day", "error",
                    str(path), number + 1, empty[0], cells[empty[0]], "YYYY-MM-DD" if "ex" in empty[0] else "",
                )
            )  # fmt: skip
            continue
        found.append(
            Dismissal(
                cells["name"], cells["list"], cells["list_id"], cells["reason"], cells["decided_by"], decided, expires,
                cells["birth_date"], cells["country"], cells["entry"],
            )
        )  # fmt: skip
    if problems:
        raise InputError(f"{path}: {len(problems)} of the decisions cannot be read", problems)
    return found
