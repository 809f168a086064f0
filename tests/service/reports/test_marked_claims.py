"""Marked articles become claims by which the ledger is measured apart from reading."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from tidewaiter.claims.noticing import MentionFinder
from tidewaiter.claims.read import ClaimReader
from tidewaiter.service.reports.claims import load_claim_reader
from tidewaiter.service.reports.evaluate import read_articles
from tidewaiter.service.reports.ledger_measures import Cluster, halves
from tidewaiter.service.reports.marked_claims import marked_reading

TEXT = (
    "Thermal sights in the mail\n\nA 31-year-old man was detained in Leipzig on 3 March, customs said. "
    "Two thermal imaging sights were seized from him."
)
MARKS = """id: en-01
language: en
published: '2025-03-05'
claims:
  - predicate: detained
    quote: "A 31-year-old man was detained in Leipzig on 3 March"
    subject: ["A 31-year-old man"]
    goods: []
    polarity: affirmed
    modality: asserted
    status: detained
    chain: ["customs"]
    place: Leipzig
    time: {first: '2025-03-03', last: '2025-03-03', precision: day}
  - predicate: seized
    quote: "Two thermal imaging sights were seized"
    subject: []
    goods: ["Two thermal imaging sights"]
    polarity: affirmed
    modality: asserted
    status: null
    chain: []
    quantity: {value: "2", unit: piece}
"""


@pytest.fixture(scope="module")
def reader() -> ClaimReader:
    return load_claim_reader()


def test_a_marked_claim_keeps_its_slots_and_gets_what_nobody_marks(tmp_path: Path, reader: ClaimReader) -> None:
    (tmp_path / "en").mkdir()
    (tmp_path / "en" / "en-01.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "en" / "en-01.yaml").write_text(MARKS, encoding="utf-8")
    assert isinstance(reader.notice, MentionFinder)
    (article,) = read_articles(tmp_path)
    held, taken = marked_reading(article, reader, reader.notice.voices).claims
    assert (held.subject and held.subject.age, held.place and held.place.name, held.time.precision) == (
        31,
        "Leipzig",
        "day",
    )
    assert (held.chain[0].type, held.upstream, held.status) == ("official", "customs", "detained")
    assert taken.goods[0].concepts
    assert taken.quantity is not None
    assert taken.quantity.value == Decimal(2)
    assert (taken.chain, taken.upstream, taken.passage) == ((), "", "body")


def test_every_second_cluster_by_name_is_only_measured() -> None:
    rows = [Cluster(name, (), 0, (), frozenset(), frozenset()) for name in "dbca"]
    assert {half: [c.name for c in chosen] for half, chosen in halves(rows).items()} == {
        "open": ["a", "c"],
        "measured": ["b", "d"],
    }
