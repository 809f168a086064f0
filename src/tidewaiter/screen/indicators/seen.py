"""What the indicators of one item look at, what one says, and what could not be checked for want of data."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property, lru_cache

from tidewaiter.model import Declaration, Evidence, HistoryLink, HistoryView
from tidewaiter.packs import IndicatorRule, Indicators, PackSet
from tidewaiter.screen.description import DescriptionDefect, DescriptionQuality
from tidewaiter.screen.goods import GoodsResult

CONTROLLED_SCORE = 700  # a kind named with at least this score, and raised by an entry, counts as controlled
PRIORITY_LIST = "us-chpl"
POST = "upu"  # what may go by post at all makes nothing controlled


@dataclass(frozen=True, slots=True)
class Indicator:
    """One indicator that fired, with the values behind it.

    `strength` (0..1) is that of the weakest link it rests on, 1 for facts of the declaration; `bits` the surprise against the
    usual, with `least` the surprise from which it fires.
    """

    code: str
    line: int | None
    sentence: str
    evidence: tuple[Evidence, ...]
    bits: float = 0.0
    least: float = 0.0
    strength: float = 1.0


@dataclass
class Seen:
    """One item with everything its indicators may look at; functions of it are pure but for `missing`, which they fill.

    Args:
        declaration: the item.
        results: what the goods engine read, by line.
        defects: defects of the descriptions, by line.
        quality: description quality, for placeholders.
        packs: the packs, with the indicator pack.
        on: the legal date, for thresholds.
        history: what the history says, or None.
    """

    declaration: Declaration
    results: tuple[GoodsResult, ...]
    defects: tuple[DescriptionDefect | None, ...]
    quality: DescriptionQuality
    packs: PackSet
    on: date
    history: HistoryView | None = None
    missing: dict[str, dict[str, None]] = field(default_factory=dict)
    pack: Indicators = field(init=False)
    controlled: tuple[int, ...] = field(init=False)
    priority: tuple[tuple[int, str], ...] = field(init=False)

    def __post_init__(self) -> None:
        """Work out what most indicators ask for: the pack, lines that are controlled, lines with a priority code."""
        assert self.packs.indicators is not None
        self.pack = self.packs.indicators
        self.controlled = self._controlled() if any(result.raised for result in self.results) else ()
        self.priority = self._priority() if any(result.by_code for result in self.results) else ()

    def rule(self, code: str) -> IndicatorRule | None:
        """Return the rule of an indicator that runs live, or None where the pack has none."""
        return self.pack.live.get(code)

    def value(self, code: str, name: str, default: float) -> float:
        """Return a threshold of an indicator on the legal date."""
        return self.pack.value(code, name, self.on, default)

    def lacks(self, reason: str, *codes: str) -> None:
        """Note that indicators could not be checked, and why; neither a match nor a pass."""
        kept = self.missing.setdefault(reason, {})
        for code in codes:
            if code in self.pack.rules:
                kept[code] = None

    @property
    def gaps(self) -> tuple[tuple[str, str, str], ...]:
        """What was not checked, as coverage takes it: one row for each reason."""
        return _gaps_of(tuple([(reason, tuple(codes)) for reason, codes in self.missing.items() if codes]))

    @cached_property
    def at(self) -> datetime | None:
        """The instant of posting, or that from which the history was looked at."""
        return self.declaration.posted_at or (self.history.as_of if self.history is not None else None)

    @cached_property
    def value_eur(self) -> float | None:
        """Sum of the declared values in EUR, or None where no line states one that can be converted."""
        known = [self.pack.value_eur(line.value, line.currency) for line in self.declaration.lines]
        said = [float(value) for value in known if value is not None]
        return sum(said) if said else None

    def _controlled(self) -> tuple[int, ...]:
        """Lines that name a kind raised by a control-list entry."""
        return tuple(
            number
            for number, result in enumerate(self.results)
            if any(r.score >= CONTROLLED_SCORE and r.entry.pack.jurisdiction != POST for r in result.raised)
        )

    def _priority(self) -> tuple[tuple[int, str], ...]:
        """Lines whose code is on the Common High Priority List, each with its tier."""
        return tuple(
            (number, next(entry.id for entry, _, _ in result.by_code if entry.list == PRIORITY_LIST))
            for number, result in enumerate(self.results)
            if any(entry.list == PRIORITY_LIST for entry, _, _ in result.by_code)
        )

    def links(self, *via: str, days: float | None = None) -> tuple[HistoryLink, ...]:
        """Return the links of some kinds, within so many days before this item; none without a history."""
        if self.history is None:
            return ()
        found: Iterable[HistoryLink] = (link for link in self.history.links if link.via in via)
        if days is not None and self.at is not None:
            since = self.at - timedelta(days=days)
            found = (link for link in found if since <= link.item.posted_at <= (self.at or link.item.posted_at))
        return tuple(found)

    def strength_of(self, links: Iterable[HistoryLink]) -> float:
        """Return how far points that rest on links count: the weakest link, faded by its age (half after the half-life)."""
        weakest = 1.0
        for link in links:
            share = min(1.0, max(0.0, link.score / self.pack.link_full_score)) if link.score else 1.0
            age = (self.at - link.item.posted_at).total_seconds() / 86400 if self.at is not None else 0.0
            weakest = min(weakest, share * 0.5 ** (max(0.0, age) / self.pack.link_half_life_days))
        return weakest


@lru_cache(maxsize=1024)
def _gaps_of(missing: tuple[tuple[str, tuple[str, ...]], ...]) -> tuple[tuple[str, str, str], ...]:
    """Return the rows of what was not checked; most items lack the same few things."""
    return tuple(("indicators", ", ".join(sorted(codes)), reason) for reason, codes in sorted(missing))


def of_items(links: Iterable[HistoryLink], note: str = "") -> tuple[Evidence, ...]:
    """Return earlier items as evidence: the path `history:ID`, the day as value."""
    return tuple(
        dict.fromkeys(
            Evidence(f"history:{link.item.id}", link.item.posted_at.date().isoformat(), note=note or link.via)
            for link in links
        )
    )
