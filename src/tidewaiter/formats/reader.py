"""Open a file of declarations of any supported kind, told by its content, and read it as a stream.

What cannot be read is a result, not silence: `reader.items` equals declarations plus rejected items.
"""

from __future__ import annotations

import gzip
import io
import sys
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO, cast

from tidewaiter.formats.assemble import LINE_FIELDS, Rejected, assemble
from tidewaiter.formats.jsonform import from_object, json_items
from tidewaiter.formats.mapping import ColumnMapping
from tidewaiter.formats.parquetform import ParquetRows, is_parquet
from tidewaiter.formats.parts import WHOLE, Part
from tidewaiter.formats.tables import (
    SAMPLE,
    Table,
    build_table,
    csv_rows,
    detect_encoding,
    sheet_rows,
    sniff_delimiter,
    text_lines,
)
from tidewaiter.formats.xmlform import xml_items
from tidewaiter.model import Declaration, InputError, Problem, Source

MAX_ROWS_OF_ONE_ITEM = 5000
REMEMBERED_IDS = 2_000_000
_BINARY = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"\x7fELF", b"MZ", b"GIF8", b"SQLite format 3")


class DeclarationReader:
    """An iterator over the declarations and rejected items of one file. `problems` are those of the file as a whole."""

    def __init__(
        self,
        path: str | Path | BinaryIO,
        mapping: ColumnMapping | None = None,
        name: str = "",
        part: Part = WHOLE,
    ) -> None:
        self.part = part
        self.mapping = mapping or ColumnMapping()
        self.name = name or (str(path) if isinstance(path, str | Path) else "input")
        if self.name == "-":
            self.name = "standard input"
        self.problems: list[Problem] = []
        self.items = 0
        self.rejected = 0
        self._seen: set[int] = set()
        self._handle, self._path = _open(path, self.name)

    def __iter__(self) -> Iterator[Declaration | Rejected]:
        """Yield every item, in the order of the file."""
        try:
            for item in self._read():
                self.items += 1
                self.rejected += isinstance(item, Rejected)
                yield item
        except (OSError, EOFError, zlib.error, UnicodeError) as error:
            raise InputError(f"{self.name}: cannot be read to its end: {error}") from error
        finally:
            self._handle.close()

    def _read(self) -> Iterator[Declaration | Rejected]:
        head = self._handle.peek(8)[:8]
        if head.startswith(b"\x1f\x8b"):
            self._handle = io.BufferedReader(gzip.GzipFile(fileobj=self._handle))
            head = self._handle.peek(8)[:8]
        if not head:
            raise InputError(f"{self.name}: the file is empty")
        if head.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
            yield from self._workbook()
            return
        if is_parquet(head):
            yield from self._parquet()
            return
        if head.startswith(_BINARY):
            raise InputError(
                f"{self.name}: this kind of file is not supported; expected CSV, TSV, JSON, JSON Lines, XLSX, XML or Parquet"
            )
        start = self._handle.peek(SAMPLE)[:SAMPLE]
        plain = start.removeprefix(b"\xef\xbb\xbf").lstrip()
        if plain.startswith((b"{", b"[")):
            yield from json_items(self._handle, self.name, self.mapping, self.part.first, self.part.end)
        elif plain.startswith(b"<"):
            yield from xml_items(self._handle, self.name, self.mapping)
        else:
            yield from self._text_table()

    def _workbook(self) -> Iterator[Declaration | Rejected]:
        rows, sheet = sheet_rows(self._path or io.BytesIO(self._handle.read()), self.name, self.mapping)
        table = build_table(rows, self.mapping, self.name, sheet)
        self._note("format.sheet", f"read from the sheet {sheet!r}")
        yield from self._table(table)

    def _parquet(self) -> Iterator[Declaration | Rejected]:
        rows = ParquetRows(self._path or self._handle.read(), self.name)
        first, end = self.part.first, self.part.end
        try:
            if rows.is_nested:
                for number, found in rows.objects(first, end):
                    yield from_object(found, Source(self.name, number), self.mapping)
                return
            header = iter([(0, rows.names)])
            table = build_table(header, self.mapping, self.name)
            table.rows = rows.cells(first, end)
            yield from self._table(table)
        finally:
            rows.close()

    def _text_table(self) -> Iterator[Declaration | Rejected]:
        sample = self._handle.read(SAMPLE)
        encoding, why = detect_encoding(sample, complete=len(sample) < SAMPLE)
        if encoding not in ("utf-8", "utf-8-sig"):
            self._note("format.encoding", f"read as {encoding} ({why})")
        text = sample.decode(encoding, errors="replace")
        if text.count("\ufffd") + sum(1 for c in text[:4096] if c < " " and c not in "\t\r\n\f") > 0.2 * max(
            1, min(len(text), 4096)
        ):
            raise InputError(f"{self.name}: this is not text; expected CSV, TSV, JSON, JSON Lines, XLSX or XML")
        delimiter = sniff_delimiter(text)
        lines = text_lines(_Joined(sample, self._handle), encoding, self._damaged)  # type: ignore[arg-type]
        table = build_table(csv_rows(lines, delimiter, self._broken), self.mapping, self.name)
        yield from self._table(table)

    def _table(self, table: Table) -> Iterator[Declaration | Rejected]:
        """Join consecutive rows of one id into one item."""
        self.problems.extend(table.problems)
        current: list[dict[str, str]] = []
        extra: list[tuple[str, str]] = []
        identifier, line = "", 0
        for number, cells in table.rows:
            row, rest = _named(table, cells)
            own = row.get("id", "").strip()
            if current and own and own == identifier and len(current) < MAX_ROWS_OF_ONE_ITEM:
                current.append(row)
                continue
            if current and not own and _only_goods(row):
                current.append(row)  # a continuation row: goods without an id
                continue
            if current and self.part.holds(line):
                yield self._finish(identifier, current, line, extra, table.sheet)
            if self.part.is_past(number):
                return
            current, identifier, line, extra = [row], own, number, rest
        if current and self.part.holds(line):
            yield self._finish(identifier, current, line, extra, table.sheet)

    def _finish(
        self, identifier: str, rows: list[dict[str, str]], line: int, extra: list[tuple[str, str]], sheet: str
    ) -> Declaration | Rejected:
        if identifier:
            mark = hash(identifier)
            if mark in self._seen:
                self.problems.append(
                    Problem(
                        "format.id-repeated",
                        "the id stands again further down; it is taken as another item",
                        "warning",
                        self.name,
                        line,
                        "id",
                        identifier,
                    )
                )
            elif len(self._seen) < REMEMBERED_IDS:
                self._seen.add(mark)
        name = identifier or f"{Path(self.name).name}:{line}"
        return assemble(name, rows, Source(self.name, line, sheet or None), extra)

    def _note(self, code: str, message: str) -> None:
        self.problems.append(Problem(code, message, "note", self.name))

    def _damaged(self, line: int) -> None:
        self.problems.append(
            Problem("format.encoding", "bytes that do not fit the encoding were replaced", "warning", self.name, line)
        )

    def _broken(self, line: int, why: str) -> None:
        self.problems.append(Problem("format.row", f"not readable as a row: {why}", "error", self.name, line))


