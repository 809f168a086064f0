"""FollowTheMoney: documents as Article, incidents as Event, claims as Note, mentions of persons as Mention; no Person is made.

FollowTheMoney's statements have a dataset for a source and no speaker, so what a claim is stands as JSON in the `notes` of its Note. A mention is not
resolved to a person: that is a judgement of an analyst.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime

import orjson

from tidewaiter.claims.ledger import ClaimView, IncidentView, LedgerView
from tidewaiter.model.claims import Report
from tidewaiter.service.reports.exports.rows import (
    Row,
    claims_of,
    links_of,
    payload,
    reports_of,
    sentence,
    stable_id,
    stamp_text,
)


def as_followthemoney(view: LedgerView, at: datetime) -> bytes:
    """Return a ledger as entities, one JSON object a line.

    Args:
        view: the ledger.
        at: when it is written.
    """
    links: dict[str, list[str]] = defaultdict(list)
    for link in links_of(view):
        said = f"{link.kind} {link.right}" + (f" ({link.slot})" if link.slot else "")
        links[link.left].append(said)
        links[link.right].append(f"{link.kind} {link.left}" + (f" ({link.slot})" if link.slot else ""))
    incident_of = {claim.claim.id: incident.id for incident in view.incidents for claim in incident.claims}
    rows = [_article(report, at) for report in reports_of(view).values()]
    rows += [_event(incident) for incident in view.incidents]
    for claim in claims_of(view):
        rows.append(_note(claim, incident_of.get(claim.claim.id, ""), links[claim.claim.id]))
        rows += _mentions(claim)
    return b"".join(orjson.dumps(row, option=orjson.OPT_SORT_KEYS) + b"\n" for row in rows)


def _entity(schema: str, name: str, properties: dict[str, list[str]]) -> Row:
    kept = {key: sorted({value for value in values if value}) for key, values in properties.items()}
    return {
        "id": f"tw-{stable_id('ftm', schema, name)}",
        "schema": schema,
        "properties": {key: values for key, values in kept.items() if values},
    }


def _id(schema: str, name: str) -> str:
    return f"tw-{stable_id('ftm', schema, name)}"


def _article(report: Report, at: datetime) -> Row:
    return _entity(
        "Article",
        report.id,
        {
            "title": [report.title],
            "author": [report.byline],
            "publisher": [report.publisher],
            "sourceUrl": [report.url],
            "publishedAt": [str(report.published.first or "")],
            "retrievedAt": [str(report.retrieved or at.date())],
            "contentHash": [report.sha256[:40]],
            "fileName": [report.source],
        },
    )


def _event(incident: IncidentView) -> Row:
    days = [view.claim.time.first for view in incident.claims if view.claim.time.first is not None]
    lasts = [view.claim.time.last for view in incident.claims if view.claim.time.last is not None]
    return _entity(
        "Event",
        incident.id,
        {
            "name": [incident.title[:200]],
            "summary": [f"{incident.upstreams.count} independent origins; claims of reports, not facts"],
            "startDate": [str(min(days))] if days else [],
            "endDate": [str(max(lasts))] if lasts else [],
            "location": [view.claim.place.text for view in incident.claims if view.claim.place is not None],
            "proof": [_id("Article", report.id) for report in incident.documents],
        },
    )


def _note(view: ClaimView, incident: str, links: list[str]) -> Row:
    whole = payload(view) | ({"links": sorted(links)} if links else {})
    return _entity(
        "Note",
        view.claim.id,
        {
            "name": [f"{view.claim.predicate.value} ({view.standing})"],
            "description": [view.claim.quote],
            "summary": [sentence(view)],
            "notes": [orjson.dumps(whole, option=orjson.OPT_SORT_KEYS).decode()],
            "proof": [_id("Article", view.claim.document)],
            "entity": [_id("Event", incident)] if incident else [],
            "modifiedAt": [stamp_text(view.claim.time).partition("/")[0]] if view.claim.time.precision == "day" else [],
        },
    )


def _mentions(view: ClaimView) -> list[Row]:
    found = []
    for mention in (view.claim.subject, view.claim.object):
        if mention is not None and mention.kind == "person":
            name = f"{view.claim.document}:{mention.start}-{mention.end}"
            found.append(
                _entity(
                    "Mention",
                    name,
                    {
                        "name": [mention.name or mention.text],
                        "document": [_id("Article", view.claim.document)],
                        "detectedSchema": ["Person"],
                    },
                )
            )
    return found
