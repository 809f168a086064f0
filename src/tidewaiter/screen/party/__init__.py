"""Compare declared parties with listed parties: names, birth dates, countries, identifiers -> matches with evidence."""

from tidewaiter.screen.party.compare import Comparison, compare
from tidewaiter.screen.party.dismissals import Dismissals, entry_digest
from tidewaiter.screen.party.index import PartyIndex
from tidewaiter.screen.party.matching import HOLD_THRESHOLD, REVIEW_ORGANISATION, REVIEW_THRESHOLD, Levels, PartyMatch
from tidewaiter.screen.party.ofac import ofac_score

__all__ = [
    "HOLD_THRESHOLD",
    "REVIEW_ORGANISATION",
    "REVIEW_THRESHOLD",
    "Comparison",
    "Dismissals",
    "Levels",
    "PartyIndex",
    "PartyMatch",
    "compare",
    "entry_digest",
    "ofac_score",
]
