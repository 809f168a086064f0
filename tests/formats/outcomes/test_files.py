"""CSV, Parquet, and what all file writers promise."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from tidewaiter.formats.outcomes import (
    COLUMNS,
    FORMATS,
    CsvWriter,
    HtmlReportWriter,
    JsonlWriter,
    OutcomeWriter,
    ParquetWriter,
    open_writer,
)
from tidewaiter.formats.outcomes.csvfile import safe_cell
from tidewaiter.model import Declaration, GoodsLine, InputError, Screening

from .samples import ordinary, plates, samples

pq: Any = import_module("pyarrow.parquet")


def read_csv(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write_all(path: Path, screenings: list[Screening]) -> Path:
    with open_writer(path) as writer:
        for item in screenings:
            writer.write(item)
    return path


def test_csv_has_a_row_for_each_finding_and_one_for_an_item_without(tmp_path: Path) -> None:
    rows = read_csv(write_all(tmp_path / "out.csv", samples()))
    assert list(rows[0]) == [name for name, _ in COLUMNS]
    assert [row["id"] for row in rows].count("RR473124829XX") == 2
    empty = next(row for row in rows if row["id"] == "RA000000001XX")
    assert (empty["outcome"], empty["finding"], empty["code"]) == ("no-finding", "", "")
    assert empty["meaning"] == "Nothing found in what was checked"


def test_csv_says_what_matched_on_what_ground_and_what_was_not_checked(tmp_path: Path) -> None:
    row = next(row for row in read_csv(write_all(tmp_path / "o.csv", [plates()])) if row["code"] == "goods.controlled")
    assert row["matched"] == "бронеплиты | Level IV | Бронежилет"
    assert row["list_entry"] == "us-ccl/1A613.d.1 | eu-military/ML13.d.2"
    assert row["encoding"] == "reviewed | draft"
    assert (row["line"], row["score"], row["file"], row["file_line"]) == ("1", "0.920", "september.jsonl", "17")
    assert "un: the snapshot is 12 days old" in row["not_checked"]


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+1", "-1", "@SUM(A1)", " =1", "\t=1", "\r=1", "\n=1", "＝1+1", "−1", '=HYPERLINK("http://x")'],
)
def test_a_cell_that_could_run_as_a_formula_gets_an_apostrophe(text: str) -> None:
    assert safe_cell(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "a=1", "бронежилет", "1-2", "0.920"])
def test_an_ordinary_cell_stays_as_it_is(text: str) -> None:
    assert safe_cell(text) == text


def test_no_cell_of_a_hostile_declaration_can_run(tmp_path: Path) -> None:
    attack = '=cmd|"/c calc"!A1;=1+1'
    declaration = Declaration(attack, (GoodsLine(attack),))
    hostile = replace(plates(), id=attack, declaration=declaration)
    rows = read_csv(write_all(tmp_path / "out.csv", [hostile]))
    for row in rows:
        assert all(not cell.lstrip().startswith(("=", "+", "-", "@")) for cell in row.values())
    raw = (tmp_path / "out.csv").read_text(encoding="utf-8")
    assert raw.startswith('"id","outcome"')


def test_csv_can_start_with_the_mark_excel_needs(tmp_path: Path) -> None:
    with CsvWriter(tmp_path / "out.csv", bom=True) as writer:
        writer.write(ordinary())
    assert (tmp_path / "out.csv").read_bytes().startswith(b'\xef\xbb\xbf"id"')


def test_parquet_reads_back(tmp_path: Path) -> None:
    table = pq.read_table(write_all(tmp_path / "out.parquet", samples()))
    rows: list[dict[str, Any]] = table.to_pylist()
    assert [row["id"] for row in rows] == [item.id for item in samples()]
    hold = rows[2]
    assert (hold["outcome"], hold["top_code"], hold["top_score"]) == ("hold", "goods.controlled", 0.92)
    assert hold["entries"] == ["us-ccl/1A613", "eu-military/ML13"]
    assert hold["legal_date"].isoformat() == "2026-09-14"
    assert json.loads(hold["findings_json"])[1]["code"] == "goods.controlled"
    assert json.loads(hold["input_json"])["batch_no"] == "B-0914"
    assert len(json.loads(hold["coverage_json"])["not_checked"]) == hold["not_checked"] == 2


def test_parquet_comes_in_row_groups_and_may_be_empty(tmp_path: Path) -> None:
    with ParquetWriter(tmp_path / "a.parquet", row_group=4) as writer:
        for number in range(10):
            writer.write(ordinary(number))
    metadata = pq.ParquetFile(tmp_path / "a.parquet").metadata
    assert [metadata.row_group(index).num_rows for index in range(metadata.num_row_groups)] == [4, 4, 2]
    assert pq.read_table(write_all(tmp_path / "b.parquet", [])).num_rows == 0


def test_parquet_takes_a_screening_without_declaration_and_a_lone_surrogate(tmp_path: Path) -> None:
    bare = Screening("A\ud800", "no-finding")
    row = pq.read_table(write_all(tmp_path / "out.parquet", [bare])).to_pylist()[0]
    assert (row["id"], row["description"], row["versions_json"]) == ("A\ufffd", None, "null")


@pytest.mark.parametrize("name", FORMATS)
def test_the_same_screenings_give_the_same_bytes(tmp_path: Path, name: str) -> None:
    first, second = (write_all(tmp_path / f"{run}.{name}", samples()).read_bytes() for run in "ab")
    assert first == second


@pytest.mark.parametrize("name", FORMATS)
def test_a_failed_run_leaves_the_former_file_and_nothing_else(tmp_path: Path, name: str) -> None:
    path = tmp_path / f"out.{name}"
    path.write_bytes(b"former")

    def fail() -> None:
        with open_writer(path) as writer:
            writer.write(plates())
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert path.read_bytes() == b"former"
    assert [item.name for item in tmp_path.iterdir()] == [path.name]


def test_the_target_appears_only_when_complete(tmp_path: Path) -> None:
    path = tmp_path / "out.jsonl"
    with open_writer(path) as writer:
        writer.write(plates())
        assert not path.exists()
    assert path.exists()
    writer.close()


def test_a_link_keeps_pointing_at_the_file_and_the_file_keeps_its_rights(tmp_path: Path) -> None:
    real, link = tmp_path / "real.jsonl", tmp_path / "link.jsonl"
    real.write_bytes(b"")
    real.chmod(0o640)
    link.symlink_to(real)
    write_all(link, [ordinary()])
    assert link.is_symlink()
    assert real.stat().st_size > 0
    assert real.stat().st_mode & 0o777 == 0o640


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("a.jsonl", JsonlWriter),
        ("a.ndjson", JsonlWriter),
        ("a.CSV", CsvWriter),
        ("a.parquet", ParquetWriter),
        ("a.html", HtmlReportWriter),
    ],
)
def test_the_extension_chooses_the_writer(tmp_path: Path, name: str, kind: type[OutcomeWriter]) -> None:
    with open_writer(tmp_path / name) as writer:
        assert type(writer) is kind


def test_a_format_wins_over_the_extension(tmp_path: Path) -> None:
    with open_writer(tmp_path / "a.txt", "csv") as writer:
        assert type(writer) is CsvWriter


def test_an_unknown_extension_says_what_to_use(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"extension '\.xlsx' is not one we write; use one of jsonl, csv"):
        open_writer(tmp_path / "a.xlsx")


def test_a_directory_that_does_not_exist_is_a_users_mistake(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="No such file or directory"):
        open_writer(tmp_path / "none" / "a.jsonl")
