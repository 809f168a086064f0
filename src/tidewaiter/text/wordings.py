"""How one language says the same thing in several ways: words of one meaning, and small words that join two others.

`balero` and `rulemán` are the `rodamiento` of other countries; `bomba de vacío` and `bomba vacío` are one name. A
`Wordings` is made once from the packs; the index of terms uses it on both sides, so that names and texts always agree.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from tidewaiter.text.fold import fold_text
from tidewaiter.text.stems import GROUPS, group_of, stem, stems

MOST_KEPT = 262144  # words whose keys are remembered


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
        self._links = {
            group_of(language): frozenset(fold_text(word) for word in words)
            for language, words in (links or {}).items()
        }
        self._keys: dict[str, tuple[str, ...]] = {}
        self._linking: dict[str, tuple[int, ...]] = {
            word: tuple(n for n, group in enumerate(GROUPS) if word in self._links.get(group, ()))
            for words in self._links.values()
            for word in words
        }

    def key(self, word: str, group: str) -> str:
        """Return the key of a folded word in a stem group."""
        found = stem(word, group)
        known = self._alike.get(group)
        return known.get(found, found) if known else found

    def keys(self, word: str) -> tuple[str, ...]:
        """Return the key of a folded word in every group, in the order of `GROUPS`."""
        known = self._keys.get(word)
        if known is None:
            if len(self._keys) > MOST_KEPT:
                self._keys.clear()
            known = self._keys[word] = tuple(
                self._alike[group].get(key, key) if group in self._alike else key
                for group, key in zip(GROUPS, stems(word), strict=True)
            )
        return known

    def without_links(self, words: tuple[str, ...], group: str) -> tuple[str, ...]:
        """Return the words of a name without those that only join others; a name of one other word stays whole."""
        links = self._links.get(group)
        if not links:
            return words
        kept = tuple(word for word in words if word not in links)
        return kept if len(kept) > 1 else words

    def links_in(self, word: str) -> tuple[int, ...]:
        """Return the numbers of the groups in which a folded word only joins others."""
        return self._linking.get(word, ())
