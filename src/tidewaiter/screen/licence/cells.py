"""The cells an unknown fact falls into: one value between each two limits, or each label, that anything here compares it with."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from tidewaiter.model.goods import Value
from tidewaiter.packs import Condition, PackSet, Parameter, Release, Test, condition_of, leaf_name
from tidewaiter.packs.leaves import leaves_of
from tidewaiter.screen.licence.grounds import Ground

if TYPE_CHECKING:
    from tidewaiter.screen.licence.decision import Candidate

OTHER = "something else"


def cells_of(
    name: str,
    candidates: Sequence[Candidate],
    packs: PackSet,
    parameters: dict[str, Parameter],
    grounds: Iterable[Ground] = (),
) -> list[Value | bool]:
    """Return one value for each cell that the thresholds cut an unknown fact into.

    Args:
        name: The fact: `parameter:…`, `fact:…`, or a leaf that is true or false.
        candidates: Raised paragraphs, whose conditions and notes are looked at.
        packs: For definitions, scales and requirement rows.
        parameters: Types of parameters by name.
        grounds: Their rules, exceptions and requirement rows are looked at too: `nature` is told by them alone.
    """
    kind, _, bare = name.partition(":")
    if kind not in ("parameter", "fact"):
        return [True, False]
    parameter = parameters.get(bare)
    tests = comparisons_of(name, candidates, packs, grounds)
    if parameter is not None and parameter.type == "scale":
        scale = packs.scales.get(parameter.scale)
        return [Value((label,)) for label in scale.order if label != "none"] if scale is not None else []
    if parameter is not None and parameter.type in ("quantity", "integer"):
        return _numbercells_of(tests, parameter.dimension or "count")
    if any(test.op not in ("is", "in") for test in tests):
        return _numbercells_of(tests, "count")
    labels = list(dict.fromkeys(text for test in tests for text in test.texts))
    if set(labels) <= {"yes", "no"}:
        return [Value(("yes",)), Value(("no",))]
    return [Value((label,)) for label in [*labels, OTHER]] if labels else []


def comparisons_of(
    name: str, candidates: Sequence[Candidate], packs: PackSet, grounds: Iterable[Ground] = ()
) -> list[Test]:
    """Return every test of a fact in the paragraphs raised and in the law of some grounds, named as leaves are named."""
    return [
        leaf.test
        for condition in (*_conditions(candidates), *_conditions_of_law(grounds, packs))
        for leaf in leaves_of(condition, packs)
        if leaf.test is not None and leaf_name(leaf) == name
    ]


def _numbercells_of(tests: list[Test], dimension: str) -> list[Value | bool]:
    limits: set[Fraction] = set()
    for test in tests:
        limits.update(q.low for q in test.quantities)
        limits.update(Fraction(text) for text in test.texts if text.isdigit())
    if not limits:
        return []
    ordered = sorted(limits)
    points = [ordered[0] / 2]
    for left, right in itertools.pairwise(ordered):
        points += [left, (left + right) / 2]
    points += [ordered[-1], ordered[-1] * 2]
    return [Value(low=point, high=point, dimension=dimension) for point in points]


def _conditions(candidates: Sequence[Candidate]) -> Iterable[Condition]:
    for candidate in candidates:
        yield condition_of(candidate.entry, candidate.paragraph)
        for note in candidate.entry.notes:
            yield note.when


def _conditions_of_law(grounds: Iterable[Ground], packs: PackSet) -> Iterable[Condition]:
    """Yield the conditions of the rules of some grounds, and of the requirement rows and exceptions of their entries."""
    seen: set[str] = set()
    for ground in grounds:
        releases: list[Release] = []
        if ground.rule.id not in seen:
            seen.add(ground.rule.id)
            yield ground.rule.when
            if ground.rule.raised_by is not None:
                yield ground.rule.raised_by
            releases.extend(ground.rule.exceptions)
        entry = f"{ground.assessment.list}/{ground.assessment.entry}" if ground.assessment is not None else ""
        requirement = packs.requirements.get(entry) if ground.rule.uses_requirements else None
        if requirement is not None and entry not in seen:
            seen.add(entry)
            yield from (row.when for row in requirement.rows)
            releases.extend(requirement.exceptions)
        for release in releases:
            yield release.when
            if release.unless is not None:
                yield release.unless
