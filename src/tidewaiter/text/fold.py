"""Fold text so that the same word compares equal however it was typed, and keep the way back to the original.

Case, width, compatibility forms, Latin accents, dashes, zero-width characters and apostrophes are folded. Cyrillic й and ї
stay letters of their own. Words that mix Cyrillic and Latin look-alikes are put back into the script of their majority.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

_SPECIAL = {
    "\u2019": "'",
    "\u2018": "'",
    "\u02bc": "'",
    "`": "'",
    "\u00b4": "'",
    "\u2010": "-",
    "\u2011": "-",
    "\u2012": "-",
    "\u2013": "-",
    "\u2014": "-",
    "\u2212": "-",
    "\u00a0": " ",
    "ё": "е",
    "\u00b5": "µ",
    "\u03bc": "µ",
    "\u00d7": "x",
    "ł": "l",
    "ø": "o",
    "đ": "d",
    "ı": "i",
    "أ": "ا",
    "إ": "ا",
    "آ": "ا",
    "ٱ": "ا",
    "ى": "ي",
    "ـ": "",
    "٫": ".",
    "®": " ",
    "™": " ",
}

# Arabic and Persian figures are the same numbers as European ones.
_SPECIAL.update({chr(zero + digit): str(digit) for zero in (0x660, 0x6F0) for digit in range(10)})

CYRILLIC_TO_LATIN = dict(zip("аверкмнорстухвіїјѕ", "abepkmhopctyxbiijs", strict=True)) | {
    "а": "a", "е": "e", "о": "o", "р": "p", "с": "c", "у": "y", "х": "x", "к": "k", "м": "m", "т": "t", "н": "h", "в": "b", "і": "i",
}  # fmt: skip
LATIN_TO_CYRILLIC = {
    "a": "а", "e": "е", "o": "о", "p": "р", "c": "с", "y": "у", "x": "х", "k": "к", "m": "м", "t": "т", "h": "н", "b": "в", "i": "і",
}  # fmt: skip

_ROMAN = {
    "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ж": "zh", "з": "z", "и": "i", "й": "y", "к": "k", "л": "l", "м": "m",
    "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh",
    "щ": "shch", "ъ": "", "ы": "y", "ь": "", "э": "e", "ю": "yu", "я": "ya", "і": "i", "ї": "i", "є": "e", "ґ": "g",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Folded:
    """Folded text with offsets: `offsets[i]` is the index in the original of folded character i (None: identical)."""

    text: str
    original: str
    offsets: tuple[int, ...] | None = None

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the span in the original text of a span in the folded text."""
        if self.offsets is None or start >= end:
            return start, end
        last = self.offsets[end - 1]
        stop = self.offsets[end] if end < len(self.offsets) else len(self.original)
        if stop <= last:  # one original character became several folded ones
            stop = last + 1
        tail = self.original[last:stop]
        return self.offsets[start], last + len(tail.rstrip()) if tail.strip() else stop


@lru_cache(maxsize=8192)
def _fold_char(char: str) -> str:
    special = _SPECIAL.get(char)
    if special is not None:
        return special
    out = []
    for part in unicodedata.normalize("NFKC", char).casefold():
        part = _SPECIAL.get(part, part)
        if len(part) != 1:
            out.append(part)
            continue
        category = unicodedata.category(part)
        if category in ("Cf", "Mn", "Cc"):
            out.append(" " if part in "\t\n\r" else "")
            continue
        if part > "\x7f" and "LATIN" in unicodedata.name(part, ""):
            base = unicodedata.normalize("NFD", part)[0]
            out.append(base)
        else:
            out.append(part)
    return "".join(out)


class _Folding(dict[int, str]):
    """A translation table that folds a character the first time it is asked for."""

    def __missing__(self, code: int) -> str:
        folded = self[code] = _fold_char(chr(code))
        return folded


_FOLDING = _Folding()


def fold_text(text: str) -> str:
    """Return the folded text alone, without the way back: what `fold` gives as `text`."""
    if text.isascii():
        return fold(text).text
    composed = unicodedata.normalize("NFC", text)
    return (composed if len(composed) == len(text) else text).translate(_FOLDING)


@lru_cache(maxsize=1024)
def fold(text: str) -> Folded:
    """Return the folded text with its offset map; plain ASCII takes a short way. Remembered for a moment: several readers
    of one goods line ask for the same."""
    if text.isascii():
        lowered = text.lower()
        if "\t" in lowered or "\n" in lowered or "\r" in lowered:
            lowered = lowered.replace("\t", " ").replace("\n", " ").replace("\r", " ")
        return Folded(lowered.replace("`", "'"), text)
    composed = unicodedata.normalize("NFC", text)
    if len(composed) != len(text):
        # Composition changes offsets; fold the original character by character instead and keep the base letters.
        composed = text
    pieces = list(map(_FOLDING.__getitem__, map(ord, composed)))
    folded = "".join(pieces)
    if len(folded) == len(composed) and "" not in pieces:  # each character became one
        return Folded(folded, text, tuple(range(len(folded))))
    offsets: list[int] = []
    for index, piece in enumerate(pieces):
        offsets.extend([index] * len(piece))
    return Folded(folded, text, tuple(offsets))


_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
_LATIN = re.compile(r"[a-z]")
HAN = re.compile(r"[\u3400-\u9fff]")


def is_cyrillic(word: str) -> bool:
    """Return whether a folded word has a Cyrillic letter."""
    return _CYRILLIC.search(word) is not None


@lru_cache(maxsize=65536)
def unmix(word: str) -> str:
    """Return a word that mixes Cyrillic and Latin look-alikes in the script of its unambiguous letters.

    `бpонежилет` with a Latin p becomes Cyrillic; a word without a clear majority is returned as it is.
    """
    if not (_CYRILLIC.search(word) and _LATIN.search(word)):
        return word
    only_cyrillic = sum(1 for c in word if _CYRILLIC.match(c) and c not in CYRILLIC_TO_LATIN)
    only_latin = sum(1 for c in word if _LATIN.match(c) and c not in LATIN_TO_CYRILLIC)
    if only_cyrillic > only_latin:
        return "".join(LATIN_TO_CYRILLIC.get(c, c) for c in word)
    if only_latin > only_cyrillic:
        return "".join(CYRILLIC_TO_LATIN.get(c, c) for c in word)
    return word


@lru_cache(maxsize=65536)
def romanise(word: str) -> str:
    """Return Cyrillic letters romanised one by one (BGN-like), everything else as it is."""
    return "".join(_ROMAN.get(char, char) for char in word)


_ROUGH = (
    ("shch", "sh"), ("sch", "sh"), ("kh", "h"), ("zh", "j"), ("ts", "c"), ("tz", "c"), ("yu", "u"), ("ju", "u"), ("iu", "u"),
    ("ya", "a"), ("ja", "a"), ("ia", "a"), ("ye", "e"), ("je", "e"), ("yo", "e"), ("y", "i"), ("w", "v"), ("'", ""),
)  # fmt: skip


@lru_cache(maxsize=65536)
def rough_roman(word: str) -> str:
    """Return a spelling-tolerant key of a romanised Russian or Ukrainian word: schemes and endings differ, the key does not."""
    key = word
    for old, new in _ROUGH:
        key = key.replace(old, new)
    for ending in ("ami", "ov", "om", "am", "ah", "em", "ii", "i", "a", "e", "u", "o"):
        if key.endswith(ending) and len(key) - len(ending) >= 4:
            return key[: -len(ending)]
    return key
