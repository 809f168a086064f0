"""From an alignment to a score that adds up: each measure has a weight in log-odds, the sum is a share of true pairs.

The weights are those of an additive logistic model fitted to labelled pairs (`make models`; docs/reference/name-model.md).
Their signs are bound: words that agree never lower, contradictions never raise. The score is the calibrated share of
pairs with this sum that were the same party. What each line of evidence contributes is its part of the log-odds, scaled
so that all parts together with the starting point make the score.
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from operator import mul

from rapidfuzz.distance.Indel import normalized_similarity as likeness

from tidewaiter.screen.party.align import Pairing, Step, pair_words
from tidewaiter.screen.party.measures import MEASURES, PLACE, measure
from tidewaiter.screen.party.prepared import PERSON, Prepared

_EVIDENCE_FULL = 20.0
_ROW_MEASURE = {
    "name.initial": "initial",
    "name.joined": "joined",
    "name.cut": "cut",
    "name.acronym": "acronym",
    "name.nickname": "nickname",
}
_NAME_STEPS = {
    "one.word": "name.one-word",
    "order": "name.order",
    "vowels": "name.vowels",
    "reading": "name.reading",
    "form.same": "form.same",
    "form.differs": "form.differs",
    "form.one": "form.one",
    "numeral.differs": "name.numerals-differ",
    "numeral.missing": "name.numeral-missing",
    "numeral.extra": "name.numeral-extra",
    "descent": "name.descent-inverted",
}
Weights = tuple[float, ...]
# (log-odds, code, declared, listed)
Part = tuple[float, str, str, str]


@cache
def name_weights() -> dict[str, Weights]:
    """Return the weights in log-odds of the measures, for persons and for other names.

    Raises:
        ValueError: the shipped weights are for other measures than the program computes.
    """
    raw = json.loads(files("tidewaiter.screen.party").joinpath("name_weights.json").read_text(encoding="utf-8"))
    if tuple(raw["measures"]) != MEASURES:
        raise ValueError("name_weights.json was fitted to other measures; run `make models`")
    return {kind: tuple(raw["weights"][kind]) for kind in raw["weights"]}


def weights_for(declared: Prepared, listed: Prepared) -> Weights:
    """Return the weights for two names: those of persons unless either is or looks like another kind of name.

    Names of which one is written without short vowels have weights of their own.
    """
    kind = listed.kind or declared.kind
    person = kind == PERSON
    if not kind and not (declared.forms or listed.forms):
        person = not any(GENERIC[0] < nats < GENERIC[1] for nats in listed.nats)
    name = "person" if person else "other"
    return name_weights()[f"{name}.vowelless" if declared.vowelless is not listed.vowelless else name]


@dataclass(frozen=True, slots=True)
class Scored:
    """Two names compared: the log-odds of their being one name's, and what they rest on."""

    pairing: Pairing
    values: list[float]
    weights: Weights
    log_odds: float
    evidence: int

    @property
    def score(self) -> int:
        """Return the score of the names alone, in thousandths."""
        return thousandths(self.log_odds)


def thousandths(log_odds: float) -> int:
    """Return log-odds as a share, in thousandths."""
    return round(1000.0 / (1.0 + math.exp(-log_odds)))


_FAR = -30.0
# Nats of words such as "trading", by which a name of unknown kind is taken for a firm's.
GENERIC = (1.0, 1.9)
_REST = len(MEASURES) - 1
NOTHING = Scored(Pairing.none(), [1.0] + [0.0] * _REST, (_FAR, *(0.0,) * _REST), _FAR, 0)


def score_names(declared: Prepared, listed: Prepared) -> Scored:
    """Return the comparison of two names.

    Args:
        declared: The name as declared.
        listed: The name as listed.

    Returns:
        The log-odds with all that is needed to explain them; evidence in thousandths of 20 nats.
    """
    pairing = pair_words(declared, listed)
    if not pairing.rows and not likeness(declared.joined, listed.joined, score_cutoff=0.8):
        return NOTHING
    values = measure(pairing)
    weights = weights_for(declared, listed)
    nats = sum([row[2] * row[1] for row in pairing.rows]) + _in_order(pairing)
    alike = values[PLACE["whole.all"]]
    if alike > 0.0:
        nats = max(nats, sum(listed.nats) * (0.85 + 0.15 * alike))
    evidence = min(1000, round(1000 * nats / _EVIDENCE_FULL))
    return Scored(pairing, values, weights, sum(map(mul, values, weights)), evidence)


