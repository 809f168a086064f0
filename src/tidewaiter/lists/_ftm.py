"""Entities of the FollowTheMoney model as JSON Lines: OpenSanctions `entities.ftm.json`, `targets.nested.json`, own ones.

OpenSanctions data is the user's own choice: it is licensed CC BY-NC 4.0, and the list version says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

import msgspec

from tidewaiter.lists._draft import Draft
from tidewaiter.lists._parsing import BROKEN, Imported, birth_dates, iso_date
from tidewaiter.model import ListedParty, Problem

CODE = "opensanctions"
_TITLE = "OpenSanctions (FollowTheMoney entities)"
_PUBLISHER = "OpenSanctions"
_LICENCE = "CC BY-NC 4.0 (OpenSanctions); commercial use needs a licence of the publisher"
_SCHEMAS = {
    "Person": "Person", "Organization": "Organization", "Company": "Organization", "LegalEntity": "Organization",
    "PublicBody": "Organization", "Vessel": "Vessel", "Airplane": "Aircraft",
}  # fmt: skip
_PIECES = frozenset({"Sanction", "Passport", "Identification", "Address"})
_NUMBERS = {
    "passportNumber": "passport", "idNumber": "identification number", "registrationNumber": "registration number",
    "taxNumber": "tax number", "vatCode": "VAT number", "innCode": "INN", "ogrnCode": "OGRN", "kppCode": "KPP",
    "okpoCode": "OKPO", "leiCode": "LEI", "imoNumber": "IMO", "mmsi": "MMSI", "callSign": "call sign",
    "swiftBic": "SWIFT/BIC", "bikCode": "BIK", "dunsCode": "D-U-N-S", "uscCode": "unified social credit code",
    "npiCode": "NPI", "uniqueEntityId": "unique entity id", "cageCode": "CAGE", "isinCode": "ISIN",
    "permId": "PermID", "socialSecurityNumber": "social security number", "serialNumber": "serial number",
    "crsNumber": "CRS",
}  # fmt: skip
_LISTED = ("sanction", "export", "debarment", "corp.disqual", "reg.action", "reg.warn", "wanted", "crime")
_ALIASES = {"alias": "alias", "previousName": "alias", "weakAlias": "weak-alias", "abbreviation": "weak-alias"}

Properties = Mapping[str, list[object]]


class _Entity(msgspec.Struct):
    id: str
    schema: str
    properties: dict[str, list[object]] = {}
    caption: str = ""
    datasets: list[str] = []
    target: bool | None = None


@dataclass(slots=True)
class _Gathered:
    """Drafts, and the pieces that belong to them by the id they name."""

    drafts: dict[str, Draft] = field(default_factory=dict)
    pieces: list[tuple[str, Properties]] = field(default_factory=list)
    addresses: dict[str, Properties] = field(default_factory=dict)
    wanted: list[tuple[Draft, str]] = field(default_factory=list)
    unlisted: dict[str, Draft] = field(default_factory=dict)
    office: int = 0


def read_ftm(file: str, content: bytes) -> Imported:
    """Read entities; those that are listed by somebody become parties, those that merely hold an office do not."""
    decoder = msgspec.json.Decoder(_Entity)
    gathered = _Gathered()
    problems: list[Problem] = []
    for number, line in enumerate(content.removeprefix(b"\xef\xbb\xbf").split(b"\n"), start=1):
        if not line.strip():
            continue
        try:
            _keep(decoder.decode(line), gathered)
        except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
            problems.append(
                Problem(BROKEN, f"the line cannot be read and was left out: {error}", "error", file, number)
            )
    _assemble(gathered)
    named: list[ListedParty] = [draft.party(CODE) for draft in gathered.drafts.values() if draft.has_name]
    nameless = len(gathered.drafts) - len(named)
    if nameless:
        problems.append(Problem(BROKEN, f"{nameless} entities have no name and were left out", "error", file))
    if gathered.office:
        problems.append(
            Problem(
                "list.not-listed",
                f"{gathered.office} entities are on no list (politically exposed persons, owners, relatives) and were left out",
                "note",
                file,
            )
        )
    return Imported(CODE, _TITLE, _PUBLISHER, tuple(named), tuple(problems), licence=_LICENCE)


def is_simple_targets(keys: list[str]) -> bool:
    """Return whether normalised column names are those of OpenSanctions `targets.simple.csv`."""
    return {"id", "schema", "name", "dataset", "firstseen", "lastchange"} <= set(keys)


def as_opensanctions(imported: Imported) -> Imported:
    """Return a table read like one of one's own as what it is, with the licence of its data."""
    parties = tuple(replace(party, list=CODE) for party in imported.parties)
    return replace(imported, code=CODE, title=_TITLE, publisher=_PUBLISHER, parties=parties, licence=_LICENCE)


