"""Names whose words stand in another order or with a word between: `válvula hidráulica de seguridad` for `válvula de seguridad`.

Where the noun comes first and what describes it follows, those that follow may change places and others may come between.
It is a second look, for a text in which nothing was found word by word.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

from tidewaiter.text.fold import fold_text
from tidewaiter.text.stems import GROUPS, group_of
from tidewaiter.text.terms import TermMatch, Words, plain_words
from tidewaiter.text.wordings import Wordings

LANGUAGES = ("es", "fr", "ar")  # their noun stands before what describes it
BETWEEN = 1  # words that may stand between those of the name
SHORTEST = 3  # letters a describing word needs; shorter ones are found by chance


class _Name(NamedTuple):
    """A name: its stem group by number, the key of its first word and those of the others."""

    position: int
    head: str
    rest: frozenset[str]
    term: int


class LooseIndex:
    """An index of names of two words or more by their rarest word. Build with `add`, then `freeze`, then use `find`."""

    def __init__(self, wordings: Wordings | None = None) -> None:
        self._wordings = wordings or Wordings()
        self._names: list[_Name] = []
        self._surfaces: dict[tuple[int, str], list[str]] = {}
        self._by_rarest: dict[int, dict[str, tuple[_Name, ...]]] = {}
        self._remember()

    def _remember(self) -> None:
        self._told = lru_cache(maxsize=32768)(self._names_of)

    def __getstate__(self) -> dict[str, object]:
        return {name: value for name, value in self.__dict__.items() if name != "_told"}

    def __setstate__(self, state: dict[str, object]) -> None:
        self.__dict__.update(state)
        self._remember()

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
            position = GROUPS.index(group)
            self._names.append(_Name(position, key, said, term))
            for word in (head, *rest):
                self._surfaces.setdefault((position, self._wordings.key(word, group)), []).append(word)

    def freeze(self, is_ordinary: Callable[[str], bool] | None = None) -> None:
        """Finish building: put every name under its rarest word, one that is not ordinary before others.

        So a line in another language, or one without such goods, seldom holds a word that any name stands under.
        """
        ordinary = {place for place, words in self._surfaces.items() if is_ordinary and any(map(is_ordinary, words))}
        counts = Counter((name.position, key) for name in self._names for key in (name.head, *name.rest))
        found: dict[int, dict[str, list[_Name]]] = {}
        for name in self._names:
            places = sorted((name.position, key) for key in (name.head, *name.rest))
            _, rarest = min(places, key=lambda place: (place in ordinary, counts[place], -len(place[1])))
            found.setdefault(name.position, {}).setdefault(rarest, []).append(name)
        self._by_rarest = {
            position: {key: tuple(names) for key, names in by_key.items()} for position, by_key in found.items()
        }
        self._names, self._surfaces = [], {}

    def _names_of(self, word: str) -> tuple[tuple[_Name, ...], frozenset[str]] | None:
        """Return the names that stand under a folded word and the keys of their other words; None where there are none."""
        names: list[_Name] = []
        others: set[str] = set()
        keys = self._wordings.keys(word)
        for position, known in self._by_rarest.items():
            for name in known.get(keys[position], ()):
                names.append(name)
                others |= ({name.head} | name.rest) - {keys[position]} or {name.head}
        return (tuple(names), frozenset(others)) if names else None

    def find(self, words: Words) -> list[TermMatch]:
        """Return the names found; the caller drops those that lie across two things."""
        told = list(filter(None, map(self._told, words.words)))
        if not told:
            return []
        keys = list(map(self._wordings.keys, words.words))
        present = set(chain.from_iterable(keys))  # of all groups: enough to leave most names out
        names = [
            name
            for under, others in told
            if not others.isdisjoint(present)
            for name in under
            if name.head in present and name.rest <= present
        ]
        return self._look(names, keys, words) if names else []

    def _look(self, names: list[_Name], keys: list[tuple[str, ...]], words: Words) -> list[TermMatch]:
        found: dict[tuple[int, int, int], TermMatch] = {}
        for position, head, rest, term in names:
            links = self._wordings.links[position]
            said = [(n, keys[n][position]) for n, word in enumerate(words.words) if word not in links]
            for first, by_group in enumerate(keys):
                if by_group[position] != head:
                    continue
                after = [(number, key) for number, key in said if number > first]
                last = _last(after[: len(rest) + BETWEEN], rest)
                if last > first:
                    match = TermMatch(term, words.starts[first], words.ends[last], first, last + 1)
                    found[position, first, term] = match
        return [found[place] for place in sorted(found)]


def _last(after: list[tuple[int, str]], rest: frozenset[str]) -> int:
    """Return the number of the last word of a name whose other words all stand in `after`; -1 where one is missing."""
    missing = set(rest)
    for number, key in after:
        missing.discard(key)
        if not missing:
            return number
    return -1


__all__ = ["LooseIndex"]
