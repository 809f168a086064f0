"""Find many multilingual terms in short texts in one pass: tries over word stems, and an automaton for Chinese.

`TermIndex` is compiled once from packs and is immutable afterwards. A match is a span of the folded text with the number of
the term. Matching is by whole words (stems), never inside a word, except for Chinese, which has no blanks.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from operator import contains
from typing import Any, NamedTuple

import ahocorasick

from tidewaiter.text.cyrillic_english import CyrillicEnglish
from tidewaiter.text.fold import HAN, Folded, fold_text, is_cyrillic, romanise, unmix
from tidewaiter.text.pinyin import find_pinyin, pinyin_index, pinyin_of
from tidewaiter.text.respell import Respeller, spaced_letters
from tidewaiter.text.stems import GROUPS, group_of
from tidewaiter.text.wordings import Wordings

WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)?", re.UNICODE)
_BREAK = re.compile(r"[,;](?!\d)")
_UMLAUT = {"ä": "ae", "ö": "oe", "ü": "ue"}
MIN_ROMANISED = 8


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a folded text with their spans. `edits` counts typing errors put right, word by word (empty: none)."""

    words: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    edits: tuple[int, ...] = ()

    def edits_in(self, first: int, last: int) -> int:
        """Return the typing errors put right in words `first`–`last` (exclusive)."""
        return sum(self.edits[first:last]) if self.edits and first >= 0 else 0


class TermMatch(NamedTuple):
    """Term number `term` found at folded characters `start`–`end`, words `first`–`last` (exclusive; -1 for Chinese)."""

    term: int
    start: int
    end: int
    first: int = -1
    last: int = -1


def words_of(folded: Folded) -> Words:
    """Split a folded text into words, putting look-alike letters back into one script."""
    return _split(folded.text)


@lru_cache(maxsize=1024)
def _split(text: str) -> Words:
    """Split a folded text; remembered for a moment, because several readers of one goods line ask for the same."""
    found = list(WORD.finditer(text))
    words = [match[0] for match in found]
    if not text.isascii():
        words = list(map(unmix, words))
    return Words(tuple(words), tuple([match.start() for match in found]), tuple([match.end() for match in found]))


# A node of a trie: stems of the next word to nodes, and under HERE the terms that end here: their number, or for a catalogue
# form its complement (~number). Where no longer term goes on, the frozen node is the tuple of the terms alone.
_Node = dict[str, Any]
HERE = ""


def _freeze(node: _Node) -> None:
    """Make a trie small: terms as tuples, and a node without children its terms alone."""
    for key, below in node.items():
        if key == HERE:
            node[HERE] = tuple(below)
        elif len(below) == 1 and HERE in below:
            node[key] = tuple(below[HERE])
        else:
            _freeze(below)


def plain_words(text: str) -> tuple[str, ...]:
    """Return the words of a folded text without their places."""
    return tuple(unmix(word) for word in WORD.findall(text))


