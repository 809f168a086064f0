"""Grounds: which licence rule applies to which assessed paragraph on this route and day, and what may lift it.

A ground is true (applies), or open (a fact is missing); what certainly does not apply is no ground. Exceptions and
authorisations lift only when their conditions are certainly met; an unknown condition leaves the ground open and names the
fact. A draft exception is mentioned and neither lifts nor opens.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from tidewaiter.model.goods import Assessment
from tidewaiter.packs import Condition, Facts, PackSet, Release, Rule, Truth, covers, evaluate, leaf_name, open_leaves
from tidewaiter.packs.types import PRECEDENCE, Requirement
from tidewaiter.screen.licence.route import RouteRules, is_named

LIFTING = {"none", "exempt", "general-authorisation"}


@dataclass(frozen=True, slots=True)
class ReleaseSeen:
    """An exception that was looked at. `state`: applies, may-apply (facts missing), may-be-authorised, or draft."""

    release: Release
    state: str
    open_facts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Ground:
    """One rule on one paragraph. `settled` true: applies; None: open. `effect` after any certain exception."""

    rule: Rule
    assessment: Assessment | None
    settled: bool | None
    effect: str
    reasons: tuple[str, ...] = ()
    releases: tuple[ReleaseSeen, ...] = ()
    open_facts: tuple[str, ...] = ()
    likelihood: float = 1.0

    @property
    def binds(self) -> bool:
        """Whether the effect means that a licence must be applied for, or none can be had."""
        return self.effect in ("licence", "prohibited")


def find_grounds(
    rules: RouteRules, assessments: Iterable[Assessment], facts: Facts, packs: PackSet, on: date
) -> tuple[Ground, ...]:
    """Return every ground that applies or may apply.

    Args:
        rules: the licence rules of the chosen jurisdictions that the route leaves possible.
        assessments: paragraphs assessed against the same facts.
        facts: what is known.
        packs: for requirement rows and the chart.
        on: the legal date; rules outside their dates never matter.
    """
    rows = [assessment for assessment in assessments if assessment.status != "excluded"]
    found: list[Ground] = []
    for rule, applicable in rules.applicable(rows, facts.code):
        if not rule.in_force(on):
            continue
        scope = evaluate(rule.when, facts)
        if scope is False:
            continue
        if rule.raised_by is not None and evaluate(rule.raised_by, facts) is not True:
            continue
        scope_open = _names(rule.when, facts) if scope is None else ()
        for assessment in applicable:
            ground = _ground(rule, assessment, scope, scope_open, facts, packs, on)
            if ground is not None:
                found.append(ground)
    return tuple(found)


def _names(condition: Condition, facts: Facts) -> tuple[str, ...]:
    return tuple(dict.fromkeys(leaf_name(leaf) for leaf in open_leaves(condition, facts)))


def _ground(
    rule: Rule,
    assessment: Assessment | None,
    scope: Truth,
    scope_open: tuple[str, ...],
    facts: Facts,
    packs: PackSet,
    on: date,
) -> Ground | None:
    settled: Truth = scope
    open_facts: list[str] = list(scope_open)
    chance = 1.0
    if assessment is not None and assessment.status == "open":
        settled = None
        open_facts.extend(assessment.open_facts)
        chance = assessment.likelihood
    if assessment is not None:
        chance *= assessment.score / 1000
    if rule.status == "draft":
        settled = None
        open_facts.append("draft")
    reasons: tuple[str, ...] = ()
    releases: list[Release] = list(rule.exceptions)
    if rule.uses_requirements and assessment is not None:
        requirement = packs.requirements.get(f"{assessment.list}/{assessment.entry}")
        need, reasons, missing = _required(requirement, assessment, facts, packs, on)
        if need is False:
            return None
        if need is None:
            settled = None
            open_facts.extend(missing)
        if requirement is not None:
            releases.extend(requirement.exceptions)
    effect, seen = rule.effect, []
    order = (*(packs.policy.precedence if packs.policy is not None else PRECEDENCE), "information")
    for release in releases:
        looked = _look(release, assessment, facts) if release.in_force(on) else None
        if looked is None:
            continue
        seen.append(looked)
        if looked.state == "applies":
            # Exceptions stand beside each other: the one that leaves least to do may be used.
            effect = max(effect, release.effect if release.effect != "exempt" else "none", key=order.index)
        elif looked.state == "may-apply":
            settled = None if settled is True else settled
            open_facts.extend(looked.open_facts)
    return Ground(rule, assessment, settled, effect, reasons, tuple(seen), tuple(dict.fromkeys(open_facts)), chance)


def _required(
    requirement: Requirement | None, assessment: Assessment, facts: Facts, packs: PackSet, on: date
) -> tuple[Truth, tuple[str, ...], tuple[str, ...]]:
    """Return whether any reason for control needs a licence for the destination, the reasons, and what is missing."""
    if requirement is None or not requirement.in_force(on):
        return None, (), ("requirement-rows",)
    result: Truth = False
    reasons: list[str] = []
    missing: list[str] = []
    for row in requirement.rows:
        if not any(covers(assessment.paragraph, scope) for scope in row.on):
            continue
        if any(covers(assessment.paragraph, scope) for scope in row.except_):
            continue
        truth = _row(row.chart, row.destinations, row.groups, facts, packs)
        if truth is not False:
            extra = evaluate(row.when, facts)
            truth = False if extra is False else None if extra is None else truth
            if extra is None:
                missing.extend(_names(row.when, facts))
        if truth is False:
            continue
        reasons.append(
            f"{row.reason} ({row.chart})"
            if row.chart and not row.chart.startswith(row.reason)
            else (row.chart or row.reason)
        )
        if truth is None:
            missing.append("chart-row" if facts.destination else "destination")
        result = True if truth is True or result is True else None
    if requirement.status == "draft" and result is True:
        return None, tuple(reasons), ("draft",)
    return result, tuple(dict.fromkeys(reasons)), tuple(dict.fromkeys(missing))


def _row(chart: str, destinations: tuple[str, ...], groups: tuple[str, ...], facts: Facts, packs: PackSet) -> Truth:
    place = facts.destination
    if not place:
        return None
    if destinations or groups:
        if place in destinations:
            return True
        for group in groups:
            members = packs.groups.get(group)
            if members is None:
                return None
            if place in members:
                return True
        if not chart:
            return False
    if chart:
        columns = packs.chart.get(place)
        return None if columns is None else chart in columns
    return True


def _look(release: Release, assessment: Assessment | None, facts: Facts) -> ReleaseSeen | None:
    if release.entries and (
        assessment is None
        or not any(is_named(assessment.list, assessment.entry, assessment.paragraph, ref) for ref in release.entries)
    ):
        return None
    if release.paragraphs and (
        assessment is None or not any(covers(assessment.paragraph, scope) for scope in release.paragraphs)
    ):
        return None
    truth = evaluate(release.when, facts)
    if truth is False:
        return None
    names = list(_names(release.when, facts))
    if release.unless is not None:
        barred = evaluate(release.unless, facts)
        if barred is True:
            return None
        if barred is None:
            truth = None
            names.extend(_names(release.unless, facts))
    if release.status == "draft":
        return ReleaseSeen(release, "draft")
    if release.effect not in LIFTING:
        return ReleaseSeen(release, "may-be-authorised")
    if truth is True:
        return ReleaseSeen(release, "applies")
    return ReleaseSeen(release, "may-apply", tuple(dict.fromkeys(names)))
