"""A ranking learns from what inspections found, from nothing that came afterwards, and from nobody's origin."""

from __future__ import annotations

import csv
import json
import random
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tidewaiter.cli.main import main
from tidewaiter.model import InputError
from tidewaiter.service.ranking import Choices, load_ranking, rank_table, read_item_table, train_ranking
from tidewaiter.service.ranking.additive import fit_additive, from_plain, log_odds, probability, to_plain
from tidewaiter.service.ranking.encode import past_only

ROWS = 6000
FIRST = date(2026, 1, 1)


def invented(path: Path, rows: int = ROWS, seed: int = 5) -> Path:
    """Write inspections in which a few importers, codes and low values are risky, with a column written afterwards."""
    chance = random.Random(seed)
    risky = {f"I{n}": chance.betavariate(0.4, 4) for n in range(400)}
    codes = {f"{n:06d}": chance.betavariate(0.5, 5) for n in chance.sample(range(10000, 980000), 150)}
    with path.open("w", newline="", encoding="utf-8") as handle:
        write = csv.writer(handle)
        write.writerow(
            ["Declaration ID", "Date", "Office ID", "Importer ID", "HS6 Code", "Item Price", "Net Mass", "Nationality",
             "Consignee Name", "Fraud", "Critical Fraud", "Drawn"]
        )  # fmt: skip
        for number in range(rows):
            importer, code = chance.choice(list(risky)), chance.choice(list(codes))
            price, mass = round(chance.lognormvariate(4, 1), 2), round(chance.lognormvariate(1, 0.7), 3)
            office = chance.choice(("10", "20", "30"))
            odds = -3.4 + 5 * risky[importer] + 4 * codes[code] + (1.5 if price / mass < 8 else 0) + (office == "30")
            fraud = chance.random() < 1 / (1 + np.exp(-odds))
            drawn = chance.random() < 0.1
            inspected = drawn or chance.random() < 0.7
            write.writerow(
                [f"D{number}", FIRST + timedelta(days=number * 300 // rows), office, importer, code, price, mass,
                 chance.choice(("A", "B")), f"Person {importer}",
                 ("1" if fraud else "0") if inspected else "", "1" if fraud and inspected and number % 2 else "0",
                 "yes" if drawn else "no"]
            )  # fmt: skip
    return path


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Any], Path]:
    folder = tmp_path_factory.mktemp("ranking")
    source = invented(folder / "past.csv")
    choices = Choices("Fraud", random="Drawn", day="Date", keep=frozenset(("Critical Fraud",)), read_goods=False)
    without = Choices("Fraud", random="Drawn", day="Date", read_goods=False)
    record = train_ranking(read_item_table(source), without, folder / "model.json")
    assert choices.keep
    return folder / "model.json", record, source


def roles(record: dict[str, Any]) -> dict[str, str]:
    return {column["name"]: column["role"] for column in record["columns"]}


def test_it_finds_more_than_chance_on_the_latest_fifth(trained: tuple[Path, dict[str, Any], Path]) -> None:
    figures = trained[1]["figures"]
    latest = figures["latest_fifth"]
    assert latest["area_under_curve"] > 0.68
    share = latest["found"] / latest["inspected"]
    assert latest["first_5_percent"]["precision"] > 2 * share
    assert figures["latest_fifth_random_inspections"]["inspected"] > 50
    assert abs(figures["latest_fifth_second_opinion"]["area_under_curve"] - latest["area_under_curve"]) < 0.1


def test_nobody_is_scored_for_who_they_are(trained: tuple[Path, dict[str, Any], Path]) -> None:
    used = roles(trained[1])
    assert used["Nationality"] == "unused"
    assert used["consignee_name"] in ("key", "unused")
    text = trained[0].read_text(encoding="utf-8")
    assert "Person I" not in text
    assert "nationality" not in json.dumps(trained[1]["features"]).casefold()


def test_a_column_written_afterwards_is_left_out_by_name(trained: tuple[Path, dict[str, Any], Path]) -> None:
    assert roles(trained[1])["Critical Fraud"] == "unused"


def test_a_column_written_afterwards_is_left_out_by_what_it_does(tmp_path: Path) -> None:
    source = invented(tmp_path / "past.csv")
    text = source.read_text(encoding="utf-8").replace("Critical Fraud", "Lane", 1)
    source.write_text(text, encoding="utf-8")
    record = train_ranking(
        read_item_table(source), Choices("Fraud", day="Date", read_goods=False), tmp_path / "model.json"
    )
    assert roles(record)["Lane"] == "unused"
    why = next(column["why"] for column in record["columns"] if column["name"] == "Lane")
    assert "written afterwards" in why
    assert why in (tmp_path / "model.md").read_text(encoding="utf-8")


def test_contributions_sum_to_the_score(trained: tuple[Path, dict[str, Any], Path]) -> None:
    ranked = load_ranking(trained[0])
    rows = list(rank_table(ranked, read_item_table(trained[2])))
    assert len(rows) == ROWS
    for row in rows[:500]:
        total = sum(term["points"] for term in row["contributions"])
        assert total == pytest.approx(row["log_odds"], abs=1e-3)
        assert row["score"] == pytest.approx(float(probability([total])[0]), abs=1e-4)
        assert len(row["contributions"]) <= 14


