"""Numbers in digits and in words: "1 500", "1.500", "1,500", "vierundzwanzig", "двадцати двух", with what makes them rough."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from tidewaiter.claims.mentions.lexicon import Lexicon
from tidewaiter.claims.mentions.view import Word
from tidewaiter.text.numeral_parts import Part, read_number

_THOUSANDS = re.compile(r"\d{1,3}(?:[ \u00a0\u202f.,'’]\d{3})+")
_MOST_WORDS = 12  # of a number in words
_JOINS = {"-", "–"}


@dataclass(frozen=True, slots=True)
class Count:
    """A number at words `first` up to `last`: its value, the upper end of a range, whether it is rough or a bound, how it was written."""

    first: int
    last: int
    value: Decimal
    upper: Decimal | None = None
    about: bool = False
    digits: bool = False
    vague: bool = False


def read_digits(text: str, language: str) -> Decimal | None:
    """Return the value of a number in digits as its language writes it, or None where it is no amount (a date, a version).

    Args:
        text: digits with marks between, such as "1.500" or "2,5".
        language: ISO 639-1 code. English points a decimal and commas thousands; the others do it the other way round.
    """
    bare = re.sub(r"[ \u00a0\u202f'’]", "", text)
    point, comma = (".", ",") if language == "en" else (",", ".")
    if bare.count(point) > 1 and not _THOUSANDS.fullmatch(text):
        return None
    if _THOUSANDS.fullmatch(text) and len({char for char in text if not char.isdigit()}) == 1:
        mark = next(char for char in text if not char.isdigit())
        if mark == point and text.count(mark) == 1 and text.startswith("0"):
            return Decimal(bare.replace(point, "."))
        if mark != point or text.count(mark) > 1 or language != "en":
            return Decimal(re.sub(r"\D", "", text))
    parts = bare.replace(comma, "") if _grouped(bare, comma) else bare
    parts = parts.replace(",", ".")
    try:
        return Decimal(parts) if parts.count(".") <= 1 else None
    except ArithmeticError:
        return None


def _grouped(bare: str, comma: str) -> bool:
    pieces = re.split(r"[.,]", bare)
    return (
        comma in bare and all(len(piece) == 3 for piece in pieces[1:-1]) and (len(pieces[-1]) == 3 or len(pieces) > 2)
    )


def find_counts(words: Sequence[Word], lexicon: Lexicon) -> list[Count]:
    """Return the numbers of a sentence in order; ranges are one, words such as "about" are taken in."""
    plain: list[Count] = []
    at = 0
    while at < len(words):
        found = _number(words, at, lexicon)
        if found is None:
            at += 1
        else:
            plain.append(found)
            at = found.last
    return _ranges(plain, words, lexicon)


def _number(words: Sequence[Word], at: int, lexicon: Lexicon) -> Count | None:
    word = words[at]
    if word.text[0].isdigit():
        value = read_digits(word.text, lexicon.language)
        if value is None or (
            at + 1 < len(words)
            and words[at + 1].start == word.end
            and words[at + 1].text.isalpha()
            and len(words[at + 1].text) > 4
        ):
            return None
        return _magnified(Count(at, at + 1, value, digits=True), words, lexicon)
    if not word.text[0].isalpha():
        return None
    vague = lexicon.vague.at(words, at)
    if vague is not None:
        value = Decimal(vague.what.name)
        return Count(at, vague.last, value, None, value > 12, vague=True)
    spoken = _spoken(words, at, lexicon)
    return _magnified(spoken, words, lexicon) if spoken is not None else None


def _spoken(words: Sequence[Word], at: int, lexicon: Lexicon) -> Count | None:
    table = lexicon.numbers
    if table is None or not lexicon.number_parts(words[at].low):
        return None
    parts: list[Part] = []
    ends: list[int] = []
    here = at
    while here < len(words) and here - at < _MOST_WORDS:
        low = words[here].low
        if low == "-" and parts and words[here].start == words[here - 1].end:
            here += 1
            continue
        found = lexicon.number_parts(low)
        if not found:
            break
        parts += found
        here += 1
        ends += [here] * len(found)
    number = read_number(parts, table.words.unit_first, table.rooms) if parts else None
    if number is None or number.ordinal or (len(parts) == 1 and parts[0].kind != "card" and parts[0].kind != "times"):
        return None
    last = ends[number.taken - 1]
    # a lone guarded word ("ein", "un") is an article before it is a number
    if last == at + 1 and words[at].low in lexicon.one and number.value == 1:
        return None
    if number.value == Fraction(0):
        return None
    return Count(at, last, Decimal(number.value.numerator) / Decimal(number.value.denominator))


def _magnified(count: Count, words: Sequence[Word], lexicon: Lexicon) -> Count:
    value, last = count.value, count.last
    while last < len(words):
        hit = lexicon.magnitudes.at(words, last)
        if hit is None or (len(words[last].text) == 1 and not _tight(words, last, lexicon)):
            break
        value *= lexicon.magnitude_values[hit.what.name]
        last = hit.last
    return Count(count.first, last, value, None, count.about, count.digits, count.vague)


def _tight(words: Sequence[Word], at: int, lexicon: Lexicon) -> bool:
    """Whether a one-letter magnitude belongs to its number: "2m", "k€"; "5 m" is a length."""
    before, after = words[at - 1], words[at + 1] if at + 1 < len(words) else None
    money = after is not None and lexicon.money.at(words, at + 1) is not None
    sign = at >= 2 and words[at - 2].text in "$€£₽₴¥"
    return money or (before.end == words[at].start and sign)


def _ranges(plain: list[Count], words: Sequence[Word], lexicon: Lexicon) -> list[Count]:
    found: list[Count] = []
    for count in plain:
        before = found[-1] if found else None
        if before is not None and before.last == count.first and _goes_on(before, count):  # 1 млн 260 тис.
            found[-1] = Count(before.first, count.last, before.value + count.value, None, before.about, count.digits)
            continue
        if before is not None and _to(before, count, words, lexicon):
            low = before.value
            if count.value >= 1000 and low < 1000 and count.last - count.first > 1:
                low *= count.value / _bare(count, words, lexicon)  # "2 to 3 million"
            found[-1] = Count(before.first, count.last, low, count.value, before.about, count.digits)
            continue
        found.append(count)
    return [_bounded(count, words, lexicon) for count in found]


def _goes_on(left: Count, right: Count) -> bool:
    """Whether a number of thousands goes on with one of millions, both written with their magnitudes."""
    magnified = left.last - left.first > 1 and right.last - right.first > 1
    return magnified and left.upper is None and left.value >= 1_000_000 and 1_000 <= right.value < 1_000_000


def _bare(count: Count, words: Sequence[Word], lexicon: Lexicon) -> Decimal:
    if words[count.first].text[0].isdigit():
        return read_digits(words[count.first].text, lexicon.language) or Decimal(1)
    return count.value


def _to(left: Count, right: Count, words: Sequence[Word], lexicon: Lexicon) -> bool:
    if (
        right.first - left.last != 1
        or left.upper is not None
        or left.digits != right.digits
        or right.value <= left.value
    ):
        return False
    between = words[left.last]
    if between.text in _JOINS:
        return right.value < left.value * 100
    hit = lexicon.bounds.at(words, left.last)
    opened = left.first > 0 and _is(lexicon, words, left.first - 1, "between")
    small = between.low in ("and", "и", "и", "et", "e", "y", "und", "та", "і")
    return hit is not None and hit.what.name == "to" and (opened or not small)


def _is(lexicon: Lexicon, words: Sequence[Word], at: int, name: str) -> bool:
    hit = lexicon.bounds.at(words, at)
    return hit is not None and hit.what.name == name


def _bounded(count: Count, words: Sequence[Word], lexicon: Lexicon) -> Count:
    """Take "about" and "more than" before a number into it."""
    for back in (3, 2, 1):
        first = count.first - back
        if first >= 0:
            hit = lexicon.bounds.at(words, first)
            if hit is not None and hit.last == count.first and hit.what.name in ("about", "more", "less"):
                return Count(first, count.last, count.value, count.upper, True, count.digits, count.vague)
    return count
