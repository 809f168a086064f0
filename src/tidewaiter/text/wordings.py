"""How one language says the same thing in several ways: words of one meaning, and small words that join two others.

`balero` and `rulemán` are the `rodamiento` of other countries; `bomba de vacío` and `bomba vacío` are one name. A
`Wordings` is made once from the packs; the index of terms uses it on both sides, so that names and texts always agree.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache

from tidewaiter.text.fold import fold_text
from tidewaiter.text.stems import GROUPS, group_of, stem, stems, stems_once


class Wordings:
    """Words that are read alike, and words that are passed over, by language.

    Args:
        alike: language → words of one meaning, each a text with commas between them; the first stands for all.
        links: language → words without a meaning of their own inside a name (`de`, `para`, `pour`).
    """

    def __init__(
        self, alike: Mapping[str, Iterable[str]] | None = None, links: Mapping[str, Iterable[str]] | None = None
    ) -> None:
        self._alike: dict[str, dict[str, str]] = {}
        for language, rows in (alike or {}).items():
            group = group_of(language)
            known = self._alike.setdefault(group, {})
            for row in rows:
                first, *others = (stem(fold_text(word.strip()), group) for word in row.split(","))
                known.update((other, known.get(first, first)) for other in others if other != first)
        self._alike_words = frozenset(word for known in self._alike.values() for word in known)
        by_group = {
            group_of(language): frozenset(fold_text(word) for word in words)
            for language, words in (links or {}).items()
        }
        self.links = tuple(by_group.get(group, frozenset()) for group in GROUPS)
        """For every group of `GROUPS` the folded words that only join others."""
        self.linking = frozenset[str]().union(*self.links)
        """Those of all groups."""
        self._remember()

    def _remember(self) -> None:
        self.keys = lru_cache(maxsize=32768)(self._keys)

    def __getstate__(self) -> dict[str, object]:
        return {name: value for name, value in self.__dict__.items() if name != "keys"}

    def __setstate__(self, state: dict[str, object]) -> None:
        self.__dict__.update(state)
        self._remember()

    def key(self, word: str, group: str) -> str:
        """Return the key of a folded word in a stem group."""
        found = stem(word, group)
        known = self._alike.get(group)
        return known.get(found, found) if known else found

    def _keys(self, word: str) -> tuple[str, ...]:
        """Return the key of a folded word in every group, in the order of `GROUPS`."""
        return self._alike_keys(stems(word))

    def keys_once(self, word: str) -> tuple[str, ...]:
        """Return the same as `keys` without remembering it: for pieces of words that nobody asks for again."""
        return self._alike_keys(stems_once(word))

    def _alike_keys(self, found: tuple[str, ...]) -> tuple[str, ...]:
        if self._alike_words.isdisjoint(found):
            return found  # most words have no other of their meaning
        return tuple(
            self._alike[group].get(key, key) if group in self._alike else key
            for group, key in zip(GROUPS, found, strict=True)
        )

    def without_links(self, words: tuple[str, ...], group: str) -> tuple[str, ...]:
        """Return the words of a name without those that only join others; a name of one other word stays whole."""
        links = self.links[GROUPS.index(group)]
        if not links:
            return words
        kept = tuple(word for word in words if word not in links)
        return kept if len(kept) > 1 else words
