"""Law read from a text that is older than its pack stands for: what it does not ask for today is not known.

A text past its age still says that a licence was required on its day, which stays a ground to look; it cannot say that none is
required now.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from tidewaiter.model import Finding
from tidewaiter.packs import PackInfo, PackSet


def old_texts(packs: PackSet, on: date) -> Mapping[str, tuple[PackInfo, ...]]:
    """Return, by jurisdiction, the licensing packs whose text is past its stated age on a day, and the lists they rest on.

    Args:
        packs: the packs.
        on: the legal date.
    """
    aged = {info.id: info for info in packs.infos if info.is_stale(on)}
    found: dict[str, dict[str, PackInfo]] = {}
    for rule in packs.rules:
        rests_on = (rule.pack.id, *rule.lists, *(ref.partition("/")[0] for ref in rule.entries))
        for name in rests_on:
            if name in aged:
                found.setdefault(rule.jurisdiction, {})[name] = aged[name]
    return {name: tuple(infos[key] for key in sorted(infos)) for name, infos in found.items()}


def as_of_old_text(finding: Finding, old: Sequence[PackInfo], on: date) -> Finding:
    """Return a finding that no licence is needed as one that says so of an old text, where a pack it rests on is past its age.

    Args:
        finding: a `licence.not-required` finding.
        old: packs of its jurisdiction past their age.
        on: the legal date.
    """
    lists = {basis.list for basis in finding.legal_basis}
    resting = [info for info in old if info.kind == "licensing" or info.id in lists]
    if not resting:
        return finding
    reasons = "; ".join(f"{info.id} is the text of {info.as_of}, {_days(info, on)} days old" for info in resting)
    return replace(
        finding,
        code="licence.old-text",
        severity="review",
        message=f"{finding.message} That was so on the day of the text read ({reasons}); the law may have changed since.",
    )


def _days(info: PackInfo, on: date) -> int:
    return (on - info.as_of).days if info.as_of is not None else 0
