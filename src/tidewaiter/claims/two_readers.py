"""Two readings of one report side by side: what both say, what only the second says, and where they differ, which is for a person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tidewaiter.claims.make import numbered
from tidewaiter.model.claims import Claim


@dataclass(frozen=True, slots=True)
class Difference:
    """Two claims of one predicate on the same words that differ in a slot. The first stays; a person decides."""

    first: str
    second: Claim
    slots: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TwoReadings:
    """`claims` are the first reader's, and what only the second read; `agreed` the ids of the first's that both read."""

    claims: tuple[Claim, ...]
    agreed: tuple[str, ...]
    differences: tuple[Difference, ...]


def side_by_side(first: Sequence[Claim], second: Sequence[Claim]) -> TwoReadings:
    """Return both readings of one report.

    Args:
        first: the rules' claims, of which none is dropped or changed.
        second: the second reader's claims of the same report.
    """
    agreed: dict[str, None] = {}
    differences: list[Difference] = []
    added: list[Claim] = []
    for claim in second:
        alike = [c for c in first if c.predicate == claim.predicate and c.start < claim.end and claim.start < c.end]
        if not alike:
            added.append(claim)
            continue
        nearest = min(alike, key=lambda c: (len(_differing(c, claim)), c.start, c.id))
        slots = _differing(nearest, claim)
        if slots:
            differences.append(Difference(nearest.id, claim, slots))
        else:
            agreed[nearest.id] = None
    return TwoReadings(numbered([*first, *added]), tuple(agreed), tuple(differences))


def _differing(one: Claim, other: Claim) -> tuple[str, ...]:
    slots = [name for name in ("polarity", "modality", "status") if getattr(one, name) != getattr(other, name)]
    if one.subject is not None and other.subject is not None:
        if one.subject.end <= other.subject.start or other.subject.end <= one.subject.start:
            slots.append("subject")
    if one.goods and other.goods:
        if not any(a.start < b.end and b.start < a.end for a in one.goods for b in other.goods):
            slots.append("goods")
    if [s.text for s in one.chain] != [s.text for s in other.chain]:
        slots.append("chain")
    return tuple(slots)
