"""Whether a listed name is among the candidates when it is written otherwise. What is lost here is lost for good."""

from __future__ import annotations

import random
import statistics
from pathlib import Path

import pytest
from tests.screen.party.alterations import ALTERATIONS, CSL, SDN, Alteration, read_listed

from tidewaiter.model import ListedParty
from tidewaiter.screen.party import PartyIndex

SAMPLE = 400
# A share of 0.995 in the long run; of a sample this small one more may be missing by chance.
MISSED = 4

Listed = tuple[PartyIndex, list[tuple[ListedParty, str]]]


@pytest.fixture(scope="module", params=[SDN, CSL], ids=["sdn", "csl"])
def listed(request: pytest.FixtureRequest, data_folder: Path) -> Listed:
    parties = read_listed(data_folder, request.param)
    index = PartyIndex.build(parties, cache_size=0)
    return index, [(party, name.text) for party in parties for name in party.names]


def measure(listed: Listed, alteration: Alteration, sample: int, rng: random.Random) -> tuple[int, list[int]]:
    """Return how many of a sample of altered names do not propose the listed name, and how many names each proposes."""
    index, names = listed
    missed = 0
    counts: list[int] = []
    while len(counts) < sample:
        party, text = rng.choice(names)
        altered = alteration(text, rng)
        if altered is None or not any(char.isalnum() for char in text):
            continue
        found = index.candidates(altered)
        counts.append(len(found))
        missed += not any(party in index.owners_of(number) for number in found)
    return missed, counts


@pytest.mark.parametrize("kind", ALTERATIONS)
def test_an_altered_name_proposes_the_listed_one(listed: Listed, kind: str) -> None:
    missed, counts = measure(listed, ALTERATIONS[kind], SAMPLE, random.Random(f"candidates {kind}"))
    assert missed <= MISSED
    # Each candidate costs a comparison. Names cut off may stand for hundreds ("FEDERAL STATE BUDGETARY INSTITU").
    assert statistics.mean(counts) <= (100 if kind.startswith("cut") else 25)
