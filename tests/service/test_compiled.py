"""Compiled packs are kept, made anew when anything changes, and never trusted when they are damaged."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tidewaiter.model import GoodsLine
from tidewaiter.service.compiled import packs_and_engine


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.delenv("TIDEWAITER_CACHE", raising=False)
    shutil.copytree(ROOT / "tests" / "small_packs", tmp_path / "packs")
    return tmp_path / "packs"


def kept(folder: Path) -> list[Path]:
    return sorted((folder.parent / "cache" / "tidewaiter").glob("*.pickle"))


def test_what_is_kept_reads_the_same(folder: Path) -> None:
    packs, engine = packs_and_engine(folder)
    again, from_cache = packs_and_engine(folder)
    assert len(kept(folder)) == 1
    assert again.infos == packs.infos
    text = f"{next(iter(next(iter(packs.concepts.values())).strong['en']))} 2 pcs"
    assert from_cache.read(GoodsLine(text)).concepts == engine.read(GoodsLine(text)).concepts


def test_a_changed_pack_is_read_anew(folder: Path) -> None:
    packs_and_engine(folder)
    some = next(path for path in sorted(folder.rglob("*.yaml")) if "concept:" in path.read_text(encoding="utf-8"))
    some.write_text(some.read_text(encoding="utf-8") + "\n# changed\n", encoding="utf-8")
    packs_and_engine(folder)
    assert len(kept(folder)) == 2


def test_a_damaged_file_is_written_anew(folder: Path) -> None:
    packs_and_engine(folder)
    (path,) = kept(folder)
    path.write_bytes(b"\x80\x05cut")
    packs, _ = packs_and_engine(folder)
    assert packs.concepts
    assert path.stat().st_size > 100


def test_nothing_is_kept_when_told_so(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TIDEWAITER_CACHE", "off")
    packs_and_engine(folder)
    assert not kept(folder)
