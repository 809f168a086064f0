"""A report with the claims read from it, as one value, and its JSON form: one line `{"report": …, "claims": […],
"facts": […]}`.

The JSON names are those of `model.claims`. Decoding checks types and the closed lists, and that each quote stands in the text
at its offsets, so that no claim enters without its words.
"""

from __future__ import annotations

from dataclasses import dataclass

import msgspec

from tidewaiter.claims.facts import Fact
from tidewaiter.model import InputError
from tidewaiter.model.claims import Claim, Report


@dataclass(frozen=True, slots=True)
class ReadReport:
    """One report and what was read from it: its claims, and all else that it states."""

    report: Report
    claims: tuple[Claim, ...] = ()
    facts: tuple[Fact, ...] = ()


_ENCODER = msgspec.json.Encoder(order="deterministic")


class _Row(msgspec.Struct):
    report: Report | None
    claims: tuple[Claim, ...] = ()
    facts: tuple[Fact, ...] = ()


_DECODER = msgspec.json.Decoder(_Row)


def encode_reading(reading: ReadReport) -> bytes:
    """Return a reading as one JSON object without a line break; equal readings give equal bytes."""
    return _ENCODER.encode(reading)


def decode_reading(data: bytes | str, where: str = "reading") -> ReadReport | None:
    """Read one line of `tidewaiter report read`, or what `encode_reading` wrote; other keys are left aside.

    Args:
        data: one JSON object.
        where: file and line, for messages.

    Returns:
        The reading, None for a document that could not be read (`"report": null`).

    Raises:
        InputError: it is no reading, or a claim's quote is not what stands at its offsets.
    """
    try:
        row = _DECODER.decode(data)
    except msgspec.MsgspecError as error:
        raise InputError(
            f"{where}: not a read report with claims, as `tidewaiter report read` writes it: {error}"
        ) from None
    if row.report is None:
        return None
    reading = ReadReport(row.report, row.claims, row.facts)
    check_quotes(reading, where)
    return reading


def check_quotes(reading: ReadReport, where: str = "reading") -> None:
    """Check that every claim is of this document and quotes it word for word.

    Raises:
        InputError: a claim does not; the claim is named.
    """
    report = reading.report
    seen: set[str] = set()
    for claim in reading.claims:
        if claim.document != report.id:
            raise InputError(f"{where}: claim {claim.id} is of document {claim.document!r}, expected {report.id!r}")
        stands = report.text[claim.start : claim.end] if 0 <= claim.start < claim.end else ""
        if not claim.quote or stands != claim.quote:
            raise InputError(
                f"{where}: claim {claim.id} quotes {claim.quote[:60]!r}, but the text has {stands[:60]!r} at {claim.start}-{claim.end}"
            )
        if claim.id in seen:
            raise InputError(f"{where}: two claims have the id {claim.id}")
        seen.add(claim.id)