class _Joined(io.RawIOBase):
    """The part already read, then the rest of the stream."""

    def __init__(self, first: bytes, rest: BinaryIO) -> None:
        self._first = first
        self._rest = rest

    def readable(self) -> bool:
        """Say that it can be read."""
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        """Fill the buffer from the first part, then from the rest."""
        if self._first:
            part, self._first = self._first[: len(buffer)], self._first[len(buffer) :]
        else:
            part = self._rest.read(len(buffer))
        buffer[: len(part)] = part
        return len(part)


def _open(path: str | Path | BinaryIO, name: str) -> tuple[Any, Path | None]:
    if not isinstance(path, str | Path):
        return io.BufferedReader(path), None
    if str(path) == "-":
        return io.BufferedReader(sys.stdin.buffer), None
    place = Path(path)
    try:
        if place.is_dir():
            raise InputError(f"{name}: this is a folder; give a file")
        return place.open("rb", buffering=SAMPLE), place
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise InputError(f"{name}: cannot be read: {reason}") from error


def _named(table: Table, cells: list[str]) -> tuple[dict[str, str], list[tuple[str, str]]]:
    if len(cells) <= len(table.fields) and None not in table.fields:  # every column is one of ours
        return dict(zip(cast(list[str], table.fields), cells, strict=False)), []
    row: dict[str, str] = {}
    rest: list[tuple[str, str]] = []
    for position, cell in enumerate(cells):
        ours = table.fields[position] if position < len(table.fields) else None
        if ours is not None:
            row[ours] = cell
        elif cell.strip():
            rest.append(
                (table.names[position].strip() if position < len(table.names) else f"column {position + 1}", cell)
            )
    return row, rest


def _only_goods(row: dict[str, str]) -> bool:
    """Return whether a row without an id holds only goods fields, so that it continues the item above."""
    return "id" in row and all(not value.strip() or name in LINE_FIELDS for name, value in row.items())


def open_declarations(
    path: str | Path | BinaryIO, *, mapping: ColumnMapping | None = None, name: str = "", part: Part = WHOLE
) -> DeclarationReader:
    """Open a file of declarations.

    Args:
        path: a path, `-` for standard input, or a binary stream.
        mapping: the user's own column mapping.
        name: name for messages; the path if not given.
        part: only the items that begin in this part of the file, as `parts_of` cuts it.

    Raises:
        InputError: the file cannot be opened; while iterating, when it cannot be used as a whole.
    """
    return DeclarationReader(path, mapping, name, part)
