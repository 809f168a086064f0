"""Records that come one by one: the key index in memory, joined by the same functions as the history joins them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from tidewaiter.link import (
    CountedFrequencies,
    PairScore,
    PartyRecord,
    Weights,
    blocking_keys,
    decide_groups,
    is_too_common,
    prepare,
    score_pair,
)


def live_labels(records: Sequence[PartyRecord], weights: Weights) -> list[str]:
    """Return the entity of each record after all have come in their order.

    Args:
        records: with ids of their own.
        weights: rates and threshold, as a batch learnt them; frequencies are those of all records, as a batch sees them.
    """
    prepared = [prepare(record, weights.words) for record in records]
    frequencies = CountedFrequencies()
    for party in prepared:
        frequencies.add(party)
    by_key: dict[str, list[int]] = defaultdict(list)
    place_of = {party.id: place for place, party in enumerate(prepared)}
    entity: dict[str, str] = {}
    component: list[int] = list(range(len(prepared)))
    tied: dict[int, list[int]] = {}
    for place, party in enumerate(prepared):
        keys = blocking_keys(party)
        sharing = {other for key in keys if not is_too_common(key, len(by_key[key]) + 1) for other in by_key[key]}
        near = [
            other for other in sharing if _is_linked(score_pair(party, prepared[other], weights, frequencies), weights)
        ]
        members = [place]
        for one in {component[other] for other in near}:
            members += tied.pop(one)
        together = min(members)
        for member in members:
            component[member] = together
        tied[together] = members
        decision = decide_groups([prepared[member] for member in members], weights, frequencies)
        for group in decision.groups:
            for name in group:
                entity[name] = min(group, key=lambda one: place_of[one])
        for key in keys:
            by_key[key].append(place)
    return [entity[party.id] for party in prepared]


def _is_linked(found: PairScore, weights: Weights) -> bool:
    return found.score >= weights.threshold and not found.no
