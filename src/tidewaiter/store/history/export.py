"""Write a history as the Parquet relations that patterns read: pseudonymous numbers for people, one row an item or line."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import import_module
from itertools import islice
from pathlib import Path
from typing import Any

import orjson

from tidewaiter.link import Weights
from tidewaiter.link.relations import DECISIONS, ENTITIES, ITEMS, LINES, VERSIONS, Relation
from tidewaiter.model import Declaration, Document, Party
from tidewaiter.screen.facts import stated_licence
from tidewaiter.store.history.codec import instant
from tidewaiter.store.history.entities import entity_name
from tidewaiter.store.history.export_columns import PartyColumns, wording

CHUNK = 100_000
pa: Any = import_module("pyarrow")
pq: Any = import_module("pyarrow.parquet")
_TYPES = {
    "BIGINT": pa.int64(),
    "INTEGER": pa.int32(),
    "DOUBLE": pa.float64(),
    "BOOLEAN": pa.bool_(),
    "VARCHAR": pa.string(),
    "DATE": pa.date32(),
    "TIMESTAMPTZ": pa.timestamp("us", tz="UTC"),
}
_FIELDS = {"mass": "mass", "description": "description", "hs": "hs", "value": "value"}
_PEOPLE = ("consignor", "consignee")

Incomplete = Callable[[Party], str]
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Exported:
    """Rows written, by relation."""

    rows: dict[str, int]


def export(
    connection: sqlite3.Connection,
    folder: Path,
    weights: Weights,
    incomplete: Incomplete,
    progress: Progress | None = None,
) -> Exported:
    """Write the relations `items`, `lines`, `versions`, `decisions` and `entities` into a folder.

    Args:
        connection: an open history.
        folder: where they go; it is made.
        weights: of the linking pack, for the words of addresses and names.
        incomplete: why a declared party is fictitious or incomplete, or an empty text.
        progress: called with (items written, 0).
    """
    folder.mkdir(parents=True, exist_ok=True)
    connection.execute("BEGIN")  # one state of the history for all relations
    try:
        columns = PartyColumns(connection, weights, incomplete)
        rows = {
            "items": _write(folder, ITEMS, _items(connection, columns), progress),
            "lines": _write(folder, LINES, _lines(connection, columns.hash)),
            "versions": _write(folder, VERSIONS, _versions(connection)),
            "decisions": _write(folder, DECISIONS, _decisions(connection)),
            "entities": _write(folder, ENTITIES, _entities(connection)),
        }
    finally:
        connection.execute("ROLLBACK")
    return Exported(rows)


def _write(folder: Path, relation: Relation, rows: Iterator[dict[str, Any]], progress: Progress | None = None) -> int:
    schema = pa.schema([pa.field(c.name, _TYPES[c.type], nullable=not c.required) for c in relation.columns])
    count = 0
    made = folder / f".{relation.name}.parquet.part"
    with pq.ParquetWriter(made, schema, compression="zstd") as writer:
        while some := list(islice(rows, CHUNK)):
            arrays = [pa.array([row.get(f.name) for row in some], f.type) for f in schema]
            writer.write_table(pa.Table.from_arrays(arrays, schema=schema))
            count += len(some)
            if progress is not None:
                progress(count, 0)
    made.replace(folder / f"{relation.name}.parquet")
    return count


def _items(connection: sqlite3.Connection, columns: PartyColumns) -> Iterator[dict[str, Any]]:
    query = (
        "SELECT no, id, version, posted, shift, origin, destination, office, nature, rest, outcome, consignor, consignee,"
        " (SELECT group_concat(coalesce(value_eur, '?'), ' ') FROM lines WHERE item=items.no) FROM items WHERE until IS NULL ORDER BY no"
    )
    for (
        no,
        name,
        version,
        posted,
        shift,
        origin,
        destination,
        office,
        nature,
        rest,
        outcome,
        *more,
    ) in connection.execute(query):
        consignor, consignee, values = more
        fields = orjson.loads(rest) if rest else {}
        documents = [Document(*d) for d in fields.get("documents", ())]
        row = {
            "item": no,
            "item_id": name,
            "version": int(version) if version.isdigit() and len(version) < 10 else None,
            "posted_at": posted,
            "posted_on": instant(posted, shift).date(),
            "origin": origin or None,
            "destination": destination or None,
            "route": " ".join(fields["route"]) if "route" in fields else None,
            "office": office or None,
            "nature": nature or None,
            "nature_code": fields.get("nature_code"),
            "form": fields.get("form"),
            "gross_mass_g": _number(fields.get("gross_mass_g")),
            "measured_mass_g": _number(fields.get("measured_mass_g")),
            "value_eur": _sum(values),
            "payer_name": columns.name_key(fields["payer"]) if "payer" in fields else None,
            "licence": stated_licence(Declaration("", documents=tuple(documents))),
            "documents": " ".join(dict.fromkeys(d.type for d in documents if d.type)),
            "outcome": outcome or None,
        }
        row.update(columns.of("consignor", consignor, no))
        row.update(columns.of("consignee", consignee, no))
        if (
            consignor is not None
            and row["consignor_name"] is not None
            and row["consignor_name"] == row["consignee_name"]
        ):
            row["consignor_incomplete"] = row["consignor_incomplete"] or "the name of the consignee"
        yield row


def _lines(connection: sqlite3.Connection, hasher: Callable[[str], int]) -> Iterator[dict[str, Any]]:
    query = (
        "SELECT l.item, l.line, description, hs, quantity, net_mass_g, value, currency, value_eur, l.origin, concepts, entries, controlled"
        " FROM items i CROSS JOIN lines l ON l.item=i.no WHERE i.until IS NULL ORDER BY i.no, l.line"
    )
    for item, line, description, hs, quantity, mass, value, currency, euro, origin, *found in connection.execute(query):
        words = wording(description)
        yield {
            "item": item,
            "line": line,
            "description": description,
            "wording": hasher(f"wording:{words}") if words else None,
            "hs": hs or None,
            "hs4": hs[:4] if len(hs) >= 4 else None,
            "hs6": hs[:6] if len(hs) >= 6 else None,
            "quantity": _number(quantity),
            "net_mass_g": _number(mass),
            "value": _number(value),
            "currency": currency or None,
            "value_eur": _number(euro),
            "origin": origin or None,
            "concepts": found[0] if found[2] is not None else None,
            "entries": found[1] if found[2] is not None else None,
            "controlled": found[2] / 1000 if found[2] is not None else None,
        }


def _versions(connection: sqlite3.Connection) -> Iterator[dict[str, Any]]:
    """Yield the changes of every version after the first, under the number of the row that stands."""
    query = (
        "SELECT (SELECT j.no FROM items j WHERE j.id_key=i.id_key AND j.id=i.id AND j.message=i.message AND j.until IS NULL"
        " AND j.kind<>'reused' LIMIT 1), i.no, i.version, i.received, i.differences, i.posted FROM items i WHERE i.differences<>'' ORDER BY i.no"
    )
    for item, number, version, received, differences, posted in connection.execute(query).fetchall():
        if item is None:
            continue
        for name, old, new in orjson.loads(differences):
            field = name.partition("[")[0]
            if field not in _FIELDS and field not in (*_PEOPLE, "destination"):
                continue
            yield {
                "item": item,
                "version": int(version) if version.isdigit() and len(version) < 10 else number,
                "at": received,
                "before_dispatch": received <= posted,
                "field": field,
                "old": old,
                "new": new,
                "lower_risk": _is_lower(connection, field, old, new, number),
            }


def _is_lower(connection: sqlite3.Connection, field: str, old: str, new: str, number: int) -> bool | None:
    """Return whether a change lowers the risk: cheaper, or controlled goods before and none after; None where not told."""
    if field == "value":
        before, after = _number(old), _number(new)
        return None if before is None or after is None else after < before
    if field not in ("description", "hs"):
        return None
    after = connection.execute("SELECT max(controlled) FROM lines WHERE item=?", (number,)).fetchone()[0]
    before = connection.execute(
        "SELECT max(l.controlled) FROM items i JOIN items o ON o.id_key=i.id_key AND o.id=i.id AND o.no<i.no JOIN lines l ON l.item=o.no"
        " WHERE i.no=? AND o.no=(SELECT max(p.no) FROM items p WHERE p.id_key=i.id_key AND p.id=i.id AND p.no<i.no)",
        (number,),
    ).fetchone()[0]
    return None if before is None or after is None else after < before


def _decisions(connection: sqlite3.Connection) -> Iterator[dict[str, Any]]:
    query = (
        "SELECT i.no, d.decision, d.at, d.random FROM decisions d JOIN items i ON i.id_key=d.id_key AND i.id=d.id"
        " WHERE i.until IS NULL ORDER BY d.no"
    )
    for item, decision, at, random in connection.execute(query):
        yield {"item": item, "decision": decision, "at": at, "random": bool(random)}


def _entities(connection: sqlite3.Connection) -> Iterator[dict[str, Any]]:
    """Yield the entities of more than one declared party; the others have the number of their only one."""
    for (entity,) in connection.execute("SELECT DISTINCT entity FROM parties WHERE weak=0 ORDER BY 1"):
        yield {"entity": entity, "entity_id": entity_name(entity)}


def _number(text: str | None) -> float | None:
    return None if text is None or text == "" else float(text)


def _sum(values: str | None) -> float | None:
    if not values or "?" in values:
        return None
    return sum(map(float, values.split(" ")))
