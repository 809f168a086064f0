"""Every acceptance story as declarations with known answers, and the whole screening byte for byte.

`expected.tsv` states the outcome and the finding codes that must be there; `screenings.jsonl` is the full answer. `make golden`
writes the latter anew, never the former. Each story also runs with names of another culture: only the names may differ.
"""

from __future__ import annotations

import csv
import os
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tidewaiter.formats import Rejected, open_declarations
from tidewaiter.formats.outcomes import screening_to_json
from tidewaiter.model import Declaration, Screening
from tidewaiter.packs import PackSet
from tidewaiter.screen.pipeline import Screener

STORIES = sorted(path.parent for path in (ROOT / "tests" / "golden").glob("*/declarations.jsonl"))
OTHER_NAMES = ("Nguyễn Thị Hạnh", "Kwame Osei-Bonsu", "Siobhán Ní Dhomhnaill", "محمد الأمين")


def read(story: Path) -> list[Declaration]:
    found = []
    for declaration in open_declarations(story / "declarations.jsonl"):
        assert not isinstance(declaration, Rejected), declaration
        found.append(replace(declaration, source=replace(declaration.source, file=story.name)))
    return found


def expected(story: Path) -> list[dict[str, str]]:
    with (story / "expected.tsv").open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle, delimiter="\t"))


@pytest.mark.parametrize("story", STORIES, ids=lambda path: path.name)
def test_each_variant_has_its_outcome_and_its_ground(story: Path, shipped_screener: Screener) -> None:
    screenings = {s.id: s for s in shipped_screener.screen_batch(read(story))}
    wrong = []
    for row in expected(story):
        screening = screenings[row["id"]]
        codes = [finding.code for finding in screening.findings]
        if screening.outcome != row["outcome"] or any(code not in codes for code in row["codes"].split()):
            wrong.append(f"{row['variant']}: {screening.outcome} {codes}, expected {row['outcome']} {row['codes']}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("story", STORIES, ids=lambda path: path.name)
def test_the_whole_answer_is_byte_for_byte_the_same(story: Path, shipped_screener: Screener) -> None:
    produced = b"".join(_without_versions(s) + b"\n" for s in shipped_screener.screen_batch(read(story)))
    golden = story / "screenings.jsonl"
    if os.environ.get("TIDEWAITER_UPDATE_GOLDEN"):
        golden.write_bytes(produced)
    assert golden.exists(), f"{golden} is missing; run make golden"
    assert produced == golden.read_bytes(), f"{story.name} changed; look at the difference after `make golden`"


@pytest.mark.parametrize("story", STORIES, ids=lambda path: path.name)
def test_names_of_another_culture_change_nothing(story: Path, shipped_screener: Screener) -> None:
    for number, declaration in enumerate(read(story)):
        other = replace(
            declaration,
            consignor=replace(declaration.consignor, name=OTHER_NAMES[number % 4]),
            consignee=replace(declaration.consignee, name=OTHER_NAMES[(number + 1) % 4]),
        )
        before, after = shipped_screener.screen(declaration), shipped_screener.screen(other)
        assert screening_to_json(replace(before, declaration=None)) == screening_to_json(
            replace(after, declaration=None)
        )


def _without_versions(screening: Screening) -> bytes:
    """Pack hashes change with every edit of a pack; the answer itself is what is compared."""
    return screening_to_json(replace(screening, versions=None, coverage=replace(screening.coverage, checked=())))


def test_on_a_day_before_the_packs_the_same_sight_is_looked_at_and_not_passed(shipped_packs: PackSet) -> None:
    """Story 10 happened in 2008; the packs hold no list text of that year, and what is not checked is not clear."""
    early = Screener(shipped_packs, None, (), date(2008, 7, 22))
    screening = early.screen(read(ROOT / "tests" / "golden" / "10-holographic-sights-japan")[0])
    assert screening.outcome == "review"
    assert "goods.no-text-in-force" in [finding.code for finding in screening.findings]
