"""The date of publication as a line or dateline gives it, with its precision. Unknown stays unknown; no clock is read.

Names of months come from the Common Locale Data Repository through Babel. A date without a year, or one that could be read
as two days, keeps its words and has the precision `unknown`.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Mapping, Set
from datetime import date
from functools import cache
from typing import NamedTuple

from babel import Locale

from tidewaiter.model.claims import DatePrecision, Stamp

LANGUAGES = ("en", "ru", "uk", "de", "fr", "it", "es")
_TIME = re.compile(
    r"(?<!\d)\d{1,2}(?:[:.]|\s?h\s?)\d{2}(?::\d{2})?(?!\d)|[+-]\s?\d{1,2}(?::?\d{2})?(?!\d)|\b\d{1,2}(?=\s*(?:uhr|[ap]\.?m))",
    re.I,
)
_ISO = re.compile(
    r"(?<!\d)(?P<y>[12]\d{3})-(?P<m>\d{2})(?:-(?P<d>\d{2})(?:T[\d:.]{4,18}(?:Z|[+-]\d{2}:?\d{2})?)?)?(?!\d)"
)
_NUMERIC = re.compile(r"(?<![\d.])(?P<a>\d{1,2})(?P<sep>[./])(?P<b>\d{1,2})(?P=sep)(?P<y>[12]\d{3})(?!\d)")


class Found(NamedTuple):
    """A date in a text: the days it may mean, its precision and its span."""

    first: date | None
    last: date | None
    precision: DatePrecision
    start: int
    end: int

    def stamp(self, text: str, offset: int = 0) -> Stamp:
        """Return it as a `Stamp` of a text that stands at `offset` of the report."""
        words = text[self.start : self.end]
        return Stamp(self.first, self.last, self.precision, words, self.start + offset, self.end + offset)


@cache
def _months(language: str) -> Mapping[str, int]:
    found: dict[str, int] = {}
    for one in (language,) if language in LANGUAGES else LANGUAGES:
        for context in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                for number, name in Locale.parse(one).months[context][width].items():
                    name = name.casefold().rstrip(".")
                    if len(name) > 2:
                        found.setdefault(name, number)
                        found.setdefault(name[:3], number)
                        found.setdefault(name[:4], number)
    return found


@cache
def _weekdays() -> frozenset[str]:
    return frozenset(
        name.casefold().rstrip(".")
        for language in LANGUAGES
        for width in ("wide", "abbreviated")
        for name in Locale.parse(language).days["format"][width].values()
    )


@cache
def _worded(language: str) -> tuple[re.Pattern[str], ...]:
    month = "|".join(sorted(map(re.escape, _months(language)), key=lambda name: (-len(name), name)))
    m = rf"(?P<m>{month})\b\.?"
    year = r"(?P<y>[12]\d{3})(?!\d)"
    return (
        re.compile(
            rf"(?<!\d)(?P<d>[0-3]?\d)(?:\.|st\b|nd\b|rd\b|th\b|er\b|º|°|-го\b|-е\b)?\s*(?:(?:de|of)\s+)?{m}(?:\s*,?\s*(?:del?\s+)?{year})?",
            re.I,
        ),
        re.compile(rf"\b{m}\s+(?P<d>[0-3]?\d)(?:st|nd|rd|th)?(?!\d)(?:\s*,?\s+{year})?", re.I),
        re.compile(rf"\b{m}\s+(?:del?\s+)?{year}", re.I),
    )


def find_date(text: str, language: str) -> Found | None:
    """Return the first date in a short text, or None.

    Args:
        text: a line; give no long text.
        language: ISO 639-1 code of the text, or `und` for names of months in any of the seven languages.
    """
    found = [one for one in (_iso(text), _numeric(text, language), *_in_words(text, language)) if one is not None]
    return min(found, key=lambda one: (one.start, -one.end)) if found else None


def _iso(text: str) -> Found | None:
    match = _ISO.search(text)
    return _made(match, int(match["y"]), int(match["m"]), int(match["d"] or 0)) if match else None


def _numeric(text: str, language: str) -> Found | None:
    match = _NUMERIC.search(text)
    if match is None:
        return None
    a, b, year = int(match["a"]), int(match["b"]), int(match["y"])
    if match["sep"] == "." or a > 12 or (language in LANGUAGES and language != "en"):
        return _made(match, year, b, a)
    if b > 12 or a == b:
        return _made(match, year, a, b)
    return Found(None, None, "unknown", match.start(), match.end())


def _in_words(text: str, language: str) -> list[Found | None]:
    months = _months(language)
    found = []
    for pattern in _worded(language):
        match = pattern.search(text)
        if match is not None:
            parts = match.groupdict()
            number = months[parts["m"].casefold()]
            found.append(_made(match, int(parts["y"] or 0), number, int(parts.get("d") or 0)))
    return found


def _made(match: re.Match[str], year: int, month: int, day: int) -> Found | None:
    start, end = match.start(), match.end()
    if not year:
        return Found(None, None, "unknown", start, end) if 0 < day < 32 else None
    return _days(year, month, day, start, end)


def _days(year: int, month: int, day: int, start: int, end: int) -> Found | None:
    if not 0 < month < 13 or year < 1900:
        return None
    last = monthrange(year, month)[1]
    if not day:
        return Found(date(year, month, 1), date(year, month, last), "month", start, end)
    return Found(date(year, month, day), date(year, month, day), "day", start, end) if day <= last else None


def date_line(line: str, language: str, words: Set[str]) -> Found | None:
    """Return the first date of a line that says nothing but dates, times, weekdays and the `words` beside them, else None."""
    first = found = find_date(line, language)
    while found is not None:
        line = line[: found.start] + " " * (found.end - found.start) + line[found.end :]
        found = find_date(line, language)
    if first is None:
        return None
    rest = (word.strip(".,:;|()[]/–—-•·") for word in _TIME.sub(" ", line).casefold().split())
    return first if all(not word or word in words or word in _weekdays() for word in rest) else None


def stamp_of_data(text: str) -> Stamp:
    """Return the date in a page's or file's own data (ISO 8601, its date part as written), or an unknown one."""
    text = text.strip()
    match = re.match(r"([12]\d{3})(?:-?(\d{2})(?:-?(\d{2}))?)?(?!\d)", text)
    if match is None:
        return Stamp()
    year, month, day = (int(part or 0) for part in match.groups())
    if not month:
        return Stamp(date(year, 1, 1), date(year, 12, 31), "year") if year >= 1900 else Stamp()
    found = _days(year, month, day, 0, 0)
    return Stamp(found.first, found.last, found.precision) if found is not None else Stamp()
