"""Machine code that finds columns by their addresses: one table for all that stays, one for the names asked about.

Handing forty columns to compiled code one by one takes longer than searching for a name; and columns that nobody counts
references to are read faster. Whoever calls keeps the columns alive (`compiled.py`). Only imported where numba is.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
from numba import carray, types  # type: ignore[attr-defined]
from numba.extending import intrinsic

from tidewaiter.screen.party.kernel_align import Names, Work
from tidewaiter.screen.party.kernel_letters import Array, Scan, Words, allocating_code
from tidewaiter.screen.party.kernel_odds import Listed
from tidewaiter.screen.party.kernel_postings import Declared
from tidewaiter.screen.party.kernel_search import Index, Sets
from tidewaiter.screen.party.kernel_words import Lists, Room

# The type of each column, in the order of the fields.
_WORDS, _SCAN, _SETS = ("u1", "i8", "i8"), ("u8", "u8", "u8", "i4", "i4", "u1", "i8"), ("u4", "i4")
_LISTS = (*_WORDS, "u4", "i4", "i4", "u4", "i4", "i4", *_SCAN, "i4", "i4", "f4", "f4")
_NAMES = (*_WORDS, *_WORDS, "u1", "f8", "f8", "u1", "i4", "u1", "u8", "i4", "u1")
INDEX = (*_LISTS, *_SCAN, *_SCAN, *_SETS, *_SETS)
LISTED = (*_NAMES, "i8", "f8", "f8", "f8")
ROOM = ("i4", "i8", "i2", "u8", "i4", "i8", "i8", "f8", "i8", "i4", "u1")
WORK = ("u1", "u1", "f8", "i8", "u8", "u8", "f8", "i8", "i8", "i8", "u1", "u1", "u1", "u1")
FIXED = (*INDEX, *LISTED, *ROOM, *WORK)
ASKED = (*_NAMES, *_WORDS, "f8", "u1", "i4", "i8", "f8")
TABLE, ORDER = 24, 16
_WRITTEN = len(_NAMES)
_REST = _WRITTEN + len(_WORDS)


class Asked(NamedTuple):
    """The names asked about: for the search, for the comparison, and the log-odds they must be able to reach."""

    declared: Declared
    names: Names
    lowest: Array


def _address(context: Any, number: Any) -> Any:
    """Take a whole number for an address."""

    def code(context: Any, builder: Any, signature: Any, values: Any) -> Any:
        return builder.inttoptr(values[0], context.get_value_type(types.voidptr))

    return types.voidptr(types.int64), code


_pointer: Callable[[Any], Any] = intrinsic(_address)  # type: ignore[assignment]


@allocating_code
def _u1(table: Array, row: int) -> Any:
    return carray(_pointer(table[row, 0]), table[row, 1], np.uint8)


@allocating_code
def _u4(table: Array, row: int) -> Any:
    return carray(_pointer(table[row, 0]), table[row, 1], np.uint32)


@allocating_code
def _u8(table: Array, row: int) -> Any:
    return carray(_pointer(table[row, 0]), table[row, 1], np.uint64)


@allocating_code
def _i4(table: Array, row: int) -> Any:
    return carray(_pointer(table[row, 0]), table[row, 1], np.int32)


@allocating_code
def _i8(table: Array, row: int) -> Any:
    return carray(_pointer(table[row, 0]), table[row, 1], np.int64)


@allocating_code
def _f4(table: Array, row: int) -> Any:
    return carray(_pointer(table[row, 0]), table[row, 1], np.float32)


@allocating_code
def _f8(table: Array, row: int) -> Any:
    return carray(_pointer(table[row, 0]), table[row, 1], np.float64)


@allocating_code
def _words(table: Array, row: int) -> Words:
    return Words(_u1(table, row), _i8(table, row + 1), _i8(table, row + 2))


@allocating_code
def _scan(table: Array, row: int) -> Scan:
    return Scan(
        _u8(table, row),
        _u8(table, row + 1),
        _u8(table, row + 2),
        _i4(table, row + 3),
        _i4(table, row + 4),
        _u1(table, row + 5),
        _i8(table, row + 6),
    )


@allocating_code
def _names(table: Array, row: int) -> Names:
    return Names(
        _words(table, row),
        _words(table, row + 3),
        _u1(table, row + 6),
        _f8(table, row + 7),
        _f8(table, row + 8),
        _u1(table, row + 9),
        _i4(table, row + 10),
        _u1(table, row + 11),
        _u8(table, row + 12),
        _i4(table, row + 13),
        _u1(table, row + 14),
    )


@allocating_code
def index_at(table: Array, row: int) -> Index:
    """Return the index whose columns begin at a row of the table."""
    lists = Lists(
        _words(table, row),
        _u4(table, row + 3),
        _i4(table, row + 4),
        _i4(table, row + 5),
        _u4(table, row + 6),
        _i4(table, row + 7),
        _i4(table, row + 8),
        _scan(table, row + 9),
        _i4(table, row + 16),
        _i4(table, row + 17),
        _f4(table, row + 18),
        _f4(table, row + 19),
    )
    dropped = Sets(_u4(table, row + 34), _i4(table, row + 35))
    whole = Sets(_u4(table, row + 36), _i4(table, row + 37))
    return Index(lists, _scan(table, row + 20), _scan(table, row + 27), dropped, whole)


@allocating_code
def listed_at(table: Array, row: int) -> Listed:
    """Return the listed names whose columns begin at a row of the table."""
    return Listed(
        _names(table, row), _i8(table, row + 15), _f8(table, row + 16), _f8(table, row + 17), _f8(table, row + 18)
    )


@allocating_code
def room_at(table: Array, row: int) -> Room:
    """Return the working memory of the search whose columns begin at a row of the table."""
    return Room(
        _i4(table, row),
        _i8(table, row + 1),
        carray(_pointer(table[row + 2, 0]), (TABLE, TABLE), np.int16),
        _u8(table, row + 3),
        _i4(table, row + 4),
        _i8(table, row + 5),
        _i8(table, row + 6),
        _f8(table, row + 7),
        _i8(table, row + 8),
        _i4(table, row + 9),
        carray(_pointer(table[row + 10, 0]), (TABLE, ORDER), np.uint8),
    )


@allocating_code
def work_at(table: Array, row: int) -> Work:
    """Return the working memory of the comparison whose columns begin at a row of the table."""
    return Work(
        _u1(table, row),
        _u1(table, row + 1),
        _f8(table, row + 2),
        _i8(table, row + 3),
        _u8(table, row + 4),
        _u8(table, row + 5),
        _f8(table, row + 6),
        _i8(table, row + 7),
        _i8(table, row + 8),
        _i8(table, row + 9),
        _u1(table, row + 10),
        _u1(table, row + 11),
        _u1(table, row + 12),
        _u1(table, row + 13),
    )


@allocating_code
def asked_at(table: Array) -> Asked:
    """Return the names asked about, from a table of their own."""
    names = _names(table, 0)
    declared = Declared(
        names.keys,
        _words(table, _WRITTEN),
        names.weights,
        _f8(table, _REST),
        _u1(table, _REST + 1),
        _i4(table, _REST + 2),
        _i8(table, _REST + 3),
    )
    return Asked(declared, names, _f8(table, _REST + 4))
