"""Measure the goods engine on labelled text: `tidewaiter goods evaluate` prints every figure the project is held to.

What is trained is measured cross-validated, folds by group (the first two words), so that near duplicates never stand on
both sides. What is written (packs, rules) is measured as it is, on wordings that no pack author saw.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from tidewaiter.model import Declaration, GoodsLine, Party
from tidewaiter.screen.goods.learned import opinions
from tidewaiter.screen.pipeline import Screener
from tidewaiter.service.classify import Classifier
from tidewaiter.service.learning import data, training
from tidewaiter.service.learning.training import Sample
from tidewaiter.text.hashing import hash_texts

FOLDS = 5
OPTICS = ("5855", "1240", "6650", "5860", "6720")
FAMILIES = {
    "weapons and ammunition": ("10", "12", "13", "14"),
    "aircraft and engines": ("15", "16", "17", "28", "29"),
    "vehicles": ("23", "25", "26"),
    "communications and optics": ("58", "59", "66"),
    "clothing and armour": ("84", "83"),
}
Scores = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured figure. `asked` is what the project is held to, `passed` whether it was reached (None: only printed)."""

    name: str
    value: float
    asked: float | None = None
    at_most: bool = False
    note: str = ""

    @property
    def passed(self) -> bool | None:
        """Whether the figure was reached."""
        if self.asked is None:
            return None
        return self.value <= self.asked if self.at_most else self.value >= self.asked


def area_under_curve(labels: Flags, scores: Scores) -> float:
    """Return the chance that a positive scores above a negative, ties half (Mann and Whitney)."""
    order = np.argsort(scores, kind="stable")
    _, place, counts = np.unique(scores[order], return_inverse=True, return_counts=True)
    ranks = (np.cumsum(counts) - (counts - 1) / 2)[place]
    positive = labels[order]
    hits, misses = int(positive.sum()), int((~positive).sum())
    if not hits or not misses:
        return float("nan")
    return float((ranks[positive].sum() - hits * (hits + 1) / 2) / (hits * misses))


def recall_at(labels: Flags, scores: Scores, false_share: float) -> float:
    """Return the share of positives above the score that `false_share` of the negatives reach or pass."""
    negatives = np.sort(scores[~labels])[::-1]
    if not len(negatives) or not labels.any():
        return float("nan")
    line = negatives[min(len(negatives) - 1, int(len(negatives) * false_share))]
    return float((scores[labels] > line).mean())


def folds(groups: Sequence[str], count: int = FOLDS) -> Iterator[tuple[list[int], list[int]]]:
    """Yield (training rows, measured rows): whole groups at a time, the biggest first, into the smallest fold."""
    members: dict[str, list[int]] = {}
    for number, group in enumerate(groups):
        members.setdefault(group, []).append(number)
    parts: list[list[int]] = [[] for _ in range(count)]
    for _, rows in sorted(members.items(), key=lambda pair: (-len(pair[1]), pair[0])):
        min(parts, key=len).extend(rows)
    for part in parts:
        held = set(part)
        yield [n for n in range(len(groups)) if n not in held], sorted(part)


def out_of_fold(sample: Sample, measured: Sequence[int], strength: float) -> Scores:
    """Return the likelihood of each measured row by a model that saw nothing of its group."""
    scores = np.zeros(len(measured))
    for train, test in _parts(sample, measured):
        model = sample.part(train).fit(strength)
        margins = model.margins(hash_texts([sample.texts[n] for n in test]))
        places = {n: place for place, n in enumerate(measured)}
        for n, margin in zip(test, margins, strict=True):
            scores[places[n]] = model.likelihood(float(margin), sample.signals[n])
    return scores


def _parts(sample: Sample, measured: Sequence[int]) -> Iterator[tuple[list[int], list[int]]]:
    others = sorted(set(range(len(sample.texts))) - set(measured))
    for train, test in folds([sample.groups[n] for n in measured]):
        yield others + [measured[n] for n in train], [measured[n] for n in test]


