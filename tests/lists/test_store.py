"""Snapshots: dated, hashed, swapped whole; a failed import leaves the former version active."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest

from tidewaiter.lists import (
    ImportOptions,
    current,
    diff_lists,
    import_files,
    list_status,
    load_lists,
    read_snapshot,
    stale_after,
)
from tidewaiter.lists import _store as store
from tidewaiter.model import ListError

DATA = Path(os.environ.get("TIDEWAITER_DATA", Path(__file__).parents[3] / "shared" / "data"))
HEADER = "# code: my-list\nlist_id,schema,name\n"


def write(path: Path, count: int, prefix: str = "Someone") -> Path:
    path.write_text(
        HEADER + "".join(f"{number},Person,{prefix} Number{number}\n" for number in range(count)), encoding="utf-8"
    )
    return path


def imported(tmp_path: Path, count: int = 10, day: int = 1, **options: bool) -> Path:
    path = write(tmp_path / f"mine_2026-01-{day:02}.csv", count)
    import_files([path], tmp_path / "lists", ImportOptions(**options))
    return tmp_path / "lists"


def test_an_imported_list_is_loaded_as_it_was(tmp_path: Path) -> None:
    lists = imported(tmp_path)
    parties, (version,) = load_lists(lists)
    assert len(parties) == version.parties == version.names == 10
    assert version.dated == date(2026, 1, 1)
    assert (lists / "my-list" / f"2026-01-01-{version.sha256[:12]}.jsonl.gz").is_file()


def test_importing_again_gives_the_same_bytes(tmp_path: Path) -> None:
    lists = imported(tmp_path)
    before = {path.name: path.read_bytes() for path in (lists / "my-list").iterdir()}
    results = import_files([tmp_path / "mine_2026-01-01.csv"], lists)
    assert results[0].unchanged
    assert before == {path.name: path.read_bytes() for path in (lists / "my-list").iterdir()}


def test_a_list_without_a_date_asks_for_one(tmp_path: Path) -> None:
    path = write(tmp_path / "mine.csv", 3)
    with pytest.raises(ListError, match="--dated"):
        import_files([path], tmp_path / "lists")
    result = import_files([path], tmp_path / "lists", ImportOptions(dated=date(2026, 3, 4), code="other"))
    assert (result[0].version.list, result[0].version.dated) == ("other", date(2026, 3, 4))
    assert {party.list for party in load_lists(tmp_path / "lists")[0]} == {"other"}


def test_a_shrunken_list_is_refused_and_the_former_stays_active(tmp_path: Path) -> None:
    lists = imported(tmp_path)
    with pytest.raises(ListError, match="shrank from 10 to 8"):
        imported(tmp_path, count=8, day=2)
    assert load_lists(lists)[1][0].parties == 10
    imported(tmp_path, count=9, day=3)
    imported(tmp_path, count=2, day=4, allow_shrink=True)
    assert load_lists(lists)[1][0].parties == 2


def test_an_empty_list_and_a_strange_code_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ListError, match="no parties"):
        imported(tmp_path, count=0, allow_shrink=True)
    with pytest.raises(ListError, match="list code"):
        import_files([write(tmp_path / "a_2026-01-01.csv", 1)], tmp_path, ImportOptions(code="../up"))


def test_a_crash_while_writing_leaves_the_former_version_active(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lists = imported(tmp_path)
    real = os.replace

    def broken(source: str, target: Path) -> None:
        if Path(target).name == "current.json":
            raise OSError("power cut")
        real(source, target)

    monkeypatch.setattr(store.os, "replace", broken)
    with pytest.raises(OSError, match="power cut"):
        imported(tmp_path, count=12, day=2)
    assert load_lists(lists)[1][0].parties == 10
    assert not [path for path in (lists / "my-list").iterdir() if path.name.startswith(".writing")]


def test_damage_is_found_on_loading(tmp_path: Path) -> None:
    lists = imported(tmp_path)
    pointer = current(lists, "my-list")
    assert pointer is not None
    path = lists / "my-list" / pointer.file
    assert len(read_snapshot(path)) == 10
    path.write_bytes(path.read_bytes()[:-20])
    with pytest.raises(ListError, match="cannot be read"):
        load_lists(lists)
    store.write_atomically(path, store.gzip.compress(b""))
    with pytest.raises(ListError, match="hash"):
        load_lists(lists)
    (lists / "my-list" / "current.json").write_text("{}")
    with pytest.raises(ListError, match="damaged"):
        load_lists(lists)


def test_nothing_is_loaded_from_where_nothing_was_imported(tmp_path: Path) -> None:
    with pytest.raises(ListError, match="no such lists directory"):
        load_lists(tmp_path / "none")
    with pytest.raises(ListError, match="'un' was not imported"):
        load_lists(imported(tmp_path), ["un"])


@pytest.mark.parametrize(("on", "age", "stale"), [(date(2026, 1, 8), 7, False), (date(2026, 1, 9), 8, True)])
def test_status_says_age_and_staleness(tmp_path: Path, on: date, age: int, stale: bool) -> None:
    (status,) = list_status(imported(tmp_path), on)
    assert (status.age_days, status.stale) == (age, stale)
    assert stale_after("cn-unreliable") == 14


def test_diff_names_additions_removals_and_changed_fields(tmp_path: Path) -> None:
    imported(tmp_path)
    old = load_lists(tmp_path / "lists")[0]
    path = tmp_path / "mine_2026-01-02.csv"
    rows = [f"{number},Person,Someone Number{number}\n" for number in range(1, 11)]
    rows[4] = rows[4].replace("Someone", "Somebody")
    path.write_text(HEADER + "".join(rows), encoding="utf-8")
    import_files([path], tmp_path / "lists")
    diff = diff_lists(old, load_lists(tmp_path / "lists")[0])
    assert [party.list_id for party in diff.added] == ["10"]
    assert [party.list_id for party in diff.removed] == ["0"]
    assert [(change.after.list_id, [field.field for field in change.changes]) for change in diff.changed] == [
        ("5", ["names"])
    ]


@pytest.mark.skipif(not (DATA / "party-lists").is_dir(), reason=f"party lists not found at {DATA}; set TIDEWAITER_DATA")
def test_the_real_un_and_consolidated_lists_import(tmp_path: Path) -> None:
    folder = DATA / "party-lists"
    results = import_files([folder / "un/un_consolidated_2026-02-27.xml"], tmp_path)
    results += import_files([folder / "us/ofac_cons_prim_2025-12-19.csv"], tmp_path)
    assert [(result.version.list, result.version.parties) for result in results] == [
        ("un", 1003),
        ("us-sdn-consolidated", 442),
    ]
    assert not [problem for result in results for problem in result.problems if problem.severity == "error"]
