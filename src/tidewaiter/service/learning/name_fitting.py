"""Fit the weights of the name measures: an additive logistic model with signs that make sense, by scipy."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tidewaiter.model import ListedParty, Party
from tidewaiter.screen.party import PartyIndex
from tidewaiter.screen.party.align import pair_words
from tidewaiter.screen.party.measures import MEASURES, PLACE, measure
from tidewaiter.screen.party.prepared import ORGANISATION, PERSON, kind_of, prepare
from tidewaiter.screen.party.weights import Weigher, plain_weigher
from tidewaiter.service.learning.name_pairs import NamePair, altered_pairs, labelled_pairs, listed_pairs, ordinary_names
from tidewaiter.service.matching_measures import Measured

Floats = NDArray[np.float64]
# Agreement of words never lowers a score; a misspelling or a contradiction never raises it. The others find their sign.
_NEVER_NEGATIVE = frozenset(
    {
        "same.first",
        "same.more",
        "same.most",
        "share.half",
        "share.most",
        "share.all",
        "whole.most",
        "whole.all",
        "form.same",
        "acronym",
    }
)
_NEVER_POSITIVE = frozenset({"sound", "spelling", "spelling.far", "both.some", "both.left", "both.left.unlike", "vowels.both",
                             "order", "form.differs", "numeral.differs", "numeral.missing", "numeral.extra", "left.initial", "right.initial", "reading", "nickname",
                             "first.differs", "last.differs", "descent"})  # fmt: skip
# An initial says a little; it must not lift a name above the whole word.
_INITIAL = 0.5
_LIKENESS = ("share.half", "share.most", "share.all", "whole.some", "whole.most", "whole.all")
_RIDGE = 1.0
_VOWELLESS_RIDGE = 2.0
_LABELLED_WEIGHT = 5.0


def _minimiser() -> Callable[..., Any]:
    """Return scipy's minimiser; it is needed for training alone."""
    found: Callable[..., Any] = import_module("scipy.optimize").minimize
    return found


def measured(pair: NamePair, weigher: Weigher) -> list[float]:
    """Return the measures of a pair of names, by the readings of their scripts that agree most."""
    kind = kind_of(pair.schema)
    left = prepare(pair.declared, kind, weigher, pair.schema)
    right = prepare(pair.listed, kind, weigher, pair.schema)
    rows = [measure(pair_words(one, other)) for one in left for other in right]
    return max(
        rows, key=lambda row: sum(row[PLACE[name]] for name in _LIKENESS), default=[1.0] + [0.0] * (len(MEASURES) - 1)
    )


def fit(rows: Floats, labels: Floats, importance: Floats, near: Floats | None = None) -> Floats:
    """Return the weights in log-odds.

    Args:
        rows: Measures, one row a pair.
        labels: 1 for one party, 0 for two.
        importance: How often each pair counts.
        near: Weights to stay near, where there is little to learn from.

    Returns:
        One weight a measure, of the sign the measure allows.
    """
    minimize = _minimiser()
    bounds = [
        (
            0.0 if name in _NEVER_NEGATIVE else -np.inf,
            0.0 if name in _NEVER_POSITIVE else _INITIAL if name == "initial" else np.inf,
        )
        for name in MEASURES
    ]
    centre = np.zeros(len(MEASURES)) if near is None else near
    ridge = np.full(len(MEASURES), _RIDGE if near is None else _VOWELLESS_RIDGE)
    ridge[0] = 0.01

    def loss(weights: Floats) -> tuple[float, Floats]:
        odds = rows @ weights
        wrong = 1.0 / (1.0 + np.exp(-odds)) - labels
        value = importance @ (np.logaddexp(0.0, odds) - labels * odds) + 0.5 * ridge @ (weights - centre) ** 2
        return float(value), rows.T @ (importance * wrong) + ridge * (weights - centre)

    options = {"maxiter": 5000, "maxfun": 20000}
    found = minimize(loss, centre, jac=True, method="L-BFGS-B", bounds=bounds, options=options)
    return np.asarray(found.x, dtype=np.float64)