def _texts(properties: Properties, *names: str) -> list[str]:
    return [value for name in names for value in properties.get(name, ()) if isinstance(value, str)]


def _nested(properties: Properties, *names: str) -> Iterable[tuple[str, Properties]]:
    """Yield schema and properties of entities written inside others."""
    for name in names:
        for value in properties.get(name, ()):
            if isinstance(value, dict) and isinstance(value.get("properties"), dict):
                yield (
                    str(value.get("schema", "")),
                    {str(key): found for key, found in value["properties"].items() if isinstance(found, list)},
                )


def _keep(entity: _Entity, gathered: _Gathered) -> None:
    properties = entity.properties
    if entity.schema == "Address":
        gathered.addresses[entity.id] = properties
    elif entity.schema in _PIECES:
        gathered.pieces.append((entity.schema, properties))
    elif entity.schema in _SCHEMAS:
        draft = _draft(entity)
        for identifier in _texts(properties, "addressEntity"):
            gathered.wanted.append((draft, identifier))
        inside = list(_nested(properties, "sanctions", "passports", "identifiers", "addressEntity"))
        for schema, piece in inside:
            _add(schema, piece, draft)
        topics = _texts(properties, "topics")
        listed = any(topic.startswith(_LISTED) for topic in topics) or any(schema == "Sanction" for schema, _ in inside)
        if listed or (entity.target is True and not topics):
            gathered.drafts[entity.id] = draft
        else:
            gathered.unlisted[entity.id] = draft


def _assemble(gathered: _Gathered) -> None:
    """Give the pieces to their parties; a party that a sanction names is listed, whatever its topics."""
    for schema, piece in gathered.pieces:
        for identifier in _texts(piece, "entity", "holder"):
            if schema == "Sanction" and identifier in gathered.unlisted:
                gathered.drafts[identifier] = gathered.unlisted.pop(identifier)
    for schema, piece in gathered.pieces:
        for identifier in _texts(piece, "entity", "holder"):
            draft = gathered.drafts.get(identifier)
            if draft is not None:
                _add(schema, piece, draft)
    for draft, identifier in gathered.wanted:
        if identifier in gathered.addresses:
            _add("Address", gathered.addresses[identifier], draft)
    gathered.office = len(gathered.unlisted)


def _draft(entity: _Entity) -> Draft:
    properties = entity.properties
    draft = Draft(entity.id, _SCHEMAS[entity.schema])
    draft.source_list = ", ".join(sorted(entity.datasets))
    if entity.caption and entity.caption != entity.id:
        draft.name(entity.caption, "primary")
    for name in _texts(properties, "name"):
        draft.name(name, "alias" if draft.has_name else "primary")
    for kind, grade in _ALIASES.items():
        for name in _texts(properties, kind):
            draft.name(name, grade)
    for born in _texts(properties, "birthDate"):
        draft.born(birth_dates(born))
    draft.countries.extend(
        code.upper() for code in _texts(properties, "country", "jurisdiction", "mainCountry", "flag") if len(code) == 2
    )
    draft.addresses.extend(_texts(properties, "address"))
    for name, kind in _NUMBERS.items():
        for value in _texts(properties, name):
            draft.number(kind, value)
    draft.programmes.extend(_texts(properties, "programId"))
    for label, name in (("topic", "topics"), ("position", "position"), ("nationality", "nationality"),
                        ("citizenship", "citizenship"), ("born in", "birthPlace"), ("", "notes"),
                        ("", "summary")):  # fmt: skip
        for value in _texts(properties, name):
            draft.remark(label, value)
    return draft


def _add(schema: str, piece: Properties, draft: Draft) -> None:
    """Add what a sanction, an identity document or an address says of its party."""
    if schema == "Sanction":
        draft.programmes.extend(_texts(piece, "program", "programId"))
        draft.legal_basis.extend(_texts(piece, "authorityId", "reason", "program"))
        for on in _texts(piece, "listingDate") or _texts(piece, "startDate"):
            draft.date_listed(iso_date(on))
        for label, name in (("authority", "authority"), ("measure", "provisions"), ("until", "endDate")):
            for value in _texts(piece, name):
                draft.remark(label, value)
    elif schema in ("Passport", "Identification"):
        kind = next(iter(_texts(piece, "type")), schema.casefold())
        for value in _texts(piece, "number"):
            draft.number(kind, value)
    elif schema == "Address":
        whole = _texts(piece, "full")
        parts = whole[:1] or _texts(piece, "street", "city", "postalCode", "region")
        draft.place(parts, code=next(iter(_texts(piece, "country")), ""))
