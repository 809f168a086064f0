"""Records that come one by one into a history, to be compared with what a batch makes of them."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import astuple
from datetime import UTC, datetime
from pathlib import Path

from tidewaiter.link import CountedFrequencies, PartyRecord, Prepared, Weights, prepare
from tidewaiter.model import Party
from tidewaiter.store.history.linking import Linking
from tidewaiter.store.history.schema import open_history

_SETTLE = 256


class _Whole(CountedFrequencies):
    """The frequencies of all records, as a batch sees them from the beginning."""

    def __init__(self, parties: Sequence[Prepared]) -> None:
        super().__init__()
        for party in parties:
            super().add(party)

    def add(self, party: Prepared, times: int = 1) -> None:
        """Count nothing more: all are counted."""

    def forget(self) -> None:
        """Keep what was counted."""


def live_labels(records: Sequence[PartyRecord], weights: Weights) -> list[int]:
    """Return the entity of each record after all have come, in their order, into a history of their own.

    Args:
        records: declared parties, no two of the same words (those are one party of a history, whatever it says).
        weights: rates and threshold, as a batch goes by them; frequencies are those of all records, as a batch sees them.
    """
    whole = _Whole([prepare(record, weights.words) for record in records])
    with tempfile.TemporaryDirectory() as folder:
        connection = open_history(Path(folder) / "live.db", create=True, durable=False)
        linking = Linking(connection, weights, datetime(2026, 1, 1, tzinfo=UTC), whole)
        numbers = []
        for place, record in enumerate(records):
            party = party_of(record)
            numbers.append(linking.resolve(party, "\x1f".join(map(str, astuple(party))), place, place))
            if place % _SETTLE == _SETTLE - 1:
                linking.settle(place)
        entities = dict(connection.execute("SELECT no, entity FROM parties"))
        connection.close()
    return [entities[number] for number in numbers]


def party_of(record: PartyRecord) -> Party:
    """Return a record as a declaration would state it: without an occupation."""
    return Party(
        name=record.name,
        address=record.address,
        city=record.city,
        postcode=record.postcode,
        country=record.country,
        phone=record.phone,
        email=record.email,
        id_number=record.id_number,
        birth_date=record.birth_date,
        handle=record.handle,
    )


def declared(records: Sequence[PartyRecord]) -> list[PartyRecord]:
    """Return the records as declarations would state them, each wording once."""
    seen: dict[Party, PartyRecord] = {}
    for record in records:
        seen.setdefault(party_of(record), PartyRecord(record.id, **{k: getattr(record, k) for k in Party.__slots__}))
    return list(seen.values())
