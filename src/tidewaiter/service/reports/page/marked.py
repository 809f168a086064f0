"""The text of a document with the sentences of its claims marked, each with a place that a claim can point to."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tidewaiter.formats.outcomes.marks import Segment, segments
from tidewaiter.model.claims import Claim, Report


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text: `anchors` are the names of the claims that begin here, `marked` whether a claim quotes it."""

    segments: tuple[Segment, ...]
    marked: bool
    anchors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One passage as shown."""

    kind: str
    pieces: tuple[Piece, ...]


def anchor(claim: Claim) -> str:
    """Return the name of the place of a claim in a page."""
    return "c-" + claim.id.replace(":", "-").replace(" ", "-")


def paragraphs_of(report: Report, claims: Iterable[Claim]) -> tuple[Paragraph, ...]:
    """Return a document's passages with the quotes of some claims marked; text between passages is not shown."""
    chosen = sorted((claim for claim in claims if claim.document == report.id), key=lambda c: (c.start, c.end, c.id))
    passages = report.passages
    spans = [(p.start, p.end, p.kind) for p in passages] or [(0, len(report.text), "body")]
    return tuple(Paragraph(kind, _pieces(report.text, start, end, chosen)) for start, end, kind in spans)


def _pieces(text: str, start: int, end: int, claims: Sequence[Claim]) -> tuple[Piece, ...]:
    inside = [claim for claim in claims if claim.start < end and claim.end > start]
    cuts = sorted({start, end, *(max(c.start, start) for c in inside), *(min(c.end, end) for c in inside)})
    pieces = []
    for left, right in itertools.pairwise(cuts):
        marked = any(claim.start <= left and right <= claim.end for claim in inside)
        names = tuple(anchor(claim) for claim in inside if max(claim.start, start) == left and claim.start >= start)
        pieces.append(Piece(segments(text[left:right]), marked, names))
    return tuple(pieces)
