"""One person's data: found, handed out, or made pseudonymous so that links stay and nothing can be read back."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson

from tidewaiter.formats import to_object
from tidewaiter.model import InputError, Party
from tidewaiter.store.history.audit import add_row
from tidewaiter.store.history.codec import declaration_from, instant, party_of
from tidewaiter.store.history.contacts import contact_keys
from tidewaiter.store.history.entities import entity_name
from tidewaiter.store.history.linking import Linking
from tidewaiter.store.history.parties import prepared_party
from tidewaiter.store.history.prior import party_name
from tidewaiter.store.history.purging import compact, drop_blocks

_KEPT = ("country",)  # of a pseudonymous party: a place, not a person


@dataclass(frozen=True, slots=True)
class FoundParty:
    """One declared party that fits what was asked, with its entity."""

    party: int
    entity: int
    declared: str


def find_people(linking: Linking, asked: Party) -> list[FoundParty]:
    """Return the declared parties that fit a name or a contact: the same folded name, or the same phone, e-mail or account.

    Args:
        linking: over an open history.
        asked: a party with any of name, phone, email, handle, address.
    """
    ready = prepared_party(asked, linking.weights)
    keys = contact_keys(ready, linking.hash)
    numbers: set[int] = set()
    for key in keys.values():
        numbers.update(row[0] for row in linking.connection.execute("SELECT party FROM contacts WHERE key=?", (key,)))
    if ready.keys:
        name = linking.hash("name:" + " ".join(sorted(ready.keys)))
        named = {row[0] for row in linking.connection.execute("SELECT no FROM parties WHERE name=?", (name,))}
        numbers = named & numbers if keys and named & numbers else named | numbers
    marks = ",".join("?" * len(numbers))
    return [
        FoundParty(*row)
        for row in linking.connection.execute(
            f"SELECT no, entity, declared FROM parties WHERE no IN ({marks}) ORDER BY entity, no", sorted(numbers)
        )
    ]


def the_entity(found: Iterable[FoundParty]) -> int:
    """Return the one entity of some parties.

    Raises:
        InputError: there is none, or more than one; the message lists them.
    """
    parties = list(found)
    entities = sorted({party.entity for party in parties})
    if len(entities) == 1:
        return entities[0]
    if not entities:
        raise InputError("nobody in the history fits what was asked")
    listed = "; ".join(f"{entity_name(p.entity)} {p.declared}" for p in parties[:20])
    raise InputError(f"{len(entities)} entities fit; say which with --entity: {listed}")


def person_data(connection: sqlite3.Connection, entity: int) -> dict[str, Any]:
    """Return what the history holds of one entity: its declared parties and items. The other party of an item is left out.

    Raises:
        InputError: there is no such entity.
    """
    members = connection.execute(
        "SELECT no, declared, country, first, last, pseudonym FROM parties WHERE entity=? ORDER BY no", (entity,)
    ).fetchall()
    if not members:
        raise InputError(f"{entity_name(entity)}: no such entity in the history")
    numbers = {row[0] for row in members}
    return {
        "entity": entity_name(entity),
        "parties": [
            {
                "party": party_name(row[0]),
                "declared": orjson.loads(row[1]),
                "first": instant(row[3]).isoformat(),
                "last": instant(row[4]).isoformat(),
                "pseudonymous": bool(row[5]),
            }
            for row in members
        ],
        "items": [_item(connection, number, numbers) for number in _items(connection, numbers)],
    }


def _items(connection: sqlite3.Connection, parties: set[int]) -> list[int]:
    found: set[int] = set()
    for party in parties:
        for role in ("consignor", "consignee"):
            found.update(row[0] for row in connection.execute(f"SELECT no FROM items WHERE {role}=?", (party,)))
    return sorted(found)


_COLUMNS = ("no", "id", "message", "version", "posted", "shift", "timed", "office", "nature", "origin", "destination",
            "consignor", "consignee", "outcome", "rest", "until")  # fmt: skip


def _item(connection: sqlite3.Connection, number: int, own: set[int]) -> dict[str, Any]:
    row = connection.execute(f"SELECT {', '.join(_COLUMNS)} FROM items WHERE no=?", (number,)).fetchone()
    item = dict(zip(_COLUMNS, row, strict=True))
    parties = []
    for role, country in (("consignor", "origin"), ("consignee", "destination")):
        party = item[role]
        text = ""
        if party in own:
            (text,) = connection.execute("SELECT declared FROM parties WHERE no=?", (party,)).fetchone()
        parties.append(party_of(text, item[country]))
    declaration = declaration_from(item, _lines(connection, number), *parties)
    decisions = connection.execute(
        "SELECT decision, at, reason FROM decisions WHERE id=? ORDER BY at, no", (item["id"],)
    ).fetchall()
    return {
        "role": [role for role in ("consignor", "consignee") if item[role] in own],
        "declaration": to_object(declaration),
        "superseded": item["until"] is not None,
        "outcome": item["outcome"],
        "decisions": [{"decision": d, "at": instant(at).isoformat(), "reason": why} for d, at, why in decisions],
    }


def _lines(connection: sqlite3.Connection, number: int) -> list[dict[str, Any]]:
    columns = ("description", "hs", "quantity", "net_mass_g", "value", "currency", "origin", "revised")
    found = []
    for row in connection.execute(f"SELECT {', '.join(columns)} FROM lines WHERE item=? ORDER BY line", (number,)):
        line = {name: value for name, value in zip(columns, row, strict=True) if value}
        revised = line.pop("revised", "")
        if revised:
            line["revised_description"], line["revised_hs"] = orjson.loads(revised)
        found.append(line)
    return found


def pseudonymise(linking: Linking, entity: int, actor: str, reason: str, now: datetime) -> int:
    """Replace what was declared of one entity by keyed hashes; return how many declared parties were.

    Its items stay, tied to it. The same words declared again, and the same phone, address or e-mail, are recognised by their
    keys; names and addresses can be read no more, neither here nor from the file. Free text of goods is left as declared.

    Args:
        linking: over an open history.
        entity: the entity.
        actor: who does it.
        reason: on what request.
        now: when.

    Raises:
        InputError: there is no such entity, or nobody is named.
    """
    if not actor or not reason:
        raise InputError("a change by hand needs who (--actor) and why (--reason)")
    connection = linking.connection
    connection.execute("BEGIN IMMEDIATE")
    try:
        members = connection.execute(
            "SELECT no, declared, prepared FROM parties WHERE entity=? AND pseudonym=0", (entity,)
        ).fetchall()
        if not members:
            raise InputError(f"{entity_name(entity)}: no such entity in the history, or it is pseudonymous already")
        for number, declared, blob in members:
            drop_blocks(connection, linking.hash, number, blob)
            connection.execute(
                "UPDATE parties SET declared=?, prepared=NULL, pseudonym=1 WHERE no=?",
                (_hidden(linking, declared), number),
            )
        for number in _items(connection, {row[0] for row in members}):
            _forget_free_fields(connection, number)
        add_row(connection, now, actor, "pseudonymise", {"entity": entity, "parties": len(members), "reason": reason})
    except BaseException:
        connection.execute("ROLLBACK")
        linking.forget()
        raise
    connection.execute("COMMIT")
    linking.forget()
    compact(connection)
    return len(members)


def _hidden(linking: Linking, declared: str) -> str:
    fields = orjson.loads(declared)
    hidden = {
        name: value if name in _KEPT else f"#{linking.hash(f'{name}={value}'):016x}" for name, value in fields.items()
    }
    return orjson.dumps(hidden).decode()


def _forget_free_fields(connection: sqlite3.Connection, number: int) -> None:
    """Drop the fields of an item that no rule reads and that may name somebody: unknown columns and the payer."""
    (rest,) = connection.execute("SELECT rest FROM items WHERE no=?", (number,)).fetchone()
    fields = orjson.loads(rest) if rest else {}
    if fields.pop("extra", None) is None and fields.pop("payer", None) is None:
        return
    fields.pop("payer", None)
    text = orjson.dumps(fields).decode() if fields else ""
    connection.execute("UPDATE items SET rest=? WHERE no=?", (text, number))
