"""Where two texts of one event, or two places of one text, state what cannot both be so: ages, counts and sums.

What both say alike is set aside first; so is a number that parts of the other text add up to. Only what is then left over on both sides, of
one person or one kind of thing, is a difference: a text that tells more than the other contradicts nobody.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from itertools import combinations

from tidewaiter.claims.facts import Fact
from tidewaiter.claims.sameness import (
    Kinds,
    ages_same,
    designator_key,
    names_same,
    places_same,
    quantities_same,
    times_same,
)
from tidewaiter.model.claims import Claim, Mention, Place, Quantity, Stamp
from tidewaiter.text.fold import fold_text
from tidewaiter.text.stems import stems
from tidewaiter.text.terms import plain_words

MOST_PARTS = 8  # numbers of a text of which sums are made
YEARS = 15  # two ages further apart are those of two persons, unless words tie them
FEW_YEARS = 5  # the same where a text tells of several persons
TIMES = 12  # two counts further apart are of two things: a lost nought is ten times
DOZEN = 12


@dataclass(frozen=True)
class Stated:
    """The facts of one text about one event. `told` has by where a sentence begins what it tells: of `goods` that were sent, found or taken, of a
    `case`, of what something is `worth`."""

    published: date | None
    language: str
    facts: tuple[Fact, ...]
    told: Mapping[int, frozenset[str]]

    def acts(self, fact: Fact) -> frozenset[str]:
        """Return what the sentence of a fact tells."""
        return self.told.get(fact.first, frozenset())

    def denies(self, claim: Claim) -> bool:
        """Return whether the text says of the goods of an affirmed claim that they were not there."""
        spans = [(g.start, g.end) for g in claim.goods]
        denied = [f for f in self.facts if f.kind == "goods" and f.denied]
        return any(f.start < end and start < f.end for f in denied for start, end in spans)

    def says_day(self, stamp: Stamp) -> bool:
        """Return whether the text names a day anywhere."""
        return any(f.stamp is not None and times_same(f.stamp, stamp) is True for f in self.of("day"))

    def says_place(self, place: Place) -> bool:
        """Return whether the text names a place anywhere."""
        return any(places_same(f.place, place) is True for f in self.of("place"))

    def says_country(self, place: Place) -> bool:
        """Return whether the text names the country of a place, or somewhere in it."""
        return bool(place.country) and any(
            f.place is not None and f.place.country == place.country for f in self.of("place")
        )

    @cached_property
    def denied(self) -> frozenset[tuple[str, Decimal]]:
        """The numbers that the text says are wrong, by unit: "400, not 4,000". They are wrong wherever it repeats them."""
        return frozenset((f.quantity.unit, f.quantity.value) for f in self.facts if f.denied and f.quantity is not None)

    def of(self, kind: str, headline: bool | None = None) -> list[Fact]:
        """Return the facts of a kind that the text does not deny; of the headline or the body alone where asked."""
        return [
            f
            for f in self.facts
            if f.kind == kind
            and not f.denied
            and (headline is None or (f.passage == "headline") == headline)
            and (f.quantity is None or (f.quantity.unit, f.quantity.value) not in self.denied)
        ]


NOTHING_STATED = Stated(None, "", (), {})


@dataclass(frozen=True, slots=True)
class Apart:
    """Two facts that exclude each other, in which slot, and in words."""

    slot: str
    left: Fact
    right: Fact
    because: str


def ages_apart(left: Stated, right: Stated) -> list[Apart]:
    """Return the first pair of ages that are left over for what may be one person."""
    mine, theirs = _distinct(left.of("age")), _distinct(right.of("age"))

    def same(a: Fact, b: Fact) -> bool:
        return (
            _mention(a) is not None
            and ages_same(_mention(a), _mention(b), left.published, right.published) is not False
        )

    one = [a for a in mine if not any(same(a, b) for b in theirs)]
    other = [b for b in theirs if not any(same(a, b) for a in mine)]
    one = one or [
        a for a in mine if _mention(a).age is not None and ("piece", Decimal(_mention(a).age or 0)) in right.denied
    ]
    other = other or [
        b for b in theirs if _mention(b).age is not None and ("piece", Decimal(_mention(b).age or 0)) in left.denied
    ]
    pairs = [(a, b) for a in one for b in other if _one_person(a, b, len(one) == 1 and len(other) == 1, left, right)]
    if not pairs:
        return []
    a, b = min(pairs, key=lambda p: (not _tied(*p), _years(*p), p[0].start, p[1].start))
    return [Apart("age", a, b, f"{_age(a)} here, {_age(b)} there, of what may be one person")]


def _mention(fact: Fact) -> Mention:
    assert fact.person is not None  # by its kind
    return fact.person


def _distinct(facts: Iterable[Fact]) -> list[Fact]:
    """One fact of each age, the one with a name first."""
    found: dict[tuple[int | None, int | None], Fact] = {}
    for fact in sorted(facts, key=lambda f: (not _mention(f).name, f.start)):
        found.setdefault((_mention(fact).age, _mention(fact).birth_year), fact)
    return list(found.values())


def _tied(a: Fact, b: Fact) -> bool:
    """Whether the same name or the same noun is in both."""
    x, y = _mention(a), _mention(b)
    return names_same(x.name, y.name) is True or (bool(x.head) and x.head == y.head)


def _years(a: Fact, b: Fact) -> int:
    x, y = _mention(a).age, _mention(b).age
    return abs(x - y) if x is not None and y is not None else 0


def _one_person(a: Fact, b: Fact, alone: bool, left: Stated, right: Stated) -> bool:
    if names_same(_mention(a).name, _mention(b).name) is False:
        return False
    if names_same(_mention(a).name, _mention(b).name) is True:
        return _years(a, b) <= FEW_YEARS or not (_two_bearers(a, b, right) or _two_bearers(b, a, left))
    concerned, both = bool(left.acts(a)) or bool(right.acts(b)), bool(left.acts(a)) and bool(right.acts(b))
    return ((concerned or alone) and _years(a, b) <= (YEARS if alone else FEW_YEARS)) or (alone and both)


def _two_bearers(a: Fact, b: Fact, text: Stated) -> bool:
    """Whether the text of `b` has the name of `a` in another form beside that of `b`: of ages far apart one is then a namesake's."""
    names = {f.person.name for f in text.facts if f.kind in ("name", "age") and f.person is not None}
    forms = {name for name in names if " " in name and names_same(name, _mention(a).name) is True}
    return len({len(name.split()) for name in forms | {_mention(b).name}}) > 1


