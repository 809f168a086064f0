"""Conditions with what a route settles worked out once: the same truth, likelihood and open facts, with less to evaluate.

Only leaves about places are settled here, and only where they are certainly true or false; everything else stays as written.
"""

from __future__ import annotations

from dataclasses import replace
from operator import is_

from tidewaiter.packs.conditions import ALWAYS, ROUTE, Condition
from tidewaiter.packs.evaluate import Facts, evaluate

NEVER = Condition("any")


def reduced(condition: Condition, route: Facts) -> Condition:
    """Return a condition that evaluates as this one does wherever the places of `route` hold.

    Args:
        condition: as written in a pack.
        route: facts of which the places, groups and transit are read.

    Returns:
        The condition without settled places; `ALWAYS` or `NEVER` where they settle all of it.
    """
    kind = condition.kind
    if condition is ALWAYS or condition is NEVER:
        return condition
    if kind in ROUTE:
        truth = evaluate(condition, route)
        return condition if truth is None else ALWAYS if truth else NEVER
    if kind not in ("all", "any", "not"):
        return condition
    children = tuple(reduced(child, route) for child in condition.children)
    if kind == "any":
        if any(child is ALWAYS for child in children):
            return ALWAYS
        rest = tuple(child for child in children if child is not NEVER)
        empty = NEVER
    else:
        ends = ALWAYS if kind == "not" else NEVER
        if any(child is NEVER for child in children):
            return ends
        rest = tuple(child for child in children if child is not ALWAYS)
        empty = NEVER if kind == "not" else ALWAYS
    if not rest:
        return empty
    if len(rest) == 1 and kind != "not" and condition.typically is None:
        return rest[0]
    unchanged = len(rest) == len(condition.children) and all(map(is_, rest, condition.children))
    return condition if unchanged else replace(condition, children=rest)
