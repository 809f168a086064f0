"""What the benchmark measures is the way of a real run, and what it says of it adds up."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from importlib.util import find_spec
from pathlib import Path
from typing import cast

import pytest
from defusedxml.ElementTree import fromstring

from tidewaiter.cli.main import main
from tidewaiter.model import Declaration, GoodsLine, InputError, ListedName, ListedParty, Party, Screening
from tidewaiter.packs import PackSet
from tidewaiter.screen.party import PartyIndex
from tidewaiter.screen.pipeline import Screener
from tidewaiter.service.generate import generate
from tidewaiter.service.matching_measures import Measured, Section
from tidewaiter.service.matching_measures.alter import words_of
from tidewaiter.service.matching_measures.nomenklatura import Nomenklatura
from tidewaiter.service.matching_measures.peer_names import ALTERED, Answers, Query, measure_screening, tell
from tidewaiter.service.screening import read_items
from tidewaiter.service.speed.clock import GOODS, LICENCE, PARTY, STAGES, clocked
from tidewaiter.service.speed.drawing import draw
from tidewaiter.service.speed.files import write_csv, write_json_lines
from tidewaiter.service.speed.inside import time_inside
from tidewaiter.service.speed.slope import Curve, Slope, measure_slope
from tidewaiter.service.speed.whole import REST, time_single, time_stages, time_whole

DAY = date(2026, 11, 24)
MAIL = list(generate(400))
ARMOUR = replace(MAIL[0], lines=(GoodsLine("ballistic plate NIJ IV"),), consignor=Party("Nobody", country="DE"))
ARMOUR = replace(ARMOUR, consignee=Party("Nobody Else", country="CN"))


def screener(packs: PackSet, remember: int) -> Screener:
    """Return a screener with a few listed names of the mail itself."""
    listed = [
        ListedParty("invented", str(number), "Person", (ListedName(item.consignee.name),))
        for number, item in enumerate(MAIL[:20])
    ]
    return Screener(packs, PartyIndex.build(listed, cache_size=remember), (), DAY, remember=remember)


@pytest.fixture
def measured(small_packs: PackSet) -> Screener:
    return screener(small_packs, 1000)


def nobody(done: int, found: int) -> None:
    """Take progress and show nothing."""


def test_written_mail_is_read_back(tmp_path: Path) -> None:
    lines, table = tmp_path / "mail.jsonl", tmp_path / "mail.csv"
    assert write_json_lines(lines, MAIL) == 400
    write_csv(table, MAIL)
    for path in (lines, table):
        read = [item for item in read_items([path]) if isinstance(item, Declaration)]
        assert [item.id for item in read] == [item.id for item in MAIL]
        assert [item.consignee for item in read] == [item.consignee for item in MAIL]
        assert [[(line.description, line.hs, line.value) for line in item.lines] for item in read] == [
            [(line.description, line.hs, line.value) for line in item.lines] for item in MAIL
        ]


def test_the_whole_way_writes_what_screening_gives_and_its_parts_add_up(measured: Screener, tmp_path: Path) -> None:
    source, target = tmp_path / "mail.jsonl", tmp_path / "out.jsonl"
    write_json_lines(source, MAIL)
    whole = time_whole(measured, source, target, nobody)
    rows = [json.loads(line) for line in target.read_bytes().splitlines()]
    assert [row["id"] for row in rows] == [item.id for item in MAIL]
    assert (whole.count, whole.written) == (400, target.stat().st_size)
    assert whole.outcomes.total() == 400
    assert whole.processor == pytest.approx(sum(whole.parts.values()))
    assert all(seconds > 0 for seconds in whole.parts.values())


def test_a_clock_changes_no_answer_and_leaves_no_trace(small_packs: PackSet) -> None:
    plain, timed = screener(small_packs, 1000), screener(small_packs, 1000)
    before = dict(vars(timed))
    with clocked(timed) as clock:
        found: tuple[Screening, ...] = timed.screen_batch(MAIL)
    assert found == plain.screen_batch(MAIL)
    assert vars(timed).keys() == before.keys()
    assert timed.parties is before["parties"]
    assert PartyIndex.prepare.__qualname__ == "PartyIndex.prepare"
    assert clock.asked[GOODS] >= sum(len(item.lines) for item in MAIL)
    # A batch asks for each different party once, so that a party twice in a batch is asked once.
    assert clock.asked[PARTY] == len({party for item in MAIL for party in (item.consignor, item.consignee)})


def test_stages_share_the_whole_and_what_is_remembered_is_counted(measured: Screener, small_packs: PackSet) -> None:
    stages = time_stages(measured, [ARMOUR, *MAIL])
    assert set(stages.shares) == {*STAGES, REST}
    assert sum(stages.shares.values()) == pytest.approx(1)
    assert min(stages.shares[GOODS], stages.shares[PARTY], stages.shares[LICENCE], stages.shares[REST]) > 0
    assert 0 < stages.remembered[PARTY] < 1
    assert 0 < stages.remembered[GOODS] < 1
    again = time_stages(measured, [ARMOUR, *MAIL])
    # How much of it is kept once a memory is full is the memory's business.
    assert min(again.remembered[PARTY], again.remembered[GOODS]) > 0.8
    without = time_stages(screener(small_packs, 0), MAIL)
    assert without.remembered[PARTY] == without.remembered[GOODS] == 0


def test_single_declarations_and_steps_are_timed(measured: Screener) -> None:
    single = time_single(measured, MAIL[:100])
    assert single.count == 95
    assert 0 < single.processor["p50"] <= single.processor["p95"] <= single.processor["p99"]
    steps = time_inside(measured, generate(150, 7))
    assert list(steps) == [
        "goods line: normalise and recall",
        "goods line: concepts and parameters",
        "name: normalise",
        "name: recall",
        "name: score",
    ]


def test_curves_are_drawn_as_a_panel_each() -> None:
    first, second = Curve("lists", "names", note="of <their> words"), Curve("batch", "declarations")
    for size in (10, 1000, 100_000):
        first.add(size, {"µs a name": size**0.5, "µs to index": 40})
        second.add(size, {"µs": 0.0})
    root = fromstring(draw([first, second]))
    lines = root.findall(".//{*}polyline")
    assert len(lines) == 3
    across = [float(point.split(",")[0]) for point in lines[0].attrib["points"].split()]
    up = [float(point.split(",")[1]) for point in lines[0].attrib["points"].split()]
    assert across == [0, 210, 420]
    assert up == sorted(up, reverse=True)
    assert len(root.findall(".//{*}circle")) == 9


def test_the_slope_over_concepts_has_a_cost_for_each_size() -> None:
    curve = measure_slope(Slope("concepts", (20, 60), None, DAY), lambda text: None)
    costs = curve.series["µs to read a goods line"]
    assert [size for size, _ in costs] == sorted({size for size, _ in costs})
    assert all(cost > 0 for _, cost in costs)


def test_the_slope_over_lists_invents_names_beside_those_given(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    names = sorted({party.name for item in MAIL for party in (item.consignor, item.consignee)})
    source = tmp_path / "mine.csv"
    source.write_text("name\n" + "\n".join(f'"{name}"' for name in names), encoding="utf-8")
    lists, drawing = str(tmp_path / "lists"), tmp_path / "slope.svg"
    assert (
        main(["lists", "import", str(source), "--code", "mine", "--dated", "2026-11-01", "--lists", lists, "-q"]) == 0
    )
    capsys.readouterr()
    given = ["bench", "slope", "--over", "lists", "--sizes", "100,900", "--lists", lists, "-o", str(drawing)]
    assert main([*given, "--json", "--quiet"]) == 0
    told = json.loads(capsys.readouterr().out)["lists"]["series"]["µs to match a name"]
    assert 90 <= told[0][0] <= 110
    assert told[1][0] > len(names)
    assert drawing.read_text(encoding="utf-8").startswith("<svg")
    with pytest.raises(InputError, match="needs --lists"):
        measure_slope(Slope("lists", (10,), None, DAY), lambda text: None)


@pytest.mark.parametrize(
    ("given", "message"),
    [
        (["--over", "letters"], "expected one of lists, concepts, history, batch"),
        (["--sizes", "10"], "belongs to one --over"),
        (["--over", "batch", "--sizes", "ten"], "read 'ten', expected whole numbers"),
    ],
)
def test_a_slope_that_cannot_be_measured_is_refused(
    given: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["bench", "slope", *given]) == 2
    assert message in capsys.readouterr().err


def test_the_bench_prints_stages_latency_memory_and_start(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["bench", "--count", "120", "--json", "--quiet"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["declarations"] == sum(told["outcomes"].values()) == 120
    assert sum(told["microseconds_by_stage"].values()) == pytest.approx(told["microseconds"], rel=0.02)
    assert list(told["single_declaration_ms"]) == ["p50", "p95", "p99"]
    assert set(told["answered_from_memory"]) <= {"party names", "goods wordings", "licence answers"}
    for name in (
        "declarations_per_second",
        "declarations_per_second_without_memory",
        "process_start_seconds",
        "process_peak_memory_mb",
        "microseconds_parse_csv",
    ):
        assert told[name] > 0
    assert main(["bench", "--count", "50", "--no-cache", "--no-process", "--quiet"]) == 0
    said = capsys.readouterr().out
    assert "Microseconds of a declaration by stage" in said
    assert "nothing from memory" in said


def test_the_peer_that_is_not_installed_is_asked_for(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    if find_spec("nomenklatura") is not None:
        pytest.skip("the peer is installed")
    with pytest.raises(InputError, match=r"pip install -e '.\[peer\]'"):
        measure_screening(Measured(tmp_path, lambda text: None))
    assert main(["bench", "peer", "--help"]) == 0
    assert "nomenklatura" in capsys.readouterr().out


class ExactPeer:
    """A peer that knows names only by their very words."""

    def listed(self, party: ListedParty) -> set[str]:
        return {name.text for name in party.names}

    def entity(self, schema: str, names: Sequence[str]) -> str:
        return names[0]

    def score(self, query: str, listed: set[str]) -> float:
        return float(query in listed)


def test_ours_and_the_peer_answer_the_same_names_against_the_same_lists() -> None:
    names = ("Orsolya Nagyszalontai", "Bertalan Kiskunhalas", "Gedeon Mezokovesd")
    listed = [ListedParty("invented", str(n), "Person", (ListedName(name),)) for n, name in enumerate(names)]
    queries = [Query(ALTERED, names[0], words_of(names[0])), Query(ALTERED, "Bertalan Kiskunhals", words_of(names[1]))]
    answers = Answers([*queries, Query("us", "James Smith")])
    answers.ask_ours(PartyIndex.build(listed, cache_size=0))
    answers.ask_peer(cast(Nomenklatura, ExactPeer()), "Person", listed)
    section = Section("peer")
    tell("persons", answers, section)
    rows = {row[0]: row[1:3] for row in section.tables[0].rows}
    assert rows["ours, shipped levels"] == (1.0, 0.0)
    assert rows["nomenklatura logic-v2 0.7"] == (0.5, 0.0)
    assert [figure.asked for figure in section.figures] == [50, None, 0.0]
    assert section.figures[2].value == 0.5
