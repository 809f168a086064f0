"""An additive model with pairwise terms: a sum of curves of one feature and of surfaces of two, each readable as a table.

Boosted trees of depth two are sums of functions of at most two features on each path (a generalised additive model with
interactions, Lou and others, KDD 2013). They are fitted with LightGBM, once freely to find the pairs worth having and once with
those pairs alone, and then written as tables: every tree's leaf goes to the pair of features on its path. What a surface says of
one feature alone is moved into that feature's curve, so that contributions are read against the average item. The tables alone
make a score: no tree is needed afterwards.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from tidewaiter.service.ranking.boosting import boosting

if TYPE_CHECKING:
    from lightgbm import Booster

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]
Pair = tuple[int, ...]
PAIRS = 12
ROUNDS = 600
PATIENCE = 40
_PARAMETERS: dict[str, Any] = {
    "objective": "binary",
    "metric": "binary_logloss",
    "learning_rate": 0.05,
    "max_depth": 2,
    "num_leaves": 4,
    "min_data_in_leaf": 30,
    "lambda_l2": 5.0,
    "max_bin": 63,
    "feature_pre_filter": False,
    "deterministic": True,
    "force_row_wise": True,
    "seed": 7,
    "num_threads": 2,
    "verbosity": -1,
}
SECOND: dict[str, Any] = {**_PARAMETERS, "max_depth": 6, "num_leaves": 31, "learning_rate": 0.03}


@dataclass(frozen=True, slots=True)
class Term:
    """One curve or surface: for each feature the cuts between its cells, and the points of each cell in log-odds.

    The first cell of a feature is for values not known; cell `i` holds values up to cut `i - 1`.
    """

    features: Pair
    points: Floats


@dataclass(frozen=True)
class Additive:
    """Terms over features whose cuts are shared: log-odds = start + sum of the points of all terms."""

    start: float
    cuts: tuple[Floats, ...]
    terms: tuple[Term, ...]

    def contributions(self, rows: Floats) -> Floats:
        """Return the points of each term for each row, shape (rows, terms)."""
        cells = [_cells(rows[:, feature], cuts) for feature, cuts in enumerate(self.cuts)]
        found = np.zeros((len(rows), len(self.terms)))
        for number, term in enumerate(self.terms):
            found[:, number] = term.points[tuple(cells[feature] for feature in term.features)]
        return found


def _cells(values: Floats, cuts: Floats) -> Whole:
    """Return the cell of each value: 0 unknown, then by the cuts (a value equal to a cut lies below it)."""
    return np.where(np.isnan(values), 0, np.searchsorted(cuts, values, side="left") + 1).astype(np.int64)


def fit_trees(
    parameters: dict[str, Any],
    rows: Floats,
    labels: Floats,
    weights: Floats,
    last: NDArray[np.bool_],
    rounds: int = ROUNDS,
) -> Booster:
    """Fit boosted trees; the rows of `last` (the latest part) say when to stop, then all rows are fitted for as long."""
    lightgbm = boosting()
    settings = {**parameters, "seed": parameters["seed"]}
    if last.any() and (~last).any() and labels[~last].sum() > 0 and 0 < labels[last].sum() < last.sum():
        early = lightgbm.Dataset(rows[~last], labels[~last], weight=weights[~last], params=settings)
        late = lightgbm.Dataset(rows[last], labels[last], weight=weights[last], reference=early)
        stopped = lightgbm.train(
            settings, early, rounds, valid_sets=[late], callbacks=[lightgbm.early_stopping(PATIENCE, verbose=False)]
        )
        rounds = max(20, int(stopped.best_iteration * (1 + last.mean())))
    else:
        rounds = min(rounds, 200)
    fitted: Booster = lightgbm.train(settings, lightgbm.Dataset(rows, labels, weight=weights, params=settings), rounds)
    return fitted


def fit_additive(
    rows: Floats, labels: Floats, weights: Floats, last: NDArray[np.bool_], pairs: int = PAIRS
) -> Additive:
    """Fit the additive model.

    Args:
        rows: features, NaN where unknown.
        labels: 1 found, 0 not.
        weights: of each row.
        last: the latest rows, which say when to stop.
        pairs: how many surfaces at most.
    """
    free = fit_trees(_PARAMETERS, rows, labels, weights, last)
    gain: dict[Pair, float] = {}
    for tree in free.dump_model()["tree_info"]:
        for path, _, gained in _leaves(tree["tree_structure"]):
            used = tuple(sorted({feature for feature, *_ in path}))
            if len(used) == 2:
                gain[used] = gain.get(used, 0.0) + gained
    chosen = [list(pair) for pair, _ in sorted(gain.items(), key=lambda item: (-item[1], item[0]))[:pairs]]
    single = [[feature] for feature in range(rows.shape[1])]
    final = fit_trees({**_PARAMETERS, "interaction_constraints": single + chosen}, rows, labels, weights, last)
    return _tables(final, rows, weights)


def _leaves(
    node: dict[str, Any], path: tuple[Any, ...] = (), gained: float = 0.0
) -> Iterator[tuple[Any, float, float]]:
    """Yield the path (feature, cut, goes left, unknown goes left), value and gain of each leaf of a tree."""
    if "leaf_value" in node:
        yield path, float(node["leaf_value"]), gained
        return
    split = (int(node["split_feature"]), float(node["threshold"]), bool(node["default_left"]))
    gain = gained + float(node["split_gain"]) / 2
    yield from _leaves(node["left_child"], (*path, (*split, True)), gain)
    yield from _leaves(node["right_child"], (*path, (*split, False)), gain)


def _tables(model: Booster, rows: Floats, weights: Floats) -> Additive:
    leaves = [leaf for tree in model.dump_model()["tree_info"] for leaf in _leaves(tree["tree_structure"])]
    found: list[set[float]] = [set() for _ in range(rows.shape[1])]
    for path, _, _ in leaves:
        for feature, cut, _, _ in path:
            found[feature].add(cut)
    cuts = tuple(np.array(sorted(some)) for some in found)
    points: dict[Pair, Any] = {}
    start = 0.0
    for path, value, _ in leaves:
        used = tuple(sorted({feature for feature, *_ in path}))
        if not used:
            start += value
            continue
        if used not in points:
            points[used] = np.zeros([len(cuts[feature]) + 2 for feature in used], dtype=np.float64)
        inside = [np.ones(len(cuts[feature]) + 2, dtype=bool) for feature in used]
        for feature, cut, unknown_left, left in path:
            inside[used.index(feature)] &= _side(cuts[feature], cut, unknown_left, left)
        points[used][np.ix_(*inside)] += value
    return _purified(start, cuts, points, rows, weights)


def _side(cuts: Floats, cut: float, unknown_left: bool, left: bool) -> NDArray[np.bool_]:
    """Return which cells lie on one side of a cut."""
    below = np.empty(len(cuts) + 2, dtype=bool)
    below[0] = unknown_left
    below[1:] = np.arange(1, len(cuts) + 2) <= np.searchsorted(cuts, cut, side="left") + 1
    return below if left else ~below


def _purified(
    start: float, cuts: tuple[Floats, ...], points: dict[Pair, Floats], rows: Floats, weights: Floats
) -> Additive:
    """Move what surfaces say of one feature into its curve and what curves say on average into the start."""
    cells = [_cells(rows[:, feature], some) for feature, some in enumerate(cuts)]
    curves = {feature: np.zeros(len(some) + 2) for feature, some in enumerate(cuts)}
    for pair, table in points.items():
        if len(pair) == 1:
            curves[pair[0]] += table
    surfaces = {}
    for pair, table in points.items():
        if len(pair) == 2:
            mass = np.zeros(table.shape)
            np.add.at(mass, (cells[pair[0]], cells[pair[1]]), weights)
            table = table.copy()
            for _ in range(20):
                for axis in (1, 0):
                    total = mass.sum(axis=axis)
                    mean = np.divide((table * mass).sum(axis=axis), total, out=np.zeros_like(total), where=total > 0)
                    curves[pair[1 - axis]] += mean
                    table -= mean[:, None] if axis == 1 else mean[None, :]
            surfaces[pair] = table
    terms = []
    for feature, curve in curves.items():
        share = np.bincount(cells[feature], weights=weights, minlength=len(curve)) / weights.sum()
        mean = float((curve * share).sum())
        start += mean
        if np.any(np.abs(curve - mean) > 1e-12) and len(cuts[feature]):
            terms.append(Term((feature,), curve - mean))
    terms.extend(Term(pair, table) for pair, table in sorted(surfaces.items()))
    return Additive(start, cuts, tuple(terms))


def to_plain(model: Additive) -> dict[str, Any]:
    """Return the model as plain values for JSON."""
    return {
        "start": model.start,
        "cuts": [cuts.tolist() for cuts in model.cuts],
        "terms": [{"features": list(term.features), "points": term.points.tolist()} for term in model.terms],
    }


def from_plain(plain: dict[str, Any]) -> Additive:
    """Return a model read from JSON."""
    return Additive(
        float(plain["start"]),
        tuple(np.array(cuts, dtype=np.float64) for cuts in plain["cuts"]),
        tuple(Term(tuple(term["features"]), np.array(term["points"], dtype=np.float64)) for term in plain["terms"]),
    )


def log_odds(model: Additive, contributions: Floats) -> Floats:
    """Return the sum that a score is made of."""
    return np.asarray(model.start + contributions.sum(axis=1))


def probability(sums: Floats | Sequence[float]) -> Floats:
    """Return the chance that belongs to log-odds."""
    return np.asarray(1.0 / (1.0 + np.exp(-np.asarray(sums, dtype=np.float64))))