def _in_order(pairing: Pairing) -> float:
    """Return the nats that three or more words in the listed order add: plain words can make a rare name."""
    if len(pairing.right_order) < 3 or pairing.listed.kind == PERSON:
        return 0.0
    steps = zip(pairing.right_order, pairing.right_order[1:], strict=False)
    return float(sum(1 for first, second in steps if second == first + 1))


def parts_of(scored: Scored) -> list[Part]:
    """Return the lines of evidence of a comparison with their log-odds; without the starting point."""
    pairing, values, weights = scored.pairing, scored.values, scored.weights
    got = dict(zip(MEASURES, map(mul, values, weights), strict=True))
    rows = pairing.rows
    parts: list[Part] = []
    nats = sum(row[2] for row in rows) or 1.0
    agreement = got["same.first"] + got["same.more"] + got["same.most"]
    lost = sum((1.0 - row[1]) * row[0] for row in rows if row[5] == "name.spelling") or 1.0
    sounds = sum(row[0] for row in rows if row[5] == "name.sound") or 1.0
    for weight, similarity, information, left, right, code in rows:
        odds = agreement * information / nats
        if code == "name.spelling":
            odds += (got["spelling"] + got["spelling.far"]) * weight * (1.0 - similarity) / lost
        elif code == "name.sound":
            odds += got["sound"] * weight / sounds
        elif code in _ROW_MEASURE:
            odds += got[_ROW_MEASURE[code]] / sum(1 for row in rows if row[5] == code)
        parts.append((odds, code, left, right))
    declared, listed = pairing.declared, pairing.listed
    left_words = " ".join(declared.tokens[index] for index in pairing.free_left)
    right_words = " ".join(listed.tokens[index] for index in pairing.free_right)
    whole_left, whole_right = " ".join(declared.tokens), " ".join(listed.tokens)
    parts.append((_sum(got, "whole.some", "whole.most", "whole.all"), "name.whole", whole_left, whole_right))
    share = _sum(got, "share.half", "share.most", "share.all", "vowels.share")
    for words, code, start in (
        (left_words, "name.extra-declared", "left"),
        (right_words, "name.extra-listed", "right"),
    ):
        if words:
            odds = _sum(got, *(f"{start}.{kind}" for kind in ("rare", "common", "plain", "initial")))
            # A remainder that costs less than its share of the name is part of what the share says.
            share += max(0.0, odds)
            parts.append((min(0.0, odds), code, words if start == "left" else "", words if start == "right" else ""))
    parts.append((share, "name.share", whole_left, whole_right))
    against = _sum(got, "both.some", "both.left", "both.left.unlike", "vowels.both", "first.differs", "last.differs")
    if against:
        parts.append((against, "name.contradicts", left_words, right_words))
    numerals = " ".join(declared.numerals), " ".join(listed.numerals)
    forms = " ".join(declared.forms), " ".join(listed.forms)
    for name, code in _NAME_STEPS.items():
        if values[PLACE[name]]:
            shown = (
                numerals
                if name.startswith("numeral")
                else forms
                if name.startswith("form")
                else (whole_left, whole_right)
            )
            parts.append((got[name], code, *shown))
    return parts


def _sum(got: dict[str, float], *names: str) -> float:
    return sum(got[name] for name in names)


def steps_of(scored: Scored, facts: Sequence[Part] = ()) -> tuple[int, list[Step]]:
    """Return the score with its steps; the points of the steps sum to the score exactly.

    Args:
        scored: The comparison of the names.
        facts: Further lines of evidence in log-odds (birth date, country, address).

    Returns:
        Score in thousandths, and (code, points, declared, listed) for each line of evidence.
    """
    base = scored.values[0] * scored.weights[0]
    parts = [*parts_of(scored), *facts]
    whole = sum(part[0] for part in parts)
    score, start = thousandths(base + whole), thousandths(base)
    # On a stretch too short to divide, the slope of the curve at the starting point.
    share = (score - start) / whole if abs(whole) > 1e-9 else 0.0
    exact = [part[0] * share for part in parts]
    points = [math.floor(value) for value in exact]
    short = score - start - sum(points)
    for index in sorted(range(len(parts)), key=lambda place: (points[place] - exact[place], place))[:short]:
        points[index] += 1
    steps: list[Step] = [("name.base", start, "", "")]
    steps += [(part[1], count, part[2], part[3]) for part, count in zip(parts, points, strict=True)]
    return score, steps
