"""The story of the incident with a history: "further investigation linked the individual to several prior shipments".

Each item is screened as it comes; a person's decision is recorded between. `expected.tsv` says what must be found and what
must not (`not`); `screenings.jsonl` is the whole answer (`TIDEWAITER_UPDATE_GOLDEN=1` writes it anew).
"""

from __future__ import annotations

import csv
import os
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from tests.store.history.making import NOW, WEIGHTS
from tidewaiter.formats import Rejected, open_declarations
from tidewaiter.formats.outcomes import screening_to_json
from tidewaiter.model import Declaration, Screening
from tidewaiter.screen.pipeline import Screener
from tidewaiter.service.history import open_writer
from tidewaiter.service.history_screening import HistoryScreening
from tidewaiter.store.history.decisions import Decision, add_decisions
from tidewaiter.store.history.looking import HistoryReader

STORY = Path(__file__).parent / "several-prior-shipments"


def table(name: str, delimiter: str) -> list[dict[str, str]]:
    with (STORY / name).open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle, delimiter=delimiter))


def story() -> list[Declaration]:
    found = []
    for item in open_declarations(STORY / "declarations.jsonl"):
        assert not isinstance(item, Rejected), item
        found.append(replace(item, source=replace(item.source, file=STORY.name)))
    return found


@pytest.fixture(scope="module")
def screenings(tmp_path_factory: pytest.TempPathFactory, shipped_screener: Screener) -> dict[str, Screening]:
    writer = open_writer(tmp_path_factory.mktemp("history") / "h.db", WEIGHTS, NOW)
    screen = HistoryScreening(shipped_screener, writer, HistoryReader(writer.connection, WEIGHTS))
    decided = {row["id"]: row for row in table("decisions.csv", ",")}
    found = {}
    for item in story():
        (found[item.id],) = screen([item])
        if item.id in decided:
            row = decided[item.id]
            made = Decision(item.id, row["decision"], datetime.fromisoformat(row["at"]), row["actor"], row["reason"])
            add_decisions(writer.connection, [made], NOW)
    return found


def test_each_item_has_its_outcome_and_what_the_history_says(screenings: dict[str, Screening]) -> None:
    wrong = []
    for row in table("expected.tsv", "\t"):
        screening = screenings[row["id"]]
        codes = [finding.code for finding in screening.findings]
        missing = [code for code in (row["codes"] or "").split() if code not in codes]
        excess = [code for code in (row["not"] or "").split() if code in codes]
        if screening.outcome != row["outcome"] or missing or excess:
            wrong.append(f"{row['id']} {row['variant']}: {screening.outcome} {codes}, expected {row}")
    assert not wrong, "\n".join(wrong)


def test_the_items_of_the_person_are_named_as_evidence(screenings: dict[str, Screening]) -> None:
    (finding,) = [f for f in screenings["RR420000045RU"].findings if f.code == "history.prior-items"]
    assert {e.value for e in finding.evidence} == {"RR420000010RU", "RR420000023RU", "RR420000037RU"}
    assert finding.score == sum(c.points for c in finding.contributions)
    assert not any("RR42000006" in e.value for e in finding.evidence)


def test_the_whole_answer_is_byte_for_byte_the_same(screenings: dict[str, Screening]) -> None:
    produced = b"".join(
        screening_to_json(replace(s, versions=None, coverage=replace(s.coverage, checked=()))) + b"\n"
        for s in screenings.values()
    )
    golden = STORY / "screenings.jsonl"
    if os.environ.get("TIDEWAITER_UPDATE_GOLDEN"):
        golden.write_bytes(produced)
    assert produced == golden.read_bytes(), "the story changed; look at the difference after `make golden`"
