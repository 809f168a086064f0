"""The model of codes learns kinship of words and goes on from coded parcels; a saved one reads back the same."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from tidewaiter.screen.goods.learned import Concern, Learned, LinearModel
from tidewaiter.screen.goods.nearest import NearestWordings
from tidewaiter.service.learning.code_fitting import CodeLearner
from tidewaiter.service.learning.fitting import fit_wordings
from tidewaiter.service.models import load_models, save_models
from tidewaiter.text.hashing import hash_texts

GOODS = {
    "330300": ["perfume", "eau de parfum", "perfume gift box", "parfum spray"],
    "330499": ["face cream", "night cream", "sun cream", "hand cream"],
    "640399": ["leather shoes", "leather boots", "walking shoes", "brogue shoes"],
}
TEXTS = [text for texts in GOODS.values() for text in texts] * 20
CODES = [code for code, texts in GOODS.items() for _ in texts] * 20
PARCELS = ["glow nmbr 5"] * 3


@pytest.fixture(scope="module")
def table() -> NearestWordings:
    learner = CodeLearner(TEXTS, CODES, [1.0] * len(TEXTS), sorted(GOODS))
    model = learner.with_parcels(PARCELS, ["330499"] * 3)
    texts, codes = TEXTS + PARCELS, CODES + ["330499"] * 3
    return fit_wordings(texts, codes, [1.0] * len(texts), learner.names, model)


@pytest.mark.parametrize(("text", "code"), [("parfum", "330300"), ("boots", "640399"), ("glow nmbr", "330499")])
def test_the_code_of_like_wordings_comes_first(table: NearestWordings, text: str, code: str) -> None:
    (codes, nearest), (nothing, none) = table.rank(hash_texts([text, "!"]))
    assert codes[0][0] == code
    assert 0.0 < nearest <= 1.01
    assert sum(score for _, score in codes) == pytest.approx(1.0)
    assert (nothing, none) == ((), 0.0)


def test_a_common_code_is_thought_of_without_a_vote(table: NearestWordings) -> None:
    codes, _ = table.rank(hash_texts(["brogue"]))[0]
    assert "330499" in dict(codes)


def test_what_a_text_is_answered_does_not_hang_on_its_batch(table: NearestWordings) -> None:
    texts = ["parfum", "cream", "", "leather", "glow"]
    together = table.rank(hash_texts(texts))
    for text, (codes, nearest) in zip(texts, together, strict=True):
        alone, near = table.rank(hash_texts([text]))[0]
        assert [code for code, _ in alone] == [code for code, _ in codes]
        assert [score for _, score in alone] == pytest.approx([score for _, score in codes])
        assert near == pytest.approx(nearest)


def test_weights_read_back_the_same(table: NearestWordings, tmp_path: Path) -> None:
    empty = LinearModel(table.rarity * 0, table.rarity, 0.0, {})
    path = tmp_path / "goods.npz"
    save_models(Learned("1", Concern(empty, replace(empty, bias=1.0), empty), empty, table), path)
    again = load_models(path)
    assert again is not None
    assert again.concern.supply.bias == 1.0
    np.testing.assert_array_equal(again.codes.code_model.inner, table.code_model.inner)
    assert [c for c, _ in again.codes.rank(hash_texts(["perfume"]))[0][0]] == [
        c for c, _ in table.rank(hash_texts(["perfume"]))[0][0]
    ]
