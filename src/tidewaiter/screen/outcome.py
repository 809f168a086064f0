"""The policy table: findings to an outcome. A hold needs a legal ground; indicators and poor wording alone never hold."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from tidewaiter.model import Finding, Outcome
from tidewaiter.packs import Policy

RANK: dict[str, int] = {"no-finding": 0, "review": 1, "hold": 2}
MAY_HOLD = ("licence.required", "licence.prohibited", "party.listed")


def outcome_of(findings: Iterable[Finding], policy: Policy) -> tuple[Outcome, tuple[Finding, ...]]:
    """Return the outcome and the findings with the severity the policy gives them.

    The strictest finding decides. A finding whose code may not hold by law is capped at review whatever the table says.
    """
    worst = 0
    out = []
    for finding in findings:
        outcome = "no-finding"
        for row in policy.rows:
            if row.finding == finding.code and finding.score >= row.min_score:
                outcome = row.outcome
                break
        if outcome == "hold" and finding.code not in MAY_HOLD:
            outcome = "review"
        rank = RANK[outcome]
        worst = max(worst, rank)
        severity = {"hold": "hold", "review": "review"}.get(outcome)
        if severity is None:
            severity = finding.severity if finding.severity in ("info", "question") else "info"
        out.append(finding if severity == finding.severity else replace(finding, severity=severity))  # type: ignore[arg-type]
    order = {"hold": 0, "review": 1, "question": 2, "info": 3}
    ordered = sorted(
        out, key=lambda f: (order[f.severity], f.code, f.line if f.line is not None else -1, -f.score, f.message)
    )
    result: Outcome = "hold" if worst == 2 else "review" if worst == 1 else "no-finding"
    return result, tuple(ordered)
