"""Numbers in names: written in words, and letters swapped for digits."""

from __future__ import annotations

import re

_ONES = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11,
    "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19,
}  # fmt: skip
_TENS = {
    "twenty": 20, "thirty": 30, "forty": 40, "fourty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
NUMBER_WORDS = frozenset({**_ONES, **_TENS})
# A digit between letters stands for the letter it looks like: Ig0r, Sech1n. Two digits together are a model or a year.
_DIGIT_IN_WORD = re.compile("(?<=[a-z])[01345689](?=[a-z])")
_LETTER = {"0": "o", "1": "i", "3": "e", "4": "a", "5": "s", "6": "b", "8": "b", "9": "g"}


def letters_for_digits(latin: str) -> str:
    """Return the text with single digits between letters read as the letters they look like."""
    return _DIGIT_IN_WORD.sub(lambda found: _LETTER[found.group()], latin)


def count_in_digits(tokens: list[str]) -> list[str]:
    """Return the tokens with English number words below a hundred as digits: `forty four` and `forty 4` are 44.

    Args:
        tokens: Lower-case Latin words of the name of an organisation.
    """
    counted: list[str] = []
    tens = 0
    for token in tokens:
        one = _ONES.get(token) or (int(token) if tens and token.isdigit() and 0 < int(token) < 10 else None)
        if tens:
            counted[-1] = str(tens + one) if one is not None and one < 10 else counted[-1]
            tens = 0
            if one is not None and one < 10:
                continue
        if token in _TENS:
            tens = _TENS[token]
            counted.append(str(tens))
        else:
            counted.append(str(_ONES[token]) if token in _ONES else token)
    return counted
