"""How a wording is put, beside what it says: whole words or cut ones, digits, a plural, a head before a comma.

A person who files for a licence or keeps a store writes the thing out; a shop's label is cut, shortened and numbered. The
same word is worth more in the one than in the other, so the models of concern may weigh it. Only goods text is looked at,
and only text in Latin letters: for other scripts there is no labelled text to learn it from, and nothing is said of it.
"""

from __future__ import annotations

import re

CUTS = frozenset({19, 29, 30, 40})  # lengths at which forms and catalogues cut a description
_WORD = re.compile(r"[^\W_]+")
_VOWEL = re.compile(r"[aeiouyà-öø-ÿ]")
_ODD = re.compile(r"[_&+%*'\"]")
_LATIN = re.compile(r"[A-Za-zÀ-ɏ]")
LONG, SHORT = 8, 3


def style_signals(text: str) -> dict[str, float]:
    """Return how a wording is put, each value 0 to 1; nothing for text that is not mostly in Latin letters."""
    letters = sum(char.isalpha() for char in text)
    words = _WORD.findall(text.casefold())
    if not words or len(_LATIN.findall(text)) * 2 < max(1, letters):
        return {}
    spelt = [word for word in words if word.isalpha()]
    count, digits = len(words), sum(char.isdigit() for char in text)
    found = {
        f"style:words-{min(count, 6)}": 1.0,
        "style:digit": float(digits > 0),
        "style:digits": digits / len(text),
        "style:plural": float(bool(spelt) and spelt[-1].endswith("s") and not spelt[-1].endswith("ss")),
        "style:capital": float(text[:1].isupper()),
        "style:short": sum(len(word) <= SHORT for word in words) / count,
        "style:long": sum(len(word) >= LONG for word in words) / count,
        "style:bare": sum(len(word) > 2 and not _VOWEL.search(word) for word in spelt) / count,
        "style:odd": float(_ODD.search(text) is not None),
        "style:commas": min(text.count(","), 3) / 3,
        "style:and": float("and" in words),
        "style:length": min(len(text), 60) / 60,
    }
    if len(text) in CUTS:
        found[f"style:cut-{len(text)}"] = 1.0
    return {name: value for name, value in found.items() if value}
