"""A person's decision that a declared party is not a listed one, and how far it reaches."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Dismissal:
    """One "not the listed party" decision.

    It holds for one declared party (its name, and its birth date and country where they were known), one entry of one
    list, and one reason, until it expires. `entry` is the digest of the listed entry as the person saw it; where it is
    given, a changed entry brings the match back.
    """

    name: str
    list: str
    list_id: str
    reason: str
    decided_by: str
    decided_on: date
    expires: date
    birth_date: str = ""
    country: str = ""
    entry: str = ""
