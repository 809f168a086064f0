"""What a comparison of two parties says, and that it adds up."""

from __future__ import annotations

from dataclasses import fields

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tidewaiter.link import CountedFrequencies, PartyRecord, prepare, score_pair

NAMES = [
    ("Thomas Clifford", "Thomas Clifford", "2.same.all"),
    ("Thomas Clifford", "Clifford Thomas", "2.same.swapped"),
    ("Clifford, Thomas", "Thomas Clifford", "2.same.all"),
    ("Thomas Clifford", "Tom Clifford", "2.nickname.all"),
    ("Thomas Clifford", "T Clifford", "2.initial.all"),
    ("Thomas Clifford", "Thomas Cliford", "2.key.all"),
    ("Thomas Clifford", "Thomas Clifbord", "2.edit.all"),
    ("Thomas Hugh Clifford", "Thomas Clifford", "2.same.part"),
    ("Thomas Clifford", "Mary Clifford", "1.same.last"),
    ("Thomas Clifford", "Thomas Brown", "1.same.first"),
    ("Thomas Clifford", "Mary Brown", "differs"),
    ("Thomas Clifford, 1st Baron Clifford of Chudleigh", "Tom Chudleigh", "2.nickname.part"),
    ("Иванов Иван Петрович", "Ivan Petrovich Ivanov", "3.same.swapped"),
    ("王小明", "Wang Xiao Ming", "letters"),
    ("Sir Thomas Clifford", "Thomas Clifford", "2.same.all"),
    ("Acme Trading Ltd", "ACME Trading", "2.same.all"),
]
DATES = [
    ("1980-07-01", "01.07.1980", "exact"),
    ("1980-07-02", "1980-02-07", "swapped"),
    ("1980-07-12", "1980-07-13", "slip"),
    ("1980-07-12", "1980-08-01", "near"),
    ("1980-07-12", "1965-07-12", "day-month"),
    ("1980-07-12", "1980-07", "month"),
    ("1980-07-12", "1980-01-01", "year"),
    ("1980-01-01", "1980-01-01", "year"),
    ("1980", "1981-04-05", "next-year"),
    ("1980-07-12", "1988-03-30", "decade"),
    ("1980-07-12", "1930-03-30", "differs"),
]


@pytest.mark.parametrize(("left", "right", "level"), NAMES)
def test_names_agree_at_the_level_a_reader_would_say(party, weights, left, right, level):
    assert score_pair(party(name=left), party("2", name=right), weights).levels["name"] == level


@pytest.mark.parametrize(("left", "right", "level"), DATES)
def test_birth_dates_agree_at_the_level_a_reader_would_say(party, weights, left, right, level):
    found = score_pair(party(birth_date=left), party("2", birth_date=right), weights)
    assert found.levels["birth"] == level


@pytest.mark.parametrize(
    ("field", "left", "right", "level"),
    [
        ("phone", "+44 (0)1234 567890", "01234 567890", "same"),
        ("phone", "0044 1234 567890", "1234567891", "near"),
        ("email", "Tom.Clifford+post@gmail.com", "tomclifford@googlemail.com", "same"),
        ("address", "12 High St", "High Street 12", "same"),
        ("address", "12 High St", "14 High Street", "street"),
        ("postcode", "TQ13 8DF", "tq138df", "same"),
        ("postcode", "TQ13 8DF", "TQ13 9AB", "area"),
        ("city", "City of London", "London", "part"),
        ("id_number", "AB 123-456", "AB123456", "same"),
        ("occupation", "Army officer", "officer", "part"),
    ],
)
def test_other_fields_agree_at_the_level_a_reader_would_say(party, weights, field, left, right, level):
    left_party, right_party = party(**{field: left}, country="GB"), party("2", **{field: right}, country="GB")
    assert score_pair(left_party, right_party, weights).levels[field] == level


def test_an_empty_field_says_nothing(party, weights):
    found = score_pair(party(name="Ann Lee", city="York"), party("2", name="Ann Lee"), weights)
    assert set(found.levels) == {"name"}


def test_a_rare_surname_counts_more_than_a_common_one(party, weights):
    people = [
        party(str(place), name="John Smith" if place % 2 else "John Zwicker" if place == 0 else f"Ann B{place}x")
        for place in range(400)
    ]
    counts = CountedFrequencies.of([*people, party("z", name="John Zwicker")])
    common = score_pair(party(name="John Smith"), party("2", name="John Smith"), weights, counts)
    rare = score_pair(party(name="John Zwicker"), party("2", name="John Zwicker"), weights, counts)
    assert rare.score > common.score + 3000


def test_a_firm_is_no_person(party, weights):
    found = score_pair(party(name="Ivan Petrov", birth_date="1980-01-02"), party("2", name="Petrov LLC"), weights)
    assert found.no == "person-and-firm"


def test_dates_apart_alone_are_no_definite_no_but_with_other_given_names_they_are(party, weights):
    left = party(name="John Smith", birth_date="1931-03-04")
    assert score_pair(left, party("2", name="John Smith", birth_date="1978-11-25"), weights).no == ""
    assert score_pair(left, party("2", name="Mary Smith", birth_date="1978-11-25"), weights).no == "birth-date-and-name"


_TEXT = st.text(alphabet="abcdeijn ovs.-'áжмэ王1290@", max_size=16)
_RECORD = st.builds(
    PartyRecord,
    id=st.sampled_from(["1", "2"]),
    **{field.name: _TEXT for field in fields(PartyRecord) if field.name not in ("id", "birth_date", "country")},
    birth_date=st.sampled_from(["", "1980-01-01", "1980-07-12", "1981", "19800712", "12/07/1980", "x"]),
)


@settings(max_examples=150, deadline=None)
@given(left=_RECORD, right=_RECORD)
def test_contributions_sum_to_the_score_and_order_does_not_matter(weights, left, right):
    one, other = prepare(left, weights.words), prepare(right, weights.words)
    there, back = score_pair(one, other, weights), score_pair(other, one, weights)
    assert sum(part.points for part in there.contributions) == there.score
    assert (there.score, there.no, there.levels) == (back.score, back.no, back.levels)
