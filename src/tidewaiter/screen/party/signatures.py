"""Signatures of the letters of whole names, scanned with numpy: names a typing error or two away, in any order of words.

A name's letter signature counts each letter to two and notes each digit; one edit moves at most two of its bits, so a
distance of four bits covers two edits anywhere, by proof. Joining, splitting and reordering words move none. A second
signature of the letter pairs inside the words, 128 bits, thins out what the letters alone let through.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

Arrays = dict[str, NDArray[Any]]

MOVED_BITS = 4
# An edit takes away at most two letter pairs and brings two; changing places takes and brings three.
MOVED_PAIRS = 12
_CODES = 36
_LONGEST, _EARLY = 127, 64
_EARLY_CODES = 9
_LOW = (1 << 64) - 1
_CODE_OF = {char: place for place, char in enumerate(b"abcdefghijklmnopqrstuvwxyz0123456789")}
_CHUNK = 4096
# So many rows are scanned at once sooner than the few that the early letters leave are put together.
_FEW_ROWS = 8_000


def _pair_place(first: int, second: int) -> int:
    return (first * 37 + second * 11 + (first * second >> 3)) & 127


_PAIR_BIT = {
    (one, two): 1 << _pair_place(first, second) for one, first in _CODE_OF.items() for two, second in _CODE_OF.items()
}
_LETTER_BITS = {
    char: (1 << (2 * code), 3 << (2 * code)) if code < 26 else (1 << (26 + code), 1 << (26 + code))
    for char, code in _CODE_OF.items()
}


def having(columns: Arrays, prefix: str) -> Arrays:
    """Return the columns whose names begin so, without the prefix."""
    return {name[len(prefix) :]: column for name, column in columns.items() if name.startswith(prefix)}


@dataclass(frozen=True, slots=True)
class Signature:
    """What the scan compares: letters, letter pairs (low and high half), count of letters and of letters a to i."""

    bits: int
    low: int
    high: int
    length: int
    early: int


@lru_cache(maxsize=1 << 15)
def _pairs_of(word: bytes) -> int:
    pairs = 0
    for pair in pairwise(word):
        pairs |= _PAIR_BIT.get(pair, 0)
    return pairs


def signature(words: Sequence[bytes]) -> Signature:
    """Return the signature of a name given as words of the letters a to z and digits."""
    joined = b"".join(words)
    bits = early = pairs = 0
    for char in set(joined):
        count = joined.count(char)
        found = _LETTER_BITS.get(char)
        if found is not None:
            bits |= found[count > 1]
            if 97 <= char < 97 + _EARLY_CODES:
                early += count
    for word in words:
        pairs |= _pairs_of(word)
    return Signature(bits, pairs & _LOW, pairs >> 64, min(len(joined), _LONGEST), min(early, _EARLY - 1))


def _chunk(rows: Sequence[bytes]) -> tuple[NDArray[np.uint64], NDArray[np.uint64], NDArray[np.int64]]:
    """Return letter bits, pair bits (two columns) and cells of some rows."""
    flat = np.frombuffer(b" ".join(rows) + b" ", dtype=np.uint8)
    lengths = np.array([len(row) + 1 for row in rows], dtype=np.int64)
    owner = np.repeat(np.arange(len(rows), dtype=np.int64), lengths)
    table = np.full(256, -1, dtype=np.int64)
    for char, code in _CODE_OF.items():
        table[char] = code
    codes = table[flat]
    letters = codes >= 0
    counts = np.bincount(owner[letters] * _CODES + codes[letters], minlength=len(rows) * _CODES)
    counts = counts.reshape(len(rows), _CODES)
    places = np.zeros((len(rows), 64), dtype=np.uint8)
    places[:, 0:52:2] = counts[:, :26] > 0
    places[:, 1:52:2] = counts[:, :26] > 1
    places[:, 52:62] = counts[:, 26:] > 0
    bits = np.packbits(places, axis=1, bitorder="little").view("<u8")[:, 0]
    # A blank parts words and rows, so a pair never spans two of them.
    both = letters[:-1] & letters[1:]
    first, second = codes[:-1][both], codes[1:][both]
    place = (first * 37 + second * 11 + (first * second >> 3)) & 127
    seen = np.bincount(owner[:-1][both] * 128 + place, minlength=len(rows) * 128).reshape(len(rows), 128) > 0
    pairs = np.packbits(seen, axis=1, bitorder="little").view("<u8")
    early = np.minimum(counts[:, :_EARLY_CODES].sum(axis=1), _EARLY - 1)
    cells = np.minimum(counts.sum(axis=1), _LONGEST) * _EARLY + early
    return bits, pairs, cells


def signature_columns(rows: Sequence[bytes], numbers: Sequence[int]) -> Arrays:
    """Return the columns of a scan over names.

    Args:
        rows: Names as words of letters and digits with blanks between; more than one row may stand for a name.
        numbers: The number of the name each row stands for.

    Returns:
        Columns sorted by length, early letters and number, the letters of each row, and where each cell begins.
    """
    parts = [_chunk(rows[start : start + _CHUNK]) for start in range(0, len(rows), _CHUNK)] or [_chunk([b""])]
    count = len(rows)
    bits = np.concatenate([part[0] for part in parts])[:count]
    pairs = np.concatenate([part[1] for part in parts])[:count]
    cells = np.concatenate([part[2] for part in parts])[:count]
    ids = np.array(numbers, dtype=np.int32)
    order = np.lexsort((np.arange(count), ids, cells))
    joined = [rows[place].replace(b" ", b"") for place in order.tolist()]
    starts = np.zeros(count + 1, dtype=np.int64)
    np.cumsum([len(row) for row in joined], out=starts[1:])
    return {
        "bits": bits[order],
        "low": np.ascontiguousarray(pairs[order, 0]),
        "high": np.ascontiguousarray(pairs[order, 1]),
        "ids": ids[order],
        "cells": np.searchsorted(cells[order], np.arange((_LONGEST + 1) * _EARLY + 1)).astype(np.int32),
        "letters": np.frombuffer(b"".join(joined), dtype=np.uint8),
        "letter_starts": starts,
    }


class SignatureScan:
    """The scan over the columns made by `signature_columns`."""

    __slots__ = ("_bits", "_cells", "_high", "_ids", "_letter_starts", "_letters", "_low")

    def __init__(self, columns: Arrays) -> None:
        self._bits = columns["bits"]
        self._low = columns["low"]
        self._high = columns["high"]
        self._ids = columns["ids"]
        self._letters: bytes = columns["letters"].tobytes()
        self._letter_starts: list[int] = columns["letter_starts"].tolist()
        self._cells: list[int] = columns["cells"].tolist()

    def near(self, sought: Signature, moved_pairs: int, moved_bits: int = MOVED_BITS) -> list[tuple[int, int]]:
        """Return (number, row) of the names at most so many pair bits and letter bits away."""
        cells = self._cells
        start = cells[max(1, sought.length - 2) * _EARLY]
        stop = cells[(min(_LONGEST, sought.length + 2) + 1) * _EARLY]
        bits = np.uint64(sought.bits)
        if stop - start < _FEW_ROWS:
            rows = (np.bitwise_count(self._bits[start:stop] ^ bits) <= moved_bits).nonzero()[0]
            rows += start
        else:
            spans = self._spans(sought)
            if not spans:
                return []
            gathered = np.concatenate([self._bits[start:stop] for start, stop in spans])
            rows = _rows_of((np.bitwise_count(gathered ^ bits) <= moved_bits).nonzero()[0], spans)
        if not len(rows):
            return []
        far = np.bitwise_count(self._low[rows] ^ np.uint64(sought.low))
        far += np.bitwise_count(self._high[rows] ^ np.uint64(sought.high))
        found = rows[far <= moved_pairs]
        return list(zip(self._ids[found].tolist(), found.tolist(), strict=True))

    def letters(self, row: int) -> bytes:
        """Return the letters of a row."""
        return self._letters[self._letter_starts[row] : self._letter_starts[row + 1]]

    def _spans(self, sought: Signature) -> list[tuple[int, int]]:
        """Return the row ranges whose length and early letters two edits can reach."""
        cells = self._cells
        low, high = max(0, sought.early - 2), min(_EARLY - 1, sought.early + 2) + 1
        spans = []
        for length in range(max(1, sought.length - 2), min(_LONGEST, sought.length + 2) + 1):
            start, stop = cells[length * _EARLY + low], cells[length * _EARLY + high]
            if start < stop:
                spans.append((start, stop))
        return spans


def _rows_of(places: NDArray[np.int64], spans: list[tuple[int, int]]) -> NDArray[np.int64]:
    """Return the rows that places in the gathered spans stand for."""
    ends = np.cumsum([stop - start for start, stop in spans])
    shift = np.array([start for start, _ in spans]) - np.concatenate(([0], ends[:-1]))
    rows: NDArray[np.int64] = places + shift[np.searchsorted(ends, places, side="right")]
    return rows
