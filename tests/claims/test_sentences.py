"""Sentences, tokens and quotations keep their offsets and split where a reader would."""

import pytest

from tidewaiter.claims.sentences import quotations, sentences, tokenise
from tidewaiter.model.claims import Report
from tidewaiter.packs.report_words import ReportWords

WORDS = ReportWords("en", lists={"abbreviations": ("Mr", "Sept", "ст", "г"), "months": ("März", "марта")})


def split(text: str) -> list[str]:
    report = Report("x", text)
    return [sentence.text(report) for sentence in sentences(report, WORDS)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One. Two! Three?", ["One.", "Two!", "Three?"]),
        ("U.S. Attorney Mr. Hale spoke on Sept. 3. He left.", ["U.S. Attorney Mr. Hale spoke on Sept. 3.", "He left."]),
        ("Am 3. März kam er. Dann ging er.", ["Am 3. März kam er.", "Dann ging er."]),
        ("“It was ours.” Then silence.", ["“It was ours.”", "Then silence."]),
        ("По ст. 226.1 УК РФ. Суд решил.", ["По ст. 226.1 УК РФ.", "Суд решил."]),
        ("A heading\nThe first line runs on and on until it has to be wrapped by\nthe editor. End.",
         ["A heading", "The first line runs on and on until it has to be wrapped by\nthe editor.", "End."]),
        ("", []),
    ],
)  # fmt: skip
def test_text_is_split_into_sentences(text: str, expected: list[str]) -> None:
    assert split(text) == expected


def test_tokens_keep_their_offsets_and_part_elided_words() -> None:
    text = "L’homme de 27 ans, dell'uomo, п'ять, the student's 6B45, 1 500,00 and 27-year-old U.S. men don't"
    tokens = tokenise(text)
    assert all(text[t.start : t.end] == t.text for t in tokens)
    words = [t.low for t in tokens]
    for word in (
        "l'",
        "homme",
        "dell'",
        "uomo",
        "п'ять",
        "student",
        "'s",
        "6b45",
        "500,00",
        "27-year-old",
        "u.s.",
        "don't",
    ):
        assert word in words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He said “one” and “two”.", ["“one”", "“two”"]),
        ("Он сказал: «Партия „Ратник“ ушла».", ["«Партия „Ратник“ ушла»", "„Ratnik“".replace("Ratnik", "Ратник")]),
        ("Er sagte: „Nein.“ Und »doch«.", ["„Nein.“", "»doch«"]),
        ('A "plain" one and a dog\'s tail.', ['"plain"']),
        ("“never closed", []),
    ],
)
def test_quotations_are_found_also_inside_each_other(text: str, expected: list[str]) -> None:
    assert [text[q.start : q.end] for q in quotations(text)] == expected


def test_a_line_without_an_end_is_cut_into_bounded_pieces() -> None:
    text = "word " * 50_000
    pieces = sentences(Report("x", text), WORDS)
    assert max(len(piece.tokens) for piece in pieces) <= 220
