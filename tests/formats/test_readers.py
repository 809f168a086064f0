"""Readers: every kind of file to the same declarations, located problems, and no bytes that raise anything else."""

from __future__ import annotations

import contextlib
import io
import json
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.conftest import ROOT

from tidewaiter.formats import Rejected, check_digit, from_object, load_mapping, open_declarations, parse_s10, to_object
from tidewaiter.formats.values import read_date, read_number
from tidewaiter.model import Declaration, Document, GoodsLine, InputError, Party, Source

HEADER = (
    "id,consignor_name,consignor_country,consignee_country,description,hs,quantity,net_mass_g,value,currency,origin\n"
)
ROW = 'LX806576725TW,Анна,RU,CN,тарелка,691110,2,1200,"12,50",EUR,RU\n'


def read(content: bytes, name: str = "x.csv", tmp: Path | None = None) -> list[Declaration | Rejected]:
    return list(open_declarations(io.BytesIO(content), name=name))  # type: ignore[arg-type]


def one(content: bytes) -> Declaration:
    found = read(content)
    assert len(found) == 1
    assert isinstance(found[0], Declaration), found[0]
    return found[0]


@pytest.mark.parametrize(("serial", "digit"), [("47312482", "9"), ("80657672", "5"), ("00000001", "4")])
def test_s10_check_digits_follow_the_upu_vectors(serial: str, digit: str) -> None:
    assert check_digit(serial) == digit


def test_an_s10_identifier_is_read_with_spaces_and_hyphens() -> None:
    found = parse_s10("LX 80657672-5 TW")
    assert found is not None
    assert (found.valid, found.country) == (True, "TW")
    assert parse_s10("1Z999AA10123456784") is None


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1251"])
def test_every_encoding_gives_the_same_words(encoding: str) -> None:
    found = one((HEADER + ROW * 1 + "").encode(encoding))
    assert found.lines[0].description == "тарелка"
    assert found.lines[0].value == Decimal("12.50")


def test_gbk_is_told_apart_from_cp1251() -> None:
    text = HEADER + "A1,王伟,CN,DE,手机壳 陶瓷杯 运动鞋 儿童玩具,392690,1,90,8.00,USD,CN\n"
    assert one(text.encode("gbk")).lines[0].description.startswith("手机壳")


def test_a_preamble_and_names_in_other_languages_are_understood() -> None:
    text = "Реестр отправлений;;;\nДата;01.09.2026;;\n\nНомер отправления;Описание;Страна получателя;Вес кг\nA1;чай;Германия;1,5\n"
    found = one(text.encode())
    assert (found.lines[0].description, found.consignee.country, found.lines[0].net_mass_g) == (
        "чай",
        "DE",
        Decimal("1500.0"),
    )


def test_codes_and_namibia_stay_what_they_are() -> None:
    found = one((HEADER + "1E001,B,NA,NO,tea,0902100000,1,5,1,EUR,NA\n").encode())
    assert (found.id, found.consignor.country, found.consignee.country, found.lines[0].hs) == (
        "1E001",
        "NA",
        "NO",
        "0902100000",
    )


def test_rows_of_one_id_are_one_item() -> None:
    rows = HEADER + ROW + ROW.replace("тарелка", "чашка") + ROW.replace("LX806576725TW", "B2")
    found = read(rows.encode())
    assert [len(item.lines) for item in found if isinstance(item, Declaration)] == [2, 1]


def test_a_bad_value_is_located_and_the_rest_goes_on() -> None:
    rows = HEADER + ROW.replace("1200", "ein Pfund") + ROW.replace("LX806576725TW", "B2")
    first, second = read(rows.encode())
    assert isinstance(first, Declaration)
    problem = next(p for p in first.problems if p.code == "format.number")
    assert (problem.line, problem.field, problem.read) == (2, "net_mass_g", "ein Pfund")
    assert "number" in problem.expected
    assert first.lines[0].description == "тарелка"
    assert isinstance(second, Declaration)


def test_an_empty_item_is_rejected_with_its_reason() -> None:
    reader = open_declarations(io.BytesIO((HEADER + "B2,,,,,,,,,,\n" + ROW).encode()), name="x.csv")  # type: ignore[arg-type]
    found = list(reader)
    assert isinstance(found[0], Rejected)
    assert found[0].problems[-1].code == "format.empty"
    assert (reader.items, reader.rejected) == (2, 1)


def test_unknown_columns_pass_through() -> None:
    found = one(("lane," + HEADER + "north," + ROW).encode())
    assert ("lane", "north") in found.extra


def test_a_mapping_file_settles_what_names_cannot(tmp_path: Path) -> None:
    table, mapping = tmp_path / "a.csv", tmp_path / "map.yaml"
    table.write_text("Foo,Bar\nplate,DE\n", encoding="utf-8")
    mapping.write_text("{Foo: description, Bar: consignee_country}", encoding="utf-8")
    found = list(open_declarations(table, mapping=load_mapping(mapping)))
    assert isinstance(found[0], Declaration)
    assert (found[0].lines[0].description, found[0].consignee.country) == ("plate", "DE")
    mapping.write_text("{Foo: nonsense}", encoding="utf-8")
    with pytest.raises(InputError, match="nonsense"):
        load_mapping(mapping)


