"""From a name comparison and the facts beside it to a match with its contributions, in whole thousandths."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import product

from tidewaiter.model import Contribution, ListedName, ListedParty, Party
from tidewaiter.screen.party.align import Pairing, Step
from tidewaiter.screen.party.facts import MOST_FACTS, STRONG_FACT, facts_of, identifier_fact, most_of
from tidewaiter.screen.party.measures import PLACE
from tidewaiter.screen.party.prepared import ORGANISATION, PERSON, THING, Prepared
from tidewaiter.screen.party.scoring import Scored, steps_of, thousandths
from tidewaiter.text.name_parts import is_given

REVIEW_THRESHOLD = 860
REVIEW_ORGANISATION = 650
HOLD_THRESHOLD = 930
# Evidence (thousandths of 20 nats) below which a name alone never reaches review, or never reaches hold.
_REVIEW_EVIDENCE = 350
_HOLD_EVIDENCE = 600
# Words that are only alike need more evidence than words that are the same: short words are alike by chance.
_SPELLING_EVIDENCE = 450
_WORD_NATS = 5.2
_PLAIN_NATS = 1.9
_PLACE_NATS = 2.0
# A person listed by one rare word is found by that word.
_NAME_NATS = 7.5
# A name of which a rare word is missing rests on the rest alone, so the rest must be rarer.
_PARTIAL_EVIDENCE = 600
_WORD_NATS = 5.2
_IDENTIFIER_SCORE = 960
_SENTENCES = {
    "name.word": "The word {left} is in both names.",
    "name.spelling": "{left} is close to {right} in spelling.",
    "name.sound": "{left} and {right} are spellings of one sound.",
    "name.initial": "{left} may be the initial of {right}, or the other way round.",
    "name.joined": "{left} and {right} are nearly the same written together.",
    "name.cut": "{left} may be {right}, cut off at the end of the field.",
    "name.whole": "How alike the names are letter by letter.",
    "name.nickname": "{left} is a short form of {right}, or the other way round.",
    "name.acronym": "{left} and {right} stand for each other: one is the first letters of the other.",
    "name.exact": "The whole listed name was written, so a person looks, however plain its words are.",
    "name.base": "Where a comparison of two names begins, before a word is read.",
    "name.share": "How much of both names agrees, by the weight of the words.",
    "name.extra-declared": "Only in the declared name: {left}.",
    "name.extra-listed": "Only in the listed name: {right}.",
    "name.contradicts": "Where the names part, {left} stands against {right}.",
    "name.one-word": "One of the names is a single word.",
    "name.reading": "Another Latin reading of the script than the usual one agrees.",
    "name.vowels": "One of the names is written without its short vowels.",
    "form.same": "Both names have the legal form {left}.",
    "form.differs": "The legal forms differ: {left} and {right}.",
    "form.one": "One of the names has a legal form ({left}{right}), the other none.",
    "name.order": "The words stand in another order.",
    "name.descent-inverted": "Parent and child have changed places.",
    "name.numerals-differ": "The numbers {left} and {right} contradict each other.",
    "name.numeral-missing": "The listed name has the number {right}, the declared one has none.",
    "name.numeral-extra": "The declared name has the number {left}, the listed one has none.",
    "cap.little-evidence": "Too little of the name is distinctive to carry a match.",
    "cap.country": "A country that agrees does not make a hold.",
    "cap.numerals": "Another number in the name makes another party.",
    "cap.one-word-firm": "The listed firm is one word behind a legal form; the declared name has more words and no form.",
    "cap.partial": "The words that agree are too common for a name of which a rare word is missing.",
    "cap.single-word": "A single word cannot carry more than a review.",
    "cap.modest-evidence": "The words that agree are too common to carry more than a review.",
    "cap.weak-alias": "The list marks this alias as weak; it cannot carry a match alone.",
    "cap.kind": "The listed party is a vessel or an aircraft; in the role of sender or addressee it is looked at and no more.",
    "birth-date.agrees": "The birth date {left} agrees with the listed {right}.",
    "birth-date.near": "The birth date {left} is near the listed {right}.",
    "birth-date.differs": "The birth date {left} differs from the listed {right}; that lowers, it does not clear.",
    "facts.floor": "A fact that differs lowers a match; it does not clear it.",
    "country.agrees": "The declared country {left} is one of the listed ones.",
    "country.differs": "The declared country {left} is none of the listed ones ({right}); that lowers, it does not clear.",
    "address.agrees": "The address has {left} in common with the listed one.",
    "identifier.equal": "The identifier {left} is listed for this party.",
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


# For a declared name: the log-odds that the comparison with a listed organisation, and with another listed name (it has the
# level of persons), needs to reach the review level, and by how much a birth date and an address can lift it where they are
# listed. An identifier lifts any name.
Reachable = tuple[float, float, float, float]


def _log_odds(share: float) -> float:
    return math.log(share / (1 - share))


@dataclass(frozen=True, slots=True)
class Levels:
    """The levels of the policy: where a person looks, and where the postal item waits.

    Names of firms are longer, altered more and shared less than names of people, so they have a review level of their own.
    """

    review: int = REVIEW_THRESHOLD
    hold: int = HOLD_THRESHOLD
    review_organisation: int = REVIEW_ORGANISATION

    @classmethod
    def of(cls, review: int | None, hold: int = HOLD_THRESHOLD, organisation: int | None = None) -> Levels:
        """Return the levels: the shipped ones, or one review level for every kind of name unless another is given."""
        if review is None:
            return cls(hold=hold)
        return cls(review, hold, review if organisation is None else organisation)

    def review_for(self, schema: str, declared: Prepared) -> int:
        """Return the review level for a listed party of a schema; a name like a person's needs a person's level."""
        firm = schema == "Organization" and not _is_like_a_person(declared)
        return self.review_organisation if firm else self.review

    def reachable(self) -> dict[tuple[bool, bool, bool], Reachable]:
        """Return the log-odds that names need to reach the review level, by whether birth date, address, identifier are declared."""
        # Scores are rounded twice, so two thousandths below are not out of reach.
        organisation, other = (
            _log_odds(min(max(level - 2, 1), 999) / 1000)
            for level in (min(self.review, self.review_organisation), self.review)
        )
        found = {}
        for birth_date, address, identifier in product((False, True), repeat=3):
            gains = most_of(Party(birth_date="?" * birth_date)), most_of(Party(address="?" * address))
            found[birth_date, address, identifier] = (
                (-math.inf, -math.inf, 0.0, 0.0) if identifier else (organisation, other, *gains)
            )
        return found

    def lowest(self, party: Party | None = None) -> float:
        """Return the log-odds of names below which no fact lifts a match to the review level, or none the party declares."""
        share = min(max(min(self.review, self.review_organisation), 1), 999) / 1000
        return _log_odds(share) - (MOST_FACTS if party is None else most_of(party))


def judge(
    party: Party, scored: Scored, listed: ListedParty, name: ListedName, levels: Levels
) -> tuple[int, int, list[Step]]:
    """Return (score, evidence, steps) of a declared party against one name of a listed party.

    Args:
        party: The declared party with the facts beside its name.
        scored: The comparison of the two names.
        listed: The listed party.
        name: Which of its names was compared.
        levels: Review and hold levels, for what may not carry a match alone.

    Returns:
        Score and evidence in thousandths; the points of the steps sum to the score. Where the score stays below the
        review level whatever is capped, the steps are left out.
    """
    identifier = identifier_fact(party.id_number, listed.identifiers) if party.id_number else None
    alone, evidence = scored.score, scored.evidence
    review = levels.review_for(listed.schema, scored.pairing.declared)
    may_reach = identifier is not None or thousandths(scored.log_odds + most_of(party)) >= review
    exact = is_exact(scored)
    if not may_reach and not exact:
        return alone, evidence, []
    facts = facts_of(party, listed, alone >= review or exact)
    # A thousandth is left for the last digits of sums taken in another order.
    if not exact and identifier is None and alone < review - 1:
        if thousandths(scored.log_odds + sum(fact[0] for fact in facts)) < review - 1:
            return alone, evidence, []
    score, steps = steps_of(scored, facts)
    if score < review and (exact or alone >= review):
        # The whole of a listed name is looked at, however plain; a fact that differs lowers and does not clear.
        steps.append(("name.exact" if alone < review else "facts.floor", review - score, name.text, name.text))
        score = review
    other = sum(fact[0] for fact in facts if fact[1] != "country.agrees")
    if score >= levels.hold > thousandths(scored.log_odds + other):
        # A country orders the queue; by itself it makes neither a match nor a hold.
        steps.append(("cap.country", levels.hold - 1 - score, party.country, party.country))
        score = levels.hold - 1
    strong = any(fact[0] >= STRONG_FACT for fact in facts)
    for limit, code in _caps(scored, exact, strong, review, levels.hold):
        if score > limit:
            steps.append((code, limit - score, scored.pairing.declared.text, name.text))
            score = limit
            break
    if name.kind == "weak-alias" and not strong and score >= review:
        steps.append(("cap.weak-alias", review - 1 - score, name.text, name.kind))
        score = review - 1
    if identifier is not None:
        points = min(1000 - score, max(20, _IDENTIFIER_SCORE - score))
        steps.append(("identifier.equal", points, identifier[0], f"{identifier[1]} {identifier[2]}".strip()))
        score += points
    return score, evidence, steps


def _caps(scored: Scored, exact: bool, strong: bool, review: int, hold: int) -> list[tuple[int, str]]:
    """Return the limits for names whose agreeing words carry too little, strictest first."""
    pairing, evidence = scored.pairing, scored.evidence
    declared, listed = pairing.declared, pairing.listed
    caps = []
    if not exact and not strong:
        inexact = any(row[5] != "name.word" for row in pairing.rows)
        missing = any(listed.nats[index] > _WORD_NATS for index in pairing.free_right)
        if _is_one_word_firm_beside_more(pairing):
            caps.append((review - 1, "cap.one-word-firm"))
        elif evidence < (_SPELLING_EVIDENCE if inexact else _REVIEW_EVIDENCE):
            caps.append((review - 1, "cap.little-evidence"))
        elif scored.values[PLACE["numeral.differs"]] >= 1.0:
            caps.append((review - 1, "cap.numerals"))
        elif missing and evidence < _PARTIAL_EVIDENCE:
            caps.append((review - 1, "cap.partial"))
    if listed.kind == THING:
        # Whoever sends or receives a postal item is a person or a firm; a ship of that name is a reason to look.
        caps.append((hold - 1, "cap.kind"))
    if len(declared.tokens) == 1 or len(listed.tokens) == 1:
        caps.append((hold - 1, "cap.single-word"))
    elif evidence < _HOLD_EVIDENCE and not strong:
        caps.append((hold - 1, "cap.modest-evidence"))
    return caps


def _is_one_word_firm_beside_more(pairing: Pairing) -> bool:
    """Return whether a listed firm of one word behind a legal form meets several words without form or word of trade.

    Such a word is somebody's name as often as not (TARA LIMITED, STAN LLC).
    """
    declared, listed = pairing.declared, pairing.listed
    if listed.kind != ORGANISATION or len(listed.tokens) > 1 or len(declared.tokens) < 2 or declared.forms:
        return False
    return all(nats > _PLACE_NATS for nats in declared.nats)


def _is_like_a_person(declared: Prepared) -> bool:
    """Return whether a declared name reads as a person's: a known given name, no legal form and no word of trade."""
    if declared.forms or any(1.0 < nats < _PLAIN_NATS for nats in declared.nats):
        return False
    return any(map(is_given, declared.tokens))


def is_exact(scored: Scored) -> bool:
    """Return whether the whole of a listed name was written exactly, in any order or without its blanks.

    Parent and child who changed places (`A bin B`, `B bin A`) are two people with the same words.
    A single word is the whole of a name only with its legal form (`JSC ABC`), and not when it is a widespread name, a
    place or a word such as "trading".
    """
    declared, listed = scored.pairing.declared, scored.pairing.listed
    if scored.values[PLACE["descent"]]:
        return False
    if len(listed.tokens) > 1:
        same = sorted(declared.tokens) == sorted(listed.tokens)
        return same or (declared.joined == listed.joined and len(listed.joined) > 6)
    if declared.tokens != listed.tokens or not listed.tokens:
        return False
    if listed.nats[0] > _NAME_NATS and listed.kind == PERSON:
        return True
    return listed.nats[0] > _WORD_NATS and not set(declared.forms).isdisjoint(listed.forms)


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
