"""Claims proposed by a second reader: taken only where each word of them stands in the text and each slot is of its closed list.

A proposal is data from outside. It can add a claim or be refused; it can change nothing else, whatever the text or the reader says.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, get_args

from tidewaiter.claims.make import make_claim
from tidewaiter.model.claims import (
    Claim,
    Extraction,
    GoodsMention,
    LegalStatus,
    Mention,
    Modality,
    Passage,
    PassageKind,
    Polarity,
    Predicate,
    Report,
    Speaker,
    SpeakerType,
)

CONFIDENCE = 500  # thousandths, of extraction: a proposal is less sure than a rule that says why
LONGEST_QUOTE = 600  # characters
MOST_GOODS = MOST_SPEAKERS = 12
_NOBODY = frozenset({Predicate.GOODS_ARE, Predicate.FIGURE_STATED, Predicate.UNVERIFIED, Predicate.GENERALISATION})
_KEYS = frozenset({"predicate", "quote", "subject", "goods", "polarity", "modality", "status", "chain"})


@dataclass(frozen=True, slots=True)
class Refused:
    """A proposal that was not taken, and why."""

    why: str
    proposal: str


class _RefusedError(Exception):
    """Why a proposal is not taken."""


def take_proposals(
    report: Report, start: int, end: int, proposals: Sequence[object], reader: str
) -> tuple[tuple[Claim, ...], tuple[Refused, ...]]:
    """Return the claims that proposals for a stretch of a report make, and the proposals refused.

    Args:
        report: the document.
        start: where the stretch begins that the reader was shown.
        end: where it ends; words outside are not its to quote.
        proposals: what the reader gave, of any shape.
        reader: the name of the reader, kept with each claim (`model:<name>`).
    """
    claims: dict[str, Claim] = {}
    refused: list[Refused] = []
    for proposal in proposals:
        try:
            claim = _claim(report, start, end, proposal, reader)
        except _RefusedError as why:
            refused.append(Refused(str(why), repr(proposal)[:300]))
        else:
            claims.setdefault(claim.id, claim)
    return tuple(claims.values()), tuple(refused)


def _claim(report: Report, start: int, end: int, proposal: object, reader: str) -> Claim:
    if not isinstance(proposal, Mapping):
        raise _RefusedError("a proposal is an object")
    extra = sorted(str(key) for key in proposal.keys() - _KEYS)
    if extra:
        raise _RefusedError(f"keys that no proposal has: {', '.join(extra)[:80]}")
    predicate = _one_of(proposal, "predicate", [p.value for p in Predicate])
    quote = proposal.get("quote")
    if not isinstance(quote, str) or not quote.strip() or len(quote) > LONGEST_QUOTE:
        raise _RefusedError(f"its quote is no text of 1 to {LONGEST_QUOTE} characters")
    at = report.text.find(quote, start, end)
    if at < 0:
        raise _RefusedError("its quote is not in the text")
    passage = next((p for p in report.passages if p.start <= at and at + len(quote) <= p.end), None)
    if report.passages and passage is None:
        raise _RefusedError("its quote runs over the end of a passage")
    kind: PassageKind = passage.kind if passage is not None else "body"
    around = passage or Passage("body", start, end)
    status = _one_of(proposal, "status", ["", *[s.value for s in LegalStatus]]) if proposal.get("status") else ""
    return make_claim(
        report,
        Predicate(predicate),
        at,
        at + len(quote),
        passage=kind,
        subject=_subject(report, around, proposal, Predicate(predicate)),
        goods=_goods(report, around, proposal, Predicate(predicate)),
        polarity=_one_of(proposal, "polarity", get_args(Polarity), "affirmed"),
        modality=_one_of(proposal, "modality", get_args(Modality), "asserted"),
        status=LegalStatus(status) if status else None,
        chain=_chain(report, proposal),
        extraction=Extraction(f"model:{reader}", "second reader", CONFIDENCE),
    )


def _one_of(proposal: Mapping[Any, Any], key: str, allowed: Sequence[str], usual: str | None = None) -> str:
    value = proposal.get(key, usual)
    if not isinstance(value, str) or value not in allowed:
        raise _RefusedError(f"{key} {str(value)[:40]!r} is not of the list")
    return value


def _words(value: object, what: str, most: int) -> list[str]:
    if value in (None, ""):
        return []
    words = [value] if isinstance(value, str) else value
    if not isinstance(words, list) or len(words) > most or not all(isinstance(w, str) and w.strip() for w in words):
        raise _RefusedError(f"its {what} is no list of up to {most} texts")
    return words


def _stands(report: Report, around: Passage, words: str, what: str) -> int:
    at = report.text.find(words, around.start, around.end)
    if at < 0:
        raise _RefusedError(f"its {what} {words[:40]!r} does not stand in the passage")
    return at


def _subject(report: Report, around: Passage, proposal: Mapping[Any, Any], predicate: Predicate) -> Mention | None:
    words = _words(proposal.get("subject"), "subject", 1)
    if not words:
        return None
    if predicate in _NOBODY:
        raise _RefusedError(f"a claim of {predicate.value} names nobody")
    at = _stands(report, around, words[0], "subject")
    return Mention("other", words[0], at, at + len(words[0]))


def _goods(
    report: Report, around: Passage, proposal: Mapping[Any, Any], predicate: Predicate
) -> tuple[GoodsMention, ...]:
    words = _words(proposal.get("goods"), "goods", MOST_GOODS)
    if words and predicate == Predicate.GENERALISATION:
        raise _RefusedError("a generalisation is about no goods")
    found = []
    for text in words:
        at = _stands(report, around, text, "goods")
        found.append(GoodsMention(text, at, at + len(text)))
    return tuple(found)


def _chain(report: Report, proposal: Mapping[Any, Any]) -> tuple[Speaker, ...]:
    """Speakers may stand anywhere in the document; their letter is never the reader's to give."""
    rows = proposal.get("chain") or []
    if not isinstance(rows, list) or len(rows) > MOST_SPEAKERS:
        raise _RefusedError(f"its chain is no list of up to {MOST_SPEAKERS} speakers")
    speakers = []
    for row in rows:
        if not isinstance(row, Mapping) or row.keys() - {"type", "text"}:
            raise _RefusedError("a speaker has a type and a text")
        kind = _one_of(row, "type", get_args(SpeakerType))
        text = row.get("text")
        at = report.text.find(text) if isinstance(text, str) and text.strip() else -1
        if at < 0 or not isinstance(text, str):
            raise _RefusedError(f"its speaker {str(text)[:40]!r} does not stand in the text")
        speakers.append(Speaker(kind, text, start=at, end=at + len(text)))  # type: ignore[arg-type]
    return tuple(speakers)
