"""Admiralty pairs: suggested by stated rules, read from text, put in order; never averaged, never a number.

A suggestion says by which rules it came and what would raise it. Only an analyst's own grade is a grade.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from tidewaiter.claims.ledger_words import whole_words
from tidewaiter.claims.upstreams import OriginFinder
from tidewaiter.model import InputError
from tidewaiter.model.claims import Claim, Grade, Report, Speaker
from tidewaiter.packs.report_ledger import DIGITS, LETTERS, GradeRule, LedgerRules
from tidewaiter.text.fold import fold_text

INDEPENDENT = 2  # upstreams that credibility 1 needs at least
UNKNOWN_LETTER, UNKNOWN_DIGIT = "F", 6
_PAIR = re.compile(r"([A-F])([1-6])")


@dataclass(frozen=True, slots=True)
class Standing:
    """What the rules ask beside the claim itself: how many independent origins say it, whether another claim excludes it."""

    upstreams: int = 1
    conflict: bool = False


def suggest_grade(claim: Claim, report: Report, standing: Standing, rules: LedgerRules, origins: OriginFinder) -> Grade:
    """Return the suggested pair for a claim, with the rules that gave it and what would raise it.

    Args:
        claim: the claim.
        report: its document.
        standing: how it stands among other claims.
        rules: stated rules of the pack.
        origins: gives the keys of publishers and speakers.
    """
    facts = _facts(claim, report, standing, rules, origins)
    fitting = [rule for rule in rules.rules if _fits(rule, facts, standing.upstreams)]
    letter = next((rule.reliability for rule in fitting if rule.reliability), "")
    digit = next((rule.credibility for rule in fitting if rule.credibility), 0)
    because = [rule.because for rule in fitting]
    if not letter:
        because.append(rules.unknown_reliability)
    if not digit:
        because.append(rules.unknown_credibility)
    letter, digit = letter or UNKNOWN_LETTER, digit or UNKNOWN_DIGIT
    for rule in fitting:
        if rule.credibility_lift and digit != UNKNOWN_DIGIT:
            digit = min(digit, rule.credibility_lift)
    for (
        rule
    ) in fitting:  # unknown is neither better nor worse than a ceiling, except where the ceiling itself is unknown
        if rule.reliability_at_best and letter != UNKNOWN_LETTER:
            letter = max(letter, rule.reliability_at_best)
        if rule.credibility_at_best and digit != UNKNOWN_DIGIT:
            digit = max(digit, rule.credibility_at_best)
    raised = dict.fromkeys(rule.raise_by for rule in fitting if rule.raise_by)
    return Grade(letter, digit, tuple(dict.fromkeys(because)), tuple(raised))


def _facts(
    claim: Claim, report: Report, standing: Standing, rules: LedgerRules, origins: OriginFinder
) -> Mapping[str, frozenset[str]]:
    speaker: Speaker | None = claim.chain[-1] if claim.chain else None
    keys = {origins.publisher(report.id), *(origins.key(s.key or s.name) for s in claim.chain if s.type == "outlet")}
    through = {name for name, listed in rules.outlets.items() if keys & {origins.key(key) for key in listed}}
    return {
        "speaker": frozenset({speaker.type if speaker is not None else "own-voice"}),
        "named": frozenset({"yes" if speaker is not None and (speaker.name or speaker.key) else "no"}),
        "through": frozenset(through),
        "passage": frozenset({claim.passage}),
        "modality": frozenset({claim.modality}),
        "polarity": frozenset({claim.polarity}),
        "predicate": frozenset({claim.predicate.value}),
        "byline": frozenset({fold_text(report.byline)}),
        "upstream": frozenset({"known" if claim.upstream or not claim.chain else "unknown"}),
        "conflict": frozenset({"yes" if standing.conflict else "no"}),
    }


def _fits(rule: GradeRule, facts: Mapping[str, frozenset[str]], upstreams: int) -> bool:
    for name, wanted in rule.when.items():
        if name == "upstreams":
            if upstreams < int(wanted[0]):
                return False
        elif name == "upstreams_below":
            if upstreams >= int(wanted[0]):
                return False
        elif name == "byline":
            (line,) = facts[name]
            if not _words(wanted).search(line):
                return False
        elif not facts[name] & set(wanted):
            return False
    return True


@lru_cache(maxsize=64)
def _words(words: tuple[str, ...]) -> re.Pattern[str]:
    return whole_words({"": words})


def parse_grade(text: str, by: str = "", because: Sequence[str] = ()) -> Grade:
    """Read a pair such as `C3`.

    Raises:
        InputError: it is none. G, which one taxonomy has for "deliberately deceptive", is no letter of ours and is never mapped to one.
    """
    found = _PAIR.fullmatch(text.strip().upper())
    if found is None:
        if text.strip().upper().startswith("G"):
            raise InputError(
                f"read the grade {text!r}: G (deliberately deceptive) is not on this scale and stands for no other letter; "
                "say it in the note and grade A to F"
            )
        raise InputError(f"read the grade {text!r}, expected a letter A to F and a figure 1 to 6, such as C3")
    return Grade(found[1], int(found[2]), tuple(because), (), by)


def letter_of_misp(predicate: str) -> str | None:
    """Return our letter for a value of the MISP taxonomy's source reliability, None for `g` and anything unknown to us."""
    letter = predicate.strip().upper()
    return letter if len(letter) == 1 and letter in LETTERS else None


def checked_grade(grade: Grade, upstreams: int) -> Grade:
    """Return an analyst's grade where it may be set.

    Raises:
        InputError: credibility 1 (confirmed) without two independent upstreams.
    """
    if grade.credibility == 1 and upstreams < INDEPENDENT:
        raise InputError(
            f"credibility 1 needs at least {INDEPENDENT} independent upstreams; this claim rests on {upstreams}. "
            "Grade it 2 at best, or add a report that does not rest on the same origin"
        )
    return grade


def grade_order(grade: Grade) -> tuple[bool, str, bool, int]:
    """Return a key that sorts better grades first and unknown ones (F, 6) after all known ones, as unknown, not as worst."""
    assert grade.reliability in LETTERS
    assert str(grade.credibility) in DIGITS
    return (
        grade.reliability == UNKNOWN_LETTER,
        grade.reliability,
        grade.credibility == UNKNOWN_DIGIT,
        grade.credibility,
    )
