"""Link all records of a table: find pairs, estimate rates, score, and part what is linked into entities."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from tidewaiter.backends.components import all_pairs, components, members_of
from tidewaiter.backends.link_blocking import KINDS, THREADS, Pairs, candidate_pairs
from tidewaiter.backends.pair_levels import PairComparer, PairLevels
from tidewaiter.backends.pair_scores import Counts, PairScorer, is_household_at
from tidewaiter.backends.party_table import PartyTable
from tidewaiter.link.estimate import Sample, estimate_rates, estimated_weights, threshold_of
from tidewaiter.link.grouping import FORBIDDEN, group_records
from tidewaiter.link.levels import FIELDS
from tidewaiter.link.weights import Weights

Places = NDArray[np.int32]
Numbers = NDArray[np.int64]
CHUNK = 400_000
RANDOM_PAIRS = 1_000_000
# Most pairs of one kind of key that the rates are estimated from.
SAMPLE = 150_000
# The kinds of key whose pairs the rates are estimated from, and the fields they rest on.
TRAINING = {
    "nn": ("name",), "nb": ("name", "birth"), "bp": ("birth", "postcode", "city", "address"),
    "bc": ("birth", "city", "postcode", "address"), "bo": ("birth", "occupation"), "ph": ("phone",), "em": ("email",),
    "id": ("id_number",), "np": ("name", "postcode", "city", "address"),
}  # fmt: skip


@dataclass
class Linked:
    """What a run found: for each record the lowest place in its entity, the pairs looked at with their scores, and the
    weights it went by."""

    labels: NDArray[np.int32]
    left: Places
    right: Places
    scores: Numbers
    never: NDArray[np.bool_]
    weights: Weights


def _chunks(count: int) -> Iterator[slice]:
    for start in range(0, count, CHUNK):
        yield slice(start, min(start + CHUNK, count))


def _pattern_sample(found: PairLevels, counts: NDArray[np.float64] | None, excluded: tuple[str, ...]) -> Sample:
    """Return the distinct level patterns of pairs with how often they occur."""
    rows = np.stack([found.levels[name] for name in FIELDS], 1)
    code = np.zeros(len(rows), np.int64)
    for place, levels in enumerate(FIELDS.values()):
        code = code * (len(levels) + 1) + (rows[:, place] + 1)
    _, first, inverse = np.unique(code, return_index=True, return_inverse=True)
    return Sample(rows[first], np.bincount(inverse, counts, len(first)).astype(np.float64), excluded)


def learn_weights(table: PartyTable, pairs: Pairs, weights: Weights, counts: Counts, comparer: PairComparer) -> Weights:
    """Return weights with the rates of these records; the threshold is set later, from all scores."""
    size = len(table)
    random = np.random.default_rng(20261125)
    wanted = min(RANDOM_PAIRS, size * (size - 1) // 2)
    one, other = random.integers(0, size, (2, wanted), np.int32)
    keep = one != other
    drawn = []
    for kind, excluded in TRAINING.items():
        rows = np.flatnonzero(pairs.kinds & (1 << KINDS.index(kind)))
        if len(rows) < 50:
            continue
        if len(rows) > SAMPLE:
            rows = np.sort(random.choice(rows, SAMPLE, replace=False))
        drawn.append((rows, excluded))

    def by_keys() -> list[Sample]:
        own = PairComparer(table)  # comparers learn, and learn apart
        samples = []
        for rows, excluded in drawn:
            compared = own.compare(pairs.left[rows], pairs.right[rows])
            # People of one home agree in much and are not one: they would teach that a given name hardly matters.
            counted = (~is_household_at(compared)).astype(np.float64)
            samples.append(_pattern_sample(compared, counted, excluded))
        return samples

    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(by_keys)
        chance = _pattern_sample(comparer.compare(one[keep], other[keep]), None, ())
        found = waiting.result()
    if not found:
        return weights
    estimate = estimate_rates(chance, found, weights)
    fields = estimated_weights(estimate, weights, counts.typical())
    return weights.with_fields(fields, weights.threshold, "estimated from the records, drawn to " + weights.source)


def score_all(scorer: PairScorer, left: Places, right: Places) -> tuple[Numbers, NDArray[np.bool_], NDArray[np.int8]]:
    """Return score, definite no and number of kinds of evidence of every pair, worked out in pieces."""
    scores = np.empty(len(left), np.int64)
    never = np.empty(len(left), np.bool_)
    kinds = np.empty(len(left), np.int8)
    pieces = list(_chunks(len(left)))

    def work(part: int) -> None:
        # What a comparer learns of words is its own; two of them never meet.
        own = scorer if part == 0 else scorer.apart()
        for piece in pieces[part::THREADS]:
            found = own.score(left[piece], right[piece])
            scores[piece], never[piece], kinds[piece] = found.scores, found.never, found.kinds

    with ThreadPoolExecutor(THREADS) as pool:
        list(pool.map(work, range(min(THREADS, len(pieces)))))
    return scores, never, kinds


def link_table(
    table: PartyTable,
    weights: Weights,
    *,
    learn: bool = True,
    apart: Collection[tuple[int, int]] = (),
    say: Callable[[str], None] = lambda text: None,
) -> Linked:
    """Link all records of a table.

    Args:
        table: The records.
        weights: The weights of the pack.
        learn: Estimate rates and threshold from the records; else the weights are used as they are.
        apart: Pairs of places that a person has parted.
        say: Told what is done.
    """
    pairs = candidate_pairs(table)
    say(f"{len(pairs):,} pairs share a key")
    comparer, counts = PairComparer(table), Counts(table)
    if learn and len(pairs):
        weights = learn_weights(table, pairs, weights, counts, comparer)
        say("rates estimated")
    scorer = PairScorer(table, weights, counts, comparer)
    scores, never, _ = score_all(scorer, pairs.left, pairs.right)
    if learn and len(pairs):
        even = threshold_of(scores[~never], len(table) * (len(table) - 1) / 2)
        weights = replace(weights, threshold=even + weights.gates.margin)
        scorer.weights = weights
    say(f"pairs scored, linked from {weights.threshold / 1000:.1f} bits")
    linked = (scores >= weights.threshold) & ~never
    labels = _entities(scorer, pairs.left[linked], pairs.right[linked], scores[linked], weights, apart)
    say("entities parted")
    return Linked(labels, pairs.left, pairs.right, scores, never, weights)


def _entities(
    scorer: PairScorer,
    left: Places,
    right: Places,
    scores: Numbers,
    weights: Weights,
    apart: Collection[tuple[int, int]],
) -> NDArray[np.int32]:
    """Part the linked records into entities; see `link.grouping`."""
    size = len(scorer.table)
    biggest = weights.gates.biggest
    labels = components(size, left, right)
    # A component that is too large to be looked at whole first falls apart at its weaker links.
    least = weights.threshold
    while True:
        sizes = np.bincount(labels, minlength=size)
        wide = sizes[labels] > biggest
        if not wide.any():
            break
        least += 2000
        keep = ~wide[left] | (scores >= least)
        left, right, scores = left[keep], right[keep], scores[keep]
        labels = components(size, left, right)
    order, starts, sizes = members_of(labels)
    several = sizes > 1
    one, other = all_pairs(order, starts[several], sizes[several])
    values, never, kinds = score_all(scorer, one, other)
    above = values - weights.threshold
    above[never] = FORBIDDEN
    for pair in apart:
        low, high = sorted(pair)
        above[(one == low) & (other == high)] = FORBIDDEN
    # Where every pair speaks for one party and the size asks for no more, all are joined whatever the order.
    worst = np.zeros(size, np.int64)
    np.minimum.at(worst, labels[one], above)
    mixed = (worst < 0) | ((sizes_of(labels) > weights.gates.big) & (np.arange(size) == labels))
    todo = np.flatnonzero(mixed[labels[one]])
    by_label = todo[np.argsort(labels[one[todo]], kind="stable")]
    marks = labels[one[by_label]]
    bounds = np.flatnonzero(np.concatenate(([True], marks[1:] != marks[:-1]))) if len(marks) else np.zeros(0, np.int64)
    for start, end in pairwise([*bounds.tolist(), len(marks)]):
        rows = by_label[start:end]
        _part(labels, one[rows], other[rows], above[rows], kinds[rows], weights)
    return labels


def sizes_of(labels: NDArray[np.int32]) -> NDArray[np.int64]:
    """Return for each record how many carry its own place as label."""
    return np.bincount(labels, minlength=len(labels))


def _part(
    labels: NDArray[np.int32], one: Places, other: Places, above: Numbers, kinds: NDArray[np.int8], weights: Weights
) -> None:
    """Part one component, given all its pairs, and write the labels."""
    members = np.unique(np.concatenate((one, other)))
    i, j = np.searchsorted(members, one), np.searchsorted(members, other)
    matrix = np.zeros((len(members), len(members)), np.int64)
    matrix[i, j] = matrix[j, i] = above
    evidence = np.zeros((len(members), len(members)), np.int8)
    evidence[i, j] = evidence[j, i] = kinds
    grouping = group_records(matrix, weights.gates, lambda left, right: int(evidence[left, right]))
    labels[members] = members[np.array(grouping.labels)]
