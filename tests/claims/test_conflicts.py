"""Claims that exclude each other are linked with the slot named, both stay, and what is only coarser makes no conflict."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from tests.claims.making import DAY, KINDS, claim, day, goods, outlet, person, pieces, read, report
from tests.conftest import ROOT
from tidewaiter.claims.conflicts import Known, propose_links
from tidewaiter.claims.events import Event, propose_events
from tidewaiter.claims.reading import ReadReport
from tidewaiter.claims.sameness import Kinds
from tidewaiter.claims.upstreams import OriginFinder
from tidewaiter.model.claims import Claim, ClaimLink, LegalStatus, Place, Predicate, Quantity, Speaker, Stamp
from tidewaiter.packs.report_ledger import read_ledger_rules

P = Predicate
RULES = read_ledger_rules(ROOT / "packs")


def links(*readings: ReadReport, kinds: Kinds = KINDS, together: bool = True) -> list[ClaimLink]:
    """The links of documents that stand in one event by an analyst's word, or by proposal."""
    claims = {c.id: c for r in readings for c in r.claims}
    finder = OriginFinder([r.report for r in readings], claims.values(), RULES.origins)
    known = Known({r.report.id: r.report for r in readings}, claims, kinds, finder, RULES)
    events = (Event("E", tuple(claims), tuple(r.report.id for r in readings)),)
    if not together:
        events = propose_events(readings, kinds, RULES.another_case, finder).events
    return list(propose_links(events, known))


def conflicts(*readings: ReadReport, **more) -> list[str]:
    return [link.slot for link in links(*readings, **more) if link.kind == "conflicts-with"]


def one(
    name: str, text: str, predicate: P, quote: str = "", published: date = DAY, publisher: str = "", **more
) -> ReadReport:
    doc = report(name, f"Head {name}\n{text}", publisher or f"Outlet {name}", published)
    more = {slot: value(doc) if callable(value) else value for slot, value in more.items()}
    return read(doc, claim(doc, quote or text, predicate, **more))


def thing(words: str, *kinds: str, **more):
    return lambda doc: (goods(doc, words, *kinds, **more),)


MAY = Stamp(date(2025, 5, 1), date(2025, 5, 31), "month", "May")
SPRING = Stamp(date(2025, 3, 1), date(2025, 5, 31), "season", "spring 2025")
MOSCOW = Place("Moscow", 0, 6, "Moscow", "RU", "city", 55.75, 37.62)
MOSKVA = Place("Москва", 0, 6, "Москва", "RU", "city", 55.75, 37.61)
RUSSIA = Place("Russia", 0, 6, "Russia", "RU", "country")
KAZAN = Place("Kazan", 0, 5, "Kazan", "RU", "city", 55.79, 49.12)
AIRPORT = Place("Sheremetyevo", 0, 12, "Sheremetyevo", "RU", "site", 55.97, 37.41)


@pytest.mark.parametrize(
    ("slot", "left", "right", "expected"),
    [
        ("time", day("2025-04-17"), day("2025-04-18"), ["date"]),
        ("time", day("2025-04-17"), MAY, ["date"]),
        ("time", day("2025-04-17"), SPRING, []),
        ("time", MAY, SPRING, []),
        ("time", day("2025-04-17"), Stamp(), []),
        ("place", MOSCOW, KAZAN, ["place"]),
        ("place", MOSCOW, MOSKVA, []),
        ("place", MOSCOW, RUSSIA, []),
        ("place", MOSCOW, AIRPORT, []),
        ("place", MOSCOW, Place("Berlin", 0, 6, "Berlin", "DE", "city"), ["place"]),
        ("quantity", pieces(30), pieces(32), ["quantity"]),
        ("quantity", pieces(30, about=True), pieces(32), []),
        ("quantity", pieces(30, upper=Decimal(40)), pieces(32), []),
        ("quantity", pieces(30), Quantity(Decimal(30), "kg"), []),
        ("value", Quantity(Decimal(5_000_000), "RUB"), Quantity(Decimal(4_850_000), "RUB"), []),
        ("value", Quantity(Decimal(5_000_000), "RUB"), Quantity(Decimal(500_000), "RUB"), ["value"]),
        ("value", Quantity(Decimal(5_000_000), "RUB"), Quantity(Decimal(60_000), "USD"), []),
    ],
)  # fmt: skip
def test_slots_that_exclude_each_other_and_slots_that_are_only_coarser(slot, left, right, expected) -> None:
    a = one("a", "Vests were seized.", P.SEIZED, goods=thing("Vests", "load-bearing-vest"), **{slot: left})
    b = one("b", "The vests were seized.", P.SEIZED, goods=thing("vests", "load-bearing-vest"), **{slot: right})
    assert conflicts(a, b) == expected
    assert links(b, a) == links(a, b)


