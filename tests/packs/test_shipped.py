"""The packs of this repository: they load, lint clean, and every case beside them holds."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from tests.conftest import ROOT

from tidewaiter.packs import PackSet, load_with_problems
from tidewaiter.packs.lint import conditions_in, leaves, lint
from tidewaiter.packs.show import show
from tidewaiter.service.pack_cases import run_cases


@pytest.fixture(scope="module")
def with_cases() -> PackSet:
    packs, problems = load_with_problems(ROOT / "packs")
    assert not problems, "\n".join(map(str, problems[:30]))
    return packs


def test_lint_finds_no_error(with_cases: PackSet) -> None:
    errors = [str(p) for p in lint(with_cases) if p.severity == "error"]
    assert not errors, "\n".join(errors[:30])


def test_every_case_beside_a_file_holds(with_cases: PackSet) -> None:
    failed = [
        f"{r.case.file}:{r.case.line} {r.case.name}: {'; '.join(r.failures)}"
        for r in run_cases(with_cases, with_cases.cases)
        if r.failures
    ]
    assert not failed, "\n".join(failed)


def test_there_are_sixty_concepts_in_seven_languages(with_cases: PackSet) -> None:
    assert len(with_cases.concepts) >= 60
    for language in ("en", "ru", "uk", "zh", "de", "fr", "es"):
        named = [c for c in with_cases.concepts.values() if c.strong.get(language) or c.weak.get(language)]
        assert len(named) >= 60, language


def test_every_law_file_has_a_date_and_a_source(with_cases: PackSet) -> None:
    for thing in (*with_cases.entries, *with_cases.rules):
        assert thing.references, thing.source
        assert any(r.citation for r in thing.references), thing.source


def test_a_file_whose_text_was_not_at_hand_is_told_on_the_coverage_page(with_cases: PackSet) -> None:
    for thing in (*with_cases.entries, *with_cases.rules):
        if not any(r.read_on for r in thing.references):
            page = Path(thing.pack.path) / "coverage.md"
            assert page.exists(), thing.source
            assert "not at hand" in page.read_text(encoding="utf-8"), thing.source


def test_no_condition_looks_at_who_somebody_is(with_cases: PackSet) -> None:
    names = {leaf.name for condition, _ in conditions_in(with_cases) for leaf in leaves(condition)}
    forbidden = ("national", "citizen", "relig", "ethnic", "race", "birthplace")
    assert not [n for n in names for part in re.split(r"[^a-z]+", n) if part.startswith(forbidden)]


def test_every_pack_can_be_said_in_sentences(with_cases: PackSet) -> None:
    said = list(show(with_cases))
    assert len(said) > len(with_cases.entries)
