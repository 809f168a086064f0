"""OFAC lists in their enhanced XML form (SDN_ENHANCED.XML, CONS_ENHANCED.XML): `sanctionsData/entities/entity`."""

from __future__ import annotations

from tidewaiter.lists._draft import Draft
from tidewaiter.lists._ofac_common import LICENCE, PUBLISHER, SCHEMAS, TITLES, code_by_source
from tidewaiter.lists._parsing import Imported, birth_dates, country_code, day_of, iso_date, left_over
from tidewaiter.lists._xml import Element, attribute, broken, records, text_of, texts_of
from tidewaiter.model import Problem

_UNDERSTOOD = frozenset(
    {"generalInfo", "sanctionsLists", "sanctionsPrograms", "sanctionsTypes", "legalAuthorities", "names", "addresses",
     "features", "identityDocuments", "relationships"}
)  # fmt: skip
_NUMBERS = ("digital currency address", "swift", "bic", "mmsi", "vessel call sign", "d-u-n-s", "bik", "isin", "equity",
            "aircraft manufacturer's serial", "aircraft tail", "other vessel call sign", "micex")  # fmt: skip


def read_enhanced(file: str, content: bytes) -> Imported:
    """Read the enhanced XML form of either OFAC list.

    Raises:
        ListError: When the file is not well-formed XML.
    """
    drafts: list[Draft] = []
    problems: list[Problem] = []
    seen: dict[str, int] = {}
    dated = None
    for record in records(file, content, ("publicationInfo", "entity")):
        if record.tag == "publicationInfo":
            dated = day_of(text_of(record, "dataAsOf") or text_of(record, "datePublished"))
            continue
        draft = _draft(record, seen)
        if draft.has_name and draft.list_id:
            drafts.append(draft)
        else:
            problems.append(broken(file, record, "the entity has no name or no id"))
    code = code_by_source(drafts)
    parties = tuple(draft.party(code) for draft in drafts)
    problems.extend(left_over(seen, "the element", file))
    return Imported(code, TITLES[code], PUBLISHER, parties, tuple(problems), dated, licence=LICENCE)


def _true(element: Element, path: str) -> bool:
    return text_of(element, path).casefold() == "true"


def _draft(entity: Element, seen: dict[str, int]) -> Draft:
    kind = text_of(entity, "generalInfo/entityType")
    draft = Draft(attribute(entity, "id"), SCHEMAS.get(kind.casefold(), ""))
    for name in entity.iterfind("names/name"):
        grade = "primary" if _true(name, "isPrimary") else "weak-alias" if _true(name, "isLowQuality") else "alias"
        for translation in name.iterfind("translations/translation"):
            whole = text_of(translation, "formattedFullName") or ", ".join(
                filter(None, (text_of(translation, "formattedLastName"), text_of(translation, "formattedFirstName")))
            )
            # The same name in another script is an alias of the primary one.
            other = grade == "primary" and draft.has_name
            draft.name(whole, "alias" if other else grade)
    for place in entity.iterfind("addresses/address"):
        _address(place, draft)
    for document in entity.iterfind("identityDocuments/identityDocument"):
        draft.number(text_of(document, "type").rstrip("."), text_of(document, "documentNumber"))
    for feature in entity.iterfind("features/feature"):
        _feature(feature, draft)
    lists = []
    for listing in entity.iterfind("sanctionsLists/sanctionsList"):
        lists.append(text_of(listing))
        draft.date_listed(iso_date(attribute(listing, "datePublished")))
    draft.source_list = ", ".join(sorted(lists, key=lambda title: title != "SDN List"))
    draft.programmes = texts_of(entity, "sanctionsPrograms/sanctionsProgram")
    authorities = texts_of(entity, "legalAuthorities/legalAuthority")
    draft.legal_basis = authorities or ([", ".join(draft.programmes)] if draft.programmes else [])
    for measure in texts_of(entity, "sanctionsTypes/sanctionsType"):
        draft.remark("measure", measure)
    draft.remark("title", text_of(entity, "generalInfo/title"))
    draft.remark("", text_of(entity, "generalInfo/remarks"))
    for child in entity:
        if isinstance(child.tag, str) and child.tag not in _UNDERSTOOD:
            seen[child.tag] = seen.get(child.tag, 0) + 1
    return draft


def _address(place: Element, draft: Draft) -> None:
    country = text_of(place, "country")
    written = False
    for translation in place.iterfind("translations/translation"):
        parts = texts_of(translation, "addressParts/addressPart/value")
        if parts:
            draft.place(parts, country)
            written = True
    if not written:
        draft.place((), country)


def _feature(feature: Element, draft: Draft) -> None:
    kind, value = text_of(feature, "type").rstrip(" :"), text_of(feature, "value")
    low = kind.casefold()
    if low == "birthdate":
        draft.born(birth_dates(value) or birth_dates(text_of(feature, "valueDate/fromDateBegin")))
    elif low.startswith(_NUMBERS):
        draft.number(kind, value)
    elif low.startswith("vessel flag"):
        draft.countries.append(country_code(value))
    elif low != "location":
        draft.remark(kind, value)
