"""Earlier items as values: rows of a history to `PriorItem`."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from tidewaiter.model.history import PriorItem, PriorLine
from tidewaiter.store.history.codec import decimal_or_none, instant
from tidewaiter.store.history.entities import Entities, entity_name

# The columns of an item that a look-up returns, in the order of `Row`.
ITEM_COLUMNS = "i.no, i.id, i.posted, i.shift, i.origin, i.destination, i.office, i.nature, i.consignor, i.consignee, i.outcome, i.id_key"


class Row(NamedTuple):
    """One item as a look-up returns it."""

    no: int
    id: str
    posted: int
    shift: int
    origin: str
    destination: str
    office: str
    nature: str
    consignor: int | None
    consignee: int | None
    outcome: str
    id_key: int


def prior_items(
    connection: sqlite3.Connection, rows: Sequence[Row], entities: Entities, at: int, posted: int
) -> dict[int, PriorItem]:
    """Return earlier items by their number.

    Args:
        connection: an open history.
        rows: their rows (`ITEM_COLUMNS`).
        entities: tells the entity of a party as of an item.
        at: the item looked from.
        posted: when that was posted; later decisions are not known yet.
    """
    if not rows:
        return {}
    lines = _lines(connection, [row.no for row in rows])
    decisions = _decisions(connection, rows, posted)
    parties = {p for row in rows for p in (row.consignor, row.consignee) if p is not None}
    keys = _contacts(connection, parties)
    of = entities.of_all(parties, at)
    found = {}
    for row in rows:
        consignor, consignee = row.consignor, row.consignee
        sender, receiver = keys.get(consignor, _NOBODY), keys.get(consignee, _NOBODY)
        found[row.no] = PriorItem(
            row.id,
            instant(row.posted, row.shift),
            lines.get(row.no, ()),
            row.origin,
            row.destination,
            row.office,
            row.nature,
            party_name(consignor),
            party_name(consignee),
            entity_name(of.get(consignor)),
            entity_name(of.get(consignee)),
            sender[0],
            receiver[0],
            sender[1],
            receiver[1],
            row.outcome,
            decisions.get(row.id, ""),
        )
    return found


_NOBODY = ("", "")


def party_name(number: int | None) -> str:
    """Return the opaque id of a declared party."""
    return "" if number is None else f"P{number}"


def key_name(key: int | None) -> str:
    """Return a keyed number of a contact as text."""
    return "" if key is None else f"K{key:016x}"


def _lines(connection: sqlite3.Connection, items: Sequence[int]) -> dict[int, tuple[PriorLine, ...]]:
    marks = ",".join("?" * len(items))
    found: dict[int, list[PriorLine]] = {}
    for row in connection.execute(
        "SELECT item, description, hs, concepts, entries, quantity, net_mass_g, value_eur FROM lines"
        f" WHERE item IN ({marks}) ORDER BY item, line",
        items,
    ):
        found.setdefault(row[0], []).append(
            PriorLine(
                row[1],
                row[2],
                tuple(row[3].split()),
                tuple(row[4].split()),
                decimal_or_none(row[5]),
                decimal_or_none(row[6]),
                decimal_or_none(row[7]),
            )
        )
    return {item: tuple(lines) for item, lines in found.items()}


def _decisions(connection: sqlite3.Connection, rows: Sequence[Row], posted: int) -> dict[str, str]:
    """Return what people last decided of items, as was known when the item looked from was posted."""
    keys = sorted({row.id_key for row in rows})
    marks = ",".join("?" * len(keys))
    return dict(
        connection.execute(
            f"SELECT id, decision FROM decisions WHERE id_key IN ({marks}) AND at<=? ORDER BY at, no", (*keys, posted)
        )
    )


def _contacts(connection: sqlite3.Connection, parties: Iterable[int]) -> dict[int | None, tuple[str, str]]:
    wanted = sorted(parties)
    marks = ",".join("?" * len(wanted))
    return {
        row[0]: (key_name(row[1]), key_name(row[2]))
        for row in connection.execute(f"SELECT no, address, phone FROM parties WHERE no IN ({marks})", wanted)
    }
