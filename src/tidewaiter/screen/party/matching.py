"""From a name comparison and the facts beside it to a match with its contributions, in whole thousandths."""

from __future__ import annotations

from dataclasses import dataclass

from tidewaiter.model import Contribution, ListedName, ListedParty, Party
from tidewaiter.screen.party.align import Step, align
from tidewaiter.screen.party.facts import birth_date_fact, country_fact, identifier_fact
from tidewaiter.screen.party.prepared import ORGANISATION, Prepared

REVIEW_THRESHOLD = 800
HOLD_THRESHOLD = 930
# Evidence (thousandths of 20 nats) below which a name alone never reaches review, or never reaches hold.
_REVIEW_EVIDENCE = 350
_HOLD_EVIDENCE = 600
# Words that are only alike need more evidence than words that are the same: short words are alike by chance.
_SPELLING_EVIDENCE = 420
_WORD_NATS = 5.2
_INEXACT = frozenset({"name.sound", "name.spelling", "name.joined", "name.whole"})
# A person's name with words missing on either side rests on the rest alone, so the rest must be rarer.
_PARTIAL_EVIDENCE = 700
# The most that birth date and country together can add.
MOST_FACTS_ADD = 75
_IDENTIFIER_SCORE = 960
_SENTENCES = {
    "name.word": "The word {left} is in both names.",
    "name.spelling": "{left} is close to {right} in spelling.",
    "name.sound": "{left} and {right} are spellings of one sound.",
    "name.initial": "{left} may be the initial of {right}, or the other way round.",
    "name.joined": "{left} and {right} are nearly the same written together.",
    "name.cut": "{left} may be {right}, cut off at the end of the field.",
    "name.whole": "Written together, {left} and {right} are nearly the same.",
    "name.extra-declared": "{left} is only in the declared name.",
    "name.extra-listed": "{right} is only in the listed name.",
    "name.order": "The words stand in another order.",
    "name.descent-inverted": "Parent and child have changed places.",
    "name.numerals-differ": "The numbers {left} and {right} contradict each other.",
    "name.numeral-missing": "The listed name has the number {right}, the declared one has none.",
    "name.numeral-extra": "The declared name has the number {left}, the listed one has none.",
    "cap.little-evidence": "Too little of the name is distinctive to carry a match.",
    "cap.partial": "The words that agree are too common for a name of which other words are missing.",
    "cap.single-word": "A single word cannot carry more than a review.",
    "cap.modest-evidence": "The words that agree are too common to carry more than a review.",
    "cap.weak-alias": "The list marks this alias as weak; it cannot carry a match alone.",
    "cap.kind": "The listed party is a vessel or an aircraft, not a person or organisation.",
    "birth-date.agrees": "The birth date {left} agrees with the listed {right}.",
    "birth-date.near": "The birth date {left} is near the listed {right}.",
    "birth-date.differs": "The birth date {left} differs from the listed {right}; that lowers, it does not clear.",
    "country.agrees": "The declared country {left} is one of the listed ones.",
    "identifier.equal": "The identifier {left} is listed for this party.",
    "score.bound": "The score stays between 0 and 1.",
}


@dataclass(frozen=True, slots=True)
class PartyMatch:
    """A listed party the declared party may be.

    `name` is the listed name that matched best. `score` is in thousandths and equals the sum of the points of
    `contributions`; `evidence` says, in thousandths, how much distinctive text there was to compare.
    """

    listed: ListedParty
    name: ListedName
    score: int
    evidence: int
    contributions: tuple[Contribution, ...]


@dataclass(frozen=True, slots=True)
class Levels:
    """The two levels of the policy: where a person looks, and where the postal item waits."""

    review: int = REVIEW_THRESHOLD
    hold: int = HOLD_THRESHOLD


