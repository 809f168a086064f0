"""What of a report was not read for claims, so that no claim is never taken for nothing said."""

from __future__ import annotations

from collections.abc import Sequence, Set

from tidewaiter.claims.sentences import LONGEST_REPORT
from tidewaiter.model import Problem
from tidewaiter.model.claims import Claim, Report


def unread(report: Report, claims: Sequence[Claim], languages: Set[str], most_claims: int) -> tuple[Problem, ...]:
    """Return what was left unread.

    Args:
        report: the report.
        claims: the claims that were read from it.
        languages: the languages that are read.
        most_claims: how many claims of one report are kept before reading ends.
    """
    if report.language not in languages:
        return (
            Problem(
                "report.language",
                "the language is not read for claims, so this says nothing of what it claims",
                "error",
                file=report.source,
                read=report.language or "not known",
                expected=", ".join(sorted(languages)),
            ),
        )
    last = min(len(report.text), LONGEST_REPORT)
    if len(claims) >= most_claims:
        last = min(last, claims[-1].end)
    if not report.text[last:].strip(" .\n"):
        return ()
    return (
        Problem(
            "report.long",
            f"what stands behind character {last:,} was not read for claims",
            file=report.source,
            read=f"{len(report.text):,} characters",
            hint="cut the text into parts",
        ),
    )
