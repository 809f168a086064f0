"""Kana in Latin letters: Hepburn with long vowels short, as passports write it."""

from __future__ import annotations

import re

KANA = re.compile("[\u3040-\u30ff]")
_ROWS = {
    "": "あいうえお", "k": "かきくけこ", "s": "さしすせそ", "t": "たちつてと", "n": "なにぬねの", "h": "はひふへほ",
    "m": "まみむめも", "r": "らりるれろ", "g": "がぎぐげご", "z": "ざじずぜぞ", "d": "だぢづでど", "b": "ばびぶべぼ",
    "p": "ぱぴぷぺぽ",
}  # fmt: skip
_SYLLABLES = {
    **{kana: consonant + vowel for consonant, row in _ROWS.items() for kana, vowel in zip(row, "aiueo", strict=True)},
    "し": "shi", "ち": "chi", "つ": "tsu", "ふ": "fu", "じ": "ji", "ぢ": "ji", "づ": "zu", "や": "ya", "ゆ": "yu",
    "よ": "yo", "わ": "wa", "ゐ": "i", "ゑ": "e", "を": "o", "ん": "n", "ゔ": "vu", "ー": "", "・": " ",
}  # fmt: skip
_SMALL = {"ゃ": "ya", "ゅ": "yu", "ょ": "yo", "ぁ": "a", "ぃ": "i", "ぅ": "u", "ぇ": "e", "ぉ": "o", "ゎ": "wa"}
_LONG = re.compile("ou|oo|uu")
_N_BEFORE_LIP = re.compile("n(?=[bmp])")
_TO_HIRAGANA = {code: code - 0x60 for code in range(0x30A1, 0x30F7)}


def _spell(text: str) -> str:
    """Write kana syllable by syllable; other characters stay and part words."""
    out: list[str] = []
    double = False
    for char in text.translate(_TO_HIRAGANA):
        if char == "っ":
            double = True
            continue
        if char in _SMALL and out and out[-1]:
            before, small = out[-1], _SMALL[char]
            if small[0] == "y":
                out[-1] = before[:-1] + (small[1:] if before.endswith(("shi", "chi", "ji")) else small)
            elif before[-1] in "aiueo":
                stem = {"u": "w", "i": "y"}.get(before, before[:-1])
                out[-1] = stem + small
            continue
        syllable = _SYLLABLES.get(char, char)
        if double and syllable[:1].isalpha():
            syllable = ("t" if syllable.startswith("ch") else syllable[0]) + syllable
            double = False
        out.append(syllable)
    return "".join(out)


def romanise(text: str) -> str:
    """Return the text with kana in Hepburn, long o and u short (`とうきょう` is `tokyo`); other letters stay."""
    return _LONG.sub(lambda found: found.group()[0], _spell(text))


def alternatives(text: str) -> list[str]:
    """Return other spellings of kana: long vowels written out, and m before a lip sound."""
    spelled = _spell(text)
    short = romanise(text)
    return [spelled, spelled.replace("ou", "oh").replace("oo", "oh"), _N_BEFORE_LIP.sub("m", short)]
