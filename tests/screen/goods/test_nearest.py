"""The nearest wordings of a text: the same in any batch, and what a plain search finds."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from tidewaiter.screen.goods.nearest import LEAST_CHAPTER, STEP, ChapterModel, NearestWordings
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
    chapters = ChapterModel(
        (42, 61, 62, 85),
        random.integers(-40, 40, (64, 4)).astype(np.int8),
        np.full(4, 0.05, np.float32),
        np.zeros(4, np.float32),
        np.ones(64, np.float32),
    )
    rarity = np.asarray(1.0 + random.random(BUCKETS), np.float32)
    code_of = np.array([codes.index(code) for code in KNOWN.values()], np.uint16)
    return NearestWordings(
        rarity, starts.astype(np.int64), rows[order].astype(np.uint32), values, code_of, codes, chapters, looked_at=3
    )


def plain_search(wordings: NearestWordings, features: np.ndarray) -> tuple[dict[str, float], float]:
    """The same search one number at a time."""
    length = float(np.sqrt(np.sum(wordings.rarity[features].astype(float) ** 2))) or 1.0
    likeness: dict[int, float] = {}
    for feature in features.tolist():
        for posting in range(wordings.starts[feature], wordings.starts[feature + 1]):
            wording = int(wordings.wordings[posting])
            part = float(wordings.values[posting]) / STEP * float(wordings.rarity[feature]) / length
            likeness[wording] = likeness.get(wording, 0.0) + part
    if not likeness:
        return {}, 0.0
    nearest = max(likeness.values())
    best = sorted(((n, w) for w, n in likeness.items() if n > 0.25 * nearest), reverse=True)[: wordings.looked_at]
    scores: dict[str, float] = {}
    for near, wording in best:
        code = wordings.codes[wordings.code_of[wording]]
        scores[code] = scores.get(code, 0.0) + near**wordings.power
    total = sum(scores.values())
    chapter = {c: sum(s for code, s in scores.items() if code[:2] == c) / total for c in {code[:2] for code in scores}}
    sounds = wordings.chapter_model.shares(features, np.array([0, len(features)], np.int64))[0]
    scores = {
        code: score * (0.05 + chapter[code[:2]]) * (LEAST_CHAPTER + sounds[int(code[:2])])
        for code, score in scores.items()
    }
    total = sum(scores.values())
    return {code: score / total for code, score in scores.items()}, nearest


def test_a_batch_is_ranked_as_each_text_alone(wordings: NearestWordings) -> None:
    many = TEXTS * 7  # more than are searched together
    hashed = hash_texts(many)
    together = wordings.rank(hashed)
    for (first, last), ranked in zip(pairwise(hashed.starts.tolist()), together, strict=True):
        assert wordings.rank_one(hashed.features[first:last]) == ranked


def test_the_search_finds_what_a_plain_one_finds(wordings: NearestWordings) -> None:
    hashed = hash_texts(TEXTS)
    for (first, last), (codes, nearest) in zip(pairwise(hashed.starts.tolist()), wordings.rank(hashed), strict=True):
        expected, likest = plain_search(wordings, hashed.features[first:last])
        assert nearest == pytest.approx(likest)
        assert [score for _, score in codes] == sorted((score for _, score in codes), reverse=True)
        for code, score in codes:
            assert score == pytest.approx(expected[code], rel=1e-5)
        assert len(codes) == min(5, len(expected))


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
