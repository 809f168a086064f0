"""The party index beside the lists: built once, opened after, updated by what changed, never used when stale or damaged."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest

from tidewaiter.lists import ImportOptions, import_contents
from tidewaiter.model import InputError, Party
from tidewaiter.service import party_index
from tidewaiter.service.party_index import open_party_index, prepare_index

ROWS = [
    '1,"PLIMTESK, Zorvan","individual","TEST",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ',
    '2,"ORLAN MERIDIAN TRADING LLC",-0- ,"TEST",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ',
    '3,"QUILLFEATHER GYROSTAT WORKS",-0- ,"TEST",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ',
]


@pytest.fixture(autouse=True)
def _own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.delenv("TIDEWAITER_CACHE", raising=False)


def _import(lists: Path, rows: list[str], day: int = 1) -> None:
    content = ("\r\n".join(rows) + "\r\n").encode("latin-1")
    import_contents([("sdn.csv", content)], lists, ImportOptions(date(2026, 1, day), allow_shrink=True))


@pytest.fixture
def lists(tmp_path: Path) -> Path:
    _import(tmp_path / "lists", ROWS)
    return tmp_path / "lists"


def _open(lists: Path) -> tuple[list[str], set[str]]:
    """Return what was said, and whom two names find."""
    said: list[str] = []
    index, versions = open_party_index(lists, cache_size=0, say=said.append)
    assert [version.list for version in versions] == ["us-sdn"]
    names = ("Zorvan Plimtesk", "Orlan Meridian Trading LLC", "Snowgander Rotorkite")
    return said, {match.listed.list_id for name in names for match in index.match(Party(name))}


def test_it_is_built_once_and_opened_after(lists: Path) -> None:
    said, found = _open(lists)
    assert "built" in said[0]
    assert found == {"1", "2"}
    assert _open(lists) == ([], {"1", "2"})


def test_a_changed_list_is_seen_and_only_its_new_names_are_normalised(
    lists: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _open(lists)
    _import(lists, [*ROWS[1:], ROWS[0].replace("1,", "9,").replace("PLIMTESK, Zorvan", "ROTORKITE, Snowgander")], 2)
    said, found = _open(lists)
    assert "3 names, 1 of them normalised anew" in said[0]
    assert found == {"2", "9"}


def test_another_program_does_not_use_it(lists: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _open(lists)
    monkeypatch.setattr(party_index, "program_hash", lambda folders, libraries: f"other {folders}")
    said, _ = _open(lists)
    assert "built" in said[0]
    assert "3 names, 3 of them" in said[0]


def test_a_damaged_index_is_built_anew_and_said_so(lists: Path) -> None:
    _open(lists)
    for path in (lists / ".index").glob("*/written.bits.npy"):
        path.write_bytes(path.read_bytes()[:-3])
    said, found = _open(lists)
    assert "damaged" in said[0]
    assert found == {"1", "2"}
    assert _open(lists) == ([], {"1", "2"})


def test_nothing_is_kept_when_the_cache_is_off(lists: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TIDEWAITER_CACHE", "off")
    assert _open(lists) == ([], {"1", "2"})
    prepare_index(lists)
    assert not (lists / ".index").exists()


def test_it_lies_in_the_cache_folder_where_the_lists_cannot_be_written(lists: Path, tmp_path: Path) -> None:
    (lists / ".index").write_text("in the way")
    said, _ = _open(lists)
    assert str(tmp_path / "cache") in said[0]
    assert _open(lists) == ([], {"1", "2"})


def test_where_nothing_can_be_written_it_is_built_each_time(lists: Path, tmp_path: Path) -> None:
    (lists / ".index").write_text("in the way")
    (tmp_path / "cache").write_text("in the way")
    said, found = _open(lists)
    assert "not kept" in said[0]
    assert found == {"1", "2"}


def test_a_folder_without_lists_is_bad_input(tmp_path: Path) -> None:
    os.mkdir(tmp_path / "empty")
    with pytest.raises(InputError, match="no imported list"):
        open_party_index(tmp_path / "empty")
