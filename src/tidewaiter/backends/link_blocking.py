"""Find the pairs of records that share a blocking key: the keys of `link.blocking`, as numbers, a kind at a time."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tidewaiter.backends.party_table import PartyTable
from tidewaiter.link.blocking import CAPS, short
from tidewaiter.link.records import MOST_TOKENS

Numbers = NDArray[np.int64]
_ODD = (0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9)


THREADS = 2


@dataclass
class Pairs:
    """Candidate pairs: places `left` < `right`, each pair once; `kinds` holds one bit for each kind of key they share."""

    left: NDArray[np.int32]
    right: NDArray[np.int32]
    kinds: NDArray[np.int32]
    names: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.left)


def _mixed(*parts: NDArray[np.generic]) -> NDArray[np.uint64]:
    """Return one well-mixed number for several columns; different rows hardly ever share it (2^-64 a pair)."""
    total = np.zeros(len(parts[0]), np.uint64)
    for place, part in enumerate(parts):
        total ^= part.astype(np.int64).view(np.uint64) + np.uint64(_ODD[0] * (place + 1) % (1 << 64))
        total *= np.uint64(_ODD[place % len(_ODD)])
        total ^= total >> np.uint64(29)
        total *= np.uint64(0xBF58476D1CE4E5B9)
        total ^= total >> np.uint64(32)
    return total


@dataclass
class _Keys:
    """Vectorised parts of the keys of all records."""

    table: PartyTable

    def __post_init__(self) -> None:
        names = self.table.names
        long = np.fromiter((len(key) > 1 for key in names.key_values), np.bool_, len(names.key_values))
        keys = np.where(long[names.keys], names.keys, 0)
        keys.sort(1)
        keys = keys[:, ::-1]
        for place in range(1, MOST_TOKENS):  # a record lists each key once
            keys[:, place][keys[:, place] == keys[:, place - 1]] = 0
        self.words = keys
        shorts: dict[str, int] = {}
        self.short_of = np.fromiter(
            (shorts.setdefault(short(key), len(shorts)) for key in names.key_values), np.int32, len(names.key_values)
        )

    def each_word(self, shortened: bool = False) -> Iterator[tuple[NDArray[np.int64], NDArray[np.int32]]]:
        """Yield for each place in the name the records that have a word there, and the words."""
        width = MOST_TOKENS
        for place in range(width):
            rows = np.flatnonzero(self.words[:, place])
            if len(rows):
                words = self.words[rows, place]
                yield rows, self.short_of[words] if shortened else words

    def word_pairs(self) -> Iterator[tuple[NDArray[np.int64], NDArray[np.int32], NDArray[np.int32]]]:
        """Yield the records with words at two places, and both words, the lower number first."""
        for one, other in combinations(range(MOST_TOKENS), 2):
            rows = np.flatnonzero((self.words[:, one] > 0) & (self.words[:, other] > 0))
            if len(rows):
                left, right = self.words[rows, one], self.words[rows, other]
                yield rows, np.minimum(left, right), np.maximum(left, right)

    def alone(self) -> NDArray[np.bool_]:
        """Return which records have exactly one word to go by."""
        found: NDArray[np.bool_] = (self.words > 0).sum(1) == 1
        return found


def _rows_of(table: PartyTable, keys: _Keys, kind: str) -> list[tuple[NDArray[np.int64], NDArray[np.uint64]]]:
    """Return (records, key numbers) of one kind of key; see `link.blocking.blocking_keys` for what each kind is."""
    columns, birth = table.columns, table.birth
    code = {name: column.codes for name, column in columns.items()}
    year, rest = birth // 10000, birth % 10000
    whole = (birth % 100 > 0) & (rest != 101)
    single = {"id": "id_number", "em": "email", "ha": "handle"}
    if kind in single:
        rows = np.flatnonzero(code[single[kind]])
        return [(rows, _mixed(code[single[kind]][rows]))]
    if kind == "ph":
        ends: dict[str, int] = {}
        phones = columns["phone"]
        end = np.fromiter((ends.setdefault(value[-7:], len(ends)) for value in phones.values), np.int32)
        rows = np.flatnonzero(phones.codes)
        return [(rows, _mixed(end[phones.codes[rows]]))]
    if kind == "ad":
        rows = np.flatnonzero((code["address"] > 0) & (code["number"] > 0) & (code["place_class"] == 0))
        return [(rows, _mixed(code["address"][rows], code["area"][rows]))]
    if kind in ("nn", "nnb", "nnp", "nnc"):
        besides: dict[str, NDArray[Any]] = {"nnb": year, "nnp": code["area"], "nnc": code["city"]}
        more = besides.get(kind)
        found = []
        for rows, left, right in keys.word_pairs():
            if more is None:
                found.append((rows, _mixed(left, right)))
            else:
                has = more[rows] > 0
                found.append((rows[has], _mixed(left[has], right[has], more[rows[has]])))
        return found
    if kind in ("bp", "bc", "bo"):
        other = code[{"bp": "area", "bc": "city", "bo": "occupation"}[kind]]
        rows = np.flatnonzero(whole & (other > 0))
        return [(rows, _mixed(birth[rows], other[rows]))]
    if kind == "nk":
        has = keys.alone()
        return [(rows[has[rows]], _mixed(words[has[rows]])) for rows, words in keys.each_word()]
    shortened = kind in ("nb", "np")
    sides: dict[str, tuple[NDArray[Any], NDArray[np.bool_]]] = {
        "nb": (birth, rest > 0),
        "ny": (year, year > 0),
        "nm": (rest, whole),
        "np": (code["postcode"], code["postcode"] > 0),
        "na": (code["area"], code["area"] > 0),
        "nc": (code["city"], code["city"] > 0),
    }
    beside, use = sides[kind]
    found = []
    for rows, words in keys.each_word(shortened):
        has = use[rows]
        found.append((rows[has], _mixed(words[has], beside[rows[has]])))
    return found


def _pairs_of(rows: NDArray[np.int64], numbers: NDArray[np.uint64], cap: int, most: int) -> NDArray[np.uint64]:
    """Return the pairs of records that share a number, as left << 32 | right; numbers more common than `cap` are passed over.

    Where that makes more than `most` pairs, the cap is lowered.
    """
    order = np.argsort(numbers)
    numbers, rows = numbers[order], rows[order]
    starts = np.flatnonzero(np.concatenate(([True], numbers[1:] != numbers[:-1])))
    sizes = np.diff(np.concatenate((starts, [len(numbers)])))
    by_size = np.bincount(sizes, minlength=cap + 1)[: cap + 1]
    wide = np.arange(cap + 1)
    total = np.cumsum(by_size * wide * (wide - 1) // 2)
    if total[-1] > most:
        cap = max(2, int(np.searchsorted(total, most, "right")) - 1)
    keep = (sizes > 1) & (sizes <= cap)
    if not keep.any():
        return np.zeros(0, np.uint64)
    starts, sizes = starts[keep], sizes[keep]
    found = []
    for step in range(1, int(sizes.max())):
        wide_enough = sizes > step
        starts, sizes = starts[wide_enough], sizes[wide_enough]
        lengths = sizes - step
        offsets = np.arange(int(lengths.sum())) - np.repeat(np.cumsum(lengths) - lengths, lengths)
        first = np.repeat(starts, lengths) + offsets
        one, other = rows[first], rows[first + step]
        low, high = np.minimum(one, other), np.maximum(one, other)
        found.append((low.astype(np.uint64) << np.uint64(32)) | high.astype(np.uint64))
    pairs = np.concatenate(found)
    return np.asarray(pairs[(pairs >> np.uint64(32)) != (pairs & np.uint64(0xFFFFFFFF))])


KINDS = (
    "id",
    "ph",
    "em",
    "ha",
    "ad",
    "nn",
    "nb",
    "np",
    "bp",
    "bc",
    "bo",
    "nnb",
    "nnp",
    "nnc",
    "na",
    "nc",
    "ny",
    "nm",
    "nk",
)


def _once(pairs: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Return numbers in order, each once; sorting is faster here than hashing."""
    pairs.sort()
    return pairs[np.concatenate(([True], pairs[1:] != pairs[:-1]))] if len(pairs) else pairs


