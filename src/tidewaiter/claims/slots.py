"""Where the claims of two texts about one event exclude each other: which slot, and the two claims that show it.

Texts are compared as sets: two texts differ in a slot only where nothing that the one says of it fits anything the other says,
so that a text that tells parts, or an earlier and a later day, makes no false conflict.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import partial
from typing import TypeVar

from tidewaiter.claims.sameness import (
    Answer,
    Kinds,
    ages_same,
    days_apart,
    designator_key,
    names_same,
    places_same,
    quantities_same,
    times_same,
)
from tidewaiter.claims.stated_apart import (
    NOTHING_STATED,
    Apart,
    Stated,
    ages_apart,
    counts_apart,
    goods_apart,
    sums_apart,
)
from tidewaiter.claims.stated_text import nearest
from tidewaiter.claims.units import FAMILIES
from tidewaiter.model.claims import Claim, GoodsMention, Mention, Place, Predicate, Quantity, Stamp
from tidewaiter.text.fold import fold_text
from tidewaiter.text.stems import stems
from tidewaiter.text.terms import plain_words

T = TypeVar("T")
ONE_OCCASION = 60  # days


# What is sent has a way, and the steps of a case are taken where the authority sits.
_AT_A_PLACE = frozenset({Predicate.SEIZED, Predicate.FOUND, Predicate.SEARCHED, Predicate.DETAINED, Predicate.STORED})
_FIGURES = frozenset({Predicate.FIGURE_STATED, Predicate.GOODS_ARE})


@dataclass(frozen=True, slots=True)
class Text:
    """The claims that one text makes about one event, in the order of the text."""

    document: str
    published: date | None
    claims: tuple[Claim, ...]
    stated: Stated = NOTHING_STATED
    reported: frozenset[date] = frozenset()  # days on which earlier texts of the event appeared

    def only(self, headline: bool) -> Text:
        """Return the text with its headline's claims alone, or without them."""
        claims = tuple(c for c in self.claims if (c.passage == "headline") == headline)
        return replace(self, claims=claims)

    def part(self, headline: bool) -> Text:
        """Return the headline or the body as if it were a text of its own, with what it alone states."""
        facts = tuple(f for f in self.stated.facts if (f.passage == "headline") == headline)
        return replace(self.only(headline), stated=replace(self.stated, facts=facts))

    def difference(self, apart: Apart, other: Text) -> Difference:
        """Return a difference of facts as one of the claims that stand nearest to them."""
        left, right = nearest(apart.left, self.claims), nearest(apart.right, other.claims)
        spans = ((apart.left.start, apart.left.end), (apart.right.start, apart.right.end))
        return Difference(apart.slot, left, right, apart.because, *spans)

    @property
    def body(self) -> Text:
        """The text without its headline, or the headline where that is all there is."""
        return self.only(False) if any(c.passage != "headline" for c in self.claims) else self


@dataclass(frozen=True, slots=True)
class Difference:
    """A slot in which two claims exclude each other, with what each says, and where the words of it stand if not in the quotes."""

    slot: str
    left: Claim
    right: Claim
    because: str
    left_at: tuple[int, int] | None = None
    right_at: tuple[int, int] | None = None


def differences(left: Text, right: Text, kinds: Kinds) -> list[Difference]:
    """Return the slots in which two texts about one event exclude each other, each once a predicate."""
    found = [left.difference(d, right) for d in _facts_apart(left.stated, right.stated, kinds)]
    if left.document != right.document and not _met(
        _sent(left), _sent(right), left.stated.says_country, right.stated.says_country, lambda c: c.route.destination
    ):
        found += _stated(
            "route", _sent(left), _sent(right), lambda c: c.route.destination, _other_country, lambda p: p.text
        )
    for predicate in sorted({c.predicate for c in left.claims} & {c.predicate for c in right.claims}):
        if predicate not in FAMILIES or predicate is Predicate.PRIOR_SHIPMENT:
            continue
        one = [c for c in left.claims if c.predicate == predicate]
        other = [c for c in right.claims if c.predicate == predicate]
        if FAMILIES[predicate] != "case":  # "not charged" and later "charged" is a case that moves on
            firm = [
                [c for c in claims if c.polarity == "negated" or not text.stated.denies(c)]
                for text, claims in ((left, one), (right, other))
            ]
            found += _polarity(firm[0], firm[1], kinds)
        one, other = _affirmed(one), _affirmed(other)
        if not _met(one, other, left.stated.says_day, right.stated.says_day, lambda c: c.time):
            days = partial(_day_of, left.reported | right.reported)
            found += _stated("date", one, other, days, _near_times, _stamp)
        if predicate in _AT_A_PLACE and not _met(
            one, other, left.stated.says_place, right.stated.says_place, lambda c: c.place
        ):
            found += _stated("place", one, other, lambda c: c.place, _same_level, lambda p: p.text)
    return found


