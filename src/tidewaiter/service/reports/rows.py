"""What `report read` writes: one object a document."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from tidewaiter.formats.reports import Reading
from tidewaiter.model.claims import Claim, Report

ClaimsOf = Callable[[Report], Sequence[Claim]]


def report_row(reading: Reading, claims_of: ClaimsOf | None = None) -> dict[str, Any]:
    """Return the object of one document: `report` (null where it could not be read), `problems`, and `claims` if they are asked for.

    Args:
        reading: what came of the document.
        claims_of: what reads the claims of a report; without it there is no key `claims`.
    """
    row: dict[str, Any] = {"report": reading.report, "problems": reading.problems}
    if claims_of is not None:
        row["claims"] = tuple(claims_of(reading.report)) if reading.report is not None else ()
    return row
