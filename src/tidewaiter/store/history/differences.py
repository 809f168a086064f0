"""What changed between two stored versions of a message; people appear by the number of their declared party only."""

from __future__ import annotations

import sqlite3
from typing import Any

import orjson

_ITEM = {
    "posted": "posted",
    "office": "office",
    "nature": "nature",
    "origin": "origin",
    "destination": "destination",
    "consignor": "consignor",
    "consignee": "consignee",
}
_LINE = {
    "description": "description",
    "hs": "hs",
    "quantity": "quantity",
    "net_mass_g": "mass",
    "value": "value",
    "currency": "currency",
    "origin": "origin",
}
_NOT_TOLD = frozenset({"payer", "extra"})  # may name a person


def differences_of(connection: sqlite3.Connection, before: int, after: int) -> list[list[str]]:
    """Return the changes from one row to another as `[field, old, new]`.

    `field` is the name of the item's field, or of the line's with the line's number (`value[0]`). Consignor and consignee
    are given by the number of the declared party.
    """
    old, new = (_item(connection, number) for number in (before, after))
    changes = [
        [name, _text(old[0][column]), _text(new[0][column])]
        for column, name in _ITEM.items()
        if old[0][column] != new[0][column]
    ]
    for position in range(max(len(old[1]), len(new[1]))):
        left = old[1][position] if position < len(old[1]) else {}
        right = new[1][position] if position < len(new[1]) else {}
        for column, name in _LINE.items():
            if left.get(column) != right.get(column):
                changes.append([f"{name}[{position}]", _text(left.get(column)), _text(right.get(column))])
    for name in sorted((old[2].keys() | new[2].keys()) - _NOT_TOLD):
        if old[2].get(name) != new[2].get(name):
            changes.append([name, _text(old[2].get(name)), _text(new[2].get(name))])
    return changes


def _item(connection: sqlite3.Connection, number: int) -> tuple[dict[str, Any], list[dict[str, Any]], dict[str, Any]]:
    row = connection.execute(f"SELECT {', '.join(_ITEM)}, rest FROM items WHERE no=?", (number,)).fetchone()
    item = dict(zip((*_ITEM, "rest"), row, strict=True))
    lines = [
        dict(zip(_LINE, values, strict=True))
        for values in connection.execute(f"SELECT {', '.join(_LINE)} FROM lines WHERE item=? ORDER BY line", (number,))
    ]
    rest = orjson.loads(item.pop("rest") or "{}")
    return item, lines, rest


def _text(value: object) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else orjson.dumps(value).decode()
