"""JSON forms: the interface's own object, CN 23 objects with UPU names, one object a line or one array."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import lru_cache
from typing import Any, BinaryIO

import msgspec

from tidewaiter.formats.assemble import PARTY_FIELDS, Rejected, assemble
from tidewaiter.formats.mapping import ColumnMapping
from tidewaiter.model import Declaration, Document, GoodsLine, Party, Problem, Source

MAX_LINE = 8 << 20
_LINES = ("lines", "contentpieces", "contentPieces", "content_pieces", "ContentPieces", "items", "goods", "articles")
_CONSIGNOR = ("consignor", "sender", "shipper", "Sender", "from")
_CONSIGNEE = ("consignee", "addressee", "recipient", "receiver", "Recipient", "to")
_DOCUMENTS = ("documents", "Documents")
NESTED = frozenset((*_LINES, *_CONSIGNOR, *_CONSIGNEE, *_DOCUMENTS))
"""Names under which an object holds its lines, parties and documents as objects of their own."""
_NESTED = (dict, list)
_STRUCTURE = {*NESTED, "problems", "source"}


def json_items(
    handle: BinaryIO, name: str, mapping: ColumnMapping, from_line: int = 1, end: int | None = None
) -> Iterator[Declaration | Rejected]:
    """Yield one declaration for each line of JSON Lines (from one line on, before another), or for each element of one array."""
    number = 0
    first = True
    while True:
        line = handle.readline(MAX_LINE)
        if not line:
            return
        number += 1
        if first:
            line = line.removeprefix(b"\xef\xbb\xbf")
        if not line.strip():
            continue
        if first and line.lstrip()[:1] == b"[":
            yield from _array(line + handle.read(MAX_LINE * 16), name, mapping)
            return
        if first and line.strip() in (b"{",):  # one object over many lines
            yield from _array(b"[" + line + handle.read(MAX_LINE * 16) + b"]", name, mapping)
            return
        first = False
        if end is not None and number >= end:
            return
        if number >= from_line:
            yield _one(line, name, number, mapping)


def _array(content: bytes, name: str, mapping: ColumnMapping) -> Iterator[Declaration | Rejected]:
    try:
        found = msgspec.json.decode(content)
    except (msgspec.DecodeError, UnicodeError, RecursionError) as error:
        yield Rejected(
            f"{name}:1", (Problem("format.json", f"not readable as JSON: {error}", "error", name, 1),), Source(name, 1)
        )
        return
    for position, item in enumerate(found if isinstance(found, list) else [found], 1):
        yield from_object(item, Source(name, position), mapping)


def _one(line: bytes, name: str, number: int, mapping: ColumnMapping) -> Declaration | Rejected:
    try:
        item = msgspec.json.decode(line)
    except (msgspec.DecodeError, UnicodeError, RecursionError) as error:
        shown = line[:120].decode("utf-8", "replace")
        problem = Problem(
            "format.json",
            f"not readable as JSON: {error}",
            "error",
            name,
            number,
            read=shown,
            expected="one JSON object a line",
        )
        return Rejected(f"{name}:{number}", (problem,), Source(name, number), (("line", shown),))
    return from_object(item, Source(name, number), mapping)


def _text(value: object) -> str:
    if type(value) is str:
        return value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return format(Decimal(repr(value)), "f") if value == value and abs(value) != float("inf") else ""
    if isinstance(value, list):
        return " ".join(_text(item) for item in value if not isinstance(item, dict | list))
    return "" if isinstance(value, dict) else str(value)


def from_object(item: object, source: Source, mapping: ColumnMapping | None = None) -> Declaration | Rejected:
    """Return the declaration of one JSON object in the interface's form or with UPU names."""
    mapping = mapping or ColumnMapping()
    if not isinstance(item, dict):
        problem = Problem(
            "format.json",
            "not an object",
            "error",
            source.file,
            source.line,
            read=_text(item)[:80],
            expected="an object with id and lines",
        )
        return Rejected(f"{source.file}:{source.line}", (problem,), source)
    head: dict[str, str] = {}
    extra: list[tuple[str, str]] = []
    field_of = mapping.field_of
    for key, value in item.items():
        if key in _STRUCTURE and isinstance(value, _NESTED):
            continue
        ours = field_of(str(key))
        if ours is not None and ours not in head:
            head[ours] = value if type(value) is str else _text(value)
        else:
            extra.append(
                (str(key), _text(value) if not isinstance(value, _NESTED) else msgspec.json.encode(value).decode())
            )
    for prefix, names in (("consignor", _CONSIGNOR), ("consignee", _CONSIGNEE)):
        party = _first(item, names, dict)
        if party is not None:
            _party(prefix, party, head, extra)
    rows = _rows(item, head, extra, mapping)
    identifier = head.get("id", "").strip() or f"{source.file}:{source.line}"
    return assemble(identifier, rows, source, extra, _documents(item))


