"""What the goods engine reads in a description, as columns: how near to controlled goods, how vague, the likeliest kind."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from tidewaiter.service.classify import classify_rows
from tidewaiter.service.ranking.table import ItemTable
from tidewaiter.service.screening import build_screener

READ_COLUMNS = ("goods_controlled", "goods_vague", "goods_concept")
# The text of a description does not change with the law; one day makes the columns the same whenever they are made.
READ_AS_OF = date(2026, 11, 24)


def with_goods_read(table: ItemTable) -> ItemTable:
    """Return the table with `READ_COLUMNS` beside its description; equal descriptions are read once."""
    texts = table.columns["description"]
    codes = table.columns.get("hs", [""] * table.size)
    distinct = list(dict.fromkeys(zip(texts, codes, strict=True)))
    rows = ((number, {"description": text, "hs": code}) for number, (text, code) in enumerate(distinct))
    read: dict[tuple[str, str], tuple[str, str, str]] = {}
    for pair, row in zip(distinct, classify_rows(rows, build_screener(READ_AS_OF)), strict=True):
        concepts = row["concepts"]
        read[pair] = (str(row["controlled"]), str(row["vague"]), str(concepts[0]["id"]) if concepts else "none")
    found = [read[pair] for pair in zip(texts, codes, strict=True)]
    extra = {name: [row[place] for row in found] for place, name in enumerate(READ_COLUMNS)}
    return replace(table, columns={**table.columns, **extra})
