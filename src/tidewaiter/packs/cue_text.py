"""Cues: short patterns of words as a pack writes them, parsed once and checked where they stand.

A cue is words parted by spaces, met one token after the other, without regard to case:
`detained` one word; `seized|confiscated` either; `задерж*` a word with this beginning, `*gerät` with this end;
`(also)` may be missing; `...` up to five tokens between; `..3` up to three; `<be>` any word of the group `be` of the file, and up to two of its group `after_be` behind it;
`=BIS` only in this case of letters.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

GAP = 5
MOST_GAP = 12
LEAST_END = 3  # letters of an ending: "*lot" would be most of a language


class CueError(ValueError):
    """A cue that cannot be read; the message says what is wrong with it."""


@dataclass(frozen=True, slots=True)
class CuePart:
    """One place of a cue: the words that may stand there, or a gap of up to `gap` tokens (then no words).

    `words`, `prefixes` and `ends` (beginning and end) are casefolded, `cased` are met as written.
    """

    words: frozenset[str] = frozenset()
    prefixes: tuple[str, ...] = ()
    ends: tuple[tuple[str, str], ...] = ()
    cased: frozenset[str] = frozenset()
    optional: bool = False
    gap: int = 0


def parse_cue(text: str, groups: Mapping[str, tuple[str, ...]]) -> tuple[CuePart, ...]:
    """Return the parts of a cue.

    Args:
        text: the cue as written.
        groups: words by name of group, for `<name>`.

    Raises:
        CueError: it is empty, begins or ends in a gap or with what may be missing, or names an unknown group.
    """
    parts = tuple(part for word in text.split() for part in _parts(word, groups))
    if not parts or all(part.gap or part.optional for part in parts):
        raise CueError("a cue needs a word that must stand there")
    if parts[0].gap or parts[0].optional or parts[-1].gap:
        raise CueError("a cue begins with a word that must stand there, and does not end in a gap")
    return parts


def _parts(word: str, groups: Mapping[str, tuple[str, ...]]) -> tuple[CuePart, ...]:
    """Return the part of one word as written; behind a group `be` up to two words of a group `after_be` may stand."""
    part = _part(word, groups)
    after = f"after_{word[1:-1]}" if word.startswith("<") and word.endswith(">") else ""
    if after not in groups:
        return (part,)
    light = CuePart(frozenset(one.casefold() for one in groups[after]), optional=True)
    return (part, light, light)


def _part(word: str, groups: Mapping[str, tuple[str, ...]]) -> CuePart:
    if word == "...":
        return CuePart(gap=GAP)
    if word.startswith("..") and word[2:].isdigit():
        if not 0 < int(word[2:]) <= MOST_GAP:
            raise CueError(f"a gap is of 1 to {MOST_GAP} tokens: {word}")
        return CuePart(gap=int(word[2:]))
    optional = word.startswith("(") and word.endswith(")") and len(word) > 2
    return _choices(word[1:-1] if optional else word, groups, optional)


def _choices(text: str, groups: Mapping[str, tuple[str, ...]], optional: bool) -> CuePart:
    words: set[str] = set()
    prefixes: set[str] = set()
    ends: set[tuple[str, str]] = set()
    cased: set[str] = set()
    waiting = text.split("|")
    for choice in waiting:
        if choice.startswith("<") and choice.endswith(">"):
            if choice[1:-1] not in groups:
                raise CueError(f"no group of words is called {choice}")
            waiting.extend(groups[choice[1:-1]])
        elif choice.startswith("=") and len(choice) > 1:
            cased.add(choice[1:])
        elif choice.endswith("*") and len(choice) > 2:
            prefixes.add(choice[:-1].casefold())
        elif choice.startswith("*") and len(choice) > LEAST_END and not set(choice[1:]) & set("()<>*"):
            ends.add(("", choice[1:].casefold()))
        elif choice.count("*") == 1 and choice.index("*") > 1 and not set(choice) & set("()<>"):
            begin, _, end = choice.casefold().partition("*")
            ends.add((begin, end))
        elif choice and not set(choice) & set("*()<>"):
            words.add(choice.casefold())
        else:
            raise CueError(f"not a word: {choice!r} in {text!r}")
    return CuePart(frozenset(words), tuple(sorted(prefixes)), tuple(sorted(ends)), frozenset(cased), optional)


__all__ = ["CueError", "CuePart", "parse_cue"]