def judge(
    party: Party,
    declared: Prepared,
    listed_name: Prepared,
    listed: ListedParty,
    name: ListedName,
    levels: Levels,
    aligned: tuple[int, int, list[Step]] | None = None,
) -> tuple[int, int, list[Step]]:
    """Return (score, evidence, steps) of a declared party against one name of a listed party.

    `aligned` is the result of `align` for these two names where the caller has it already.
    """
    score, evidence, steps = aligned if aligned is not None else align(declared, listed_name)
    steps = steps[:]
    identifier = identifier_fact(party.id_number, listed.identifiers) if party.id_number else None
    if score < levels.review - MOST_FACTS_ADD and identifier is None:
        return score, evidence, steps
    birth = birth_date_fact(party.birth_date, listed.birth_dates)
    score = _cap(score, evidence, steps, declared, listed_name, levels)
    if name.kind == "weak-alias" and not (birth is not None and birth[1] >= 40) and score >= levels.review:
        steps.append(("cap.weak-alias", levels.review - 1 - score, name.text, name.kind))
        score = levels.review - 1
    if birth is not None:
        points = birth[1]
        if points < 0 and score >= levels.review:
            points = max(points, levels.review - score)
        steps.append((birth[0], points, birth[2], birth[3]))
        score += points
    country = country_fact(party.country, listed.countries)
    if country is not None and score >= levels.review:
        points = min(country[1], levels.hold - 1 - score) if score < levels.hold else country[1]
        steps.append((country[0], points, country[2], country[3]))
        score += points
    if identifier is not None:
        points = max(20, _IDENTIFIER_SCORE - score)
        steps.append(("identifier.equal", points, identifier[0], f"{identifier[1]} {identifier[2]}".strip()))
        score += points
    bounded = min(1000, max(0, score))
    if bounded != score:
        steps.append(("score.bound", bounded - score, "", ""))
    return bounded, evidence, steps


def _cap(score: int, evidence: int, steps: list[Step], declared: Prepared, listed: Prepared, levels: Levels) -> int:
    """Hold the name score under review or hold where the words that agree carry too little."""
    caps = []
    exact = _is_exact(declared, listed)
    if (evidence < _REVIEW_EVIDENCE and not exact) or (
        evidence < _SPELLING_EVIDENCE and not exact and any(step[0] in _INEXACT for step in steps)
    ):
        caps.append((levels.review - 1, "cap.little-evidence"))
    elif evidence < _PARTIAL_EVIDENCE and listed.kind != ORGANISATION and _is_partial(steps):
        caps.append((levels.review - 1, "cap.partial"))
    if len(declared.tokens) == 1 or len(listed.tokens) == 1:
        caps.append((levels.hold - 1, "cap.single-word"))
    elif evidence < _HOLD_EVIDENCE:
        caps.append((levels.hold - 1, "cap.modest-evidence"))
    for limit, code in caps:
        if score > limit:
            steps.append((code, limit - score, declared.text, listed.text))
            score = limit
            break
    return score


def _is_exact(declared: Prepared, listed: Prepared) -> bool:
    """Return whether the whole of a listed name was written exactly; it is looked at however plain its words are.

    A single word is the whole of a name only with its legal form (`JSC ABC`), and not when it is a widespread name, a
    place or a word such as "trading".
    """
    if len(listed.tokens) > 1:
        return declared.tokens == listed.tokens or (declared.joined == listed.joined and len(listed.joined) > 6)
    same_form = not set(declared.forms).isdisjoint(listed.forms)
    return declared.tokens == listed.tokens and listed.nats[0] > _WORD_NATS and same_form


def _is_partial(steps: list[Step]) -> bool:
    return any(step[0] in ("name.extra-declared", "name.extra-listed") for step in steps)


def contributions_of(steps: list[Step], declared_from: str, listed_from: str) -> tuple[Contribution, ...]:
    """Return the steps as contributions with a template sentence each."""
    return tuple(
        Contribution(
            code=code,
            points=points,
            left=left,
            right=right,
            left_from=declared_from,
            right_from=listed_from,
            sentence=_SENTENCES[code].format(left=left, right=right),
        )
        for code, points, left, right in steps
    )
