"""The screening as a whole, on small packs of our own: outcome, sums, purity, and who is never looked at."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tidewaiter.formats.outcomes import screening_to_json
from tidewaiter.model import Declaration, Document, GoodsLine, Party
from tidewaiter.screen.pipeline import Screener


def item(text: str, destination: str = "CN", origin: str = "DE", **more: object) -> Declaration:
    line = GoodsLine(text, "691490", Decimal(1), Decimal(2500), Decimal(100), "EUR")
    return Declaration(
        "X1", (line,), consignor=Party("A", country=origin), consignee=Party("B", country=destination), **more
    )  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "destination", "outcome", "code"),
    [
        ("ballistic plate NIJ IV", "CN", "hold", "licence.required"),
        ("Ballistic plates, NIJ level III", "CN", "hold", "licence.required"),
        ("ballistic plate", "CN", "review", "licence.open"),
        ("2 бронеплиты", "CN", "review", "licence.open"),
        ("ballistic plate NIJ IIIA", "CN", "no-finding", ""),
        ("dinner plate", "CN", "no-finding", "goods.not-raised"),
        ("ballistic plate NIJ IV", "FR", "no-finding", ""),
        ("plate", "CN", "no-finding", ""),
        ("plate for vest", "CN", "review", "licence.open"),
    ],
)
def test_wording_and_route_decide_the_outcome(
    small_screener: Screener, text: str, destination: str, outcome: str, code: str
) -> None:
    screening = small_screener.screen(item(text, destination))
    assert screening.outcome == outcome
    assert not code or code in [f.code for f in screening.findings]


def test_a_hold_names_entry_rule_citation_and_date(small_screener: Screener) -> None:
    finding = small_screener.screen(item("ballistic plate NIJ IV")).findings[0]
    assert next((b.entry, b.paragraph) for b in finding.legal_basis) == ("ML13", "d.2")
    assert any(b.effect == "licence" and b.citation == "CP 2008/944" and b.in_force_from for b in finding.legal_basis)
    words = {e.value[e.start : e.end] for e in finding.evidence if e.start is not None}
    assert {"ballistic plate", "NIJ IV"} <= words


def test_an_open_entry_asks_its_question_in_the_language_of_the_words(small_screener: Screener) -> None:
    question = small_screener.screen(item("2 бронеплиты")).questions[0]
    assert (question.fact, question.language) == ("parameter:armour.level", "ru")
    assert dict(question.texts)["ru"] == "Какой класс?"


def test_a_stated_licence_turns_a_hold_into_a_review_and_never_into_silence(small_screener: Screener) -> None:
    declared = item("ballistic plate NIJ IV", documents=(Document("licence", "EX-1"),))
    screening = small_screener.screen(declared)
    assert screening.outcome == "review"
    assert "licence.stated" in [f.code for f in screening.findings]


def test_indicators_alone_never_hold_whatever_the_table_says(small_screener: Screener) -> None:
    heavy = Declaration(
        "X",
        (GoodsLine("cotton shirt", "610910", Decimal(1), Decimal(9000)),),
        consignor=Party(country="DE"),
        consignee=Party(country="CN"),
    )
    screening = small_screener.screen(heavy)
    assert screening.outcome == "review"
    assert "indicators.combined" in [f.code for f in screening.findings]


def test_where_the_law_of_posting_is_unknown_a_listed_thing_is_looked_at(small_screener: Screener) -> None:
    screening = small_screener.screen(item("ballistic plate NIJ IV", origin="BR"))
    assert screening.outcome == "review"
    assert [f.code for f in screening.findings] == ["goods.listed"]
    assert any(gap.name == "BR" for gap in screening.coverage.not_checked)


def test_an_item_without_lines_says_that_nothing_was_checked(small_screener: Screener) -> None:
    screening = small_screener.screen(Declaration("X"))
    assert screening.outcome == "no-finding"
    assert any(gap.what == "goods" for gap in screening.coverage.not_checked)


WORDS = st.lists(
    st.sampled_from(
        ["ballistic plate", "бронеплита", "6Б45", "NIJ IV", "Бр4", "dinner", "case", "for vest", "2 шт", "防弹"]
    ),
    max_size=5,
)


@settings(max_examples=60, deadline=None)
@given(WORDS, st.sampled_from(["CN", "FR", ""]), st.sampled_from(["DE", "BR", ""]))
def test_contributions_sum_to_the_score_of_every_finding(
    small_screener: Screener, words: list[str], to: str, origin: str
) -> None:
    for finding in small_screener.screen(item(" ".join(words), to, origin)).findings:
        assert sum(c.points for c in finding.contributions) == finding.score


@settings(max_examples=30, deadline=None)
@given(st.lists(WORDS, min_size=1, max_size=4))
def test_the_same_input_gives_the_same_bytes_alone_and_in_a_batch(
    small_screener: Screener, texts: list[list[str]]
) -> None:
    items = [replace(item(" ".join(words)), id=f"X{n}") for n, words in enumerate(texts)]
    together = [screening_to_json(s) for s in small_screener.screen_batch(items)]
    alone = [screening_to_json(small_screener.screen(i)) for i in items]
    forgetful = Screener(small_screener.packs, None, (), small_screener.on, remember=0)
    assert together == alone == [screening_to_json(forgetful.screen(i)) for i in items]


@settings(max_examples=30, deadline=None)
@given(WORDS, st.text(min_size=1, max_size=20), st.text(min_size=1, max_size=20))
def test_a_name_never_changes_goods_licence_or_outcome(
    small_screener: Screener, words: list[str], one: str, two: str
) -> None:
    declared = item(" ".join(words))
    first = small_screener.screen(replace(declared, consignor=replace(declared.consignor, name=one)))
    second = small_screener.screen(replace(declared, consignor=replace(declared.consignor, name=two)))
    assert (first.outcome, first.findings, first.questions) == (second.outcome, second.findings, second.questions)


def test_rules_outside_their_dates_never_matter(small_screener: Screener) -> None:
    early = Screener(small_screener.packs, None, (), small_screener.on.replace(year=2000))
    screening = early.screen(item("ballistic plate NIJ IV"))
    assert [f.code for f in screening.findings] == ["goods.no-text-in-force"]
    assert any("in force" in gap.reason for gap in screening.coverage.not_checked)
