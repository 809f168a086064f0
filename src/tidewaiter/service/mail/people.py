"""People and firms of generated mail, with their addresses. Nobody in it is real."""

from __future__ import annotations

import random

from tidewaiter.model import Party
from tidewaiter.service.mail.repeats import by_rank, mistyped, respelt
from tidewaiter.service.mail.words import Culture, Names

FIRM_SHARE = 0.15
TYPO_SHARE = 0.01
PHONE_SHARE = 0.6
EMAIL_SHARE = 0.3
FAMILY_EXPONENT = 0.8
RARE_SHARE = 0.25


def make_party(chance: random.Random, culture: Culture, serial: int, firms: float) -> Party:
    """Return a new party of a culture.

    Args:
        chance: the source of chance.
        culture: how it writes its name.
        serial: a number of its own, for its phone.
        firms: the share of firms.
    """
    name = _firm(chance, culture) if chance.random() < firms else _person(chance, culture)
    if chance.random() < TYPO_SHARE:
        name = mistyped(chance, name)
    number = chance.randint(1, 220)
    street = chance.choice(culture.streets)
    return Party(
        name,
        f"{number} {street}" if chance.random() < 0.5 else f"{street} {number}, {chance.randint(1, 90)}",
        by_rank(chance, culture.cities),
        f"{chance.randint(10000, 99999)}",
        by_rank(chance, culture.places),
        f"+{chance.randint(1, 99)} {600_000_000 + serial * 13 % 399_999_989}" if chance.random() < PHONE_SHARE else "",
        f"user{serial}@example.org" if chance.random() < EMAIL_SHARE else "",
    )


def _person(chance: random.Random, culture: Culture) -> str:
    native = culture.native is not None and chance.random() < culture.native_share
    names = culture.native if native and culture.native is not None else culture.latin
    given, family = _given(chance, names), by_rank(chance, names.family, FAMILY_EXPONENT)
    if chance.random() < RARE_SHARE:
        family = respelt(chance, family)
    if native and len(family) == 1:
        return family + given  # written together, family name first, as Chinese names are
    if culture.second_share and chance.random() < culture.second_share:
        family = f"{family} {by_rank(chance, names.family, FAMILY_EXPONENT)}"
    name = f"{family} {given}" if chance.random() < 0.2 else f"{given} {family}"
    return name.upper() if chance.random() < 0.15 else name


def _given(chance: random.Random, names: Names) -> str:
    first = by_rank(chance, names.given, 0.6)
    way = chance.random()
    if way < 0.15:
        return f"{first} {by_rank(chance, names.given, 0.6)}"
    return f"{first} {chance.choice('ABCDEGHJKLMNPRSTVW')}." if way < 0.2 else first


def _firm(chance: random.Random, culture: Culture) -> str:
    stem = by_rank(chance, culture.firm_stems or culture.latin.family, 0.5)
    other = chance.choice(culture.firm_stems or culture.latin.family).lower()
    word = stem + other if culture.firm_stems and chance.random() < 0.8 else by_rank(chance, culture.latin.family, 0.5)
    return f"{word.capitalize()} {chance.choice(culture.trades)} {by_rank(chance, culture.forms)}"
