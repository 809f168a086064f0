"""Find many multilingual terms in short texts in one pass: tries over word stems, and an automaton for Chinese.

`TermIndex` is compiled once from packs and is immutable afterwards. A match is a span of the folded text with the number of
the term. Matching is by whole words (stems), never inside a word, except for Chinese, which has no blanks.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import ahocorasick

from tidewaiter.text.fold import HAN, Folded, fold_text, is_cyrillic, romanise, unmix
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


@dataclass(frozen=True, slots=True)
class TermMatch:
    """Term number `term` found at folded characters `start`–`end`, words `first`–`last` (exclusive; -1 for Chinese)."""

    term: int
    start: int
    end: int
    first: int = -1
    last: int = -1


def words_of(folded: Folded) -> Words:
    """Split a folded text into words, putting look-alike letters back into one script."""
    words, starts, ends = [], [], []
    for match in WORD.finditer(folded.text):
        words.append(unmix(match.group()))
        starts.append(match.start())
        ends.append(match.end())
    return Words(tuple(words), tuple(starts), tuple(ends))


# A node of a trie: stems of the next word to nodes, and under HERE the terms that end here, as (term, inverted).
_Node = dict[str, Any]
HERE = ""


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

    def add(self, term: int, text: str, language: str, *, variants: bool = True) -> None:
        """Add a term in a language. With `variants`, also the joined form of two words, the catalogue form with its head
        first (`CARRIER,PLATE`, `SIGHT,NIGHT VISION`) and the romanised form of Russian and Ukrainian."""
        plain = fold_text(text)
        if HAN.search(plain):
            self._chinese_terms.setdefault(plain.replace(" ", ""), []).append(term)
            return
        words = plain_words(plain)
        if not words:
            return
        group = group_of(language)
        words = self._wordings.without_links(words, group)
        self._insert(group, words, term)
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
        if (term, inverted) not in terms:
            terms.append((term, inverted))

    def freeze(self, is_ordinary: Callable[[str], bool] | None = None) -> None:
        """Finish building. With `is_ordinary` damaged words are put back, and words for which it is true are left alone."""
        if is_ordinary is not None:
            self._respeller = Respeller(self._surfaces, self._knows, is_ordinary)
        for text, terms in self._chinese_terms.items():
            self._chinese.add_word(text, (len(text), tuple(terms)))
        if self._chinese_terms:
            self._chinese.make_automaton()

    def _knows(self, word: str) -> bool:
        return any(key in self._known[group] for group, key in zip(GROUPS, self._wordings.keys(word), strict=True))

    def repair(self, words: Words, again: bool = False) -> Words:
        """Return the words with damaged ones put back: joined, spaced, misspelt, digits for letters.

        With `again` also words that share a stem with a known one but are none of the written ones (`balistic` has the
        stem of Spanish `balístico`); for a text in which nothing was found.
        """
        respeller = self._respeller
        if respeller is None:
            return words
        out: list[str] = []
        starts: list[int] = []
        ends: list[int] = []
        edits: list[int] = []
        spaced = dict(spaced_letters(words.words))
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
            pieces = respeller.repair_again(word) if again else respeller.repair(word)
            if not pieces or end - start != len(word):
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
        keys = [self._wordings.keys(word) for word in words.words]
        links = {place: groups for place, word in enumerate(words.words) if (groups := self._wordings.links_in(word))}
        count = len(keys)
        roots = [(position, self._roots[group]) for position, group in enumerate(GROUPS)]
        for first in range(count):
            first_keys = keys[first]
            for position, children in roots:
                node = children.get(first_keys[position])
                if node is not None:
                    self._follow(node, keys, first, first, position, links, folded, words, found)
        if self._chinese_terms and not folded.text.isascii():
            self._find_chinese(folded, found)
        return found

    def _follow(
        self,
        node: _Node | None,
        keys: list[tuple[str, ...]],
        first: int,
        last: int,
        position: int,
        links: dict[int, tuple[int, ...]],
        folded: Folded,
        words: Words,
        found: list[TermMatch],
    ) -> None:
        """Follow a name from its word `last` on; a word that only joins others may stand in the text or not."""
        while node is not None:
            for term, inverted in node.get(HERE, ()):
                start, end = words.starts[first], words.ends[last]
                if inverted != (_BREAK.search(folded.text, start, end) is not None):
                    continue  # the catalogue form has its comma, a plain name has none
                found.append(TermMatch(term, start, end, first, last + 1))
            last += 1
            if last >= len(keys):
                return
            if position in links.get(last, ()):
                passed = last + 1
                while position in links.get(passed, ()):
                    passed += 1
                if passed < len(keys):
                    after = node.get(keys[passed][position])
                    self._follow(after, keys, first, passed, position, links, folded, words, found)
            node = node.get(keys[last][position])

    def _find_chinese(self, folded: Folded, found: list[TermMatch]) -> None:
        if HAN.search(folded.text) is None:
            return
        text = folded.text
        for end, (length, terms) in self._chinese.iter(text):
            found.extend(TermMatch(term, end - length + 1, end + 1) for term in terms)
