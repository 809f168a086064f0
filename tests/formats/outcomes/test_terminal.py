"""What a person reads in the terminal: the explanation, the summary table, and the marks and words they share."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from decimal import Decimal

import pytest
from rich.console import Console

from tidewaiter.formats.outcomes import ANSI, RunCounter, RunSummary, explain_text, reason_lines, summary_table
from tidewaiter.formats.outcomes.marks import language_tag, marked_text, merge_spans, segments, visible
from tidewaiter.formats.outcomes.wording import decimal_text, points_text, question_wordings
from tidewaiter.model import Coverage, Declaration, GoodsLine, Screening

from .samples import night_vision, ordinary, plates, samples


def rendered(summary: RunSummary) -> str:
    console = Console(file=io.StringIO(), width=100, color_system=None)
    console.print(summary_table(summary))
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


def test_the_reason_comes_first_in_three_lines() -> None:
    lines = explain_text(plates()).splitlines()
    assert lines[0] == "■ HOLD: Hold it."
    assert lines[1].strip().startswith("Armour plates at level IV meet 1A613.d.1")
    assert lines[2].strip().startswith("Ground: 15 CFR part 774")
    assert lines[3] == ""


def test_nothing_found_says_what_was_and_was_not_checked() -> None:
    assert reason_lines(ordinary()) == (
        "Nothing found in what was checked.",
        "No rule raised anything.",
        "Checked against 5 sources, the oldest as of 2026-03-02; NOT checked: cn-dual-use, un.",
    )
    assert reason_lines(Screening("X", "no-finding"))[2] == "Nothing is recorded as checked; no gap recorded."


def test_matched_words_are_marked_in_brackets_or_in_a_style() -> None:
    assert "[[Бронежилет]], две [[бронеплиты]] [[Level IV]], б/у" in explain_text(plates())
    assert f"{ANSI[0]}бронеплиты{ANSI[1]}" in explain_text(plates(), marks=ANSI)


def test_the_explanation_has_ground_sum_questions_changes_and_coverage() -> None:
    text = explain_text(night_vision())
    for words in (
        "Regulation (EU) 2021/821, Annex I, 6A002.c",
        "DRAFT encoding",
        "+0.540",
        "−0.210",
        "0.630  score",
        "[zh] 该设备是否装有像增强管",
        "[en] Does the device contain",
        "WHAT WOULD CHANGE THE OUTCOME",
        "! party list: un: the snapshot is 12 days old",
        "legal date 2026-09-14",
    ):
        assert words in text, words


def test_the_language_chooses_the_wording_of_a_question() -> None:
    question = night_vision().questions[0]
    assert [code for code, _ in question_wordings(question)] == ["zh", "en"]
    assert [code for code, _ in question_wordings(question, "ru")] == ["ru", "en"]
    assert [code for code, _ in question_wordings(question, "fr")] == ["zh", "en"]
    assert [code for code, _ in question_wordings(replace(question, texts=(("nl", "?"),)))] == ["nl"]
    assert question_wordings(replace(question, texts=())) == []
    assert "[ru] Есть ли" in explain_text(night_vision(), "ru")


@pytest.mark.parametrize("screening", samples(), ids=lambda item: item.id)
def test_no_explanation_claims_that_something_is_clear_or_legal(screening: Screening) -> None:
    text = explain_text(screening)
    assert not re.findall(r"\bclear(?:ed|ance)?\b", text, re.IGNORECASE)
    assert set(re.findall(r"\blegal \w+", text, re.IGNORECASE)) <= {"legal date"}


def test_declared_text_cannot_write_to_the_terminal_or_forge_a_line() -> None:
    attack = "socks\n○ NO-FINDING\x1b[2J\u202egnp.exe"
    text = explain_text(Screening(attack, "review", declaration=Declaration(attack, (GoodsLine(attack),))))
    assert "\x1b" not in text
    assert "\u202e" not in text
    assert "⟨U+001B⟩" in text
    assert not any(line.startswith("○") for line in text.splitlines())


def test_a_bare_screening_is_explained() -> None:
    text = explain_text(Screening("X", "no-finding", coverage=Coverage()))
    assert "CHECKED  nothing is recorded as checked" in text


@pytest.mark.parametrize(
    ("spans", "merged"),
    [
        ([(3, 5), (0, 2)], ((0, 2), (3, 5))),
        ([(0, 4), (2, 6)], ((0, 6),)),
        ([(0, 3), (3, 6)], ((0, 6),)),
        ([(0, 9), (2, 3)], ((0, 9),)),
        ([(-5, 3), (8, 99)], ((0, 3), (8, 10))),
        ([(4, 4), (6, 5), (50, 60)], ()),
    ],
)
def test_spans_are_sorted_clamped_and_merged(spans: list[tuple[int, int]], merged: tuple[tuple[int, int], ...]) -> None:
    assert merge_spans(spans, 10) == merged


def test_segments_keep_the_text_and_name_what_cannot_be_seen() -> None:
    made = segments("ab\u200bcd", [(1, 4)])
    assert "".join(part.text for part in made if not part.control) == "abcd"
    assert [(part.text, part.marked, part.control) for part in made] == [
        ("a", False, False), ("b", True, False), ("U+200B", True, True), ("c", True, False), ("d", False, False),
    ]  # fmt: skip
    assert marked_text("a\nb", [(0, 1)]) == "[[a]] b"
    assert visible("👨\u200d👩 نمی\u200cشود") == "👨\u200d👩 نمی\u200cشود"


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        ("socks", ""),
        ("Möbel", ""),
        ("носки", "und-Cyrl"),
        ("2 шт", "und-Cyrl"),
        ("袜子", "und-Hani"),
        ("くつ", "ja"),
        ("جوارب", "und-Arab"),
    ],
)
def test_the_script_is_named_and_no_language_guessed(text: str, tag: str) -> None:
    assert language_tag(text) == tag


def test_numbers_are_written_as_declared() -> None:
    assert [decimal_text(Decimal(text)) for text in ("210.00", "1E+2", "0E-3")] == ["210.00", "100", "0.000"]
    assert decimal_text(Decimal("1E+999")) == "1E+999"
    assert (points_text(0), points_text(-40), points_text(1250)) == ("+0.000", "−0.040", "+1.250")


def test_the_counter_counts_and_the_table_says_what_the_counts_mean() -> None:
    counter = RunCounter()
    for item in samples():
        counter.add(item)
    counter.reject(2)
    summary = counter.summary(0.5, ("september.jsonl",))
    assert (summary.declarations, summary.screened, summary.rejected, summary.questions) == (7, 5, 2, 2)
    assert summary.outcomes == (("hold", 2), ("review", 2), ("no-finding", 1))
    assert sum(count for _, count in summary.findings) == 5
    text = rendered(summary)
    for words in ("declarations in", "not screened", "■ hold", "Nothing found in what was checked", "goods.controlled"):
        assert words in text
    assert "10 a second" in text
    assert "clear" not in text.lower()


def test_the_table_shows_an_empty_run_and_shortens_a_long_one() -> None:
    assert "declarations in" in rendered(RunCounter().summary())
    many = RunSummary(findings=tuple((f"code.{number}", 1) for number in range(20)))
    assert "8 further codes" in rendered(many)


def test_a_file_name_is_not_read_as_markup() -> None:
    assert "[bold]x.csv" in rendered(RunSummary(files=("[bold]x.csv",)))
