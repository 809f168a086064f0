"""Indicators that one item shows, by itself or beside what the history says of it. They give points and alone never hold.

One module for each family (or pair of families) of the indicator pack; each function takes what is `Seen` and returns what
fired. A missing field or history is noted as not checked, never a match. Patterns over all items are the business of `link`.
"""

from __future__ import annotations

from collections.abc import Iterable

from tidewaiter.model import Finding
from tidewaiter.screen.indicators.concealment import concealment_indicators
from tidewaiter.screen.indicators.conduct import conduct_indicators
from tidewaiter.screen.indicators.goods import goods_indicators
from tidewaiter.screen.indicators.network import network_indicators
from tidewaiter.screen.indicators.papers import paper_indicators
from tidewaiter.screen.indicators.route import route_indicators
from tidewaiter.screen.indicators.scoring import family_points, points_of, score_indicators, total_of
from tidewaiter.screen.indicators.seen import Indicator, Seen
from tidewaiter.screen.indicators.words import PlaceWords

# Findings of other engines that are indicators as well: they count, and are not said twice.
ALSO = {"description.contradicts-hs": "description.contradicts-hs", "history.kit": "split.kit"}


def indicators_of(seen: Seen, words: PlaceWords) -> tuple[Indicator, ...]:
    """Return every indicator that fires on an item; what could not be checked is noted in `seen`."""
    return (
        *goods_indicators(seen),
        *network_indicators(seen),
        *route_indicators(seen, words),
        *conduct_indicators(seen),
        *paper_indicators(seen, words),
        *concealment_indicators(seen),
    )


def indicators_in(findings: Iterable[Finding]) -> tuple[Indicator, ...]:
    """Return the findings of other engines that count as indicators, as such."""
    return tuple(
        [
            Indicator(ALSO[finding.code], finding.line, finding.message, finding.evidence)
            for finding in findings
            if finding.code in ALSO
        ]
    )


__all__ = [
    "Indicator",
    "PlaceWords",
    "Seen",
    "family_points",
    "indicators_in",
    "indicators_of",
    "points_of",
    "score_indicators",
    "total_of",
]
