"""The measurement itself: its figures against known values, its generated names, and what the command prints and writes."""

from __future__ import annotations

import json
import random
from pathlib import Path

import numpy as np
import pytest

from tidewaiter.cli.main import main
from tidewaiter.model import InputError, ListedName, ListedParty
from tidewaiter.screen.party import PartyIndex
from tidewaiter.service.matching_measures import Figure, Section, open_data
from tidewaiter.service.matching_measures.alter import (
    COMPANY_KINDS,
    PERSON_KINDS,
    altered,
    one_typo,
    swapped,
    without_form,
    words_of,
)
from tidewaiter.service.matching_measures.blocking import proposes
from tidewaiter.service.matching_measures.chance import Curve, bootstrap, counts, wilson
from tidewaiter.service.matching_measures.cultures import people, people_in_scripts
from tidewaiter.service.matching_measures.firms import ordinary_firms
from tidewaiter.service.matching_measures.pairs import calibration, score_pairs
from tidewaiter.service.matching_measures.screening import finds, raises
from tidewaiter.service.matching_measures.sources import PairRow
from tidewaiter.service.matching_measures.speed import recombined, time_single

PERSONS = [
    ListedParty("test", str(number), "Person", (ListedName(name),))
    for number, name in enumerate(["PLIMTESK, Zorvan Hadrikovich", "QUILLSTONE, Marabeth Jennaway", "BRANDELIK, Orest Toll"])
]  # fmt: skip
FIRMS = [
    ListedParty("test", "f1", "Organization", (ListedName("Orlan Meridian International Trading Company Limited"),)),
    ListedParty("test", "f2", "Organization", (ListedName("Quillfeather Gyrostat Technology LLC"),)),
]


def test_precision_recall_and_f1_are_as_defined() -> None:
    labels = np.array([True, True, True, False, False])
    at = counts(np.array([True, True, False, True, False]), labels)
    assert (at.true_positive, at.false_positive, at.false_negative) == (2, 1, 1)
    assert at.precision == at.recall == at.f1 == pytest.approx(2 / 3)
    assert counts(np.zeros(5, dtype=bool), labels).precision == 1.0


def test_the_curve_takes_rows_of_one_score_together() -> None:
    scores, labels = np.array([0.9, 0.8, 0.8, 0.7]), np.array([True, True, False, True])
    curve = Curve.of(scores, labels)
    assert curve.thresholds.tolist() == [0.9, 0.8, 0.7]
    assert curve.recall_at(0.95) == pytest.approx(1 / 3)
    assert curve.recall_at(0.7) == 1.0
    assert curve.best() == (0.7, pytest.approx(2 * 0.75 / 1.75))
    assert Curve.of(np.zeros(0), np.zeros(0, dtype=bool)).recall_at(0.5) == 0.0


@pytest.mark.parametrize(
    ("hits", "rows", "low", "high"), [(0, 10, 0.0, 0.2775), (10, 5000, 0.00109, 0.00368), (5, 10, 0.2366, 0.7634)]
)
def test_the_interval_of_a_share_is_wilsons(hits: int, rows: int, low: float, high: float) -> None:
    assert wilson(hits, rows) == (pytest.approx(low, abs=1e-3), pytest.approx(high, abs=1e-3))


def test_rows_of_one_group_are_drawn_together() -> None:
    groups = ["a", "a", "b", "b"]
    seen: set[tuple[int, ...]] = set()

    def remember(places: np.ndarray) -> float:  # type: ignore[type-arg]
        seen.add(tuple(sorted(places.tolist())))
        return 0.5

    assert bootstrap(groups, remember, draws=50) == (0.5, 0.5)
    assert seen <= {(0, 0, 1, 1), (0, 1, 2, 3), (2, 2, 3, 3)}
    assert len(seen) > 1


def test_a_figure_is_reached_on_its_side() -> None:
    assert Figure("recall", 0.9, 0.9).passed
    assert Figure("rate", 0.003, 0.002, at_most=True).passed is False
    assert Figure("printed only", 1.0).passed is None
    assert not Section("s", figures=[Figure("x", 0.0, 1.0)]).is_reached


def test_pairs_are_scored_as_the_command_does_and_calibrated() -> None:
    rows = [
        PairRow("t", "Person", "Zorvan Plimtesk", "PLIMTESK, Zorvan", True, "LATIN", "", ""),
        PairRow("t", "Person", "Zorvan Plimtesk", "QUILLSTONE, Marabeth", False, "LATIN", "", ""),
    ]
    scored = score_pairs(rows)
    assert scored.scores[0] > 800 > 200 > scored.scores[1]
    bands, error = calibration(scored)
    assert sum(int(band[1]) for band in bands) == 2
    assert 0 <= error < 0.3


@pytest.mark.parametrize("kind", [*PERSON_KINDS])
def test_altered_persons_differ_and_are_the_same_each_run(kind: str) -> None:
    made = list(altered(PERSONS, {kind: PERSON_KINDS[kind]}, a_kind=3))
    assert made == list(altered(PERSONS, {kind: PERSON_KINDS[kind]}, a_kind=3))
    assert made or kind == "cut at 30"
    assert all((row.name != row.original) == (kind != "as listed") for row in made)
    assert {row.original for row in made} <= {party.names[0].text for party in PERSONS}


