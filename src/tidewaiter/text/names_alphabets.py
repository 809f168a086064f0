"""Greek, Georgian and Armenian names in Latin letters, with their common second conventions."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from tidewaiter.text.names_data import words_in

GREEK = re.compile("[\u0370-\u03ff\u1f00-\u1fff]")
GEORGIAN = re.compile("[\u10a0-\u10ff\u1c90-\u1cbf\u2d00-\u2d2f]")
ARMENIAN = re.compile("[\u0530-\u058f]")
ANY = re.compile("[\u0370-\u03ff\u0530-\u058f\u10a0-\u10ff\u1c90-\u1cbf\u1f00-\u1fff\u2d00-\u2d2f]")

# ELOT 743 (ISO 843), without diacritics.
_GREEK = {
    **dict(
        zip(
            "αβγδεζηθικλμνξοπρσςτυφχψω",
            words_in("a v g d e z i th i k l m n x o p r s s t y f ch ps o"),
            strict=True,
        )
    )
}
_VOICED = "(?=[αεηιουωβγδζλμνρ])"
_ELOT = (
    (re.compile("γγ"), "ng"), (re.compile("γκ"), "gk"), (re.compile("γξ"), "nx"), (re.compile("γχ"), "nch"),
    (re.compile("ου"), "ou"),
    (re.compile("αυ" + _VOICED), "av"), (re.compile("αυ"), "af"),
    (re.compile("ευ" + _VOICED), "ev"), (re.compile("ευ"), "ef"), (re.compile("ηυ"), "iv"),
    (re.compile(r"\bμπ|μπ\b"), "b"),
)  # fmt: skip
_POPULAR = (
    (re.compile(r"\bγκ"), "g"), (re.compile("γκ"), "ng"), (re.compile(r"\bντ"), "d"), (re.compile(r"\bτζ"), "j"),
    (re.compile("(?<=[α-ω])μπ(?=[α-ω])"), "b"), (re.compile("ντ"), "nt"), (re.compile("χ"), "h"), (re.compile("ει|οι"), "i"), (re.compile("υ(?![α-ω]?υ)"), "i"),
)  # fmt: skip
# Greek names abroad: gh for gamma, ks for xi, and classical e and u.
_FURTHER = (
    (re.compile("ντ"), "d"),
    (re.compile("γ(?=[αοωρλ])"), "gh"),
    (re.compile("ξ"), "ks"),
    (re.compile("υ"), "u"),
)

_GEORGIAN = str.maketrans(
    dict(
        zip(
            "აბგდევზთიკლმნოპჟრსტუფქღყშჩცძწჭხჯჰჱჲჳჴჵ",
            words_in("a b g d e v z t i k l m n o p zh r s t u p k gh q sh ch ts dz ts ch kh j h e y w q o"),
            strict=True,
        )
    )
)
_ARMENIAN = str.maketrans(
    dict(
        zip(
            "աբգդեզէըթժիլխծկհձղճմյնշոչպջռսվտրցւփքօֆև",
            words_in("a b g d e z e y t zh i l kh ts k h dz gh ch m y n sh o ch p j r s v t r ts v p k o f ev"),
            strict=True,
        )
    )
)
_ARMENIAN_FIRST = ((re.compile("ու"), "u"), (re.compile(r"\bե(?=[ա-ֆ])"), "ye"), (re.compile(r"\bո(?!վ)"), "vo"))
_WESTERN = str.maketrans(
    {"բ": "p", "պ": "b", "գ": "k", "կ": "g", "դ": "t", "տ": "d", "ձ": "ts", "ծ": "dz", "ճ": "j", "ջ": "ch"}
)


@cache
def _greek_letters() -> dict[int, str]:
    return str.maketrans(_GREEK)


def _plain(text: str) -> str:
    """Return Greek without accents; a diaeresis parts two vowels, so it keeps them from being read as one."""
    text = re.sub("([αεοη])[ϋΰ]", r"\1i", re.sub("([αεο])[ϊΐ]", r"\1i", text))
    text = re.sub("[άέ](?=[υι])", lambda found: found.group() + "\u200b", text)
    marks = unicodedata.normalize("NFD", text)
    return "".join(char for char in marks if not unicodedata.combining(char)).replace("\u200b", "")


def _greek(text: str, rules: tuple[tuple[re.Pattern[str], str], ...]) -> str:
    text = _plain(text)
    for pattern, latin in rules:
        text = pattern.sub(latin, text)
    return text.translate(_greek_letters())


def _armenian(text: str) -> str:
    for pattern, latin in _ARMENIAN_FIRST:
        text = pattern.sub(latin, text)
    return text.translate(_ARMENIAN)


def romanise(text: str) -> str:
    """Return the text with Greek (ELOT 743), Georgian (national system) and Armenian letters in Latin.

    Args:
        text: Casefolded text.

    Returns:
        The text; letters of other scripts stay.
    """
    if GREEK.search(text):
        text = _greek(text, _ELOT)
    if GEORGIAN.search(text):
        text = text.translate(_GEORGIAN)
    return _armenian(text) if ARMENIAN.search(text) else text


def alternatives(text: str) -> list[str]:
    """Return other Latin spellings of a casefolded text in one of the three alphabets."""
    if GREEK.search(text):
        plain = _greek(text, (*_POPULAR[:2], _ELOT[0], *_ELOT[4:], *_POPULAR[2:]))
        return [plain, _greek(text, (*_ELOT[:4], *_ELOT[4:], *_FURTHER))]
    if ARMENIAN.search(text):
        return [_armenian(text.translate(_WESTERN)), romanise(text).replace("yan", "ian").replace("gh", "g")]
    if GEORGIAN.search(text):
        spelled = romanise(text)
        return [spelled.replace("q", "k").replace("kh", "x"), spelled.replace("gh", "g").replace("ia", "iya")]
    return []
