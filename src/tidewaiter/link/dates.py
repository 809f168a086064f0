"""Birth dates as numbers, whole or in part, and how two of them differ."""

from __future__ import annotations

import re

_PARTS = re.compile(r"\d+")
_MONTHS = {
    "jan": 1, "feb": 2, "mar": 3, "apr": 4, "may": 5, "jun": 6, "jul": 7, "aug": 8, "sep": 9, "oct": 10, "nov": 11, "dec": 12,
}  # fmt: skip
_WORD = re.compile("[a-z]{3}")


def birth_number(text: str) -> int:
    """Return a date as year*10000 + month*100 + day; parts that are not stated are 0, and so is what is no date.

    Reads ISO dates, eight digits, year first or last with any punctuation (day before month unless it must be the other
    way round), a year with month, a year alone, and English month names.
    """
    numbers = _PARTS.findall(text)
    if len(numbers) == 1 and len(numbers[0]) == 8:
        return _number(int(numbers[0][:4]), int(numbers[0][4:6]), int(numbers[0][6:]))
    values = [int(number) for number in numbers if len(number) <= 4]
    word = _WORD.search(text.lower()) if values else None
    month = _MONTHS.get(word.group(), 0) if word is not None else 0
    if not values:
        return 0
    if len(values) > 2 or (month and len(values) > 1):
        first, last = values[0], values[-1]
        if month:
            year, day = (first, last) if first > 31 else (last, first)
        elif len(numbers[0]) == 4 or first > 31:
            year, month, day = values[:3]
        else:
            day, month, year = values[:3]
        return _number(year, month, day)
    if len(values) == 2:
        year, month = values if len(numbers[0]) == 4 else values[::-1]
        return _number(year, month, 0)
    return _number(values[0], month, 0) if len(numbers[0]) == 4 else 0


def _number(year: int, month: int, day: int) -> int:
    """Return the date as a number, day and month put right where only one order is a date; 0 when no order is."""
    if month > 12 and 0 < day <= 12:
        month, day = day, month
    if not 1000 <= year <= 2999 or month > 12 or day > 31:
        return year * 10000 if 1000 <= year <= 2999 and not (month or day) else 0
    return year * 10000 + month * 100 + (day if month else 0)


def is_whole(number: int) -> bool:
    """Return whether year, month and day are all stated and are not the placeholder 1 January."""
    return number % 100 > 0 and number % 10000 != 101


def days_of(number: int) -> int:
    """Return a running day number, with month lengths taken as 31: enough to say how near two dates are."""
    return number // 10000 * 372 + number // 100 % 100 * 31 + number % 100


EXACT, SWAPPED, SLIP, NEAR, DAY_MONTH, MONTH, YEAR, NEXT, DECADE, DIFFERS = range(10)
LEVELS = ("exact", "swapped", "slip", "near", "day-month", "month", "year", "next-year", "decade", "differs")


def birth_level(left: int, right: int) -> int:
    """Return how two birth dates agree, as a place in `LEVELS`; neither may be 0.

    `exact`: the same whole date. `swapped`: day and month exchanged. `slip`: one digit differs, or two neighbouring
    digits are exchanged. `near`: within 45 days. `day-month`: only the year differs. `month`: year and month agree and
    a day is missing or differs. `year`: the year agrees, also where one date is the placeholder 1 January. `next-year`:
    two years apart at most. `decade`: ten at most.
    """
    if left > right:
        left, right = right, left
    left_year, right_year = left // 10000, right // 10000
    whole = is_whole(left) and is_whole(right)
    if left == right:
        return EXACT if whole else YEAR if left % 10000 in (0, 101) else MONTH
    left_rest, right_rest = left % 10000, right % 10000
    if whole:
        if left_year == right_year and left_rest == right_rest % 100 * 100 + right_rest // 100:
            return SWAPPED
        if is_slip(left, right):
            return SLIP
        if days_of(right) - days_of(left) <= 45:
            return NEAR
        if left_rest == right_rest:
            return DAY_MONTH
    if left_year == right_year:
        return MONTH if left_rest // 100 == right_rest // 100 and left_rest > 101 else YEAR
    apart = right_year - left_year
    return NEXT if apart <= 2 else DECADE if apart <= 10 else DIFFERS


def is_slip(left: int, right: int) -> bool:
    """Return whether two eight-digit numbers differ in one digit or in two neighbours that are exchanged."""
    one, two = f"{left:08d}", f"{right:08d}"
    places = [place for place in range(8) if one[place] != two[place]]
    if len(places) == 1:
        return True
    return (
        len(places) == 2
        and places[1] == places[0] + 1
        and one[places[0]] == two[places[1]]
        and one[places[1]] == two[places[0]]
    )


def as_text(number: int) -> str:
    """Return the number as an ISO date, as far as it is stated."""
    if not number:
        return ""
    year, rest = divmod(number, 10000)
    return f"{year:04d}" + (f"-{rest // 100:02d}" if rest >= 100 else "") + (f"-{rest % 100:02d}" if rest % 100 else "")


__all__ = ["LEVELS", "as_text", "birth_level", "birth_number", "days_of", "is_slip", "is_whole"]
