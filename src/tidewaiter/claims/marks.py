"""Marks of an incident that do not hang on words: numbers, sums, ages, days, towns and countries that its text states anywhere."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from tidewaiter.claims.facts import Fact
from tidewaiter.claims.sameness import spelling_key

SORTS = ("number", "sum", "age", "day", "town", "country")
FEW = 3  # a count below stands in most texts
SMALL_SUM = 100
_TOWNS = ("city", "site", "address")
_MONTH = 31


def marks_of(facts: Iterable[Fact]) -> Mapping[str, frozenset[str]]:
    """Return what facts state by sort, in one spelling."""
    found: dict[str, set[str]] = defaultdict(set)
    for fact in facts:
        if fact.denied:
            continue
        for sort, value in _marks(fact):
            found[sort].add(value)
    return {sort: frozenset(found[sort]) for sort in SORTS}


def _marks(fact: Fact) -> Iterator[tuple[str, str]]:
    if fact.kind == "count" and fact.quantity is not None and fact.quantity.value >= FEW:
        yield "number", f"{fact.quantity.unit} {fact.quantity.value.normalize():f}"
    elif fact.kind == "money" and fact.quantity is not None and fact.quantity.value >= SMALL_SUM:
        yield "sum", f"{fact.quantity.unit} {fact.quantity.value.normalize():f}"
    elif fact.kind == "age" and fact.person is not None and fact.person.age is not None:
        yield "age", str(fact.person.age)
    elif fact.kind == "day" and fact.stamp is not None and fact.stamp.first is not None:
        if any(char.isdigit() for char in fact.stamp.text):  # a bare weekday is mostly that of an announcement
            yield "day", fact.stamp.first.isoformat()
    elif fact.kind == "place" and fact.place is not None:
        place = fact.place
        if place.precision in _TOWNS:
            known = place.latitude is not None and place.longitude is not None
            spot = f"{place.latitude:.1f} {place.longitude:.1f}" if known else ""
            yield "town", spot or spelling_key(place.name or place.text)
        if place.precision == "country" and place.country:
            yield "country", place.country


def mark_keys(marks: Mapping[str, frozenset[str]], published: date | None) -> Iterator[tuple[str, ...]]:
    """Yield what brings two incidents to be compared: a number, sum or age that both state, or a town in the same weeks."""
    month = published.toordinal() // _MONTH if published is not None else 0
    for value in marks["sum"]:
        yield "sum", value
    for value in marks["number"]:
        for near in (month, month + 1):
            yield "number", value, str(near)
    for town in marks["town"]:
        for near in (month, month + 1):
            yield "town", town, str(near)
    for age in marks["age"]:
        for land in marks["country"]:
            for near in (month, month + 1):
                yield "age", age, land, str(near)


__all__ = ["mark_keys", "marks_of"]
