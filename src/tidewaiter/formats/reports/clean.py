"""Characters: what is taken out of a text before offsets are counted.

Letters stay as they are (no composition, no folding): a quote must be findable in what was read. Only characters that print
nothing go: controls, marks that turn the direction of writing, and invisible ones by which a text can hide words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_BREAKS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff]")
_DIRECTION = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_INVISIBLE = re.compile("[\u00ad\u200b\u2060-\u2064\ufeff\U000e0000-\U000e007f]")
_SPACES = re.compile(r"[ \t\n]+")
_KINDS = (
    (CONTROLS, "control character", "control characters"),
    (_DIRECTION, "mark of writing direction", "marks of writing direction"),
    (_INVISIBLE, "invisible character", "invisible characters"),
)


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A text fit for offsets, and what was taken out of it, one note a kind."""

    text: str
    notes: tuple[str, ...] = ()


def clean(text: str) -> Cleaned:
    """Return the text with line ends as `\\n` and without characters that print nothing."""
    if text.isascii() and text.isprintable():
        return Cleaned(text)
    text = _BREAKS.sub("\n", text)
    notes = []
    for pattern, one, many in _KINDS:
        text, count = pattern.subn("", text)
        if count:
            notes.append(f"left out {count} {one if count == 1 else many}")
    return Cleaned(text, tuple(notes))


def one_line(text: str) -> str:
    """Return a short text of a page's data as one clean line; what is beyond two thousand characters is left away."""
    return _SPACES.sub(" ", clean(text[:2000]).text).strip()
