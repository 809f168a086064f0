"""Characters: what is taken out of a text before offsets are counted, and the bytes of a text to characters.

Letters stay as they are (no composition, no folding): a quote must be findable in what was read. Only characters that print
nothing go: controls, marks that turn the direction of writing, and invisible ones by which a text can hide words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from tidewaiter.formats.tables import SAMPLE, detect_encoding

_BREAKS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff]")
_DIRECTION = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_INVISIBLE = re.compile("[\u00ad\u200b\u2060-\u2064\ufeff\U000e0000-\U000e007f]")
_KINDS = (
    (_CONTROLS, "control character", "control characters"),
    (_DIRECTION, "mark of writing direction", "marks of writing direction"),
    (_INVISIBLE, "invisible character", "invisible characters"),
)
BINARY_SHARE = 0.05


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


@dataclass(frozen=True, slots=True)
class Decoded:
    """Bytes as characters. `damaged` counts bytes that did not fit; `is_binary` says that this is no text at all."""

    text: str
    encoding: str
    why: str
    damaged: int = 0
    is_binary: bool = False


def decode(data: bytes, declared: str = "") -> Decoded:
    """Decode a text.

    Args:
        data: the bytes.
        declared: an encoding that the document itself names; believed unless the bytes are UTF-8 or do not fit it.
    """
    encoding, why = detect_encoding(data[:SAMPLE], complete=len(data) <= SAMPLE)
    if declared and why in ("likeliest by statistics",):
        encoding, why = _fitting(data, declared, encoding, why)
    text = data.decode(encoding, errors="replace")
    damaged = text.count("\ufffd")
    head = text[:65536]
    odd = len(_CONTROLS.findall(head)) + head.count("\ufffd")
    return Decoded(text, encoding, why, damaged, odd > BINARY_SHARE * max(len(head), 1))


def _fitting(data: bytes, declared: str, encoding: str, why: str) -> tuple[str, str]:
    try:
        data[:SAMPLE].decode(declared, errors="strict" if len(data) <= SAMPLE else "replace")
    except (LookupError, UnicodeError):
        return encoding, why
    return declared, "named by the document"
