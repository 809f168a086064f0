"""Fit the models: logistic regression over hashed text and signals, and the table of known wordings.

scikit-learn is imported inside, so that running the product does not need it.
"""

from __future__ import annotations

import importlib
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from tidewaiter.screen.goods.code_model import CodeModel
from tidewaiter.screen.goods.learned import STEP, LinearModel, NearestWordings
from tidewaiter.text.hashing import BUCKETS, Hashed, hash_texts

# How little regularised a signal is beside the hashed features: the names of single kinds are many and seen seldom.
KIND_SCALE = 0.15
SIGNAL_SCALE = 0.7
COMMON_WORDINGS = 800  # features in more wordings than this say little about the code and are not searched
COMMON = 0.03  # features in more than this share of the wordings say little about the code
Signals = Mapping[str, float]


def rarity_of(buckets: npt.NDArray[Any], texts: int, size: int = BUCKETS) -> npt.NDArray[np.float32]:
    """Return the smoothed inverse document frequency of every bucket, of `size`, over a number of texts."""
    seen = np.bincount(buckets, minlength=size)
    return (np.log((1 + texts) / (1 + seen)) + 1).astype(np.float32)


def unit_values(hashed: Hashed, rarity: npt.NDArray[np.float32], buckets: npt.NDArray[Any]) -> npt.NDArray[np.float64]:
    """Return the weight of each feature of a batch, its text's vector scaled to length one."""
    rows = hashed.rows()
    values = rarity[buckets].astype(np.float64)
    length = np.sqrt(np.bincount(rows, values**2, len(hashed.starts) - 1))
    return np.asarray(values / np.maximum(length, 1e-9)[rows], np.float64)


def fit_linear(
    texts: Sequence[str],
    targets: Sequence[float],
    signals: Sequence[Signals],
    weights: Sequence[float],
    strength: float = 8.0,
) -> LinearModel:
    """Fit a logistic model.

    Args:
        texts: training texts.
        targets: how far each text is what the model is to find, 0 to 1.
        signals: the named signals of each text.
        weights: how much each text counts.
        strength: inverse of the regularisation.
    """
    sparse: Any = importlib.import_module("scipy.sparse")
    linear: Any = importlib.import_module("sklearn.linear_model")
    hashed = hash_texts(texts)
    rarity = rarity_of(hashed.features, len(texts))
    # only buckets that occur are fitted; all others have no weight
    used, column = np.unique(hashed.features, return_inverse=True)
    words = sparse.csr_matrix(
        (unit_values(hashed, rarity, hashed.features), column, hashed.starts), shape=(len(texts), len(used))
    )
    names = sorted({name for row in signals for name in row})
    scale = np.array(
        [KIND_SCALE if name.startswith(("concept:", "family:")) else SIGNAL_SCALE for name in names] or [1.0]
    )
    place = {name: number for number, name in enumerate(names)}
    entries = [(i, place[name], value) for i, row in enumerate(signals) for name, value in sorted(row.items())]
    rows, columns, numbers = zip(*entries, strict=True) if entries else ((), (), ())
    beside = sparse.csr_matrix(
        (np.array(numbers, np.float64) * scale[np.array(columns, int)], (np.array(rows, int), np.array(columns, int))),
        shape=(len(texts), max(1, len(names))),
    )
    model = linear.LogisticRegression(C=strength, max_iter=400)
    # a target between 0 and 1 counts on both sides in its share
    both = sparse.hstack([words, beside]).tocsr()
    target, weight = np.asarray(targets, np.float64), np.asarray(weights, np.float64)
    yes, no = np.flatnonzero(target > 0), np.flatnonzero(target < 1)
    model.fit(
        sparse.vstack([both[yes], both[no]]).tocsr(),
        np.concatenate((np.ones(len(yes), int), np.zeros(len(no), int))),
        sample_weight=np.concatenate((weight[yes] * target[yes], weight[no] * (1 - target[no]))),
    )
    found = model.coef_[0]
    coefficients = np.zeros(BUCKETS, np.float32)
    coefficients[used] = found[: len(used)]
    return LinearModel(
        coefficients,
        rarity,
        float(model.intercept_[0]),
        {name: float(found[len(used) + number] * scale[number]) for name, number in place.items()},
    )


def fit_wordings(
    texts: Sequence[str], codes: Sequence[str], weights: Sequence[float], names: Sequence[str], code_model: CodeModel
) -> NearestWordings:
    """Make the table of known wordings with their codes.

    Args:
        texts: the wordings.
        codes: the HS6 code of each.
        weights: how much the likeness to each counts.
        names: every code there is, sorted.
        code_model: says which of these codes a wording sounds like.
    """
    hashed = hash_texts(texts)
    rarity = rarity_of(hashed.features, len(texts))
    seen = np.bincount(hashed.features, minlength=BUCKETS)
    rarity[seen > COMMON * len(texts)] *= 0.3
    rows = hashed.rows()
    values = unit_values(hashed, rarity, hashed.features) * np.asarray(weights)[rows]
    telling = seen[hashed.features] <= COMMON_WORDINGS
    features, values, rows = hashed.features[telling], values[telling], rows[telling]
    order = np.argsort(features, kind="stable")
    starts = np.searchsorted(features[order], np.arange(BUCKETS + 1))
    number = {name: place for place, name in enumerate(names)}
    code_of = np.fromiter((number[code] for code in codes), np.int64, len(codes))
    numbers = rows[order]
    return NearestWordings(
        rarity,
        starts.astype(np.int64),
        numbers.astype(np.uint16) if len(texts) < 1 << 16 else numbers.astype(np.uint32),
        np.round(np.clip(values[order], 0, 2) * STEP).astype(np.uint8),
        code_of.astype(np.uint16),
        tuple(names),
        code_model,
    )
