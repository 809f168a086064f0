"""Mandarin syllables: pinyin with tone numbers read as plain syllables, and to and from Wade-Giles."""

from __future__ import annotations

import re
from functools import cache

_FINALS = {
    "b": "a o ai ei ao an en ang eng i iao ie ian in ing u", "p": "a o ai ei ao ou an en ang eng i iao ie ian in ing u",
    "m": "a o e ai ei ao ou an en ang eng i iao ie iu ian in ing u", "f": "a o ei ou an en ang eng u",
    "d": "a e ai ei ao ou an en ang eng ong i ia iao ie iu ian ing u uo ui uan un",
    "t": "a e ai ao ou an ang eng ong i iao ie ian ing u uo ui uan un",
    "n": "a e ai ei ao ou an en ang eng ong i iao ie iu ian in iang ing u uo uan v ve ue",
    "l": "a e ai ei ao ou an ang eng ong i ia iao ie iu ian in iang ing u uo uan un v ve ue",
    "g": "a e ai ei ao ou an en ang eng ong u ua uo uai ui uan un uang",
    "k": "a e ai ei ao ou an en ang eng ong u ua uo uai ui uan un uang",
    "h": "a e ai ei ao ou an en ang eng ong u ua uo uai ui uan un uang",
    "j": "i ia iao ie iu ian in iang ing iong u ue uan un", "q": "i ia iao ie iu ian in iang ing iong u ue uan un",
    "x": "i ia iao ie iu ian in iang ing iong u ue uan un",
    "zh": "a e i ai ei ao ou an en ang eng ong u ua uo uai ui uan un uang",
    "ch": "a e i ai ao ou an en ang eng ong u ua uo uai ui uan un uang",
    "sh": "a e i ai ei ao ou an en ang eng u ua uo uai ui uan un uang",
    "r": "e i ao ou an en ang eng ong u ua uo ui uan un", "z": "a e i ai ei ao ou an en ang eng ong u uo ui uan un",
    "c": "a e i ai ao ou an en ang eng ong u uo ui uan un", "s": "a e i ai ao ou an en ang eng ong u uo ui uan un",
    "y": "a e ao ou an ang i in ing ong u ue uan un", "w": "a o ai ei an en ang eng u",
    "": "a o e ai ei ao ou an en ang er",
}  # fmt: skip
_WADE_INITIAL = {
    "b": "p", "p": "p'", "d": "t", "t": "t'", "g": "k", "k": "k'", "j": "ch", "q": "ch'", "x": "hs", "zh": "ch",
    "ch": "ch'", "r": "j", "z": "ts", "c": "ts'",
}  # fmt: skip
_WADE_WHOLE = {
    "zi": "tzu", "ci": "tz'u", "si": "ssu", "zhi": "chih", "chi": "ch'ih", "shi": "shih", "ri": "jih", "er": "erh",
    "yi": "i", "you": "yu", "yan": "yen", "ye": "yeh", "yue": "yueh", "yong": "yung", "ge": "ko", "ke": "k'o",
    "he": "ho", "gui": "kuei", "kui": "k'uei", "e": "o", "guo": "kuo", "kuo": "k'uo", "huo": "huo", "shuo": "shuo",
}  # fmt: skip
_WADE_FINAL = {"ong": "ung", "iong": "iung", "ian": "ien", "ie": "ieh", "ue": "ueh", "ve": "ueh", "uo": "o", "v": "u"}
# Signs that a name is spelled in Wade-Giles: an aspiration mark inside a syllable, or syllables only it has.
_WADE_SIGN = re.compile(r"(?:ts|tz|ch|k|p|t)'[aeiouhlnr]|\b(?:hs[iu]|ssu\b|szu\b|tzu\b|chih\b|shih\b)")
_WADE_WORD = re.compile(r"[a-z']+")
_NUMBERED = re.compile(r"(?<![a-z0-9])((?:[a-z]{1,6}[1-5])+)(?![a-z0-9])")
_NUMBERED_SYLLABLE = re.compile("([a-z]+)[1-5]")


@cache
def syllables() -> frozenset[str]:
    """Return every pinyin syllable without tone, ü written v and u."""
    return frozenset(initial + final for initial, finals in _FINALS.items() for final in finals.split())


@cache
def _wade_table() -> dict[str, str]:
    table: dict[str, str] = {}
    for initial, finals in _FINALS.items():
        for final in finals.split():
            syllable = initial + final
            table[syllable] = _WADE_WHOLE.get(syllable) or (
                _WADE_INITIAL.get(initial, initial) + _WADE_FINAL.get(final, final)
            )
    return table


@cache
def _from_wade() -> dict[str, str]:
    table: dict[str, str] = {}
    for syllable, wade in _wade_table().items():
        # Unmarked ch before i and u-umlaut is j, otherwise zh; the first syllable wins, so j goes before zh.
        table.setdefault(wade, syllable.replace("v", "u"))
    table.update({"szu": "si", "ssu": "si", "tzu": "zi", "tz'u": "ci", "ho": "he", "ko": "ge", "lieh": "lie"})
    table.update({"chu": "zhu", "ch'u": "chu", "chun": "jun", "yu": "yu", "lo": "luo", "erh": "er"})
    return table


def to_wade(syllable: str) -> str:
    """Return a pinyin syllable in Wade-Giles as passports write it, without marks; other text unchanged."""
    wade = _wade_table().get(syllable)
    return syllable if wade is None else wade.replace("'", "")


def from_wade(latin: str) -> str:
    """Return the text in pinyin when it is spelled in Wade-Giles, else the text itself.

    Args:
        latin: Lower-case ASCII text.

    Returns:
        The text with every word in pinyin, only when a sign of Wade-Giles is there and every word is a syllable of it.
    """
    if _WADE_SIGN.search(latin) is None:
        return latin
    table = _from_wade()
    read = []
    for word in _WADE_WORD.findall(latin):
        syllable = table.get(word)
        if syllable is None:
            return latin
        read.append(syllable)
    return latin if not read else " ".join((read[0], "".join(read[1:])) if len(read) > 1 else read)


def drop_tone_numbers(latin: str) -> str:
    """Return the text with pinyin tone numbers dropped (`xi2 jin4ping2` is `xi jinping`) where all syllables are pinyin."""

    words = _NUMBERED.findall(latin)
    parts = [part for word in words for part in _NUMBERED_SYLLABLE.findall(word)]
    if len(parts) < 2 or not syllables().issuperset(parts):
        return latin
    return _NUMBERED.sub(lambda found: "".join(_NUMBERED_SYLLABLE.findall(found.group(1))), latin)
