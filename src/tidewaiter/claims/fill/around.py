"""What stands around a predicate: counts and sums, the time, the place and the route."""

from __future__ import annotations

from collections.abc import Sequence

from tidewaiter.claims.clauses import Hit
from tidewaiter.claims.fill.scene import Scene
from tidewaiter.claims.roles import ROLES
from tidewaiter.model.claims import Place, Quantity, Route, Stamp


def figures_of(hit: Hit, scene: Scene) -> tuple[Quantity | None, Quantity | None]:
    """Return the count and the sum of money in the predicate's stretch, each None where there is none."""
    left, _ = scene.span(hit.left, hit.first)
    _, right = scene.span(hit.first, hit.right)
    return _inside(scene.noticed.quantities, left, right), _inside(scene.noticed.values, left, right)


def _inside(found: Sequence[Quantity], left: int, right: int) -> Quantity | None:
    return next(
        (q for q in found if q.start is not None and q.end is not None and left <= q.start and q.end <= right), None
    )


def time_of(hit: Hit, scene: Scene) -> Stamp:
    """Return the time stated in the predicate's clause, nearest to it first; the empty stamp where none is."""
    start, _ = scene.span(hit.first, hit.last)
    left, right = scene.span(*hit.clause)
    near = [s for s in scene.noticed.stamps if s.start is not None and left <= s.start < right]
    return min(near, key=lambda s: abs((s.start or 0) - start), default=Stamp())


def places_of(hit: Hit, scene: Scene, prepositions: dict[int, str]) -> tuple[Place | None, Route]:
    """Return where it happened and the route.

    Args:
        hit: the predicate.
        scene: its sentence.
        prepositions: what the place is, by the offset at which a preposition ends.
    """
    role = ROLES[hit.predicate]
    left, right = scene.span(hit.clause[0], max(hit.right, hit.clause[1]))
    own_left, _ = scene.span(hit.left, hit.first)
    _, own_right = scene.span(hit.first, hit.right)
    by: dict[str, list[Place]] = {"from": [], "to": [], "via": [], "in": []}
    for place in scene.noticed.places:
        inside = own_left <= place.start < own_right if role.route else left <= place.start < right
        if inside:
            by[prepositions.get(place.start, "in")].append(place)
    where = by["in"][0] if by["in"] else None
    if not role.route:
        return where, Route()
    return where, Route(by["from"][0] if by["from"] else None, tuple(by["via"]), by["to"][-1] if by["to"] else None)


__all__ = ["figures_of", "places_of", "time_of"]
