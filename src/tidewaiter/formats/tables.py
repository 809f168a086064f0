"""Tables: CSV, TSV and spreadsheets as rows of text with a header found among preambles.

Every cell is text. The encoding is decided from the first part of the file and said; the delimiter likewise. Rows stream.
"""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from charset_normalizer import from_bytes

from tidewaiter.formats.mapping import ColumnMapping
from tidewaiter.model import InputError, Problem

SAMPLE = 256 * 1024
MAX_CELL = 1 << 20
HEADER_ROWS = 40
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))

Row = list[str]


def detect_encoding(sample: bytes, complete: bool = True) -> tuple[str, str]:
    """Return (encoding, how it was decided): byte order mark, UTF-8, UTF-16 by its zeros, or the likeliest legacy one."""
    for mark, name in _BOMS:
        if sample.startswith(mark):
            return name, "byte order mark"
    if len(sample) >= 4:
        pairs = min(len(sample), 4096) // 2
        if sample[1 : 2 * pairs : 2].count(0) > 0.4 * pairs:
            return "utf-16-le", "zeros at every second byte"
        if sample[0 : 2 * pairs : 2].count(0) > 0.4 * pairs:
            return "utf-16-be", "zeros at every second byte"
    try:
        codecs.getincrementaldecoder("utf-8")().decode(sample, final=complete)
    except UnicodeDecodeError:
        pass
    else:
        return "utf-8", "valid UTF-8"
    return _legacy(sample[:65536])


def _legacy(sample: bytes) -> tuple[str, str]:
    """Choose between CP1251, GB18030 and Latin-1 by what the bytes would read as."""
    best = from_bytes(sample, cp_isolation=["cp1251", "gb18030", "cp1252", "cp1250", "koi8_r"]).best()
    scores = {
        "cp1251": _share(sample, "cp1251", "\u0400", "\u04ff"),
        "gb18030": _share(sample, "gb18030", "\u4e00", "\u9fff"),
    }
    name = max(scores, key=lambda key: scores[key])
    if scores[name] > 0.5:
        return name, f"{scores[name]:.0%} of its letters read as words of that script"
    return (best.encoding if best is not None else "cp1252"), "likeliest by statistics"


def _share(sample: bytes, encoding: str, first: str, last: str) -> float:
    """Return which share of the non-ASCII characters falls into a script; frequent letters count."""
    text = sample.decode(encoding, errors="replace")
    foreign = [char for char in text if char > "\x7f"]
    if not foreign:
        return 0.0
    good = sum(1 for char in foreign if first <= char <= last)
    lower = sum(1 for char in foreign if "а" <= char <= "я") if encoding == "cp1251" else good
    broken = text.count("\ufffd")
    weight = 1.0 if encoding != "cp1251" else 0.6 + 0.4 * lower / max(1, good)
    return max(0.0, (good * weight - 2 * broken) / len(foreign))


def text_lines(handle: BinaryIO, encoding: str, damaged: Callable[[int], None]) -> Iterator[str]:
    """Yield decoded lines; undecodable bytes are replaced and reported once with their line."""
    reader = io.TextIOWrapper(handle, encoding=encoding, errors="replace", newline="")
    said = False
    number = 0
    while True:
        line = reader.readline(4 * MAX_CELL)
        if not line:
            return
        number += 1
        if not said and "\ufffd" in line:
            said = True
            damaged(number)
        yield line.replace("\0", "") if "\0" in line else line


def sniff_delimiter(sample: str) -> str:
    """Return the delimiter that splits the most lines into the same number of cells."""
    lines = [line for line in sample.splitlines()[:60] if line.strip()]
    best, score = ",", 0.0
    for delimiter in ("\t", ";", ",", "|"):
        counts = [len(row) for row in csv.reader(lines, delimiter=delimiter)] if lines else []
        wide = [count for count in counts if count > 1]
        if wide:
            common = max(set(wide), key=wide.count)
            points = wide.count(common) * (common**0.5)
            if points > score:
                best, score = delimiter, points
    return best


@dataclass
class Table:
    """A table with its header found. `fields[i]` is our field for column i or None; `rows` yields (line, cells)."""

    names: Sequence[str]
    fields: Sequence[str | None]
    rows: Iterator[tuple[int, Row]]
    header_line: int
    sheet: str = ""
    problems: list[Problem] = field(default_factory=list)


def find_header(first_rows: Sequence[tuple[int, Row]], mapping: ColumnMapping) -> int | None:
    """Return which of the first rows is the header: the one with the most column names known, at least two of them
    or one that names the goods."""
    best, most = None, 0
    for position, (_, cells) in enumerate(first_rows):
        fields = {mapping.field_of(cell) for cell in cells if cell.strip()} - {None}
        score = len(fields)
        if (score >= 2 or "description" in fields) and score > most:
            best, most = position, score
    return best


