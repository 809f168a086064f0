"""What the tests of reports share: one reader with one child process, and a way to write a small PDF."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator

import pytest
from tests.conftest import ROOT

from tidewaiter.formats.reports import Reading, ReportReader
from tidewaiter.model.claims import Report
from tidewaiter.service.reports.words import load_page_words

Read = Callable[..., Reading]
ReadReport = Callable[..., Report]


@pytest.fixture(scope="session")
def reader() -> Iterator[ReportReader]:
    """One reader for all tests."""
    with ReportReader(load_page_words(ROOT / "packs")) as opened:
        yield opened


@pytest.fixture
def read(reader: ReportReader) -> Read:
    """Read one document from bytes or text."""

    def one(data: bytes | str, name: str = "x") -> Reading:
        (reading,) = reader.read(data.encode() if isinstance(data, str) else data, name)
        return reading

    return one


@pytest.fixture
def report(read: Read) -> ReadReport:
    """Read one document that must be readable."""

    def one(data: bytes | str, name: str = "x") -> Report:
        reading = read(data, name)
        assert reading.report is not None, reading.problems
        return reading.report

    return one


def passages(report: Report) -> list[tuple[str, str]]:
    """Return (kind, text) of every passage."""
    return [(passage.kind, report.text[passage.start : passage.end]) for passage in report.passages]


def pdf(content: bytes, *, filters: bytes = b"/FlateDecode", trailer: bytes = b"", info: bytes = b"") -> bytes:
    """Return a PDF of one page with this packed content stream."""
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d/Filter %s>>stream\n" % (len(content), filters) + content + b"\nendstream",
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        b"<<" + info + b">>",
    ]
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    table = b"xref\n0 7\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % place for place in places)
    return out + table + b"trailer<</Size 7/Root 1 0 R/Info 6 0 R%s>>\nstartxref\n%d\n%%%%EOF" % (trailer, len(out))


def lines_pdf(*lines: str, **more: bytes) -> bytes:
    """Return a PDF with these lines."""
    shown = b" T* ".join(b"(" + line.encode("latin-1") + b") Tj" for line in lines)
    return pdf(zlib.compress(b"BT /F1 12 Tf 50 700 Td 14 TL " + shown + b" ET"), **more)
