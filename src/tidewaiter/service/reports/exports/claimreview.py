"""schema.org as JSON-LD: every claim as a Claim with its appearance; a ClaimReview only where a person verified it.

schema.org/Claim, schema.org/ClaimReview. The rating is a word, never a number made of a grade.
"""

from __future__ import annotations

from datetime import datetime

import orjson

from tidewaiter.claims.ledger import ClaimView, LedgerView
from tidewaiter.model.claims import Report
from tidewaiter.service.reports.exports.rows import Row, claims_of, reports_of, stable_id

CONTEXT = "https://schema.org"


def as_claimreview(view: LedgerView, at: datetime) -> bytes:
    """Return a ledger as one JSON-LD graph.

    Args:
        view: the ledger.
        at: when it is written; not used, since the reviews carry the days of their verifications.
    """
    reports = reports_of(view)
    graph: list[Row] = []
    for claim in claims_of(view):
        said = _claim(claim, reports.get(claim.claim.document))
        graph.append(said)
        if claim.verification is not None:
            graph.append(_review(claim, said["@id"]))
    return orjson.dumps({"@context": CONTEXT, "@graph": graph}, option=orjson.OPT_INDENT_2) + b"\n"


def _claim(view: ClaimView, report: Report | None) -> Row:
    row: Row = {
        "@type": "Claim",
        "@id": f"urn:uuid:{stable_id('claim', view.claim.id)}",
        "text": view.claim.quote,
        "claimInterpreter": {"@type": "Organization", "name": "Tidewaiter (machine reading)"},
    }
    innermost = view.claim.chain[-1] if view.claim.chain else None
    if innermost is not None:
        kind = "Person" if innermost.type in ("named-person", "suspect") else "Organization"
        row["author"] = {"@type": kind, "name": innermost.name or innermost.text}
    if report is not None:
        row["appearance"] = _article(report)
    return row


def _article(report: Report) -> Row:
    row: Row = {"@type": "NewsArticle", "headline": report.title, "inLanguage": report.language}
    if report.url:
        row["url"] = report.url
    if report.published.first is not None:
        row["datePublished"] = str(report.published.first)
    if report.publisher:
        row["publisher"] = {"@type": "Organization", "name": report.publisher}
    return row


def _review(view: ClaimView, claim: str) -> Row:
    seen = view.verification
    assert seen is not None
    return {
        "@type": "ClaimReview",
        "@id": f"urn:uuid:{stable_id('review', view.claim.id, str(seen.no))}",
        "claimReviewed": view.claim.quote,
        "itemReviewed": {"@id": claim},
        "author": {"@type": "Person", "name": seen.by},
        "datePublished": str(seen.at)[:10],
        "reviewRating": {"@type": "Rating", "alternateName": seen.result},
        "reviewBody": f"{seen.method}: {seen.evidence}",
    }
