"""What the ledger of reports takes from data: rules of grades, names of origins, cues of texts, words for groups of persons.

Read from `packs/report-ledger/*.yaml`. It is no part of a `PackSet`: no screening depends on it, so no screening names its version.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import get_args

from tidewaiter.model import PackError, Problem
from tidewaiter.model.claims import Modality, PassageKind, Polarity, Predicate, SpeakerType
from tidewaiter.packs.reader import Fields
from tidewaiter.packs.yamlio import Map, Seq, Text, read

LETTERS = "ABCDEF"
DIGITS = "123456"
SPEAKERS = (*get_args(SpeakerType), "own-voice")
_NO_ONE_BODY = frozenset({"authorities", "government", "post", "military"})
_YES_NO = ("yes", "no")


@dataclass(frozen=True, slots=True)
class GradeRule:
    """One stated rule: when it fits (every condition given must), what it gives or caps, why, and what would raise the grade."""

    id: str
    when: Mapping[str, tuple[str, ...]]
    because: str
    raise_by: str
    reliability: str = ""
    credibility: int = 0
    reliability_at_best: str = ""
    credibility_at_best: int = 0
    credibility_lift: int = 0
    source: str = ""


@dataclass(frozen=True, slots=True)
class LedgerRules:
    """The data of the ledger. `origins` maps another spelling to the name; `outlets` list name → keys; cues and groups by
    language; `goods_words` are everyday nouns with the kinds they may mean; `bodies` are authorities and courts with their patterns by language."""

    rules: tuple[GradeRule, ...] = ()
    outlets: Mapping[str, frozenset[str]] = field(default_factory=dict)
    unknown_reliability: str = ""
    unknown_credibility: str = ""
    origins: Mapping[str, str] = field(default_factory=dict)
    another_case: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    corrects: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    including: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    worth: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    nobody: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    groups: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    goods_words: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...] = ()
    bodies: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)
    wider: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    channels: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    own_reporting: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    still_held: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    lawyers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    version: str = ""


def read_ledger_rules(folder: Path) -> LedgerRules:
    """Read the data of the ledger under a folder of packs.

    Raises:
        PackError: a file does not load; every problem is listed.
    """
    problems: list[Problem] = []
    parts: dict[str, object] = {}
    for name, reader in (("grades", _grades), ("upstreams", _upstreams), ("cues", _cues), ("groups", _groups)):
        path = folder / "report-ledger" / f"{name}.yaml"
        node, found = read(path, f"{folder.name}/report-ledger/{name}.yaml")
        problems.extend(found)
        if node is not None:
            fields = Fields(node, f"{folder.name}/report-ledger/{name}.yaml", problems)
            parts["version"] = max(str(parts.get("version", "")), fields.text("version", required=True))
            parts.update(reader(fields))
            fields.taken |= {"title", "status", "references"}
            fields.done()
    if problems:
        raise PackError(f"{len(problems)} problem(s) in {folder}/report-ledger", problems)
    rules = LedgerRules(**parts)  # type: ignore[arg-type]
    who = folder / "report-words" / "who"
    rules = replace(rules, bodies=_bodies(who), lawyers=_lawyers(who))
    return _with_outlets(rules, folder / "report-words" / "outlets.yaml")


def _bodies(folder: Path) -> dict[str, dict[str, tuple[str, ...]]]:
    """Return the authorities and courts that the reading of reports knows by language; those that name no one body are left out."""
    found: dict[str, dict[str, tuple[str, ...]]] = {}
    for path in sorted(folder.glob("*.yaml")):
        node, _ = read(path)
        for group in ("bodies", "court"):
            rows = node.get(group) if isinstance(node, Map) else None
            for key, patterns in rows.items() if isinstance(rows, Map) else ():
                if key not in _NO_ONE_BODY and isinstance(patterns, Seq):
                    found.setdefault(path.stem, {})[key] = tuple(map(str, patterns))
    return found


def _lawyers(folder: Path) -> dict[str, tuple[str, ...]]:
    """Return the words for lawyers that the reading of reports knows by language."""
    found: dict[str, tuple[str, ...]] = {}
    for path in sorted(folder.glob("*.yaml")):
        node, _ = read(path)
        roles = node.get("roles") if isinstance(node, Map) else None
        row = roles.get("lawyer") if isinstance(roles, Map) else None
        if isinstance(row, Seq):
            found[path.stem] = tuple(map(str, row))
    return found


def _with_outlets(rules: LedgerRules, path: Path) -> LedgerRules:
    """Add the names of the outlets that the reading of reports knows, and which of them are agencies or close to a government.

    Its own loader checks that file; here it is only looked at, and a ledger works without it.
    """
    node, _ = read(path) if path.exists() else (None, [])
    rows = node.get("outlets") if isinstance(node, Map) else None
    origins = dict(rules.origins)
    lists = {name: set(keys) for name, keys in rules.outlets.items()}
    for row in rows if isinstance(rows, Seq) else ():
        if not isinstance(row, Map) or not isinstance(row.get("key"), Text):
            continue
        key, names = str(row["key"]), row.get("names")
        for other in (key, *(names if isinstance(names, Seq) else ())):
            origins[str(other).casefold()] = rules.origins.get(str(other).casefold(), key)
        for wanted, listed in ((row.get("close_to"), "state-close"), (row.get("kind") == "agency", "agency")):
            if wanted and listed in lists:
                lists[listed].add(key)
    return replace(rules, origins=origins, outlets={name: frozenset(keys) for name, keys in lists.items()})


def _grades(fields: Fields) -> dict[str, object]:
    outlets: dict[str, frozenset[str]] = {}
    group = fields.sub("outlets")
    for name in group.node if group is not None else ():
        row = group.sub(name) if group is not None else None
        if row is not None:
            outlets[name] = frozenset(row.texts("keys"))
            row.text("note")
            row.done()
    rules = tuple(_rule(row, outlets) for row in fields.subs("rules"))
    return {
        "rules": rules,
        "outlets": outlets,
        "unknown_reliability": fields.text("unknown_reliability", required=True),
        "unknown_credibility": fields.text("unknown_credibility", required=True),
    }


def _rule(row: Fields, outlets: Mapping[str, frozenset[str]]) -> GradeRule:
    allowed: dict[str, tuple[str, ...]] = {
        "speaker": SPEAKERS,
        "named": _YES_NO,
        "through": tuple(outlets),
        "passage": get_args(PassageKind),
        "modality": get_args(Modality),
        "polarity": get_args(Polarity),
        "predicate": tuple(p.value for p in Predicate),
        "byline": (),
        "upstreams": ("2", "3"),
        "upstreams_below": ("2", "3"),
        "upstream": ("known", "unknown"),
        "conflict": _YES_NO,
    }
    when: dict[str, tuple[str, ...]] = {}
    sub = row.sub("when")
    for name in sub.node if sub is not None else ():
        if sub is None or name not in allowed:
            row.problem("not a condition of a grade", f"when.{name}", expected=" | ".join(allowed))
            continue
        when[name] = sub.texts(name)
        for value in when[name]:
            if allowed[name] and value not in allowed[name]:
                sub.problem("not one of the allowed values", name, read=value, expected=" | ".join(allowed[name]))
    rule = GradeRule(
        row.text("id", required=True),
        when,
        row.text("because", required=True),
        row.text("raise_by"),
        row.choice("reliability", LETTERS),
        int(row.choice("credibility", DIGITS) or 0),
        row.choice("reliability_at_best", LETTERS),
        int(row.choice("credibility_at_best", DIGITS) or 0),
        int(row.choice("credibility_lift", "2345") or 0),
        f"{row.file}:{row.node.line}",
    )
    if rule.credibility == 1:
        row.problem("a suggestion never says that a claim is confirmed; only a person does", "credibility", read="1")
    row.done()
    return rule


def _upstreams(fields: Fields) -> dict[str, object]:
    origins: dict[str, str] = {}
    for name, others in fields.languages("upstreams").items():
        for other in (name, *others):
            if origins.setdefault(other.casefold(), name) != name:
                fields.problem("stands for two origins", f"upstreams.{name}", read=other)
    return {"origins": origins, "wider": fields.languages("wider")}


def _cues(fields: Fields) -> dict[str, object]:
    words = []
    for row in fields.subs("goods_words"):
        words.append((row.texts("words"), row.texts("concepts")))
        row.done()
    lists = {
        name: fields.languages(name)
        for name in (
            "another_case",
            "corrects",
            "including",
            "worth",
            "nobody",
            "channels",
            "own_reporting",
            "still_held",
        )
    }
    return {**lists, "goods_words": tuple(words)}


def _groups(fields: Fields) -> dict[str, object]:
    return {"groups": fields.languages("groups")}
