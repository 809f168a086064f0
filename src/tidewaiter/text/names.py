"""One place decides what "the same name" means: script, case, legal form, title, punctuation and numerals are settled here.

Screening, list building and linking all normalise through `normalise_name`, so a term cannot silently miss.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from tidewaiter.text.names_counting import NUMBER_WORDS, count_in_digits, letters_for_digits
from tidewaiter.text.names_data import foreign_words, titles, word_kinds, words
from tidewaiter.text.names_fold import fold_key, is_vowelless, near_word, to_latin
from tidewaiter.text.names_organisations import LONG_FORMS, drop_forms, may_be_form
from tidewaiter.text.names_pinyin import drop_tone_numbers, from_wade
from tidewaiter.text.readings import MOST_READINGS, latin_readings

_SPLIT = re.compile(
    r"\s*(?:\bc/o\b|\bc/-|\battn\b\.?:?|\battention:|\bвниманию\b|\bдля передачи\b|[;|\n\r]|\s/\s)\s*", re.IGNORECASE
)
_PHONE = re.compile(r"(?<!\w)\+?\d[\d ()-]{7,}\d(?!\w)")
_DOTTED = re.compile(r"\b[a-z](?:\.[a-z])+\b\.?")
_ORDINAL = re.compile(r"(?<=\d)(?:st|nd|rd|th)\b")
_APOSTROPHE = re.compile(r"(?<=\w)['’](?=\w)|(?<!\w)'(?=\w)|(?<=\w)'(?!\w)")
_TOKEN = re.compile(r"[a-z]+|[0-9]+")
_HAS_DIGIT = re.compile("[a-z][0-9][a-z]")
_ROMAN = {
    "ii": "2", "iii": "3", "iv": "4", "vi": "6", "vii": "7", "viii": "8", "ix": "9", "xi": "11", "xii": "12",
    "xiii": "13", "xiv": "14", "xv": "15", "xvi": "16", "xvii": "17", "xviii": "18", "xix": "19", "xx": "20",
    "second": "2", "third": "3", "fourth": "4", "fifth": "5", "sixth": "6", "seventh": "7", "eighth": "8",
    "ninth": "9", "tenth": "10", "eleventh": "11", "twelfth": "12", "vtoroy": "2", "vtoroi": "2", "vtoraya": "2",
    "tretiy": "3", "tretii": "3", "tretya": "3", "chetvertyy": "4", "chetverty": "4", "pyatyy": "5", "pyaty": "5",
    "zweite": "2", "zweiter": "2", "dritte": "3", "dritter": "3", "vierte": "4", "deuxieme": "2", "troisieme": "3",
    "quatrieme": "4", "cinquieme": "5", "segunda": "2", "tercera": "3", "tercero": "3", "terceira": "3", "ikinci": "2",
    "ucuncu": "3", "dorduncu": "4", "besinci": "5", "seconda": "2", "terzo": "3", "terza": "3", "kedua": "2", "ketiga": "3",
}  # fmt: skip
# Numerals that are names as well: read as numbers only after a word of organisation names, letters only after a counted one.
_ROMAN_OR_NAME = frozenset({"vi", "xi"})
_ROMAN_LETTERS = {"i": "1", "v": "5", "x": "10"}
_COUNTED = frozenset(
    {
        "fund",
        "partner",
        "trust",
        "unit",
        "plant",
        "phase",
        "part",
        "series",
        "block",
        "department",
        "stage",
        "class",
        "portfolio",
    }
)
_NUMBER_SIGNS = frozenset({"n", "nr", "num", "number", "nomer", "numero", "numara"})
_CUT_LENGTHS = range(28, 37)
_ABD = re.compile("^abd(?![aou]l+a)[aeiou]{1,2}(?:l|r(?=r)|s(?=s)|n(?=n)|z(?=z)|d(?=d))?([a-z]{4,})$")
_ABD_ALONE = frozenset({"abd", "abdal", "abdel", "abdul", "abdol", "abdoul", "abdur", "abdus"})
_ARTICLES = frozenset({"al", "el", "ul", "ar", "as", "ad", "ur", "us", "an", "ash"})


@dataclass(frozen=True, slots=True)
class NormalName:
    """A name ready to compare.

    `tokens` are lower-case Latin words and numerals in their order, without organisation forms and titles; words of
    organisation names are canonical (`technologies` is `technology`). `keys` are their folded comparison keys.
    `forms` are the unified organisation forms that were dropped. `numerals` are the digits among the tokens.
    `vowelless` says the name was written in a script without short vowels.
    """

    text: str
    tokens: tuple[str, ...]
    keys: tuple[str, ...]
    forms: tuple[str, ...] = ()
    numerals: tuple[str, ...] = ()
    vowelless: bool = False

    @property
    def joined(self) -> str:
        """Return all tokens written together."""
        return "".join(self.tokens)


def split_declared(text: str) -> tuple[str, ...]:
    """Return the separate parties written into one declared name field (c/o, attention, slash, semicolon).

    Phone numbers are removed. Nothing else is dropped: whoever stands behind a "c/o" is screened as well.
    """
    if text.isascii() and text.replace(" ", "").isalpha() and "attn" not in text.lower():
        return (text,)
    parts = [part.strip(" ,-") for part in _SPLIT.split(_PHONE.sub(" ", text))]
    return tuple(part for part in parts if part)


def _merge(tokens: list[str]) -> list[str]:
    """Join three or more single letters that stand together (`a b c` is `abc`); two may be a person's initials."""
    merged: list[str] = []
    run: list[str] = []
    for token in (*tokens, ""):
        if len(token) == 1 and token.isalpha():
            run.append(token)
            continue
        merged.extend(["".join(run)] if len(run) > 2 else run)
        run = []
        if token:
            merged.append(token)
    return merged


