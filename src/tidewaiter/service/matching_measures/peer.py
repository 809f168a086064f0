"""The strongest open matcher beside ours, in one run on the same rows: nomenklatura's logic-v2, and RapidFuzz as plain ratios.

nomenklatura is a development dependency (`pip install -e '.[peer]'`), never part of the program. Each query and each listed
party is an entity with an id of its own, since its caches go by id; it is warmed up before it is timed. It is given what it
wants and we are not: the kind of every query, and only listed parties of that kind. Its candidates are those of a brute
force search, so that no index of ours stands between.
"""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any

import numpy as np
from rapidfuzz import fuzz, process

from tidewaiter.model import InputError, ListedParty, Party
from tidewaiter.screen.party import compare
from tidewaiter.service.matching_measures.alter import words_of
from tidewaiter.service.matching_measures.pairs import CURATED, Scored, figures_of
from tidewaiter.service.matching_measures.report import Figure, Section, Table
from tidewaiter.service.matching_measures.sources import Measured, PairRow
from tidewaiter.text.names_fold import to_latin

_THRESHOLD, _RATIO = 0.70, 0.85
_SCREEN_LEVELS = (0.70, 0.85)
_CANDIDATES, _NEGATIVES, _COMPANIES = 30, 400, 300
# The party stage is held to so many times the peer's names a second, at no lower recall than at the peer's own level.
_TIMES_THE_PEER = 50
_OURS, _PEER = "ours, shipped levels", "nomenklatura logic-v2"
_SCHEMA = {"Person": "Person", "Organization": "Organization", "Vessel": "Vessel", "Aircraft": "Airplane"}
Scorer = Callable[[PairRow], float]


class Nomenklatura:
    """logic-v2 with entities made for every call."""

    def __init__(self) -> None:
        """Load the matcher and its tables.

        Raises:
            InputError: it is not installed.
        """
        try:
            self._algorithm = import_module("nomenklatura.matching").get_algorithm("logic-v2")
            self._model = import_module("followthemoney").model
        except ImportError:
            raise InputError(
                "the peer is not installed; `pip install -e '.[peer]'` into an environment of its own (it brings 400 MB of tables)"
            ) from None
        self._config = self._algorithm.default_config()
        self._numbers = itertools.count()
        self.score(self.entity("Person", ["Warm Up"]), self.entity("Person", ["Warm Upp"]))

    def entity(self, schema: str, names: Sequence[str], weak: Sequence[str] = ()) -> Any:
        """Return an entity with an id of its own."""
        made = self._model.make_entity(schema)
        made.id = f"e{next(self._numbers)}"
        for name in names:
            made.add("name", name)
        for name in weak:
            made.add("weakAlias", name)
        return made

    def listed(self, party: ListedParty) -> Any:
        """Return a listed party as an entity."""
        strong = [name.text for name in party.names if name.kind != "weak-alias"]
        weak = [name.text for name in party.names if name.kind == "weak-alias"]
        return self.entity(_SCHEMA.get(party.schema, "LegalEntity"), strong or weak, weak if strong else ())

    def score(self, query: Any, listed: Any) -> float:
        """Return the score of two entities, 0 to 1."""
        return float(self._algorithm.compare(query, listed, self._config).score)

    def pair(self, row: PairRow) -> float:
        """Return the score of a labelled pair."""
        return self.score(self.entity(row.schema, [row.declared]), self.entity(row.schema, [row.listed]))


def _ours(row: PairRow) -> float:
    return compare(Party(row.declared), row.listed, row.schema).score / 1000


def _token_sort(row: PairRow) -> float:
    return fuzz.token_sort_ratio(to_latin(row.declared), to_latin(row.listed)) / 100


def _token_set(row: PairRow) -> float:
    return fuzz.token_set_ratio(to_latin(row.declared), to_latin(row.listed)) / 100


@dataclass(slots=True)
class _Run:
    """One matcher over the labelled pairs: its scores and the processor time of each."""

    name: str
    threshold: float
    scores: list[float] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)

    def ask(self, scorer: Scorer, rows: Sequence[PairRow]) -> None:
        for row in rows[:100]:
            scorer(row)
        for row in rows:
            began = time.thread_time()
            self.scores.append(scorer(row))
            self.seconds.append(time.thread_time() - began)

    @property
    def microseconds(self) -> float:
        return 1e6 * float(np.median(self.seconds))