def _age(fact: Fact) -> str:
    mention = _mention(fact)
    return f"age {mention.age}" if mention.age is not None else f"born {mention.birth_year}"


def counts_apart(left: Stated, right: Stated, kinds: Kinds) -> list[Apart]:
    """Return the first pair of counts that are left over for what is one kind of thing."""
    mine, theirs = left.of("count", False) or left.of("count"), right.of("count", False) or right.of("count")
    return _left_over(mine, theirs, left, right, kinds, "quantity")


def _left_over(
    mine: Sequence[Fact], theirs: Sequence[Fact], left: Stated, right: Stated, kinds: Kinds, slot: str
) -> list[Apart]:
    one, other = _unmet(mine, right), _unmet(theirs, left)
    pairs = [(rank, a, b) for a in one for b in other if (rank := _alike(a, b, left, right, kinds)) is not None]
    agreed = [f for f in mine if f not in one and _quantity(f).unit == "piece"]
    pairs = [p for p in pairs if not _parts_of_one(p[1], p[2], agreed, kinds)]
    pairs = [p for p in pairs if p[0] < 3 or (len(one) == 1 and len(other) == 1)]
    if not pairs:
        return _contradicted(mine, right, slot, False) or _contradicted(theirs, left, slot, True)
    _, a, b = min(pairs, key=lambda p: (p[0], p[1].start, p[2].start))
    return [Apart(slot, a, b, f"{_number(a)} here, {_number(b)} there")]


def _parts_of_one(a: Fact, b: Fact, agreed: Iterable[Fact], kinds: Kinds) -> bool:
    """Whether both texts agree on a greater number of the same kind: smaller ones are then parts of it, told by one or the other."""
    if a.goods is None or b.goods is None:
        return False
    most = max(_quantity(a).value, _quantity(b).value)
    return any(
        _quantity(f).value > most and f.goods is not None and kinds.same(f.goods.concepts, a.goods.concepts) is True
        for f in agreed
    )


def _contradicted(stated: Sequence[Fact], other: Stated, slot: str, turned: bool) -> list[Apart]:
    """A number that the other text says is wrong."""
    for fact in stated:
        quantity = _quantity(fact)
        if (quantity.unit, quantity.value) in other.denied and quantity.value > 1:
            wrong = next(
                f for f in other.facts if f.denied and f.quantity is not None and f.quantity.value == quantity.value
            )
            words = f"{_number(fact)} here, not so there" if not turned else f"not so here, {_number(fact)} there"
            return [Apart(slot, wrong, fact, words) if turned else Apart(slot, fact, wrong, words)]
    return []


def _number(fact: Fact) -> str:
    quantity = _quantity(fact)
    upper = f" to {quantity.upper}" if quantity.upper is not None else ""
    return f"{'about ' if quantity.about else ''}{quantity.value}{upper} {quantity.unit}"


def _quantity(fact: Fact) -> Quantity:
    assert fact.quantity is not None  # by its kind
    return fact.quantity


def _unmet(facts: Sequence[Fact], other: Stated) -> list[Fact]:
    """The counts that no number of the other text fits, alone or added up on either side; each value once."""
    there = other.of("count")
    sums, stated = _sums(there), {_quantity(f).value for f in there if _quantity(f).unit == "piece"}
    parts = {value for total, values in _sums(facts).items() if total in stated for value in values}
    found: dict[tuple[str, Decimal], Fact] = {}
    for fact in facts:
        quantity = _quantity(fact)
        met = any(
            quantity.unit == _quantity(f).unit and quantities_same(quantity, _quantity(f)) is not False for f in there
        )
        if not met and not (quantity.unit == "piece" and (quantity.value in sums or quantity.value in parts)):
            found.setdefault((quantity.unit, quantity.value), fact)
    return list(found.values())


