"""Linking of invented records keeps the quality it was measured with, on small sets."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable
from dataclasses import replace

import pyarrow.parquet as pq

from tidewaiter.backends.link_engine import link_table
from tidewaiter.backends.party_table import table_of
from tidewaiter.service.linking import link_file, linking_weights
from tidewaiter.service.linking_measures.agreement import agreement
from tidewaiter.service.linking_measures.hard_people import REPORTED, hard_people
from tidewaiter.service.linking_measures.live import declared, live_labels
from tidewaiter.service.linking_measures.many_people import write_many


def _pairs(values: Iterable[Hashable]) -> int:
    return sum(count * (count - 1) // 2 for count in Counter(values).values())


def _f1(found: list[Hashable], truth: list[Hashable]) -> float:
    return 2 * _pairs(zip(found, truth, strict=True)) / (_pairs(found) + _pairs(truth))


def test_hard_records_of_persons_are_linked_without_labels():
    records, truth = hard_people(replace(REPORTED, persons=600))
    weights = linking_weights()
    linked = link_table(table_of(records, weights.words), weights)
    assert _f1(linked.labels.tolist(), truth) >= 0.86


def test_ordinary_records_are_linked(tmp_path):
    path = tmp_path / "many.parquet"
    write_many(path, 8000)
    found = link_file(path)
    assert _f1(found.linked.labels.tolist(), pq.read_table(path)["person"].to_pylist()) >= 0.97


def test_records_that_come_one_by_one_into_a_history_end_as_a_batch_parts_them():
    records = declared(hard_people(replace(REPORTED, persons=200))[0])
    weights = linking_weights()
    linked = link_table(table_of(records, weights.words), weights, learn=False)
    assert agreement(live_labels(records, weights), linked.labels.tolist()).whole >= 0.99
    # The other way round ties fall differently: few words, many of one score, in so small a set.
    assert agreement(live_labels(records[::-1], weights)[::-1], linked.labels.tolist()).whole >= 0.975
