"""Questions and answers come from several files of a policy pack; a fact worded twice is a located problem."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from tests.conftest import ROOT

from tidewaiter.packs import load_with_problems

FIRST = """\
questions:
  quantity:
    en: "How many pieces?"
answers:
  nature:
    gift: {en: "A gift", de: "Ein Geschenk"}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "tests" / "small_packs", tmp_path / "packs")
    (tmp_path / "packs" / "policy" / "questions").mkdir()
    (tmp_path / "packs" / "policy" / "questions" / "a.yaml").write_text(FIRST, encoding="utf-8")
    return tmp_path / "packs"


def write(folder: Path, text: str) -> None:
    (folder / "policy" / "questions" / "b.yaml").write_text(text, encoding="utf-8")


def test_questions_and_answers_of_several_files_are_one_table(folder: Path) -> None:
    write(folder, 'questions:\n  value: {en: "What is it worth?"}\n')
    packs, problems = load_with_problems(folder)
    assert not problems, "\n".join(map(str, problems))
    assert packs.questions["quantity"]["en"] == "How many pieces?"
    assert packs.questions["value"]["en"] == "What is it worth?"
    assert packs.answers["nature"]["gift"]["de"] == "Ein Geschenk"
    assert packs.question_sources["value"] == "packs/policy/questions/b.yaml:2"


@pytest.mark.parametrize(
    "second",
    [
        'questions:\n  quantity: {en: "How many?"}\n',
        'questions:\n  "fact:quantity": {en: "How many?"}\n',
        'answers:\n  nature: {gift: {en: "Present"}}\n',
    ],
)
def test_a_fact_worded_twice_is_a_problem_with_both_places(folder: Path, second: str) -> None:
    write(folder, second)
    _, problems = load_with_problems(folder)
    (problem,) = problems
    assert (problem.severity, problem.file, problem.line) == ("error", "packs/policy/questions/b.yaml", 2)
    assert "packs/policy/questions/a.yaml:" in problem.hint


def test_a_misspelt_table_is_said(folder: Path) -> None:
    write(folder, "questions: {}\nanswer: {}\n")
    _, problems = load_with_problems(folder)
    assert [problem.field for problem in problems] == ["answer"]