def _sums(facts: Iterable[Fact]) -> dict[Decimal, tuple[Decimal, ...]]:
    """What two or more numbers of a text make together, with the numbers that make it."""
    values = list(dict.fromkeys(_quantity(f).value for f in facts if _quantity(f).unit == "piece" and not f.prior))
    return {
        sum(part, Decimal(0)): part
        for size in range(2, min(len(values), MOST_PARTS) + 1)
        for part in combinations(values[:MOST_PARTS], size)
    }


def _alike(a: Fact, b: Fact, left: Stated, right: Stated, kinds: Kinds) -> int | None:
    """How surely two counts are of one thing: 0 surely, None not at all."""
    x, y = _quantity(a), _quantity(b)
    if x.unit != y.unit or (a.prior != b.prior and x.unit != "piece"):
        return None
    small, large = sorted((x.value, y.value))
    noughts = small > 0 and (large / small).normalize().as_tuple().digits == (1,)
    if large > DOZEN and large > small * TIMES and not noughts:
        return None
    together = bool(left.acts(a) & right.acts(b))
    if x.unit != "piece":
        return 1 if together or x.unit != "person" else None
    models = [designator_key(f.goods.designator) if f.goods is not None else "" for f in (a, b)]
    if all(models) and any(map(_digit, models[0])) and any(map(_digit, models[1])):
        return 0 if models[0] == models[1] else None
    same = kinds.same(*([*f.goods.concepts] if f.goods is not None else [] for f in (a, b)))
    heads = left.language == right.language and bool(_words(a) & _words(b))
    if same is True:
        return (0 if together else 1) + 2 * (a.prior != b.prior)
    if heads and same is not False:
        return 1 if together else 2
    return 3 if same is None and together and a.goods is not None and b.goods is not None else None


def _digit(char: str) -> bool:
    return char.isdigit()


def _words(fact: Fact) -> frozenset[str]:
    text = fact.goods.text if fact.goods is not None else fact.noun
    words = [word for word in plain_words(fold_text(text)) if len(word) > 3 and word.isalpha()]
    return frozenset(stem for word in words for stem in stems(word))


def goods_apart(left: Stated, right: Stated, kinds: Kinds) -> list[Apart]:
    """Return the first thing that a headline names and a body, of the same text or another one, says not to be so."""
    for named in left.of("goods", True):
        if left is not right and any(_one_thing(named, f, left, left, kinds) for f in left.of("goods", False)):
            continue  # its own body stands for it
        for fact in right.facts:
            if (
                fact.kind != "goods"
                or not fact.denied
                or fact.passage == "headline"
                or fact.goods is None
                or named.goods is None
            ):
                continue
            if left is not right and "goods" not in right.acts(fact):
                continue  # of another text only what it says was not found, taken or sent
            if not _one_thing(named, fact, left, right, kinds):
                continue
            also = any(_one_thing(f, fact, right, right, kinds) for f in right.of("goods", False))
            if not also:
                return [
                    Apart("goods", named, fact, f"the headline has {named.goods.text}, denied here: {fact.goods.text}")
                ]
    return []


def _one_thing(a: Fact, b: Fact, left: Stated, right: Stated, kinds: Kinds) -> bool:
    if a.goods is None or b.goods is None:
        return False
    if kinds.same(a.goods.concepts, b.goods.concepts) is True:
        return True
    return left.language == right.language and bool(_last(a) & _last(b))


def _last(fact: Fact) -> frozenset[str]:
    text = fact.goods.text if fact.goods is not None else fact.noun
    words = [word for word in plain_words(fold_text(text)) if len(word) > 3 and word.isalpha()]
    return frozenset(stems(words[-1])) if words else frozenset()


def sums_apart(left: Stated, right: Stated) -> list[Apart]:
    """Return the first pair of sums of money of one currency, both said to be what goods are worth, that are left over."""
    mine, theirs = left.of("money"), right.of("money")

    def met(fact: Fact, others: Iterable[Fact]) -> bool:
        return any(
            _quantity(fact).unit == _quantity(f).unit
            and quantities_same(_quantity(fact), _quantity(f), True) is not False
            for f in others
        )

    one = [f for f in mine if "worth" in left.acts(f) and not met(f, theirs)]
    other = [f for f in theirs if "worth" in right.acts(f) and not met(f, mine)]
    for a in one:
        for b in other:
            small, large = sorted((_quantity(a).value, _quantity(b).value))
            if _quantity(a).unit == _quantity(b).unit and a.prior == b.prior and large <= small * TIMES:
                return [Apart("value", a, b, f"{_number(a)} here, {_number(b)} there")]
    return []


__all__ = [
    "NOTHING_STATED",
    "Apart",
    "Stated",
    "ages_apart",
    "counts_apart",
    "goods_apart",
    "sums_apart",
]
