"""ITMATT-style XML: the UPU CDS service's element names, and one operator's flat `Item` form. Entities are never resolved."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from lxml import etree

from tidewaiter.formats.assemble import Rejected, assemble
from tidewaiter.formats.mapping import ColumnMapping
from tidewaiter.model import Declaration, Document, InputError, Problem, Source

ITEM_TAGS = {"mailobject", "item", "declaration", "postalitem", "cdsobject", "houseconsignment"}
LINE_TAGS = {"contentpiece", "contentpieces", "goodsline", "goodsitem"}
MAX_DEPTH = 60
_PARTY_TAGS = {
    "senderaddress": "consignor", "sendercontactinformation": "consignor", "sender": "consignor", "consignor": "consignor",
    "receiveraddress": "consignee", "receivercontactinformation": "consignee", "recipient": "consignee", "receiver": "consignee",
    "addressee": "consignee", "consignee": "consignee",
}  # fmt: skip
_PARTY_FIELDS = {
    "name": "name", "street": "address", "streetandnumber": "address", "addressline1": "address", "address": "address", "city": "city",
    "postcode": "postcode", "zip": "postcode", "country": "country", "countrycd": "country", "telephone": "phone", "phone": "phone",
    "email": "email", "idref": "id_number", "useraccount": "handle",
}  # fmt: skip
_LINE_FIELDS = {
    "description": "description", "reviseddescription": "revised_description", "hs": "hs", "hscode": "hs", "revisedhs": "revised_hs",
    "netweight": "net_mass_kg", "weight": "net_mass_kg", "amount": "value", "value": "value", "currencycd": "currency", "currency": "currency",
    "number": "quantity", "numberofpieces": "quantity", "quantity": "quantity", "origcountrycd": "origin", "origincountry": "origin",
}  # fmt: skip
_ITEM_FIELDS = {
    "id": "id", "itemid": "id", "postingdt": "posted", "naturetypecd": "nature_code", "gift": "nature", "grossweight": "gross_mass_kg",
    "totalweight": "gross_mass_kg", "postage": "postal_charges", "transportcosts": "postal_charges",
    "messageid": "message_id", "messageversion": "message_version", "measuredweight": "measured_mass_kg",
    "postingoffice": "office", "postingofficecd": "office", "originofficecd": "office", "payer": "payer",
    "origpostorgcd": "consignor_country", "origincountry": "consignor_country", "destpostorgcd": "consignee_country",
}  # fmt: skip


def _name(element: etree._Element) -> str:
    tag = element.tag
    return tag.rpartition("}")[2].casefold() if isinstance(tag, str) else ""


def xml_items(handle: BinaryIO, name: str, mapping: ColumnMapping) -> Iterator[Declaration | Rejected]:
    """Yield the items of an XML document one by one; a syntax error ends it with a located result, what came before stays.

    Raises:
        InputError: the document declares entities, or holds no item.
    """
    found = 0
    try:
        events = etree.iterparse(
            handle,
            events=("start", "end"),
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            huge_tree=False,
            recover=False,
        )
        depth = 0
        inside = 0
        for event, element in events:
            if event == "start":
                depth += 1
                if depth > MAX_DEPTH:
                    raise InputError(f"{name}:{element.sourceline}: nested deeper than {MAX_DEPTH} elements")
                if found == 0 and depth == 1:
                    _refuse_entities(element, name)
                if _name(element) in ITEM_TAGS:
                    inside += 1
                continue
            depth -= 1
            if _name(element) in ITEM_TAGS:
                inside -= 1
                if inside == 0:
                    found += 1
                    yield _item(element, name, found)
                    element.clear()
    except etree.XMLSyntaxError as error:
        line = error.lineno or None
        problem = Problem("format.message-incomplete", f"not well-formed XML: {error.msg}", "error", name, line)
        if not found:
            raise InputError(f"{name}: not readable as XML", [problem]) from error
        yield Rejected(f"{name}:{line}", (problem,), Source(name, line))
        return
    if not found:
        raise InputError(
            f"{name}: no postal item in the XML; expected elements such as MailObject, Declaration or Item"
        )


def _refuse_entities(root: etree._Element, name: str) -> None:
    info = root.getroottree().docinfo
    if info.internalDTD is not None and any(True for _ in info.internalDTD.iterentities()):  # type: ignore[attr-defined]
        raise InputError(f"{name}: XML that declares entities is refused")


def _item(element: etree._Element, name: str, number: int) -> Declaration | Rejected:
    head: dict[str, str] = {}
    rows: list[dict[str, str]] = []
    documents: list[Document] = []
    extra: list[tuple[str, str]] = []
    _walk(element, "", head, rows, documents, extra)
    line = int(element.sourceline) if isinstance(element.sourceline, int) else None
    source = Source(name, line)
    if head.get("nature", "").casefold() == "false":
        head["nature"] = ""
    identifier = head.get("id", "").strip() or f"{name}:{line}"
    if rows:
        rows[0] = {**head, **rows[0]}
    return assemble(identifier, rows or [head], source, extra, documents)


def _walk(
    element: etree._Element,
    role: str,
    head: dict[str, str],
    rows: list[dict[str, str]],
    documents: list[Document],
    extra: list[tuple[str, str]],
) -> None:
    for child in element:
        tag = _name(child)
        text = (child.text or "").strip()
        if tag in LINE_TAGS and len(child) and any(_name(grand) in _LINE_FIELDS for grand in child):
            rows.append({_LINE_FIELDS[_name(g)]: (g.text or "").strip() for g in child if _name(g) in _LINE_FIELDS})
            extra.extend(
                (f"lines[{len(rows) - 1}].{_name(g)}", (g.text or "").strip())
                for g in child
                if _name(g) not in _LINE_FIELDS and (g.text or "").strip()
            )
        elif tag in ("document", "documents") and any(_name(g) == "documentid" for g in child):
            parts = {_name(g): (g.text or "").strip() for g in child}
            documents.append(
                Document(parts.get("documenttype", ""), parts.get("documentid", ""), parts.get("documentname", ""))
            )
        elif tag in _PARTY_TAGS and len(child):
            _walk(child, _PARTY_TAGS[tag], head, rows, documents, extra)
        elif len(child):
            _walk(child, role, head, rows, documents, extra)
        elif text:
            _leaf(tag, text, role, head, extra)


def _leaf(tag: str, text: str, role: str, head: dict[str, str], extra: list[tuple[str, str]]) -> None:
    if role and tag in _PARTY_FIELDS:
        head.setdefault(f"{role}_{_PARTY_FIELDS[tag]}", text)
        return
    for prefix, party in (
        ("sender", "consignor"),
        ("recipient", "consignee"),
        ("consignor", "consignor"),
        ("consignee", "consignee"),
    ):
        if tag.startswith(prefix) and tag[len(prefix) :] in _PARTY_FIELDS:
            head.setdefault(f"{party}_{_PARTY_FIELDS[tag[len(prefix) :]]}", text)
            return
    if tag in _ITEM_FIELDS:
        head.setdefault(_ITEM_FIELDS[tag], text)
    else:
        extra.append((tag, text))
