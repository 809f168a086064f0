"""Where the claims of two texts about one event exclude each other: which slot, and the two claims that show it.

Texts are compared as sets: two texts differ in a slot only where nothing that the one says of it fits anything the other says,
so that a text that tells parts, or an earlier and a later day, makes no false conflict.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TypeVar

from tidewaiter.claims.sameness import (
    Answer,
    Kinds,
    ages_same,
    designator_key,
    names_same,
    places_same,
    quantities_same,
    times_same,
)
from tidewaiter.claims.units import FAMILIES
from tidewaiter.model.claims import Claim, GoodsMention, Mention, Predicate, Quantity

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Text:
    """The claims that one text makes about one event, in the order of the text."""

    document: str
    published: date | None
    claims: tuple[Claim, ...]

    def only(self, headline: bool) -> Text:
        """Return the text with its headline's claims alone, or without them."""
        return Text(
            self.document, self.published, tuple(c for c in self.claims if (c.passage == "headline") == headline)
        )

    @property
    def body(self) -> Text:
        """The text without its headline, or the headline where that is all there is."""
        return self.only(False) if any(c.passage != "headline" for c in self.claims) else self


@dataclass(frozen=True, slots=True)
class Difference:
    """A slot in which two claims exclude each other, with what each says."""

    slot: str
    left: Claim
    right: Claim
    because: str


def differences(left: Text, right: Text, kinds: Kinds) -> list[Difference]:
    """Return the slots in which two texts about one event exclude each other, each once a predicate."""
    found = _ages(left, right)
    for predicate in sorted({c.predicate for c in left.claims} & {c.predicate for c in right.claims}):
        if predicate not in FAMILIES or predicate is Predicate.PRIOR_SHIPMENT:
            continue
        one = [c for c in left.claims if c.predicate == predicate]
        other = [c for c in right.claims if c.predicate == predicate]
        found += _polarity(one, other, kinds)
        one, other = _affirmed(one), _affirmed(other)
        found += _quantities(one, other, kinds)
        found += _stated("value", one, other, lambda c: c.value, lambda a, b: quantities_same(a, b, True), _number)
        found += _stated("date", one, other, lambda c: c.time if c.time.first else None, times_same, _stamp)
        found += _stated("place", one, other, lambda c: c.place, places_same, lambda p: p.text)
    return found


def _affirmed(claims: Iterable[Claim]) -> list[Claim]:
    return [c for c in claims if c.polarity == "affirmed" and c.modality != "hypothetical"]


def _stated(
    slot: str,
    one: Sequence[Claim],
    other: Sequence[Claim],
    take: Callable[[Claim], T | None],
    same: Callable[[T, T], Answer],
    words: Callable[[T], str],
) -> list[Difference]:
    pairs = [(a, b, x, y) for a in one for b in other if (x := take(a)) is not None and (y := take(b)) is not None]
    if not pairs or any(same(x, y) is not False for _, _, x, y in pairs):
        return []
    a, b, x, y = pairs[0]
    return [Difference(slot, a, b, f"{words(x)} here, {words(y)} there")]


def _stamp(stamp: object) -> str:
    first, last = getattr(stamp, "first", None), getattr(stamp, "last", None)
    return f"{first}" if first == last else f"{first} to {last}"


def _number(quantity: Quantity) -> str:
    upper = f" to {quantity.upper}" if quantity.upper is not None else ""
    return f"{'about ' if quantity.about else ''}{quantity.value}{upper} {quantity.unit}"


@dataclass(frozen=True, slots=True)
class _Counted:
    claim: Claim
    quantity: Quantity
    kinds: tuple[str, ...]
    model: str


def counted(claim: Claim) -> list[_Counted]:
    """Return the numbers of a claim, each with the goods it counts."""
    found = [_counted(claim, g.quantity, (g,)) for g in claim.goods if g.quantity is not None]
    if claim.quantity is not None and not any(c.quantity == claim.quantity for c in found):
        found.append(_counted(claim, claim.quantity, claim.goods))
    return found


def _counted(claim: Claim, quantity: Quantity, goods: Sequence[GoodsMention]) -> _Counted:
    model = designator_key(goods[0].designator) if len(goods) == 1 else ""
    return _Counted(claim, quantity, tuple(dict.fromkeys(k for g in goods for k in g.concepts[:1])), model)


