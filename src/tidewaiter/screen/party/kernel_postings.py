"""Machine code for shared words: which listed names hold enough of the weight of the declared words. It repeats `postings.py`.

Only imported where numba is (`compiled.py`).
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from tidewaiter.screen.party import postings
from tidewaiter.screen.party.kernel_letters import Array, Words, allocating_code, machine_code
from tidewaiter.screen.party.kernel_words import Lists, Room, are_equal, letters_of, near_words, number

_FLOOR, _EXTRA, _LEAST, _WHOLE = postings.FLOOR, postings._EXTRA, postings._LEAST, postings._WHOLE
_TWO_RARE, _HALF, _SOLO, _ALIKE = postings._TWO_RARE, postings._HALF, postings._SOLO, postings._ALIKE
_CUT_OFF, _MISSING = postings._CUT_OFF, postings._MISSING
# An exact word counts so many words that are only alike; no name has as many words.
_EXACT = 1 << 32
_JOINED_LETTERS = 4
_HALVES_LETTERS = 6


class Groups(NamedTuple):
    """Declared words with the names that hold them: `spans` are stretches of the postings, of `pool` where `pooled`."""

    credit: Array
    counted: Array
    sizes: Array
    first: Array
    spans: Array
    pooled: Array
    pool: Array


class Declared(NamedTuple):
    """The words of many declared names: folded and as written, weights, and words of the same consonants by word."""

    keys: Words
    written: Words
    weights: Array
    totals: Array
    is_cut: Array
    bones: Array
    bone_starts: Array


@allocating_code
def _grown(row: Any, needed: int) -> Any:
    """Return the array with room for so many."""
    if needed <= len(row):
        return row
    wider = np.empty(2 * needed, dtype=row.dtype)
    for place in range(len(row)):
        wider[place] = row[place]
    return wider


@machine_code
def _is_repeated(words: Words, first: int, key: int) -> bool:
    letters = letters_of(words, key)
    for before in range(first, key):  # noqa: SIM110 (a generator cannot be compiled)
        if are_equal(letters_of(words, before), letters):
            return True
    return False


@machine_code
def _spellings(lists: Lists, declared: Declared, key: int, stop: int, room: Room) -> int:
    """Write the listed words an unknown word may stand for into `room.words`; return how many."""
    keys, count = declared.keys, 0
    if keys.starts[key + 1] - keys.starts[key] >= _JOINED_LETTERS:
        count = near_words(lists, keys, key, room)
        if key + 1 < stop:
            word = number(lists, keys.letters[keys.starts[key] : keys.starts[key + 2]])
            if word >= 0:
                room.words[count] = word
                count += 1
    plain = count
    for place in range(declared.bone_starts[key], declared.bone_starts[key + 1]):
        word = declared.bones[place]
        is_new = True
        for other in range(plain):
            is_new = is_new and room.words[other] != word
        if is_new:
            room.words[count] = word
            count += 1
    return count


@allocating_code
def groups_of(lists: Lists, declared: Declared, name: int, room: Room) -> tuple[int, float, Groups]:
    """Return how many groups a declared name has, its weight with misspelt words as what they stand for, and the groups."""
    keys = declared.keys
    first, stop = keys.names[name], keys.names[name + 1]
    most = keys.starts[stop] - keys.starts[first] + stop - first + 1
    credit, counted = np.empty(most, dtype=np.float64), np.empty(most, dtype=np.int64)
    sizes, begins = np.zeros(most, dtype=np.int64), np.zeros(most + 1, dtype=np.int64)
    spans, pooled = np.empty(64, dtype=np.int64), np.zeros(32, dtype=np.bool_)
    pool = np.empty(64, dtype=np.int32)
    total = declared.totals[name]
    groups = held = used = 0
    for key in range(first, stop):
        weight = declared.weights[key]
        if _is_repeated(keys, first, key):
            total -= weight
            continue
        word = number(lists, letters_of(keys, key))
        if word < 0 and key > first:
            word = number(lists, keys.letters[keys.starts[key - 1] : keys.starts[key + 1]])
        if word >= 0:
            credit[groups], counted[groups] = weight, _EXACT
            spans, pooled = _grown(spans, 2 * held + 2), _grown(pooled, held + 1)
            held = _span(lists.starts[word], lists.starts[word + 1], False, spans, pooled, held)
            sizes[groups] = lists.starts[word + 1] - lists.starts[word]
            groups += 1
            begins[groups] = held
            continue
        words = _spellings(lists, declared, key, stop, room)
        if words:
            heaviest = 0.0
            for place in range(words):
                heaviest = max(heaviest, np.float64(lists.weights[room.words[place]]))
            heaviest = min(weight, heaviest)
            total -= weight - heaviest
            credit[groups], counted[groups] = _ALIKE * heaviest, 1
            spans, pooled = _grown(spans, 2 * (held + words)), _grown(pooled, held + words)
            for place in range(words):
                word = room.words[place]
                if lists.weights[word] >= 0.5 * heaviest:
                    held = _span(lists.starts[word], lists.starts[word + 1], False, spans, pooled, held)
                    sizes[groups] += lists.starts[word + 1] - lists.starts[word]
            groups += 1
            begins[groups] = held
            continue
        letters = letters_of(keys, key)
        if len(letters) < _HALVES_LETTERS:
            continue
        for cut in range(2, len(letters) - 1):
            one = number(lists, letters[:cut])
            other = number(lists, letters[cut:]) if one >= 0 else -1
            if other < 0 or one == other:
                continue
            least = min(lists.starts[one + 1] - lists.starts[one], lists.starts[other + 1] - lists.starts[other])
            pool = _grown(pool, used + least)
            end = _both(lists, one, other, pool, used)
            if end > used:
                credit[groups], counted[groups] = _ALIKE * weight, 2
                spans, pooled = _grown(spans, 2 * held + 2), _grown(pooled, held + 1)
                held = _span(used, end, True, spans, pooled, held)
                sizes[groups] = end - used
                used = end
                groups += 1
                begins[groups] = held
    return groups, total, Groups(credit, counted, sizes, begins, spans, pooled, pool)


@machine_code
def _span(start: int, stop: int, is_pooled: bool, spans: Array, pooled: Array, held: int) -> int:
    """Add a stretch of names and return how many there are."""
    spans[2 * held], spans[2 * held + 1] = start, stop
    pooled[held] = is_pooled
    return held + 1


@machine_code
def _both(lists: Lists, one: int, other: int, pool: Array, end: int) -> int:
    """Add the names that hold both words to the pool and return its end."""
    left, right = lists.starts[one], lists.starts[other]
    while left < lists.starts[one + 1] and right < lists.starts[other + 1]:
        if lists.names[left] == lists.names[right]:
            pool[end] = lists.names[left]
            end += 1
        if lists.names[left] <= lists.names[right]:
            left += 1
        else:
            right += 1
    return end


@machine_code
def _add(lists: Lists, groups: Groups, group: int, stamp: int, mark: int, is_rare: bool, found: int, room: Room) -> int:
    """Credit the names of a group; of a rare one, take in those not met before. Return how many were taken in."""
    for span in range(groups.first[group], groups.first[group + 1]):
        names = groups.pool if groups.pooled[span] else lists.names
        for place in range(groups.spans[2 * span], groups.spans[2 * span + 1]):
            name = names[place]
            if room.seen[name] < stamp:
                if not is_rare:
                    continue
                room.found[found] = name
                found += 1
                room.seen[name], room.credit[name], room.counted[name] = stamp, 0.0, 0
            # A name that holds two spellings of the word is credited once.
            if room.seen[name] < mark:
                room.seen[name] = mark
                room.credit[name] += groups.credit[group]
                room.counted[name] += groups.counted[group]
    return found


@machine_code
def _look_up(lists: Lists, groups: Groups, group: int, found: int, room: Room) -> None:
    """Credit those of the found names that a long group holds."""
    for place in range(found):
        name = room.found[place]
        for span in range(groups.first[group], groups.first[group + 1]):
            names = groups.pool if groups.pooled[span] else lists.names
            start, end = groups.spans[2 * span], groups.spans[2 * span + 1]
            stop = end
            while start < stop:
                middle = (start + stop) >> 1
                if names[middle] < name:
                    start = middle + 1
                else:
                    stop = middle
            if start < end and names[start] == name:
                room.credit[name] += groups.credit[group]
                room.counted[name] += groups.counted[group]
                break


@allocating_code
def _by_size(sizes: Array, count: int) -> Array:
    """Return the places of so many sizes, smallest first; equal ones stay in their order."""
    order = np.empty(count, dtype=np.int64)
    for place in range(count):
        at = place
        while at > 0 and sizes[place] < sizes[order[at - 1]]:
            order[at] = order[at - 1]
            at -= 1
        order[at] = place
    return order


@allocating_code
def sharing(lists: Lists, declared: Declared, name: int, stamp: int, room: Room) -> tuple[int, int]:
    """Write the names that share enough with a declared one into `room.found`.

    Returns:
        How many there are, and a stamp later than all that were used.
    """
    groups, total, held = groups_of(lists, declared, name, room)
    after = stamp + groups + 1
    if not groups:
        return 0, after
    order = _by_size(held.sizes, groups)
    left = 0.0
    for group in range(groups):
        left += held.credit[group]
    rare = rows = found = 0
    while rare < groups and left >= _LEAST * total - 1e-6:
        group = order[rare]
        found = _add(lists, held, group, stamp, stamp + 1 + rare, True, found, room)
        rows += held.sizes[group]
        left -= held.credit[group]
        rare += 1
    for place in range(rare, groups):
        group = order[place]
        if held.sizes[group] < 8 * rows:
            _add(lists, held, group, stamp, stamp + 1 + place, False, found, room)
        else:
            _look_up(lists, held, group, found, room)
    price = _CUT_OFF if declared.is_cut[name] else _MISSING
    kept = 0
    for place in range(found):
        listed = room.found[place]
        if _is_worth(room.credit[listed], room.counted[listed], total, lists.totals[listed], price):
            room.found[kept] = listed
            kept += 1
    return kept, after


@machine_code
def _is_worth(shared: float, counted: int, declared: float, listed: float, price: float) -> bool:
    """Return whether a name holds two of the words, or one that is most of it, and enough of them in all."""
    if counted == 1 or (counted == _EXACT and shared < _SOLO * listed - 1e-5):
        return False
    rest, missing = max(declared - shared, 0.0), max(listed - shared, 0.0)
    if shared >= _FLOOR * (shared + _EXTRA * rest + price * missing) - 1e-5:
        return True
    if shared >= _WHOLE * listed and shared >= _LEAST * declared - 1e-5:
        return True
    if shared >= _WHOLE * declared and shared >= _LEAST * listed - 1e-5:
        return True
    return shared >= _TWO_RARE and shared >= _HALF * min(listed, declared)
