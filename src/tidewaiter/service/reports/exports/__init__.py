"""A ledger in the forms of others: STIX 2.1, MISP, FollowTheMoney, ClaimReview and a table.

None of those models holds speakers within speakers, polarity, modality and a pair of grades, so each form carries them twice where it can: as its own
fields say it best, and whole, as the row of `payload`, in the place that the form leaves for more. `NOT_CARRIED` says what is lost for a reader of that form alone.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from tidewaiter.claims.ledger import LedgerView
from tidewaiter.service.reports.exports.claimreview import as_claimreview
from tidewaiter.service.reports.exports.followthemoney import as_followthemoney
from tidewaiter.service.reports.exports.misp import as_misp
from tidewaiter.service.reports.exports.stix import as_stix
from tidewaiter.service.reports.exports.table import as_csv

FORMS: dict[str, Callable[[LedgerView, datetime], bytes]] = {
    "stix": as_stix,
    "misp": as_misp,
    "ftm": as_followthemoney,
    "claimreview": as_claimreview,
    "csv": as_csv,
}
NOT_CARRIED: dict[str, str] = {
    "stix": "chain, polarity, modality, status and grade stand in a property extension, which other readers may leave aside",
    "misp": "polarity, modality, status and chain stand in the comment of an annotation; one grade stands as two tags",
    "ftm": "polarity, modality, status, chain and grade stand in the notes of a Note; conflicts stand in the notes of both",
    "claimreview": "claims that nobody verified are Claims without a review; conflicts, status and modality are not carried",
    "csv": "conflicts stand as ids beside each claim",
}

__all__ = ["FORMS", "NOT_CARRIED", "as_claimreview", "as_csv", "as_followthemoney", "as_misp", "as_stix"]
