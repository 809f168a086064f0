"""Run the cases beside the words of reports: one text and the claims that are read in it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from tidewaiter.claims.read import ClaimReader
from tidewaiter.model.claims import Claim, Report, Stamp
from tidewaiter.packs import Case

_TEXTS = ("subject", "goods", "place", "detail", "quote")
_WORDS = ("polarity", "modality", "status")


def report_of(case: Case) -> Report:
    """Return the report that a case holds."""
    published = str(case.goods.get("published", ""))
    day = date.fromisoformat(published) if published else None
    return Report(
        "case",
        str(case.goods["report"]),
        language=str(case.goods.get("language", "")),
        published=Stamp(day, day, "day" if day else "unknown"),
    )


def run_report_case(case: Case, reader: ClaimReader) -> Iterable[str]:
    """Yield what is wrong: a claim that is expected and not read, or read and not wanted."""
    claims = reader.claims(report_of(case))
    said = "; ".join(_shown(claim) for claim in claims) or "nothing"
    for wanted in _rows(case.expect.get("claims")):
        if not any(_fits(wanted, claim) for claim in claims):
            yield f"no claim is {_told(wanted)}; read {said}"
    for unwanted in _rows(case.expect.get("not_claims")):
        if any(_fits(unwanted, claim) for claim in claims):
            yield f"a claim is {_told(unwanted)}; read {said}"


def _rows(value: object) -> list[Mapping[str, object]]:
    return [row for row in value if isinstance(row, Mapping)] if isinstance(value, list) else []


def _told(row: Mapping[str, object]) -> str:
    return ", ".join(f"{key} {value}" for key, value in row.items())


def _fits(wanted: Mapping[str, object], claim: Claim) -> bool:
    known = _values(claim)
    for key, value in wanted.items():
        texts = value if isinstance(value, list) else [value]
        if key == "chain":
            chain = [speaker.text for speaker in claim.chain]
            if len(chain) != len(texts) or not all(_holds(str(a), b) for a, b in zip(texts, chain, strict=True)):
                return False
        elif key in _WORDS or key == "predicate":
            if str(value) != known[key][0]:
                return False
        elif key in ("quantity", "value"):
            if str(value) not in known[key]:
                return False
        elif not all(any(_holds(str(text), own) for own in known.get(key, ())) for text in texts):
            return False
    return True


def _values(claim: Claim) -> dict[str, list[str]]:
    counts = [claim.quantity, *(goods.quantity for goods in claim.goods)]
    return {
        "predicate": [claim.predicate.value],
        "subject": [claim.subject.text] if claim.subject is not None else [],
        "goods": [goods.text for goods in claim.goods],
        "place": [claim.place.text] if claim.place is not None else [],
        "detail": [claim.detail],
        "quote": [claim.quote],
        "polarity": [claim.polarity],
        "modality": [claim.modality],
        "status": [claim.status.value if claim.status is not None else ""],
        "quantity": [str(count.value) for count in counts if count is not None],
        "value": [str(claim.value.value)] if claim.value is not None else [],
        "concept": [concept for goods in claim.goods for concept in goods.concepts],
        "designator": [goods.designator for goods in claim.goods],
        "destination": [claim.route.destination.text] if claim.route.destination is not None else [],
        "origin": [claim.route.origin.text] if claim.route.origin is not None else [],
    }


def _holds(one: str, other: str) -> bool:
    one, other = one.casefold(), other.casefold()
    return bool(one and other) and (one in other or other in one)


def _shown(claim: Claim) -> str:
    subject = f" {claim.subject.text!r}" if claim.subject is not None else ""
    goods = f" {[goods.text for goods in claim.goods]}" if claim.goods else ""
    status = f" {claim.status.value}" if claim.status is not None else ""
    return f"{claim.predicate.value}{subject}{goods} {claim.polarity} {claim.modality}{status}"


__all__ = ["report_of", "run_report_case"]
