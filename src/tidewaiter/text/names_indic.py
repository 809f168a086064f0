"""Names in Devanagari and its sister scripts in Latin letters.

The scripts of India share one layout in Unicode, so all are read as Devanagari. The unwritten a is dropped where
speech drops it: at the end of a word, and between a vowel and a consonant that carries a vowel.
"""

from __future__ import annotations

import re

INDIC = re.compile("[\u0900-\u0d7f]")
_CONSONANTS = {
    **dict(zip("कखगघङचछजझञटठडढणतथदधनपफबभमयरलवशषसह", ["k", "kh", "g", "gh", "ng", "ch", "chh", "j", "jh", "n", "t", "th", "d", "dh", "n", "t", "th", "d", "dh", "n", "p", "ph", "b", "bh", "m", "y", "r", "l", "v", "sh", "sh", "s", "h"], strict=True)),
    "ळ": "l", "ऱ": "r", "ऩ": "n", "ऴ": "zh", "क़": "q", "ख़": "kh", "ग़": "gh", "ज़": "z", "ड़": "r", "ढ़": "rh", "फ़": "f", "य़": "y",
}  # fmt: skip
_VOWELS = {
    "अ": "a", "आ": "a", "इ": "i", "ई": "i", "उ": "u", "ऊ": "u", "ऋ": "ri", "ए": "e", "ऐ": "ai", "ओ": "o", "औ": "au",
    "ऍ": "e", "ऑ": "o", "ऎ": "e", "ऒ": "o",
}  # fmt: skip
_SIGNS = {
    "ा": "a", "ि": "i", "ी": "i", "ु": "u", "ू": "u", "ृ": "ri", "े": "e", "ै": "ai", "ो": "o", "ौ": "au", "ॅ": "e",
    "ॉ": "o", "ॆ": "e", "ॊ": "o",
}  # fmt: skip
_VIRAMA, _NUKTA, _NASAL, _BREATH = "्", "़", "ंँ", "ः"
_NUKTA_FORM = {"k": "q", "kh": "kh", "g": "gh", "j": "z", "d": "r", "dh": "rh", "ph": "f"}
_LABIALS = re.compile("n(?=[bpm])")


def _to_devanagari(char: str) -> str:
    code = ord(char)
    if 0x0980 <= code <= 0x0D7F:
        return chr(0x0900 + (code - 0x0900) % 0x80)
    return char


def _units(word: str) -> list[list[str]]:
    """Return [consonants, vowel] units of a word; the vowel is `A` where it is not written."""
    units: list[list[str]] = []
    for char in word:
        if char in _CONSONANTS:
            if units and units[-1][1] == "":
                units[-1] = [units[-1][0] + _CONSONANTS[char], "A"]
            else:
                units.append([_CONSONANTS[char], "A"])
        elif char in _SIGNS and units:
            units[-1][1] = _SIGNS[char]
        elif char == _VIRAMA and units:
            units[-1][1] = ""
        elif char == _NUKTA and units:
            consonant = units[-1][0]
            units[-1][0] = _NUKTA_FORM.get(consonant, consonant)
        elif char in _VOWELS:
            units.append(["", _VOWELS[char]])
        elif char in _NASAL:
            units.append(["n", "."])
        elif char.isdigit():
            units.append([str(ord(char) & 0xF), "."])
        elif char != _BREATH:
            units.append([char if not "\u0900" <= char <= "\u097f" else "", "."])
    return units


def _is_cluster(consonants: str) -> bool:
    return len(consonants) > 2 or (len(consonants) == 2 and consonants[1] != "h")


def _drop_silent(units: list[list[str]]) -> None:
    """Drop the unwritten a at the end, and from the end backwards between a vowel and a consonant with one."""
    last = len(units) - 1
    if last > 0 and units[last][1] == "A" and not _is_cluster(units[last][0]):
        units[last][1] = ""
    for place in range(last - 1, 0, -1):
        consonants, vowel = units[place]
        before, after = units[place - 1][1], units[place + 1]
        if vowel == "A" and not _is_cluster(consonants) and before not in ("", "."):
            if after[0] and after[1] not in ("", ".") and not _is_cluster(after[0]):
                units[place][1] = ""


def _word(word: str, *, keep_final: bool) -> str:
    units = _units(word)
    if not keep_final:
        _drop_silent(units)
    spelled = "".join(consonants + {"A": "a", ".": ""}.get(vowel, vowel) for consonants, vowel in units)
    return _LABIALS.sub("m", spelled)


_WORD = re.compile("[\u0900-\u0d7f]+")


def romanise(text: str) -> str:
    """Return the text with Indian scripts in Latin, the silent a left out (`नरेन्द्र मोदी` is `narendra modi`)."""

    def spell(found: re.Match[str]) -> str:
        word = "".join(map(_to_devanagari, found.group()))
        # Tamil, Telugu, Kannada and Malayalam pronounce the final a.
        return _word(word, keep_final=found.group()[0] >= "\u0b80")

    return _WORD.sub(spell, text)


def alternatives(text: str) -> list[str]:
    """Return other Latin spellings: every a written, w for v and s for sh."""
    spelled = romanise(text)
    every = _WORD.sub(lambda found: _word("".join(map(_to_devanagari, found.group())), keep_final=True), text)
    return [every, spelled.replace("v", "w").replace("chh", "ch"), spelled.replace("sh", "s").replace("v", "b")]
