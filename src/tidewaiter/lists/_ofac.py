"""OFAC files: SDN.CSV and CONS_PRIM.CSV with ADD.CSV and ALT.CSV, and names as JSON Lines.

The CSV files have no header, `-0-` for empty, Latin-1 bytes and a control character at the end.
"""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass, field

import msgspec

from tidewaiter.lists._parsing import Imported, birth_dates, country_code, infer_schema, left_over, unique
from tidewaiter.model import ListedName, ListedParty, ListError, Problem

PRIMARY, ADDRESSES, ALIASES, NAMES = "primary", "addresses", "aliases", "names"
_PUBLISHER = "US Department of the Treasury, Office of Foreign Assets Control"
_TITLES = {
    "us-sdn": "OFAC Specially Designated Nationals and Blocked Persons List",
    "us-sdn-consolidated": "OFAC Consolidated (non-SDN) Sanctions List",
}
# Programmes of the lists that OFAC keeps beside the SDN list.
_NOT_SDN = re.compile(r"NS-PLC|CMIC-EO13959|561-Related|UKRAINE-EO13662|FSE-|CAPTA|NS-MBS")
_SCHEMAS = {"individual": "Person", "vessel": "Vessel", "aircraft": "Aircraft", "": "Organization"}
_ALIAS = re.compile(r"^(?:alt\. )?[afn]\.k\.a\. ['\"](.+?)['\"]\.?$")
_IDENTIFIER = re.compile(
    r"^(?:alt\. )?((?:Diplomatic |Stateless Person |Travel Document )?Passport|National ID No\.|National Foreign ID Number|"
    r"Tax ID No\.|Registration ID|Registration Number|Government Gazette Number|Business Registration Number|"
    r"Company Number|Commercial Registry Number|Identification Number|Vessel Registration Identification IMO|MMSI|"
    r"Cedula No\.|R\.F\.C\.|RFC|C\.U\.R\.P\.|D\.N\.I\.|SSN|V\.A\.T\. Number|Legal Entity Number|C\.R\. No\.|"
    r"Unified Social Credit Code \(USCC\)|SWIFT/BIC|BIK \(RU\)|D-U-N-S Number|Trade License No\.|License|NIT #|RUC #|"
    r"Economic Register Number \(CBLS\)|Chamber of Commerce Number|Public Registration Number|Matricula Mercantil No|"
    r"Aircraft Manufacturer's Serial Number \(MSN\)|Personal ID Card|Birth Certificate Number|Driver's License No\.|"
    r"Enterprise Number|Digital Currency Address - [A-Z]+|C\.U\.I\.|C\.U\.I\.P\.) "
    r"([A-Za-z0-9][A-Za-z0-9 ./-]*?)(?: \(.*\))?\.?$"
)


@dataclass(slots=True)
class _Draft:
    """A listed party while its files are being read."""

    list_id: str
    schema: str = ""
    names: list[ListedName] = field(default_factory=list)
    birth: list[str] = field(default_factory=list)
    countries: list[str] = field(default_factory=list)
    addresses: list[str] = field(default_factory=list)
    identifiers: list[tuple[str, str]] = field(default_factory=list)
    programmes: tuple[str, ...] = ()
    remarks: str = ""


class _NameRow(msgspec.Struct):
    full_name: str
    is_primary: bool = False
    type_id: str = ""


class _NamesRow(msgspec.Struct):
    entity_id: int
    names: list[_NameRow]


def rows_of(content: bytes) -> list[list[str]]:
    """Return the rows of an OFAC CSV file, `-0-` as empty text; UTF-8 where it decodes, else Latin-1."""
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        text = content.decode("latin-1")
    rows = csv.reader(io.StringIO(text.replace("\x1a", ""), newline=""))
    return [[_cell(cell) for cell in row] for row in rows if len(row) > 1]


def _cell(cell: str) -> str:
    cell = cell.strip()
    return "" if cell == "-0-" else cell


def kind_of_csv(rows: list[list[str]]) -> str:
    """Return which OFAC file the rows are from, by their shape; empty when they are none."""
    if not rows or not rows[0][0].isdigit():
        return ""
    width = len(rows[0])
    if width == 12:
        return PRIMARY
    if width == 6 and rows[0][1].isdigit():
        return ADDRESSES
    if width == 5 and rows[0][2] in ("aka", "fka", "nka"):
        return ALIASES
    return ""


def read_ofac(parts: dict[str, tuple[str, bytes]]) -> Imported:
    """Read OFAC files given together.

    Args:
        parts: File kind (primary, addresses, aliases, names) to (file name, content). One of primary and names is needed.

    Returns:
        The list, its code told from its programmes.

    Raises:
        ListError: When only addresses or aliases are given, or a row cannot be read.
    """
    problems: list[Problem] = []
    drafts: dict[str, _Draft] = {}
    if NAMES in parts:
        _names(parts[NAMES][1], drafts)
    consolidated = False
    if PRIMARY in parts:
        consolidated = _primary(rows_of(parts[PRIMARY][1]), drafts, problems, parts[PRIMARY][0], NAMES in parts)
    if not drafts:
        raise ListError(
            "OFAC addresses or aliases were given without the list they belong to; give SDN.CSV or CONS_PRIM.CSV too"
        )
    if ADDRESSES in parts:
        _addresses(rows_of(parts[ADDRESSES][1]), drafts, problems, parts[ADDRESSES][0])
    if ALIASES in parts:
        _aliases(rows_of(parts[ALIASES][1]), drafts, problems, parts[ALIASES][0])
    code = "us-sdn-consolidated" if consolidated else "us-sdn"
    parties = tuple(_party(code, draft) for draft in drafts.values() if draft.names)
    return Imported(code, _TITLES[code], _PUBLISHER, parties, tuple(problems))


