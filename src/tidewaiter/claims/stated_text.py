"""What a text states of one event, of the facts read from it and of the slots of its claims; and the claim nearest to a fact."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from tidewaiter.claims.facts import Fact
from tidewaiter.claims.stated_apart import Stated
from tidewaiter.claims.units import FAMILIES
from tidewaiter.model.claims import Claim, GoodsMention, Predicate, Quantity, Report
from tidewaiter.text.fold import fold_text

_VALUED = frozenset({Predicate.SEIZED, Predicate.POSTED, Predicate.EXPORTED})
_FIGURES = frozenset({Predicate.FIGURE_STATED, Predicate.GOODS_ARE})


def stated_of(report: Report, claims: Sequence[Claim], facts: Sequence[Fact], worth: re.Pattern[str]) -> Stated:
    """Return what a text states of an event.

    Args:
        report: the text.
        claims: its claims about the event, in their order.
        facts: the facts read from it that stand by these claims.
        worth: finds, in folded text, words of what something is worth.
    """
    made = [f for claim in claims for f in _of_claim(claim) if not _known(f, facts)]
    every = tuple(sorted((*facts, *made), key=lambda f: (f.start, f.end, f.kind)))
    told: dict[int, frozenset[str]] = {}
    for first, last in dict.fromkeys((f.first, f.last) for f in every):
        inside = [c for c in claims if c.start < last and first < c.end]
        told[first] = frozenset(_acts(inside, report.text[first:last], worth))
    return Stated(report.published.first, report.language, every, told)


def _acts(claims: Iterable[Claim], sentence: str, worth: re.Pattern[str]) -> Iterator[str]:
    for claim in claims:
        family = FAMILIES.get(claim.predicate)
        if family is not None:
            yield "case" if family == "case" else "goods"
            if claim.value is not None and claim.predicate in _VALUED:
                yield "worth"
    if worth.search(fold_text(sentence)):
        yield "worth"


def _of_claim(claim: Claim) -> Iterator[Fact]:
    """The facts that the slots of a claim hold."""
    denied = claim.polarity == "negated" or claim.modality == "hypothetical"
    prior = claim.predicate is Predicate.PRIOR_SHIPMENT
    family = FAMILIES.get(claim.predicate)
    if family is not None:
        for mention in (claim.subject, claim.object):
            if mention is not None and mention.kind == "person" and (mention.age is not None or mention.birth_year):
                yield Fact("age", mention.start, mention.end, claim.start, claim.end, claim.passage, person=mention)
    if family is not None or claim.predicate in _FIGURES:
        for thing in claim.goods:
            yield Fact(
                "goods", thing.start, thing.end, claim.start, claim.end, claim.passage, denied, prior, goods=thing
            )
    if family == "case" or (family is None and claim.predicate not in _FIGURES):
        return
    for quantity, counted in _counts(claim):
        span = (quantity.start, quantity.end) if quantity.start is not None else (claim.start, claim.end)
        yield Fact(
            "count", span[0] or claim.start, span[1] or claim.end, claim.start, claim.end, claim.passage, denied, prior,
            quantity=quantity, goods=counted,
        )  # fmt: skip
    if claim.value is not None:
        yield Fact(
            "money", claim.start, claim.end, claim.start, claim.end, claim.passage, denied, prior, quantity=claim.value
        )


def _counts(claim: Claim) -> Iterator[tuple[Quantity, GoodsMention | None]]:
    own = [(g.quantity, g) for g in claim.goods if g.quantity is not None]
    yield from own
    if claim.quantity is not None and not any(q.value == claim.quantity.value for q, _ in own):
        yield claim.quantity, claim.goods[0] if len(claim.goods) == 1 else None


def _known(fact: Fact, facts: Iterable[Fact]) -> bool:
    """Whether a fact that was read says what one of a claim says, in the same place."""
    return any(
        f.kind == fact.kind and f.start < fact.last and fact.first < f.end and _says_the_same(f, fact) for f in facts
    )


def _says_the_same(one: Fact, other: Fact) -> bool:
    if one.person is not None and other.person is not None:
        return one.person.age == other.person.age
    if one.kind == "goods":
        return one.start < other.end and other.start < one.end
    return one.quantity is not None and other.quantity is not None and one.quantity.value == other.quantity.value


def nearest(fact: Fact, claims: Sequence[Claim]) -> Claim:
    """Return the claim by which a fact is shown: the narrowest that holds it, else one of its sentence, else the nearest.

    Args:
        fact: the fact.
        claims: at least one claim of its document.
    """
    return min(claims, key=lambda c: (not c.start <= fact.start < c.end, _gap(fact, c), c.end - c.start, c.start, c.id))


def _gap(fact: Fact, claim: Claim) -> int:
    if claim.start < fact.last and fact.first < claim.end:
        return 0
    return max(claim.start - fact.last, fact.first - claim.end)


__all__ = ["nearest", "stated_of"]
