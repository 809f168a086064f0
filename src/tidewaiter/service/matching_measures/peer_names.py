"""Names asked of ours and of the peer against the same lists: recall, names raised, and names a second.

The peer is given what it wants and we are not: the kind of every query, and only listed parties of that kind. Its candidates
are those of a brute force search, so that no index of ours stands between; that search is not held against it, and is the
plain ratio's own.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from rapidfuzz import fuzz, process

from tidewaiter.model import ListedParty, Party
from tidewaiter.screen.party import PartyIndex
from tidewaiter.service.matching_measures.alter import words_of
from tidewaiter.service.matching_measures.nomenklatura import NAME, THRESHOLD, Nomenklatura
from tidewaiter.service.matching_measures.report import Figure, Section, Table
from tidewaiter.service.matching_measures.sources import Measured
from tidewaiter.text.names_fold import to_latin

_PEER_LEVELS, _RATIO_LEVELS = (THRESHOLD, 0.85), (0.80, 0.85, 0.90)
_CANDIDATES, _NEGATIVES, _COMPANIES = 30, 400, 300
# The party stage is held to so many times the peer's names a second, at no lower recall than at the peer's own level.
_TIMES_THE_PEER = 50
ALTERED = "altered"
_OURS, _RATIO = "ours, shipped levels", "RapidFuzz sorted ratio"


class _BruteForce:
    """Every listed name, transliterated and sorted by words: candidates without an index, and the plain ratio itself."""

    def __init__(self, parties: Sequence[ListedParty]) -> None:
        self.parties = parties
        rows = [(place, name.text) for place, party in enumerate(parties) for name in party.names]
        self._owners = np.array([place for place, _ in rows])
        self._names = [_sorted(text) for _, text in rows]

    def nearest(self, name: str) -> tuple[list[int], float]:
        """Return the parties with the nearest names, and the best ratio."""
        ratios = process.cdist([_sorted(name)], self._names, scorer=fuzz.ratio, dtype=np.uint8, workers=1)[0]
        order = np.argsort(-ratios.astype(np.int16), kind="stable")[: 4 * _CANDIDATES]
        owners = list(dict.fromkeys(self._owners[order].tolist()))
        return owners[:_CANDIDATES], float(ratios[order[0]]) / 100


def _sorted(text: str) -> str:
    return " ".join(sorted(to_latin(text).replace(",", " ").split()))


@dataclass(frozen=True, slots=True)
class Query:
    """A name to ask: of which set, and the words of the listed name it should find (empty: it should find nothing)."""

    group: str
    name: str
    words: tuple[str, ...] = ()
    list_id: str = ""


def measure_screening(data: Measured) -> Section:
    """Measure ours and the peer on names only, in a section of their own.

    Raises:
        InputError: the peer is not installed.
    """
    section = Section("peer")
    measure_names(data, Nomenklatura(), section)
    return section


def measure_names(data: Measured, peer: Nomenklatura, section: Section) -> None:
    """Add what both find of persons (SDN and UN) and of companies (Consolidated Screening List) to a section."""
    people = [party for party in [*data.sdn, *data.un] if party.schema in ("Person", "")]
    for what, schema, queries, parties, index in (
        ("persons", "Person", _persons(data), people, data.person_index),
        ("companies", "Organization", _companies(data), data.csl, data.company_index),
    ):
        data.say(f"{len(queries)} {what} of ours, the peer and plain ratios")
        answers = Answers(queries)
        answers.ask_ours(index)
        answers.ask_peer(peer, schema, parties)
        tell(what, answers, section)


def _persons(data: Measured) -> list[Query]:
    listed = {words_of(name.text) for party in [*data.sdn, *data.un] for name in party.names}
    asked = data.full_names("screen_positives_un_untreated")
    altered = data.full_names("screen_positives_un_treated")
    pairs = zip(altered, map(words_of, asked), strict=True)
    queries = [Query(ALTERED, one, words) for one, words in pairs if words in listed]
    for group, file in (("us", "screen_negatives_us"), ("worldwide", "screen_negatives_global")):
        queries += [Query(group, name) for name in data.full_names(file)[:_NEGATIVES]]
    return queries


def _companies(data: Measured) -> list[Query]:
    rows = [row for row in data.companies if row.treatment != "NEGATIVE"]
    step = max(1, len(rows) // _COMPANIES)
    queries = [Query(ALTERED, row.query, words_of(row.target_name), row.target_id) for row in rows[::step]]
    queries += [Query("labelled", row.query) for row in data.companies if row.treatment == "NEGATIVE"]
    return queries + [Query("generated", name) for name in data.firms[:_NEGATIVES]]


@dataclass(slots=True)
class Answers:
    """Whether each query found what it should, by matcher and level, and the processor seconds each matcher took for all."""

    queries: Sequence[Query]
    found: dict[str, list[bool]] = field(default_factory=dict)
    spent: dict[str, float] = field(default_factory=dict)

    def ask_ours(self, index: PartyIndex) -> None:
        """Ask the index all names at once, as a screening of many declarations does."""
        worked = time.thread_time()
        matched = index.match_batch([Party(query.name) for query in self.queries])
        self.spent[_OURS] = time.thread_time() - worked
        self.found[_OURS] = self._hits([[match.listed for match in matches] for matches in matched])

    def ask_peer(self, peer: Nomenklatura, schema: str, parties: Sequence[ListedParty]) -> None:
        """Ask the plain ratio, whose nearest parties are the candidates of the peer, then the peer."""
        brute = _BruteForce(parties)
        worked = time.thread_time()
        nearest = [brute.nearest(query.name) for query in self.queries]
        self.spent[_RATIO] = time.thread_time() - worked
        entities = {place: peer.listed(parties[place]) for places, _ in nearest for place in places}
        worked = time.thread_time()
        scores = [
            {place: peer.score(peer.entity(schema, [query.name]), entities[place]) for place in places}
            for query, (places, _) in zip(self.queries, nearest, strict=True)
        ]
        self.spent[NAME] = time.thread_time() - worked
        for level in _PEER_LEVELS:
            reached = [[parties[place] for place, score in row.items() if score >= level] for row in scores]
            self.found[f"{NAME} {level}"] = self._hits(reached)
        for level in _RATIO_LEVELS:
            reached = [[parties[place] for place in places] if best >= level else [] for places, best in nearest]
            self.found[f"{_RATIO} {level}"] = self._hits(reached)

    def _hits(self, reached: Sequence[Sequence[ListedParty]]) -> list[bool]:
        return [_is_found(query, parties) for query, parties in zip(self.queries, reached, strict=True)]

    def share(self, name: str, group: str) -> float:
        """Return the share of hits of a matcher in a group of queries."""
        hits = [hit for hit, query in zip(self.found[name], self.queries, strict=True) if query.group == group]
        return sum(hits) / max(1, len(hits))

    def seconds(self, name: str) -> float:
        """Return the seconds of a matcher, whatever its level."""
        return next(spent for matcher, spent in self.spent.items() if name.startswith(matcher))


def tell(what: str, answers: Answers, section: Section) -> None:
    """Add a table of shares by group and the figures asked."""
    queries = answers.queries
    groups = list(dict.fromkeys(query.group for query in queries))
    sizes = {group: sum(query.group == group for query in queries) for group in groups}
    labels = [f"{'recall' if group == ALTERED else 'raised'} {group} ({sizes[group]})" for group in groups]
    table = Table(f"The same {what}", ("matcher", *labels, "names/s"), note="Candidates of the peer are not timed.")
    for name in answers.found:
        shares = [answers.share(name, group) for group in groups]
        table.rows.append((name, *shares, len(queries) / answers.seconds(name)))
    section.tables.append(table)
    ours, peer, ratio = (answers.spent[name] for name in (_OURS, NAME, _RATIO))
    above = answers.share(_OURS, ALTERED) - answers.share(f"{NAME} {THRESHOLD}", ALTERED)
    section.figures.extend(
        [
            Figure(f"{what} a second, ours to the peer's", peer / ours, _TIMES_THE_PEER, rows=len(queries)),
            Figure("the same with the search for the peer's candidates", (peer + ratio) / ours, rows=len(queries)),
            Figure(f"{what}, recall of ours above the peer's at {THRESHOLD} by", above, 0.0, rows=sizes[ALTERED]),
        ]
    )


def _is_found(query: Query, parties: Sequence[ListedParty]) -> bool:
    """Return whether any party was found, or for a query with a target whether that one was."""
    if not query.words:
        return bool(parties)
    return any(
        party.list_id == query.list_id or any(words_of(name.text) == query.words for name in party.names)
        for party in parties
    )
