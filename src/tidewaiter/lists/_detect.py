"""Tell what list a file is by its content, and read files given together."""

from __future__ import annotations

import csv
import gzip
import io
import re
import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from tidewaiter.lists import (
    _canada,
    _csl,
    _dfat,
    _dpl,
    _eu,
    _ftm,
    _ofac,
    _ofac_advanced,
    _ofac_enhanced,
    _ofac_xml,
    _seco,
    _simple,
    _uk,
    _uk_ofsi,
    _un,
)
from tidewaiter.lists._columns import is_own
from tidewaiter.lists._parsing import Imported
from tidewaiter.lists._tables import Table, decode, key_of, separator
from tidewaiter.lists._xml import root_name
from tidewaiter.model import ListError, Problem

_FILE_DATE = re.compile(r"(?<!\d)(20\d\d)-(\d\d)-(\d\d)(?!\d)")
_GZIP, _ZIP = b"\x1f\x8b", b"PK\x03\x04"
_HEADER_LINES = 3
MAX_BYTES = 400_000_000

Named = tuple[str, bytes]

_XML_ROOTS: dict[str, Callable[[str, bytes], Imported]] = {
    "CONSOLIDATED_LIST": _un.read_un,
    "sdnList": _ofac_xml.read_sdn_xml,
    "Sanctions": _ofac_advanced.read_advanced,
    "sanctionsData": _ofac_enhanced.read_enhanced,
    "export": _eu.read_eu_xml,
    "Designations": _uk.read_uk_xml,
    "ArrayOfFinancialSanctionsTarget": _uk_ofsi.read_ofsi_xml,
    "swiss-sanctions-list": _seco.read_seco,
    "data-set": _canada.read_canada,
}
_KNOWN = (
    "OFAC SDN or consolidated (CSV parts, XML, advanced or enhanced XML), the US Consolidated Screening List (CSV, JSON), BIS "
    "Denied Persons text, the UN, EU, UK, Swiss, Canadian or Australian list as published, FollowTheMoney JSON Lines, or "
    "a CSV or JSON Lines of your own with a name column"
)


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


def read_files(named: Sequence[Named], columns: Mapping[str, str] | None = None) -> list[Imported]:
    """Read list files, OFAC parts together.

    Args:
        named: (file name, content) pairs; gzip is unpacked.
        columns: Our field to column name, for a list of one's own.

    Returns:
        One imported list for each list found; `dated` is what the content states, else what the file name does.

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
            imported = _read_one(name, content, columns)
            found.append(imported if imported.dated is not None else replace(imported, dated=file_date(name)))
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
    head = content[:4000].removeprefix(b"\xef\xbb\xbf")
    if head.lstrip().startswith(b'{"entity_id"'):
        return _ofac.NAMES
    line = head.split(b"\n", 1)[0]
    if line[:1].isdigit():
        return _ofac.kind_of_csv(_ofac.rows_of(line))
    return ""


def _read_one(name: str, content: bytes, columns: Mapping[str, str] | None) -> Imported:
    if content.startswith(_ZIP):
        return _dfat.read_dfat_workbook(name, content)
    head = content[:2000].lstrip(b"\xef\xbb\xbf\xff\xfe\x00 \r\n\t")
    if head.startswith(b"<"):
        root = root_name(name, content)
        if root not in _XML_ROOTS:
            raise _unknown(name, f"XML whose outermost element is {root[:60]!r}")
        return _XML_ROOTS[root](name, content)
    if head.startswith(b"[") or (head.startswith(b"{") and b'"results"' in content[:100_000]):
        return _csl.read_csl_json(name, content)
    text, notes = decode(name, content)
    imported = _read_text(name, content, text, columns)
    return replace(imported, problems=(*notes, *imported.problems)) if notes else imported


def _read_text(name: str, content: bytes, text: str, columns: Mapping[str, str] | None) -> Imported:
    lines = text[:100_000].splitlines()
    body = [line for line in lines if line.strip() and not line.startswith("#")][:_HEADER_LINES]
    if body and body[0].lstrip().startswith("{"):
        if '"schema"' in body[0] and '"properties"' in body[0]:
            return _ftm.read_ftm(name, content)
        if '"name"' in body[0] or columns:
            return _simple.read_simple(name, text, columns)
        raise _unknown(name, "JSON Lines without a name")
    for skipped, line in enumerate(body):
        header = _header(line)
        keys = [key_of(column) for column in header]
        above = lines[:skipped]
        if _csl.is_csl(header):
            return _csl.read_csl(name, text)
        if _eu.is_eu_csv(keys):
            return _eu.read_eu_csv(name, Table(name, text, skip=skipped))
        if _uk.is_uk_csv(keys):
            return _uk.read_uk_csv(name, Table(name, text, skip=skipped), " ".join(above))
        if _uk_ofsi.is_ofsi_csv(keys):
            return _uk_ofsi.read_ofsi_csv(name, Table(name, text, skip=skipped), " ".join(above))
        if _dfat.is_dfat(keys):
            return _dfat.read_dfat_csv(name, Table(name, text, skip=skipped))
        if _dpl.is_dpl(keys):
            return _dpl.read_dpl(name, Table(name, text, skip=skipped))
    header = _header(body[0]) if body else []
    if _ftm.is_simple_targets([key_of(column) for column in header]):
        return _ftm.as_opensanctions(_simple.read_simple(name, text, columns))
    if is_own(header, columns):
        return _simple.read_simple(name, text, columns)
    raise _unknown(name, f"a header {', '.join(header[:5])[:80]!r}" if header else "nothing")


def _header(line: str) -> list[str]:
    try:
        return [cell.strip() for cell in next(csv.reader([line], delimiter=separator(line)), [])]
    except csv.Error:
        return []


def _unknown(name: str, read: str) -> ListError:
    return ListError(f"{name}: not a party list we know: read {read}, expected {_KNOWN}")
