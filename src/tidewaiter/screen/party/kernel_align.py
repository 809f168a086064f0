"""Machine code for the words of two names: which agree and how. It repeats `align.py`, which says why; only sums are kept.

Only imported where numba is (`compiled.py`).
"""

from __future__ import annotations

from typing import NamedTuple

from tidewaiter.screen.party import align, likely
from tidewaiter.screen.party.kernel_letters import Array, Words, common_letters, edits, machine_code, mark_places
from tidewaiter.screen.party.kernel_words import are_equal, letters_of

MATCHED, NATS, SOUND, SPELLING, FAR, INITIAL, JOINED, CUT, ACRONYM, NICKNAME = range(10)
_ALPHA, _DIGIT = likely.ALPHA, likely.DIGIT
_ORGANISATION = likely.ORGANISATION_CODE
_LIKE_NICKNAME = align._NICKNAME
# Places in `Work.counts`.
ROWS, LAST_RIGHT, DOUBTFUL = 0, 1, 2
# The library rounds likeness that stands exactly at a limit its own way.
_TIE = 1e-9


class Names(NamedTuple):
    """Prepared names, declared or listed: their words, what each word is and what each name is (`likely.py`)."""

    tokens: Words
    keys: Words
    ordered: Array
    weights: Array
    nats: Array
    marks: Array
    nicknames: Array
    kinds: Array
    forms: Array
    lengths: Array
    flags: Array


class Work(NamedTuple):
    """Working memory of one comparison: words in use on either side, sums over agreeing words, letters and places."""

    left: Array
    right: Array
    sums: Array
    counts: Array
    masks: Array
    key_masks: Array
    likeness: Array
    pairs: Array
    lefts: Array
    rights: Array
    one: Array
    other: Array
    used: Array
    taken: Array


class Pair(NamedTuple):
    """One comparison: where the words of the declared and of the listed name begin, and how many there are."""

    left: int
    right: int
    lefts: int
    rights: int


@machine_code
def _take(
    declared: Names, listed: Names, pair: Pair, left: int, right: int, similarity: float, kind: int, work: Work
) -> None:
    """Pair one declared word with one listed word; `kind` is where it is summed, MATCHED for the same word."""
    work.left[left] = work.right[right] = 1
    weight, nats = listed.weights[pair.right + right], listed.nats[pair.right + right]
    if kind == INITIAL:
        weight, nats = min(weight, declared.weights[pair.left + left]), 1.0
    work.sums[MATCHED] += weight
    work.sums[NATS] += nats
    loss = 1.0 - similarity
    if kind == SPELLING:
        work.sums[SPELLING] += weight * min(loss, 0.25) * 4
        work.sums[FAR] += weight * max(0.0, loss - 0.25) * 4
    elif kind in (SOUND, NICKNAME):
        work.sums[kind] += weight
    elif kind != MATCHED:
        work.sums[kind] += 1.0
    work.counts[ROWS] += 1
    work.counts[LAST_RIGHT] = max(work.counts[LAST_RIGHT], right)


@machine_code
def _equal(declared: Names, listed: Names, pair: Pair, work: Work) -> None:
    for left in range(pair.lefts):
        token = letters_of(declared.tokens, pair.left + left)
        for right in range(pair.rights):
            if not work.right[right] and are_equal(token, letters_of(listed.tokens, pair.right + right)):
                _take(declared, listed, pair, left, right, 1.0, MATCHED, work)
                break


@machine_code
def free(used: Array, count: int) -> int:
    """Return how many words of a side are not in use."""
    unused = count
    for place in range(count):
        unused -= used[place]
    return unused


