"""Read the indicator pack: one file per indicator, one per table, one for scoring. Every number is text until typed here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from tidewaiter.model import Problem
from tidewaiter.packs.indicators import (
    ANYWHERE,
    Allowed,
    IndicatorRule,
    Indicators,
    Industry,
    Kit,
    KitPart,
    Limit,
    Threshold,
    Week,
)
from tidewaiter.packs.load_language import STATUSES, read_references
from tidewaiter.packs.reader import Fields
from tidewaiter.packs.types import PackInfo

RUNS = ("live", "nightly", "sample")
FAMILIES = "ABCDEFGHI"
ALLOWED_KINDS = ("address-words", "address-key", "phone-key", "email-key", "handle-key", "entity")
_ABOUT = {"title", "dated", "status", "basis", "note", "references", "summary"}


@dataclass
class IndicatorFiles:
    """What was gathered from the files of indicator packs."""

    pack: PackInfo | None = None
    rules: dict[str, IndicatorRule] = field(default_factory=dict)
    parts: dict[str, Any] = field(default_factory=dict)

    def built(self) -> Indicators | None:
        """Return the pack, or None where no file of one was read."""
        return None if self.pack is None else Indicators(self.pack, self.rules, **self.parts)


def read_indicator_file(fields: Fields, pack: PackInfo, into: IndicatorFiles) -> None:
    """Read one file of an indicator pack into what was gathered."""
    into.pack = pack
    node = fields.node
    if "indicator" in node:
        rule = _rule(fields)
        if rule.code in into.rules:
            fields.problem(
                f"{rule.code!r} is defined twice", "indicator", hint=f"first in {into.rules[rule.code].source}"
            )
        into.rules[rule.code] = rule
    elif "scoring" in node:
        into.parts.update(_scoring(fields))
    elif "table" in node:
        _table(fields, into)
    else:
        fields.problem("neither indicator, table nor scoring", hint="the first key names what the file is")


def number(fields: Fields, name: str, default: Decimal | None = None) -> Decimal | None:
    """Take a decimal number."""
    text = fields.text(name)
    if not text:
        return default
    try:
        return Decimal(text)
    except InvalidOperation:
        fields.problem("not a number", name, read=text)
        return default


def _rule(fields: Fields) -> IndicatorRule:
    code = fields.text("indicator", required=True)
    dated = fields.day("dated", required=True)
    weight = fields.sub("weight") or Fields(None, fields.file, fields.problems, "weight")
    points = weight.integer("points", 0) or 0
    per_bit = weight.integer("per_bit", 0) or 0
    most = weight.integer("most", points) or points
    basis = weight.text("basis", "estimate")
    weight.done()
    rule = IndicatorRule(
        code,
        fields.integer("number", 0) or 0,
        fields.choice("family", FAMILIES, required=True),
        fields.text("title", required=True),
        fields.text("says", required=True),
        fields.texts("needs"),
        fields.texts("runs"),
        points,
        per_bit,
        most,
        basis,
        dated,
        fields.choice("status", STATUSES, "draft"),
        tuple(_threshold(sub, dated) for sub in fields.subs("thresholds")),
        fields.texts("false_positives"),
        fields.text("ask"),
        read_references(fields),
        fields.text("note"),
        f"{fields.file}:{fields.node.line}",
    )
    for where in rule.runs:
        if where not in RUNS:
            fields.problem("not one of the allowed values", "runs", read=where, expected=" | ".join(RUNS))
    fields.done()
    return rule


def _threshold(sub: Fields, dated: date | None) -> Threshold:
    value = sub.text("value", required=True)
    try:
        float(value)
    except ValueError:
        if sub.text("unit") != "date":
            sub.problem("not a number", "value", read=value, hint="a date has the unit date")
    found = Threshold(
        sub.text("name", required=True),
        value,
        sub.text("unit"),
        sub.text("jurisdiction", ANYWHERE),
        sub.day("from"),
        sub.day("to"),
        sub.flag("published"),
        sub.text("basis", "estimate"),
        sub.choice("status", STATUSES, "draft"),
        sub.text("note"),
        sub.day("dated") or dated,
    )
    if found.published and found.basis == "estimate":
        sub.problem("a published value names where it is published", "basis")
    sub.done()
    return found


def _scoring(fields: Fields) -> dict[str, Any]:
    families = fields.sub("families")
    found: dict[str, Any] = {
        "family_cap": fields.integer("family_cap", 600),
        "soft_share": float(number(fields, "soft_share", Decimal("0.5")) or 0),
        "review_line": fields.integer("review_line", 600),
        "link_half_life_days": float(number(fields, "link_half_life_days", Decimal(45)) or 45),
        "link_full_score": fields.integer("link_full_score", 6000),
        "families": {name: families.text(name) for name in families.node} if families is not None else {},
    }
    fields.taken |= _ABOUT | {"scoring"}
    fields.done()
    return found


def _table(fields: Fields, into: IndicatorFiles) -> None:
    name = fields.text("table", required=True)
    reader = _TABLES.get(name)
    if reader is None:
        fields.problem("no such table", "table", read=name, expected=" | ".join(sorted(_TABLES)))
        return
    into.parts.update(reader(fields))
    fields.taken |= _ABOUT
    fields.done()


def _hubs(fields: Fields) -> Mapping[str, Any]:
    makers = fields.sub("makers") or Fields(None, fields.file, fields.problems, "makers")
    found = {
        "hubs": frozenset(fields.texts("members")),
        "hubs_dated": fields.day("dated"),
        "maker_groups": makers.texts("groups"),
        "maker_members": makers.texts("members"),
    }
    makers.done()
    return found


def _embargoed(fields: Fields) -> Mapping[str, Any]:
    return {"embargoed_groups": fields.texts("groups"), "neighbours": frozenset(fields.texts("neighbours"))}


def _limits(fields: Fields) -> Mapping[str, Any]:
    rows = []
    for sub in fields.subs("rows"):
        rows.append(
            Limit(
                sub.text("name", required=True),
                number(sub, "amount") or Decimal(0),
                sub.text("currency", required=True),
                sub.text("jurisdiction", ANYWHERE),
                sub.day("from"),
                sub.day("to"),
                sub.text("basis", "estimate"),
                sub.choice("status", STATUSES, "draft"),
            )
        )
        sub.done()
    return {"limits": tuple(rows)}


def _rates(fields: Fields) -> Mapping[str, Any]:
    sub = fields.sub("eur")
    rates = {code: number(sub, code) for code in sub.node} if sub is not None else {}
    return {
        "rates": {code: rate for code, rate in rates.items() if rate is not None},
        "rates_dated": fields.day("dated"),
    }


def _kits(fields: Fields) -> Mapping[str, Any]:
    kits = []
    for sub in fields.subs("kits"):
        parts = []
        for part in sub.subs("parts"):
            parts.append(
                KitPart(
                    part.text("part", required=True), frozenset(part.texts("concepts")), frozenset(part.texts("hs4"))
                )
            )
            part.done()
        kits.append(Kit(sub.text("kit", required=True), sub.text("title", required=True), tuple(parts)))
        sub.done()
    return {"kits": tuple(kits)}


def _all_words(fields: Fields) -> Mapping[str, Any]:
    group = fields.sub("words")
    found: dict[str, tuple[str, ...]] = {}
    if group is not None:
        for kind in group.node:
            found[kind] = tuple(dict.fromkeys(w for words in group.languages(kind).values() for w in words))
    return {"words": found}


def _allow(fields: Fields) -> Mapping[str, Any]:
    entries = []
    for sub in fields.subs("entries"):
        expires = sub.day("expires", required=True)
        words = tuple(dict.fromkeys(w for texts in sub.languages("words").values() for w in texts))
        entry = Allowed(
            sub.choice("kind", ALLOWED_KINDS, required=True),
            sub.text("class"),
            words,
            sub.text("key"),
            sub.text("reason", required=True),
            expires or date.min,
        )
        if (entry.kind == "address-words") == (not words):
            sub.problem("address-words lists words, every other kind a key", "kind")
        if entry.kind != "address-words" and not entry.key.lstrip("-").isdigit():
            sub.problem("not a number of the history", "key", read=entry.key)
        entries.append(entry)
        sub.done()
    return {"allowed": tuple(entries)}


def _calendar(fields: Fields) -> Mapping[str, Any]:
    weeks = []
    for sub in fields.subs("weeks"):
        ends = []
        for name in ("from", "to"):
            text = sub.text(name, required=True)
            try:
                month, day = (int(part) for part in text.split("-"))
                date(2024, month, day)
                ends.append((month, day))
            except ValueError:
                sub.problem("not a month and day", name, read=text, expected="MM-DD")
                ends.append((1, 1))
        weeks.append(Week(sub.text("name"), ends[0], ends[1], sub.choice("kind", ("gifts", "sales"), required=True)))
        sub.done()
    return {"weeks": tuple(weeks)}


def _industry(fields: Fields) -> Mapping[str, Any]:
    found = []
    for sub in fields.subs("industries"):
        found.append(
            Industry(
                sub.text("industry", required=True),
                frozenset(sub.texts("hs4")),
                frozenset(sub.texts("concepts")),
                frozenset(sub.texts("members")),
            )
        )
        sub.done()
    return {"industries": tuple(found)}


def _business(fields: Fields) -> Mapping[str, Any]:
    return {"unfit_divisions": frozenset(fields.texts("divisions"))}


def _places(fields: Fields) -> Mapping[str, Any]:
    sub = fields.sub("degrees")
    found = {}
    for code in sub.node if sub is not None else ():
        text = sub.text(code) if sub is not None else ""
        try:
            north, east = (float(part) for part in text.split())
            found[code] = (north, east)
        except ValueError:
            fields.problem("not two numbers", f"degrees.{code}", read=text, expected="degrees north and east")
    return {"places": found}


_TABLES = {
    "hubs": _hubs,
    "embargoed": _embargoed,
    "limits": _limits,
    "rates": _rates,
    "kits": _kits,
    "words": _all_words,
    "allow": _allow,
    "calendar": _calendar,
    "industry": _industry,
    "business": _business,
    "places": _places,
}


def lint_indicators(
    indicators: Indicators | None, concepts: Mapping[str, object], groups: Mapping[str, object]
) -> Iterable[Problem]:
    """Yield what no single file can see: numbers twice, weights without sense, names that lead nowhere."""
    if indicators is None:
        return
    seen: dict[int, str] = {}
    for rule in indicators.rules.values():
        file, _, line = rule.source.rpartition(":")

        def problem(message: str, read: str, file: str = file, line: str = line) -> Problem:
            return Problem("pack.lint", message, "error", file, int(line), read=read)

        if rule.number and rule.number in seen:
            yield problem("two indicators have one number", f"{rule.number}: {seen[rule.number]} and {rule.code}")
        seen[rule.number] = rule.code
        if rule.most < rule.points or rule.most > indicators.family_cap:
            yield problem("the most points lie between the points and the family cap", str(rule.most))
        if rule.points and not rule.ask:
            yield problem("an indicator that counts says what to ask", rule.code)
        if not rule.references:
            yield problem("an indicator says where it comes from", rule.code)
        if rule.per_bit and any(t.name == "bits_least" and float(t.value) < 1 for t in rule.thresholds):
            yield problem("a surprise below one bit is none", rule.code)
    where = f"{indicators.pack.id}/tables"
    for kit in indicators.kits:
        for part in kit.parts:
            for concept in part.concepts:
                if concepts and concept not in concepts:
                    yield Problem("pack.lint", "names a concept that does not exist", "error", where, read=concept)
    for industry in indicators.industries:
        for concept in industry.concepts:
            if concepts and concept not in concepts:
                yield Problem("pack.lint", "names a concept that does not exist", "error", where, read=concept)
    for name in indicators.embargoed_groups:
        if groups and name not in groups:
            yield Problem("pack.lint", "names a group that does not exist", "error", where, read=name)
