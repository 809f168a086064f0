"""Compare declared parties with listed parties: names, birth dates, countries, identifiers -> matches with evidence."""

from tidewaiter.screen.party.compare import Comparison, compare
from tidewaiter.screen.party.index import PartyIndex
from tidewaiter.screen.party.matching import HOLD_THRESHOLD, REVIEW_THRESHOLD, Levels, PartyMatch

__all__ = ["HOLD_THRESHOLD", "REVIEW_THRESHOLD", "Comparison", "Levels", "PartyIndex", "PartyMatch", "compare"]