def concern_figures(supply: Sample, declared: Sample, folder: Path) -> list[Figure]:
    """Concern as a user gets it (both models and the register), every measured text out of its fold."""
    named = [n for n, source in enumerate(supply.sources) if source == "supply"]
    worded = [n for n, source in enumerate(declared.sources) if source in ("phrase", "parcel")]
    supply_scores, declared_scores = np.zeros(len(named)), np.zeros(len(worded))
    place = ({n: i for i, n in enumerate(named)}, {n: i for i, n in enumerate(worded)})
    for (train, test), (other_train, other_test) in zip(_parts(supply, named), _parts(declared, worded), strict=True):
        concern = training.fit_concern(supply.part(train), declared.part(other_train))
        for sample, rows, scores, where in (
            (supply, test, supply_scores, place[0]),
            (declared, other_test, declared_scores, place[1]),
        ):
            texts = [sample.texts[n] for n in rows]
            margins = concern.margins(hash_texts(texts), texts)
            for n, margin in zip(rows, margins, strict=True):
                scores[where[n]] = concern.likelihood(margin.tolist(), sample.signals[n])
    labels = np.array([bool(supply.labels[n]) for n in named])
    optics = np.array([row.more in OPTICS for row in data.supply_names(folder)])
    groups = np.array([row.more[:2] for row in data.supply_names(folder)])
    phrases = np.array([declared.sources[n] == "phrase" for n in worded])
    return [
        Figure("supply names: AUC", area_under_curve(labels, supply_scores), 0.93),
        Figure("supply names: recall at 5 % false", recall_at(labels, supply_scores, 0.05), 0.75),
        Figure("supply names: recall at 1 % false", recall_at(labels, supply_scores, 0.01)),
        Figure("optics and night vision: AUC", area_under_curve(labels[optics], supply_scores[optics])),
        Figure(
            "optics and night vision: recall at 5 % false", recall_at(labels[optics], supply_scores[optics], 0.05), 0.60
        ),
        Figure("licensing phrases: recall at 1 % false", recall_at(phrases, declared_scores, 0.01), 0.97),
        Figure("licensing phrases: AUC", area_under_curve(phrases, declared_scores)),
        *(
            Figure(f"  supply names, {family}: AUC", area_under_curve(labels[chosen], supply_scores[chosen]))
            for family, numbers in FAMILIES.items()
            if (chosen := np.isin(groups, numbers)).any()
        ),
    ]


def parcel_figures(screener: Screener, folder: Path) -> list[Figure]:
    """What ordinary parcels come to when they are screened, posted in one country for another."""
    rows = data.coded_parcels(folder) + data.vague_parcels(folder)
    declarations = [
        Declaration(str(n), (GoodsLine(row.text),), consignor=Party(country="DE"), consignee=Party(country="US"))
        for n, row in enumerate(rows)
    ]
    outcomes = [screening.outcome for screening in screener.screen_batch(declarations)]
    return [
        Figure("ordinary parcels: held", outcomes.count("hold") / len(rows), 0.01, at_most=True),
        Figure("ordinary parcels: to review", outcomes.count("review") / len(rows), 0.05, at_most=True),
    ]


def code_figures(screener: Screener, folder: Path) -> list[Figure]:
    """HS codes of declared descriptions, cross-validated."""
    parcels = data.coded_parcels(folder)
    classifier = Classifier(screener)
    first = fifth = chapter = 0
    for train, test in folds([row.group for row in parcels]):
        table = training.code_wordings(folder, [parcels[n] for n in train])
        said = opinions(training.only_codes(table), [parcels[n].text for n in test])
        for n, opinion in zip(test, said, strict=True):
            found = [row["code"] for row in classifier.codes(classifier.read(GoodsLine(parcels[n].text), opinion))]
            first += found[:1] == [parcels[n].label]
            fifth += parcels[n].label in found
            chapter += bool(found) and found[0][:2] == parcels[n].label[:2]
    count = len(parcels)
    return [
        Figure("HS6: first", first / count, 0.45),
        Figure("HS6: among five", fifth / count, 0.65),
        Figure("HS chapter: first", chapter / count, 0.70),
    ]


def vague_figures(classifier: Classifier, folder: Path, sample: Sample) -> list[Figure]:
    """Officers' labels of vague and coded descriptions (noisy: many texts carry both), cross-validated."""
    measured = [n for n, source in enumerate(sample.sources) if source == "parcel"]
    scores = out_of_fold(sample, measured, training.VAGUE_STRENGTH)
    labels = np.array([bool(sample.labels[n]) for n in measured])
    return [
        Figure("officers' vagueness labels: AUC", area_under_curve(labels, scores)),
        Figure("officers' vagueness labels: recall at 2 % false", recall_at(labels, scores, 0.02)),
    ]


def evaluate(classifier: Classifier, folder: Path, show: Callable[[str], None]) -> list[Figure]:
    """Measure everything that needs the shared data.

    Args:
        classifier: over the shipped packs and models.
        folder: the shared data.
        show: told what is being measured.
    """
    screener = classifier.screener
    show("reading the labelled text")
    supply, declared = training.supply_sample(classifier, folder), training.declared_sample(classifier, folder)
    show("concern")
    found = concern_figures(supply, declared, folder)
    show("ordinary parcels")
    found += parcel_figures(screener, folder)
    show("HS codes")
    found += code_figures(screener, folder)
    show("vagueness")
    table = training.code_wordings(folder, ())
    found += vague_figures(classifier, folder, training.vague_sample(classifier, folder, table))
    return found
