"""Bytes of a text to characters. Text of our languages in an old encoding is told by its letters, not by what would decode.

Tables have their own way (`formats.tables`), made for short cells in Cyrillic and Chinese; an article has letters enough to count.
"""

from __future__ import annotations

import codecs
from dataclasses import dataclass

from charset_normalizer import from_bytes

from tidewaiter.formats.reports.clean import CONTROLS

SAMPLE = 65_536
BINARY_SHARE = 0.05
DAMAGED_SHARE = 0.1
MANY_HIGH = 0.3
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
# The fifteen letters that make up two thirds of Russian and Ukrainian text; read in a wrong Cyrillic encoding they become rare or capital ones.
_FREQUENT = frozenset("оеаинтсрвлкмдпуі")
_CYRILLIC = ("cp1251", "koi8-u", "cp866", "iso8859-5")


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
        declared: an encoding that the document itself names; believed where the bytes are not UTF-8 and fit it.
    """
    encoding, why = _encoding(data, declared)
    text = data.decode(encoding, errors="replace")
    damaged = text.count("\ufffd")
    head = text[:SAMPLE]
    odd = len(CONTROLS.findall(head)) + head.count("\ufffd")
    return Decoded(text, encoding, why, damaged, odd > BINARY_SHARE * max(len(head), 1))


def _encoding(data: bytes, declared: str) -> tuple[str, str]:
    for mark, name in _BOMS:
        if data.startswith(mark):
            return name, "byte order mark"
    sample = data[:SAMPLE]
    pairs = min(len(sample), 4096) // 2
    for start, name in ((1, "utf-16-le"), (0, "utf-16-be")):
        if pairs > 1 and sample[start : 2 * pairs : 2].count(0) > 0.4 * pairs:
            return name, "zeros at every second byte"
    if _is_utf8(sample):
        return "utf-8", "UTF-8 but for few bytes"
    if declared and _fits(sample, declared):
        return declared, "named by the document"
    return _old(sample)


def _is_utf8(sample: bytes) -> bool:
    text = sample.decode("utf-8", errors="replace")
    wrong = text.count("\ufffd")
    return wrong <= 1 or wrong < DAMAGED_SHARE * (len(text) - len(text.encode("ascii", "ignore")))


def _fits(sample: bytes, name: str) -> bool:
    try:
        text = sample.decode(name, errors="replace")
    except (LookupError, UnicodeError, ValueError):
        return False
    return isinstance(text, str) and text.count("\ufffd") < 0.01 * len(text)


def _old(sample: bytes) -> tuple[str, str]:
    """Choose an old encoding: few high bytes are Latin text; many are Cyrillic where frequent letters come out frequent."""
    high = sum(byte > 0x7F for byte in sample)
    letters = high + sum(65 <= byte <= 90 or 97 <= byte <= 122 for byte in sample)
    if high < MANY_HIGH * max(letters, 1):
        return "cp1252", "few letters beyond ASCII"
    shares = {name: _frequent(sample, name, high) for name in _CYRILLIC}
    best = max(shares, key=lambda name: shares[name])
    if shares[best] > 0.5:
        return best, f"{shares[best]:.0%} of its letters are the frequent ones of Cyrillic text"
    found = from_bytes(sample).best()
    return (found.encoding, "likeliest by statistics") if found is not None else ("cp1252", "nothing fits better")


def _frequent(sample: bytes, name: str, high: int) -> float:
    return sum(char in _FREQUENT for char in sample.decode(name, errors="replace")) / high
