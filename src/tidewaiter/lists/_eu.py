"""The EU consolidated list of financial sanctions: XML (`export/sanctionEntity`) and CSV, both of version 1.1."""

from __future__ import annotations

from tidewaiter.lists._draft import Draft
from tidewaiter.lists._numbers import numbers_in
from tidewaiter.lists._parsing import BROKEN, Imported, birth_dates, day_of, iso, iso_date, left_over
from tidewaiter.lists._tables import Row, Table
from tidewaiter.lists._xml import Element, attribute, broken, records, root_attributes, text_of, texts_of
from tidewaiter.model import Problem

CODE = "eu"
_TITLE = "EU consolidated list of persons, groups and entities subject to EU financial sanctions"
_PUBLISHER = "European Commission, DG FISMA"
_LICENCE = "reuse with acknowledgement of the source (Commission Decision 2011/833/EU)"
_SCHEMAS = {"person": "Person", "p": "Person", "enterprise": "Organization", "e": "Organization"}
_UNDERSTOOD = frozenset(
    {"remark", "regulation", "subjectType", "nameAlias", "address", "birthdate", "identification", "citizenship"}
)
_LONGEST_RANGE = 10


def is_eu_csv(keys: list[str]) -> bool:
    """Return whether normalised column names are those of the EU list."""
    return {"entitylogicalid", "namealiaswholename"} <= set(keys)


def _imported(drafts: list[Draft], problems: list[Problem], generated: str) -> Imported:
    parties = tuple(draft.party(CODE) for draft in drafts)
    return Imported(CODE, _TITLE, _PUBLISHER, parties, tuple(problems), day_of(generated), licence=_LICENCE)


def _is_weak(remark: str) -> bool:
    low = remark.casefold()
    return "quality" in low and ("low" in low or "lo quality" in low)


def _whole(whole: str, *parts: str) -> str:
    return whole or " ".join(part for part in parts if part)


def _add_name(draft: Draft, text: str, weak: bool) -> None:
    """Add a name; the list calls none primary, so the first that is not weak stands for the party."""
    draft.name(text, "weak-alias" if weak else "alias" if draft.has_name else "primary")


def _births(whole: str, year: str, month: str, day: str, span: tuple[str, str], circa: str) -> list[str]:
    about = "~" if circa.casefold() == "true" else ""
    found = iso_date(whole) or iso(year, month, day)
    if found:
        return [about + found]
    if span[0] and span[1]:
        return list(birth_dates(f"{span[0]} to {span[1]}"))
    return [f"~{span[0] or span[1]}"] if any(span) and "0" not in span else []


def read_eu_xml(file: str, content: bytes) -> Imported:
    """Read the XML form.

    Raises:
        ListError: When the file is not well-formed XML.
    """
    drafts: list[Draft] = []
    problems: list[Problem] = []
    seen: dict[str, int] = {}
    for entity in records(file, content, ("sanctionEntity",)):
        draft = _from_xml(entity, seen)
        if draft.has_name and draft.list_id:
            drafts.append(draft)
        else:
            problems.append(broken(file, entity, "the entity has no name or no reference"))
    problems.extend(left_over(seen, "the element", file))
    return _imported(drafts, problems, root_attributes(file, content).get("generationDate", ""))


def _from_xml(entity: Element, seen: dict[str, int]) -> Draft:
    draft = Draft(attribute(entity, "euReferenceNumber") or attribute(entity, "logicalId"))
    draft.source_list = _TITLE
    for subject in entity.iterfind("subjectType"):
        for word in (attribute(subject, "classificationCode"), attribute(subject, "code")):
            draft.schema = _SCHEMAS.get(word.casefold(), "") or draft.schema
    for name in entity.iterfind("nameAlias"):
        whole = _whole(*(attribute(name, part) for part in ("wholeName", "firstName", "middleName", "lastName")))
        notes = texts_of(name, "remark")
        weak = attribute(name, "strong").casefold() == "false" or any(_is_weak(note) for note in notes)
        _add_name(draft, whole, weak)
        for label in ("title", "function"):
            draft.remark(label, attribute(name, label))
    for place in entity.iterfind("address"):
        parts = [attribute(place, part) for part in ("street", "poBox", "zipCode", "city", "place", "region")]
        draft.place(parts, _country(attribute(place, "countryDescription")), _code(attribute(place, "countryIso2Code")))
        for note in texts_of(place, "remark"):
            draft.remark("address", note)
    for born in entity.iterfind("birthdate"):
        span = (attribute(born, "yearRangeFrom"), attribute(born, "yearRangeTo"))
        whole, year, month, day = (attribute(born, part) for part in ("birthdate", "year", "monthOfYear", "dayOfMonth"))
        draft.born(_births(whole, year, month, day, span, attribute(born, "circa")))
        where = [attribute(born, part) for part in ("city", "place", "region")]
        where.append(_country(attribute(born, "countryDescription")))
        draft.remark("born in", ", ".join(filter(None, where)))
    for document in entity.iterfind("identification"):
        kind = attribute(document, "identificationTypeDescription") or attribute(document, "identificationTypeCode")
        for value in dict.fromkeys((attribute(document, "number"), attribute(document, "latinNumber"))):
            draft.number(kind, value)
        for note in texts_of(document, "remark"):
            draft.identifiers.extend(numbers_in(note))
    for citizenship in entity.iterfind("citizenship"):
        draft.remark("citizenship", attribute(citizenship, "countryDescription"))
    for act in entity.iterfind("regulation"):
        draft.programmes.append(attribute(act, "programme"))
        draft.legal_basis.append(attribute(act, "numberTitle"))
    draft.date_listed(iso_date(attribute(entity, "designationDate")))
    if not draft.listed_on:
        for act in (*entity.iter("regulation"), *entity.iter("regulationSummary")):
            draft.date_listed(iso_date(attribute(act, "publicationDate")))
    draft.legal_basis = [basis for basis in draft.legal_basis if basis]
    draft.remark("United Nations reference", attribute(entity, "unitedNationId"))
    draft.remark("designation", attribute(entity, "designationDetails"))
    for note in (text_of(remark) for remark in entity.iterfind("remark")):
        draft.remark("", note)
        draft.identifiers.extend(numbers_in(note))
    for child in entity:
        if isinstance(child.tag, str) and child.tag not in _UNDERSTOOD:
            seen[child.tag] = seen.get(child.tag, 0) + 1
    return draft


