"""Measure the packs on wordings that no pack author saw: the right entry among the first three, look-alikes, vagueness.

`evaluation/goods/wordings*.tsv` (one file a writer) has `lang`, `text`, `expect`, `kind`: `expect` names the entries (`list/ENTRY`, several
separated by blanks: they are alternatives, and one of them should be among the first three of its list) and `kind` is `listed` or `look-alike`
(an ordinary thing that shares words with a listed one). `evaluation/goods/vagueness*.tsv` has `lang`, `text`, `label`
(`vague` or `plain`); the rule by which it was written stands in its README.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from tidewaiter.model import InputError
from tidewaiter.service.classify import Classifier, Row
from tidewaiter.service.learning.evaluate import Figure, area_under_curve, recall_at

FIRST = 3
CALLED_CONTROLLED = 0.5


@dataclass(frozen=True, slots=True)
class Wording:
    """One written wording with what is expected of it."""

    language: str
    text: str
    expect: tuple[str, ...]
    kind: str
    writer: str = ""


def evaluation_folder() -> Path:
    """Return the folder of written evaluation texts in the checkout.

    Raises:
        InputError: it is not there (an installed package has none).
    """
    folder = Path(__file__).resolve().parents[4] / "evaluation" / "goods"
    if not folder.is_dir():
        raise InputError(f"no evaluation texts found; looked in {folder}")
    return folder


def _table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle, delimiter="\t", quoting=csv.QUOTE_NONE))


def read_wordings(folder: Path) -> list[Wording]:
    """Read the wordings with expected entries."""
    return [
        Wording(row["lang"], row["text"], tuple((row["expect"] or "").split()), row["kind"], path.stem)
        for path in sorted(folder.glob("wordings*.tsv"))
        for row in _table(path)
    ]


def classified(classifier: Classifier, texts: list[str]) -> list[Row]:
    """Classify texts and return the rows."""
    return list(classifier.rows([(n, {"description": text}) for n, text in enumerate(texts, 1)]))


def first_entries(row: Row, control_list: str) -> list[str]:
    """Return the first three entries (without paragraphs) a classified row names of a list; excluded ones do not count."""
    found: list[str] = []
    for candidate in row["candidates"]:
        if candidate["list"] == control_list and candidate["status"] != "excluded":
            head = head_of(candidate["entry"])
            if head not in found:
                found.append(head)
    return found[:FIRST]


def head_of(entry: str) -> str:
    """Return the entry of a paragraph as people cite it: `1A005.a` is `1A005`, `ML13.d.2` is `ML13`."""
    return entry.partition(".")[0]


def is_right(row: Row, wording: Wording) -> bool:
    """Return whether one of the expected entries is among the first three of its list."""
    return any(head_of(ref.partition("/")[2]) in first_entries(row, ref.partition("/")[0]) for ref in wording.expect)


def entry_figures(classifier: Classifier, wordings: list[Wording], rows: list[Row]) -> list[Figure]:
    """The right entry among the first three, over all and by language; the spread between languages."""
    listed = [(w, is_right(row, w)) for w, row in zip(wordings, rows, strict=True) if w.kind == "listed"]
    found = [Figure("right entry among the first three", _share([right for _, right in listed]), 0.90)]
    for writer in sorted({w.writer for w, _ in listed}):
        found.append(Figure(f"  {writer}", _share([right for w, right in listed if w.writer == writer])))
    by_language: dict[str, float] = {}
    for language in sorted({w.language for w, _ in listed}):
        by_language[language] = _share([right for w, right in listed if w.language == language])
        found.append(Figure(f"  in {language}", by_language[language]))
    english = by_language.get("en", 0.0)
    worst = min(by_language.values(), default=0.0)
    found.append(Figure("language furthest behind English", english - worst, 0.05, at_most=True))
    alike = [row for w, row in zip(wordings, rows, strict=True) if w.kind == "look-alike"]
    met = [any(c["status"] == "met" for c in row["candidates"]) for row in alike]
    found.append(Figure("look-alikes called controlled (an entry met)", _share(met), 0.02, at_most=True))
    half = [row["controlled"] >= CALLED_CONTROLLED for row in alike]
    found.append(Figure("  look-alikes with `controlled` of one half and more", _share(half)))
    return found


def is_called_controlled(row: Row) -> bool:
    """Return whether an entry is met or the number for sorting is one half or more."""
    return row["controlled"] >= CALLED_CONTROLLED or any(c["status"] == "met" for c in row["candidates"])


def vagueness_figures(classifier: Classifier, folder: Path) -> list[Figure]:
    """Written vague wordings against plain ones, over all and by language."""
    table = [row for path in sorted(folder.glob("vagueness*.tsv")) for row in _table(path)]
    rows = classified(classifier, [row["text"] for row in table])
    labels = np.array([row["label"] == "vague" for row in table])
    scores = np.array([row["vague"] for row in rows])
    found = [
        Figure("written vagueness: AUC", area_under_curve(labels, scores), 0.90),
        Figure("written vagueness: recall at 2 % false", recall_at(labels, scores, 0.02), 0.37),
    ]
    for language in sorted({row["lang"] for row in table}):
        chosen = np.array([row["lang"] == language for row in table])
        found.append(Figure(f"  AUC in {language}", area_under_curve(labels[chosen], scores[chosen])))
    return found


def _share(flags: list[bool]) -> float:
    return sum(flags) / len(flags) if flags else float("nan")
