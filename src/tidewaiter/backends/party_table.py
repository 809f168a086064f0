"""Party records as columns of numbers: every distinct value is prepared once, by the same functions as a single record.

A column holds, for each record, the place of its compared value in a vocabulary; 0 is an empty field.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from tidewaiter.backends.name_table import NameTable, name_table
from tidewaiter.link.contacts import email_key, handle_key, id_key, phone_key
from tidewaiter.link.dates import birth_number
from tidewaiter.link.places import Words, area_of, city_key, occupation_key, postcode_key, split_address
from tidewaiter.link.records import PartyRecord, Prepared

Codes = NDArray[np.int32]
Numbers = NDArray[np.int64]


@dataclass
class Column:
    """One compared field: `codes` a record, `values` the vocabulary (`values[0]` is empty)."""

    codes: Codes
    values: list[str]

    def counts(self) -> Numbers:
        """Return how many records state each value of the vocabulary; 0 for the empty one."""
        counts = np.bincount(self.codes, minlength=len(self.values))
        counts[0] = 0
        return counts


@dataclass
class PartyTable:
    """All records of one run. `groups` is the script and country in which the words of a name are counted."""

    ids: Sequence[str]
    raw: Mapping[str, pa.ChunkedArray]
    names: NameTable
    birth: Numbers
    columns: dict[str, Column] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.birth)

    def prepared(self, place: int) -> Prepared:
        """Return one record as the scalar functions know it."""
        names, columns = self.names, self.columns
        text = {name: column.values[column.codes[place]] for name, column in columns.items()}
        tokens = [token for token in names.tokens[place] if token]
        keys = [key for key in names.keys[place] if key]
        name = self.raw["name"][place].as_py() if "name" in self.raw else ""
        return Prepared(
            self.ids[place],
            names.kind_of(place, bool(self.birth[place])),
            name or "",
            tuple(names.token_values[token] for token in tokens),
            tuple(names.key_values[key] for key in keys),
            names.generation_values[names.generation[place]],
            int(self.birth[place]),
            text["city"],
            text["postcode"],
            text["area"],
            text["address"],
            text["street"],
            text["number"],
            text["place_class"],
            text["phone"],
            text["email"],
            text["id_number"],
            text["handle"],
            text["occupation"],
            names.group_values[names.groups[place]],
        )


def encoded(column: pa.ChunkedArray) -> tuple[Codes, list[str]]:
    """Return a text column as codes and distinct texts; code 0 is the empty text or null, `texts[0]` is empty."""
    merged = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
    if isinstance(merged, pa.ChunkedArray):  # no chunk at all
        merged = pa.array([], pa.string())
    found = merged.dictionary_encode()
    texts = found.dictionary.to_pylist()
    codes = found.indices.fill_null(-1).to_numpy(zero_copy_only=False).astype(np.int32) + 1
    if "" in texts:
        codes[codes == texts.index("") + 1] = 0
    return codes, ["", *(text or "" for text in texts)]


def mapped(codes: Codes, keys: Iterable[str]) -> Column:
    """Return a column of compared values from codes of raw texts and the compared value of each raw text."""
    places: dict[str, int] = {"": 0}
    lookup = np.fromiter((places.setdefault(key, len(places)) for key in keys), np.int32)
    return Column(lookup[codes] if len(lookup) else codes, list(places))


def _simple(raw: Mapping[str, pa.ChunkedArray], name: str, key: Callable[[str], str], count: int) -> Column:
    if name not in raw:
        return Column(np.zeros(count, np.int32), [""])
    codes, texts = encoded(raw[name])
    return mapped(codes, map(key, texts))


def party_table(ids: Sequence[str], raw: Mapping[str, pa.ChunkedArray], words: Words) -> PartyTable:
    """Return the records ready for blocking and comparing.

    Args:
        ids: One id a record.
        raw: Text columns by the field names of `PartyRecord` (those of them there are), of one length.
        words: Words of addresses and of rank.
    """
    count = len(ids)
    birth_codes, births = encoded(raw["birth_date"]) if "birth_date" in raw else (np.zeros(count, np.int32), [""])
    birth = np.fromiter((birth_number(text) if text else 0 for text in births), np.int64, len(births))[birth_codes]
    country = _simple(raw, "country", lambda text: text.strip().upper(), count)
    table = PartyTable(ids, raw, name_table(raw.get("name"), country, words, count), birth)
    columns = table.columns
    for name, key in (("city", city_key), ("email", email_key), ("id_number", id_key), ("handle", handle_key)):
        columns[name] = _simple(raw, name, key, count)
    columns["occupation"] = _simple(raw, "occupation", occupation_key, count)
    columns["postcode"] = _simple(raw, "postcode", postcode_key, count)
    columns["area"] = mapped(columns["postcode"].codes, map(area_of, columns["postcode"].values))
    columns["phone"] = _phones(raw, country, count)
    _addresses(raw, words, count, columns)
    return table


def _phones(raw: Mapping[str, pa.ChunkedArray], country: Column, count: int) -> Column:
    """Prepare phones by distinct text and country: the calling code before a number depends on it."""
    if "phone" not in raw:
        return Column(np.zeros(count, np.int32), [""])
    codes, texts = encoded(raw["phone"])
    both = codes.astype(np.int64) * len(country.values) + country.codes
    distinct, places = np.unique(both, return_inverse=True)
    pairs = (divmod(int(pair), len(country.values)) for pair in distinct)
    return mapped(places.astype(np.int32), (phone_key(texts[text], country.values[where]) for text, where in pairs))


def _addresses(raw: Mapping[str, pa.ChunkedArray], words: Words, count: int, columns: dict[str, Column]) -> None:
    names = {"address": "whole", "street": "street", "number": "number", "place_class": "place_class"}
    if "address" not in raw:
        columns.update({name: Column(np.zeros(count, np.int32), [""]) for name in names})
        return
    codes, texts = encoded(raw["address"])
    parts = [split_address(text, words) for text in texts]
    for name, part in names.items():
        columns[name] = mapped(codes, (getattr(found, part) for found in parts))


def table_of(records: Sequence[PartyRecord], words: Words) -> PartyTable:
    """Return the table of records held in memory."""
    names = ("name", "address", "city", "postcode", "country", "phone", "email", "birth_date", "occupation")
    raw = {
        name: pa.chunked_array([pa.array([getattr(record, name) for record in records], pa.string())])
        for name in (*names, "id_number", "handle")
    }
    return party_table([record.id for record in records], raw, words)
