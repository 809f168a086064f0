"""Listed names and parties kept as bytes and decoded when first asked for, so that opening an index costs nothing a name."""

from __future__ import annotations

import dataclasses
import typing
from collections.abc import Iterator, Sequence
from itertools import pairwise
from operator import attrgetter

import msgspec
import numpy as np
from numpy.typing import NDArray

from tidewaiter.model import ListedParty
from tidewaiter.screen.party.prepared import Prepared
from tidewaiter.screen.party.signatures import Arrays
from tidewaiter.screen.party.weights import Weigher
from tidewaiter.text.names import NormalName

# What a name is apart from how it was written: names equal in all of it are compared once.
_FIELDS = tuple(field.name for field in dataclasses.fields(NormalName) if field.name != "text")
_HINTS = typing.get_type_hints(NormalName)
_get = attrgetter(*_FIELDS)
_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(tuple[(str, *(_HINTS[field] for field in _FIELDS))]).decode  # type: ignore[misc]
_KEPT = 1 << 13


def encode_name(normal: NormalName, kind: str) -> bytes:
    """Return all of a normalised name but its text, and its kind, as bytes; equal bytes are equal names."""
    return _encode((kind, *_get(normal)))


def decode_name(record: bytes, text: str) -> tuple[NormalName, str]:
    """Return (name, kind) from bytes made by `encode_name` and a text."""
    kind, *fields = _decode(record)
    return NormalName(text=text, **dict(zip(_FIELDS, fields, strict=True))), kind


def blob_columns(rows: Sequence[bytes]) -> Arrays:
    """Return byte strings as the columns `bytes` and `starts`."""
    starts = np.zeros(len(rows) + 1, dtype=np.int64)
    np.cumsum([len(row) for row in rows], out=starts[1:])
    return {"bytes": np.frombuffer(b"".join(rows), dtype=np.uint8), "starts": starts}


class Blob:
    """Byte strings in two columns."""

    __slots__ = ("_bytes", "_starts")

    def __init__(self, columns: Arrays) -> None:
        self._bytes = columns["bytes"]
        self._starts = columns["starts"]

    def __len__(self) -> int:
        return len(self._starts) - 1

    def __getitem__(self, place: int) -> bytes:
        return self._bytes[self._starts[place] : self._starts[place + 1]].tobytes()

    def __iter__(self) -> Iterator[bytes]:
        whole, starts = self._bytes.tobytes(), self._starts.tolist()
        return (whole[start:stop] for start, stop in pairwise(starts))


class NameRecords:
    """The listed names by number, prepared when first asked for; so many of them are remembered."""

    __slots__ = ("_known", "_records", "_texts", "_weigher")

    def __init__(self, records: Blob, texts: Blob, weigher: Weigher) -> None:
        self._records = records
        self._texts = texts
        self._weigher = weigher
        self._known: dict[int, Prepared] = {}

    def __len__(self) -> int:
        return len(self._records)

    def __getitem__(self, number: int) -> Prepared:
        known = self._known.get(number)
        if known is None:
            if len(self._known) >= _KEPT:
                self._known.clear()
            normal, kind = decode_name(self._records[number], self._texts[number].decode())
            known = self._known[number] = Prepared(normal, kind, self._weigher)
        return known


class PartyRecords(Sequence[ListedParty]):
    """The listed parties in their order, decoded from JSON when first asked for; so many of them are remembered."""

    __slots__ = ("_decode", "_known", "_rows")

    def __init__(self, rows: Blob) -> None:
        self._rows = rows
        self._decode = msgspec.json.Decoder(ListedParty).decode
        self._known: dict[int, ListedParty] = {}

    def __len__(self) -> int:
        return len(self._rows)

    @typing.overload
    def __getitem__(self, place: int) -> ListedParty: ...
    @typing.overload
    def __getitem__(self, place: slice) -> Sequence[ListedParty]: ...
    def __getitem__(self, place: int | slice) -> ListedParty | Sequence[ListedParty]:
        if isinstance(place, slice):
            return [self[one] for one in range(*place.indices(len(self)))]
        known = self._known.get(place)
        if known is None:
            if len(self._known) >= _KEPT // 2:
                self._known.clear()
            known = self._known[place] = self._decode(self._rows[place])
        return known

    def __iter__(self) -> Iterator[ListedParty]:
        return map(self._decode, self._rows)


def party_columns(parties: Sequence[ListedParty]) -> Arrays:
    """Return the parties as columns that `PartyRecords` reads."""
    return blob_columns([*map(msgspec.json.Encoder().encode, parties)])


class Owners:
    """Which listed parties bear each listed name, and which of their names it is."""

    __slots__ = ("_names", "_parties", "_starts")

    def __init__(self, columns: Arrays) -> None:
        self._starts: NDArray[np.int64] = columns["starts"]
        self._parties = columns["parties"]
        self._names = columns["names"]

    def __getitem__(self, number: int) -> list[tuple[int, int]]:
        start, stop = self._starts[number], self._starts[number + 1]
        return list(zip(self._parties[start:stop].tolist(), self._names[start:stop].tolist(), strict=True))
