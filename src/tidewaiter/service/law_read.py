"""What law was read for a place of posting, of which date, and why a "no" would not stand on it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from tidewaiter.packs import PackInfo, PackSet, Rule
from tidewaiter.screen.coverage import jurisdiction_members

Row = dict[str, Any]


class LawRead:
    """The jurisdictions of a set of rules, and the packs they stand in."""

    def __init__(self, packs: PackSet, rules: Iterable[Rule]) -> None:
        """Note what each jurisdiction covers; law of which every rule is a draft is told and never gives a no."""
        self._packs: dict[str, dict[str, PackInfo]] = {}
        concluding = set()
        for rule in rules:
            self._packs.setdefault(rule.jurisdiction, {})[rule.pack.id] = rule.pack
            if rule.status != "draft":
                concluding.add(rule.jurisdiction)
        self._members = {name: jurisdiction_members(name, packs) for name in self._packs}
        self._concluding = frozenset(concluding)

    def packs_of(self, origin: str) -> list[PackInfo]:
        """Return the licensing packs whose jurisdiction a place of posting (alpha-2) lies in."""
        return [info for name, infos in self._packs.items() if origin in self._members[name] for info in infos.values()]

    def is_modelled(self, origin: str) -> bool:
        """Return whether rules that may conclude hold at a place of posting."""
        return any(origin in self._members[name] for name in self._concluding)

    def aged(self, origin: str, on: date) -> list[str]:
        """Return, in words, the packs of a place that are past the age their makers stand for."""
        return [
            f"the pack {info.id} is of {info.as_of} and stands for {info.stale_after_days} days; the law may have changed"
            for info in self.packs_of(origin)
            if info.is_stale(on)
        ]

    def dates(self, origin: str) -> list[Row]:
        """Return pack, date of its text and status for each pack of a place."""
        return [
            {"pack": info.label, "as_of": info.as_of.isoformat() if info.as_of else None, "status": info.status}
            for info in self.packs_of(origin)
        ]
