"""How much one word of a name says: rarity on the lists, frequency prior, and the kind of word.

A rare word identifies; a widespread given name, a place or a word such as "trading" hardly does. Weights decide what a
missing or extra word costs, nats (natural-log units of rarity) how much evidence a comparison rests on.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from tidewaiter.text.names_data import common_names, word_kinds

# A list of ten names says nothing about rarity, so frequencies are read as if every list were at least this long.
_FLOOR = 50_000
_PRIOR = 300
TOP_NATS = math.log(_FLOOR)
_KINDS = {"generic": (0.20, 1.8), "place": (0.30, 2.0), "particle": (0.06, 0.1)}


@cache
def listed_frequencies() -> dict[str, int]:
    """Return how many of 50,000 listed names hold a key, for keys that are not rare (`make models` counts them)."""
    text = files("tidewaiter.screen.party").joinpath("name_frequencies.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))
    return {key: int(count) for key, count in rows}


@cache
def plain_weigher() -> Weigher:
    """Return weights without a list: only how frequent names are on public lists and in life, and kinds of words."""
    return Weigher({}, 0)


class Weigher:
    """Weight and nats per token, from the document frequencies of the listed names."""

    __slots__ = ("_common", "_kinds", "_known", "_prior", "_total", "_unknown")

    def __init__(self, frequencies: Mapping[str, int], total: int) -> None:
        """Take the number of listed names each key occurs in, and their total number."""
        self._total = max(total, _FLOOR)
        self._kinds = word_kinds()
        self._common = common_names()
        self._prior = listed_frequencies()
        self._known = {key: self._by_rarity(key, count) for key, count in frequencies.items()}
        # Words of letters that nothing is known of, by their length; from four letters on they are alike.
        self._unknown = tuple(self._by_rarity("\0" * letters, 0) for letters in range(5))

    def _by_rarity(self, key: str, count: int) -> tuple[float, float]:
        count = max(count, self._prior.get(key, 0) * self._total // _FLOOR)
        if key in self._common:
            count = max(count, _PRIOR * self._total // _FLOOR)
        nats = min(TOP_NATS, math.log(self._total / max(count, 1)))
        length = len(key)
        if length < 3 or key.isdigit():
            nats = min(nats, 3.0 if length == 1 else 5.5)
        elif length == 3:
            nats = min(nats, 6.0)
        return max(0.3, nats / TOP_NATS) * (0.4 if length == 1 else 0.7 if length == 2 else 1.0), nats

    def weigh(self, token: str, key: str) -> tuple[float, float]:
        """Return (weight, nats) of one token.

        Args:
            token: The normalised word.
            key: Its folded key.

        Returns:
            A weight between 0 and 1, and the information in nats.
        """
        kind = self._kinds.get(token)
        if kind is not None:
            return _KINDS[kind]
        known = self._known.get(key)
        if known is not None:
            return known
        if key in self._prior or key in self._common or key.isdigit():
            return self._by_rarity(key, 0)
        return self._unknown[min(len(key), 4)]
