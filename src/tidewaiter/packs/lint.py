"""Checks over a whole pack set that no single file can see: names that lead nowhere, cycles, missing cases and words."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from tidewaiter.model import Problem
from tidewaiter.packs.conditions import Condition
from tidewaiter.packs.lint_questions import lint_questions
from tidewaiter.packs.load_indicators import lint_indicators
from tidewaiter.packs.load_numbers import lint_numbers
from tidewaiter.packs.reader import FORBIDDEN_FACTS
from tidewaiter.packs.types import Entry, PackSet
from tidewaiter.packs.wording import LANGUAGES

MIN_CASES = 3
KNOWN_FACTS = {
    "nature", "consignee-type", "end-use", "carried-by-user", "mode", "contract-date", "licence-stated", "told-by-authority",
    "quantity", "for.military", "unreadable",
}  # fmt: skip


def lint(packs: PackSet, on: date | None = None) -> list[Problem]:
    """Return every problem found across the packs. `error` fails; `warning` is worth a look.

    Args:
        packs: The packs.
        on: A fact that only law of before this day reads needs no question; None: every fact needs one.
    """
    problems: list[Problem] = []
    problems.extend(_concepts(packs))
    problems.extend(_entries(packs))
    problems.extend(_rules(packs))
    problems.extend(_cases(packs))
    problems.extend(lint_numbers(packs.numbers))
    problems.extend(lint_questions(packs, on))
    problems.extend(lint_indicators(packs.indicators, packs.concepts, packs.groups))
    return problems


def _problem(message: str, source: str, severity: str = "error", read: str = "", hint: str = "") -> Problem:
    file, _, line = source.rpartition(":")
    return Problem(
        "pack.lint", message, severity, file or source, int(line) if line.isdigit() else None, read=read, hint=hint
    )


def _concepts(packs: PackSet) -> Iterable[Problem]:
    for concept in packs.concepts.values():
        for other in (concept.broader, *concept.confused_with, *concept.exclusive_with):
            if other and other not in packs.concepts:
                yield _problem(
                    "names a concept that does not exist",
                    concept.source,
                    "error" if other == concept.broader else "warning",
                    other,
                )
        if len(packs.parents(concept.id)) > 6:
            yield _problem("the chain of broader concepts is too long or circular", concept.source)
        for language in LANGUAGES:
            if not concept.strong.get(language) and not concept.weak.get(language):
                yield _problem(f"has no name in {language}", concept.source, "warning", concept.id)
        for language, names in concept.strong.items():
            for name in names:
                if not any(char.isalpha() for char in name):
                    hint = 'a name with a comma is quoted: "2,2\'-dichloro…"'
                    yield _problem(f"a number alone names nothing ({language})", concept.source, read=name, hint=hint)
        for parameter in concept.parameters:
            if parameter.scale and parameter.scale not in packs.scales:
                yield _problem("names a scale that does not exist", parameter.source, read=parameter.scale)
        known = {p.name for p in concept.parameters} | {p.name for p in packs.common_parameters}
        for parent in packs.parents(concept.id)[1:]:
            found = packs.concepts.get(parent)
            known |= {p.name for p in found.parameters} if found is not None else set()
        for model in concept.models:
            for name, _ in model.gives:
                if name not in known:
                    yield _problem(
                        "a designator gives a parameter the concept does not have", model.source, "warning", name
                    )


def conditions_in(packs: PackSet) -> Iterable[tuple[Condition, str]]:
    """Yield every condition of the law packs with the source of the file it stands in."""
    for entry in packs.entries:
        yield entry.chapeau, entry.source
        for paragraph in entry.paragraphs:
            yield paragraph.when, paragraph.source
        for note in entry.notes:
            yield note.when, note.source
    for rule in packs.rules:
        yield rule.when, rule.source
        if rule.raised_by is not None:
            yield rule.raised_by, rule.source
        for release in rule.exceptions:
            yield release.when, release.source
    for requirement in packs.requirements.values():
        for row in requirement.rows:
            yield row.when, row.source
        for release in requirement.exceptions:
            yield release.when, release.source


def leaves(condition: Condition) -> Iterable[Condition]:
    """Yield the leaves of a condition."""
    if condition.children:
        for child in condition.children:
            yield from leaves(child)
    elif condition.kind not in ("all", "any", "not"):
        yield condition


def _entries(packs: PackSet) -> Iterable[Problem]:
    lists = {entry.list for entry in packs.entries}
    seen: set[tuple[str, str]] = set()
    parameters = {p.name for p in packs.common_parameters} | {
        p.name for c in packs.concepts.values() for p in c.parameters
    }
    for entry in packs.entries:
        if (entry.list, entry.id) in seen:
            yield _problem("the entry stands twice", entry.source, read=entry.id)
        seen.add((entry.list, entry.id))
        for paragraph in entry.paragraphs:
            for concept in paragraph.goods:
                if packs.concepts and concept not in packs.concepts:
                    yield _problem("triggers on a concept that does not exist", paragraph.source, read=concept)
            if not paragraph.goods and not paragraph.codes:
                yield _problem("a paragraph names its goods or codes", paragraph.source, "warning", paragraph.id)
            for ref in paragraph.after:
                if ref.partition("/")[0] not in lists:
                    yield _problem("comes after a list that does not exist", paragraph.source, "warning", ref)
    yield from _circles(packs)
    for condition, source in conditions_in(packs):
        for leaf in leaves(condition):
            yield from _leaf(leaf, leaf.where or source, packs, parameters)


def _leaf(leaf: Condition, source: str, packs: PackSet, parameters: set[str]) -> Iterable[Problem]:
    if leaf.kind in ("parameter", "fact") and any(word in leaf.name for word in FORBIDDEN_FACTS):
        yield _problem(
            "nobody is screened for who they are", source, read=leaf.name, hint="no condition may name such a fact"
        )
    if leaf.kind == "parameter" and packs.concepts and leaf.name not in parameters:
        yield _problem("compares a parameter no concept has", source, "warning", leaf.name)
    if leaf.kind == "concept" and packs.concepts and leaf.name not in packs.concepts:
        yield _problem("names a concept that does not exist", source, read=leaf.name)
    if leaf.kind in ("made_for", "contains"):
        for name in leaf.names:
            if packs.concepts and name not in packs.concepts:
                yield _problem("names a concept that does not exist", source, "warning", name)
    if leaf.kind == "use" and leaf.name not in packs.definitions:
        yield _problem("uses a definition that does not exist", source, read=leaf.name)
    for group in leaf.groups:
        if (
            leaf.kind in ("destination", "origin", "transit", "goods_origin")
            and packs.groups
            and group not in packs.groups
        ):
            yield _problem("names a group that does not exist", source, read=group)


def _circles(packs: PackSet) -> Iterable[Problem]:
    """Residual wording must not wait for itself."""
    waits: dict[str, tuple[str, ...]] = {}
    sources: dict[str, str] = {}
    for entry in packs.entries:
        for paragraph in entry.paragraphs:
            ref = f"{entry.list}/{entry.id}.{paragraph.id}"
            waits[ref] = paragraph.after
            sources[ref] = paragraph.source
    for start in waits:
        stack, seen = list(waits[start]), set()
        while stack:
            ref = stack.pop()
            for known in waits:
                if (known == ref or known.startswith(ref + ".")) and known not in seen:
                    if known == start:
                        yield _problem("waits for itself (after)", sources[start], read=start)
                        stack.clear()
                        break
                    seen.add(known)
                    stack.extend(waits[known])


def _rules(packs: PackSet) -> Iterable[Problem]:
    lists = {info.id for info in packs.infos if info.kind == "control-list"}
    seen: set[str] = set()
    for rule in packs.rules:
        if rule.id in seen:
            yield _problem("the rule stands twice", rule.source, read=rule.id)
        seen.add(rule.id)
        for name in rule.lists:
            if lists and name not in lists:
                yield _problem("applies to a list that does not exist", rule.source, "warning", name)
        if rule.raised_by is None and rule.any_goods and not rule.when.children and rule.when.kind == "all":
            yield _problem("a rule over any goods has a scope or a signal", rule.source)
    entries = {f"{entry.list}/{entry.id}" for entry in packs.entries}
    for name, requirement in packs.requirements.items():
        if entries and name not in entries:
            yield _problem("requirement rows of an entry that does not exist", requirement.source, "warning", name)
    with_rows = {rule_list for rule in packs.rules if rule.uses_requirements for rule_list in rule.lists}
    for entry in packs.entries:
        if not entry.outline and entry.list in with_rows and f"{entry.list}/{entry.id}" not in packs.requirements:
            yield _problem("the entry has no requirement rows", entry.source, "warning", entry.id)


def _cases(packs: PackSet) -> Iterable[Problem]:
    counts: dict[str, int] = {}
    for case in packs.cases:
        counts[case.file] = counts.get(case.file, 0) + 1
    sources = [c.source for c in packs.concepts.values()] + [e.source for e in packs.entries if not e.outline]
    sources += [f"{words.file}:1" for words in packs.report_words.values()]
    for source in sources:
        file = source.rpartition(":")[0]
        beside = file.removesuffix(".yaml") + ".cases.yaml"
        if packs.cases and counts.get(beside, 0) < MIN_CASES:
            yield _problem(f"has {counts.get(beside, 0)} cases beside it, {MIN_CASES} are asked", source)


def ids(entries: Iterable[Entry]) -> list[str]:
    """Return the citations of entries."""
    return [f"{entry.list}/{entry.id}" for entry in entries]
