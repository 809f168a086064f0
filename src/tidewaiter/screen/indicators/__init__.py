"""Indicators that one item shows, by itself or beside what the history says of it. They give points and alone never hold.

One module for each family (or pair of families) of the indicator pack; each function takes what is `Seen` and returns what
fired. A missing field or history is noted as not checked, never a match. Patterns over all items are the business of `link`.
"""

from tidewaiter.screen.indicators.scoring import family_points, points_of, score_indicators
from tidewaiter.screen.indicators.seen import Indicator, Seen
from tidewaiter.screen.indicators.single import single_item_indicators

__all__ = ["Indicator", "Seen", "family_points", "points_of", "score_indicators", "single_item_indicators"]