def test_two_ages_for_one_person_are_linked_and_a_birthday_between_texts_is_no_conflict() -> None:
    def aged(name: str, age: int, published: date = DAY) -> ReadReport:
        return one(name, f"A student, {age}, was detained.", P.DETAINED, published=published,
                   subject=lambda doc: person(doc, f"A student, {age}", head="student", age=age))  # fmt: skip

    assert conflicts(aged("a", 27), aged("b", 25)) == ["age"]
    assert conflicts(aged("a", 27), aged("b", 27)) == []
    assert conflicts(aged("a", 27), aged("b", 28, date(2025, 9, 1))) == []
    born = one("c", "A student was detained.", P.DETAINED, subject=lambda d: person(d, "A student", birth_year=1990))
    assert conflicts(aged("a", 27), born) == ["age"]


def test_a_model_called_a_vest_here_and_a_helmet_there() -> None:
    a = one("a", "A 6B47 vest was seized.", P.SEIZED, goods=thing("6B47 vest", "load-bearing-vest", designator="6B47"))
    b = one("b", "Шлем 6Б47 изъят.", P.SEIZED, goods=thing("Шлем 6Б47", "helmet", designator="6Б47"))
    narrower = one("c", "A 6B47 plate carrier was seized.", P.SEIZED, goods=thing("6B47 plate carrier", "plate-carrier", designator="6B47"))  # fmt: skip
    assert conflicts(a, b) == ["goods"]
    assert conflicts(a, narrower) == []
    words = {"vest": ("load-bearing-vest",), "Шлем": ("helmet",)}
    known = Kinds(KINDS.broader, lambda text: words.get(text.replace("  ", " "), ()))
    both = one(
        "d",
        "A 6B47 vest was seized.",
        P.SEIZED,
        goods=thing("6B47 vest", "helmet", "load-bearing-vest", designator="6B47"),
    )
    assert conflicts(both, b, kinds=known) == ["goods"]


def test_the_name_of_a_kit_is_no_model() -> None:
    a = one(
        "a", "A Ratnik vest was seized.", P.SEIZED, goods=thing("Ratnik vest", "load-bearing-vest", designator="Ratnik")
    )
    b = one("b", "A Ratnik helmet was seized.", P.SEIZED, goods=thing("Ratnik helmet", "helmet", designator="Ratnik"))
    assert conflicts(a, b) == []


def test_seized_here_and_not_seized_there() -> None:
    a = one("a", "The vests were seized.", P.SEIZED, goods=thing("vests", "load-bearing-vest"))
    b = one("b", "The vests were not seized.", P.SEIZED, goods=thing("vests", "load-bearing-vest"), polarity="negated")
    other = one("c", "No helmet was found.", P.SEIZED, goods=thing("helmet", "helmet"), polarity="negated")
    maybe = one("d", "The vests may not be seized.", P.SEIZED, goods=thing("vests", "load-bearing-vest"), polarity="negated", modality="hypothetical")  # fmt: skip
    assert conflicts(a, b) == ["polarity"]
    assert conflicts(a, other) == []
    assert conflicts(a, maybe) == []


def counted(name: str, quote: str, total: int | None, *parts: tuple[str, str, int]) -> ReadReport:
    return one(name, quote, P.SEIZED, quantity=pieces(total) if total else None,
               goods=lambda doc: tuple(goods(doc, words, kind, quantity=pieces(n)) for words, kind, n in parts))  # fmt: skip


