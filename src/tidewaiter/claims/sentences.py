"""Text into tokens, sentences and quotations, all with offsets into the report's text.

Own rules over tokens: measured against pysbd they need no second pass to find the offsets again and take their abbreviations
from the words of the language, which pysbd does not have for Ukrainian.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from tidewaiter.model.claims import Passage, PassageKind, Report
from tidewaiter.packs.report_words import ReportWords

LONGEST_SENTENCE = (
    220  # tokens; a "sentence" beyond is cut, so that one endless line costs no more than many short ones
)
SHORT_LINE = 60  # characters; a line this short that ends without a stop is a heading, not a wrapped line
LONGEST_REPORT = 500_000  # characters; what stands behind is not read, so that a hostile document costs seconds at most
MOST_SENTENCES = 20_000
LONGEST_QUOTATION = 4_000  # characters; a mark that closes later than this is taken as never closed

_ELISION = (
    r"(?:qu|lorsqu|puisqu|jusqu|quoiqu|dell|nell|all|sull|dall|coll|quell|quest|un|senz|anch|cent|tutt|[ldjnsmtc])"
)
_TOKEN = re.compile(
    r"(?P<elided>\b" + _ELISION + r"['’])(?=[^\W\d_])"
    r"|(?P<initials>(?:[^\W\d_]\.){2,})"
    r"|(?P<number>\d+(?:[.,:'’\u00a0\u202f]\d+)*(?!\w|[-‑][^\W\d_]))"
    r"|(?P<word>\w+(?:[-‑–/'’]\w+)*)"
    r"|(?P<mark>\.{3}|[^\w\s])",
    re.IGNORECASE,
)
_STOPS = frozenset({".", "!", "?", "…", "...", "。"})
_CLOSERS = frozenset("”\"»’')]“")
_PAIRS = {"“": "”", "«": "»", "„": '“”"', "‚": "‘’", "‘": "’", '"': '"', "”": "”", "»": "«", "‹": "›", "'": "'"}


class Token(NamedTuple):
    """One word, number or mark. `low` is casefolded; the offsets are in the report's text."""

    text: str
    low: str
    start: int
    end: int

    @property
    def is_word(self) -> bool:
        """Whether it holds a letter."""
        return self.text[0].isalnum() and not self.text.isdigit()


class Quotation(NamedTuple):
    """A span between quotation marks, marks included. `depth` is 1 for the outermost."""

    start: int
    end: int
    depth: int


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence: its span, the kind of the passage it stands in, its tokens, and the number of its paragraph and of itself."""

    start: int
    end: int
    passage: PassageKind
    tokens: tuple[Token, ...]
    paragraph: int
    number: int = 0

    def text(self, report: Report) -> str:
        """Return its words as they stand in the report."""
        return report.text[self.start : self.end]


def tokenise(text: str, start: int = 0, end: int | None = None) -> tuple[Token, ...]:
    """Return the tokens of a part of a text, in order; offsets are in the whole text."""
    return tuple(_tokens(text, start, len(text) if end is None else end))


def _tokens(text: str, start: int, end: int) -> Iterator[Token]:
    for match in _TOKEN.finditer(text, start, end):
        word = match.group()
        if match.lastgroup == "word" and word[-2:].casefold() in ("'s", "’s") and len(word) > 2:
            yield Token(word[:-2], word[:-2].casefold(), match.start(), match.end() - 2)
            yield Token(word[-2:], "'s", match.end() - 2, match.end())
        else:
            yield Token(word, word.casefold().replace("’", "'"), match.start(), match.end())


def sentences(report: Report, words: ReportWords) -> tuple[Sentence, ...]:
    """Return the sentences of a report in order, of its first `LONGEST_REPORT` characters: they follow its passages, and its paragraphs where it has none."""
    found: list[Sentence] = []
    paragraph = 0
    for passage in report.passages or (Passage("body", 0, len(report.text)),):
        for start, end in _paragraphs(report.text, passage.start, min(passage.end, LONGEST_REPORT)):
            for tokens in _split(tokenise(report.text, start, end), report.text, words):
                if len(found) >= MOST_SENTENCES:
                    return tuple(found)
                if not any(token.is_word for token in tokens):
                    continue
                first, last = tokens[0].start, tokens[-1].end
                found.append(Sentence(first, last, passage.kind, tokens, paragraph, len(found)))
            paragraph += 1
    return tuple(found)


def _paragraphs(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield spans between empty lines; a short line without a stop at its end is a paragraph of its own."""
    begin = at = start
    while at < end:
        newline = text.find("\n", at, end)
        line_end = end if newline < 0 else newline
        line = text[at:line_end].strip()
        after = end if newline < 0 else newline + 1
        heading = len(line) < SHORT_LINE and line[-1:] not in ",;-–" and not text[after : after + 1].islower()
        if not line or heading:
            if text[begin:line_end].strip():
                yield begin, line_end
            begin = after
        at = after
    if text[begin:end].strip():
        yield begin, end


