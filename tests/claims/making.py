"""Reports and claims made by hand: short texts of our own, one trap each."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from tidewaiter.claims.reading import ReadReport
from tidewaiter.claims.sameness import Kinds
from tidewaiter.model.claims import (
    Claim,
    GoodsMention,
    Mention,
    Passage,
    Place,
    Predicate,
    Quantity,
    Report,
    Speaker,
    Stamp,
)

KINDS = Kinds(
    {"load-bearing-vest": "tactical-gear", "helmet": "protective-gear", "plate-carrier": "load-bearing-vest"},
)
DAY = date(2025, 4, 17)


def report(name: str, text: str, publisher: str = "", published: date | None = DAY, **more: Any) -> Report:
    """A report whose first line is its headline and whose other lines are body passages."""
    passages, at = [], 0
    for line in text.splitlines(keepends=True):
        if line.strip():
            passages.append(Passage("headline" if not passages else "body", at, at + len(line.rstrip())))
        at += len(line)
    stamp = Stamp(published, published, "day") if published is not None else Stamp()
    given = {"passages": tuple(passages), "published": stamp, **more}
    return Report(name, text, publisher=publisher, **given)


def person(of: Report, words: str, kind: Any = "person", **more: Any) -> Mention:
    start = of.text.index(words)
    return Mention(kind, words, start, start + len(words), **more)


def goods(of: Report, words: str, *concepts: str, **more: Any) -> GoodsMention:
    start = of.text.index(words)
    return GoodsMention(words, start, start + len(words), concepts=concepts, **more)


def place(of: Report, words: str, country: str = "RU", precision: Any = "city", **more: Any) -> Place:
    start = of.text.index(words)
    return Place(words, start, start + len(words), words, country, precision, **more)


def pieces(value: int, **more: Any) -> Quantity:
    return Quantity(Decimal(value), **more)


def day(text: str) -> Stamp:
    on = date.fromisoformat(text)
    return Stamp(on, on, "day", text)


def outlet(name: str, key: str) -> Speaker:
    return Speaker("outlet", name, name, key)


UNNAMED = Speaker("official", "a law-enforcement source")


def claim(of: Report, quote: str, predicate: Predicate, **more: Any) -> Claim:
    start = of.text.index(quote)
    kind = next((p.kind for p in of.passages if p.start <= start < p.end), "body")
    given = {"passage": kind, **more}
    return Claim(
        f"{of.id}:{start}-{start + len(quote)}:{predicate}:0",
        of.id,
        predicate,
        quote,
        start,
        start + len(quote),
        **given,
    )


def read(of: Report, *claims: Claim) -> ReadReport:
    return ReadReport(of, claims)
