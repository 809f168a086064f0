"""Recall of the search alone: is the very listed name among the candidates, before anything is scored?

What the search loses, no score can find again, so this is measured apart from scoring and published beside it.
"""

from __future__ import annotations

from functools import lru_cache

from tidewaiter.model import Party
from tidewaiter.screen.party import PartyIndex
from tidewaiter.service.matching_measures.chance import wilson
from tidewaiter.service.matching_measures.report import Figure, Section, Table
from tidewaiter.service.matching_measures.screening import altered_sets
from tidewaiter.service.matching_measures.sources import Measured
from tidewaiter.text.names import normalise_name

ASKED = 0.995


@lru_cache(maxsize=1 << 17)
def _tokens(text: str, schema: str) -> tuple[str, ...]:
    return tuple(sorted(normalise_name(text, schema).tokens))


def proposes(index: PartyIndex, declared: str, listed: str) -> tuple[bool, int]:
    """Return whether the listed name is among the proposals for the declared one, and how many there are.

    Names that normalise alike are indexed once, so a name counts as proposed when one with its words is.
    """
    found = index.proposals(Party(declared))
    return any(text == listed or _tokens(text, schema) == _tokens(listed, schema) for schema, text in found), len(found)


def measure(data: Measured) -> Section:
    """Measure the search on every generated alteration of listed persons and organisations."""
    section = Section("blocking")
    for what, (index, rows) in altered_sets(data).items():
        data.say(f"candidates of {len(rows)} altered {what}")
        table = Table(
            f"Candidates: altered listed {what}", ("alteration", "rows", "recall", "low", "high", "candidates a name")
        )
        kinds: dict[str, tuple[int, int, int]] = {}
        for row in rows:
            found, count = proposes(index, row.name, row.original)
            hits, total, candidates = kinds.get(row.kind, (0, 0, 0))
            kinds[row.kind] = hits + found, total + 1, candidates + count
            if not found:
                section.misses.append((f"{what} {row.kind}: not proposed", row.name, row.original, count))
        for kind, (hits, total, candidates) in kinds.items():
            low, high = wilson(hits, total)
            table.rows.append((kind, total, hits / total, low, high, candidates / total))
            asked = None if kind.endswith("short") else ASKED
            section.figures.append(Figure(f"candidates, {what}, {kind}", hits / total, asked, False, low, high, total))
        section.tables.append(table)
    return section
