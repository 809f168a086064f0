"""Past or new items as columns of text: CSV, TSV, JSON Lines of declarations, Parquet. One row an item, nothing is lost.

Columns are called by our names where theirs are known (`formats/columns.yaml`), by their own otherwise. A declaration with several
goods lines is one row: codes and wordings of its dearest line, sums of value and mass, and the number of lines.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec
import pyarrow.parquet as parquet

from tidewaiter.formats.mapping import column_key, known_columns
from tidewaiter.formats.tables import detect_encoding, sniff_delimiter
from tidewaiter.model import InputError, Problem

_AN_ID = re.compile(r"(^|[ _-])(id|number|no|nr|ref)$", re.IGNORECASE)
SUMMED = ("value", "net_mass_g", "quantity")


@dataclass(frozen=True)
class ItemTable:
    """Columns of text of one length, with the id of each row."""

    file: str
    ids: tuple[str, ...]
    columns: dict[str, list[str]]

    @property
    def size(self) -> int:
        """The number of rows."""
        return len(self.ids)

    def column(self, name: str) -> list[str]:
        """Return a column by its own or by our name.

        Raises:
            InputError: there is none; the message lists what there is.
        """
        found = self.columns.get(name)
        if found is None:
            ours = known_columns().get(column_key(name), "")
            found = self.columns.get(ours)
        if found is None:
            expected = ", ".join(sorted(self.columns))
            raise InputError(
                f"{self.file}: no column {name!r}",
                [Problem("format.column", "a column is missing", "error", self.file, 1, name, "", expected)],
            )
        return found


def read_item_table(path: Path | str) -> ItemTable:
    """Read a file of items.

    Raises:
        InputError: it cannot be read, has no rows, or a JSON line is broken (with its number).
    """
    file = Path(path)
    try:
        if file.suffix.lower() in (".parquet", ".pq"):
            rows: Iterator[dict[str, str]] = _parquet_rows(file)
        else:
            with file.open("rb") as handle:
                sample = handle.read(1 << 16)
            encoding, _ = detect_encoding(sample, complete=len(sample) < 1 << 16)
            text = sample.decode(encoding, errors="replace").lstrip("\ufeff")
            rows = _json_rows(file) if text.lstrip().startswith("{") else _text_rows(file, encoding, text)
        return _gather(str(path), rows)
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror or error}") from error


def _gather(file: str, rows: Iterator[dict[str, str]]) -> ItemTable:
    columns: dict[str, list[str]] = {}
    size = 0
    for row in rows:
        for name, value in row.items():
            column = columns.get(name)
            if column is None:
                column = columns[name] = [""] * size
            column.append(value)
        size += 1
        for column in columns.values():
            if len(column) < size:
                column.append("")
    if not size:
        raise InputError(f"{file}: no rows")
    named = columns.get("id") or _naming_column(columns, size) or [""] * size
    ids = tuple(name or f"row {number}" for number, name in enumerate(named, 1))
    return ItemTable(file, ids, columns)


def _naming_column(columns: dict[str, list[str]], size: int) -> list[str] | None:
    """Return the first column that is called an id and differs in every row."""
    for name, values in columns.items():
        if _AN_ID.search(name) and len(set(values)) == size:
            return values
    return None


def _our_name(name: str) -> str:
    return known_columns().get(column_key(name), name)


def _text_rows(file: Path, encoding: str, sample: str) -> Iterator[dict[str, str]]:
    csv.field_size_limit(1 << 20)
    delimiter = sniff_delimiter(sample)
    with file.open(encoding=encoding, errors="replace", newline="") as handle:
        reader = csv.reader((line.replace("\0", "") for line in handle), delimiter=delimiter)
        head = next(reader, [])
        names: list[str] = []
        for name in (cell.strip().lstrip("\ufeff") for cell in head):
            ours = _our_name(name)
            names.append(ours if ours not in names else name)
        for cells in reader:
            if cells:
                yield dict(zip(names, (cell.strip() for cell in cells), strict=False))


def _parquet_rows(file: Path) -> Iterator[dict[str, str]]:
    with parquet.ParquetFile(file) as source:  # type: ignore[no-untyped-call]
        for batch in source.iter_batches():
            for row in batch.to_pylist():
                yield {_our_name(str(name)): _text(value) for name, value in row.items()}


def _json_rows(file: Path) -> Iterator[dict[str, str]]:
    with file.open("rb") as handle:
        for number, line in enumerate(handle, 1):
            if not line.strip():
                continue
            try:
                found = msgspec.json.decode(line)
            except (msgspec.DecodeError, UnicodeError, RecursionError) as error:
                raise InputError(f"{file}:{number}: not JSON: {error}") from error
            if not isinstance(found, dict):
                raise InputError(f"{file}:{number}: expected an object, read {type(found).__name__}")
            yield _flat(found)


def _flat(item: dict[str, Any]) -> dict[str, str]:
    """Return a declaration as one row."""
    row: dict[str, str] = {}
    for name, value in item.items():
        if name in ("consignor", "consignee") and isinstance(value, dict):
            row.update({f"{name}_{part}": _text(inner) for part, inner in value.items()})
        elif name == "lines" and isinstance(value, list):
            row.update(_lines(value))
        elif name == "extra" and isinstance(value, dict):
            row.update({str(part): _text(inner) for part, inner in value.items()})
        elif not isinstance(value, dict):
            row[_our_name(str(name))] = " ".join(map(_text, value)) if isinstance(value, list) else _text(value)
    return row


def _lines(lines: list[Any]) -> dict[str, str]:
    known = [line for line in lines if isinstance(line, dict)]
    if not known:
        return {"lines": "0"}
    dearest = max(known, key=lambda line: number_of(_text(line.get("value"))) or 0.0)
    row = {str(name): _text(value) for name, value in dearest.items()}
    for name in SUMMED:
        parts = [number_of(_text(line.get(name))) for line in known]
        told = [part for part in parts if part is not None]
        if told:
            row[name] = repr(sum(told))
    row["lines"] = str(len(known))
    return row


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value).strip()


def number_of(text: str) -> float | None:
    """Return a number written with a point or a comma for decimals, or None."""
    try:
        found = float(text)
    except ValueError:
        try:
            found = float(text.replace(" ", "").replace(",", "."))
        except ValueError:
            return None
    return found if found - found == 0 else None
