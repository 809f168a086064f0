"""One place decides what "the same name" means: script, case, legal form, title, punctuation and numerals are settled here.

Screening, list building and linking all normalise through `normalise_name`, so a term cannot silently miss.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache

from rapidfuzz.distance import OSA

from tidewaiter.text.names_data import organisation_forms, titles, words
from tidewaiter.text.names_fold import fold_key, is_vowelless, near_word, to_latin
from tidewaiter.text.names_pinyin import drop_tone_numbers, from_wade
from tidewaiter.text.readings import latin_readings

_SPLIT = re.compile(
    r"\s*(?:\bc/o\b|\bc/-|\battn\b\.?:?|\battention:|\bвниманию\b|\bдля передачи\b|[;|\n\r]|\s/\s)\s*", re.IGNORECASE
)
_PHONE = re.compile(r"(?<!\w)\+?\d[\d ()-]{7,}\d(?!\w)")
_DOTTED = re.compile(r"\b[a-z](?:\.[a-z])+\b\.?")
_ORDINAL = re.compile(r"(?<=\d)(?:st|nd|rd|th)\b")
_APOSTROPHE = re.compile(r"(?<=\w)['’](?=\w)|(?<!\w)'(?=\w)|(?<=\w)'(?!\w)")
_TOKEN = re.compile(r"[a-z]+|[0-9]+")
_ROMAN = {
    "ii": "2", "iii": "3", "iv": "4", "vi": "6", "vii": "7", "viii": "8", "ix": "9", "xi": "11", "xii": "12",
    "second": "2", "third": "3", "fourth": "4", "fifth": "5", "2nd": "2", "3rd": "3",
}  # fmt: skip
# Form words long enough to be recognised with one typing error, glued to another word, or cut off at a field limit.
_LONG_FORMS = ("limited", "company", "corporation", "liability", "private", "incorporated")
_GLUED_FORMS = ("company", "limited", "corporation", "ltd", "llc", "gmbh", "fze", "jsc", "dmcc", "ltda", "corp")
_GLUED_BEFORE = ("company", "limited", "ooo")
# Words written after a name for a place within the firm; a legal form before them still stands at the end.
_APPENDED = frozenset({"warehouse", "whse", "dept", "department", "office", "unit", "branch", "store", "no"})
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


@cache
def _first_words() -> tuple[frozenset[str], int]:
    forms = organisation_forms()
    return frozenset(form[0] for form in forms), max(map(len, forms))


def _drop_forms(tokens: list[str]) -> tuple[list[str], list[str]]:
    """Split tokens into those of the name and the unified organisation forms; at least one name token is kept."""
    first, longest = _first_words()
    tokens = _repair_forms(tokens)
    if first.isdisjoint(tokens):
        return tokens, []
    table = organisation_forms()
    kept: list[str] = []
    dropped: list[str] = []
    candidates: list[tuple[int, int, str]] = []
    position, count = 0, len(tokens)
    end = count
    while end > 1 and (tokens[end - 1].isdigit() or tokens[end - 1] in _APPENDED):
        end -= 1
    while position < count:
        step = 1
        if tokens[position] in first:
            for size in range(min(longest, count - position), 0, -1):
                found = table.get(tuple(tokens[position : position + size]))
                if found is not None and (found[1] or position == 0 or position + size in (end, count) or size > 1):
                    candidates.append((position, size, found[0]))
                    step = size
                    break
        position += step
    gone: set[int] = set()
    for start, size, unified in candidates:
        gone.update(range(start, start + size))
        dropped.append(unified)
    kept = [token for index, token in enumerate(tokens) if index not in gone]
    if not kept:
        return tokens, []
    # "Acme Co Ltd Trading LLC": a form that became the edge after another was dropped is a form too.
    again, more = _drop_forms(kept) if dropped and len(kept) > 1 else (kept, [])
    return again, dropped + more


def _repair_forms(tokens: list[str]) -> list[str]:
    """Correct one typing error in a long form word and part a form word glued to the word before it."""
    repaired: list[str] = []
    for token in tokens:
        length = len(token)
        if length > 5:
            for form in _LONG_FORMS:
                if -2 < length - len(form) < 2 and OSA.distance(token, form, score_cutoff=1) == 1:
                    token = form
                    break
        if length > 6 and token.endswith(_GLUED_FORMS) and token not in _LONG_FORMS:
            form = next(form for form in _GLUED_FORMS if token.endswith(form))
            if length - len(form) > 3:
                repaired.append(token[: -len(form)])
                token = form
        elif length > 6 and token.startswith(_GLUED_BEFORE) and token not in _LONG_FORMS:
            form = next(form for form in _GLUED_BEFORE if token.startswith(form))
            if length - len(form) > 3:
                repaired.append(form)
                token = token[len(form) :]
        repaired.append(token)
    for position in range(len(repaired) - 1):
        first, second = repaired[position], repaired[position + 1]
        if first == "joint" and OSA.distance(second, "stock", score_cutoff=1) == 1:
            repaired[position + 1] = "stock"
        elif second == "stock" and OSA.distance(first, "joint", score_cutoff=1) == 1:
            repaired[position] = "joint"
    return repaired


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
    if "hs" in latin or "'" in latin:
        latin = from_wade(latin)
    if "'" in latin:
        latin = _APOSTROPHE.sub("", latin)
    if "d " in latin or "h " in latin or "t " in latin:
        latin = _ORDINAL.sub("", latin)
    tokens: list[str] = _TOKEN.findall(latin)
    if len(tokens) > 2:
        tokens = _strip_titles(tokens)
    forms: list[str] = []
    if schema != "Person":
        if len(text) in _CUT_LENGTHS and len(tokens) > 2 and len(tokens[-1]) > 1:
            tokens[-1] = next((form for form in _LONG_FORMS if form.startswith(tokens[-1])), tokens[-1])
        tokens, forms = _drop_forms(tokens)
    if "abd" in latin:
        tokens = _part_abd(tokens)
    if schema != "Person" and sum(len(token) == 1 for token in tokens) > 2:
        tokens = _merge(tokens)
    table = words()
    clean: list[str] = []
    numerals: list[str] = []
    for token in tokens:
        if token.isdigit():
            token = token.lstrip("0") or "0"
            numerals.append(token)
        elif token in _ROMAN and clean:
            token = _ROMAN[token]
            numerals.append(token)
        else:
            known = table.get(token)
            if known is not None:
                token = known[0]
            elif schema != "Person" and len(token) > 6:
                token = near_word(token)
        clean.append(token)
    if len(numerals) > 1 and (plain := drop_tone_numbers(latin)) != latin:
        return replace(normalise_name(plain, schema), text=text)
    keys = tuple(map(fold_key, clean))
    return NormalName(text, tuple(clean), keys, tuple(forms), tuple(numerals), is_vowelless(text))


def normalise_readings(text: str, schema: str = "") -> tuple[NormalName, ...]:
    """Return the name in each Latin reading its script allows, the best first; one reading for ASCII text.

    Args:
        text: A name in any script, as declared or as listed.
        schema: As for `normalise_name`.

    Returns:
        One to four normalised names with different tokens; all carry the text and the script flags of the original.
    """
    best = normalise_name(text, schema)
    if text.isascii():
        return (best,)
    found = {best.tokens: best}
    for reading in latin_readings(text)[1:]:
        other = normalise_name(reading, schema)
        found.setdefault(other.tokens, replace(other, text=text, vowelless=best.vowelless))
    return tuple(found.values())


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
