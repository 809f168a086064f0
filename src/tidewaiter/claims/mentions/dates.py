"""Dates of a text with their precision. A month stays a month; a date without a year takes the year nearest before publication.

Numeric dates are read day first but for American slashes in English and ISO dates. Without a date of publication, whatever
needs one stays with its words and an unknown precision.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from tidewaiter.claims.mentions.calendar import (
    Dated,
    nearest_year,
    on_day,
    relative_to,
    season_days,
    span_of,
    unknown,
    whole_month,
)
from tidewaiter.claims.mentions.lexicon import Lexicon
from tidewaiter.claims.mentions.view import Word

_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_NUMERIC = re.compile(r"(\d{1,2})([./])(\d{1,2})\2(\d{4}|\d{2})")
_SEASON_MONTHS = {"winter": 12, "spring": 3, "summer": 6, "autumn": 9}
_PART_DAYS = {"early": (1, 10), "mid": (11, 20), "late": (21, 31)}


def find_dates(words: Sequence[Word], lexicon: Lexicon, published: date | None, text: str, base: int) -> list[Dated]:
    """Return the dates of a sentence in order.

    Args:
        words: its words.
        lexicon: the words of its language.
        published: the day of publication, if it is known.
        text: the sentence; `base` is its offset in the document.
    """
    found: list[Dated] = []
    at = 0
    while at < len(words):
        one = _at(words, at, lexicon, published)
        if one is None:
            at += 1
            continue
        start, end = words[one.first].start, words[one.last - 1].end
        stamp = replace(one.stamp, text=text[start - base : end - base], start=start, end=end)
        found.append(replace(one, stamp=stamp))
        at = one.last
    return found


def _at(words: Sequence[Word], at: int, lexicon: Lexicon, published: date | None) -> Dated | None:
    low = words[at].low
    if low[:1].isdigit():
        return _numeric(words, at) or _day_month(words, at, lexicon, published) or _year(words, at, lexicon)
    hit = lexicon.dates.at(words, at)
    if hit is None:
        return _last_weekday(words, at, lexicon, published) or _last_month(words, at, lexicon, published)
    group, name = hit.what.group, hit.what.name
    if group == "relative":
        return relative_to(name, at, hit.last, published)
    if group == "months":
        return _month(words, at, hit.last, int(name), lexicon, published)
    if group == "parts":
        return _part(words, at, hit.last, name, lexicon, published)
    if group == "seasons":
        return _season(words, at, hit.last, name, lexicon, published)
    return _weekday(words, at, hit.last, int(name), lexicon, published)


def _numeric(words: Sequence[Word], at: int) -> Dated | None:
    text = words[at].text
    whole = _NUMERIC.fullmatch(text)
    last = at + 1
    if whole is None and at + 4 < len(words):
        joined = "".join(word.text for word in words[at : at + 5])
        if words[at].start + len(joined) == words[at + 4].end:
            whole, last = _NUMERIC.fullmatch(joined), at + 5
            iso = _ISO.fullmatch(joined)
            if iso is not None:
                return on_day(at, last, int(iso[1]), int(iso[2]), int(iso[3]))
    if whole is None:
        return None
    day, month, year = int(whole[1]), int(whole[3]), int(whole[4])
    if month > 12 >= day:
        day, month = month, day  # 04/17/2025
    return on_day(at, last, year + 2000 if year < 100 else year, month, day)


def _day_month(words: Sequence[Word], at: int, lexicon: Lexicon, published: date | None) -> Dated | None:
    """17 April 2025, 17. April, 17 апреля, le 3 mai, 17th of April."""
    if not words[at].text.isdigit() or not 0 < int(words[at].text) < 32:
        return None
    to = at + 1
    if to < len(words):
        hit = lexicon.date_words.at(words, to)
        if hit is not None and hit.what.name == "ordinal":
            to = hit.last
    if to < len(words):
        hit = lexicon.date_words.at(words, to)
        if hit is not None and hit.what.name == "of" and hit.last < len(words):
            to = hit.last
    month = lexicon.dates.at(words, to) if to < len(words) else None
    if month is None or month.what.group != "months":
        return None
    year, last = _year_behind(words, month.last, lexicon)
    number = int(month.what.name)
    day = int(words[at].text)
    if year is None:
        guess = nearest_year(number, day, published)
        return on_day(at, last, guess, number, day, True) if guess is not None else unknown(at, last)
    return on_day(at, last, year, number, day)


def _year_behind(words: Sequence[Word], at: int, lexicon: Lexicon) -> tuple[int | None, int]:
    """Return the year that stands behind a month, with the words for "year", and where it ends."""
    to = at
    if to < len(words) and words[to].text in (",", "."):
        to += 1
    elif to < len(words):
        hit = lexicon.date_words.at(words, to)
        if hit is not None and hit.what.name in ("of", "year"):
            to = hit.last
    if (
        to < len(words)
        and len(words[to].text) == 4
        and words[to].text.isdigit()
        and 1900 <= int(words[to].text) <= 2100
    ):
        last = to + 1
        if last < len(words):
            hit = lexicon.date_words.at(words, last)
            if hit is not None and hit.what.name == "year":
                last = hit.last
        return int(words[to].text), last
    return None, at


def _month(
    words: Sequence[Word], at: int, last: int, month: int, lexicon: Lexicon, published: date | None
) -> Dated | None:
    """April 17, 2025; April 2025; апрель. A bare month may be a word of the language: it needs a capital or a word before it."""
    if last < len(words) and words[last].text == "." and last + 1 < len(words) and words[last + 1].text[0].isdigit():
        last += 1
    if lexicon.language == "en" and last < len(words) and words[last].text.isdigit() and 0 < int(words[last].text) < 32:
        year, end = _year_behind(words, last + 1, lexicon)
        guess = year or nearest_year(month, int(words[last].text), published)
        return on_day(at, end, guess, month, int(words[last].text), year is None) if guess else unknown(at, end)
    if lexicon.language in ("en", "de") and not words[at].capital:
        return None
    if lexicon.language == "en" and words[at].low in ("may", "march", "mar") and not _after_in(words, at):
        return None
    if len(words[at].text) <= 3 and words[at].low not in ("may", "mai", "май", "мая", "мае"):
        return None  # "set", "ago", "mar" are words of their own
    year, end = _year_behind(words, last, lexicon)
    guess = year or nearest_year(month, 1, published)
    return span_of(at, end, *whole_month(guess, month), "month", year is None) if guess else unknown(at, end)


def _after_in(words: Sequence[Word], at: int) -> bool:
    before = words[at - 1].low if at else ""
    return before in ("in", "since", "by", "until", "of", "from", "last", "during") or (
        at + 1 < len(words) and words[at + 1].text[0].isdigit()
    )


def _part(
    words: Sequence[Word], at: int, last: int, part: str, lexicon: Lexicon, published: date | None
) -> Dated | None:
    """Mid-April; Anfang Mai; в конце апреля 2025 года; начало года."""
    to = last
    for _ in range(2):
        hit = lexicon.date_words.at(words, to) if to < len(words) else None
        if hit is not None and hit.what.name == "of":
            to = hit.last
    if to >= len(words):
        return None
    hit = lexicon.dates.at(words, to)
    if hit is not None and hit.what.group == "months":
        month = int(hit.what.name)
        year, end = _year_behind(words, hit.last, lexicon)
        guess = year or nearest_year(month, 1, published)
        if guess is None:
            return unknown(at, end)
        begin, close = _PART_DAYS[part]
        close = min(close, monthrange(guess, month)[1])
        return span_of(at, end, date(guess, month, begin), date(guess, month, close), "part-of-month", year is None)
    if words[to].text.isdigit() and len(words[to].text) == 4 and 1900 <= int(words[to].text) <= 2100:
        year = int(words[to].text)
        months = {"early": (1, 4), "mid": (5, 8), "late": (9, 12)}[part]
        _, end = _year_behind(words, to, lexicon)
        return span_of(at, end, date(year, months[0], 1), whole_month(year, months[1])[1], "season")
    return None


def _season(
    words: Sequence[Word], at: int, last: int, season: str, lexicon: Lexicon, published: date | None
) -> Dated | None:
    if lexicon.german and not words[at].capital:
        return None
    year, end = _year_behind(words, last, lexicon)
    if year is None and (lexicon.language in ("en", "fr") or published is None):
        return None  # "fall", "été" and "spring" are words of their own
    month = _SEASON_MONTHS[season]
    if year is None:
        assert published is not None
        year = published.year if date(published.year, month, 1) <= published else published.year - 1
        return span_of(at, end, *season_days(year, month), "season", True)
    return span_of(at, end, *season_days(year - 1 if season == "winter" else year, month), "season")


def _year(words: Sequence[Word], at: int, lexicon: Lexicon) -> Dated | None:
    """A year by itself: "in 2024", "2024 года"."""
    text = words[at].text
    if len(text) != 4 or not text.isdigit() or not 1950 <= int(text) <= 2050:
        return None
    hit = lexicon.date_words.at(words, at + 1) if at + 1 < len(words) else None
    if hit is not None and hit.what.name == "year":
        return span_of(at, hit.last, date(int(text), 1, 1), date(int(text), 12, 31), "year")
    before = words[at - 1].low if at else ""
    if before in lexicon.before_year:
        return span_of(at, at + 1, date(int(text), 1, 1), date(int(text), 12, 31), "year")
    return None


def _weekday(
    words: Sequence[Word], at: int, last: int, day: int, lexicon: Lexicon, published: date | None
) -> Dated | None:
    """A day of the week: the last such day up to publication. "Monday, 14 April" is left to the date behind it."""
    to = last + 1 if last < len(words) and words[last].text == "," else last
    if to < len(words) and words[to].text[0].isdigit():
        dated = _day_month(words, to, lexicon, published) or _numeric(words, to)
        if dated is not None:
            return replace(dated, first=at)
    if to < len(words):
        hit = lexicon.dates.at(words, to)
        if hit is not None and hit.what.group == "months":
            dated = _month(words, to, hit.last, int(hit.what.name), lexicon, published)
            if dated is not None and dated.stamp.precision == "day":
                return replace(dated, first=at)
    end = last
    if last < len(words):
        after = lexicon.date_words.at(words, last)
        if after is not None and after.what.name in ("after", "last"):
            end = after.last
    if published is None:
        return unknown(at, end)
    on = published - timedelta(days=(published.isoweekday() - day) % 7)
    return span_of(at, end, on, on, "day")


def _last_weekday(words: Sequence[Word], at: int, lexicon: Lexicon, published: date | None) -> Dated | None:
    """Last Tuesday, el pasado martes, в прошлый вторник: the one before publication, never its own day."""
    hit = lexicon.date_words.at(words, at)
    if hit is None or hit.what.name != "last" or hit.last >= len(words):
        return None
    day = lexicon.dates.at(words, hit.last)
    if day is None or day.what.group != "weekdays":
        return None
    if published is None:
        return unknown(at, day.last)
    on = published - timedelta(days=(published.isoweekday() - int(day.what.name) - 1) % 7 + 1)
    return span_of(at, day.last, on, on, "day")


def _last_month(words: Sequence[Word], at: int, lexicon: Lexicon, published: date | None) -> Dated | None:
    """Last March, lo scorso marzo, прошлого апреля: the last such month before publication."""
    hit = lexicon.date_words.at(words, at)
    if hit is None or hit.what.name != "last" or hit.last >= len(words):
        return None
    month = lexicon.dates.at(words, hit.last)
    if month is None or month.what.group != "months":
        return None
    found = _month(words, hit.last, month.last, int(month.what.name), lexicon, published)
    return replace(found, first=at) if found is not None else None
