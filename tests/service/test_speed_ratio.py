"""A loss of speed is told as a ratio to a fixed workload, never as a time, and only when it is a quarter or more."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.conftest import LEGAL_DATE, ROOT
from tidewaiter.cli.main import main
from tidewaiter.model import InputError, ListedName, ListedParty
from tidewaiter.packs import PackSet
from tidewaiter.screen.party import PartyIndex
from tidewaiter.screen.pipeline import Screener
from tidewaiter.service.speed import ratio
from tidewaiter.service.speed.ratio import STAGES, Ratios, Reference, measure_ratios, read_ratios, write_ratios


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch, small_packs: PackSet) -> Screener:
    """A screener over small packs, and rounds that are few and short."""
    listed = [ListedParty("invented", "1", "Person", (ListedName("Orsolya Nagyszalontai"),))]
    screener = Screener(small_packs, PartyIndex.build(listed, cache_size=0), (), LEGAL_DATE, remember=0)
    monkeypatch.setattr(ratio, "_MAIL", 60)
    monkeypatch.setattr(ratio, "ROUNDS", 1)
    monkeypatch.setattr(ratio, "MOST_ROUNDS", 2)
    monkeypatch.setattr("tidewaiter.cli.bench_ratio.measured_screener", lambda: screener)
    return screener


def test_the_reference_workload_is_the_one_the_ratios_were_written_with() -> None:
    assert Reference().work() == 257483


def test_a_loss_of_a_quarter_is_told_and_less_is_not() -> None:
    found = Ratios({"parse": 1.0, "party": 10.0, "write": 3.0}, 0.04, 5)
    assert found.lost({"parse": 0.8, "party": 7.4, "write": 3.9}) == {"party": pytest.approx(0.26)}


def test_every_stage_is_measured_and_rounds_end_once_nothing_is_lost(quick: Screener) -> None:
    written = measure_ratios(quick, {}, lambda text: None)
    assert (tuple(written.stages), written.rounds) == (STAGES, 2)
    assert all(stage > 0 for stage in written.stages.values())
    slower = {stage: 2 * found for stage, found in written.stages.items()}
    assert measure_ratios(quick, slower, lambda text: None).rounds == 1
    faster = {stage: found / 4 for stage, found in written.stages.items()}
    found = measure_ratios(quick, faster, lambda text: None)
    assert found.rounds == 2
    assert found.lost(faster)


def test_ratios_are_written_with_the_command_that_renews_them(
    quick: Screener, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "speed.json"
    assert main(["bench", "ratio", str(file), "--renew", "--quiet"]) == 0
    told = json.loads(file.read_bytes())
    assert told["renewed_by"] == f"tidewaiter bench ratio {file} --renew"
    fast = {stage: found / 5 for stage, found in told["ratios"].items()}
    write_ratios(file, Ratios(fast, 1.0, 1))
    capsys.readouterr()
    assert main(["bench", "ratio", str(file), "--quiet"]) == 1
    said = capsys.readouterr().out
    assert "LOST" in said
    assert "--renew" in said


def test_a_file_without_ratios_says_how_to_write_them(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"tidewaiter bench ratio .*none\.json --renew"):
        read_ratios(tmp_path / "none.json")


def test_the_ratios_of_this_repository_can_be_read() -> None:
    assert all(found > 0 for found in read_ratios(ROOT / "evaluation" / "speed.json").values())
