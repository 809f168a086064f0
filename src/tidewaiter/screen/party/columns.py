"""Work the listed parties out into the flat columns a search is opened from. The order of the parties does not matter to it.

Normalising is the dear part. Names that an earlier index holds as well can be taken over from it (`Known`).
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from tidewaiter.model import ListedParty
from tidewaiter.screen.party.likely import ADDRESS, BIRTH_DATE, name_columns
from tidewaiter.screen.party.postings import posting_columns
from tidewaiter.screen.party.prepared import Prepared, kind_of
from tidewaiter.screen.party.records import (
    Blob,
    Owners,
    PartyRecords,
    blob_columns,
    decode_name,
    encode_name,
    party_columns,
)
from tidewaiter.screen.party.search import FIELD_LIMIT
from tidewaiter.screen.party.signatures import Arrays, having, signature_columns
from tidewaiter.screen.party.spellings import vocabulary_columns
from tidewaiter.screen.party.weights import Weigher
from tidewaiter.screen.party.wordsets import dropped_hashes, hash_columns, word_parts, words_hash, written_words
from tidewaiter.text.names import NormalName, normalise_identifier, normalise_name

# Names normalised before: (schema, text) -> the bytes of `encode_name`, empty for a name without a letter.
Known = Mapping[tuple[str, str], bytes]


def build_columns(parties: Sequence[ListedParty], known: Known | None = None) -> Arrays:
    """Return the columns of an index.

    Args:
        parties: All listed parties of all lists.
        known: Names normalised before by the same program; they are not normalised again.

    Returns:
        Columns by name: records and texts of the names, their owners, words, signatures, identifiers.
    """
    records = _records(parties, known or {})
    owners: dict[bytes, list[tuple[int, int]]] = {}
    for number, party in enumerate(parties):
        for position, name in enumerate(party.names):
            record = records[party.schema, name.text]
            if record:
                owners.setdefault(record, []).append((number, position))
    order = sorted(owners)
    columns: Arrays = {}
    _add(columns, "parties.", party_columns(parties))
    texts: list[list[str]] = []
    names: list[NormalName] = []
    kinds: list[str] = []
    for record in order:
        written = sorted({parties[number].names[position].text for number, position in owners[record]}, key=_longest)
        texts.append(written)
        normal, kind = decode_name(record, written[0])
        names.append(normal)
        kinds.append(kind)
    _add(columns, "names.", blob_columns(order))
    _add(columns, "texts.", blob_columns([written[0].encode() for written in texts]))
    bearers = [owners[record] for record in order]
    columns["owners.starts"] = np.concatenate(([0], np.cumsum([len(row) for row in bearers]))).astype(np.int64)
    columns["owners.parties"] = np.array([number for row in bearers for number, _ in row], dtype=np.int32)
    columns["owners.names"] = np.array([position for row in bearers for _, position in row], dtype=np.int32)
    weigher = _add_words(columns, names)
    prepared = (Prepared(name, kind, weigher) for name, kind in zip(names, kinds, strict=True))
    _add(columns, "likely.", name_columns(prepared))
    columns["likely.flags"] |= np.array([_facts(parties[number] for number, _ in row) for row in bearers], dtype=np.uint8)
    _add_letters(columns, names, texts)
    _add_identifiers(columns, parties)
    return columns


def _facts(bearers: Iterable[ListedParty]) -> int:
    """Return the flags of the facts listed beside a name for any of those who bear it."""
    flags = 0
    for party in bearers:
        flags |= (BIRTH_DATE if party.birth_dates else 0) | (ADDRESS if party.addresses else 0)
    return flags


def known_names(columns: Arrays) -> dict[tuple[str, str], bytes]:
    """Return the normalised names of an index, to build the next one from; see `Known`."""
    records, owners = Blob(having(columns, "names.")), Owners(having(columns, "owners."))
    places = [
        (party.schema, [name.text for name in party.names]) for party in PartyRecords(Blob(having(columns, "parties.")))
    ]
    known: dict[tuple[str, str], bytes] = {}
    for number, record in enumerate(records):
        for owner, position in owners[number]:
            schema, texts = places[owner]
            known[schema, texts[position]] = record
    return known


def _longest(text: str) -> tuple[int, str]:
    return -len(text), text


def _add(columns: Arrays, prefix: str, more: Arrays) -> None:
    columns.update({prefix + name: column for name, column in more.items()})


def _records(parties: Sequence[ListedParty], known: Known) -> dict[tuple[str, str], bytes]:
    records: dict[tuple[str, str], bytes] = {}
    for party in parties:
        schema = party.schema
        for name in party.names:
            place = schema, name.text
            if place not in records:
                record = known.get(place)
                if record is None:
                    normal = normalise_name(name.text, schema)
                    record = encode_name(normal, kind_of(schema)) if normal.tokens else b""
                records[place] = record
    return records


def _add_words(columns: Arrays, names: Sequence[NormalName]) -> Weigher:
    """Add the vocabulary with its frequencies, the postings, and the words of names without short vowels; return the weights."""
    # Legal forms and kinds do not make a word more frequent.
    spelt = {name.tokens: name for name in names}
    frequencies: dict[str, int] = {}
    for name in spelt.values():
        for key in set(name.keys):
            frequencies[key] = frequencies.get(key, 0) + 1
    vocabulary = sorted(frequencies)
    number = dict(zip(vocabulary, range(len(vocabulary)), strict=True))
    weigher = Weigher(frequencies, len(spelt))
    weights: dict[tuple[str, str], float] = {}
    heaviest = [0.0] * len(vocabulary)
    totals = []
    for name in names:
        total = 0.0
        # A word that comes twice is counted once, as it is in a declared name.
        for pair in {key: (token, key) for token, key in zip(name.tokens, name.keys, strict=True)}.values():
            weight = weights.get(pair)
            if weight is None:
                weight = weights[pair] = weigher.weigh(*pair)[0]
                place = number[pair[1]]
                heaviest[place] = max(heaviest[place], weight)
            total += weight
        totals.append(total)
    _add(columns, "vocabulary.", vocabulary_columns(vocabulary))
    columns["vocabulary.frequencies"] = np.array([frequencies[key] for key in vocabulary], dtype=np.int32)
    columns["vocabulary.spelt"] = np.array([len(spelt)], dtype=np.int64)
    bare = np.zeros(len(vocabulary), dtype=np.uint8)
    bare[[number[key] for name in names if name.vowelless for key in name.keys]] = 1
    columns["vocabulary.bare"] = bare
    keys = [[number[key] for key in name.keys] for name in names]
    _add(columns, "postings.", posting_columns(keys, heaviest, totals))
    return weigher


def _add_letters(columns: Arrays, names: Sequence[NormalName], texts: Sequence[Sequence[str]]) -> None:
    """Add the signatures of names as written, cut off and folded, and the hashes of names with a word left out."""
    written: list[bytes] = []
    written_names: list[int] = []
    whole: list[tuple[int, int]] = []
    dropped: list[tuple[int, int]] = []
    for number, spellings in enumerate(texts):
        parts = [word_parts(text) for text in spellings]
        words = [[word for part in row for word in part] for row in parts]
        rows = {b" ".join(row) for row in words}
        rows.update(b" ".join(written_words(text[:FIELD_LIMIT])) for text in spellings if len(text) > FIELD_LIMIT)
        rows.discard(b"")
        written.extend(sorted(rows))
        written_names.extend([number] * len(rows))
        whole += [(words_hash(row), number) for row in words if len(row) > 1]
        dropped += [(left, number) for row in parts for left in dropped_hashes(row)]
    _add(columns, "written.", signature_columns(written, written_names))
    folded = [" ".join(name.keys).encode() for name in names]
    _add(columns, "folded.", signature_columns(folded, range(len(names))))
    _add(columns, "whole.", hash_columns(whole))
    _add(columns, "dropped.", hash_columns(dropped))


def identifier_hash(clean: str) -> int:
    """Return the 32-bit hash of a normalised identifier."""
    return zlib.crc32(clean.encode())


def _add_identifiers(columns: Arrays, parties: Sequence[ListedParty]) -> None:
    found = sorted(
        {
            (identifier_hash(clean), number)
            for number, party in enumerate(parties)
            for _, value in party.identifiers
            if (clean := normalise_identifier(value))
        }
    )
    columns["identifiers.hashes"] = np.array([row[0] for row in found], dtype=np.uint32)
    columns["identifiers.parties"] = np.array([row[1] for row in found], dtype=np.int32)
