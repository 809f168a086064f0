"""Weights of the shipped linking pack, loaded once."""

from __future__ import annotations

from pathlib import Path

import pytest

from tidewaiter.link import Prepared, Weights, load_weights, prepare
from tidewaiter.link.records import PartyRecord
from tidewaiter.packs.load import load

PACK = Path(__file__).parents[2] / "packs" / "linking"


@pytest.fixture(scope="session")
def weights() -> Weights:
    return load_weights(load(PACK))


@pytest.fixture(scope="session")
def party(weights):
    def make(ident: str = "1", **fields: str) -> Prepared:
        return prepare(PartyRecord(ident, **fields), weights.words)

    return make