def calibration(odds: Floats, labels: Floats) -> tuple[float, float]:
    """Return (slope, offset) that turn log-odds into those of the labelled pairs (Platt's method)."""
    minimize = _minimiser()

    def loss(pair: Floats) -> float:
        moved = pair[0] * odds + pair[1]
        return float(np.mean(np.logaddexp(0.0, moved) - labels * moved))

    slope, offset = minimize(loss, np.array([1.0, 0.0]), method="Nelder-Mead").x
    return float(slope), float(offset)


def ordinary_pairs(parties: Sequence[ListedParty], names: Iterable[tuple[str, str]]) -> list[NamePair]:
    """Return ordinary names with every listed name the search proposes for them; none is a match."""
    index = PartyIndex.build(parties, cache_size=0)
    found = []
    for place, (_, name) in enumerate(names):
        for schema, text in index.proposals(Party(name)):
            found.append(NamePair(schema, name, text, False, f"ordinary/{place}", "ordinary"))
    return found


def gather(data: Measured) -> tuple[list[NamePair], list[NamePair]]:
    """Return the pairs drawn from the SDN and UN lists with altered and ordinary names, and the labelled ones."""
    labelled = labelled_pairs(data.pairs)
    parties = [*data.sdn, *data.un]
    known = frozenset(name for pair in labelled for name in (pair.declared, pair.listed))
    drawn = list(listed_pairs(parties, known))
    data.say(f"{len(drawn)} pairs from the lists")
    drawn += altered_pairs(drawn)
    drawn += ordinary_pairs(parties, ordinary_names())
    data.say(f"{len(drawn)} with altered and ordinary names")
    return drawn, labelled


def train(data: Measured, target: Path, version: str) -> dict[str, Any]:
    """Fit the name weights, write them, and return the figures of the labelled pairs, cross-validated by group.

    Args:
        data: The shared data; what it says goes where its `say` puts it.
        target: The file of weights to write.
        version: Version to write into it.
    """
    drawn, labelled = gather(data)
    pairs = drawn + labelled
    weigher = plain_weigher()
    rows = np.array([measured(pair, weigher) for pair in pairs])
    labels = np.array([float(pair.is_match) for pair in pairs])
    person = np.array([kind_of(pair.schema) == PERSON for pair in pairs])
    unknown = np.array([kind_of(pair.schema) not in (PERSON, ORGANISATION) for pair in pairs])
    shared = np.arange(len(pairs)) >= len(drawn)
    importance = np.where(shared, _LABELLED_WEIGHT, 1.0)
    fold = np.array([_fold(pair.group) for pair in pairs])
    vowelless = rows[:, PLACE["vowels"]] > 0.0
    odds = np.zeros(len(pairs))
    weights: dict[str, list[float]] = {}
    for kind, own in (("person", person), ("other", ~person)):
        mine = own | unknown
        for number in range(5):
            apart = shared & (fold == number)
            found = _fit_both(rows, labels, importance, mine & ~apart, vowelless)
            for fitted, part in zip(found, (apart & own & ~vowelless, apart & own & vowelless), strict=True):
                odds[part] = rows[part] @ fitted
        slope, offset = calibration(odds[shared & own], labels[shared & own])
        odds[shared & own] = odds[shared & own] * slope + offset
        for name, fitted in zip(
            (kind, f"{kind}.vowelless"), _fit_both(rows, labels, importance, mine, vowelless), strict=True
        ):
            fitted = fitted * slope
            fitted[0] += offset
            weights[name] = [round(float(value), 4) for value in fitted]
        data.say(f"{kind}: {int(mine.sum())} pairs, slope {slope:.2f}, offset {offset:.2f}")
    target.write_text(
        json.dumps({"version": version, "measures": list(MEASURES), "weights": weights}, indent=1) + "\n",
        encoding="utf-8",
    )
    return {
        "odds": odds[shared],
        "labels": labels[shared],
        "pairs": labelled,
    }


def _fit_both(
    rows: Floats, labels: Floats, importance: Floats, chosen: NDArray[np.bool_], vowelless: NDArray[np.bool_]
) -> tuple[Floats, Floats]:
    """Return the weights of the chosen pairs, and those of the vowelless ones among them, kept near the first."""
    whole = fit(rows[chosen], labels[chosen], importance[chosen])
    some = chosen & vowelless
    return whole, fit(rows[some], labels[some], importance[some], whole)


def _fold(group: str) -> int:
    """Return the fold of a group, the same in every run."""
    return sum(ord(char) * (place + 1) for place, char in enumerate(group)) % 5
