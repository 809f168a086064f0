"""No bytes given as a list file raise anything but a located list error, and nothing becomes active."""

from __future__ import annotations

import contextlib
import csv
import io
import tempfile
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tidewaiter.lists import ImportOptions, import_contents, list_codes, read_files
from tidewaiter.model import ListError

FIXTURES = sorted(path for path in (Path(__file__).parent / "fixtures").iterdir() if path.suffix != ".md")
CONTENTS = {path.name: path.read_bytes() for path in FIXTURES}
STARTS = [
    b"",
    b"<?xml version='1.0'?><CONSOLIDATED_LIST dateGenerated='2026-02-27'><INDIVIDUALS><INDIVIDUAL>",
    b'36,"ZZ EXAMPLE AIRLINES",-0- ,"CUBA",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- \r\n',
    b"_id,source,entity_number,type,programs,name,title,addresses,alt_names\n",
    b"list_id,schema,name\n1,Person,",
    b"\x1f\x8b",
    b"PK\x03\x04",
    b'{"',
    b'{"entity_id": 1, "names": [',
    b'{"results": [{"name": "x", "id": ',
    b'{"id":"x","schema":"Person","properties":',
    b"Report Date: 17-Mar-2026\nLast Updated,Unique ID,Name 6,Name type\n",
    b"\xff\xfe<\x00",
    b"\xef\xbb\xbfname;country\n",
]
QUIET = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def tried(name: str, content: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        directory = Path(folder)
        with contextlib.suppress(ListError):
            import_contents([(name, content)], directory, ImportOptions(date(2026, 1, 1), "fuzz"))
            return
        assert not directory.is_dir() or "fuzz" not in list_codes(directory)


@QUIET
@given(st.sampled_from(STARTS), st.binary(max_size=300))
def test_no_bytes_raise_anything_but_a_list_error(start: bytes, noise: bytes) -> None:
    tried("x.csv", start + noise)


@QUIET
@given(
    st.sampled_from(sorted(CONTENTS)),
    st.integers(0, 5000),
    st.integers(0, 60),
    st.one_of(
        st.binary(max_size=20),
        st.sampled_from(
            [b"<", b">", b'"', b"&", b";", b",", b"\x00", b"\xff", b"\n", b"</", b"[]", b"null", b"{", b"99"]
        ),
    ),
)
def test_a_published_file_damaged_anywhere_is_read_or_refused(name: str, at: int, length: int, what: bytes) -> None:
    content = CONTENTS[name]
    at %= len(content)
    tried(name, content[:at] + what + content[at + length :])


@pytest.mark.parametrize("name", [name for name in CONTENTS if name.endswith(".xml")])
def test_an_xml_file_cut_short_is_refused_with_its_line(name: str) -> None:
    content = CONTENTS[name]
    for cut in (len(content) // 2, len(content) - 20):
        with pytest.raises(ListError, match=rf"{name}.*(line \d+|end|premature|not)"):
            read_files([(name, content[:cut])])


BOMB = b"""<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">
<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;">]>"""
FILE_ENTITY = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize("prolog", [BOMB, FILE_ENTITY, b'<!DOCTYPE html SYSTEM "http://127.0.0.1:9/x.dtd">'])
@pytest.mark.parametrize("name", [name for name in CONTENTS if name.endswith(".xml")])
def test_no_list_may_declare_a_document_type(name: str, prolog: bytes) -> None:
    body = CONTENTS[name].partition(b"?>")[2].replace(b"Quillmark", b"&a;&d;")
    with pytest.raises(ListError, match="document type"):
        read_files([(name, prolog + body)])


def test_a_document_type_in_another_encoding_is_found_too() -> None:
    text = BOMB.decode().replace('version="1.0"', 'version="1.0" encoding="UTF-16"') + "<export>&d;</export>"
    with pytest.raises(ListError, match="document type"):
        read_files([("eu.xml", text.encode("utf-16"))])


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
@pytest.mark.parametrize("name", ["eu.csv", "uk.csv", "dfat.csv", "dpl.txt", "own.csv"])
def test_byte_order_marks_change_nothing(name: str, encoding: str) -> None:
    text = CONTENTS[name].decode("utf-8-sig")
    (plain,) = read_files([(name, text.encode("utf-8"))])
    (marked,) = read_files([(name, text.encode(encoding))])
    assert marked.parties == plain.parties


@pytest.mark.parametrize("name", ["eu.csv", "uk.csv", "conlist.csv", "dfat.csv", "dpl.txt"])
def test_missing_columns_cost_their_facts_only(name: str) -> None:
    needed = {"Entity_LogicalId", "NameAlias_WholeName", "Unique ID", "Name 6", "Name type", "Group ID", "Alias Type",
              "Reference", "Name of Individual or Entity", "Name", "Standard_Order", "FR_Citation", "Effective_Date"}  # fmt: skip
    mark = {"eu.csv": ";", "dpl.txt": "\t"}.get(name, ",")
    lines = CONTENTS[name].decode("utf-8-sig" if name != "conlist.csv" else "cp1252").splitlines()
    top = next(index for index, line in enumerate(lines) if line.count(mark) > 5)
    header = lines[top].split(mark)
    keep = [index for index, column in enumerate(header) if column.strip('"') in needed]

    rows = list(csv.reader(io.StringIO("\n".join(lines[top:])), delimiter=mark))
    out = io.StringIO()
    csv.writer(out, delimiter=mark).writerows([[row[index] for index in keep] for row in rows])
    (imported,) = read_files([(name, out.getvalue().encode())])
    assert len(imported.parties) >= 2
