"""One event over many texts, several events in one text: what keeps them apart and what brings them together."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace

import pytest

from tests.claims.making import KINDS, UNNAMED, claim, day, goods, outlet, person, pieces, place, read, report
from tests.conftest import ROOT
from tidewaiter.claims.events import Events, propose_events
from tidewaiter.claims.reading import ReadReport
from tidewaiter.claims.upstreams import OriginFinder
from tidewaiter.model.claims import Predicate
from tidewaiter.packs.report_ledger import read_ledger_rules

P = Predicate
RULES = read_ledger_rules(ROOT / "packs")


def events(*readings: ReadReport) -> Events:
    claims = [c for r in readings for c in r.claims]
    finder = OriginFinder([r.report for r in readings], claims, RULES.origins)
    return propose_events(readings, KINDS, RULES.another_case, finder)


def documents(found: Events) -> list[tuple[str, ...]]:
    return sorted(event.documents for event in found.events)


CHAIN = (outlet("Izvestia", "izvestia"), UNNAMED)


def vests(
    name: str, age: int = 27, kind: str = "load-bearing-vest", of: str = "vests", who: str = "", **more: object
) -> ReadReport:
    doc = report(
        name,
        f"Gear\nA man{' ' + who if who else ''}, {age}, posted two {of} from Moscow, {name} writes.\nHe was detained.",
        f"P-{name}",
    )
    thing = goods(doc, f"two {of}", kind, quantity=pieces(2))
    man = person(doc, "A man", age=age, name=who, head="man")
    he = person(doc, "He", refers_to=man.start)
    given: dict[str, object] = {"upstream": "izvestia", "chain": CHAIN, "place": place(doc, "Moscow"), **more}
    posted = claim(doc, f"posted two {of}", P.POSTED, subject=man, goods=(thing,), quantity=pieces(2), **given)
    return read(doc, posted, claim(doc, "He was detained", P.DETAINED, subject=he, upstream="izvestia", chain=CHAIN))


def test_one_event_told_by_several_texts_is_proposed_as_one_in_any_order() -> None:
    readings = [vests("a"), vests("b"), vests("c")]
    found = events(*readings)
    assert documents(found) == [("a", "b", "c")]
    for seed in range(5):
        random.Random(seed).shuffle(readings)
        assert events(*readings) == found


def test_an_age_that_differs_stays_in_one_event_only_where_all_else_agrees() -> None:
    assert documents(events(vests("a"), vests("b", age=25))) == [("a", "b")]
    assert len(events(vests("a"), vests("b", age=25, upstream="", chain=(), place=None)).events) == 2


def test_other_names_are_other_persons() -> None:
    assert len(events(vests("a", who="Ivan Petrov"), vests("b", who="Oleg Sidorov")).events) == 2
    assert len(events(vests("a", who="Ivan Petrov"), vests("b", who="Иван Петров")).events) == 1


def test_two_people_of_one_name_in_other_cases_stay_apart() -> None:
    other = vests("b", age=41, kind="helmet", of="helmets", who="Ivan Petrov", place=None, upstream="tass")
    assert len(events(vests("a", who="Ivan Petrov"), other).events) == 2


def test_other_goods_in_another_country_are_another_event() -> None:
    other = vests("b", kind="helmet", of="helmets")
    assert len(events(vests("a"), other).events) == 2


def digest() -> ReadReport:
    doc = report(
        "digest",
        "Week in brief\nIn one case a trader posted two vests from Moscow.\n"
        "In another case a student, 27, was detained in Moscow with helmets.\nIn Omsk customs seized two scopes.",
    )
    return read(
        doc,
        claim(doc, "a trader posted two vests", P.POSTED, subject=person(doc, "a trader", head="trader"),
              goods=(goods(doc, "two vests", "load-bearing-vest", quantity=pieces(2)),), place=place(doc, "Moscow")),
        claim(doc, "a student, 27, was detained", P.DETAINED, subject=person(doc, "a student, 27", head="student", age=27),
              goods=(goods(doc, "helmets", "helmet"),), place=place(doc, "Moscow")),
        claim(doc, "customs seized two scopes", P.SEIZED, subject=person(doc, "customs", "authority"),
              goods=(goods(doc, "two scopes", "scope"),), place=place(doc, "Omsk")),
    )  # fmt: skip


def test_the_incidents_of_a_digest_stay_apart_also_over_a_third_text() -> None:
    found = events(digest(), vests("a"))
    assert len(found.events) == 3
    assert documents(found) == [("a", "digest"), ("digest",), ("digest",)]


def test_a_pronoun_takes_up_its_person_across_paragraphs() -> None:
    (event,) = events(vests("a")).events
    assert len(event.claims) == 2


def test_a_headline_stands_with_the_incident_of_its_body() -> None:
    doc = report("h", "Rifles seized at border\nOfficers seized three scopes in Omsk on Monday.")
    body = claim(doc, "seized three scopes", P.SEIZED, goods=(goods(doc, "three scopes", "scope"),))
    head = claim(doc, "Rifles seized", P.SEIZED, goods=(goods(doc, "Rifles", "rifle"),))
    (event,) = events(read(doc, body, head)).events
    assert set(event.claims) == {body.id, head.id}


def test_a_generalisation_and_what_stands_alone_is_background() -> None:
    doc = report("g", "Trend\nThey are all smugglers.\nThe law forbids it.")
    general, law = (
        claim(doc, "They are all smugglers", P.GENERALISATION),
        claim(doc, "The law forbids it", P.LAW_STATES),
    )
    found = events(read(doc, general, law))
    assert (found.events, set(found.background)) == ((), {general.id, law.id})


@pytest.mark.parametrize(
    ("first", "second", "expected"), [("2025-04-17", "2025-04-17", 1), ("2025-04-17", "2025-09-01", 2)]
)
def test_times_far_apart_are_other_events(first: str, second: str, expected: int) -> None:
    def dated(reading: ReadReport, on: str) -> ReadReport:
        claims: Sequence = [replace(c, time=day(on)) for c in reading.claims]
        return ReadReport(reading.report, tuple(claims))

    assert len(events(dated(vests("a"), first), dated(vests("b"), second)).events) == expected
