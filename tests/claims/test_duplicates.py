"""Near duplicates: copies under another headline are found, retellings are not, and the order of reading makes no difference."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tidewaiter.claims.duplicates import mark_duplicates, near_duplicates, originals, shingles
from tidewaiter.model.claims import Passage, Report, Stamp

WIRE = (
    "Customs officers in the port of Leipzig stopped a parcel with two load-bearing vests on Tuesday, a spokesman of the authority said. "
    "The parcel was sent by a student and was to go to an address abroad. The gear was seized and the sender was asked for a licence. "
    "According to the spokesman four earlier parcels of the same sender had left the country since spring. Nothing else was found."
)
RETOLD = (
    "A student tried to post two vests of the kind that soldiers wear, officials say. Staff at Leipzig airport pulled his package out of the mail. "
    "He had no permit, and investigators believe that it was not his first attempt: four times this year similar goods got through. "
    "The man was not carrying anything further, the customs service added on Wednesday."
)
MORE = " ".join(
    f"Paragraph {n} of the newspaper's own research tells about the market for gear number {n}." for n in range(40)
)


def report(name: str, body: str, day: int | None = None, headline: str = "A headline") -> Report:
    text = f"{headline}\n\n{body}"
    start = len(headline) + 2
    stamp = Stamp(date(2026, 3, day), date(2026, 3, day), "day") if day else Stamp()
    passages = (Passage("headline", 0, len(headline)), Passage("body", start, len(text)))
    return Report(name, text, passages=passages, published=stamp)


def test_a_copy_with_another_headline_and_small_changes_is_found() -> None:
    changed = WIRE.replace("on Tuesday, ", "").replace("Nothing else was found.", "Our desk translated the text.")
    copies = near_duplicates(
        [report("b", changed, 4, "Vests stopped"), report("a", WIRE, 5), report("c", WIRE.upper(), 6)]
    )
    assert copies == {"a": "b", "c": "b"}


def test_a_retelling_is_no_copy() -> None:
    assert near_duplicates([report("a", WIRE, 3), report("b", RETOLD, 4)]) == {}


def test_a_short_version_is_a_copy_and_a_longer_report_that_tells_more_is_not() -> None:
    short = " ".join(WIRE.split()[:40])
    assert near_duplicates([report("a", WIRE, 3), report("b", short, 4)]) == {"b": "a"}
    assert near_duplicates([report("a", WIRE, 3), report("b", f"{WIRE} {MORE}", 4)]) == {}


@pytest.mark.parametrize(
    ("first", "second", "original"),
    [
        (report("b", WIRE, 3), report("a", WIRE, 4), "b"),
        (report("b", WIRE, 3), report("a", WIRE, 3), "a"),
        (report("b", WIRE, 30), report("a", WIRE), "b"),
    ],
    ids=["earliest", "then smallest id", "unknown date last"],
)
def test_the_original_is_the_earliest_then_the_smallest_id(first: Report, second: Report, original: str) -> None:
    assert set(near_duplicates([first, second]).values()) == {original}


def test_texts_of_less_than_five_words_and_the_same_report_twice_are_no_copies() -> None:
    assert near_duplicates([report("a", "Vests were seized"), report("b", "Vests were seized")]) == {}
    assert near_duplicates([report("a", WIRE), report("a", WIRE)]) == {}
    assert shingles(report("a", "one two three four")) == frozenset()


CORPUS = [
    report("a", WIRE, 5),
    report("b", WIRE.replace("vests", "plates"), 4),
    report("c", " ".join(WIRE.split()[:40])),
    report("d", RETOLD, 4),
    report("e", RETOLD + " " + MORE, 3),
    report("f", f"{WIRE} {MORE}", 4),
]


@given(st.permutations(CORPUS))
def test_the_order_of_reading_makes_no_difference(order: list[Report]) -> None:
    assert near_duplicates(order) == near_duplicates(CORPUS)
    assert [one.id for one in mark_duplicates(order)] == [one.id for one in order]


@given(st.permutations(CORPUS))
def test_an_original_is_never_a_copy_itself(order: list[Report]) -> None:
    copies = near_duplicates(order)
    assert not set(copies) & set(copies.values())


def test_every_report_has_an_original_and_a_mark_of_reading_counts() -> None:
    marked = replace(report("c", RETOLD, 6), near_dup_of="b")
    found = originals([marked, report("b", WIRE, 5), report("a", WIRE, 4), report("d", MORE, 3)])
    assert found == {"a": "a", "b": "a", "c": "a", "d": "d"}
