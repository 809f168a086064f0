"""The one place where a claim is made: its quote is the text at its offsets, or there is no claim."""

from __future__ import annotations

from dataclasses import replace

from tidewaiter.model import InternalError
from tidewaiter.model.claims import Claim, Predicate, Report


def make_claim(report: Report, predicate: Predicate, start: int, end: int, **slots: object) -> Claim:
    """Return a claim whose quote is `report.text[start:end]`.

    Args:
        report: the document.
        predicate: what the claim says.
        start: offset of the first character of the quote.
        end: offset behind its last.
        slots: further fields of `Claim`; a `quote` among them must be the text at the offsets.

    Raises:
        InternalError: the offsets lie outside the text, hold nothing, or a slot's words are not where it says.
    """
    if not 0 <= start < end <= len(report.text) or not report.text[start:end].strip():
        raise InternalError(f"a claim of {report.id} quotes {start}-{end} of a text of {len(report.text)} characters")
    quote = report.text[start:end]
    if slots.pop("quote", quote) != quote:
        raise InternalError(f"a claim of {report.id} quotes words that do not stand at {start}-{end}")
    claim = Claim(f"{report.id}:{start}-{end}:{predicate.value}:0", report.id, predicate, quote, start, end, **slots)  # type: ignore[arg-type]
    for slot in (claim.subject, claim.object, claim.place, *claim.goods):
        if slot is not None and report.text[slot.start : slot.end] != slot.text:
            raise InternalError(f"{claim.id}: {slot.text!r} does not stand at {slot.start}-{slot.end}")
    if claim.detail and claim.detail not in report.text:
        raise InternalError(f"{claim.id}: its detail is not in the text")
    return claim


def numbered(claims: list[Claim]) -> tuple[Claim, ...]:
    """Return claims in the order of the text, those of one span and predicate numbered from 0."""
    seen: dict[str, int] = {}
    found = []
    for claim in sorted(claims, key=lambda c: (c.start, c.end, c.predicate.value)):
        base = claim.id.rsplit(":", 1)[0]
        found.append(replace(claim, id=f"{base}:{seen.get(base, 0)}"))
        seen[base] = seen.get(base, 0) + 1
    return tuple(found)


__all__ = ["make_claim", "numbered"]
