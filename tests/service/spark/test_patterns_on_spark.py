"""Every pattern plan says on Spark what it says on DuckDB. None is left out; one that cannot be carried would be named here."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tests.link.patterns.cases import CASES
from tests.link.patterns.making import Mail, background
from tests.service.spark.conftest import QUICK
from tidewaiter.backends.duckdb_patterns import Hit, Options, Patterns, Review
from tidewaiter.link.patterns import plans
from tidewaiter.packs import PackSet
from tidewaiter.service.patterns import open_patterns
from tidewaiter.service.spark.session import open_session

ON = date(2026, 11, 25)
NOT_CARRIED: frozenset[str] = frozenset()
LEAST_BITS = {"network.shared-address": "6", "network.shared-contact": "5", "relation.marketplace-handle": "4"}
# A small background has no rare tails, so these fire earlier here.


@pytest.fixture(scope="module")
def packs(shipped_packs: PackSet) -> PackSet:
    pack = shipped_packs.indicators
    assert pack is not None
    rules = dict(pack.rules)
    for code, bits in LEAST_BITS.items():
        thresholds = tuple(replace(t, value=bits) if t.name == "bits_least" else t for t in rules[code].thresholds)
        rules[code] = replace(rules[code], thresholds=thresholds)
    return replace(shipped_packs, indicators=replace(pack, rules=rules))


def test_every_plan_gives_the_same_hits_and_reviews(packs: PackSet, tmp_path: Path) -> None:
    mail = Mail()
    for code, case in CASES.items():
        mail.case = code
        case[0](mail)
    source = mail.write(tmp_path / "relations", background(tmp_path / "background", 5000))
    with Patterns(source, packs, ON) as duckdb:
        duckdb.run()
        wanted, reviews = list(duckdb.hits()), list(duckdb.reviews())
    quick = {**QUICK, "spark__sql__codegen__wholeStage": "false", "spark__sql__codegen__factoryMode": "NO_CODEGEN"}
    with (
        open_session("local[2]", **quick) as session,
        open_patterns(source, packs, ON, Options(), session) as spark,
    ):
        ran = spark.run([plan.code for plan in plans() if plan.code not in NOT_CARRIED])
        found, also = list(spark.hits()), list(spark.reviews())
    assert not [r for r in ran if r.not_checked]
    assert {hit.code for hit in wanted} == {plan.code for plan in plans()}, "the case of a plan has no hit to compare"
    assert sorted(map(_plain, found)) == sorted(map(_plain, wanted))
    assert [_told(review) for review in also] == [_told(review) for review in reviews]


def _plain(hit: Hit) -> tuple[str, ...]:
    figures = {name: _rounded(value) for name, value in sorted(hit.figures.items()) if value is not None}
    bits = _rounded(hit.bits)
    return (hit.code, hit.role, str(hit.subject), str(hit.items), str(hit.points), str(bits), str(figures))


def _rounded(value: object) -> object:
    """Sums of doubles differ in their last digits by the order of adding, so figures are compared to six digits."""
    return float(f"{value:.6g}") if isinstance(value, float | int) and not isinstance(value, bool) else value


def _told(review: Review) -> tuple[object, ...]:
    return (review.score, review.code, review.role, review.subject, review.items, review.codes)
