"""Plain text: what is headline, byline, date, passage and page furniture, in seven languages, with offsets that hold."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from tests.formats.reports.conftest import Read, ReadReport, passages

ARTICLE = """Vests found in a parcel

AI
By AI

**A parcel for abroad**

Customs officers in Leipzig stopped a parcel with two vests, an official said.

Read more: Ten other parcels

He said nothing else was found.

Share This Article
"""


def test_a_headline_bold_lines_and_paragraphs_become_passages_and_the_byline_does_not(report: ReadReport) -> None:
    found = report(ARTICLE)
    assert passages(found) == [
        ("headline", "Vests found in a parcel"),
        ("headline", "A parcel for abroad"),
        ("body", "Customs officers in Leipzig stopped a parcel with two vests, an official said."),
        ("body", "He said nothing else was found."),
    ]
    assert (found.byline, found.title, found.language) == ("By AI", "Vests found in a parcel", "en")
    assert "**A parcel for abroad**" in found.text
    assert "Share This Article" not in found.text
    assert "Read more" not in found.text
    assert "left out 2 lines of page furniture" in found.notes


def test_the_first_input_keeps_every_sentence_and_no_share_link(report: ReadReport, data_folder: Path) -> None:
    path = data_folder.parent / "reports" / "smuggled-gear-article.txt"
    if not path.is_file():
        pytest.skip("the shared article is not here")
    found = report(path.read_bytes())
    kinds = [kind for kind, _ in passages(found)]
    assert (kinds.count("headline"), kinds.count("body")) == (6, 11)
    assert (found.byline, found.language, found.published.precision) == ("By AI", "en", "unknown")
    assert "Share This Article" not in found.text


@pytest.mark.parametrize(
    ("language", "text", "byline", "day"),
    [
        ("en", "Vests seized\nBy John Smith Jr., Kyiv\nMarch 3, 2026 at 10:05 am\n\nCustoms seized two vests on Monday in the port.\n\nSubscribe now", "By John Smith Jr., Kyiv", date(2026, 3, 3)),
        ("ru", "Таможня изъяла жилеты\n\nАвтор: Иван Примеров\n\n3 марта 2026 года, 14:05 мск\n\nТаможенники изъяли два бронежилета в понедельник.\n\nЧитайте также", "Автор: Иван Примеров", date(2026, 3, 3)),
        ("uk", "Митниця вилучила жилети\n\nАвторка: Олена Прикладна\n\nОпубліковано: 3 березня 2026\n\nМитники вилучили два бронежилети в понеділок.\n\nПоділитися", "Авторка: Олена Прикладна", date(2026, 3, 3)),
        ("de", "Zoll stoppt Westen\n\nVon Erika Beispiel und dpa\n\nDienstag, 03.03.2026 | 10:12 Uhr\n\nDer Zoll hat am Montag zwei Schutzwesten gestoppt.\n\nTeilen", "Von Erika Beispiel und dpa", date(2026, 3, 3)),
        ("fr", "La douane saisit des gilets\n\nPar Jean Exemple avec AFP\n\nPublié le 3 mars 2026 à 10h05\n\nLa douane a saisi deux gilets pare-balles lundi.\n\nLire aussi : un autre article", "Par Jean Exemple avec AFP", date(2026, 3, 3)),
        ("it", "La dogana sequestra giubbotti\n\nDi Mario Esempio\n\nmartedì 3 marzo 2026, ore 10:30\n\nLa dogana ha sequestrato lunedì due giubbotti antiproiettile.\n\nCondividi", "Di Mario Esempio", date(2026, 3, 3)),
        ("es", "La aduana incauta chalecos\n\nPor Ana Ejemplo / EFE\n\n3 de marzo de 2026\n\nLa aduana incautó el lunes dos chalecos antibalas.\n\nCompartir", "Por Ana Ejemplo / EFE", date(2026, 3, 3)),
    ],
)  # fmt: skip
def test_bylines_dates_and_furniture_are_told_in_each_language(
    report: ReadReport, language: str, text: str, byline: str, day: date
) -> None:
    found = report(text)
    assert found.language == language
    assert found.byline == byline
    assert (found.published.first, found.published.last, found.published.precision) == (day, day, "day")
    assert found.text[found.published.start : found.published.end] == found.published.text
    assert [kind for kind, _ in passages(found)] == ["headline", "body"]


@pytest.mark.parametrize(
    "sentence",
    [
        "By early morning customs had seized forty vests.",
        "Par ailleurs, la douane a saisi deux gilets.",
        "Von Moskau nach Peking",
        "Home to many, the town has one post office.",
        "He said he would share this article of clothing with nobody.",
    ],
)
def test_sentences_that_begin_as_furniture_does_stay(report: ReadReport, sentence: str) -> None:
    found = report(f"A headline of no matter\n\n{sentence}\n\nCustoms officers stopped a parcel on Tuesday.")
    assert sentence in [text for _, text in passages(found)]
    assert found.byline == ""


@pytest.mark.parametrize(
    ("start", "publisher", "day", "precision"),
    [
        ("МОСКВА, 3 мар 2026 - РИА Новости. Таможня изъяла жилеты в городе.", "RIA Novosti", date(2026, 3, 3), "day"),
        ("KYIV, March 3, 2026 (Interfax-Ukraine) — Customs seized vests in the city.", "Interfax-Ukraine", date(2026, 3, 3), "day"),
        ("KYIV, March 3 (Reuters) — Customs seized vests in the city.", "Reuters", None, "unknown"),
        ("Leipzig (dpa) - Der Zoll hat am Montag Westen gestoppt.", "dpa", None, "unknown"),
        ("He told Reuters on March 3, 2026 that customs seized vests.", "", None, "unknown"),
    ],
)  # fmt: skip
def test_a_dateline_gives_agency_and_day_and_a_missing_year_is_not_guessed(
    report: ReadReport, start: str, publisher: str, day: date | None, precision: str
) -> None:
    found = report(f"A headline\n\n{start}\n\nNothing else is known at this time.")
    assert (found.publisher, found.published.first, found.published.precision) == (publisher, day, precision)


def test_an_ambiguous_or_absent_date_stays_unknown(report: ReadReport) -> None:
    body = "Customs officers stopped a parcel with two vests in the port."
    assert report(f"Headline\n\n03/04/2026\n\n{body}").published.first is None
    assert report(f"Headline\n\n03/04/2026\n\n{body}").published.text == "03/04/2026"
    assert report(f"Headline\n\n{body}").published.text == ""
    assert report(f"Headline\n\nUpdated March 4, 2026\n\n{body}").published.first is None
    month = report(f"Headline\n\nMarch 2026\n\n{body}").published
    assert (month.first, month.last, month.precision) == (date(2026, 3, 1), date(2026, 3, 31), "month")


@pytest.mark.parametrize(
    "line",
    [
        "Leipzig, 3. März 2026",
        "Leipzig, den 3. März 2026",
        "3. März 2026, 10:15 Uhr",
        "3. März 2026 | Erika Beispiel",
        "Veröffentlicht am 03.03.2026 um 10.15 Uhr",
        "Stand: 03.03.2026, 10:15 Uhr",
    ],
)
def test_a_line_that_is_a_date_is_no_passage(report: ReadReport, line: str) -> None:
    found = report(f"Zoll stoppt Westen\n\n{line}\n\nDer Zoll hat am Montag zwei Schutzwesten gestoppt.")
    assert found.published.first == date(2026, 3, 3)
    assert line in found.text
    assert [kind for kind, _ in passages(found)] == ["headline", "body"]


@pytest.mark.parametrize(
    "line",
    [
        "Am 3. März 2026 wurden zwei Westen gefunden.",
        "3. März 2026 war der Tag, an dem alles begann.",
        "Leipzig, 3. März 2026: zwei Westen.",
    ],
)
def test_a_sentence_with_a_date_is_a_passage(report: ReadReport, line: str) -> None:
    found = report(f"Zoll stoppt Westen\n\n{line}\n\nDer Zoll hat am Montag zwei Schutzwesten gestoppt.")
    assert line in [text for _, text in passages(found)]


def test_lines_broken_to_a_width_are_one_passage_and_quoted_lines_a_quotation(report: ReadReport) -> None:
    found = report(
        "Vests seized\n\nCustoms officers in the port of Leipzig stopped a parcel that was\nsent to an address abroad, and found\nhome\nmade vests in it.\n\n> It was a surprise.\n\nPhoto: two vests"
    )
    assert passages(found) == [
        ("headline", "Vests seized"),
        ("body", "Customs officers in the port of Leipzig stopped a parcel that was sent to an address abroad, and found home made vests in it."),
        ("quotation", "It was a surprise."),
        ("caption", "Photo: two vests"),
    ]  # fmt: skip


def test_a_single_paragraph_is_body_and_paragraphs_without_blank_lines_are_several(report: ReadReport) -> None:
    assert passages(report("Customs seized two vests."))[0][0] == "body"
    long = "Customs officers stopped a parcel with two vests in the port of Leipzig on Tuesday, and the sender was asked for a licence."
    found = report(f"Vests seized\n{long}\n{long}")
    assert [kind for kind, _ in passages(found)] == ["headline", "body", "body"]


def test_characters_that_print_nothing_are_taken_out_and_letters_are_kept(report: ReadReport) -> None:
    found = report(
        "Две \u202eпосылки\u202c\r\n\r\nТаможня\x07 изъяла е\u0301ще\u00ad один\u200b жилет\U000e0041 в городе вчера."
    )
    assert found.text == "Две посылки\n\nТаможня изъяла е\u0301ще один жилет в городе вчера."
    assert found.notes == (
        "left out 1 control character",
        "left out 2 marks of writing direction",
        "left out 3 invisible characters",
    )


@pytest.mark.parametrize("encoding", ["cp1251", "koi8-r", "cp866", "utf-16", "utf-8-sig"])
def test_old_cyrillic_encodings_are_told_by_their_letters(read: Read, encoding: str) -> None:
    text = "Таможня изъяла два жилета в Москве.\n\nОб этом сообщили в ведомстве вчера."
    reading = read(text.encode(encoding))
    assert reading.report is not None
    assert reading.report.text == text
    assert reading.report.language == "ru"


def test_western_bytes_are_not_taken_for_chinese_and_a_few_bad_bytes_are_said(read: Read) -> None:
    reading = read("Zoll fängt Westen für Käufer in Übersee ab\n\nDie Behörde erklärte dies gestern.".encode("latin-1"))
    assert reading.report is not None
    assert "Käufer in Übersee" in reading.report.text
    reading = read("Таможня изъяла два жилета, сообщили в ведомстве. ".encode() * 9 + b"\xff\xfe")
    assert [problem.code for problem in reading.problems] == ["format.encoding"]
