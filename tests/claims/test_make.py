"""A claim's words are the text's words, or there is no claim."""

import pytest

from tidewaiter.claims.make import make_claim, numbered
from tidewaiter.model import InternalError
from tidewaiter.model.claims import Mention, Predicate, Report

REPORT = Report("r1", "A man was detained in Moscow. He sent two vests.")


def test_a_claim_quotes_the_text_at_its_offsets() -> None:
    claim = make_claim(REPORT, Predicate.DETAINED, 0, 28, subject=Mention("person", "A man", 0, 5))
    assert claim.quote == "A man was detained in Moscow"
    assert claim.id == "r1:0-28:detained:0"


@pytest.mark.parametrize(("start", "end"), [(0, 0), (-1, 5), (0, 999), (28, 28), (5, 6), (9, 3)])
def test_a_quote_that_is_not_in_the_text_is_refused(start: int, end: int) -> None:
    with pytest.raises(InternalError):
        make_claim(REPORT, Predicate.DETAINED, start, end)


def test_other_words_than_those_at_the_offsets_are_refused() -> None:
    with pytest.raises(InternalError):
        make_claim(REPORT, Predicate.DETAINED, 0, 28, quote="A woman was detained in Moscow")
    with pytest.raises(InternalError):
        make_claim(REPORT, Predicate.DETAINED, 0, 28, subject=Mention("person", "A woman", 0, 7))
    with pytest.raises(InternalError):
        make_claim(REPORT, Predicate.DETAINED, 0, 28, detail="for espionage")


def test_claims_of_one_span_are_numbered_in_the_order_of_the_text() -> None:
    claims = [make_claim(REPORT, Predicate.POSTED, 30, 47), make_claim(REPORT, Predicate.POSTED, 30, 47)]
    claims.append(make_claim(REPORT, Predicate.DETAINED, 0, 28))
    assert [claim.id for claim in numbered(claims)] == [
        "r1:0-28:detained:0",
        "r1:30-47:posted:0",
        "r1:30-47:posted:1",
    ]
