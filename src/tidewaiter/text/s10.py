"""UPU S10 item identifiers: two letters, eight digits, a check digit, the issuing country.

Weights 8 6 4 2 3 5 9 7 over the serial; C = 11 − (S mod 11), 10 becomes 0 and 11 becomes 5 (UPU standard S10). Identifiers of
other kinds are legitimate and only noted.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from operator import mul

WEIGHTS = (8, 6, 4, 2, 3, 5, 9, 7)
_CHECKS = "5" + "0987654321"  # by the sum modulo 11
_SHAPE = re.compile(r"([A-Z]{2})(\d{8})(\d)([A-Z]{2})")
_MARKS = re.compile(r"[\s\-.]")


@dataclass(frozen=True, slots=True)
class S10:
    """A parsed identifier. `valid` says whether the check digit is right; `expected` is the right one."""

    service: str
    serial: str
    check: str
    country: str
    expected: str

    @property
    def valid(self) -> bool:
        """Whether the check digit is right."""
        return self.check == self.expected


def check_digit(serial: str) -> str:
    """Return the check digit of an eight-digit serial."""
    return _CHECKS[sum(map(mul, map(int, serial), WEIGHTS)) % 11]


@lru_cache(maxsize=2048)  # a batch is read, then screened
def parse_s10(identifier: str) -> S10 | None:
    """Return the parts of an S10 identifier written with or without spaces and hyphens, or None if it is not one."""
    written = identifier.upper()
    match = _SHAPE.fullmatch(written if written.isalnum() else _MARKS.sub("", written))
    if match is None:
        return None
    service, serial, check, country = match.groups()
    return S10(service, serial, check, country, check_digit(serial))
