"""Propose listed names that might be the declared one. Proposals only: the comparison alone decides.

Three searches complement each other. Words: listed names sharing enough of the weight of the declared words (folded
spelling, one edit, joined or split words, consonants). Letters: signatures of the whole name, as written and as folded,
and of names cut off at a field limit. Sets of words: names with one word left out, or with words written after them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import compress, permutations

import numpy as np
from rapidfuzz.distance import DamerauLevenshtein, Indel

from tidewaiter.screen.party.compiled import CompiledSearch, Lowest, compiled_search, fits
from tidewaiter.screen.party.postings import Group, WordPostings
from tidewaiter.screen.party.prepared import Prepared
from tidewaiter.screen.party.signatures import MOVED_PAIRS, Arrays, SignatureScan, having, signature
from tidewaiter.screen.party.spellings import Vocabulary
from tidewaiter.screen.party.wordsets import WordSets, words_hash, written
from tidewaiter.text.names_fold import skeleton

# The field limit of much declaration data; longer listed names are also indexed as cut off there.
FIELD_LIMIT = 30
# Names of so few letters are verified by edits in every order of their words; letter pairs say little about them.
_FEW_LETTERS, _FEW_WORDS = 12, 4
# Two edits and a join or split move no more pairs.
_EVERY_PAIR = 14
# How many letter bits and pair bits a name of so many letters may differ in and still be alike as a whole.
_MOVED = [(2, 4)] * 6 + [(4, 6)] * 3 + [(4, 8)] * 2 + [(5, 10)] * 3 + [(6, 12)] * 115
_ALIKE = 0.76
# How many words written after a name are left out to find it.
_APPENDED = 3
_ratio = Indel.normalized_similarity
_edited = DamerauLevenshtein.distance


def _edits(letters: int) -> int:
    """Return how many edits a name of so few letters is forgiven."""
    return 2 if letters > 2 else 1


def _words(name: Prepared) -> Sequence[str]:
    """Return the words the letters are taken from; another reading of a foreign script is known by its words alone."""
    return name.tokens if name.reading else written(name.text)


class NameSearch:
    """The index over listed names."""

    __slots__ = (
        "_bare",
        "_bare_by_bones",
        "_compiled",
        "_dropped",
        "_folded",
        "_postings",
        "_vocabulary",
        "_vowelless",
        "_whole",
        "_written",
    )

    def __init__(self, columns: Arrays, compiled: bool = True) -> None:
        """Open the index.

        Args:
            columns: Made by `build_columns`, in memory or mapped from a file.
            compiled: Whether machine code searches where there is any; it finds the same names.
        """
        self._vocabulary = Vocabulary(having(columns, "vocabulary."))
        self._postings = WordPostings(having(columns, "postings."))
        self._written = SignatureScan(having(columns, "written."))
        self._folded = SignatureScan(having(columns, "folded."))
        self._dropped = WordSets(having(columns, "dropped."))
        self._whole = WordSets(having(columns, "whole."))
        # Words of listed names written without short vowels.
        self._bare = columns["vocabulary.bare"]
        self._vowelless = bool(self._bare.any())
        self._bare_by_bones = self._vocabulary.by_bones(np.flatnonzero(self._bare).tolist())
        search = compiled_search() if compiled else None
        self._compiled = CompiledSearch(columns, search, self._bones_of) if search is not None else None

    @property
    def vocabulary(self) -> Vocabulary:
        """Return the words of the listed names."""
        return self._vocabulary

    def find(self, name: Prepared) -> list[int]:
        """Return numbers of listed names worth comparing, in ascending order."""
        return [*self.find_many((name,))[0]]

    def find_many(
        self, names: Sequence[Prepared], lowest: Sequence[Lowest] | None = None
    ) -> Sequence[Sequence[int]]:
        """Return what `find` returns of each name.

        Args:
            names: The declared names.
            lowest: The log-odds that the comparison with a listed name must reach to matter, for each declared name
                (`matching.Reachable`). Names that cannot reach them, nor are written in whole, may be left out.
        """
        asked = [(name, _words(name)) for name in names]
        if self._compiled is None:
            return [self._find(name, words) for name, words in asked]
        fit = [fits(*one) for one in asked]
        if all(fit):
            return self._compiled.find(asked, lowest)
        some = None if lowest is None else [*compress(lowest, fit)]
        found = iter(self._compiled.find([*compress(asked, fit)], some))
        # Letters beyond a to z in a key, and names longer than any on the lists, are left to the plain search.
        return [next(found) if is_fit else self._find(*one) for one, is_fit in zip(asked, fit, strict=True)]

    def _find(self, name: Prepared, spelt: Sequence[str]) -> list[int]:
        found = set(self._by_words(name))
        words = [word.encode() for word in spelt]
        if words:
            self._by_letters(words, found)
            self._by_folded_letters(name, found)
            self._by_word_sets(words, found)
        return sorted(found)

    def _by_letters(self, words: list[bytes], found: set[int]) -> None:
        """Add names two edits away in the letters as written, whatever the order of the words."""
        sought = signature(words)
        if sought.length > _FEW_LETTERS or len(words) > _FEW_WORDS:
            found.update(number for number, _ in self._written.near(sought, MOVED_PAIRS))
            return
        near = [place for place in self._written.near(sought, _EVERY_PAIR) if place[0] not in found]
        if not near:
            return
        orders = {b"".join(order) for order in permutations(words)}
        for number, row in near:
            letters = self._written.letters(row)
            allowed = _edits(max(len(letters), sought.length))
            for order in orders:
                if _edited(order, letters, score_cutoff=allowed) <= allowed:
                    found.add(number)
                    break

    def _by_folded_letters(self, name: Prepared, found: set[int]) -> None:
        """Add names whose folded letters are alike in this order of the words."""
        if len(name.joined) < 4:
            return
        joined = name.joined.encode()
        sought = signature([key.encode() for key in name.keys])
        bits, pairs = _MOVED[sought.length]
        for number, row in self._folded.near(sought, pairs, bits):
            if number not in found and _ratio(joined, self._folded.letters(row), score_cutoff=_ALIKE) > 0.0:
                found.add(number)

    def _by_word_sets(self, words: list[bytes], found: set[int]) -> None:
        """Add names of exactly these words and one more, and names that these words begin with."""
        if len(words) < 2:
            return
        found.update(self._dropped.find([words_hash(words)]))
        if len(words) > 2:
            found.update(
                self._whole.find([words_hash(words[:end]) for end in range(max(2, len(words) - _APPENDED), len(words))])
            )

    def _by_words(self, name: Prepared) -> list[int]:
        number, postings = self._vocabulary.number, self._postings
        groups: list[Group] = []
        total = name.total
        for index, key in enumerate(name.keys):
            weight = name.weights[index]
            if key in name.keys[:index]:
                total -= weight
                continue
            known = number.get(key)
            if known is not None:
                groups.append(postings.exact(weight, known))
                continue
            joined = number.get(name.keys[index - 1] + key) if index else None
            if joined is not None:
                groups.append(postings.exact(weight, joined))
                continue
            words = list(self._spellings(name, index, key))
            if name.vowelless or self._vowelless:
                words.extend(self._by_bones(name, key, words))
            if words:
                group = postings.alike(weight, words)
                total -= weight - group.weight
                groups.append(group)
            elif len(key) > 5:
                groups.extend(self._halves(weight, key))
        return postings.sharing(total, name.is_cut, groups) if groups else []

    def _bones_of(self, name: Prepared, key: str) -> Sequence[int]:
        """Return what `_by_bones` adds for a word, none for a listed one."""
        if key in self._vocabulary.number:
            return ()
        if name.vowelless:
            return self._by_bones(name, key, ())
        return self._bare_by_bones.get(skeleton(key), ()) if self._bare_by_bones else ()

    def _by_bones(self, name: Prepared, key: str, words: Sequence[int]) -> list[int]:
        """Return words with the consonants of the key, where either name is written without short vowels."""
        bones = skeleton(key)
        if len(bones) < 2:
            return []
        same = [word for word in self._vocabulary.with_bones(bones) if word not in words]
        if name.vowelless:
            return same
        return [word for word in same if self._bare[word]]

    def _halves(self, weight: float, key: str) -> Iterator[Group]:
        """Yield the names that hold both halves of a word, wherever it parts into two listed words."""
        number = self._vocabulary.number
        for cut in range(2, len(key) - 1):
            one, other = number.get(key[:cut]), number.get(key[cut:])
            if one is not None and other is not None and one != other:
                group = self._postings.both(weight, one, other)
                if len(group.ids):
                    yield group

    def _spellings(self, name: Prepared, index: int, key: str) -> Iterator[int]:
        """Yield listed words an unknown declared word may stand for: its neighbours or a join."""
        number = self._vocabulary.number
        length = len(key)
        if length < 4:
            return
        yield from self._vocabulary.near(key)
        if index + 1 < len(name.keys):
            known = number.get(key + name.keys[index + 1])
            if known is not None:
                yield known
