"""Machine code for words: the vocabulary, and listed names that share enough weight. It repeats `spellings.py` and `postings.py`.

Only imported where numba is (`compiled.py`).
"""

from __future__ import annotations

import zlib
from typing import Any, NamedTuple

import numpy as np

from tidewaiter.screen.party import spellings
from tidewaiter.screen.party.kernel_letters import (
    Array,
    Scan,
    Words,
    allocating_code,
    edits,
    inlined_code,
    machine_code,
    mark_places,
    near_rows,
    signature,
)

LEADING_BITS = 17
_CRC = np.array([zlib.crc32(bytes([low])) ^ zlib.crc32(b"\0") for low in range(256)], dtype=np.uint32)
# Hashes are found by their first bits, which leave so many.
_LEADING = 32 - LEADING_BITS
_ALL, _BYTE, _EIGHT, _BLANK = (np.uint32(value) for value in (0xFFFFFFFF, 255, 8, 32))
_SHORTEST, _LONG, _LONGER = spellings._SHORTEST, spellings._LONG, spellings._LONGER
_MOVED_BITS, _MOVED_PAIRS = spellings._MOVED_BITS, spellings._MOVED_PAIRS


class Lists(NamedTuple):
    """The vocabulary and the postings of the listed names, all read-only.

    `hashes` ascend and `hashed` are their words; `firsts` and `word_firsts` say where the hashes with given leading bits begin.
    """

    words: Words
    hashes: Array
    hashed: Array
    word_firsts: Array
    deletions: Array
    deletion_words: Array
    firsts: Array
    long: Scan
    starts: Array
    names: Array
    weights: Array
    totals: Array


class Room(NamedTuple):
    """Working memory, kept between calls."""

    near: Array
    far: Array
    table: Array
    masks: Array
    words: Array
    stamps: Array
    seen: Array
    credit: Array
    counted: Array
    found: Array
    orders: Array


@machine_code
def crc(letters: Array, left_out: int) -> Any:
    """Return the CRC-32 of some letters without the one at a place; -1 leaves out none."""
    value = _ALL
    for place in range(len(letters)):
        if place != left_out:
            value = _CRC[(value ^ letters[place]) & _BYTE] ^ (value >> _EIGHT)
    return value ^ _ALL


@machine_code
def are_equal(one: Array, other: Array) -> bool:
    """Return whether two strings are the same."""
    if len(one) != len(other):
        return False
    for place in range(len(one)):  # noqa: SIM110 (a generator cannot be compiled)
        if one[place] != other[place]:
            return False
    return True


@machine_code
def number(lists: Lists, letters: Array) -> int:
    """Return the number of a listed word, -1 if it is none."""
    value = crc(letters, -1)
    lead = np.int64(value) >> _LEADING
    for place in range(lists.word_firsts[lead], lists.word_firsts[lead + 1]):
        if lists.hashes[place] == value and are_equal(letters_of(lists.words, lists.hashed[place]), letters):
            return int(lists.hashed[place])
    return -1


@machine_code
def near_words(lists: Lists, sought: Words, key: int, room: Room) -> int:
    """Write the listed words one edit away, or of long words two or three, into `room.words`; return how many."""
    letters = sought.letters[sought.starts[key] : sought.starts[key + 1]]
    count = 0
    mark_places(letters, room.masks)
    for left_out in range(-1, len(letters)):
        value = crc(letters, left_out)
        lead = np.int64(value) >> _LEADING
        for place in range(lists.firsts[lead], lists.firsts[lead + 1]):
            word = lists.deletion_words[place]
            if lists.deletions[place] == value and not _holds(room.words, count, word):
                if edits(len(letters), room.masks, letters_of(lists.words, word)) == 1:
                    room.words[count] = word
                    count += 1
    if count or len(letters) < _LONG:
        return count
    longer = 1 if len(letters) >= _LONGER else 0
    near = near_rows(
        lists.long, signature(sought, key, key + 1), (_MOVED_BITS[longer], _MOVED_PAIRS[longer]), room.near, room.far
    )
    for place in range(near):
        word = lists.long.ids[room.near[place]]
        if edits(len(letters), room.masks, letters_of(lists.words, word)) <= 2 + longer:
            room.words[count] = word
            count += 1
    return count


@inlined_code
def letters_of(words: Words, word: int) -> Array:
    """Return the letters of a word."""
    return words.letters[words.starts[word] : words.starts[word + 1]]


@machine_code
def _holds(row: Array, count: int, value: int) -> bool:
    for place in range(count):  # noqa: SIM110
        if row[place] == value:
            return True
    return False


@machine_code
def _is_before(words: Words, one: int, other: int) -> bool:
    left, right = letters_of(words, one), letters_of(words, other)
    for place in range(min(len(left), len(right))):
        if left[place] != right[place]:
            return bool(left[place] < right[place])
    return len(left) < len(right)


@allocating_code
def crc_of_set(words: Words, first: int, stop: int) -> Any:
    """Return the CRC-32 of some words in ascending order with blanks between (`words_hash`)."""
    count = stop - first
    order = np.empty(count, dtype=np.int64)
    for place in range(count):
        at = place
        while at > 0 and _is_before(words, first + place, order[at - 1]):
            order[at] = order[at - 1]
            at -= 1
        order[at] = first + place
    value = _ALL
    for place in range(count):
        if place:
            value = _CRC[(value ^ _BLANK) & _BYTE] ^ (value >> _EIGHT)
        for at in range(words.starts[order[place]], words.starts[order[place] + 1]):
            value = _CRC[(value ^ words.letters[at]) & _BYTE] ^ (value >> _EIGHT)
    return value ^ _ALL
