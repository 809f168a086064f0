"""What every form carries of a claim: one flat row of plain values, and stable ids."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid5

from tidewaiter.claims.ledger import ClaimView, LedgerView
from tidewaiter.model.claims import ClaimLink, GoodsMention, Place, Quantity, Report, Stamp

# Names of our own ids are drawn from this one, so that the same claim has the same id in every export.
NAMESPACE = UUID("7a2f3f0e-6f0f-5c6b-9d0e-2f1f7e0a5b1c")

Row = dict[str, Any]
_PLURALS = {"piece": "pieces", "parcel": "parcels", "pair": "pairs", "set": "sets", "box": "boxes", "person": "persons"}


def stable_id(*parts: str) -> str:
    """Return a UUID of version 5 that is the same for the same parts."""
    return str(uuid5(NAMESPACE, "\x1f".join(parts)))


def instant(at: datetime) -> str:
    """Return an instant as STIX and others want it: UTC, milliseconds, Z.

    Args:
        at: with a zone; an instant without one is taken as UTC.
    """
    aware = at if at.tzinfo is not None else at.replace(tzinfo=UTC)
    return aware.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.") + f"{aware.microsecond // 1000:03d}Z"


def claims_of(view: LedgerView) -> Iterator[ClaimView]:
    """Yield every claim of a ledger once, those of incidents first."""
    seen: set[str] = set()
    for claim in (*(c for incident in view.incidents for c in incident.claims), *view.background):
        if claim.claim.id not in seen:
            seen.add(claim.claim.id)
            yield claim


def links_of(view: LedgerView) -> Iterator[ClaimLink]:
    """Yield every link between claims of a ledger once."""
    yield from dict.fromkeys((*(link for incident in view.incidents for link in incident.links), *view.links))


def reports_of(view: LedgerView) -> dict[str, Report]:
    """Return the documents of incidents by id."""
    return {report.id: report for incident in view.incidents for report in incident.documents}


def payload(view: ClaimView) -> Row:
    """Return all of a claim that a form must not lose, as plain values without empty ones."""
    claim = view.claim
    row: Row = {
        "claim": claim.id,
        "document": claim.document,
        "predicate": claim.predicate.value,
        "quote": claim.quote,
        "start": claim.start,
        "end": claim.end,
        "passage": claim.passage,
        "subject": claim.subject.text if claim.subject is not None else "",
        "object": claim.object.text if claim.object is not None else "",
        "goods": [_goods(goods) for goods in claim.goods],
        "quantity": quantity_text(claim.quantity),
        "value": quantity_text(claim.value),
        "origin": _place(claim.route.origin),
        "transit": [_place(place) for place in claim.route.transit],
        "destination": _place(claim.route.destination),
        "time": stamp_text(claim.time),
        "time_precision": claim.time.precision if claim.time.first is not None else "",
        "place": _place(claim.place),
        "detail": claim.detail,
        "polarity": claim.polarity,
        "modality": claim.modality,
        "status": claim.status.value if claim.status is not None else "",
        "chain": [
            {"type": speaker.type, "text": speaker.text, "key": speaker.key, "reliability": speaker.reliability}
            for speaker in claim.chain
        ],
        "upstream": claim.upstream,
        "grade": str(view.standing),
        "graded_by": view.standing.by,
        "suggested": str(view.suggested),
        "verified": view.verification.result if view.verification is not None else "",
    }
    return {name: value for name, value in row.items() if value not in ("", [])}


def sentence(view: ClaimView) -> str:
    """Return a claim as one line for a reader: who says it, what kind of claim, the quote."""
    claim = view.claim
    whose = " → ".join(speaker.text or speaker.name for speaker in claim.chain) or "the text itself"
    manner = [claim.predicate.value]
    manner += ["not"] if claim.polarity == "negated" else []
    manner += [claim.modality] if claim.modality != "asserted" else []
    return f"{whose} ({', '.join(manner)}; {view.standing}): “{claim.quote}”"


def stamp_text(stamp: Stamp) -> str:
    """Return a time as one ISO day, or two with a stroke between them; empty where it is unknown."""
    if stamp.first is None:
        return ""
    return str(stamp.first) if stamp.last in (None, stamp.first) else f"{stamp.first}/{stamp.last}"


def quantity_text(quantity: Quantity | None) -> str:
    """Return a quantity as reported: number, unit, "about" where the text says so."""
    if quantity is None:
        return ""
    upper = f"–{quantity.upper}" if quantity.upper is not None else ""
    unit = quantity.unit if quantity.value == 1 or quantity.unit not in _PLURALS else _PLURALS[quantity.unit]
    return f"{'about ' if quantity.about else ''}{quantity.value:f}{upper} {unit}"


def tags_of(views: Iterable[ClaimView]) -> list[str]:
    """Return the sorted predicates of some claims."""
    return sorted({view.claim.predicate.value for view in views})


def _goods(goods: GoodsMention) -> Row:
    row: Row = {
        "text": goods.text,
        "designator": goods.designator,
        "concepts": list(goods.concepts),
        "entries": list(goods.entries),
        "quantity": quantity_text(goods.quantity),
    }
    return {name: value for name, value in row.items() if value not in ("", [])}


def _place(place: Place | None) -> str:
    if place is None:
        return ""
    name = place.name or place.text
    return f"{name} ({place.country})" if place.country and place.country != name else name
