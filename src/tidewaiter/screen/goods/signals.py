"""What the engine found in a goods line, as named numbers that a learned model may weigh beside the words.

Only goods are looked at: no signal knows a sender, a route, a language or a name.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from tidewaiter.model.goods import Assessment
from tidewaiter.packs import PackSet
from tidewaiter.screen.description import DescriptionDefect
from tidewaiter.screen.goods.engine import GoodsResult
from tidewaiter.screen.goods.learned import Opinion
from tidewaiter.text.terms import words_of


def signals_of(
    result: GoodsResult, rows: Iterable[Assessment], packs: PackSet, defect: DescriptionDefect | None = None
) -> dict[str, float]:
    """Return the signals of one goods line.

    Args:
        result: what the engine read.
        rows: its raised paragraphs, assessed.
        packs: the packs, for families of concepts.
        defect: what the rules of description quality say: a wording that names nothing is of no concern by itself.
    """
    found: dict[str, float] = {}
    if defect is not None:
        found["empty"] = 1.0
    best = military = 0.0
    excluded = False
    for row in rows:
        if row.status == "excluded":
            excluded = True
            continue
        weight = row.score / 1000 * (row.likelihood if row.status == "open" else 1.0)
        best = max(best, weight)
        if "military" in row.list or row.list == "us-usml":
            military = max(military, weight)
    raised = {row.concept for row in result.raised}
    for concept in result.concepts:
        strength = concept.score / 1000
        if concept.role != "is":
            found[f"role:{concept.role}"] = 1.0
            continue
        if strength < 0.4:
            found["weak"] = max(found.get("weak", 0.0), strength)
            continue
        known = packs.concepts[concept.concept]
        found[f"concept:{concept.concept}"] = 1.0
        found[f"family:{known.family}"] = 1.0
        found["listed" if concept.concept in raised else "ordinary"] = 1.0
        if concept.designator:
            found["designator"] = 1.0
    if best:
        found["candidate"] = best
    if military:
        found["military"] = military
    if excluded and not best:
        found["excluded"] = 1.0
    return found


def vagueness_signals(
    text: str, result: GoodsResult, defect: DescriptionDefect | None, opinion: Opinion
) -> dict[str, float]:
    """Return what speaks for or against a wording being too vague, beside its words.

    Args:
        text: the description.
        result: what the engine read.
        defect: what the rules of description quality say, if anything.
        opinion: the models' view; how near the nearest known wording is tells whether the thing is named.
    """
    words = [word for word in words_of(result.reading.folded).words if not word.isdigit()]
    found = {
        f"words:{min(len(words), 6)}": 1.0,
        "near": opinion.nearest,
        "near-squared": opinion.nearest**2,
        "sure-of-code": opinion.codes[0][1] if opinion.codes else 0.0,
        "unlike": 1.0 if opinion.nearest < 0.3 else 0.0,
        "like": 1.0 if opinion.nearest >= 0.6 else 0.0,
        "digits": sum(map(str.isdigit, text)) / max(1, len(text)),
    }
    if defect is not None:
        found[f"defect:{defect.kind}"] = 1.0
        found["defect"] = 1.0
    if any(kind.score >= 400 for kind in result.kinds):
        found["named"] = 1.0
    if len(text) >= 30:
        found["cut"] = 1.0
    return found


def most_vagueness(text: str, weights: Mapping[str, float]) -> float:
    """Return the most that `vagueness_signals` can add to the log odds of a text in which the rules find no defect.

    Args:
        text: the description.
        weights: the coefficients of the signals.
    """
    weight = weights.get
    most = weight("digits", 0.0) * sum(map(str.isdigit, text)) / max(1, len(text))
    most += max([weight(f"words:{count}", 0.0) for count in range(7)])
    for name, highest in _HIGHEST.items():
        most += max(0.0, weight(name, 0.0) * highest)
    return most + (weight("cut", 0.0) if len(text) >= 30 else 0.0)


# What the similarity of the nearest wording can be at most: kept in steps, it may come out above one.
_HIGHEST = {"near": 2.0, "near-squared": 4.0, "sure-of-code": 1.0, "unlike": 1.0, "like": 1.0, "named": 1.0}
