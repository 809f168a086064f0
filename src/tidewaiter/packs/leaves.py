"""The leaves of a condition, those inside named definitions included."""

from __future__ import annotations

from tidewaiter.packs.conditions import Condition
from tidewaiter.packs.types import PackSet


def leaves_of(condition: Condition | None, packs: PackSet) -> list[Condition]:
    """Return the leaves of a condition, those of named definitions included.

    Args:
        condition: The condition, or None for one that is not there.
        packs: For the named definitions; each is opened once.
    """
    if condition is None:
        return []
    found: list[Condition] = []
    waiting, seen = [condition], set()
    while waiting:
        one = waiting.pop()
        if one.kind in ("all", "any", "not"):
            waiting.extend(one.children)
            continue
        found.append(one)
        if one.kind == "use" and one.name in packs.definitions and one.name not in seen:
            seen.add(one.name)
            definition = packs.definitions[one.name]
            waiting.append(definition.catches)
            if definition.releases is not None:
                waiting.append(definition.releases)
    return found