def _first(item: Mapping[str, Any], names: tuple[str, ...], kind: type) -> Any:
    """Return what stands under the first of some names with a value of a kind, or None."""
    for name in names:
        if name in item and isinstance(item[name], kind):
            return item[name]
    return None


_PARTY_NAMES = {
    "zip": "postcode",
    "zipcode": "postcode",
    "telephone": "phone",
    "countrycode": "country",
    "country_code": "country",
    "street": "address",
    "taxid": "id_number",
    "birthdate": "birth_date",
    "username": "handle",
    "account": "handle",
}
_PARTY_FIELDS = frozenset((*PARTY_FIELDS, "country"))


@lru_cache(maxsize=1024)
def _party_field(prefix: str, name: str) -> str:
    """Return our field for a name inside a party, or an empty text."""
    ours = name if name in _PARTY_FIELDS else _PARTY_NAMES.get(name.casefold().replace("_", ""), name.casefold())
    return f"{prefix}_{ours}" if ours in _PARTY_FIELDS else ""


def _party(prefix: str, party: Mapping[str, Any], head: dict[str, str], extra: list[tuple[str, str]]) -> None:
    for key, value in party.items():
        plain = str(key)
        ours = _party_field(prefix, plain)
        if ours:
            head.setdefault(ours, value if type(value) is str else _text(value))
        else:
            extra.append((f"{prefix}.{plain}", _text(value)))


def _rows(
    item: Mapping[str, Any], head: dict[str, str], extra: list[tuple[str, str]], mapping: ColumnMapping
) -> list[dict[str, str]]:
    lines: list[Any] = _first(item, _LINES, list) or []
    field_of = mapping.field_of
    rows: list[dict[str, str]] = []
    for position, line in enumerate(lines):
        if not isinstance(line, dict):
            rows.append({"description": _text(line)})
            continue
        row: dict[str, str] = {}
        for key, value in line.items():
            ours = field_of(str(key))
            if ours is not None:
                row.setdefault(ours, value if type(value) is str else _text(value))
            else:
                extra.append((f"lines[{position}].{key}", _text(value)))
        rows.append(row)
    if rows:
        if head.keys().isdisjoint(rows[0]):
            rows[0] = {**head, **rows[0]}
            return rows
        rows[0] = {**{k: v for k, v in head.items() if k not in rows[0]}, **rows[0]}
        return rows
    return [head]


def _documents(item: Mapping[str, Any]) -> list[Document]:
    found: list[Any] = _first(item, _DOCUMENTS, list) or []
    documents = []
    for entry in found:
        if isinstance(entry, dict):
            plain = {str(k).casefold(): _text(v) for k, v in entry.items()}
            documents.append(
                Document(
                    plain.get("type") or plain.get("documenttype", ""),
                    plain.get("number") or plain.get("documentid", ""),
                    plain.get("name") or plain.get("documentname", ""),
                )
            )
    return documents


def to_object(declaration: Declaration) -> dict[str, Any]:
    """Return a declaration in the interface's JSON form; `from_object` reads it back to the same value."""
    found: dict[str, Any] = {"id": declaration.id}
    texts = ("form", "nature", "nature_code", "postal_charges", "consignee_type", "end_use")
    for name in (*texts, "office", "message_id", "message_version", "payer"):
        if getattr(declaration, name):
            found[name] = getattr(declaration, name)
    posted = declaration.posted_at if declaration.posted_at is not None else declaration.posted
    if posted is not None:
        found["posted"] = posted.isoformat()
    for role, party in (("consignor", declaration.consignor), ("consignee", declaration.consignee)):
        filled = {n: getattr(party, n) for n in Party.__dataclass_fields__ if getattr(party, n)}
        if filled:
            found[role] = filled
    found["lines"] = [_line_object(line) for line in declaration.lines]
    if declaration.route:
        found["route"] = list(declaration.route)
    if declaration.gross_mass_g is not None:
        found["gross_mass_g"] = str(declaration.gross_mass_g)
    if declaration.measured_mass_g is not None:
        found["measured_mass_g"] = str(declaration.measured_mass_g)
    if declaration.documents:
        found["documents"] = [{"type": d.type, "number": d.number, "name": d.name} for d in declaration.documents]
    return found


def _line_object(line: GoodsLine) -> dict[str, Any]:
    return {n: str(getattr(line, n)) for n in GoodsLine.__dataclass_fields__ if getattr(line, n) not in ("", None)}
