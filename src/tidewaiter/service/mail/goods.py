"""Goods of generated mail: how their senders word them."""

from __future__ import annotations

import random

from tidewaiter.service.mail.repeats import by_rank
from tidewaiter.service.mail.words import Words

HS_SHARE = 0.6
# Latin letters stand apart from the noun; Chinese qualities stand before it and are not spaced.
_UNSPACED = frozenset({"zh"})

Wording = tuple[str, str]


def make_wording(chance: random.Random, words: Words, language: str) -> Wording:
    """Return a new wording of ordinary goods and its subheading, empty where it is not declared.

    A wording is a noun, often with a quality, a size, a brand or a shop's own number.
    """
    hs, nouns = by_rank(chance, words.goods, 0.7)
    text = nouns[language]
    if chance.random() < 0.5:
        quality = chance.choice(words.qualities[language])
        before = language in ("en", "zh", "tr", "ru", "uk")
        blank = "" if language in _UNSPACED else " "
        text = f"{quality}{blank}{text}" if before else f"{text} {quality}"
    if chance.random() < 0.35:
        text = f"{chance.choice(words.brands)} {text}"
    if chance.random() < 0.4:
        text = f"{text} {chance.choice(words.sizes)}"
    if chance.random() < 0.2:
        text = f"{text} {chance.choice('ABCKMRTX')}{chance.randint(10, 9999)}"
    return text, hs if chance.random() < HS_SHARE else ""


def make_controlled(chance: random.Random, words: Words) -> Wording:
    """Return a wording of goods that lists control, or may."""
    hs, text = chance.choice(words.controlled)
    return text, hs