@machine_code
def _similar(declared: Names, listed: Names, one: int, other: int, work: Work) -> float:
    """Return how alike two words are; the masks hold the places of the letters of the declared one and of its key."""
    left, right = letters_of(declared.tokens, one), letters_of(listed.tokens, other)
    left_key, right_key = letters_of(declared.keys, one), letters_of(listed.keys, other)
    if are_equal(left_key, right_key):
        return 0.95 if len(left_key) > 3 else 0.88
    shorter, length = min(len(left), len(right)), max(len(left), len(right))
    if shorter == 1:
        alone = declared.marks[one] if len(left) == 1 else listed.marks[other]
        return 0.7 if left[0] == right[0] and alone & _ALPHA else 0.0
    if length == 4:
        near = shorter > 2 and declared.marks[one] & _ALPHA and edits(len(left), work.masks, right) == 1
        return 0.55 if near else 0.0
    budget = 0 if length <= 4 else 1 if length <= 5 else 2 if length <= 9 else 3
    longer = listed.marks[other] if len(left) <= len(right) else declared.marks[one]
    if not budget or length - shorter > budget or longer & _DIGIT:
        return 0.0
    distance = edits(len(left), work.masks, right)
    best = 1.0 - 1.15 * distance / length if distance <= budget else 0.0
    if len(left_key) > 4 and len(right_key) > 4 and edits(len(left_key), work.key_masks, right_key) == 1:
        best = max(best, 0.97 - 1.1 / max(len(left_key), len(right_key)))
    return best


@machine_code
def _are_nicknames(pairs: Array, one: int, other: int) -> bool:
    """Return whether two words may stand for each other, by the numbers of what they are known as."""
    if one < 0 or other < 0:
        return False
    sought = (one << 32) | other
    first, stop = 0, len(pairs)
    while first < stop:
        middle = (first + stop) >> 1
        if pairs[middle] < sought:
            first = middle + 1
        else:
            stop = middle
    return bool(first < len(pairs) and pairs[first] == sought)


@machine_code
def _find_alike(declared: Names, listed: Names, kind: int, pair: Pair, nicknames: Array, work: Work) -> int:
    """Write what is alike among the free words into `work.likeness` and `work.pairs`, best first; return how many pairs."""
    count = 0
    for left in range(pair.lefts):
        if work.left[left]:
            continue
        one = pair.left + left
        mark_places(letters_of(declared.tokens, one), work.masks)
        mark_places(letters_of(declared.keys, one), work.key_masks)
        for right in range(pair.rights):
            if work.right[right]:
                continue
            other = pair.right + right
            likeness = _similar(declared, listed, one, other, work)
            if likeness <= 0.0:
                if kind == _ORGANISATION or not _are_nicknames(
                    nicknames, declared.nicknames[one], listed.nicknames[other]
                ):
                    continue
                likeness = _LIKE_NICKNAME
            at = count
            while at > 0 and work.likeness[at - 1] < likeness:
                work.likeness[at], work.pairs[at] = work.likeness[at - 1], work.pairs[at - 1]
                at -= 1
            work.likeness[at], work.pairs[at] = likeness, left << 8 | right
            count += 1
    return count


@machine_code
def _alike(declared: Names, listed: Names, kind: int, pair: Pair, nicknames: Array, work: Work) -> None:
    for place in range(_find_alike(declared, listed, kind, pair, nicknames, work)):
        left, right = work.pairs[place] >> 8, work.pairs[place] & 255
        if work.left[left] or work.right[right]:
            continue
        one, other = pair.left + left, pair.right + right
        if work.likeness[place] == _LIKE_NICKNAME:
            how = NICKNAME
        elif min(len(letters_of(declared.tokens, one)), len(letters_of(listed.tokens, other))) == 1:
            how = INITIAL
        elif are_equal(letters_of(declared.keys, one), letters_of(listed.keys, other)):
            how = SOUND
        else:
            how = SPELLING
        _take(declared, listed, pair, left, right, work.likeness[place], how, work)


