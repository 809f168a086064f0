"""The United Nations Security Council Consolidated List (XML)."""

from __future__ import annotations

from datetime import date
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from tidewaiter.lists._parsing import Imported, birth_dates, country_code, left_over, unique
from tidewaiter.model import ListedName, ListedParty, ListError

CODE = "un"
_IGNORED = frozenset({"VERSIONNUM", "SORT_KEY", "SORT_KEY_LAST_MOD", "LIST_TYPE", "LAST_DAY_UPDATED", "DATAID"})
_SHOWN = ("TITLE", "DESIGNATION", "NATIONALITY", "GENDER", "LISTED_ON", "SUBMITTED_BY", "COMMENTS1")


def read_un(file: str, content: bytes) -> Imported:
    """Read the list.

    Raises:
        ListError: When the file is not well-formed XML or holds neither individuals nor entities.
    """
    try:
        root = fromstring(content)
    except (ParseError, DefusedXmlException) as error:
        raise ListError(f"{file}: the UN list cannot be read as XML: {error}") from error
    seen: dict[str, int] = {}
    parties = [_party(element, "Person", seen) for element in root.iterfind("INDIVIDUALS/INDIVIDUAL")]
    parties += [_party(element, "Organization", seen) for element in root.iterfind("ENTITIES/ENTITY")]
    if not parties:
        raise ListError(f"{file}: the file holds neither individuals nor entities")
    generated = root.get("dateGenerated", "")[:10]
    dated = date.fromisoformat(generated) if len(generated) == 10 else None
    return Imported(
        CODE,
        "United Nations Security Council Consolidated List",
        "United Nations Security Council",
        tuple(party for party in parties if party.names),
        tuple(left_over(seen, "the element", file)),
        dated,
    )


def _text(element: Element, path: str) -> str:
    return " ".join((element.findtext(path) or "").split())


def _values(element: Element) -> list[str]:
    """Return the text of an element: its VALUE children, or its own."""
    values = [" ".join((value.text or "").split()) for value in element.iterfind("VALUE")]
    return [value for value in (values or [" ".join((element.text or "").split())]) if value]


def _party(element: Element, schema: str, seen: dict[str, int]) -> ListedParty:
    children: dict[str, list[Element]] = {}
    for child in element:
        children.setdefault(child.tag, []).append(child)
    names = [_text(element, tag) for tag in ("FIRST_NAME", "SECOND_NAME", "THIRD_NAME", "FOURTH_NAME")]
    number, key = _text(element, "REFERENCE_NUMBER"), _text(element, "DATAID")
    programme = _text(element, "UN_LIST_TYPE")
    listed = [ListedName(" ".join(filter(None, names)))]
    for original in children.get("NAME_ORIGINAL_SCRIPT", ()):
        listed.extend(ListedName(value, "alias") for value in _values(original))
    for tag in ("INDIVIDUAL_ALIAS", "ENTITY_ALIAS"):
        for alias in children.get(tag, ()):
            kind = "weak-alias" if _text(alias, "QUALITY").casefold() == "low" else "alias"
            listed.extend(ListedName(part, kind) for part in _alias_names(_text(alias, "ALIAS_NAME")))
    addresses, countries = [], []
    for tag in ("INDIVIDUAL_ADDRESS", "ENTITY_ADDRESS"):
        for place in children.get(tag, ()):
            parts = [_text(place, part) for part in ("STREET", "CITY", "STATE_PROVINCE", "ZIP_CODE", "COUNTRY", "NOTE")]
            addresses.append(", ".join(filter(None, parts)))
            countries.append(country_code(_text(place, "COUNTRY")))
    births = [date for born in children.get("INDIVIDUAL_DATE_OF_BIRTH", ()) for date in _birth(born)]
    identifiers = [
        (_text(document, "TYPE_OF_DOCUMENT") or "document", _text(document, "NUMBER"))
        for document in children.get("INDIVIDUAL_DOCUMENT", ())
        if _text(document, "NUMBER")
    ]
    remarks = [
        f"{tag.capitalize()}: {value}" for tag in _SHOWN for child in children.get(tag, ()) for value in _values(child)
    ]
    remarks += [f"Born in: {', '.join(filter(None, (_text(place, part) for part in ('CITY', 'STATE_PROVINCE', 'COUNTRY'))))}"
                for place in children.get("INDIVIDUAL_PLACE_OF_BIRTH", ()) if len(_text(place, "COUNTRY"))]  # fmt: skip
    understood = {
        "FIRST_NAME", "SECOND_NAME", "THIRD_NAME", "FOURTH_NAME", "REFERENCE_NUMBER", "UN_LIST_TYPE",
        "NAME_ORIGINAL_SCRIPT", "INDIVIDUAL_ALIAS", "ENTITY_ALIAS", "INDIVIDUAL_ADDRESS", "ENTITY_ADDRESS",
        "INDIVIDUAL_DATE_OF_BIRTH", "INDIVIDUAL_DOCUMENT", "INDIVIDUAL_PLACE_OF_BIRTH", *_SHOWN, *_IGNORED,
    }  # fmt: skip
    for tag in children.keys() - understood:
        seen[tag] = seen.get(tag, 0) + 1
    return ListedParty(
        list=CODE,
        list_id=number or key,
        schema=schema,
        names=tuple(dict.fromkeys(name for name in listed if name.text)),
        birth_dates=unique(births),
        countries=unique(countries),
        addresses=unique(addresses),
        identifiers=tuple(dict.fromkeys(identifiers)),
        programmes=(programme,) if programme else (),
        legal_basis=f"UN Security Council, {programme} {number}".strip(),
        source_list="UN List",
        remarks="; ".join(remarks),
    )


def _alias_names(text: str) -> list[str]:
    """Return the aliases of one field; some rows hold several, parted by semicolons."""
    return [part.strip() for part in text.split(";") if part.strip()]


def _birth(element: Element) -> tuple[str, ...]:
    about = "~" if _text(element, "TYPE_OF_DATE").upper() in ("APPROXIMATELY", "BETWEEN") else ""
    first, last = _text(element, "FROM_YEAR"), _text(element, "TO_YEAR")
    if first and last:
        return birth_dates(f"{first} to {last}")
    value = _text(element, "DATE") or _text(element, "YEAR")
    return tuple(found if found.startswith("~") else about + found for found in birth_dates(value[:10]))
