"""Load a folder of packs into a `PackSet`, collecting every problem with file and line before failing once."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path

from tidewaiter.model import PackError, Problem
from tidewaiter.packs.boilerplate import read_boilerplate
from tidewaiter.packs.evaluate import Definition
from tidewaiter.packs.load_indicators import IndicatorFiles, read_indicator_file
from tidewaiter.packs.load_language import STATUSES, read_concept, read_parameters, read_scale
from tidewaiter.packs.load_law import (
    read_chart,
    read_definition,
    read_entry,
    read_groups,
    read_outline,
    read_requirement,
    read_rule,
)
from tidewaiter.packs.load_linking import LinkingParts, read_linking
from tidewaiter.packs.load_numbers import read_numbers
from tidewaiter.packs.load_questions import QuestionTables, read_questions
from tidewaiter.packs.load_report_words import read_report_words
from tidewaiter.packs.load_tables import read_description, read_grammar, read_policy
from tidewaiter.packs.load_words import MoreWords, read_more_words, with_more_words
from tidewaiter.packs.nomenclature import OrdinaryGoods, read_nomenclature
from tidewaiter.packs.reader import Fields
from tidewaiter.packs.report_words import ReportWords
from tidewaiter.packs.types import (
    Case,
    Concept,
    DescriptionRules,
    Entry,
    Grammar,
    PackInfo,
    PackSet,
    Parameter,
    Policy,
    Reference,
    Requirement,
    Rule,
    Scale,
)
from tidewaiter.packs.yamlio import Map, Seq, read
from tidewaiter.text.numerals import NumberWords

KINDS = (
    "concepts", "control-list", "licensing", "scales", "grammar", "description", "policy", "linking", "indicators", "report-words",
)  # fmt: skip


@dataclass
class _Bag:
    """Everything gathered while files are read."""

    problems: list[Problem] = field(default_factory=list)
    infos: list[PackInfo] = field(default_factory=list)
    concepts: dict[str, Concept] = field(default_factory=dict)
    more: list[MoreWords] = field(default_factory=list)
    common: list[Parameter] = field(default_factory=list)
    scales: dict[str, Scale] = field(default_factory=dict)
    entries: list[Entry] = field(default_factory=list)
    outlined: list[Entry] = field(default_factory=list)
    definitions: dict[str, Definition] = field(default_factory=dict)
    rules: list[Rule] = field(default_factory=list)
    requirements: dict[str, Requirement] = field(default_factory=dict)
    groups: dict[str, frozenset[str]] = field(default_factory=dict)
    chart: dict[str, frozenset[str]] = field(default_factory=dict)
    chart_reference: Reference = field(default_factory=Reference)
    grammar: Grammar | None = None
    numbers: list[NumberWords] = field(default_factory=list)
    linking: LinkingParts = field(default_factory=LinkingParts)
    description: DescriptionRules | None = None
    policy: Policy | None = None
    questions: QuestionTables = field(default_factory=QuestionTables)
    cases: list[Case] = field(default_factory=list)
    ordinary: tuple[OrdinaryGoods, ...] = ()
    indicators: IndicatorFiles = field(default_factory=IndicatorFiles)
    report_words: dict[str, ReportWords] = field(default_factory=dict)

    def pack_set(self) -> PackSet:
        return PackSet(
            tuple(sorted(self.infos, key=lambda info: info.id)),
            with_more_words(self.concepts, self.more, self.problems),
            tuple(self.common),
            self.scales,
            (*self.entries, *self._only_outlined()),
            self.definitions,
            tuple(self.rules),
            self.requirements,
            self.groups,
            self.chart,
            self.chart_reference,
            self.grammar,
            self.description,
            self.policy,
            self.questions.questions,
            tuple(self.cases),
            self.ordinary,
            tuple(self.numbers),
            self.linking.whole(self.problems),
            self.indicators.built(),
            self.questions.answers,
            self.questions.sources,
            self.report_words,
        )

    def _only_outlined(self) -> list[Entry]:
        """The rows of the outlines whose entry has no file of its own."""
        encoded = {(entry.list, entry.id) for entry in self.entries}
        return [entry for entry in self.outlined if (entry.list, entry.id) not in encoded]


def load(folder: Path, *, with_cases: bool = False) -> PackSet:
    """Load every pack under a folder.

    Args:
        folder: a folder that holds pack folders, or one pack folder.
        with_cases: also read the cases beside the files.

    Raises:
        PackError: anything does not load; `problems` lists all of it.
    """
    packs, problems = load_with_problems(folder, with_cases=with_cases)
    errors = [problem for problem in problems if problem.severity == "error"]
    if errors:
        raise PackError(f"{len(errors)} problem(s) in the packs of {folder}", errors)
    return packs


def load_with_problems(folder: Path, *, with_cases: bool = True) -> tuple[PackSet, list[Problem]]:
    """Load every pack under a folder and return what could be read with every problem found."""
    bag = _Bag()
    heads = sorted(folder.glob("pack.yaml")) + sorted(folder.glob("*/pack.yaml"))
    if not heads:
        bag.problems.append(Problem("pack.none", "no pack.yaml found here", "error", str(folder)))
    for head in heads:
        _load_pack(head, folder, bag, with_cases)
    bag.ordinary, problems = read_nomenclature(folder)
    bag.problems.extend(problems)
    return bag.pack_set(), bag.problems


def _shown(path: Path, folder: Path) -> str:
    """Return the path as shown in messages: from the folder's own name on, the same wherever the checkout lies."""
    return f"{folder.name}/{path.relative_to(folder).as_posix()}"


