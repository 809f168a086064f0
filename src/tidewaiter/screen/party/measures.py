"""What an alignment of two names says, as numbers: agreement by kind, what is left over on either side, contradictions.

Each measure is something a reviewer can check by eye. The scoring gives each a weight; nothing here decides.
"""

from __future__ import annotations

import re

from rapidfuzz.distance import Indel, JaroWinkler

from tidewaiter.screen.party.align import DESCENT, PLACE_OF_NUMBER, Pairing
from tidewaiter.screen.party.prepared import ORGANISATION, PERSON, Prepared
from tidewaiter.text.name_parts import is_patronymic
from tidewaiter.text.names_fold import skeleton

_ratio = Indel.normalized_similarity
_jaro = JaroWinkler.normalized_similarity
_COMMON_NATS = 5.2
_SYLLABLES = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3]+")

MEASURES = (
    "base",
    "same.first", "same.more", "same.most",
    "sound", "spelling", "spelling.far", "initial", "joined", "cut", "acronym",
    "left.rare", "left.common", "left.plain", "left.initial",
    "right.rare", "right.common", "right.plain", "right.initial",
    "both.some", "both.left", "both.left.unlike",
    "share.half", "share.most", "share.all",
    "whole.some", "whole.most", "whole.all",
    "one.word", "vowels", "order",
    "form.same", "form.differs", "form.one",
    "numeral.differs", "numeral.missing", "numeral.extra",
    "first.differs", "last.differs", "descent",
    "vowels.share", "vowels.both", "reading", "nickname",
)  # fmt: skip
PLACE = {name: index for index, name in enumerate(MEASURES)}
_SOUND, _SPELLING, _LEFT, _RIGHT = PLACE["sound"], PLACE["spelling"], PLACE["left.rare"], PLACE["right.rare"]
_BOTH, _SHARE, _WHOLE, _ONE = PLACE["both.some"], PLACE["share.half"], PLACE["whole.some"], PLACE["one.word"]
_ORDER, _FORM, _NUMERAL, _FIRST = PLACE["order"], PLACE["form.same"], PLACE["numeral.differs"], PLACE["first.differs"]


def _between(value: float, low: float, high: float) -> float:
    """Return how much of the stretch from low to high the value covers, 0 to 1."""
    return 0.0 if value <= low else 1.0 if value >= high else (value - low) / (high - low)


def measure(pairing: Pairing) -> list[float]:
    """Return the measures of an alignment, in the order of `MEASURES`.

    Args:
        pairing: Two names, aligned.

    Returns:
        One number a measure, most of them between 0 and 1; `left` is the declared name, `right` the listed one.
    """
    declared, listed = pairing.declared, pairing.listed
    values = [0.0] * len(MEASURES)
    values[0] = 1.0
    matched = nats = 0.0
    for weight, similarity, information, _, _, code in pairing.rows:
        matched += weight
        nats += information
        if code == "name.word":
            continue
        loss = 1.0 - similarity
        if code == "name.sound":
            values[_SOUND] += weight
        elif code == "name.spelling":
            values[_SPELLING] += weight * (loss if loss < 0.25 else 0.25) * 4
            values[_SPELLING + 1] += weight * max(0.0, loss - 0.25) * 4
        elif code == "name.initial":
            values[_SPELLING + 2] += 1.0
        elif code == "name.joined":
            values[_SPELLING + 3] += loss * 5
        elif code == "name.cut":
            values[_SPELLING + 4] += 1.0
        elif code == "name.nickname":
            values[PLACE["nickname"]] += weight
        else:
            values[_SPELLING + 5] += 1.0
    values[1] = _between(nats, 0.0, 7.0)
    values[2] = _between(nats, 7.0, 14.0)
    values[3] = _between(nats, 14.0, 28.0)
    one_side = not (pairing.free_left and pairing.free_right)
    left = _left_over(declared, pairing.free_left, values, _LEFT, one_side)
    right = _left_over(listed, pairing.free_right, values, _RIGHT, one_side)
    both = max(min(left, right), _native_difference(declared, listed))
    vowelless = declared.vowelless is not listed.vowelless
    if both > 0.05:
        one = [declared.keys[index] for index in pairing.free_left]
        two = [listed.keys[index] for index in pairing.free_right]
        if vowelless:
            one, two = [*map(skeleton, one)], [*map(skeleton, two)]
        values[_BOTH] = _between(both, 0.0, 0.4)
        values[_BOTH + 1] = min(both, 1.5)
        values[_BOTH + 2] = min(both, 1.5) * (1.0 - _jaro("".join(one), "".join(two)))
    total = matched + left + right
    share = matched / total if total else 0.0
    values[_SHARE] = _between(share, 0.2, 0.55)
    values[_SHARE + 1] = _between(share, 0.55, 0.8)
    values[_SHARE + 2] = _between(share, 0.8, 1.0)
    if vowelless:
        whole = _ratio("".join(map(skeleton, declared.keys)), "".join(map(skeleton, listed.keys)))
        values[PLACE["vowels"]] = 1.0
        values[PLACE["vowels.share"]] = share
        values[PLACE["vowels.both"]] = values[_BOTH]
    else:
        whole = max(_ratio(declared.sorted, listed.sorted), _ratio(declared.joined, listed.joined))
    values[_WHOLE] = _between(whole, 0.5, 0.7)
    values[_WHOLE + 1] = _between(whole, 0.7, 0.88)
    values[_WHOLE + 2] = _between(whole, 0.88, 1.0)
    values[_ONE] = 1.0 if len(declared.tokens) == 1 or len(listed.tokens) == 1 else 0.0
    # Where a particle stands says nothing: there may be several of them.
    order = [
        place
        for _, place in sorted(zip(pairing.left_order, pairing.right_order, strict=True))
        if listed.nats[place] > 1
    ]
    reordered = order != sorted(order)
    if reordered:
        # People's names are written in either order; it says something only where other words disagree as well.
        values[_ORDER] = 0.0 if listed.kind == PERSON and one_side else 1.0
    if declared.reading or listed.reading:
        values[PLACE["reading"]] = 1.0
    _forms(declared, listed, values)
    if declared.numerals or listed.numerals:
        _numerals(declared, listed, values)
    if pairing.free_left and pairing.free_right:
        values[_FIRST] = 1.0 if pairing.free_left[0] == 0 and pairing.free_right[0] == 0 else 0.0
        ends = pairing.free_left[-1] == len(declared.tokens) - 1 and pairing.free_right[-1] == len(listed.tokens) - 1
        values[_FIRST + 1] = 1.0 if ends else 0.0
    if reordered and listed.kind != ORGANISATION and is_descent_inverted(declared, listed):
        values[_FIRST + 2] = 1.0
    return values


