"""Whether a predicate is affirmed, and how: asserted, hedged, attempted or only possible. All by words that rule over it."""

from __future__ import annotations

from tidewaiter.claims.clauses import Hit, Parsed
from tidewaiter.claims.roles import ABOUT_A_CASE
from tidewaiter.model.claims import LegalStatus, Modality, Polarity, Predicate

OBJECT_REACH = 3  # tokens behind a verb within which "no" negates it: "seized no weapons"
FIRST_REACH = 14  # the same where a verb that mostly ends its clause stands first: "Festgenommen wurde er … nicht"
OF_A_CASE = 3  # words between a step of a case and the act it is about
TRY_REACH = 6  # tokens between "tried to" and what was tried
_SAY_NO = frozenset(
    {Predicate.DENIAL, Predicate.ACQUITTED, Predicate.UNVERIFIED, Predicate.LAW_STATES}
)  # their cues negate
_DOINGS = frozenset({"posted", "exported", "prior-shipment", "purchased", "stored", "copied"})


def polarity_of(hit: Hit, parsed: Parsed) -> Polarity:
    """Return `negated` where an odd number of negating words rules over the predicate."""
    stated = hit.row.values.get("polarity")
    harmless = {at for mark in parsed.of("not_negation") for at in range(mark.first, mark.last)}
    reach = FIRST_REACH if hit.turned and hit.first <= hit.clause[0] + 1 else OBJECT_REACH
    count = 0
    seen = -1
    for mark in parsed.of("negation"):
        if mark.first < seen or mark.first in harmless or _numbers(mark.first, parsed):
            continue
        if hit.predicate == Predicate.DENIAL and mark.first != hit.last:
            continue  # what is denied is often put in the negative: "I never sent a parcel"
        own = hit.first <= mark.first and mark.last <= hit.last
        rules = mark.last > hit.left and mark.first < min(hit.right, hit.last + reach)
        if rules and not (own and hit.predicate in _SAY_NO):
            count += 1
            seen = mark.last
    if not count and hit.predicate not in _SAY_NO:
        count = int(any(hit.left <= m.first < min(hit.right, hit.last + reach) for m in parsed.of("concord")))
    for mark in parsed.of("negation_after"):
        if hit.last <= mark.first < hit.right and mark.first not in harmless:
            count += 1
    negated = count % 2 == 1
    if stated == "negated":
        negated = not negated
    return "negated" if negated else "affirmed"


def _numbers(at: int, parsed: Parsed) -> bool:
    """Return whether "No" stands before a number: "No 833/2014"."""
    tokens = parsed.sentence.tokens
    return tokens[at].low == "no" and at + 1 < len(tokens) and tokens[at + 1].text[:1].isdigit()


def modality_of(hit: Hit, parsed: Parsed) -> Modality:
    """Return how a predicate is put; what its own cue says counts before the words around it."""
    stated = hit.row.values.get("modality")
    if stated in ("asserted", "hedged", "attempted", "hypothetical"):
        return stated  # type: ignore[return-value]
    if _before(hit, parsed, "attempts", TRY_REACH) and str(hit.predicate) in _DOINGS:
        return "attempted"
    hedged = _over(hit, parsed, "hedges") or _alleged(hit, parsed) or _of_a_case(hit, parsed)
    possible = _over(hit, parsed, "hypothetical")
    if possible and not hedged:
        return "hypothetical"
    return "hedged" if hedged else "asserted"


def _alleged(hit: Hit, parsed: Parsed) -> bool:
    """Return whether an act is what somebody is charged with or detained for by the words before it."""
    if str(hit.predicate) not in _DOINGS:
        return False
    last = next((other for other in reversed(parsed.hits) if other.last <= hit.first), None)
    if last is None or last.predicate not in (Predicate.CHARGED, Predicate.DETAINED):
        return False
    return any(last.first <= mark.first and mark.first <= hit.last + 1 for mark in parsed.of("reasons"))


def _of_a_case(hit: Hit, parsed: Parsed) -> bool:
    """Return whether an act is what somebody is held or charged for: "accused of sending scopes"."""
    if str(hit.predicate) not in _DOINGS or hit.voice == "noun":
        return False
    before = [h for h in parsed.hits if h.last <= hit.first and h.clause == hit.clause]
    if not before or before[-1].predicate not in (Predicate.CHARGED, Predicate.DETAINED):
        return False
    between = parsed.sentence.tokens[before[-1].last : hit.first]
    return len(between) <= OF_A_CASE and all(token.is_word for token in between)


def _before(hit: Hit, parsed: Parsed, section: str, reach: int) -> bool:
    return any(
        (hit.first - reach <= mark.first or 0 <= hit.frame <= mark.first)
        and mark.first < hit.last
        and mark.last >= hit.left
        and mark.first >= hit.clause[0]
        for mark in parsed.of(section)
        if mark.first < hit.first or mark.last <= hit.last
    )


def _over(hit: Hit, parsed: Parsed, section: str) -> bool:
    """Return whether a word of a section stands between the predicate before and this one's own words, or right behind it.

    A hedge behind a step of a case is of what it is for ("arrested for allegedly storing"). A governing verb earlier in the sentence ("investigators believe that …") rules as long as no other predicate stands between.
    """
    floor = 0 if hit.left == hit.clause[0] and not any(h.last <= hit.first for h in parsed.hits) else hit.left
    if parsed.shaped:
        if section == "hedges" and hit.predicate == Predicate.STATED and "goods" not in hit.row.values:
            return any(
                floor <= mark.first and mark.last <= hit.first for mark in parsed.of(section)
            )  # "claimed" asserts
        behind = hit.last if section == "hedges" and hit.predicate in ABOUT_A_CASE else min(hit.last + 2, hit.right)
        return any(floor <= mark.first < hit.last or hit.last <= mark.first < behind for mark in parsed.of(section))
    if hit.frame >= 0:
        floor = min(floor, hit.frame)
    tokens = parsed.sentence.tokens
    near = 1 if hit.last < len(tokens) and tokens[hit.last].text == "," else 2
    if near == 1 and any(
        m.first == hit.last + 1 and tokens[m.last : m.last + 1] and tokens[m.last].text == ","
        for m in parsed.of(section)
    ):
        near = 2  # "se compraron, al parecer, en Avito"
    step = bool(hit.row.values.get("status"))  # "accused of", "held on suspicion of" are the step of the case itself
    harmless = {at for mark in parsed.of("not_hedges") for at in range(mark.first, mark.last)}
    return any(
        floor <= mark.first < hit.last or hit.last <= mark.first < min(hit.last + near, hit.right)
        for mark in parsed.of(section)
        if section != "hedges" or (mark.first not in harmless and not (step and hit.first <= mark.first))
    )


def status_of(hit: Hit, parsed: Parsed, polarity: Polarity, modality: Modality) -> LegalStatus | None:
    """Return the legal status that a claim asserts: the cue's, unless it is denied or only possible."""
    stated = hit.row.values.get("status")
    if not stated or polarity == "negated" or modality in ("hypothetical", "attempted"):
        return None
    if hit.predicate == Predicate.CHARGED and _over(hit, parsed, "suspicion"):
        return LegalStatus.SUSPECTED
    return LegalStatus(stated)


__all__ = ["modality_of", "polarity_of", "status_of"]
