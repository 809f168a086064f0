"""From the fields of a licence question to facts; what is missing or null stays unknown."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import Any

from tidewaiter.model.goods import Assessment, Value
from tidewaiter.packs import Facts, PackSet
from tidewaiter.text.units import parse_quantity

Row = dict[str, Any]
KNOWN = {
    "entries",
    "origin",
    "destination",
    "route",
    "consignee_type",
    "end_use",
    "value",
    "currency",
    "on",
    "hs",
    "id",
}


def facts_of_question(question: Row, packs: PackSet, rows: Sequence[Assessment], day: date) -> Facts:
    """Return the facts a question states; a parcel is taken to go by post unless it says otherwise.

    Args:
        question: The fields of the interface.
        packs: For groups, scales and definitions.
        rows: The entries asked about.
        day: The legal date.
    """
    known: dict[str, Value] = {}
    for name, value in question.items():
        if name in KNOWN or value is None or isinstance(value, dict | list):
            continue
        known[name.replace("_", "-")] = _value(value)
    for name in ("consignee_type", "end_use"):
        if question.get(name):
            known[name.replace("_", "-")] = Value((str(question[name]),))
    known.setdefault("mode", Value(("post",), authority="derived"))
    if known["mode"].labels == ("post",):
        known["carried-by-user"] = Value(("no",), authority="derived")
    parameters: dict[str, Value] = {}
    for item in question.get("entries") or []:
        if isinstance(item, dict) and isinstance(item.get("parameters"), dict):
            parameters.update(
                {str(name): _value(value) for name, value in item["parameters"].items() if value is not None}
            )
    truths = {row.ref: (True if row.status == "met" else None) for row in rows}
    route = question.get("route")
    return Facts(
        parameters,
        known,
        code="".join(char for char in str(question.get("hs") or "") if char.isdigit()),
        money=money_of(question),
        origin=str(question.get("origin") or ""),
        destination=str(question.get("destination") or ""),
        transit=tuple(str(place) for place in route) if isinstance(route, list) else None,
        goods_origin=str(question.get("goods_origin") or ""),
        on=day,
        groups=packs.groups,
        scales=packs.scale_orders,
        parameter_scales=packs.parameter_scales,
        definitions=packs.definitions,
        entries=truths,
    )


def money_of(question: Row) -> tuple[Decimal, str] | None:
    """Return the declared amount with its currency, or None where either is missing or no number."""
    try:
        amount = Decimal(str(question["value"])) if question.get("value") not in (None, "") else None
    except InvalidOperation:
        return None
    currency = str(question.get("currency") or "")
    return (amount, currency) if amount is not None and amount.is_finite() and currency else None


def _value(value: object) -> Value:
    if isinstance(value, bool):
        return Value(("yes" if value else "no",), text=str(value))
    text = str(value)
    try:
        quantity = parse_quantity(text.casefold())
    except ValueError:
        if text.isdigit():
            return Value(low=Fraction(text), high=Fraction(text), dimension="count", text=text)
        return Value((text,), text=text)
    return Value(low=quantity.low, high=quantity.high, dimension=quantity.dimension, text=text)
