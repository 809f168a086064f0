"""How unusual a count is, in bits: upper tails by Chernoff's bound (Annals of Mathematical Statistics 23, 1952), never overstated.

The SQL plans of `link.patterns` write the same formulas; a test compares the two.
"""

from __future__ import annotations

from math import log

_LEAST = 1e-9


def poisson_bits(count: float, expected: float) -> float:
    """Return -log2 of the bound on seeing `count` or more where `expected` are usual; 0 where it is no more than usual."""
    if expected <= 0 or count <= expected:
        return 0.0
    return (count * log(count / expected) - count + expected) / log(2)


def binomial_bits(hits: int, trials: int, share: float) -> float:
    """Return -log2 of the bound on `hits` or more of `trials` where a `share` is usual; 0 where it is no more than usual."""
    if trials <= 0 or not 0 < share < 1 or hits / trials <= share:
        return 0.0
    seen = hits / trials
    return (hits * log(seen / share) + (trials - hits) * log(max(1 - seen, _LEAST) / (1 - share))) / log(2)