def _quantities(one: Sequence[Claim], other: Sequence[Claim], kinds: Kinds) -> list[Difference]:
    mine, theirs = [n for c in one for n in counted(c)], [n for c in other for n in counted(c)]
    alone = len(mine) == 1 and len(theirs) == 1
    pairs = [(a, b) for a in mine for b in theirs if _alike(a, b, kinds, alone) and a.quantity.unit == b.quantity.unit]
    if not pairs or any(quantities_same(a.quantity, b.quantity) is not False for a, b in pairs):
        return []
    a, b = pairs[0]
    if _adds_up(mine, b) or _adds_up(theirs, a):
        return []
    return [Difference("quantity", a.claim, b.claim, f"{_number(a.quantity)} here, {_number(b.quantity)} there")]


def _alike(left: _Counted, right: _Counted, kinds: Kinds, alone: bool) -> bool:
    if left.model and right.model:
        return left.model == right.model
    same = kinds.same(left.kinds, right.kinds)
    return same is True or (same is None and alone and bool(left.kinds) == bool(right.kinds))


def _adds_up(parts: Sequence[_Counted], total: _Counted) -> bool:
    """Return whether what one text tells in parts is what the other gives as one number."""
    distinct = {(p.kinds, p.model): p.quantity.value for p in parts if p.quantity.unit == total.quantity.unit}
    return len(distinct) > 1 and sum(distinct.values(), Decimal(0)) == total.quantity.value


def _polarity(one: Sequence[Claim], other: Sequence[Claim], kinds: Kinds) -> list[Difference]:
    for yes, no, turned in ((one, other, False), (other, one, True)):
        affirmed = [c for c in yes if c.polarity == "affirmed" and c.modality in ("asserted", "hedged")]
        negated = [c for c in no if c.polarity == "negated" and c.modality in ("asserted", "hedged")]
        for a in affirmed:
            for b in negated:
                both_say = any(c.polarity == "affirmed" and _one_matter(c, a, kinds) for c in no)
                if _one_matter(a, b, kinds) and not both_say:
                    left, right = (b, a) if turned else (a, b)
                    return [
                        Difference(
                            "polarity", left, right, f"{a.predicate} is affirmed in one and negated in the other"
                        )
                    ]
    return []


def _one_matter(left: Claim, right: Claim, kinds: Kinds) -> bool:
    """Return whether two claims of one predicate speak of the same goods, or of the same person where neither names goods."""
    if left.goods or right.goods:
        models = [{designator_key(g.designator) for g in c.goods if g.designator} for c in (left, right)]
        shared = [[k for g in c.goods for k in g.concepts[:1]] for c in (left, right)]
        return bool(models[0] & models[1]) or kinds.same(*shared) is True
    return FAMILIES[left.predicate] == "case" and names_same(name_of(left), name_of(right)) is not False


def name_of(claim: Claim) -> str:
    """Return the proper name of a claim's subject, empty without."""
    return claim.subject.name if claim.subject is not None else ""


def aged(text: Text) -> list[tuple[Claim, Mention]]:
    """Return the persons of what happened whose age or year of birth a text gives."""
    return [
        (claim, mention)
        for claim in text.claims
        if claim.predicate in FAMILIES
        for mention in (claim.subject, claim.object)
        if mention is not None
        and mention.kind == "person"
        and (mention.age is not None or mention.birth_year is not None)
    ]


def _ages(left: Text, right: Text) -> list[Difference]:
    pairs = [(a, b, x, y) for a, x in aged(left) for b, y in aged(right) if names_same(x.name, y.name) is not False]
    answers = [ages_same(x, y, left.published, right.published) for _, _, x, y in pairs]
    if not answers or any(answer is not False for answer in answers):
        return []
    a, b, x, y = pairs[0]
    return [Difference("age", a, b, f"{age_words(x)} here, {age_words(y)} there, of what may be one person")]


def age_words(mention: Mention) -> str:
    """Return what is said of a person's age."""
    return f"age {mention.age}" if mention.age is not None else f"born {mention.birth_year}"
