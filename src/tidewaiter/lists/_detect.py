"""Tell what list a file is by its content, and read files given together."""

from __future__ import annotations

import csv
import gzip
import io
import re
import zlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from tidewaiter.lists import _csl, _ofac, _simple, _un
from tidewaiter.lists._parsing import Imported
from tidewaiter.model import ListError, Problem

_FILE_DATE = re.compile(r"(?<!\d)(20\d\d)-(\d\d)-(\d\d)(?!\d)")
_GZIP = b"\x1f\x8b"
MAX_BYTES = 400_000_000

Named = tuple[str, bytes]


def unpacked(name: str, content: bytes) -> bytes:
    """Return the content, decompressed when it is gzip.

    Raises:
        ListError: When the gzip data is damaged or unpacks to more than any list could be.
    """
    if not content.startswith(_GZIP):
        return content
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(content)) as stream:
            data = stream.read(MAX_BYTES + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise ListError(f"{name}: the gzip data is damaged: {error}") from error
    if len(data) > MAX_BYTES:
        raise ListError(f"{name}: the file unpacks to more than {MAX_BYTES // 1_000_000} MB; no list is that long")
    return data


def file_date(name: str) -> date | None:
    """Return the date in a file name (`sdn_2024-05-03.csv`), if there is one."""
    found = _FILE_DATE.search(name)
    if found is None:
        return None
    try:
        return date(int(found.group(1)), int(found.group(2)), int(found.group(3)))
    except ValueError:
        return None


def read_files(named: Sequence[Named]) -> list[Imported]:
    """Read list files, OFAC parts together.

    Args:
        named: (file name, content) pairs; gzip is unpacked.

    Returns:
        One imported list for each list found; `dated` is what the content states.

    Raises:
        ListError: When a file is not a list we know, or is one and cannot be read.
    """
    found: list[Imported] = []
    ofac: dict[str, Named] = {}
    for name, raw in named:
        content = unpacked(name, raw)
        part = _ofac_part(content)
        if part:
            if part in ofac:
                raise ListError(f"{name}: two files of OFAC {part} were given; import lists one after the other")
            ofac[part] = (name, content)
        else:
            found.append(_read_one(name, content))
    if ofac:
        found.append(_read_ofac(ofac))
    return found


def _read_ofac(parts: dict[str, Named]) -> Imported:
    """Read OFAC parts; a list is as old as its oldest part, by the file names."""
    imported = _ofac.read_ofac(parts)
    dates = {name: file_date(name) for name, _ in parts.values()}
    known = sorted(dated for dated in dates.values() if dated is not None)
    if len(known) < len(dates) or not known:
        return imported
    if known[0] == known[-1]:
        return replace(imported, dated=known[0])
    note = Problem(
        "list.mixed-dates",
        f"the files are of different dates ({known[0]} to {known[-1]}); the list counts as of the oldest",
        "warning",
    )
    return replace(imported, dated=known[0], problems=(*imported.problems, note))


def _ofac_part(content: bytes) -> str:
    head = content[:4000]
    if head.lstrip().startswith(b'{"entity_id"'):
        return _ofac.NAMES
    line = head.split(b"\n", 1)[0]
    if line[:1].isdigit():
        return _ofac.kind_of_csv(_ofac.rows_of(line))
    return ""


def _read_one(name: str, content: bytes) -> Imported:
    head = content[:2000].lstrip(b"\xef\xbb\xbf \r\n\t")
    if head.startswith(b"<"):
        if b"CONSOLIDATED_LIST" in head:
            return _un.read_un(name, content)
        raise _unknown(name, "an XML file that is not the UN consolidated list")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _unknown(name, f"text that is not UTF-8 (byte {error.start})") from error
    body = next((line for line in text.splitlines() if line.strip() and not line.startswith("#")), "")
    if body.startswith("{"):
        if '"list_id"' in body:
            return _simple.read_simple(name, text)
        raise _unknown(name, "JSON Lines without list_id")
    header = next(csv.reader([body]), [])
    if _csl.is_csl(header):
        return _csl.read_csl(name, text)
    if _simple.is_simple(header):
        return _simple.read_simple(name, text)
    raise _unknown(name, f"a header {', '.join(header[:5])[:80]!r}" if header else "nothing")


def _unknown(name: str, read: str) -> ListError:
    return ListError(
        f"{name}: not a party list we know: read {read}, expected OFAC SDN, ADD, ALT or CONS_PRIM CSV, the US Consolidated "
        "Screening List CSV, the UN consolidated XML, or our simple CSV or JSON Lines with list_id and name"
    )
