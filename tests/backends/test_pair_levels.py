"""What the batch engine says of many pairs is what the scalar functions say of each."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from tidewaiter.backends.link_blocking import KINDS, candidate_pairs
from tidewaiter.backends.pair_levels import PairComparer
from tidewaiter.backends.pair_scores import Counts, PairScorer
from tidewaiter.backends.party_table import table_of
from tidewaiter.link import CAPS, CountedFrequencies, PartyRecord, blocking_keys, load_weights, prepare, score_pair
from tidewaiter.link.levels import FIELDS, levels_of
from tidewaiter.packs.load import load

WEIGHTS = load_weights(load(Path(__file__).parents[2] / "packs" / "linking"))
WORDS = [
    "thomas",
    "tom",
    "t",
    "clifford",
    "cliford",
    "chudleigh",
    "ann",
    "anna",
    "an",
    "mary",
    "smith",
    "smyth",
    "jones",
    "иван",
    "иванов",
    "ivan",
    "ivanov",
    "wang",
    "xiaoming",
    "xiao",
    "ming",
    "ltd",
    "company",
    "jr",
    "2nd",
    "baron",
    "o'brien",
    "de",
    "la",
    "cruz",
    "al-said",
    "limitd",
    "william",
    "bill",
    "bil",
    "kate",
    "catherine",
    "иванова",
]


def _records(count: int, seed: int) -> list[PartyRecord]:
    random = np.random.default_rng(seed)

    def pick(values: list[str], size: int = 1) -> str:
        return " ".join(random.choice(values, size))

    return [
        PartyRecord(
            str(place),
            pick(WORDS, int(random.integers(0, 5))),
            pick(
                [
                    "12 high st",
                    "high street 12",
                    "14 high street",
                    "hihg street 12",
                    "po box 7",
                    "5 low road flat 2",
                    "",
                    "ул. Ленина, д. 5",
                ]
            ),
            pick(["york", "yrok", "new york", "london", "city of london", "", "Москва", "leeds"]),
            pick(["tq138df", "TQ13 8DG", "tq1", "12345", "12354", "", "12399"]),
            pick(["GB", "", "RU", "US"]),
            pick(["+44 1234 567890", "01234567890", "1234567891", "", "004412345678", "567890123"]),
            pick(["a.bcdef@gmail.com", "abcdef+x@gmail.com", "abcdef@mail.ru", "abcdeg@mail.ru", ""]),
            pick(
                [
                    "1980-07-12",
                    "1980-12-07",
                    "1980-07-13",
                    "1980-01-01",
                    "1980",
                    "1981-03",
                    "1990-07-12",
                    "",
                    "1931-02-28",
                    "19800721",
                    "1980-08-02",
                ]
            ),
            pick(["farmer", "army officer", "officer", ""]),
            pick(["AB123456", "AB123457", "AB129957", "", "XX777777"]),
            pick(["@seller", "seller", "other", ""]),
        )
        for place in range(count)
    ]


@pytest.mark.parametrize("seed", [1, 2])
def test_levels_and_scores_of_the_batch_are_those_of_each_pair(seed):
    records = _records(250, seed)
    table = table_of(records, WEIGHTS.words)
    prepared = [prepare(record, WEIGHTS.words) for record in records]
    for place, party in enumerate(prepared):
        assert table.prepared(place) == party
    random = np.random.default_rng(seed)
    left, right = random.integers(0, 250, (2, 4000), np.int32)
    comparer, counts = PairComparer(table), Counts(table)
    found = comparer.compare(left, right)
    scored = PairScorer(table, WEIGHTS, counts, comparer).score(left, right, found)
    frequencies = CountedFrequencies.of(prepared)
    for place, (one, other) in enumerate(zip(left, right, strict=True)):
        levels, _ = levels_of(prepared[one], prepared[other])
        batch = {name: int(found.levels[name][place]) for name in FIELDS if found.levels[name][place] >= 0}
        assert batch == levels, (records[one], records[other])
        said = score_pair(prepared[one], prepared[other], WEIGHTS, frequencies)
        assert (said.score, bool(said.no), len(said.independent)) == (
            int(scored.scores[place]), bool(scored.never[place]), int(scored.kinds[place]),
        ), (records[one], records[other])  # fmt: skip


def test_pairs_found_by_the_batch_share_a_key_of_the_live_index_and_the_other_way_round():
    records = _records(120, 3)
    table = table_of(records, WEIGHTS.words)
    keys: dict[str, set[int]] = {}
    for place, record in enumerate(records):
        for key in blocking_keys(prepare(record, WEIGHTS.words)):
            keys.setdefault(key, set()).add(place)
    live = {
        (one, other)
        for key, places in keys.items()
        if len(places) <= CAPS[key.partition(":")[0]]
        for one in places
        for other in places
        if one < other
    }
    pairs = candidate_pairs(table)
    assert set(zip(pairs.left.tolist(), pairs.right.tolist(), strict=True)) == live
    assert set(KINDS) == set(CAPS)
