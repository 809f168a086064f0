"""Each pattern finds what it says, leaves a near miss alone, and says so where it has no data."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tests.link.patterns.cases import CASES
from tests.link.patterns.making import Mail, background
from tidewaiter.backends.duckdb_patterns import Hit, Patterns
from tidewaiter.link.patterns import plans, shared_plans
from tidewaiter.link.relations import RELATIONS, relation
from tidewaiter.model import InputError
from tidewaiter.packs import PackSet

ON = date(2026, 11, 25)
SMALL = {"network.shared-address": "10", "relation.marketplace-handle": "5"}  # a small background has no rare tails


@pytest.fixture(scope="module")
def packs(shipped_packs: PackSet) -> PackSet:
    pack = shipped_packs.indicators
    assert pack is not None
    rules = dict(pack.rules)
    for code, bits in SMALL.items():
        thresholds = tuple(replace(t, value=bits) if t.name == "bits_least" else t for t in rules[code].thresholds)
        rules[code] = replace(rules[code], thresholds=thresholds)
    return replace(shipped_packs, indicators=replace(pack, rules=rules))


@pytest.fixture(scope="module")
def ordinary(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return background(tmp_path_factory.mktemp("background"))


def _found(which: int, packs: PackSet, ordinary: Path, folder: Path) -> tuple[Mail, list[Hit]]:
    mail = Mail()
    for code, case in CASES.items():
        mail.case = code
        case[which](mail)
    with Patterns(mail.write(folder, ordinary), packs, ON) as patterns:
        assert not [ran for ran in patterns.run() if ran.not_checked]
        return mail, list(patterns.hits())


@pytest.fixture(scope="module")
def positives(packs: PackSet, ordinary: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Mail, list[Hit]]:
    return _found(0, packs, ordinary, tmp_path_factory.mktemp("positives"))


@pytest.fixture(scope="module")
def near_misses(packs: PackSet, ordinary: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Mail, list[Hit]]:
    return _found(1, packs, ordinary, tmp_path_factory.mktemp("near"))


def test_every_plan_has_cases() -> None:
    assert set(CASES) == {plan.code for plan in plans()}


@pytest.mark.parametrize("code", sorted(CASES))
def test_a_pattern_is_found_with_its_items(code: str, positives: tuple[Mail, list[Hit]]) -> None:
    mail, hits = positives
    mine = [hit for hit in hits if hit.code == code and set(hit.items) & mail.items[code]]
    assert mine, f"{code} did not fire"
    assert all(set(hit.items) <= mail.items[code] for hit in mine), "items of others are named"


@pytest.mark.parametrize("code", sorted(CASES))
def test_a_near_miss_is_left_alone(code: str, near_misses: tuple[Mail, list[Hit]]) -> None:
    mail, hits = near_misses
    assert not [hit for hit in hits if hit.code == code and set(hit.items) & mail.items[code]]


def test_columns_that_are_not_there_mean_not_checked_and_never_a_match(packs: PackSet, tmp_path: Path) -> None:
    mail = Mail()
    for case in CASES.values():
        case[0](mail)
    mail.rows = {name: rows if name in ("items", "lines") else [] for name, rows in mail.rows.items()}
    optional = frozenset(f"{r.name}.{c.name}" for r in RELATIONS for c in r.columns if not c.required)
    with Patterns(mail.write(tmp_path, without=optional), packs, ON) as patterns:
        ran = patterns.run()
        assert {r.code for r in ran if r.not_checked.startswith("no data")} == set(CASES)
        assert not list(patterns.hits())


def test_fields_that_are_null_are_no_match(packs: PackSet, tmp_path: Path) -> None:
    mail = Mail()
    for case in CASES.values():
        case[0](mail)
    for name, rows in mail.rows.items():
        kept = {c.name for c in relation(name).columns if c.required}
        for row in rows:
            for column in set(row) - kept:
                row[column] = None
    mail.rows["decisions"].clear()
    mail.rows["versions"].clear()
    for n, row in enumerate(mail.rows["items"]):
        row["item_id"] = f"no-s10-{n}"
    with Patterns(mail.write(tmp_path), packs, ON) as patterns:
        patterns.run()
        assert not [hit.code for hit in patterns.hits()]


def test_the_order_of_rows_and_the_number_of_threads_change_nothing(
    packs: PackSet, ordinary: Path, tmp_path: Path, positives: tuple[Mail, list[Hit]]
) -> None:
    from tidewaiter.backends.duckdb_patterns import Options

    mail, hits = positives
    for rows in mail.rows.values():
        rows.reverse()
    with Patterns(mail.write(tmp_path, ordinary), packs, ON, Options(threads=1)) as patterns:
        patterns.run()
        again = list(patterns.hits())
    assert {(h.code, h.subject, h.items, h.points) for h in again} == {
        (h.code, h.subject, h.items, h.points) for h in hits
    }


def test_reviews_are_ranked_capped_by_family_and_name_their_indicators(
    packs: PackSet, ordinary: Path, tmp_path: Path
) -> None:
    mail = Mail()
    for code, case in CASES.items():
        mail.case = code
        case[0](mail)
    pack = packs.indicators
    assert pack is not None
    with Patterns(mail.write(tmp_path, ordinary), packs, ON) as patterns:
        patterns.run()
        reviews = list(patterns.reviews())
    scores = [review.score for review in reviews]
    assert scores == sorted(scores, reverse=True)
    assert min(scores) >= pack.review_line
    families = len(pack.families)
    assert max(scores) <= families * pack.family_cap
    items = [item for review in reviews for item in review.items]
    assert len(items) == len(set(items)), "an item stands under its strongest hit only"
    assert all(review.codes for review in reviews)


def test_a_folder_without_the_relations_is_refused(packs: PackSet, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="items"), Patterns(tmp_path, packs, ON):
        pass


def test_plans_bind_only_thresholds_of_their_rule(packs: PackSet) -> None:
    pack = packs.indicators
    assert pack is not None
    general = {"from_t", "to_t", "span_days", "half_life_days", "limit_eur"}
    for plan in plans():
        named = {t.name for t in pack.rules[plan.code].thresholds}
        assert plan.parameters <= named | general, f"{plan.code}: {plan.parameters - named - general}"
        assert set(plan.uses) <= {made for shared in shared_plans() for made in shared.makes}
        for read in plan.reads:
            name, _, column = read.partition(".")
            assert relation(name).column(column)
