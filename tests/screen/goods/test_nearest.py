"""The nearest wordings of a text: the same in any batch, and what a plain search finds."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from tidewaiter.screen.goods.code_model import CodeModel
from tidewaiter.screen.goods.nearest import STEP, NearestWordings
from tidewaiter.text.hashing import BUCKETS, Hashed, hash_texts

KNOWN = {
    "cotton t-shirt": "610910",
    "mens cotton shirt": "620520",
    "ladies cotton blouse": "620630",
    "phone case leather": "420232",
    "leather wallet": "420231",
    "usb cable": "854442",
    "usb charger": "850440",
    "хлопковая футболка": "610910",
}
TEXTS = ["cotton shirt", "", "leather phone case", "!?", "usb", "футболка", "zzqx", "shirt usb leather", "blouse"]


@pytest.fixture(scope="module")
def wordings() -> NearestWordings:
    hashed = hash_texts(list(KNOWN))
    codes = tuple(sorted(set(KNOWN.values())))
    rows = hashed.rows()
    order = np.lexsort((rows, hashed.features))
    values = np.full(len(rows), 40, np.uint8) + (rows[order] % 3).astype(np.uint8)
    starts = np.searchsorted(hashed.features[order], np.arange(BUCKETS + 1))
    random = np.random.default_rng(7)
    sounds = CodeModel(
        np.ones(64, np.float32),
        random.integers(-40, 40, (64, 3)).astype(np.int8),
        np.full(3, 0.02, np.float32),
        np.asarray(random.normal(0.0, 0.3, (len(codes), 3)), np.float32),
        np.zeros(len(codes), np.float32),
        np.array([0, 2], np.int64),
    )
    rarity = np.asarray(1.0 + random.random(BUCKETS), np.float32)
    code_of = np.array([codes.index(code) for code in KNOWN.values()], np.uint16)
    return NearestWordings(
        rarity, starts.astype(np.int64), rows[order].astype(np.uint32), values, code_of, codes, sounds, looked_at=3
    )


def plain_search(wordings: NearestWordings, features: np.ndarray) -> tuple[set[str], float]:
    """The codes of the most like wordings and the greatest likeness, found one number at a time."""
    length = float(np.sqrt(np.sum(wordings.rarity[features].astype(float) ** 2))) or 1.0
    likeness: dict[int, float] = {}
    for feature in features.tolist():
        for posting in range(wordings.starts[feature], wordings.starts[feature + 1]):
            wording = int(wordings.wordings[posting])
            part = float(wordings.values[posting]) / STEP * float(wordings.rarity[feature]) / length
            likeness[wording] = likeness.get(wording, 0.0) + part
    if not likeness:
        return set(), 0.0
    nearest = max(likeness.values())
    best = sorted(((n, w) for w, n in likeness.items() if n > 0.25 * nearest), reverse=True)[: wordings.looked_at]
    return {wordings.codes[wordings.code_of[wording]] for _, wording in best}, nearest


def test_a_batch_is_ranked_as_each_text_alone(wordings: NearestWordings) -> None:
    many = TEXTS * 7  # more than are searched together
    hashed = hash_texts(many)
    together = wordings.rank(hashed)
    for (first, last), ranked in zip(pairwise(hashed.starts.tolist()), together, strict=True):
        (codes, nearest), (others, other) = wordings.rank_one(hashed.features[first:last]), ranked
        assert [code for code, _ in codes] == [code for code, _ in others]
        assert [score for _, score in codes] == pytest.approx([score for _, score in others], rel=1e-6)
        assert nearest == other


def test_the_search_finds_what_a_plain_one_finds(wordings: NearestWordings) -> None:
    hashed = hash_texts(TEXTS)
    for (first, last), (codes, nearest) in zip(pairwise(hashed.starts.tolist()), wordings.rank(hashed), strict=True):
        expected, likest = plain_search(wordings, hashed.features[first:last])
        assert nearest == pytest.approx(likest)
        assert [score for _, score in codes] == sorted((score for _, score in codes), reverse=True)
        common = {wordings.codes[number] for number in wordings.code_model.common}
        assert {code for code, _ in codes} <= expected | common
        assert not expected or {code for code, _ in codes} & expected


def test_a_text_that_shares_nothing_is_like_nothing(wordings: NearestWordings) -> None:
    assert wordings.rank(hash_texts(["", "!?"])) == [((), 0.0), ((), 0.0)]
    assert wordings.rank(Hashed(np.zeros(0, np.uint32), np.zeros(1, np.int64))) == []


def test_a_wording_may_be_left_out_of_its_own_search(wordings: NearestWordings) -> None:
    features = hash_texts(["usb cable"]).features
    _, nearest = wordings.rank_one(features)
    _, without = wordings.rank_one(features, leave_out=nearest)
    assert 0 < without < nearest


def test_postings_come_back_as_they_were_given(wordings: NearestWordings) -> None:
    assert set(wordings.wordings.tolist()) == set(range(len(KNOWN)))
    assert set(wordings.values.tolist()) == {40, 41, 42}
