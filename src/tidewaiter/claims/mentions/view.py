"""The words of a sentence as the finders of mentions need them: elided articles, hyphens and possessives apart, numbers whole.

"l'Ukraine" is two words, "27-year-old" five, "Russia's" two, "1 500" and "2,5" one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

# A model such as 6B47 is one word and no count of six.
_NUMBER = r"\d+[^\W\d_]{1,3}\d+\w*|\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?![\d])(?:[.,]\d+)?|\d+(?:[.,'’]\d+)*"
_LETTERS = r"[^\W\d_]+"
_PLAIN = re.compile(rf"{_NUMBER}|{_LETTERS}(?:['’ʼ]{_LETTERS})*|\S")
_ELIDING = re.compile(rf"{_NUMBER}|{_LETTERS}['’]?|\S")
_POSSESSIVE = re.compile(rf"{_NUMBER}|['’]s\b|{_LETTERS}(?:['’](?!s\b){_LETTERS})*|\S")
_BY_LANGUAGE = {"fr": _ELIDING, "it": _ELIDING, "en": _POSSESSIVE}
_SAME = str.maketrans({"’": "'", "ʼ": "'", "ё": "е", "‑": "-"})


@dataclass(frozen=True, slots=True)
class Word:
    """One word or mark. `low` is how it is compared; offsets are characters of the document."""

    text: str
    low: str
    start: int
    end: int

    @property
    def capital(self) -> bool:
        """Whether it begins with a capital letter."""
        return self.text[0].isupper()


def words_of(text: str, language: str, base: int = 0) -> list[Word]:
    """Return the words and marks of a text.

    Args:
        text: a sentence as it stands in its document.
        language: ISO 639-1 code; it tells what an apostrophe parts.
        base: offset of the text in the document.
    """
    pattern = _BY_LANGUAGE.get(language, _PLAIN)
    found = []
    for one in pattern.finditer(text):
        word = one.group()
        found.append(Word(word, word.lower().translate(_SAME), base + one.start(), base + one.end()))
    return found
