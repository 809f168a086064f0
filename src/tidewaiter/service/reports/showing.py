"""A ledger as text for a person and as rows for other programs. Every claim shows its quote, whose word it is, and its grade."""

from __future__ import annotations

from typing import Any

from tidewaiter.claims.ledger import ClaimView, IncidentView, LedgerView
from tidewaiter.claims.status import asserted_status
from tidewaiter.model.claims import Claim, ClaimLink, Report, Stamp
from tidewaiter.model.leads import Lead

LINKS = {"conflicts-with": "conflict", "corrects": "corrects", "supersedes": "supersedes", "same-as": "the same"}


def ledger_text(view: LedgerView) -> str:
    """Return a ledger as text: incidents, then claims that belong to none."""
    lines: list[str] = []
    for incident in view.incidents:
        lines += [*_incident(incident), ""]
    if view.background:
        lines.append("Claims that belong to no incident")
        lines += [f"  {line}" for claim in view.background for line in _claim(claim)]
    if view.links:
        lines.append("Between incidents")
        lines += [f"  {_link(link)}" for link in view.links]
    return "\n".join(lines).rstrip() + "\n" if lines else "nothing is in this ledger\n"


def _incident(incident: IncidentView) -> list[str]:
    kind = "grouped by hand" if incident.by_hand is not None else "proposed"
    lines = [f"{incident.id}  {incident.title}  ({kind})"]
    if incident.status is not None:
        lines.append(f"  furthest step told: {incident.status.status}, {incident.status.on or 'no date'}")
    upstreams = incident.upstreams
    lines.append(f"  {len(incident.documents)} document(s), {upstreams.count} independent upstream(s)")
    lines += [f"    {o.key}: {len(o.documents)} document(s)" for o in upstreams.origins]
    if upstreams.unknown:
        lines.append(f"    origin unknown: {len(upstreams.unknown)} claim(s), which add nothing")
    if incident.because:
        lines.append("  together because: " + "; ".join(incident.because))
    lines += [f"    {_document(report, incident.copies.get(report.id, ''))}" for report in incident.documents]
    lines += [f"  {line}" for claim in incident.claims for line in _claim(claim)]
    for person in incident.persons:
        joined = f"  joined with {', '.join(person.joined)}" if person.joined else ""
        age = f", {person.mention.age}" if person.mention.age is not None else ""
        lines.append(f"  person {person.id}  “{person.mention.text}”{age}{joined}")
    lines += [f"  {_link(link)}" for link in incident.links]
    return lines


def _document(report: Report, copy_of: str) -> str:
    parts = [report.id, report.publisher or report.url or report.source, _stamp(report.published), report.title]
    return "  ".join(filter(None, parts)) + (f"  (copy of {copy_of})" if copy_of else "")


def _stamp(stamp: Stamp) -> str:
    if stamp.first is None:
        return ""
    return f"{stamp.first}" if stamp.first == stamp.last else f"{stamp.first}/{stamp.last}"


def _claim(view: ClaimView) -> list[str]:
    claim, grade = view.claim, view.standing
    who = f"by {grade.by}" if grade.by else "suggested"
    manner = [claim.predicate.value, *(["NOT"] if claim.polarity == "negated" else [])]
    manner += [claim.modality] if claim.modality != "asserted" else []
    status = asserted_status(claim)
    manner += [f"status {status}"] if status is not None else []
    lines = [f"{grade} ({who})  {' '.join(manner)}  “{claim.quote}”", f"    {claim.id}  {_whose(claim)}"]
    if view.grade is not None:
        lines.append(f"    set by {view.grade.grade.by}: {view.grade.why} (suggested {view.suggested})")
    else:
        lines.append("    because: " + " ".join(view.suggested.because))
    if view.suggested.raise_by:
        lines.append("    would raise it: " + " ".join(view.suggested.raise_by))
    if view.verification is not None:
        seen = view.verification
        lines.append(f"    {seen.result} by {seen.by}: {seen.method}; {seen.evidence}")
    return lines


def _whose(claim: Claim) -> str:
    if not claim.chain:
        return f"{claim.passage}, the text's own voice"
    return f"{claim.passage}, " + " → ".join(speaker.text or speaker.name for speaker in claim.chain)


def _link(link: ClaimLink) -> str:
    slot = f" of {link.slot}" if link.kind == "conflicts-with" and link.slot else ""
    who = f" (by {link.by})" if link.by else ""
    return f"{LINKS[link.kind]}{slot}{who}: {link.left} | {link.right}: {link.because}"


def incident_row(incident: IncidentView) -> dict[str, Any]:
    """Return an incident as a row."""
    return {
        "id": incident.id,
        "title": incident.title,
        "by": incident.by_hand.by if incident.by_hand is not None else "",
        "documents": [_document_row(report, incident.copies.get(report.id, "")) for report in incident.documents],
        "upstreams": [{"key": o.key, "documents": o.documents, "claims": o.claims} for o in incident.upstreams.origins],
        "unknown_upstream": incident.upstreams.unknown,
        "status": None if incident.status is None else {"status": incident.status.status, "on": incident.status.on},
        "claims": [claim_row(claim) for claim in incident.claims],
        "persons": [{"id": p.id, "text": p.mention.text, "joined": p.joined} for p in incident.persons],
        "links": [link_row(link) for link in incident.links],
        "because": incident.because,
    }


def _document_row(report: Report, copy_of: str) -> dict[str, Any]:
    return {
        "id": report.id,
        "publisher": report.publisher,
        "title": report.title,
        "url": report.url,
        "published": _stamp(report.published),
        "copy_of": copy_of,
    }


def claim_row(view: ClaimView) -> dict[str, Any]:
    """Return a claim with its grade as a row."""
    claim = view.claim
    return {
        "id": claim.id,
        "predicate": claim.predicate,
        "quote": claim.quote,
        "polarity": claim.polarity,
        "modality": claim.modality,
        "status": asserted_status(claim),
        "chain": [speaker.text or speaker.name for speaker in claim.chain],
        "grade": str(view.standing),
        "graded_by": view.standing.by,
        "suggested": str(view.suggested),
        "because": view.suggested.because,
        "raise_by": view.suggested.raise_by,
        "upstreams": view.upstreams,
        "verification": view.verification.result if view.verification is not None else "",
    }


def link_row(link: ClaimLink) -> dict[str, Any]:
    """Return a link as a row."""
    return {
        "kind": link.kind,
        "left": link.left,
        "right": link.right,
        "slot": link.slot,
        "because": link.because,
        "by": link.by,
    }


def lead_row(lead: Lead) -> dict[str, Any]:
    """Return a lead as a row."""
    return {
        "lead": lead.no,
        "claim": lead.claim,
        "concepts": lead.concepts,
        "wordings": lead.wordings,
        "method": lead.method,
        "origin": lead.origin,
        "destination": lead.destination,
        "since": lead.since,
        "until": lead.until,
        "withdrawn": lead.withdrawn,
        "by": lead.by,
        "why": lead.why,
        "quote": lead.quote,
        "source": lead.source,
        "grade": lead.grade,
    }
