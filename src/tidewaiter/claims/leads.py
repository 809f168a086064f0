"""When a claim may become a lead, and what the words of a lead may not say. A lead looks for goods, never for people."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import timedelta

from tidewaiter.claims.ledger_words import whole_words
from tidewaiter.model import InputError
from tidewaiter.model.claims import Claim, Predicate
from tidewaiter.model.leads import Lead
from tidewaiter.model.ledger import SetGrade, Verification
from tidewaiter.text.fold import fold_text

LONGEST = timedelta(days=366)
SHORTEST_WORDING = 4
MOST = 50
_COUNTRY = re.compile(r"[A-Z]{2}")


def check_source(claim: Claim, grade: SetGrade | None, verification: Verification | None) -> None:
    """Check that a claim may become a lead: a person graded or verified it, and it asserts something of goods.

    Raises:
        InputError: it may not; says why and what to do.
    """
    if claim.predicate is Predicate.GENERALISATION:
        raise InputError(
            f"{claim.id}: a generalisation about a nation or group stays its speaker's; it becomes no lead"
        )
    if claim.polarity == "negated":
        raise InputError(f"{claim.id}: it says that something is not so; there is nothing to look for")
    if verification is not None and verification.result == "refuted":
        raise InputError(f"{claim.id}: {verification.by} refuted it ({verification.method})")
    if grade is not None and (grade.grade.reliability == "E" or grade.grade.credibility == 5):
        raise InputError(
            f"{claim.id}: {grade.grade.by} graded it {grade.grade}; what is held to be improbable or unreliable is no lead"
        )
    if grade is None and (verification is None or verification.result != "confirmed"):
        raise InputError(
            f"{claim.id}: nobody has graded or confirmed it; a suggestion is no grade. "
            "Use `tidewaiter report grade` or `tidewaiter report verify` first"
        )


def check_lead(lead: Lead, groups: Mapping[str, Iterable[str]], names: Iterable[str], concepts: Iterable[str]) -> None:
    """Check what a lead says.

    Args:
        lead: as it would be made.
        groups: words for nations, peoples, faiths and groups, by language.
        names: names of persons in the claim's document.
        concepts: known concept ids.

    Raises:
        InputError: it matches nothing, has no proper end, names no known goods, or names people.
    """
    if not lead.concepts and not lead.wordings:
        raise InputError(
            "a lead needs goods (--concept) or a wording (--wording); a route or a method alone matches everybody"
        )
    if not lead.since <= lead.until <= lead.since + LONGEST:
        raise InputError(
            f"read the end {lead.until}, expected a day from {lead.since} to {lead.since + LONGEST}: at most a year"
        )
    if len(lead.concepts) + len(lead.wordings) > MOST:
        raise InputError(f"a lead has at most {MOST} concepts and wordings together")
    known = set(concepts)
    for concept in lead.concepts:
        if concept not in known:
            raise InputError(f"{concept}: no kind of goods of the packs; `tidewaiter goods classify` names them")
    for wording in lead.wordings:
        if len(re.sub(r"\W", "", wording)) < SHORTEST_WORDING:
            raise InputError(
                f"the wording {wording!r} is too short to look for; give at least {SHORTEST_WORDING} letters"
            )
    for code in (lead.origin, lead.destination):
        if code and not _COUNTRY.fullmatch(code):
            raise InputError(f"read the country {code!r}, expected two letters such as CN, or nothing")
    for what, text in (*(("wording", w) for w in lead.wordings), ("method", lead.method), ("reason", lead.why)):
        check_words(what, text, groups, names)


def check_words(what: str, text: str, groups: Mapping[str, Iterable[str]], names: Iterable[str]) -> None:
    """Check that a text names no nation, people, faith or group of persons, and nobody of the report.

    Raises:
        InputError: it does; the word is named.
    """
    folded = fold_text(text)
    found = whole_words(groups).search(folded)
    if found is not None:
        raise InputError(
            f"the {what} {text!r} names a group of persons ({found[0]!r}); a lead names goods, wordings, methods and routes. "
            "Say what the goods are, and where they go by --route"
        )
    for name in names:
        for part in fold_text(name).split():
            if len(part) >= 4 and re.search(rf"(?<!\w){re.escape(part)}(?!\w)", folded):
                raise InputError(
                    f"the {what} {text!r} names a person of the report ({part!r}); a lead looks for goods, not for people"
                )


def route_of(text: str) -> tuple[str, str]:
    """Read a route such as `RU-CN`; either side may be empty.

    Raises:
        InputError: it is none.
    """
    origin, dash, destination = text.strip().upper().partition("-")
    if text and (not dash or not (origin or destination)):
        raise InputError(f"--route: read {text!r}, expected two country codes such as RU-CN, RU- or -CN")
    return origin, destination
