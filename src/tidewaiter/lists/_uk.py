"""The UK Sanctions List of the Foreign, Commonwealth & Development Office: XML (`Designations`) and CSV."""

from __future__ import annotations

import re

from tidewaiter.lists._draft import Draft
from tidewaiter.lists._numbers import number_of, numbers_in
from tidewaiter.lists._parsing import BROKEN, Imported, birth_dates, country_code, day_of, iso_date, left_over
from tidewaiter.lists._tables import Row, Table
from tidewaiter.lists._xml import Element, broken, records, text_of, texts_of
from tidewaiter.model import Problem

CODE = "uk"
_TITLE = "UK Sanctions List"
_PUBLISHER = "Foreign, Commonwealth & Development Office"
LICENCE = "Open Government Licence v3.0"
_SCHEMAS = {"individual": "Person", "entity": "Organization", "ship": "Vessel"}
_UNDERSTOOD = frozenset(
    {"LastUpdated", "DateDesignated", "UniqueID", "OFSIGroupID", "UNReferenceNumber", "Names", "NonLatinNames", "Titles",
     "RegimeName", "IndividualEntityShip", "DesignationSource", "SanctionsImposed", "SanctionsImposedIndicators",
     "OtherInformation", "UKStatementofReasons", "Addresses", "PhoneNumbers", "EmailAddresses", "Websites",
     "IndividualDetails", "EntityDetails", "ShipDetails"}
)  # fmt: skip
_NAME_PARTS = ("Name1", "Name2", "Name3", "Name4", "Name5", "Name6")
_QUIET = frozenset({"ofsigroupid", "lastupdated", "nonlatinscripttype", "nonlatinscriptlanguage", "phonenumber",
                    "website", "emailaddress", "hullidentificationnumberhin", "lengthofship", "subsidiaries",
                    "parentcompany"})  # fmt: skip


def is_uk_csv(keys: list[str]) -> bool:
    """Return whether normalised column names are those of the UK Sanctions List."""
    return {"uniqueid", "name6", "nametype"} <= set(keys)


def grade(kind: str, strength: str) -> str:
    """Return the grade of a UK name: `Primary Name` and its variations, aliases, and those of low quality."""
    if kind.casefold() == "primary name":
        return "primary"
    return "weak-alias" if "low" in strength.casefold() or "weak" in strength.casefold() else "alias"


def _imported(drafts: list[Draft], problems: list[Problem], dated: str) -> Imported:
    parties = tuple(draft.party(CODE) for draft in drafts)
    return Imported(CODE, _TITLE, _PUBLISHER, parties, tuple(problems), day_of(dated), licence=LICENCE)


def _regime(draft: Draft, regime: str) -> None:
    if regime:
        draft.programmes.append(regime)
        draft.legal_basis.append(regime)


def _imo(draft: Draft, text: str) -> None:
    for number in re.findall(r"\d{7}", text):
        draft.number("IMO", number)


def read_uk_xml(file: str, content: bytes) -> Imported:
    """Read the XML form.

    Raises:
        ListError: When the file is not well-formed XML.
    """
    drafts: list[Draft] = []
    problems: list[Problem] = []
    seen: dict[str, int] = {}
    dated = ""
    for record in records(file, content, ("DateGenerated", "Designation")):
        if record.tag == "DateGenerated":
            dated = iso_date(text_of(record))
            continue
        draft = _from_xml(record, seen)
        if draft.has_name and draft.list_id:
            drafts.append(draft)
        else:
            problems.append(broken(file, record, "the designation has no name or no UniqueID"))
    problems.extend(left_over(seen, "the element", file))
    return _imported(drafts, problems, dated)


