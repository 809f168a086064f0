"""Write the network around an item: an HTML page that needs no network, GraphML, and FollowTheMoney entities."""

from __future__ import annotations

import html
import io
import re
from collections.abc import Iterator
from functools import cache
from importlib import import_module, resources
from typing import Any

import orjson
import phonenumbers
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from tidewaiter.formats.outcomes.marks import storable
from tidewaiter.model.network import Network, NetworkEdge, NetworkNode

SCRIPT = "cytoscape-3.34.4.min.js"
_AN_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[a-zA-Z]{2,}")


def as_graphml(network: Network) -> bytes:
    """Return the network as GraphML, with labels, kinds, reasons and scores (bits) as attributes."""
    networkx = import_module("networkx")  # a tenth of a second and 20 MB that no screening needs
    graph = networkx.MultiGraph(start=network.start)
    for node in network.nodes:
        graph.add_node(node.id, **_attributes(node))
    for edge in network.edges:
        graph.add_edge(
            edge.source, edge.target, key=edge.id, kind=edge.kind, why=_clean(edge.why), score=edge.score / 1000
        )
    target = io.BytesIO()
    networkx.write_graphml(graph, target)
    return target.getvalue()


def _attributes(node: NetworkNode) -> dict[str, Any]:
    found: dict[str, Any] = {"kind": node.kind, "label": _clean(node.label), "start": node.start}
    if node.entity:
        found["entity"] = node.entity
    if node.posted_at:
        found["posted_at"] = node.posted_at
    found.update({name.replace(" ", "_"): _clean(value) for name, value in node.facts})
    return found


def _clean(text: str) -> str:
    """Return text without what XML cannot carry."""
    return "".join(char for char in storable(text) if char in "\t\n\r" or ord(char) >= 32)


def as_followthemoney(network: Network) -> Iterator[bytes]:
    """Yield FollowTheMoney entities, one JSON line each: parties as legal entities, addresses, items as notes between them."""
    roles: dict[str, dict[str, str]] = {}
    for edge in network.edges:
        if edge.kind in ("consignor", "consignee"):
            roles.setdefault(edge.source, {})[edge.kind] = edge.target
    for node in network.nodes:
        facts = dict(node.facts)
        if node.kind == "party":
            properties: dict[str, list[str]] = {"name": [facts.get("name", node.label)]}
            notes = [f"entity {node.entity}"] if node.entity else []
            if facts.get("country"):
                properties["country"] = [facts["country"].lower()]
            if facts.get("address"):
                properties["address"] = [facts["address"]]
            for name, value in (
                ("phone", _international(facts.get("phone", ""), facts.get("country", ""))),
                ("email", facts.get("email", "") if _AN_EMAIL.fullmatch(facts.get("email", "")) else ""),
            ):
                if value:
                    properties[name] = [value]
                elif facts.get(name):
                    notes.append(f"{name} as declared: {facts[name]}")
            properties["notes"] = notes
            yield _entity(node.id, "LegalEntity", properties)
        elif node.kind == "item":
            ends = roles.get(node.id, {})
            if len(ends) == 2:
                description = "; ".join(f"{name}: {value}" for name, value in node.facts)
                told = {"role": ["postal item"], "description": [description], "recordId": [node.label]}
                told |= {"date": [node.posted_at[:10]], "subject": [_ftm_id(ends["consignor"])]}
                yield _entity(node.id, "UnknownLink", told | {"object": [_ftm_id(ends["consignee"])]})
    for edge in network.edges:
        if edge.kind == "join":
            told = {"subject": [_ftm_id(edge.source)], "object": [_ftm_id(edge.target)]}
            reasons = "; ".join(f"{term.sentence} ({term.points / 1000:+.1f} bits)" for term in edge.contributions)
            told |= {
                "role": ["held to be one party"],
                "description": [f"{edge.why}, {edge.score / 1000:.1f} bits: {reasons}"],
            }
            yield _entity(edge.id, "UnknownLink", told)


def _international(phone: str, country: str) -> str:
    """Return a phone number with its country code (E.164), or nothing where it is not one."""
    try:
        number = phonenumbers.parse(phone, country or None)
    except phonenumbers.NumberParseException:
        return ""
    if not phonenumbers.is_valid_number(number):
        return ""
    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))


def _ftm_id(name: str) -> str:
    return "tw-" + name.replace(":", "-").replace(" ", "-")


def _entity(name: str, schema: str, properties: dict[str, list[str]]) -> bytes:
    clean = {key: [storable(value) for value in values if value] for key, values in properties.items()}
    return (
        orjson.dumps({"id": _ftm_id(name), "schema": schema, "properties": {k: v for k, v in clean.items() if v}})
        + b"\n"
    )


def as_html(network: Network) -> bytes:
    """Return one HTML page: the graph, a timeline, and every edge with its reason; the lists need no script."""
    labels = {node.id: node.label for node in network.nodes}
    items = sorted((n for n in network.nodes if n.kind == "item"), key=lambda node: node.posted_at)
    page = _template().render(
        start=network.start,
        items=items,
        parties=[node for node in network.nodes if node.kind == "party"],
        edges=[(edge, labels[edge.source], labels[edge.target]) for edge in network.edges],
        left_out=network.left_out,
        script=Markup(_script()),
        data=Markup(_data(network)),
    )
    return storable(page).encode("utf-8")


def _data(network: Network) -> str:
    """Return the graph as JSON that is safe inside a script element."""
    nodes = [
        {"data": {"id": n.id, "label": n.label, "kind": n.kind, "entity": n.entity, "start": n.start, "facts": n.facts}}
        for n in network.nodes
    ]
    edges = [{"data": _edge(edge)} for edge in network.edges]
    text = orjson.dumps(_storable([*nodes, *edges])).decode()
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026").replace("\u2028", "\\u2028")


def _storable(value: Any) -> Any:
    if isinstance(value, str):
        return storable(value)
    if isinstance(value, dict):
        return {key: _storable(inner) for key, inner in value.items()}
    return [_storable(inner) for inner in value] if isinstance(value, list | tuple) else value


def _edge(edge: NetworkEdge) -> dict[str, Any]:
    terms = [[term.sentence, term.points / 1000] for term in edge.contributions]
    found = {"id": edge.id, "source": edge.source, "target": edge.target, "kind": edge.kind, "why": edge.why}
    return found | {"score": edge.score / 1000, "terms": terms}


@cache
def _script() -> str:
    text = resources.files("tidewaiter.formats.outcomes").joinpath("vendor", SCRIPT).read_text(encoding="utf-8")
    return text.replace("</script", "<\\/script")


@cache
def _template() -> Any:
    environment = Environment(
        loader=PackageLoader("tidewaiter.formats.outcomes", "templates"), autoescape=True, undefined=StrictUndefined
    )
    environment.globals["escape"] = html.escape
    return environment.get_template("network.html")
