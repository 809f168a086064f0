"""What people did in a ledger of reports: grades set, persons joined, claims verified, groups and links made. Rows, never edited."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from tidewaiter.model.claims import ClaimLink, Grade
from tidewaiter.model.leads import Lead

VerificationResult = Literal["confirmed", "refuted", "open"]
VERIFICATION_RESULTS: tuple[VerificationResult, ...] = ("confirmed", "refuted", "open")


@dataclass(frozen=True, slots=True)
class SetGrade:
    """A grade that an analyst set for a claim; the last one of a claim counts, the former ones stay."""

    no: int
    claim: str
    grade: Grade
    why: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Judgement:
    """A person's word that two mentions are one person, or that an earlier such word is undone (`undoes`).

    A mention is named `document:start-end`.
    """

    no: int
    left: str
    right: str
    undoes: int | None
    by: str
    why: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Verification:
    """Who looked into a claim, how, with what result and on what evidence."""

    no: int
    claim: str
    by: str
    method: str
    result: VerificationResult
    evidence: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Incident:
    """Claims that an analyst grouped as one incident. Grouping merges nothing."""

    no: int
    title: str
    claims: tuple[str, ...]
    by: str
    why: str
    at: datetime


@dataclass(frozen=True, slots=True)
class HandWork:
    """Everything that people did in a ledger, each kind in the order it was done."""

    grades: tuple[SetGrade, ...] = ()
    judgements: tuple[Judgement, ...] = ()
    verifications: tuple[Verification, ...] = ()
    incidents: tuple[Incident, ...] = ()
    links: tuple[ClaimLink, ...] = ()
    leads: tuple[Lead, ...] = ()
    added: dict[str, datetime] = field(default_factory=dict)

    def grade_of(self, claim: str) -> SetGrade | None:
        """Return the grade that stands for a claim, None where nobody set one."""
        return next((row for row in reversed(self.grades) if row.claim == claim), None)

    def verification_of(self, claim: str) -> Verification | None:
        """Return the last verification of a claim."""
        return next((row for row in reversed(self.verifications) if row.claim == claim), None)

    def standing_joins(self) -> tuple[Judgement, ...]:
        """Return the joins of persons that nobody undid."""
        undone = {row.undoes for row in self.judgements if row.undoes is not None}
        return tuple(row for row in self.judgements if row.undoes is None and row.no not in undone)
