"""The words, the gazetteer and a reading of a text, made once for the tests of mentions and speakers."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

from tidewaiter.claims.gazetteer import Gazetteer
from tidewaiter.claims.mentions.find import Found, Names, find_mentions
from tidewaiter.claims.mentions.lexicon import Lexicon
from tidewaiter.claims.sentences import sentences
from tidewaiter.claims.speakers import chain_at, chain_of
from tidewaiter.claims.voices import Voices
from tidewaiter.model.claims import Passage, Report, Speaker
from tidewaiter.packs.load_gazetteer import load_gazetteer_rows
from tidewaiter.packs.load_reliability import load_reliability
from tidewaiter.packs.load_report_who import load_who_words
from tidewaiter.packs.report_words import ReportWords

PACKS = Path(__file__).parents[2] / "packs"
PUBLISHED = date(2025, 4, 21)  # a Monday


@cache
def lexicons() -> dict[str, Lexicon]:
    return {language: Lexicon(words) for language, words in load_who_words(PACKS).items()}


@cache
def gazetteer() -> Gazetteer:
    return Gazetteer(load_gazetteer_rows(PACKS))


@cache
def voices() -> Voices:
    return Voices(gazetteer(), load_reliability(PACKS))


def found_in(text: str, language: str, published: date | None = PUBLISHED, names: Names | None = None) -> Found:
    return find_mentions(text, 0, lexicons()[language], gazetteer(), published, names)


def speakers_of(text: str, language: str, part: str, publisher: str = "") -> tuple[Speaker, ...]:
    report = Report("r", text, publisher=publisher, language=language, passages=(Passage("body", 0, len(text)),))
    rows = sentences(report, ReportWords(language))
    names = Names()
    found = [
        find_mentions(text[one.start : one.end], one.start, lexicons()[language], gazetteer(), PUBLISHED, names)
        for one in rows
    ]
    spans = [span for made in chain_at(report, rows, found, lexicons()[language], voices()) for span in made]
    start = text.index(part)
    return chain_of(spans, start, start + len(part))


def said(text: str, language: str, part: str, publisher: str = "") -> list[str]:
    return [speaker.text for speaker in speakers_of(text, language, part, publisher)]
