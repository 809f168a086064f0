"""Copies, paraphrases and chains that end in one origin count once; what cannot be told adds nothing."""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import replace

import pytest

from tests.claims.making import UNNAMED, claim, outlet, person, report
from tests.conftest import ROOT
from tidewaiter.claims.bodies import Bodies
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


BODIES = Bodies({"en": {"customs": ("customs",), "prosecutor": ("prosecutor*",), "court": ("court",)}})


def origins(of: Report, *claims: Claim) -> list[str]:
    return [o.key for o in OriginFinder([of], claims, {}, BODIES).upstreams(claims).origins]


def test_an_office_without_a_name_and_its_spokesman_are_the_one_authority_of_a_text() -> None:
    of = report("a", "Head\nThe customs found two vests. The office took them. They were posted, Ann Lee said.", "Post", language="en")  # fmt: skip
    found = claim(of, "found two vests", Predicate.FOUND, upstream="customs", chain=(Speaker("official", "The customs", "customs", "customs"),))  # fmt: skip
    took = claim(of, "took them", Predicate.SEIZED, chain=(Speaker("official", "The office"),))
    lee = Speaker("official", "the spokeswoman Ann Lee", "Ann Lee", "ann-lee")
    sent = claim(of, "They were posted", Predicate.POSTED, upstream="ann-lee", chain=(lee,))
    assert origins(of, found, took, sent) == ["customs"]


def test_a_verdict_in_a_text_that_names_a_court_rests_on_the_court_and_a_threat_does_not() -> None:
    of = report("a", "Head\nThe court sat. Prosecutors say he posted vests. He was fined. He may be jailed.", "Post", language="en")  # fmt: skip
    sent = claim(of, "he posted vests", Predicate.POSTED, upstream="prosecutor", chain=(Speaker("official", "Prosecutors", "", "prosecutor"),))  # fmt: skip
    fined = claim(of, "He was fined", Predicate.CONVICTED)
    jailed = claim(of, "He may be jailed", Predicate.CONVICTED, modality="hypothetical")
    assert origins(of, sent, fined, jailed) == ["court", "prosecutor"]
    assert origins(of, sent, jailed) == ["prosecutor"]


def test_who_is_accused_is_no_origin_and_an_unnamed_source_is_the_outlet_that_quotes_it() -> None:
    of = report("a", "Head\nJon Roe was held. I bought the vests, Roe said. A source said two vests were posted.", "Post", language="en")  # fmt: skip
    held = claim(of, "Jon Roe was held", Predicate.DETAINED, subject=person(of, "Jon Roe", name="Jon Roe"))
    bought = claim(of, "I bought the vests", Predicate.PURCHASED, upstream="roe", chain=(Speaker("named-person", "Roe", "Roe", "roe"),))  # fmt: skip
    source = (Speaker("anonymous", "A source"),)
    sent = claim(of, "two vests were posted", Predicate.POSTED, chain=source)
    assert origins(of, held, bought, sent) == ["post"]
    assert origins(of, held, bought, replace(sent, modality="hedged")) == []


def test_an_authority_that_publishes_itself_is_that_authority() -> None:
    of = report("a", "Head\nTwo vests were seized.", "Customs, press centre", language="en")
    assert origins(of, claim(of, "Two vests were seized", Predicate.SEIZED)) == ["customs"]
