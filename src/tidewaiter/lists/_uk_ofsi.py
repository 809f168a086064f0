"""The former consolidated list of asset-freeze targets of the UK Treasury (ConList, format of 2022): CSV and XML.

The list closed on 28 January 2026 in favour of the UK Sanctions List; older files are still read.
"""

from __future__ import annotations

import re

from tidewaiter.lists._draft import Draft
from tidewaiter.lists._numbers import number_of, numbers_in
from tidewaiter.lists._parsing import BROKEN, Imported, birth_dates, country_code, day_of, iso_date
from tidewaiter.lists._tables import Row, Table, key_of
from tidewaiter.lists._uk import LICENCE, grade
from tidewaiter.lists._xml import records, text_of
from tidewaiter.model import ListedParty, Problem

CODE = "uk-ofsi"
_TITLE = "UK consolidated list of asset-freeze targets (OFSI, format of 2022)"
_PUBLISHER = "HM Treasury, Office of Financial Sanctions Implementation"
_SCHEMAS = {"individual": "Person", "entity": "Organization", "ship": "Vessel"}
_MARKED = re.compile(r"\(\d+\)")
# The CSV packs everything without a column of its own into one text: `(IMO number):9000001 (Gender):Male`.
_PACKED = re.compile(r"\(([A-Z][^():]{2,60})\):\s*(.*?)(?=\s*\([A-Z][^():]{2,60}\):|$)", re.DOTALL)


def is_ofsi_csv(keys: list[str]) -> bool:
    """Return whether normalised column names are those of the OFSI list."""
    return {"name6", "groupid", "aliastype"} <= set(keys)


def read_ofsi_csv(file: str, table: Table, dated: str) -> Imported:
    """Read the CSV form.

    Args:
        file: Name for problems.
        table: The table below the first line.
        dated: The first line, `Last Updated,03/06/2022`.
    """
    parties, problems = _read(file, [(line, Row(fields)) for line, fields in table])
    problems = (*table.problems, *problems)
    return Imported(CODE, _TITLE, _PUBLISHER, parties, problems, day_of(iso_date(dated)), licence=LICENCE)


def read_ofsi_xml(file: str, content: bytes) -> Imported:
    """Read the XML form, whose records have the same fields.

    Raises:
        ListError: When the file is not well-formed XML.
    """
    rows = []
    newest = ""
    for record in records(file, content, ("FinancialSanctionsTarget",)):
        fields = {key_of(str(child.tag)): text_of(child) for child in record if isinstance(child.tag, str)}
        newest = max(newest, iso_date(fields.get("lastupdated", "")))
        line = record.sourceline
        rows.append((line if isinstance(line, int) else 0, Row(fields)))
    parties, problems = _read(file, rows)
    return Imported(CODE, _TITLE, _PUBLISHER, parties, problems, day_of(newest), licence=LICENCE)


def _read(file: str, rows: list[tuple[int, Row]]) -> tuple[tuple[ListedParty, ...], tuple[Problem, ...]]:
    drafts: dict[str, Draft] = {}
    problems: list[Problem] = []
    for line, row in rows:
        number = row.take("Group ID")
        if not number:
            problems.append(Problem(BROKEN, "the row has no Group ID and was left out", "error", file, line))
            continue
        _from_row(row, drafts.setdefault(number, Draft(number)))
    named = [draft for draft in drafts.values() if draft.has_name]
    if len(named) < len(drafts):
        count = len(drafts) - len(named)
        problems.append(Problem(BROKEN, f"{count} groups have no name and were left out", "error", file))
    return tuple(draft.party(CODE) for draft in named), tuple(problems)


def _split(text: str) -> list[str]:
    """Return the values of a field that numbers them `(1) … (2) …`, or holds one."""
    return [part.strip(" .") for part in _MARKED.split(text) if part.strip(" .")]


def _from_row(row: Row, draft: Draft) -> None:
    draft.source_list = _TITLE
    draft.schema = _SCHEMAS.get(row.take("Group Type", "GroupTypeDescription").casefold(), "") or draft.schema
    whole = " ".join(filter(None, (row.take(f"Name {number}") for number in range(1, 7))))
    draft.name(whole, grade(row.take("Alias Type"), row.take("Alias Quality")))
    draft.name(row.take("Name Non-Latin Script"))
    parts = [row.take(f"Address {number}") for number in range(1, 7)]
    draft.place([*parts, row.take("Post/Zip Code", "PostCode")], row.take("Country"))
    for born in _split(row.take("DOB", "Individual_DateOfBirth")):
        draft.born(birth_dates(born))
    for kind, columns in (
        ("passport", ("Passport Number", "Individual_PassportNumber")),
        ("national identification number", ("National Identification Number", "Individual_NINumber")),
        ("registration number", ("Entity_BusinessRegNumber",)),
        ("IMO", ("Ship_IMONumber",)),
    ):
        draft.identifiers.extend(number_of(row.take(*columns), kind))
    draft.countries.append(country_code(row.take("Ship_Flag")))
    where = (
        row.take("Town of Birth", "Individual_TownOfBirth"),
        row.take("Country of Birth", "Individual_CountryOfBirth"),
    )
    draft.remark("born in", ", ".join(filter(None, where)))
    for label, columns in (
        ("title", ("Title",)), ("position", ("Position", "Individual_Position")),
        ("nationality", ("Nationality", "Individual_Nationality")), ("type of entity", ("Entity_Type",)),
        ("owner", ("Ship_CurrentOwners",)), ("type of ship", ("Ship_Type",)),
    ):  # fmt: skip
        draft.remark(label, row.take(*columns))
    if regime := row.take("Regime", "RegimeName"):
        draft.programmes.append(regime)
        draft.legal_basis.append(regime)
    draft.date_listed(iso_date(row.take("Listed On", "DateListed")))
    draft.remark("UK Sanctions List reference", row.take("UKSanctionsListRef"))
    draft.remark("United Nations reference", row.take("UNRef"))
    for column in ("Other Information", "UKStatementOfReasons"):
        _packed(row.take(column), draft)


def _packed(text: str, draft: Draft) -> None:
    """Take what the packed text says apart: numbers as identifiers, the rest as remarks."""
    found = _PACKED.findall(text)
    draft.identifiers.extend(numbers_in(text if not found else " ; ".join(value for _, value in found)))
    for label, value in found:
        low = label.casefold()
        if "imo" in low or "registration" in low:
            draft.identifiers.extend(number_of(value, "IMO" if "imo" in low else "registration number"))
        draft.remark(label, value)
    if not found:
        draft.remark("", text)
