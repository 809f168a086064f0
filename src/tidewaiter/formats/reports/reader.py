"""Bytes of a report, of a kind told by its content, to `Report` values. What cannot be read is a result with a located problem.

Pages, PDFs and mails are taken apart in a child process (`sandbox`), plain text and tables here. No clock is read.
"""

from __future__ import annotations

import hashlib
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from tidewaiter.formats.reports.blocks import Extract
from tidewaiter.formats.reports.clean import clean
from tidewaiter.formats.reports.compose import compose
from tidewaiter.formats.reports.encoding import decode
from tidewaiter.formats.reports.plain import plain_blocks
from tidewaiter.formats.reports.sandbox import Sandbox
from tidewaiter.formats.reports.table import is_table, table_rows
from tidewaiter.formats.reports.words import WordTable
from tidewaiter.model import InputError, Problem
from tidewaiter.model.claims import Report

MAX_BYTES = 20_000_000
EXPECTED = "plain text, HTML, PDF, EML, or a CSV of texts"
_BINARY = (
    *(b"\x89PNG", b"\xff\xd8\xff", b"\x7fELF", b"MZ", b"GIF8", b"SQLite format 3", b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0"),
    *(b"\x1f\x8b", b"BZh", b"7z\xbc\xaf", b"\xfd7zXZ", b"Rar!", b"{\\rtf"),
)  # fmt: skip
_PAGE = re.compile(rb"\s*(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]{0,300}>\s*)?(?:<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html|head|body|article|main|section|div|p|h1|meta|title|span|table|figure|blockquote)\b", re.I | re.S)  # fmt: skip
_HEADER = re.compile(rb"(?:(?:from|to|subject|date|mime-version|received|return-path|delivered-to|message-id|content-type|x-[\w-]+|dkim-signature|reply-to|authentication-results|list-id):[^\n]*\r?\n(?:[ \t][^\n]*\r?\n)*){2,}", re.I)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Reading:
    """What came of one document: a report, or None with an error among the problems."""

    report: Report | None
    problems: tuple[Problem, ...] = ()


class ReportReader:
    """Reads documents one after another with the same words and the same child process. Use it as a context."""

    def __init__(self, words: WordTable, *, max_bytes: int = MAX_BYTES, sandbox: Sandbox | None = None) -> None:
        """Prepare a reader.

        Args:
            words: words of bylines, captions and page furniture.
            max_bytes: a larger file is not read.
            sandbox: where pages, PDFs and mails are read; its own if not given.
        """
        self.words = words
        self.max_bytes = max_bytes
        self.sandbox = sandbox or Sandbox()

    def __enter__(self) -> ReportReader:
        return self

    def __exit__(self, *_: object) -> None:
        self.sandbox.close()

    def read(self, source: Path | bytes, name: str = "", *, retrieved: date | None = None) -> Iterator[Reading]:
        """Yield the report of a document, or the reports of a table of texts.

        Args:
            source: a path, `Path("-")` for standard input, or the bytes.
            name: for messages and `Report.source`; the path if not given.
            retrieved: the day on which it was fetched, if known.
        """
        name = name or (
            "input" if isinstance(source, bytes) else "standard input" if str(source) == "-" else str(source)
        )
        try:
            data = self._bytes(source)
            kind = _kind(data, name)
            if kind in ("page", "PDF", "mail"):
                extract = self.sandbox.read(kind, data)
                problems: list[Problem] = []
            else:
                text, problems = _text(data, name)
                if is_table(text, name):
                    yield from self._table(text, name, problems, retrieved)
                    return
                done = clean(text)
                extract = Extract(plain_blocks(done.text), notes=done.notes)
            digest = hashlib.sha256(data).hexdigest()
            yield self._reading(extract, name, digest, retrieved, problems)
        except InputError as error:
            yield Reading(None, (Problem("report.unreadable", str(error), "error", name),))

    def _bytes(self, source: Path | bytes) -> bytes:
        if isinstance(source, bytes):
            data = source[: self.max_bytes + 1]
        elif str(source) == "-":
            data = sys.stdin.buffer.read(self.max_bytes + 1)
        else:
            data = _file(source, self.max_bytes)
        if len(data) > self.max_bytes:
            raise InputError(f"larger than {self.max_bytes / 1e6:g} MB; raise --max-mb if it is a report")
        if not data.strip():
            raise InputError(f"the file is empty; expected {EXPECTED}")
        return data

    def _table(self, text: str, name: str, problems: list[Problem], retrieved: date | None) -> Iterator[Reading]:
        seen: set[str] = set()
        for row in table_rows(text, name):
            if row.extract is None:
                yield Reading(None, (*problems, *row.problems))
                problems = []
                continue
            reading = self._reading(row.extract, f"{name}:{row.line}", row.sha256, retrieved, problems)
            problems = []
            if row.id and row.id in seen:
                repeated = Problem("report.id-repeated", "the id stands above already; the row's hash is its id", "warning", name, row.line, "id", row.id)  # fmt: skip
                reading = replace(reading, problems=(*reading.problems, repeated))
            elif row.id and reading.report is not None:
                seen.add(row.id)
                reading = replace(reading, report=replace(reading.report, id=row.id))
            yield reading

    def _reading(
        self, extract: Extract, source: str, digest: str, retrieved: date | None, problems: list[Problem]
    ) -> Reading:
        report = compose(extract, self.words, source, digest, retrieved)
        if not report.passages:
            return Reading(
                None, (*problems, Problem("report.no-text", "nothing is left but page furniture", "error", source))
            )
        cut = [Problem("report.cut", note, "warning", source) for note in report.notes if note.startswith("cut after")]
        return Reading(report, (*problems, *cut))


def _file(path: Path, limit: int) -> bytes:
    try:
        if path.is_dir():
            raise InputError("this is a folder; give its files")
        with path.open("rb") as handle:
            return handle.read(limit + 1)
    except (OSError, ValueError) as error:
        raise InputError(f"cannot be read: {getattr(error, 'strerror', None) or error}") from error


def _kind(data: bytes, name: str) -> str:
    """Tell the kind by content; a name decides only between plain text and what looks like nothing else."""
    head = data[:4096]
    if b"%PDF-" in head[:1024]:
        return "PDF"
    if head.startswith(_BINARY):
        raise InputError(f"this kind of file is not read; expected {EXPECTED}")
    if _PAGE.match(head):
        return "page"
    if _HEADER.match(data[:65536]) or (name.casefold().endswith(".eml") and re.match(rb"[A-Za-z-]+:", head)):
        return "mail"
    if name.casefold().endswith((".html", ".htm", ".xhtml")) and b"<" in head:
        return "page"
    return "text"


def _text(data: bytes, name: str) -> tuple[str, list[Problem]]:
    text = decode(data)
    if text.is_binary:
        raise InputError(f"this is not text; expected {EXPECTED}")
    problems = []
    if not text.encoding.startswith("utf-8"):
        problems.append(Problem("format.encoding", f"read as {text.encoding} ({text.why})", "note", name))
    if text.damaged:
        problems.append(Problem("format.encoding", f"{text.damaged} bytes that do not fit the encoding were replaced", "warning", name))  # fmt: skip
    return text.text, problems


def read_reports(
    source: Path | bytes,
    name: str = "",
    *,
    words: WordTable,
    retrieved: date | None = None,
    max_bytes: int = MAX_BYTES,
) -> Iterator[Reading]:
    """Yield the reports of one file: one, or as many as a table of texts has rows.

    For many files keep one `ReportReader`, which keeps its child process.
    """
    with ReportReader(words, max_bytes=max_bytes) as reader:
        yield from reader.read(source, name, retrieved=retrieved)
