"""Hangul in Latin letters: the spelling of the North (as lists have it), the Revised one, and what families write.

People do not follow a scheme: 이 is Lee, Ri, Yi or Rhee. `alternatives` pairs the popular family spellings with the
Revised and the McCune-Reischauer reading of the given name.
"""

from __future__ import annotations

import re
from functools import cache

from tidewaiter.text.names_data import hangul_terms, words_in

HANGUL = re.compile("[\uac00-\ud7a3]+")
_FIRST, _VOWELS, _FINALS = 0xAC00, 21, 28
_VOWEL = words_in("a ae ya yae eo e yeo ye o wa wae oe yo u wo we wi yu eu ui i")
_VOWEL_NORTH = words_in("a ae ya yae o e yo ye o wa wae oe yo u wo we wi yu u ui i")
_INITIAL = ["g", "kk", "n", "d", "tt", "r", "m", "b", "pp", "s", "ss", "", "j", "jj", "ch", "k", "t", "p", "h"]
_INITIAL_NORTH = ["k", "kk", "n", "t", "tt", "r", "m", "p", "pp", "s", "ss", "", "j", "jj", "ch", "k", "t", "p", "h"]
_VOICED = {"k": "g", "t": "d", "p": "b"}
_FINAL = ["", *words_in("k k k n n n t l k m l l l p l m p p t t ng t t k t p t")]
# The family name: North (as lists write it), Revised, then what people write, the most usual first.
_FAMILY = {
    "김": "kim gim kim", "박": "pak bak park", "이": "ri i lee yi rhee", "리": "ri ri lee yi", "최": "choe choe choi",
    "정": "jong jeong jung chung", "강": "kang gang kang", "조": "jo jo cho", "윤": "yun yun yoon",
    "장": "jang jang chang", "임": "rim im lim", "림": "rim rim lim", "한": "han han hahn", "오": "o o oh",
    "서": "so seo suh", "신": "sin sin shin", "권": "kwon gwon kwon", "황": "hwang hwang whang", "안": "an an ahn",
    "송": "song song song", "전": "jon jeon chun jun", "홍": "hong hong hong", "유": "yu yu yoo ryu", "류": "ryu ryu yoo",
    "고": "ko go koh", "문": "mun mun moon", "양": "yang yang yang", "손": "son son sohn", "배": "pae bae bae",
    "백": "paek baek paik", "허": "ho heo hur huh", "노": "no no roh noh", "로": "ro ro roh", "남": "nam nam nahm",
    "심": "sim sim shim", "하": "ha ha ha", "곽": "kwak gwak kwak", "성": "song seong sung", "차": "cha cha cha",
    "주": "ju ju joo chu", "우": "u u woo", "구": "ku gu koo", "나": "na na ra", "라": "ra ra na", "진": "jin jin chin",
    "지": "ji ji chi", "엄": "om eom um", "채": "chae chae chai", "원": "won won weon", "천": "chon cheon chun",
    "방": "pang bang pang", "공": "kong gong kong", "현": "hyon hyeon hyun", "함": "ham ham hahm", "변": "pyon byeon byun",
    "염": "ryom yeom yum", "여": "ryo yeo yuh", "추": "chu chu choo", "도": "to do do", "소": "so so soh",
    "석": "sok seok suk", "선": "son seon sun", "설": "sol seol sul", "마": "ma ma mah", "길": "kil gil kil",
    "연": "yon yeon yun", "위": "wi wi wee", "표": "pyo pyo phyo", "명": "myong myeong myung", "기": "ki gi ki",
    "반": "pan ban ban", "왕": "wang wang wang", "금": "kum geum keum", "옥": "ok ok ock", "육": "yuk yuk yook",
    "인": "in in ihn", "맹": "maeng maeng maing", "제": "je je jeh", "모": "mo mo moh", "탁": "tak tak tark",
    "국": "kuk guk kook", "어": "o eo uh", "은": "un eun eun", "편": "pyon pyeon pyun", "용": "ryong yong yong",
    "강전": "kangjon gangjeon kangjeon", "남궁": "namgung namgung namkoong", "황보": "hwangbo hwangbo whangbo",
    "선우": "sonu seonu sunwoo", "제갈": "jegal jegal jaegal", "사공": "sagong sagong sagong", "독고": "tokko dokgo dokko",
}  # fmt: skip
_POPULAR = (("yeong", "young"), ("yeon", "yun"), ("yeo", "yu"), ("eo", "u"), ("eu", "u"))


