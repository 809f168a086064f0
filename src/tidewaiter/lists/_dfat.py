"""The Australian consolidated list of the Department of Foreign Affairs and Trade: the workbook, or a CSV of it."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable
from datetime import date, datetime

import python_calamine

from tidewaiter.lists._draft import Draft
from tidewaiter.lists._numbers import numbers_in
from tidewaiter.lists._parsing import BROKEN, Imported, birth_dates, iso_date, left_over
from tidewaiter.lists._tables import Row, Table, key_of
from tidewaiter.model import ListError, Problem

CODE = "au"
_TITLE = "Australian sanctions consolidated list (DFAT)"
_PUBLISHER = "Department of Foreign Affairs and Trade"
_LICENCE = "Creative Commons Attribution 4.0 unless marked otherwise (DFAT website terms)"
_SCHEMAS = {"individual": "Person", "entity": "Organization", "vessel": "Vessel", "ship": "Vessel"}
_REFERENCE = re.compile(r"\d+")
_PIECES = re.compile(r"(?:^|\s)(?:[a-z]|[ivx]+)\)\s*|;|\n|_x000D_")
_MOST_BYTES = 400_000_000
_MEASURES = ("Targeted Financial Sanction", "Travel Ban", "Arms Embargo", "Maritime Restriction")


def is_dfat(keys: list[str]) -> bool:
    """Return whether normalised column names are those of the Australian list."""
    return {"reference", "nameofindividualorentity"} <= set(keys)


def workbook_rows(file: str, content: bytes) -> list[list[str]]:
    """Return the cells of the first sheet of a workbook as text.

    Raises:
        ListError: When the workbook cannot be read or unpacks to more than any list could be.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if sum(item.file_size for item in archive.infolist()) > _MOST_BYTES:
                raise ListError(f"{file}: the workbook unpacks to more than {_MOST_BYTES // 1_000_000} MB")
        sheet = python_calamine.load_workbook(io.BytesIO(content)).get_sheet_by_index(0)
        rows = sheet.to_python(skip_empty_area=False)
    except (
        python_calamine.CalamineError, zipfile.BadZipFile, OSError, ValueError, RuntimeError, TypeError, IndexError,
        NotImplementedError,
    ) as error:  # fmt: skip
        raise ListError(f"{file}: the workbook cannot be read: {error}") from error
    return [[_cell(value) for value in row] for row in rows]


def _cell(value: object) -> str:
    if isinstance(value, datetime | date):
        return value.isoformat()[:10]
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()


def read_dfat_workbook(file: str, content: bytes) -> Imported:
    """Read the workbook.

    Raises:
        ListError: When it cannot be read or its first sheet is not the list.
    """
    rows = workbook_rows(file, content)
    top = next((index for index, row in enumerate(rows) if is_dfat([key_of(cell) for cell in row])), None)
    if top is None:
        raise ListError(f"{file}: the first sheet has no columns Reference and Name of Individual or Entity")
    keys = [key_of(cell) for cell in rows[top]]
    numbered = [(line, dict(zip(keys, row, strict=False))) for line, row in enumerate(rows[top + 1 :], start=top + 2)]
    return _read(file, [(line, fields) for line, fields in numbered if any(fields.values())], [])


def read_dfat_csv(file: str, table: Table) -> Imported:
    """Read a CSV of the workbook."""
    return _read(file, table, table.problems)


def _read(file: str, rows: Iterable[tuple[int, dict[str, str]]], problems: list[Problem]) -> Imported:
    drafts: dict[str, Draft] = {}
    found: list[Problem] = []
    seen: dict[str, int] = {}
    for line, fields in rows:
        row = Row(fields)
        # `101` is the party, `101a` and `101b` are its other names.
        number = _REFERENCE.match(row.take("Reference"))
        if number is None:
            found.append(Problem(BROKEN, "the row has no Reference and was left out", "error", file, line))
            continue
        _from_row(row, drafts.setdefault(number.group(), Draft(number.group())))
        for column in row.rest():
            seen[column] = seen.get(column, 0) + 1
    named = [draft for draft in drafts.values() if draft.has_name]
    if len(named) < len(drafts):
        found.append(Problem(BROKEN, f"{len(drafts) - len(named)} references have no name", "error", file))
    found.extend(left_over(seen, "the column", file))
    parties = tuple(draft.party(CODE) for draft in named)
    return Imported(CODE, _TITLE, _PUBLISHER, parties, (*problems, *found), licence=_LICENCE)


def _pieces(text: str) -> list[str]:
    return [part.strip(" ,") for part in _PIECES.split(text) if part.strip(" ,")]


def _from_row(row: Row, draft: Draft) -> None:
    draft.source_list = _TITLE
    draft.schema = _SCHEMAS.get(row.take("Type").casefold(), "") or draft.schema
    kind, weak = row.take("Name Type").casefold(), row.take("Alias Strength").casefold() == "weak"
    grade = "primary" if kind == "primary name" else "weak-alias" if weak else "alias"
    draft.name(row.take("Name of Individual or Entity"), grade)
    for born in _pieces(row.take("Date of Birth")):
        draft.born(birth_dates(born))
    for place in _pieces(row.take("Address")):
        head, _, country = place.rpartition(",")
        draft.place([head], country.strip())
    for number in re.findall(r"\d{7}", row.take("IMO Number")):
        draft.number("IMO", number)
    for column in ("Place of Birth", "Citizenship"):
        draft.remark(column.lower(), row.take(column))
    note = row.take("Additional Information").replace("_x000D_", " ")
    draft.remark("", note)
    draft.identifiers.extend(numbers_in(note))
    if committee := row.take("Committees"):
        draft.programmes.append(committee)
    basis = row.take("Instrument of Designation") or row.take("Listing Information")
    row.take("Listing Information")
    if basis:
        draft.legal_basis.append(" ".join(basis.replace("_x000D_", " ").split()))
    draft.date_listed(iso_date(row.take("Control Date")))
    for column in _MEASURES:
        if row.take(column).casefold() in ("true", "yes", "1"):
            draft.remark("measure", column.lower())