def _load_pack(head: Path, folder: Path, bag: _Bag, with_cases: bool) -> None:
    node, problems = read(head, _shown(head, folder))
    bag.problems.extend(problems)
    if node is None:
        return
    info = _read_info(Fields(node, _shown(head, folder), bag.problems))
    files = sorted(path for path in head.parent.rglob("*.yaml") if path != head)
    digest = hashlib.sha256()
    for path in [head, *files]:
        digest.update(path.relative_to(head.parent).as_posix().encode())
        digest.update(path.read_bytes())
    info = replace(info, sha256=digest.hexdigest(), path=str(head.parent))
    bag.infos.append(info)
    for path in files:
        _load_file(path, _shown(path, folder), info, bag, with_cases)
    _check_expected(info, bag)


def _read_info(fields: Fields) -> PackInfo:
    expect_min = expect_max = None
    expect = fields.sub("expect")
    if expect is not None:
        for name in expect.node:
            bounds = expect.sub(name)
            if bounds is not None:
                expect_min, expect_max = bounds.integer("min"), bounds.integer("max")
    info = PackInfo(
        fields.text("pack", required=True),
        fields.choice("kind", KINDS, required=True),
        fields.text("title", required=True),
        fields.text("version", required=True),
        fields.choice("status", STATUSES, "draft"),
        fields.text("jurisdiction"),
        fields.text("instrument"),
        fields.day("as_of"),
        fields.integer("stale_after_days"),
        fields.texts("not_modelled"),
        expect_min=expect_min,
        expect_max=expect_max,
    )
    fields.taken |= {"sources", "licence", "note", "notes", "references", "engine_min", "summary", "regime"}
    fields.done()
    return info


def _load_file(path: Path, shown: str, info: PackInfo, bag: _Bag, with_cases: bool) -> None:
    is_cases = path.name.endswith(".cases.yaml")
    if is_cases and not with_cases:
        return
    node, problems = read(path, shown)
    bag.problems.extend(problems)
    if node is None:
        return
    if is_cases:
        bag.cases.extend(_read_cases(node, shown, bag.problems))
        return
    if not isinstance(node, Map):
        bag.problems.append(Problem("pack.schema", "expected a mapping", "error", shown, 1))
        return
    fields = Fields(node, shown, bag.problems)
    _read_into(fields, info, bag)


