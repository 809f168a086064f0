"""Records that come one by one: the key index in memory, joined by the same functions as the history joins them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from tidewaiter.link import (
    CountedFrequencies,
    PartyRecord,
    Prepared,
    Weights,
    blocking_keys,
    decide_join,
    is_too_common,
    prepare,
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
    members: dict[str, list[str]] = {}
    for place, party in enumerate(prepared):
        keys = blocking_keys(party)
        near = {other for key in keys if not is_too_common(key, len(by_key[key]) + 1) for other in by_key[key]}
        touched = {entity[prepared[other].id] for other in near}
        candidates: list[Prepared] = [prepared[place_of[name]] for one in sorted(touched) for name in members[one]]
        known = {candidate.id: entity[candidate.id] for candidate in candidates}
        decision = decide_join(party, candidates, weights, frequencies, (), known)
        for group in decision.groups:
            for name in group:
                old = entity.get(name)
                if old is not None:
                    members[old].remove(name)
            label = min(group)
            for name in group:
                entity[name] = label
            members.setdefault(label, []).extend(group)
        for key in keys:
            by_key[key].append(place)
    return [entity[party.id] for party in prepared]