def _split(tokens: tuple[Token, ...], text: str, words: ReportWords) -> Iterator[tuple[Token, ...]]:
    begin = 0
    at = 0
    while at < len(tokens):
        if at - begin >= LONGEST_SENTENCE - 1 or (tokens[at].text in _STOPS and _ends(tokens, at, text, words)):
            at += 1
            while at < len(tokens) and tokens[at].text in _CLOSERS and tokens[at].start == tokens[at - 1].end:
                at += 1
            yield tokens[begin:at]
            begin = at
        else:
            at += 1
    if begin < len(tokens):
        yield tokens[begin:]


def _ends(tokens: tuple[Token, ...], at: int, text: str, words: ReportWords) -> bool:
    """Return whether the stop at `at` ends a sentence: what follows may begin one, what stands before is no abbreviation."""
    stop = tokens[at]
    after = at + 1
    while after < len(tokens) and tokens[after].text in _CLOSERS and tokens[after].start == tokens[after - 1].end:
        after += 1
    if after == len(tokens):
        return True
    following = tokens[after]
    if following.start == tokens[after - 1].end or text[following.start].islower():
        return False
    if stop.text != "." or at == 0:
        return True
    before = tokens[at - 1]
    if before.end != stop.start:
        return True
    if before.low in words.abbreviations or (len(before.text) == 1 and before.text.isalpha() and before.text.isupper()):
        return False
    return not (before.text.isdigit() and len(before.text) <= 2 and following.low in words.month_words)


def quotations(text: str, start: int = 0, end: int | None = None) -> tuple[Quotation, ...]:
    """Return the quotations of a text in order of their beginning; one that never closes is none.

    Marks are “ ” « » „ “ " " ‚ ‘ ‘ ’; an apostrophe inside a word is no mark.
    """
    last = min(len(text) if end is None else end, LONGEST_REPORT)
    found: list[Quotation] = []
    open_marks: list[tuple[int, str]] = []
    for at in _marks(text, start, last):
        mark = text[at]
        level = _closes(open_marks, mark, text, at)
        if level >= 0:
            begin = open_marks[level][0]
            if at - begin <= LONGEST_QUOTATION:
                found.append(Quotation(begin, at + 1, level + 1))
            del open_marks[level:]
        elif mark in _PAIRS and _may_open(text, at) and len(open_marks) < 4:
            open_marks.append((at, mark))
    return tuple(sorted(found))


@lru_cache(maxsize=4)
def quotations_of(text: str) -> tuple[Quotation, ...]:
    """Return the quotations of a whole text, kept for the sentences that are read one after another."""
    return quotations(text)


_MARK = re.compile('[“”«»„"‚‘’‹›\']')


def _marks(text: str, start: int, end: int) -> Iterator[int]:
    for match in _MARK.finditer(text, start, end):
        at = match.start()
        inside = at > 0 and text[at - 1].isalnum() and at + 1 < len(text) and text[at + 1].isalnum()
        if not (match.group() in "’‘'" and inside):
            yield at


def _closes(open_marks: list[tuple[int, str]], mark: str, text: str, at: int) -> int:
    for level in range(len(open_marks) - 1, -1, -1):
        begin, opener = open_marks[level]
        if mark in _PAIRS[opener] and at > begin + 1:
            if mark == opener and _may_open(text, at) and not text[at - 1].isalnum() and text[at - 1] not in ".,!?…":
                continue
            return level
    return -1


def _may_open(text: str, at: int) -> bool:
    before = text[at - 1] if at else " "
    after = text[at + 1] if at + 1 < len(text) else " "
    return not before.isalnum() and (text[at] == "«" or not after.isspace())  # French sets its marks off: « mot »


def inside(spans: tuple[Quotation, ...], start: int, end: int) -> Quotation | None:
    """Return the innermost quotation that holds a span, or None."""
    at = bisect_right(spans, (start, 1 << 60, 0))
    best = None
    for span in spans[max(0, at - 12) : at]:
        if span.start <= start and end <= span.end and (best is None or span.depth > best.depth):
            best = span
    return best


__all__ = ["Quotation", "Sentence", "Token", "inside", "quotations", "quotations_of", "sentences", "tokenise"]
