"""The United Nations Security Council Consolidated List (XML)."""

from __future__ import annotations

from tidewaiter.lists._draft import Draft
from tidewaiter.lists._numbers import numbers_in
from tidewaiter.lists._parsing import Imported, birth_dates, day_of, iso_date, left_over
from tidewaiter.lists._xml import Element, broken, records, root_attributes, text_of
from tidewaiter.model import ListError, Problem

CODE = "un"
_TITLE = "United Nations Security Council Consolidated List"
_PUBLISHER = "United Nations Security Council"
_LICENCE = "United Nations website terms; no explicit open licence, attribute"
_SCHEMAS = {"INDIVIDUAL": "Person", "ENTITY": "Organization"}
_IGNORED = frozenset({"VERSIONNUM", "SORT_KEY", "SORT_KEY_LAST_MOD", "LIST_TYPE", "LAST_DAY_UPDATED", "DATAID"})
_SHOWN = ("TITLE", "DESIGNATION", "NATIONALITY", "NATIONALITY2", "GENDER", "LISTED_ON", "SUBMITTED_BY", "COMMENTS1")
_UNDERSTOOD = frozenset({
    "FIRST_NAME", "SECOND_NAME", "THIRD_NAME", "FOURTH_NAME", "REFERENCE_NUMBER", "UN_LIST_TYPE",
    "NAME_ORIGINAL_SCRIPT", "INDIVIDUAL_ALIAS", "ENTITY_ALIAS", "INDIVIDUAL_ADDRESS", "ENTITY_ADDRESS",
    "INDIVIDUAL_DATE_OF_BIRTH", "INDIVIDUAL_DOCUMENT", "INDIVIDUAL_PLACE_OF_BIRTH", *_SHOWN, *_IGNORED,
})  # fmt: skip


def read_un(file: str, content: bytes) -> Imported:
    """Read the list.

    Raises:
        ListError: When the file is not well-formed XML or holds neither individuals nor entities.
    """
    seen: dict[str, int] = {}
    drafts: list[Draft] = []
    problems: list[Problem] = []
    for record in records(file, content, tuple(_SCHEMAS)):
        draft = _draft(record, seen)
        if draft.has_name and draft.list_id:
            drafts.append(draft)
        else:
            problems.append(broken(file, record, "the record has no name or no reference"))
    if not drafts and not problems:
        raise ListError(f"{file}: the file holds neither individuals nor entities")
    problems.extend(left_over(seen, "the element", file))
    dated = day_of(root_attributes(file, content).get("dateGenerated", "")[:10])
    parties = tuple(draft.party(CODE) for draft in drafts)
    return Imported(CODE, _TITLE, _PUBLISHER, parties, tuple(problems), dated, licence=_LICENCE)


def _values(element: Element) -> list[str]:
    """Return the text of an element: its VALUE children, or its own."""
    values = [text_of(value) for value in element.iterfind("VALUE")]
    return [value for value in (values or [text_of(element)]) if value]


def _draft(element: Element, seen: dict[str, int]) -> Draft:
    number = text_of(element, "REFERENCE_NUMBER")
    programme = text_of(element, "UN_LIST_TYPE")
    draft = Draft(number or text_of(element, "DATAID"), _SCHEMAS[str(element.tag)])
    parts = [text_of(element, tag) for tag in ("FIRST_NAME", "SECOND_NAME", "THIRD_NAME", "FOURTH_NAME")]
    draft.name(" ".join(filter(None, parts)), "primary")
    shown: dict[str, list[str]] = {}
    for child in element:
        tag = str(child.tag)
        if tag == "NAME_ORIGINAL_SCRIPT":
            for value in _values(child):
                draft.name(value)
        elif tag.endswith("_ALIAS"):
            kind = "weak-alias" if text_of(child, "QUALITY").casefold() == "low" else "alias"
            # Some aliases hold several, parted by semicolons.
            for part in text_of(child, "ALIAS_NAME").split(";"):
                draft.name(part, kind)
        elif tag.endswith("_ADDRESS"):
            places = [text_of(child, part) for part in ("STREET", "CITY", "STATE_PROVINCE", "ZIP_CODE")]
            draft.place(places, text_of(child, "COUNTRY"))
            draft.remark("address", text_of(child, "NOTE"))
        elif tag == "INDIVIDUAL_DATE_OF_BIRTH":
            draft.born(_birth(child))
        elif tag == "INDIVIDUAL_DOCUMENT":
            draft.number(text_of(child, "TYPE_OF_DOCUMENT") or "document", text_of(child, "NUMBER"))
        elif tag == "INDIVIDUAL_PLACE_OF_BIRTH":
            where = [text_of(child, part) for part in ("CITY", "STATE_PROVINCE", "COUNTRY")]
            draft.remark("born in", ", ".join(filter(None, where)))
        elif tag in _SHOWN:
            shown.setdefault(tag, []).extend(_values(child))
        if tag not in _UNDERSTOOD:
            seen[tag] = seen.get(tag, 0) + 1
    for tag, values in shown.items():
        for value in values:
            draft.remark(tag.capitalize(), value)
            if tag == "COMMENTS1":
                draft.identifiers.extend(numbers_in(value))
    draft.date_listed(iso_date(text_of(element, "LISTED_ON")))
    draft.programmes = [programme] if programme else []
    draft.legal_basis = [f"UN Security Council, {programme} {number}".strip()]
    draft.source_list = "UN List"
    return draft


def _birth(element: Element) -> tuple[str, ...]:
    about = "~" if text_of(element, "TYPE_OF_DATE").upper() in ("APPROXIMATELY", "BETWEEN") else ""
    first, last = text_of(element, "FROM_YEAR"), text_of(element, "TO_YEAR")
    if first and last:
        return birth_dates(f"{first} to {last}")
    value = text_of(element, "DATE") or text_of(element, "YEAR")
    return tuple(found if found.startswith("~") else about + found for found in birth_dates(value[:10]))
