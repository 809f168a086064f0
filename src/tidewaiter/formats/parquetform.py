"""Declarations in Parquet: flat rows with the columns of a table, or one row an item with its parties and lines nested."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from decimal import Decimal
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np

from tidewaiter.formats.jsonform import NESTED
from tidewaiter.formats.mapping import ColumnMapping
from tidewaiter.model import InputError

MAGIC = b"PAR1"
ROWS = 1024  # rows decoded at a time


def is_parquet(head: bytes) -> bool:
    """Return whether these first bytes are those of a Parquet file."""
    return head.startswith(MAGIC)


class ParquetRows:
    """The rows of a Parquet file from a row on, counted from 1.

    Args:
        source: a path, or the bytes of a file.
        name: name for messages.

    Raises:
        InputError: it cannot be read.
    """

    def __init__(self, source: Path | bytes, name: str) -> None:
        arrow = import_module("pyarrow")
        self._name = name
        with _read_errors(name):
            whole = arrow.BufferReader(source) if isinstance(source, bytes) else str(source)
            self._file = import_module("pyarrow.parquet").ParquetFile(whole)
        self.schema = self._file.schema_arrow
        self.names: list[str] = list(self.schema.names)
        self.is_nested = any(arrow.types.is_nested(field.type) and field.name in NESTED for field in self.schema)

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def cells(self, first: int = 1, end: int | None = None) -> Iterator[tuple[int, list[str]]]:
        """Yield (row number, cells as text) of rows that hold anything."""
        for number, columns in self._batches(first, end):
            for place, cells in enumerate(
                zip(*([_cell(value) for value in column] for column in columns), strict=True)
            ):
                if any(cell.strip() for cell in cells):
                    yield number + place, list(cells)

    def objects(self, first: int = 1, end: int | None = None) -> Iterator[tuple[int, dict[str, Any]]]:
        """Yield (row number, object) with what is null left out, so that it reads like a JSON object."""
        for number, columns in self._batches(first, end):
            for place, values in enumerate(zip(*columns, strict=True)):
                found = zip(self.names, map(_plain, values), strict=True)
                yield number + place, {name: value for name, value in found if value is not None}

    def _batches(self, first: int, end: int | None) -> Iterator[tuple[int, list[list[Any]]]]:
        """Yield (number of its first row, values column by column) for the row groups that reach into the range."""
        about, row, groups = self._file.metadata, 1, []
        start = None
        for group in range(about.num_row_groups):
            rows = about.row_group(group).num_rows
            if row + rows > first and (end is None or row < end):
                groups.append(group)
                start = row if start is None else start
            row += rows
        number = start or 1
        with _read_errors(self._name):
            for batch in self._file.iter_batches(batch_size=ROWS, row_groups=groups):
                skip = max(0, first - number)
                keep = batch.num_rows if end is None else min(batch.num_rows, end - number)
                if skip < keep:
                    some = batch.slice(skip, keep - skip)
                    yield number + skip, [column.to_pylist() for column in some.columns]
                number += batch.num_rows


def cuts_of_parquet(path: Path, wanted: int, mapping: ColumnMapping) -> list[int]:
    """Return row numbers at which a file can be cut into about `wanted` parts without cutting an item.

    Rows of one id are one item and rows without an id may belong to the item above, so a cut is good only between two rows
    that bear different ids.

    Raises:
        InputError: it cannot be read.
    """
    with _read_errors(str(path)):
        file = import_module("pyarrow.parquet").ParquetFile(str(path))
        rows = file.metadata.num_rows
        even = np.array([rows * n // wanted for n in range(1, wanted)], np.int64)
        named = [name for name in file.schema_arrow.names if mapping.field_of(name) == "id"]
        if ParquetRows(path, str(path)).is_nested or not named or rows < 2:
            return [int(row) + 1 for row in even if row]
        ids = file.read(columns=named[:1]).column(0)
        safe = _safe_rows(ids)
    places = np.searchsorted(safe, even)
    return [int(row) + 1 for row in safe[places[places < len(safe)]]]


def _safe_rows(ids: Any) -> np.ndarray[Any, np.dtype[np.int64]]:
    """Return the 0-based rows whose id is another than that of the row before, both being there."""
    compute = import_module("pyarrow.compute")
    text = compute.utf8_trim_whitespace(ids.cast("large_string")).fill_null("").combine_chunks()
    before, after = text[:-1], text[1:]
    good = compute.and_(
        compute.not_equal(before, after), compute.and_(compute.not_equal(before, ""), compute.not_equal(after, ""))
    )
    return np.flatnonzero(good.to_numpy(zero_copy_only=False)) + 1


@contextmanager
def _read_errors(name: str) -> Iterator[None]:
    """Turn what Arrow says of a bad file into an InputError."""
    try:
        yield
    except (OSError, ValueError, NotImplementedError) as error:  # Arrow's own errors are among these
        first = (str(error).splitlines() or [type(error).__name__])[0]
        raise InputError(f"{name}: cannot be read as Parquet: {first}") from error


def _cell(value: object) -> str:
    """Return a value as a cell of a text table would have it."""
    if isinstance(value, str):
        return value.replace("\0", "")
    if value is None:
        return ""
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace").replace("\0", "")
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        if value != value or abs(value) == float("inf"):
            return ""
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else format(Decimal(repr(value)), "f")
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, date):
        return value.isoformat()
    return " ".join(_cell(item) for item in value) if isinstance(value, list) else str(value)


def _plain(value: Any) -> Any:
    """Return a value as JSON would carry it, with what is null left out."""
    if isinstance(value, dict):
        return {name: kept for name, item in value.items() if (kept := _plain(item)) is not None}
    if isinstance(value, list):
        return [kept for item in value if (kept := _plain(item)) is not None]
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, date | datetime):
        return value.isoformat()
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else value
