"""The measure of report reading counts what it says it counts."""

from pathlib import Path

import pytest

from tidewaiter.claims.make import make_claim
from tidewaiter.model import InputError
from tidewaiter.model.claims import Claim, GoodsMention, Mention, Predicate, Report
from tidewaiter.service.reports.evaluate import measure, read_articles, same_chain

TEXT = "Headline here\n\nA man was detained in Moscow. Customs seized two vests."
MARKS = """id: en-01
language: en
published: '2025-04-21'
claims:
  - predicate: detained
    quote: "A man was detained in Moscow"
    subject: ["A man"]
    goods: []
    polarity: affirmed
    modality: asserted
    status: detained
    chain: []
  - predicate: seized
    quote: "Customs seized two vests"
    subject: ["Customs"]
    goods: ["two vests"]
    polarity: affirmed
    modality: asserted
    status: null
    chain: []
"""


def folder(tmp_path: Path, marks: str = MARKS) -> Path:
    (tmp_path / "en").mkdir()
    (tmp_path / "en" / "en-01.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "en" / "en-01.yaml").write_text(marks, encoding="utf-8")
    return tmp_path


def read(report: Report) -> list[Claim]:
    man, vests = TEXT.index("A man"), TEXT.index("vests")
    return [
        make_claim(report, Predicate.DETAINED, man, man + 18, subject=Mention("person", "A man", man, man + 5)),
        make_claim(report, Predicate.SEIZED, vests - 11, vests + 5, goods=(GoodsMention("vests", vests, vests + 5),)),
    ]


def test_a_claim_counts_with_the_right_subject_and_goods_only(tmp_path: Path) -> None:
    score = measure(read_articles(folder(tmp_path)), read).by[("odd", "all")]
    assert (score.read, score.marked, score.right) == (2, 2, 1)  # the second names no subject
    assert (score.polarity, score.status) == (1, 0)


def test_a_quote_that_is_not_in_the_article_is_refused_with_its_line(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"en-01\.yaml:5"):
        read_articles(folder(tmp_path, MARKS.replace("A man was detained", "A woman was detained", 1)))


def test_chains_are_the_same_when_each_link_shares_a_word() -> None:
    assert same_chain(("Izvestia", "a law-enforcement source"), ("the Izvestia", "source"))
    assert not same_chain(("Izvestia",), ())
