"""The policy table: findings to an outcome. A hold needs a legal ground; indicators and poor wording alone never hold."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from tidewaiter.model import Finding, Outcome
from tidewaiter.packs import Policy

RANK: dict[str, int] = {"no-finding": 0, "review": 1, "hold": 2}
MAY_HOLD = ("licence.required", "licence.prohibited", "party.listed")


SEVERITY_ORDER = {"hold": 0, "review": 1, "question": 2, "info": 3}


class Policies:
    """The policy table, its rows by finding.

    Args:
        policy: the table; of a finding's rows the first whose least score it has applies.
    """

    def __init__(self, policy: Policy) -> None:
        self._rows: dict[str, list[tuple[int, str]]] = {}
        for row in policy.rows:
            self._rows.setdefault(row.finding, []).append((row.min_score, row.outcome))

    def outcome_of(self, findings: Iterable[Finding]) -> tuple[Outcome, tuple[Finding, ...]]:
        """Return the outcome and the findings with the severity the policy gives them.

        The strictest finding decides. A finding whose code may not hold by law is capped at review whatever the table says.
        """
        worst = 0
        out: list[Finding] = []
        for finding in findings:
            outcome = self._of(finding)
            worst = max(worst, RANK[outcome])
            severity = outcome if outcome != "no-finding" else finding.severity
            if outcome == "no-finding" and severity not in ("info", "question"):
                severity = "info"
            out.append(finding if severity == finding.severity else replace(finding, severity=severity))  # type: ignore[arg-type]
        if len(out) > 1:
            out.sort(key=_order)
        result: Outcome = "hold" if worst == 2 else "review" if worst == 1 else "no-finding"
        return result, tuple(out)

    def _of(self, finding: Finding) -> str:
        for least, outcome in self._rows.get(finding.code, ()):
            if finding.score >= least:
                return "review" if outcome == "hold" and finding.code not in MAY_HOLD else outcome
        return "no-finding"


def _order(finding: Finding) -> tuple[int, str, int, int, str]:
    line = finding.line if finding.line is not None else -1
    return SEVERITY_ORDER[finding.severity], finding.code, line, -finding.score, finding.message


def outcome_of(findings: Iterable[Finding], policy: Policy) -> tuple[Outcome, tuple[Finding, ...]]:
    """Return the outcome and the findings with the severity the policy gives them; see `Policies.outcome_of`."""
    return Policies(policy).outcome_of(findings)
