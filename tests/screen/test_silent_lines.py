"""A line is passed over only by memory of one that no rule on its route can tell from it."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from tests.conftest import LEGAL_DATE

from tidewaiter.model import Declaration, GoodsLine, Party
from tidewaiter.packs import PackSet, evaluate
from tidewaiter.screen.facts import route_facts_of
from tidewaiter.screen.goods import GoodsEngine
from tidewaiter.screen.pipeline import Screener

BOOKS = GoodsLine("books", quantity=Decimal(1), value=Decimal(20), currency="EUR")
GIFT = Declaration("A", (BOOKS,), nature="gift", consignor=Party(country="DE"), consignee=Party(country="BY"))


@pytest.fixture(scope="module")
def screener(shipped_packs: PackSet) -> Screener:
    return Screener(shipped_packs, None, (), LEGAL_DATE, engine=GoodsEngine(shipped_packs))


def key_of(screener: Screener, declaration: Declaration) -> object:
    line = declaration.lines[0]
    return screener.law._silent.key_of(declaration, line, screener.goods.read(line))


def changed(line: GoodsLine, **facts: object) -> Declaration:
    return replace(GIFT, lines=(replace(line, **facts),))  # type: ignore[arg-type]


def test_what_names_a_thing_is_always_looked_at(screener: Screener) -> None:
    assert key_of(screener, changed(BOOKS, description="night vision monocular")) is None
    assert key_of(screener, GIFT) is not None


def test_what_the_rules_read_of_a_deal_keeps_lines_apart(screener: Screener) -> None:
    others = [
        replace(GIFT, nature="sale"),
        replace(GIFT, end_use="military"),
        replace(GIFT, consignee_type="military"),
        replace(GIFT, consignee=Party(country="FR")),
        changed(BOOKS, value=Decimal(90000)),
        changed(BOOKS, currency="GBP"),
    ]
    keys = [key_of(screener, item) for item in (GIFT, *others)]
    assert len(set(keys)) == len(keys)
    assert key_of(screener, changed(BOOKS, description="a wooden chair")) == keys[0]


def test_routes_that_share_their_rules_get_from_each_what_the_rule_as_written_says(screener: Screener) -> None:
    places = sorted({*screener.packs.chart, "DE", "FR", "US", "GB", "CN", "RU", "BY", "KP", ""})[::4]
    shared = 0
    for jurisdiction, routes in screener.law._routes.items():
        seen = set()
        for place in places:
            facts = route_facts_of(replace(GIFT, consignee=Party(country=place)), BOOKS, screener.packs)
            settled = routes.on(facts)
            shared += id(settled) in seen
            seen.add(id(settled))
            truths = {rule.id: evaluate(rule.when, facts) for rule in settled}
            for rule in screener.rules[jurisdiction]:
                assert truths.get(rule.id, False) is evaluate(rule.when, facts), (jurisdiction, place, rule.id)
    assert shared