@machine_code
def _record(listed: Names, pair: Pair, lefts: int, rights: int, similarity: float, kind: int, work: Work) -> None:
    """Pair the run of declared words in `work.lefts` with the run of listed words in `work.rights`."""
    nats = 0.0
    for place in range(lefts):
        work.left[work.lefts[place]] = 1
    for place in range(rights):
        work.right[work.rights[place]] = 1
        work.sums[MATCHED] += listed.weights[pair.right + work.rights[place]]
        nats += listed.nats[pair.right + work.rights[place]]
    work.sums[NATS] += min(nats, 6.0) if kind == ACRONYM else nats
    work.sums[kind] += 1.0 if kind == ACRONYM else (1.0 - similarity) * 5
    work.counts[ROWS] += 1
    work.counts[LAST_RIGHT] = max(work.counts[LAST_RIGHT], work.rights[0])


@machine_code
def join(names: Words, first: int, places: Array, count: int, letters: Array) -> int:
    """Write the letters of some words of a name after one another, and return how many there are."""
    length = 0
    for place in range(count):
        word = first + places[place]
        for at in range(names.starts[word], names.starts[word + 1]):
            letters[length] = names.letters[at]
            length += 1
    return length


@machine_code
def ratio(one: Array, other: Array, masks: Array) -> float:
    """Return how alike two strings are by their common letters, 0 to 1 (`Indel.normalized_similarity`)."""
    total = len(one) + len(other)
    if not total:
        return 1.0
    mark_places(one, masks)
    return float(1.0 - (total - 2 * common_letters(one, other, masks)) / total)


@machine_code
def _take_run(declared: Names, listed: Names, pair: Pair, lefts: int, rights: int, cutoff: float, work: Work) -> bool:
    one = join(declared.tokens, pair.left, work.lefts, lefts, work.one)
    other = join(listed.tokens, pair.right, work.rights, rights, work.other)
    if min(one, other) < 5:
        return False
    similarity = ratio(work.one[:one], work.other[:other], work.masks)
    if abs(similarity - cutoff) < _TIE:
        work.counts[DOUBTFUL] = 1
    if similarity < cutoff:
        return False
    _record(listed, pair, lefts, rights, similarity - 0.02, JOINED, work)
    return True


@machine_code
def _length(names: Words, word: int) -> int:
    return int(names.starts[word + 1] - names.starts[word])


@machine_code
def _next(used: Array, place: int, count: int) -> int:
    """Return the first free word from a place on, the count if there is none."""
    while place < count and used[place]:
        place += 1
    return place


@machine_code
def _join_once(declared: Names, listed: Names, pair: Pair, swapped: bool, work: Work) -> bool:
    singles, single_count = (work.right, pair.rights) if swapped else (work.left, pair.lefts)
    pairs, pair_count = (work.left, pair.lefts) if swapped else (work.right, pair.rights)
    one, one_first = (listed.tokens, pair.right) if swapped else (declared.tokens, pair.left)
    other, other_first = (declared.tokens, pair.left) if swapped else (listed.tokens, pair.right)
    alone, run = (work.rights, work.lefts) if swapped else (work.lefts, work.rights)
    for single in range(single_count):
        length = _length(one, one_first + single)
        if singles[single] or length < 5:
            continue
        for first in range(pair_count - 1):
            if pairs[first] or pairs[first + 1]:
                continue
            apart = _length(other, other_first + first) + _length(other, other_first + first + 1) - length
            if -3 < apart < 3:
                alone[0], run[0], run[1] = single, first, first + 1
                if _take_run(declared, listed, pair, 2 if swapped else 1, 1 if swapped else 2, 0.86, work):
                    return True
    return False


@machine_code
def _shift_once(declared: Names, listed: Names, pair: Pair, work: Work) -> bool:
    for left in range(pair.lefts - 1):
        if work.left[left] or work.left[left + 1]:
            continue
        for right in range(pair.rights - 1):
            if work.right[right] or work.right[right + 1]:
                continue
            work.lefts[0], work.lefts[1], work.rights[0], work.rights[1] = left, left + 1, right, right + 1
            if _take_run(declared, listed, pair, 2, 2, 0.86, work):
                return True
    return False