def _from_xml(record: Element, seen: dict[str, int]) -> Draft:
    kind = text_of(record, "IndividualEntityShip").casefold()
    draft = Draft(text_of(record, "UniqueID"), _SCHEMAS.get(kind, ""))
    draft.source_list = _TITLE
    for name in record.iterfind("Names/Name"):
        whole = " ".join(filter(None, (text_of(name, part) for part in _NAME_PARTS)))
        draft.name(whole, grade(text_of(name, "NameType"), text_of(name, "AliasStrength")))
    for name in record.iterfind("NonLatinNames/NonLatinName"):
        draft.name(text_of(name, "NameNonLatinScript"))
    for place in record.iterfind("Addresses/Address"):
        parts = [text_of(place, f"AddressLine{number}") for number in range(1, 7)]
        draft.place([*parts, text_of(place, "AddressPostalCode")], text_of(place, "AddressCountry"))
    for born in (*record.iter("DOB"),):
        draft.born(birth_dates(text_of(born)))
    for number in record.iter("PassportNumber"):
        draft.identifiers.extend(number_of(text_of(number), "passport"))
    for number in record.iter("NationalIdentifierNumber"):
        draft.identifiers.extend(number_of(text_of(number), "national identification number"))
    for number in record.iter("BusinessRegistrationNumber"):
        draft.identifiers.extend(number_of(text_of(number), "registration number"))
    for number in record.iter("IMONumber"):
        _imo(draft, text_of(number))
    for flag in record.iter("CurrentBelievedFlagOfShip"):
        draft.countries.append(country_code(text_of(flag)))
    for label, tag in (("title", "Title"), ("position", "Position"), ("nationality", "Nationality"),
                       ("type of entity", "TypeOfEntity"), ("type of ship", "TypeOfShip"),
                       ("owner or operator", "CurrentOwnerOperator")):  # fmt: skip
        for element in record.iter(tag):
            draft.remark(label, text_of(element))
    for born_in in record.iter("Location"):
        where = (text_of(born_in, "TownOfBirth"), text_of(born_in, "CountryOfBirth"))
        draft.remark("born in", ", ".join(filter(None, where)))
    _regime(draft, text_of(record, "RegimeName"))
    draft.date_listed(iso_date(text_of(record, "DateDesignated")))
    for measure in text_of(record, "SanctionsImposed").split("|"):
        draft.remark("measure", measure)
    draft.remark("designation source", text_of(record, "DesignationSource"))
    draft.remark("United Nations reference", text_of(record, "UNReferenceNumber"))
    for tag in ("OtherInformation", "UKStatementofReasons"):
        for note in texts_of(record, tag):
            draft.remark("", note)
            draft.identifiers.extend(numbers_in(note))
    for child in record:
        if isinstance(child.tag, str) and child.tag not in _UNDERSTOOD:
            seen[child.tag] = seen.get(child.tag, 0) + 1
    return draft


def read_uk_csv(file: str, table: Table, dated: str) -> Imported:
    """Read the CSV form, one row a name, address or birth date of a designation.

    Args:
        file: Name for problems.
        table: The table below the first line.
        dated: The first line, which states the date of the report.
    """
    drafts: dict[str, Draft] = {}
    problems: list[Problem] = []
    seen: dict[str, int] = {}
    for line, fields in table:
        row = Row(fields)
        number = row.take("Unique ID")
        if not number:
            problems.append(Problem(BROKEN, "the row has no Unique ID and was left out", "error", file, line))
            continue
        _from_row(row, drafts.setdefault(number, Draft(number)))
        for column in row.rest():
            if column not in _QUIET:
                seen[column] = seen.get(column, 0) + 1
    named = [draft for draft in drafts.values() if draft.has_name]
    if len(named) < len(drafts):
        count = len(drafts) - len(named)
        problems.append(Problem(BROKEN, f"{count} designations have no name and were left out", "error", file))
    problems.extend(left_over(seen, "the column", file))
    return _imported(named, [*table.problems, *problems], iso_date(dated))


def _from_row(row: Row, draft: Draft) -> None:
    draft.source_list = _TITLE
    draft.schema = _SCHEMAS.get(row.take("Designation Type", "Individual, Entity, Ship").casefold(), "") or draft.schema
    whole = " ".join(filter(None, (row.take(f"Name {number}") for number in range(1, 7))))
    draft.name(whole, grade(row.take("Name type"), row.take("Alias strength")))
    draft.name(row.take("Name non-latin script"))
    parts = [row.take(f"Address Line {number}") for number in range(1, 7)]
    draft.place([*parts, row.take("Address Postal Code")], row.take("Address Country"))
    for born in re.split(r"[;|]", row.take("D.O.B")):
        draft.born(birth_dates(born))
    draft.identifiers.extend(number_of(row.take("Passport number"), "passport"))
    draft.identifiers.extend(number_of(row.take("National Identifier number"), "national identification number"))
    draft.identifiers.extend(number_of(row.take("Business registration number (s)"), "registration number"))
    _imo(draft, row.take("IMO number"))
    draft.countries.append(country_code(row.take("Current believed flag of ship")))
    where = (row.take("Town of birth"), row.take("Country of birth"))
    draft.remark("born in", ", ".join(filter(None, where)))
    for column in ("Title", "Position", "Gender", "Nationality(/ies)", "Type of entity", "Type of ship",
                   "Current owner/operator (s)", "Previous owner/operator (s)", "Previous flags", "Tonnage of ship",
                   "Year Built", "Passport additional information",
                   "National Identifier additional information"):  # fmt: skip
        draft.remark(column.lower(), row.take(column))
    _regime(draft, row.take("Regime Name"))
    draft.date_listed(iso_date(row.take("Date Designated")))
    for measure in row.take("Sanctions Imposed").split("|"):
        draft.remark("measure", measure)
    draft.remark("designation source", row.take("Designation source"))
    draft.remark("United Nations reference", row.take("UN Reference Number"))
    for column in ("Other Information", "UK Statement of Reasons"):
        note = row.take(column)
        draft.remark("", note)
        draft.identifiers.extend(numbers_in(note))
