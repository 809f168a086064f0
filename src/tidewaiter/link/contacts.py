"""Phones, e-mail addresses, handles and identity numbers in the form in which they are compared."""

from __future__ import annotations

from functools import cache

from phonenumbers.phonenumberutil import country_code_for_region

from tidewaiter.text.fold import fold_text

_DIGITS = {ord(char): None for char in " \t\u00a0()-–./+"}
# Providers that ignore dots and what follows a plus in the part before the at sign.
_DOTLESS = frozenset({"gmail.com", "googlemail.com"})
_LEAST_DIGITS = 7


@cache
def calling_code(country: str) -> str:
    """Return the international calling code of a two-letter country code, empty when there is none."""
    code = country_code_for_region(country.upper())
    return str(code) if code else ""


def phone_key(text: str, country: str = "") -> str:
    """Return the national number of a phone as digits, the same with and without country code and trunk zero.

    Args:
        text: The phone as declared.
        country: Two-letter code of the party's address, whose calling code may stand before the number.

    Returns:
        At most nine last digits of the subscriber's number; empty below seven digits, or when all digits are alike
        (a placeholder).
    """
    if not text:
        return ""
    if text.isascii() and text.isdigit():
        digits, is_international = text, text.startswith("00")
    else:
        plain = fold_text(text)
        for mark in (" ext", " x", ";", ",", "доб"):
            if mark in plain:
                plain = plain.split(mark, 1)[0]
        digits = "".join(char for char in plain if char.isdigit() and char.isascii())
        is_international = plain.lstrip(" (").startswith("+") or digits.startswith("00")
    digits = digits[2:] if digits.startswith("00") else digits
    code = calling_code(country) if country else ""
    if code and digits.startswith(code) and (is_international or len(digits) > 10):
        digits = digits[len(code) :]
    digits = digits.lstrip("0")
    if len(digits) < _LEAST_DIGITS or len(set(digits)) == 1:
        return ""
    return digits[-9:]


def email_key(text: str) -> str:
    """Return an e-mail address in lower case, without what follows a plus, and without dots where the provider ignores them."""
    local, at, domain = text.strip().lower().rpartition("@")
    if not at or not local or "." not in domain:
        return ""
    local = local.split("+", 1)[0]
    if domain in _DOTLESS:
        local, domain = local.replace(".", ""), "gmail.com"
    return f"{local}@{domain}" if local else ""


def id_key(text: str) -> str:
    """Return an identity number in capitals without punctuation; empty below five characters or without a digit."""
    clean = "".join(char for char in text.upper() if char.isalnum())
    return clean if len(clean) >= 5 and any(char.isdigit() for char in clean) and len(set(clean)) > 1 else ""


def handle_key(text: str) -> str:
    """Return a marketplace handle in lower case, without the sign before it."""
    clean = text.strip().lower().lstrip("@")
    return clean if len(clean) > 2 else ""
