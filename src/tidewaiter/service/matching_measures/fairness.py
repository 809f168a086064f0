"""False matches by culture of names: ordinary people against the persons lists, group by group, with what chance allows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain

from tidewaiter.screen.party import PartyIndex
from tidewaiter.service.matching_measures.alter import words_of
from tidewaiter.service.matching_measures.chance import wilson
from tidewaiter.service.matching_measures.cultures import people, people_in_scripts
from tidewaiter.service.matching_measures.report import Figure, Section, Table
from tidewaiter.service.matching_measures.screening import raises
from tidewaiter.service.matching_measures.sources import Measured

A_GROUP = 2000
# A group's rate may be this many times the overall rate, beyond what chance explains.
MOST = 1.5


@dataclass(frozen=True, slots=True)
class GroupRate:
    """How often names of one group match a listed party.

    `namesakes` are those whose very words are listed: a matcher that finds listed parties cannot leave them out.
    """

    group: str
    rows: int
    hits: int
    namesakes: int
    found: tuple[tuple[str, str, int], ...]

    @property
    def rate(self) -> float:
        """Return the share of names that match."""
        return self.hits / self.rows if self.rows else 0.0

    def is_above(self, overall: float, times: float = MOST) -> bool:
        """Return whether the rate is above so many times the overall rate even at the low end of its interval."""
        return wilson(self.hits, self.rows)[0] > times * overall


def group_rates(
    index: PartyIndex, groups: Iterable[tuple[str, list[str]]], listed: frozenset[tuple[str, ...]] = frozenset()
) -> Iterator[GroupRate]:
    """Yield the rate of each group at the shipped levels.

    Args:
        index: The listed parties.
        groups: (group, names) in any order.
        listed: Words of every listed name, to tell namesakes.
    """
    for group, names in groups:
        found = []
        namesakes = 0
        for name in names:
            best = raises(index, name)
            if best is not None:
                found.append((name, best.name.text, best.score))
                namesakes += words_of(name) in listed
        yield GroupRate(group, len(names), len(found), namesakes, tuple(found))


def overall_rate(rates: Iterable[GroupRate]) -> float:
    """Return the mean of the groups' rates: every culture counts alike, however many of its names were asked."""
    shares = [rate.rate for rate in rates]
    return sum(shares) / len(shares) if shares else 0.0


def measure(data: Measured) -> Section:
    """Measure every culture in Latin letters and every script."""
    listed = frozenset(words_of(name.text) for party in [*data.sdn, *data.un] for name in party.names)
    rates = []
    for rate in group_rates(data.person_index, chain(people(A_GROUP), people_in_scripts(A_GROUP)), listed):
        data.say(f"{rate.group}: {rate.hits} of {rate.rows}")
        rates.append(rate)
    overall = overall_rate(rates)
    table = Table(
        "False matches by culture of names",
        ("group", "names", "raised", "rate", "low", "high", "times overall", "namesakes", ""),
        note=f"Overall {overall:.4f}, each group alike. A mark: above {MOST} times that beyond chance (95 %).",
    )
    for rate in sorted(rates, key=lambda one: -one.rate):
        low, high = wilson(rate.hits, rate.rows)
        times = rate.rate / overall if overall else 0.0
        mark = "ABOVE" if rate.is_above(overall) else ""
        table.rows.append((rate.group, rate.rows, rate.hits, rate.rate, low, high, times, rate.namesakes, mark))
    above = [rate for rate in rates if rate.is_above(overall)]
    hits, rows = sum(rate.hits for rate in rates), sum(rate.rows for rate in rates)
    low, high = wilson(hits, rows)
    figures = [
        Figure("overall rate of false matches", overall, None, True, low, high, rows),
        Figure("groups", float(len(rates)), 15.0),
        Figure(f"groups above {MOST} times the overall rate beyond chance", float(len(above)), 0.0, at_most=True),
    ]
    misses = [(f"culture {rate.group}", *row) for rate in rates for row in rate.found]
    return Section("fairness", [table], figures, misses)