def test_scoring_one_item_or_many_gives_the_same(trained: tuple[Path, dict[str, Any], Path], tmp_path: Path) -> None:
    ranked = load_ranking(trained[0])
    lines = trained[2].read_text(encoding="utf-8").splitlines()
    (tmp_path / "one.csv").write_text("\n".join([lines[0], lines[37]]) + "\n", encoding="utf-8")
    one = next(rank_table(ranked, read_item_table(tmp_path / "one.csv")))
    many = list(rank_table(ranked, read_item_table(trained[2])))[36]
    assert one == many


def test_no_row_sees_its_own_outcome_nor_a_later_one() -> None:
    chance = np.random.default_rng(1)
    outcomes = chance.integers(0, 2, 400).astype(np.int8)
    values = [str(v) for v in chance.integers(0, 5, 400)]
    days = np.arange(400) // 4
    features, _ = past_only(values, outcomes, days)
    for row in (0, 3, 50, 399):
        changed = outcomes.copy()
        changed[days >= days[row]] = 1 - changed[days >= days[row]]
        again, _ = past_only(values, changed, days)
        assert np.array_equal(features[row], again[row])


def test_noise_gives_no_area_above_chance(tmp_path: Path) -> None:
    chance = random.Random(9)
    with (tmp_path / "noise.csv").open("w", encoding="utf-8") as handle:
        handle.write("id,posted,key,outcome\n")
        for number in range(4000):
            handle.write(
                f"N{number},{FIRST + timedelta(days=number // 20)},K{chance.randint(0, 900)},{chance.random() < 0.2:d}\n"
            )
    record = train_ranking(read_item_table(tmp_path / "noise.csv"), Choices("outcome"), tmp_path / "model.json")
    assert record["figures"]["latest_fifth"]["area_under_curve"] == pytest.approx(0.5, abs=0.06)


def test_tables_say_what_the_trees_say() -> None:
    chance = np.random.default_rng(3)
    rows = chance.normal(size=(4000, 4))
    rows[chance.random((4000, 4)) < 0.1] = np.nan
    filled = np.nan_to_num(rows)
    labels = (chance.random(4000) < probability(filled[:, 0] * filled[:, 1] + filled[:, 2])).astype(np.float64)
    model = fit_additive(rows, labels, np.ones(4000), np.arange(4000) >= 3400)
    assert any(len(term.features) == 2 for term in model.terms)
    again = from_plain(json.loads(json.dumps(to_plain(model))))
    assert np.allclose(log_odds(model, model.contributions(rows)), log_odds(again, again.contributions(rows)))
    for number, term in enumerate(model.terms):
        assert abs(model.contributions(rows)[:, number].mean()) < 0.02, term.features


def test_too_little_to_learn_from_is_said(tmp_path: Path) -> None:
    (tmp_path / "few.csv").write_text("id,outcome\nA,yes\nB,no\n", encoding="utf-8")
    with pytest.raises(InputError, match="at least 50"):
        train_ranking(read_item_table(tmp_path / "few.csv"), Choices("outcome"), tmp_path / "model.json")


def test_an_outcome_that_is_neither_is_located(tmp_path: Path) -> None:
    (tmp_path / "odd.csv").write_text("id,outcome\nA,yes\nB,perhaps\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"row 2.*perhaps.*--found"):
        train_ranking(read_item_table(tmp_path / "odd.csv"), Choices("outcome"), tmp_path / "model.json")


@pytest.mark.parametrize("name", ["no-such.csv", "empty.csv"])
def test_a_file_that_cannot_be_read_is_bad_input(name: str, tmp_path: Path) -> None:
    (tmp_path / "empty.csv").write_text("", encoding="utf-8")
    with pytest.raises(InputError):
        read_item_table(tmp_path / name)


def test_declarations_of_several_lines_are_one_row(tmp_path: Path) -> None:
    item = {
        "id": "A",
        "consignee": {"country": "KZ", "name": "X"},
        "lines": [
            {"description": "cable", "hs": "854442", "value": "5", "net_mass_g": 100},
            {"description": "thermal camera", "hs": "852589", "value": "900", "net_mass_g": 400},
        ],
    }
    (tmp_path / "a.jsonl").write_text(json.dumps(item) + "\n", encoding="utf-8")
    table = read_item_table(tmp_path / "a.jsonl")
    row = {name: values[0] for name, values in table.columns.items()}
    assert (row["hs"], row["value"], row["net_mass_g"], row["lines"]) == ("852589", "905.0", "500.0", "2")
    assert row["consignee_country"] == "KZ"


def test_the_command_line_trains_and_scores(tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    source = invented(tmp_path / "past.csv", 2500)
    model = tmp_path / "model.json"
    asked = [
        "history",
        "rank",
        "train",
        str(source),
        "--outcome",
        "Fraud",
        "--date",
        "Date",
        "-o",
        str(model),
        "--quiet",
    ]
    assert main(asked) == 0
    capsysbinary.readouterr()
    assert main(["history", "rank", "score", str(source), "--model", str(model)]) == 0
    rows = [json.loads(line) for line in capsysbinary.readouterr().out.splitlines()]
    assert len(rows) == 2500
    assert set(rows[0]) >= {"id", "score", "contributions"}
