"""Thai names in Latin letters, after the royal system (RTGS), which leaves out tones and vowel length."""

from __future__ import annotations

import re

THAI = re.compile("[\u0e01-\u0e5b]+")
_INITIAL = {
    "ก": "k", "ขฃคฅฆ": "kh", "ง": "ng", "จ": "ch", "ฉชฌ": "ch", "ซศษส": "s", "ญย": "y", "ฎด": "d", "ฏต": "t",
    "ฐฑฒถทธ": "th", "ณน": "n", "บ": "b", "ป": "p", "ผพภ": "ph", "ฝฟ": "f", "ม": "m", "รฤ": "r", "ลฬฦ": "l", "ว": "w",
    "หฮ": "h", "อ": "",
}  # fmt: skip
_FINAL = {
    "กขฃคฅฆ": "k", "ง": "ng", "จฉชซฌฎฏฐฑฒดตถทธศษส": "t", "ญณนรลฬ": "n", "บปผพภฝฟ": "p", "ม": "m", "ย": "i", "ว": "o",
}  # fmt: skip
_FIRST = {letter: latin for letters, latin in _INITIAL.items() for letter in letters}
_LAST = {letter: latin for letters, latin in _FINAL.items() for letter in letters}
_SILENT = re.compile("[ก-ฮ][ิุ]?์")
# Words from Sanskrit keep a vowel sign at the end that is not spoken: chat(i), that(u).
_MUTE = re.compile("(?<=[าัียร])([ตธ])[ิุ](?![ก-ฮ])")
_TONES = re.compile("[\u0e47-\u0e4b\u0e4e\u0e3a]")
_CLUSTER = "(?:[กขคตปผพ][รล]|[กขค]ว|ทร|จร|สร|ศร|ห[งญณนมยรลว]|[ก-ฮ])"
# Vowel patterns with the vowel they spell; C stands for the initial, the last group is the final consonant.
_END = "([ก-ฮ](?![ะาิีึืุูัำ]))?"
_PATTERNS = tuple(
    (re.compile(pattern.replace("C", f"({_CLUSTER})").replace("F", _END)), vowel)
    for pattern, vowel in (
        ("เCียะ?F", "ia"), ("เCือะ?F", "uea"), ("เCาะ", "o"), ("เCอะ?F", "oe"), ("เCิF", "oe"), ("เCา(?!ะ)", "ao"),
        ("เCย(?![ะาิีึืุูัำ])", "oei"), ("เCะ", "e"), ("เCF", "e"), ("แCะ", "ae"), ("แCF", "ae"), ("โCะ", "o"), ("โCF", "o"),
        ("[ใไ]Cย?", "ai"), ("Cัวะ?", "ua"), ("CัF", "a"), ("Cำ", "am"), ("Cะ", "a"), ("CาF", "a"), ("CิF", "i"), ("CีF", "i"),
        ("CึF", "ue"), ("CือF", "ue"), ("CืF", "ue"), ("CุF", "u"), ("CูF", "u"), ("CรรF", "an"),
        ("Cอ([ก-ฮ](?![ะาิีึืุูัำ]))", "o"), ("Cอ(?![ะาิีึืุูัำ])", "o"), ("Cว([ก-ฮ](?![ะาิีึืุูัำ]))", "ua"),
        ("C([ก-ฮ](?![ะาิีึืุูัำรอว]|[ก-ฮ][ะาิีึืุูัำ]?$))", "o"), ("C([ก-ฮ](?![ะาิีึืุูัำ]))", "o"), ("C", "a"),
    )
)  # fmt: skip
_SPECIAL = {"ทร": "s", "จร": "ch", "สร": "s", "ศร": "s"}


def _initial(letters: str) -> str:
    if letters in _SPECIAL:
        return _SPECIAL[letters]
    if len(letters) == 2 and letters[0] == "ห":
        return _FIRST.get(letters[1], "")
    return "".join(_FIRST.get(letter, "") for letter in letters)


def _spell(word: str) -> str:
    """Read a word syllable by syllable, the longest vowel pattern first."""
    word = _MUTE.sub(r"\1", _TONES.sub("", _SILENT.sub("", word))).replace("ํา", "ำ")
    out: list[str] = []
    position = 0
    closed = False
    while position < len(word):
        if closed and position == len(word) - 1 and word[position] in _FIRST:
            # A single consonant after a closed syllable is written but silent: chak(r), but(r).
            break
        for pattern, vowel in _PATTERNS:
            found = pattern.match(word, position)
            if found is None:
                continue
            groups = [group for group in found.groups() if group is not None]
            final = _LAST.get(groups[1], "") if len(groups) > 1 else ""
            if vowel == "an":
                vowel, final = ("a", final) if final else ("an", "")
            out.append(_initial(groups[0]) + vowel + final)
            closed, position = bool(final), found.end()
            break
        else:
            position += 1
    return "".join(out)


def romanise(text: str) -> str:
    """Return the text with Thai in the royal system; syllables are found by rule, so unusual words may differ."""
    return THAI.sub(lambda found: _spell(found.group()), text)


def alternatives(text: str) -> list[str]:
    """Return other spellings people use: j for ch, v for w, and no h after p, t and k."""
    spelled = romanise(text)
    plain = re.sub("(?<=[ptk])h", "", spelled)
    return [plain, spelled.replace("ch", "j").replace("w", "v"), plain.replace("ue", "u").replace("ch", "j")]
