"""Compare two incidents of documents: points for what agrees, and what keeps them apart, each with a reason.

The points are a house scale, not a probability: a name counts four, a model or a day three, a kind, a city, a number, an age or an
origin two. Six, from at least two of who, what, when, where and how many, are enough to propose one event.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from tidewaiter.claims.facts import Fact
from tidewaiter.claims.marks import mark_keys, marks_of
from tidewaiter.claims.sameness import (
    Answer,
    Kinds,
    ages_same,
    days_apart,
    designator_key,
    is_specific,
    names_same,
    places_same,
    spelling_key,
    times_same,
)
from tidewaiter.claims.units import FAMILIES, Unit
from tidewaiter.claims.upstreams import OriginFinder
from tidewaiter.model.claims import Claim, Mention, Place, Predicate, Quantity, Report
from tidewaiter.text.fold import fold_text

CITY = ("address", "site", "city")
NEAR_DAYS, FAR_DAYS = 7, 31
VERDICTS = (Predicate.CONVICTED, Predicate.ACQUITTED, Predicate.PLEADED)
TITLE = 20  # characters of a headline that is not met by chance
FEW = 2  # a number that most texts hold
MUCH = 8  # points that agree
NEARLY = 3  # points below which a contradiction keeps two incidents apart
TELLING = 10  # a number from here on is seldom the same by chance


@dataclass(frozen=True)
class Side:
    """One incident with what is compared, worked out once. `keys` are what a pair must share one of to be compared at all.

    `marks` are what its text states in any words, by sort: numbers, sums, ages, names, days, towns, countries, kinds of goods.
    """

    unit: Unit
    id: str
    published: date | None
    leader: str
    title: str
    text: str
    persons: tuple[Mention, ...]
    named: tuple[str, ...]
    aged: tuple[Mention, ...]
    kinds: tuple[str, ...]
    models: frozenset[str]
    numbers: frozenset[Decimal]
    origins: frozenset[str]
    publisher: str
    quoted: frozenset[str]
    families: frozenset[str]
    places: tuple[tuple[str, Place], ...]
    marks: Mapping[str, frozenset[str]]
    keys: frozenset[tuple[str, ...]]

    @classmethod
    def of(cls, unit: Unit, report: Report, kinds: Kinds, finder: OriginFinder, facts: Sequence[Fact] = ()) -> Side:
        """Work out what is compared of an incident; `facts` are what its text states by it."""
        stated = [c for c in unit.claims if c.predicate != "prior-shipment"] or unit.claims
        goods = [g for c in stated for g in c.goods] + [f.goods for f in facts if f.kind == "goods" and f.goods]
        models = frozenset(designator_key(g.designator) for g in goods if g.designator)
        found = tuple(dict.fromkeys(kind for g in goods for kind in g.concepts))
        numbers = frozenset(q.value for q in _quantities(stated) if q.unit == "piece" and q.value > 1)
        origins = frozenset(finder.key(c.upstream) for c in unit.claims if c.upstream)
        quoted = frozenset(finder.key(s.key) for c in unit.claims for s in c.chain if s.type == "outlet" and s.key)
        places = tuple((c.predicate.value, c.place) for c in stated if c.place is not None)
        persons = tuple(unit.persons)
        named = tuple(dict.fromkeys(f.person.name for f in facts if f.kind == "name" and f.person is not None))
        aged = (*persons, *(f.person for f in facts if f.kind == "age" and f.person is not None))
        marks = marks_of(facts)
        keys = _keys(
            unit,
            [*(m.name for m in persons), *named],
            [k for kind in found for k in kinds.line(kind)],
            models,
            numbers,
            origins,
            places,
        )
        leader = finder.leader(report.id)
        return cls(
            unit,
            unit.id,
            report.published.first,
            leader,
            fold_text(report.title).strip() if len(report.title) >= TITLE else "",
            fold_text(report.text),
            persons,
            named,
            aged,
            found,
            models,
            numbers,
            origins,
            finder.publisher(report.id),
            quoted,
            frozenset(FAMILIES[c.predicate] for c in unit.claims),
            places,
            marks,
            frozenset(
                {
                    *keys,
                    *mark_keys(marks, report.published.first),
                    ("copy", leader),
                    ("by", finder.publisher(report.id)),
                }
            ),
        )


@dataclass(frozen=True, slots=True)
class Compared:
    """What a comparison gave: points, whether something keeps the two apart, and why."""

    score: int
    apart: bool
    because: tuple[str, ...]


def _quantities(claims: Iterable[Claim]) -> list[Quantity]:
    return [q for c in claims for q in (c.quantity, *(g.quantity for g in c.goods)) if q is not None]


def _keys(
    unit: Unit,
    names: Sequence[str],
    lines: Sequence[str],
    models: Iterable[str],
    numbers: Iterable[Decimal],
    origins: Iterable[str],
    places: Iterable[tuple[str, Place]],
) -> set[tuple[str, ...]]:
    cities = {spelling_key(p.name or p.text) for _, p in places if p.precision in CITY}
    days = {c.time.first.isoformat() for c in unit.claims if c.time.precision == "day" and c.time.first is not None}
    keys: set[tuple[str, ...]] = {
        ("name", part) for name in names for part in map(spelling_key, name.split()) if len(part) > 2
    }
    keys |= {("model", model) for model in models}
    keys |= {("when", d, "where", c) for d in days for c in cities}
    keys |= {("where", c, "from", o) for c in cities for o in origins}
    for kind in lines:
        keys |= {("kind", kind, *more) for more in (*((c,) for c in cities), *((o, "") for o in origins))}
        keys |= {("kind", kind, *more) for more in (*((str(n), "n") for n in numbers), *((d, "d") for d in days))}
    return keys


class _Weighing:
    """Adds up points with their reasons."""

    def __init__(self) -> None:
        self.agreeing = 0
        self.differing = 0
        self.opposing = 0
        self.because: list[str] = []
        self.asked: set[str] = set()
        self.apart = False
        self.contradictions = 0

    def add(self, question: str, points: int, why: str) -> None:
        self.because.append(why)
        if points > 0:
            self.agreeing += points
            self.asked.add(question)
        else:
            self.differing -= points

    @property
    def score(self) -> int:
        """The points. Where much agrees, what differs is a conflict of two tellings rather than another incident, and weighs half."""
        return self.agreeing - self.opposing - (self.differing // 2 if self.agreeing >= MUCH else self.differing)

    def against(self, why: str, points: int) -> None:
        """Count what two texts of one incident would hardly say."""
        self.contradictions += 1
        self.opposing += points
        self.because.append(why)


def compare(left: Side, right: Side, kinds: Kinds) -> Compared:
    """Compare two incidents.

    Args:
        left: one.
        right: the other; the order makes no difference.
        kinds: relations of kinds of goods.
    """
    if left.unit.document == right.unit.document:
        return Compared(0, True, ("two incidents of one document",))
    found = _Weighing()
    named = _who(left, right, found)
    what = _what(left, right, kinds, found)
    when = _when(left, right, found, named)
    where = _where(left, right, found)
    _how_many(left, right, found, what)
    _whose(left, right, found)
    named_text = any(a.title and b.title != a.title and a.title in b.text for a, b in ((left, right), (right, left)))
    if named_text:
        found.add("what", 4, "one text names the headline of the other")
        found.add("who", 2, "and so speaks of its case")
    if not left.families & right.families:
        found.add("what", -2, "other things are said to have happened")
    if what is False and not named:
        alike = (when is True and where is True) or "sum" in found.asked
        found.against("other goods", 2 if alike else 4)
    if where is False and not named and not named_text and not (left.models & right.models):
        found.against("other places", 2)
    ages_apart = _all_false(left.aged, right.aged, lambda a, b: ages_same(a, b, left.published, right.published))
    if ages_apart and not _ageless_namesake(left, right) and not named_text and not (named and what is True):
        found.against("persons of other ages", 0)
        found.differing += 2
    enough = len(found.asked - {"whose word", "near"}) >= 2
    apart = found.apart or (found.contradictions > 0 and found.score < NEARLY)
    return Compared(found.score if enough else 0, apart, tuple(found.because))


def _how_many(left: Side, right: Side, found: _Weighing, what: Answer) -> None:
    """Numbers and sums that both state, in whatever words; other numbers of the same goods speak against it a little."""
    numbers = left.marks["number"] & right.marks["number"] | {f"piece {n}" for n in left.numbers & right.numbers}
    many = [n for n in numbers if Decimal(n.split()[1]) >= TELLING]
    if numbers and (what is not False or many):
        few = all(Decimal(n.split()[1]) <= FEW for n in numbers)
        found.add("how many", 3 if many else 1 if few else 2, "the same number")
    if len(numbers) > 1 or left.marks["sum"] & right.marks["sum"]:
        found.add("sum", 2, "the same sums" if left.marks["sum"] & right.marks["sum"] else "several numbers agree")
    elif not numbers and left.numbers and right.numbers:
        found.add("how many", -1, "other numbers")


def _whose(left: Side, right: Side, found: _Weighing) -> None:
    if left.leader == right.leader:
        found.add("whose word", 4, "one text copies the other")
    if left.origins & right.origins:
        found.add("whose word", 2, "the same origin")
    elif left.publisher in right.quoted or right.publisher in left.quoted or left.quoted & right.quoted:
        found.add("whose word", 2, "one rests on the outlet of the other, or both on one")


def _ageless_namesake(left: Side, right: Side) -> bool:
    """Return whether a person of one text has the whole name of one of the other and no age in one of them: the ages are a namesake's."""
    return any(
        " " in a.name.strip() and names_same(a.name, b.name) is True and ages_same(a, b, None, None) is None
        for a in left.persons
        for b in right.persons
    )


