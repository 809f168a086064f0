"""Each form of list file, read from a few rows: what is understood, and what is reported."""

from __future__ import annotations

import gzip
from datetime import date
from pathlib import Path

import pytest

from tidewaiter.lists import read_files
from tidewaiter.lists._parsing import birth_dates, country_code
from tidewaiter.model import ListedName, ListError

SDN = (
    b'36,"ZZ EXAMPLE AIRLINES",-0- ,"CUBA",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- \r\n'
    b'7215,"EXAMPLE ZORRO, Ana Jos\xe9",individual,"SDGT] [IFSR",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,'
    b"\"DOB 27 Feb 1968; alt. DOB circa 1969; POB Example; Passport X1234567 (Spain); a.k.a. 'ZORRITA'; Linked To: NOBODY.\"\r\n"
    b'4238,"MAR EXAMPLE","vessel","CUBA",-0- ,"CL2192","Tug",-0- ,"212","Cuba","Nobody S.A.",-0- \r\n\x1a'
)
ADDRESSES = b'36,25,"Street 1","Havana","Cuba",-0- \r\n99,1,-0- ,"Nowhere","Atlantis",-0- \r\n\x1a'
ALIASES = b'7215,12,"aka","EXAMPLE, Anita",-0- \r\n7215,13,"aka","ZORRITA",-0- \r\n'
CSL = (
    "_id,source,entity_number,type,programs,name,title,addresses,federal_register_notice,start_date,license_requirement,"
    "license_policy,alt_names,dates_of_birth,ids,remarks,odd_column\n"
    'a1,Entity List (EL) - Bureau of Industry and Security,,,,Example Optics Ltd,,"1 Road, Example City, CN; 2 Road, HK",87 FR 1,'
    '2022-01-01,For all items,Policy of denial,"Example Optik; and Ex Optics",,"CN, 9111X, Tax ID No.; Male, Gender",,odd\n'
    "a2,Specially Designated Nationals (SDN) - Treasury Department,,Individual,SDGT,Example Person,,,,,,,,1970-01-02,,,\n"
)
UN = """<?xml version="1.0" encoding="UTF-8"?>
<CONSOLIDATED_LIST dateGenerated="2026-02-27T00:00:09.554Z"><INDIVIDUALS><INDIVIDUAL><DATAID>1</DATAID>
<FIRST_NAME>EXAMPLE</FIRST_NAME><SECOND_NAME>PERSON</SECOND_NAME><UN_LIST_TYPE>ZZZ</UN_LIST_TYPE>
<REFERENCE_NUMBER>ZZi.001</REFERENCE_NUMBER><NAME_ORIGINAL_SCRIPT>مثال</NAME_ORIGINAL_SCRIPT><ODD>x</ODD>
<INDIVIDUAL_ALIAS><QUALITY>Low</QUALITY><ALIAS_NAME>Weakling</ALIAS_NAME></INDIVIDUAL_ALIAS>
<INDIVIDUAL_ALIAS><QUALITY>Good</QUALITY><ALIAS_NAME>Exempel Person</ALIAS_NAME></INDIVIDUAL_ALIAS>
<INDIVIDUAL_ADDRESS><COUNTRY>Iran (Islamic Republic of)</COUNTRY></INDIVIDUAL_ADDRESS>
<INDIVIDUAL_DATE_OF_BIRTH><TYPE_OF_DATE>BETWEEN</TYPE_OF_DATE><FROM_YEAR>1960</FROM_YEAR><TO_YEAR>1961</TO_YEAR></INDIVIDUAL_DATE_OF_BIRTH>
<INDIVIDUAL_DOCUMENT><TYPE_OF_DOCUMENT>Passport</TYPE_OF_DOCUMENT><NUMBER>OB 0243318</NUMBER></INDIVIDUAL_DOCUMENT>
</INDIVIDUAL></INDIVIDUALS><ENTITIES><ENTITY><DATAID>2</DATAID><FIRST_NAME>EXAMPLE FORCES</FIRST_NAME>
<REFERENCE_NUMBER>ZZe.001</REFERENCE_NUMBER></ENTITY></ENTITIES></CONSOLIDATED_LIST>""".encode()
SIMPLE = "# code: my-list\n# dated: 2026-01-02\nlist_id,schema,name,aliases,birth_date,country,colour\n1,Person,Some One,S One;Sum One,1970,Germany,red\n"


def test_ofac_files_given_together_become_one_list() -> None:
    (imported,) = read_files(
        [("sdn_2025-01-02.csv", SDN), ("add_2025-01-03.csv", ADDRESSES), ("alt_2025-01-02.csv", ALIASES)]
    )
    airline, person, vessel = imported.parties
    assert (imported.code, imported.dated) == ("us-sdn", date(2025, 1, 2))
    assert airline.countries == ("CU",)
    assert person.names == (
        ListedName("EXAMPLE ZORRO, Ana José"),
        ListedName("ZORRITA", "weak-alias"),
        ListedName("EXAMPLE, Anita", "alias"),
    )
    assert person.birth_dates == ("1968-02-27", "~1969")
    assert person.identifiers == (("Passport", "X1234567"),)
    assert person.programmes == ("SDGT", "IFSR")
    assert "Linked To: NOBODY." in person.remarks
    assert (vessel.schema, vessel.identifiers) == ("Vessel", (("call sign", "CL2192"),))
    codes = {problem.code for problem in imported.problems}
    assert codes == {"list.no-party", "list.mixed-dates"}


def test_ofac_consolidated_is_told_from_its_programmes() -> None:
    row = b'9639,"EXAMPLE, Ismail","individual","NS-PLC",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,"DOB 1962."\r\n'
    assert read_files([("x.csv", row)])[0].code == "us-sdn-consolidated"


