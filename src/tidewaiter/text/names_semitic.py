"""Names in Arabic and Hebrew script: known names with their vowels, other words with likely ones.

The scripts leave short vowels out. A table gives the usual spelling of frequent names; other words get an `a` wherever
a syllable needs a vowel, which keeps the consonant skeleton. `consonants` is the plain letter by letter reading.
"""

from __future__ import annotations

import re
from functools import cache

from tidewaiter.text.names_data import script_names

ARABIC = re.compile("[\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufeff]")
HEBREW = re.compile("[\u0590-\u05ff]")
_PERSIAN = re.compile("[پچژگکیٹڈڑںےھہ]")
_UNIFY = str.maketrans({
    "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ی": "ي", "ے": "ي", "ک": "ك", "ة": "ه", "ہ": "ه", "ۀ": "ه",
    "ھ": "ه", "ە": "ه", "ـ": "", "\u200c": "", "\u200d": "", "ټ": "ت", "ډ": "د", "ړ": "ر", "ږ": "ر", "ښ": "ش",
    "ځ": "ز", "څ": "س", "ې": "ي", "ۍ": "ي", "ئ": "ي", "ؤ": "و", "ڭ": "ك", "ۇ": "و", "ۆ": "و",
})  # fmt: skip
_LETTERS = {
    **dict(zip("ابتجحدرزسصضطظعفقكلمنهويگپٹڈڑں", "abtjhdrzssdtzafqklmnhwygptdrn", strict=True)),
    "ث": "th", "خ": "kh", "ذ": "dh", "ش": "sh", "غ": "gh", "چ": "ch", "ژ": "zh", "ء": "", "ڤ": "v",
    "\u064e": "a", "\u064f": "u", "\u0650": "i", "\u0652": "", "\u064b": "", "\u064c": "", "\u064d": "", "\u0670": "a",
}  # fmt: skip
_PERSIAN_LETTERS = {**_LETTERS, "ث": "s", "ذ": "z", "ض": "z", "ق": "gh", "و": "v"}
_PLAIN = str.maketrans({**{key: value for key, value in _LETTERS.items() if key < "\u064b" or key > "\u0652"}})
_MARKS = re.compile("[\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed]")
_VOCALISED = re.compile("[\u064e-\u0650]")
_WORD = re.compile("[\u0600-\u06ff\u0750-\u077f]+")
_SUFFIXES = (("الدين", "uddin"), ("الله", "ullah"), ("لله", "ullah"), ("زاده", "zadeh"), ("پور", "pour"), ("زي", "zai"))
_DIGITS = {ord(digit): str(number) for digits in ("٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹") for number, digit in enumerate(digits)}
_SPACED = ((re.compile(r"\s+الدين(?=\s|$)"), "الدين"), (re.compile(r"(?<=\S{2})\s+الله(?=\s|$)"), "الله"))


@cache
def _names() -> dict[str, str]:
    table: dict[str, str] = {}
    for latin, spellings in script_names("names_arabic.tsv"):
        for spelling in spellings:
            table.setdefault(spelling.translate(_UNIFY), latin)
    return table


@cache
def _hebrew_names() -> dict[str, str]:
    return {spelling: latin for latin, spellings in script_names("names_hebrew.tsv") for spelling in spellings}


def _arabic_word(word: str, letters: dict[str, str]) -> str:
    """Read one word: known name, article, Abd al-, known ending, then letter by letter."""
    bare = _MARKS.sub("", word)
    names = _names()
    if bare in names:
        return names[bare]
    if bare.startswith("عبدال") and len(bare) > 6:
        return "abdul " + _arabic_word(bare[5:], letters)
    if bare.startswith("ال") and len(bare) > 3:
        return "al " + _arabic_word(bare[2:], letters)
    for ending, latin in _SUFFIXES:
        if bare.endswith(ending) and len(bare) > len(ending) + 1:
            return _arabic_word(bare[: -len(ending)], letters) + latin
    for cut in range(3, len(bare) - 2):
        if bare[:cut] in names and bare[cut:] in names:
            return f"{names[bare[:cut]]} {names[bare[cut:]]}"
    return _vocalised(word, letters) if _VOCALISED.search(word) else _guess(bare, letters)


def _vocalised(word: str, letters: dict[str, str]) -> str:
    """Read a word that carries its vowel marks; a doubled consonant is written twice."""
    out: list[str] = []
    for char in word:
        if char == "\u0651" and out:
            out.append(out[-1][:2])
        else:
            out.append(letters.get(char, ""))
    return re.sub("aa", "a", re.sub("iy(?![aeiou])", "i", re.sub("uw(?![aeiou])", "u", "".join(out))))


def _guess(word: str, letters: dict[str, str]) -> str:
    """Read a word without vowel marks: long vowels as written, `a` where a syllable needs one."""
    sounds: list[tuple[str, bool]] = []
    last = len(word) - 1
    for place, char in enumerate(word):
        after_vowel = not sounds or sounds[-1][1]
        before_alef = place < last and word[place + 1] == "ا"
        if char == "ا" or (char == "ع" and (place == 0 or not after_vowel)):
            if not sounds or not sounds[-1][1]:
                sounds.append(("a", True))
        elif char == "و" and place and not before_alef and not after_vowel:
            sounds.append(("u", True))
        elif char == "ي" and place and not before_alef and not after_vowel:
            sounds.append(("i", True))
        elif char == "ه" and place == last and place and not after_vowel:
            sounds.append(("a", True))
        elif char == "ه" and place == last and sounds and sounds[-1][0] == "i":
            # The feminine ending -iya.
            sounds += [("y", False), ("a", True)]
        elif char in letters and char != "ع" and letters[char]:
            sounds.append((letters[char], False))
    return _with_vowels(sounds, "aiu")


