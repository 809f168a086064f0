"""Small readers shared by the importers: countries, dates, identifiers, and what one imported list is."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

from tidewaiter.model import ListedParty, Problem
from tidewaiter.text.names import normalise_name
from tidewaiter.text.names_data import word_kinds

_MONTHS = {
    name: number
    for number, name in enumerate(
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"], start=1
    )
}
_DAY = re.compile(r"(\d{1,2}) ([A-Za-z]{3})[a-z]* (\d{4})")
_MONTH = re.compile(r"\b([A-Za-z]{3})[a-z]* (\d{4})")
_YEAR = re.compile(r"\b(1[89]\d\d|20\d\d)\b")
_ISO = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?")
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


def unique(values: Iterable[str]) -> tuple[str, ...]:
    """Return the values that are not empty, each once, in their first order."""
    return tuple(dict.fromkeys(value for value in values if value))


def birth_dates(text: str) -> tuple[str, ...]:
    """Read a birth date as lists write it.

    Args:
        text: `27 Feb 1968`, `Feb 1968`, `1968`, `1968-02-27`, `circa 1968`, `1958 to 1962`.

    Returns:
        ISO dates or parts of one; approximate years carry a leading `~`; several are alternatives.
    """
    text = text.strip()
    if _ISO.fullmatch(text):
        return (text,)
    about = "~" if re.search(r"circa|approx|about|c\.", text, re.IGNORECASE) else ""
    years = _YEAR.findall(text)
    if re.search(r"\bto\b|between", text) and len(years) == 2:
        first, last = int(years[0]), int(years[1])
        if 0 <= last - first <= _LONGEST_RANGE:
            return tuple(f"~{year}" for year in range(first, last + 1))
        return ()
    day = _DAY.search(text)
    if day is not None and day.group(2).lower() in _MONTHS:
        return (f"{about}{day.group(3)}-{_MONTHS[day.group(2).lower()]:02}-{int(day.group(1)):02}",)
    month = _MONTH.search(text)
    if month is not None and month.group(1).lower() in _MONTHS:
        return (f"{about}{month.group(2)}-{_MONTHS[month.group(1).lower()]:02}",)
    return (f"{about}{years[0]}",) if years else ()


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