def _letters(word: str, initials: list[str], vowels: list[str], *, north: bool, linked: bool = True) -> str:
    """Write a word syllable by syllable, with the sound changes a spelling shows; unlinked, without them."""
    spelled: list[str] = []
    for char in word:
        code = ord(char) - _FIRST
        initial = initials[code // (_VOWELS * _FINALS)]
        final = _FINAL[code % _FINALS]
        before = spelled[-1] if spelled else ""
        if spelled and before[-1:] in "aeiou":
            if north:
                initial = _VOICED.get(initial, initial)
        elif spelled and before.endswith(("n", "m", "ng", "l")) and north:
            initial = _VOICED.get(initial, initial)
        if before.endswith("l") and initial == "r":
            initial = "l"
        if not linked:
            pass
        elif not initial and before and before[-1] in "ktp" and not before.endswith("ng"):
            # A final stop before a vowel is read over: 석우 is seogu.
            spelled[-1] = before[:-1] + {"k": "g", "t": "s", "p": "b"}[before[-1]]
        elif not initial and before.endswith("l"):
            spelled[-1] = before[:-1] + "r"
        spelled.append(initial + vowels[code // _FINALS % _VOWELS] + final)
    return "".join(spelled)


def _north(word: str) -> str:
    return _letters(word, _INITIAL_NORTH, _VOWEL_NORTH, north=True)


def _revised(word: str, *, linked: bool = True) -> str:
    return _letters(word, _INITIAL, _VOWEL, north=False, linked=linked)


def _parts(run: str) -> tuple[str, str]:
    """Return family and given name of a run of two to four syllables; the family name is empty for longer ones."""
    if len(run) == 1:
        return (run, "") if run in _FAMILY else ("", run)
    if not 2 <= len(run) <= 4:
        return "", run
    cut = 2 if len(run) > 2 and run[:2] in _FAMILY else 1
    is_name = run[:cut] in _FAMILY and len(run) - cut < 3
    # Most words of three syllables are names, whatever the family.
    return (run[:cut], run[cut:]) if is_name or len(run) == 3 else ("", run)


def _forms(family: str) -> list[str]:
    if not family:
        return [""]
    known = _FAMILY.get(family)
    return known.split() if known is not None else [_north(family), _revised(family)]


def _write(run: str, family_style: int, given_style: str) -> str:
    """Write one run: family spelling by number (North, Revised, popular, further), given name by scheme."""
    known = hangul_terms().get(run)
    if known is not None:
        return f" {known} "
    if len(run) > 3 and _pattern().search(run):
        return _translated(run, given_style)
    family, given = _parts(run)
    spelled = _north(given) if given_style == "north" else _revised(given, linked=given_style == "revised")
    if given_style == "popular":
        for revised, popular in _POPULAR:
            spelled = spelled.replace(revised, popular)
    forms = _forms(family)
    return f" {forms[min(family_style, len(forms) - 1)]} {spelled} ".replace("  ", " ")


@cache
def _pattern() -> re.Pattern[str]:
    return re.compile("|".join(sorted(hangul_terms(), key=len, reverse=True)))


def _translated(run: str, style: str) -> str:
    """Write known words of a joined company name in English, the stretches between them by sound."""
    pieces: list[str] = []
    position = 0
    for found in _pattern().finditer(run):
        between = run[position : found.start()]
        pieces += [_north(between) if style == "north" else _revised(between), hangul_terms()[found.group()]]
        position = found.end()
    rest = run[position:]
    pieces.append(_north(rest) if style == "north" else _revised(rest))
    return f" {' '.join(piece for piece in pieces if piece)} "


def romanise(text: str) -> str:
    """Return the text with Hangul in the spelling of the North; a word of two to four syllables is read as a name."""
    return HANGUL.sub(lambda found: _write(found.group(), 0, "north"), text)


def alternatives(text: str) -> list[str]:
    """Return other Latin spellings of Hangul: popular with Revised syllables, all popular, and all Revised."""
    schemes = ((2, "syllables"), (3, "popular"), (1, "revised"))
    return [
        HANGUL.sub(lambda found, family=family, given=given: _write(found.group(), family, given), text)  # type: ignore[misc]
        for family, given in schemes
    ]
