"""Chinese written in Latin letters: "fangdanyi", "fáng dàn yī", "fang2 dan4 yi1", "ye shi yi".

Forms of the terms are made when packs are compiled; at screening only words that are made of Mandarin syllables are looked at.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache

from tidewaiter.text.fold import HAN

SHORTEST = 6  # letters of a form; shorter ones meet words of other languages
MOST_WORDS = 8
ENGLISH = frozenset({"biding", "tiding"})  # English words made of Mandarin syllables that are forms of a term

LONGEST = 48  # letters of a word that is looked at

# Initials and finals of Hanyu Pinyin without tones; v stands for ü where a typist has no other.
_SYLLABLES = frozenset(
    initial + final
    for initials, finals in (
        ("b p m f", "a o ai ei ao ou an en ang eng i ie iao iu ian in ing u"),
        ("d t n l", "a e ai ei ao ou an en ang eng ong i ia ie iao iu ian in iang ing u uo ui uan un ve ue v"),
        ("g k h", "a e ai ei ao ou an en ang eng ong u ua uo uai ui uan un uang"),
        ("j q x", "i ia ie iao iu ian in iang ing iong u ue uan un v"),
        ("zh ch sh r z c s", "a e i ai ei ao ou an en ang eng ong u ua uo uai ui uan un uang"),
        ("y", "a e ao ou an ang i in ing u ue uan un ong"),
        ("w", "a o ai ei an en ang eng u"),
    )
    for initial in initials.split()
    for final in finals.split()
) | frozenset(["a", "o", "e", "ai", "ei", "ao", "ou", "an", "en", "ang", "er"])
_LONGEST_SYLLABLE = max(map(len, _SYLLABLES))
_REST = re.compile(r"[1-5']")


@lru_cache(maxsize=65536)
def pinyin_of(word: str) -> str:
    """Return a folded word that is made of Mandarin syllables without tones and marks, or nothing."""
    if len(word) > LONGEST or not word.isascii():
        return ""
    ends = {0}  # where a syllable may end; a word can be cut in many ways, so all are followed at once
    for start in range(len(word)):
        if start not in ends:
            continue
        if start and word[start] in "12345'" and word[start - 1].isalpha():
            ends.add(start + 1)
        ends.update(
            start + size for size in range(1, _LONGEST_SYLLABLE + 1) if word[start : start + size] in _SYLLABLES
        )
    return _REST.sub("", word) if len(word) in ends else ""


def pinyin_forms(text: str) -> tuple[str, ...]:
    """Return the forms without tones in which a term of Han characters alone is written joined; none where it is too short."""
    if len(text) < 2 or any(HAN.match(char) is None for char in text):
        return ()
    from pypinyin import lazy_pinyin  # 0.14 s to import, and only the compilation of packs needs it

    form = "".join(lazy_pinyin(text))
    if len(form) < SHORTEST or not pinyin_of(form):
        return ()
    return tuple(dict.fromkeys((form, form.replace("v", "u"))))


def pinyin_index(terms: Mapping[str, list[int]], is_taken: Callable[[str], bool]) -> dict[str, tuple[int, ...]]:
    """Return joined form → terms.

    Args:
        terms: Chinese text → numbers of the terms.
        is_taken: whether a word is one of another language; such forms are left out.
    """
    found: dict[str, list[int]] = {}
    for text, numbers in terms.items():
        for form in pinyin_forms(text):
            if form not in ENGLISH and not is_taken(form):
                found.setdefault(form, []).extend(numbers)
    return {form: tuple(dict.fromkeys(numbers)) for form, numbers in found.items()}


def find_pinyin(words: Iterable[str], index: Mapping[str, tuple[int, ...]]) -> list[tuple[int, int, tuple[int, ...]]]:
    """Return (first word, last word exclusive, terms) of the forms that runs of whole words make."""
    plain = [pinyin_of(word) for word in words]
    found = []
    for first, start in enumerate(plain):
        if not start:
            continue
        joined = ""
        for last in range(first, min(first + MOST_WORDS, len(plain))):
            if not plain[last]:
                break
            joined += plain[last]
            terms = index.get(joined)
            if terms is not None:
                found.append((first, last + 1, terms))
    return found
