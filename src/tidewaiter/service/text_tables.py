"""Read the text column of a table (CSV, TSV, JSON Lines, workbook): every cell is text, no row is lost."""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Iterable, Iterator
from decimal import Decimal, InvalidOperation
from pathlib import Path

import msgspec

from tidewaiter.model import InputError, Problem

TEXT_LIMIT = 1 << 20


def text_lines(path: str) -> Iterator[str]:
    """Yield the lines of a UTF-8 text file, or of standard input for `-`."""
    if path == "-":
        yield from io.TextIOWrapper(sys.stdin.buffer, encoding="utf-8-sig", errors="replace", newline="")
        return
    try:
        with Path(path).open(encoding="utf-8-sig", errors="replace", newline="") as handle:
            yield from handle
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror}") from error


def read_rows(path: str, column: str) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield (row number from 1, row as text) of a CSV, TSV or JSON Lines file; the text is under `description`.

    Raises:
        InputError: the file cannot be read or has no such column.
    """
    lines = text_lines(path)
    first = next(lines, "")
    if first.lstrip().startswith("{"):
        yield from _json_rows(path, column, first, lines)
        return
    csv.field_size_limit(TEXT_LIMIT)
    delimiter = "\t" if first.count("\t") > first.count(",") else ";" if first.count(";") > first.count(",") else ","
    names = next(csv.reader([first.replace("\0", "")], delimiter=delimiter), [])
    names = [name.strip() for name in names]
    if column not in names:
        raise InputError(
            f"{path}: no column {column!r}",
            [
                Problem(
                    "format.column",
                    "the text column is missing",
                    "error",
                    path,
                    1,
                    column,
                    ", ".join(names),
                    column,
                    "use --column NAME",
                )
            ],
        )
    number = 0
    rows = csv.reader((line.replace("\0", "") for line in lines), delimiter=delimiter)
    while True:
        try:
            cells = next(rows)
        except StopIteration:
            return
        except csv.Error:
            number += 1
            yield number, {"description": ""}
            continue
        if not cells:
            continue
        number += 1
        row = dict(zip(names, cells, strict=False))
        row["description"] = row.get(column, "")
        yield number, row


def _json_rows(path: str, column: str, first: str, lines: Iterable[str]) -> Iterator[tuple[int, dict[str, str]]]:
    number = 0
    for line in (first, *lines):
        if not line.strip():
            continue
        number += 1
        try:
            value = msgspec.json.decode(line)
        except (msgspec.DecodeError, UnicodeError, RecursionError) as error:
            raise InputError(f"{path}:{number}: not JSON: {error}") from error
        if not isinstance(value, dict):
            raise InputError(f"{path}:{number}: expected an object with {column!r}")
        row = {str(key): "" if item is None else str(item) for key, item in value.items()}
        row["description"] = row.get(column, "")
        yield number, row


def decimal_of(text: str) -> Decimal | None:
    try:
        value = Decimal(text.replace(",", ".")) if text else None
    except InvalidOperation:
        return None
    return value if value is not None and value.is_finite() else None
