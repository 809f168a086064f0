"""`goods classify`: what every candidate carries, and what the shipped models may say."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from random import Random

import pytest

from tidewaiter.service.classify import Classifier, Row
from tidewaiter.service.screening import build_screener


@pytest.fixture(scope="module")
def classifier() -> Classifier:
    return Classifier(build_screener(date(2026, 11, 24)))


def classify(classifier: Classifier, *texts: str) -> list[Row]:
    return list(classifier.rows([(n, {"description": text}) for n, text in enumerate(texts, 1)]))


WORDINGS = (
    "ballistic plate",
    "бронеплита NIJ IV",
    "热成像瞄准镜 640 50Hz",
    "rifle scope",
    "Störsender GPS",
    "FPGA XC7K325T",
    "5A002 item",
)


def test_every_candidate_says_list_entry_date_words_status_and_why(classifier: Classifier) -> None:
    for row in classify(classifier, *WORDINGS):
        assert row["candidates"], row["text"]
        for candidate in row["candidates"]:
            assert candidate["list"]
            assert candidate["entry"]
            assert candidate["as_of"]
            assert candidate["citation"]
            assert candidate["because"]
            assert candidate["status"] in ("met", "open", "excluded")
            assert candidate["spans"]
            assert candidate["matched"] == [row["text"][start:end] for start, end in candidate["spans"]]
            assert bool(candidate["open_facts"]) == (candidate["status"] == "open")


def test_an_open_candidate_asks_in_the_language_of_the_words(classifier: Classifier) -> None:
    (english, russian) = classify(classifier, "ballistic plate", "бронеплита")
    for row, word in ((english, "level"), (russian, "класс")):
        questions = {c["question"] for c in row["candidates"] if c["status"] == "open"}
        assert any(word in question.casefold() for question in questions), questions


def test_parameters_come_in_base_units_with_their_span(classifier: Classifier) -> None:
    (row,) = classify(classifier, "thermal camera 640x512 50 Hz")
    rate = next(p for p in row["parameters"] if p["name"] == "thermal.frame-rate")
    assert rate["si"] == [50.0, 50.0]
    assert row["text"][slice(*rate["span"])] == "50 Hz"


def test_a_batch_gives_what_its_rows_give_alone(classifier: Classifier) -> None:
    together = classify(classifier, *WORDINGS)
    for number, text in enumerate(WORDINGS):
        (alone,) = classify(classifier, text)
        assert {**alone, "row": 0} == {**together[number], "row": 0}


def test_random_slices_give_the_same_answers_as_single_rows(classifier: Classifier) -> None:
    folder = Path(__file__).parents[2] / "evaluation" / "goods"
    lines = [
        line.split("\t")[1]
        for name in ("wordings.tsv", "vagueness.tsv")
        for line in (folder / name).read_text(encoding="utf-8").splitlines()[1:]
    ]
    random = Random(11)
    texts = [*random.sample(lines, 150), "", " ", "12", "плита NIJ IV " * 40, "\ud800", "瓦" * 300]
    random.shuffle(texts)
    anew = Classifier(build_screener(date(2026, 11, 24), remember=False))
    alone = [next(anew.rows([(0, {"description": text})])) for text in texts]
    for _ in range(6):
        first, size = random.randrange(len(texts)), random.choice((1, 2, 17, 40, 156))
        part = slice(first, first + size)
        rows = [{**row, "row": 0} for row in classify(classifier, *texts[part])]
        assert rows == alone[part]


def test_concern_grows_with_what_is_named(classifier: Classifier) -> None:
    socks, drone, plate = (
        row["controlled"] for row in classify(classifier, "cotton socks", "camera drone", "ballistic plate level IV")
    )
    assert socks < drone < plate
    assert socks < 0.1


def test_vague_and_plain_wordings_part(classifier: Classifier) -> None:
    vague = [row["vague"] for row in classify(classifier, "gift", "black xl", "подарок", "parts")]
    plain = [
        row["vague"] for row in classify(classifier, "mens cotton t-shirt", "rifle scope", "ladies leather handbag")
    ]
    assert min(vague) > max(plain)
