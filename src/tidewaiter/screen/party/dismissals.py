"""Honour decisions that a declared party is not a listed one: scoped, dated, and void when something new speaks for it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import date

from tidewaiter.model import Dismissal, ListedParty, Party
from tidewaiter.text.names import normalise_name

# A match that rests on one of these was not what the person looked at when only a name had matched.
_NEW_REASONS = ("identifier.equal", "birth-date.agrees")


def entry_digest(listed: ListedParty) -> str:
    """Return a short digest of all that a list says of a party; it changes when the entry does."""
    parts = [listed.list, listed.list_id, listed.schema, *(f"{name.kind}:{name.text}" for name in listed.names)]
    parts += [*listed.birth_dates, *listed.countries, *listed.addresses, *listed.programmes]
    parts += [f"{kind}:{number}" for kind, number in listed.identifiers]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


def _key(name: str) -> tuple[str, ...]:
    return tuple(sorted(normalise_name(name).tokens))


class Dismissals:
    """The decisions in force on a date, found by entry and declared name."""

    __slots__ = ("_by_entry", "on")

    def __init__(self, decisions: Iterable[Dismissal], on: date) -> None:
        """Keep the decisions made by the date and not expired on it."""
        self.on = on
        self._by_entry: dict[tuple[str, str, tuple[str, ...]], list[Dismissal]] = {}
        for decision in decisions:
            if decision.decided_on <= on < decision.expires:
                place = (decision.list, decision.list_id, _key(decision.name))
                self._by_entry.setdefault(place, []).append(decision)

    def __len__(self) -> int:
        """Return how many decisions are in force."""
        return sum(map(len, self._by_entry.values()))

    def find(self, party: Party, listed: ListedParty, codes: Iterable[str]) -> Dismissal | None:
        """Return the decision that covers a match, or None.

        Args:
            party: The declared party.
            listed: The listed party it matches.
            codes: Codes of the contributions of the match; a birth date or identifier that agrees voids the decision
                unless the decision was made knowing that birth date.
        """
        found = self._by_entry.get((listed.list, listed.list_id, _key(party.name)))
        if not found:
            return None
        news = set(codes).intersection(_NEW_REASONS)
        digest = ""
        for decision in found:
            if decision.birth_date and decision.birth_date != party.birth_date:
                continue
            if decision.country and decision.country != party.country:
                continue
            if news - ({"birth-date.agrees"} if decision.birth_date else set()):
                continue
            if decision.entry:
                digest = digest or entry_digest(listed)
                if digest != decision.entry:
                    continue
            return decision
        return None
