"""Word stems by language, cached. The same function serves pack compilation and screening, so both sides agree.

Latin-script words are stemmed once per language because a declaration's language is not known; Cyrillic words (Russian and
Ukrainian) share one stemmer.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

import snowballstemmer

from tidewaiter.text.fold import is_cyrillic, rough_roman

LATIN_LANGUAGES = ("en", "de", "fr", "es", "tr")
GROUPS = (*LATIN_LANGUAGES, "cyr", "rom", "ar")

SHORTEST_STEM = 3  # shorter ones meet words of other languages

_NAMES = {"en": "english", "de": "german", "fr": "french", "es": "spanish", "cyr": "russian", "tr": "turkish"}
_STEMMERS = {code: snowballstemmer.stemmer(name) for code, name in _NAMES.items()}
for _stemmer in _STEMMERS.values():
    _stemmer.maxCacheSize = 0  # its own cache costs more than the stemming; stems are remembered here
_STEM_WORD: dict[str, Callable[[str], str]] = {code: stemmer.stemWord for code, stemmer in _STEMMERS.items()}

# One spelling for British and American forms, before stemming.
_SPELLING = {
    "armour": "armor", "armoured": "armored", "calibre": "caliber", "fibre": "fiber", "grey": "gray", "moulded": "molded",
    "colour": "color", "tyre": "tire", "licence": "license", "metre": "meter", "aluminium": "aluminum", "defence": "defense",
    "jewellery": "jewelry", "armours": "armor", "bodyarmour": "bodyarmor", "silencers": "silencer",
}  # fmt: skip
# Words the stemmers would make another word of: avión, fusión, célula.
_KEPT = {form: kept for kept, forms in {
    "avioni": "avionica avionicas avionique avioniques avionics avionik", "celular": "celular celulares",
    "granada": "granada granadas", "celulos": "celulosa celulosas", "galgas": "galgas", "sumergible": "sumergible sumergibles",
    "dirigible": "dirigible dirigibles", "dirigeable": "dirigeable dirigeables",
}.items() for form in forms.split()}  # fmt: skip
# What does something is not what was done: liofilizador and café liofilizado, condensateur and lait condensé.
_MACHINE = {"es": re.compile(r"(\w{3,}[aei]dor)(?:a|es|as)?"), "fr": re.compile(r"(\w{3,}(?:ateur|euse))s?")}
_MACHINE_ENDS = {"es": ("dor", "dora", "dores", "doras"), "fr": ("ateur", "ateurs", "euse", "euses")}
_UKRAINIAN_ENDINGS = (
    "ами",
    "ями",
    "ів",
    "їв",
    "ою",
    "ею",
    "ові",
    "еві",
    "ах",
    "ях",
    "ам",
    "ям",
    "ий",
    "ого",
    "ому",
    "і",
    "ї",
)


def group_of(language: str) -> str:
    """Return the stem group a pack language belongs to."""
    if language in ("ru", "uk", "be", "bg"):
        return "cyr"
    return language if language in LATIN_LANGUAGES or language == "ar" else "en"


@lru_cache(maxsize=65536)
def stem(word: str, group: str) -> str:
    """Return the stem of a folded word in a stem group."""
    if not word.isalpha():
        if group == "fr" and word[1:2] == "'" and word[0] in "dl" and word[2:].isalpha():
            return stem(word[2:], group)  # l'optique, d'avion
        return word
    if is_cyrillic(word):
        return _cyrillic(word) if group == "cyr" else word
    if group == "rom":
        return rough_roman(word) if len(word) >= 4 else word
    if group == "ar" or is_arabic(word):
        return _arabic(word) if group == "ar" and is_arabic(word) else word
    if group == "cyr":
        return word
    return _latin(word, group)


def _latin(word: str, group: str) -> str:
    if len(word) <= 3:
        return _spanish_end(word) if group == "es" else word
    kept = _KEPT.get(word)
    if kept is not None:
        return kept
    if group in _MACHINE and word.endswith(_MACHINE_ENDS[group]):
        machine = _MACHINE[group].fullmatch(word)
        if machine is not None:
            return str(machine[1])
    if group == "en":
        word = _SPELLING.get(word, word)
    elif group == "fr" and len(word) >= 6 and word.endswith(("ee", "ees")) and not word.startswith("poupee"):
        word = word.rstrip("s")[:-1]  # guidée, guidées: the stemmer knows them by the accent
    elif group == "es" and word.endswith(("ares", "eres", "ires")):
        word = word[:-2]  # militares is no verb
    stemmed = _STEM_WORD[group](word)
    if group == "es":
        if stemmed == word and word.endswith("s"):
            stemmed = _STEM_WORD[group](word[:-1])  # chips, alzas
        if word.endswith("z"):
            stemmed = _spanish_end(stemmed)
    if group == "tr":  # written without its own letters, the Turkish stemmer takes too much: parça, çanta, uydu
        return stemmed if len(stemmed) >= 4 and len(word) - len(stemmed) <= 4 else word
    if group in ("es", "fr") and len(stemmed) <= SHORTEST_STEM and word.endswith(("er", "ar", "ir")):
        return word  # read as a verb, "rover" would be "rov"
    return stemmed if len(stemmed) >= SHORTEST_STEM else word


def is_arabic(word: str) -> bool:
    """Return whether a folded word is written in the Arabic script."""
    return "\u0600" <= word[0] <= "\u06ff"


def _spanish_end(word: str) -> str:
    """Return a stem with the letter it has in the plural: luz, luces."""
    return word[:-1] + "c" if word.endswith("z") else word


_HAMZA = str.maketrans(
    {"ئ": "ي", "ؤ": "و", "ء": "", "گ": "ك", "ک": "ك", "ی": "ي", "پ": "ب", "چ": "ج", "ڤ": "ف", "ڥ": "ف", "ژ": "ج"}
)


def _arabic(word: str) -> str:
    """Light stemming: letters typed in several ways, the article and its particles, endings of number, gender and kind."""
    word = word.translate(_HAMZA)
    for article in ("وال", "بال", "كال", "فال", "ولل", "لل", "ال"):
        if word.startswith(article) and len(word) - len(article) >= 3:
            word = word[len(article) :]
            break
    if word in ("مروحية", "مروحيه", "مروحيات", "مروحي"):
        return "مروحي"  # a helicopter is no مروحة, a fan
    if word.endswith("ات") and len(word) >= 5:
        word = word[:-2]  # a plural of what has an ending of its own: توربين, توربينات
    for ending in ("ين", "ون", "ان", "ة", "ه"):
        if word.endswith(ending) and len(word) - len(ending) >= (4 if ending == "ان" else 3):
            word = word[: -len(ending)]
            break
    return word[:-1] if word.endswith("ي") and len(word) >= 4 else word  # حراري, حرارية; بطارية, بطاريات


def _cyrillic(word: str) -> str:
    if len(word) <= 3:
        return word
    for ending in _UKRAINIAN_ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            word = word[: -len(ending)]
            break
    stemmed = _STEM_WORD["cyr"](word)
    # Fleeting and softening endings: бронеплита / бронеплит, жилетка / жилеток share the bare consonant stem.
    return stemmed.rstrip("ьй")


def stems_once(word: str) -> tuple[str, ...]:
    """Return the same as `stems` without remembering it: for pieces of words that nobody asks for again."""
    if not word.isalpha():
        return (word, word, stem(word, "fr"), word, word, word, word, word) if "'" in word else (word,) * len(GROUPS)
    if is_cyrillic(word):
        return (word, word, word, word, word, _cyrillic(word), word, word)
    rough = rough_roman(word) if len(word) >= 4 else word
    if is_arabic(word):
        return (word, word, word, word, word, word, rough, _arabic(word))
    return (*[_latin(word, group) for group in LATIN_LANGUAGES], word, rough, word)


@lru_cache(maxsize=32768)
def stems(word: str) -> tuple[str, ...]:
    """Return the stem of a folded word in every group, in the order of `GROUPS`."""
    return stems_once(word)
