"""What tests share: where the data lies, the shipped packs, and a small pack set of our own."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest

from tidewaiter.packs import PackSet, load
from tidewaiter.screen.pipeline import Screener

ROOT = Path(__file__).parent.parent
LEGAL_DATE = date(2026, 11, 24)


@pytest.fixture(scope="session")
def data_folder() -> Path:
    """The shared real lists and labelled text; tests that need them skip where they are absent."""
    folder = Path(os.environ.get("TIDEWAITER_DATA", ROOT.parent / "shared" / "data"))
    if not folder.is_dir():
        pytest.skip(f"the shared data is not at {folder}; set TIDEWAITER_DATA")
    return folder


@pytest.fixture(scope="session")
def small_packs() -> PackSet:
    """A handful of packs that do not change with the law."""
    return load(ROOT / "tests" / "small_packs", with_cases=True)


@pytest.fixture(scope="session")
def small_screener(small_packs: PackSet) -> Screener:
    """A screener over the small packs."""
    return Screener(small_packs, None, (), LEGAL_DATE)


@pytest.fixture(scope="session")
def shipped_packs() -> PackSet:
    """The packs of this repository."""
    return load(ROOT / "packs")


@pytest.fixture(scope="session")
def shipped_screener(shipped_packs: PackSet) -> Screener:
    """A screener over the shipped packs, without party lists."""
    return Screener(shipped_packs, None, (), LEGAL_DATE)
