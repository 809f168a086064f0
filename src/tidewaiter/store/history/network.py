"""Gather what stands around an item of a history: linked items, their parties, the joins between them, and shared contacts."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from tidewaiter.link import Weights
from tidewaiter.model.network import Network, NetworkEdge, NetworkNode, NodeKind
from tidewaiter.store.history.codec import instant, party_of
from tidewaiter.store.history.contacts import KINDS
from tidewaiter.store.history.entities import Entities, entity_name
from tidewaiter.store.history.paths import NOW, Paths
from tidewaiter.store.history.prior import ITEM_COLUMNS, Row, party_name, prior_items
from tidewaiter.store.history.reasons import Reasons

MOST_ITEMS = 150
_ROLES = ("consignor", "consignee")
_KINDS: dict[str, NodeKind] = {"address": "address", "phone": "phone", "email": "email", "handle": "handle"}


def network_around(connection: sqlite3.Connection, weights: Weights, identifier: str, depth: int = 2) -> Network:
    """Return the network around an item.

    Args:
        connection: an open history.
        weights: of the linking pack.
        identifier: the id of an item.
        depth: how many items away.

    Raises:
        InputError: the history holds no such item.
    """
    linked = list(Paths(connection, weights).linked(identifier, depth))
    ids = [identifier, *(row["id"] for row in linked[:MOST_ITEMS])]
    rows = _rows(connection, ids)
    entities = Entities(connection)
    shown = prior_items(connection, rows, entities, NOW, NOW)
    nodes: list[NetworkNode] = []
    edges: list[NetworkEdge] = []
    parties: dict[int, None] = {}
    for row in rows:
        item = shown[row.no]
        goods = "; ".join(line.description for line in item.lines)
        facts = [("goods", goods), ("from", row.origin), ("to", row.destination), ("outcome", item.outcome)]
        entries = ", ".join(sorted({entry for line in item.lines for entry in line.entries}))
        facts += [("list entries", entries), ("decision", item.decision)]
        posted = instant(row.posted, row.shift).isoformat()
        told = tuple((name, value) for name, value in facts if value)
        nodes.append(NetworkNode(f"item:{row.id}", "item", row.id, told, "", posted, row.id == identifier))
        for role, party in zip(_ROLES, (row.consignor, row.consignee), strict=True):
            if party is not None:
                parties[party] = None
                why = f"declared as {role} of {row.id}"
                edges.append(NetworkEdge(f"{role}:{row.id}", f"item:{row.id}", f"party:{party_name(party)}", role, why))
    contacts = _Contacts(connection, parties)
    for party in parties:
        nodes.append(_party(connection, party, entities))
    edges.extend(_joins(connection, weights, parties))
    nodes.extend(contacts.nodes)
    edges.extend(contacts.edges)
    return Network(identifier, tuple(nodes), tuple(edges), max(0, len(linked) - MOST_ITEMS))


def _rows(connection: sqlite3.Connection, ids: Iterable[str]) -> list[Row]:
    found: dict[int, Row] = {}
    for identifier in dict.fromkeys(ids):
        for cells in connection.execute(
            f"SELECT {ITEM_COLUMNS} FROM items i WHERE i.id=? AND i.until IS NULL", (identifier,)
        ):
            row = Row(*cells)
            found[row.no] = row
    return list(found.values())


def _party(connection: sqlite3.Connection, number: int, entities: Entities) -> NetworkNode:
    declared, country, pseudonym = connection.execute(
        "SELECT declared, country, pseudonym FROM parties WHERE no=?", (number,)
    ).fetchone()
    name = party_name(number)
    entity = entity_name(entities.of(number, NOW))
    if pseudonym:
        return NetworkNode(f"party:{name}", "party", name, (("name", "made pseudonymous"),), entity)
    party = party_of(declared, country)
    facts = [("name", party.name), ("address", ", ".join(filter(None, (party.address, party.postcode, party.city))))]
    facts += [("country", party.country), ("phone", party.phone), ("email", party.email), ("account", party.handle)]
    told = tuple((label, value) for label, value in facts if value)
    return NetworkNode(f"party:{name}", "party", party.name or name, told, entity)


def _joins(connection: sqlite3.Connection, weights: Weights, parties: Iterable[int]) -> list[NetworkEdge]:
    reasons = Reasons(connection, weights)
    inside = set(parties)
    found: dict[int, NetworkEdge] = {}
    for party in parties:
        for join in reasons.joins_of(party, NOW):
            if join.left in inside and join.right in inside:
                why = f"joined {join.reason}" + (f" by {join.actor}" if join.actor else "")
                ends = (f"party:{party_name(join.left)}", f"party:{party_name(join.right)}")
                found[join.no] = NetworkEdge(f"join:{join.no}", *ends, "join", why, join.score, join.contributions)
    return list(found.values())


class _Contacts:
    """Contacts that two or more of the parties state, as nodes with an edge for each."""

    def __init__(self, connection: sqlite3.Connection, parties: Iterable[int]) -> None:
        holders: dict[tuple[str, int], list[int]] = {}
        for party in parties:
            row = connection.execute(
                "SELECT address, phone, email, handle FROM parties WHERE no=?", (party,)
            ).fetchone()
            for kind, key in zip(KINDS, row, strict=True):
                if key is not None:
                    holders.setdefault((kind, key), []).append(party)
        self.nodes: list[NetworkNode] = []
        self.edges: list[NetworkEdge] = []
        for (kind, key), stating in holders.items():
            if len(stating) < 2:
                continue
            node = f"{kind}:{key & 0xFFFFFFFF:08x}"
            label = _stated(connection, stating[0], kind) or kind
            self.nodes.append(NetworkNode(node, _KINDS[kind], label, ((kind, label),)))
            for party in stating:
                name = party_name(party)
                edge = f"{node}:{name}"
                self.edges.append(NetworkEdge(edge, f"party:{name}", node, kind, f"the party states this {kind}"))


def _stated(connection: sqlite3.Connection, number: int, kind: str) -> str:
    declared, country, pseudonym = connection.execute(
        "SELECT declared, country, pseudonym FROM parties WHERE no=?", (number,)
    ).fetchone()
    if pseudonym:
        return ""
    party = party_of(declared, country)
    if kind == "address":
        return ", ".join(filter(None, (party.address, party.city)))
    return {"phone": party.phone, "email": party.email, "handle": party.handle}[kind]