def _with_vowels(sounds: list[tuple[str, bool]], vowels: str) -> str:
    """Return sounds with an "a" where a syllable needs one; each sound is told to be a vowel or not."""
    out: list[str] = []
    count = len(sounds)
    for place, (sound, is_vowel) in enumerate(sounds):
        out.append(sound)
        if is_vowel or place == count - 1 or sounds[place + 1][1]:
            continue
        closes = place > 0 and out[-2][-1] in vowels
        # The last two consonants form a syllable of their own: hasan, jabar.
        if not closes or place == count - 2:
            out.append("a")
    return "".join(out)


def _arabic(text: str, letters: dict[str, str]) -> str:
    text = text.translate(_DIGITS).translate(_UNIFY)
    text = re.sub(r"(?<!\S)عبد\s+ال(?=\S{2})", "عبدال", text)
    for pattern, joined in _SPACED:
        text = pattern.sub(joined, text)
    return _WORD.sub(lambda found: _arabic_word(found.group(), letters), text)


_HEBREW = {
    "א": "a", "ב": "v", "ג": "g", "ד": "d", "ה": "h", "ו": "v", "ז": "z", "ח": "ch", "ט": "t", "י": "y", "כ": "ch",
    "ך": "ch", "ל": "l", "מ": "m", "ם": "m", "נ": "n", "ן": "n", "ס": "s", "ע": "a", "פ": "f", "ף": "f", "צ": "tz",
    "ץ": "tz", "ק": "k", "ר": "r", "ש": "sh", "ת": "t",
}  # fmt: skip
_HEBREW_PLAIN = {ord(letter): latin for letter, latin in _HEBREW.items()}
_HEBREW_FIRST = {"ב": "b", "כ": "k", "פ": "p"}
_HEBREW_WORD = re.compile("[\u05d0-\u05ea][\u05d0-\u05ea\"'\u05f3\u05f4]*")
_POINTS = re.compile("[\u0591-\u05c7]")
_FOREIGN = (("ג'", "j"), ("ז'", "zh"), ("צ'", "ch"), ("ץ'", "ch"))


def _hebrew_word(word: str) -> str:
    word = word.replace("\u05f3", "'").replace("\u05f4", '"').replace('"', "")
    known = _hebrew_names().get(word)
    if known is not None:
        return known
    for written, latin in _FOREIGN:
        word = word.replace(written, latin)
    sounds: list[tuple[str, bool]] = []
    last = len(word) - 1
    for place, char in enumerate(word):
        after_vowel = not sounds or sounds[-1][1]
        if char in "אע":
            if not after_vowel or place == 0:
                sounds.append(("a", True))
        elif char == "ו" and place and not after_vowel:
            sounds.append(("o", True))
        elif char == "י" and place and not after_vowel:
            sounds.append(("i", True))
        elif char == "ה" and place == last and not after_vowel:
            sounds.append(("a", True))
        elif char == "ו" and place and word[place - 1] == "ו":
            continue
        else:
            sounds.append(((_HEBREW_FIRST.get(char) if place == 0 else None) or _HEBREW.get(char, char), False))
    return _with_vowels(sounds, "aio")


def _hebrew(text: str) -> str:
    return _HEBREW_WORD.sub(lambda found: _hebrew_word(found.group()), _POINTS.sub("", text))


def romanise(text: str) -> str:
    """Return the text with Arabic and Hebrew words in Latin, known names spelled with their vowels.

    Args:
        text: Casefolded text in composed form.

    Returns:
        The text; letters of other scripts stay.
    """
    if ARABIC.search(text):
        text = _arabic(text, _PERSIAN_LETTERS if _PERSIAN.search(text) else _LETTERS)
    return _hebrew(text) if HEBREW.search(text) else text


def consonants(text: str) -> str:
    """Return the text letter by letter, with the long vowels only."""
    text = _MARKS.sub("", text.translate(_DIGITS).translate(_UNIFY))
    text = re.sub(r"(?<!\S)ال(?=\S{3})", "al ", re.sub(r"(?<!\S)عبد\s?ال(?=\S{2})", "abdul ", text))
    return _POINTS.sub("", text.translate(_PLAIN)).translate(_HEBREW_PLAIN)


def alternatives(text: str) -> list[str]:
    """Return other readings of a casefolded text: the other national convention, then the bare consonants."""
    if HEBREW.search(text):
        spelled = _hebrew(text)
        return [
            spelled.replace("o", "u").replace("ch", "h"),
            spelled.replace("tz", "ts").replace("v", "b"),
            consonants(text),
        ]
    other = _arabic(text, _LETTERS if _PERSIAN.search(text) else _PERSIAN_LETTERS)
    return [other, consonants(text)]
