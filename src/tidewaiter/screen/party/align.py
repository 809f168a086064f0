"""Compare two prepared names word by word: each word is used once, rare words count more, extra words cost.

The result is a list of steps whose integer points sum to the score in thousandths. This is the only source of a name
score; everything that searches for candidates may only propose.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from rapidfuzz.distance import OSA, Indel

from tidewaiter.screen.party.prepared import ORGANISATION, PERSON, Prepared
from tidewaiter.text.names_fold import skeleton

Step = tuple[str, int, str, str]
_EVIDENCE_FULL = 20.0
_distance = OSA.distance
_ratio = Indel.normalized_similarity
DESCENT = ("bin", "bint", "oglu", "kyzy")
PLACE_OF_NUMBER = frozenset({"department", "warehouse", "office", "unit", "store", "building", "branch", "no", "apt"})


@dataclass(frozen=True, slots=True)
class Tuning:
    """What an unmatched word costs, by side and kind, as a share of its weight."""

    declared_extra: float = 0.60
    listed_extra: float = 0.50
    organisation_declared_extra: float = 0.75
    organisation_listed_extra: float = 0.75
    order: int = 30
    descent: int = 200
    numerals_differ: int = 300
    numeral_missing: int = 70
    numeral_extra: int = 40


TUNING = Tuning()


def _budget(length: int) -> int:
    return 0 if length <= 4 else 1 if length <= 5 else 2 if length <= 9 else 3


def _similar(left: str, right: str, left_key: str, right_key: str, vowelless: bool) -> float:
    """Return how alike two different tokens are, 0 when too different to be one word."""
    if left_key == right_key:
        return 0.95 if len(left_key) > 3 else 0.88
    shorter, longer = (left, right) if len(left) <= len(right) else (right, left)
    if len(shorter) == 1:
        return 0.7 if longer[0] == shorter and shorter.isalpha() else 0.0
    if vowelless:
        bones, other = skeleton(left), skeleton(right)
        if len(bones) > 1 and bones == other:
            return 0.88 if len(bones) > 2 else 0.75
        if len(bones) > 3 and _distance(bones, other, score_cutoff=1) == 1:
            return 0.7
    length = len(longer)
    if length == 4:
        return 0.55 if len(shorter) > 2 and left.isalpha() and _distance(left, right, score_cutoff=1) == 1 else 0.0
    budget = _budget(length)
    if not budget or length - len(shorter) > budget or longer.isdigit():
        return 0.0
    distance = _distance(left, right, score_cutoff=budget)
    best = 1.0 - 1.15 * distance / length if distance <= budget else 0.0
    if len(left_key) > 4 and len(right_key) > 4 and _distance(left_key, right_key, score_cutoff=1) == 1:
        best = max(best, 0.97 - 1.1 / max(len(left_key), len(right_key)))
    return best


class Pairing:
    """The state of one comparison: which tokens are used, what they earned."""

    __slots__ = ("declared", "free_left", "free_right", "left_order", "listed", "right_order", "rows")

    def __init__(self, declared: Prepared, listed: Prepared) -> None:
        self.declared = declared
        self.listed = listed
        self.free_left = list(range(len(declared.tokens)))
        self.free_right = list(range(len(listed.tokens)))
        # (weight, similarity, nats, declared words, listed words, code)
        self.rows: list[tuple[float, float, float, str, str, str]] = []
        self.left_order: list[int] = []
        self.right_order: list[int] = []

    def take(self, left: int, right: int, similarity: float, code: str) -> None:
        """Pair one declared token with one listed token."""
        self.free_left.remove(left)
        self.free_right.remove(right)
        declared, listed = self.declared, self.listed
        weight, nats = listed.weights[right], listed.nats[right]
        if code == "name.initial":
            weight, nats = min(weight, declared.weights[left]), 1.0
        self.rows.append((weight, similarity, nats, declared.tokens[left], listed.tokens[right], code))
        self.left_order.append(left)
        self.right_order.append(right)

    def equal(self) -> None:
        """Pair tokens that are the same word."""
        tokens = self.listed.tokens
        for left in tuple(self.free_left):
            token = self.declared.tokens[left]
            for right in self.free_right:
                if tokens[right] == token:
                    self.take(left, right, 1.0, "name.word")
                    break

    def alike(self) -> None:
        """Pair the remaining tokens by similarity, best first."""
        declared, listed = self.declared, self.listed
        vowelless = declared.vowelless is not listed.vowelless
        found = []
        for left in self.free_left:
            for right in self.free_right:
                similarity = _similar(
                    declared.tokens[left], listed.tokens[right], declared.keys[left], listed.keys[right], vowelless
                )
                if similarity > 0.0:
                    found.append((-similarity, left, right))
        found.sort()
        for negative, left, right in found:
            if left in self.free_left and right in self.free_right:
                short = min(len(declared.tokens[left]), len(listed.tokens[right])) == 1
                sound = declared.keys[left] == listed.keys[right]
                code = "name.initial" if short else "name.sound" if sound else "name.spelling"
                self.take(left, right, -negative, code)

    def cut(self) -> float:
        """Pair a last word cut off by a field limit; return the weight share at which words after it are charged."""
        declared, listed = self.declared, self.listed
        last = len(declared.tokens) - 1
        if not declared.is_cut or len(listed.text) <= declared.length:
            return 1.0
        if last in self.free_left:
            head = declared.tokens[last]
            for right in self.free_right:
                if listed.tokens[right].startswith(head):
                    self.take(last, right, 0.9 if len(head) > 2 else 0.7, "name.cut")
                    break
        later = max(self.right_order, default=-1)
        return 0.15 if self.free_right and min(self.free_right) > later else 1.0

    def joined(self) -> None:
        """Pair words written together on one side and apart on the other, with typing errors."""
        while self._join_once(False) or self._join_once(True):
            pass
        if len(self.free_left) + len(self.free_right) > 2 and self.free_left and self.free_right:
            self._take_run(self.free_left[:], self.free_right[:], 0.8)

    def _join_once(self, swapped: bool) -> bool:
        """Pair the first single word with two neighbouring words of the other side that spell it together."""
        singles, pairs = (self.free_right, self.free_left) if swapped else (self.free_left, self.free_right)
        one = self.listed if swapped else self.declared
        other = self.declared if swapped else self.listed
        for single in singles:
            length = len(one.tokens[single])
            if length < 5:
                continue
            for first, second in pairwise(pairs):
                if second == first + 1 and -3 < len(other.tokens[first]) + len(other.tokens[second]) - length < 3:
                    run, alone = [first, second], [single]
                    if self._take_run(run if swapped else alone, alone if swapped else run, 0.86):
                        return True
        return False

    def _take_run(self, lefts: list[int], rights: list[int], cutoff: float) -> bool:
        declared, listed = self.declared, self.listed
        left = "".join(declared.tokens[index] for index in lefts)
        right = "".join(listed.tokens[index] for index in rights)
        if min(len(left), len(right)) < 5:
            return False
        similarity = _ratio(left, right, score_cutoff=cutoff)
        if similarity < cutoff:
            return False
        weight = sum(listed.weights[index] for index in rights)
        nats = sum(listed.nats[index] for index in rights)
        shown = " ".join(declared.tokens[index] for index in lefts)
        other = " ".join(listed.tokens[index] for index in rights)
        self.rows.append((weight, similarity - 0.02, nats, shown, other, "name.joined"))
        self.left_order.append(lefts[0])
        self.right_order.append(rights[0])
        self.free_left = [index for index in self.free_left if index not in lefts]
        self.free_right = [index for index in self.free_right if index not in rights]
        return True


def pair_words(declared: Prepared, listed: Prepared) -> tuple[Pairing, float]:
    """Pair the words of two names, best first; return the pairing and the share at which missing words are charged."""
    pairing = Pairing(declared, listed)
    pairing.equal()
    share = 1.0
    if pairing.free_left and pairing.free_right:
        pairing.alike()
        if pairing.free_left and pairing.free_right:
            pairing.joined()
    if pairing.free_right:
        share = pairing.cut()
    return pairing, share


def align(declared: Prepared, listed: Prepared, tuning: Tuning = TUNING) -> tuple[int, int, list[Step]]:
    """Return (score, evidence, steps) of two names.

    Args:
        declared: The name as declared.
        listed: The name as listed.
        tuning: What unmatched words and contradictions cost.

    Returns:
        Score and evidence in thousandths; the points of the steps sum to the score.
    """
    pairing, share = pair_words(declared, listed)
    rows = pairing.rows
    whole = _whole(declared, listed)
    if not rows and not whole:
        return 0, 0, []
    organisation = listed.kind == ORGANISATION
    alpha = tuning.organisation_declared_extra if organisation else tuning.declared_extra
    beta = (tuning.organisation_listed_extra if organisation else tuning.listed_extra) * share
    extra = alpha * _extra(declared, pairing.free_left)
    missing = beta * sum(listed.weights[index] for index in pairing.free_right)
    matched = sum(row[0] for row in rows)
    total = matched + extra + missing
    steps: list[Step] = [(row[5], round(1000 * row[0] * row[1] / total), row[3], row[4]) for row in rows]
    score = sum(step[1] for step in steps)
    if whole > score:
        nats = sum(listed.nats) * whole / 1000
        steps = [("name.whole", whole, " ".join(declared.tokens), " ".join(listed.tokens))]
    else:
        nats = sum(row[2] * row[1] for row in rows) + _in_order(pairing)
        steps += [("name.extra-declared", 0, declared.tokens[index], "") for index in pairing.free_left]
        steps += [("name.extra-listed", 0, "", listed.tokens[index]) for index in pairing.free_right]
    steps += _contradictions(pairing, tuning)
    evidence = min(1000, round(1000 * nats / _EVIDENCE_FULL))
    score = sum(step[1] for step in steps)
    if score < 0:
        steps.append(("score.bound", -score, "", ""))
        score = 0
    return score, evidence, steps


def _in_order(pairing: Pairing) -> float:
    """Return the nats that three or more words in the listed order add: plain words can make a rare name."""
    if len(pairing.right_order) < 3 or pairing.listed.kind == PERSON:
        return 0.0
    steps = zip(pairing.right_order, pairing.right_order[1:], strict=False)
    return float(sum(1 for first, second in steps if second == first + 1))


def _extra(declared: Prepared, free: list[int]) -> float:
    """Return the weight of the declared words without counterpart; "Warehouse Dept 3" hardly counts."""
    weight = 0.0
    for index in free:
        token = declared.tokens[index]
        aside = token in PLACE_OF_NUMBER or (
            token.isdigit() and index > 0 and declared.tokens[index - 1] in PLACE_OF_NUMBER
        )
        weight += declared.weights[index] * (0.2 if aside else 1.0)
    return weight


def _whole(declared: Prepared, listed: Prepared) -> int:
    """Return the likeness of the two names written together, for joins and splits with errors in them.

    Names parted into the same number of words may differ by one letter in twelve or more; other errors are counted word
    by word.
    """
    left, right = declared.joined, listed.joined
    length = max(len(left), len(right))
    if length < 8 or abs(len(left) - len(right)) > 3:
        return 0
    budget = 0 if length < 10 else 1 if length < 13 else 2 if length < 18 else 3
    if len(declared.tokens) == len(listed.tokens):
        budget = 1 if length > 11 else 0
    distance = _distance(left, right, score_cutoff=budget)
    return 980 - round(1250 * distance / length) if distance <= budget else 0


def _contradictions(pairing: Pairing, tuning: Tuning) -> list[Step]:
    """Return the penalties for numerals that differ, words in another order and inverted descent."""
    declared, listed = pairing.declared, pairing.listed
    steps: list[Step] = []
    if declared.numerals or listed.numerals:
        steps += _numerals(declared, listed, tuning)
    order = [right for _, right in sorted(zip(pairing.left_order, pairing.right_order, strict=True))]
    if listed.kind != PERSON and listed.kind == ORGANISATION and order != sorted(order):
        steps.append(("name.order", -tuning.order, " ".join(declared.tokens), " ".join(listed.tokens)))
    elif order != sorted(order):
        steps += _descent(declared, listed, tuning)
    return steps


def _numerals(declared: Prepared, listed: Prepared, tuning: Tuning) -> list[Step]:
    left, right = set(declared.numerals), set(listed.numerals)
    if left == right:
        return []
    shown, other = " ".join(declared.numerals), " ".join(listed.numerals)
    if right and left:
        return [("name.numerals-differ", -tuning.numerals_differ, shown, other)] if not left & right else []
    if right:
        return [("name.numeral-missing", -tuning.numeral_missing, shown, other)]
    tokens = declared.tokens
    before = {tokens[index - 1] for index, token in enumerate(tokens) if index and token.isdigit()}
    if before and before <= PLACE_OF_NUMBER:
        return []
    return [("name.numeral-extra", -tuning.numeral_extra, shown, other)]


def _descent(declared: Prepared, listed: Prepared, tuning: Tuning) -> list[Step]:
    """Return the penalty for `A bin B` against `B bin A`: the two names stand on the other side of the word."""
    for word in DESCENT:
        if word in declared.tokens and word in listed.tokens:
            left, right = declared.tokens.index(word), listed.tokens.index(word)
            if not left or not right or left + 1 >= len(declared.keys) or right + 1 >= len(listed.keys):
                continue
            if declared.keys[left - 1] == listed.keys[right + 1] or declared.keys[left + 1] == listed.keys[right - 1]:
                return [("name.descent-inverted", -tuning.descent, " ".join(declared.tokens), " ".join(listed.tokens))]
    return []
