"""Machine code for the log-odds of two names, no lower than the comparison's. It repeats `measures.py` and `scoring.py`.

Left out is what only lowers: another order of words, numbers that differ, parents and children who changed places, Han and
Hangul characters that differ. Only imported where numba is (`compiled.py`).
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from tidewaiter.screen.party import likely, measures
from tidewaiter.screen.party.kernel_align import (
    DOUBTFUL,
    MATCHED,
    NATS,
    ROWS,
    SOUND,
    Names,
    Pair,
    Work,
    free,
    join,
    list_free,
    pair_words,
    ratio,
)
from tidewaiter.screen.party.kernel_letters import Array, allocating_code, inlined_code, machine_code
from tidewaiter.screen.party.kernel_words import are_equal

_PLACE = measures.PLACE
_SOUND, _SAME, _LEFT, _RIGHT = _PLACE["sound"], _PLACE["same.first"], _PLACE["left.rare"], _PLACE["right.rare"]
_BOTH, _SHARE, _WHOLE, _ONE = _PLACE["both.some"], _PLACE["share.half"], _PLACE["whole.some"], _PLACE["one.word"]
_FORM, _FIRST, _READING, _NICKNAME = (
    _PLACE["form.same"],
    _PLACE["first.differs"],
    _PLACE["reading"],
    _PLACE["nickname"],
)
_COMMON_NATS = measures._COMMON_NATS
_MARK_PLACE, _MARK_DIGIT, _MARK_PATRONYMIC = likely.PLACE, likely.DIGIT, likely.PATRONYMIC
_VOWELLESS, _IS_READING, _IS_CUT, _UNFIT = likely.VOWELLESS, likely.READING, likely.CUT, likely.UNFIT
_BIRTH_DATE, _ADDRESS = likely.BIRTH_DATE, likely.ADDRESS
_PERSON, _ORGANISATION = likely.PERSON_CODE, likely.ORGANISATION_CODE
# Higher and lower than any log-odds.
CERTAIN, NEVER = 1e9, -1e9
# Sums taken in another order differ by less.
_SLACK = 1e-6
_NOT_ALIKE = 0.8 - 1e-9


class Listed(NamedTuple):
    """The listed names, words that are nicknames of each other, and the weights for persons and for others."""

    names: Names
    nicknames: Array
    person: Array
    other: Array
    generic: Array


@machine_code
def _between(value: float, low: float, high: float) -> float:
    return 0.0 if value <= low else 1.0 if value >= high else (value - low) / (high - low)


@machine_code
def _left_over(
    names: Names, first: int, used: Array, count: int, kind: int, one_side: bool, weights: Array
) -> tuple[float, float]:
    """Return the weight of words without counterpart, and what they give in log-odds; `weights` begin at the rare ones."""
    whole = odds = 0.0
    for place in range(count):
        if used[place]:
            continue
        word = first + place
        weight, nats, marks = names.weights[word], names.nats[word], names.marks[word]
        numbers = place and marks & _MARK_DIGIT and names.marks[word - 1] & _MARK_PLACE
        if marks & _MARK_PLACE or numbers:
            weight *= 0.2
            odds += weight * weights[2]
        elif names.tokens.starts[word + 1] - names.tokens.starts[word] == 1:
            odds += weight * weights[3]
        elif one_side and kind != _ORGANISATION and count > 2 and marks & _MARK_PATRONYMIC:
            weight *= 0.3
            odds += weight * weights[1]
        else:
            odds += weight * weights[0 if nats > _COMMON_NATS else 1 if nats > 2.0 else 2]
        whole += weight
    return whole, odds


@machine_code
def jaro_winkler(one: Array, other: Array, used: Array, taken: Array) -> float:
    """Return how alike two strings are by letters near each other and a common beginning (`JaroWinkler`, prefix weight .1).

    Args:
        one: Letters.
        other: Letters.
        used: Room for as many marks as `one` has letters.
        taken: Room for as many marks as `other` has letters.
    """
    if not len(one) or not len(other):
        return 1.0 if len(one) == len(other) else 0.0
    reach = max(0, max(len(one), len(other)) // 2 - 1)
    used[: len(one)] = 0
    taken[: len(other)] = 0
    same = 0
    for place in range(len(one)):
        for at in range(max(0, place - reach), min(len(other), place + reach + 1)):
            if not taken[at] and other[at] == one[place]:
                used[place] = taken[at] = 1
                same += 1
                break
    if not same:
        return 0.0
    moved = at = 0
    for place in range(len(one)):
        if used[place]:
            while not taken[at]:
                at += 1
            moved += one[place] != other[at]
            at += 1
    jaro = (same / len(one) + same / len(other) + (same - moved // 2) / same) / 3.0
    prefix = 0
    while prefix < min(4, len(one), len(other)) and one[prefix] == other[prefix]:
        prefix += 1
    return float(jaro + prefix * 0.1 * (1.0 - jaro) if jaro > 0.7 else jaro)


@machine_code
def _of_words(weights: Array, sums: Array) -> float:
    """Return what the words that agree give."""
    odds = sums[SOUND] * weights[_SOUND]
    # Spelling, far spelling, initial, joined, cut, acronym stand in the same order in both.
    for step in range(1, 7):
        odds += sums[SOUND + step] * weights[_SOUND + step]
    odds += sums[SOUND + 7] * weights[_NICKNAME]
    nats = sums[NATS]
    odds += _between(nats, 0.0, 7.0) * weights[_SAME]
    odds += _between(nats, 7.0, 14.0) * weights[_SAME + 1]
    return float(odds + _between(nats, 14.0, 28.0) * weights[_SAME + 2])


@machine_code
def _of_both(declared: Names, listed: Names, pair: Pair, both: float, weights: Array, work: Work) -> float:
    """Return what words left over on both sides give."""
    lefts, rights = list_free(work.left, pair.lefts, work.lefts), list_free(work.right, pair.rights, work.rights)
    odds = 0.0
    if both > 0.05:
        one = join(declared.keys, pair.left, work.lefts, lefts, work.one)
        other = join(listed.keys, pair.right, work.rights, rights, work.other)
        alike = jaro_winkler(work.one[:one], work.other[:other], work.used, work.taken)
        odds = _between(both, 0.0, 0.4) * weights[_BOTH] + min(both, 1.5) * weights[_BOTH + 1]
        odds += min(both, 1.5) * (1.0 - alike) * weights[_BOTH + 2]
    if lefts and rights:
        if work.lefts[0] == 0 and work.rights[0] == 0:
            odds += weights[_FIRST]
        if work.lefts[lefts - 1] == pair.lefts - 1 and work.rights[rights - 1] == pair.rights - 1:
            odds += weights[_FIRST + 1]
    return float(odds)


@machine_code
def _of_wholes(whole: float, share: float, weights: Array) -> float:
    """Return what the likeness of the whole names and the share of agreement give."""
    odds = _between(share, 0.2, 0.55) * weights[_SHARE] + _between(share, 0.55, 0.8) * weights[_SHARE + 1]
    odds += _between(share, 0.8, 1.0) * weights[_SHARE + 2] + _between(whole, 0.5, 0.7) * weights[_WHOLE]
    return float(
        odds + _between(whole, 0.7, 0.88) * weights[_WHOLE + 1] + _between(whole, 0.88, 1.0) * weights[_WHOLE + 2]
    )


@machine_code
def _of_forms(left: int, right: int, weights: Array) -> float:
    if left and right:
        # Forms may share a bit.
        return float(max(weights[_FORM], weights[_FORM + 1]) if left & right else weights[_FORM + 1])
    return float(weights[_FORM + 2]) if left or right else 0.0


@machine_code
def _is_person(listed: Listed, number: int, forms: int, pair: Pair) -> bool:
    """Return whether the weights of persons hold for a listed name beside a declared one with these forms."""
    kind = listed.names.kinds[number]
    is_person = kind == _PERSON
    if not kind and not forms and not listed.names.forms[number]:
        is_person = True
        for place in range(pair.right, pair.right + pair.rights):
            if listed.generic[0] < listed.names.nats[place] < listed.generic[1]:
                is_person = False
    return bool(is_person)


@inlined_code
def _keys_of(names: Names, first: int, count: int) -> Array:
    return names.keys.letters[names.keys.starts[first] : names.keys.starts[first + count]]


@inlined_code
def _ordered_of(names: Names, first: int, count: int) -> Array:
    return names.ordered[names.keys.starts[first] : names.keys.starts[first + count]]


@machine_code
def log_odds(listed: Listed, number: int, declared: Names, name: int, work: Work) -> float:
    """Return log-odds no lower than those of the comparison but for rounding, CERTAIN where only that can tell."""
    names = listed.names
    flags, other_flags = declared.flags[name], names.flags[number]
    if (flags | other_flags) & _UNFIT or (flags ^ other_flags) & _VOWELLESS:
        return CERTAIN
    words, others = declared.tokens.names, names.tokens.names
    pair = Pair(words[name], others[number], words[name + 1] - words[name], others[number + 1] - others[number])
    kind = names.kinds[number]
    is_cut = bool(flags & _IS_CUT) and names.lengths[number] > declared.lengths[name]
    if pair_words(declared, names, kind, pair, is_cut, listed.nicknames, work):
        return CERTAIN
    joined, other_joined = _keys_of(declared, pair.left, pair.lefts), _keys_of(names, pair.right, pair.rights)
    if work.counts[DOUBTFUL] or are_equal(joined, other_joined):
        return CERTAIN
    whole = ratio(joined, other_joined, work.masks)
    if not work.counts[ROWS] and whole < _NOT_ALIKE:
        return NEVER
    one, other = _ordered_of(declared, pair.left, pair.lefts), _ordered_of(names, pair.right, pair.rights)
    whole = max(whole, ratio(one, other, work.masks))
    weights = listed.person if _is_person(listed, number, declared.forms[name], pair) else listed.other
    one_side = not (free(work.left, pair.lefts) and free(work.right, pair.rights))
    left, odds = _left_over(declared, pair.left, work.left, pair.lefts, 0, one_side, weights[_LEFT : _LEFT + 4])
    right, more = _left_over(names, pair.right, work.right, pair.rights, kind, one_side, weights[_RIGHT : _RIGHT + 4])
    total = work.sums[MATCHED] + left + right
    odds += more + weights[0] + _of_words(weights, work.sums)
    odds += _of_both(declared, names, pair, min(left, right), weights, work)
    odds += _of_wholes(whole, work.sums[MATCHED] / total if total else 0.0, weights)
    if pair.lefts == 1 or pair.rights == 1:
        odds += weights[_ONE]
    if flags & _IS_READING:
        odds += weights[_READING]
    return float(odds + _of_forms(declared.forms[name], names.forms[number], weights))


@allocating_code
def keep_likely(
    listed: Listed, declared: Names, lowest: Array, numbers: Array, starts: Array, work: Work
) -> tuple[Array, Array]:
    """Return the listed names found that can reach the log-odds asked for.

    Args:
        listed: The listed names.
        declared: The declared names.
        lowest: Four for each declared name: the log-odds below which a listed organisation and another listed name are left
            out, and how much lower they may be where a birth date, and where an address, is listed (`Levels.reachable`).
        numbers: Listed names found (`search_names`).
        starts: Where those of each declared name begin.
        work: Working memory.

    Returns:
        Those left, ascending for each declared name, and where those of each begin.
    """
    kept, ends = np.empty(len(numbers), dtype=np.int32), np.zeros(len(starts), dtype=np.int64)
    count = 0
    for name in range(len(starts) - 1):
        first = count
        for place in range(starts[name], starts[name + 1]):
            number = numbers[place]
            least = lowest[4 * name + (listed.names.kinds[number] != _ORGANISATION)]
            if listed.names.flags[number] & _BIRTH_DATE:
                least -= lowest[4 * name + 2]
            if listed.names.flags[number] & _ADDRESS:
                least -= lowest[4 * name + 3]
            if least > NEVER and log_odds(listed, number, declared, name, work) < least - _SLACK:
                continue
            at = count
            while at > first and kept[at - 1] > number:
                kept[at] = kept[at - 1]
                at -= 1
            kept[at] = number
            count += 1
        ends[name + 1] = count
    return kept[:count], ends


@allocating_code
def log_odds_of_pairs(listed: Listed, declared: Names, numbers: Array, work: Work) -> Array:
    """Return `log_odds` of each declared name with the listed name of the same place; for tests."""
    found = np.empty(len(numbers), dtype=np.float64)
    for name in range(len(numbers)):
        found[name] = log_odds(listed, numbers[name], declared, name, work)
    return found
