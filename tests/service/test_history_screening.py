"""Screening with a history: what came before is seen as it was when the item came, whole or not at all, however often repeated."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from tests.store.history.making import ANNA, NOW, WEIGHTS
from tidewaiter.formats.outcomes import screening_to_json
from tidewaiter.model import Declaration, GoodsLine, Party, Screening
from tidewaiter.packs import PackSet
from tidewaiter.screen.pipeline import Screener
from tidewaiter.service.history import open_writer
from tidewaiter.service.history_screening import HistoryScreening
from tidewaiter.store.history.decisions import Decision, add_decisions
from tidewaiter.store.history.looking import HistoryReader

WEI = Party("Zhao Wei", "ul. Kosygina 12-44", "Moscow", "119334", "RU", "+7 916 555 01 44")
WEI_AGAIN = Party("Wei Zhao", "Ленинский пр. 90", "Москва", "119313", "RU", "8 (916) 555-01-44")
LIN = Party("Lin Tao", "88 Huanshi Road", "Guangzhou", "510000", "CN")
VEST, PLATE, TEA = "разгрузочный жилет 6Ш117 Ратник", "бронепластина 6Б45 Гранит Бр5", "чай чёрный, 200 г"


def item(name: str, day: int, goods: str, sender: Party = WEI, to: Party = LIN) -> Declaration:
    return Declaration(
        name, (GoodsLine(goods),), posted=date(2026, 9, day), consignor=sender, consignee=to, nature="gift"
    )


ITEMS = [
    item("A", 1, VEST),
    item("B", 8, PLATE),
    item("C", 20, TEA, WEI_AGAIN, Party("Kim Min", "5 Nanjing Road", "Shanghai", "200001", "CN")),
    item("D", 21, VEST, Party("Oleg Orlov", "pr. Mira 3", "Moscow", "129090", "RU", "+7 903 111 22 33")),
    item("E", 22, TEA, Party("Oleg Orlov", "pr. Mira 3", "Moscow", "129090", "RU", "+7 903 111 22 33"), ANNA),
]


@pytest.fixture
def screener(shipped_packs: PackSet, shipped_screener: Screener) -> Screener:
    return shipped_screener


def run(path: Path, screener: Screener, batches: Sequence[Sequence[Declaration]]) -> dict[str, Screening]:
    """Screen batches with a history, as a process of its own would."""
    writer = open_writer(path, WEIGHTS, NOW)
    screen = HistoryScreening(screener, writer, HistoryReader(writer.connection, WEIGHTS))
    found = {s.id: s for batch in batches for s in screen(batch)}
    writer.connection.close()
    return found


def codes(screening: Screening) -> list[str]:
    return [f.code for f in screening.findings if f.code.startswith("history.")]


def plain(screenings: dict[str, Screening]) -> dict[str, bytes]:
    return {name: screening_to_json(s) for name, s in screenings.items()}


def test_earlier_items_of_one_person_are_found_whatever_the_spelling(tmp_path: Path, screener: Screener) -> None:
    found = run(tmp_path / "h.db", screener, [ITEMS])
    assert codes(found["A"]) == []
    (prior,) = [f for f in found["C"].findings if f.code == "history.prior-items"]
    assert {e.path for e in prior.evidence} == {"history:A", "history:B"}
    assert prior.score == sum(c.points for c in prior.contributions)
    assert "consignor=consignor" in prior.evidence[0].note
    assert "phone" in prior.evidence[0].source


def test_a_shared_phone_ties_items_under_other_names(tmp_path: Path, screener: Screener) -> None:
    other = replace(WEI_AGAIN, name="Чжао Вэй")
    found = run(tmp_path / "h.db", screener, [[item("A", 1, VEST), item("C", 20, TEA, other, ANNA)]])
    (prior,) = [f for f in found["C"].findings if f.code == "history.prior-items"]
    assert "by phone" in prior.evidence[0].note


def test_the_size_of_a_batch_changes_nothing(tmp_path: Path, screener: Screener) -> None:
    together = run(tmp_path / "one.db", screener, [ITEMS])
    apart = run(tmp_path / "two.db", screener, [[i] for i in ITEMS])
    assert plain(together) == plain(apart)


def test_a_repeated_run_finds_what_it_found_and_not_what_came_since(tmp_path: Path, screener: Screener) -> None:
    path = tmp_path / "h.db"
    first = run(path, screener, [ITEMS[:3]])
    run(path, screener, [[item("Z", 2, VEST, WEI_AGAIN)]])  # posted earlier, recorded later
    again = run(path, screener, [ITEMS])
    assert {name: plain(again)[name] for name in first} == plain(first)
    assert codes(run(path, screener, [[item("Y", 25, TEA)]])["Y"]) == ["history.prior-items"]


def test_an_item_does_not_see_what_was_posted_after_it(tmp_path: Path, screener: Screener) -> None:
    path = tmp_path / "h.db"
    run(path, screener, [[item("late", 20, VEST)]])
    assert codes(run(path, screener, [[item("early", 2, VEST)]])["early"]) == []


def test_items_of_a_batch_see_each_other_in_order_of_posting(tmp_path: Path, screener: Screener) -> None:
    found = run(tmp_path / "h.db", screener, [[item("second", 2, VEST), item("first", 1, VEST)]])
    assert codes(found["first"]) == []
    assert codes(found["second"]) == ["history.prior-items"]


def test_a_newer_version_of_a_message_is_not_its_own_history(tmp_path: Path, screener: Screener) -> None:
    path = tmp_path / "h.db"
    first = replace(item("A", 1, VEST), message_id="M", message_version="1")
    found = run(path, screener, [[first], [replace(first, message_version="2", lines=(GoodsLine(TEA),))]])
    assert codes(found["A"]) == []


def test_a_held_item_makes_the_next_one_worth_a_look_and_a_released_one_does_not(
    tmp_path: Path, screener: Screener
) -> None:
    outcomes = {}
    for decision in ("hold", "release"):
        path = tmp_path / f"{decision}.db"
        run(path, screener, [[item("A", 1, VEST)]])
        writer = open_writer(path, WEIGHTS, NOW)
        made = Decision("A", decision, datetime(2026, 9, 2, tzinfo=UTC), "officer 7", "looked inside", False)
        add_decisions(writer.connection, [made], NOW)
        writer.connection.close()
        outcomes[decision] = run(path, screener, [[item("B", 5, TEA)]])["B"].outcome
    assert outcomes == {"hold": "review", "release": "no-finding"}


def test_earlier_items_never_hold(tmp_path: Path, screener: Screener) -> None:
    many = [item(f"V{n}", 1 + n, VEST) for n in range(12)]
    found = run(tmp_path / "h.db", screener, [[*many, item("last", 25, TEA)]])
    assert found["last"].outcome in ("no-finding", "review")
    assert all(f.severity != "hold" for s in found.values() for f in s.findings if f.code.startswith("history."))


def test_other_senders_of_the_same_unusual_goods_to_the_same_place_are_told(tmp_path: Path, screener: Screener) -> None:
    senders = [
        Party(f"{name} Orlov", f"pr. Mira {n}", "Moscow", "129090", "RU", f"+7 903 111 22 3{n}")
        for n, name in enumerate(("Oleg", "Pavel", "Roman"))
    ]
    receivers = [
        Party(f"{name} Tao", f"{n} Huanshi Road", "Guangzhou", "510000", "CN")
        for n, name in enumerate(("Lin", "Mo", "Wu"))
    ]
    batch = [item(f"S{n}", 1 + n, VEST, senders[n], receivers[n]) for n in range(3)]
    found = run(tmp_path / "h.db", screener, [batch])
    assert codes(found["S1"]) == ["history.same-goods-same-place"]
    (told,) = [f for f in found["S2"].findings if f.code == "history.same-goods-same-place"]
    assert {e.value for e in told.evidence} == {"S0", "S1"}


def test_parts_of_one_whole_over_several_items_are_a_kit(tmp_path: Path, screener: Screener) -> None:
    parts = [
        "F405 flight controller FPV",
        "4in1 ESC 45A electronic speed controller",
        "FPV motor 2207",
    ]
    found = run(tmp_path / "h.db", screener, [[item(f"K{n}", 1 + n, goods) for n, goods in enumerate(parts)]])
    assert "history.kit" in codes(found["K2"])
    (kit,) = [f for f in found["K2"].findings if f.code == "history.kit"]
    assert dict(kit.details).keys() == {"flight controller", "speed controller", "motor"}


def test_the_record_says_which_history_was_searched_and_what_could_not_be(
    tmp_path: Path, shipped_packs: PackSet, screener: Screener
) -> None:
    bare = item("X", 3, TEA, Party("John Smith", country="RU"), Party())
    found = run(tmp_path / "h.db", screener, [[bare]])["X"]
    reasons = {(n.name, n.reason) for n in found.coverage.not_checked if n.what == "history"}
    assert ("consignor", "too little is declared to tell who it is") in reasons
    assert ("consignee", "no name is declared") in reasons


def test_a_run_that_fails_in_the_middle_of_a_batch_keeps_nothing_of_it(
    tmp_path: Path, screener: Screener, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "h.db"
    writer = open_writer(path, WEIGHTS, NOW)
    reader = HistoryReader(writer.connection, WEIGHTS)
    screen = HistoryScreening(screener, writer, reader)
    monkeypatch.setattr(reader, "view", lambda number: 1 // 0)
    with pytest.raises(ZeroDivisionError):
        screen(ITEMS)
    assert writer.connection.execute("SELECT count(*) FROM items").fetchone() == (0,)
    monkeypatch.undo()
    assert plain({s.id: s for s in screen(ITEMS)}) == plain(run(tmp_path / "other.db", screener, [ITEMS]))
