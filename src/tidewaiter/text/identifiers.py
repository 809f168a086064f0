"""Identifiers of things in text: CAS registry numbers of substances, NATO stock numbers of supply items.

Both have a fixed written form, so that a number of the same digits is not mistaken for one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

# A CAS number has two to seven digits, two digits, a check digit. Dashes are often typed as other signs and folded before.
_CAS = re.compile(r"(?<![\d-])(\d{2,7})\s?-\s?(\d{2})\s?-\s?(\d)(?![\d-])")
# Class (4), country (2), serial (3 and 4): 1005-00-123-4567, or thirteen digits after the letters NSN.
_NSN = re.compile(
    r"(?<![\d-])(\d{4})-(\d{2})-(\d{3})-?(\d{4})(?![\d-])|\bnsn[\s:#]*(\d{4})-?(\d{2})-?(\d{3})-?(\d{4})(?!\d)"
)


@dataclass(frozen=True, slots=True)
class Identifier:
    """An identifier found at `start`–`end` of a folded text: `number` in normal form, for a stock number its class."""

    number: str
    start: int
    end: int


def is_cas(number: str) -> bool:
    """Return whether a text is a CAS registry number: `NNNNNNN-NN-R`, R the weighted digit sum modulo ten.

    Source of the rule: CAS, "Check Digit Verification of CAS Registry Numbers".
    """
    match = _CAS.fullmatch(number)
    if match is None:
        return False
    digits = match[1] + match[2]
    return sum(weight * int(digit) for weight, digit in enumerate(reversed(digits), 1)) % 10 == int(match[3])


def find_cas(text: str) -> list[Identifier]:
    """Return the CAS registry numbers in folded text that have a right check digit."""
    found = []
    for match in _CAS.finditer(text):
        number = f"{match[1]}-{match[2]}-{match[3]}"
        if is_cas(number):
            found.append(Identifier(number, match.start(), match.end()))
    return found


def find_stock_numbers(text: str) -> list[Identifier]:
    """Return the NATO stock numbers in folded text; `number` is the four-digit supply class."""
    return [Identifier(match[1] or match[5], match.start(), match.end()) for match in _NSN.finditer(text)]
