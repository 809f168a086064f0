"""What of a licence question can decide its answer: goods, route, day, and the facts that the rules left on the route read.

Two questions with one key have one answer, so it is worked out once. A declared value counts only by the limits it lies
between, since conditions compare it with limits and with nothing else.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from tidewaiter.packs import Condition, PackSet, Release, Rule
from tidewaiter.packs.leaves import leaves_of
from tidewaiter.screen.licence import RouteRules
from tidewaiter.service.licence_facts import money_of

Row = dict[str, Any]
Goods = tuple[tuple[str, str, str], ...]
Place = tuple[object, ...]
_MOST_READINGS = 50_000


@dataclass(frozen=True, slots=True)
class _Reading:
    """The names of facts read, and for each currency the limits that a value is compared with, ascending."""

    names: frozenset[str]
    limits: dict[str, tuple[Decimal, ...]]

    def with_(self, other: _Reading) -> _Reading:
        """Return what is read by either."""
        if other.names <= self.names and not other.limits:
            return self
        names = self.names | other.names
        limits = self.limits
        if other.limits:
            limits = {
                currency: tuple(sorted({*limits.get(currency, ()), *other.limits.get(currency, ())}))
                for currency in (*limits, *other.limits)
            }
        return _Reading(names, limits)


def place_of(question: Row, day: date) -> Place:
    """Return route and day as they are read: places as text, the way None when it is not told."""
    route = question.get("route")
    get = question.get
    return (
        str(get("origin") or ""),
        str(get("destination") or ""),
        str(get("goods_origin") or ""),
        tuple(map(str, route)) if isinstance(route, list) else None,
        day,
    )


class LicenceKey:
    """Makes the key of a question.

    Args:
        packs: for named definitions and requirement rows.
        rules_at: the rules that a place (see `place_of`) leaves possible, for a question.
        paragraph_at: list, entry and paragraph that a citation names on a day, or None where there is none.
    """

    def __init__(
        self,
        packs: PackSet,
        rules_at: Callable[[Row, Place], RouteRules],
        paragraph_at: Callable[[str, str, date], tuple[str, str, str] | None],
    ) -> None:
        self._packs = packs
        self._rules_at = rules_at
        self._paragraph_at = paragraph_at
        self._readings: dict[tuple[Place, Goods], _Reading] = {}
        self._of_place: dict[Place, _Reading] = {}
        self._of_rule: dict[tuple[Place, str, str], _Reading] = {}
        self._of_entry: dict[str, _Reading] = {}

    def of(self, question: Row, day: date) -> tuple[object, ...] | None:
        """Return all that can decide the answer, or None where the question has an unusual form."""
        entries = question.get("entries") or []
        route = question.get("route")
        if not isinstance(entries, list) or not (route is None or isinstance(route, list)):
            return None
        goods = []
        for item in entries:
            if not isinstance(item, dict) or item.get("parameters"):
                return None
            goods.append((str(item.get("list", "")), str(item.get("entry", "")), str(item.get("status", "met"))))
        whole = (place_of(question, day), tuple(goods))
        reading = self._readings.get(whole)
        if reading is None:
            reading = self._read(question, day, whole)
            if len(self._readings) >= _MOST_READINGS:
                self._readings.clear()
                self._of_rule.clear()
                self._of_place.clear()
            self._readings[whole] = reading
        # As they are written: true, 1 and "1" are told apart, as the reading of facts tells them apart.
        told = [(name, repr(value)) for name, value in question.items() if name in reading.names and value is not None]
        if len(told) > 1:
            told.sort()
        return whole, tuple(told), _between(question, reading.limits) if reading.limits else None

    def _read(self, question: Row, day: date, whole: tuple[Place, Goods]) -> _Reading:
        place, goods = whole
        rules = self._rules_at(question, place)
        reading = self._of_place.get(place)
        if reading is None:
            leaves = [leaf for rule in rules.for_any_goods() for leaf in self._leaves_of_rule(rule)]
            reading = self._of_place[place] = _reading_of(leaves)
        for listed, ref, _ in goods:
            named = self._paragraph_at(listed, ref, day)
            if named is None:
                continue
            for rule in rules.naming(*named):
                key = (place, rule.jurisdiction, rule.id)
                known = self._of_rule.get(key)
                if known is None:
                    known = self._of_rule[key] = _reading_of(self._leaves_of_rule(rule))
                reading = reading.with_(known)
            reading = reading.with_(self._of_requirement(f"{listed}/{named[1]}"))
        return reading

    def _leaves_of_rule(self, rule: Rule) -> Iterable[Condition]:
        if rule.codes:
            yield Condition("code")
        for condition in (rule.when, rule.raised_by):
            yield from leaves_of(condition, self._packs)
        yield from self._leaves_of_releases(rule.exceptions)

    def _of_requirement(self, ref: str) -> _Reading:
        """Return what the requirement rows of an entry read; they are looked through once."""
        known = self._of_entry.get(ref)
        if known is None:
            found: list[Condition] = []
            requirement = self._packs.requirements.get(ref)
            if requirement is not None:
                for row in requirement.rows:
                    found.extend(leaves_of(row.when, self._packs))
                found.extend(self._leaves_of_releases(requirement.exceptions))
            known = self._of_entry[ref] = _reading_of(found)
        return known

    def _leaves_of_releases(self, releases: Iterable[Release]) -> Iterable[Condition]:
        for release in releases:
            yield from leaves_of(release.when, self._packs)
            yield from leaves_of(release.unless, self._packs)


def _reading_of(leaves: Iterable[Condition]) -> _Reading:
    """Return which facts some leaves read, in both spellings a question may use, with hyphens and with underscores."""
    names = {"mode"}
    limits: dict[str, set[Decimal]] = {}
    for leaf in leaves:
        if leaf.kind in ("fact", "parameter"):
            names |= {leaf.name, leaf.name.replace("-", "_")}
        elif leaf.kind == "code":
            names.add("hs")
        elif leaf.kind == "value" and leaf.test is not None:
            limit, currency = leaf.test.texts[0].split()
            limits.setdefault(currency, set()).add(Decimal(limit))
    return _Reading(frozenset(names), {name: tuple(sorted(some)) for name, some in limits.items()})


def _between(question: Row, limits: dict[str, tuple[Decimal, ...]]) -> tuple[str, int] | None:
    """Return the currency and where a value lies among its limits (even: between two, odd: on one); None: not told."""
    money = money_of(question)
    if money is None:
        return None
    amount, currency = money
    known = limits.get(currency)
    if known is None:
        return None
    place = bisect_left(known, amount)
    return currency, 2 * place + (place < len(known) and known[place] == amount)
