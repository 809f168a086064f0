"""Declarations and histories for the tests."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

from tidewaiter.model import Declaration, GoodsLine, Party
from tidewaiter.model.history import FoundItem
from tidewaiter.service.history import linking_weights
from tidewaiter.store.history.linking import Linking
from tidewaiter.store.history.schema import open_history
from tidewaiter.store.history.writing import HistoryWriter, Placed

NOW = datetime(2026, 11, 25, 9, tzinfo=UTC)
WEIGHTS = linking_weights()
ANNA = Party("Anna Berg", "Lindenstr. 5", "Bonn", "53111", "DE", "+49 228 1234567")
BORIS = Party("Boris Adamov", "ul. Mira 7", "Tomsk", "634000", "RU")


def item(
    name: str, day: int = 1, *, goods: str = "tea", sender: Party = ANNA, to: Party = BORIS, **more: object
) -> Declaration:
    """A declaration posted on a day of September 2026."""
    made = Declaration(name, (GoodsLine(goods),), posted=date(2026, 9, day), consignor=sender, consignee=to)
    return replace(made, **more)  # type: ignore[arg-type]


def writer_of(path: Path) -> HistoryWriter:
    """A writer with the shipped weights."""
    connection = open_history(path, create=True)
    return HistoryWriter(connection, Linking(connection, WEIGHTS, NOW), NOW)


def add(writer: HistoryWriter, declarations: Sequence[Declaration], found: Sequence[FoundItem] = ()) -> list[Placed]:
    """Place declarations in one transaction."""
    with writer.transaction():
        return writer.place(declarations, found or [FoundItem()] * len(declarations))


def rows(connection: sqlite3.Connection, query: str, *values: object) -> list[tuple[object, ...]]:
    """The rows of a query."""
    return connection.execute(query, values).fetchall()
