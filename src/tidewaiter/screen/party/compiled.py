"""The compiled search, where numba is and has a place to keep machine code; `NameSearch` goes on with numpy where not.

The first call compiles (a dozen seconds) and keeps the machine code in `NUMBA_CACHE_DIR`, else beside this module, else in the
user's cache folder; later processes read it in a tenth of a second. The kept code is named after the text of every module
it was made of, so that a change in one of them makes it anew.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Sequence
from importlib.resources import files
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from tidewaiter.screen.party.prepared import Prepared
from tidewaiter.screen.party.signatures import Arrays, having

if TYPE_CHECKING:
    from tidewaiter.screen.party.kernel_letters import Array, Scan, Words

_MODULES = (
    "kernel_letters",
    "kernel_words",
    "kernel_postings",
    "kernel_search",
    "search",
    "signatures",
    "postings",
    "spellings",
)
_BLOCK = 512
# Letters in a machine word, and room for the edits of names of a dozen.
_LETTERS, _TABLE = 64, 24
Bones = Callable[[Prepared, str], Sequence[int]]
# A declared name with its words as written.
Asked = tuple[Prepared, Sequence[str]]


def _entry() -> Callable[..., tuple[Array, Array]] | None:
    """Return the compiled search, or None where it cannot be compiled or its code not be kept."""
    try:
        from tidewaiter.screen.party.kernel_search import kept_search
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
    return len(name.joined) <= _LETTERS and name.joined.isascii()


_SEARCH: list[Callable[..., tuple[Array, Array]] | None] = []


def compiled_search() -> Callable[..., tuple[Array, Array]] | None:
    """Return the compiled search of all names of a batch, or None; looked for once."""
    if not _SEARCH:
        _SEARCH.append(_entry())
    return _SEARCH[0]


def _fixed(column: Any, kind: Any = None) -> Array:
    """Return a column read-only, so that columns in memory and mapped ones share one machine code."""
    fixed = np.ascontiguousarray(column, dtype=kind).view()
    fixed.flags.writeable = False
    return fixed


def words_of(rows: Sequence[Sequence[str]]) -> Words:
    """Return the words of several names as `Words`."""
    from tidewaiter.screen.party.kernel_letters import Words

    flat = [word for row in rows for word in row]
    starts, names = np.zeros(len(flat) + 1, dtype=np.int64), np.zeros(len(rows) + 1, dtype=np.int64)
    np.cumsum([*map(len, flat)], out=starts[1:])
    np.cumsum([*map(len, rows)], out=names[1:])
    return Words(_fixed(np.frombuffer("".join(flat).encode("ascii"), dtype=np.uint8)), starts, names)


def _scan_of(columns: Arrays) -> Scan:
    from tidewaiter.screen.party.kernel_letters import Scan

    kinds = ("bits", "low", "high", "ids", "cells", "letters", "letter_starts")
    return Scan(*(_fixed(columns[kind]) for kind in kinds))


class CompiledSearch:
    """The columns of an index as the compiled search takes them, with its working memory."""

    __slots__ = ("_bones", "_index", "_room", "_search")

    def __init__(self, columns: Arrays, search: Callable[..., tuple[Array, Array]], bones: Bones) -> None:
        """Open the search.

        Args:
            columns: Made by `build_columns`, in memory or mapped from a file.
            search: What `compiled_search` returns.
            bones: Returns the listed words that have the consonants of an unlisted one.
        """
        from tidewaiter.screen.party.kernel_letters import Words
        from tidewaiter.screen.party.kernel_search import Index, Sets
        from tidewaiter.screen.party.kernel_words import Lists

        self._search, self._bones = search, bones
        vocabulary, postings = having(columns, "vocabulary."), having(columns, "postings.")
        letters = vocabulary["words"]
        ends = np.flatnonzero(letters == 10)
        starts = np.concatenate(([0], ends - np.arange(len(ends)), [len(letters) - len(ends)])).astype(np.int64)
        if not len(letters):
            starts = starts[:1]
        words = Words(_fixed(letters[letters != 10]), _fixed(starts), _fixed(np.zeros(1, dtype=np.int64)))
        hashes = np.array(
            [zlib.crc32(word) for word in letters.tobytes().split(b"\n")][: len(starts) - 1], dtype=np.uint32
        )
        order = np.argsort(hashes, kind="stable")
        lists = Lists(
            words,
            _fixed(hashes[order]),
            _fixed(order, np.int32),
            _firsts(hashes[order]),
            _fixed(vocabulary["deletions"]),
            _fixed(vocabulary["deletion_words"]),
            _firsts(vocabulary["deletions"]),
            _scan_of(having(vocabulary, "long.")),
            *(_fixed(postings[name]) for name in ("starts", "names", "weights", "totals")),
        )
        scans = [_scan_of(having(columns, f"{name}.")) for name in ("written", "folded")]
        sets = [
            Sets(*(_fixed(columns[f"{name}.{kind}"]) for kind in ("hashes", "names"))) for name in ("dropped", "whole")
        ]
        self._index = Index(lists, scans[0], scans[1], sets[0], sets[1])
        self._room = _room(self._index)
        # Compiled, or read from where it is kept, before other processes branch off this one.
        self.find(())

    def find(self, asked: Sequence[Asked]) -> list[list[int]]:
        """Return numbers of listed names worth comparing with each name, ascending."""
        from tidewaiter.screen.party.kernel_postings import Declared

        bones: list[Sequence[int]] = [self._bones(name, key) for name, _ in asked for key in name.keys]
        bone_starts = np.zeros(len(bones) + 1, dtype=np.int64)
        np.cumsum([*map(len, bones)], out=bone_starts[1:])
        declared = Declared(
            words_of([name.keys for name, _ in asked]),
            words_of([words for _, words in asked]),
            np.array([weight for name, _ in asked for weight in name.weights], dtype=np.float64),
            np.array([name.total for name, _ in asked], dtype=np.float64),
            np.array([name.is_cut for name, _ in asked], dtype=np.bool_),
            np.array([word for row in bones for word in row], dtype=np.int32),
            bone_starts,
        )
        numbers, starts = self._search(self._index, declared, self._room)
        flat, places = numbers.tolist(), starts.tolist()
        return [sorted(flat[start:stop]) for start, stop in pairwise(places)]


def _firsts(hashes: Array) -> Array:
    """Return where the ascending hashes with each of the possible first bits begin, and the end."""
    from tidewaiter.screen.party.kernel_words import LEADING_BITS

    leading = np.arange(1 << LEADING_BITS, dtype=np.uint64) << np.uint64(32 - LEADING_BITS)
    return _fixed(np.append(np.searchsorted(hashes, leading), len(hashes)), np.int32)


def _room(index: Any) -> Any:
    """Return working memory for an index."""
    from tidewaiter.screen.party.kernel_words import Room

    names, words = len(index.lists.totals), len(index.lists.words.starts)
    rows = max(len(scan.bits) for scan in (index.written, index.folded, index.lists.long))
    return Room(
        near=np.zeros(rows + 1, dtype=np.int32),
        far=np.zeros(_BLOCK, dtype=np.int64),
        table=np.zeros((_TABLE, _TABLE), dtype=np.int16),
        masks=np.zeros(256, dtype=np.uint64),
        words=np.zeros(words + 256, dtype=np.int32),
        stamps=np.ones(1, dtype=np.int64),
        seen=np.zeros(names + 1, dtype=np.int64),
        credit=np.zeros(names + 1, dtype=np.float64),
        counted=np.zeros(names + 1, dtype=np.int64),
        found=np.zeros(names + 1, dtype=np.int32),
        orders=np.zeros((24, 16), dtype=np.uint8),
    )
