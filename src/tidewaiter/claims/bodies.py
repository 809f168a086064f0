"""Authorities and courts named in a few words (a publisher, a doer), by the patterns with which reports are read."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from tidewaiter.claims.mentions.view import words_of
from tidewaiter.claims.phrases import PhraseIndex

COURT = "court"
LONGEST = 20_000  # characters of a text in which a court is looked for


class Bodies:
    """Finds authorities and courts.

    Args:
        words: by language the key of a body with its patterns; `court` is any court.
    """

    def __init__(self, words: Mapping[str, Mapping[str, tuple[str, ...]]]) -> None:
        self._words = words

    @cached_property
    def _indexes(self) -> dict[str, PhraseIndex[str]]:
        return {
            language: PhraseIndex((pattern, key) for key, patterns in rows.items() for pattern in patterns)
            for language, rows in self._words.items()
        }

    @cached_property
    def known(self) -> frozenset[str]:
        """The keys of all bodies, without courts."""
        return frozenset(key for rows in self._words.values() for key in rows) - {COURT}

    def named(self, text: str, language: str) -> tuple[str, ...]:
        """Return the keys of the bodies that a text names, each once, in its order."""
        index = self._indexes.get(language)
        if index is None or not text:
            return ()
        return tuple(dict.fromkeys(hit.what for hit in index.find(words_of(text[:LONGEST], language))))


NOBODY = Bodies({})
__all__ = ["COURT", "NOBODY", "Bodies"]
