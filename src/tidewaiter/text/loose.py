"""Names whose words stand in another order or with a word between: `válvula hidráulica de seguridad` for `válvula de seguridad`.

Where the noun comes first and what describes it follows, those that follow may change places and others may come between.
It is a second look, for a text in which nothing was found word by word.
"""

from __future__ import annotations

from tidewaiter.text.fold import fold_text
from tidewaiter.text.stems import GROUPS, group_of
from tidewaiter.text.terms import TermMatch, Words, plain_words
from tidewaiter.text.wordings import Wordings

LANGUAGES = ("es", "fr", "ar")  # their noun stands before what describes it
BETWEEN = 1  # words that may stand between those of the name
SHORTEST = 3  # letters a describing word needs; shorter ones are found by chance


class LooseIndex:
    """An index of names of two words or more by their first word. Build with `add`, then use `find`."""

    def __init__(self, wordings: Wordings | None = None) -> None:
        self._wordings = wordings or Wordings()
        self._by_head: dict[str, dict[str, list[tuple[frozenset[str], int]]]] = {}
        self._heads: list[tuple[int, dict[str, list[tuple[frozenset[str], int]]]]] = []

    def add(self, term: int, text: str, language: str) -> None:
        """Add a name in a language; one that is a single word, or is not all words, is left out."""
        if language not in LANGUAGES:
            return
        group = group_of(language)
        head, *rest = self._wordings.without_links(plain_words(fold_text(text)), group) or ("",)
        if not rest or not all(word.isalpha() and len(word) >= SHORTEST for word in (head, *rest)):
            return
        key = self._wordings.key(head, group)
        said = frozenset(self._wordings.key(word, group) for word in rest)
        if len(said) == len(rest):
            if group not in self._by_head:
                self._by_head[group] = {}
                self._heads.append((GROUPS.index(group), self._by_head[group]))
            self._by_head[group].setdefault(key, []).append((said, term))

    def find(self, words: Words) -> list[TermMatch]:
        """Return the names found; the caller drops those that lie across two things."""
        found: list[TermMatch] = []
        keys = [self._wordings.keys(word) for word in words.words]
        for position, heads in self._heads:
            firsts = [number for number, key in enumerate(keys) if key[position] in heads]
            if not firsts:
                continue
            links = self._wordings.links_in
            said = [n for n, word in enumerate(words.words) if position not in links(word)]
            for first in firsts:
                after = [number for number in said if number > first]
                for rest, term in heads[keys[first][position]]:
                    last = _last([(n, keys[n][position]) for n in after[: len(rest) + BETWEEN]], rest)
                    if last > first:
                        found.append(TermMatch(term, words.starts[first], words.ends[last], first, last + 1))
        return found


def _last(after: list[tuple[int, str]], rest: frozenset[str]) -> int:
    """Return the number of the last word of a name whose other words all stand in `after`; -1 where one is missing."""
    missing = set(rest)
    for number, key in after:
        missing.discard(key)
        if not missing:
            return number
    return -1


__all__ = ["LooseIndex"]
