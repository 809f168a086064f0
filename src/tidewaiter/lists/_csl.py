"""The US Consolidated Screening List (International Trade Administration): CSV, and JSON as the API answers."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

import msgspec

from tidewaiter.lists._draft import Draft
from tidewaiter.lists._ofac_common import LICENCE
from tidewaiter.lists._parsing import BROKEN, Imported, birth_dates, country_code, day_of, iso_date, left_over
from tidewaiter.lists._tables import Table
from tidewaiter.model import ListError, Problem

CODE = "us-csl"
_TITLE = "US Consolidated Screening List"
_PUBLISHER = "US Department of Commerce, International Trade Administration"
_SCHEMAS = {"individual": "Person", "entity": "Organization", "vessel": "Vessel", "aircraft": "Aircraft"}
_NOT_NUMBERS = re.compile(
    r"gender|website|email|phone|fax|executive order|directive|secondary sanctions|additional sanctions|sanctions risk|"
    r"subject to|linked to|effective date|listing date|organization type|target type|established date|ukraine-|peesa|caatsa",
    re.IGNORECASE,
)
_LABELS = ("title", "remarks", "end_date", "standard_order", "vessel_type", "vessel_owner", "gross_tonnage",
           "gross_registered_tonnage", "places_of_birth", "nationalities", "citizenships")  # fmt: skip
_QUIET = ("entity_number", "source_list_url", "source_information_url", "_id", "id", "score", "country")


def is_csl(header: list[str]) -> bool:
    """Return whether a CSV header is that of the Consolidated Screening List."""
    columns = {column.strip() for column in header}
    return (
        "source" in columns and "alt_names" in columns and len(columns & {"_id", "license_requirement", "programs"}) > 1
    )


def read_csl(file: str, text: str) -> Imported:
    """Read the CSV; every field understood is taken out of the row and the rest is reported."""
    table = Table(file, text, delimiter=",")
    # The columns are known by their own spelling, with underscores.
    names = dict(zip(table.keys, (column.strip() for column in table.columns), strict=True))
    rows = ((line, {names[key]: value for key, value in fields.items()}) for line, fields in table)
    return _read(file, list(rows), table.problems)


def read_csl_json(file: str, content: bytes) -> Imported:
    """Read the JSON of the API or of the download: an object with `results`, or their array.

    Raises:
        ListError: When the file is not such JSON.
    """
    try:
        data = msgspec.json.decode(content.removeprefix(b"\xef\xbb\xbf"))
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise ListError(f"{file}: the file cannot be read as JSON: {error}") from error
    results = data.get("results") if isinstance(data, dict) else data
    if not isinstance(results, list):
        raise ListError(f"{file}: the JSON has no array `results`")
    rows: list[tuple[int, dict[str, str]]] = []
    problems: list[Problem] = []
    for number, record in enumerate(results, start=1):
        if isinstance(record, dict):
            rows.append((number, {str(key): _flat(str(key), value) for key, value in record.items()}))
        else:
            problems.append(
                Problem(
                    BROKEN, "the result is not an object and was left out", "error", file, field=f"results[{number}]"
                )
            )
    dated = day_of(str(data.get("search_performed_at", ""))) if isinstance(data, dict) else None
    return replace(_read(file, rows, problems, numbered=True), dated=dated)


def _flat(key: str, value: object) -> str:
    """Write a JSON value as the CSV writes it: lists joined by semicolons, the parts of one thing by commas."""
    if value is None:
        return ""
    if isinstance(value, list):
        return "; ".join(filter(None, (_flat(key, item) for item in value)))
    if isinstance(value, Mapping):
        order = (
            ("country", "number", "type") if key == "ids" else ("address", "city", "state", "postal_code", "country")
        )
        parts = [" ".join(str(value.get(part) or "").replace(";", ",").split()) for part in order]
        return ", ".join(part for part in parts if part)
    return str(value)


def _read(
    file: str, rows: list[tuple[int, dict[str, str]]], before: list[Problem], *, numbered: bool = False
) -> Imported:
    """Make parties of rows, which are at a line of the file or, when `numbered`, at a place in its results."""
    parties = []
    problems: list[Problem] = []
    seen: dict[str, int] = {}
    for line, row in rows:
        draft = _draft(row)
        for column, value in row.items():
            if value.strip():
                seen[column] = seen.get(column, 0) + 1
        if draft.has_name and draft.list_id:
            parties.append(draft.party(CODE))
        else:
            where = {"field": f"results[{line}]"} if numbered else {}
            problems.append(
                Problem(BROKEN, "the row has no name or no id and was left out", "error", file,
                        None if numbered else line, **where)
            )  # fmt: skip
    problems.extend(left_over(seen, "the column", file))
    return Imported(CODE, _TITLE, _PUBLISHER, tuple(parties), (*before, *problems), licence=LICENCE)


def _split(text: str) -> list[str]:
    return [part.strip().removeprefix("and ").strip() for part in text.split(";") if part.strip()]


def _draft(row: dict[str, str]) -> Draft:
    def take(name: str) -> str:
        return row.pop(name, "").strip()

    draft = Draft(take("_id") or take("id") or row.get("entity_number", ""))
    draft.name(take("name"), "primary")
    draft.schema = _SCHEMAS.get(take("type").casefold(), "")
    draft.source_list = take("source")
    for alias in _split(take("alt_names")):
        draft.name(alias)
    for born in _split(take("dates_of_birth")):
        draft.born(birth_dates(born))
    for place in _split(take("addresses")):
        draft.addresses.append(place)
        draft.countries.append(country_code(place.rpartition(",")[2]))
    draft.countries.extend((country_code(take("vessel_flag")), country_code(take("country"))))
    draft.identifiers.extend(_identifiers(take("ids")))
    draft.number("call sign", take("call_sign"))
    draft.programmes = _split(take("programs"))
    notice = take("federal_register_notice")
    draft.legal_basis = [notice or ", ".join(draft.programmes)] if notice or draft.programmes else []
    draft.licence_requirement, draft.licence_policy = take("license_requirement"), take("license_policy")
    draft.date_listed(iso_date(take("start_date")))
    for label in _LABELS:
        draft.remark(label.replace("_", " "), take(label))
    for known in _QUIET:
        take(known)
    return draft


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
