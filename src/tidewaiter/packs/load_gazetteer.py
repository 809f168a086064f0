"""Read what reports name again and again: outlets, places, countries' further names and given names, under `packs/report-words`."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from tidewaiter.model import PackError, Problem
from tidewaiter.model.claims import PlacePrecision
from tidewaiter.packs.reader import Fields
from tidewaiter.packs.yamlio import read

LANGUAGES = ("en", "ru", "uk", "de", "fr", "it", "es")
OUTLET_KINDS = ("agency", "daily", "weekly", "tabloid", "broadcaster", "telegram", "portal", "trade")
PLACE_KINDS = ("city", "site", "region")


@dataclass(frozen=True, slots=True)
class OutletRow:
    """One outlet. `close_to` is "government" where it is publicly documented as a state's, and `because` says how; `weak` names are ordinary words too."""

    key: str
    names: tuple[str, ...]
    country: str
    kind: str
    close_to: str = ""
    because: str = ""
    weak: bool = False


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """One place: names by language, degrees to a tenth, ISO 3166-1 alpha-2 country."""

    country: str
    latitude: float
    longitude: float
    kind: PlacePrecision
    names: dict[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class GazetteerRows:
    """All rows as read; `countries` are (code, language or `mul`, name)."""

    outlets: tuple[OutletRow, ...]
    places: tuple[PlaceRow, ...]
    countries: tuple[tuple[str, str, str], ...]
    given_names: frozenset[str]


def load_gazetteer_rows(packs: Path) -> GazetteerRows:
    """Return every row under `packs/report-words`.

    Raises:
        PackError: a file does not load; `problems` lists all that is wrong.
    """
    folder = packs / "report-words"
    problems: list[Problem] = []
    rows = GazetteerRows(
        tuple(_outlets(folder / "outlets.yaml", problems)),
        tuple(_places(folder / "places.tsv", problems)),
        tuple(_countries(folder / "countries.tsv")),
        _given(folder / "given-names.txt"),
    )
    if problems:
        raise PackError(f"{len(problems)} problem(s) in the gazetteer of reports", problems)
    return rows


def _outlets(path: Path, problems: list[Problem]) -> Iterator[OutletRow]:
    node, found = read(path, path.name)
    problems.extend(found)
    fields = Fields(node, path.name, problems)
    seen: set[str] = set()
    for row in fields.subs("outlets"):
        key = row.text("key", required=True)
        if key in seen:
            row.problem("this outlet is told twice", "key", read=key)
        seen.add(key)
        close_to = row.choice("close_to", ("government",))
        because = row.text("because", required=bool(close_to))
        kind = row.choice("kind", OUTLET_KINDS, required=True)
        names = row.texts("names")
        yield OutletRow(key, names, row.text("country", required=True), kind, close_to, because, row.flag("weak"))
        row.done()
    fields.done()


def _places(path: Path, problems: list[Problem]) -> Iterator[PlaceRow]:
    lines = [(number, line) for number, line in enumerate(path.read_text("utf-8").splitlines(), 1) if line[:1] != "#"]
    reader = csv.DictReader((line for _, line in lines), delimiter="\t")
    for (number, _), row in zip(lines[1:], reader, strict=True):
        try:
            latitude, longitude = float(row["latitude"]), float(row["longitude"])
        except (TypeError, ValueError):
            problems.append(Problem("pack.places", "latitude and longitude are degrees", "error", path.name, number))
            continue
        if row["kind"] not in PLACE_KINDS:
            problems.append(Problem("pack.places", "not a kind of place", "error", path.name, number, read=row["kind"]))
            continue
        names = {
            language: tuple(name.strip() for name in (row[language] or row["en"]).split("/") if name.strip())
            for language in LANGUAGES
        }
        yield PlaceRow(row["country"], latitude, longitude, cast("PlacePrecision", row["kind"]), names)


def _countries(path: Path) -> Iterator[tuple[str, str, str]]:
    for line in path.read_text("utf-8").splitlines():
        if line and line[0] != "#":
            code, language, names = line.split("\t")
            for name in names.split("/"):
                yield code, language, name


def _given(path: Path) -> frozenset[str]:
    lines = path.read_text("utf-8").splitlines()
    return frozenset(name.lower().replace("ё", "е") for line in lines if line[:1] != "#" for name in line.split())
