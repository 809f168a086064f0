"""The compiled search proposes what the plain one does, and nothing breaks where there is none."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from rapidfuzz.distance import OSA, DamerauLevenshtein, LCSseq
from tests.screen.party.alterations import ALTERATIONS, CSL, SDN, read_listed

from tidewaiter.model import ListedName, ListedParty, Party
from tidewaiter.screen.party import PartyIndex, compiled
from tidewaiter.screen.party.columns import build_columns

pytest.importorskip("numba")
np = pytest.importorskip("numpy")

ODD = (
    "", " ", "a", "1", "A B", "12345678", "x" * 200, "Zhang " * 30, "Ян", "محمد علي", "张伟", "O'Neill-Smith", "ABCD E", "ßß",
    "ООО Ромашка", "aaaa aaaa aaaa", "Orlov, Ivan; Petrov c/o Sidorov", "MV Golden 2", "ba ab", "ca abc", "É", "💡 Light Ltd",
)  # fmt: skip


def _names(parties: list[ListedParty], count: int, seed: str) -> list[str]:
    rng = random.Random(seed)
    kinds = list(ALTERATIONS.values())
    known = [name.text for party in parties for name in party.names]
    made = [altered for _ in range(count) if (altered := rng.choice(kinds)(rng.choice(known), rng)) is not None]
    words = [word for text in rng.sample(known, min(len(known), 300)) for word in text.split()]
    made += [" ".join(rng.choice(words) for _ in range(rng.randint(1, 5))) for _ in range(count)]
    return made + ["".join(rng.choice("abcdeiklmnorstu ") for _ in range(rng.randint(1, 20))) for _ in range(count)]


def _both(parties: list[ListedParty]) -> tuple[PartyIndex, PartyIndex]:
    columns = build_columns(parties)
    return PartyIndex(columns, 0, parties), PartyIndex(columns, 0, parties, compiled=False)


def test_compiled_and_plain_search_propose_the_same_listed_names(data_folder: Path) -> None:
    rng = random.Random("compiled")
    parties = rng.sample(read_listed(data_folder, SDN), 3000) + rng.sample(read_listed(data_folder, CSL), 1500)
    fast, plain = _both(parties)
    lost, more = [], 0
    for name in (*_names(parties, 250, "real"), *ODD):
        found, expected = set(fast.candidates(name)), set(plain.candidates(name))
        lost += [(name, number) for number in expected - found]
        more += len(found - expected)
    assert lost == []
    # Sums of weights that stand exactly at a limit are rounded otherwise.
    assert more <= 20


def test_compiled_and_plain_search_give_the_same_matches_in_batches_of_any_size() -> None:
    texts = (
        "Ivan Petrovich Orlov",
        "Karimov Trading LLC",
        "Чжан Вэй",
        "Golden Horn Shipping",
        "TARA LTD",
        "Ba Ab",
        "Li Na",
    )
    parties = [
        ListedParty("one", str(place), "Person" if place % 2 else "Organization", (ListedName(text),))
        for place, text in enumerate(texts)
    ]
    fast, plain = _both(parties)
    declared = [Party(name) for name in (*_names(parties, 60, "few"), *ODD)]
    expected = [plain.match(party) for party in declared]
    for size in (1, 7, len(declared)):
        got = [row for at in range(0, len(declared), size) for row in fast.match_batch(declared[at : at + size])]
        assert got == expected


def test_no_listed_name_is_left_out_that_the_comparison_brings_to_the_review_level(data_folder: Path) -> None:
    """What is left out before the comparison would have come to nothing: a search that leaves nothing out matches the same."""
    rng = random.Random("likely")
    parties = rng.sample(read_listed(data_folder, SDN), 1500) + rng.sample(read_listed(data_folder, CSL), 700)
    columns = build_columns(parties)
    fast, whole = PartyIndex(columns, 0, parties), PartyIndex(columns, 0, parties)
    object.__setattr__(whole._search._compiled, "_is_bound", False)
    facts = ({}, {"address": "12 Lenin street, Tehran"}, {"birth_date": "1965-03-12"}, {"id_number": "A1234567"})
    declared = [Party(name, **rng.choice(facts)) for name in (*_names(parties, 400, "likely"), *ODD)]  # type: ignore[arg-type]
    for levels in ({}, {"threshold": 860, "threshold_organisation": 650}, {"threshold": 500}):
        assert fast.match_batch(declared, **levels) == whole.match_batch(declared, **levels)


def test_an_index_of_nothing_is_searched() -> None:
    fast, _ = _both([])
    assert fast.match(Party("Ivan Orlov")) == ()


@pytest.fixture
def no_place_for_code(monkeypatch: pytest.MonkeyPatch) -> None:
    from tidewaiter.screen.party import kernel_entry

    def nowhere(version: int) -> None:
        raise RuntimeError("no locator available")

    monkeypatch.setattr(kernel_entry, "kept_search", nowhere)
    monkeypatch.setattr(compiled, "_SEARCH", [])


@pytest.mark.usefixtures("no_place_for_code")
def test_the_plain_search_answers_where_code_cannot_be_kept() -> None:
    index = PartyIndex.build([ListedParty("one", "1", "Person", (ListedName("Ivan Petrovich Orlov"),))])
    assert [match.listed.list_id for match in index.match(Party("Ivan Petrovich Orlof"))] == ["1"]


def test_edits_and_common_letters_are_those_of_the_library() -> None:
    from tidewaiter.screen.party.kernel_letters import common_letters, edits, edits_within, mark_places

    rng = random.Random("letters")
    masks, room = np.zeros(256, dtype=np.uint64), np.zeros((140, 140), dtype=np.int16)
    for _ in range(3000):
        one = "".join(rng.choice("abc") for _ in range(rng.choice((1, 3, 5, 9, 14, 64))))
        other = list(one)
        for _ in range(rng.randint(0, 4)):
            place = rng.randrange(len(other) + 1)
            other[place : place + rng.randint(0, 2)] = rng.choices("abcd", k=rng.randint(0, 2))
        left, right = (np.frombuffer("".join(text).encode(), dtype=np.uint8) for text in (one, other))
        mark_places(left, masks)
        assert edits(len(left), masks, right) == OSA.distance(one, "".join(other))
        assert common_letters(left, right, masks) == LCSseq.similarity(one, "".join(other))
        for most in (1, 2):
            assert edits_within(left, right, most, room) == (DamerauLevenshtein.distance(one, "".join(other)) <= most)
