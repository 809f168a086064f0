"""The ledger as a reader sees it: incidents with their documents, origins, claims with grade and status, and conflicts side by side.

Worked out from the claims and from what people did, every time anew: nothing here is stored, so nothing can go stale or be lost.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from tidewaiter.claims.bodies import Bodies
from tidewaiter.claims.conflicts import Known, propose_links
from tidewaiter.claims.events import Event, propose_events
from tidewaiter.claims.grades import Standing, suggest_grade
from tidewaiter.claims.reading import ReadReport
from tidewaiter.claims.sameness import Kinds
from tidewaiter.claims.status import Dated, latest_status
from tidewaiter.claims.units import FAMILIES
from tidewaiter.claims.upstreams import OriginFinder, Upstreams
from tidewaiter.model.claims import Claim, ClaimLink, Grade, Mention, Report
from tidewaiter.model.ledger import HandWork, Incident, SetGrade, Verification
from tidewaiter.packs.report_ledger import LedgerRules


@dataclass(frozen=True, slots=True)
class ClaimView:
    """A claim with what is suggested, what an analyst set, and who looked into it. `upstreams` counts the origins that say it."""

    claim: Claim
    suggested: Grade
    grade: SetGrade | None
    verification: Verification | None
    upstreams: int

    @property
    def standing(self) -> Grade:
        """The analyst's grade where there is one, else the suggestion."""
        return self.grade.grade if self.grade is not None else self.suggested


@dataclass(frozen=True, slots=True)
class PersonView:
    """A mention of a person, and the mentions that people joined with it. `id` is `document:start-end`."""

    id: str
    mention: Mention
    joined: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class IncidentView:
    """One incident: proposed, or grouped by an analyst (`by_hand`). `status` is the furthest step that its claims tell of."""

    id: str
    title: str
    by_hand: Incident | None
    documents: tuple[Report, ...]
    copies: Mapping[str, str]
    upstreams: Upstreams
    claims: tuple[ClaimView, ...]
    persons: tuple[PersonView, ...]
    links: tuple[ClaimLink, ...]
    status: Dated | None
    because: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LedgerView:
    """Everything in a ledger: incidents, claims that belong to none, and links between incidents (one model, two kinds)."""

    incidents: tuple[IncidentView, ...]
    background: tuple[ClaimView, ...]
    links: tuple[ClaimLink, ...]


def ledger_view(readings: Sequence[ReadReport], done: HandWork, kinds: Kinds, rules: LedgerRules) -> LedgerView:
    """Return the view of a ledger; the order of its documents makes no difference.

    Args:
        readings: every document with its claims.
        done: what people did.
        kinds: relations of kinds of goods.
        rules: data of the ledger.
    """
    return _Builder(readings, done, kinds, rules).view()


