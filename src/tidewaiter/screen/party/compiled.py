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
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from tidewaiter.screen.party.likely import (
    CUT,
    MOST_LETTERS,
    MOST_WORDS,
    name_columns,
    nickname_pairs,
    only_lower,
)
from tidewaiter.screen.party.prepared import Prepared
from tidewaiter.screen.party.scoring import GENERIC, name_weights
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
    "kernel_align",
    "kernel_odds",
    "likely",
    "align",
    "measures",
)
_BLOCK = 512
# Letters in a machine word, and room for the edits of names of a dozen.
_LETTERS, _TABLE = 64, 24
Bones = Callable[[Prepared, str], Sequence[int]]
# A declared name with its words as written.
Asked = tuple[Prepared, Sequence[str]]


Entry = Callable[..., tuple["Array", "Array"]]


class Entries(NamedTuple):
    """The compiled search, and the filter that leaves only names that can reach the review level."""

    search: Entry
    keep_likely: Entry


def _entries() -> Entries | None:
    """Return the compiled functions, or None where they cannot be compiled or their code not be kept."""
    try:
        from tidewaiter.screen.party.kernel_odds import kept_filter
        from tidewaiter.screen.party.kernel_search import kept_search
    except ImportError:
        return None
    folder = files("tidewaiter.screen.party")
    version = zlib.crc32(b"".join(folder.joinpath(f"{name}.py").read_bytes() for name in _MODULES))
    try:
        return Entries(kept_search(version), kept_filter(version))
    except RuntimeError:
        # Nowhere to keep it: compiling in every process takes longer than most of them run.
        return None


def fits(name: Prepared, words: Sequence[str]) -> bool:
    """Return whether the compiled search takes a name: ASCII keys, and letters that fit a machine word."""
    return len(name.joined) <= _LETTERS and name.joined.isascii()


_ENTRIES: list[Entries | None] = []


def compiled_entries() -> Entries | None:
    """Return the compiled search of all names of a batch with its filter, or None; looked for once."""
    if not _ENTRIES:
        _ENTRIES.append(_entries())
    return _ENTRIES[0]


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
    letters = np.frombuffer("".join(flat).encode("ascii"), dtype=np.uint8)
    for column in (letters, starts, names):
        column.flags.writeable = False
    return Words(letters, starts, names)


def _scan_of(columns: Arrays) -> Scan:
    from tidewaiter.screen.party.kernel_letters import Scan

    kinds = ("bits", "low", "high", "ids", "cells", "letters", "letter_starts")
    return Scan(*(_fixed(columns[kind]) for kind in kinds))


class CompiledSearch:
    """The columns of an index as the compiled search takes them, with its working memory."""

    __slots__ = ("_bones", "_entries", "_index", "_listed", "_room", "_work")

    def __init__(self, columns: Arrays, entries: Entries, bones: Bones) -> None:
        """Open the search.

        Args:
            columns: Made by `build_columns`, in memory or mapped from a file.
            entries: What `compiled_entries` returns.
            bones: Returns the listed words that have the consonants of an unlisted one.
        """
        from tidewaiter.screen.party.kernel_letters import Words
        from tidewaiter.screen.party.kernel_search import Index, Sets
        from tidewaiter.screen.party.kernel_words import Lists

        self._entries, self._bones = entries, bones
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
        self._listed, self._work = _listed(columns), _work()
        # Compiled, or read from where it is kept, before other processes branch off this one.
        self.find((), np.zeros((0, 2)))

    def find(self, asked: Sequence[Asked], lowest: Array | None = None) -> list[list[int]]:
        """Return numbers of listed names worth comparing with each name, ascending.

        Args:
            asked: The declared names.
            lowest: For each name the log-odds that a listed organisation and another listed name must be able to reach;
                None for all names found.
        """
        from tidewaiter.screen.party.kernel_align import Names
        from tidewaiter.screen.party.kernel_letters import Words
        from tidewaiter.screen.party.kernel_postings import Declared

        names = [name for name, _ in asked]
        columns = name_columns(names)
        for column in columns.values():
            # As the listed ones, which are mapped, so that both share one machine code.
            column.flags.writeable = False
        starts = columns["words"]
        keys = Words(columns["keys"], columns["key_starts"], starts)
        bones: list[Sequence[int]] = [self._bones(name, key) for name in names for key in name.keys]
        bone_starts = np.zeros(len(bones) + 1, dtype=np.int64)
        np.cumsum([*map(len, bones)], out=bone_starts[1:])
        declared = Declared(
            keys,
            words_of([words for _, words in asked]),
            columns["weights"],
            np.array([name.total for name in names], dtype=np.float64),
            (columns["flags"] & CUT).astype(np.bool_),
            np.array([word for row in bones for word in row], dtype=np.int32),
            bone_starts,
        )
        numbers, places = self._entries.search(self._index, declared, self._room)
        if lowest is not None and self._listed is not None:
            words = Words(columns["tokens"], columns["token_starts"], starts)
            prepared = Names(words, keys, *(columns[kind] for kind in _NAME_COLUMNS))
            numbers, places = self._entries.keep_likely(self._listed, prepared, lowest, numbers, places, self._work)
        flat, ends = numbers.tolist(), places.tolist()
        return [sorted(flat[start:stop]) if start < stop else [] for start, stop in pairwise(ends)]


_NAME_COLUMNS = ("ordered", "weights", "nats", "marks", "nicknames", "kinds", "forms", "lengths", "flags")


def _listed(columns: Arrays) -> Any:
    """Return the listed names as the filter takes them, None where by the weights it could leave out too much."""
    from tidewaiter.screen.party.kernel_align import Names
    from tidewaiter.screen.party.kernel_letters import Words
    from tidewaiter.screen.party.kernel_odds import Listed

    weights = name_weights()
    if not only_lower(weights["person"]) or not only_lower(weights["other"]):
        return None
    likely = having(columns, "likely.")
    words = [
        Words(_fixed(likely[letters]), _fixed(likely[starts]), _fixed(likely["words"]))
        for letters, starts in (("tokens", "token_starts"), ("keys", "key_starts"))
    ]
    names = Names(*words, *(_fixed(likely[kind]) for kind in _NAME_COLUMNS))
    person, other = (np.array(weights[kind], dtype=np.float64) for kind in ("person", "other"))
    return Listed(names, nickname_pairs(), person, other, np.array(GENERIC, dtype=np.float64))


def _work() -> Any:
    """Return working memory for the filter."""
    from tidewaiter.screen.party.kernel_align import Work

    return Work(
        left=np.zeros(MOST_WORDS, dtype=np.uint8),
        right=np.zeros(MOST_WORDS, dtype=np.uint8),
        sums=np.zeros(16, dtype=np.float64),
        counts=np.zeros(2, dtype=np.int64),
        masks=np.zeros(256, dtype=np.uint64),
        key_masks=np.zeros(256, dtype=np.uint64),
        likeness=np.zeros(MOST_WORDS**2, dtype=np.float64),
        pairs=np.zeros(MOST_WORDS**2, dtype=np.int64),
        lefts=np.zeros(MOST_WORDS + 1, dtype=np.int64),
        rights=np.zeros(MOST_WORDS + 1, dtype=np.int64),
        one=np.zeros(MOST_LETTERS, dtype=np.uint8),
        other=np.zeros(MOST_LETTERS, dtype=np.uint8),
        used=np.zeros(MOST_LETTERS, dtype=np.uint8),
        taken=np.zeros(MOST_LETTERS, dtype=np.uint8),
    )


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
