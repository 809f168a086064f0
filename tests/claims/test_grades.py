"""Grades are pairs by stated rules: what gives them, what caps them, what is unknown, and what no importer may map."""

from __future__ import annotations

from itertools import product

import pytest

from tests.claims.making import UNNAMED, claim, outlet, report
from tests.conftest import ROOT
from tidewaiter.claims.grades import (
    Standing,
    checked_grade,
    grade_order,
    letter_of_misp,
    parse_grade,
    suggest_grade,
)
from tidewaiter.claims.upstreams import OriginFinder
from tidewaiter.model import InputError
from tidewaiter.model.claims import Grade, Predicate, Speaker
from tidewaiter.packs.report_ledger import read_ledger_rules

RULES = read_ledger_rules(ROOT / "packs")
IZVESTIA = outlet("Izvestia", "izvestia")


def graded(
    *chain: Speaker, publisher: str = "Post", byline: str = "", upstreams: int = 1, conflict: bool = False, **more
) -> Grade:
    doc = report("a", "Vests found\nThe vests were seized.", publisher, byline=byline)
    quote = "Vests found" if more.pop("headline", False) else "vests were seized"
    made = claim(doc, quote, more.pop("predicate", Predicate.SEIZED), chain=chain, **more)
    return suggest_grade(made, doc, Standing(upstreams, conflict), RULES, OriginFinder([doc], [made], RULES.origins))


@pytest.mark.parametrize(
    ("chain", "expected"),
    [
        ((Speaker("court", "the court", "Meshchansky court", "court"),), "B2"),
        ((Speaker("official", "customs", "customs", "fts"),), "B3"),
        ((UNNAMED,), "C3"),
        ((IZVESTIA, UNNAMED), "C3"),
        ((Speaker("anonymous", "sources"),), "D4"),
        ((Speaker("suspect", "the student"),), "D3"),
        ((Speaker("named-person", "Ann Lee", "Ann Lee", "ann-lee"),), "C3"),
        ((outlet("Reuters", "reuters"),), "B3"),
        ((outlet("ТАСС", ""),), "C3"),
        ((), "D4"),
    ],
)
def test_the_innermost_speaker_gives_the_pair(chain, expected) -> None:
    assert str(graded(*chain, upstream="x")) == expected


def test_every_suggestion_says_why_and_what_would_raise_it() -> None:
    for chain in ((), (UNNAMED,), (Speaker("court", "court"),)):
        grade = graded(*chain)
        assert grade.because
        assert grade.raise_by
        assert grade.by == ""


def test_unnamed_officials_through_a_state_close_outlet_are_never_better_than_c3() -> None:
    for upstreams, modality in product((1, 2, 5), ("asserted", "hedged")):
        grade = graded(IZVESTIA, UNNAMED, upstreams=upstreams, modality=modality, upstream="izvestia")
        assert grade.reliability >= "C"
        assert grade.credibility >= 3
    assert graded(UNNAMED, publisher="ТАСС", upstream="tass", upstreams=3).credibility == 3


@pytest.mark.parametrize("byline", ["By AI", "AI", "AI-generated summary", "Автор: нейросеть"])
def test_a_machine_byline_lowers_the_pair(byline: str) -> None:
    assert str(graded(Speaker("official", "customs", "customs", "fts"), byline=byline, upstream="fts")) == "D4"


def test_a_byline_that_only_begins_so_is_no_machine() -> None:
    assert (
        str(graded(Speaker("official", "customs", "customs", "fts"), byline="By Aida Aitova", upstream="fts")) == "B3"
    )


def test_headlines_hedges_conflicts_and_unknown_origins_are_ceilings() -> None:
    official = Speaker("court", "court", "court", "court")
    assert graded(official, upstream="court", headline=True).credibility == 4
    assert graded(official, upstream="court", modality="hedged").credibility == 3
    assert graded(official, upstream="court", conflict=True).credibility == 3
    assert graded(official).credibility == 4


def test_two_origins_lift_but_never_to_one() -> None:
    official = Speaker("official", "customs", "customs", "fts")
    assert str(graded(official, upstream="fts", upstreams=2)) == "B2"
    assert all(graded(official, upstream="fts", upstreams=n).credibility > 1 for n in range(20))


def test_a_generalisation_cannot_be_judged() -> None:
    assert (
        str(graded(Speaker("named-person", "A", "A", "a"), predicate=Predicate.GENERALISATION, upstream="a"))[1] == "6"
    )


def test_credibility_one_needs_two_independent_upstreams() -> None:
    with pytest.raises(InputError, match="independent upstreams"):
        checked_grade(parse_grade("A1"), 1)
    assert str(checked_grade(parse_grade("A1"), 2)) == "A1"


def test_g_is_never_another_letter() -> None:
    assert letter_of_misp("g") is None
    assert letter_of_misp("c") == "C"
    with pytest.raises(InputError, match="no other letter"):
        parse_grade("G3")
    for text in ("", "C", "3C", "C7", "H1", "C33"):
        with pytest.raises(InputError):
            parse_grade(text)


def test_unknown_sorts_as_unknown_after_all_that_is_known() -> None:
    pairs = [parse_grade(a + b) for a, b in product("ABCDEF", "123456")]
    ordered = [str(g) for g in sorted(pairs, key=grade_order)]
    assert ordered[0] == "A1"
    assert ordered[5] == "A6"
    assert ordered[30:] == ["F1", "F2", "F3", "F4", "F5", "F6"]