def _native_difference(declared: Prepared, listed: Prepared) -> float:
    """Return a weight for characters that differ where both names are written in Han or Hangul.

    Several characters share one Latin reading; where both sides show them, the characters decide.
    """
    if declared.text.isascii() or listed.text.isascii():
        return 0.0
    left, right = "".join(_SYLLABLES.findall(declared.text)), "".join(_SYLLABLES.findall(listed.text))
    if not left or not right or left == right or len(left) != len(right):
        return 0.0
    return 0.8 if len(left) < 5 else 0.0


def _left_over(name: Prepared, free: list[int], values: list[float], start: int, one_side: bool) -> float:
    """Add the weight of words without counterpart by kind, and return the whole.

    A patronymic that only one side gives is left out as often as not and counts little.
    """
    whole = 0.0
    for index in free:
        token, weight, nats = name.tokens[index], name.weights[index], name.nats[index]
        if token in PLACE_OF_NUMBER or (token.isdigit() and index and name.tokens[index - 1] in PLACE_OF_NUMBER):
            weight *= 0.2
            values[start + 2] += weight
        elif len(token) == 1:
            values[start + 3] += weight
        elif one_side and name.kind != ORGANISATION and len(name.tokens) > 2 and is_patronymic(token):
            weight *= 0.3
            values[start + 1] += weight
        elif nats > _COMMON_NATS:
            values[start] += weight
        elif nats > 2.0:
            values[start + 1] += weight
        else:
            values[start + 2] += weight
        whole += weight
    return whole


def _forms(declared: Prepared, listed: Prepared, values: list[float]) -> None:
    left, right = declared.forms, listed.forms
    if left and right:
        values[_FORM if not set(left).isdisjoint(right) else _FORM + 1] = 1.0
    elif left or right:
        values[_FORM + 2] = 1.0


def _numerals(declared: Prepared, listed: Prepared, values: list[float]) -> None:
    left, right = set(declared.numerals), set(listed.numerals)
    if left == right:
        return
    if left and right:
        values[_NUMERAL] = 1.0 if not left & right else 0.5
    elif right:
        values[_NUMERAL + 1] = 1.0
    else:
        tokens = declared.tokens
        before = {tokens[index - 1] for index, token in enumerate(tokens) if index and token.isdigit()}
        values[_NUMERAL + 2] = 0.0 if before and before <= PLACE_OF_NUMBER else 1.0


def is_descent_inverted(declared: Prepared, listed: Prepared) -> bool:
    """Return whether `A bin B` stands against `B bin A`: parent and child have changed places."""
    for word in DESCENT:
        if word in declared.tokens and word in listed.tokens:
            left, right = declared.tokens.index(word), listed.tokens.index(word)
            if not left or not right or left + 1 >= len(declared.keys) or right + 1 >= len(listed.keys):
                continue
            if declared.keys[left - 1] == listed.keys[right + 1] or declared.keys[left + 1] == listed.keys[right - 1]:
                return True
    return False
