"""The word tables names are normalised with, read once from the package's own TSV files."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

# Endings of Slavic adjectives and nouns in their usual romanisations.
_ENDINGS = "iy ii y yi yy ij aya aia aja oe oye oie oje ogo oho oy oi oj ye ie ykh ikh ym im omu uyu o"
_ADJECTIVE = tuple(_ENDINGS.split())
_NOUN = ("", "a", "u", "om", "e", "y", "i", "ov", "iv")
_WORD = re.compile("[a-z]+|[0-9]+")


def words_in(text: str) -> list[str]:
    """Return the words of a short table kept in the code as one text."""
    return text.split()


def _rows(name: str) -> Iterator[list[str]]:
    text = files("tidewaiter.text").joinpath(name).read_text(encoding="utf-8")
    for line in text.splitlines():
        if line and not line.startswith("#"):
            yield line.split("\t")


@cache
def han_terms() -> dict[str, str]:
    """Return Han words of organisation names and places with their English words."""
    return {term: row[1] for row in _rows("names_han.tsv") for term in row[0].split()}


@cache
def cantonese() -> dict[str, str]:
    """Return Han characters with their Cantonese reading in the spelling of Hong Kong."""
    return {char: syllable for syllable, chars in _rows("names_cantonese.tsv") for char in chars}


@cache
def hangul_terms() -> dict[str, str]:
    """Return Korean words of organisation names and places with their English words."""
    return {word: english for english, written in _rows("names_hangul.tsv") for word in written.split()}


@cache
def kanji() -> dict[str, str]:
    """Return usual Japanese family names, given names, places and company words in kanji with their reading."""
    return {word: reading for reading, written in _rows("names_kanji.tsv") for word in written.split()}


def script_names(name: str) -> Iterator[tuple[str, list[str]]]:
    """Yield (Latin spelling, spellings in another script) from a table of names."""
    for latin, spellings in _rows(name):
        yield latin, spellings.split()


@cache
def variant_canon() -> dict[str, str]:
    """Return variant spellings of widespread names mapped to one canonical spelling."""
    table: dict[str, str] = {}
    for canonical, variants, _ in _rows("names_variants.tsv"):
        for variant in variants.split():
            table.setdefault(variant, canonical)
    return table


def nickname_rows() -> Iterator[tuple[str, list[str], str]]:
    """Yield (name, its short forms or cognates, kind: short, cognate or family)."""
    for name, others, kind in _rows("names_nicknames.tsv"):
        yield name, others.split(), kind


@cache
def organisation_forms() -> dict[tuple[str, ...], tuple[str, str]]:
    """Return organisation forms as token tuples mapped to (unified form, where they are dropped).

    Where is `any`, `edge` (first or last words), `first` or `last`. A form of several words is dropped anywhere, but
    one of two or three single letters (S. A., S. p. A.) only at an end, since letters may be initials.
    """
    from tidewaiter.text.names_fold import to_latin

    table: dict[tuple[str, ...], tuple[str, str]] = {}
    for unified, where, _, forms in _rows("names_forms.tsv"):
        for form in forms.split(";"):
            words_of = tuple(_WORD.findall(to_latin(form).replace("'", "")))
            letters = len("".join(words_of))
            if len(words_of) == 1:
                where_of = where
            elif letters > len(words_of) or letters > 3:
                where_of = "any"
            else:
                where_of = "last" if letters == 2 else "edge"
            if words_of:
                table.setdefault(words_of, (unified, where_of))
    return table


@cache
def words() -> dict[str, tuple[str, str]]:
    """Return words of organisation names mapped to (canonical word, kind: generic, particle, plain or place)."""
    table: dict[str, tuple[str, str]] = {}
    for canonical, kind, spellings, _ in _rows("names_words.tsv"):
        for word in spellings.split():
            table.setdefault(word, (canonical, kind))
    return table


@cache
def foreign_words() -> dict[str, tuple[str, ...]]:
    """Return words of other languages, and abbreviations for several words, mapped to the canonical words."""
    table: dict[str, tuple[str, ...]] = {}
    stems: list[tuple[str, tuple[str, ...], str]] = []
    for canonical, _, _, foreign in _rows("names_words.tsv"):
        for word in foreign.split():
            if word[-1] in "~^":
                stems.append((word[:-1], _ADJECTIVE if word[-1] == "~" else _NOUN, canonical))
            else:
                table.setdefault(word, (canonical,))
    # A word written out goes before an ending of a stem.
    for stem, endings, canonical in stems:
        for ending in endings:
            table.setdefault(stem + ending, (canonical,))
    for word, meaning in _rows("names_acronyms.tsv"):
        table[word] = tuple(meaning.split())
    return table


@cache
def long_words_cut() -> dict[str, str]:
    """Return long words and what is left of them without one letter, mapped to the canonical word.

    Only words of eight letters and more: shorter ones lie too near to family names.
    """
    table: dict[str, str] = {}
    known = words()
    for canonical, kind, spellings, _ in _rows("names_words.tsv"):
        for word in spellings.split() if kind == "generic" else ():
            # Words of other languages than the canonical one lie too near to names.
            if len(word) > 7 and word[:3] == canonical[:3] and word in known:
                for cut in range(len(word)):
                    table.setdefault(word[:cut] + word[cut + 1 :], canonical)
                table[word] = canonical
    return table


@cache
def word_kinds() -> dict[str, str]:
    """Return the kind of each canonical word that is generic, a place or a particle."""
    return {canonical: kind for canonical, kind in words().values() if kind != "plain"}


@cache
def titles() -> frozenset[str]:
    """Return titles and forms of address that are left out of names."""
    return frozenset(word for word, use in _rows("names_titles.tsv") if use == "drop")


@cache
def title_words() -> dict[str, str]:
    """Return every title with its use: drop, keep (part of some names) or end (stands after a name)."""
    return {row[0]: row[1] for row in _rows("names_titles.tsv")}


@cache
def name_kinds() -> dict[str, str]:
    """Return known spellings of names with their kind: g given, f family, b both."""
    table: dict[str, str] = {}
    for canonical, variants, kind in _rows("names_variants.tsv"):
        for word in (canonical, *variants.split()):
            table.setdefault(word, kind)
    for name, others, kind in nickname_rows():
        for word in (name, *others):
            table.setdefault(word, "f" if kind == "family" else "g")
    return table


@cache
def common_names() -> frozenset[str]:
    """Return keys of widespread given and family names, a frequency prior."""
    from tidewaiter.text.names_fold import fold_key

    return frozenset(fold_key(name) for row in _rows("names_common.tsv") for name in row[0].split())
