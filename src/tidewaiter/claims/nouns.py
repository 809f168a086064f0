"""Nouns of goods of a language, taken from the names of the concepts, and the phrases that are goods by their place alone.

A name's head says what a thing is ("spindle" in "high-speed spindle"), so that a text which names the thing in its own way is
still read. A phrase is a run of words between words that cannot be in one; `packs/report-words` says which those are.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import NamedTuple

from tidewaiter.claims.sentences import Token
from tidewaiter.text.fold import fold_text
from tidewaiter.text.stems import group_of, stem

SHORTEST_PART = 5  # letters of a noun that may end a compound
LONGEST_PHRASE = 9  # words
_MOST_SEEN = 50_000  # words remembered; beyond, memory begins anew


class GoodsNouns:
    """The nouns of one language, met in any number or case.

    Args:
        language: ISO 639-1 code.
        nouns: lower-case nouns.
        not_goods: lower-case words that are never goods, whatever a concept is called; "-tion" is any word that ends so.
        compounds: whether a noun may be the end of a longer word.
    """

    def __init__(
        self, language: str, nouns: Collection[str], not_goods: Collection[str] = (), compounds: bool = False
    ) -> None:
        self._group = group_of(language)
        self._compounds = compounds
        self._not = frozenset(self._key(word) for word in not_goods if not word.startswith("-"))
        self._not_ends = tuple(fold_text(word[1:]) for word in not_goods if word.startswith("-"))
        self._stems = frozenset(self._key(noun) for noun in nouns) - self._not
        self._seen: dict[str, bool] = {}

    def _key(self, word: str) -> str:
        return stem(fold_text(word), self._group)

    def knows(self, low: str) -> bool:
        """Return whether a lower-case word is one of the nouns."""
        known = self._seen.get(low)
        if known is None:
            if len(self._seen) >= _MOST_SEEN:
                self._seen.clear()
            known = self._seen[low] = self._find(low)
        return known

    def excludes(self, low: str) -> bool:
        """Return whether a lower-case word is said never to be goods."""
        last = low.rsplit("-", 1)[-1]
        return self._key(last) in self._not or (last.endswith(self._not_ends) and not self.knows(low))

    def _find(self, low: str) -> bool:
        last = low.replace("‑", "-").rsplit("-", 1)[-1]
        if not last.isalpha() or len(last) < 3:
            return False
        key = self._key(last)
        if key in self._stems:
            return True
        return self._compounds and any(key[at:] in self._stems for at in range(3, len(key) - SHORTEST_PART + 1))


class NounPhrase(NamedTuple):
    """A run of words that may name a thing: tokens `first` to `last` (exclusive), and the token of its head."""

    first: int
    last: int
    head: int


def noun_phrases(
    tokens: Sequence[Token],
    stops: Collection[int],
    links: Collection[int],
    articles: Collection[int],
    endings: tuple[str, ...],
) -> list[NounPhrase]:
    """Return the phrases of a sentence in order, none overlapping another; the head is the last word before a link.

    Args:
        tokens: the sentence.
        stops: tokens that cannot be in a phrase.
        articles: tokens that begin a phrase.
        links: tokens that join two phrases into one ("of"), where they stand between two.
        endings: of words that describe and do not name, at the end of a phrase ("wrapped").
    """
    found: list[NounPhrase] = []
    at = 0
    while at < len(tokens):
        last = _run(tokens, at, stops, links, articles)
        if last == at:
            at += 1
            continue
        head = last
        while head - 1 > at and endings and tokens[head - 1].low.endswith(endings):
            head -= 1
        end = head
        if head == last and last in links:
            behind = _run(tokens, last + 1, stops, links, articles)
            end = behind if behind > last + 1 else head
        single = head - 1 == at and tokens[at].low.endswith(("ing", *endings) if endings else ())
        if not single:  # "easily", "smuggling" alone name nothing
            found.append(NounPhrase(at, end, head - 1))
        at = max(end, last)
    return found


def _run(
    tokens: Sequence[Token], at: int, stops: Collection[int], links: Collection[int], articles: Collection[int]
) -> int:
    last = at
    while last < len(tokens) and last - at < LONGEST_PHRASE and last not in stops and last not in links:
        token = tokens[last]
        if (not token.text[0].isalnum() and token.low != "'s") or (
            last > at and last in articles and last - 1 not in articles
        ):
            break
        last += 1
    return last


__all__ = ["GoodsNouns", "NounPhrase", "noun_phrases"]
