"""The lattice of legal status: how far a case is said to be, and which moves from one report to the next are no surprise.

Reported, suspected, detained, charged, pleaded, convicted, final go up; released, dismissed and acquitted are exits. A status is
computed from claims and their dates, never stored over them; a move outside the lattice is reported, not refused.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from dataclasses import dataclass

from tidewaiter.model.claims import Claim, LegalStatus, Stamp

ORDER: tuple[LegalStatus, ...] = (
    LegalStatus.REPORTED,
    LegalStatus.SUSPECTED,
    LegalStatus.DETAINED,
    LegalStatus.CHARGED,
    LegalStatus.PLEADED,
    LegalStatus.CONVICTED,
    LegalStatus.FINAL,
)
# From which statuses each exit is left; what may come after it again.
EXITS: dict[LegalStatus, tuple[frozenset[LegalStatus], frozenset[LegalStatus]]] = {
    LegalStatus.RELEASED: (
        frozenset({LegalStatus.SUSPECTED, LegalStatus.DETAINED, LegalStatus.CHARGED, LegalStatus.PLEADED, LegalStatus.CONVICTED}),
        frozenset({LegalStatus.DETAINED, LegalStatus.CHARGED, LegalStatus.PLEADED, LegalStatus.CONVICTED, LegalStatus.ACQUITTED, LegalStatus.DISMISSED}),
    ),
    LegalStatus.DISMISSED: (
        frozenset({LegalStatus.SUSPECTED, LegalStatus.DETAINED, LegalStatus.CHARGED, LegalStatus.RELEASED, LegalStatus.PLEADED}),
        frozenset({LegalStatus.SUSPECTED}),
    ),
    LegalStatus.ACQUITTED: (
        frozenset({LegalStatus.CHARGED, LegalStatus.PLEADED, LegalStatus.CONVICTED, LegalStatus.RELEASED, LegalStatus.DETAINED}),
        frozenset({LegalStatus.FINAL, LegalStatus.CONVICTED}),
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Move:
    """A step from one claim's status to a later one's; `allowed` says whether the lattice has it."""

    before: Claim
    after: Claim
    allowed: bool


def rank(status: LegalStatus) -> int:
    """Return the height of a status on the way up; exits have -1."""
    return ORDER.index(status) if status in ORDER else -1


def may_follow(before: LegalStatus, after: LegalStatus) -> bool:
    """Return whether one status may come after another: the same, any higher one, an exit that can be left to, or out of one."""
    if before == after:
        return True
    if after in EXITS:
        return before in EXITS[after][0]
    if before in EXITS:
        return after in EXITS[before][1]
    return rank(after) > rank(before)


def moves(claims: Iterable[Claim]) -> tuple[Move, ...]:
    """Return the steps of one person's case over time; a claim without a date or a status takes no part.

    Args:
        claims: claims that a person's judgement put to one case. Order of equal days is that of the lattice.
    """
    dated = sorted(
        (claim for claim in claims if claim.status is not None and claim.time.first is not None),
        key=lambda c: (c.time.first, rank(c.status) if c.status is not None else 0, c.id),
    )
    return tuple(
        Move(before, after, may_follow(before.status, after.status))
        for before, after in itertools.pairwise(dated)
        if before.status is not None and after.status is not None and before.status != after.status
    )


def latest(claims: Iterable[Claim], fallback: Stamp | None = None) -> LegalStatus | None:
    """Return the status of the last dated claim (of one day the highest, an exit over all); None where no claim has one.

    Args:
        claims: claims of one case.
        fallback: the date taken for a claim that states none, mostly the day of publication.
    """
    best: tuple[object, int, LegalStatus] | None = None
    for claim in claims:
        stamp = claim.time.first or (fallback.first if fallback is not None else None)
        if claim.status is None or stamp is None or claim.polarity == "negated":
            continue
        height = rank(claim.status) if claim.status in ORDER else len(ORDER)
        if best is None or (stamp, height) >= (best[0], best[1]):
            best = (stamp, height, claim.status)
    return best[2] if best is not None else None


__all__ = ["EXITS", "ORDER", "Move", "latest", "may_follow", "moves", "rank"]
