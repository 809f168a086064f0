"""Compare two prepared names word by word: each word is used once, rare words count more, extra words cost.

The alignment says which words agree and how, and what is left over on either side; the scoring weighs that.
"""

from __future__ import annotations

from itertools import pairwise

from rapidfuzz.distance import OSA, Indel

from tidewaiter.screen.party.prepared import ORGANISATION, Prepared
from tidewaiter.text.names_fold import skeleton
from tidewaiter.text.names_nicknames import is_nickname_pair

Step = tuple[str, int, str, str]
_distance = OSA.distance
_ratio = Indel.normalized_similarity
# A short form and its name: alike enough to be one person's, no proof of it.
_NICKNAME = 0.801
DESCENT = ("bin", "bint", "oglu", "kyzy")
PLACE_OF_NUMBER = frozenset({"department", "warehouse", "office", "unit", "store", "building", "branch", "no", "apt"})


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

    @classmethod
    def none(cls) -> Pairing:
        """Return the pairing of two names without words."""
        empty = Prepared.empty()
        return cls(empty, empty)

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
                elif listed.kind != ORGANISATION and is_nickname_pair(declared.tokens[left], listed.tokens[right]):
                    found.append((-_NICKNAME, left, right))
        found.sort()
        for negative, left, right in found:
            if left in self.free_left and right in self.free_right:
                short = min(len(declared.tokens[left]), len(listed.tokens[right])) == 1
                sound = declared.keys[left] == listed.keys[right]
                code = "name.initial" if short else "name.sound" if sound else "name.spelling"
                if negative == -_NICKNAME:
                    code = "name.nickname"
                self.take(left, right, -negative, code)

    def cut(self) -> None:
        """Pair a last word cut off by a field limit, and forget the listed words after it: they did not fit."""
        declared, listed = self.declared, self.listed
        last = len(declared.tokens) - 1
        if not declared.is_cut or len(listed.text) <= declared.length:
            return
        if last in self.free_left:
            head = declared.tokens[last]
            for right in self.free_right:
                if listed.tokens[right].startswith(head):
                    self.take(last, right, 0.9 if len(head) > 2 else 0.7, "name.cut")
                    break
        later = max(self.right_order, default=-1)
        if self.free_right and self.free_right[0] > later and len(self.right_order) > 1 and not self.free_left:
            self.free_right = []

    def acronym(self) -> None:
        """Pair a word of three letters or more with the words of the other side whose first letters it is."""
        for swapped in (False, True):
            one, other = (self.listed, self.declared) if swapped else (self.declared, self.listed)
            singles, rest = (self.free_right, self.free_left) if swapped else (self.free_left, self.free_right)
            if len(rest) < 3:
                continue
            letters = "".join(other.tokens[index][0] for index in rest)
            for single in singles:
                token = one.tokens[single]
                at = letters.find(token) if len(token) > 2 else -1
                if at >= 0:
                    run = rest[at : at + len(token)]
                    self._record(run if swapped else [single], [single] if swapped else run, 0.8, "name.acronym")
                    break

    def joined(self) -> None:
        """Pair words written together on one side and apart on the other, with typing errors."""
        while self._join_once(False) or self._join_once(True) or self._shift_once():
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

    def _shift_once(self) -> bool:
        """Pair two neighbouring words with two of the other side that only part at another letter."""
        for left, after in pairwise(self.free_left):
            if after != left + 1:
                continue
            for right, beyond in pairwise(self.free_right):
                if beyond == right + 1 and self._take_run([left, after], [right, beyond], 0.86):
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
        self._record(lefts, rights, similarity - 0.02, "name.joined")
        return True

    def _record(self, lefts: list[int], rights: list[int], similarity: float, code: str) -> None:
        """Pair a run of declared words with a run of listed words."""
        declared, listed = self.declared, self.listed
        weight = sum(listed.weights[index] for index in rights)
        nats = sum(listed.nats[index] for index in rights)
        if code == "name.acronym":
            nats = min(nats, 6.0)
        shown = " ".join(declared.tokens[index] for index in lefts)
        other = " ".join(listed.tokens[index] for index in rights)
        self.rows.append((weight, similarity, nats, shown, other, code))
        self.left_order.append(lefts[0])
        self.right_order.append(rights[0])
        self.free_left = [index for index in self.free_left if index not in lefts]
        self.free_right = [index for index in self.free_right if index not in rights]


def pair_words(declared: Prepared, listed: Prepared) -> Pairing:
    """Return two names with their words paired, best first; each word is used once."""
    pairing = Pairing(declared, listed)
    pairing.equal()
    if pairing.free_left and pairing.free_right:
        pairing.alike()
        if pairing.free_left and pairing.free_right:
            pairing.joined()
            pairing.acronym()
    if pairing.free_right:
        pairing.cut()
    return pairing
