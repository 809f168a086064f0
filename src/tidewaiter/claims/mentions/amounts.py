"""Numbers with what they count: units, masses, lengths, money. A number with no unit beside it counts pieces; the core binds goods."""

from __future__ import annotations

from collections.abc import Sequence

from tidewaiter.claims.mentions.lexicon import Lexicon
from tidewaiter.claims.mentions.numbers import Count
from tidewaiter.claims.mentions.view import Word
from tidewaiter.model.claims import Quantity

_SIGNS = {"$": "USD", "€": "EUR", "£": "GBP", "₽": "RUB", "₴": "UAH", "¥": "CNY"}


def find_amounts(
    words: Sequence[Word],
    counts: Sequence[Count],
    taken: Sequence[tuple[int, int]],
    lexicon: Lexicon,
    text: str,
    base: int,
) -> tuple[tuple[Quantity, ...], tuple[Quantity, ...]]:
    """Return (counts, money) of a sentence, in order.

    Args:
        words: its words.
        counts: the numbers found in it.
        taken: spans of words that are dates or ages, whose numbers count nothing.
        lexicon: the words of its language.
        text: the sentence; `base` is its offset in the document.
    """
    plain: list[Quantity] = []
    money: list[Quantity] = []
    for count in counts:
        if any(first < count.last and count.first < last for first, last in taken):
            continue
        currency = _currency(words, count, lexicon)
        if currency is not None:
            money.append(_made(count, currency[0], currency[1], currency[2], words, text, base))
            continue
        unit, last = _unit(words, count, lexicon)
        if unit or not _stray(words, count):
            plain.append(_made(count, unit or "piece", count.first, last, words, text, base))
    return tuple(plain), tuple(money)


def _made(count: Count, unit: str, first: int, last: int, words: Sequence[Word], text: str, base: int) -> Quantity:
    start, end = words[first].start, words[last - 1].end
    return Quantity(count.value, unit, count.upper, count.about, text[start - base : end - base], start, end)


def _currency(words: Sequence[Word], count: Count, lexicon: Lexicon) -> tuple[str, int, int] | None:
    before = words[count.first - 1] if count.first else None
    if before is not None and before.text in _SIGNS:
        return _SIGNS[before.text], count.first - 1, count.last
    if before is not None and before.text.isupper() and len(before.text) == 3:
        hit = lexicon.money.at(words, count.first - 1)
        if hit is not None:
            return hit.what.name, count.first - 1, count.last
    for at in (count.last, count.last + 1):
        if at < len(words) and (at == count.last or words[count.last].low in ("de", "di", "d'", "us", "k", "mila")):
            hit = lexicon.money.at(words, at)
            if hit is not None and (len(words[at].text) > 1 or words[at].text in _SIGNS or words[at].low == "р"):
                return hit.what.name, count.first, hit.last
    return None


def _unit(words: Sequence[Word], count: Count, lexicon: Lexicon) -> tuple[str, int]:
    """Return the unit behind a number and where it ends: up to three words may stand between a number and what is counted."""
    for at in range(count.last, min(count.last + 3, len(words))):
        hit = lexicon.units.at(words, at)
        if hit is not None:
            if at > count.last and hit.what.name in ("m", "g", "percent", "year", "day", "hour", "month"):
                break
            if len(words[at].text) == 1 and hit.what.name in ("m", "g") and words[at].text.isupper():
                break
            return hit.what.name, hit.last
        if not words[at].text[0].isalpha():
            break
    return "", count.last


def _stray(words: Sequence[Word], count: Count) -> bool:
    """Whether a number stands alone or inside a designator or a reference: "AK-74", "§ 18", "Article 226.1", at the end of a clause."""
    if count.first and not count.vague:
        before = words[count.first - 1]
        if before.text in ("-", "/", "§", "№", "#") or (before.capital and count.digits and count.first > 1):
            return True
    if count.last >= len(words):
        return True
    after = words[count.last]
    return not after.text[0].isalpha()
