"""A PDF to an extract, by pypdf. Runs in the child process of `sandbox`; its streams are bounded when they are unpacked."""

from __future__ import annotations

import io
import logging
import re
from collections import Counter
from collections.abc import Iterator, Sequence, Set
from typing import Any

from pypdf import PdfReader, apply_configuration
from pypdf.errors import PyPdfError

from tidewaiter.formats.reports.blocks import Block, Extract
from tidewaiter.model import InputError

MAX_PAGES = 300
MAX_TEXT = 1_000_000
MAX_STREAM = 20_000_000
_BOUNDS: dict[str, Any] = {
    "zlib_maximum_output_length": MAX_STREAM,
    "lzw_maximum_output_length": MAX_STREAM,
    "run_length_maximum_output_length": MAX_STREAM,
    "brotli_maximum_output_length": MAX_STREAM,
    "array_based_stream_maximum_output_length": MAX_STREAM,
    "maximum_declared_stream_length": MAX_STREAM,
    "stream_decoding_work_maximum_length": 4 * MAX_STREAM,
    "stream_parsing_work_maximum_count": 300_000,
    "xform_maximum_invocations_per_extraction": 500,
    "jbig2dec_binary": None,
    "disable_legacy_handling": True,
}
_DIGITS = re.compile(r"\d+")
_SENTENCE_END = re.compile(r"[.!?…:][\"'»”’)\]]*$")
_STAMP = re.compile(r"D:(\d{4})(\d{2})?(\d{2})?")


def read_pdf(data: bytes) -> Extract:
    """Return the text of a PDF and what its own data say.

    Raises:
        InputError: encrypted, broken, unpacked too large, or without text.
    """
    logging.disable(logging.CRITICAL)
    try:
        with apply_configuration(**_BOUNDS):
            reader = _open(data)
            title, author, made = _facts(reader)
            pages, cut = _pages(reader)
    except (
        PyPdfError,
        ValueError,
        TypeError,
        KeyError,
        IndexError,
        AttributeError,
        OverflowError,
        ZeroDivisionError,
        AssertionError,
    ) as error:
        raise InputError(f"not readable as a PDF: {str(error)[:200] or type(error).__name__}") from error
    except (RecursionError, NotImplementedError, OSError) as error:
        raise InputError(f"not readable as a PDF: {type(error).__name__}") from error
    blocks = tuple(_blocks(pages))
    if not blocks:
        raise InputError("no text in this PDF; it may hold pictures of pages, which are not read")
    notes = ["read from a PDF: lines were joined to paragraphs, words parted at a line's end put together"]
    notes += [f"cut after {MAX_PAGES} pages or {MAX_TEXT:,} characters"] if cut else []
    notes += [f"the file was made on {made}, which need not be the day of publication"] if made else []
    return Extract(blocks=blocks, title=title, byline=author, notes=tuple(notes))


def _open(data: bytes) -> PdfReader:
    reader = PdfReader(io.BytesIO(data), strict=False)
    if reader.is_encrypted:
        try:
            opened = reader.decrypt("")
        except Exception as error:  # a cipher that needs a library we do not ask for
            raise InputError(
                "the PDF is encrypted with a cipher that is not read; save it without a password"
            ) from error
        if not opened:
            raise InputError("the PDF is encrypted and needs a password; save it without one")
    return reader


def _facts(reader: PdfReader) -> tuple[str, str, str]:
    """Return title, author and day of making. A title that is a file's name or an author that is a program is none."""
    data: Any = reader.metadata or {}
    title, author = (str(data.get(key) or "").strip() for key in ("/Title", "/Author"))
    made = _STAMP.match(str(data.get("/CreationDate") or ""))
    day = "-".join(part for part in made.groups() if part) if made is not None else ""
    is_name = re.search(r"\.(docx?|pdf|indd|odt|qxd|html?)$|^(microsoft word|untitled)", title, re.I) is not None
    return "" if is_name else title[:300], author[:120], day


def _pages(reader: PdfReader) -> tuple[list[list[str]], bool]:
    """Return the lines of each page, and whether something was cut."""
    pages: list[list[str]] = []
    room = MAX_TEXT
    for number, page in enumerate(reader.pages):
        if number >= MAX_PAGES or room <= 0:
            return _without_edges(pages), True
        lines = [line.strip() for line in page.extract_text().splitlines()]
        room -= sum(map(len, lines))
        pages.append(lines)
    return _without_edges(pages), False


def _without_edges(pages: Sequence[Sequence[str]]) -> list[list[str]]:
    """Take out the first and last lines that most pages share but for a number: running heads and page numbers."""
    if len(pages) < 3:
        return [list(page) for page in pages]
    filled = [[line for line in page if line] for page in pages]
    seen = Counter(_DIGITS.sub("#", line) for page in filled for line in {*page[:2], *page[-2:]})
    common = {line for line, count in seen.items() if count > len(pages) / 2}
    return [_trimmed(page, common) for page in pages]


def _trimmed(page: Sequence[str], common: Set[str]) -> list[str]:
    """Take common lines from the two first and two last lines of a page, and from nowhere else."""
    lines = list(page)
    for position in (0, -1):
        for _ in range(2):
            while lines and not lines[position]:
                lines.pop(position)
            if lines and _DIGITS.sub("#", lines[position]) in common:
                lines.pop(position)
    return lines


def _blocks(pages: Sequence[Sequence[str]]) -> Iterator[Block]:
    """Join lines to paragraphs: a line clearly shorter than the page is wide and closed by a full stop ends one, so does a blank line."""
    lines = [line for page in pages for line in page]
    lengths = sorted(len(line) for line in lines if line)
    width = lengths[int(0.9 * (len(lengths) - 1))] if lengths else 0
    current = ""
    first = True
    for line in lines:
        if not line:
            if current and (_SENTENCE_END.search(current) or first):
                yield Block("headline" if first and len(current) < 250 else "body", current)
                current, first = "", False
            continue
        current = _joined(current, line)
        if first and len(line) < 0.8 * width and len(current) < 250:
            yield Block("headline", current)
            current, first = "", False
        elif _ends_paragraph(line, width):
            yield Block("body", current)
            current, first = "", False
    if current:
        yield Block("body", current)


def _ends_paragraph(line: str, width: int) -> bool:
    if len(line) < 0.8 * width:
        return _SENTENCE_END.search(line) is not None or len(line) < 0.5 * width
    return False


def _joined(before: str, line: str) -> str:
    if not before:
        return line
    if before.endswith("-") and line[:1].islower() and before[-2:-1].isalpha():
        return before[:-1] + line
    return f"{before} {line}"
