"""Copies, paraphrases and chains that end in one origin count once; what cannot be told adds nothing."""

from __future__ import annotations

import random
from collections.abc import Iterable

import pytest

from tests.claims.making import UNNAMED, claim, outlet, report
from tests.conftest import ROOT
from tidewaiter.claims.upstreams import OriginFinder, Upstreams
from tidewaiter.model.claims import Claim, Predicate, Report, Speaker
from tidewaiter.packs.report_ledger import read_ledger_rules

NAMES = read_ledger_rules(ROOT / "packs").origins
TEXT = "Two vests were seized at the airport, the man was held for questioning and the goods were sent to experts"


def upstreams(pairs: Iterable[tuple[Report, Claim]]) -> Upstreams:
    reports, claims = zip(*pairs, strict=True)
    return OriginFinder(reports, claims, NAMES).upstreams(claims)


def made(
    name: str, publisher: str, words: str, upstream: str = "", chain: tuple[Speaker, ...] = ()
) -> tuple[Report, Claim]:
    of = report(name, f"Headline {name}\n{words} were seized.", publisher)
    return of, claim(of, f"{words} were seized", Predicate.SEIZED, upstream=upstream, chain=chain)


def test_ten_outlets_on_one_source_count_once_whatever_the_language() -> None:
    spellings = ["Izvestia", "Известия", "Izvestiya", "Iswestija", "iz.ru"]
    pairs = [
        made(f"d{n}", f"Outlet {n}", f"{n} vests", spellings[n % 5].lower(), (outlet(spellings[n % 5], ""), UNNAMED))
        for n in range(10)
    ]
    found = upstreams(pairs)
    assert [(o.key, len(o.documents)) for o in found.origins] == [("izvestia", 10)]
    random.Random(7).shuffle(pairs)
    assert upstreams(pairs) == found


def test_unknown_adds_nothing() -> None:
    media = made("a", "Post", "Two vests", chain=(Speaker("outlet", "media"),))
    assert upstreams([media]).count == 0
    assert upstreams([media, made("b", "Gazette", "Some vests", "tass", (outlet("TASS", "tass"),))]).count == 1


def test_own_reporting_counts_as_its_publisher_and_two_are_two() -> None:
    assert upstreams([made("a", "Post", "Two vests"), made("b", "Gazette", "Some vests")]).count == 2
    assert upstreams([made("a", "Post", "Two vests"), made("b", "Post", "Some vests")]).count == 1


def test_own_voice_beside_a_quoted_outlet_rests_on_that_outlet() -> None:
    of = report("a", "Head\nAs Izvestia wrote, two vests were posted. The vests were seized.", "Post")
    told = claim(
        of, "two vests were posted", Predicate.POSTED, upstream="izvestia", chain=(outlet("Izvestia", "izvestia"),)
    )
    own = claim(of, "The vests were seized", Predicate.SEIZED)
    assert [o.key for o in OriginFinder([of], [told, own], NAMES).upstreams([own]).origins] == ["izvestia"]


def test_a_syndicated_copy_is_its_original_and_a_paraphrase_is_not() -> None:
    first = made("a", "Post", TEXT)
    copy = made("b", "Gazette", TEXT)
    other = made("c", "Courier", "At the airport officers took a pair of vests; a suspect is being asked and two vests")
    assert upstreams([first, copy]).count == 1
    assert upstreams([first, other]).count == 2


def test_a_chain_of_outlets_ends_in_the_last_one_whose_text_is_here() -> None:
    a = made("a", "Regional", "Two vests", "izvestia", (outlet("Izvestia", "izvestia"),))
    b = made("b", "Post", "Some vests", "regional", (outlet("Regional", "regional"),))
    assert [o.key for o in upstreams([a, b]).origins] == ["izvestia"]


def test_outlets_that_quote_only_each_other_have_no_origin() -> None:
    a = made("a", "North", "Two vests", "south", (outlet("South", "south"),))
    b = made("b", "South", "Some vests", "north", (outlet("North", "north"),))
    assert upstreams([a, b]).count == 0


@pytest.mark.parametrize(
    ("left", "right"), [("ФСБ", "fsb"), ("Reuters", "Рейтер"), ("ТАСС", "tass"), ("Ведомости", "Vedomosti")]
)
def test_one_body_behind_two_languages_is_one_key(left: str, right: str) -> None:
    finder = OriginFinder([], [], NAMES)
    assert finder.key(left) == finder.key(right)


def test_a_thousand_copies_are_one() -> None:
    pairs = [made(f"d{n:04}", f"Outlet {n}", TEXT) for n in range(1000)]
    assert upstreams(pairs).count == 1
