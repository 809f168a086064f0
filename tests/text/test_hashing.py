"""A text has the same features alone and in any batch."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from tidewaiter.text.hashing import BUCKETS, _each_once, hash_texts

TEXTS = st.lists(st.text(max_size=40), min_size=1, max_size=8)


def features(texts: list[str], number: int) -> list[int]:
    hashed = hash_texts(texts)
    return hashed.features[hashed.starts[number] : hashed.starts[number + 1]].tolist()


@given(TEXTS)
def test_features_do_not_depend_on_the_batch(texts: list[str]) -> None:
    for number, text in enumerate(texts):
        assert features(texts, number) == features([text], 0)
        assert all(0 <= feature < BUCKETS for feature in features([text], 0))


@given(st.lists(st.integers(-5, 5)))
def test_each_number_comes_once_and_in_order(numbers: list[int]) -> None:
    assert _each_once(np.array(numbers, np.int64)).tolist() == sorted(set(numbers))


def test_case_and_digits_do_not_matter_but_words_do() -> None:
    assert features(["Thermal CAMERA 640"], 0) == features(["thermal camera 512"], 0)
    assert features(["thermal camera"], 0) != features(["camera thermal"], 0)


def test_a_word_without_its_vowels_shares_a_feature() -> None:
    assert set(features(["shelf"], 0)) & set(features(["shlf"], 0))
