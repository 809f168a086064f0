"""Names whose words stand in another order or with a word between: `válvula hidráulica de seguridad` for `válvula de seguridad`.

Where the noun comes first and what describes it follows, those that follow may change places and others may come between.
It is a second look, for a text in which nothing was found word by word.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

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
            self._by_head.setdefault(group, {}).setdefault(key, []).append((said, term))

    def find(self, words: Words, breaks: Mapping[int, bool] | Iterable[int]) -> list[TermMatch]:
        """Return the names found.

        Args:
            words: the words of the text.
            breaks: numbers of the words at which another thing begins (after a comma, a word such as "with").
        """
        broken = frozenset(breaks)
        found: list[TermMatch] = []
        keys = [self._wordings.keys(word) for word in words.words]
        for position, group in enumerate(GROUPS):
            heads = self._by_head.get(group)
            if heads is None:
                continue
            said = [
                (number, key[position])
                for number, key in enumerate(keys)
                if position not in self._wordings.links_in(words.words[number])
            ]
            for place, (first, head) in enumerate(said):
                for rest, term in heads.get(head, ()):
                    last = _last(said[place + 1 : place + 1 + len(rest) + BETWEEN], rest, first, broken)
                    if last > first:
                        found.append(TermMatch(term, words.starts[first], words.ends[last], first, last + 1))
        return found


def _last(after: list[tuple[int, str]], rest: frozenset[str], first: int, broken: frozenset[int]) -> int:
    """Return the number of the last word of a name whose other words all stand in `after`; -1 where one is missing."""
    missing = set(rest)
    for number, key in after:
        if any(place in broken for place in range(first + 1, number + 1)):
            return -1
        missing.discard(key)
        if not missing:
            return number
    return -1


__all__ = ["LooseIndex"]
