"""Linking parties: prepare a record, find it by keys, score a pair, decide which records are one. Pure; no I/O.

prepared = prepare(record, weights.words)
keys = blocking_keys(prepared)                                  # pass over those that `is_too_common`
found = score_pair(prepared, other, weights, frequencies)       # found.score >= weights.threshold and not found.no
decision = decide_join(prepared, candidates, weights, frequencies, apart, entities)
"""

from tidewaiter.link.blocking import CAPS, blocking_keys, is_too_common, kind_of
from tidewaiter.link.frequencies import (
    COUNTED,
    CountedFrequencies,
    Frequencies,
    NoFrequencies,
    counted_fields,
    counted_values,
)
from tidewaiter.link.homes import is_household
from tidewaiter.link.joining import Join, JoinDecision, KeptApart, decide_groups, decide_join, entity_id, pair_key
from tidewaiter.link.places import Words
from tidewaiter.link.prepare import prepare
from tidewaiter.link.records import PartyRecord, Prepared
from tidewaiter.link.score import PairScore, score_pair
from tidewaiter.link.weights import FieldWeights, Gates, Weights, load_weights

__all__ = [
    "CAPS",
    "COUNTED",
    "CountedFrequencies",
    "FieldWeights",
    "Frequencies",
    "Gates",
    "Join",
    "JoinDecision",
    "KeptApart",
    "NoFrequencies",
    "PairScore",
    "PartyRecord",
    "Prepared",
    "Weights",
    "Words",
    "blocking_keys",
    "counted_fields",
    "counted_values",
    "decide_groups",
    "decide_join",
    "entity_id",
    "is_household",
    "is_too_common",
    "kind_of",
    "load_weights",
    "pair_key",
    "prepare",
    "score_pair",
]