class TermIndex:
    """An index of terms. Build with `add`, then call `freeze`; afterwards only `find` is used."""

    def __init__(self, wordings: Wordings | None = None) -> None:
        self._wordings = wordings or Wordings()
        self._roots: dict[str, _Node] = {group: {} for group in GROUPS}
        self._chinese = ahocorasick.Automaton()
        self._chinese_terms: dict[str, list[int]] = {}
        self._known: dict[str, set[str]] = {group: set() for group in GROUPS}
        self._surfaces: dict[str, int] = {}
        self._respeller: Respeller | None = None
        self._han_names: dict[str, list[int]] = {}
        self._pinyin: dict[str, tuple[int, ...]] = {}
        self._english_names: list[tuple[tuple[str, ...], int]] = []
        self._by_ear: CyrillicEnglish | None = None
        self._remember()

    def _remember(self) -> None:
        self._openings = lru_cache(maxsize=32768)(self._open)

    def __getstate__(self) -> dict[str, object]:
        return {name: value for name, value in self.__dict__.items() if name != "_openings"}

    def __setstate__(self, state: dict[str, object]) -> None:
        self.__dict__.update(state)
        self._remember()

    def add(self, term: int, text: str, language: str, *, variants: bool = True, by_ear: bool = False) -> None:
        """Add a term in a language. With `variants`, also the joined form of two words, the catalogue form with its head
        first (`CARRIER,PLATE`, `SIGHT,NIGHT VISION`), the romanised form of Russian and Ukrainian, the pinyin of Chinese
        and English written in Cyrillic; the last also alone, with `by_ear`."""
        plain = fold_text(text)
        if HAN.search(plain):
            self._chinese_terms.setdefault(plain.replace(" ", ""), []).append(term)
            if variants:
                self._han_names.setdefault(plain.replace(" ", ""), []).append(term)
            return
        words = plain_words(plain)
        if not words:
            return
        group = group_of(language)
        words = self._wordings.without_links(words, group)
        self._insert(group, words, term)
        if language == "en" and (variants or by_ear):
            self._english_names.append((words, term))
        if language == "de" and any(char in _UMLAUT for char in text.lower()):
            written_out = "".join(_UMLAUT.get(char, char) for char in text.lower())
            self._insert(group, plain_words(fold_text(written_out)), term)
        if not variants:
            return
        if len(words) == 2 and all(word.isalpha() and len(word) > 2 for word in words):
            self._insert(group, ("".join(words),), term)

        if language == "en" and 2 <= len(words) <= 4 and all(len(word) > 1 for word in words):
            self._insert(group, (words[-1], *words[:-1]), term, inverted=True)
            if len(words) >= 3:  # a head of two words: SIGHT ASSEMBLY,REFLEX
                self._insert(group, (*words[-2:], *words[:-2]), term, inverted=True)
        if group == "cyr" and all(is_cyrillic(word) or word.isascii() for word in words):
            roman = tuple(romanise(word) for word in words)
            if any(is_cyrillic(word) for word in words) and sum(map(len, roman)) >= MIN_ROMANISED:
                self._insert("rom", roman, term)

    def _insert(self, group: str, words: Iterable[str], term: int, inverted: bool = False) -> None:
        node = self._roots[group]
        for word in words:
            key = self._wordings.key(word, group)
            self._known[group].add(key)
            if group != "rom":
                self._surfaces[word] = self._surfaces.get(word, 0) + 1
            node = node.setdefault(key, {})
        terms = node.setdefault(HERE, [])
        ending = ~term if inverted else term
        if ending not in terms:
            terms.append(ending)

    def freeze(self, is_ordinary: Callable[[str], bool] | None = None) -> None:
        """Finish building. With `is_ordinary` damaged words are put back, and words for which it is true are left alone."""
        if is_ordinary is not None:
            self._respeller = Respeller(self._surfaces, self._knows, is_ordinary, self._knows_piece)
        ordinary = is_ordinary if is_ordinary is not None else bool
        self._pinyin = pinyin_index(self._han_names, lambda word: self._knows(word) or ordinary(word))
        self._by_ear = CyrillicEnglish(self._english_names, self._is_native) if self._english_names else None
        self._han_names, self._english_names, self._surfaces = {}, [], {}
        for root in self._roots.values():
            _freeze(root)
        for text, terms in self._chinese_terms.items():
            self._chinese.add_word(text, (len(text), tuple(terms)))
        if self._chinese_terms:
            self._chinese.make_automaton()

    def _knows(self, word: str) -> bool:
        return word in self._pinyin or self._has_any(self._wordings.keys(word))

    def _knows_piece(self, word: str) -> bool:
        """The same for a piece of a word, which is not remembered."""
        return word in self._pinyin or self._has_any(self._wordings.keys_once(word))

    def _has_any(self, keys: tuple[str, ...]) -> bool:
        return any(map(contains, self._known.values(), keys))

    def _is_toned(self, words: Words) -> bool:
        """Whether syllables carry the numbers of their tones: fang2 dan4 yi1."""
        return sum(word[-1] in "12345" and pinyin_of(word) != "" for word in words.words) > 1

    def _is_native(self, word: str) -> bool:
        return self._wordings.key(word, "cyr") in self._known["cyr"]

    def repair(self, words: Words, again: bool = False) -> Words:
        """Return the words with damaged ones put back: joined, spaced, misspelt, digits for letters.

        With `again` also words that share a stem with a known one but are none of the written ones (`balistic` has the
        stem of Spanish `balístico`); for a text in which nothing was found.
        """
        respeller = self._respeller
        if respeller is None:
            return words
        mend = respeller.repair_again if again else respeller.repair
        spaced = dict(spaced_letters(words.words))
        if not spaced and not any(map(mend, words.words)):
            return words
        out: list[str] = []
        starts: list[int] = []
        ends: list[int] = []
        edits: list[int] = []
        changed = False
        position = 0
        while position < len(words.words):
            word, start, end = words.words[position], words.starts[position], words.ends[position]
            until = spaced.get(position)
            position += 1
            if until is not None:
                joined = "".join(words.words[position - 1 : until])
                if self._knows(joined):
                    word, end, position, changed = joined, words.ends[until - 1], until, True
            pieces = mend(word)
            if not pieces or end - start != len(word) or (word[-1] in "12345" and self._is_toned(words)):
                out.append(word)
                starts.append(start)
                ends.append(end)
                edits.append(0)
                continue
            changed = True
            for piece in pieces:
                out.append(piece.text)
                starts.append(start + piece.start)
                ends.append(start + piece.end)
                edits.append(piece.edits)
        if not changed:
            return words
        return Words(tuple(out), tuple(starts), tuple(ends), tuple(edits) if any(edits) else ())

    def find(self, folded: Folded, words: Words) -> list[TermMatch]:
        """Return every term found, longer and shorter ones alike, in order of position."""
        found: list[TermMatch] = []
        keys = list(map(self._wordings.keys, words.words))
        linking = self._wordings.linking
        for first, openings in enumerate(map(self._openings, words.words)):
            if not openings:
                continue
            after = keys[first + 1] if first + 1 < len(keys) else None
            linked = after is not None and words.words[first + 1] in linking
            for position, terms, node in openings:
                for term in terms:
                    found.append(TermMatch(term, words.starts[first], words.ends[first], first, first + 1))
                if node is not None and after is not None and (linked or after[position] in node):
                    self._follow(node, first, first + 1, position, keys, folded, words, found)
        if self._pinyin:
            for first, last, terms in find_pinyin(words.words, self._pinyin):
                found.extend(TermMatch(term, words.starts[first], words.ends[last - 1], first, last) for term in terms)
        if folded.text.isascii():
            return found
        if self._by_ear is not None:
            for first, last, term in self._by_ear.find(words.words):
                found.append(TermMatch(term, words.starts[first], words.ends[last - 1], first, last))
        if self._chinese_terms:
            self._find_chinese(folded, found)
        return found

    def _open(self, word: str) -> tuple[tuple[int, tuple[int, ...], _Node | None], ...]:
        """Return by the number of the stem group the terms that are this word, and where longer ones go on."""
        nodes = [root.get(key) for root, key in zip(self._roots.values(), self._wordings.keys(word), strict=True)]
        found = []
        for position, node in enumerate(nodes):
            if node is not None:
                here, longer = (node, None) if type(node) is tuple else (node.get(HERE, ()), node)
                terms = tuple([term for term in here if term >= 0])  # a catalogue form has two words
                found.append((position, terms, longer))
        return tuple(found)

    def _follow(
        self,
        node: Any,
        first: int,
        last: int,
        position: int,
        keys: list[tuple[str, ...]],
        folded: Folded,
        words: Words,
        found: list[TermMatch],
    ) -> None:
        """Add the terms of two words and more, from their word `last` on; one that only joins others may stand there or not."""
        current: _Node | None = node
        count, links = len(words.words), self._wordings.links[position]
        while current is not None and last < count:
            if words.words[last] in links:
                passed = last + 1
                while passed < count and words.words[passed] in links:
                    passed += 1
                self._follow(current, first, passed, position, keys, folded, words, found)
            node = current.get(keys[last][position])
            if node is None:
                return
            here, current = (node, None) if type(node) is tuple else (node.get(HERE, ()), node)
            if here:
                start, end = words.starts[first], words.ends[last]
                broken = _BREAK.search(folded.text, start, end) is not None
                found.extend(
                    TermMatch(max(term, ~term), start, end, first, last + 1)
                    for term in here
                    if (term < 0) == broken  # the catalogue form has its comma, a plain name has none
                )
            last += 1

    def _find_chinese(self, folded: Folded, found: list[TermMatch]) -> None:
        if HAN.search(folded.text) is None:
            return
        text = folded.text
        for end, (length, terms) in self._chinese.iter(text):
            found.extend(TermMatch(term, end - length + 1, end + 1) for term in terms)
