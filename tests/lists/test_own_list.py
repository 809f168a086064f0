"""A list of one's own: whatever its columns are called, and in whatever script the office writes."""

from __future__ import annotations

from pathlib import Path

import pytest

from tidewaiter.lists import Imported, read_files
from tidewaiter.lists._columns import fields_of, is_own
from tidewaiter.model import ListError

FIXTURES = Path(__file__).parent / "fixtures"


def read(text: str | bytes, **columns: str) -> Imported:
    content = text if isinstance(text, bytes) else text.encode()
    (imported,) = read_files([("own.csv", content)], columns)
    return imported


@pytest.mark.parametrize(
    ("header", "row"),
    [
        ("Name,Date of Birth,Country,Passport No", "Ann Example,31/05/1970,Germany,X1234567"),
        ("FULL_NAME;DOB;country_code;passport", "Ann Example;1970-05-31;DE;X1234567"),
        ("ФИО\tДата рождения\tСтрана\tПаспорт", "Ann Example\t31.05.1970\tГермания\tX1234567"),
        ("姓名|出生日期|国家|护照", "Ann Example|1970-05-31|德国|X1234567"),
        ("Nombre;Fecha de nacimiento;País;Passport", "Ann Example;31 May 1970;Alemania;X1234567"),
    ],
)
def test_columns_are_known_by_many_names_and_separators(header: str, row: str) -> None:
    (party,) = read(f"{header}\n{row}\n").parties
    assert (party.names[0].text, party.birth_dates, party.countries, party.identifiers) == (
        "Ann Example", ("1970-05-31",), ("DE",), (("passport", "X1234567"),),
    )  # fmt: skip


def test_a_german_office_list() -> None:
    imported = read((FIXTURES / "own.csv").read_bytes())
    person, firm = imported.parties
    assert (person.names[0].text, person.schema, person.birth_dates) == ("Zorvan Quillmark", "Person", ("1968-02-27",))
    assert person.addresses == ("Nirgendgasse 1, 00001, Testville",)
    assert (firm.schema, firm.identifiers) == ("Organization", (("INN", "7700000000"),))
    assert [problem.line for problem in imported.problems if problem.severity == "error"] == [4]
    assert [problem.field for problem in imported.problems if problem.severity == "note"] == ["farbe"]


def test_a_user_states_which_column_is_what() -> None:
    text = "Betroffener,Grund\nAnn Example,Hausverbot\n"
    with pytest.raises(ListError, match="not a party list we know"):
        read(text)
    (party,) = read(text, name="Betroffener", legal_basis="Grund").parties
    assert (party.names[0].text, party.legal_basis) == ("Ann Example", "Hausverbot")


def test_a_row_without_an_id_keeps_the_same_one_whatever_the_order() -> None:
    one, two = read("name\nAnn Example\nBob Example\n"), read("name\nBob Example\nAnn Example\n")
    assert {party.list_id for party in one.parties} == {party.list_id for party in two.parties}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_old_encodings_are_read(encoding: str) -> None:
    imported = read("name;country\nJosé Müller-Exämple;Österreich\n".encode(encoding))
    assert imported.parties[0].names[0].text == "José Müller-Exämple"
    assert imported.parties[0].countries == ("AT",)
    assert [problem.code for problem in imported.problems] == (["list.encoding"] if encoding == "cp1252" else [])


def test_what_is_strange_in_a_row_is_said_and_the_row_kept() -> None:
    text = "name,type,birth_date,country\nAnn Example,robot,soon,Atlantis\nBob Example,ship,1970,DE,beyond\n"
    imported = read(text)
    assert [party.schema for party in imported.parties] == ["", "Vessel"]
    assert {(problem.code, problem.line) for problem in imported.problems} == {
        ("list.schema", 2), ("list.birth-date", 2), ("list.country", 2), ("list.row-width", 3),
    }  # fmt: skip


def test_json_lines_may_hold_numbers_and_lists() -> None:
    text = '{"id": 7, "name": "Ann Example", "aliases": ["A. Example", null], "weak_alias": "Annie", "dob": 1970}\n{"id": 8\n'
    imported = read(text)
    (party,) = imported.parties
    assert (party.list_id, party.birth_dates) == ("7", ("1970",))
    assert [(name.text, name.kind) for name in party.names] == [
        ("Ann Example", "primary"), ("A. Example", "alias"), ("Annie", "weak-alias"),
    ]  # fmt: skip
    assert [(problem.code, problem.line) for problem in imported.problems] == [("list.row", 2)]


def test_a_name_column_is_what_makes_a_list() -> None:
    assert is_own(["id", "Full Name"])
    assert not is_own(["description", "hs", "value"])
    assert fields_of(["Reference", "id", "name"])["id"] == "list_id"
