"""Addresses, places and postcodes in the form in which they are compared, and the classes of address that tie nobody."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from tidewaiter.text.names_fold import to_latin

_TOKEN = re.compile(r"[a-z]+|[0-9]+[a-z]?\b|[0-9]+")
_SPACES = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Words:
    """Words of the pack, folded to lower-case Latin: `unified` maps abbreviations of addresses to one word (or none),
    `classes` class of address → phrases, `noble` words of rank that are no part of a name."""

    unified: Mapping[str, str] = field(default_factory=dict)
    classes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    noble: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class AddressParts:
    """`whole`: all words in a settled order; `street`: the words; `number`: the first number; `place_class`: see the pack."""

    whole: str = ""
    street: str = ""
    number: str = ""
    place_class: str = ""


def split_address(text: str, words: Words) -> AddressParts:
    """Return an address taken apart; empty parts for an empty text.

    Args:
        text: Street address in any script, in any usual order.
        words: Abbreviations and class phrases of the pack.
    """
    latin = to_latin(text)
    found: list[str] = _TOKEN.findall(latin)
    if not found:
        return AddressParts()
    unified = words.unified
    tokens = [word for token in found if (word := unified.get(token, token))]
    numbers = [token for token in tokens if token[0].isdigit()]
    street = [token for token in tokens if not token[0].isdigit()]
    joined = " " + " ".join(found) + " "
    place_class = next(
        (name for name, phrases in words.classes.items() if any(f" {phrase} " in joined for phrase in phrases)), ""
    )
    ordered = sorted(dict.fromkeys(street))
    return AddressParts(" ".join((*numbers, *ordered)), " ".join(ordered), numbers[0] if numbers else "", place_class)


@lru_cache(maxsize=1 << 16)
def city_key(text: str) -> str:
    """Return a place name as lower-case Latin words parted by single blanks."""
    return _SPACES.sub(" ", to_latin(text)).strip()


def postcode_key(text: str) -> str:
    """Return a postcode in capitals without blanks and signs; empty when shorter than three characters."""
    clean = "".join(char for char in text.upper() if char.isascii() and char.isalnum())
    return clean if len(clean) > 2 else ""


def area_of(postcode: str) -> str:
    """Return the part of a postcode that names the wider area: without the last three signs, or the first three digits."""
    return postcode[:-3] if len(postcode) > 4 and not postcode.isdigit() else postcode[:3]


def occupation_key(text: str) -> str:
    """Return an occupation as lower-case Latin words parted by single blanks."""
    return city_key(text)