def _part_abd(tokens: list[str]) -> list[str]:
    """Write "abd al-" names as two words, however joined; the article after abd is dropped."""
    parted: list[str] = []
    for token in tokens:
        found = _ABD.match(token)
        if found is not None:
            parted.extend(("abdul", found.group(1)))
        elif not (parted and parted[-1] in _ABD_ALONE and token in _ARTICLES):
            parted.append(token)
    return parted


def normalise_name(text: str, schema: str = "") -> NormalName:
    """Return the name as it is compared.

    Args:
        text: A name in any script, as declared or as listed.
        schema: `Person` keeps every word (a family name may look like a legal form); other values drop legal forms.

    Returns:
        The normalised name; its tokens are empty when the text holds no letter or digit.
    """
    latin = to_latin(text)
    if "." in latin:
        latin = _DOTTED.sub(lambda found: found.group().replace(".", "") + " ", latin)
    if "'" in latin:
        latin = _APOSTROPHE.sub("", from_wade(latin))
    elif "hs" in latin:
        latin = from_wade(latin)
    if "d " in latin or "h " in latin or "t " in latin:
        latin = _ORDINAL.sub("", latin)
    if not latin.isalpha() and _HAS_DIGIT.search(latin):
        latin = letters_for_digits(latin)
    tokens: list[str] = _TOKEN.findall(latin)
    if schema != "Person" and all(map(_is_plain, tokens)) and not _is_cut_form(text, tokens):
        return NormalName(text, tuple(tokens), tuple(map(fold_key, tokens)), (), (), is_vowelless(text))
    if len(tokens) > 2:
        tokens = _strip_titles(tokens)
    forms: list[str] = []
    if schema != "Person":
        if _is_cut_form(text, tokens):
            tokens[-1] = next((form for form in LONG_FORMS if form.startswith(tokens[-1])), tokens[-1])
        tokens, forms = drop_forms(tokens)
    if schema != "Person" and not NUMBER_WORDS.isdisjoint(tokens):
        tokens = count_in_digits(tokens)
    if "abd" in latin:
        tokens = _part_abd(tokens)
    if schema != "Person" and sum(len(token) == 1 for token in tokens) > 2:
        tokens = _merge(tokens)
    table = _known_words()
    clean: list[str] = []
    numerals: list[str] = []
    for token in tokens:
        known = table.get(token)
        if known is None:
            if token < "a":
                token = token.lstrip("0") or "0"
                numerals.append(token)
                if clean and clean[-1] in _NUMBER_SIGNS:
                    clean[-1] = "no"
            elif len(token) > 6 and schema != "Person":
                token = near_word(token)
        elif known[1] != "numeral":
            token = known[0]
        elif clean and _is_numeral(token, clean, schema):
            token = known[0]
            numerals.append(token)
        clean.append(token)
    if len(numerals) > 1 and (plain := drop_tone_numbers(latin)) != latin:
        return replace(normalise_name(plain, schema), text=text)
    keys = tuple(map(fold_key, clean))
    return NormalName(text, tuple(clean), keys, tuple(forms), tuple(numerals), is_vowelless(text))