@machine_code
def list_free(used: Array, count: int, places: Array) -> int:
    """Write the places of the free words of a side, and return how many there are."""
    found = 0
    for place in range(count):
        if not used[place]:
            places[found] = place
            found += 1
    return found


@machine_code
def _joined(declared: Names, listed: Names, pair: Pair, work: Work) -> None:
    while (
        _join_once(declared, listed, pair, False, work)
        or _join_once(declared, listed, pair, True, work)
        or _shift_once(declared, listed, pair, work)
    ):
        pass
    lefts, rights = list_free(work.left, pair.lefts, work.lefts), list_free(work.right, pair.rights, work.rights)
    if lefts and rights and lefts + rights > 2:
        _take_run(declared, listed, pair, lefts, rights, 0.8, work)


@machine_code
def _acronym(declared: Names, listed: Names, pair: Pair, swapped: bool, work: Work) -> None:
    lefts, rights = list_free(work.left, pair.lefts, work.lefts), list_free(work.right, pair.rights, work.rights)
    one, one_first = (listed.tokens, pair.right) if swapped else (declared.tokens, pair.left)
    other, other_first = (declared.tokens, pair.left) if swapped else (listed.tokens, pair.right)
    singles, rest = (work.rights, work.lefts) if swapped else (work.lefts, work.rights)
    many, few = (lefts, rights) if swapped else (rights, lefts)
    for place in range(few if many > 2 else 0):
        token = letters_of(one, one_first + singles[place])
        for at in range(many - len(token) + 1 if len(token) > 2 else 0):
            same = 0
            while same < len(token) and other.letters[other.starts[other_first + rest[at + same]]] == token[same]:
                same += 1
            if same == len(token):
                singles[0] = singles[place]
                for step in range(same):
                    rest[step] = rest[at + step]
                _record(listed, pair, same if swapped else 1, 1 if swapped else same, 0.8, ACRONYM, work)
                return


@machine_code
def _cut(declared: Names, listed: Names, pair: Pair, work: Work) -> None:
    last = pair.lefts - 1
    if not work.left[last]:
        head = letters_of(declared.tokens, pair.left + last)
        for right in range(pair.rights):
            token = letters_of(listed.tokens, pair.right + right)
            if not work.right[right] and are_equal(token[: len(head)], head):
                _take(declared, listed, pair, last, right, 0.9 if len(head) > 2 else 0.7, CUT, work)
                break
    first = _next(work.right, 0, pair.rights)
    over = first > work.counts[LAST_RIGHT] and work.counts[ROWS] > 1
    if over and not free(work.left, pair.lefts):
        for right in range(pair.rights):
            work.right[right] = 1


@machine_code
def pair_words(
    declared: Names, listed: Names, kind: int, pair: Pair, is_cut: bool, nicknames: Array, work: Work
) -> bool:
    """Pair the words of two names; return whether all of both are the same words."""
    work.left[: pair.lefts] = 0
    work.right[: pair.rights] = 0
    work.sums[:] = 0.0
    work.counts[ROWS], work.counts[LAST_RIGHT], work.counts[DOUBTFUL] = 0, -1, 0
    _equal(declared, listed, pair, work)
    lefts, rights = free(work.left, pair.lefts), free(work.right, pair.rights)
    if not lefts and not rights:
        return True
    if lefts and rights:
        _alike(declared, listed, kind, pair, nicknames, work)
        if free(work.left, pair.lefts) and free(work.right, pair.rights):
            _joined(declared, listed, pair, work)
            _acronym(declared, listed, pair, False, work)
            _acronym(declared, listed, pair, True, work)
    if is_cut and free(work.right, pair.rights):
        _cut(declared, listed, pair, work)
    return False
