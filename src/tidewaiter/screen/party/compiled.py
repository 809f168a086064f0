"""The compiled search, where numba is and has a place to keep machine code; `NameSearch` goes on with numpy where not.

The first call compiles (a dozen seconds) and keeps the machine code in `NUMBA_CACHE_DIR`, else beside this module, else in the
user's cache folder; later processes read it in a tenth of a second. The kept code is named after the text of every module
it was made of, so that a change in one of them makes it anew.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable, Sequence
from importlib.resources import files
from itertools import chain, pairwise
from typing import TYPE_CHECKING

import numpy as np

from tidewaiter.screen.party.likely import (
    CUT,
    MOST_LETTERS,
    MOST_WORDS,
    name_columns,
    nickname_pairs,
    only_lower,
    starts_of,
)
from tidewaiter.screen.party.prepared import Prepared
from tidewaiter.screen.party.scoring import GENERIC, name_weights
from tidewaiter.screen.party.signatures import Arrays, having

if TYPE_CHECKING:
    from tidewaiter.screen.party.kernel_entry import Search
    from tidewaiter.screen.party.kernel_letters import Array

_MODULES = (
    "kernel_letters",
    "kernel_words",
    "kernel_postings",
    "kernel_search",
    "search",
    "signatures",
    "postings",
    "spellings",
    "kernel_align",
    "kernel_odds",
    "kernel_tables",
    "kernel_entry",
    "likely",
    "align",
    "measures",
)
_BLOCK = 512
Bones = Callable[[Prepared, str], Sequence[int]]
Lowest = tuple[float, float, float, float]
# A declared name with its words as written.
Asked = tuple[Prepared, Sequence[str]]


def _entry() -> Search | None:
    """Return the compiled search, or None where it cannot be compiled or its code not be kept."""
    try:
        from tidewaiter.screen.party.kernel_entry import kept_search
    except ImportError:
        return None
    folder = files("tidewaiter.screen.party")
    version = zlib.crc32(b"".join(folder.joinpath(f"{name}.py").read_bytes() for name in _MODULES))
    try:
        return kept_search(version)
    except RuntimeError:
        # Nowhere to keep it: compiling in every process takes longer than most of them run.
        return None


def fits(name: Prepared, words: Sequence[str]) -> bool:
    """Return whether the compiled search takes a name: ASCII keys, and letters that fit a machine word."""
    return len(name.joined) <= MOST_LETTERS and name.joined.isascii()


_SEARCH: list[Search | None] = []


def compiled_search() -> Search | None:
    """Return the compiled search of all names of a batch, or None; looked for once."""
    if not _SEARCH:
        _SEARCH.append(_entry())
    return _SEARCH[0]


class _Table:
    """Columns with the table of their addresses, which is good for as long as this lives."""

    __slots__ = ("addresses", "columns")

    def __init__(self, columns: Iterable[Array], kinds: Sequence[str]) -> None:
        self.columns = [np.ascontiguousarray(row, kind) for row, kind in zip(columns, kinds, strict=True)]
        rows = [(column.__array_interface__["data"][0], len(column)) for column in self.columns]
        self.addresses = np.array(rows, dtype=np.int64)


def _word_columns(rows: Sequence[Sequence[str]]) -> tuple[Array, Array, Array]:
    """Return the words of several names as letters, where each word begins, and where those of each name begin."""
    flat = [word for row in rows for word in row]
    letters = np.frombuffer("".join(flat).encode("ascii"), dtype=np.uint8)
    return letters, starts_of([*map(len, flat)]), starts_of([*map(len, rows)])


class CompiledSearch:
    """The columns of an index as the compiled search takes them, with its working memory."""

    __slots__ = ("_bones", "_fixed", "_is_bound", "_search")

    def __init__(self, columns: Arrays, search: Search, bones: Bones) -> None:
        """Open the search.

        Args:
            columns: Made by `build_columns`, in memory or mapped from a file.
            search: What `compiled_search` returns.
            bones: Returns the listed words that have the consonants of an unlisted one.
        """
        from tidewaiter.screen.party.kernel_tables import FIXED

        self._search, self._bones = search, bones
        weights = name_weights()
        self._is_bound = only_lower(weights["person"]) and only_lower(weights["other"])
        index = [*_list_columns(columns), *_letter_columns(columns)]
        listed = [*_name_columns(having(columns, "likely.")), nickname_pairs()]
        listed += [np.array(row, dtype=np.float64) for row in (weights["person"], weights["other"], GENERIC)]
        self._fixed = _Table([*index, *listed, *_room(columns), *_work()], FIXED)
        # Compiled, or read from where it is kept, before other processes branch off this one.
        self.find(())

    def find(self, asked: Sequence[Asked], lowest: Sequence[Lowest] | None = None) -> Sequence[Sequence[int]]:
        """Return numbers of listed names worth comparing with each name, ascending.

        Args:
            asked: The declared names.
            lowest: For each name the log-odds that listed names must be able to reach (`matching.Reachable`); None for all
                names found.
        """
        from tidewaiter.screen.party.kernel_tables import ASKED

        names = [name for name, _ in asked]
        columns = name_columns(names)
        bones = [self._bones(name, key) for name in names for key in name.keys]
        table = _Table(
            (
                *_name_columns(columns),
                *_word_columns([words for _, words in asked]),
                np.array([name.total for name in names]),
                columns["flags"] & CUT,
                np.array([*chain.from_iterable(bones)], dtype=np.int32),
                starts_of([*map(len, bones)]),
                np.array([*chain.from_iterable(lowest or ())], dtype=np.float64),
            ),
            ASKED,
        )
        is_filtered = lowest is not None and self._is_bound
        numbers, starts = self._search(self._fixed.addresses, table.addresses, is_filtered)
        flat, places = numbers.tolist(), starts.tolist()
        return [sorted(flat[start:stop]) if start < stop else () for start, stop in pairwise(places)]


_NAME_COLUMNS = ("ordered", "weights", "nats", "marks", "nicknames", "kinds", "forms", "lengths", "flags")
_SCAN_COLUMNS = ("bits", "low", "high", "ids", "cells", "letters", "letter_starts")


def _name_columns(columns: Arrays) -> list[Array]:
    """Return prepared names in the order of `kernel_align.Names`."""
    words = columns["words"]
    tokens, keys = (columns["tokens"], columns["token_starts"], words), (columns["keys"], columns["key_starts"], words)
    return [*tokens, *keys, *(columns[kind] for kind in _NAME_COLUMNS)]


def _list_columns(columns: Arrays) -> list[Array]:
    """Return the vocabulary and the postings in the order of `kernel_words.Lists`."""
    vocabulary, postings = having(columns, "vocabulary."), having(columns, "postings.")
    letters = vocabulary["words"]
    ends = np.flatnonzero(letters == 10)
    starts = np.concatenate(([0], ends - np.arange(len(ends)), [len(letters) - len(ends)])).astype(np.int64)
    if not len(letters):
        starts = starts[:1]
    words = letters.tobytes().split(b"\n")[: len(starts) - 1]
    hashes = np.array([zlib.crc32(word) for word in words], dtype=np.uint32)
    order = np.argsort(hashes, kind="stable")
    deletions = vocabulary["deletions"]
    return [
        *(letters[letters != 10], starts, np.zeros(1, dtype=np.int64)),
        *(hashes[order], order.astype(np.int32), _firsts(hashes[order])),
        *(deletions, vocabulary["deletion_words"], _firsts(deletions)),
        *(vocabulary[f"long.{kind}"] for kind in _SCAN_COLUMNS),
        *(postings[name] for name in ("starts", "names", "weights", "totals")),
    ]


def _letter_columns(columns: Arrays) -> list[Array]:
    """Return the signatures and the sets of words in the order of `kernel_search.Index`."""
    scans = [columns[f"{name}.{kind}"] for name in ("written", "folded") for kind in _SCAN_COLUMNS]
    return scans + [columns[f"{name}.{kind}"] for name in ("dropped", "whole") for kind in ("hashes", "names")]


def _work() -> list[Array]:
    """Return working memory for the comparison, in the order of `kernel_align.Work`."""
    words, pairs, letters = np.zeros(MOST_WORDS + 1), np.zeros(MOST_WORDS**2), np.zeros(MOST_LETTERS)
    kinds = (words, words, np.zeros(16), np.zeros(3), np.zeros(256), np.zeros(256), pairs, pairs, words, words)
    return [*kinds, letters, letters, letters, letters]


def _firsts(hashes: Array) -> Array:
    """Return where the ascending hashes with each of the possible first bits begin, and the end."""
    from tidewaiter.screen.party.kernel_words import LEADING_BITS

    leading = np.arange(1 << LEADING_BITS, dtype=np.uint64) << np.uint64(32 - LEADING_BITS)
    return np.append(np.searchsorted(hashes, leading), len(hashes)).astype(np.int32)


def _room(columns: Arrays) -> list[Array]:
    """Return working memory for the search of an index, in the order of `kernel_words.Room`."""
    from tidewaiter.screen.party.kernel_tables import ORDER, TABLE

    names, words = len(columns["postings.totals"]), len(columns["postings.starts"])
    rows = max(len(columns[f"{scan}.bits"]) for scan in ("written", "folded", "vocabulary.long"))
    return [
        np.zeros(rows + 1, dtype=np.int32),
        np.zeros(_BLOCK, dtype=np.int64),
        np.zeros((TABLE, TABLE), dtype=np.int16),
        np.zeros(256, dtype=np.uint64),
        np.zeros(words + 256, dtype=np.int32),
        np.ones(1, dtype=np.int64),
        np.zeros(names + 1, dtype=np.int64),
        np.zeros(names + 1, dtype=np.float64),
        np.zeros(names + 1, dtype=np.int64),
        np.zeros(names + 1, dtype=np.int32),
        np.zeros((TABLE, ORDER), dtype=np.uint8),
    ]
