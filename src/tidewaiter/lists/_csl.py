"""The US Consolidated Screening List as CSV (International Trade Administration)."""

from __future__ import annotations

import csv
import io
import re

from tidewaiter.lists._parsing import Imported, birth_dates, country_code, infer_schema, left_over, unique
from tidewaiter.model import ListedName, ListedParty, Problem

CODE = "us-csl"
_SCHEMAS = {"individual": "Person", "entity": "Organization", "vessel": "Vessel", "aircraft": "Aircraft"}
_NOT_NUMBERS = re.compile(
    r"gender|website|email|phone|fax|executive order|directive|secondary sanctions|additional sanctions|sanctions risk|"
    r"subject to|linked to|effective date|listing date|organization type|target type|established date|ukraine-|peesa|caatsa",
    re.IGNORECASE,
)
_BIS = ("Entity List", "Unverified", "Military End User")


def is_csl(header: list[str]) -> bool:
    """Return whether a CSV header is that of the Consolidated Screening List."""
    return {"_id", "source", "alt_names", "license_requirement"} <= set(header)


def read_csl(file: str, text: str) -> Imported:
    """Read the list; every field understood is taken out of the row and the rest is reported."""
    csv.field_size_limit(10_000_000)
    reader = csv.DictReader(io.StringIO(text, newline=""))
    problems: list[Problem] = []
    parties: list[ListedParty] = []
    seen: dict[str, int] = {}
    for row in reader:
        party = _party({key: value or "" for key, value in row.items() if key is not None}, seen)
        if party is None:
            problems.append(
                Problem("list.row", "the row has no name and was left out", "warning", file, reader.line_num)
            )
        else:
            parties.append(party)
    problems.extend(left_over(seen, "the column", file))
    return Imported(
        CODE,
        "US Consolidated Screening List",
        "US Department of Commerce, International Trade Administration",
        tuple(parties),
        tuple(problems),
    )


def _take(row: dict[str, str], name: str) -> str:
    return row.pop(name, "").strip()


def _split(text: str) -> list[str]:
    return [part.strip().removeprefix("and ").strip() for part in text.split(";") if part.strip()]


def _party(row: dict[str, str], seen: dict[str, int]) -> ListedParty | None:
    list_id, name, source = _take(row, "_id"), _take(row, "name"), _take(row, "source")
    kind, programmes = _take(row, "type").casefold(), _split(_take(row, "programs"))
    aliases = [alias for alias in _split(_take(row, "alt_names")) if any(char.isalnum() for char in alias)]
    addresses = _split(_take(row, "addresses"))
    notice = _take(row, "federal_register_notice")
    requirement, policy = _take(row, "license_requirement"), _take(row, "license_policy")
    births = [date for part in _split(_take(row, "dates_of_birth")) for date in birth_dates(part)]
    identifiers = list(_identifiers(_take(row, "ids")))
    call_sign, flag = _take(row, "call_sign"), _take(row, "vessel_flag")
    if call_sign:
        identifiers.append(("call sign", call_sign))
    schema = _SCHEMAS.get(kind, "")
    if not schema and name:
        schema = infer_schema(name)
    labels = ("title", "remarks", "start_date", "end_date", "standard_order", "vessel_type", "vessel_owner",
              "gross_tonnage", "gross_registered_tonnage", "places_of_birth", "nationalities", "citizenships")  # fmt: skip
    remarks = [f"{label.replace('_', ' ')}: {value}" for label in labels if (value := _take(row, label))]
    for known in ("entity_number", "source_list_url", "source_information_url"):
        _take(row, known)
    for column, value in row.items():
        if value.strip():
            seen[column] = seen.get(column, 0) + 1
    if not name:
        return None
    return ListedParty(
        list=CODE,
        list_id=list_id,
        schema=schema,
        names=(ListedName(name), *(ListedName(alias, "alias") for alias in unique(aliases) if alias != name)),
        birth_dates=unique(births),
        countries=unique([*(country_code(part.rsplit(",", 1)[-1]) for part in addresses), country_code(flag)]),
        addresses=unique(addresses),
        identifiers=tuple(dict.fromkeys(identifiers)),
        programmes=unique(programmes),
        legal_basis=notice or ", ".join(programmes),
        licence_requirement=requirement,
        licence_policy=policy,
        source_list=source,
        remarks="; ".join(remarks),
    )


def _identifiers(text: str) -> list[tuple[str, str]]:
    """Read `CN, 91110000710933809D, Unified Social Credit Code (USCC); …`; what is no number is left out."""
    found = []
    for part in _split(text):
        pieces = [piece.strip() for piece in part.split(",")]
        if len(pieces) >= 2 and not _NOT_NUMBERS.search(part):
            number, kind = pieces[-2], pieces[-1]
            if any(char.isdigit() for char in number) or "SWIFT" in kind:
                found.append((kind, number))
    return found
