"""The gold articles for the reading of reports are sound: whatever they mark stands in their text, and in the closed vocabulary."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, get_args

import pytest
import yaml

from tidewaiter.model.claims import DatePrecision, LegalStatus, Modality, Polarity, Predicate

REPORTS = Path(__file__).resolve().parents[2] / "evaluation" / "reports"
LANGUAGES = {"en", "ru", "uk", "de", "fr", "it", "es"}
FIRST_HELD = 51  # articles from this number on are only measured, so they need no balance
TRAP = re.compile(r"[a-z]+(-[a-z]+)*")
WITHOUT_SUBJECT = {"goods-are", "seen-in-use", "figure-stated", "unverified", "generalisation"}
SLOTS = {"predicate", "quote", "subject", "goods", "polarity", "modality", "status", "chain"}
OPTIONAL_SLOTS = {"quantity", "value", "place", "route", "time"}
CONFLICT_SLOTS = {"age", "goods", "quantity", "value", "date", "place", "route", "status", "subject"}


def read(path: Path) -> dict[str, Any]:
    value = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert isinstance(value, dict), path
    return value


GOLD = {path.stem: read(path) for path in sorted(REPORTS.glob("??/*.yaml"))}
TEXTS = {path.stem: path.read_text(encoding="utf-8") for path in sorted(REPORTS.glob("??/*.txt"))}
CLUSTERS = {path.stem: read(path) for path in sorted((REPORTS / "clusters").glob("*.yaml"))}


def check_verbatim(words: str, text: str) -> None:
    assert words
    assert words in text, words


def is_inside_one_paragraph(quote: str) -> bool:
    return "\n" not in quote and quote == quote.strip() and quote != ""


def test_there_are_enough_articles_and_each_has_its_text() -> None:
    assert len(GOLD) >= 60
    assert GOLD.keys() == TEXTS.keys()


def test_odd_and_even_articles_are_in_balance() -> None:
    parted = [name for name in GOLD if int(name[3:]) < FIRST_HELD]
    for language, total in Counter(name[:2] for name in parted).items():
        odd = sum(int(name[3:]) % 2 for name in parted if name[:2] == language)
        assert abs(2 * odd - total) <= 1, language


def test_held_out_articles_are_equally_many_in_each_language() -> None:
    held = Counter(name[:2] for name in GOLD if int(name[3:]) >= FIRST_HELD)
    assert held.keys() == LANGUAGES
    assert len(set(held.values())) == 1


@pytest.mark.parametrize("name", sorted(GOLD))
def test_head_of_an_article_is_sound(name: str) -> None:
    gold = GOLD[name]
    assert gold["id"] == name
    assert gold["language"] == name[:2] in LANGUAGES
    assert gold["publisher"]
    assert gold["style"]
    date.fromisoformat(gold["published"])
    assert all(TRAP.fullmatch(trap) for trap in gold["traps"])
    assert isinstance(gold["upstream"], list)
    assert not gold["cluster"] or name in CLUSTERS[gold["cluster"]]["documents"]
    assert 110 <= len(TEXTS[name].split()) <= 460


@pytest.mark.parametrize("name", sorted(GOLD))
def test_what_an_article_marks_is_verbatim(name: str) -> None:
    text = TEXTS[name]
    for claim in GOLD[name]["claims"]:
        quote = claim["quote"]
        assert text.count(quote) == 1, quote
        assert is_inside_one_paragraph(quote), quote
        for words in [*claim["subject"], *claim["goods"]]:
            check_verbatim(words, text)


@pytest.mark.parametrize("name", sorted(GOLD))
def test_speakers_and_places_are_written_as_the_article_writes_them(name: str) -> None:
    text = TEXTS[name]
    for claim in GOLD[name]["claims"]:
        places = [claim["place"]] if "place" in claim else []
        for words in [*claim["chain"], *places, *claim.get("route", {}).values()]:
            check_verbatim(words, text)


@pytest.mark.parametrize("name", sorted(GOLD))
def test_claims_keep_to_the_closed_vocabulary(name: str) -> None:
    claims = GOLD[name]["claims"]
    assert len(claims) >= 5
    for claim in claims:
        assert SLOTS <= claim.keys() <= SLOTS | OPTIONAL_SLOTS, claim["quote"]
        assert claim["predicate"] in list(Predicate)
        assert claim["polarity"] in get_args(Polarity)
        assert claim["modality"] in get_args(Modality)
        assert claim["status"] is None or claim["status"] in list(LegalStatus)
        assert not (claim["subject"] and claim["predicate"] in WITHOUT_SUBJECT), claim["quote"]
        check_amounts(claim)
        check_time(claim.get("time"))


def check_amounts(claim: dict[str, Any]) -> None:
    for slot in ("quantity", "value"):
        if slot in claim:
            assert Decimal(claim[slot]["value"]) >= 0
            assert claim[slot]["unit"]


def check_time(time: dict[str, str] | None) -> None:
    if time is not None:
        assert date.fromisoformat(time["first"]) <= date.fromisoformat(time["last"])
        assert time["precision"] in get_args(DatePrecision)


@pytest.mark.parametrize("name", sorted(CLUSTERS))
def test_clusters_name_existing_articles_and_their_words(name: str) -> None:
    cluster = CLUSTERS[name]
    documents = cluster["documents"]
    assert cluster["cluster"] == name
    assert len(set(documents)) == len(documents) >= 2
    assert all(GOLD[document]["cluster"] == name for document in documents)
    assert isinstance(cluster["upstreams"], int)
    for pair in [*cluster.get("conflicts", []), *cluster.get("no_conflicts", [])]:
        assert pair["slot"] in CONFLICT_SLOTS
        for side in (pair["left"], pair["right"]):
            assert {side["document"], *side.get("also", [])} <= set(documents)
            assert TEXTS[side["document"]].count(side["quote"]) == 1, side
    for kind in ("corrects", "supersedes"):
        for link in cluster.get(kind, []):
            assert {link["document"], link[kind]} <= set(documents)