class _Builder:
    def __init__(self, readings: Sequence[ReadReport], done: HandWork, kinds: Kinds, rules: LedgerRules) -> None:
        self.readings = sorted(readings, key=lambda r: r.report.id)
        self.done = done
        self.reports = {r.report.id: r.report for r in self.readings}
        self.claims = {c.id: c for r in self.readings for c in r.claims}
        facts = {r.report.id: r.facts for r in self.readings}
        self.origins = origins_of(self.readings, rules)
        self.known = Known(
            self.reports,
            self.claims,
            kinds,
            self.origins,
            rules,
            facts,
        )
        self.published: dict[str, date | None] = {name: r.published.first for name, r in self.reports.items()}
        self.joined = joined_mentions((row.left, row.right) for row in done.standing_joins())

    def view(self) -> LedgerView:
        taken = {claim for incident in self.done.incidents for claim in incident.claims}
        free = [replace(r, claims=tuple(c for c in r.claims if c.id not in taken)) for r in self.readings]
        proposed = propose_events(free, self.known.kinds, self.known.rules.another_case, self.origins)
        by_hand = {f"I{row.no}": row for row in self.done.incidents}
        events = [*(self._grouped(name, row) for name, row in by_hand.items()), *proposed.events]
        links = tuple(dict.fromkeys((*self.done.links, *self._proposals(events))))
        conflicting = {name for link in links if link.kind == "conflicts-with" for name in (link.left, link.right)}
        incidents = tuple(self._incident(event, by_hand.get(event.id), links, conflicting) for event in events)
        shown = {link for incident in incidents for link in incident.links}
        background = tuple(self._claim(self.claims[name], {}, conflicting) for name in proposed.background)
        return LedgerView(incidents, background, tuple(link for link in links if link not in shown))

    def _grouped(self, name: str, row: Incident) -> Event:
        claims = tuple(c for c in row.claims if c in self.claims)
        return Event(
            name, claims, tuple(sorted({self.claims[c].document for c in claims})), (f"grouped by {row.by}: {row.why}",)
        )

    def _proposals(self, events: Iterable[Event]) -> list[ClaimLink]:
        """The proposed links, without those that a person has made in the same place."""
        made = {(link.kind, link.left, link.right) for link in self.done.links}
        return [link for link in propose_links(events, self.known) if (link.kind, link.left, link.right) not in made]

    def _incident(
        self, event: Event, by_hand: Incident | None, links: Iterable[ClaimLink], conflicting: set[str]
    ) -> IncidentView:
        claims = [self.claims[name] for name in event.claims]
        inside = set(event.claims)
        documents = tuple(self.reports[name] for name in event.documents)
        said = self._origins_of_sayings(claims, conflicting)
        first = min(claims, key=lambda c: (self.published[c.document] or date.max, c.document, c.start))
        return IncidentView(
            event.id,
            by_hand.title if by_hand is not None else first.quote,
            by_hand,
            documents,
            {name: leader for name in event.documents if (leader := self.origins.leader(name)) != name},
            self.origins.upstreams(happened(claims)),
            tuple(self._claim(claim, said, conflicting) for claim in claims),
            self._persons(claims),
            tuple(link for link in links if link.left in inside and link.right in inside),
            latest_status(claims, self.published),
            event.because,
        )

    def _origins_of_sayings(self, claims: Sequence[Claim], conflicting: set[str]) -> dict[tuple[str, str], int]:
        """On how many origins each saying of an incident rests: what its claims that nothing excludes say alike."""
        alike: dict[tuple[str, str], list[Claim]] = defaultdict(list)
        for claim in claims:
            if claim.id not in conflicting:
                alike[claim.predicate, claim.polarity].append(claim)
        return {saying: self.origins.upstreams(rows).count for saying, rows in alike.items()}

    def _claim(self, claim: Claim, said: Mapping[tuple[str, str], int], conflicting: set[str]) -> ClaimView:
        """A claim with its grade; on how many origins it rests is asked of the claims that say the like in its incident."""
        known = None if claim.id in conflicting else said.get((claim.predicate, claim.polarity))
        count = known if known is not None else self.origins.upstreams([claim]).count
        standing = Standing(count, claim.id in conflicting)
        suggested = suggest_grade(claim, self.reports[claim.document], standing, self.known.rules, self.origins)
        return ClaimView(claim, suggested, self.done.grade_of(claim.id), self.done.verification_of(claim.id), count)

    def _persons(self, claims: Iterable[Claim]) -> tuple[PersonView, ...]:
        found: dict[str, Mention] = {}
        for claim in claims:
            for mention in (claim.subject, claim.object):
                if mention is not None and mention.kind == "person":
                    found.setdefault(mention_id(claim, mention), mention)
        return tuple(PersonView(name, m, self.joined.get(name, ())) for name, m in sorted(found.items()))


def origins_of(readings: Sequence[ReadReport], rules: LedgerRules) -> OriginFinder:
    """Return what finds on whom claims of documents rest."""
    claims = [claim for reading in readings for claim in reading.claims]
    facts = {r.report.id: r.facts for r in readings}
    reports = [r.report for r in readings]
    return OriginFinder(reports, claims, rules.origins, Bodies(rules.bodies), facts, rules)


def happened(claims: Sequence[Claim]) -> list[Claim]:
    """Return the claims of what happened, which an incident rests on; all of them where there are no such.

    Whoever comments, pleads a motive or explains the law is no origin of what happened.
    """
    return [claim for claim in claims if claim.predicate in FAMILIES] or list(claims)


def mention_id(claim: Claim, mention: Mention) -> str:
    """Return the name of a mention: `document:start-end`."""
    return f"{claim.document}:{mention.start}-{mention.end}"


def joined_mentions(pairs: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    """Return for each joined mention the others that are held to be the same person."""
    groups: dict[str, set[str]] = defaultdict(set)
    for left, right in pairs:
        merged = groups[left] | groups[right] | {left, right}
        for name in merged:
            groups[name] = merged
    return {name: tuple(sorted(group - {name})) for name, group in groups.items()}
