"""A table of claims, one row each, for a spreadsheet. All values are text; what begins like a formula is written as text."""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from datetime import datetime
from typing import Any

from tidewaiter.claims.ledger import LedgerView
from tidewaiter.service.reports.exports.rows import claims_of, links_of, payload, reports_of

COLUMNS = (
    "incident", "claim", "document", "publisher", "published", "predicate", "polarity", "modality", "status", "grade", "graded_by", "suggested",
    "verified", "chain", "upstream", "subject", "object", "goods", "quantity", "value", "origin", "transit", "destination", "time", "time_precision",
    "place", "detail", "passage", "quote", "start", "end", "conflicts", "corrects",
)  # fmt: skip
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def as_csv(view: LedgerView, at: datetime) -> bytes:
    """Return a ledger as CSV in UTF-8 with a header.

    Args:
        view: the ledger.
        at: not used; the table carries no instant.
    """
    reports = reports_of(view)
    incident_of = {claim.claim.id: incident.id for incident in view.incidents for claim in incident.claims}
    links: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for link in links_of(view):
        said = f" ({link.slot})" if link.slot else ""
        links[link.left][link.kind].append(link.right + said)
        if link.kind == "conflicts-with":
            links[link.right][link.kind].append(link.left + said)
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, COLUMNS, extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    for claim in claims_of(view):
        row: dict[str, Any] = dict(payload(claim))
        report = reports.get(claim.claim.document)
        row["incident"] = incident_of.get(claim.claim.id, "")
        if report is not None:
            row["publisher"], row["published"] = report.publisher, str(report.published.first or "")
        row["conflicts"] = links[claim.claim.id]["conflicts-with"]
        row["corrects"] = links[claim.claim.id]["corrects"]
        writer.writerow({name: _cell(row.get(name, "")) for name in COLUMNS})
    return out.getvalue().encode()


def _cell(value: object) -> str:
    """Return a value as text; a cell that a spreadsheet would compute gets an apostrophe before it."""
    if isinstance(value, list):
        value = "; ".join(str(item["text"]) if isinstance(item, dict) else str(item) for item in value)
    text = str(value)
    return f"'{text}" if text.startswith(_FORMULA) else text
