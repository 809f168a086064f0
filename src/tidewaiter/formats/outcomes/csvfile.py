"""Screenings as CSV for a spreadsheet: one row a finding, and one row for a postal item without any.

Cells that a spreadsheet would run as a formula get an apostrophe in front; every cell is quoted, so that a spreadsheet
that splits at semicolons cannot cut a formula out of the middle of a description.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from tidewaiter.formats.outcomes.marks import merge_spans, storable
from tidewaiter.formats.outcomes.target import OutcomeWriter
from tidewaiter.formats.outcomes.wording import (
    OUTCOME_MEANING,
    all_problems,
    date_text,
    descriptions_text,
    entry_text,
    question_wordings,
    route_text,
    score_text,
)
from tidewaiter.model import Finding, Screening

COLUMNS: tuple[tuple[str, str], ...] = (
    ("id", "identifier of the postal item"),
    ("outcome", "no-finding, review or hold"),
    ("meaning", "the outcome in plain words"),
    ("findings", "number of findings of the postal item"),
    ("finding", "number of this finding from 1; empty when there is none"),
    ("code", "code of the finding"),
    ("severity", "hold, review, question or info"),
    ("message", "what was found"),
    ("line", "goods line from 1; empty for the whole postal item"),
    ("score", "score as a decimal fraction; the sum of the contributions"),
    ("matched", "the matched words, separated by ' | '"),
    ("contributions", "code and points of each contribution, separated by ' | '"),
    ("list_entry", "list, entry and paragraph of each legal basis, separated by ' | '"),
    ("citation", "citation of each legal basis, separated by ' | '"),
    ("effect", "prohibited, licence, general-authorisation or none, separated by ' | '"),
    ("in_force_from", "from when each provision applies, separated by ' | '"),
    ("text_as_of", "date of the text that was read, separated by ' | '"),
    ("encoding", "draft, reviewed, stable or retired, separated by ' | '"),
    ("pack", "rule pack and version of the finding"),
    ("question", "questions to the consignor, in the language to use first, separated by ' | '"),
    ("route", "from, transit and to countries"),
    ("consignor_name", "as declared"),
    ("consignee_name", "as declared"),
    ("description", "declared descriptions of all lines, separated by ' | '"),
    ("not_checked", "what was not checked, with the reason, separated by ' | '"),
    ("problems", "number of problems while reading the declaration"),
    ("legal_date", "date on which the law was read"),
    ("file", "file the declaration came from"),
    ("file_line", "line or row of that file"),
)
_FORMULA_STARTS = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "−")


def safe_cell(text: str) -> str:
    """Return the text, with an apostrophe in front where a spreadsheet could take it for a formula."""
    text = storable(text).replace("\x00", "")
    return f"'{text}" if text.lstrip().startswith(_FORMULA_STARTS) or text[:1] in ("\t", "\r", "\n") else text


class CsvWriter(OutcomeWriter):
    """Writes one row a finding, with the columns of `COLUMNS`; UTF-8, comma, every cell quoted.

    Args:
        target: A path, or a binary stream.
        bom: Start with a byte order mark, which Excel needs to read UTF-8.
    """

    def __init__(self, target: str | Path | BinaryIO, *, bom: bool = False) -> None:
        super().__init__(target)
        self._buffer = io.StringIO()
        self._rows = csv.writer(self._buffer, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
        self._rows.writerow([name for name, _ in COLUMNS])
        self._flush(b"\xef\xbb\xbf" if bom else b"")

    def write(self, screening: Screening) -> None:
        """Write the rows of one screening."""
        for row in screening_rows(screening):
            self._rows.writerow(row)
        self._flush()

    def _flush(self, before: bytes = b"") -> None:
        self._target.handle.write(before + self._buffer.getvalue().encode("utf-8"))
        self._buffer.seek(0)
        self._buffer.truncate()


def screening_rows(screening: Screening) -> Iterator[list[str]]:
    """Yield the rows of one screening, cells in the order of `COLUMNS`, safe for a spreadsheet."""
    tail = _item_cells(screening)
    head = [screening.id, screening.outcome, OUTCOME_MEANING[screening.outcome], str(len(screening.findings))]
    if not screening.findings:
        yield [safe_cell(cell) for cell in (*head, *[""] * 15, *tail)]
    for number, finding in enumerate(screening.findings, start=1):
        cells = [safe_cell(cell) for cell in (*head, str(number), *_finding_cells(finding), *tail)]
        cells[9] = score_text(finding.score).replace("−", "-")
        yield cells


def matched_words(finding: Finding) -> list[str]:
    """Return the matched words of a finding: the marked spans, or the whole value where no span is given."""
    words: list[str] = []
    for item in finding.evidence:
        if item.start is None or item.end is None:
            words.append(item.value)
        else:
            words += (item.value[start:end] for start, end in merge_spans([(item.start, item.end)], len(item.value)))
    return list(dict.fromkeys(words))


def _finding_cells(finding: Finding) -> list[str]:
    basis = finding.legal_basis
    return [
        finding.code,
        finding.severity,
        finding.message,
        "" if finding.line is None else str(finding.line + 1),
        "",
        " | ".join(matched_words(finding)),
        " | ".join(f"{item.code} {score_text(item.points).replace('−', '-')}" for item in finding.contributions),
        " | ".join(entry_text(item) for item in basis),
        " | ".join(item.citation for item in basis),
        " | ".join(item.effect for item in basis),
        " | ".join(date_text(item.in_force_from) for item in basis),
        " | ".join(date_text(item.as_of) for item in basis),
        " | ".join(item.status for item in basis),
        finding.pack,
    ]


def _item_cells(screening: Screening) -> list[str]:
    declaration, versions = screening.declaration, screening.versions
    source = None if declaration is None else declaration.source
    return [
        " | ".join(wording for item in screening.questions for _, wording in question_wordings(item)[:1]),
        route_text(declaration),
        "" if declaration is None else declaration.consignor.name,
        "" if declaration is None else declaration.consignee.name,
        descriptions_text(declaration),
        " | ".join(f"{item.name or item.what}: {item.reason}" for item in screening.coverage.not_checked),
        str(len(all_problems(screening))),
        date_text(versions.legal_date if versions is not None else None),
        "" if source is None else source.file,
        "" if source is None or source.line is None else str(source.line),
    ]