def _facts_apart(left: Stated, right: Stated, kinds: Kinds) -> list[Apart]:
    return [*ages_apart(left, right), *counts_apart(left, right, kinds), *sums_apart(left, right)]


def headlines_apart(left: Text, right: Text, kinds: Kinds) -> list[Difference]:
    """Return what a headline of one text names and the body of the other denies."""
    if left is right:
        return [left.difference(d, right) for d in goods_apart(left.stated, right.stated, kinds)]
    for one, other in ((left, right), (right, left)):
        if not goods_apart(one.stated, one.stated, kinds):  # else it is shown inside that text
            found = [one.difference(d, other) for d in goods_apart(one.stated, other.stated, kinds)]
            if found:
                return found
    return []


def voices_apart(left: Text, right: Text, kinds: Kinds, known: set[str]) -> list[Difference]:
    """Return the numbers in which one speaker excludes another, where the texts as wholes do not: each tells both sides.

    Only speakers who can be told from each other are set against each other; what a text says in its own voice is left out.

    Args:
        left: one text.
        right: the other, or the same for speakers inside one text.
        kinds: relations of kinds of goods.
        known: slots in which the texts differ already.
    """
    if "quantity" in known:
        return []
    mine, theirs = _by_voice(left), _by_voice(right)
    for one, other in ((a, b) for a in sorted(mine) for b in sorted(theirs) if a != b):
        if left is right and one > other:
            continue
        for predicate in sorted({c.predicate for c in mine[one]} & {c.predicate for c in theirs[other]}):
            said = [[c for c in _counting(voices) if c.predicate == predicate] for voices in (mine[one], theirs[other])]
            found = _quantities(said[0], said[1], kinds)
            if found:
                return found
    return []


def new_number(later: Text, earlier: Text, kinds: Kinds) -> list[Difference]:
    """Return the first number of the later text that fits no like number of the earlier one, though it may repeat that one too."""
    before = [n for c in _counting(earlier.claims) for n in counted(c)]
    for claim in _counting(later.claims):
        for number in counted(claim):
            alike = [b for b in before if b.quantity.unit == number.quantity.unit and _alike(b, number, kinds, False)]
            if alike and all(quantities_same(b.quantity, number.quantity) is False for b in alike):
                words = f"{_number(number.quantity)} here, {_number(alike[0].quantity)} there"
                return [Difference("quantity", claim, alike[0].claim, words)]
    return []


def _by_voice(text: Text) -> dict[str, list[Claim]]:
    """The claims of a text by who says them: the innermost speaker's body or name, else what kind of speaker it is."""
    found: dict[str, list[Claim]] = {}
    for claim in text.claims:
        if claim.chain:
            last = claim.chain[-1]
            found.setdefault(claim.upstream.partition("/")[0] or last.key or f"{last.type}:", []).append(claim)
    return found


def _met(
    one: Sequence[Claim],
    other: Sequence[Claim],
    left_says: Callable[[T], bool],
    right_says: Callable[[T], bool],
    take: Callable[[Claim], T | None],
) -> bool:
    """Whether what a claim of one text states stands anywhere in the other text too."""
    mine, theirs = ([x for c in claims if (x := take(c)) is not None] for claims in (one, other))
    return any(map(right_says, mine)) or any(map(left_says, theirs))


