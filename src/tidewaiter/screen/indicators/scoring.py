"""How indicators add up: each weighs by its rule, a family counts once, and what a cap cuts is a contribution of its own."""

from __future__ import annotations

from collections.abc import Iterable

from tidewaiter.model import Contribution
from tidewaiter.packs import Indicators
from tidewaiter.screen.indicators.seen import Indicator


def points_of(indicator: Indicator, pack: Indicators) -> int:
    """Return the points of one indicator: its rule's, by surprise, times the strength of the weakest link behind it."""
    rule = pack.rules.get(indicator.code)
    return 0 if rule is None else round(rule.points_for(indicator.bits, indicator.least) * indicator.strength)


def score_indicators(found: Iterable[Indicator], pack: Indicators) -> tuple[int, tuple[Contribution, ...]]:
    """Return the summed points of indicators, with a soft and a hard cap in each family.

    One indicator counts once however many lines show it. Inside a family the strongest counts in full and each next one a
    share of the one before; the family never passes its cap. The sum of the contributions is the score.
    """
    best: dict[str, tuple[int, Indicator]] = {}
    for indicator in found:
        points = points_of(indicator, pack)
        if points and points > best.get(indicator.code, (0, indicator))[0]:
            best[indicator.code] = (points, indicator)
    contributions = [
        Contribution(f"indicator.{code}", points, sentence=indicator.sentence)
        for code, (points, indicator) in sorted(best.items(), key=lambda pair: (-pair[1][0], pair[0]))
    ]
    families: dict[str, list[int]] = {}
    for code, (points, _) in best.items():
        families.setdefault(pack.rules[code].family, []).append(points)
    for family in sorted(families):
        full = sum(families[family])
        counted = family_points(families[family], pack)
        if counted != full:
            title = pack.families.get(family, family)
            contributions.append(
                Contribution(
                    "indicator.family-cap",
                    counted - full,
                    family,
                    sentence=f"Several views of one fact count once (family {family}: {title}).",
                )
            )
    return sum(c.points for c in contributions), tuple(contributions)


def total_of(found: Iterable[tuple[Indicator, int]], pack: Indicators) -> int:
    """Return the sum of `score_indicators` alone, without what makes it up: nearly all mail stays below the line.

    Args:
        found: the indicators, each with its points (`points_of`).
        pack: the indicator pack.
    """
    best: dict[str, int] = {}
    for indicator, points in found:
        if points > best.get(indicator.code, 0):
            best[indicator.code] = points
    families: dict[str, list[int]] = {}
    for code, points in best.items():
        families.setdefault(pack.rules[code].family, []).append(points)
    return sum([family_points(points, pack) for points in families.values()])


def family_points(points: Iterable[int], pack: Indicators) -> int:
    """Return what the points of one family count for together."""
    total, share = 0.0, 1.0
    for value in sorted(points, reverse=True):
        total += value * share
        share *= pack.soft_share
    return min(pack.family_cap, round(total))
