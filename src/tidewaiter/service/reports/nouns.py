"""Nouns of goods by language, derived from what the concept packs call things."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from tidewaiter.claims.nouns import GoodsNouns
from tidewaiter.packs.report_words import ReportWords
from tidewaiter.packs.types import Concept

ENOUGH = 2  # concepts whose names share a head before it counts as a noun of goods
SHORTEST = 3  # letters


def goods_nouns(concepts: Iterable[Concept], words: Mapping[str, ReportWords]) -> dict[str, GoodsNouns]:
    """Return the nouns of each language whose words say where the head of a name stands; `not_goods` words are left out."""
    known = tuple(concepts)
    return {
        language: GoodsNouns(language, _heads(known, found), found.list("not_goods"), found.compounds)
        for language, found in words.items()
        if found.heads
    }


def _heads(concepts: Iterable[Concept], words: ReportWords) -> set[str]:
    counted: Counter[str] = Counter()
    titled: set[str] = set()
    for concept in concepts:
        names = (*concept.strong.get(words.language, ()), *concept.weak.get(words.language, ()))
        counted.update({head for name in names for head in _head(name, words.heads)})
        if words.language == "en":  # titles are English, and always end in what the thing is
            titled.update(_head(concept.title, "last"))
    return {head for head, count in counted.items() if count >= ENOUGH} | titled


def _head(name: str, where: str) -> list[str]:
    parts = name.lower().split()
    ends = {"last": parts[-1:], "first": parts[:1], "either": [*parts[:1], *parts[-1:]]}[where] if parts else []
    return [part for part in ends if part.isalpha() and len(part) >= SHORTEST]


__all__ = ["goods_nouns"]
