"""From a declaration and a read goods line to the facts that conditions are evaluated over.

Only declared data and what follows from the postal channel become facts. There is no fact about a person's nationality, name,
religion or language, and none is ever derived.
"""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from functools import lru_cache

from tidewaiter.model import Declaration, GoodsLine
from tidewaiter.model.goods import Value
from tidewaiter.packs import Facts, PackSet
from tidewaiter.screen.goods import GoodsResult

LICENCE_DOCUMENTS = (
    "licence",
    "license",
    "permit",
    "export licence",
    "лицензия",
    "ліцензія",
    "许可证",
    "genehmigung",
    "licencia",
)


_NONE: frozenset[str] = frozenset()


def stated_licence(declaration: Declaration) -> str:
    """Return the number of a licence the declaration states, or an empty text."""
    for document in declaration.documents:
        if document.number and any(word in f"{document.type} {document.name}".casefold() for word in LICENCE_DOCUMENTS):
            return document.number
    return ""


def facts_of(declaration: Declaration, line: GoodsLine, result: GoodsResult, packs: PackSet, on: date) -> Facts:
    """Return the facts of one goods line.

    Args:
        declaration: the postal item it lies in, for route and deal.
        line: the goods line.
        result: what the goods engine read.
        packs: for groups, scales, definitions and usual values.
        on: the legal date.
    """
    concepts: dict[str, bool] = {}
    kinds = result.kinds
    for kind in kinds:
        for parent in packs.parents(kind.concept):
            concepts[parent] = True
    for kind in kinds:
        for other in packs.concepts[kind.concept].exclusive_with:
            concepts.setdefault(other, False)
    money = (line.value, line.currency) if line.value is not None and line.currency else None
    return Facts(
        result.parameters,
        _deal_facts(declaration, line, result),
        concepts,
        frozenset([concept.concept for concept in result.served]) if result.concepts else _NONE,
        frozenset([kind.concept for kind in kinds]) if kinds else _NONE,
        line.hs,
        money,
        declaration.consignor.country,
        declaration.consignee.country,
        declaration.route or None,
        line.origin,
        on,
        packs.groups,
        packs.scale_orders,
        packs.parameter_scales,
        packs.definitions,
        typically=packs_typically(packs, result) if kinds else packs.commonly,
    )


def route_facts_of(declaration: Declaration, line: GoodsLine, packs: PackSet) -> Facts:
    """Return what `facts_of` says of the places of a goods line, and nothing else."""
    return Facts(
        origin=declaration.consignor.country,
        destination=declaration.consignee.country,
        transit=declaration.route or None,
        goods_origin=line.origin,
        groups=packs.groups,
    )


_BY_POST = {
    "carried-by-user": Value(("no",), authority="derived", text="sent by post, not carried by its user"),
    "mode": Value(("post",), authority="derived", text="post"),
}


@lru_cache(maxsize=1024)
def _count(quantity: str) -> Value:
    """Return a declared number of pieces as a value; the same few numbers come again and again."""
    count = Fraction(quantity)
    return Value(low=count, high=count, dimension="count", text=quantity)


def _deal_facts(declaration: Declaration, line: GoodsLine, result: GoodsResult) -> dict[str, Value]:
    found = dict(_BY_POST)
    for name, text in (
        ("nature", declaration.nature),
        ("consignee-type", declaration.consignee_type),
        ("end-use", declaration.end_use),
    ):
        if text:
            found[name] = Value((text,), text=text)
    if declaration.end_use == "military":
        found["for.military"] = Value(("yes",), text="end use stated: military")
    if declaration.documents and (licence := stated_licence(declaration)):
        found["licence-stated"] = Value(("yes",), text=licence)
    if line.quantity is not None:
        found["quantity"] = _count(str(line.quantity))
    elif "quantity" in result.parameters:
        found["quantity"] = result.parameters["quantity"]
    return found


def packs_typically(packs: PackSet, result: GoodsResult) -> dict[str, float]:
    """Return what is usual for the kinds found, as `parameter=value` to likelihood."""
    found = dict(packs.commonly)
    for kind in result.kinds:
        for parent in reversed(packs.parents(kind.concept)):
            known = packs.concepts.get(parent)
            for parameter in known.parameters if known is not None else ():
                found.update({f"{parameter.name}={value}": chance for value, chance in parameter.typically.items()})
    return found
