"""Checks of the questions to a sender: every fact a rule in force reads can be asked, in every language, and every label answered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from tidewaiter.model import Problem
from tidewaiter.packs.conditions import Condition
from tidewaiter.packs.evaluate import leaf_name
from tidewaiter.packs.leaves import leaves_of
from tidewaiter.packs.types import PackSet, Release, Requirement, Rule
from tidewaiter.packs.wording import LANGUAGES, bare_name, wording

ASKED_KINDS = (
    "fact",
    "parameter",
    "value",
    "contains",
    "use",
    "transit",
    "destination",
    "origin",
    "goods_origin",
    "code",
)


def read_by_law(packs: PackSet, on: date | None = None) -> dict[str, tuple[str, set[str]]]:
    """Return what licence rules, exceptions and requirement rows read, named definitions opened.

    Args:
        packs: The packs.
        on: Leave out what ended before this day; None: nothing.

    Returns:
        By name of the fact: where it is read first, and the labels it is compared with.
    """
    found: dict[str, tuple[str, set[str]]] = {}
    for condition, source in _conditions(packs, on):
        for leaf in leaves_of(condition, packs):
            if leaf.kind not in ASKED_KINDS:
                continue
            labels = found.setdefault(leaf_name(leaf), (leaf.where or source, set()))[1]
            if leaf.test is not None and leaf.test.op in ("is", "in"):
                labels.update(leaf.test.texts)
    return found


def lint_questions(packs: PackSet, on: date | None = None) -> list[Problem]:
    """Return a warning for every fact that cannot be asked in English, every wording and every label left out.

    Args:
        packs: The packs.
        on: What ended before this day needs no question; None: everything does.
    """
    if not packs.questions:
        return []
    return [*_unasked(packs, on), *_languages(packs)]


def _unasked(packs: PackSet, on: date | None) -> Iterable[Problem]:
    for fact, (source, labels) in read_by_law(packs, on).items():
        if not wording(packs, fact).get("en"):
            yield _problem("a rule reads this fact and no question asks for it in English", source, fact)
        worded = packs.answers.get(fact) or packs.answers.get(bare_name(fact))
        if fact.startswith("fact:") and not labels <= {"yes", "no"}:
            for label in sorted(labels - set(worded or {})):
                yield _problem(f"the answer {label!r} has no wording", source, fact)


def _languages(packs: PackSet) -> Iterable[Problem]:
    for fact, texts in packs.questions.items():
        yield from _lacking(texts, packs.question_sources.get(fact, ""), fact)
    for fact, labels in packs.answers.items():
        for label, texts in labels.items():
            yield from _lacking(texts, packs.question_sources.get(f"answers.{fact}", ""), f"{fact}: {label}")
    for concept in packs.concepts.values():
        for name, texts in concept.ask.items():
            yield from _lacking(texts, concept.source, name)


def _lacking(texts: Mapping[str, str], source: str, read: str) -> Iterable[Problem]:
    lacking = [language for language in LANGUAGES if not texts.get(language)]
    if lacking:
        yield _problem(f"has no wording in {', '.join(lacking)}", source, read)


def _conditions(packs: PackSet, on: date | None) -> Iterable[tuple[Condition, str]]:
    for rule in packs.rules:
        if _ended(rule, on):
            continue
        yield rule.when, rule.source
        if rule.raised_by is not None:
            yield rule.raised_by, rule.source
        yield from _of_releases(rule.exceptions, on)
    for requirement in packs.requirements.values():
        if _ended(requirement, on):
            continue
        for row in requirement.rows:
            yield row.when, row.source
        yield from _of_releases(requirement.exceptions, on)


def _ended(thing: Rule | Requirement | Release, on: date | None) -> bool:
    return on is not None and thing.valid_to is not None and thing.valid_to < on


def _of_releases(releases: Iterable[Release], on: date | None) -> Iterable[tuple[Condition, str]]:
    for release in releases:
        if not _ended(release, on):
            yield release.when, release.source
            if release.unless is not None:
                yield release.unless, release.source


def _problem(message: str, source: str, read: str) -> Problem:
    file, _, line = source.rpartition(":")
    return Problem("pack.lint", message, "warning", file or source, int(line) if line.isdigit() else None, read=read)
