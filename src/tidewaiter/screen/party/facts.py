"""Facts beside the name: birth date, country, identifiers. A missing or contradicting fact never clears a match."""

from __future__ import annotations

from collections.abc import Sequence

from tidewaiter.text.names import normalise_identifier

_FULL, _MONTH, _YEAR = 60, 40, 25
_MISMATCH = -80
_NEAR_MISMATCH = -30
_COUNTRY = 15

Fact = tuple[str, int, str, str]


def birth_date_fact(declared: str, listed: Sequence[str]) -> Fact | None:
    """Compare a declared birth date with the listed alternatives, and return the kindest reading.

    Args:
        declared: An ISO date or part of one; empty when unknown.
        listed: ISO dates or parts; several are alternatives. A leading `~` marks an approximate year.

    Returns:
        (code, points, declared, listed), or None when either side is unknown.
    """
    if not declared or not declared[:4].isdigit() or not listed:
        return None
    best: Fact | None = None
    for other in listed:
        fact = _one_date(declared, other)
        if fact is not None and (best is None or fact[1] > best[1]):
            best = fact
    return best


def _one_date(declared: str, listed: str) -> Fact | None:
    bare = listed.lstrip("~")
    if not bare[:4].isdigit():
        return None
    size = min(len(declared), len(bare))
    if declared[:size] == bare[:size]:
        points = _FULL if size >= 10 else _MONTH if size >= 7 else _YEAR
        return ("birth-date.agrees", points if not listed.startswith("~") else _YEAR, declared, listed)
    if declared[:4] == bare[:4] or abs(int(declared[:4]) - int(bare[:4])) <= (3 if listed != bare else 1):
        return ("birth-date.near", _NEAR_MISMATCH, declared, listed)
    if size >= 10 and declared[5:7] == bare[8:10] and declared[8:10] == bare[5:7] and declared[:4] == bare[:4]:
        return ("birth-date.agrees", _MONTH, declared, listed)
    return ("birth-date.differs", _MISMATCH, declared, listed)


def country_fact(declared: str, listed: Sequence[str]) -> Fact | None:
    """Return a small addition when the address country agrees; another country says nothing."""
    if declared and declared in listed:
        return ("country.agrees", _COUNTRY, declared, declared)
    return None


def identifier_fact(declared: str, listed: Sequence[tuple[str, str]]) -> tuple[str, str, str] | None:
    """Return (declared, kind, listed number) when the identifier is one of the listed party's."""
    clean = normalise_identifier(declared)
    if not clean:
        return None
    for kind, number in listed:
        if normalise_identifier(number) == clean:
            return (declared, kind, number)
    return None
