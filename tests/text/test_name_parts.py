"""Tags of the words of personal names, as tables."""

from __future__ import annotations

import pytest

from tidewaiter.text.name_parts import is_patronymic, tag_parts

_LETTERS = {
    "g": "given", "f": "family", "p": "patronymic", "x": "particle", "t": "title", "s": "suffix", "i": "initial",
    "n": "numeral", "?": "name",
}  # fmt: skip


@pytest.mark.parametrize(
    ("name", "tags"),
    [
        ("vladimir vladimirovich putin", "gpf"), ("putin vladimir vladimirovich", "fgp"), ("roman arkadyevich abramovich", "gpf"),
        ("abramovich roman arkadyevich", "fgp"), ("roman abramovich", "gf"), ("anna sergeyevna ivanova", "gpf"),
        ("ivanova anna", "fg"), ("v v putin", "iif"), ("dmytro anatoliyovych medvedchuk", "gpf"), ("olena ivanivna shevchenko", "gpf"),
        ("mohammed bin salman", "gxp"), ("mohammed bin salman al saud", "gxpxf"), ("osama bin laden", "gxp"), ("hasan ibn ali", "gxp"),
        ("fatima bint omar", "gxp"), ("abdul rahman example", "xgf"), ("dr hans beispiel", "tgf"), ("mr john smith", "tgf"),
        ("haji abdul manan", "txg"), ("mullah mohammed omar", "tgf"), ("general john smith", "tgf"), ("john smith jr", "gfs"),
        ("john a smith", "gif"), ("john smith 3", "gfn"), ("ludwig van beethoven", "gxf"), ("vincent van der berg", "gxxf"),
        ("charles de gaulle", "gxf"), ("kim jong un", "fgg"), ("xi jinping", "fg"), ("nguyen phu trong", "fgg"), ("jinping xi", "gf"),
        ("heydar alirza oglu aliyev", "gpxf"), ("jose maria garcia lopez", "gggf"), ("j smith", "if"), ("ivanov", "f"), ("ivan", "g"),
        ("zzyzx", "?"), ("abu bakr", "xg"), ("shevardnadze eduard", "fg"), ("nikol pashinyan", "gf"), ("sheikh hasina wazed", "tgf"),
    ],
)  # fmt: skip
def test_the_parts_of_a_name(name: str, tags: str) -> None:
    assert tag_parts(tuple(name.split())) == tuple(_LETTERS[letter] for letter in tags)


@pytest.mark.parametrize(
    ("token", "expected"),
    [
        ("ivanovich", True), ("ivanovna", True), ("ilyich", True), ("ilyinichna", True), ("mykolayovych", True),
        ("oleksiivna", True), ("mehmetoglu", True), ("aliqizi", True), ("ivanov", False), ("rich", False), ("friedlich", False), ("schmidt", False), ("jovanovic", True),
    ],
)  # fmt: skip
def test_patronymics_by_their_ending(token: str, expected: bool) -> None:
    assert is_patronymic(token) is expected


def test_no_words_have_no_tags() -> None:
    assert tag_parts(()) == ()
