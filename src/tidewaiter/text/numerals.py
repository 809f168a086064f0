"""Numbers in words, in any language that has a table: "vierundsechzig", "семь целых шесть десятых", "三百二十".

A number in words is turned into digits only beside something that wants a number, a unit of measure or a word such as
"level"; "one vest" and "Three Mile" stay as they are. Every figure keeps the way back to the words it came from.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from tidewaiter.text.fold import HAN, fold_text
from tidewaiter.text.numeral_parts import Part, read_number
from tidewaiter.text.numeral_words import NumberTable, NumberWords
from tidewaiter.text.terms import WORD

_LINKS = (" ", "-", "")
_SIGNS = "°%µ"
MOST_PARTS = 40  # of a number; longer runs are no number
LONGEST_WORD = 80


@dataclass(frozen=True, slots=True)
class Said:
    """A number said in words at `start`–`end` of a text; `ordinal` as in "third"; `alone` one guarded word of `language`."""

    start: int
    end: int
    value: Fraction
    language: str
    ordinal: bool = False
    alone: bool = False


@dataclass(frozen=True)
class Numbered:
    """A text with numbers in figures, and the way back. `changes` are (start, end, figures) in the text as it was."""

    text: str
    cased: str = ""
    changes: tuple[tuple[int, int, str], ...] = ()
    starts: tuple[int, ...] = ()

    def back(self, position: int, end: bool = False) -> int:
        """Return the place in the text as it was; inside a figure its first character, or its last for an `end`."""
        if not self.changes:
            return position
        number = bisect_right(self.starts, position - end) - 1
        if number < 0:
            return position
        start, stop, figures = self.changes[number]
        over = position - self.starts[number]
        if over < len(figures) or (end and over == len(figures)):
            return stop if end else start
        return stop + over - len(figures)

    def forward(self, position: int) -> int:
        """Return the place in this text of a place in the text as it was, outside the words that became figures."""
        return position + sum(len(figures) - (end - start) for start, end, figures in self.changes if end <= position)


class Numerals:
    """Finds numbers in words.

    Args:
        tables: how each language says numbers.
        wanted: folded words beside which a number counts (units of measure, pieces); those of the tables are added.
        beginnings: folded beginnings of such words, longer than one letter.
        leading: folded words that stand before their number ("mach").
    """

    def __init__(
        self,
        tables: Iterable[NumberWords],
        wanted: Iterable[str] = (),
        beginnings: Iterable[str] = (),
        leading: Iterable[str] = (),
    ) -> None:
        self.tables = tuple(NumberTable(words) for words in tables)
        self.units = frozenset(word for word in wanted if _tells(word))
        self.beginnings = tuple(sorted({word for word in beginnings if _tells(word)}))
        self.beside = self._folded("beside")
        self.leading = tuple(leading)
        self.ranges = self._folded("ranges")
        self.pieces = self._folded("pieces")
        self._han = next((table for table in self.tables if table.words.language == "zh"), None)
        self._han_digits = frozenset(self._han.phrases) if self._han is not None else frozenset()
        self._han_wanted = tuple(
            sorted((w for w in (*self.units, *self.beginnings, *self.beside) if HAN.match(w)), key=len, reverse=True)
        )

    def _folded(self, name: str) -> frozenset[str]:
        return frozenset(fold_text(word) for table in self.tables for word in getattr(table.words, name))

    def find(self, text: str) -> list[Said]:
        """Return every number in words of a folded text, in order, whatever stands beside it."""
        tokens = [(match.group(), match.start(), match.end()) for match in WORD.finditer(text)]
        found: list[Said] = []
        position = 0
        while position < len(tokens):
            best, taken = self._at(text, tokens, position)
            if best is not None:
                found.append(best)
            position += max(1, taken)
        if self._han is not None and not text.isascii() and HAN.search(text) is not None:
            found.extend(self._find_han(text))
            found.sort(key=lambda said: said.start)
        return found

    def _at(self, text: str, tokens: list[tuple[str, int, int]], position: int) -> tuple[Said | None, int]:
        best: Said | None = None
        taken = 0
        for table in self.tables:
            if table is self._han or not table.may_begin(tokens[position][0]):
                continue
            parts, ends = self._parts(text, tokens, position, table)
            number = read_number(parts, table.words.unit_first, table.rooms) if parts else None
            if number is None:
                continue
            end, last = ends[number.taken - 1]
            if best is None or end > best.end:
                first = tokens[position]
                alone = last == position and first[0] in table.guarded
                best = Said(first[1], end, number.value, table.words.language, number.ordinal, alone)
                taken = last - position + 1
        return best, taken

    def _parts(
        self, text: str, tokens: list[tuple[str, int, int]], position: int, table: NumberTable
    ) -> tuple[list[Part], list[tuple[int, int]]]:
        """Return the parts of numbers from a word on, with the place where each ends and the number of its last word."""
        parts: list[Part] = []
        ends: list[tuple[int, int]] = []
        at = position
        while at < len(tokens) and len(parts) < MOST_PARTS:
            word, start, end = tokens[at]
            if at > position and text[tokens[at - 1][2] : start] not in _LINKS:
                break
            phrase = self._phrase(text, tokens, at, table)
            if phrase is not None:
                part, last = phrase
                parts.append(part)
                ends.append((tokens[last][2], last))
                at = last + 1
                continue
            prefix = table.words.joined_by
            if prefix and at > position and word.startswith(prefix):
                bare = [*tokens[:at], (word[len(prefix) :], start + len(prefix), end), *tokens[at + 1 :]]
                phrase = self._phrase(text, bare, at, table)
                if phrase is not None:  # و before a phrase of several words too
                    part, last = phrase
                    parts += [Part("join", Fraction(0)), part]
                    ends += [(tokens[last][2], last)] * 2
                    at = last + 1
                    continue
            split, used = (
                table.split(word, not table.words.prefixing)
                if 4 <= len(word) <= LONGEST_WORD and _divides(table)
                else ([], 0)
            )
            if not split or (used < len(word) and not self._wants(word[used:])):
                break
            parts += split
            ends += [(start + used, at)] * len(split)
            at += 1
            if used < len(word):
                break
        return parts, ends

    def _phrase(
        self, text: str, tokens: list[tuple[str, int, int]], at: int, table: NumberTable
    ) -> tuple[Part, int] | None:
        for words, part in table.phrases.get(tokens[at][0], ()):
            last = at + len(words) - 1
            if last < len(tokens) and all(
                tokens[at + k][0] == words[k] and text[tokens[at + k - 1][2] : tokens[at + k][1]] in _LINKS
                for k in range(1, len(words))
            ):
                return part, last
        return None

    def _find_han(self, text: str) -> list[Said]:
        found: list[Said] = []
        table = self._han
        assert table is not None
        at = 0
        while at < len(text):
            if text[at] not in self._han_digits:
                at += 1
                continue
            end = at
            while end < len(text) and text[end] in self._han_digits:
                end += 1
            if end - at > MOST_PARTS:
                at = end
                continue
            parts = [table.single(char)[0] for char in text[at:end]]
            if end - at > 1 and parts[-1].kind == "times" and self._in_unit(text, end, parts):
                parts.pop()  # 五千克: the thousand is of the unit
            number = read_number(parts, False, {})
            if number is not None and number.taken == len(parts):
                found.append(Said(at, at + len(parts), number.value, "zh", number.ordinal))
            at = end
        return found

    def _in_unit(self, text: str, end: int, parts: list[Part]) -> bool:
        return all(part.value < parts[-1].value for part in parts[:-1]) and any(
            len(word) > 1 and text.startswith(word, end - 1) for word in self._han_wanted
        )

    def _wants(self, word: str) -> bool:
        return word in self.units or word in self.beside or word.startswith(self.beginnings)

    def figures(self, text: str, cased: str = "", languages: frozenset[str] = frozenset()) -> Numbered:
        """Return the text with the numbers in words that something beside them wants written in figures.

        Args:
            text: folded text.
            cased: the same text in its own case, where it has the same length.
            languages: languages of the names found in the text; a guarded word alone counts only in one of them.
        """
        said = [s for s in self.find(text) if not s.alone or s.language in languages]
        said = [s for s in said if not _beside_figures(text, s)]
        taken: list[Said] = []
        for one in reversed(said):
            if self._is_wanted(text, one) or (taken and self._is_range(text, one, taken[-1])):
                taken.append(one)
        if not taken:
            return Numbered(text, cased)
        pieces, shown, changes, starts = [], [], [], []
        place = length = 0
        for one in reversed(taken):
            figures = _figures(one.value) + ("." if one.ordinal and one.language != "zh" else "")
            if one.end < len(text) and text[one.end].isalpha() and not HAN.match(text[one.end]):
                figures += " "
            before = text[place : one.start]
            pieces += [before, figures]
            shown += [cased[place : one.start], figures]
            length += len(before)
            starts.append(length)
            length += len(figures)
            changes.append((one.start, one.end, figures))
            place = one.end
        pieces.append(text[place:])
        shown.append(cased[place:])
        return Numbered("".join(pieces), "".join(shown) if cased else "", tuple(changes), tuple(starts))

    def _is_wanted(self, text: str, said: Said) -> bool:
        after = text[said.end : said.end + 24]
        if said.language == "zh" and after.startswith(self._han_wanted):
            return True
        behind = after.lstrip(" -")
        near = len(after) - len(behind) <= 1
        if near and behind and behind[0] in _SIGNS:
            return not said.ordinal
        match = WORD.match(behind) if near else None
        word = match.group() if match is not None else ""
        if word in self.beside or (word and not said.ordinal and self._wants(word)):
            return True
        before = text[max(0, said.start - 24) : said.start].rstrip(" -:")
        words = WORD.findall(before)
        if words and before.endswith(words[-1]) and (words[-1] in self.beside or words[-1] in self.leading):
            return True
        return said.language == "zh" and before.endswith(self.leading)

    def _is_range(self, text: str, said: Said, after: Said) -> bool:
        between = text[said.end : after.start].strip()
        return not said.ordinal and said.end < after.start and (between in self.ranges or between == "-")


def _tells(word: str) -> bool:
    """Whether a word can say that a number is a measure: `in` and single letters are other words too often."""
    return len(word) > 2 or (len(word) == 2 and word != "in") or HAN.match(word) is not None


def _divides(table: NumberTable) -> bool:
    return table.words.joined or table.words.prefixing


def _beside_figures(text: str, said: Said) -> bool:
    """Whether digits stand right before or behind: "neuf 5 kg" is a new thing of 5 kg."""
    before, after = text[: said.start].rstrip(" -"), text[said.end :].lstrip(" -")
    return before[-1:].isdigit() or after[:1].isdigit()


def _figures(value: Fraction) -> str:
    if value.denominator == 1:
        return str(value.numerator)
    return f"{float(value):.6f}".rstrip("0").rstrip(".")


__all__ = ["NumberWords", "Numbered", "Numerals", "Said"]
