"""Small readers shared by the importers: countries, dates, identifiers, and what one imported list is."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

from babel import Locale

from tidewaiter.model import ListedParty, Problem
from tidewaiter.text.names import normalise_name
from tidewaiter.text.names_data import word_kinds

_MONTHS = {
    name: number
    for number, name in enumerate(
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"], start=1
    )
}
_DAY = re.compile(r"\b(\d{1,2})(?:st|nd|rd|th)?[ -]([A-Za-z]{3})[a-z]*\.?,?[ -](\d{4})\b")
_US_DAY = re.compile(r"\b([A-Za-z]{3})[a-z]*\.? (\d{1,2}),? (\d{4})\b")
_MONTH = re.compile(r"\b([A-Za-z]{3})[a-z]*\.?,? (\d{4})\b")
_SLASHED = re.compile(r"(?<!\d)(\d{1,2}|dd)[/.](\d{1,2}|mm)[/.](\d{4}|\d\d)(?!\d)", re.IGNORECASE)
_ISO_IN = re.compile(r"(?<!\d)(1[89]\d\d|20\d\d)-(\d\d)-(\d\d)(?!\d)")
_YEAR = re.compile(r"(?<!\d)(1[89]\d\d|20\d\d)(?!\d)")
_ISO = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?")
_ABOUT = re.compile(r"circa|approx|about|\bc\.|\bca\b|~", re.IGNORECASE)
_RANGE = re.compile(r"\bto\b|between|\b\d{4}\s*[-–—/]\s*\d{4}\b|\band \d{4}\b", re.IGNORECASE)
BROKEN = "list.row"
_LONGEST_RANGE = 10


@dataclass(frozen=True, slots=True)
class Imported:
    """One list as read from its files, before it is stored.

    `code` is our list code; `dated` the date the content itself states, if any; `problems` are located defects and
    notes on everything that was not understood.
    """

    code: str
    title: str
    publisher: str
    parties: tuple[ListedParty, ...]
    problems: tuple[Problem, ...] = ()
    dated: date | None = None
    invented: bool = False
    url: str = ""
    licence: str = ""


@cache
def _countries() -> dict[str, str]:
    table: dict[str, str] = {}
    for line in files("tidewaiter.lists").joinpath("countries.tsv").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            code, names = line.split("\t")
            table[code.casefold()] = code
            for name in names.split("|"):
                table[name.casefold()] = code
    return table


def country_code(name: str) -> str:
    """Return the alpha-2 code of a country as lists write it, or an empty string."""
    return _countries().get(name.strip().casefold(), "")


@cache
def _countries_elsewhere() -> dict[str, str]:
    """Names of countries in the languages offices write their own lists in."""
    table: dict[str, str] = {}
    for language in ("de", "fr", "es", "it", "pt", "nl", "pl", "cs", "ru", "uk", "tr", "ar", "fa", "zh", "ja", "ko"):
        for code, name in Locale(language).territories.items():
            if len(code) == 2 and code.isalpha():
                table.setdefault(name.casefold(), code)
    return table


def country_code_anywhere(name: str) -> str:
    """Return the alpha-2 code of a country named in one of sixteen languages, or an empty string."""
    return country_code(name) or _countries_elsewhere().get(name.strip().casefold(), "")


def unique(values: Iterable[str]) -> tuple[str, ...]:
    """Return the values that are not empty, each once, in their first order."""
    return tuple(dict.fromkeys(value for value in values if value))


def iso(year: str | int, month: str | int = 0, day: str | int = 0) -> str:
    """Return an ISO date of what is possible of it: a day that does not exist leaves the month, a month the year."""
    try:
        found = (int(year or 0), int(month or 0), int(day or 0))
    except ValueError:
        return ""
    if not 1000 <= found[0] <= 2999:
        return ""
    if not 1 <= found[1] <= 12:
        return f"{found[0]}"
    try:
        return date(*found).isoformat()
    except (ValueError, OverflowError):
        return f"{found[0]}-{found[1]:02}"


def iso_date(text: str, *, month_first: bool = False) -> str:
    """Return the first date in a text as ISO, or part of one, or an empty string.

    Args:
        text: `2014-03-17`, `17/03/2014`, `17 Mar 2014`, `March 17, 2014`, `03/17/2014` with `month_first`.
        month_first: Whether a date with slashes is month, day, year (United States).
    """
    found = _ISO_IN.search(text)
    if found is not None:
        return iso(*found.groups())
    slashed = _SLASHED.search(text)
    if slashed is not None:
        first, second, year = (part if part.isdigit() else "0" for part in slashed.groups())
        century = "" if len(year) == 4 else ("20" if int(year) < 70 else "19")
        day, month = (second, first) if month_first or int(second) > 12 else (first, second)
        return iso(century + year, month, day)
    for pattern, order in ((_DAY, (2, 1, 0)), (_US_DAY, (2, 0, 1))):
        for match in pattern.finditer(text):
            parts = match.groups()
            named = _MONTHS.get(parts[order[1]].lower())
            if named is not None:
                return iso(parts[order[0]], named, parts[order[2]])
    for match in _MONTH.finditer(text):
        if match.group(1).lower() in _MONTHS:
            return iso(match.group(2), _MONTHS[match.group(1).lower()])
    year_only = _YEAR.search(text)
    return year_only.group() if year_only is not None else ""


def day_of(text: str, *, month_first: bool = False) -> date | None:
    """Return the first whole date in a text, or None; for the date a list states of itself."""
    found = iso_date(text, month_first=month_first)
    return date.fromisoformat(found) if len(found) == 10 else None


def birth_dates(text: str) -> tuple[str, ...]:
    """Read a birth date as lists write it.

    Args:
        text: `27 Feb 1968`, `Feb 1968`, `1968`, `1968-02-27`, `27/02/1968`, `00/00/1968`, `dd/mm/1968`, `circa 1968`,
            `1958 to 1962`.

    Returns:
        ISO dates or parts of one; approximate years carry a leading `~`; several are alternatives.
    """
    text = text.strip()
    if _ISO.fullmatch(text):
        return (found,) if (found := iso(*text.split("-"))) else ()
    about = "~" if _ABOUT.search(text) else ""
    years = _YEAR.findall(text)
    if len(years) == 2 and _RANGE.search(text) and not _ISO_IN.search(text):
        first, last = int(years[0]), int(years[1])
        if 0 <= last - first <= _LONGEST_RANGE:
            return tuple(f"~{year}" for year in range(first, last + 1))
        return ()
    found = iso_date(text)
    if len(found) == 4 and len(years) > 1:
        return tuple(f"{about}{year}" for year in dict.fromkeys(years))
    return (about + found,) if found else ()


def infer_schema(name: str) -> str:
    """Return `Organization` when the name itself says so (a legal form or a word of organisation names), else empty."""
    normal = normalise_name(name)
    if normal.forms:
        return "Organization"
    kinds = word_kinds()
    return "Organization" if sum(kinds.get(token) == "generic" for token in normal.tokens) > 1 else ""


def left_over(seen: dict[str, int], where: str, file: str) -> list[Problem]:
    """Return one note per field that was present but not understood, with how often it occurred."""
    return [
        Problem(
            code="list.field-not-understood",
            message=f"{where} {name!r} was not understood in {count} records and is not in the imported list",
            severity="note",
            file=file,
            field=name,
        )
        for name, count in sorted(seen.items())
    ]
