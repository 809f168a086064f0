"""Entries found without a kind of thing: cited by their number, or resembled by words where they are not encoded yet.

Weak ways: they show where to look, stay open and never conclude. Only outlines are searched by words, and only a text that
shares several telling words with one is shown anything. A number that an entry of a list has (`5A002`) is the declarant's
own word for what the goods are.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass

from tidewaiter.packs import Entry
from tidewaiter.text.fold import fold
from tidewaiter.text.stems import GROUPS, stems
from tidewaiter.text.terms import words_of

LEAST_SHARED = 2
LEAST_COVER = 0.6  # of the weight of the text's words
CITED = 0.6  # what a cited number is worth
ROUNDING = 1e-9  # sums of weights in another order differ by less
HIGHEST = 0.3  # a resemblance of words is never worth more

_ENGLISH = GROUPS.index("en")
_NUMBER = re.compile(r"\b\d[a-e]\d{3}\b|\bml\d{1,2}\b")
_EMPTY = frozenset(
    [
        "and",
        "or",
        "for",
        "of",
        "the",
        "a",
        "an",
        "in",
        "to",
        "with",
        "other",
        "than",
        "not",
        "by",
        "from",
        "as",
        "on",
        "at",
        "into",
        "use",
        "used",
        "new",
        "set",
        "pcs",
        "pc",
        "lot",
        "kit",
        "item",
    ]
)


@dataclass(frozen=True, slots=True)
class TextMatch:
    """An entry that a text cites or resembles: the words as declared, their spans in the folded text, a score, and which."""

    entry: Entry
    score: float
    words: tuple[str, ...]
    spans: tuple[tuple[int, int], ...]
    cited: bool = False


def _is_content(word: str) -> bool:
    return len(word) > 2 and word not in _EMPTY and not word.isdigit()


def _content(text: str) -> list[tuple[str, str, int, int]]:
    words = words_of(fold(text))
    return [
        (stems(word)[_ENGLISH], word, start, end)
        for word, start, end in zip(words.words, words.starts, words.ends, strict=True)
        if _is_content(word)
    ]


class EntryWords:
    """An index of outline entries by the stems of their words."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        known = tuple(entries)
        self._numbers: dict[str, list[Entry]] = {}
        for entry in known:
            if _NUMBER.fullmatch(entry.id.casefold()):
                self._numbers.setdefault(entry.id.casefold(), []).append(entry)
        self._entries = tuple(entry for entry in known if entry.outline)
        self._by_stem: dict[str, list[int]] = {}
        for number, entry in enumerate(self._entries):
            for key in {key for key, *_ in _content(f"{entry.title} {entry.summary}")}:
                self._by_stem.setdefault(key, []).append(number)
        count = len(self._entries)
        self._weight = {key: math.log(1 + count / len(found)) for key, found in self._by_stem.items()}
        self._unknown = math.log(1 + count)

    def cited(self, text: str) -> list[TextMatch]:
        """Return the entries whose number stands in a text."""
        folded = fold(text).text
        if not any(map(str.isdigit, folded)):
            return []
        return [
            TextMatch(entry, CITED, (match.group(),), ((match.start(), match.end()),), True)
            for match in _NUMBER.finditer(folded)
            for entry in self._numbers.get(match.group(), ())
        ]

    def find(self, text: str, limit: int = 3) -> list[TextMatch]:
        """Return the outline entries that share most with an English text, best first; none for most texts."""
        keys = [stems(word)[_ENGLISH] for word in words_of(fold(text)).words if _is_content(word)]
        if len(keys) < LEAST_SHARED or not self._entries:
            return []
        total = sum([self._weight.get(key, self._unknown) for key in keys])
        possible = self._possible(keys, LEAST_COVER * total)
        if not possible:
            return []
        content = _content(text)
        scores: dict[int, float] = {}
        shared: dict[int, list[tuple[str, int, int]]] = {}
        for key, word, start, end in content:
            for number in self._by_stem.get(key, ()):
                if number in possible:
                    scores[number] = scores.get(number, 0.0) + self._weight[key]
                    shared.setdefault(number, []).append((word, start, end))
        found = []
        for number, score in scores.items():
            cover = score / total
            words = shared[number]
            if len({word for word, _, _ in words}) < LEAST_SHARED or cover < LEAST_COVER:
                continue
            found.append(
                TextMatch(
                    self._entries[number],
                    round(HIGHEST * cover, 4),
                    tuple(word for word, _, _ in words),
                    tuple((start, end) for _, start, end in words),
                )
            )
        found.sort(key=lambda match: (-match.score, match.entry.list, match.entry.id))
        return found[:limit]

    def _possible(self, keys: list[str], least: float) -> set[int]:
        """Return entries among which are all that share words of at least a weight: those of the rarest words, without
        which the others weigh too little."""
        weights = [(self._weight[key], key) for key in keys if key in self._weight]
        rest = sum([weight for weight, _ in weights])
        if rest < least - ROUNDING or len(weights) < LEAST_SHARED:
            return set()
        found: set[int] = set()
        for weight, key in sorted(weights, reverse=True):
            if rest < least - ROUNDING:
                break
            found.update(self._by_stem[key])
            rest -= weight
        return found
