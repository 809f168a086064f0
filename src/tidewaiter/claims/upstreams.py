"""On how many independent origins a set of claims rests: texts collapse to whom they have it from; unknown adds nothing.

An attributed claim counts for its upstream. A claim in a text's own voice counts for the publisher only where that text names
nobody else for the matter: one that quotes somebody rests on whom it quotes. Copies count as the text they copy. An outlet that is
quoted, and whose own texts are here or that is said to quote somebody else, counts as whom it has it from.

A verdict rests on the court, whoever retells it. An office without a name, and an official known by a person's name alone, is the one
authority of its text; an unnamed source is the outlet that quotes it. Who is accused is no origin, nor who only supposes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from urllib.parse import urlsplit

from tidewaiter.claims.bodies import COURT, NOBODY, Bodies
from tidewaiter.claims.duplicates import originals
from tidewaiter.claims.facts import Fact
from tidewaiter.claims.ledger_words import cue_pattern, whole_words
from tidewaiter.claims.offices import Offices
from tidewaiter.claims.sameness import spelling_key
from tidewaiter.model.claims import Claim, Predicate, Report, Speaker
from tidewaiter.packs.report_ledger import LedgerRules
from tidewaiter.text.fold import fold_text

P = Predicate
_TAKEN = frozenset({P.SEIZED, P.FOUND, P.SEARCHED, P.DETAINED})
_CASE = frozenset({P.DETAINED, P.CHARGED, P.PLEADED, P.CONVICTED, P.ACQUITTED, P.RELEASED})
_VERDICTS = frozenset({P.CONVICTED, P.ACQUITTED})
_IN_COURT = _VERDICTS | {P.PLEADED}
_TOLD = frozenset({P.POSTED, P.EXPORTED, P.PRIOR_SHIPMENT, P.SEIZED, P.FOUND, P.STORED, P.PURCHASED})
BEGINNING = 400  # characters of a text in which it says whose case it tells
NO_FACTS: Mapping[str, Sequence[Fact]] = MappingProxyType({})
NO_RULES = LedgerRules()


@dataclass(frozen=True, slots=True)
class Origin:
    """One independent origin with the documents and claims that rest on it."""

    key: str
    documents: tuple[str, ...]
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Upstreams:
    """The independent origins of a set of claims, by key; `unknown` are the claims whose origin cannot be told, which add nothing."""

    origins: tuple[Origin, ...]
    unknown: tuple[str, ...]

    @property
    def count(self) -> int:
        """How many independent origins there are."""
        return len(self.origins)


class OriginFinder:
    """Finds origins among known documents.

    Args:
        reports: every document of the ledger; claims of other documents have no origin.
        claims: all their claims, by which a document is seen to quote others.
        names: other spellings of an origin's name, case folded, to its name.
        bodies: finds authorities in the names of publishers and doers; without it a publisher is only an outlet.
        facts: what documents state beside their claims: whom they credit.
        rules: which names are wide for others, which publishers are channels, words for lawyers.
    """

    def __init__(
        self,
        reports: Iterable[Report],
        claims: Iterable[Claim],
        names: Mapping[str, str],
        bodies: Bodies = NOBODY,
        facts: Mapping[str, Sequence[Fact]] = NO_FACTS,
        rules: LedgerRules = NO_RULES,
    ) -> None:
        self._bodies = bodies
        self._offices = Offices(bodies, rules.lawyers)
        self._channels = whole_words(rules.channels)
        self._own_reporting = cue_pattern(rules.own_reporting)
        self._wider = {key: frozenset(narrower) for key, narrower in rules.wider.items()}
        self._facts = facts
        self._keys: dict[str, str] = {}
        self._publishers: dict[str, str] = {}
        self._names = {spelling_key(other): spelling_key(name) for other, name in names.items()}
        self._shown = {spelling_key(name): name for name in names.values()}
        self._reports = {report.id: report for report in reports}
        self._leader = originals(self._reports.values())
        self._outlets: dict[str, set[str]] = defaultdict(set)
        self._published: dict[str, set[str]] = defaultdict(set)
        for report in self._reports.values():
            publisher = self.publisher(report.id)
            if publisher:
                self._published[publisher].add(self.leader(report.id))
        self._authorities: dict[str, set[str]] = defaultdict(set)
        self._acting: dict[str, set[str]] = defaultdict(set)
        self._judged: set[str] = set()
        self._courts: dict[str, bool] = {}
        for claim in claims:
            self._look_at(claim)

    def _look_at(self, claim: Claim) -> None:
        """Remember which outlets and authorities the document of a claim quotes, and which authority it says to have acted."""
        report = self._reports.get(claim.document)
        for speaker in claim.chain:
            key = self.key(speaker.key or (speaker.name if speaker.type == "outlet" else ""))
            if speaker.type == "outlet" and key and key != self.publisher(claim.document):
                self._outlets[claim.document].add(key)
            if speaker.type in ("official", "document") and key in self._body_keys:
                self._authorities[claim.document].add(key)
        if report is not None and claim.predicate in _TAKEN and not claim.chain:
            acting = set(map(self.key, self._bodies.named(claim.quote, report.language)))
            self._acting[claim.document].update(acting & self._body_keys)
        if not claim.chain and self._is_verdict(claim):
            self._judged.add(claim.document)

    @cached_property
    def _body_keys(self) -> frozenset[str]:
        return frozenset(map(self.key, self._bodies.known))

    def authority(self, document: str) -> str:
        """Return the key of the one authority that a document quotes or is published by, "" where there is none or several."""
        own = self.publisher(document)
        found = {own} if own in self._body_keys else self._authorities.get(document, set())
        return next(iter(found)) if len(found) == 1 else ""

    def key(self, name: str) -> str:
        """Return the key of an origin: one for all spellings. An outlet's unnamed source (`izvestia/anonymous`) is that outlet."""
        found = self._keys.get(name)
        if found is None:
            plain = spelling_key(fold_text(name.partition("/")[0]))
            found = self._keys[name] = self._names.get(plain, plain)
        return found

    def shown(self, key: str) -> str:
        """Return the name of an origin as the data has it, else its key."""
        return self._shown.get(key, key)

    def leader(self, document: str) -> str:
        """Return the document that this one copies, or itself."""
        return self._leader.get(document, document)

    def publisher(self, document: str) -> str:
        """Return the key of who published a document: its outlet, else the host of its address, else nobody."""
        found = self._publishers.get(document)
        if found is None:
            found = self._publishers[document] = self._publisher(self._reports.get(document))
        return found

    def _publisher(self, report: Report | None) -> str:
        if report is None:
            return ""
        if report.publisher:
            body = self._bodies.named(report.publisher, report.language)
            return self.key(body[0]) if body and body[0] != COURT else self.key(report.publisher)
        host = urlsplit(report.url).hostname or ""
        return self.key(host.removeprefix("www.")) if host else ""

    def upstreams(self, claims: Iterable[Claim]) -> Upstreams:
        """Return the independent origins of a set of claims; their order makes no difference."""
        chosen = sorted({claim.id: claim for claim in claims}.values(), key=lambda c: c.id)
        by_document: dict[str, list[Claim]] = defaultdict(list)
        for claim in chosen:
            by_document[claim.document].append(claim)
        direct = {claim.id: self._direct(claim, by_document) for claim in chosen if _voiced(claim)}
        cited: dict[str, set[str]] = defaultdict(set)
        for claim in chosen:
            if direct.get(claim.id):
                cited[claim.document].add(direct[claim.id])
        for claim in chosen:
            if not _voiced(claim):
                direct[claim.id] = self._in_own_voice(claim, by_document[claim.document], cited[claim.document])
        weak = self._unshown(chosen, direct)
        if weak and any(key for name, key in direct.items() if name not in weak):
            direct.update(dict.fromkeys(weak, ""))
        resting: dict[str, set[str]] = defaultdict(set)
        for claim in chosen:
            resting[self.publisher(claim.document)].add(direct[claim.id])
            for key in self._passed(claim, direct[claim.id]):
                resting[key].add(direct[claim.id])
        found: dict[str, list[Claim]] = defaultdict(list)
        for claim in chosen:
            for key in _followed(direct[claim.id], resting):
                found[key].append(claim)
        unknown = tuple(claim.id for claim in found.pop("", []))
        self._narrow(found)
        return Upstreams(tuple(self._origin(key, found[key]) for key in sorted(found)), unknown)

    def _unshown(self, claims: Iterable[Claim], direct: Mapping[str, str]) -> set[str]:
        """The claims that outlets tell in their own voice without saying that their own people were there.

        Beside an origin that can be told they are no second one: nothing shows that they do not rest on it.
        """
        found = set()
        for claim in claims:
            publisher = self.publisher(self.leader(claim.document))
            if _voiced(claim) or claim.upstream or not direct[claim.id] or direct[claim.id] != publisher:
                continue
            if publisher not in self._body_keys and not self._reported_itself(claim.document):
                found.add(claim.id)
        return found

    def _reported_itself(self, document: str) -> bool:
        report = self._reports.get(document)
        return report is not None and self._own_reporting.search(fold_text(report.text)) is not None

    def _narrow(self, found: dict[str, list[Claim]]) -> None:
        """Put what rests on a wide name ("the security service") to the one narrower name beside it."""
        for wide in sorted(self._wider):
            keys = {self.key(name) for name in self._wider[wide]} & set(found)
            if self.key(wide) in found and len(keys) == 1:
                found[next(iter(keys))] += found.pop(self.key(wide))

    def _origin(self, key: str, claims: list[Claim]) -> Origin:
        documents = dict.fromkeys(claim.document for claim in claims)
        return Origin(self.shown(key), tuple(sorted(documents)), tuple(dict.fromkeys(c.id for c in claims)))

    def _passed(self, claim: Claim, origin: str) -> list[str]:
        """The outlets over which a claim came from somebody deeper: they are that one's voice in this matter."""
        keys = [self.key(speaker.key) for speaker in claim.chain if speaker.type == "outlet" and speaker.key]
        return [key for key in keys if origin and key != origin]

    def _direct(self, claim: Claim, by_document: Mapping[str, list[Claim]]) -> str:
        """The key that a claim rests on that somebody speaks, "" where it cannot be told."""
        last = [speaker for speaker in claim.chain if speaker.type != "author"][-1]
        if last.type in ("document", "outlet") and self._is_verdict(claim):
            return COURT
        return self._spoken(claim, last, by_document[claim.document])

    def _in_own_voice(self, claim: Claim, beside: Iterable[Claim], cited: set[str]) -> str:
        """The key that a claim rests on that a text tells itself; one that quotes somebody rests on whom it quotes."""
        leader = self.leader(claim.document)
        if self.publisher(leader) in self._body_keys:
            return self.publisher(leader)
        if self._is_verdict(claim):
            return COURT
        if claim.upstream:
            return self.key(claim.upstream)
        outlets = self._outlets.get(claim.document, set())
        if outlets:
            return next(iter(outlets)) if len(outlets) == 1 else ""
        if cited & (self._body_keys | {COURT}):
            return ""
        acting = self._acting.get(leader, set())
        if len(acting) != 1 and any(s.type == "outlet" and not s.key for c in beside for s in c.chain):
            return ""  # "media report": nobody can be told
        hearsay = bool(cited) or any(_voiced(c) or c.upstream for c in beside) or claim.modality != "asserted"
        hearsay = hearsay or self._is_channel(leader)
        return self._own(leader) or ("" if hearsay else self.publisher(leader) or _copied(leader, claim.document))

    def _is_channel(self, document: str) -> bool:
        report = self._reports.get(document)
        return report is not None and bool(self._channels.search(fold_text(report.publisher)))

    def _own(self, leader: str) -> str:
        """The key of what a text says in its own voice: the court that judged, who acted, whom it credits, whom its beginning names."""
        if leader in self._judged:
            return COURT
        acting = self._acting.get(leader, set())
        if len(acting) == 1:
            return next(iter(acting))
        credits = [f.noun for f in self._facts.get(leader, ()) if f.kind == "credit" and not f.denied]
        if "outlet" in credits and len(set(credits)) == 1:
            return ""  # only media that are not named
        credited = dict.fromkeys(self._credited(leader))
        known = self.authority(leader) or next((key for key in credited if key in self._body_keys), "")
        return known or next(iter(credited), "") or ("" if self._is_channel(leader) else self._named_first(leader))

    def _credited(self, document: str) -> Iterator[str]:
        """The keys of those whom a text credits, of an official that of the office."""
        report = self._reports.get(document)
        for fact in self._facts.get(document, ()):
            if report is None or fact.kind != "credit" or fact.denied or fact.noun in ("outlet", "official", "court"):
                continue
            words = report.text[fact.start : fact.end]
            known = self.key(fact.noun)
            official = known not in self._body_keys and known not in self._outlets.get(document, ())
            office = self._offices.of(Speaker("official", words, words), report) if official else ""
            yield self.key(office) if office else known

    def _named_first(self, document: str) -> str:
        """The first authority that the beginning of a text names, "" where it names none."""
        report = self._reports.get(document)
        if report is None:
            return ""
        named = self._bodies.named(report.text[:BEGINNING], report.language)
        return next((key for name in named if (key := self.key(name)) in self._body_keys), "")

    def _spoken(self, claim: Claim, last: Speaker, beside: Iterable[Claim]) -> str:
        """The key of a claim that somebody speaks."""
        report = self._reports[claim.document]
        if last.type == "court":
            return COURT
        if last.type == "suspect" or (last.type == "named-person" and self._is_accused(last, beside)):
            told = claim.predicate in _TOLD and claim.modality == "asserted" and claim.polarity == "affirmed"
            witness = " " in last.name.strip() and not self._is_accused(last, beside)
            lawyer = bool(last.name) and self._offices.is_lawyer(last, report)
            return self.key(last.key or last.name) if told and (lawyer or witness) else ""
        if last.type == "named-person" and claim.modality == "hypothetical":
            return ""
        own = self.key(last.key)
        if last.type == "official" and own in self._body_keys:
            return own
        authority = self.authority(claim.document)
        if last.type in ("official", "named-person", "company") and last.name:
            office = self.key(self._offices.of(last, report))
            if office in self._body_keys and (last.type != "company" or office == authority):
                return office
        if last.type == "official":
            if COURT in self._bodies.named(last.text, report.language):
                return COURT  # a court's press service
            office = authority or self.key(self._offices.of(last, report))
            if not office and claim.document in self._judged:
                return COURT
            return office or self._named_first(claim.document) or self.key(claim.upstream)
        if last.type == "named-person" and self._is_official(last, claim.document, beside):
            known = authority or next((k for k in self._credited(claim.document) if k in self._body_keys), "")
            if known:
                return known
        if last.type == "named-person" and (claim.predicate not in _TOLD or claim.polarity == "negated"):
            return ""  # who comments is no origin of what happened
        if claim.upstream:
            return self.key(claim.upstream)
        if last.type != "anonymous" or claim.modality != "asserted":
            return ""  # hearsay
        outlets = self._outlets.get(claim.document, set())
        if outlets:
            return next(iter(outlets)) if len(outlets) == 1 else ""
        return self.publisher(self.leader(claim.document))

    def _is_verdict(self, claim: Claim) -> bool:
        """Whether a claim tells what a court decided: a verdict, in a text that names a court."""
        if claim.predicate not in _IN_COURT or claim.modality != "asserted" or claim.polarity != "affirmed":
            return False
        report = self._reports.get(claim.document)
        if report is None:
            return False
        if report.id not in self._courts:
            self._courts[report.id] = COURT in self._bodies.named(report.text, report.language)
        return self._courts[report.id]

    def _is_accused(self, speaker: Speaker, beside: Iterable[Claim]) -> bool:
        """Whether a person who speaks is one against whom the case is."""
        last = spelling_key((speaker.name or speaker.text).split()[-1])
        accused = (c.subject for c in beside if c.predicate in _CASE and c.subject is not None)
        return any(last in map(spelling_key, (m.name or m.text).split()) for m in accused)

    def _is_official(self, speaker: Speaker, document: str, beside: Iterable[Claim]) -> bool:
        """Whether the text calls a person who speaks an official elsewhere."""
        last = spelling_key((speaker.name or speaker.text).split()[-1])
        credited = {part for f in self._facts.get(document, ()) if f.kind == "credit" for part in f.noun.split("-")}
        return last in map(spelling_key, credited) or any(
            s.type == "official" and last in map(spelling_key, (s.name or s.text).split())
            for c in beside
            for s in c.chain
        )


def _voiced(claim: Claim) -> bool:
    """Whether somebody else than the text's author speaks a claim."""
    return any(speaker.type != "author" for speaker in claim.chain)


def _copied(leader: str, document: str) -> str:
    return f"copied:{leader}" if leader != document else ""


def _followed(key: str, resting: Mapping[str, set[str]], seen: frozenset[str] = frozenset()) -> set[str]:
    """Follow a quoted outlet to what its own texts of the set rest on; a circle of outlets quoting each other has no origin."""
    if not key or key not in resting or resting[key] == {key}:
        return {key}
    if key in seen:
        return {""}
    found: set[str] = set()
    for further in resting[key]:
        found |= {key} if further == key else _followed(further, resting, seen | {key})
    known = found - {""}
    return known or {""}