def candidate_pairs(table: PartyTable, most_each: int = 0) -> Pairs:
    """Return every pair of records that shares a key which is not too common.

    Args:
        table: The records.
        most_each: Most pairs a kind of key may make; 0: one for each record, at least a million.
    """
    keys = _Keys(table)
    most = most_each or max(1_000_000, len(table))

    def of_kind(kind: str) -> NDArray[np.uint64]:
        parts = [part for part in _rows_of(table, keys, kind) if len(part[0])]
        if not parts:
            return np.zeros(0, np.uint64)
        rows = np.concatenate([part[0] for part in parts])
        numbers = np.concatenate([part[1] for part in parts])
        return _once(_pairs_of(rows, numbers, CAPS[kind], most))

    with ThreadPoolExecutor(THREADS) as pool:  # sorting leaves the interpreter free
        made = list(pool.map(of_kind, KINDS))
    gathered = [pairs for pairs in made if len(pairs)]
    marks = [np.full(len(pairs), 1 << bit, np.int32) for bit, pairs in enumerate(made) if len(pairs)]
    if not gathered:
        none = np.zeros(0, np.int32)
        return Pairs(none, none, none, KINDS)
    pairs, kinds = np.concatenate(gathered), np.concatenate(marks)
    order = np.argsort(pairs)
    pairs, kinds = pairs[order], kinds[order]
    starts = np.flatnonzero(np.concatenate(([True], pairs[1:] != pairs[:-1])))
    kinds = np.bitwise_or.reduceat(kinds, starts)
    pairs = pairs[starts]
    left = (pairs >> np.uint64(32)).astype(np.int32)
    return Pairs(left, (pairs & np.uint64(0xFFFFFFFF)).astype(np.int32), kinds, KINDS)
