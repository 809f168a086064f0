"""A CSV or TSV of texts: the column `text`, and where given `id`, `url`, `publisher`, `published`, `title`, `language`."""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections.abc import Iterator
from typing import NamedTuple

from tidewaiter.formats.reports.blocks import Block, Extract
from tidewaiter.formats.reports.clean import clean
from tidewaiter.formats.reports.plain import plain_blocks
from tidewaiter.formats.tables import sniff_delimiter
from tidewaiter.model import Problem

COLUMNS = ("text", "id", "url", "publisher", "published", "title", "language")
MAX_CELL = 4_000_000
_LINE_END = re.compile(r"[\r\n]")


class Row(NamedTuple):
    """One text of a table. `id` is as given, or empty; `sha256` is of the row's cells."""

    extract: Extract | None
    id: str
    sha256: str
    line: int
    problems: tuple[Problem, ...] = ()


def is_table(text: str, name: str) -> bool:
    """Say whether a text is a table of texts: its first line names the column `text`, and another of ours or the file is a table by name."""
    header = _header(text)
    by_name = name.casefold().endswith((".csv", ".tsv"))
    return "text" in header and (by_name or len(set(header) & set(COLUMNS)) > 1)


def _first_line(text: str) -> str:
    return _LINE_END.split(text[:5000].lstrip("\ufeff"), maxsplit=1)[0]


def _header(text: str) -> list[str]:
    first = _first_line(text)
    try:
        cells = next(csv.reader([first], delimiter=sniff_delimiter(first)), []) if first else []
    except csv.Error:
        return []
    return [cell.strip().casefold() for cell in cells]


def table_rows(text: str, name: str) -> Iterator[Row]:
    """Yield the texts of a table. A row without a text, or one that is no CSV, is a row with an error."""
    header = _header(text)
    csv.field_size_limit(MAX_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=sniff_delimiter(_first_line(text)))
    next(reader, None)
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield Row(
                None, "", "", line, (Problem("report.row", f"not readable as a row: {error}", "error", name, line),)
            )
            continue
        if any(cell.strip() for cell in cells):
            yield _row(dict(zip(header, cells, strict=False)), cells, name, line)


def _row(row: dict[str, str], cells: list[str], name: str, line: int) -> Row:
    digest = hashlib.sha256("\x1f".join(cells).encode("utf-8", "replace")).hexdigest()
    done = clean(row.get("text", ""))
    blocks = plain_blocks(done.text)
    if not blocks:
        problem = Problem("report.no-text", "the row has no text", "error", name, line, "text")
        return Row(None, "", digest, line, (problem,))
    values = {key: row.get(key, "").strip() for key in COLUMNS}
    if values["title"] and blocks[0].kind == "headline" and not blocks[0].lead.strip():
        # the title has a column of its own, so the first line is text unless it says the same
        same = blocks[0].text.casefold() == values["title"].casefold()
        blocks = blocks if same else (Block("body", *_but_kind(blocks[0])), *blocks[1:])
    extract = Extract(
        blocks=blocks,
        title=values["title"],
        publisher=values["publisher"],
        published=values["published"],
        url=values["url"],
        language=values["language"],
        notes=done.notes,
    )
    return Row(extract, values["id"], digest, line)


def _but_kind(block: Block) -> tuple[str, str, str, str, bool]:
    return block.text, block.lead, block.tail, block.gap, block.continues
