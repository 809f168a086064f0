"""A lead: what a person took from a claim to look for in the mail. It has an end, an author and an origin, and never holds an item.

A lead names goods, wordings, methods and routes. It has no field for a person, a nationality or a group, and its texts are
refused where they name one.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256


@dataclass(frozen=True, slots=True)
class Lead:
    """What to look for, from which day to which (both inclusive), by whose word, and the claim it comes from.

    `concepts` are concept ids; goods of a narrower kind match too. `wordings` are phrases of declarations. `method` is for the
    reader and matches nothing. `origin` and `destination` are ISO 3166-1 alpha-2 codes, "" for anywhere; a route alone
    matches nothing. `quote`, `source` and `grade` are those of the claim when the lead was made. `withdrawn` is the day on
    which a person ended it early.
    """

    no: int
    claim: str
    concepts: tuple[str, ...]
    wordings: tuple[str, ...]
    method: str
    origin: str
    destination: str
    since: date
    until: date
    by: str
    why: str
    quote: str
    source: str
    grade: str
    withdrawn: date | None = None

    def in_force(self, on: date) -> bool:
        """Return whether it counts on a day."""
        return self.since <= on <= self.until and (self.withdrawn is None or on < self.withdrawn)


@dataclass(frozen=True, slots=True)
class LeadSet:
    """The leads of one ledger, for a screening. `name` is the file's name, for the record."""

    name: str
    leads: tuple[Lead, ...] = ()

    def on(self, day: date) -> tuple[Lead, ...]:
        """Return the leads in force on a day."""
        return tuple(lead for lead in self.leads if lead.in_force(day))

    def label(self, day: date) -> str:
        """Return what repeats a screening: the file, how many leads were in force, and a hash of what they say."""
        live = self.on(day)
        digest = sha256(
            repr([replace(lead, withdrawn=None) for lead in live]).encode("utf-8", "backslashreplace")
        ).hexdigest()
        return f"{self.name}: {len(live)} in force, {digest[:12]}"
