"""Decide which entity a newly declared party belongs to, and what that does to the entities it touches.

Live history calls this with the members of every entity that a candidate record belongs to; a batch run parts whole
components by the same rule (`grouping.group_records`). A decision is a proposal: nothing is changed here.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import blake2s

import numpy as np

from tidewaiter.link.frequencies import Frequencies
from tidewaiter.link.grouping import FORBIDDEN, group_records
from tidewaiter.link.homes import is_household
from tidewaiter.link.records import Prepared
from tidewaiter.link.score import NO_FREQUENCIES, PairScore, score_pair
from tidewaiter.link.weights import Weights
from tidewaiter.model.screening import Contribution


@dataclass(frozen=True, slots=True)
class Join:
    """One reason row: the two records whose comparison joined two groups.

    `score` is the sum of the points of `contributions`; `mean` what all pairs between the two groups say on average above
    the threshold; `size` the records in the entity after it; `independent` the kinds of evidence that speak clearly.
    """

    left: str
    right: str
    score: int
    contributions: tuple[Contribution, ...]
    mean: int
    size: int
    independent: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class KeptApart:
    """Two records that alone would be linked and were not: `reason` is a definite no, `undone`, `one-kind-of-evidence`
    (a big entity needs two), `too-big`."""

    left: str
    right: str
    score: int
    reason: str


@dataclass(frozen=True, slots=True)
class JoinDecision:
    """The entities after a record came in.

    `groups` part all records looked at (their ids, sorted; the first of each group is its lowest). `joins` are the reason
    rows in the order in which groups were joined, `kept_apart` what was not joined and why, `households` pairs of ids
    that share a home and a family name and stay two persons.
    """

    groups: tuple[tuple[str, ...], ...]
    joins: tuple[Join, ...]
    kept_apart: tuple[KeptApart, ...] = ()
    households: tuple[tuple[str, str], ...] = ()

    def group_of(self, record: str) -> tuple[str, ...]:
        """Return the ids of all records in the entity of a record."""
        return next(group for group in self.groups if record in group)


def pair_key(left: str, right: str) -> tuple[str, str]:
    """Return two record ids in the order in which pairs are kept."""
    return (left, right) if left <= right else (right, left)


def entity_id(group: Sequence[str]) -> str:
    """Return the id of an entity from its lowest record id: opaque, the same in a live and in a batch run."""
    return "e" + blake2s(min(group).encode(), digest_size=8).hexdigest()


def decide_join(
    record: Prepared,
    candidates: Collection[Prepared],
    weights: Weights,
    frequencies: Frequencies = NO_FREQUENCIES,
    apart: Collection[tuple[str, str]] = (),
    entities: Mapping[str, str] | None = None,
) -> JoinDecision:
    """Decide where a record belongs.

    Args:
        record: The new party.
        candidates: Every record that shares a blocking key with it, and all other members of their entities (leave out
            entities none of whose members scores `weights.threshold` against the record; more does no harm).
        weights: Points, threshold and gates.
        frequencies: How common values are.
        apart: Pairs of record ids (`pair_key`) that a person has parted: they are never in one entity again.
        entities: Entity of each candidate id; only candidates of an entity that the record itself reaches are looked at.
            Without it all candidates are.

    Returns:
        The groups of the record and of the candidates in reach. When no candidate scores the threshold, the record
        stands alone and `joins` is empty.
    """
    others = sorted(candidates, key=lambda party: party.id)
    scored = {other.id: score_pair(record, other, weights, frequencies) for other in others}
    near = {key for key, found in scored.items() if found.score >= weights.threshold and not found.no}
    if entities is not None:
        reached = {entities[key] for key in near if key in entities}
        others = [other for other in others if entities.get(other.id) in reached or other.id in near]
    elif not near:
        others = []
    return decide_groups([record, *others], weights, frequencies, apart, scored, record.id)


def decide_groups(
    parties: Sequence[Prepared],
    weights: Weights,
    frequencies: Frequencies = NO_FREQUENCIES,
    apart: Collection[tuple[str, str]] = (),
    known: Mapping[str, PairScore] | None = None,
    known_for: str = "",
) -> JoinDecision:
    """Part records into entities, with a reason for each join.

    Args:
        parties: Records with different ids; their order does not matter.
        weights: Points, threshold and gates.
        frequencies: How common values are.
        apart: Pairs of ids that must not be joined.
        known: Scores already worked out, by the other id, for the record `known_for`.
    """
    ordered = sorted(parties, key=lambda party: party.id)
    count = len(ordered)
    undone = {pair_key(*pair) for pair in apart}

    @cache
    def pair(one: int, other: int) -> PairScore:
        left, right = ordered[one], ordered[other]
        if known is not None and known_for in (left.id, right.id):
            found = known.get(right.id if left.id == known_for else left.id)
            if found is not None:
                return found
        return score_pair(left, right, weights, frequencies)

    scores = np.zeros((count, count), np.int64)
    households: list[tuple[str, str]] = []
    kept: list[KeptApart] = []
    for one in range(count):
        for other in range(one + 1, count):
            found = pair(one, other)
            ids = (ordered[one].id, ordered[other].id)
            reason = "undone" if ids in undone else found.no
            if reason and found.score >= weights.threshold:
                kept.append(KeptApart(*ids, found.score, reason))
            above = FORBIDDEN if reason else found.score - weights.threshold
            scores[one, other] = scores[other, one] = above
            if is_household(found.levels):
                households.append(ids)
    grouping = group_records(scores, weights.gates, lambda one, other: len(pair(*sorted((one, other))).independent))
    joins = []
    for merge in grouping.merges:
        one, other = sorted((merge.left, merge.right))
        found = pair(one, other)
        ids = (ordered[one].id, ordered[other].id)
        joins.append(Join(*ids, found.score, found.contributions, merge.mean, merge.size, found.independent))
    for refused in grouping.refused:
        one, other = sorted((refused.left, refused.right))
        kept.append(KeptApart(ordered[one].id, ordered[other].id, pair(one, other).score, refused.reason))
    groups: dict[int, list[str]] = {}
    for place, label in enumerate(grouping.labels):
        groups.setdefault(label, []).append(ordered[place].id)
    together = {name: label for label, names in groups.items() for name in names}
    ties = tuple(pair for pair in households if together[pair[0]] != together[pair[1]])
    return JoinDecision(tuple(map(tuple, groups.values())), tuple(joins), tuple(dict.fromkeys(kept)), ties)
