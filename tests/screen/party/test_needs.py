"""What users of neighbouring tools complain of, as behaviour: one block of tests for each numbered need.

The needs are collected in the project's notes (matching that is right: 1 to 13; explanations and scores: 24, 25, 27, 28).
Names are invented; where a need quotes real ones, the same shape is kept.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tidewaiter.lists import ImportOptions, import_contents
from tidewaiter.model import ListedName, ListedParty, Party
from tidewaiter.screen.party import REVIEW_ORGANISATION, REVIEW_THRESHOLD, PartyIndex, PartyMatch, compare, ofac_score
from tidewaiter.service.matching_measures.alter import COMPANY_KINDS, PERSON_KINDS
from tidewaiter.service.matching_measures.blocking import proposes
from tidewaiter.service.parties import match_rows

# What the present matcher does not do; each is to be mended, and then the mark goes.
FAILS = pytest.mark.xfail(reason="the present matcher fails", strict=False, raises=AssertionError)

# The least distance, in thousandths, between an omitted and a contradicted part of a name (need 9).
GAP = 50


def listed(number: str, schema: str, *names: str, **facts: object) -> ListedParty:
    """Return a listed party: the first name is its primary one, the others are aliases."""
    made = tuple(ListedName(name, "alias" if place else "primary") for place, name in enumerate(names))
    return replace(ListedParty("test", number, schema, made), **facts)  # type: ignore[arg-type]


PEOPLE = [
    listed("1", "Person", "ZORVANO MOROS, Nicolas", birth_dates=("1962-11-23",), identifiers=(("Cedula", "58922621"),)),
    listed("2", "Person", "KO Tae Hun", birth_dates=("1972-05-25",)),
    listed("3", "Person", "PLIMTESK, Zorvan Hadrikovich", birth_dates=("1971-02-28",), addresses=("12 Quay Street, Old Harbour",)),
    listed("4", "Person", "QUILLSTONE, Marabeth Jennaway"),
    listed("5", "Person", "Orestovich Brandelik", "Брандэлик Орестович", "براندليك اورستوفيتش", "Orest Brandelik"),
]  # fmt: skip
FIRMS = [
    listed("11", "Organization", "11420 CORP."),
    listed("12", "Organization", "JSC ARGUMENTOR", addresses=("5 Dock Road, Port Elissa, Example",)),
    listed("13", "Organization", "Elissa Tidefreight", addresses=("c/o Elissa Shipping, 5 Dock Road, Port Elissa",)),
    listed("14", "Organization", "Quillfeather Fund II", identifiers=(("INN", "7701234567"),)),
    listed("15", "Organization", "A-B-C Company"),
    listed("16", "Organization", "Gorizont Brandelik Aeroworks LLC"),
]
INDEX = PartyIndex.build([*PEOPLE, *FIRMS], cache_size=0)


def found(name: str, **facts: str) -> dict[str, PartyMatch]:
    """Return the matches of a declared party by the id of the listed one."""
    return {match.listed.list_id: match for match in INDEX.match(Party(name, **facts))}


def score(declared: str, name: str, schema: str = "Person", **facts: str) -> int:
    """Return the score of two names."""
    return compare(Party(declared), name, schema, **facts).score


# 1: a true match on a short name scores above a shared birth date


@pytest.mark.parametrize("declared", ["Ko Tae Hun", "KO TAE-HUN", "Tae Hun Ko"])
@pytest.mark.parametrize("stranger", ["Ri Chol Su", "Ko Min Sik", "Pak Tae Song", "Zorvan Plimtesk"])
def test_need_1_a_short_true_name_outscores_a_shared_birth_date(declared: str, stranger: str) -> None:
    true = compare(Party(declared), "KO Tae Hun", "Person").score
    date_only = compare(Party(stranger, birth_date="1972-05-25"), "KO Tae Hun", "Person", birth_date="1972-05-25").score
    assert true > date_only
    assert "2" in found(declared)
    assert "2" not in found(stranger, birth_date="1972-05-25")


# 2: same-sound spellings have a contribution of their own


@pytest.mark.parametrize(
    ("declared", "other"),
    [
        ("Yusuf Brandelik", "Youssef Brandelik"),
        ("Mohamed Quillstone", "Muhammad Quillstone"),
        ("Sergei Plimtesk", "Sergey Plimtesk"),
        ("Aleksandr Plimtesk", "Alexander Plimtesk"),
        ("Katherine Quillstone", "Catherine Quillstone"),
        ("Dmitriy Brandelik", "Dmitri Brandelik"),
        ("Filip Brandelik", "Philip Brandelik"),
        ("Khaled Quillstone", "Halid Quillstone"),
        pytest.param("Shukri Brandelik", "Choukri Brandelik", marks=FAILS),
        ("Jakov Brandelik", "Yakov Brandelik"),
    ],
)
def test_need_2_spellings_of_one_sound_agree_and_say_so(declared: str, other: str) -> None:
    compared = compare(Party(declared), other, "Person")
    assert compared.score >= REVIEW_THRESHOLD
    codes = {part.code for part in compared.contributions}
    assert codes & {"name.sound", "name.nickname"} or "name.spelling" not in codes, codes


def test_need_2_the_contribution_of_a_sound_has_a_name() -> None:
    compared = compare(Party("Sergei Plimtesk"), "Sergey Plimtesk", "Person")
    assert "name.sound" in {part.code for part in compared.contributions}


# 3: a residue that is only a legal form never scores, and digits in names are kept


@pytest.mark.parametrize(
    "name", ["CORP", "CORP.", "Corp LLC", "Company", "Co., Ltd.", "JSC", "OOO", "A-B-C", "The Company"]
)
def test_need_3_a_legal_form_alone_matches_nothing(name: str) -> None:
    assert found(name) == {}


def test_need_3_digits_of_a_name_are_kept() -> None:
    assert "11" in found("11420 Corp")
    assert "11" not in found("11421 Corp")
    assert score("CORP", "11420 CORP.", "Organization") < REVIEW_ORGANISATION
    assert score("11420 CORP", "11420 CORP.", "Organization") > score("11520 CORP", "11420 CORP.", "Organization")


# 4: a score comparable to the office's own search stands beside ours


def test_need_4_the_office_score_is_printed_beside_ours(tmp_path: Path) -> None:
    assert ofac_score("Zorvano Moros", "Zorvano Moros") == 100
    assert ofac_score("Zorvano Moros", "ZORVANO MOROS, Nicolas") >= 85
    assert ofac_score("Marabeth Quillstone", "ZORVANO MOROS, Nicolas") < 70
    hits = rows_of(tmp_path, "name\nNicolas Zorvano Moros\n")[0]["hits"]
    assert [hit["ofac"] for hit in hits] == [100]


# 5: one word, or an identity number without a name, finds the party


@FAILS
@pytest.mark.parametrize("name", ["Zorvano", "ZORVANO", "Зорвано"])
def test_need_5_a_lone_family_name_finds_the_party(name: str) -> None:
    assert "1" in found(name)


def test_need_5_an_identifier_alone_finds_the_party() -> None:
    assert "1" in found("", id_number="58.922.621")
    assert "14" in found("", id_number="7701234567")
    assert found("", id_number="7701234568") == {}


# 6: words joined or split find the same party


@pytest.mark.parametrize(
    ("name", "number"),
    [
        pytest.param("JSCARGUMENTOR", "12", marks=FAILS),
        ("JSC ARGUMENTOR", "12"),
        ("ARGUMENTORJSC", "12"),
        ("JSC ARGU MENTOR", "12"),
        ("ElissaTidefreight", "13"),
        ("Elissa Tide freight", "13"),
        pytest.param("ZorvanPlimtesk Hadrikovich", "3", marks=FAILS),
        ("Zor van Plimtesk Hadrikovich", "3"),
    ],
)
def test_need_6_a_lost_or_added_blank_changes_nothing(name: str, number: str) -> None:
    assert number in found(name)


# 7: an added fact that agrees or is merely absent never removes a match

_NAMES = ["Zorvan Plimtesk", "Plimtesk Zorvan Hadrikovich", "Zorvan Plimtes", "Elissa Tidefreight", "Argumentor JSC",
          "Nicolas Zorvano", "Orest Brandelik", "Quillfeather Fund 2", "Ko Tae Hun"]  # fmt: skip


@settings(max_examples=120, deadline=None)
@given(
    st.sampled_from(_NAMES),
    st.sampled_from(["", "12 Quay Street, Old Harbour", "5 Dock Road, Port Elissa", "1 Elsewhere Lane, Newtown"]),
    st.sampled_from(["", "1971-02-28", "1962", "1972-05"]),
    st.sampled_from(["", "58922621", "X9988776"]),
)
def test_need_7_a_fact_that_agrees_or_is_absent_removes_nothing(
    name: str, address: str, birth: str, number: str
) -> None:
    plain = found(name)
    known = found(name, address=address, birth_date=birth, id_number=number)
    for list_id, match in plain.items():
        assert list_id in known
        dates = match.listed.birth_dates
        if not birth or not dates or any(date.startswith(birth) for date in dates):
            assert known[list_id].score >= match.score


# 8: generic address words alone are nothing


@pytest.mark.parametrize("address", ["ST", "5 Dock Road", "Street, Road, Avenue", "c/o ELISSA SHIPPING", "Port Elissa"])
@pytest.mark.parametrize("name", ["", "ST", "Maria Sample", "c/o", "Road Shipping"])
def test_need_8_an_address_alone_matches_nothing(address: str, name: str) -> None:
    assert found(name, address=address) == {}


def test_need_8_words_of_an_address_as_a_name_match_nothing() -> None:
    for name in ("Dock Road", "Old Street", "Port Road Shipping", "12 Quay Street"):
        assert found(name) == {}


# 9: full agreement above omitted above contradicted


@pytest.mark.parametrize(
    ("full", "omitted", "contradicted", "name"),
    [
        ("Zorvan Hadrikovich Plimtesk", "Zorvan Plimtesk", "Zorvan Mikhailovich Plimtesk", "PLIMTESK, Zorvan Hadrikovich"),
        ("Marabeth Jennaway Quillstone", "Marabeth Quillstone", "Marabeth Tolliver Quillstone", "QUILLSTONE, Marabeth Jennaway"),
        ("Сергей Иванович Бранделик", "Сергей Бранделик", "Сергей Петрович Бранделик", "BRANDELIK, Sergey Ivanovich"),
        ("Omar bin Saleh Quillstone", "Omar Quillstone", "Omar bin Khalid Quillstone", "Omar bin Saleh Quillstone"),
    ],
)  # fmt: skip
def test_need_9_full_above_omitted_above_contradicted(full: str, omitted: str, contradicted: str, name: str) -> None:
    first, second, third = score(full, name), score(omitted, name), score(contradicted, name)
    assert first > second
    assert second >= third + GAP


@pytest.mark.parametrize(
    ("short", "long"), [("Jon Quillstone", "John Quillstone"), ("Ann Brandelik", "Anne Brandelik")]
)
def test_need_9_short_tokens_are_judged_like_long_ones(short: str, long: str) -> None:
    assert score(short, long) > 500
    assert score(short, long) > score("Joe Quillstone" if "Quillstone" in short else "Ada Brandelik", long)


# 10: every pair of names is scored and the best is named


@pytest.mark.parametrize(
    ("declared", "name"),
    [
        ("Orest Brandelik", "Orest Brandelik"),
        ("Брандэлик Орестович", "Брандэлик Орестович"),
        ("Orestovich Brandelik", "Orestovich Brandelik"),
    ],
)
def test_need_10_the_best_pair_of_names_is_named(declared: str, name: str) -> None:
    match = found(declared)["5"]
    alone = {text: score(declared, text) for text in ("Orestovich Brandelik", "Orest Brandelik", "Брандэлик Орестович")}
    # A name written the same in another script is as good a pair as the name itself.
    assert alone[match.name.text if match.name.text in alone else name] == max(alone.values())
    assert any(part.right in match.name.text or part.left for part in match.contributions)


# 11: initials alone never reach the threshold


@pytest.mark.parametrize("name", ["Z. H. P.", "Z H P", "ZHP", "N. Z. M.", "N.M.", "K. T. H.", "M. J. Q.", "A. B. C."])
def test_need_11_initials_alone_match_nothing(name: str) -> None:
    assert found(name) == {}


@pytest.mark.parametrize("stranger", ["Zelda P.", "Nina Z. M.", "M. J. Tolliver", "Z. H. Jennaway"])
def test_need_11_initials_carry_no_other_name(stranger: str) -> None:
    assert found(stranger) == {}


@FAILS
def test_need_11_an_initial_says_less_than_the_word() -> None:
    name = "PLIMTESK, Zorvan Hadrikovich"
    assert (
        score("Zorvan Hadrikovich Plimtesk", name)
        > score("Zorvan H. Plimtesk", name)
        > score("Zorvan M. Plimtesk", name)
    )


# 12: another number is another party


@pytest.mark.parametrize(
    ("declared", "name"),
    [
        ("Quillfeather Fund III", "Quillfeather Fund II"),
        ("Quillfeather Fund 3", "Quillfeather Fund II"),
        pytest.param("Brandelik Plant No. 7", "Brandelik Plant No. 9", marks=FAILS),
        ("Military Unit 26166", "Military Unit 26165"),
        ("3rd Brandelik Bureau", "Second Brandelik Bureau"),
        pytest.param("Завод Бранделик № 8", "Brandelik Plant No 9", marks=FAILS),
    ],
)
def test_need_12_numbers_that_contradict_are_below_the_threshold(declared: str, name: str) -> None:
    compared = compare(Party(declared), name, "Organization")
    assert compared.score < REVIEW_ORGANISATION
    against = [part for part in compared.contributions if "numeral" in part.code]
    assert against
    assert sum(part.points for part in against) < 0


@pytest.mark.parametrize(("declared", "name"), [("Fund Quillfeather 2", "Quillfeather Fund II"), pytest.param("2nd Brandelik Bureau", "Second Brandelik Bureau", marks=FAILS)])  # fmt: skip
def test_need_12_one_number_written_in_two_ways_agrees(declared: str, name: str) -> None:
    assert score(declared, name, "Organization") >= REVIEW_ORGANISATION


# 13: what the search proposes is measured apart from what is scored

_SYLLABLES = [
    "bran",
    "del",
    "quill",
    "mar",
    "zor",
    "tesk",
    "plim",
    "gor",
    "vel",
    "hart",
    "ost",
    "rune",
    "fal",
    "dri",
    "kel",
    "win",
]
_PLAIN = ["Trading", "Shipping", "Technology", "Industries", "Group", "Engineering"]


def _many(kind: str, count: int) -> list[str]:
    chance = random.Random(13)

    def word() -> str:
        return "".join(chance.sample(_SYLLABLES, chance.choice((2, 3)))).capitalize()

    if kind == "Person":
        return [f"{word().upper()}, {word()} {word()}ovich" for _ in range(count)]
    return [f"{word()} {word()} {chance.choice(_PLAIN)} LLC" for _ in range(count)]


def _recall(kinds: Sequence[str], schema: str) -> float:
    names = _many(schema, 400)
    index = PartyIndex.build([listed(str(place), schema, name) for place, name in enumerate(names)], cache_size=0)
    table = PERSON_KINDS if schema == "Person" else COMPANY_KINDS
    chance = random.Random(14)
    asked = [(table[kind](name, chance), name) for kind in kinds for name in names[:150]]
    return sum(proposes(index, declared, name)[0] for declared, name in asked) / len(asked)


@pytest.mark.parametrize("schema", ["Person", "Organization"])
def test_need_13_the_search_alone_proposes_the_listed_name(schema: str) -> None:
    order = "swapped" if schema == "Person" else "first word last"
    assert _recall(["as listed", "one typo", "two typos", "joined", "split", "cut at 30", order], schema) >= 0.995


# 24: tied candidates are all returned


def test_need_24_all_tied_candidates_are_returned() -> None:
    twins = [listed(str(number), "Person", "TOLLIVER, Marabeth") for number in range(3)]
    matches = PartyIndex.build(twins, cache_size=0).match(Party("Marabeth Tolliver"))
    assert [match.listed.list_id for match in matches] == ["0", "1", "2"]
    assert len({match.score for match in matches}) == 1


@pytest.mark.xfail(reason="hits do not say that they tie", strict=False)
def test_need_24_a_tie_is_marked(tmp_path: Path) -> None:
    hits = rows_of(tmp_path, "name\nMarabeth Tolliver\n")[0]["hits"]
    assert [hit["tied"] for hit in hits] == [True, True]


# 25: the answer repeats the question and the name that matched


def rows_of(folder: Path, table: str, **options: object) -> list[dict[str, object]]:  # type: ignore[type-arg]
    """Return the rows of `party match` for a table, against invented lists imported into the folder."""
    lists = b'name,schema,id\n"ZORVANO MOROS, Nicolas",Person,1\nMarabeth Tolliver,Person,2\n"TOLLIVER, Marabeth",Person,3\n'
    import_contents([("own.csv", lists)], folder / "lists", ImportOptions(dated=date(2026, 11, 1), code="own"))
    (folder / "names.csv").write_text(table, encoding="utf-8")
    return list(match_rows(str(folder / "names.csv"), folder / "lists", **options))  # type: ignore[arg-type]


def test_need_25_the_answer_repeats_the_question_and_names_the_match(tmp_path: Path) -> None:
    row = rows_of(tmp_path, "name,country\nNicolas Zorvano Moros,VE\n")[0]
    assert row["input"] == {"name": "Nicolas Zorvano Moros", "country": "VE"}
    assert [hit["name"] for hit in row["hits"]] == ["ZORVANO MOROS, Nicolas"]


# 27: a threshold as a share, as log-odds, and as a band of two


def test_need_27_a_threshold_is_a_share(tmp_path: Path) -> None:
    table = "name\nNicolas Zorvano Moros\nNicolas Zorvano\nNicola Zorvana\n"
    low, high = (sum(len(row["hits"]) for row in rows_of(tmp_path, table, threshold=level)) for level in (0.3, 0.97))
    assert low >= high
    assert all(hit["score"] >= 0.3 for row in rows_of(tmp_path, table, threshold=0.3) for hit in row["hits"])


@pytest.mark.xfail(reason="there is one level and no band", strict=False, raises=(TypeError, AssertionError))
def test_need_27_a_threshold_is_a_band_of_two(tmp_path: Path) -> None:
    rows = rows_of(tmp_path, "name\nNicolas Zorvano Moros\n", threshold=(0.5, 0.9))
    assert all(0.5 <= hit["score"] <= 0.9 for row in rows for hit in row["hits"])


# 28: settings of a request are recorded, so that the answer can be replayed


@pytest.mark.xfail(reason="match rows carry no versions", strict=False, raises=KeyError)
def test_need_28_the_answer_records_its_settings(tmp_path: Path) -> None:
    row = rows_of(tmp_path, "name\nNicolas Zorvano Moros\n", threshold=0.6)[0]
    assert row["versions"]["threshold"] == 0.6
    assert row["versions"]["lists"]
