"""Who is named and does nothing: cases no doer has, whom a text only quotes, and verbs in the plural."""

from __future__ import annotations

from tidewaiter.claims.clauses import Parsed, parse
from tidewaiter.claims.compiled import compile_words
from tidewaiter.claims.fill.bystanders import bystanders, plurals
from tidewaiter.claims.sentences import sentences
from tidewaiter.model.claims import Mention, Report
from tidewaiter.packs.report_words import CueRow, ReportWords

WORDS = compile_words(
    ReportWords(
        "ru",
        "free",
        {},
        {"oblique_cases": ("*ого", "мужчину"), "sources": ("по данным",), "plurals": ("*ли",)},
        {},
        {"predicates": (CueRow(("нашли", "нашла"), {"is": "found"}, "words:1"),)},
        {},
        "words",
    )
)


def noticed(text: str, *names: str) -> tuple[Parsed, list[Mention]]:
    parsed = parse(sentences(Report("r", text, language="ru"), WORDS.words)[0], WORDS)
    mentions = [Mention("authority", name, text.index(name), text.index(name) + len(name)) for name in names]
    return parsed, mentions


def test_a_name_in_a_case_that_no_doer_has_is_a_bystander() -> None:
    parsed, mentions = noticed("У местного жителя нашли прицел", "местного жителя")
    assert bystanders(mentions, parsed, WORDS) == {mentions[0].start}


def test_whoever_is_only_quoted_is_a_bystander() -> None:
    parsed, mentions = noticed("По данным ФСБ, таможня нашла прицел", "ФСБ", "таможня")
    assert bystanders(mentions, parsed, WORDS) == {mentions[0].start}


def test_only_verbs_of_predicates_in_the_plural_want_their_doer_in_their_clause() -> None:
    parsed, _ = noticed("Были те, кто видели, как нашли прицел")
    assert [parsed.sentence.tokens[at].low for at in plurals(parsed, WORDS)] == ["нашли"]
    parsed, _ = noticed("Таможня нашла прицел")
    assert not plurals(parsed, WORDS)
