"""The first input: the article that this project began with, as claims, each somebody's word and none established."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tidewaiter.claims.reading import ReadReport, encode_reading
from tidewaiter.model.claims import Claim, Predicate, Report
from tidewaiter.service.reports.claims import load_claim_reader
from tidewaiter.service.reports.ledger import Ledger, add_files
from tidewaiter.service.reports.reading import read_files

DATA = Path(os.environ.get("TIDEWAITER_DATA", Path(__file__).parents[3] / "shared" / "data"))
ARTICLE = DATA.parent / "reports" / "smuggled-gear-article.txt"

pytestmark = pytest.mark.skipif(not ARTICLE.exists(), reason=f"{ARTICLE} is not here; it lies beside the shared data")


@pytest.fixture(scope="module")
def read() -> tuple[Report, tuple[Claim, ...]]:
    (reading,) = read_files([ARTICLE])
    assert reading.report is not None
    return reading.report, load_claim_reader().claims(reading.report)


def some(claims: tuple[Claim, ...], predicate: Predicate, words: str = "") -> list[Claim]:
    return [c for c in claims if c.predicate == predicate and words.casefold() in c.quote.casefold()]


def goods(claim: Claim) -> str:
    return " ".join(g.text for g in claim.goods).casefold()


def test_every_quote_stands_in_the_text(read: tuple[Report, tuple[Claim, ...]]) -> None:
    report, claims = read
    assert len(claims) >= 15
    assert all(report.text[c.start : c.end] == c.quote for c in claims)


def test_the_two_vests_are_posted_as_alleged(read: tuple[Report, tuple[Claim, ...]]) -> None:
    _, claims = read
    (posted,) = some(claims, Predicate.POSTED, "two tactical vests")
    assert posted.modality == "hedged"
    assert "tactical vests" in goods(posted)
    assert "ratnik" in goods(posted)
    assert "modular" in goods(posted)
    assert posted.subject is not None
    assert posted.subject.head == "citizen"
    assert posted.subject.name == ""
    ratnik = next(g for g in posted.goods if "Ratnik" in g.text)
    assert "load-bearing-vest" in ratnik.concepts


def test_the_detention_in_moscow_the_seizure_and_the_earlier_shipments_are_there(
    read: tuple[Report, tuple[Claim, ...]],
) -> None:
    _, claims = read
    (held,) = some(claims, Predicate.DETAINED, "detained in Moscow")
    assert held.place is not None
    assert held.place.name == "Moscow"
    assert some(claims, Predicate.SEIZED, "gear was seized")
    (earlier,) = some(claims, Predicate.PRIOR_SHIPMENT)
    assert earlier.route.destination is not None
    assert earlier.route.destination.country == "CN"


def test_the_student_his_dormitory_and_his_own_word_on_classifieds(read: tuple[Report, tuple[Claim, ...]]) -> None:
    _, claims = read
    (stored,) = some(claims, Predicate.STORED)
    assert stored.subject is not None
    assert (stored.subject.age, stored.modality) == (27, "hedged")
    (bought,) = some(claims, Predicate.PURCHASED)
    assert [s.type for s in bought.chain] == ["suspect"]


def test_the_law_the_belief_the_replicas_and_the_presidents_are_their_speakers(
    read: tuple[Report, tuple[Claim, ...]],
) -> None:
    _, claims = read
    assert some(claims, Predicate.LAW_STATES, "without a license")
    (motive,) = some(claims, Predicate.MOTIVE_ALLEGED, "industrial espionage")
    assert motive.modality == "hedged"
    assert "Shapiev" in motive.chain[-1].text
    assert some(claims, Predicate.UNVERIFIED, "have not been verified")
    seen = some(claims, Predicate.SEEN_IN_USE, "fallen Ukrainian soldiers")
    assert seen
    assert all(c.chain and c.chain[-1].type == "anonymous" for c in seen)
    said = " ".join(c.chain[-1].text for c in claims if c.chain)
    assert "Zelensky" in said
    assert "Xi Jinping" in said


def test_a_nation_is_the_subject_of_generalisations_only_and_they_name_nobody(
    read: tuple[Report, tuple[Claim, ...]],
) -> None:
    _, claims = read
    general = some(claims, Predicate.GENERALISATION)
    assert general
    assert all(c.subject is None and not c.goods for c in general)
    subjects = {c.subject.text.casefold() for c in claims if c.subject is not None}
    assert subjects.isdisjoint({"chinese", "russian", "ukrainian", "chinese nationals", "nationals"})


def test_nothing_is_established_and_the_byline_is_in_the_grade(
    read: tuple[Report, tuple[Claim, ...]], tmp_path: Path
) -> None:
    report, claims = read
    assert report.byline == "By AI"
    rows = tmp_path / "read.jsonl"
    rows.write_bytes(encode_reading(ReadReport(report, claims)) + b"\n")
    db = tmp_path / "reports.db"
    add_files(db, [rows], datetime(2026, 11, 25, tzinfo=UTC))
    ledger = Ledger(db)
    view = ledger.view()
    ledger.close()
    shown = [*(c for incident in view.incidents for c in incident.claims), *view.background]
    assert len(shown) == len(claims)
    assert all(c.verification is None for c in shown)
    assert all(c.standing.credibility >= 2 for c in shown)
    assert any("machine" in reason for c in shown for reason in c.suggested.because)
