"""The Denied Persons List of the US Bureau of Industry and Security (tab-separated text, a row an address)."""

from __future__ import annotations

import hashlib

from tidewaiter.lists._draft import Draft
from tidewaiter.lists._ofac_common import LICENCE
from tidewaiter.lists._parsing import BROKEN, Imported, iso_date
from tidewaiter.lists._tables import Row, Table
from tidewaiter.model import Problem

CODE = "us-dpl"
_TITLE = "BIS Denied Persons List"
_PUBLISHER = "US Department of Commerce, Bureau of Industry and Security"


def is_dpl(keys: list[str]) -> bool:
    """Return whether normalised column names are those of the Denied Persons List."""
    return {"name", "standardorder", "frcitation"} <= set(keys)


def read_dpl(file: str, table: Table) -> Imported:
    """Read the list; rows of one name and one effective date are the addresses of one denied person.

    The list has no identifiers, so an id is made of name and effective date: the same order keeps its id. An order
    that has expired on the list is kept, with its last day among the remarks.
    """
    drafts: dict[tuple[str, str], Draft] = {}
    problems: list[Problem] = []
    for line, fields in table:
        row = Row(fields)
        name = " ".join(row.take("Name").split())
        if not any(char.isalnum() for char in name):
            problems.append(Problem(BROKEN, "the row has no name and was left out", "error", file, line))
            continue
        begins = iso_date(row.take("Effective_Date", "Beginning_Date"), month_first=True)
        digest = hashlib.sha256(f"{name.casefold()}|{begins}".encode()).hexdigest()[:16]
        draft = drafts.setdefault((name.casefold(), begins), Draft(digest))
        draft.name(name, "primary")
        street, city, state, post = (row.take(part) for part in ("Street_Address", "City", "State", "Postal_Code"))
        # Addresses in the United States often leave the country out, never the state.
        draft.place([street, city, state, post], code=row.take("Country") or ("US" if state else ""))
        draft.programmes = ["Denied Persons List"]
        draft.source_list = _TITLE
        if citation := row.take("FR_Citation"):
            draft.legal_basis.append(citation)
        draft.date_listed(begins)
        ends = iso_date(row.take("Expiration_Date", "Ending_Date"), month_first=True)
        draft.remark("in force until", ends)
        standard = row.take("Standard_Order").upper()
        draft.remark("standard order", {"Y": "yes", "N": "no"}.get(standard, standard))
        draft.remark("action", row.take("Action"))
    parties = tuple(draft.party(CODE) for draft in drafts.values())
    return Imported(CODE, _TITLE, _PUBLISHER, parties, (*table.problems, *problems), licence=LICENCE)
