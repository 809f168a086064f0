"""What differs between two pack sets, entry by entry, in the sentences of `show`."""

from __future__ import annotations

from collections.abc import Iterable

from tidewaiter.packs.show import show_concept, show_entry, show_rule
from tidewaiter.packs.types import PackSet


def _said(packs: PackSet) -> dict[str, tuple[str, ...]]:
    said: dict[str, tuple[str, ...]] = {}
    for concept in packs.concepts.values():
        said[f"concept {concept.id}"] = tuple(show_concept(concept))
    for entry in packs.entries:
        said[f"entry {entry.list}/{entry.id}"] = tuple(show_entry(entry))
    for rule in packs.rules:
        said[f"rule {rule.id}"] = tuple(show_rule(rule))
    for group, members in packs.groups.items():
        said[f"group {group}"] = (", ".join(sorted(members)),)
    return said


def diff_packs(before: PackSet, after: PackSet) -> list[str]:
    """Return one line for each thing added, removed or changed, with the changed sentences below it."""
    old, new = _said(before), _said(after)
    lines: list[str] = []
    for name in sorted(old.keys() | new.keys()):
        if name not in old:
            lines.append(f"added {name}")
        elif name not in new:
            lines.append(f"removed {name}")
        elif old[name] != new[name]:
            lines.append(f"changed {name}")
            lines.extend(_changed(old[name], new[name]))
    return lines


def _changed(old: Iterable[str], new: Iterable[str]) -> Iterable[str]:
    before, after = list(old), list(new)
    for line in before:
        if line not in after:
            yield f"  - {line.strip()}"
    for line in after:
        if line not in before:
            yield f"  + {line.strip()}"