def measure(data: Measured) -> Section:
    """Measure ours, the peer and plain ratios on the labelled pairs and on a sample of the screening names.

    Raises:
        InputError: the peer is not installed.
    """
    peer = Nomenklatura()
    section = Section("peer")
    _pairs(data, peer, section)
    _screening(data, peer, section)
    return section


def measure_screening(data: Measured) -> Section:
    """Measure ours and the peer on names asked against the same lists only: recall, names raised, and names a second.

    Raises:
        InputError: the peer is not installed.
    """
    section = Section("peer")
    _screening(data, Nomenklatura(), section)
    return section


def _pairs(data: Measured, peer: Nomenklatura, section: Section) -> None:
    runs = {
        "ours": (_Run("ours", 0.5), _ours),
        "peer": (_Run("nomenklatura logic-v2", _THRESHOLD), peer.pair),
        "sort": (_Run("RapidFuzz token_sort, in Latin", _RATIO), _token_sort),
        "set": (_Run("RapidFuzz token_set, in Latin", _RATIO), _token_set),
    }
    table = Table(
        "The same labelled pairs",
        (
            "matcher",
            "threshold",
            "P",
            "R",
            "F1",
            "best F1",
            "R@P.95",
            "R@P.99",
            "curated F1",
            "µs a pair",
            "pairs/s to ours",
        ),
    )
    found: dict[str, tuple[float, ...]] = {}
    for key, (run, scorer) in runs.items():
        data.say(f"{run.name} on {len(data.pairs)} pairs")
        run.ask(scorer, data.pairs)
        scored = Scored(data.pairs, np.array(run.scores), np.array([row.is_match for row in data.pairs]))
        precision, recall, f1, _, best, at95, at99 = figures_of(scored, run.threshold)
        curated = figures_of(scored.where([row.file == CURATED for row in data.pairs]), run.threshold)[2]
        to_ours = runs["ours"][0].microseconds / run.microseconds
        table.rows.append(
            (run.name, run.threshold, precision, recall, f1, best, at95, at99, curated, run.microseconds, to_ours)
        )
        found[key] = (f1, at95, curated, run.microseconds)
    section.tables.append(table)
    ours, theirs = found["ours"], found["peer"]
    section.figures.extend(
        [
            Figure("F1, ours above the peer by", ours[0] - theirs[0], 0.0, rows=len(data.pairs)),
            Figure("recall at precision .95, ours above the peer by", ours[1] - theirs[1], 0.0, rows=len(data.pairs)),
            Figure("curated F1, ours above the peer by", ours[2] - theirs[2], 0.0),
            Figure("pairs a second, ours to the peer's", theirs[3] / ours[3]),
        ]
    )


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
class _Query:
    """A name to ask: of which set, and the words of the listed name it should find (empty: it should find nothing)."""

    group: str
    name: str
    words: tuple[str, ...] = ()
    list_id: str = ""


