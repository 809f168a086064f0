"""The measures are right on small examples, folds keep groups together, and the shipped models stay within their place."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tidewaiter.model import Declaration, GoodsLine, InputError, Party
from tidewaiter.screen.pipeline import Screener
from tidewaiter.service.learning.evaluate import area_under_curve, folds, recall_at
from tidewaiter.service.models import load_models, models_file
from tidewaiter.service.screening import build_screener


def test_the_area_counts_pairs_in_the_right_order() -> None:
    labels = np.array([True, True, False, False])
    assert area_under_curve(labels, np.array([0.9, 0.8, 0.2, 0.1])) == 1.0
    assert area_under_curve(labels, np.array([0.1, 0.2, 0.8, 0.9])) == 0.0
    assert area_under_curve(labels, np.array([0.5, 0.5, 0.5, 0.5])) == 0.5


def test_recall_is_taken_above_the_allowed_false_share() -> None:
    labels = np.array([True] * 4 + [False] * 100)
    scores = np.array([0.99, 0.95, 0.5, 0.1, *np.linspace(0, 0.94, 100)])
    assert recall_at(labels, scores, 0.05) == 0.5


@given(st.lists(st.sampled_from("abcdefgh"), min_size=10, max_size=60))
def test_no_group_stands_on_both_sides_of_a_fold(groups: list[str]) -> None:
    measured = []
    for train, test in folds(groups):
        assert not {groups[n] for n in train} & {groups[n] for n in test}
        measured += test
    assert sorted(measured) == list(range(len(groups)))


@pytest.fixture(scope="module")
def screener() -> Screener:
    return build_screener(date(2026, 11, 24))


def declaration(text: str, hs: str = "", **party: str) -> Declaration:
    return Declaration(
        "X", (GoodsLine(text, hs),), consignor=Party(country="DE", **party), consignee=Party(country="CN", **party)
    )


def test_a_model_alone_never_holds_and_its_parts_add_up(screener: Screener) -> None:
    assert screener.packs.policy is not None
    packs = replace(
        screener.packs, policy=replace(screener.packs.policy, learned_concern=0)
    )  # hear it whatever it says
    listening = Screener(packs, None, (), screener.on, learned=screener.learned)
    texts = (
        "homing subsystem refurbishment kit",
        "warranty bracket assy spare",
        "cotton socks",
        "подарок маме",
        "!!",
    )
    for text in texts:
        screening = listening.screen(declaration(text))
        (heard,) = (f for f in screening.findings if f.code == "goods.worded-like-controlled")
        assert sum(c.points for c in heard.contributions) == heard.score
        assert not heard.legal_basis
        assert screening.outcome == "review"


def test_a_wording_that_says_nothing_is_asked_about_in_its_language(screener: Screener) -> None:
    for text, language in (
        ("gift for my friend, thank you", "en"),
        ("подарок, запчасти", "ru"),
        ("Ersatzteile Zubehör", "de"),
    ):
        screening = screener.screen(declaration(text))
        assert [q.language for q in screening.questions] == [language], text
        assert screening.outcome == "no-finding"


def test_a_code_of_another_chapter_is_noted_and_nothing_more(screener: Screener) -> None:
    screening = screener.screen(declaration("ladies leather handbag", "850440"))
    codes = {finding.code: finding for finding in screening.findings}
    assert "description.contradicts-hs" in codes
    assert screening.outcome == "no-finding"


def test_who_sends_it_changes_nothing(screener: Screener) -> None:
    to = Party("Li Na", country="CN")
    one = screener.screen(replace(declaration("weapon mount bracket set", name="Anna Schmidt"), consignee=to))
    other = screener.screen(replace(declaration("weapon mount bracket set", name="محمد الأمين"), consignee=to))
    assert one.findings == other.findings
    assert one.outcome == other.outcome


def test_damaged_weights_are_said_to_be_so(tmp_path: Path) -> None:
    broken = tmp_path / "goods.npz"
    broken.write_bytes(b"not weights")
    with pytest.raises(InputError, match=r"goods\.npz"):
        load_models(broken)
    assert load_models(tmp_path / "absent.npz") is None
    assert load_models(models_file()) is not None
