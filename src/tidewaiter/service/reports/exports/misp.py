"""MISP: one event an incident; documents as `report` objects, claims as `annotation` objects with the two tags of the Admiralty scale.

MISP core format (draft-dulaunoy-misp-core-format), misp-objects `report` (70a68471…) and `annotation` (5d8dc046…), taxonomy `admiralty-scale`. Importers
must not map a grade G of that taxonomy to another letter; we never write one.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

import orjson

from tidewaiter.claims.ledger import ClaimView, IncidentView, LedgerView
from tidewaiter.model.claims import ClaimLink, Grade, Report
from tidewaiter.service.reports.exports.rows import Row, payload, sentence, stable_id

_ANNOTATION = ("annotation", "misc", "5d8dc046-15a1-4ca3-a09f-ed4ede7c4487", "2")
_REPORT = ("report", "misc", "70a68471-df22-4e3f-aa1a-5a3be19f82df", "8")
_LINKS = {"conflicts-with": "contradicts", "corrects": "updates", "supersedes": "supersedes", "same-as": "duplicate-of"}


def as_misp(view: LedgerView, at: datetime) -> bytes:
    """Return a ledger as a list of events, `{"response": [{"Event": …}]}` as MISP's own export writes it.

    Args:
        view: the ledger; claims of no incident are one event more.
        at: when it is written.
    """
    events = [_event(incident, at) for incident in view.incidents]
    if view.background:
        events.append(_whole("background", "Claims that belong to no incident", view.background, (), (), at))
    return orjson.dumps({"response": [{"Event": event} for event in events]}, option=orjson.OPT_INDENT_2) + b"\n"


def grade_tags(grade: Grade) -> list[Row]:
    """Return a pair of letter and digit as the two tags of MISP's `admiralty-scale`."""
    return [
        {"name": f'admiralty-scale:source-reliability="{grade.reliability.lower()}"'},
        {"name": f'admiralty-scale:information-credibility="{grade.credibility}"'},
    ]


def _event(incident: IncidentView, at: datetime) -> Row:
    return _whole(incident.id, incident.title, incident.claims, incident.documents, incident.links, at)


def _whole(
    name: str,
    title: str,
    claims: Iterable[ClaimView],
    documents: Iterable[Report],
    links: Iterable[ClaimLink],
    at: datetime,
) -> Row:
    stamp = str(int((at if at.tzinfo is not None else at.replace(tzinfo=UTC)).timestamp()))
    claims = list(claims)
    references: dict[str, list[Row]] = {}
    known = {view.claim.id for view in claims}
    for link in links:
        if link.left in known and link.right in known:
            references.setdefault(link.left, []).append(_reference(link, stamp))
    return {
        "uuid": stable_id("misp", "event", name),
        "info": f"{title[:200]} (claims of reports, not facts)",
        "date": f"{at:%Y-%m-%d}",
        "timestamp": stamp,
        "threat_level_id": "4",
        "analysis": "0",
        "distribution": "0",
        "published": False,
        "Attribute": [],
        "Object": [
            *(_report(report, stamp) for report in documents),
            *(_claim(view, references.get(view.claim.id, []), stamp) for view in claims),
        ],
    }


def _object(kind: tuple[str, str, str, str], name: str, attributes: list[Row], stamp: str, comment: str = "") -> Row:
    title, category, template, version = kind
    return {
        "uuid": stable_id("misp", title, name),
        "name": title,
        "meta-category": category,
        "template_uuid": template,
        "template_version": version,
        "timestamp": stamp,
        "distribution": "0",
        "comment": comment,
        "Attribute": attributes,
    }


def _attribute(relation: str, kind: str, value: str, of: str, stamp: str, category: str = "Other") -> Row:
    return {
        "uuid": stable_id("misp", "attribute", relation, of),
        "object_relation": relation,
        "type": kind,
        "category": category,
        "value": value,
        "to_ids": False,
        "disable_correlation": True,
        "timestamp": stamp,
        "distribution": "0",
    }


def _report(report: Report, stamp: str) -> Row:
    parts = [report.publisher, report.title or report.source, str(report.published.first or "")]
    attributes = [_attribute("summary", "text", ": ".join(filter(None, parts)) or report.id, report.id, stamp)]
    if report.url:
        attributes.append(_attribute("link", "link", report.url, report.id, stamp, "External analysis"))
    return _object(_REPORT, report.id, attributes, stamp)


def _claim(view: ClaimView, references: list[Row], stamp: str) -> Row:
    text = _attribute("text", "text", sentence(view), view.claim.id, stamp)
    text["Tag"] = grade_tags(view.standing)
    found = _object(
        _ANNOTATION, view.claim.id, [text], stamp, orjson.dumps(payload(view), option=orjson.OPT_SORT_KEYS).decode()
    )
    found["ObjectReference"] = references
    return found


def _reference(link: ClaimLink, stamp: str) -> Row:
    return {
        "uuid": stable_id("misp", "reference", link.kind, link.left, link.right),
        "object_uuid": stable_id("misp", "annotation", link.left),
        "referenced_uuid": stable_id("misp", "annotation", link.right),
        "relationship_type": _LINKS[link.kind],
        "comment": ": ".join(filter(None, (link.slot, link.because))),
        "timestamp": stamp,
    }
