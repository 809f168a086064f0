"""The consolidated Canadian autonomous sanctions list (XML, `data-set/record`), with English or bilingual element names."""

from __future__ import annotations

import re

from tidewaiter.lists._draft import Draft
from tidewaiter.lists._parsing import Imported, birth_dates, country_code, iso_date, left_over
from tidewaiter.lists._tables import Row, key_of
from tidewaiter.lists._xml import broken, records, text_of
from tidewaiter.model import Problem

CODE = "ca"
_TITLE = "Consolidated Canadian Autonomous Sanctions List"
_PUBLISHER = "Global Affairs Canada"
_LICENCE = "Government of Canada terms: reproduction with acknowledgement, not as an official version"
_IMO = re.compile(r"\b\d{7}\b")
_LANGUAGE = re.compile(r"^(?:[A-Z][a-zé]+(?: ?\([^)]*\))?):\s*")


def read_canada(file: str, content: bytes) -> Imported:
    """Read the list. Its own date is not in the file; it is asked for, or taken from the file name.

    Raises:
        ListError: When the file is not well-formed XML.
    """
    drafts: list[Draft] = []
    problems: list[Problem] = []
    seen: dict[str, int] = {}
    for record in records(file, content, ("record",)):
        # Element names are English, or English and French joined by a hyphen.
        fields = {
            key_of(str(child.tag).partition("-")[0]): text_of(child) for child in record if isinstance(child.tag, str)
        }
        row = Row(fields)
        draft = _draft(row)
        if draft.has_name:
            drafts.append(draft)
        else:
            problems.append(broken(file, record, "the record has no name"))
        for column in row.rest():
            seen[column] = seen.get(column, 0) + 1
    problems.extend(left_over(seen, "the element", file))
    parties = tuple(draft.party(CODE) for draft in drafts)
    return Imported(CODE, _TITLE, _PUBLISHER, parties, tuple(problems), licence=_LICENCE)


def _draft(row: Row) -> Draft:
    regulations = row.take("Country").partition(" / ")[0].strip()
    schedule, item = row.take("Schedule"), row.take("Item")
    draft = Draft("")
    draft.source_list = _TITLE
    given, family = row.take("GivenName"), row.take("LastName")
    entity = row.take("EntityOrShip", "Entity")
    draft.schema = "Person" if given or family else ""
    whole = " ".join(filter(None, (given, family)))
    for position, name in enumerate(filter(None, (whole, *re.split(r" / ", entity)))):
        draft.name(name, "alias" if position else "primary")
    # A comma parts the aliases of persons; in the name of a firm it belongs to the name.
    parting = r"[;|]|, (?=[A-Z][\w'’.-]+ [A-Z])" if draft.schema else r"[;|]"
    for alias in re.split(parting, row.take("Aliases")):
        draft.name(_LANGUAGE.sub("", alias.strip(" ,")))
    imo = row.take("ShipIMONumber")
    for number in _IMO.findall(imo):
        draft.number("IMO", number)
        draft.schema = "Vessel"
    if imo and not _IMO.search(imo):
        draft.name(imo)
    if not draft.schema and entity:
        draft.schema = "Organization"
    born = row.take("DateOfBirthOrShipBuildDate", "DateOfBirth")
    if draft.schema == "Person":
        draft.born(birth_dates(born))
    else:
        draft.remark("build date", born)
    # The column names the regulations, not where the party is; only a territory it names is kept as one.
    draft.programmes = [regulations] if regulations else []
    if regulations:
        part = "" if schedule.casefold() in ("", "n/a") else f", Schedule {schedule}"
        place = f", item {item}" if item else ""
        act = "Special Economic Measures Regulations" if country_code(regulations) else regulations
        name = f"{act} ({regulations})" if act != regulations else act
        draft.legal_basis = [f"{name}{part}{place}"]
    draft.date_listed(iso_date(row.take("DateOfListing")))
    draft.remark("title", row.take("TitleOrShip", "TitleOrShipType", "Title"))
    draft.list_id = "/".join(filter(None, (regulations, schedule, item)))
    return draft
