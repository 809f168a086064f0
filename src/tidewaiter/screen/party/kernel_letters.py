"""Machine code for letters: signatures and their scan, edits and likeness. `signatures.py` says what they mean; this repeats it.

Only imported where numba is (`compiled.py`). Everything here is exact: the same rows as the plain search, never others.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple, TypeVar

import numpy as np
from numba import njit, types
from numba.extending import intrinsic
from numpy.typing import NDArray

from tidewaiter.screen.party import signatures

Function = TypeVar("Function", bound=Callable[..., Any])
Array = NDArray[Any]

LETTER_FIRST, LETTER_STOP = 97, 123
_DIGIT_FIRST, _DIGIT_STOP = 48, 58
_LONGEST, _EARLY, _EARLY_CODES = signatures._LONGEST, signatures._EARLY, signatures._EARLY_CODES
_FEW_ROWS = signatures._FEW_ROWS
_FAR = 99


def machine_code(function: Function) -> Function:
    """Return the function compiled at its first call; a type checker sees it as it was.

    It counts no references to arrays, which would take longer than what most of these functions do: it must neither make an
    array nor return one.
    """
    made: Function = njit(_nrt=False)(function)  # type: ignore[call-overload]
    return made


def allocating_code(function: Function) -> Function:
    """Return the function compiled at its first call, where it makes arrays."""
    made: Function = njit(function)
    return made


def inlined_code(function: Function) -> Function:
    """Return the function for the place where it is called: code that counts no references can get a stretch of an array so."""
    made: Function = njit(inline="always")(function)  # type: ignore[assignment]
    return made


class Scan(NamedTuple):
    """The columns of `signature_columns`, all read-only."""

    bits: Array
    low: Array
    high: Array
    ids: Array
    cells: Array
    letters: Array
    starts: Array


class Words(NamedTuple):
    """Words of many names: all letters, where each word begins, and which words each name has."""

    letters: Array
    starts: Array
    names: Array


def _count_ones(context: Any, word: Any) -> Any:
    """Count the bits of a 64-bit word that are set."""
    return types.uint64(types.uint64), lambda context, builder, signature, values: builder.ctpop(values[0])


ones: Callable[[Any], Any] = intrinsic(_count_ones)  # type: ignore[assignment]


@machine_code
def _code(char: int) -> int:
    """Return the number of a letter or digit, -1 for anything else."""
    if LETTER_FIRST <= char < LETTER_STOP:
        return char - LETTER_FIRST
    return char - _DIGIT_FIRST + 26 if _DIGIT_FIRST <= char < _DIGIT_STOP else -1


@machine_code
def signature(words: Words, first: int, stop: int) -> tuple[Any, Any, Any, int, int]:
    """Return letter bits, low and high pair bits, length and early letters of the words from first to stop."""
    bits = low = high = np.uint64(0)
    one = np.uint64(1)
    early = length = 0
    for word in range(first, stop):
        before = -1
        for place in range(words.starts[word], words.starts[word + 1]):
            code = _code(words.letters[place])
            length += 1
            if code >= 0:
                if code < 26:
                    seen = one << np.uint64(2 * code)
                    bits |= (seen << one) if bits & seen else seen
                    early += code < _EARLY_CODES
                else:
                    bits |= one << np.uint64(26 + code)
                if before >= 0:
                    pair = (before * 37 + code * 11 + (before * code >> 3)) & 127
                    if pair < 64:
                        low |= one << np.uint64(pair)
                    else:
                        high |= one << np.uint64(pair - 64)
            before = code
    return bits, low, high, min(length, _LONGEST), min(early, _EARLY - 1)


@machine_code
def _scan(scan: Scan, start: int, stop: int, sought: Any, moved: Any, near: Array, count: int, far: Array) -> int:
    """Add the rows of a range that are near to `near`; `far` is room for distances, a block at a time."""
    bits, low, high = sought[0], sought[1], sought[2]
    while start < stop:
        end = min(start + len(far), stop)
        block = scan.bits[start:end]
        # 64-bit distances, counted from nought: other widths keep the compiler from counting several rows at once.
        for place in range(len(block)):
            far[place] = np.int64(ones(block[place] ^ bits))
        for place in range(len(block)):
            if far[place] <= moved[0]:
                row = start + place
                if np.int64(ones(scan.low[row] ^ low)) + np.int64(ones(scan.high[row] ^ high)) <= moved[1]:
                    near[count] = row
                    count += 1
        start = end
    return count


@machine_code
def near_rows(scan: Scan, sought: Any, moved: Any, near: Array, far: Array) -> int:
    """Write the rows at most so many letter bits and pair bits away into `near` and return how many there are."""
    cells, length, early = scan.cells, sought[3], sought[4]
    shortest, longest = max(1, length - 2), min(_LONGEST, length + 2)
    start, stop = cells[shortest * _EARLY], cells[(longest + 1) * _EARLY]
    if stop - start < _FEW_ROWS:
        return _scan(scan, start, stop, sought, moved, near, 0, far)
    count = 0
    least, most = max(0, early - 2), min(_EARLY - 1, early + 2) + 1
    for letters in range(shortest, longest + 1):
        start, stop = cells[letters * _EARLY + least], cells[letters * _EARLY + most]
        count = _scan(scan, start, stop, sought, moved, near, count, far)
    return count


@machine_code
def edits(length: int, masks: Array, other: Array) -> int:
    """Return how many edits part two strings; two untouched neighbours in each other's place are one (OSA).

    Bit-parallel, after Hyyrö (2003), "A bit-vector algorithm for computing Levenshtein and Damerau edit distances".

    Args:
        length: How many letters the one string has, 1 to 64.
        masks: Their places (`mark_places`).
        other: The letters of the other.
    """
    one = np.uint64(1)
    rising, falling, same, before = ~np.uint64(0), np.uint64(0), np.uint64(0), np.uint64(0)
    last = one << np.uint64(length - 1)
    distance = length
    for char in other:
        hit = masks[char]
        swapped = ((~same & hit) << one) & before
        same = (((hit & rising) + rising) ^ rising) | hit | falling | swapped
        up, down = falling | ~(same | rising), same & rising
        distance += ((up & last) != 0) - ((down & last) != 0)
        up, down = (up << one) | one, down << one
        rising, falling = down | ~(same | up), up & same
        before = hit
    return distance


@machine_code
def edits_within(one: Array, other: Array, most: int, room: Array) -> bool:
    """Return whether two short strings are so many edits apart, letters in each other's place and others put between allowed.

    Args:
        one: Letters.
        other: Letters.
        most: How many edits (Damerau-Levenshtein).
        room: One more row and column than the longer string has letters.
    """
    if abs(len(one) - len(other)) > most:
        return False
    for place in range(len(other) + 1):
        room[0, place] = place
    for row in range(1, len(one) + 1):
        # Outside this band more edits than allowed have been made already.
        first, last = max(1, row - most), min(len(other), row + most)
        room[row, 0] = row
        if first > 1:
            room[row, first - 1] = _FAR
        for column in range(first, last + 1):
            same = one[row - 1] == other[column - 1]
            value = min(room[row - 1, column - 1] + (0 if same else 1), room[row, column - 1] + 1)
            if column < row + most:
                value = min(value, room[row - 1, column] + 1)
            if not same:
                value = min(value, _swapped(one, other, row, column, most, room))
            room[row, column] = value
        if last < len(other):
            room[row, last + 1] = _FAR
    return bool(room[len(one), len(other)] <= most)


@machine_code
def _swapped(one: Array, other: Array, row: int, column: int, most: int, room: Array) -> int:
    """Return the edits up to here if the last letters are two that changed places."""
    best = _FAR
    for back in range(1, most + 1):
        above = row - 1 - back
        if above < 0 or one[above] != other[column - 1]:
            continue
        for across in range(1, most + 1):
            left = column - 1 - across
            if left < 0 or other[left] != one[row - 1] or abs(above - left) > most:
                continue
            best = min(best, room[above, left] + back + across - 1)
    return best


@machine_code
def common_letters(one: Array, other: Array, masks: Array) -> int:
    """Return how many letters two strings have in common in one order (longest common subsequence).

    Args:
        one: At most 64 letters; `masks` holds the places of each of them (`mark_places`).
        other: Letters.
        masks: One word for each of 256 characters.
    """
    left = ~np.uint64(0)
    for char in other:
        hit = left & masks[char]
        left = (left + hit) | (left - hit)
    unused = ~np.uint64(0) if len(one) == 64 else (np.uint64(1) << np.uint64(len(one))) - np.uint64(1)
    return int(ones(~left & unused))


@machine_code
def mark_places(one: Array, masks: Array) -> None:
    """Set in `masks` the places of each letter of a string of at most 64."""
    for char in range(len(masks)):
        masks[char] = 0
    for place in range(len(one)):
        masks[one[place]] |= np.uint64(1) << np.uint64(place)
