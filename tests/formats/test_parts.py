"""Parquet reads as other tables do, and the parts of a file give together what one reading gives."""

from __future__ import annotations

import csv
import json
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tidewaiter.formats import Rejected, files_in, open_declarations, parts_of, to_object
from tidewaiter.model import Declaration, InputError
from tidewaiter.service.generate import generate

IDS = st.sampled_from(["", "A", "A", "B", " B ", "C", "D"])
GOODS = st.sampled_from(["shoes", "tea", ""])
NAMES = st.sampled_from(["", "", "Ann"])


def _read(path: Path, wanted: int = 1) -> list[Declaration | Rejected]:
    return [item for part in parts_of(path, wanted) for item in open_declarations(path, name="x", part=part)]


def _write(folder: Path, rows: list[dict[str, str]]) -> list[Path]:
    table, lines, parquet = folder / "t.csv", folder / "t.jsonl", folder / "t.parquet"
    with table.open("w", newline="", encoding="utf-8") as handle:
        writer = csv.DictWriter(handle, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    lines.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    pq.write_table(pa.Table.from_pylist(rows), parquet, row_group_size=3)
    return [table, lines, parquet]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(IDS, GOODS, NAMES), min_size=1, max_size=30), st.integers(2, 9))
def test_parts_give_together_what_one_reading_gives(
    tmp_path: Path, rows: list[tuple[str, str, str]], wanted: int
) -> None:
    for path in _write(tmp_path, [{"id": i, "description": d, "consignee_name": n, "value": "5"} for i, d, n in rows]):
        assert _read(path, wanted) == _read(path), path.name


def test_a_large_file_is_cut_into_the_parts_wanted(tmp_path: Path) -> None:
    rows = [{"id": f"A{n // 2}", "description": "tea"} for n in range(900)]
    table, lines, parquet = _write(tmp_path, rows)
    assert len(parts_of(parquet, 30)) == 30
    assert len(parts_of(lines, 30)) == 30
    assert 2 < len(parts_of(table, 30)) <= 16


def test_flat_parquet_reads_like_the_same_table_as_text(tmp_path: Path) -> None:
    rows = [
        {
            "id": f"I{n}",
            "description": "Чай, зелёный" if n % 2 else "tea",
            "value": Decimal("12.50"),
            "quantity": n + 1,
            "net_mass_g": 250.5,
            "posted": date(2026, 9, 3),
            "consignee_country": None if n == 3 else "DE",
            "fragile": n % 2 == 0,
        }
        for n in range(6)
    ]
    parquet, table = tmp_path / "a.parquet", tmp_path / "a.csv"
    pq.write_table(pa.Table.from_pylist(rows), parquet)
    with table.open("w", newline="", encoding="utf-8") as handle:
        writer = csv.writer(handle)
        writer.writerow(rows[0])
        for row in rows:
            fragile = "yes" if row["fragile"] else "no"
            writer.writerow([*(value for name, value in row.items() if name != "fragile"), fragile])
    read = [to_object(item) for item in _read(parquet) if isinstance(item, Declaration)]
    assert read == [to_object(item) for item in _read(table) if isinstance(item, Declaration)]
    assert read[0]["posted"] == "2026-09-03"
    assert read[0]["lines"][0]["value"] == "12.50"
    assert read[0]["lines"][0]["net_mass_g"] == "250.5"


def test_nested_parquet_gives_the_declarations_it_was_made_from(tmp_path: Path) -> None:
    made = [to_object(declaration) for declaration in generate(40)]
    made[0]["posted"] = "2026-09-01T10:00:00+00:00"
    path = tmp_path / "n.parquet"
    pq.write_table(pa.Table.from_pylist(made), path)
    assert [to_object(item) for item in _read(path, 5) if isinstance(item, Declaration)] == made


def test_instants_keep_their_zone(tmp_path: Path) -> None:
    at = datetime.fromisoformat("2026-09-01T10:00:00+00:00")
    for column in ({"lines": [{"description": "tea"}]}, {"description": "tea"}):
        path = tmp_path / "i.parquet"
        pq.write_table(pa.Table.from_pylist([{"id": "A", "posted": at, **column}]), path)
        (item,) = _read(path)
        assert isinstance(item, Declaration)
        assert item.posted_at == at


def test_what_is_no_parquet_though_it_says_so_is_bad_input(tmp_path: Path) -> None:
    path = tmp_path / "cut.parquet"
    path.write_bytes(b"PAR1 and then nothing")
    with pytest.raises(InputError, match=r"cannot be read as Parquet"):
        _read(path)
    with pytest.raises(InputError, match=r"cannot be read as Parquet"):
        parts_of(path, 4)


def test_a_folder_stands_for_its_files_by_name(tmp_path: Path) -> None:
    for name in ("b.csv", "a.parquet", "_SUCCESS", ".hidden.csv", "notes.md"):
        (tmp_path / name).write_text("x")
    assert [Path(name).name for name in files_in(tmp_path)] == ["a.parquet", "b.csv"]
    assert files_in("-") == ["-"]
