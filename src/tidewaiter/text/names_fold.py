"""Transliteration of names to Latin letters and folding of spelling variants into comparison keys.

Own tables for Cyrillic and Han (fast, and spelled as lists spell); anyascii for every other script. A key is only a
means of finding and of forgiving spelling conventions (kh/h, iy/y, ou/u); the score always looks at the letters too.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

from anyascii import anyascii

from tidewaiter.text import names_cyrillic, names_hangul
from tidewaiter.text.names_data import han_terms, long_words_cut, variant_canon

_LATIN = {
    "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ı": "i", "ŋ": "ng",
    "ə": "a", "ħ": "h", "’": "'", "‘": "'", "ʼ": "'", "ʻ": "'", "`": "'", "´": "'", "–": "-", "—": "-", "№": " no ",
    "\u200c": "", "\u200d": "", "\u200e": "", "\u200f": "", "\u00ad": "", "ـ": "",
}  # fmt: skip
_ARABIC = {
    **dict(zip("ابتجحدرزسصضطظعفقكلمنهويىةگپکیہھےٹڈڑؤئۀأإآٱ", "abtjhdrzssdtzafqklmnhwyaagpkyhhytdrwyhaaaa", strict=True)),
    "ث": "th", "خ": "kh", "ذ": "dh", "ش": "sh", "غ": "gh", "چ": "ch", "ژ": "zh", "ء": "", "ں": "n",
}  # fmt: skip
# Arabic writes the article and Allah as words of their own or joined; lists write one Latin word. Applied in this order.
_ARABIC_WORDS = (
    (re.compile(r"(?<!\S)عبد\s?الله(?!\S)|(?<!\S)عبداللّه(?!\S)"), "abdullah"),
    (re.compile(r"(?<!\S)عبد\s?ال(?=\S{2})"), "abdul "),
    (re.compile(r"(?<=\S)\s?الله(?!\S)"), "ullah"),
    (re.compile(r"(?<=\S)\s?الد[يی]ن(?!\S)"), "uddin"),
    (re.compile(r"(?<!\S)ال(?=\S{3})"), "al "),
)
_SIMPLE = str.maketrans({**_ARABIC, **_LATIN})
_MARKS = re.compile("[\u0300-\u036f\u0483-\u0489\u064b-\u065f\u0670]")
_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]+")
_KANA = re.compile("[\u3040-\u30ff]")
_VOWELLESS = re.compile("[\u0590-\u05ff\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufeff]")
_TONE = str.maketrans("āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜüńňǹḿ", "aaaaeeeeiiiioooouuuuuuuuunnnm")
# Readings that differ when the character is a family name, or that the first dictionary reading gets wrong in names.
_SURNAME = {
    "曾": "zeng", "单": "shan", "仇": "qiu", "解": "xie", "区": "ou", "任": "ren", "查": "zha", "盖": "ge", "覃": "qin",
    "朴": "piao", "翟": "zhai", "乐": "yue", "尉": "wei", "缪": "miao", "纪": "ji", "宁": "ning", "华": "hua",
    "万": "wan", "俞": "yu", "沈": "shen", "石": "shi", "葛": "ge", "洗": "xian",
}  # fmt: skip
_COMPOUND = frozenset(
    [
        "欧阳",
        "司马",
        "上官",
        "诸葛",
        "司徒",
        "皇甫",
        "尉迟",
        "公孙",
        "慕容",
        "令狐",
        "東方",
        "东方",
        "夏侯",
        "歐陽",
        "司馬",
    ]
)


def is_vowelless(text: str) -> bool:
    """Return whether the text is written in a script that leaves short vowels out (Arabic, Hebrew)."""
    return not text.isascii() and _VOWELLESS.search(text) is not None


@cache
def _han_pattern() -> re.Pattern[str]:
    return re.compile("|".join(re.escape(term) for term in sorted(han_terms(), key=len, reverse=True)))


@cache
def _readings() -> dict[int, str]:
    from pypinyin.constants import PINYIN_DICT

    return {code: reading.split(",")[0].translate(_TONE) for code, reading in PINYIN_DICT.items()}


def pinyin(char: str) -> str:
    """Return the first Mandarin reading of one Han character without tone, or the character itself."""
    return _readings().get(ord(char), char)


def _han_run(match: re.Match[str]) -> str:
    """Write one run of Han characters in Latin: known words translated, the rest by pinyin.

    A run of two to four characters without a known word is read as a personal name: family name, then the given name
    in one word. Otherwise the unknown stretches between known words become one word each.
    """
    run = match.group()
    terms = han_terms()
    pieces: list[str] = []
    position, known = 0, False
    for found in _han_pattern().finditer(run):
        if found.start() > position:
            pieces.append("".join(map(pinyin, run[position : found.start()])))
        pieces.append(terms[found.group()])
        position, known = found.end(), True
    if known:
        pieces.append("".join(map(pinyin, run[position:])))
        return " " + " ".join(pieces) + " "
    if 2 <= len(run) <= 4:
        cut = 2 if len(run) > 2 and run[:2] in _COMPOUND else 1
        family = "".join(_SURNAME.get(char) or pinyin(char) for char in run[:cut])
        return f" {family} {''.join(map(pinyin, run[cut:]))} "
    return " " + "".join(map(pinyin, run)) + " "


def to_latin(text: str) -> str:
    """Return the text in lower-case ASCII letters, transliterated where needed.

    Args:
        text: A name in any script.

    Returns:
        The name in ASCII, casefolded; punctuation and spaces are kept.
    """
    if text.isascii():
        return text.lower()
    folded = unicodedata.normalize("NFKC", text).casefold()
    if _VOWELLESS.search(folded):
        for pattern, latin in _ARABIC_WORDS:
            folded = pattern.sub(latin, folded)
    folded = folded.translate(_SIMPLE)
    if folded.isascii():
        return folded
    if names_cyrillic.CYRILLIC.search(folded):
        folded = names_cyrillic.romanise(folded)
        if folded.isascii():
            return folded
    if _HAN.search(folded) and not _KANA.search(folded):
        folded = _HAN.sub(_han_run, folded)
    elif names_hangul.HANGUL.search(folded):
        folded = names_hangul.romanise(folded)
    if not folded.isascii():
        folded = _MARKS.sub("", unicodedata.normalize("NFD", folded)).translate(_SIMPLE)
    return folded if folded.isascii() else anyascii(unicodedata.normalize("NFC", folded)).lower()


_FOLDS = [
    ("shch", "sh"), ("sch", "sh"), ("tch", "ch"), ("dzh", "j"), ("dj", "j"), ("ph", "f"), ("kh", "h"), ("gh", "g"),
    ("th", "t"), ("zh", "j"), ("cz", "ch"), ("tz", "ts"), ("ck", "k"), ("q", "k"), ("x", "ks"), ("w", "v"),
    ("ou", "u"), ("oo", "u"), ("ee", "i"), ("oe", "o"), ("ue", "u"), ("ae", "a"),
    ("yu", "u"), ("iu", "u"), ("ya", "a"), ("ia", "a"), ("ye", "e"), ("ie", "e"), ("yo", "e"), ("io", "e"), ("y", "i"),
]  # fmt: skip
_C = re.compile("c(?!h)")
_VOWELS = str.maketrans("eo", "iu")
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
    token = variant_canon().get(token, token)
    pattern, table = _fold_pattern()
    key = pattern.sub(lambda found: table[found.group()], token)
    key = _C.sub("k", key).translate(_VOWELS)
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
