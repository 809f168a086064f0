"""A small map of the places that claims state; there is none where no place is stated or known.

The outline is Natural Earth's land at 1:110 million (public domain), as packed in world-atlas 2.0.2, in degrees east and south (plate carrée).
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from tidewaiter.model.claims import Claim, Place

_MARGIN = 8.0  # degrees around what is shown
_LEAST = 40.0  # degrees that are shown at least from side to side
_LOWEST, _HIGHEST = -58.0, 80.0


@dataclass(frozen=True, slots=True)
class Point:
    """A place on the map: `x` degrees east, `y` degrees south; `roles` what claims say of it."""

    name: str
    x: float
    y: float
    roles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A stated way from one place to another."""

    one: Point
    other: Point


@dataclass(frozen=True, slots=True)
class Map:
    """What is drawn, and the view box in degrees: left, top, width, height."""

    points: tuple[Point, ...]
    lines: tuple[Line, ...]
    box: tuple[float, float, float, float]
    land: str


def map_of(claims: Iterable[Claim]) -> Map | None:
    """Return the map of some claims, None where none of their places is known."""
    roles: dict[tuple[str, float, float], set[str]] = {}
    ways: set[tuple[tuple[str, float, float], tuple[str, float, float]]] = set()

    def put(place: Place | None, role: str) -> tuple[str, float, float] | None:
        if place is None or place.latitude is None or place.longitude is None:
            return None
        key = (place.name or place.text, place.longitude, -place.latitude)
        roles.setdefault(key, set()).add(role)
        return key

    for claim in claims:
        put(claim.place, claim.predicate.value)
        stations = [
            put(claim.route.origin, "from"),
            *(put(place, "via") for place in claim.route.transit),
            put(claim.route.destination, "to"),
        ]
        known = [station for station in stations if station is not None]
        ways.update(itertools.pairwise(known))
    if not roles:
        return None
    points = {key: Point(*key, tuple(sorted(said))) for key, said in sorted(roles.items())}
    lines = tuple(Line(points[one], points[other]) for one, other in sorted(ways) if one != other)
    return Map(tuple(points.values()), lines, _box(points.values()), _land())


def _box(points: Iterable[Point]) -> tuple[float, float, float, float]:
    found = list(points)
    left, right = min(p.x for p in found) - _MARGIN, max(p.x for p in found) + _MARGIN
    top, bottom = min(p.y for p in found) - _MARGIN, max(p.y for p in found) + _MARGIN
    width = max(right - left, _LEAST, (bottom - top) * 1.6)
    middle, centre = (left + right) / 2, (top + bottom) / 2
    height = max(bottom - top, width / 2.2)
    top = max(min(centre - height / 2, -_LOWEST - height), -_HIGHEST)
    return round(middle - width / 2, 1), round(top, 1), round(width, 1), round(height, 1)


@cache
def _land() -> str:
    return files("tidewaiter.service.reports.page").joinpath("land-110m.svgpath").read_text(encoding="ascii").strip()
