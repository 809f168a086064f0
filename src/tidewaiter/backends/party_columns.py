"""Read files of party records into text columns: CSV and TSV by their header, Parquet by its schema. Nothing is typed."""

from __future__ import annotations

import csv
from dataclasses import dataclass, field
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pcsv
import pyarrow.parquet as pq

from tidewaiter.model import InputError, Problem

# Other usual names of the columns; joined with a blank where several stand for one field.
SYNONYMS = {
    "id": ("id", "unique_id", "record_id", "rec_id", "party_id"),
    "name": ("name", "full_name"),
    "address": ("address", "street_address", "street"),
    "city": ("city", "town", "suburb", "place", "birth_place", "place_of_birth"),
    "postcode": ("postcode", "zip", "zip_code", "postal_code", "postcode_fake"),
    "country": ("country", "country_code"),
    "phone": ("phone", "telephone", "mobile", "phone_number"),
    "email": ("email", "e_mail", "mail"),
    "birth_date": ("birth_date", "dob", "date_of_birth", "birthdate"),
    "occupation": ("occupation", "profession", "job"),
    "id_number": ("id_number", "national_id", "passport", "soc_sec_id"),
    "handle": ("handle", "username", "seller"),
}
JOINED = {
    "name": (("given_name", "first_name", "forename"), ("middle_name",), ("surname", "last_name", "family_name")),
    "address": (("street_number", "house_number"), ("address_1", "address1"), ("address_2", "address2")),
}


@dataclass
class PartyColumns:
    """One id a record, the text columns by field, the columns that are passed through, and the rows that could not be read."""

    ids: list[str]
    fields: dict[str, pa.ChunkedArray]
    further: dict[str, pa.ChunkedArray] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def read_parties(path: Path) -> PartyColumns:
    """Return the party records of a file.

    Args:
        path: CSV or TSV with a header in UTF-8, or Parquet.

    Raises:
        InputError: the file cannot be read, or has no column that says anything of a party.
    """
    problems: list[Problem] = []
    try:
        table = pq.read_table(path) if path.suffix.lower() == ".parquet" else _read_csv(path, problems)
    except (OSError, pa.ArrowInvalid) as error:
        raise InputError(f"{path}: cannot be read as a table: {error}") from error
    columns = {
        name.strip().lower().replace(" ", "_").replace("-", "_"): _text(table[place])
        for place, name in enumerate(table.column_names)
    }
    shown = {name.strip().lower().replace(" ", "_").replace("-", "_"): name for name in table.column_names}
    fields, used = _fields(columns)
    ids = fields.pop("id").to_pylist() if "id" in fields else [""] * table.num_rows
    if not fields:
        raise InputError(f"{path}: no column says anything of a party; expected some of {', '.join(SYNONYMS)}")
    named = [identity or f"row-{place + 1}" for place, identity in enumerate(ids)]
    lacking = sum(not identity for identity in ids)
    if lacking:
        problems.append(
            Problem(
                "link.no-id", f"{lacking} row(s) without an id go by their row number", "warning", str(path), field="id"
            )
        )
    seen: set[str] = set()
    for place, identity in enumerate(named):
        if identity in seen:
            problems.append(
                Problem(
                    "link.same-id",
                    "the id stands twice; the later row goes by its row number too",
                    "warning",
                    str(path),
                    place + 2,
                    "id",
                    identity,
                )
            )
            named[place] = f"{identity}#row-{place + 1}"
        seen.add(named[place])
    further = {shown[name]: column for name, column in columns.items() if name not in used}
    return PartyColumns(named, fields, further, problems)


def _read_csv(path: Path, problems: list[Problem]) -> pa.Table:
    with path.open("rb") as handle:
        first = handle.readline()
    delimiter = (
        "\t" if first.count(b"\t") > first.count(b",") else ";" if first.count(b";") > first.count(b",") else ","
    )
    names = next(csv.reader([first.decode("utf-8-sig", "replace")], delimiter=delimiter))

    def bad(row: pcsv.InvalidRow) -> str:
        problems.append(
            Problem(
                "link.row",
                "the row has another number of fields than the header; what there is was read, from the left",
                "warning",
                str(path),
                row.number,
                read=str(row.actual_columns),
                expected=str(row.expected_columns),
            )
        )
        return "skip"

    table = pcsv.read_csv(
        path,
        read_options=pcsv.ReadOptions(use_threads=False),  # row numbers are known only then
        parse_options=pcsv.ParseOptions(delimiter=delimiter, newlines_in_values=True, invalid_row_handler=bad),
        convert_options=pcsv.ConvertOptions(
            column_types={name: pa.string() for name in names}, strings_can_be_null=False
        ),
    )
    return _row_by_row(path, delimiter, names) if problems else table


def _row_by_row(path: Path, delimiter: str, names: list[str]) -> pa.Table:
    """Read a file some rows of which are too long or too short: slower, and no row is lost."""
    columns: list[list[str]] = [[] for _ in names]
    csv.field_size_limit(1 << 20)
    with path.open(encoding="utf-8-sig", errors="replace", newline="") as handle:
        rows = csv.reader(handle, delimiter=delimiter)
        next(rows, None)
        for row in rows:
            if row:
                for place, column in enumerate(columns):
                    column.append(row[place] if place < len(row) else "")
    return pa.table([pa.array(column, pa.string()) for column in columns], names=names)


def _text(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Return a column as text without blanks around it; nulls are empty."""
    text = column if pa.types.is_string(column.type) else pc.cast(column, pa.string())
    return pc.fill_null(pc.utf8_trim_whitespace(text), "")


def _fields(columns: dict[str, pa.ChunkedArray]) -> tuple[dict[str, pa.ChunkedArray], set[str]]:
    found: dict[str, pa.ChunkedArray] = {}
    used: set[str] = set()
    for name, synonyms in SYNONYMS.items():
        known = next((synonym for synonym in synonyms if synonym in columns), None)
        if known is not None:
            found[name] = columns[known]
            used.add(known)
    for name, parts in JOINED.items():
        if name in found:
            continue
        known_parts = [
            known for names in parts if (known := next((one for one in names if one in columns), None)) is not None
        ]
        if known_parts:
            joined = pc.binary_join_element_wise(*(columns[part] for part in known_parts), " ")
            found[name] = pc.utf8_trim_whitespace(joined)
            used.update(known_parts)
    return found, used