def _is_cut_form(text: str, tokens: list[str]) -> bool:
    """Return whether the last word may be a form cut off at a field limit."""
    return len(text) in _CUT_LENGTHS and len(tokens) > 2 and len(tokens[-1]) > 1


@lru_cache(maxsize=1 << 15)
def _is_plain(token: str) -> bool:
    """Return whether a word of a name that is no person's is left as it is, whatever stands beside it."""
    if len(token) < 2 or not token.isalpha() or token in titles() or token in NUMBER_WORDS or token in _known_words():
        return False
    return not (may_be_form(token) or token in _ABD_ALONE or _ABD.match(token) or near_word(token) != token)


@cache
def _known_words() -> dict[str, tuple[str, str]]:
    """Return the words of organisation names and the words and letters that may be numerals."""
    numerals = {word: (number, "numeral") for word, number in (_ROMAN_LETTERS | _ROMAN).items()}
    return words() | numerals


def _is_numeral(token: str, before: list[str], schema: str) -> bool:
    """Return whether a word that may be a numeral is one after the words before it."""
    if token in _ROMAN_LETTERS:
        return before[-1] in _COUNTED
    if token not in _ROMAN_OR_NAME:
        return True
    if schema == "Person":
        return False
    kinds = word_kinds()
    return any(kinds.get(word) == "generic" for word in before)


def normalise_readings(text: str, schema: str = "") -> tuple[NormalName, ...]:
    """Return the name in each reading it may be listed under, the best first.

    Args:
        text: A name in any script, as declared or as listed.
        schema: As for `normalise_name`.

    Returns:
        One to four normalised names with different tokens: `normalise_name(text, schema)`, then the words of other
        languages and abbreviations such as NII in English (not for persons), then the other Latin readings of the
        script. All carry the text and the script flags of the original.
    """
    best = normalise_name(text, schema)
    found = {best.tokens: best}
    if schema != "Person":
        translated = translate(best)
        found.setdefault(translated.tokens, translated)
    if not text.isascii():
        for reading in latin_readings(text)[1:]:
            other = normalise_name(reading, schema)
            if other.tokens not in found:
                found[other.tokens] = NormalName(
                    text, other.tokens, other.keys, other.forms, other.numerals, best.vowelless
                )
    return tuple(found.values())[:MOST_READINGS]


def translate(name: NormalName) -> NormalName:
    """Return the name with words of other languages and abbreviations as the canonical English words, else itself."""
    table = foreign_words()
    if table.keys().isdisjoint(name.tokens):
        return name
    tokens = tuple(word for token in name.tokens for word in table.get(token, (token,)))
    return replace(name, tokens=tokens, keys=tuple(map(fold_key, tokens)))


def _strip_titles(tokens: list[str]) -> list[str]:
    """Drop titles at the beginning, and a junior at the end, while two other words remain."""
    table = titles()
    while len(tokens) > 2 and tokens[0] in table:
        tokens = tokens[1:]
    return tokens


def normalise_identifier(number: str) -> str:
    """Return an identifier in capitals without blanks and punctuation; empty when too short to identify anyone."""
    clean = "".join(char for char in to_latin(number).upper() if char.isalnum())
    return clean if len(clean) >= 6 and any(char.isdigit() for char in clean) else ""
