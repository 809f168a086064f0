"""Machine code for the whole search of many declared names at once. It repeats `search.py`, which says what is looked for and why.

Only imported where numba is (`compiled.py`).
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from tidewaiter.screen.party import search, signatures
from tidewaiter.screen.party.kernel_letters import (
    Array,
    Scan,
    Words,
    allocating_code,
    common_letters,
    edits,
    edits_within,
    machine_code,
    mark_places,
    near_rows,
    signature,
)
from tidewaiter.screen.party.kernel_postings import Declared, sharing
from tidewaiter.screen.party.kernel_words import Lists, Room, crc_of_set

_FEW_LETTERS, _FEW_WORDS, _EVERY_PAIR = search._FEW_LETTERS, search._FEW_WORDS, search._EVERY_PAIR
_MOVED = np.array(search._MOVED, dtype=np.int64)
_ALIKE, _APPENDED = search._ALIKE, search._APPENDED
_MOVED_BITS, _MOVED_PAIRS = signatures.MOVED_BITS, signatures.MOVED_PAIRS
_FEWEST_FOLDED = 4


class Sets(NamedTuple):
    """The columns of `hash_columns`, read-only."""

    hashes: Array
    names: Array


class Index(NamedTuple):
    """Everything that is searched."""

    lists: Lists
    written: Scan
    folded: Scan
    dropped: Sets
    whole: Sets


@machine_code
def _add(listed: int, stamp: int, found: int, room: Room) -> int:
    """Add a name to those found unless it is there, and return how many there are."""
    if room.seen[listed] != stamp:
        room.seen[listed] = stamp
        room.found[found] = listed
        found += 1
    return found


@allocating_code
def _orders(words: Words, first: int, stop: int, room: Room) -> int:
    """Write the letters of up to four words in every order into `room.orders`, and return how many orders there are."""
    count = stop - first
    orders = 1
    for factor in range(2, count + 1):
        orders *= factor
    left = np.empty(count, dtype=np.int64)
    for order in range(orders):
        for place in range(count):
            left[place] = first + place
        rest, length = order, 0
        for taken in range(count):
            pick = rest % (count - taken)
            rest //= count - taken
            word = left[pick]
            for place in range(pick, count - taken - 1):
                left[place] = left[place + 1]
            for place in range(words.starts[word], words.starts[word + 1]):
                room.orders[order, length] = words.letters[place]
                length += 1
    return orders


@allocating_code
def _by_letters(index: Index, words: Words, name: int, stamp: int, found: int, room: Room) -> int:
    scan, first, stop = index.written, words.names[name], words.names[name + 1]
    sought = signature(words, first, stop)
    if sought[3] > _FEW_LETTERS or stop - first > _FEW_WORDS:
        for place in range(near_rows(scan, sought, (_MOVED_BITS, _MOVED_PAIRS), room.near, room.far)):
            found = _add(scan.ids[room.near[place]], stamp, found, room)
        return found
    near = near_rows(scan, sought, (_MOVED_BITS, _EVERY_PAIR), room.near, room.far)
    orders = _orders(words, first, stop, room) if near else 0
    length = sought[3]
    for place in range(near):
        row = room.near[place]
        if room.seen[scan.ids[row]] == stamp:
            continue
        letters = scan.letters[scan.starts[row] : scan.starts[row + 1]]
        allowed = 2 if max(len(letters), length) > 2 else 1
        mark_places(letters, room.masks)
        for order in range(orders):
            written = room.orders[order, :length]
            apart = edits(len(letters), room.masks, written)
            # Two letters in each other's place with another put between are two edits, and three one by one.
            if apart <= allowed or (apart == allowed + 1 and edits_within(written, letters, allowed, room.table)):
                found = _add(scan.ids[row], stamp, found, room)
                break
    return found


@machine_code
def _by_folded_letters(index: Index, keys: Words, name: int, stamp: int, found: int, room: Room) -> int:
    scan, first, stop = index.folded, keys.names[name], keys.names[name + 1]
    joined = keys.letters[keys.starts[first] : keys.starts[stop]]
    if len(joined) < _FEWEST_FOLDED:
        return found
    sought = signature(keys, first, stop)
    moved = _MOVED[sought[3]]
    near = near_rows(scan, sought, (moved[0], moved[1]), room.near, room.far)
    if near:
        mark_places(joined, room.masks)
    for place in range(near):
        row = room.near[place]
        if room.seen[scan.ids[row]] == stamp:
            continue
        letters = scan.letters[scan.starts[row] : scan.starts[row + 1]]
        total = len(joined) + len(letters)
        if 1.0 - (total - 2 * common_letters(joined, letters, room.masks)) / total >= _ALIKE:
            found = _add(scan.ids[row], stamp, found, room)
    return found


@machine_code
def _of_set(sets: Sets, value: Any, stamp: int, found: int, room: Room) -> int:
    place, stop = 0, len(sets.hashes)
    while place < stop:
        middle = (place + stop) >> 1
        if sets.hashes[middle] < value:
            place = middle + 1
        else:
            stop = middle
    while place < len(sets.hashes) and sets.hashes[place] == value:
        found = _add(sets.names[place], stamp, found, room)
        place += 1
    return found


@allocating_code
def _by_word_sets(index: Index, words: Words, name: int, stamp: int, found: int, room: Room) -> int:
    first, stop = words.names[name], words.names[name + 1]
    if stop - first < 2:
        return found
    found = _of_set(index.dropped, crc_of_set(words, first, stop), stamp, found, room)
    if stop - first > 2:
        for end in range(max(first + 2, stop - _APPENDED), stop):
            found = _of_set(index.whole, crc_of_set(words, first, end), stamp, found, room)
    return found


@allocating_code
def search_names(index: Index, declared: Declared, room: Room) -> tuple[Array, Array]:
    """Return the listed names worth comparing with each declared name.

    Args:
        index: What is searched.
        declared: The declared names.
        room: Working memory.

    Returns:
        Their numbers, in no order, and where those of each begin.
    """
    count = len(declared.totals)
    starts = np.zeros(count + 1, dtype=np.int64)
    numbers = np.empty(8 * count + 8, dtype=np.int32)
    for name in range(count):
        found, stamp = sharing(index.lists, declared, name, room.stamps[0], room)
        for place in range(found):
            room.seen[room.found[place]] = stamp
        if declared.written.names[name] < declared.written.names[name + 1]:
            found = _by_letters(index, declared.written, name, stamp, found, room)
            found = _by_folded_letters(index, declared.keys, name, stamp, found, room)
            found = _by_word_sets(index, declared.written, name, stamp, found, room)
        room.stamps[0] = stamp + 1
        end = starts[name] + found
        if end > len(numbers):
            wider = np.empty(2 * end, dtype=np.int32)
            for place in range(starts[name]):
                wider[place] = numbers[place]
            numbers = wider
        for place in range(found):
            numbers[starts[name] + place] = room.found[place]
        starts[name + 1] = end
    return numbers, starts
