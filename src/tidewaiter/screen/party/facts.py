"""Facts beside the name: birth date, country, address, identifiers, in log-odds.

A missing fact says nothing. A contradicting one lowers and never clears. The country of an address is where a parcel goes
or comes from; nobody's nationality or origin is read.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from tidewaiter.model import ListedParty, Party
from tidewaiter.text.names import normalise_identifier
from tidewaiter.text.names_fold import to_latin

# How much likelier a fact is for the same party than for a namesake, as natural logarithms (set by judgement: the shared
# labelled pairs carry no facts). A full birth date of a stranger agrees once in some twenty thousand, but list dates are
# often wrong and a shared date lifts weak names, so the gain is kept far below that.
_FULL, _MONTH, _YEAR = 2.5, 1.5, 0.7
_NEAR, _DIFFERS = -0.4, -1.2
_COUNTRY, _OTHER_COUNTRY = 0.4, -0.2
_TOWN, _STREET = 0.6, 1.5
MOST_FACTS = _FULL + _STREET
# A fact this strong may carry what a name alone must not (a weak alias, common words).
STRONG_FACT = _MONTH

Fact = tuple[float, str, str, str]
_WORD = re.compile("[a-z]{3,}|[0-9]+[a-z]?")
_PLAIN = frozenset(
    [
        "street",
        "str",
        "road",
        "avenue",
        "ave",
        "lane",
        "building",
        "bldg",
        "floor",
        "office",
        "suite",
        "apartment",
        "apt",
        "house",
        "block",
        "room",
        "unit",
        "city",
        "town",
        "district",
        "region",
        "province",
        "state",
        "oblast",
        "ulitsa",
        "prospekt",
        "pereulok",
        "square",
        "plaza",
        "box",
        "the",
        "and",
        "near",
        "opposite",
        "po",
        "ul",
        "pr",
        "no",
        "number",
        "postal",
        "zip",
        "code",
        "gorod",
        "dom",
        "korpus",
        "kvartira",
        "calle",
        "rue",
        "strasse",
        "via",
        "jalan",
        "road",
        "st",
        "rd",
    ]
)


def most_of(party: Party) -> float:
    """Return the most that facts could add to the log-odds of a name, by what is declared beside it."""
    return (_FULL if party.birth_date else 0.0) + (_STREET if party.address else 0.0)


def facts_of(party: Party, listed: ListedParty, is_match: bool) -> list[Fact]:
    """Return the facts that bear on the identity of a declared and a listed party.

    Args:
        party: The declared party.
        listed: The listed party.
        is_match: Whether the names alone reach the review level; the country counts only then.

    Returns:
        (log-odds, code, declared, listed) for each fact known on both sides.
    """
    facts = []
    birth = birth_date_fact(party.birth_date, listed.birth_dates)
    if birth is not None:
        facts.append(birth)
    if party.address and listed.addresses:
        address = address_fact(party.address, listed.addresses)
        if address is not None:
            facts.append(address)
    country = country_fact(party.country, listed.countries) if is_match else None
    if country is not None:
        facts.append(country)
    return facts


def birth_date_fact(declared: str, listed: Sequence[str]) -> Fact | None:
    """Compare a declared birth date with the listed alternatives, and return the kindest reading.

    Args:
        declared: An ISO date or part of one; empty when unknown.
        listed: ISO dates or parts; several are alternatives. A leading `~` marks an approximate year.

    Returns:
        (log-odds, code, declared, listed), or None when either side is unknown.
    """
    if not declared or not declared[:4].isdigit() or not listed:
        return None
    best: Fact | None = None
    for other in listed:
        fact = _one_date(declared, other)
        if fact is not None and (best is None or fact[0] > best[0]):
            best = fact
    return best


def _one_date(declared: str, listed: str) -> Fact | None:
    bare = listed.lstrip("~")
    if not bare[:4].isdigit():
        return None
    size = min(len(declared), len(bare))
    if declared[:size] == bare[:size]:
        odds = _FULL if size >= 10 else _MONTH if size >= 7 else _YEAR
        return (odds if not listed.startswith("~") else _YEAR, "birth-date.agrees", declared, listed)
    if size >= 10 and declared[5:7] == bare[8:10] and declared[8:10] == bare[5:7] and declared[:4] == bare[:4]:
        return (_MONTH, "birth-date.agrees", declared, listed)
    if declared[:4] == bare[:4] or abs(int(declared[:4]) - int(bare[:4])) <= (3 if listed != bare else 1):
        return (_NEAR, "birth-date.near", declared, listed)
    return (_DIFFERS, "birth-date.differs", declared, listed)


def country_fact(declared: str, listed: Sequence[str]) -> Fact | None:
    """Return a small gain when the address country agrees, a smaller loss when all listed ones are others."""
    if not declared or not listed:
        return None
    if declared in listed:
        return (_COUNTRY, "country.agrees", declared, declared)
    return (_OTHER_COUNTRY, "country.differs", declared, ", ".join(listed))


@lru_cache(maxsize=1 << 14)
def _address_words(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(to_latin(text))) - _PLAIN


def address_fact(declared: str, listed: Sequence[str]) -> Fact | None:
    """Return a gain when the address shares words with a listed one beside the generic ones.

    One shared word is a town at most; a number together with two words is a house in a street.
    """
    words = _address_words(declared)
    best: frozenset[str] = frozenset()
    for other in listed:
        shared = words & _address_words(other)
        if len(shared) > len(best):
            best = shared
    names = [word for word in best if word.isalpha()]
    if not names:
        return None
    street = len(names) > 1 and len(best) > len(names)
    return (_STREET if street else _TOWN, "address.agrees", " ".join(sorted(best)), "")


def identifier_fact(declared: str, listed: Sequence[tuple[str, str]]) -> tuple[str, str, str] | None:
    """Return (declared, kind, listed number) when the identifier is one of the listed party's."""
    clean = normalise_identifier(declared)
    if not clean:
        return None
    for kind, number in listed:
        if normalise_identifier(number) == clean:
            return (declared, kind, number)
    return None