def test_a_workbook_keeps_codes_as_text(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Shipments of September"])
    sheet.append(["id", "description", "hs", "quantity", "net weight kg", "consignee country"])
    sheet.append(["1E001", "plates", "0902100000", 2, 1.5, "NO"])
    book.save(tmp_path / "a.xlsx")
    found = list(open_declarations(tmp_path / "a.xlsx"))
    assert isinstance(found[0], Declaration)
    line = found[0].lines[0]
    assert (found[0].id, line.hs, line.quantity, line.net_mass_g) == (
        "1E001",
        "0902100000",
        Decimal(2),
        Decimal("1500.0"),
    )


XML = """<?xml version="1.0"?><Message><MailObject><Id>LX806576725TW</Id><DestPostOrgCd>DE</DestPostOrgCd><Declaration>
<NatureTypeCd>31</NatureTypeCd><SenderName>Anna</SenderName><SenderCountryCd>RU</SenderCountryCd><RecipientName>Bert</RecipientName>
<ContentPieces><ContentPiece><Number>2</Number><Description>tea</Description><HS>090210</HS><NetWeight>0.5</NetWeight><Amount>7</Amount>
<CurrencyCd>EUR</CurrencyCd></ContentPiece></ContentPieces><Documents><Document><DocumentId>L-1</DocumentId><DocumentType>licence</DocumentType>
</Document></Documents></Declaration></MailObject></Message>"""


def test_itmatt_style_xml_is_read() -> None:
    found = one(XML.encode())
    assert (found.id, found.nature, found.consignor.name, found.consignee.country) == (
        "LX806576725TW",
        "gift",
        "Anna",
        "DE",
    )
    assert (found.lines[0].description, found.lines[0].net_mass_g) == ("tea", Decimal("500.0"))
    assert found.documents == (Document("licence", "L-1", ""),)


def test_xml_that_declares_entities_is_refused() -> None:
    bomb = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b"><!ENTITY c "&a;&a;">]><Item><ItemId>&c;</ItemId></Item>'
    with pytest.raises(InputError):
        read(bomb.encode())


def test_json_lines_and_upu_names_are_read() -> None:
    item = {
        "id": "A",
        "sender": {"name": "Anna", "country": "RU"},
        "addressee": {"name": "Bert", "country": "DE"},
        "contentPieces": [{"description": "tea", "quantity": 2}],
        "licence": 7,
    }
    found = one((json.dumps(item) + "\n").encode())
    assert (found.consignor.name, found.consignee.country, found.lines[0].quantity) == ("Anna", "DE", Decimal(2))
    broken = read(b'{"id": "A", "lines": []\n' + json.dumps(item).encode())
    assert isinstance(broken[0], Rejected)
    assert isinstance(broken[1], Declaration)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("12,50", "12.50"),
        ("1,500", "1500"),
        ("1.299,00 EUR", "1299.00"),
        ("$1,299.00", "1299.00"),
        ("R$29,97", "29.97"),
        ("1 500", "1500"),
        ("0,125", "0.125"),
    ],
)
def test_numbers_are_read_as_people_write_them(text: str, number: str) -> None:
    found = read_number(text)
    assert found is not None
    assert found[0] == Decimal(number)


def test_a_date_that_could_be_two_days_is_left_out() -> None:
    assert read_date("03/04/2026") == (None, "ambiguous")
    assert str(read_date("13/04/2026")[0]) == "2026-04-13"
    assert str(read_date("03.04.2026")[0]) == "2026-04-03"


TEXT = (
    st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "Zs")), min_size=1, max_size=12)
    .map(str.strip)
    .filter(lambda t: t and t.casefold() not in {"n/a", "-", "--", "nil", "none", "null"})
)


@settings(max_examples=60, deadline=None)
@given(TEXT, TEXT, TEXT, st.decimals(0, 10**6, places=2), st.sampled_from(["DE", "CN", "NA"]))
def test_a_declaration_survives_its_own_json_form(
    identifier: str, name: str, description: str, value: Decimal, country: str
) -> None:
    line = GoodsLine(description, "691110", Decimal(2), Decimal(5), value, "EUR", country)
    declared = Declaration(
        identifier, (line,), nature="gift", consignor=Party(name, country=country), source=Source("x", 1)
    )
    again = from_object(to_object(declared), Source("x", 1))
    assert isinstance(again, Declaration)
    assert (again.id, again.lines, again.consignor, again.nature) == (
        declared.id,
        declared.lines,
        declared.consignor,
        declared.nature,
    )


@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.binary(max_size=600),
    st.sampled_from(
        [b"", b"PK\x03\x04", b"<?xml version='1.0'?>", b"{", b"[", HEADER.encode(), b"\x1f\x8b", b"\xff\xfe"]
    ),
)
def test_no_bytes_raise_anything_but_a_located_problem(noise: bytes, start: bytes) -> None:
    with contextlib.suppress(InputError):
        for item in read(start + noise):
            assert isinstance(item, Declaration | Rejected)


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from(
        [XML.encode(), (HEADER + ROW).encode(), json.dumps({"id": "A", "lines": [{"description": "tea"}]}).encode()]
    ),
    st.integers(0, 10_000),
    st.binary(max_size=4),
)
def test_damaged_files_do_not_raise_either(content: bytes, at: int, noise: bytes) -> None:
    at %= len(content)
    with contextlib.suppress(InputError):
        read(content[:at] + noise + content[at + len(noise) :])


def test_the_example_file_reads_with_its_two_planted_problems() -> None:
    found = list(open_declarations(ROOT / "examples" / "declarations.csv"))
    codes = [p.code for item in found for p in item.problems]
    assert codes.count("format.s10-check-digit") == 1
    assert codes.count("format.number") == 1


def test_a_large_file_streams_in_little_memory(tmp_path: Path) -> None:
    import tracemalloc

    big = tmp_path / "big.csv"
    with big.open("w", encoding="utf-8") as handle:
        handle.write(HEADER)
        for number in range(60_000):
            handle.write(ROW.replace("LX806576725TW", f"B{number}"))
    tracemalloc.start()
    count = sum(1 for _ in open_declarations(big))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == 60_000
    assert peak < 60_000_000