def _day_of(reported: frozenset[date], claim: Claim) -> Stamp | None:
    """The day of what happened, not that on which an earlier text appeared ("our report of 4 March")."""
    stamp = claim.time
    return stamp if stamp.precision in ("day", "part-of-month", "month") and stamp.first not in reported else None


def _near_times(left: Stamp, right: Stamp) -> Answer:
    """Days that lie months apart are those of two occasions, not two tellings of one."""
    gap = days_apart(left, right)
    return times_same(left, right) if gap is None or gap <= ONE_OCCASION else None


def _same_level(left: Place, right: Place) -> Answer:
    """Places of one precision may exclude each other; a country beside a city of another may be the way or the end of it."""
    return places_same(left, right) if left.precision == right.precision else None


def _sent(text: Text) -> list[Claim]:
    return [c for c in _affirmed(text.claims) if FAMILIES.get(c.predicate) == "sent"]


def _other_country(left: Place, right: Place) -> Answer:
    """Goods go over many places; only another country of destination is another destination."""
    return False if left.country and right.country and left.country != right.country else None


def _counting(claims: Iterable[Claim]) -> list[Claim]:
    """The claims whose numbers may be of the goods of the event: what was sent, found or taken, and figures beside it."""
    return [
        c
        for c in _affirmed(claims)
        if FAMILIES.get(c.predicate, "case" if c.predicate not in _FIGURES else "") != "case"
        and c.predicate is not Predicate.PRIOR_SHIPMENT
    ]


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
    words: frozenset[str]
    head: frozenset[str]


def counted(claim: Claim) -> list[_Counted]:
    """Return the numbers of a claim, each with the goods it counts."""
    found = [_counted(claim, g.quantity, (g,)) for g in claim.goods if g.quantity is not None]
    if claim.quantity is not None and not any(c.quantity == claim.quantity for c in found):
        found.append(_counted(claim, claim.quantity, claim.goods))
    return found


def _counted(claim: Claim, quantity: Quantity, goods: Sequence[GoodsMention]) -> _Counted:
    model = designator_key(goods[0].designator) if len(goods) == 1 else ""
    kinds = tuple(dict.fromkeys(k for g in goods for k in g.concepts))
    named = [[w for w in plain_words(fold_text(g.text)) if len(w) > 3 and w.isalpha()] for g in goods]
    words = frozenset(stem for row in named for word in row for stem in stems(word))
    head = frozenset(stem for row in named if row for stem in stems(row[-1]))
    return _Counted(claim, quantity, kinds, model, words, head)


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
    if left.words & right.words:  # one language: "14 thermal devices" are not "9 thermal monoculars"
        return same is not False and bool(left.head & right.head)
    return same is True or (same is None and alone and bool(left.kinds) == bool(right.kinds))


def _adds_up(parts: Sequence[_Counted], total: _Counted) -> bool:
    """Return whether what one text tells in parts is what the other gives as one number."""
    alike = [p for p in parts if p.quantity.unit == total.quantity.unit and p.quantity.value != total.quantity.value]
    distinct = {(p.kinds, p.model): p.quantity.value for p in alike}
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
        shared = [[k for g in c.goods for k in g.concepts] for c in (left, right)]
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
    names = [{m.name for c in t.claims for m in (c.subject, c.object) if m is not None} for t in (left, right)]
    pairs = [(a, b, x, y) for a, b, x, y in pairs if not _namesake(x, y, names[1]) and not _namesake(y, x, names[0])]
    answers = [ages_same(x, y, left.published, right.published) for _, _, x, y in pairs]
    if not answers or any(answer is not False for answer in answers):
        return []
    a, b, x, y = pairs[0]
    return [Difference("age", a, b, f"{age_words(x)} here, {age_words(y)} there, of what may be one person")]


def _namesake(one: Mention, other: Mention, beside: set[str]) -> bool:
    """Return whether a text has somebody of the very name of `one` beside `other`, who is named otherwise: then that is another person."""
    return " " in one.name and bool(other.name) and other.name != one.name and one.name in beside


def age_words(mention: Mention) -> str:
    """Return what is said of a person's age."""
    return f"age {mention.age}" if mention.age is not None else f"born {mention.birth_year}"
