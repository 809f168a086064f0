"""Reading files of reports: words of a pack, repeated bytes once, copies marked, problems located."""

from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tidewaiter.cli.main import main
from tidewaiter.model import PackError
from tidewaiter.packs.boilerplate import BY_LANGUAGE
from tidewaiter.service.reports.reading import read_files, with_copies_marked
from tidewaiter.service.reports.words import load_page_words

BODY = (
    "Customs officers in the port of Leipzig stopped a parcel with two load-bearing vests, a spokesman said. "
    "The parcel was sent by a student and was to go to an address abroad, and the sender was asked for a licence."
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "a.txt").write_text(f"Vests stopped\n\nMarch 3, 2026\n\n{BODY}", "utf-8")
    (tmp_path / "b.txt").write_text(f"Another headline\n\nMarch 4, 2026\n\n{BODY}", "utf-8")
    shutil.copy(tmp_path / "a.txt", tmp_path / "c.txt")
    (tmp_path / "d.bin").write_bytes(b"\0" * 100)
    return tmp_path


def test_copies_are_marked_and_the_same_bytes_are_read_once(folder: Path) -> None:
    files = [folder / name for name in ("b.txt", "a.txt", "c.txt", "d.bin")]
    b, a, c, d = with_copies_marked(read_files(files, packs=ROOT / "packs", retrieved=date(2026, 3, 9)))
    assert a.report is not None
    assert b.report is not None
    assert (a.report.near_dup_of, b.report.near_dup_of) == ("", a.report.id)
    assert a.report.retrieved == date(2026, 3, 9)
    assert (c.report, [problem.code for problem in c.problems]) == (None, ["report.repeated"])
    assert (d.report, [problem.code for problem in d.problems]) == (None, ["report.unreadable"])


def test_the_command_writes_a_line_a_document_and_exits_with_two_where_one_is_unreadable(
    folder: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    out = folder / "out.jsonl"
    assert main(["report", "read", str(folder / "a.txt"), str(folder / "b.txt"), "-o", str(out)]) == 1
    rows = [json.loads(line) for line in out.read_text("utf-8").splitlines()]
    assert all(row["report"]["text"][c["start"] : c["end"]] == c["quote"] for row in rows for c in row["claims"])
    assert [row["report"]["title"] for row in rows] == ["Vests stopped", "Another headline"]
    report = rows[0]["report"]
    texts = [report["text"][passage["start"] : passage["end"]] for passage in report["passages"]]
    assert texts == ["Vests stopped", BODY]
    assert report["published"]["first"] == "2026-03-03"
    assert main(["report", "read", str(folder / "d.bin"), str(folder / "none.txt"), str(folder)]) == 2
    shown = capfd.readouterr()
    assert f"{folder / 'd.bin'}: this is not text" in shown.err
    assert "none.txt: cannot be read: No such file or directory" in shown.err
    assert "this is a folder; give its files" in shown.err
    assert [json.loads(line)["report"] for line in shown.out.splitlines()] == [None, None, None]


def test_a_small_bound_and_a_wrong_date_are_said(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["report", "read", "--text-only", "--max-mb", "0.1", str(folder / "a.txt")]) == 0
    assert main(["report", "read", "--max-mb", "0.001", str(folder / "a.txt"), "--retrieved", "soon"]) == 2
    assert "expected a date such as" in capfd.readouterr().err


def test_words_that_do_not_read_are_all_listed(tmp_path: Path) -> None:
    (tmp_path / "report-words").mkdir()
    (tmp_path / "report-words" / "boilerplate.yaml").write_text(
        "whole_lines: [share]\nbylines: {en: by}\nother: {}\n", "utf-8"
    )
    with pytest.raises(PackError) as caught:
        load_page_words(tmp_path)
    assert [problem.line for problem in caught.value.problems] == [1, 2, 3]


def test_the_lint_of_packs_checks_the_words_of_lines(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "packs" / "report-words", tmp_path / "report-words")
    path = tmp_path / "report-words" / "boilerplate.yaml"
    path.write_text(path.read_text("utf-8") + "nonsense: {}\n", "utf-8")
    assert main(["pack", "lint", str(tmp_path)]) == 2
    assert main(["pack", "lint", str(ROOT / "packs" / "report-words")]) == 0


def test_every_table_of_words_is_there_in_seven_languages() -> None:
    words = load_page_words(ROOT / "packs").words
    for name in BY_LANGUAGE:
        assert set(getattr(words, name)) == {"en", "ru", "uk", "de", "fr", "it", "es"}
