"""Leads raise an item to review by its goods or its wording, on their route and in their time, and never hold it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tidewaiter.formats.outcomes import screening_to_json
from tidewaiter.model import Declaration, Finding, GoodsLine, Party, Screening
from tidewaiter.model.leads import Lead, LeadSet
from tidewaiter.packs import PackSet
from tidewaiter.packs.types import PolicyRow
from tidewaiter.screen.outcome import outcome_of
from tidewaiter.screen.pipeline import Screener

ON = date(2026, 11, 24)
LEAD = Lead(3, "d:1-9:posted:0", (), (), "as sports goods", "", "", date(2026, 11, 1), date(2026, 12, 31), "Ann", "seen twice",
            "mailed two vests", "Post", "C3")  # fmt: skip
WORDING = replace(LEAD, wordings=("разгрузочная система",))
VEST = replace(LEAD, concepts=("load-bearing-vest",))
PLAIN = "детская книга сказок"


def item(*goods: str, origin: str = "DE", to: str = "FR") -> Declaration:
    return Declaration(
        "A", tuple(GoodsLine(text) for text in goods), posted=ON,
        consignor=Party("Anna Weiß", "Weg 1", "Bonn", "53111", origin), consignee=Party("Luc Roi", "Rue 2", "Lyon", "69001", to),
    )  # fmt: skip


@pytest.fixture(scope="module")
def screen(shipped_packs: PackSet, shipped_screener: Screener):
    def screened(what: Declaration, *leads: Lead, on: date = ON) -> Screening:
        screener = Screener(shipped_packs, None, (), on, engine=shipped_screener.goods, leads=LeadSet("l.db", leads))
        return screener.screen(what)

    return screened


def found(screening: Screening) -> list[Finding]:
    return [f for f in screening.findings if f.code.startswith("lead.")]


def test_a_wording_raises_an_ordinary_item_to_review_with_quote_grade_and_end(screen) -> None:
    what = item("Новые разгрузочные системы, 2 шт")
    (finding,) = found(screen(what, WORDING))
    assert (finding.code, finding.severity, finding.line) == ("lead.wording", "review", 0)
    assert finding.score == sum(c.points for c in finding.contributions)
    words, origin = finding.evidence
    assert words.value[words.start : words.end] == "разгрузочные системы"
    assert origin.value == "mailed two vests"
    for part in ("C3", "not established", "2026-12-31", "Ann", "seen twice"):
        assert part in origin.note
    assert screen(what, WORDING).outcome in ("review", "hold")
    assert found(screen(item(PLAIN), WORDING)) == []


def test_goods_match_by_kind_and_by_narrower_kinds(screen, shipped_packs: PackSet) -> None:
    (finding,) = found(screen(item("тактический разгрузочный жилет"), VEST))
    assert finding.code == "lead.goods"
    assert finding.evidence[0].path.startswith("lines[0]")
    assert shipped_packs.concepts["soft-body-armour"].broader == "body-armour"
    armour = replace(LEAD, concepts=("body-armour",))
    assert [f.code for f in found(screen(item("kevlar vest, size L"), armour))] == ["lead.goods"]
    assert found(screen(item("чехол для бронежилета", PLAIN), VEST)) == []


@pytest.mark.parametrize(
    ("origin", "destination", "expected"),
    [("DE", "FR", 1), ("DE", "", 1), ("", "FR", 1), ("", "", 1), ("RU", "CN", 0), ("DE", "CN", 0), ("RU", "", 0)],
)
def test_a_route_counts_only_together_with_goods_or_a_wording(
    screen, origin: str, destination: str, expected: int
) -> None:
    lead = replace(WORDING, origin=origin, destination=destination)
    assert len(found(screen(item("разгрузочная система"), lead))) == expected
    assert found(screen(item(PLAIN), lead)) == []
    assert found(screen(item(PLAIN), replace(lead, wordings=()))) == []


def test_a_country_that_is_not_declared_may_be_any_and_is_told(screen) -> None:
    lead = replace(WORDING, origin="DE", destination="CN")
    (finding,) = found(screen(item("разгрузочная система", to=""), lead))
    assert ("not declared", "destination") in finding.details


def test_an_expired_lead_has_no_effect_and_a_replay_still_shows_it(screen) -> None:
    what = item("разгрузочная система")
    assert len(found(screen(what, WORDING, on=date(2026, 12, 31)))) == 1
    for day in (date(2027, 1, 1), date(2027, 6, 1), date(2026, 10, 31)):
        late = screen(what, WORDING, on=day)
        assert found(late) == []
        assert late.outcome == screen(what, on=day).outcome
    ended = replace(WORDING, withdrawn=date(2026, 12, 1))
    assert found(screen(what, ended, on=date(2026, 12, 1))) == []
    before = screen(what, WORDING)
    assert screening_to_json(screen(what, ended)) == screening_to_json(before)
    assert screening_to_json(
        screen(what, ended, replace(WORDING, no=4, since=date(2026, 11, 25)))
    ) == screening_to_json(before)


def test_leads_that_match_nothing_change_no_finding(screen, shipped_screener: Screener) -> None:
    for goods in ("тактический разгрузочный жилет", PLAIN, "led lamp"):
        plain = shipped_screener.screen(item(goods, origin="RU", to="CN"))
        lead = replace(LEAD, wordings=("no such words here",), origin="RU", destination="CN")
        assert screen(item(goods, origin="RU", to="CN"), lead).findings == plain.findings


def test_a_lead_never_holds_whatever_the_policy_says(shipped_packs: PackSet) -> None:
    assert shipped_packs.policy is not None
    wrong = replace(
        shipped_packs.policy,
        rows=(PolicyRow("lead.wording", 0, "hold", "wrong"), PolicyRow("lead.goods", 0, "hold", "wrong")),
    )
    for code in ("lead.goods", "lead.wording"):
        outcome, (finding,) = outcome_of([Finding(code, "review", "x", score=1000)], wrong)
        assert (outcome, finding.severity) == ("review", "review")


def test_the_record_names_the_leads_that_counted(screen) -> None:
    screening = screen(item(PLAIN), WORDING, replace(VEST, no=9, until=date(2026, 11, 2)))
    assert screening.versions is not None
    assert screening.versions.leads.startswith("l.db: 1 in force, ")
    assert [c.note for c in screening.coverage.checked if c.what == "leads"] == ["1 in force"]
    assert b'"leads":"l.db: 1 in force' in screening_to_json(screening)


def test_chinese_wordings_need_no_blanks(screen) -> None:
    (finding,) = found(screen(item("全新 战术 背心 两件"), replace(LEAD, wordings=("战术背心",))))
    evidence = next(e for e in finding.evidence if e.note.startswith("wording"))
    assert evidence.value[evidence.start : evidence.end] == "战术 背心"
