"""OFAC lists in their advanced XML form (SDN_ADVANCED.XML, CONS_ADVANCED.XML): `Sanctions/DistinctParties`.

Every word stands in a table of references and every fact points into it, so the file is read twice: first what is
pointed at, then the parties.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from tidewaiter.lists._draft import Draft
from tidewaiter.lists._ofac_common import LICENCE, PUBLISHER, SCHEMAS, TITLES, code_by_source
from tidewaiter.lists._parsing import Imported, country_code, day_of, iso
from tidewaiter.lists._xml import Element, attribute, broken, records, text_of, texts_of
from tidewaiter.model import Problem

_REFERENCES = ("AliasType", "Country", "FeatureType", "IDRegDocType", "LegalBasis", "List", "LocPartType", "AreaCode",
               "NamePartType", "PartySubType", "PartyType", "SanctionsType", "DetailReference")  # fmt: skip
_NUMBERS = ("digital currency address", "swift", "bic", "mmsi", "vessel call sign", "other vessel call sign", "d-u-n-s",
            "bik", "isin", "aircraft manufacturer's serial", "aircraft tail", "micex")  # fmt: skip
_GIVEN = ("First Name", "Middle Name", "Patronymic", "Matronymic", "Nickname")
_LONGEST_RANGE = 10


@dataclass(slots=True)
class _Tables:
    """What the parties point at, by id."""

    words: dict[tuple[str, str], str] = field(default_factory=dict)
    parents: dict[str, str] = field(default_factory=dict)
    codes: dict[str, str] = field(default_factory=dict)
    places: dict[str, tuple[list[str], str, str]] = field(default_factory=dict)
    documents: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    entries: dict[str, list[tuple[str, list[str], list[str], list[str], list[str]]]] = field(default_factory=dict)
    issued: str = ""

    def word(self, kind: str, number: str) -> str:
        return self.words.get((kind, number), "")


def read_advanced(file: str, content: bytes) -> Imported:
    """Read the advanced XML form of either OFAC list.

    Raises:
        ListError: When the file is not well-formed XML.
    """
    tables = _Tables()
    pointed_at = (*_REFERENCES, "DateOfIssue", "Location", "IDRegDocument", "SanctionsEntry")
    for record in records(file, content, pointed_at, ("DistinctParty", "ProfileRelationship")):
        _keep(record, tables)
    drafts: list[Draft] = []
    problems: list[Problem] = []
    for record in records(file, content, ("DistinctParty",), (*pointed_at, "ProfileRelationship")):
        profile = record.find("Profile")
        draft = _draft(record, profile, tables) if profile is not None else None
        if draft is not None and draft.has_name and draft.list_id:
            drafts.append(draft)
        else:
            problems.append(broken(file, record, "the party has no name or no profile"))
    code = code_by_source(drafts)
    parties = tuple(draft.party(code) for draft in drafts)
    return Imported(code, TITLES[code], PUBLISHER, parties, tuple(problems), day_of(tables.issued), licence=LICENCE)


def _date(element: Element | None) -> str:
    if element is None:
        return ""
    return iso(text_of(element, "Year"), text_of(element, "Month"), text_of(element, "Day"))


def _keep(record: Element, tables: _Tables) -> None:
    """Keep one record that parties point at."""
    tag, number = str(record.tag), attribute(record, "ID")
    if tag == "DateOfIssue":
        tables.issued = _date(record)
    elif tag == "Location":
        tables.places[number] = _place(record, tables)
    elif tag == "IDRegDocument":
        kind = tables.word("IDRegDocType", attribute(record, "IDRegDocTypeID")).rstrip(".")
        tables.documents.setdefault(attribute(record, "IdentityID"), []).append(
            (kind, text_of(record, "IDRegistrationNo"))
        )
    elif tag == "SanctionsEntry":
        tables.entries.setdefault(attribute(record, "ProfileID"), []).append(_entry(record, tables))
    else:
        tables.words[tag, number] = text_of(record) or attribute(record, "Description")
        if tag == "PartySubType":
            tables.parents[number] = attribute(record, "PartyTypeID")
        elif tag == "Country":
            tables.codes[number] = attribute(record, "ISO2")
        elif tag == "AreaCode":
            tables.words[tag, number] = attribute(record, "Description") or text_of(record)


def _place(record: Element, tables: _Tables) -> tuple[list[str], str, str]:
    """Return address parts, country name and country code."""
    country = code = ""
    for tag, kind, pointer in (
        ("LocationCountry", "Country", "CountryID"),
        ("LocationAreaCode", "AreaCode", "AreaCodeID"),
    ):
        for child in record.iterfind(tag):
            number = attribute(child, pointer)
            country = country or tables.word(kind, number)
            code = code or tables.codes.get(number, "")
    parts = []
    for part in record.iterfind("LocationPart"):
        value = text_of(part, "LocationPartValue/Value")
        for written in part.iterfind("LocationPartValue"):
            if attribute(written, "Primary") == "true":
                value = text_of(written, "Value")
        if tables.word("LocPartType", attribute(part, "LocPartTypeID")) == "Unknown" and not country:
            country = value
        else:
            parts.append(value)
    return parts, "" if country == "undetermined" else country, code


def _entry(record: Element, tables: _Tables) -> tuple[str, list[str], list[str], list[str], list[str]]:
    """Return list title, programmes, measures, legal bases and listing dates of one entry."""
    programmes, measures, bases, dates = [], [], [], []
    for measure in record.iterfind("SanctionsMeasure"):
        kind = tables.word("SanctionsType", attribute(measure, "SanctionsTypeID"))
        comment = text_of(measure, "Comment")
        if kind == "Program" or (not kind and comment):
            programmes.append(comment)
        elif kind:
            measures.append(kind)
    for event in record.iterfind("EntryEvent"):
        bases.append(tables.word("LegalBasis", attribute(event, "LegalBasisID")))
        dates.append(_date(event.find("Date")))
    bases = [basis for basis in bases if basis and basis != "Unknown"]
    return tables.word("List", attribute(record, "ListID")), programmes, measures, bases, dates


def _draft(party: Element, profile: Element, tables: _Tables) -> Draft:
    number = attribute(profile, "ID") or attribute(party, "FixedRef")
    sub_type = attribute(profile, "PartySubTypeID")
    kind = tables.word("PartySubType", sub_type)
    if kind in ("", "Unknown"):
        kind = tables.word("PartyType", tables.parents.get(sub_type, ""))
    draft = Draft(number, SCHEMAS.get(kind.casefold(), "") if kind else "")
    for identity in profile.iterfind("Identity"):
        groups = {
            attribute(group, "ID"): tables.word("NamePartType", attribute(group, "NamePartTypeID"))
            for group in identity.iterfind("NamePartGroups/MasterNamePartGroup/NamePartGroup")
        }
        for alias in identity.iterfind("Alias"):
            _alias(alias, groups, draft)
        for document, value in tables.documents.get(attribute(identity, "ID"), ()):
            draft.number(document, value)
    for feature in party.iter("Feature"):
        _feature(feature, tables, draft)
    lists = []
    for title, programmes, measures, bases, dates in tables.entries.get(number, ()):
        lists.append(title)
        draft.programmes.extend(programmes)
        draft.legal_basis.extend(bases)
        for on in dates:
            draft.date_listed(on)
        for measure in measures:
            draft.remark("measure", measure)
    if not draft.legal_basis and draft.programmes:
        draft.legal_basis = [", ".join(draft.programmes)]
    draft.source_list = ", ".join(sorted(filter(None, lists), key=lambda title: title != "SDN List"))
    draft.remark("", text_of(party, "Comment"))
    return draft


def _alias(alias: Element, groups: dict[str, str], draft: Draft) -> None:
    weak = attribute(alias, "LowQuality") == "true"
    grade = "primary" if attribute(alias, "Primary") == "true" else "weak-alias" if weak else "alias"
    for name in alias.iterfind("DocumentedName"):
        parts: dict[str, list[str]] = {}
        for value in name.iterfind("DocumentedNamePart/NamePartValue"):
            parts.setdefault(groups.get(attribute(value, "NamePartGroupID"), ""), []).append(text_of(value))
        family = [*parts.pop("Last Name", []), *parts.pop("Maiden Name", [])]
        given = [word for part in _GIVEN for word in parts.pop(part, [])]
        rest = [word for words in parts.values() for word in words]
        whole = ", ".join(filter(None, (" ".join([*rest, *family]), " ".join(given))))
        # A further documented name of the primary alias is the same name in another script.
        draft.name(whole, "alias" if grade == "primary" and draft.has_name else grade)


def _feature(feature: Element, tables: _Tables, draft: Draft) -> None:
    kind = tables.word("FeatureType", attribute(feature, "FeatureTypeID")).rstrip(" :-")
    low = kind.casefold()
    details = texts_of(feature, ".//VersionDetail") + [
        tables.word("DetailReference", attribute(detail, "DetailReferenceID"))
        for detail in feature.iterfind(".//VersionDetail")
        if detail.get("DetailReferenceID") and not (detail.text or "").strip()
    ]
    if low == "birthdate":
        for period in feature.iterfind(".//DatePeriod"):
            draft.born(_birth(period))
        return
    for pointer in feature.iterfind(".//VersionLocation"):
        parts, country, code = tables.places.get(attribute(pointer, "LocationID"), ([], "", ""))
        if low in ("location", ""):
            draft.place(parts, country, code if not country_code(country) else "")
        elif low == "vessel flag":
            draft.place((), country, code)
        else:
            draft.remark(kind, ", ".join(filter(None, (*parts, country))))
    for detail in details:
        if low.startswith(_NUMBERS):
            draft.number(kind, detail)
        else:
            draft.remark(kind, detail)


def _birth(period: Element) -> list[str]:
    """Return the date of a period; a period of a whole month or year is that month or year, a longer one its years."""
    start, end = period.find("Start"), period.find("End")
    first = _date(start.find("From")) if start is not None else ""
    last = _date(end.find("To")) if end is not None else ""
    last = last or (_date(end.find("From")) if end is not None else "")
    about = "~" if start is not None and start.get("Approximate") == "true" else ""
    if not first or not last or first == last:
        return [about + (first or last)] if first or last else []
    if first[:4] == last[:4]:
        whole_year = first[4:] in ("", "-01-01") and last[4:] in ("", "-12-31")
        return [about + (first[:7] if first[:7] == last[:7] and not whole_year else first[:4])]
    years = range(int(first[:4]), int(last[:4]) + 1)
    return [f"~{year}" for year in years] if len(years) <= _LONGEST_RANGE + 1 else []
