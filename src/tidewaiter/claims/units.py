"""The incidents inside one document: claims that speak of one case stand together, those of another case of a digest apart.

A unit is made of claims of what happened. Other claims (motives, the law, positions) join the unit of their paragraph, or stay
background of the document. A generalisation about a nation or group joins nothing.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from tidewaiter.claims.reading import ReadReport
from tidewaiter.claims.sameness import (
    Kinds,
    ages_same,
    designator_key,
    names_same,
    places_same,
    times_same,
)
from tidewaiter.model.claims import Claim, Mention, Predicate
from tidewaiter.text.fold import fold_text

P = Predicate
FAMILIES: dict[Predicate, str] = {
    **dict.fromkeys((P.POSTED, P.EXPORTED, P.PRIOR_SHIPMENT), "sent"),
    **dict.fromkeys((P.SEIZED, P.FOUND, P.SEARCHED), "taken"),
    **dict.fromkeys((P.DETAINED, P.CHARGED, P.PLEADED, P.CONVICTED, P.ACQUITTED, P.RELEASED), "case"),
    **dict.fromkeys((P.STORED, P.PURCHASED), "kept"),
}
_LINES = re.compile(r"\n+")


@dataclass
class Unit:
    """The claims of one incident in one document; `beside` are those that only stand by it."""

    document: str
    claims: list[Claim] = field(default_factory=list)
    beside: list[Claim] = field(default_factory=list)
    paragraph: int = -1

    @property
    def id(self) -> str:
        """The id of its first claim."""
        return min(self.claims, key=lambda c: (c.start, c.id)).id

    @property
    def persons(self) -> list[Mention]:
        """The persons of what happened."""
        return [
            m for claim in self.claims for m in (claim.subject, claim.object) if m is not None and m.kind == "person"
        ]


def units_of(reading: ReadReport, kinds: Kinds, another_case: re.Pattern[str]) -> tuple[list[Unit], list[Claim]]:
    """Return the incidents of a document and the claims that are background.

    Args:
        reading: the document with its claims, in any order.
        kinds: relations of kinds of goods.
        another_case: finds, in folded text, the words by which another case begins.
    """
    splitter = _Splitter(reading, kinds, another_case)
    for claim in sorted(reading.claims, key=lambda c: (c.start, c.end, c.id)):
        if claim.passage != "headline" and claim.predicate in FAMILIES:
            splitter.place(claim)
    return splitter.finish()


class _Splitter:
    def __init__(self, reading: ReadReport, kinds: Kinds, another_case: re.Pattern[str]) -> None:
        self.reading = reading
        self.text = reading.report.text
        self.kinds = kinds
        self.another_case = another_case
        self.units: list[Unit] = []
        self.starts = [0, *(match.end() for match in _LINES.finditer(self.text))]
        self.last_end = 0

    def paragraph(self, claim: Claim) -> int:
        return bisect_right(self.starts, claim.start)

    def place(self, claim: Claim) -> None:
        """Put a claim of what happened into its unit, or begin one."""
        paragraph = self.paragraph(claim)
        begun = max(self.last_end, self.starts[paragraph - 1])
        cue = bool(self.another_case.search(fold_text(self.text[begun : max(begun, claim.start)])))
        self.last_end = max(self.last_end, claim.end)
        unit = self._choose(claim, paragraph, cue)
        if unit is None:
            unit = Unit(self.reading.report.id)
            self.units.append(unit)
        unit.claims.append(claim)
        unit.paragraph = paragraph

    def _choose(self, claim: Claim, paragraph: int, cue: bool) -> Unit | None:
        for unit in reversed(self.units):
            if _refers(claim, unit):
                return unit
        free = [unit for unit in reversed(self.units) if not self._excluded(claim, unit)]
        for unit in free:
            if any(names_same(a.name, b.name) for a in _persons(claim) for b in unit.persons):
                return unit
        if cue or not free:
            return None
        last = free[0]
        if last is self.units[-1] and last.paragraph == paragraph:
            return last
        for unit in free:
            if self._goods(claim, unit) is True and not self._another_person(claim, unit):
                return unit
        other = self._another_person(claim, last) or _elsewhere(claim, last)
        return None if other and self._goods(claim, last) is False else last

    def _excluded(self, claim: Claim, unit: Unit) -> bool:
        """Return whether a claim cannot be of a unit: other persons in another paragraph, or the same thing at another place."""
        apart = unit.paragraph != self.paragraph(claim)
        mine, theirs = _persons(claim), unit.persons
        if apart and mine and theirs and all(_persons_differ(a, b) for a in mine for b in theirs):
            return True
        alike = [other for other in unit.claims if other.predicate == claim.predicate]
        elsewhere = any(places_same(claim.place, other.place) is False for other in alike)
        then = any(times_same(claim.time, other.time) is False for other in alike)
        return (elsewhere or (then and apart)) and self._goods(claim, unit) is not True

    def _another_person(self, claim: Claim, unit: Unit) -> bool:
        """Return whether a claim brings somebody who is not taken up from before, where the unit has its person.

        Most texts tell one case under many words ("a courier", "the man", "the suspect"), so this parts only with other goods.
        """
        if not unit.persons:
            return False
        return any(
            mention.refers_to is None and all(mention.head != known.head for known in unit.persons)
            for mention in _persons(claim)
        )

    def _goods(self, claim: Claim, unit: Unit) -> bool | None:
        mine = {designator_key(g.designator) for g in claim.goods if g.designator}
        theirs = {designator_key(g.designator) for c in unit.claims for g in c.goods if g.designator}
        if mine & theirs:
            return True
        return self.kinds.same(
            [c for g in claim.goods for c in g.concepts],
            [c for o in unit.claims for g in o.goods for c in g.concepts],
        )

    def finish(self) -> tuple[list[Unit], list[Claim]]:
        """Place headlines and claims that stand by an incident; return units and background."""
        background: list[Claim] = []
        for claim in sorted(self.reading.claims, key=lambda c: (c.start, c.end, c.id)):
            if claim.predicate in FAMILIES and claim.passage == "headline":
                self._headline(claim)
            elif claim.predicate not in FAMILIES:
                unit = self._nearby(claim) if claim.predicate is not P.GENERALISATION else None
                (background if unit is None else unit.beside).append(claim)
        return self.units, background

    def _headline(self, claim: Claim) -> None:
        """A headline is about the incident that fits it best, else about the first."""
        if not self.units:
            self.units.append(Unit(self.reading.report.id))
        scores = [
            (self._goods(claim, unit) is True) * 2 + any(o.predicate == claim.predicate for o in unit.claims)
            for unit in self.units
        ]
        self.units[scores.index(max(scores))].claims.append(claim)

    def _nearby(self, claim: Claim) -> Unit | None:
        models = {designator_key(g.designator) for g in claim.goods if g.designator}
        paragraph = self.paragraph(claim)
        for unit in self.units:
            if _refers(claim, unit):
                return unit
        for unit in self.units:
            if any(self.paragraph(other) == paragraph for other in unit.claims if other.passage != "headline"):
                return unit
        for unit in self.units:
            if models & {designator_key(g.designator) for c in unit.claims for g in c.goods if g.designator}:
                return unit
        return None


def _persons(claim: Claim) -> list[Mention]:
    return [m for m in (claim.subject, claim.object) if m is not None and m.kind == "person"]


def _refers(claim: Claim, unit: Unit) -> bool:
    """Return whether a person of a claim is a mention of a unit, or takes one up."""
    known = {m.start for m in unit.persons} | {m.refers_to for m in unit.persons if m.refers_to is not None}
    return any(m.start in known or m.refers_to in known for m in _persons(claim))


def _elsewhere(claim: Claim, unit: Unit) -> bool:
    """Return whether a claim's place excludes every place of a unit."""
    places = [other.place for other in unit.claims if other.place is not None]
    return claim.place is not None and bool(places) and all(places_same(claim.place, p) is False for p in places)


def _persons_differ(left: Mention, right: Mention) -> bool:
    return names_same(left.name, right.name) is False or ages_same(left, right, None, None) is False


def claims_of(units: Iterable[Unit]) -> Sequence[Claim]:
    """Return every claim of units, those beside them too."""
    return [claim for unit in units for claim in (*unit.claims, *unit.beside)]
