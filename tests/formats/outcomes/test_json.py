"""Screenings as JSON Lines."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tidewaiter.formats.outcomes import JsonlWriter, dumps, screening_to_dict, screening_to_json
from tidewaiter.formats.outcomes.jsonl import JsonEncoder, coverage_to_dict
from tidewaiter.model import Coverage, Declaration, GoodsLine, NotChecked, Screening

from .samples import COVERAGE, night_vision, ordinary, plates, samples, vague

KEYS = ["id", "outcome", "findings", "questions", "counterfactuals", "coverage", "versions", "problems", "input"]


def loaded(screening: Screening) -> dict[str, Any]:
    result: dict[str, Any] = json.loads(screening_to_json(screening))
    return result


@pytest.mark.parametrize("screening", samples(), ids=lambda item: item.id)
def test_every_screening_has_exactly_the_keys_of_the_interface_in_order(screening: Screening) -> None:
    assert list(loaded(screening)) == KEYS
    assert loaded(screening) == screening_to_dict(screening)


def test_a_bare_screening_has_every_key_too() -> None:
    value = loaded(Screening("X", "no-finding"))
    assert list(value) == KEYS
    assert value["coverage"] == {"checked": [], "not_checked": []}
    assert value["versions"] is None
    assert value["input"] is None


def test_a_finding_has_the_keys_of_the_interface() -> None:
    finding = loaded(plates())["findings"][1]
    assert list(finding) == [
        "code", "severity", "message", "line", "score", "evidence", "contributions", "legal_basis", "pack", "details",
    ]  # fmt: skip
    assert finding["legal_basis"][0]["in_force_from"] == "2014-07-01"
    assert finding["legal_basis"][0]["effect"] == "licence"
    assert finding["details"][1] == {"label": "decision", "value": "in every case"}
    evidence = finding["evidence"][0]
    assert evidence["value"][evidence["start"] : evidence["end"]] == "бронеплиты"


@pytest.mark.parametrize("screening", samples(), ids=lambda item: item.id)
def test_written_contributions_add_up_to_the_written_score(screening: Screening) -> None:
    for finding in json.loads(screening_to_json(screening), parse_float=Decimal)["findings"]:
        assert sum(Decimal(term["points"]) for term in finding["contributions"]) == Decimal(finding["score"])


def test_points_are_decimal_fractions_and_decimals_are_text() -> None:
    raw = screening_to_json(plates())
    assert b'"score":0.92,' in raw
    assert b'"points":-0.04,' in raw
    assert b'"value":"210.00"' in raw
    assert loaded(plates())["input"]["gross_mass_g"] == "9206"


def test_an_extra_column_stands_beside_the_known_ones_and_never_replaces_one() -> None:
    declared = loaded(plates())["input"]
    assert declared["batch_no"] == "B-0914"
    assert declared["route"] == ["AE"]
    assert declared["extra"] == [["route", "see waybill"]]
    assert declared["source"] == {"file": "september.jsonl", "line": 17}


def test_what_was_not_declared_is_left_out_of_the_input() -> None:
    declared = loaded(vague())["input"]
    assert declared["lines"] == [{"description": "onderdelen"}]
    assert "gross_mass_g" not in declared


def test_a_question_has_its_wording_and_every_other_language() -> None:
    question = loaded(night_vision())["questions"][0]
    assert question["language"] == "zh"
    assert question["text"] == question["texts"]["zh"]
    assert set(question["texts"]) == {"en", "zh", "ru"}


def test_problems_of_the_declaration_are_not_lost_and_not_doubled() -> None:
    screening = vague()
    declaration = screening.declaration
    assert declaration is not None
    both = replace(screening, declaration=replace(declaration, problems=screening.problems))
    only = replace(both, problems=())
    assert len(loaded(both)["problems"]) == len(loaded(only)["problems"]) == 1


def test_equal_screenings_give_equal_bytes_whatever_was_written_before() -> None:
    encoder = JsonEncoder()
    first = [encoder.encode(item) for item in samples()]
    again = [encoder.encode(item) for item in samples()]
    assert first == again == [screening_to_json(item) for item in samples()]


def test_shared_coverage_is_encoded_once(monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[Coverage] = []

    plain = JsonEncoder._encode_coverage

    def spy(encoder: JsonEncoder, coverage: Coverage) -> bytes:
        calls.append(coverage)
        return plain(encoder, coverage)

    monkeypatch.setattr(JsonEncoder, "_encode_coverage", spy)
    encoder = JsonEncoder()
    for number in range(50):
        encoder.encode(ordinary(number))
    assert calls == [COVERAGE]


def test_coverages_that_begin_alike_or_not_are_written_as_by_themselves() -> None:
    rows = [NotChecked("licence-rules", name, "not modelled") for name in ("a", "b", "c", "d")]
    encoder = JsonEncoder()
    for missing in (rows, rows[:2], [*rows[:3], rows[0]], rows[1:], [], rows, [NotChecked("x", "\ud800", "")]):
        coverage = Coverage(COVERAGE.checked, tuple(missing))
        assert encoder.coverage(coverage) == dumps(coverage_to_dict(coverage))


def test_a_lone_surrogate_does_not_stop_the_run() -> None:
    screening = Screening("A\ud800", "no-finding", declaration=Declaration("A", (GoodsLine("x\udfffy"),)))
    assert loaded(screening)["input"]["lines"][0]["description"] == "x\ufffdy"


def test_the_writer_writes_one_object_a_line(tmp_path: Path) -> None:
    path = tmp_path / "out.jsonl"
    with JsonlWriter(path) as writer:
        for item in samples():
            writer.write(item)
    rows = [json.loads(line) for line in path.read_bytes().splitlines()]
    assert [row["id"] for row in rows] == [item.id for item in samples()]


def test_a_stream_stays_open() -> None:
    stream = io.BytesIO()
    with JsonlWriter(stream) as writer:
        writer.write(ordinary())
    assert not stream.closed
    assert stream.getvalue().endswith(b"}\n")
