"""Cuts a declared text into marked and unmarked segments, and makes invisible characters visible.

Declared text is hostile until shown otherwise: it may carry bidirectional overrides, terminal escapes or line breaks
that forge a second line. Segments are cut on the text as declared, so offsets stay those of the evidence.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from tidewaiter.model import Declaration, Evidence, Screening

# C0 and C1 controls, bidirectional embeddings, overrides and isolates, zero-width space, word joiner, BOM, and lone
# surrogates. Zero-width joiners stay: Persian, Indic scripts and emoji need them.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060\u2066-\u2069\ufeff\ud800-\udfff]"
)
_SPACES = re.compile(r"[\t\n\r]+")
_SURROGATES = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Segment:
    """A run of a declared text. `control` says that `text` names an invisible character instead of containing it."""

    text: str
    marked: bool = False
    control: bool = False


def storable(text: str) -> str:
    """Return the text with lone surrogates replaced by U+FFFD, since no output encoding can carry them."""
    return _SURROGATES.sub("\ufffd", text)


def visible(text: str) -> str:
    """Return the text on one line with invisible characters written as `⟨U+202E⟩`, safe for a terminal."""
    return named(_SPACES.sub(" ", text))


def named(text: str) -> str:
    """Return the text with invisible characters written as `⟨U+202E⟩`; line breaks and tabs stay."""
    return _INVISIBLE.sub(lambda found: f"⟨{_code_point(found.group())}⟩", text)


def merge_spans(spans: Iterable[tuple[int, int]], length: int) -> tuple[tuple[int, int], ...]:
    """Return the spans sorted, clamped to the text, empty ones dropped and overlapping or touching ones merged."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted((max(0, start), min(end, length)) for start, end in spans):
        if start >= end:
            continue
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return tuple(merged)


def segments(text: str, spans: Iterable[tuple[int, int]] = ()) -> tuple[Segment, ...]:
    """Return the text cut into segments; joined without the control segments they are the text."""
    result: list[Segment] = []
    position = 0
    for start, end in merge_spans(spans, len(text)):
        result.extend(_cut(text[position:start], marked=False))
        result.extend(_cut(text[start:end], marked=True))
        position = end
    result.extend(_cut(text[position:], marked=False))
    return tuple(result)


def marked_text(text: str, spans: Iterable[tuple[int, int]], before: str = "[[", after: str = "]]") -> str:
    """Return the text on one line, terminal-safe, with each span between `before` and `after`."""
    parts: list[str] = []
    position = 0
    for start, end in merge_spans(spans, len(text)):
        parts += (visible(text[position:start]), before, visible(text[start:end]), after)
        position = end
    parts.append(visible(text[position:]))
    return "".join(parts)


def language_tag(text: str) -> str:
    """Return a `lang` attribute for declared text: its script where that is certain, empty (unknown) for Latin.

    Only the script is read from the text, never a language guessed: `und-Cyrl`, not `ru`.
    """
    for character in text:
        if character.isascii() or not character.isalpha():
            continue
        name = unicodedata.name(character, "")
        for prefix, tag in _SCRIPTS:
            if name.startswith(prefix):
                return tag
    return ""


def spans_by_path(evidence: Iterable[Evidence]) -> dict[tuple[str, str], list[tuple[int, int]]]:
    """Return the spans of the evidence by (path, value), so that a span is only ever drawn on the text it was cut from."""
    found: dict[tuple[str, str], list[tuple[int, int]]] = {}
    for item in evidence:
        spans = found.setdefault((item.path, item.value), [])
        if item.start is not None and item.end is not None:
            spans.append((item.start, item.end))
    return found


def screening_spans(screening: Screening) -> dict[tuple[str, str], list[tuple[int, int]]]:
    """Return the spans of all findings of a screening by (path, value)."""
    return spans_by_path(item for finding in screening.findings for item in finding.evidence)


def declared_texts(declaration: Declaration) -> list[tuple[str, str]]:
    """Return (path, value) of every declared text a finding may point at, in reading order, empty ones left out."""
    texts: list[tuple[str, str]] = []
    for role in ("consignor", "consignee"):
        party = getattr(declaration, role)
        texts += ((f"{role}.{name}", getattr(party, name)) for name in party.__slots__)
    for index, line in enumerate(declaration.lines):
        for name in ("description", "revised_description", "hs", "revised_hs", "origin"):
            texts.append((f"lines[{index}].{name}", getattr(line, name)))
    return [(path, value) for path, value in texts if value]


_SCRIPTS = (
    ("CYRILLIC", "und-Cyrl"),
    ("HIRAGANA", "ja"),
    ("KATAKANA", "ja"),
    ("HANGUL", "ko"),
    ("CJK", "und-Hani"),
    ("ARABIC", "und-Arab"),
    ("HEBREW", "he"),
    ("GREEK", "el"),
    ("GEORGIAN", "ka"),
    ("ARMENIAN", "hy"),
    ("THAI", "th"),
    ("DEVANAGARI", "und-Deva"),
)


def _code_point(character: str) -> str:
    return f"U+{ord(character):04X}"


def _cut(text: str, *, marked: bool) -> Iterable[Segment]:
    position = 0
    for found in _INVISIBLE.finditer(text):
        if found.start() > position:
            yield Segment(text[position : found.start()], marked)
        yield Segment(_code_point(found.group()), marked, control=True)
        position = found.end()
    if position < len(text):
        yield Segment(text[position:], marked)
