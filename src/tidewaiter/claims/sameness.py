"""When two slots of claims say the same, may say the same, or exclude one another. Granularity is no difference.

Three answers everywhere: True (the same), False (they exclude each other), None (cannot be told, or one is only coarser).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache
from math import asin, cos, radians, sin, sqrt

from tidewaiter.model.claims import GoodsMention, Mention, Place, Quantity, Stamp
from tidewaiter.text.fold import fold_text
from tidewaiter.text.names_fold import to_latin

Answer = bool | None

_NOT_LETTERS = re.compile(r"[^a-z0-9]+")
_DESIGNATOR = re.compile(r"[^a-z0-9]+")
SHORT = 4  # letters of a name that is compared as it stands
SAME_PLACE_KM = 40
OTHER_PLACE_KM = 100
ENDING = 3  # letters of an ending of case
ABOUT = Decimal("0.2")
ROUND = Decimal("0.1")
_COARSE = ("country", "region", "unknown")
_SPELLINGS = (
    ("shch", "sc"), ("sch", "s"), ("sh", "s"), ("tch", "c"), ("ch", "c"), ("kh", "h"), ("zh", "z"), ("ks", "x"), ("ph", "f"), ("w", "v"),
    ("ija", "ia"), ("iya", "ia"), ("ya", "ia"), ("ja", "ia"), ("yu", "iu"), ("ju", "iu"), ("y", "i"), ("j", "i"), ("z", "s"), ("ck", "k"), ("q", "k"),
)  # fmt: skip


@lru_cache(maxsize=16384)
def spelling_key(text: str) -> str:
    """Return a key that is equal for the usual transliterations of one name (Известия, Izvestia, Izvestiya, Iswestija)."""
    plain = _NOT_LETTERS.sub("", to_latin(text))
    if len(plain) <= SHORT:  # TASS and taz are two
        return plain
    for old, new in _SPELLINGS:
        plain = plain.replace(old, new)
    return re.sub(r"(.)\1+", r"\1", plain)


@lru_cache(maxsize=16384)
def designator_key(text: str) -> str:
    """Return a key of a model designator: script, case, blanks and dashes make no difference, nor a noun read with it."""
    words = fold_text(text).split()
    return _DESIGNATOR.sub("", to_latin("".join([w for w in words if any(map(str.isdigit, w))] or words)))


def is_specific(designator: str) -> bool:
    """Return whether a designator names one model: it holds a digit. A bare name may be that of a whole kit."""
    return any(char.isdigit() for char in designator)


@dataclass(frozen=True, slots=True)
class Kinds:
    """What is known of kinds of goods: the broader kind of each, and a reader of words for designators' own kinds.

    `kind_of` reads the concepts of words alone; with it, "6B47 vest" is a vest here whatever else is known of 6B47.
    """

    broader: Mapping[str, str] = field(default_factory=dict)
    kind_of: Callable[[str], tuple[str, ...]] | None = None

    def related(self, left: str, right: str) -> bool:
        """Return whether one kind is the other or lies under it."""
        return left == right or left in self.line(right) or right in self.line(left)

    def line(self, kind: str) -> tuple[str, ...]:
        """Return a kind and all above it."""
        found = [kind]
        while (above := self.broader.get(found[-1], "")) and above not in found:
            found.append(above)
        return tuple(found)

    def stated(self, goods: GoodsMention) -> frozenset[str]:
        """Return the kinds that the words of a mention state, beside what its designator alone is known to be."""
        if self.kind_of is None:
            return frozenset(goods.concepts)
        if not goods.designator or goods.designator not in goods.text:
            return frozenset(goods.concepts) or frozenset(self.kind_of(goods.text))
        model = [word for word in goods.designator.split() if any(map(str.isdigit, word))] or [goods.designator]
        words = frozenset(self.kind_of(" ".join(word for word in goods.text.split() if word not in model)))
        return words or frozenset(goods.concepts) - frozenset(self.kind_of(goods.designator))

    def same(self, left: Iterable[str], right: Iterable[str]) -> Answer:
        """Return whether two sets of kinds share one, exclude each other, or nothing is known of one of them."""
        one, other = tuple(left), tuple(right)
        if not one or not other:
            return None
        return any(self.related(a, b) for a in one for b in other)


@lru_cache(maxsize=65536)
def names_same(left: str, right: str) -> Answer:
    """Return whether two proper names are one, two, or may be either (an initial, a part of a name, one letter apart)."""
    one, other = _name_parts(left), _name_parts(right)
    if not one or not other:
        return None
    if one == other:
        return True if any(len(part) > 1 for part in one) and (len(one) > 1 or len(one[0]) > 2) else None
    if _declined(left, right) and _cases_of_one(one, other):
        return True if min(len(one), len(other)) > 1 else None
    if len(one) == 1 or len(other) == 1:
        return None if set(one) & set(other) else False
    if set(one) < set(other) or set(other) < set(one):
        return True if len(set(one) & set(other)) > 1 else None
    return None if _initials_fit(one, other) or one_letter_apart("".join(one), "".join(other)) else False


@lru_cache(maxsize=16384)
def _name_parts(name: str) -> tuple[str, ...]:
    return tuple(sorted(filter(None, (spelling_key(part) for part in re.split(r"[\s.\-]+", name)))))


def _declined(left: str, right: str) -> bool:
    """Return whether one of two names is in a script whose languages decline names."""
    return any("\u0400" <= char <= "\u04ff" for char in left + right)


def _cases_of_one(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Return whether every part of the shorter name is one of the longer but for an ending of case (Павла Рогова, Pavel Rogov)."""
    short, long = sorted((one, other), key=len)
    return all(any(_case_of(part, known) for known in long) for part in short)