@pytest.mark.parametrize("kind", [*COMPANY_KINDS])
def test_altered_firms_differ(kind: str) -> None:
    made = list(altered(FIRMS, {kind: COMPANY_KINDS[kind]}, a_kind=2))
    assert made
    assert all((row.name != row.original) == (kind != "as listed") for row in made)


def test_alterations_do_what_their_names_say() -> None:
    chance = random.Random(1)
    assert swapped("PLIMTESK, Zorvan Hadrikovich", chance) == "Zorvan Hadrikovich PLIMTESK"
    assert without_form("Orlan Meridian Trading Company Limited", chance) == "Orlan Meridian Trading"
    assert without_form("Orlan Meridian", chance) == "Orlan Meridian"
    for _ in range(50):
        assert abs(len(one_typo("Zorvan Plimtesk", chance)) - len("Zorvan Plimtesk")) <= 1
    assert words_of("Orlan-Meridian, LLC") == ("llc", "meridian", "orlan")


def test_typos_in_a_short_name_are_counted_apart() -> None:
    short = [ListedParty("test", "1", "Person", (ListedName("LI, Yi"),)), *PERSONS]
    kinds = {row.kind for row in altered(short, {"two typos": PERSON_KINDS["two typos"]})}
    assert kinds == {"two typos", "two typos, short"}
    acronym = [ListedParty("test", "1", "Organization", (ListedName("BTZ Corporation"),))]
    assert {row.kind for row in altered(acronym, COMPANY_KINDS) if "typo" in row.kind} == {
        "one typo, short",
        "two typos, short",
        "form dropped, typo, short",
    }


def test_ordinary_firms_are_many_different_and_of_many_languages() -> None:
    names = ordinary_firms(2400)
    assert len(set(names)) == 2400
    assert names == ordinary_firms(2400)
    assert all("{" not in name and "  " not in name for name in names)
    assert any("ООО" in name for name in names)
    assert any("有限公司" in name for name in names)


def test_people_of_every_culture_and_script_are_drawn_alike() -> None:
    first = dict(people(50))
    assert first == dict(people(50))
    assert all(
        len(set(names)) == 50 and all("~" not in name and "{" not in name for name in names) for names in first.values()
    )
    pytest.importorskip("faker")
    assert all(len(set(names)) == 20 for _, names in people_in_scripts(20))


def test_a_party_is_found_by_its_id_or_by_the_same_words() -> None:
    index = PartyIndex.build([*PERSONS, *FIRMS], cache_size=0)
    words = words_of("PLIMTESK, Zorvan Hadrikovich")
    assert finds(index, "Zorvan Hadrikovich Plimtesk", words)
    assert finds(index, "Zorvan Hadrikovich Plimtesk", (), "0")
    assert not finds(index, "Marabeth Jennaway Quillstone", words, "0")
    assert raises(index, "Maria Sample") is None
    best = raises(index, "Orest Toll Brandelik")
    assert best is not None
    assert best.listed.list_id == "2"
    assert proposes(index, "Zorvan Hadrikovich Plimtesk", "PLIMTESK, Zorvan Hadrikovich")[0]
    assert not proposes(index, "Maria Sample", "PLIMTESK, Zorvan Hadrikovich")[0]


def test_a_large_list_is_put_together_from_listed_words() -> None:
    made = recombined([*PERSONS, *FIRMS], 40)
    known = {word for party in [*PERSONS, *FIRMS] for word in words_of(party.names[0].text)}
    assert len({party.names[0].text for party in made}) == 40
    assert all(set(words_of(party.names[0].text)) <= known for party in made)


def test_every_name_is_timed_but_the_first_that_warm_up() -> None:
    timed = time_single(PartyIndex.build(PERSONS, cache_size=0), [f"Zorvan Plimtesk{number}" for number in range(310)])
    assert len(timed.processor) == len(timed.clock) == 10
    assert min(timed.a_second()) > 0


def test_a_folder_without_labelled_names_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no labelled names"):
        open_data(tmp_path)
    assert main(["party", "evaluate", "--data", str(tmp_path), "--quiet"]) == 2


def test_an_unknown_part_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["party", "evaluate", "--only", "everything"]) == 2
    assert "'everything'" in capsys.readouterr().err


def test_the_command_prints_tables_and_writes_figures(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "labelled-dev" / "party"
    folder.mkdir(parents=True)
    (tmp_path / "party-lists").mkdir()
    header = "set,schema,name1,name2,is_match,script,category,quality,source\n"
    rows = "x,Person,Zorvan Plimtesk,Zorvan Plimtesk,true,LATIN,,STRONG,\nx,Person,Zorvan Plimtesk,Maria Sample,false,LATIN,,,\n"
    (folder / "pairs_x.csv").write_text(header + rows, encoding="utf-8")
    out = tmp_path / "figures.json"
    assert main(["party", "evaluate", "--data", str(tmp_path), "--only", "pairs", "--json", str(out), "--quiet"]) in (
        0,
        1,
    )
    assert "recall at precision .95" in capsys.readouterr().out
    figures = {figure["name"]: figure for figure in json.loads(out.read_text())["pairs"]["figures"]}
    assert figures["F1 from .5"]["value"] == 1.0
    assert figures["F1 from .5"]["passed"] is True
    assert figures["strong cases missed"] == {
        "name": "strong cases missed", "value": 0.0, "low": None, "high": None, "asked": 0, "at_most": True,
        "passed": True, "rows": 1,
    }  # fmt: skip