def csv_rows(lines: Iterator[str], delimiter: str, broken: Callable[[int, str], None]) -> Iterator[tuple[int, Row]]:
    """Yield (line number, cells); a record that is not CSV is reported and left out."""
    csv.field_size_limit(MAX_CELL)
    reader = csv.reader(lines, delimiter=delimiter)
    while True:
        start = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            broken(start, str(error))
            continue
        if cells and any(cell.strip() for cell in cells):
            yield start, cells


def build_table(rows: Iterator[tuple[int, Row]], mapping: ColumnMapping, name: str, sheet: str = "") -> Table:
    """Find the header among the first rows.

    Raises:
        InputError: no row names columns we know.
    """
    first: list[tuple[int, Row]] = []
    for item in rows:
        first.append(item)
        if len(first) >= HEADER_ROWS:
            break
    position = find_header(first, mapping)
    if position is None:
        shown = "; ".join(" | ".join(cell.strip()[:30] for cell in cells[:8]) for _, cells in first[:3])
        raise InputError(
            f"{name}: no header row found",
            [
                Problem(
                    "format.header",
                    "no row names known columns",
                    "error",
                    name,
                    first[0][0] if first else None,
                    "",
                    shown[:300],
                    "columns such as description, consignee_country, value",
                    "give a mapping with --map FILE",
                )
            ],
        )
    line, names = first[position]
    fields = [mapping.field_of(cell) if cell.strip() else None for cell in names]
    seen: set[str] = set()
    problems = []
    for index, ours in enumerate(fields):
        if ours is not None and ours in seen:
            problems.append(
                Problem(
                    "format.column-twice",
                    f"two columns mean {ours}",
                    "warning",
                    name,
                    line,
                    names[index],
                    hint="the first is used; settle it with --map",
                )
            )
            fields[index] = None
        elif ours is not None:
            seen.add(ours)
    if "description" not in seen:
        problems.append(
            Problem(
                "format.no-description",
                "no column says what the goods are, so no goods can be screened",
                "warning",
                name,
                line,
                read=", ".join(cell.strip() for cell in names if cell.strip())[:300],
                expected="a column such as description",
                hint="name it with --map FILE",
            )
        )
    unknown = [cell.strip() for cell, ours in zip(names, fields, strict=True) if ours is None and cell.strip()]
    if unknown:
        problems.append(
            Problem(
                "format.columns-kept",
                "columns not understood are kept under input",
                "note",
                name,
                line,
                read=", ".join(unknown)[:300],
            )
        )
    if position:
        problems.append(
            Problem("format.preamble", f"{position} row(s) before the header were skipped", "note", name, line)
        )

    def rest() -> Iterator[tuple[int, Row]]:
        yield from first[position + 1 :]
        yield from rows

    return Table(names, fields, rest(), line, sheet, problems)


def sheet_rows(path: Path | BinaryIO, name: str, mapping: ColumnMapping) -> tuple[Iterator[tuple[int, Row]], str]:
    """Return the rows of the first sheet that has a header, all cells as text, and its name.

    Raises:
        InputError: the workbook cannot be read.
    """
    import python_calamine

    try:
        workbook = python_calamine.load_workbook(path if not isinstance(path, Path) else str(path))
        names = list(workbook.sheet_names)
        best: tuple[list[tuple[int, Row]], str] | None = None
        for title in names:
            rows = [
                (number, [_cell(value) for value in cells])
                for number, cells in enumerate(workbook.get_sheet_by_name(title).to_python(skip_empty_area=False), 1)
            ]
            rows = [(number, cells) for number, cells in rows if any(cell.strip() for cell in cells)]
            if find_header(rows[:HEADER_ROWS], mapping) is not None:
                return iter(rows), title
            if best is None and rows:
                best = (rows, title)
    except (python_calamine.CalamineError, OSError, ValueError, RuntimeError, TypeError) as error:
        raise InputError(f"{name}: not readable as a workbook: {error}") from error
    except BaseException as error:  # a panic inside the reader arrives as its own kind of exception
        if type(error).__name__ != "PanicException":
            raise
        raise InputError(f"{name}: not readable as a workbook") from error
    if best is None:
        raise InputError(f"{name}: the workbook has no filled sheet")
    return iter(best[0]), best[1]


def _cell(value: object) -> str:
    """Return a cell as text: whole numbers without `.0`, dates in ISO form, nothing in exponent form."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else format(value, ".15g")
    if hasattr(value, "isoformat"):
        return str(value.isoformat())
    return str(value)
