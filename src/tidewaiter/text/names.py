"""One place decides what "the same name" means: script, case, legal form, title, punctuation and numerals are settled here.

Screening, list building and linking all normalise through `normalise_name`, so a term cannot silently miss.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from tidewaiter.text.names_data import organisation_forms, titles, words
from tidewaiter.text.names_fold import fold_key, is_vowelless, to_latin

_SPLIT = re.compile(r"\s*(?:\bc/o\b|\bc/-|\battn\b\.?:?|\battention:|\bвниманию\b|\bдля передачи\b|[;|\n\r]|\s/\s)\s*", re.IGNORECASE)
_PHONE = re.compile(r"(?<!\w)\+?\d[\d ()-]{7,}\d(?!\w)")
_DOTTED = re.compile(r"\b(?:[a-z]\.){2,}(?![a-z]{2})")
_ORDINAL = re.compile(r"(?<=\d)(?:st|nd|rd|th)\b")
_APOSTROPHE = re.compile(r"(?<=\w)['’](?=\w)|(?<!\w)'(?=\w)|(?<=\w)'(?!\w)")
_TOKEN = re.compile(r"[a-z]+|[0-9]+")
_ROMAN = {
    "ii": "2", "iii": "3", "iv": "4", "vi": "6", "vii": "7", "viii": "8", "ix": "9", "xi": "11", "xii": "12",
    "second": "2", "third": "3", "fourth": "4", "fifth": "5", "2nd": "2", "3rd": "3",
}  # fmt: skip
_ABD = frozenset({"abd", "abdal", "abdel", "abdul", "abdol", "abdoul", "abdur", "abdus"})
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
    parts = [part.strip(" ,.-") for part in _SPLIT.split(_PHONE.sub(" ", text))]
    return tuple(part for part in parts if part)


@cache
def _first_words() -> tuple[frozenset[str], int]:
    forms = organisation_forms()
    return frozenset(form[0] for form in forms), max(map(len, forms))


def _drop_forms(tokens: list[str]) -> tuple[list[str], list[str]]:
    """Split tokens into those of the name and the unified organisation forms; at least one name token is kept."""
    first, longest = _first_words()
    if first.isdisjoint(tokens):
        return tokens, []
    table = organisation_forms()
    kept: list[str] = []
    dropped: list[str] = []
    candidates: list[tuple[int, int, str]] = []
    position, count = 0, len(tokens)
    while position < count:
        step = 1
        if tokens[position] in first:
            for size in range(min(longest, count - position), 0, -1):
                found = table.get(tuple(tokens[position : position + size]))
                if found is not None and (found[1] or position == 0 or position + size == count or size > 1):
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


def _join_abd(tokens: list[str]) -> list[str]:
    joined: list[str] = []
    position = 0
    while position < len(tokens):
        token = tokens[position]
        if token in _ABD and position + 1 < len(tokens):
            rest = position + 2 if tokens[position + 1] in _ARTICLES and position + 2 < len(tokens) else position + 1
            joined.append("abdul" + tokens[rest])
            position = rest + 1
            continue
        joined.append(token)
        position += 1
    return joined


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
        latin = _APOSTROPHE.sub("", latin)
    if "d " in latin or "h " in latin or "t " in latin:
        latin = _ORDINAL.sub("", latin)
    tokens: list[str] = _TOKEN.findall(latin)
    if len(tokens) > 2:
        tokens = _strip_titles(tokens)
    forms: list[str] = []
    if schema != "Person":
        tokens, forms = _drop_forms(tokens)
    if not _ABD.isdisjoint(tokens):
        tokens = _join_abd(tokens)
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
        clean.append(token)
    keys = tuple(map(fold_key, clean))
    return NormalName(text, tuple(clean), keys, tuple(forms), tuple(numerals), is_vowelless(text))


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
