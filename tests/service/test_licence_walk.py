"""The walk asks what settles, takes answers in the person's words, and ends with grounds, open facts and a draft request."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from tidewaiter.cli.main import main
from tidewaiter.model import GoodsLine, InputError
from tidewaiter.screen.pipeline import Screener
from tidewaiter.service.licence_answers import Asked
from tidewaiter.service.licence_text import outcome_text, question_text
from tidewaiter.service.licence_walk import LicenceWalk, declaration_of
from tidewaiter.service.screening import build_screener

ON = date(2026, 11, 24)


@pytest.fixture(scope="module")
def screener() -> Screener:
    return build_screener(ON, learned=False)


def walk(screener: Screener, goods: str, origin: str, destination: str, language: str = "en") -> LicenceWalk:
    return LicenceWalk(screener, declaration_of(GoodsLine(goods), origin, destination), language)


def test_a_frame_rate_settles_a_thermal_camera_from_the_union(screener: Screener) -> None:
    slow, fast = (walk(screener, "thermal imaging camera 640x512", "DE", "KZ") for _ in range(2))
    asked = slow.question()
    assert asked is not None
    assert asked.fact == "parameter:thermal.frame-rate"
    slow.tell(asked, "9 Hz")
    fast.tell(asked, "60 hz")
    assert fast.outcome()["required"] == "yes"
    assert slow.outcome()["required"] != "yes"
    assert fast.outcome()["told"] == {"parameter:thermal.frame-rate": "60 hz"}


def test_what_nobody_knows_stays_open_and_becomes_a_request_in_the_persons_language(screener: Screener) -> None:
    asking = walk(screener, "тепловизор 640x512", "DE", "KZ", "ru")
    for _ in range(20):
        asked = asking.question()
        if asked is None:
            break
        asking.tell(asked, "не знаю")
    outcome = asking.outcome()
    assert outcome["required"] == "open"
    assert "тепловизор" in outcome["request"]
    assert "лицензией" in outcome["request"]


def test_the_walk_ends(screener: Screener) -> None:
    for goods in ("ballistic plate", "drone", "carbon fibre", "FPGA", "rifle scope"):
        asking = walk(screener, goods, "US", "CN")
        for number in range(30):
            asked = asking.question()
            if asked is None:
                break
            asking.tell(asked, "?" if number % 2 or not asked.choices else asked.choices[-1])
        assert asking.question() is None


def test_an_unreadable_answer_says_what_was_expected(screener: Screener) -> None:
    asking = walk(screener, "thermal imaging camera 640x512", "DE", "KZ")
    asked = asking.question()
    assert asked is not None
    with pytest.raises(InputError, match="expected a number with its unit"):
        asking.tell(asked, "quite fast")
    assert asking.question() == asked


def test_a_country_without_modelled_law_never_gets_a_no(screener: Screener) -> None:
    outcome = walk(screener, "wool socks", "BR", "FR").outcome()
    assert outcome["required"] == "open"
    assert "BR" in " ".join(outcome["open_facts"])


def test_every_ground_is_a_sentence_with_citation_and_date(screener: Screener) -> None:
    outcome = walk(screener, "ballistic plate NIJ IV", "DE", "CN").outcome()
    text = outcome_text(outcome)
    for answer in outcome["answers"]:
        for ground in answer["grounds"]:
            assert ground["citation"]
            assert ground["citation"] in text


def test_the_command_answers_from_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    answers = tmp_path / "answers.json"
    answers.write_text('{"parameter:thermal.frame-rate": "60 Hz"}', encoding="utf-8")
    place = ["--from", "DE", "--to", "KZ", "--as-of", "2026-11-24"]
    code = main(["licence", "ask", "thermal imaging camera 640x512", *place, "--answers", str(answers), "--json"])
    assert code == 1
    assert json.loads(capsys.readouterr().out)["required"] == "yes"


def test_a_wrong_country_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["licence", "ask", "drone", "--from", "Germany", "--to", "CN"]) == 2
    assert "two letters" in capsys.readouterr().err


def test_law_past_its_age_never_gives_a_no() -> None:
    old = build_screener(date(2029, 1, 1), learned=False)
    outcome = LicenceWalk(old, declaration_of(GoodsLine("wool socks"), "US", "CA")).outcome()
    assert outcome["required"] == "open"
    assert any("stands for" in fact for fact in outcome["open_facts"])


def test_law_told_only_in_drafts_never_gives_a_no(screener: Screener) -> None:
    outcome = walk(screener, "wool socks", "UA", "FR").outcome()
    assert outcome["required"] == "open"
    assert all(ground["date"] for answer in outcome["answers"] for ground in answer["grounds"])


def test_a_fact_only_an_exception_reads_is_split_by_its_labels_and_never_concluded(screener: Screener) -> None:
    socks = GoodsLine("wool socks", value=Decimal(50), currency="USD")
    (answer,) = [a for j, a in LicenceWalk(screener, declaration_of(socks, "US", "CU")).answers() if j == "us"]
    assert answer.required == "open"
    assert not answer.in_every_case
    assert answer.question is not None
    assert answer.question.fact == "fact:nature"
    gift, sold = (
        LicenceWalk(screener, declaration_of(socks, "US", "CU", nature=nature)).outcome()["answers"][0]["required"]
        for nature in ("gift", "sale")
    )
    assert (gift, sold) == ("no", "yes")


SOCKS = GoodsLine("wool socks", value=Decimal(50), currency="USD")


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("de", "Geschenk"),
        ("ru", "подарок"),
        ("zh", "礼物"),
        ("ar", "هدية"),
        ("en", "gift"),
        ("fr", "Cadeau"),
        ("tr", "2"),
    ],
)
def test_an_answer_is_chosen_in_words_and_kept_as_its_label(screener: Screener, language: str, said: str) -> None:
    asking = LicenceWalk(screener, declaration_of(SOCKS, "US", "CU"), language)
    asked = asking.question()
    assert asked is not None
    assert asked.fact == "fact:nature"
    assert asked.choices[:2] == ("sale", "gift")
    assert len(asked.wordings) == len(asked.choices)
    asking.tell(asked, said)
    assert asking.told == {"fact:nature": "gift"}
    assert asking.outcome()["required"] == "no"


def test_words_that_are_no_answer_are_never_taken_for_one(screener: Screener) -> None:
    asking = LicenceWalk(screener, declaration_of(SOCKS, "US", "CU"), "de")
    asked = asking.question()
    assert asked is not None
    for said in ("vielleicht", "ja", "99"):
        with pytest.raises(InputError, match="Geschenk"):
            asking.tell(asked, said)
    assert asking.question() == asked


def test_yes_is_said_in_the_persons_language_and_nothing_else_counts(screener: Screener) -> None:
    asking = walk(screener, "бронежилет", "UA", "PL", "uk")
    asked = asking.question()
    assert asked is not None
    assert asked.is_yes_or_no
    assert asked.wordings == ("Так", "Ні")
    with pytest.raises(InputError, match="Так"):
        asking.tell(asked, "мабуть")
    asking.tell(asked, "так")
    assert asking.told == {asked.fact: "yes"}


def test_a_value_is_asked_for_in_the_currency_the_law_counts_in(screener: Screener) -> None:
    asking = LicenceWalk(screener, declaration_of(GoodsLine("wool socks"), "US", "CU", nature="gift"))
    asked = asking.question()
    assert asked is not None
    assert (asked.fact, asked.units) == ("value", ("USD",))
    with pytest.raises(InputError, match="an amount and a currency"):
        asking.tell(asked, "fifty")
    asking.tell(asked, "USD 50")
    assert asking.outcome()["required"] == "no"


def test_a_code_and_a_country_are_read_and_what_was_told_before_stays(screener: Screener) -> None:
    asking = LicenceWalk(screener, declaration_of(GoodsLine("wool socks"), "US", "KP"), "en")
    for fact, said in (("code", "6115.95"), ("goods_origin", "cn"), ("transit", "jp, kr")):
        asking.tell(Asked(fact, "", (), ()), said)
    assert (asking.line.hs, asking.line.origin, asking.declaration.route) == ("611595", "CN", ("JP", "KR"))
    assert asking.told == {"code": "6115.95", "goods_origin": "cn", "transit": "jp, kr"}
    with pytest.raises(InputError, match="two letters"):
        asking.tell(Asked("goods_origin", "", (), ()), "China")


def test_a_bare_number_is_read_in_the_one_unit_of_the_question(screener: Screener) -> None:
    asking = walk(screener, "thermal imaging camera 640x512", "DE", "KZ")
    asked = asking.question()
    assert asked is not None
    asking.tell(asked, "60")
    assert asking.outcome()["required"] == "yes"


def test_a_kind_of_thing_is_asked_about_by_its_name_and_never_hundreds_of_entries(screener: Screener) -> None:
    asking = walk(screener, "тепловизор 640x512", "US", "IR", "ru")
    asked = asking.question()
    assert asked is not None
    assert asked.fact == "concept:thermal-clip-on"
    assert "тепловизионная насадка" in asked.text
    assert max(map(len, outcome_text(asking.outcome()).splitlines())) < 1200


def test_a_question_on_the_terminal_shows_what_can_be_answered(screener: Screener) -> None:
    shown = question_text(Asked("fact:nature", "Why?", ("sale", "gift"), (), ("Verkauf", "Geschenk")))
    assert shown.splitlines() == ["Why?", "  1  Verkauf (sale)", "  2  Geschenk (gift)", "  (?; fact:nature)"]
    assert question_text(Asked("value", "Worth?", (), (), units=("USD",))).splitlines()[0] == "Worth? [USD]"


def test_a_number_of_pieces_is_read_as_a_count(screener: Screener) -> None:
    ring = GoodsLine("gold ring", hs="711319", value=Decimal(900), currency="EUR")
    one, three = (LicenceWalk(screener, declaration_of(ring, "DE", "RU"), "de") for _ in range(2))
    asked = one.question()
    assert asked is not None
    assert (asked.fact, asked.choices) == ("fact:quantity", ())
    one.tell(asked, "1")
    three.tell(asked, "3")
    assert one.outcome()["required"] == "yes"
    following = three.question()
    assert following is not None
    assert following.fact == "fact:item-value-above-300-eur"
    three.tell(following, "nein")
    assert not [g for a in three.outcome()["answers"] for g in a["grounds"] if g["rule"] == "eu/833-2014-art-3h"]