def _code(code: str) -> str:
    """Return an alpha-2 code; the list writes `00` where it knows none."""
    return code if len(code) == 2 and code.isalpha() else ""


def _country(name: str) -> str:
    return "" if name.casefold() in ("unknown", "undefined") else name


def read_eu_csv(file: str, table: Table) -> Imported:
    """Read the CSV form, in which every name, address, birth date and number is a row of its entity."""
    drafts: dict[str, Draft] = {}
    problems: list[Problem] = []
    generated = ""
    for line, fields in table:
        row = Row(fields)
        generated = generated or row.take("fileGenerationDate")
        key = row.take("Entity_LogicalId") or row.take("Entity_EU_ReferenceNumber")
        if not key:
            problems.append(Problem(BROKEN, "the row names no entity and was left out", "error", file, line))
            continue
        draft = drafts.setdefault(key, Draft(key))
        _from_row(row, draft)
    named = [draft for draft in drafts.values() if draft.has_name]
    if len(named) < len(drafts):
        count = len(drafts) - len(named)
        problems.append(Problem(BROKEN, f"{count} entities have no name and were left out", "error", file))
    return _imported(named, [*table.problems, *problems], generated)


def _from_row(row: Row, draft: Draft) -> None:
    draft.list_id = row.take("Entity_EU_ReferenceNumber") or draft.list_id
    draft.source_list = _TITLE
    for column in ("Entity_SubjectType", "Entity_SubjectType_ClassificationCode"):
        draft.schema = _SCHEMAS.get(row.take(column).casefold(), "") or draft.schema
    whole = _whole(*(row.take(f"NameAlias_{part}") for part in ("WholeName", "FirstName", "MiddleName", "LastName")))
    note = row.take("NameAlias_Remark")
    strong = row.take("NameAlias_Strong")
    if whole:
        _add_name(draft, whole, _is_weak(note) or strong.casefold() == "false")
    for label in ("Title", "Function"):
        draft.remark(label.lower(), row.take(f"NameAlias_{label}"))
    parts = [row.take(f"Address_{part}") for part in ("Street", "PoBox", "ZipCode", "City", "Place", "Region")]
    draft.place(parts, _country(row.take("Address_CountryDescription")), _code(row.take("Address_CountryIso2Code")))
    born = [row.take(f"BirthDate_{part}") for part in ("BirthDate", "Year", "Month", "Day")]
    span = (row.take("BirthDate_YearRangeFrom"), row.take("BirthDate_YearRangeTo"))
    draft.born(_births(born[0], born[1], born[2], born[3], span, row.take("BirthDate_Circa")))
    where = [row.take(f"BirthDate_{part}") for part in ("City", "Place", "Region")]
    where.append(_country(row.take("BirthDate_CountryDescription")))
    draft.remark("born in", ", ".join(filter(None, where)))
    kind = row.take("Identification_TypeDescription") or row.take("Identification_TypeCode")
    for value in dict.fromkeys((row.take("Identification_Number"), row.take("Identification_LatinNumber"))):
        draft.number(kind, value)
    draft.identifiers.extend(numbers_in(row.take("Identification_Remark")))
    draft.remark("citizenship", row.take("Citizenship_CountryDescription"))
    draft.programmes.append(row.take("Entity_Regulation_Programme"))
    if basis := row.take("Entity_Regulation_NumberTitle"):
        draft.legal_basis.append(basis)
    published = row.take("Entity_Regulation_PublicationDate")
    draft.date_listed(iso_date(row.take("Entity_DesignationDate") or published))
    draft.remark("United Nations reference", row.take("Entity_UnitedNationId"))
    draft.remark("designation", row.take("Entity_DesignationDetails"))
    remark = row.take("Entity_Remark")
    draft.remark("", remark)
    draft.identifiers.extend(numbers_in(remark))