def test_ofac_names_as_json_lines() -> None:
    line = b'{"entity_id": 36, "names": [{"full_name": "EX-LINES", "is_primary": false, "type_id": "1400"}, '
    line += b'{"full_name": "EX AIRLINES LLC", "is_primary": true, "type_id": "1403"}]}\n'
    party = read_files([("names.jsonl", line)])[0].parties[0]
    assert party.names == (ListedName("EX AIRLINES LLC"), ListedName("EX-LINES", "alias"))
    assert party.schema == "Organization"


def test_ofac_addresses_alone_are_refused() -> None:
    with pytest.raises(ListError, match="without the list they belong to"):
        read_files([("add.csv", ADDRESSES)])


@pytest.mark.parametrize("packed", [False, True])
def test_consolidated_screening_list(packed: bool) -> None:
    content = CSL.encode()
    (imported,) = read_files([("csl.csv", gzip.compress(content) if packed else content)])
    firm, person = imported.parties
    assert [name.text for name in firm.names] == ["Example Optics Ltd", "Example Optik", "Ex Optics"]
    assert firm.countries == ("CN", "HK")
    assert (firm.schema, firm.legal_basis, firm.licence_policy) == ("Organization", "87 FR 1", "Policy of denial")
    assert firm.identifiers == (("Tax ID No.", "9111X"),)
    assert person.birth_dates == ("1970-01-02",)
    assert [problem.field for problem in imported.problems] == ["odd_column"]


def test_un_list() -> None:
    (imported,) = read_files([("un.xml", UN)])
    person, entity = imported.parties
    assert imported.dated == date(2026, 2, 27)
    assert [(name.text, name.kind) for name in person.names] == [
        ("EXAMPLE PERSON", "primary"),
        ("مثال", "alias"),
        ("Weakling", "weak-alias"),
        ("Exempel Person", "alias"),
    ]
    assert person.list_id == "ZZi.001"
    assert person.birth_dates == ("~1960", "~1961")
    assert person.countries == ("IR",)
    assert person.identifiers == (("Passport", "OB 0243318"),)
    assert entity.schema == "Organization"
    assert [problem.field for problem in imported.problems] == ["ODD"]


def test_an_xml_bomb_is_refused() -> None:
    bomb = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]><CONSOLIDATED_LIST>&a;</CONSOLIDATED_LIST>'
    with pytest.raises(ListError, match="cannot be read as XML"):
        read_files([("un.xml", bomb)])


def test_simple_form_as_csv_and_json_lines() -> None:
    (imported,) = read_files([("mine.csv", SIMPLE.encode())])
    party = imported.parties[0]
    assert (imported.code, imported.dated, imported.invented) == ("my-list", date(2026, 1, 2), False)
    assert [name.text for name in party.names] == ["Some One", "S One", "Sum One"]
    assert party.countries == ("DE",)
    assert [problem.field for problem in imported.problems] == ["colour"]
    line = '# code: my-list\n{"list_id": "1", "name": "Some One", "aliases": ["S One"]}\n'
    assert len(read_files([("mine.jsonl", line.encode())])[0].parties[0].names) == 2


def test_every_defect_of_a_simple_list_is_located_and_the_rest_is_kept() -> None:
    text = "list_id,schema,name\n1,Person,A\n2,Robot,C\n,Person,\n"
    (imported,) = read_files([("mine.csv", text.encode())])
    assert [party.names[0].text for party in imported.parties] == ["A", "C"]
    assert [(problem.line, problem.severity) for problem in imported.problems] == [(3, "warning"), (4, "error")]


@pytest.mark.parametrize(
    "content", [b"", b"hello", b"a,b\n1,2\n", b"<html></html>", b"\xff\xfe\x00", b"\x1f\x8bbroken", b'{"a": 1}']
)
def test_what_is_no_list_is_refused_with_a_reason(content: bytes) -> None:
    with pytest.raises(ListError, match=r"x\.bin"):
        read_files([("x.bin", content)])


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("27 Feb 1968", ("1968-02-27",)),
        ("Feb 1968", ("1968-02",)),
        ("circa 1968", ("~1968",)),
        ("1958 to 1960", ("~1958", "~1959", "~1960")),
        ("1900 to 1990", ()),
        ("1970-05", ("1970-05",)),
        ("unknown", ()),
        ("Dec. 1960", ("1960-12",)),
        ("27/02/1968", ("1968-02-27",)),
        ("02/27/1968", ("1968-02-27",)),
        ("00/00/1968", ("1968",)),
        ("dd/03/1968", ("1968-03",)),
        ("Approximately 1962", ("~1962",)),
        ("between 1958 and 1959", ("~1958", "~1959")),
        ("1965 or 1966", ("1965", "1966")),
        ("31 Feb 1968", ("1968-02",)),
        ("1968-13-01", ("1968",)),
        ("99999999999/1/1968", ("1968",)),
    ],
)
def test_birth_dates_as_lists_write_them(text: str, dates: tuple[str, ...]) -> None:
    assert birth_dates(text) == dates


def test_countries_as_lists_write_them() -> None:
    assert [country_code(name) for name in ("Korea, North", "ru", "Türkiye", "Atlantis")] == ["KP", "RU", "TR", ""]


def test_the_invented_example_says_so_everywhere() -> None:
    path = Path(__file__).parents[2] / "examples" / "lists" / "invented.csv"
    (imported,) = read_files([(path.name, path.read_bytes())])
    assert imported.invented
    assert imported.code == "invented"
    assert imported.problems == ()
    assert len(imported.parties) == 12
    assert all(
        "(invented)" in party.names[0].text and "INVENTED EXAMPLE" in party.legal_basis for party in imported.parties
    )
    assert {party.schema for party in imported.parties} == {"Person", "Organization", "Vessel", "Aircraft"}