def _case_of(left: str, right: str) -> bool:
    shared = next((n for n, (a, b) in enumerate(zip(left, right, strict=False)) if a != b), min(len(left), len(right)))
    shorter, longer = sorted((len(left), len(right)))
    return left == right or (shorter > 3 and shared >= max(3, shorter - 2) and longer - shared <= ENDING)


def _initials_fit(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    short, long = sorted((one, other), key=lambda parts: sum(map(len, parts)))
    whole = [part for part in short if len(part) > 1]
    left = [part for part in long if part not in whole]
    starts = [part for part in short if len(part) == 1]
    return (
        bool(whole) and bool(starts) and set(whole) <= set(long) and all(any(p[0] == s for p in left) for s in starts)
    )


def one_letter_apart(left: str, right: str) -> bool:
    """Return whether one letter is put in, left out or changed."""
    if abs(len(left) - len(right)) > 1 or min(len(left), len(right)) < 4:
        return False
    start = next((i for i, (a, b) in enumerate(zip(left, right, strict=False)) if a != b), min(len(left), len(right)))
    return (
        left[start + 1 :] == right[start + 1 :]
        or left[start:] == right[start + 1 :]
        or left[start + 1 :] == right[start:]
    )


def ages_same(left: Mention, right: Mention, left_on: date | None, right_on: date | None) -> Answer:
    """Return whether the ages or years of birth of two mentions fit, each as of the day of its text."""
    if left.birth_year is not None and right.birth_year is not None:
        return left.birth_year == right.birth_year
    if left.age is not None and right.age is not None:
        apart = abs((left_on - right_on).days) if left_on is not None and right_on is not None else 0
        return abs(left.age - right.age) <= -(-apart // 366) if apart > 30 else left.age == right.age
    for one, other, on in ((left, right, left_on), (right, left, right_on)):
        if one.age is not None and other.birth_year is not None and on is not None:
            return on.year - other.birth_year - one.age in (0, 1)
    return None


def times_same(left: Stamp, right: Stamp) -> Answer:
    """Return True for the same stated time, False where no day is in both, None where one is only coarser or unstated."""
    if left.first is None or right.first is None or left.last is None or right.last is None:
        return None
    if left.first == right.first and left.last == right.last:
        return True
    return None if left.first <= right.last and right.first <= left.last else False


def days_apart(left: Stamp, right: Stamp) -> int | None:
    """Return the days between two stamps; 0 where they overlap, None where one is unstated."""
    if left.first is None or right.first is None or left.last is None or right.last is None:
        return None
    gap = max(left.first - right.last, right.first - left.last)
    return max(0, gap // timedelta(days=1))


def places_same(left: Place | None, right: Place | None) -> Answer:
    """Return whether two places are one; None where one lies in the other, or it cannot be told."""
    if left is None or right is None:
        return None
    if left.country and right.country and left.country != right.country:
        return False
    if spelling_key(left.name or left.text) == spelling_key(right.name or right.text):
        return True
    if left.precision in _COARSE or right.precision in _COARSE or left.precision != right.precision:
        return None
    distance = _kilometres(left, right)
    if distance is not None:
        return True if distance <= SAME_PLACE_KM else False if distance > OTHER_PLACE_KM else None
    if not left.country or not right.country or _script(left) != _script(right):
        return None  # Kyiv and Київ need a gazetteer to be told apart from Kyiv and Одеса
    return False


def _script(place: Place) -> bool:
    return any(char > "\u02ff" for char in place.name or place.text)


def _kilometres(left: Place, right: Place) -> float | None:
    if left.latitude is None or left.longitude is None or right.latitude is None or right.longitude is None:
        return None
    a, b = radians(left.latitude), radians(right.latitude)
    half = sin((b - a) / 2) ** 2 + cos(a) * cos(b) * sin(radians(right.longitude - left.longitude) / 2) ** 2
    return 12742 * asin(min(1.0, sqrt(half)))


def quantities_same(left: Quantity, right: Quantity, money: bool = False) -> Answer:
    """Return whether two reported numbers fit; None where their units differ or one only rounds the other."""
    if left.unit != right.unit:
        return None
    if left.value == right.value and left.upper == right.upper:
        return True
    slack = max(_slack(left, money), _slack(right, money))
    low_l, high_l = left.value, left.upper if left.upper is not None else left.value
    low_r, high_r = right.value, right.upper if right.upper is not None else right.value
    if low_l <= high_r * (1 + slack) and low_r <= high_l * (1 + slack):
        return None
    return False


def _slack(quantity: Quantity, money: bool) -> Decimal:
    """How far a number may be off: "about" by a fifth, a round sum of money by a tenth."""
    if quantity.about:
        return ABOUT
    digits = quantity.value.normalize().as_tuple().digits
    return ROUND if money and quantity.value >= 1000 and len(digits) <= 2 else Decimal(0)
