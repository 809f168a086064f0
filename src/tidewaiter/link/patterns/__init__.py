"""Patterns over many items as SQL plans over `link.relations`, and the small tables a plan counts with.

A plan is one `.sql` file: comment lines at its head give its `code`, the columns it `reads` and the shared tables it `uses`
(files that begin with `_`, which make temporary tables). Thresholds are named values (`$window_days`) bound by whoever runs
it, from the indicator pack. The dialect is plain SQL with window functions; DuckDB runs it here.

Every plan gives `role` and `subject` (whom or what it is about), `item` or `items`, optionally `bits` (surprise) and `damp`
(a share of the points), and figures under their own names.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from importlib import resources

from tidewaiter.packs import Indicators, PackSet
from tidewaiter.packs.indicators import ANYWHERE

RESERVED = frozenset({"role", "subject", "item", "items", "bits", "damp"})
PRIORITY_LIST = "us-chpl"
_HEAD = re.compile(r"--\s*(code|reads|uses|table):\s*(.+)")
_NAMED = re.compile(r"\$([a-z_]+)")


@dataclass(frozen=True, slots=True)
class Plan:
    """One SQL plan. `reads` are `relation.column`; `uses` shared tables; `makes` the tables a shared plan makes."""

    code: str
    sql: str
    reads: tuple[str, ...]
    uses: tuple[str, ...]
    makes: tuple[str, ...]

    @property
    def parameters(self) -> frozenset[str]:
        """Names of the values to bind."""
        return frozenset(_NAMED.findall(self.sql))


@dataclass(frozen=True, slots=True)
class Table:
    """A small table made from the packs: columns with their SQL types, and rows."""

    name: str
    columns: tuple[tuple[str, str], ...]
    rows: tuple[tuple[object, ...], ...]


def plans() -> tuple[Plan, ...]:
    """Return every pattern plan, by code."""
    return tuple(sorted((_read(name) for name in _files() if not name.startswith("_")), key=lambda plan: plan.code))


def shared_plans() -> tuple[Plan, ...]:
    """Return the plans that make shared temporary tables."""
    return tuple(_read(name) for name in sorted(_files()) if name.startswith("_"))


def _files() -> list[str]:
    return [entry.name for entry in resources.files(__name__).iterdir() if entry.name.endswith(".sql")]


def _read(name: str) -> Plan:
    text = resources.files(__name__).joinpath(name).read_text(encoding="utf-8")
    head = {found[1]: tuple(part.strip() for part in found[2].split(",")) for found in _HEAD.finditer(text)}
    code = head.get("code", (name.removesuffix(".sql"),))[0]
    return Plan(code, text.strip().rstrip(";"), head.get("reads", ()), head.get("uses", ()), head.get("table", ()))


def tables(packs: PackSet, on: date, days: tuple[date, date]) -> tuple[Table, ...]:
    """Return the small tables that plans read, from the packs as of a day.

    Args:
        packs: the packs, with the indicator pack.
        on: the day thresholds are taken from.
        days: the first and last day of the items, for the calendar.
    """
    pack = packs.indicators
    assert pack is not None
    places = sorted(
        {place for members in packs.groups.values() for place in members}
        | set(pack.places)
        | pack.hubs
        | pack.neighbours
    )
    text = "VARCHAR"
    return (
        Table(
            "limits",
            (("destination", text), ("name", text), ("limit_eur", "DOUBLE")),
            tuple((place, name, eur) for place in places for name, eur in pack.limits_for(place, on, packs.groups)),
        ),
        Table("tiers", (("hs6", text), ("tier", text)), tuple(sorted(_tiers(packs).items()))),
        _places("hubs", pack.hubs),
        _places("embargoed", pack.embargoed(packs.groups)),
        _places("neighbours", pack.neighbours),
        _places("makers", pack.makers(packs.groups)),
        Table(
            "kit_parts",
            (("kit", text), ("part", text), ("concept", text), ("hs4", text)),
            tuple(
                row
                for kit in pack.kits
                for part in kit.parts
                for row in (
                    *((kit.id, part.part, concept, "") for concept in sorted(part.concepts)),
                    *((kit.id, part.part, "", hs4) for hs4 in sorted(part.hs4)),
                )
            ),
        ),
        Table(
            "industries",
            (("industry", text), ("hs4", text)),
            tuple((i.name, hs4) for i in pack.industries for hs4 in sorted(i.hs4)),
        ),
        Table(
            "industry_places",
            (("industry", text), ("place", text)),
            tuple((i.name, place) for i in pack.industries for place in sorted(i.members)),
        ),
        Table("unfit_divisions", (("division", text),), tuple((d,) for d in sorted(pack.unfit_divisions))),
        Table(
            "allowed",
            (("kind", text), ("key", "BIGINT"), ("reason", text)),
            tuple((a.kind, int(a.key), a.reason) for a in pack.allowed if a.key and on <= a.expires),
        ),
        Table("season", (("day", "DATE"), ("kind", text)), tuple(_season(pack, *days))),
    )


def _places(name: str, members: frozenset[str]) -> Table:
    return Table(name, (("place", "VARCHAR"),), tuple((place,) for place in sorted(members)))


def _tiers(packs: PackSet) -> dict[str, str]:
    """Return the tier of every six-digit code of the Common High Priority List."""
    return {
        code[:6]: entry.id
        for entry in packs.entries
        if entry.list == PRIORITY_LIST
        for paragraph in entry.paragraphs
        for code in paragraph.codes
    }


def _season(pack: Indicators, first: date, last: date) -> list[tuple[date, str]]:
    days = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return [(day, kind) for day in days for kind in ("gifts", "sales") if pack.is_season(day, kind)]


def values(pack: Indicators, code: str, on: date, jurisdiction: str = ANYWHERE) -> dict[str, float | str]:
    """Return the thresholds of an indicator as values to bind: numbers, or ISO dates where the unit is date."""
    rule = pack.rules[code]
    found: dict[str, float | str] = {}
    for name in dict.fromkeys(threshold.name for threshold in rule.thresholds):
        threshold = rule.threshold(name, on, jurisdiction) or rule.threshold(name, on, "us")
        if threshold is not None:
            found[name] = threshold.value if threshold.unit == "date" else float(threshold.value)
    if "limit_usd" in found:
        found["limit_eur"] = float(found["limit_usd"]) * float(pack.rates.get("USD", 1))
    return found


__all__ = ["RESERVED", "Plan", "Table", "plans", "shared_plans", "tables", "values"]
