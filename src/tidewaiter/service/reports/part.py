"""A part of a ledger: some of its incidents, with the claims and links that belong to them."""

from __future__ import annotations

from collections.abc import Sequence

from tidewaiter.claims.ledger import LedgerView
from tidewaiter.model import InputError


def part_of(view: LedgerView, incidents: Sequence[str]) -> LedgerView:
    """Return the ledger with some of its incidents only, all of it where none is named.

    Raises:
        InputError: there is no incident of a name; those there are, are named.
    """
    if not incidents:
        return view
    known = {incident.id: incident for incident in view.incidents}
    for name in incidents:
        if name not in known:
            raise InputError(f"--incident: {name} is not in the ledger; it has {', '.join(known) or 'none'}")
    return LedgerView(tuple(known[name] for name in dict.fromkeys(incidents)), (), ())
