"""English words written in Cyrillic by ear or by letter: "плейт карриер", "найт вижн", "чест риг".

Both sides come down to a key of consonants, because vowels are written in a dozen ways; the first vowels must suit each other
and the syllables agree within one. Only names of two words and more, or long ones written together, are looked for, and no
word of them may be a Russian or Ukrainian one that the terms know: short keys meet other words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import lru_cache
from itertools import product

SHORTEST = 5  # consonants of a whole name
SHORTEST_JOINED = 6  # of one that stands in one word
MOST_WORDS = 3
_APART = " "

# Longest first. Voiced and voiceless sibilants are one (vision: вижн, вишн), so are th and t, w and v.
_ENGLISH = (
    ("ture", ("Cr",)), ("tion", ("Xn",)), ("ssion", ("Xn",)), ("sion", ("Xn",)), ("cian", ("Xn",)), ("dge", ("J",)), ("tch", ("C",)),
    ("sch", ("sk", "X")), ("igh", ("",)), ("augh", ("f", "")), ("eigh", ("",)), ("ough", ("f", "")), ("ck", ("k",)), ("ch", ("C", "k")),
    ("sh", ("X",)), ("th", ("t",)), ("ph", ("f",)), ("wh", ("v",)), ("qu", ("kv",)), ("q", ("k",)), ("gh", ("g",)), ("x", ("ks",)),
    ("sce", ("s",)), ("sci", ("s",)), ("ce", ("s",)), ("ci", ("s",)), ("cy", ("s",)), ("c", ("k",)), ("ge", ("J", "g")), ("gi", ("J", "g")),
    ("gy", ("J", "g")), ("j", ("J",)), ("z", ("s",)), ("w", ("v", "")),
)  # fmt: skip
_BEGINNINGS = {"kn": "n", "wr": "r", "gn": "n", "ps": "s"}
_CYRILLIC = dict(zip("бвгдзклмнпрстфх", "bvgdsklmnprstfh", strict=True)) | {
    "ж": "X", "ш": "X", "щ": "X", "ц": "ts", "ч": "C", "ґ": "g",
}  # fmt: skip
# The vowels that stand for English ones, by ear and by letter.
_SOUNDS = {
    "a": "аэео", "e": "еэё", "i": "иаы", "o": "оау", "u": "уаюё", "y": "иайы", "ea": "иеэ", "ee": "и", "ei": "еэи", "ey": "еэи", "ie": "иа",
    "oo": "уоа", "ou": "ауо", "ow": "ао", "ai": "эеа", "ay": "эеа", "au": "оа", "eu": "юуе", "ew": "юу", "oi": "о", "oy": "о",
}  # fmt: skip
_ENDINGS = ("ами", "ов", "ев", "ів", "ом", "ем", "ам", "ах")
_VOWELS_EN, _VOWELS_CYR = re.compile(r"[aeiouy]+"), re.compile(r"[аеиоуыэюяйіїє]+")


@lru_cache(maxsize=16384)
def english_keys(word: str) -> tuple[str, ...]:
    """Return the consonant keys of a folded English word, one for each way it may sound."""
    sounds: list[tuple[str, ...]] = []
    at = 0
    for beginning, sound in _BEGINNINGS.items():
        if word.startswith(beginning):
            sounds.append((sound,))
            at = len(beginning)
    while at < len(word):
        for letters, ways in _ENGLISH:
            if word.startswith(letters, at):
                sounds.append(ways)
                at += len(letters)
                break
        else:
            sounds.append((word[at] if word[at] not in "aeiouy" else "",))
            at += 1
    keys = {_undoubled("".join(ways)) for ways in product(*sounds[:14])}
    keys |= {key[:-1] for key in keys if word.endswith("s") and key.endswith("s") and not word.endswith("ss")}
    return tuple(sorted(keys))[:16]


@lru_cache(maxsize=65536)
def cyrillic_keys(word: str) -> tuple[str, ...]:
    """Return the consonant keys of a folded Cyrillic word, with its ending and without."""
    ending = next((e for e in _ENDINGS if word.endswith(e) and len(word) - len(e) >= 4), "")
    forms = (word, word.removesuffix(ending)) if ending else (word,)
    keys: dict[str, None] = {}
    for form in forms:
        plain = form.replace("дж", "J").replace("тч", "C")
        if plain[:1] == "у" and plain[1:2] in tuple("аеиоэ"):
            plain = "в" + plain[1:]
        key = _undoubled("".join(_CYRILLIC.get(char, char if char in "JC" else "") for char in plain))
        keys[key] = None
        if form.endswith("с") and len(form) > 4:
            keys[key[:-1]] = None
    return tuple(keys)


def _undoubled(key: str) -> str:
    return "".join(char for at, char in enumerate(key) if at == 0 or key[at - 1] != char)


def english_syllables(word: str) -> int:
    """Return the vowel groups of an English word; a silent e at its end is none."""
    plain = re.sub(r"(?<=[^aeiouy])e?s?$", "", word) if len(word) > 3 else word
    return len(_VOWELS_EN.findall(plain))


@lru_cache(maxsize=65536)
def cyrillic_syllables(word: str) -> int:
    """Return the vowel groups of a Cyrillic word."""
    return len(_VOWELS_CYR.findall(word))


def _sounds_like(cyrillic: str, english: str) -> bool:
    """Whether the first vowels suit each other and the syllables agree within one."""
    if abs(cyrillic_syllables(cyrillic) - english_syllables(english)) > 1:
        return False
    ours, theirs = _VOWELS_CYR.search(cyrillic), _VOWELS_EN.search(english)
    if ours is None or theirs is None:
        return ours is None and theirs is None
    return ours.group()[0] in _SOUNDS.get(theirs.group()[:2], _SOUNDS[theirs.group()[0]])


class CyrillicEnglish:
    """Names of English words, to be found where they are written in Cyrillic.

    Args:
        names: the words of each name with the number of its term.
        is_native: whether a folded Cyrillic word is one of Russian or Ukrainian.
    """

    def __init__(self, names: Iterable[tuple[tuple[str, ...], int]], is_native: Callable[[str], bool]) -> None:
        self._is_native = is_native
        self._names: list[tuple[int, tuple[str, ...]]] = []
        by_key: dict[str, list[int]] = {}
        for words, term in names:
            if not 1 < len(words) <= MOST_WORDS or not all(word.isascii() and word.isalpha() for word in words):
                continue
            self._names += [(term, words), (term, ("".join(words),))]
            apart = len(self._names) - 2
            for keys in product(*(english_keys(word) for word in words)):
                if all(keys) and sum(map(len, keys)) >= SHORTEST:
                    by_key.setdefault(_APART.join(keys), []).append(apart)
                    joined = _undoubled("".join(keys))
                    if len(joined) >= SHORTEST_JOINED:
                        by_key.setdefault(joined, []).append(apart + 1)
        self._by_key = {key: tuple(dict.fromkeys(numbers)) for key, numbers in by_key.items()}

    def find(self, words: tuple[str, ...]) -> list[tuple[int, int, int]]:
        """Return (first word, last word exclusive, term) of the names found."""
        keys = [cyrillic_keys(word) if "\u0400" <= word[0] <= "\u04ff" else () for word in words]
        found: dict[tuple[int, int, int], None] = {}
        for first in range(len(words)):
            for last in range(first + 1, min(first + MOST_WORDS, len(words)) + 1):
                if not keys[last - 1]:
                    break
                run = words[first:last]
                if any(self._is_native(word) for word in run):
                    continue
                for combined in product(*keys[first:last]):
                    for number in self._by_key.get(_APART.join(combined), ()):
                        term, english = self._names[number]
                        if all(map(_sounds_like, run, english)):
                            found[first, last, term] = None
        return list(found)


__all__ = ["CyrillicEnglish", "cyrillic_keys", "english_keys"]
