"""Indicators as data: rules with dated thresholds and weights, and the tables they count with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property
from itertools import pairwise
from math import asin, cos, radians, sin, sqrt

from tidewaiter.packs.types import PackInfo, Reference

ANYWHERE = "any"
_MOST_VALUES = 10_000


@dataclass(frozen=True, slots=True)
class Threshold:
    """One dated value of one threshold. `published` ones stand in the cited source; the others are starting points to tune.

    `dated` is the day the value was set or read; `valid_from` and `valid_to` bound the days it holds for, where law does.
    """

    name: str
    value: str
    unit: str = ""
    jurisdiction: str = ANYWHERE
    valid_from: date | None = None
    valid_to: date | None = None
    published: bool = False
    basis: str = "estimate"
    status: str = "draft"
    note: str = ""
    dated: date | None = None

    def in_force(self, on: date) -> bool:
        """Return whether the value holds on a day."""
        return (self.valid_from is None or self.valid_from <= on) and (self.valid_to is None or on <= self.valid_to)


@dataclass(frozen=True, slots=True)
class IndicatorRule:
    """One indicator: what it says, what it reads, where it runs and what it weighs.

    `points` are thousandths; each bit of surprise beyond the threshold `bits_least` adds `per_bit`, up to `most`.
    """

    code: str
    number: int
    family: str
    title: str
    says: str
    needs: tuple[str, ...]
    runs: tuple[str, ...]
    points: int
    per_bit: int
    most: int
    basis: str
    dated: date | None
    status: str
    thresholds: tuple[Threshold, ...]
    false_positives: tuple[str, ...]
    ask: str
    references: tuple[Reference, ...]
    note: str
    source: str

    def threshold(self, name: str, on: date, jurisdiction: str = ANYWHERE) -> Threshold | None:
        """Return the value of a threshold that holds on a day, that of the jurisdiction before that of anywhere."""
        fitting = [t for t in self.thresholds if t.name == name and t.in_force(on)]
        for place in (jurisdiction, ANYWHERE):
            for found in fitting:
                if found.jurisdiction == place:
                    return found
        return None

    def value(self, name: str, on: date, jurisdiction: str = ANYWHERE, default: float = 0.0) -> float:
        """Return a threshold as a number, or `default` where none holds."""
        found = self.threshold(name, on, jurisdiction)
        return float(found.value) if found is not None else default

    def points_for(self, bits: float = 0.0, least: float = 0.0) -> int:
        """Return the points at a surprise of `bits`, where `least` is the surprise from which the indicator fires."""
        if not self.per_bit:
            return self.points
        return round(max(0, min(self.most, self.points + self.per_bit * max(0.0, bits - least))))


@dataclass(frozen=True, slots=True)
class Limit:
    """A threshold of value at a border: `amount` in `currency` for destinations of a jurisdiction (`any`: everywhere)."""

    name: str
    amount: Decimal
    currency: str
    jurisdiction: str
    valid_from: date | None
    valid_to: date | None
    basis: str
    status: str

    def in_force(self, on: date) -> bool:
        """Return whether the value holds on a day."""
        return (self.valid_from is None or self.valid_from <= on) and (self.valid_to is None or on <= self.valid_to)


@dataclass(frozen=True, slots=True)
class KitPart:
    """A part of a kit: any of its concepts, or, beside two parts known by concept, any of its headings."""

    part: str
    concepts: frozenset[str]
    hs4: frozenset[str]


@dataclass(frozen=True, slots=True)
class Kit:
    """A whole that may be sent part by part."""

    id: str
    title: str
    parts: tuple[KitPart, ...]


@dataclass(frozen=True, slots=True)
class Allowed:
    """A known shared place or contact that ties nobody by itself, until it expires.

    `kind` is address-words (`words`), or address-key, phone-key, email-key, handle-key, entity (`key`, a number).
    """

    kind: str
    place_class: str
    words: tuple[str, ...]
    key: str
    reason: str
    expires: date


@dataclass(frozen=True, slots=True)
class Week:
    """Days of the year (month, day) in which people send presents (`gifts`) or buy more (`sales`)."""

    name: str
    first: tuple[int, int]
    last: tuple[int, int]
    kind: str

    def covers(self, on: date) -> bool:
        """Return whether the day lies in it, over the turn of the year if it does."""
        day = (on.month, on.day)
        if self.first <= self.last:
            return self.first <= day <= self.last
        return day >= self.first or day <= self.last


@dataclass(frozen=True, slots=True)
class Industry:
    """Special production goods and the places where such an industry is known to be."""

    name: str
    hs4: frozenset[str]
    concepts: frozenset[str]
    members: frozenset[str]


@dataclass(frozen=True)
class Indicators:
    """The indicator pack as a whole."""

    pack: PackInfo
    rules: Mapping[str, IndicatorRule] = field(default_factory=dict)
    family_cap: int = 600
    soft_share: float = 0.5
    review_line: int = 600
    link_half_life_days: float = 45.0
    link_full_score: int = 6000
    families: Mapping[str, str] = field(default_factory=dict)
    hubs: frozenset[str] = frozenset()
    hubs_dated: date | None = None
    maker_groups: tuple[str, ...] = ()
    maker_members: tuple[str, ...] = ()
    embargoed_groups: tuple[str, ...] = ()
    neighbours: frozenset[str] = frozenset()
    limits: tuple[Limit, ...] = ()
    rates: Mapping[str, Decimal] = field(default_factory=dict)
    rates_dated: date | None = None
    kits: tuple[Kit, ...] = ()
    words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    allowed: tuple[Allowed, ...] = ()
    weeks: tuple[Week, ...] = ()
    industries: tuple[Industry, ...] = ()
    unfit_divisions: frozenset[str] = frozenset()
    places: Mapping[str, tuple[float, float]] = field(default_factory=dict)

    @cached_property
    def live(self) -> Mapping[str, IndicatorRule]:
        """The rules that run live."""
        return {code: rule for code, rule in self.rules.items() if "live" in rule.runs}

    @cached_property
    def industry_headings(self) -> frozenset[str]:
        """The HS headings of all industries."""
        return frozenset(heading for industry in self.industries for heading in industry.hs4)

    @cached_property
    def _values(self) -> dict[tuple[str, str, date], float | None]:
        """Thresholds looked up already, None where no value holds: as many as there are thresholds and days asked for."""
        return {}

    def value(self, code: str, name: str, on: date, default: float) -> float:
        """Return a threshold of an indicator as a number, or `default` where the pack has none that holds on a day."""
        key = (code, name, on)
        if key not in self._values:
            rule = self.rules.get(code)
            found = rule.threshold(name, on) if rule is not None else None
            if len(self._values) >= _MOST_VALUES:
                self._values.clear()
            self._values[key] = float(found.value) if found is not None else None
        known = self._values[key]
        return default if known is None else known

    def value_eur(self, amount: Decimal | None, currency: str) -> Decimal | None:
        """Return an amount in EUR at the approximate dated rates, or None where amount or rate is not known."""
        rate = self.rates.get(currency)
        return None if amount is None or rate is None else amount * rate

    def limits_for(
        self, destination: str, on: date, groups: Mapping[str, frozenset[str]]
    ) -> tuple[tuple[str, float], ...]:
        """Return the thresholds of value for a destination: name and EUR, lowest first.

        Args:
            destination: alpha-2 code; empty takes those of anywhere.
            on: the day.
            groups: groups of the law packs, by which a jurisdiction is more than one country.
        """
        found = []
        for limit in self.limits:
            members = groups.get(limit.jurisdiction) or frozenset({limit.jurisdiction.upper()})
            if limit.in_force(on) and (limit.jurisdiction == ANYWHERE or destination in members):
                eur = self.value_eur(limit.amount, limit.currency)
                if eur is not None:
                    found.append((limit.name, float(eur)))
        return tuple(sorted(found, key=lambda pair: (pair[1], pair[0])))

    def embargoed(self, groups: Mapping[str, frozenset[str]]) -> frozenset[str]:
        """Return the embargoed places by the groups of the law packs."""
        return frozenset(place for name in self.embargoed_groups for place in groups.get(name, ()))

    def makers(self, groups: Mapping[str, frozenset[str]]) -> frozenset[str]:
        """Return the places whose goods, sent on by a hub, are re-exports of a third country's goods."""
        return frozenset(self.maker_members).union(*(groups.get(name, frozenset()) for name in self.maker_groups))

    def detour(self, origin: str, route: tuple[str, ...], destination: str) -> tuple[float, float] | None:
        """Return the way over the direct distance and the direct distance in km, or None where a place is not known.

        Great circles between the rough middles of countries (haversine, radius 6371 km); places in a row that are the same
        count once.
        """
        stops = [self.places.get(place) for place in (origin, *route, destination)]
        known = [stop for stop in stops if stop is not None]
        if len(known) != len(stops):
            return None
        direct = _distance_km(known[0], known[-1])
        way = sum(_distance_km(a, b) for a, b in pairwise(known))
        return (way / direct if direct > 0 else 0.0), direct

    def is_season(self, on: date | None, kind: str) -> bool:
        """Return whether a day lies in the weeks of gifts or sales."""
        return on is not None and any(week.kind == kind and week.covers(on) for week in self.weeks)


def _distance_km(a: tuple[float, float], b: tuple[float, float]) -> float:
    north, east = radians(b[0] - a[0]), radians(b[1] - a[1])
    h = sin(north / 2) ** 2 + cos(radians(a[0])) * cos(radians(b[0])) * sin(east / 2) ** 2
    return 2 * 6371 * asin(min(1.0, sqrt(h)))


__all__ = [
    "ANYWHERE",
    "Allowed",
    "IndicatorRule",
    "Indicators",
    "Industry",
    "Kit",
    "KitPart",
    "Limit",
    "Threshold",
    "Week",
]