def _screening(data: Measured, peer: Nomenklatura, section: Section) -> None:
    listed = {words_of(name.text) for party in [*data.sdn, *data.un] for name in party.names}
    asked = data.full_names("screen_positives_un_untreated")
    altered = data.full_names("screen_positives_un_treated")
    pairs = zip(altered, map(words_of, asked), strict=True)
    persons = [_Query("altered", one, words) for one, words in pairs if words in listed]
    for group, file in (("us", "screen_negatives_us"), ("worldwide", "screen_negatives_global")):
        persons += [_Query(group, name) for name in data.full_names(file)[:_NEGATIVES]]
    companies = [row for row in data.companies if row.treatment != "NEGATIVE"]
    step = max(1, len(companies) // _COMPANIES)
    firms = [_Query("altered", row.query, words_of(row.target_name), row.target_id) for row in companies[::step]]
    firms += [_Query("labelled", row.query) for row in data.companies if row.treatment == "NEGATIVE"]
    firms += [_Query("generated", name) for name in data.firms[:_NEGATIVES]]
    people = [party for party in [*data.sdn, *data.un] if party.schema in ("Person", "")]
    _compared(data, peer, section, "persons", "Person", persons, people)
    _compared(data, peer, section, "companies", "Organization", firms, data.csl)


def _compared(
    data: Measured,
    peer: Nomenklatura,
    section: Section,
    what: str,
    schema: str,
    queries: Sequence[_Query],
    parties: Sequence[ListedParty],
) -> None:
    """Ask every query of ours, of the peer and of the plain ratio, and print shares of each group and names a second."""
    index = data.person_index if schema == "Person" else data.company_index
    data.say(f"{len(queries)} {what} of ours, the peer and plain ratios")
    brute = _BruteForce(parties)
    worked = time.thread_time()
    matched = index.match_batch([Party(query.name) for query in queries])
    spent = {_OURS: time.thread_time() - worked}
    ours = [_is_found(query, [match.listed for match in found]) for query, found in zip(queries, matched, strict=True)]
    answers: dict[str, list[bool]] = {_OURS: ours}
    candidates = []
    worked = time.thread_time()
    for query in queries:
        candidates.append(brute.nearest(query.name))
    spent["ratio"] = time.thread_time() - worked
    entities = {place: peer.listed(parties[place]) for places, _ in candidates for place in places}
    worked = time.thread_time()
    scores = [
        {place: peer.score(peer.entity(schema, [query.name]), entities[place]) for place in places}
        for query, (places, _) in zip(queries, candidates, strict=True)
    ]
    spent["peer"] = time.thread_time() - worked
    for level in _SCREEN_LEVELS:
        answers[f"{_PEER} {level}"] = [
            _is_found(query, [parties[place] for place, score in row.items() if score >= level])
            for query, row in zip(queries, scores, strict=True)
        ]
    for level in (0.80, 0.85, 0.90):
        answers[f"RapidFuzz sorted ratio {level}"] = [
            best >= level and (not query.words or _is_found(query, [parties[place] for place in places]))
            for query, (places, best) in zip(queries, candidates, strict=True)
        ]
    groups = list(dict.fromkeys(query.group for query in queries))
    sizes = {group: sum(query.group == group for query in queries) for group in groups}
    labels = [f"{'recall' if group == 'altered' else 'raised'} {group} ({sizes[group]})" for group in groups]
    table = Table(f"The same {what}", ("matcher", *labels, "names/s"), note="Candidates of the peer are not timed.")
    for name, answer in answers.items():
        shares = [
            sum(hit for hit, query in zip(answer, queries, strict=True) if query.group == group) / sizes[group]
            for group in groups
        ]
        seconds = spent["peer"] if "nomenklatura" in name else spent["ratio"] if "Rapid" in name else spent[name]
        table.rows.append((name, *shares, len(queries) / seconds))
    section.tables.append(table)
    ratio = spent["peer"] / spent[_OURS]
    section.figures.append(Figure(f"{what} a second, ours to the peer's", ratio, _TIMES_THE_PEER, rows=len(queries)))
    searched = (spent["peer"] + spent["ratio"]) / spent[_OURS]
    section.figures.append(Figure("the same with the search for the peer's candidates", searched, rows=len(queries)))
    recall = {name: _recall(answer, queries) for name, answer in answers.items()}
    theirs = recall[f"{_PEER} {_THRESHOLD}"]
    section.figures.append(
        Figure(f"{what}, recall of ours above the peer's at {_THRESHOLD} by", recall[_OURS] - theirs, 0.0)
    )


def _recall(answer: Sequence[bool], queries: Sequence[_Query]) -> float:
    """Return the share of the queries with a target whose target was found."""
    sought = [hit for hit, query in zip(answer, queries, strict=True) if query.words]
    return sum(sought) / max(1, len(sought))


def _is_found(query: _Query, parties: Sequence[ListedParty]) -> bool:
    """Return whether any party was found, or for a query with a target whether that one was."""
    if not query.words:
        return bool(parties)
    return any(
        party.list_id == query.list_id or any(words_of(name.text) == query.words for name in party.names)
        for party in parties
    )
