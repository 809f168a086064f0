"""The lattice of legal status: which move is possible, and a person's latest status computed from dated claims."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from tidewaiter.model.claims import Claim, LegalStatus, Predicate

S = LegalStatus
LINE = (S.REPORTED, S.SUSPECTED, S.DETAINED, S.CHARGED, S.PLEADED, S.CONVICTED, S.FINAL)
RANK = {status: rank for rank, status in enumerate(LINE)}
EXITS = {
    S.RELEASED: frozenset({S.SUSPECTED, S.DETAINED, S.CHARGED, S.PLEADED, S.CONVICTED, S.FINAL}),
    S.DISMISSED: frozenset({S.REPORTED, S.SUSPECTED, S.DETAINED, S.CHARGED, S.PLEADED, S.RELEASED}),
    S.ACQUITTED: frozenset({S.DETAINED, S.CHARGED, S.PLEADED, S.RELEASED}),
}
AGAINST = frozenset({S.CONVICTED, S.FINAL})
CLEARED = frozenset({S.ACQUITTED, S.DISMISSED})
_OF_PREDICATE = {
    Predicate.DETAINED: S.DETAINED,
    Predicate.CHARGED: S.CHARGED,
    Predicate.PLEADED: S.PLEADED,
    Predicate.CONVICTED: S.CONVICTED,
    Predicate.ACQUITTED: S.ACQUITTED,
    Predicate.RELEASED: S.RELEASED,
}


@dataclass(frozen=True, slots=True)
class Dated:
    """A status as a claim asserts it, and from which day it is said to hold (of the text where the claim gives none)."""

    status: LegalStatus
    on: date | None
    claim: str
    stated: bool


def may_follow(earlier: LegalStatus, later: LegalStatus) -> bool:
    """Return whether a case may move from one status to the other.

    Along the line forward; out through an exit that follows from the former; from released back into the line, for who is
    released on bail is still tried. Nothing follows a dismissal or an acquittal.
    """
    if earlier == later:
        return True
    if later in EXITS:
        return earlier in EXITS[later]
    if earlier is S.RELEASED:
        return True
    return earlier in RANK and RANK[later] >= RANK[earlier]


def asserted_status(claim: Claim) -> LegalStatus | None:
    """Return the status that a claim asserts as fact; None for negated, attempted or hypothetical ones."""
    if claim.polarity != "affirmed" or claim.modality in ("hypothetical", "attempted"):
        return None
    return claim.status or _OF_PREDICATE.get(claim.predicate)


def dated_statuses(claims: Iterable[Claim], published: dict[str, date | None]) -> list[Dated]:
    """Return the statuses of claims in order of time; those without any date come first."""
    found = []
    for claim in claims:
        status = asserted_status(claim)
        if status is not None:
            stated = claim.time.precision == "day" and claim.time.first is not None
            on = claim.time.last if claim.time.last is not None else published.get(claim.document)
            found.append(Dated(status, on, claim.id, stated))
    return sorted(found, key=lambda d: (d.on or date.min, RANK.get(d.status, len(LINE)), d.claim))


def latest_status(claims: Iterable[Claim], published: dict[str, date | None]) -> Dated | None:
    """Return the latest status of a case: the furthest along the lattice, for a later text often retells an earlier step.

    An exit counts where nothing after its day moves on from it.
    """
    best: Dated | None = None
    for found in dated_statuses(claims, published):
        if best is None or (found.status != best.status and may_follow(best.status, found.status)):
            best = found
    return best


def moves_outside(claims: Iterable[Claim], published: dict[str, date | None]) -> list[tuple[Dated, Dated]]:
    """Return pairs of claims, by their own stated days, whose order the lattice does not allow."""
    stated = [d for d in dated_statuses(claims, published) if d.stated]
    found = []
    for number, later in enumerate(stated):
        for earlier in stated[:number]:
            if earlier.on != later.on and not may_follow(earlier.status, later.status):
                found.append((earlier, later))
                break
    return found
