"""What the forms of the OFAC lists share: titles, kinds of party, which of the two lists it is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from tidewaiter.lists._draft import Draft

PUBLISHER = "US Department of the Treasury, Office of Foreign Assets Control"
SDN, CONSOLIDATED = "us-sdn", "us-sdn-consolidated"
TITLES = {
    SDN: "OFAC Specially Designated Nationals and Blocked Persons List",
    CONSOLIDATED: "OFAC Consolidated (non-SDN) Sanctions List",
}
LICENCE = "public domain (work of the United States government, 17 U.S.C. 105)"
SCHEMAS = {
    "individual": "Person",
    "entity": "Organization",
    "vessel": "Vessel",
    "aircraft": "Aircraft",
    "": "Organization",
}
# Programmes of the lists that OFAC keeps beside the SDN list.
_NOT_SDN = re.compile(r"NS-PLC|CMIC-EO13959|561-Related|UKRAINE-EO13662|FSE-|CAPTA|NS-MBS")


def code_by_source(drafts: Sequence[Draft]) -> str:
    """Return which of the two lists parties stand on, by the lists each says it is of; the SDN list when none says."""
    known = any(draft.source_list for draft in drafts)
    on_sdn = sum(draft.source_list.startswith("SDN List") for draft in drafts)
    return CONSOLIDATED if known and on_sdn < len(drafts) / 2 else SDN


def is_not_sdn(programmes: Iterable[str]) -> bool:
    """Return whether the programmes of a party are those of the lists beside the SDN list."""
    text = " ".join(programmes)
    return bool(_NOT_SDN.search(text)) and "SDGT" not in text
