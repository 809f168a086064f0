"""Recall and raise rate on the labelled names, when the data directory is at hand (it is never part of the repository)."""

from __future__ import annotations

import csv
import os
from pathlib import Path

import pytest

from tidewaiter.lists import read_files
from tidewaiter.model import Party
from tidewaiter.screen.party import REVIEW_THRESHOLD, PartyIndex

DATA = Path(os.environ.get("TIDEWAITER_DATA", Path(__file__).parents[4] / "shared" / "data"))
pytestmark = pytest.mark.skipif(
    not (DATA / "labelled-dev" / "party").is_dir(), reason=f"labelled data not found at {DATA}; set TIDEWAITER_DATA"
)


@pytest.fixture(scope="module")
def index() -> PartyIndex:
    path = DATA / "party-lists/un/un_consolidated_2026-02-27.xml"
    return PartyIndex.build(read_files([(path.name, path.read_bytes())])[0].parties)


def _names(file: str, limit: int) -> list[str]:
    with (DATA / "labelled-dev/party" / file).open(encoding="utf-8", newline="") as stream:
        return [row["full_name"] for row, _ in zip(csv.DictReader(stream), range(limit), strict=False)]


def test_listed_persons_are_found_as_listed_and_with_errors(index: PartyIndex) -> None:
    # Two of the 275 persons are no longer on the list of this date, so all that are on it is 273.
    for file, least in (("screen_positives_un_untreated.csv", 0.99), ("screen_positives_un_treated.csv", 0.98)):
        names = _names(file, 300)
        assert sum(bool(index.match(Party(name=name))) for name in names) >= least * len(names)


@pytest.mark.parametrize("file", ["screen_negatives_us.csv", "screen_negatives_global.csv"])
def test_ordinary_names_rarely_raise(index: PartyIndex, file: str) -> None:
    names = _names(file, 1500)
    raised = [name for name in names if index.match(Party(name=name), threshold=REVIEW_THRESHOLD)]
    assert len(raised) <= 0.005 * len(names), raised
