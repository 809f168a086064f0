"""Spans of days that dates stand for, and the year nearest before publication."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from tidewaiter.model.claims import DatePrecision, Stamp

_SOON = 1  # days after publication up to which a date without a year may lie: pages are stamped in other time zones


@dataclass(frozen=True, slots=True)
class Dated:
    """A stamp with the words it takes; `assumed` says that its year was not stated."""

    first: int
    last: int
    stamp: Stamp
    assumed: bool = False


def on_day(first: int, last: int, year: int, month: int, day: int, assumed: bool = False) -> Dated | None:
    """Return a day, or None where there is no such day."""
    try:
        on = date(year, month, day)
    except ValueError:
        return None
    return Dated(first, last, Stamp(on, on, "day"), assumed)


def nearest_year(month: int, day: int, published: date | None) -> int | None:
    """Return the year that brings a day nearest before publication."""
    if published is None:
        return None
    for year in (published.year + 1, published.year, published.year - 1, published.year - 2, published.year - 4):
        try:
            on = date(year, month, day)
        except ValueError:
            continue
        if on <= published + timedelta(days=_SOON):
            return year
    return None


def unknown(first: int, last: int) -> Dated:
    """Return a date that cannot be placed."""
    return Dated(first, last, Stamp())


def span_of(first: int, last: int, begin: date, end: date, precision: DatePrecision, assumed: bool = False) -> Dated:
    """Return a span of days."""
    return Dated(first, last, Stamp(begin, end, precision), assumed)


def whole_month(year: int, month: int) -> tuple[date, date]:
    """Return the first and the last day of a month."""
    return date(year, month, 1), date(year, month, monthrange(year, month)[1])


def season_days(year: int, month: int) -> tuple[date, date]:
    """Return the first and the last day of three months."""
    last_year, last_month = (year + 1, 2) if month == 12 else (year, month + 2)
    return date(year, month, 1), whole_month(last_year, last_month)[1]


def relative_to(name: str, first: int, last: int, published: date | None) -> Dated:
    """`week -1` and the like; `before` and `after` cut the span at publication."""
    unit, number, *side = name.split()
    if published is None:
        return unknown(first, last)
    back = int(number)
    precision: DatePrecision = "day"
    if unit == "day":
        begin = end = published + timedelta(days=back)
    elif unit == "week":
        begin = published - timedelta(days=published.weekday()) + timedelta(weeks=back)
        end, precision = begin + timedelta(days=6), "part-of-month"
    elif unit == "month":
        months = published.year * 12 + published.month - 1 + back
        (begin, end), precision = whole_month(months // 12, months % 12 + 1), "month"
    else:
        begin, end, precision = date(published.year + back, 1, 1), date(published.year + back, 12, 31), "year"
    if back == 0 and unit in ("week", "month", "year"):
        begin, end = (published, end) if side == ["after"] else (begin, published)
        precision = "part-of-month" if unit == "month" and side else precision
    return span_of(first, last, begin, end, precision)
