"""A saved index is opened as it was written or not at all."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from tidewaiter.store.party_index import IndexDamagedError, open_index, read_meta, save_index, saved_indexes

COLUMNS = {"names.bytes": np.arange(200, dtype=np.uint8), "names.starts": np.array([0, 5, 200]), "none": np.empty(0)}


def _save(place: Path, fingerprint: str = "f1") -> Path:
    return save_index(place, fingerprint, "t1", [{"list": "x"}], COLUMNS)


def test_what_was_saved_is_opened(tmp_path: Path) -> None:
    folder = _save(tmp_path / "index")
    meta, columns = open_index(folder)
    assert (meta.fingerprint, meta.text, meta.versions) == ("f1", "t1", [{"list": "x"}])
    assert columns.keys() == COLUMNS.keys()
    for name, column in COLUMNS.items():
        assert np.array_equal(columns[name], column)
        assert columns[name].dtype == column.dtype


def test_a_newer_index_replaces_the_older(tmp_path: Path) -> None:
    _save(tmp_path)
    newer = _save(tmp_path, "f2")
    assert saved_indexes(tmp_path) == [newer]
    assert saved_indexes(tmp_path / "nothing") == []


def test_saving_the_same_index_twice_is_no_trouble(tmp_path: Path) -> None:
    _save(tmp_path)
    open_index(_save(tmp_path))
    assert [path.name for path in tmp_path.iterdir()] == ["f1"]


@pytest.mark.parametrize("damage", ["cut", "changed", "missing", "meta"])
def test_damage_is_seen(tmp_path: Path, damage: str) -> None:
    folder = _save(tmp_path)
    path = folder / ("meta.json" if damage == "meta" else "names.bytes.npy")
    content = path.read_bytes()
    if damage == "missing":
        path.unlink()
    elif damage == "changed":
        path.write_bytes(content[:-9] + bytes([content[-9] ^ 1]) + content[-8:])
    else:
        path.write_bytes(content[: len(content) // 2])
    with pytest.raises(IndexDamagedError):
        open_index(folder)


def test_there_is_no_index_in_an_empty_folder(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        read_meta(tmp_path)
    with pytest.raises(FileNotFoundError):
        open_index(tmp_path / "f1")


def test_an_index_that_cannot_be_written_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"[Oo]bject"):
        save_index(tmp_path, "f1", "t1", [], {**COLUMNS, "odd": np.array([object()])})
    assert list(tmp_path.iterdir()) == []
