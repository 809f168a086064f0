"""The strongest open matcher beside ours, in one run on the same rows: nomenklatura's logic-v2, and RapidFuzz as plain ratios.

Labelled pairs here, names asked against lists in `peer_names`.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np
from rapidfuzz import fuzz

from tidewaiter.model import Party
from tidewaiter.screen.party import compare
from tidewaiter.service.matching_measures.nomenklatura import NAME, THRESHOLD, Nomenklatura
from tidewaiter.service.matching_measures.pairs import CURATED, Scored, figures_of
from tidewaiter.service.matching_measures.peer_names import measure_names
from tidewaiter.service.matching_measures.report import Figure, Section, Table
from tidewaiter.service.matching_measures.sources import Measured, PairRow
from tidewaiter.text.names_fold import to_latin

_RATIO = 0.85
Scorer = Callable[[PairRow], float]


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
    measure_names(data, peer, section)
    return section


def _pairs(data: Measured, peer: Nomenklatura, section: Section) -> None:
    runs = {
        "ours": (_Run("ours", 0.5), _ours),
        "peer": (_Run(NAME, THRESHOLD), peer.pair),
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
