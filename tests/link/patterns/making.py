"""Relations for tests: a little ordinary traffic as background, and items of a case among it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from tidewaiter.link.relations import RELATIONS, relation
from tidewaiter.service.traffic import write_traffic
from tidewaiter.service.traffic.writing import schema_of
from tidewaiter.text.s10 import check_digit

START = date(2026, 6, 15)
FIRST = 1_000_000  # item numbers of cases begin here


def s10(number: int, country: str) -> str:
    serial = f"{number:08d}"
    return f"RB{serial}{check_digit(serial)}{country}"


class Mail:
    """Items of cases, as rows of the relations; everybody is new unless a number is given."""

    def __init__(self) -> None:
        self.rows: dict[str, list[dict[str, Any]]] = {r.name: [] for r in RELATIONS}
        self.items: dict[str, set[str]] = {}
        self._number = count(FIRST)
        self._fresh = count(7_000_000_000)
        self.case = ""

    def new(self) -> int:
        return next(self._fresh)

    def item(self, day: float, *lines: dict[str, Any], **fields: Any) -> int:
        number = next(self._number)
        posted = datetime(START.year, START.month, START.day, tzinfo=UTC) + timedelta(days=day)
        origin = fields.get("origin", "CN")
        row: dict[str, Any] = {
            "item": number,
            "item_id": s10(20_000_000 + number, origin),
            "version": 1,
            "posted_at": posted,
            "posted_on": posted.date(),
            "origin": origin,
            "destination": "DE",
            "office": "O0000",
            "nature": "sale",
            "licence": "",
            "documents": "",
            "gross_mass_g": 300.0,
            "consignor_entity": self.new(),
            "consignee_entity": self.new(),
        }
        row |= fields
        row.setdefault("consignor_name", row["consignor_entity"] * 1000)
        row.setdefault("consignee_name", row["consignee_entity"] * 1000)
        goods = lines or ({},)
        values = [line.get("value_eur", 20.0) for line in goods]
        row.setdefault("value_eur", sum(values))
        self.rows["items"].append(row)
        for place, line in enumerate(goods):
            hs = line.get("hs", "950300")
            made = {
                "value_eur": 20.0,
                "net_mass_g": 250.0,
                "quantity": 1.0,
                "wording": 1,
                "controlled": 0.0,
                "concepts": "",
                "entries": "",
            }
            made |= {"item": number, "line": place, "hs": hs, "hs4": hs[:4], "hs6": hs} | line
            self.rows["lines"].append(made)
        self.items.setdefault(self.case, set()).add(row["item_id"])
        return number

    def add(self, name: str, **row: Any) -> None:
        self.rows[name].append(row)

    def at(self, day: float) -> datetime:
        return datetime(START.year, START.month, START.day, tzinfo=UTC) + timedelta(days=day)

    def write(self, folder: Path, background: Path | None = None, without: frozenset[str] = frozenset()) -> Path:
        """Write the relations; `without` names columns (`items.origin`) that are left out."""
        folder.mkdir(parents=True, exist_ok=True)
        for name, rows in self.rows.items():
            schema = schema_of(relation(name))
            table = pa.Table.from_pylist(rows, schema=schema)
            if background is not None and (background / f"{name}.parquet").exists():
                table = pa.concat_tables([pq.read_table(background / f"{name}.parquet", schema=schema), table])
            kept = [column for column in table.column_names if f"{name}.{column}" not in without]
            if table.num_rows or not relation(name).optional:
                pq.write_table(table.select(kept), folder / f"{name}.parquet")
        return folder


def background(folder: Path, items: int = 20_000) -> Path:
    write_traffic(folder, items, 7, 0, START)
    return folder
