"""Cyrillic names in Latin letters, by the convention of the language the letters point to.

`romanise` gives the spelling most lists and passports use; `alternatives` the other conventions in use: BGN/PCGN with
ye and yo, the ICAO passport scheme (Doc 9303: iu, ia, ii), the scholarly one without its diacritics (j, h, ju), the
passports of 1997, and the Ukrainian and Russian readings of the same letters.
"""

from __future__ import annotations

import re
from functools import cache

CYRILLIC = re.compile("[\u0400-\u052f]")
_KAZAKH = re.compile("[қғңөұүһәҳҷӣӯӊҡҙҫ]")
# Letters, the ending -ський and given names whose letters alone would not tell.
_UKRAINIAN = re.compile(
    r"[їєґі]|ськ|цьк|зьк|\b(?:володимир|дмитро|микола|олександр|петро|павло|василь|остап|катерина|олександра"
    r"|михайло|данило|гнат|кирило|марко|тетяна|олена)\b"
)
_BELARUSIAN = re.compile(r"ў|дз[іея]|\b(?:аляксандр|аляксей|сяргей|пятро|алег|алена|вольга|кацярына|мікалай|рыгор)\b")
_SERBIAN = re.compile("[ђјљњћџѓќѕ]")
# The hard sign before a consonant is a vowel in Bulgarian; Russian writes it only before е, ё, ю and я.
_BULGARIAN = re.compile("ъ(?=[бвгджзклмнпрстфхцчшщ])")
_RUSSIAN_ONLY = re.compile("[ыэё]")
_VOWEL_BEFORE_E = re.compile("(?:^|(?<=[^а-яёіїєґ])|(?<=[аеёиоуыэюяьъ]))е")
_ENDING_IY = re.compile(r"(?:iy|yy|yi|ii|ij|yj)\b")

_RUSSIAN = {
    **dict(zip("абвгдезийклмнопрстуфыэ", "abvgdeziyklmnoprstufye", strict=True)),
    "ё": "e", "ж": "zh", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ъ": "", "ь": "", "ю": "yu",
    "я": "ya", "і": "i", "ї": "yi", "є": "ye", "ґ": "g", "ў": "u", "ђ": "dj", "ј": "j", "љ": "lj", "њ": "nj",
    "ћ": "c", "џ": "dz", "ѓ": "gj", "ќ": "kj", "ѕ": "dz", "қ": "k", "ғ": "gh", "ң": "n", "ө": "o", "ұ": "u",
    "ү": "u", "һ": "h", "ә": "a", "ҳ": "h", "ҷ": "j", "ӣ": "i", "ӯ": "u", "ѣ": "e", "ҡ": "k", "ҙ": "z", "ҫ": "s",
    "ӊ": "n", "ӑ": "a", "ӗ": "e", "ҵ": "ts", "ӏ": "",
}  # fmt: skip
_SCHEMES = {
    "russian": _RUSSIAN,
    "ukrainian": {**_RUSSIAN, "г": "h", "и": "y"},
    "belarusian": {**_RUSSIAN, "г": "h", "і": "i"},
    "bulgarian": {**_RUSSIAN, "щ": "sht", "ъ": "a", "х": "h", "ь": "y"},
    "serbian": {**_RUSSIAN, "х": "h", "ц": "c", "ч": "c", "ш": "s", "ж": "z", "й": "j"},
    "yeyo": {**_RUSSIAN, "ё": "yo"},
    "passport": {**_RUSSIAN, "й": "i", "ю": "iu", "я": "ia", "ъ": "ie"},
    "scholarly": {**_RUSSIAN, "й": "j", "ю": "ju", "я": "ja", "ё": "jo", "х": "h", "щ": "sch", "ц": "c"},
    "kazakh": {**_RUSSIAN, "х": "h", "ғ": "g", "й": "i", "ө": "o", "ю": "yu", "щ": "sh"},
    "ukrainian-2010": {**_RUSSIAN, "г": "h", "и": "y", "й": "i", "ї": "i", "є": "ie", "ю": "iu", "я": "ia"},
}


@cache
def _table(scheme: str) -> dict[int, str]:
    return str.maketrans(_SCHEMES[scheme])


def language_of(text: str) -> str:
    """Return the scheme the letters of a casefolded text point to; `russian` when nothing tells."""
    if _KAZAKH.search(text):
        return "russian"
    if _BELARUSIAN.search(text):
        return "belarusian"
    if _SERBIAN.search(text):
        return "serbian"
    if _UKRAINIAN.search(text):
        return "ukrainian"
    if "ъ" in text and _BULGARIAN.search(text):
        return "bulgarian"
    return "russian"


def romanise(text: str) -> str:
    """Return the text with its Cyrillic letters in Latin; other letters stay.

    Args:
        text: Casefolded text.

    Returns:
        The spelling of the scheme `language_of` finds.
    """
    return text.translate(_table(language_of(text)))


def alternatives(text: str) -> list[str]:
    """Return other Latin spellings of a casefolded Cyrillic text, the likeliest first."""
    language = language_of(text)
    popular = _ENDING_IY.sub("y", _VOWEL_BEFORE_E.sub("ye", text).translate(_table("yeyo")))
    if language == "ukrainian":
        russian = text.replace("і", "и").replace("ї", "и").replace("є", "е").replace("ґ", "г")
        return [
            russian.translate(_table("russian")),
            text.translate(_table("ukrainian-2010")),
            _ENDING_IY.sub("y", romanise(text)),
        ]
    if language in ("belarusian", "serbian", "bulgarian"):
        return [text.translate(_table("russian")), text.translate(_table("scholarly"))]
    if _KAZAKH.search(text):
        return [text.translate(_table("kazakh")), text.translate(_table("passport"))]
    found = [popular, text.translate(_table("passport")), text.translate(_table("scholarly"))]
    if ("г" in text or "и" in text) and not _RUSSIAN_ONLY.search(text) and "ъ" not in text:
        # Nothing excludes Ukrainian: it reads г as h and и as y.
        found.insert(1, text.translate(_table("ukrainian")))
    return found