def _who(left: Side, right: Side, found: _Weighing) -> bool:
    answers = [names_same(a.name, b.name) for a in left.persons for b in right.persons if a.name and b.name]
    if any(answers):
        whole = any(names_same(a.name, b.name) and " " in a.name.strip() for a in left.persons for b in right.persons)
        found.add("name", 4 if whole else 2, "a person of the same name")
        return whole
    if any(names_same(a, b) for a in left.named for b in right.named):
        found.add("name", 3, "a name that both state")
    elif answers and all(answer is False for answer in answers):
        found.apart = True
        found.because.append("persons of other names")
    if any(ages_same(a, b, left.published, right.published) for a in left.aged for b in right.aged):
        found.add("who", 2, "a person of the same age")
    return False


def _what(left: Side, right: Side, kinds: Kinds, found: _Weighing) -> Answer:
    shared = left.models & right.models
    if shared:
        found.add("what", 3 if any(map(is_specific, shared)) else 2, "the same model")
    same = kinds.same(left.kinds, right.kinds)
    if same:
        found.add("what", 2, "the same kind of goods")
    return True if shared else same


def _when(left: Side, right: Side, found: _Weighing, named: bool) -> Answer:
    """A named person's case goes on for years: then only agreement counts."""
    pairs = [
        (a.time, b.time)
        for a in left.unit.claims
        for b in right.unit.claims
        if a.predicate == b.predicate and a.predicate != "prior-shipment"
    ]
    gaps = [gap for a, b in pairs if (gap := days_apart(a, b)) is not None]
    if not gaps and not left.marks["day"] & right.marks["day"]:
        if not named:
            _published(left, right, found)
        return None
    shared = left.marks["day"] & right.marks["day"]
    if shared or any(times_same(a, b) is True and a.precision == "day" for a, b in pairs):
        found.add("when", 3, "the same day")
        return True
    if min(gaps) == 0:
        if any(
            days_apart(a, b) == 0 and {a.precision, b.precision} & {"day", "part-of-month", "month"} for a, b in pairs
        ):
            found.add("when", 1, "the same time")
        elif not named:
            _published(left, right, found)
        return None
    if min(gaps) > FAR_DAYS and not named:
        found.against("months apart", 4)
    near = 0 if named else 1 if min(gaps) <= NEAR_DAYS else -2
    found.add("when" if near < 0 else "near", near, f"{min(gaps)} days apart")
    return False


