"""All usual Latin readings of a name: the one `to_latin` gives, then the other conventions its script is written by.

A caller that compares names compares every reading and keeps the best. Text in ASCII has one reading and returns at
once.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from tidewaiter.text import (
    names_alphabets,
    names_cyrillic,
    names_han,
    names_hangul,
    names_indic,
    names_kana,
    names_semitic,
    names_thai,
)
from tidewaiter.text.names_fold import to_latin

MOST_READINGS = 4
# Letters with marks that are also written out by two letters.
_WRITTEN_OUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe", "đ": "dj", "ğ": "gh", "ñ": "ny"})


def latin_readings(text: str) -> tuple[str, ...]:
    """Return the Latin readings of a name, the best first.

    Args:
        text: A name in any script.

    Returns:
        One to four different lower-case ASCII texts; the first equals `to_latin(text)`.
    """
    if text.isascii():
        return (text.lower(),)
    return _all_readings(text)


@lru_cache(maxsize=1 << 14)
def _all_readings(text: str) -> tuple[str, ...]:
    best = to_latin(text)
    seen = {" ".join(best.split()): best}
    for alternative in _alternatives(unicodedata.normalize("NFKC", text).casefold()):
        reading = to_latin(alternative)
        seen.setdefault(" ".join(reading.split()), reading)
    return tuple(seen.values())[:MOST_READINGS]


def _alternatives(folded: str) -> list[str]:
    """Return readings of the first script found that has several conventions; other letters are left to `to_latin`."""
    if names_cyrillic.CYRILLIC.search(folded):
        return names_cyrillic.alternatives(folded)
    if names_hangul.HANGUL.search(folded):
        return names_hangul.alternatives(folded)
    if names_semitic.ARABIC.search(folded) or names_semitic.HEBREW.search(folded):
        return names_semitic.alternatives(folded)
    if names_kana.KANA.search(folded):
        return names_kana.alternatives(names_han.romanise_kanji(folded))
    if names_han.HAN.search(folded):
        return names_han.alternatives(folded)
    if names_alphabets.ANY.search(folded):
        return names_alphabets.alternatives(folded)
    if names_indic.INDIC.search(folded):
        return names_indic.alternatives(folded)
    if names_thai.THAI.search(folded):
        return names_thai.alternatives(folded)
    written_out = folded.translate(_WRITTEN_OUT)
    return [written_out] if written_out != folded else []