def test_a_total_is_checked_against_its_parts_and_never_added_to_them() -> None:
    right = counted(
        "a",
        "60 sights: 40 thermal, 20 holographic, seized",
        60,
        ("40 thermal", "sight", 40),
        ("20 holographic", "sight", 20),
    )
    wrong = counted(
        "b",
        "60 sights: 40 thermal, 25 holographic, seized",
        60,
        ("40 thermal", "sight", 40),
        ("25 holographic", "sight", 25),
    )
    some = counted(
        "c",
        "60 sights, including 40 thermal, 10 holographic, seized",
        60,
        ("40 thermal", "sight", 40),
        ("10 holographic", "sight", 10),
    )
    assert conflicts(right) == []
    assert conflicts(wrong) == ["quantity"]
    assert conflicts(some) == []
    whole = counted("d", "5 things seized", None, ("5 things", "tactical-gear", 5))
    parts = counted(
        "e",
        "2 vests and 3 carriers seized",
        None,
        ("2 vests", "load-bearing-vest", 2),
        ("3 carriers", "plate-carrier", 3),
    )
    assert conflicts(whole, parts) == []


def test_headline_against_body() -> None:
    doc = report(
        "a", "TASS: rifles seized, smuggler convicted\nOfficers seized scopes, Izvestia wrote.\nHe was charged."
    )
    head = claim(
        doc,
        "rifles seized",
        P.SEIZED,
        goods=(goods(doc, "rifles", "rifle"),),
        chain=(outlet("TASS", "tass"),),
        upstream="tass",
    )
    guilty = claim(doc, "smuggler convicted", P.CONVICTED)
    body = claim(doc, "seized scopes", P.SEIZED, goods=(goods(doc, "scopes", "scope"),), chain=(outlet("Izvestia", "izvestia"),), upstream="izvestia")  # fmt: skip
    charged = claim(doc, "He was charged", P.CHARGED)
    assert sorted(conflicts(read(doc, head, guilty, body, charged))) == ["goods", "outlet", "status"]


def status(name: str, words: str, predicate: P, on: str = "", published: date = DAY, **more) -> ReadReport:
    return one(name, f"Ivan Petrov was {words}.", predicate, published=published, time=day(on) if on else Stamp(),
               subject=lambda doc: person(doc, "Ivan Petrov", name="Ivan Petrov"), **more)  # fmt: skip


def test_status_along_the_lattice_supersedes_and_outside_it_is_reported() -> None:
    held = status("a", "detained", P.DETAINED, "2025-04-01")
    charged = status("b", "charged", P.CHARGED, "2025-05-01", date(2025, 5, 2))
    guilty = status("c", "convicted", P.CONVICTED, "2025-06-01", date(2025, 6, 2))
    found = links(held, charged, guilty)
    assert [(k.kind, k.left[0], k.right[0]) for k in found if k.kind == "supersedes"] == [
        ("supersedes", "b", "a"), ("supersedes", "c", "b"),
    ]  # fmt: skip
    assert conflicts(held, charged, guilty) == []
    cleared = status("d", "acquitted", P.ACQUITTED, "2025-06-01", date(2025, 6, 2))
    assert conflicts(guilty, cleared) == ["status"]
    again = status("e", "charged", P.CHARGED, "2025-07-01", date(2025, 7, 2))
    assert conflicts(cleared, again) == ["status"]
    assert conflicts(guilty, status("f", "detained", P.DETAINED, "", date(2025, 7, 1))) == []  # retold, not a move


def test_a_later_text_that_corrects_is_linked_and_both_claims_stay_in_conflict() -> None:
    a = one(
        "a", "Five vests were seized.", P.SEIZED, goods=thing("Five vests", "load-bearing-vest", quantity=pieces(5))
    )
    b = one("b", "Correction: three vests were seized, not five.", P.SEIZED, "three vests were seized", date(2025, 4, 19),
            goods=thing("three vests", "load-bearing-vest", quantity=pieces(3)))  # fmt: skip
    found = links(a, b)
    assert [(k.kind, k.left[0], k.right[0], k.slot) for k in found] == [
        ("conflicts-with", "a", "b", "quantity"),
        ("corrects", "b", "a", "quantity"),
    ]


