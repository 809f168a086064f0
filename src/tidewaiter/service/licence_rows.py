"""Grounds and exceptions as rows of the command line's answers."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from tidewaiter.screen.licence import Ground

Row = dict[str, Any]


def ground_row(ground: Ground) -> Row:
    """Return one ground with its citation and the date of the text read: the reference's own, else that of its pack."""
    reference = ground.rule.references[0] if ground.rule.references else None
    dated = (reference.as_of if reference is not None else None) or ground.rule.pack.as_of
    return {
        "rule": ground.rule.id,
        "jurisdiction": ground.rule.jurisdiction,
        "effect": ground.effect,
        "applies": "yes" if ground.settled is True else "open",
        "entry": ground.assessment.ref if ground.assessment is not None else None,
        "reasons": list(ground.reasons),
        "citation": reference.citation if reference is not None else "",
        "url": reference.url if reference is not None else "",
        "date": dated.isoformat() if dated is not None else None,
        "in_force_from": ground.rule.valid_from.isoformat() if ground.rule.valid_from else None,
        "status": ground.rule.status,
        "authority": ground.rule.authority.get("en", ""),
        "open_facts": list(ground.open_facts) if ground.settled is None else [],
        "summary": ground.rule.summary or ground.rule.title,
    }


def exception_rows(grounds: tuple[Ground, ...]) -> list[Row]:
    """Return every exception that was looked at, once for each rule and state, with its conditions and citation."""
    found: dict[tuple[str, str, str], Row] = {}
    for ground in grounds:
        for seen in ground.releases:
            key = (ground.rule.id, seen.release.id, seen.state)
            found.setdefault(
                key,
                {
                    "id": seen.release.id,
                    "title": seen.release.title,
                    "rule": ground.rule.id,
                    "state": seen.state,
                    "effect": seen.release.effect,
                    "open_facts": list(seen.open_facts),
                    "conditions": list(seen.release.conditions),
                    "citation": "; ".join(r.citation for r in seen.release.references),
                },
            )
    return list(found.values())


def information_rows(grounds: Iterable[Ground]) -> list[Row]:
    """Return the duties and hints that rules for information give: they ask for no licence and settle nothing."""
    found: dict[str, Row] = {}
    for ground in grounds:
        rule = ground.rule
        reference = rule.references[0] if rule.references else None
        found.setdefault(
            rule.id,
            {
                "rule": rule.id,
                "jurisdiction": rule.jurisdiction,
                "title": rule.title,
                "summary": rule.summary,
                "applies": "yes" if ground.settled is True else "open",
                "open_facts": list(ground.open_facts) if ground.settled is None else [],
                "citation": reference.citation if reference is not None else "",
                "url": reference.url if reference is not None else "",
                "status": rule.status,
            },
        )
    return list(found.values())
