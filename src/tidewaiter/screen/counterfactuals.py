"""Counterfactuals: the smallest change of one stated fact that would change the outcome.

Only facts that can be corrected by the sender are offered: stated parameters of the goods and a licence number; never the
destination, the parties or anything about a person.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from tidewaiter.model import Counterfactual, Declaration, Finding, GoodsLine, Outcome
from tidewaiter.model.goods import Value
from tidewaiter.packs import Facts
from tidewaiter.screen.goods import GoodsResult

FindingsWith = Callable[[Declaration, int, GoodsLine, GoodsResult, Facts], list[Finding]]
FROM_GOODS = ("licence.", "goods.listed")


@dataclass(frozen=True, slots=True)
class Scenario:
    """One goods line whose facts can be changed."""

    number: int
    line: GoodsLine
    result: GoodsResult
    facts: Facts
    findings_with: FindingsWith


def counterfactuals_of(
    scenarios: Sequence[Scenario],
    findings: Sequence[Finding],
    outcome: Outcome,
    outcome_with: Callable[[Sequence[Finding]], Outcome],
    declaration: Declaration,
) -> tuple[Counterfactual, ...]:
    """Return the changes of one stated fact that change the outcome, at most one for each fact."""
    found: list[Counterfactual] = []
    if any(f.code in ("licence.required", "licence.open") for f in findings):
        changed = [
            replace(f, code="licence.stated" if f.code == "licence.required" else "licence.open-stated")
            if f.code in ("licence.required", "licence.open")
            else f
            for f in findings
        ]
        then = outcome_with(changed)
        if then != outcome:
            found.append(
                Counterfactual(
                    "documents.licence",
                    "none stated",
                    "a licence number that covers the item",
                    then,
                    f"With a licence number stated the outcome would be {then}.",
                )
            )
    for scenario in scenarios:
        for name, value in sorted(scenario.facts.parameters.items()):
            if value.authority == "sourced" or not value.labels:
                continue
            change = _first_change(scenario, name, value, findings, outcome, outcome_with, declaration)
            if change is not None:
                found.append(change)
    return tuple(found)


def _first_change(
    scenario: Scenario,
    name: str,
    value: Value,
    findings: Sequence[Finding],
    outcome: Outcome,
    outcome_with: Callable[[Sequence[Finding]], Outcome],
    declaration: Declaration,
) -> Counterfactual | None:
    others = [f for f in findings if f.line != scenario.number or not f.code.startswith(FROM_GOODS)]
    for label in _alternatives(scenario.facts, name, value):
        facts = scenario.facts.assume(f"parameter:{name}", Value((label,), text=label))
        instead = scenario.findings_with(declaration, scenario.number, scenario.line, scenario.result, facts)
        then = outcome_with([*others, *instead])
        if then != outcome:
            path = f"lines[{scenario.number}].{name}"
            return Counterfactual(
                path,
                value.show(),
                label,
                then,
                f"If {name} were {label} instead of {value.show()}, the outcome would be {then}.",
            )
    return None


def _alternatives(facts: Facts, name: str, value: Value) -> list[str]:
    scale = facts.scales.get(facts.parameter_scales.get(name, ""))
    if scale is not None:
        return [label for label in scale if label not in value.labels and label != "none"]
    if set(value.labels) <= {"yes", "no"}:
        return ["no" if "yes" in value.labels else "yes"]
    return []
