"""The name of a party as words to compare, whatever their order: titles, ordinals and legal forms taken off, kind guessed.

No word is given a role by the culture it seems to come from: comparison pairs words, and position counts only in so far
as the same word stands first or last in both names.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from tidewaiter.link.records import FIRM, MOST_TOKENS, PERSON, UNKNOWN
from tidewaiter.text.names_data import title_words, words_in
from tidewaiter.text.names_fold import fold_key, to_latin
from tidewaiter.text.names_nicknames import is_nickname_pair
from tidewaiter.text.names_organisations import drop_forms, may_be_form

_TOKEN = re.compile(r"[a-z]+|[0-9]+(?:st|nd|rd|th)?\b|[0-9]+")
_ORDINAL = re.compile(r"([0-9]+)(?:st|nd|rd|th)?")
_APOSTROPHE = str.maketrans("", "", "'’ʼ`´")
_GENERATIONS = {
    "jr": "jr", "jnr": "jr", "junior": "jr", "filho": "jr", "hijo": "jr", "fils": "jr", "neto": "jr",
    "sr": "sr", "snr": "sr", "senior": "sr", "ii": "2", "iii": "3", "iv": "4", "viii": "8",
    "first": "1", "second": "2", "third": "3", "fourth": "4", "fifth": "5", "sixth": "6", "seventh": "7", "eighth": "8",
}  # fmt: skip
# A family name in front of a comma stands first in the list of words but is written last elsewhere.
_COMMA = re.compile(r"^\s*([^\s,]+(?:\s[^\s,]+)?)\s*,\s*([^\s,]+(?:\s[^\s,]+){0,2})\s*$")
# Particles carry no weight of their own; kept only where nothing else is left.
_PARTICLES = frozenset(
    words_in(
        "of the de da do dos das del della di du des der den dem van von vom zu zur al el ul bin ibn ben bint y e i la le "
        "las les los and und et"
    )
)
# Forms that a person trading alone carries: they do not make a firm.
_SOLE = frozenset({"ip", "fop", "sole trader", "sole proprietor", "ei", "ek"})
_SCRIPTS = (
    ("cyrillic", re.compile("[\u0400-\u052f]")), ("han", re.compile("[\u3400-\u9fff]")), ("hangul", re.compile("[\uac00-\ud7af]")),
    ("kana", re.compile("[\u3040-\u30ff]")), ("arabic", re.compile("[\u0600-\u06ff]")), ("greek", re.compile("[\u0370-\u03ff]")),
    ("hebrew", re.compile("[\u0590-\u05ff]")),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class NameParts:
    """The words of a name (`tokens`, Latin), their folded `keys`, the `generation` mark, the kind and the script."""

    tokens: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()
    generation: str = ""
    kind: str = UNKNOWN
    script: str = "latin"


def script_of(text: str) -> str:
    """Return the script a text is mainly written in; `latin` for ASCII, `other` for scripts not told apart."""
    if text.isascii():
        return "latin"
    for name, pattern in _SCRIPTS:
        if pattern.search(text):
            return name
    return "latin" if any("a" <= char <= "z" or "A" <= char <= "Z" for char in text) else "other"


def split_name(text: str, noble: frozenset[str] = frozenset()) -> NameParts:
    """Return the name taken apart.

    Args:
        text: The name as declared, in any script.
        noble: Words of rank from the pack (`baron`, `knight`), dropped while two other words remain.

    Returns:
        The parts; without words when the text has neither letter nor digit.
    """
    comma = _COMMA.match(text) if "," in text else None
    latin = to_latin(f"{comma.group(2)} {comma.group(1)}" if comma is not None else text).translate(_APOSTROPHE)
    words: list[str] = _TOKEN.findall(latin)
    generation = ""
    kept: list[str] = []
    for place, word in enumerate(words):
        found = _GENERATIONS.get(word, "") if place else ""
        if word[0].isdigit() and (ordinal := _ORDINAL.fullmatch(word)) is not None and not word.isdigit():
            found = ordinal.group(1)
        if found and len(words) > 2:
            generation = generation or found
        else:
            kept.append(word)
    kind = UNKNOWN
    if len(kept) > 1:
        firm, forms = drop_forms(kept)
        if forms and not _SOLE.issuperset(forms):
            kind, kept = FIRM, firm
        elif forms:
            kept = firm
    if kind != FIRM:
        kept = _without(kept, title_words().keys() | noble)
    kept = _without(kept, _PARTICLES)
    tokens = tuple(dict.fromkeys(kept))[-MOST_TOKENS:] if len(kept) > MOST_TOKENS else tuple(dict.fromkeys(kept))
    return NameParts(tokens, tuple(map(fold_key, tokens)), generation, kind, script_of(text))


def is_plain(word: str, noble: frozenset[str] = frozenset()) -> bool:
    """Return whether a lower-case word is taken as it is wherever it stands in a name of two or three words.

    A name of such words alone need not be taken apart: `split_name` would return the words themselves.
    """
    if not (word.isascii() and word.isalpha() and len(word) > 1):
        return False
    if word in noble or word in _PARTICLES or word in _GENERATIONS or word in title_words():
        return False
    return not may_be_form(word)


def _without(words: list[str], dropped: frozenset[str] | set[str], least: int = 2) -> list[str]:
    """Drop words while at least `least` others remain; a name that is nothing but titles keeps them."""
    if dropped.isdisjoint(words):
        return words
    kept = [word for word in words if word not in dropped]
    return kept if len(kept) >= least else words


SAME, KEY, NICKNAME, INITIAL, EDIT, FAR, NONE = range(7)
NEAR_NAMES = ("same", "key", "nickname", "initial", "edit", "far", "none")


def is_initial(left: str, right: str) -> bool:
    """Return whether one word is the first letter of the other."""
    return (len(left) == 1 or len(right) == 1) and left[:1] == right[:1]


@lru_cache(maxsize=1 << 17)
def is_nickname(left: str, right: str) -> bool:
    """Return whether two words are names that stand for each other (William, Bill)."""
    return len(left) > 1 and len(right) > 1 and is_nickname_pair(left, right)


__all__ = [
    "EDIT",
    "FAR",
    "FIRM",
    "INITIAL",
    "KEY",
    "NEAR_NAMES",
    "NICKNAME",
    "NONE",
    "PERSON",
    "SAME",
    "NameParts",
    "split_name",
]
