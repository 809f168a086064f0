"""Estimate the rates of agreement from the records at hand, without labels.

Pairs found by different keys are mixtures of true and chance pairs, each with its own share of true ones; the rates among
true pairs are common to all. Expectation maximisation over level patterns (Winkler, 1988) finds both. A field that a key
rests on says nothing about pairs found by that key. Rates among chance pairs come from random pairs, freed of the true
pairs among them. The rates of the pack stand for a number of pairs of their own, so that a level that is hardly ever seen
keeps a sober rate and the mixture cannot turn into another one (all of one household, say).
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tidewaiter.link.levels import FIELDS
from tidewaiter.link.weights import LEAST, FieldWeights, Weights, field_weights

Floats = NDArray[np.float64]
# For how many true pairs, and how many chance pairs, the rates of the pack count.
PRIOR_TRUE, PRIOR_CHANCE = 40.0, 200.0
ROUNDS = 40
CERTAIN = 60.0


@dataclass(frozen=True, slots=True)
class Sample:
    """Pairs found one way: `levels` is patterns × fields (in the order of `FIELDS`, -1: not stated), `counts` how many
    pairs show each pattern, `excluded` the fields on which they were found."""

    levels: NDArray[np.int8]
    counts: Floats
    excluded: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Estimate:
    """Rates by field, and for each sample the share of true pairs in it (the chance sample first)."""

    m: dict[str, Floats]
    u: dict[str, Floats]
    shares: tuple[float, ...]


def estimate_rates(chance: Sample, found: Sequence[Sample], weights: Weights) -> Estimate:
    """Return the rates of all levels among true and among chance pairs.

    Args:
        chance: Random pairs.
        found: Pairs found by keys, one sample a kind of key.
        weights: The weights of the pack, where the estimate starts from and what it is drawn to.
    """
    names = tuple(FIELDS)
    before_m = {name: np.array(weights.fields[name].m) for name in names}
    before_u = {name: np.array(weights.fields[name].u) for name in names}
    u = {
        name: _rates(_counted(chance, place, chance.counts, len(FIELDS[name])), before_u[name], PRIOR_CHANCE)
        for place, name in enumerate(names)
    }
    m = {name: rates / rates.sum() for name, rates in before_m.items()}
    samples = [chance, *found]
    shares = [1e-5, *(0.5 for _ in found)]
    for _ in range(ROUNDS):
        posteriors = [_posterior(sample, names, m, u, share) for sample, share in zip(samples, shares, strict=True)]
        shares = [
            float(((posterior * sample.counts).sum() + (0.0 if place == 0 else 1.0)) / (sample.counts.sum() + 2.0))
            for place, (posterior, sample) in enumerate(zip(posteriors, samples, strict=True))
        ]
        shares[0] = min(max(shares[0], 1e-9), 0.05)
        fresh: dict[str, Floats] = {}
        for place, name in enumerate(names):
            total = np.zeros(len(FIELDS[name]))
            for sample, posterior in zip(samples[1:], posteriors[1:], strict=True):
                if name not in sample.excluded:
                    total += _counted(sample, place, posterior * sample.counts, len(total))
            fresh[name] = _rates(total, before_m[name], PRIOR_TRUE)
            by_chance = _counted(chance, place, (1 - posteriors[0]) * chance.counts, len(total))
            u[name] = _rates(by_chance, before_u[name], PRIOR_CHANCE)
        moved = max(float(np.abs(fresh[name] - m[name]).max()) for name in names)
        m = fresh
        if moved < 1e-4:
            break
    return Estimate(m, u, tuple(shares))


def _counted(sample: Sample, place: int, counts: Floats, size: int) -> Floats:
    levels = sample.levels[:, place]
    stated = levels >= 0
    return np.asarray(np.bincount(levels[stated], counts[stated], minlength=size), dtype=np.float64)


def _rates(counts: Floats, before: Floats, strength: float) -> Floats:
    drawn = counts + strength * before / before.sum()
    return np.asarray(np.maximum(drawn / drawn.sum(), LEAST))


def _posterior(
    sample: Sample, names: tuple[str, ...], m: Mapping[str, Floats], u: Mapping[str, Floats], share: float
) -> Floats:
    share = min(max(share, 1e-9), 1 - 1e-9)
    odds = np.full(len(sample.levels), math.log(share / (1 - share)))
    for place, name in enumerate(names):
        if name in sample.excluded:
            continue
        ratio = np.append(np.log(m[name] / u[name]), 0.0)
        odds += ratio[sample.levels[:, place]]
    return np.asarray(1.0 / (1.0 + np.exp(-np.clip(odds, -CERTAIN, CERTAIN))))


def estimated_weights(found: Estimate, weights: Weights, typical: Mapping[str, int]) -> dict[str, FieldWeights]:
    """Return the fields with estimated rates; `typical` is the usual rarity of an agreeing value where it was counted.

    Agreement never counts against, and open disagreement never for, one party.
    """
    fields = {}
    for name, levels in FIELDS.items():
        stated = weights.fields[name]
        fresh = field_weights(
            name,
            tuple(map(float, found.m[name])),
            tuple(map(float, found.u[name])),
            typical.get(name, stated.typical),
            stated.shares,
        )
        points = list(fresh.points)
        points[levels.index("differs")] = min(points[levels.index("differs")], 0)
        best = 0 if name != "name" else levels.index("2.same.all")
        points[best] = max(points[best], 0)
        fields[name] = FieldWeights(name, fresh.levels, fresh.m, fresh.u, tuple(points), fresh.typical, fresh.shares)
    return fields


def threshold_of(scores: NDArray[np.int64], pairs: float) -> int:
    """Return the score from which a pair is more likely true than not, thousandths of a bit.

    Args:
        scores: Scores of all pairs found, in thousandths of a bit.
        pairs: How many pairs the records make in all; those not found are held to be chance pairs.

    Returns:
        The score whose odds outweigh the odds before anything is compared, which are those that the scores themselves
        bear out (expectation maximisation over the share of true pairs alone).
    """
    bits = scores / 1000 * math.log(2)
    share = max(1.0, len(scores) / 10) / max(pairs, 2.0)
    for _ in range(50):
        odds = math.log(share / (1 - share))
        true = float((1.0 / (1.0 + np.exp(-np.clip(bits + odds, -CERTAIN, CERTAIN)))).sum())
        fresh = min(max(true, 0.5) / max(pairs, 2.0), 0.5)
        if abs(fresh - share) < 1e-6 * share:
            break
        share = fresh
    return round(-1000 * math.log2(share / (1 - share)))