def _published(left: Side, right: Side, found: _Weighing) -> None:
    if left.published is None or right.published is None:
        return
    gap = abs((left.published - right.published).days)
    points = 2 if gap <= NEAR_DAYS else 1 if gap <= 14 else 0 if gap <= 30 else -1 if gap <= 180 else -3
    later = left if left.published > right.published else right
    if points < 0 and any(c.predicate in VERDICTS for c in later.unit.claims):
        points = 0  # a verdict comes months after the act
    if points:
        found.agreeing += max(points, 0)
        found.differing += max(-points, 0)
        found.because.append(f"published {gap} days apart")


def _where(left: Side, right: Side, found: _Weighing) -> Answer:
    pairs = [(a, b) for kind, a in left.places for other, b in right.places if kind == other]
    pairs = pairs or [(a, b) for _, a in left.places for _, b in right.places]
    answers = [places_same(a, b) for a, b in pairs]
    towns = left.marks["town"] & right.marks["town"]
    if len(towns) > 1:
        found.add("towns", 2, "several towns that both name")
    if any(places_same(a, b) and a.precision in CITY for a, b in pairs):
        found.add("where", 2, "the same place")
    elif towns:
        found.add("where", 2, "a town that both name")
    elif any(a.country and a.country == b.country for a, b in pairs) and False not in answers:
        found.add("where", 1, "places that fit")
        return None
    elif answers and all(answer is False for answer in answers):
        found.add("where", -3, "other places")
        return False
    else:
        _route(left, right, found)
        return None
    _route(left, right, found)
    return True


def _route(left: Side, right: Side, found: _Weighing) -> None:
    ends = [
        [c.route.destination for c in side.unit.claims if c.route.destination is not None] for side in (left, right)
    ]
    answers = [places_same(a, b) for a in ends[0] for b in ends[1]]
    if any(answers):
        found.add("route", 1, "the same destination")
    elif left.marks["country"] & right.marks["country"]:
        found.add("route", 1, "a country that both name")
    elif answers and all(answer is False for answer in answers):
        found.add("route", -3, "other destinations")


def _all_false(left: Sequence[Mention], right: Sequence[Mention], ask: Callable[[Mention, Mention], Answer]) -> bool:
    answers = [ask(a, b) for a in left for b in right]
    known = [answer for answer in answers if answer is not None]
    return bool(known) and not any(known)
