"""OFAC lists as XML in their plain form (SDN.XML, CONSOLIDATED.XML): `sdnList/sdnEntry`."""

from __future__ import annotations

from tidewaiter.lists._draft import Draft
from tidewaiter.lists._ofac_common import CONSOLIDATED, LICENCE, PUBLISHER, SCHEMAS, SDN, TITLES, is_not_sdn
from tidewaiter.lists._parsing import Imported, birth_dates, day_of, iso_date, left_over
from tidewaiter.lists._xml import Element, broken, records, text_of, texts_of
from tidewaiter.model import Problem

_UNDERSTOOD = frozenset(
    {"uid", "firstName", "lastName", "title", "sdnType", "remarks", "programList", "idList", "akaList", "addressList",
     "nationalityList", "citizenshipList", "dateOfBirthList", "placeOfBirthList", "vesselInfo"}
)  # fmt: skip
# What OFAC keeps in the id list though it identifies nobody.
_NOT_NUMBERS = ("gender", "secondary sanctions", "additional sanctions", "website", "email", "phone", "executive order",
                "sanctions risk", "target type", "organization type", "listing date", "effective date",
                "established date")  # fmt: skip


def read_sdn_xml(file: str, content: bytes) -> Imported:
    """Read the plain XML form of either OFAC list.

    Raises:
        ListError: When the file is not well-formed XML.
    """
    drafts: list[Draft] = []
    problems: list[Problem] = []
    seen: dict[str, int] = {}
    published = ""
    not_sdn = 0
    for record in records(file, content, ("publshInformation", "sdnEntry")):
        if record.tag != "sdnEntry":
            published = iso_date(text_of(record, "Publish_Date"), month_first=True)
            continue
        draft = _draft(record, seen)
        if draft.has_name and draft.list_id:
            drafts.append(draft)
            not_sdn += is_not_sdn(draft.programmes)
        else:
            problems.append(broken(file, record, "the entry has no name or no uid"))
    code = CONSOLIDATED if not_sdn > len(drafts) / 2 else SDN
    for draft in drafts:
        draft.source_list = TITLES[code]
    parties = tuple(draft.party(code) for draft in drafts)
    problems.extend(left_over(seen, "the element", file))
    return Imported(code, TITLES[code], PUBLISHER, parties, tuple(problems), day_of(published), licence=LICENCE)


def _full_name(element: Element) -> str:
    """Return the name in the order of the printed list: family name, comma, given names."""
    return ", ".join(filter(None, (text_of(element, "lastName"), text_of(element, "firstName"))))


def _draft(entry: Element, seen: dict[str, int]) -> Draft:
    draft = Draft(text_of(entry, "uid"), SCHEMAS.get(text_of(entry, "sdnType").casefold(), ""))
    draft.name(_full_name(entry), "primary")
    for alias in entry.iterfind("akaList/aka"):
        weak = text_of(alias, "category").casefold() == "weak"
        draft.name(_full_name(alias), "weak-alias" if weak else "alias")
    for place in entry.iterfind("addressList/address"):
        parts = [
            text_of(place, tag) for tag in ("address1", "address2", "address3", "city", "stateOrProvince", "postalCode")
        ]
        draft.place(parts, text_of(place, "country"))
    for born in texts_of(entry, "dateOfBirthList/dateOfBirthItem/dateOfBirth"):
        draft.born(birth_dates(born))
    for number in entry.iterfind("idList/id"):
        kind, value = text_of(number, "idType"), text_of(number, "idNumber")
        if kind.casefold().startswith(_NOT_NUMBERS):
            draft.remark(kind.rstrip(":"), value)
        else:
            draft.number(kind.rstrip("."), value)
    vessel = entry.find("vesselInfo")
    if vessel is not None:
        draft.number("call sign", text_of(vessel, "callSign"))
        draft.place((), text_of(vessel, "vesselFlag"))
        for label, tag in (("vessel type", "vesselType"), ("owner", "vesselOwner"), ("tonnage", "tonnage"),
                           ("gross registered tonnage", "grossRegisteredTonnage")):  # fmt: skip
            draft.remark(label, text_of(vessel, tag))
    draft.programmes = texts_of(entry, "programList/program")
    draft.legal_basis = [", ".join(draft.programmes)] if draft.programmes else []
    draft.remark("title", text_of(entry, "title"))
    for label, path in (("nationality", "nationalityList/nationality/country"),
                        ("citizenship", "citizenshipList/citizenship/country"),
                        ("born in", "placeOfBirthList/placeOfBirthItem/placeOfBirth")):  # fmt: skip
        for value in texts_of(entry, path):
            draft.remark(label, value)
    draft.remark("", text_of(entry, "remarks"))
    for child in entry:
        if isinstance(child.tag, str) and child.tag not in _UNDERSTOOD:
            seen[child.tag] = seen.get(child.tag, 0) + 1
    return draft
