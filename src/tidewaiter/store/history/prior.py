"""Earlier items as values: rows of a history to `PriorItem`."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence

from tidewaiter.model.history import PriorItem, PriorLine
from tidewaiter.store.history.codec import decimal_or_none, instant
from tidewaiter.store.history.entities import Entities, entity_name

# The columns of an item that a look-up returns; `party_of` and the positions below follow them.
ITEM_COLUMNS = "i.no, i.id, i.posted, i.shift, i.origin, i.destination, i.office, i.nature, i.consignor, i.consignee, i.outcome, i.id_key"
NO, ID, POSTED, SHIFT, ORIGIN, DESTINATION, OFFICE, NATURE, CONSIGNOR, CONSIGNEE, OUTCOME, ID_KEY = range(12)
Row = tuple[int, str, int, int, str, str, str, str, int | None, int | None, str, int]


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
    lines = _lines(connection, [row[NO] for row in rows])
    decisions = _decisions(connection, rows, posted)
    keys = _contacts(connection, {p for row in rows for p in row[CONSIGNOR : CONSIGNEE + 1] if p is not None})
    found = {}
    for row in rows:
        consignor, consignee = row[CONSIGNOR], row[CONSIGNEE]
        sender, receiver = keys.get(consignor, _NOBODY), keys.get(consignee, _NOBODY)
        found[row[NO]] = PriorItem(
            row[ID],
            instant(row[POSTED], row[SHIFT]),
            lines.get(row[NO], ()),
            row[ORIGIN],
            row[DESTINATION],
            row[OFFICE],
            row[NATURE],
            party_name(consignor),
            party_name(consignee),
            entity_name(entities.of(consignor, at)),
            entity_name(entities.of(consignee, at)),
            sender[0],
            receiver[0],
            sender[1],
            receiver[1],
            row[OUTCOME],
            decisions.get(row[ID], ""),
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
    keys = sorted({row[ID_KEY] for row in rows})
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
