"""Propose which incidents of different documents are one event. A proposal merges nothing: every claim stays as its document says it.

Pairs of incidents are weighed by who, what, when, where and how many. What excludes keeps apart: other names, other ages where
nothing else agrees closely, other goods, places or times. Two incidents of one document never come together over a third
document. The order of reading makes no difference.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import combinations

from tidewaiter.claims.compare import Compared, Side, compare
from tidewaiter.claims.facts import Fact
from tidewaiter.claims.ledger_words import cue_pattern
from tidewaiter.claims.reading import ReadReport
from tidewaiter.claims.sameness import Kinds
from tidewaiter.claims.stated_text import nearest
from tidewaiter.claims.units import Unit, claims_of, units_of
from tidewaiter.claims.upstreams import OriginFinder
from tidewaiter.model.claims import Claim

ENOUGH = 6


@dataclass(frozen=True, slots=True)
class Event:
    """A proposed event: its claims and documents, and why they stand together."""

    id: str
    claims: tuple[str, ...]
    documents: tuple[str, ...]
    because: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Events:
    """Proposed events, and the claims of each document that belong to none."""

    events: tuple[Event, ...]
    background: tuple[str, ...]


def propose_events(
    readings: Iterable[ReadReport], kinds: Kinds, another_case: Mapping[str, Sequence[str]], origins: OriginFinder
) -> Events:
    """Return the proposed events of documents.

    Args:
        readings: documents with their claims, in any order.
        kinds: relations of kinds of goods.
        another_case: cues by language with which a text turns to another case.
        origins: finds on whom claims rest.
    """
    pattern = cue_pattern(another_case)
    sides: list[Side] = []
    background: list[Claim] = []
    for reading in sorted(readings, key=lambda r: r.report.id):
        units, rest = units_of(reading, kinds, pattern)
        background += rest
        sides += [
            Side.of(unit, reading.report, kinds, origins, facts)
            for unit, facts in zip(units, _facts_by_unit(units, reading.facts), strict=True)
        ]
    groups, why = _grouped(sides, kinds)
    events = [_event([sides[i] for i in group], [w for i in group for w in why[i]]) for group in groups]
    return Events(tuple(sorted(events, key=lambda e: e.id)), tuple(sorted(c.id for c in background)))


def _facts_by_unit(units: Sequence[Unit], facts: Sequence[Fact]) -> list[Sequence[Fact]]:
    """The facts of a document by the incident whose claims stand nearest."""
    if len(units) < 2:
        return [facts for _ in units]
    owner = {claim.id: number for number, unit in enumerate(units) for claim in unit.claims}
    claims = [claim for unit in units for claim in unit.claims]
    found: list[list[Fact]] = [[] for _ in units]
    for fact in facts:
        found[owner[nearest(fact, claims).id]].append(fact)
    return list(found)


def _event(sides: Sequence[Side], why: Iterable[str]) -> Event:
    units: list[Unit] = [side.unit for side in sides]
    claims = sorted(claims_of(units), key=lambda c: (c.document, c.start, c.id))
    first = min(unit.id for unit in units)
    return Event(
        "E" + sha256(first.encode()).hexdigest()[:10],
        tuple(claim.id for claim in claims),
        tuple(sorted({unit.document for unit in units})),
        tuple(sorted(set(why))),
    )


def _grouped(sides: Sequence[Side], kinds: Kinds) -> tuple[list[list[int]], dict[int, list[str]]]:
    """Join pairs from the best on, as long as nothing in the two groups excludes one another."""
    known: dict[tuple[int, int], Compared] = {}

    def weigh(left: int, right: int) -> Compared:
        pair = (left, right) if left < right else (right, left)
        if pair not in known:
            known[pair] = compare(sides[pair[0]], sides[pair[1]], kinds)
        return known[pair]

    candidates = [
        (pair, found) for pair in _candidates(sides) if (found := weigh(*pair)).score >= ENOUGH and not found.apart
    ]
    candidates.sort(key=lambda c: (-c[1].score, sides[c[0][0]].id, sides[c[0][1]].id))
    group = {i: [i] for i in range(len(sides))}
    why: dict[int, list[str]] = defaultdict(list)
    for (left, right), found in candidates:
        one, other = group[left], group[right]
        if one is other or any(weigh(a, b).apart for a in one for b in other):
            continue
        why[left] += found.because
        one.extend(other)
        for member in other:
            group[member] = one
    return list({id(members): members for members in group.values()}.values()), why


def _candidates(sides: Sequence[Side]) -> list[tuple[int, int]]:
    """Return the pairs of incidents of different documents that share something worth comparing."""
    where: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for number, side in enumerate(sides):
        for key in side.keys:
            where[key].append(number)
    pairs = {pair for numbers in where.values() for pair in combinations(numbers, 2)}
    return sorted((a, b) for a, b in pairs if sides[a].unit.document != sides[b].unit.document)
