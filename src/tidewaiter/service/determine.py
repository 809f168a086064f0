"""Answer the licence question for given list entries on a route (`tidewaiter licence determine`)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import Any

import msgspec

from tidewaiter.model import InputError
from tidewaiter.model.goods import Assessment, Value
from tidewaiter.packs import Entry, Facts, PackSet, Rule
from tidewaiter.screen.coverage import jurisdiction_members
from tidewaiter.screen.licence import Ground, find_grounds
from tidewaiter.service.screening import load_packs
from tidewaiter.service.text_tables import text_lines
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


@dataclass(frozen=True, slots=True)
class _Asked:
    """One entry of the question: what was said to be met or open."""

    rows: tuple[Assessment, ...]
    unknown: tuple[str, ...]


def determine_lines(path: str, on: date, jurisdictions: tuple[str, ...] = ()) -> Iterator[Row]:
    """Yield one answer for each JSON line of a file.

    Raises:
        InputError: a line is not a JSON object.
    """
    packs = load_packs()
    rules = [
        r for r in packs.rules if (not jurisdictions or r.jurisdiction in jurisdictions) and r.effect != "information"
    ]
    for number, line in enumerate(text_lines(path), 1):
        if not line.strip():
            continue
        try:
            question = msgspec.json.decode(line)
        except (msgspec.DecodeError, UnicodeError, RecursionError) as error:
            raise InputError(f"{path}:{number}: not JSON: {error}") from error
        if not isinstance(question, dict):
            raise InputError(f"{path}:{number}: expected an object, read {type(question).__name__}")
        yield determine(question, packs, rules, on)


def determine(question: Row, packs: PackSet, rules: list[Rule], on: date) -> Row:
    """Answer one question; see the interface for the fields. A missing or null fact is unknown."""
    day = on
    if question.get("on"):
        try:
            day = date.fromisoformat(str(question["on"]))
        except ValueError:
            return {
                "input": question,
                "required": "open",
                "authority": [],
                "grounds": [],
                "exceptions": [],
                "open_facts": ["on"],
                "problems": [f"on: read {question['on']!r}, expected YYYY-MM-DD"],
            }
    asked = _asked(question, packs, day)
    facts = _facts(question, packs, asked, day)
    grounds = find_grounds(rules, asked.rows, facts, packs, day)
    binding = [g for g in grounds if g.binds]
    required = "yes" if any(g.settled is True for g in binding) else "open" if binding else "no"
    open_facts = list(dict.fromkeys(f for g in binding if g.settled is None for f in g.open_facts))
    problems = [f"unknown entry {ref}: not in the packs on {day.isoformat()}" for ref in asked.unknown]
    modelled = any(facts.origin in jurisdiction_members(r.jurisdiction, packs) for r in rules)
    if required == "no" and (problems or not facts.origin or not facts.destination or (not modelled and asked.rows)):
        required = "open"
        open_facts += [name for name in ("origin", "destination") if not question.get(name)]
        if facts.origin and not modelled:
            open_facts.append(f"the export law of {facts.origin} is not in the packs")
    return {
        "required": required,
        "authority": list(dict.fromkeys(g.rule.authority.get("en", "") for g in binding if g.rule.authority)),
        "grounds": [_ground(g, packs) for g in grounds],
        "exceptions": _exceptions(grounds),
        "open_facts": list(dict.fromkeys(open_facts)),
        "problems": problems,
        "on": day.isoformat(),
        "input": question,
    }


def _asked(question: Row, packs: PackSet, day: date) -> _Asked:
    rows: list[Assessment] = []
    unknown: list[str] = []
    entries = question.get("entries")
    for item in entries if isinstance(entries, list) else []:
        if not isinstance(item, dict):
            unknown.append(str(item))
            continue
        listed, ref = str(item.get("list", "")), str(item.get("entry", ""))
        status = str(item.get("status", "met"))
        entry = _find(packs, listed, ref, day)
        if entry is None:
            unknown.append(f"{listed}/{ref}")
            continue
        if status == "excluded":
            continue
        paragraph = ref[len(entry.id) :].lstrip(".")
        rows.append(
            Assessment(
                listed,
                entry.id,
                paragraph,
                "open" if status == "open" else "met",
                "",
                1000,
                open_facts=(f"entry:{listed}/{ref}",) if status == "open" else (),
            )
        )
    return _Asked(tuple(rows), tuple(unknown))


def _find(packs: PackSet, listed: str, ref: str, day: date) -> Entry | None:
    best: Entry | None = None
    for entry in packs.entries:
        if entry.list == listed and entry.in_force(day) and (ref == entry.id or ref.startswith(entry.id + ".")):
            if best is None or len(entry.id) > len(best.id):
                best = entry
    return best


def _facts(question: Row, packs: PackSet, asked: _Asked, day: date) -> Facts:
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
    truths = {row.ref: (True if row.status == "met" else None) for row in asked.rows}
    route = question.get("route")
    return Facts(
        parameters,
        known,
        code="".join(char for char in str(question.get("hs") or "") if char.isdigit()),
        money=_money(question),
        origin=str(question.get("origin") or ""),
        destination=str(question.get("destination") or ""),
        transit=tuple(str(place) for place in route) if isinstance(route, list) else None,
        goods_origin=str(question.get("goods_origin") or ""),
        on=day,
        groups=packs.groups,
        scales={name: scale.order for name, scale in packs.scales.items()},
        parameter_scales=packs.parameter_scales,
        definitions=packs.definitions,
        entries=truths,
    )


def _money(question: Row) -> tuple[Decimal, str] | None:
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


def _ground(ground: Ground, packs: PackSet) -> Row:
    reference = ground.rule.references[0] if ground.rule.references else None
    return {
        "rule": ground.rule.id,
        "jurisdiction": ground.rule.jurisdiction,
        "effect": ground.effect,
        "applies": "yes" if ground.settled is True else "open",
        "entry": ground.assessment.ref if ground.assessment is not None else None,
        "reasons": list(ground.reasons),
        "citation": reference.citation if reference is not None else "",
        "url": reference.url if reference is not None else "",
        "date": reference.as_of.isoformat() if reference is not None and reference.as_of else None,
        "in_force_from": ground.rule.valid_from.isoformat() if ground.rule.valid_from else None,
        "status": ground.rule.status,
        "authority": ground.rule.authority.get("en", ""),
        "open_facts": list(ground.open_facts) if ground.settled is None else [],
        "summary": ground.rule.summary or ground.rule.title,
    }


def _exceptions(grounds: tuple[Ground, ...]) -> list[Row]:
    found: dict[tuple[str, str, str], Row] = {}
    for ground in grounds:
        for seen in ground.releases:
            key = (ground.rule.id, seen.release.id, seen.state)
            found.setdefault(
                key,
                {
                    "id": seen.release.id,
                    "title": seen.release.title,
                    "rule": ground.rule.id,
                    "state": seen.state,
                    "effect": seen.release.effect,
                    "open_facts": list(seen.open_facts),
                    "conditions": list(seen.release.conditions),
                    "citation": "; ".join(r.citation for r in seen.release.references),
                },
            )
    return list(found.values())
