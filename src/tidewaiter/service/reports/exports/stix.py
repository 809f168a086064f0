"""STIX 2.1: outlets as identities, documents as reports, claims as notes with an extension of our own, incidents, and relationships for links.

OASIS, STIX Version 2.1 (10 June 2021), sections 4.5 (identity), 4.6 (incident), 4.12 (note), 4.16 (report), 5.1 (relationship), 7.3 (extension definition).
"""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime

import orjson

from tidewaiter.claims.ledger import ClaimView, LedgerView
from tidewaiter.model.claims import Report
from tidewaiter.service.reports.exports.rows import (
    Row,
    claims_of,
    instant,
    links_of,
    payload,
    reports_of,
    sentence,
    stable_id,
)

EXTENSION = f"extension-definition--{stable_id('stix', 'claim')}"
_SYSTEM = f"identity--{stable_id('stix', 'tidewaiter')}"
_LINKS = {
    "conflicts-with": "conflicts-with",
    "corrects": "corrects",
    "supersedes": "supersedes",
    "same-as": "duplicate-of",
}


def as_stix(view: LedgerView, at: datetime) -> bytes:
    """Return a ledger as one bundle.

    Args:
        view: the ledger.
        at: when it is written; ids do not depend on it.
    """
    now = instant(at)
    reports = reports_of(view)
    claims = list(claims_of(view))
    by_document: dict[str, list[ClaimView]] = defaultdict(list)
    for claim in claims:
        by_document[claim.claim.document].append(claim)
    objects: list[Row] = [_system(now), _extension(now)]
    outlets = sorted({outlet(report) for report in reports.values()} - {""})
    objects += [_identity(name, now) for name in outlets]
    objects += [_report(report, by_document[report.id], now) for report in reports.values() if by_document[report.id]]
    objects += [_note(claim, reports.get(claim.claim.document), now) for claim in claims]
    for incident in view.incidents:
        objects.append(
            _common("incident", stable_id("stix", "incident", incident.id), now)
            | {
                "name": incident.title[:200],
                "description": f"{incident.upstreams.count} independent origins; claims, not facts",
            }
        )
        objects += [
            _relationship(
                "related-to", _note_id(claim), f"incident--{stable_id('stix', 'incident', incident.id)}", "", now
            )
            for claim in incident.claims
        ]
    known = {claim.claim.id: claim for claim in claims}
    objects += [
        _relationship(
            _LINKS[link.kind],
            _note_id(known[link.left]),
            _note_id(known[link.right]),
            _said(link.slot, link.because),
            now,
        )
        for link in links_of(view)
        if link.left in known and link.right in known
    ]
    bundle = {"type": "bundle", "id": f"bundle--{stable_id('stix', 'bundle', now)}", "objects": objects}
    return orjson.dumps(bundle, option=orjson.OPT_INDENT_2) + b"\n"


def outlet(report: Report) -> str:
    """Return who published a document, its address where nobody is named."""
    return report.publisher or report.url or report.source


def _common(kind: str, name: str, now: str) -> Row:
    row: Row = {"type": kind, "spec_version": "2.1", "id": f"{kind}--{name}", "created": now, "modified": now}
    if f"{kind}--{name}" != _SYSTEM:
        row["created_by_ref"] = _SYSTEM
    return row


def _system(now: str) -> Row:
    return _common("identity", _SYSTEM.removeprefix("identity--"), now) | {
        "name": "Tidewaiter",
        "identity_class": "system",
        "description": "Reads reports into claims. Nothing here is a finding of fact.",
    }


def _extension(now: str) -> Row:
    return _common("extension-definition", EXTENSION.removeprefix("extension-definition--"), now) | {
        "name": "claim",
        "description": "A claim as a document makes it: predicate, slots, polarity, modality, speakers from outermost to innermost, legal status, Admiralty grade.",
        "schema": "The keys are those of the table form of `tidewaiter report export`; see docs/reference/claims.md of the project.",
        "version": "1.0.0",
        "extension_types": ["property-extension"],
    }


def _identity(name: str, now: str) -> Row:
    return _common("identity", stable_id("stix", "outlet", name), now) | {
        "name": name,
        "identity_class": "organization",
    }


def _report(report: Report, claims: list[ClaimView], now: str) -> Row:
    day = report.published.first
    row = _common("report", stable_id("stix", "report", report.id), now) | {
        "name": report.title or report.source or report.id,
        "report_types": ["observed-data"],
        "published": f"{day}T00:00:00.000Z" if day is not None else now,
        "object_refs": [_note_id(claim) for claim in claims],
    }
    if day is None:
        row["description"] = "The day of publication is not known; the instant of this export stands in its place."
    if report.url:
        row["external_references"] = [{"source_name": outlet(report), "url": report.url}]
    return row


def _note_id(view: ClaimView) -> str:
    return f"note--{stable_id('stix', 'claim', view.claim.id)}"


def _note(view: ClaimView, report: Report | None, now: str) -> Row:
    """A note must refer to something: the outlet of its document, else ourselves."""
    name = outlet(report) if report is not None else ""
    about = f"identity--{stable_id('stix', 'outlet', name)}" if name else _SYSTEM
    return _common("note", stable_id("stix", "claim", view.claim.id), now) | {
        "abstract": sentence(view)[:400],
        "content": view.claim.quote,
        "authors": [speaker.text or speaker.name for speaker in view.claim.chain] or [name or "unknown"],
        "object_refs": [about],
        "extensions": {EXTENSION: {"extension_type": "property-extension", **payload(view)}},
    }


def _said(slot: str, because: str) -> str:
    return ": ".join(filter(None, (slot, because)))


def _relationship(kind: str, source: str, target: str, said: str, now: str) -> Row:
    row = _common("relationship", stable_id("stix", "link", kind, source, target), now) | {
        "relationship_type": kind,
        "source_ref": source,
        "target_ref": target,
    }
    return row | {"description": said} if said else row
