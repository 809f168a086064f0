"""From indicators that fired to findings: one for each, and a review where they add up beyond the line of the pack."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from tidewaiter.model import Contribution, Declaration, Finding, HistoryView
from tidewaiter.packs import PackSet
from tidewaiter.screen.description import DescriptionDefect, DescriptionQuality
from tidewaiter.screen.goods import GoodsResult
from tidewaiter.screen.indicators import (
    Indicator,
    PlaceWords,
    Seen,
    indicators_in,
    indicators_of,
    points_of,
    score_indicators,
    total_of,
)

Gaps = tuple[tuple[str, str, str], ...]


class IndicatorFindings:
    """Compiled from the indicator pack for one legal date.

    Args:
        packs: the loaded packs; without an indicator pack nothing is found.
        on: the legal date, for thresholds and allow-lists.
        quality: tells placeholders from names.
    """

    def __init__(self, packs: PackSet, on: date, quality: DescriptionQuality) -> None:
        self.packs = packs
        self.on = on
        self.quality = quality
        self._place_words = PlaceWords(packs.indicators, on) if packs.indicators is not None else None

    def of(
        self,
        declaration: Declaration,
        results: tuple[GoodsResult, ...],
        defects: tuple[DescriptionDefect | None, ...],
        findings: Sequence[Finding],
        history: HistoryView | None,
    ) -> tuple[list[Finding], Gaps]:
        """Return the findings of the indicators of an item, and what they could not check.

        Args:
            declaration: the item.
            results: what the goods engine read, by line.
            defects: defects of the descriptions, by line.
            findings: those of other engines; some are indicators as well.
            history: what the history says, or None.
        """
        pack = self.packs.indicators
        if pack is None or self._place_words is None:
            return [], ()
        seen = Seen(declaration, results, defects, self.quality, self.packs, self.on, history)
        own = indicators_of(seen, self._place_words)
        found = (*own, *indicators_in(findings))
        if not found:
            return [], seen.gaps
        label = pack.pack.label
        weighed = [(indicator, points_of(indicator, pack)) for indicator in found]
        made = [_finding(indicator, points, label) for indicator, points in weighed[: len(own)]]
        if total_of(weighed, pack) >= pack.review_line:
            made.append(_combined(found, *score_indicators(found, pack), label))
        return made, seen.gaps


def _combined(found: tuple[Indicator, ...], total: int, contributions: tuple[Contribution, ...], pack: str) -> Finding:
    return Finding(
        "indicators.combined",
        "review",
        "Several indicators together are worth a look; none of them is a legal ground.",
        tuple(dict.fromkeys(e for indicator in found for e in indicator.evidence)),
        contributions,
        total,
        (),
        pack,
    )


def _finding(indicator: Indicator, points: int, pack: str) -> Finding:
    return Finding(
        indicator.code,
        "question" if indicator.code == "description.vague" else "info",
        indicator.sentence,
        indicator.evidence,
        (Contribution(f"indicator.{indicator.code}", points, sentence=indicator.sentence),) if points else (),
        points,
        (),
        pack,
        indicator.line,
    )
