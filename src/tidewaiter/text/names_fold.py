"""Transliteration of names to Latin letters and folding of spelling variants into comparison keys.

Own tables for Cyrillic and Han (fast, and spelled as lists spell); anyascii for every other script. A key is only a
means of finding and of forgiving spelling conventions (kh/h, iy/y, ou/u); the score always looks at the letters too.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

from anyascii import anyascii

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
from tidewaiter.text.names_data import long_words_cut, variant_canon
from tidewaiter.text.names_pinyin import syllables

_LATIN = {
    "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ı": "i", "ŋ": "ng",
    "ə": "a", "ħ": "h", "’": "'", "‘": "'", "ʼ": "'", "ʻ": "'", "`": "'", "´": "'", "–": "-", "—": "-", "№": " no ",
    "\u200d": "", "\u200e": "", "\u200f": "", "\u00ad": "", "ـ": "",
}  # fmt: skip
_SIMPLE = str.maketrans(_LATIN)
_MARKS = re.compile("[\u0300-\u036f\u0483-\u0489\u064b-\u065f\u0670]")
_VOWELLESS = re.compile("[\u0590-\u05ff\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufeff]")


def is_vowelless(text: str) -> bool:
    """Return whether the text is written in a script that leaves short vowels out (Arabic, Hebrew)."""
    return not text.isascii() and _VOWELLESS.search(text) is not None


def to_latin(text: str) -> str:
    """Return the text in lower-case ASCII letters, transliterated where needed.

    Args:
        text: A name in any script.

    Returns:
        The name in ASCII, casefolded; punctuation and spaces are kept.
    """
    if text.isascii():
        return text.lower()
    return _romanised(text)


# A name is read more than once: for its words, its other readings and its letters.
@lru_cache(maxsize=1 << 12)
def _romanised(text: str) -> str:
    """Return a text in other than ASCII letters as `to_latin` does."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    if _VOWELLESS.search(folded):
        folded = names_semitic.romanise(folded)
    folded = folded.translate(_SIMPLE)
    if folded.isascii():
        return folded
    if names_cyrillic.CYRILLIC.search(folded):
        folded = names_cyrillic.romanise(folded)
        if folded.isascii():
            return folded
    if names_kana.KANA.search(folded):
        folded = names_kana.romanise(names_han.romanise_kanji(folded))
    elif names_han.HAN.search(folded):
        folded = names_han.romanise(folded)
    elif names_hangul.HANGUL.search(folded):
        folded = names_hangul.romanise(folded)
    if names_alphabets.ANY.search(folded):
        folded = names_alphabets.romanise(folded)
    if names_indic.INDIC.search(folded):
        folded = names_indic.romanise(folded)
    if names_thai.THAI.search(folded):
        folded = names_thai.romanise(folded)
    if not folded.isascii():
        folded = _MARKS.sub("", unicodedata.normalize("NFD", folded)).translate(_SIMPLE)
    return folded if folded.isascii() else anyascii(unicodedata.normalize("NFC", folded)).lower()


_FOLDS = [
    ("ayev", "aiv"), ("aev", "aiv"), ("oyev", "oiv"), ("oev", "oiv"), ("eyev", "ev"), ("iyev", "ev"), ("iev", "ev"),
    ("iya", "a"), ("iia", "a"), ("ija", "a"), ("iyu", "u"), ("iiu", "u"), ("iye", "e"), ("iie", "e"),
    ("shch", "sh"), ("sch", "sh"), ("tch", "ch"), ("dzh", "j"), ("dj", "j"), ("ph", "f"), ("kh", "h"), ("gh", "g"),
    ("th", "t"), ("zh", "j"), ("cz", "ch"), ("tz", "ts"), ("ck", "k"), ("q", "k"), ("x", "ks"), ("w", "v"),
    ("ou", "u"), ("oo", "u"), ("ee", "i"), ("oe", "o"), ("ue", "u"), ("ae", "a"),
    ("yu", "u"), ("iu", "u"), ("ya", "a"), ("ia", "a"), ("ye", "e"), ("ie", "e"), ("yo", "e"), ("io", "e"), ("y", "i"),
]  # fmt: skip
# In ian, iang, iao and a final io the i is heard; elsewhere ia is one way to write ya.
_HEARD = re.compile("[iy](?:a(?=ng|n$|o)|o$)")
_C = re.compile("c(?!h)")
_VOWELS = str.maketrans("eo", "iu")
# -allah, -ullah, -ollah: the case ending before the word for God.
_ULLAH = re.compile("(?<=[^aeiou])(?:[aeo]|ou)llah?$")
_DOUBLE = re.compile(r"(.)\1+")
_SKELETON = re.compile("[aeiouvwy]|(?<!^)h")


@cache
def _fold_pattern() -> tuple[re.Pattern[str], dict[str, str]]:
    table = dict(_FOLDS)
    return re.compile("|".join(sorted(table, key=len, reverse=True))), table


@lru_cache(maxsize=1 << 16)
def fold_key(token: str) -> str:
    """Return the comparison key of a token: one key for the usual spellings of one name.

    Args:
        token: A lower-case Latin token.

    Returns:
        The canonical form of a known variant, folded; a token of digits or one letter is its own key.
    """
    if len(token) < 3 or not token.isalpha():
        return variant_canon().get(token, token) if len(token) == 2 else token
    canonical = variant_canon().get(token)
    if canonical is not None:
        return _fold(canonical)
    key = _fold(token)
    # A spelling of a known spelling: alyaksandr folds as aliaksandr does. Short keys are too easily alike.
    return _variant_keys().get(key, key) if len(key) > 4 else key


@cache
def _variant_keys() -> dict[str, str]:
    """Return the folded variant spellings mapped to the folded canonical one; a key of two names maps to none."""
    table: dict[str, str] = {}
    for variant, canonical in variant_canon().items():
        key, target = _fold(variant), _fold(canonical)
        if table.setdefault(key, target) != target:
            table[key] = key
    for canonical in variant_canon().values():
        table.setdefault(_fold(canonical), _fold(canonical))
    return table


def _fold(token: str) -> str:
    """Fold the spelling conventions of a token, without the table of variants."""
    if token.endswith(("llah", "lla")):
        token = _ULLAH.sub("ullah", token)
    if token in syllables():
        # Syllables of pinyin are too short to forgive vowels: Liu is not Lu, Chen not Chin.
        return token.replace("y", "i").replace("w", "v").replace("ong", "ung")
    pattern, table = _fold_pattern()
    token = _HEARD.sub(lambda found: "I" + found.group()[1].upper(), token)
    key = pattern.sub(lambda found: table[found.group()], token)
    key = _C.sub("k", key.lower()).translate(_VOWELS)
    key = _DOUBLE.sub(r"\1", key)
    return key[:-1] if len(key) > 3 and key[-1] == "h" and key[-2] in "aiu" else key


@lru_cache(maxsize=1 << 16)
def skeleton(token: str) -> str:
    """Return the consonants of a token's key, the only part vowelless scripts write."""
    key = fold_key(token).replace("ch", "c").replace("sh", "x").replace("ts", "s").replace("k", "g")
    return _DOUBLE.sub(r"\1", _SKELETON.sub("", key))


@lru_cache(maxsize=1 << 16)
def near_word(token: str) -> str:
    """Return the word of organisation names that a token of eight letters or so misspells by one letter, else itself."""
    if len(token) < 7:
        return token
    table = long_words_cut()
    found = table.get(token)
    for cut in range(len(token)):
        if found is not None:
            return found
        found = table.get(token[:cut] + token[cut + 1 :])
    return token if found is None else found