def test_a_correction_that_repeats_the_wrong_number_is_still_seen() -> None:
    a = one(
        "a", "Five vests were seized.", P.SEIZED, goods=thing("Five vests", "load-bearing-vest", quantity=pieces(5))
    )
    doc = report(
        "b",
        "Correction\nWe wrote that five vests were seized. In fact three vests were seized.",
        "Post",
        date(2025, 4, 19),
    )
    five, three = (
        goods(doc, w, "load-bearing-vest", quantity=pieces(n)) for w, n in (("five vests", 5), ("three vests", 3))
    )
    b = read(
        doc,
        claim(doc, "five vests were seized", P.SEIZED, goods=(five,)),
        claim(doc, "three vests were seized", P.SEIZED, goods=(three,)),
    )
    assert [(k.kind, k.slot) for k in links(a, b) if k.kind != "same-as"] == [
        ("conflicts-with", "quantity"),
        ("corrects", "quantity"),
    ]


def test_two_speakers_of_one_text_that_give_other_numbers() -> None:
    def said(second: Speaker, key: str) -> ReadReport:
        doc = report("a", "Head\nThe FSB says six engines were sent. The lawyer says three engines were sent.")
        six, three = (goods(doc, w, quantity=pieces(n)) for w, n in (("six engines", 6), ("three engines", 3)))
        fsb = Speaker("official", "The FSB", "FSB", "fsb")
        return read(
            doc,
            claim(doc, "six engines were sent", P.POSTED, goods=(six,), chain=(fsb,), upstream="fsb"),
            claim(doc, "three engines were sent", P.POSTED, goods=(three,), chain=(second,), upstream=key),
        )

    assert conflicts(said(Speaker("named-person", "The lawyer"), "")) == ["quantity"]
    assert conflicts(said(Speaker("official", "The FSB", "FSB", "fsb"), "fsb")) == []


def test_the_same_outlet_that_says_otherwise_later_corrects_itself() -> None:
    a = one(
        "a",
        "Five vests were seized.",
        P.SEIZED,
        publisher="Post",
        goods=thing("Five vests", "load-bearing-vest", quantity=pieces(5)),
    )
    b = one("b", "Three vests were seized.", P.SEIZED, "", date(2025, 4, 19), "Post", goods=thing("Three vests", "load-bearing-vest", quantity=pieces(3)))  # fmt: skip
    assert [k.kind for k in links(a, b)] == ["conflicts-with", "corrects"]


def test_claims_that_say_the_same_are_proposed_as_such() -> None:
    a = one("a", "Vests were seized.", P.SEIZED, goods=thing("Vests", "load-bearing-vest"), place=MOSCOW)
    b = one("b", "The vests were seized.", P.SEIZED, goods=thing("vests", "load-bearing-vest"), place=MOSKVA)
    assert [(k.kind, k.left[0], k.right[0]) for k in links(a, b)] == [("same-as", "b", "a")]


def test_order_of_reading_makes_no_difference() -> None:
    readings = [
        one(
            n,
            f"{n} vests were seized.",
            P.SEIZED,
            goods=thing("vests", "load-bearing-vest", quantity=pieces(2 + i)),
            time=day(f"2025-04-1{i}"),
        )
        for i, n in enumerate("abcdef")
    ]
    wanted = links(*readings)
    assert len([k for k in wanted if k.kind == "conflicts-with"]) == 2 * 15
    for seed in range(5):
        random.Random(seed).shuffle(readings)
        assert links(*readings) == wanted


def test_reading_changes_no_claim() -> None:
    a = one(
        "a", "Five vests were seized.", P.SEIZED, goods=thing("Five vests", "load-bearing-vest", quantity=pieces(5))
    )
    b = one("b", "Six vests were seized.", P.SEIZED, goods=thing("Six vests", "load-bearing-vest", quantity=pieces(6)))
    kept: list[Claim] = [replace(c) for r in (a, b) for c in r.claims]
    (link,) = [k for k in links(a, b) if k.kind == "conflicts-with"]
    assert link.because == "5 piece here, 6 piece there"
    assert [c for r in (a, b) for c in r.claims] == kept


def test_an_asserted_status_needs_affirmation() -> None:
    guilty = status("a", "convicted", P.CONVICTED, status=LegalStatus.CONVICTED)
    not_so = status("b", "not acquitted", P.ACQUITTED, polarity="negated")
    assert "status" not in conflicts(guilty, not_so)
