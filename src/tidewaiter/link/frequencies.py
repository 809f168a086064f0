"""How common a value is: agreement on a rare one says more. Names are counted by script and country."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Protocol

from tidewaiter.link.records import Prepared

# Fields whose agreement is weighed by how common the value is. `name` counts folded words of names.
COUNTED = ("name", "city", "postcode", "address", "phone", "email", "occupation")
RAREST = 20_000


class Frequencies(Protocol):
    """Where the comparison asks how common a value is; a live history answers from its own table."""

    def count(self, field: str, group: str, value: str) -> tuple[int, int]:
        """Return how many records of a group state the value, and how many records of the group state the field.

        Args:
            field: One of `COUNTED`.
            group: Script and country for `name` (`Prepared.group`), empty for the other fields.
            value: The value in compared form; for `name` one folded word.
        """
        ...


@dataclass
class CountedFrequencies:
    """Frequencies counted in memory from prepared records."""

    counts: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    totals: Counter[tuple[str, str]] = field(default_factory=Counter)

    @classmethod
    def of(cls, parties: Iterable[Prepared]) -> CountedFrequencies:
        """Return the frequencies of all records."""
        found = cls()
        for party in parties:
            found.add(party)
        return found

    def add(self, party: Prepared, times: int = 1) -> None:
        """Count one more record (`times` -1 takes it off again)."""
        for field_name, group, value in counted_values(party):
            self.counts[field_name, group, value] += times
        for field_name, group in counted_fields(party):
            self.totals[field_name, group] += times

    def count(self, field: str, group: str, value: str) -> tuple[int, int]:
        """Return how often the value stands in the group, and how many records state the field."""
        return self.counts[field, group, value], self.totals[field, group]


class NoFrequencies:
    """Frequencies of nothing: every value counts as usual."""

    def count(self, field: str, group: str, value: str) -> tuple[int, int]:
        """Return nothing counted."""
        return 0, 0


def counted_values(party: Prepared) -> list[tuple[str, str, str]]:
    """Return what one record adds to the counts: (field, group, value), each once."""
    rows = [("name", party.group, key) for key in dict.fromkeys(party.keys)]
    rows.extend((name, "", value) for name, value in _stated(party))
    return rows


def counted_fields(party: Prepared) -> list[tuple[str, str]]:
    """Return what one record adds to the totals: (field, group)."""
    rows = [("name", party.group)] if party.keys else []
    rows.extend((name, "") for name, _ in _stated(party))
    return rows


def _stated(party: Prepared) -> list[tuple[str, str]]:
    fields = (
        ("city", party.city),
        ("postcode", party.postcode),
        ("address", party.address),
        ("phone", party.phone),
        ("email", party.email),
        ("occupation", party.occupation),
    )
    return [(name, value) for name, value in fields if value]


def rarity(count: int, total: int, typical: int, strength: int) -> int:
    """Return how rare a value is, in thousandths of a bit: -log2 of its share, drawn towards the usual one while few are counted.

    Args:
        count: Records that state the value, the one or two compared included.
        total: Records that state the field.
        typical: Rarity of a usual value, thousandths of a bit.
        strength: How many records the usual share counts for.
    """
    share = (count + strength * 2.0 ** (-typical / 1000)) / (total + strength) if total + strength else 1.0
    return min(RAREST, round(-1000 * math.log2(min(share, 1.0)))) if share > 0 else RAREST