def _read_into(fields: Fields, info: PackInfo, bag: _Bag) -> None:
    node = fields.node
    if info.kind == "indicators":
        read_indicator_file(fields, info, bag.indicators)
    elif info.kind == "report-words" and "boilerplate" in node:
        read_boilerplate(node, fields.file, bag.problems)  # checked here, used by `service.reports.words` alone
        return
    elif info.kind == "report-words":
        if (
            "report_words" not in node
        ):  # who speaks, outlets and places: `load_report_who` and `load_gazetteer` read those
            return
        _unique(bag.report_words, (words := read_report_words(fields)).language, words, fields)
    elif "words" in node and info.kind == "concepts":
        bag.more.append(read_more_words(fields))
    elif "concept" in node:
        _unique(bag.concepts, (concept := read_concept(fields)).id, concept, fields)
    elif "scale" in node:
        _unique(bag.scales, (scale := read_scale(fields)).id, scale, fields)
    elif "outline" in node:
        bag.outlined.extend(read_outline(fields, info))
    elif "entry" in node:
        bag.entries.append(read_entry(fields, info))
    elif "definition" in node:
        _unique(bag.definitions, (definition := read_definition(fields)).id, definition, fields)
    elif "rule" in node:
        bag.rules.append(read_rule(fields, info))
    elif "requirements" in node:
        _unique(bag.requirements, (requirement := read_requirement(fields)).entry, requirement, fields)
    elif "groups" in node:
        bag.groups.update(read_groups(fields))
    elif "columns" in node:
        bag.chart, bag.chart_reference = read_chart(fields)
    elif ("questions" in node or "answers" in node) and info.kind == "policy":
        read_questions(fields, bag.questions)
    elif "numbers" in node and info.kind == "grammar":
        bag.numbers.append(read_numbers(fields))
    elif info.kind == "linking":
        read_linking(fields, info, bag.linking)
    elif info.kind == "grammar":
        bag.grammar = read_grammar(fields, info)
    elif info.kind == "description":
        bag.description = read_description(fields, info)
    elif info.kind == "policy":
        bag.policy = read_policy(fields, info)
    elif "parameters" in node:
        bag.common.extend(read_parameters(fields))
    else:
        fields.problem(
            "this file says nothing the loader knows",
            hint="a first key such as concept, entry, rule or scale names its kind",
        )


def _unique(found: dict[str, object] | dict, key: str, value: object, fields: Fields) -> None:  # type: ignore[type-arg]
    if key in found:
        fields.problem(
            f"{key!r} is defined twice", line=fields.node.line, hint=f"first in {getattr(found[key], 'source', '?')}"
        )
    found[key] = value


def _read_cases(node: object, shown: str, problems: list[Problem]) -> Iterable[Case]:
    if not isinstance(node, Seq):
        problems.append(Problem("pack.schema", "expected a list of cases", "error", shown, 1))
        return
    for index, item in enumerate(node):
        fields = Fields(item, shown, problems, f"[{index}]")
        name = fields.text("name", required=True)
        goods = _plain(fields.raw("goods")) if "goods" in fields.node else {}
        if "report" in fields.node:
            language = shown.rsplit("/", 1)[-1].split(".")[0]
            goods = {
                "report": fields.text("report"),
                "published": fields.text("published"),
                "language": fields.text("language", language),
            }
        route = _plain(fields.raw("route")) if "route" in fields.node else {}
        expect = _plain(fields.raw("expect")) if "expect" in fields.node else {}
        if not expect:
            fields.problem("a case says what it expects", "expect")
        case = Case(name, fields.day("on"), goods, route, expect, shown, fields.node.line)  # type: ignore[arg-type]
        fields.taken.add("note")
        fields.done()
        yield case


def _plain(node: object) -> object:
    """Return text-only YAML as plain dicts, lists and strings."""
    if isinstance(node, Map):
        return {key: _plain(value) for key, value in node.items()}
    if isinstance(node, Seq):
        return [_plain(value) for value in node]
    return str(node)


def _check_expected(info: PackInfo, bag: _Bag) -> None:
    if info.expect_min is None and info.expect_max is None:
        return
    counts = {
        "control-list": len({entry.id for entry in (*bag.entries, *bag.outlined) if entry.pack.id == info.id}),
        "concepts": len(bag.concepts),
        "indicators": len(bag.indicators.rules),
        "licensing": sum(1 for rule in bag.rules if rule.pack.id == info.id),
    }
    count = counts.get(info.kind)
    if count is None:
        return
    low, high = info.expect_min or 0, info.expect_max if info.expect_max is not None else count
    if not low <= count <= high:
        bag.problems.append(
            Problem(
                "pack.expect",
                "the number of entries is not what the pack expects",
                "error",
                f"{info.id}/pack.yaml",
                read=str(count),
                expected=f"{low} to {high}",
            )
        )
