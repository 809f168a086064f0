"""OFAC files: SDN.CSV and CONS_PRIM.CSV with ADD.CSV and ALT.CSV, and names as JSON Lines.

The CSV files have no header, `-0-` for empty, Latin-1 bytes and a control character at the end.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator

import msgspec

from tidewaiter.lists._draft import Draft
from tidewaiter.lists._ofac_common import CONSOLIDATED, LICENCE, PUBLISHER, SCHEMAS, SDN, TITLES, is_not_sdn
from tidewaiter.lists._parsing import BROKEN, Imported, birth_dates, country_code, left_over, unique
from tidewaiter.model import ListedParty, ListError, Problem

PRIMARY, ADDRESSES, ALIASES, NAMES = "primary", "addresses", "aliases", "names"
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


class _NameRow(msgspec.Struct):
    full_name: str
    is_primary: bool = False
    type_id: str = ""


class _NamesRow(msgspec.Struct):
    entity_id: int
    names: list[_NameRow]


def rows_of(content: bytes) -> list[list[str]]:
    """Return the rows of an OFAC CSV file, `-0-` as empty text; UTF-8 where it decodes, else Latin-1."""
    content = content.removeprefix(b"\xef\xbb\xbf")
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        text = content.decode("latin-1")
    rows = csv.reader(io.StringIO(text.replace("\x1a", "").replace("\x00", ""), newline=""))
    return [[_cell(cell) for cell in row] for row in _parsed(rows) if len(row) > 1]


def _parsed(rows: Iterator[list[str]]) -> Iterator[list[str]]:
    while True:
        try:
            yield next(rows)
        except StopIteration:
            return
        except csv.Error:
            # A row beyond all limits comes out with one field too few and is reported by whoever counts them.
            yield ["", ""]


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
    """Read OFAC files given together, in whatever order they were given.

    Args:
        parts: File kind (primary, addresses, aliases, names) to (file name, content). One of primary and names is needed.

    Returns:
        The list, its code told from its programmes.

    Raises:
        ListError: When only addresses or aliases are given.
    """
    problems: list[Problem] = []
    drafts: dict[str, Draft] = {}
    if NAMES in parts:
        _names(parts[NAMES][1], drafts, problems, parts[NAMES][0])
    consolidated = False
    if PRIMARY in parts:
        consolidated = _primary(rows_of(parts[PRIMARY][1]), drafts, problems, parts[PRIMARY][0], NAMES in parts)
    if not drafts and not problems:
        raise ListError(
            "OFAC addresses or aliases were given without the list they belong to; give SDN.CSV or CONS_PRIM.CSV too"
        )
    if ADDRESSES in parts:
        _addresses(rows_of(parts[ADDRESSES][1]), drafts, problems, parts[ADDRESSES][0])
    if ALIASES in parts:
        _aliases(rows_of(parts[ALIASES][1]), drafts, problems, parts[ALIASES][0])
    code = CONSOLIDATED if consolidated else SDN
    parties = tuple(_party(code, draft) for draft in drafts.values() if draft.has_name)
    return Imported(code, TITLES[code], PUBLISHER, parties, tuple(problems), licence=LICENCE)


def _names(content: bytes, drafts: dict[str, Draft], problems: list[Problem], file: str) -> None:
    decoder = msgspec.json.Decoder(_NamesRow)
    for number, line in enumerate(content.removeprefix(b"\xef\xbb\xbf").splitlines(), start=1):
        if not line.strip():
            continue
        try:
            row = decoder.decode(line)
        except (msgspec.MsgspecError, UnicodeDecodeError) as error:
            problems.append(
                Problem(BROKEN, f"the line cannot be read and was left out: {error}", "error", file, number)
            )
            continue
        draft = drafts.setdefault(str(row.entity_id), Draft(str(row.entity_id)))
        for name in sorted(row.names, key=lambda name: not name.is_primary):
            draft.name(name.full_name, "primary" if name.is_primary else "alias")


def _primary(
    rows: list[list[str]], drafts: dict[str, Draft], problems: list[Problem], file: str, names_given: bool
) -> bool:
    """Read SDN.CSV or CONS_PRIM.CSV; return whether it is the consolidated (non-SDN) list."""
    not_sdn = unknown = 0
    for line, row in enumerate(rows, start=1):
        if len(row) != 12 or not row[0].isdigit() or not row[1]:
            problems.append(
                Problem(
                    BROKEN, "the row does not have 12 fields beginning with a number and a name, and was left out",
                    "error", file, line, read=str(len(row)),
                )
            )  # fmt: skip
            continue
        number, name, kind, programmes, title, call_sign, vessel_type, tonnage, gross, flag, owner, remarks = row
        draft = drafts.get(number)
        if draft is None:
            if names_given:
                unknown += 1
                continue
            draft = drafts[number] = Draft(number)
            draft.name(name, "primary")
        draft.schema = SCHEMAS.get(kind.casefold(), "")
        draft.programmes = list(unique(part.strip(" []") for part in re.split(r"\] ?\[|; ", programmes)))
        not_sdn += is_not_sdn(draft.programmes)
        if flag:
            draft.countries.append(country_code(flag))
        draft.number("call sign", call_sign)
        for label, value in (("title", title), ("vessel type", vessel_type), ("tonnage", tonnage),
                             ("gross registered tonnage", gross), ("owner", owner)):  # fmt: skip
            draft.remark(label, value)
        for rest in _remarks(remarks, draft):
            draft.remark("", rest)
    if unknown:
        problems.append(
            Problem("list.not-in-names", f"{unknown} parties are not in the names file and were left out", "note", file)
        )
    return not_sdn > len(rows) / 2


def _remarks(remarks: str, draft: Draft) -> list[str]:
    """Take birth dates, weak aliases and identifiers out of the remarks; return what is left."""
    rest = []
    for part in remarks.split("; "):
        text = part.strip()
        bare = text.removeprefix("alt. ")
        alias = _ALIAS.match(text)
        found = _IDENTIFIER.match(text)
        if bare.startswith("DOB "):
            draft.born(birth_dates(bare[4:].rstrip(".")))
        elif alias is not None:
            # OFAC puts an alias between quotation marks in the remarks when it is weak.
            draft.name(alias.group(1), "weak-alias")
        elif found is not None:
            draft.number(found.group(1), found.group(2))
        elif text:
            rest.append(text)
    return rest


def _addresses(rows: list[list[str]], drafts: dict[str, Draft], problems: list[Problem], file: str) -> None:
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


def _aliases(rows: list[list[str]], drafts: dict[str, Draft], problems: list[Problem], file: str) -> None:
    lost = 0
    for row in rows:
        draft = drafts.get(row[0])
        if draft is None or len(row) < 4:
            lost += 1
            continue
        draft.name(row[3], "alias")
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


def _party(code: str, draft: Draft) -> ListedParty:
    draft.legal_basis = [", ".join(draft.programmes)] if draft.programmes else []
    draft.source_list = TITLES[code]
    return draft.party(code)
