"""United States rules that sleep in ordinary mail: asked with stated facts, as `licence determine` does. Cases in packs cannot state these."""

from __future__ import annotations

from datetime import date

import pytest
from tests.conftest import ROOT

from tidewaiter.model.goods import Value
from tidewaiter.packs import Facts, PackSet, load
from tidewaiter.screen.licence import Ground, Routes, find_grounds

TODAY = date(2026, 11, 24)


@pytest.fixture(scope="module")
def packs() -> PackSet:
    return load(ROOT / "packs")


def grounds(packs: PackSet, destination: str, on: date = TODAY, origin: str = "US", **stated: str) -> dict[str, Ground]:
    """Return the grounds of United States law, by rule, for goods of no listed kind with the stated facts."""
    facts = Facts(
        facts={name.replace("_", "-"): Value((value,)) for name, value in stated.items()},
        origin=origin,
        destination=destination,
        on=on,
        groups=packs.groups,
        definitions=packs.definitions,
    )
    rules = [rule for rule in packs.rules if rule.jurisdiction == "us"]
    return {ground.rule.id: ground for ground in find_grounds(Routes(rules).on(facts), (), facts, packs, on)}


@pytest.mark.parametrize(
    ("destination", "stated", "rule", "settled"),
    [
        ("CN", {"party_listed": "entity-list"}, "us/744-11-entity-list", None),
        ("CN", {"party_listed": "entity-list", "entity_entry_names_all_items": "yes"}, "us/744-11-entity-list", True),
        ("AE", {"party_listed": "sdn"}, "us/744-8-blocked-persons", True),
        ("TR", {"party_listed": "unverified-list"}, "us/744-15-unverified-list", None),
        ("MX", {"party_listed": "denied-persons"}, "us/764-denied-persons", True),
        ("PK", {"wmd_kind": "nuclear"}, "us/744-2-nuclear", True),
        ("PK", {"wmd_kind": "missile"}, "us/744-3-missile", True),
        ("DE", {"wmd_kind": "biological"}, "us/744-4-chemical-biological", True),
        ("BR", {"wmd_kind": "naval-nuclear-propulsion"}, "us/744-5-naval-nuclear", True),
        ("PK", {"us_person_supports_wmd": "yes"}, "us/744-6-activities-of-us-persons", None),
        ("DE", {"told_by_authority": "yes"}, "us/744-2-nuclear", True),
        ("CN", {"end_user_military_intelligence": "yes"}, "us/744-22-military-intelligence", True),
        ("MO", {"end_use_chips_or_supercomputer": "yes"}, "us/744-23-chips-and-supercomputers", None),
        ("RU", {"item_in_supplement_6_746": "yes"}, "us/746-8-a6-chemicals", True),
        ("NI", {"end_use": "military", "item_in_supplement_2_744": "yes"}, "us/744-21-military-end-use", True),
        ("NI", {"end_use": "military", "item_in_supplement_2_744": "no"}, "", None),
        ("UA", {"destination_in_occupied_region": "yes", "food_or_medicine": "no"}, "us/746-6-occupied-regions", True),
        ("UA", {"destination_in_occupied_region": "no"}, "", None),
        (
            "FR",
            {"wmd_kind": "nuclear"},
            "us/744-2-nuclear",
            None,
        ),  # in Supplement No. 3: only a word of the authority would bind
        ("PL", {"end_user_military_intelligence": "yes"}, "", None),
    ],
)
def test_a_stated_fact_wakes_its_rule(
    packs: PackSet, destination: str, stated: dict[str, str], rule: str, settled: bool | None
) -> None:
    found = grounds(packs, destination, **stated)
    if not rule:
        assert not found
    else:
        assert found[rule].settled is settled


def test_ordinary_mail_wakes_none_of_them(packs: PackSet) -> None:
    for destination in ("CN", "PK", "AE", "DE", "UA", "MX"):
        assert not grounds(packs, destination)


def test_a_direct_product_is_asked_and_never_concluded(packs: PackSet) -> None:
    found = grounds(packs, "RU", origin="KR", direct_product_of_us_technology="yes")
    assert found["us/734-9-foreign-direct-product"].settled is None
    assert not grounds(packs, "RU", origin="KR")


def test_license_exception_civ_ends_on_the_29th_of_june_2020(packs: PackSet) -> None:
    assert "us/civ-until-2020" in grounds(packs, "CN", date(2020, 6, 28), end_use="civil")
    assert "us/civ-until-2020" not in grounds(packs, "CN", date(2020, 6, 29), end_use="civil")


def test_gift_exceptions_leave_out_every_entry_but_the_x99_ones(packs: PackSet) -> None:
    """A new entry of us-ccl must be added to the definition (regenerate it), or a gift parcel would carry it."""
    named = set(packs.definitions["us/beyond-anti-terrorism"].catches.names)
    for entry in packs.entries:
        if entry.list == "us-ccl" and entry.id[2:4] != "99":
            assert f"us-ccl/{entry.id}" in named, entry.id
