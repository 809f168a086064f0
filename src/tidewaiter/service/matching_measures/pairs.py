"""Labelled pairs: how well the score of two names tells one party from two, by file, script and strength of the case."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from tidewaiter.model import Party
from tidewaiter.screen.party import REVIEW_ORGANISATION, REVIEW_THRESHOLD, compare
from tidewaiter.service.matching_measures.chance import Curve, Floats, bootstrap, counts
from tidewaiter.service.matching_measures.report import Cell, Figure, Section, Table
from tidewaiter.service.matching_measures.sources import Measured, PairRow

CURATED = "nk_name_bench"
_EVEN = 500
# Scripts are reported together where each alone has too few pairs.
SCRIPTS = {
    "LATIN": "Latin",
    "CYRILLIC": "Cyrillic",
    "ARABIC": "Arabic",
    "HAN": "Han and Hangul",
    "HANGUL": "Han and Hangul",
}
_ASKED_SCRIPT = {"Latin": 0.70, "Cyrillic": 0.975, "Arabic": 0.80, "Han and Hangul": 0.60}
_BANDS = (0, 100, 200, 300, 400, 500, 600, 700, 800, 900, 950, 1001)


@dataclass(frozen=True, slots=True)
class Scored:
    """Labelled pairs with the scores of one matcher, in thousandths."""

    rows: list[PairRow]
    scores: Floats
    labels: NDArray[np.bool_]

    def where(self, wanted: Sequence[bool]) -> Scored:
        """Return the pairs that are wanted."""
        keep = np.array(wanted, dtype=bool)
        rows = [row for row, kept in zip(self.rows, keep, strict=True) if kept]
        return Scored(rows, self.scores[keep], self.labels[keep])


def score_pairs(rows: list[PairRow]) -> Scored:
    """Compare every pair as `party compare` does."""
    scores = [compare(Party(row.declared), row.listed, row.schema).score for row in rows]
    return Scored(rows, np.array(scores, dtype=np.float64), np.array([row.is_match for row in rows], dtype=bool))


def review_levels(rows: Sequence[PairRow]) -> Floats:
    """Return the shipped review level of each pair: that of persons, or that of organisations."""
    firm = {"Organization", "Company"}
    return np.array([REVIEW_ORGANISATION if row.schema in firm else REVIEW_THRESHOLD for row in rows], dtype=np.float64)


def figures_of(scored: Scored, levels: Floats | float) -> tuple[float, float, float, float, float, float, float]:
    """Return precision, recall and F1 at the levels, best threshold and F1, recall at precision .95 and .99."""
    at = counts(scored.scores >= levels, scored.labels)
    curve = Curve.of(scored.scores, scored.labels)
    threshold, best = curve.best()
    return at.precision, at.recall, at.f1, threshold / 1000, best, curve.recall_at(0.95), curve.recall_at(0.99)


_NOTE = (
    "The score is calibrated, so .5 is more likely than not. The shipped weights were fitted to lists and to these pairs too: "
    "read the figures as those of the fitting data."
)
_COLUMNS = ("", "pairs", "true", "P", "R", "F1", "best at", "best F1", "R@P.95", "R@P.99")


def _row(name: str, scored: Scored, levels: Floats | float) -> tuple[Cell, ...]:
    return (name, len(scored.rows), int(scored.labels.sum()), *figures_of(scored, levels))


def calibration(scored: Scored) -> tuple[list[tuple[Cell, ...]], float]:
    """Return the bands of the score with the share of true pairs in each, and the expected calibration error."""
    rows: list[tuple[Cell, ...]] = []
    error = 0.0
    for low, high in pairwise(_BANDS):
        mine = (scored.scores >= low) & (scored.scores < high)
        if not mine.any():
            continue
        mean, share = float(scored.scores[mine].mean()) / 1000, float(scored.labels[mine].mean())
        error += float(mine.mean()) * abs(mean - share)
        rows.append((f"{low / 1000:.2f}–{min(high, 1000) / 1000:.2f}", int(mine.sum()), mean, share, share - mean))
    return rows, error


def _interval(scored: Scored, what: str) -> tuple[float, float]:
    scores, labels = scored.scores, scored.labels

    def figure(places: NDArray[np.int64]) -> float:
        if what == "f1":
            return counts(scores[places] >= _EVEN, labels[places]).f1
        return Curve.of(scores[places], labels[places]).recall_at(0.95)

    return bootstrap([row.listed for row in scored.rows], figure)


def measure(data: Measured) -> Section:
    """Measure the shipped comparison on every labelled pair."""
    data.say(f"comparing {len(data.pairs)} labelled pairs")
    scored = score_pairs(data.pairs)
    files = dict.fromkeys(row.file for row in scored.rows)
    parts = {file: scored.where([row.file == file for row in scored.rows]) for file in files}
    scripts = {
        name: scored.where([SCRIPTS.get(row.script) == name for row in scored.rows])
        for name in dict.fromkeys(SCRIPTS.values())
    }
    even = Table("Pairs, a match from .5", _COLUMNS, note=_NOTE)
    shipped = Table("Pairs, a match from the shipped review levels", _COLUMNS[:6])
    for name, part in (("all", scored), *parts.items(), *scripts.items()):
        if part.rows:
            even.rows.append(_row(name, part, float(_EVEN)))
            shipped.rows.append(_row(name, part, review_levels(part.rows))[:6])
    bands, error = calibration(scored)
    table = Table("Calibration", ("score", "pairs", "mean score", "share true", "difference"), bands)
    section = Section("pairs", [even, shipped, table])
    section.figures.extend(_figures(scored, parts, scripts, error))
    strong = [
        row
        for row, score in zip(scored.rows, scored.scores, strict=True)
        if row.quality == "STRONG" and (score >= _EVEN) != row.is_match
    ]
    cases = sum(row.quality == "STRONG" for row in scored.rows)
    section.figures.append(Figure("strong cases missed", float(len(strong)), 0, at_most=True, rows=cases))
    for row, score in zip(scored.rows, scored.scores, strict=True):
        if (score >= _EVEN) != row.is_match:
            what = f"{row.file}{' STRONG' if row.quality == 'STRONG' else ''} {'missed' if row.is_match else 'false'}"
            section.misses.append((what, row.declared, row.listed, int(score)))
    return section


def _figures(scored: Scored, parts: dict[str, Scored], scripts: dict[str, Scored], error: float) -> list[Figure]:
    """Return the figures of the pairs that the project is held to, with the interval chance leaves them."""
    rows = len(scored.rows)
    found = [
        Figure("F1 from .5", figures_of(scored, _EVEN)[2], 0.90, False, *_interval(scored, "f1"), rows),
        Figure(
            "recall at precision .95", figures_of(scored, _EVEN)[5], 0.85, False, *_interval(scored, "recall"), rows
        ),
    ]
    if CURATED in parts:
        curated = parts[CURATED]
        interval = _interval(curated, "f1")
        found.append(
            Figure("curated set, F1 from .5", figures_of(curated, _EVEN)[2], 0.85, False, *interval, len(curated.rows))
        )
    for name, asked in _ASKED_SCRIPT.items():
        part = scripts[name]
        if part.rows:
            value, interval = figures_of(part, _EVEN)[5], _interval(part, "recall")
            found.append(Figure(f"{name}: recall at precision .95", value, asked, False, *interval, len(part.rows)))
    found.append(Figure("calibration error (ECE)", error, 0.05, at_most=True, rows=rows))
    return found
