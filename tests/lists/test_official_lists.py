"""Every official list in every form it is published in: what is kept of it, from invented files of the true shape."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from tidewaiter.lists import Imported, read_files, read_sources
from tidewaiter.lists._columns import FIELDS
from tidewaiter.model import ListedParty

FIXTURES = Path(__file__).parent / "fixtures"
PERSON, SHIP, FIRM = "person", "ship", "firm"
CASES = {
    # file: code, date stated inside, parties, what each kind of party is called there
    "sdn_plain.xml": ("us-sdn", date(2026, 3, 17), 2, {PERSON: "900001", SHIP: "900002"}),
    "sdn_enhanced.xml": ("us-sdn", date(2026, 3, 17), 1, {PERSON: "900001"}),
    "sdn_advanced.xml": ("us-sdn", date(2026, 3, 17), 2, {PERSON: "900001", FIRM: "900004"}),
    "csl.json": ("us-csl", date(2026, 3, 17), 2, {PERSON: "900001", FIRM: "el1"}),
    "eu.xml": ("eu", date(2026, 3, 17), 2, {PERSON: "EU.90001.1", FIRM: "EU.90002.1"}),
    "eu.csv": ("eu", date(2026, 3, 17), 2, {PERSON: "EU.90001.1", FIRM: "EU.90002.1"}),
    "uk.xml": ("uk", date(2026, 3, 17), 3, {PERSON: "ZZZ0001", SHIP: "ZZZ0003", FIRM: "ZZZ0002"}),
    "uk.csv": ("uk", date(2026, 3, 17), 3, {PERSON: "ZZZ0001", SHIP: "ZZZ0003", FIRM: "ZZZ0002"}),
    "conlist.csv": ("uk-ofsi", date(2022, 6, 3), 2, {PERSON: "90001", SHIP: "90003"}),
    "seco.xml": ("ch", date(2026, 3, 17), 2, {PERSON: "90001", SHIP: "90002"}),
    "sema.xml": ("ca", None, 3, {PERSON: "Russia/1, Part 1/901", SHIP: "Russia/7/3", FIRM: "Justice for Nobody Act/5"}),
    "dfat.csv": ("au", None, 2, {PERSON: "90001", SHIP: "90002"}),
    "dpl.txt": ("us-dpl", None, 2, {FIRM: "cdbb5f6496ea5bc3"}),
    "entities.ftm.json": ("opensanctions", None, 2, {PERSON: "zz-1", SHIP: "zz-2"}),
}
SCHEMAS = {PERSON: "Person", SHIP: "Vessel", FIRM: "Organization"}
WITH_PERSON = [name for name, case in CASES.items() if PERSON in case[3]]
WITH_SHIP = [name for name, case in CASES.items() if SHIP in case[3]]


def read(name: str) -> Imported:
    (imported,) = read_files([(name, (FIXTURES / name).read_bytes())])
    return imported


def party(name: str, kind: str) -> ListedParty:
    wanted = CASES[name][3][kind]
    return next(found for found in read(name).parties if found.list_id == wanted)


@pytest.mark.parametrize("name", CASES)
def test_each_list_is_told_by_its_content_and_dated_where_it_says_its_date(name: str) -> None:
    code, dated, count, known = CASES[name]
    imported = read(name)
    assert (imported.code, imported.dated, len(imported.parties)) == (code, dated, count)
    assert imported.title
    assert imported.publisher
    assert imported.licence
    assert all(found.list == code and found.source_list for found in imported.parties)
    assert {kind: party(name, kind).schema for kind in known} == {kind: SCHEMAS[kind] for kind in known}


@pytest.mark.parametrize("name", CASES)
def test_a_record_that_cannot_be_used_is_located_and_the_rest_is_kept(name: str) -> None:
    errors = [problem for problem in read(name).problems if problem.severity == "error"]
    assert errors
    assert all(problem.code == "list.row" and problem.file == name for problem in errors)
    located = [problem for problem in errors if problem.line is not None or problem.field]
    assert located


@pytest.mark.parametrize("name", WITH_PERSON)
def test_birth_dates_are_kept_with_their_alternatives_and_precision(name: str) -> None:
    dates = party(name, PERSON).birth_dates
    assert dates[0][:4] == "1968"
    assert len(dates) > 1 or name in ("sdn_enhanced.xml", "sdn_advanced.xml", "sema.xml")
    if name not in ("sdn_enhanced.xml", "sdn_advanced.xml"):
        assert dates[0] == "1968-02-27"
    if name in ("sdn_plain.xml", "eu.xml", "eu.csv", "seco.xml", "dfat.csv"):
        assert dates[1] == "~1969"


@pytest.mark.parametrize("name", WITH_PERSON)
def test_all_names_are_kept_and_a_weak_alias_stays_weak(name: str) -> None:
    names = {found.text: found.kind for found in party(name, PERSON).names}
    primary = [text for text, kind in names.items() if kind == "primary"]
    assert len(primary) == 1
    assert "quillmark" in primary[0].casefold()
    if name not in ("csl.json", "sema.xml"):
        assert [kind for text, kind in names.items() if "heron" in text.casefold()] == ["weak-alias"]
    if name in ("eu.xml", "uk.xml", "uk.csv", "sema.xml", "dfat.csv"):
        assert names["Зорван Квиллмарк"] == "alias"


@pytest.mark.parametrize("name", [name for name in WITH_PERSON if name != "sema.xml"])
def test_documents_are_kept_as_identifiers(name: str) -> None:
    numbers = {value: kind for kind, value in party(name, PERSON).identifiers}
    assert "passport" in numbers["ZQ0001112"].casefold()


@pytest.mark.parametrize("name", [name for name in WITH_SHIP if name != "csl.json"])
def test_a_ship_has_its_imo_number(name: str) -> None:
    assert ("IMO", "9000001") in party(name, SHIP).identifiers


@pytest.mark.parametrize(
    ("name", "kind", "number"),
    [
        ("eu.xml", PERSON, ("INN", "7700000000")),
        ("seco.xml", PERSON, ("INN", "7700000000")),
        ("uk.xml", FIRM, ("INN", "7700000000")),
        ("uk.xml", FIRM, ("registration number", "1027700000000")),
        ("uk.csv", FIRM, ("OGRN", "1027700000000")),
        ("entities.ftm.json", PERSON, ("INN", "770000000099")),
        ("sdn_plain.xml", PERSON, ("Tax ID No", "770000000099")),
        ("sdn_enhanced.xml", PERSON, ("Digital Currency Address - XBT", "1InventedCoinAddressXXXXXXXXXXXXX")),
    ],
)
def test_registers_and_tax_numbers_are_taken_out_of_fields_and_free_text(
    name: str, kind: str, number: tuple[str, str]
) -> None:
    assert number in party(name, kind).identifiers


@pytest.mark.parametrize(
    ("name", "on"),
    [
        ("sdn_enhanced.xml", "2019-05-02"), ("sdn_advanced.xml", "2019-05-02"), ("eu.xml", "2021-01-15"),
        ("eu.csv", "2022-04-08"), ("uk.xml", "2022-02-24"), ("uk.csv", "2022-02-24"), ("conlist.csv", "2022-02-24"),
        ("seco.xml", "2022-03-16"), ("sema.xml", "2022-03-04"), ("dfat.csv", "2022-03-17"),
        ("entities.ftm.json", "2022-03-04"),
    ],
)  # fmt: skip
def test_ground_and_date_of_the_listing_are_kept(name: str, on: str) -> None:
    found = party(name, PERSON)
    assert found.listed_on == on
    assert found.legal_basis
    assert found.programmes


@pytest.mark.parametrize("name", [name for name in WITH_PERSON if name not in ("sema.xml", "csl.json")])
def test_addresses_make_countries_and_nationality_does_not(name: str) -> None:
    found = party(name, PERSON)
    assert "1 N" in found.addresses[0]
    assert "Testville" in found.addresses[0]
    assert found.countries in (("RU",), ("ES",))


def test_nationality_alone_gives_no_country() -> None:
    found = party("csl.json", PERSON)
    assert found.countries == ()
    assert "nationalities: IR" in found.remarks


def test_the_screening_list_keeps_licence_requirement_and_policy() -> None:
    found = party("csl.json", FIRM)
    assert found.licence_requirement.startswith("For all items subject to the EAR")
    assert found.licence_policy == "Presumption of denial"
    assert (found.legal_basis, found.listed_on, found.countries) == ("87 FR 99999", "2022-12-19", ("CN",))


def test_denied_persons_with_several_addresses_are_one_party_and_keep_their_id() -> None:
    first, second = read("dpl.txt").parties
    assert (first.countries, len(first.addresses)) == (("US", "ES"), 2)
    assert (first.listed_on, first.legal_basis) == ("2017-10-16", "82 F.R. 99999 10/20/2017")
    assert "in force until: 2030-10-13" in first.remarks
    lines = (FIXTURES / "dpl.txt").read_text().splitlines()
    turned = "\r\n".join([lines[0], *reversed(lines[1:])]).encode()
    (again,) = read_files([("dpl.txt", turned)])
    assert {found.list_id for found in again.parties} == {first.list_id, second.list_id}


def test_swiss_targets_taken_off_the_list_are_left_out_and_spellings_kept() -> None:
    imported = read("seco.xml")
    assert "Gone Again Ltd" not in {name.text for found in imported.parties for name in found.names}
    assert "list.delisted" in {problem.code for problem in imported.problems}
    names = {name.text: name.kind for name in party("seco.xml", PERSON).names}
    assert names["Kvillmark Zorvan"] == "alias"
    assert names["Квиллмарк"] == "weak-alias"
    assert "Somebody Else" not in names


def test_holders_of_an_office_are_not_listed_parties() -> None:
    imported = read("entities.ftm.json")
    assert "zz-3" not in {found.list_id for found in imported.parties}
    assert "BY-NC" in imported.licence


def test_the_australian_workbook_reads_like_its_csv(tmp_path: Path) -> None:
    with (FIXTURES / "dfat.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.reader(stream))
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append([int(cell) if cell.isdigit() else cell or None for cell in row])
    path = tmp_path / "list.xlsx"
    book.save(path)
    (imported,) = read_files([(path.name, path.read_bytes())])
    assert imported.parties == read("dfat.csv").parties


def test_a_new_element_is_reported_not_lost() -> None:
    assert "newElement" in {problem.field for problem in read("sdn_plain.xml").problems}
    assert "novelty" in {problem.field for problem in read("eu.xml").problems}


def test_the_simple_table_of_opensanctions_carries_its_licence() -> None:
    text = (
        "id,schema,name,aliases,birth_date,countries,addresses,identifiers,sanctions,phones,emails,program_ids,dataset,"
        "first_seen,last_seen,last_change\n"
        'zz-1,Person,Zorvan Quillmark,"The Heron;Zorban",1968;1969,ru,"1 Nowhere Lane, Testville",,Invented,,,ZZ-1,zz,,,\n'
    )
    (imported,) = read_files([("targets.simple.csv", text.encode())])
    (found,) = imported.parties
    assert (imported.code, found.list, found.list_id) == ("opensanctions", "opensanctions", "zz-1")
    assert "BY-NC" in imported.licence
    assert (found.birth_dates, found.countries, len(found.names)) == (("1968", "1969"), ("RU",), 3)
    assert found.addresses == ("1 Nowhere Lane, Testville",)


def test_the_page_names_every_list() -> None:
    page = (Path(__file__).parents[2] / "docs" / "reference" / "lists.md").read_text(encoding="utf-8")
    codes = {case[0] for case in CASES.values()} | set(read_sources())
    assert not [code for code in codes if f"| `{code}` |" not in page]
    assert not [field for field in FIELDS if f"`{field}`" not in page]
