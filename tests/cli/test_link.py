"""`tidewaiter link` as a user calls it."""

from __future__ import annotations

import json

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tidewaiter.cli.main import main

ROWS = "id,first_name,surname,dob,note\n1,Thomas,Clifford,1630-08-01,x\n2,Tom,Clifford,1630-08-01,y\n,Ann,Lee,1700-01-02,z\n4,a,b\n"


@pytest.fixture
def run(tmp_path, capsys):
    def call(text: str, *arguments: str) -> tuple[int, list[dict], str]:
        file = tmp_path / "parties.csv"
        file.write_text(text, encoding="utf-8")
        out = tmp_path / "out.jsonl"
        code = main(["link", str(file), "-q", "-o", str(out), *arguments])
        rows = [json.loads(line) for line in out.read_text().splitlines()] if out.exists() else []
        return code, rows, capsys.readouterr().err

    return call


def test_each_record_gets_an_entity_and_further_columns_pass_through(run):
    code, rows, errors = run(ROWS)
    assert code == 0
    assert [row["id"] for row in rows] == ["1", "2", "row-3", "4"]
    assert rows[0]["entity"] == rows[1]["entity"] != rows[2]["entity"]
    assert rows[0]["input"] == {"note": "x"}
    assert "parties.csv:5" in errors
    assert "without an id" in errors


def test_pairs_carry_contributions_that_sum_to_the_score(run):
    _, rows, _ = run(ROWS, "--pairs")
    (pair,) = rows
    assert (pair["id1"], pair["id2"], pair["linked"]) == ("1", "2", True)
    assert sum(part["points"] for part in pair["contributions"]) == pytest.approx(pair["score"])


def test_the_order_of_rows_does_not_change_the_entities(run):
    head, *body = ROWS.splitlines()[:3]
    _, there, _ = run("\n".join([head, *body]) + "\n")
    _, back, _ = run("\n".join([head, *reversed(body)]) + "\n")
    assert {row["id"]: row["entity"] for row in there} == {row["id"]: row["entity"] for row in back}


def test_a_file_that_says_nothing_of_parties_is_bad_input(run):
    code, _, errors = run("colour,size\nred,1\n")
    assert code == 2
    assert "no column says anything of a party" in errors


def test_parquet_is_read_as_text(tmp_path):
    file, out = tmp_path / "parties.parquet", tmp_path / "out.jsonl"
    pq.write_table(pa.table({"id": [1, 2], "name": ["Ann Lee", "Ann Lee"], "postcode": [12345, 12345]}), file)
    assert main(["link", str(file), "-q", "-o", str(out)]) == 0
    assert [json.loads(line)["id"] for line in out.read_text().splitlines()] == ["1", "2"]


def test_a_row_of_another_length_is_told_and_not_lost(tmp_path, capsysbinary):
    source = tmp_path / "odd.csv"
    source.write_text("id,name,city\nA,Ada Byron,London\nB,Ada Byron\nC,Carl Gauss,Brunswick,extra\n", encoding="utf-8")
    assert main(["link", str(source)]) == 0
    out, err = capsysbinary.readouterr()
    assert [json.loads(line)["id"] for line in out.splitlines()] == ["A", "B", "C"]
    assert b"another number of fields" in err
