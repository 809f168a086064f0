"""What `report read` writes: one object a document."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import msgspec

from tidewaiter.claims.facts import Fact
from tidewaiter.formats.reports import Reading
from tidewaiter.model import Problem
from tidewaiter.model.claims import Claim, Report
from tidewaiter.service.reports.second_reader import SecondReader

ClaimsOf = Callable[[Report], Sequence[Claim]]
FactsOf = Callable[[Report], Sequence[Fact]]
UnreadOf = Callable[[Report, Sequence[Claim]], tuple[Problem, ...]]


def report_row(
    reading: Reading,
    claims_of: ClaimsOf | None = None,
    second: SecondReader | None = None,
    unread_of: UnreadOf | None = None,
    facts_of: FactsOf | None = None,
) -> dict[str, Any]:
    """Return the object of one document: `report` (null where it could not be read), `problems`, and `claims` if they are asked for.

    Args:
        reading: what came of the document.
        claims_of: what reads the claims of a report; without it there is no key `claims`.
        second: a second reader of the claims; the row then says under `second_reader` what both read, where they differ and what was refused.
        facts_of: what reads the facts that a report states beside its claims, for the ledger.
        unread_of: says what of a report was not read for claims; no claim there is no answer.
    """
    row: dict[str, Any] = {"report": reading.report, "problems": reading.problems}
    if claims_of is not None:
        row["claims"] = tuple(claims_of(reading.report)) if reading.report is not None else ()
    if facts_of is not None:
        row["facts"] = tuple(facts_of(reading.report)) if reading.report is not None else ()
    if unread_of is not None and reading.report is not None:
        row["problems"] = (*reading.problems, *unread_of(reading.report, row.get("claims", ())))
    if second is not None and reading.report is not None:
        found = second.read(reading.report, row.get("claims", ()))
        row["claims"] = found.readings.claims
        row["problems"] = (*row["problems"], *found.problems)
        row["second_reader"] = {
            "model": second.model,
            "agreed": found.readings.agreed,
            "differences": found.readings.differences,
            "refused": found.refused,
        }
    return row


def encode_row(row: dict[str, Any]) -> bytes:
    """Return the object of one document as JSON without a line break; numbers of quantities are text, as exact as they were written."""
    return msgspec.json.encode(row)
