"""Generated declarations as files, so that reading them is measured too."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path

from tidewaiter.formats import to_object
from tidewaiter.formats.outcomes import dumps
from tidewaiter.model import Declaration

_LINE = ("description", "hs", "quantity", "net_mass_g", "value", "currency")
_PARTY = ("name", "address", "city", "postcode", "country", "phone", "email")
_COLUMNS = (
    *("id", "posted", "form", "nature"),
    *(f"{role}_{name}" for role in ("consignor", "consignee") for name in _PARTY),
    *_LINE,
)


def write_json_lines(path: Path, declarations: Iterable[Declaration]) -> int:
    """Write one JSON object a line; return how many declarations were written."""
    count = 0
    with path.open("wb") as handle:
        for declaration in declarations:
            handle.write(dumps(to_object(declaration)) + b"\n")
            count += 1
    return count


def write_csv(path: Path, declarations: Iterable[Declaration]) -> None:
    """Write a CSV with one row a goods line; rows of one item follow each other."""
    with path.open("w", encoding="utf-8", newline="") as handle:
        rows = csv.DictWriter(handle, _COLUMNS, restval="")
        rows.writeheader()
        for item in declarations:
            head = {"id": item.id, "posted": item.posted, "form": item.form, "nature": item.nature}
            for role, party in (("consignor", item.consignor), ("consignee", item.consignee)):
                head |= {f"{role}_{name}": value for name, value in asdict(party).items() if name in _PARTY}
            for line in item.lines:
                rows.writerow({**head, **{name: getattr(line, name) for name in _LINE}})
