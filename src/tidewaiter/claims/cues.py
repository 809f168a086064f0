"""Cues met in tokens: thousands of patterns, indexed by their first word, so that a text is gone through once.

The syntax of a cue is `packs.cue_text`'s; each carries a value, whatever its owner wants back.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Generic, NamedTuple, TypeVar

from tidewaiter.claims.sentences import Token
from tidewaiter.packs.cue_text import CuePart

V = TypeVar("V")
_KEY = 3  # letters of a beginning by which prefixes are found
_NO_GAP_OVER = frozenset({".", "!", "?", "…", ";"})  # a gap does not reach over the end of a sentence


class Found(NamedTuple, Generic[V]):
    """A cue met at tokens `first` (inclusive) to `last` (exclusive)."""

    first: int
    last: int
    value: V


class _Entry(NamedTuple, Generic[V]):
    """A pattern with its value and the words one of which must follow its first, None where that cannot be said."""

    parts: tuple[CuePart, ...]
    value: V
    follows: frozenset[str] | None


def _follows(parts: tuple[CuePart, ...]) -> frozenset[str] | None:
    """Return the words that may stand behind the first of a pattern, so that most are told apart by a look at one word."""
    found: set[str] = set()
    for part in parts[1:]:
        if part.gap or part.prefixes or part.cased or part.ends:
            return None
        found |= part.words
        if not part.optional:
            return frozenset(found)
    return None


class Cues(Generic[V]):
    """Patterns with values, compiled once.

    Args:
        patterns: parsed cues with the value each gives.
    """

    def __init__(self, patterns: Iterable[tuple[tuple[CuePart, ...], V]]) -> None:
        self._exact: dict[str, list[_Entry[V]]] = {}
        self._cased: dict[str, list[_Entry[V]]] = {}
        self._begun: dict[str, list[_Entry[V]]] = {}
        self._ended: dict[str, list[_Entry[V]]] = {}
        for parts, value in patterns:
            entry = _Entry(parts, value, _follows(parts))
            for word in parts[0].words:
                self._exact.setdefault(word, []).append(entry)
            for word in parts[0].cased:
                self._cased.setdefault(word, []).append(entry)
            for key in {
                begin[:_KEY] for begin in (*parts[0].prefixes, *(begin for begin, _ in parts[0].ends if begin))
            }:
                self._begun.setdefault(key, []).append(entry)
            for key in {end[-_KEY:] for begin, end in parts[0].ends if not begin}:
                self._ended.setdefault(key, []).append(entry)

    def __bool__(self) -> bool:
        return bool(self._exact or self._cased or self._begun or self._ended)

    def find(self, tokens: Sequence[Token], first: int = 0, last: int | None = None) -> list[Found[V]]:
        """Return every cue met, by place; several may begin at one place, longest first."""
        end = len(tokens) if last is None else last
        found: list[Found[V]] = []
        for at in range(first, end):
            found.extend(self.at(tokens, at, end))
        return found

    def at(self, tokens: Sequence[Token], at: int, end: int) -> list[Found[V]]:
        """Return the cues that begin at one token, longest first."""
        low = tokens[at].low
        after = tokens[at + 1].low if at + 1 < end else ""
        here: list[Found[V]] = []
        sure = self._exact.get(low, ())
        if self._cased:
            sure = [*sure, *self._cased.get(tokens[at].text, ())]
        for parts, value, follows in sure:
            if follows is None or after in follows:
                stop = _rest(parts, 1, tokens, at + 1, end)
                if stop is not None:
                    here.append(Found(at, stop, value))
        if self._begun or self._ended:
            begun = (*self._begun.get(low[:_KEY], ()), *self._begun.get(low[:2], ()), *self._ended.get(low[-_KEY:], ()))
            for parts, value, follows in begun:
                if (follows is None or after in follows) and _meets(parts[0], tokens[at]):
                    stop = _rest(parts, 1, tokens, at + 1, end)
                    if stop is not None:
                        here.append(Found(at, stop, value))
        here.sort(key=lambda hit: -hit.last)
        return here

    def spans(self, tokens: Sequence[Token], first: int = 0, last: int | None = None) -> list[Found[V]]:
        """Return cues that do not overlap: from the left, the longest at each place (the first written of equals)."""
        end = len(tokens) if last is None else last
        found: list[Found[V]] = []
        at = first
        while at < end:
            here = self.at(tokens, at, end)
            if here:
                found.append(here[0])
                at = here[0].last
            else:
                at += 1
        return found


def _meets(part: CuePart, token: Token) -> bool:
    if token.low in part.words or token.text in part.cased:
        return True
    if part.prefixes and token.low.startswith(part.prefixes):
        return True
    return bool(part.ends) and any(token.low.startswith(begin) and token.low.endswith(end) for begin, end in part.ends)


def _rest(parts: tuple[CuePart, ...], number: int, tokens: Sequence[Token], at: int, end: int) -> int | None:
    """Return where the rest of a cue ends when it goes on at `at`, or None."""
    if number == len(parts):
        return at
    part = parts[number]
    if part.gap:
        for reach in range(part.gap + 1):
            if at + reach >= end:
                return None
            stop = _rest(parts, number + 1, tokens, at + reach, end)
            if stop is not None:
                return stop
            if tokens[at + reach].text in _NO_GAP_OVER:
                return None
        return None
    if at < end and _meets(part, tokens[at]):
        stop = _rest(parts, number + 1, tokens, at + 1, end)
        if stop is not None:
            return stop
    return _rest(parts, number + 1, tokens, at, end) if part.optional else None


__all__ = ["Cues", "Found"]