def _names(content: bytes, drafts: dict[str, _Draft]) -> None:
    for row in msgspec.json.Decoder(_NamesRow).decode_lines(content):
        draft = _Draft(str(row.entity_id))
        for name in sorted(row.names, key=lambda name: not name.is_primary):
            draft.names.append(ListedName(name.full_name.strip(), "primary" if name.is_primary else "alias"))
        drafts[draft.list_id] = draft


def _primary(
    rows: list[list[str]], drafts: dict[str, _Draft], problems: list[Problem], file: str, names_given: bool
) -> bool:
    """Read SDN.CSV or CONS_PRIM.CSV; return whether it is the consolidated (non-SDN) list."""
    not_sdn = unknown = 0
    for line, row in enumerate(rows, start=1):
        if len(row) != 12:
            problems.append(
                Problem("list.row", "the row does not have 12 fields", "error", file, line, read=str(len(row)))
            )
            continue
        number, name, kind, programmes, title, call_sign, vessel_type, _, _, flag, owner, remarks = row
        draft = drafts.get(number)
        if draft is None:
            if names_given:
                unknown += 1
                continue
            draft = drafts[number] = _Draft(number, names=[ListedName(name)])
        draft.schema = _SCHEMAS.get(kind, "")
        draft.programmes = unique(part.strip(" []") for part in programmes.split("] ["))
        not_sdn += bool(_NOT_SDN.search(programmes)) and "SDGT" not in programmes
        if flag:
            draft.countries.append(country_code(flag))
        if call_sign:
            draft.identifiers.append(("call sign", call_sign))
        extra = [("title", title), ("vessel type", vessel_type), ("owner", owner)]
        rest = _remarks(remarks, draft)
        draft.remarks = "; ".join([*(f"{label}: {value}" for label, value in extra if value), *rest])
    if unknown:
        problems.append(
            Problem("list.not-in-names", f"{unknown} parties are not in the names file and were left out", "note", file)
        )
    return not_sdn > len(rows) / 2


def _remarks(remarks: str, draft: _Draft) -> list[str]:
    """Take birth dates, weak aliases and identifiers out of the remarks; return what is left."""
    rest = []
    for part in remarks.split("; "):
        text = part.strip()
        bare = text.removeprefix("alt. ")
        alias = _ALIAS.match(text)
        found = _IDENTIFIER.match(text)
        if bare.startswith("DOB "):
            draft.birth.extend(birth_dates(bare[4:]))
        elif alias is not None:
            # OFAC puts an alias between quotation marks in the remarks when it is weak.
            _add_alias(draft, alias.group(1), "weak-alias")
        elif found is not None:
            draft.identifiers.append((found.group(1), found.group(2).strip()))
        elif text:
            rest.append(text)
    return rest


def _add_alias(draft: _Draft, text: str, kind: str) -> None:
    """Add an alias; one that is already there keeps the weaker grade."""
    for position, name in enumerate(draft.names):
        if name.text.casefold() == text.casefold():
            if kind == "weak-alias" and name.kind == "alias":
                draft.names[position] = ListedName(name.text, kind)
            return
    draft.names.append(ListedName(text, kind))


def _addresses(rows: list[list[str]], drafts: dict[str, _Draft], problems: list[Problem], file: str) -> None:
    lost = 0
    unknown: dict[str, int] = {}
    for row in rows:
        draft = drafts.get(row[0])
        if draft is None or len(row) < 6:
            lost += 1
            continue
        _, _, street, city, country, remarks = row[:6]
        text = ", ".join(part for part in (street, city, country, remarks) if part)
        if text:
            draft.addresses.append(text)
        code = country_code(country)
        if code:
            draft.countries.append(code)
        elif country and country != "undetermined":
            unknown[country] = unknown.get(country, 0) + 1
    problems.extend(left_over(unknown, "the country", file))
    _lost(lost, "addresses", problems, file)


def _aliases(rows: list[list[str]], drafts: dict[str, _Draft], problems: list[Problem], file: str) -> None:
    lost = 0
    for row in rows:
        draft = drafts.get(row[0])
        if draft is None or len(row) < 4:
            lost += 1
            continue
        _add_alias(draft, row[3], "alias")
    _lost(lost, "aliases", problems, file)


def _lost(count: int, what: str, problems: list[Problem], file: str) -> None:
    if count:
        problems.append(
            Problem(
                "list.no-party",
                f"{count} {what} belong to parties that are not in the main file and were left out",
                "note",
                file,
                hint="give files of one date",
            )
        )


def _party(code: str, draft: _Draft) -> ListedParty:
    return ListedParty(
        list=code,
        list_id=draft.list_id,
        schema=draft.schema or infer_schema(draft.names[0].text),
        names=tuple(draft.names),
        birth_dates=unique(draft.birth),
        countries=unique(draft.countries),
        addresses=unique(draft.addresses),
        identifiers=tuple(dict.fromkeys(draft.identifiers)),
        programmes=draft.programmes,
        legal_basis=", ".join(draft.programmes),
        source_list=_TITLES[code],
        remarks=draft.remarks,
    )
