"""Ordinary mail in seven languages, hard look-alikes among it: no hold, and at most one review in a hundred."""

from __future__ import annotations

import pytest

from tests.conftest import LEGAL_DATE, ROOT
from tidewaiter.formats import Rejected, open_declarations
from tidewaiter.screen.pipeline import Screener
from tidewaiter.service.screening import build_screener

FILES = sorted((ROOT / "tests" / "clean_mail").glob("*.csv"))
BUDGET = 0.01


def test_there_are_at_least_five_hundred_in_seven_languages() -> None:
    assert len(FILES) >= 7
    assert sum(1 for file in FILES for _ in open_declarations(file)) >= 500


@pytest.fixture(scope="module")
def learned_screener() -> Screener:
    """The screener as it is shipped, models and all."""
    return build_screener(LEGAL_DATE)


@pytest.mark.parametrize("which", ["shipped_screener", "learned_screener"])
def test_ordinary_mail_stays_within_its_budget(which: str, request: pytest.FixtureRequest) -> None:
    shipped_screener: Screener = request.getfixturevalue(which)
    total, looked = 0, []
    for file in FILES:
        for declaration in open_declarations(file):
            assert not isinstance(declaration, Rejected), declaration
            screening = shipped_screener.screen(declaration)
            total += 1
            if screening.outcome != "no-finding":
                said = "; ".join(f.message for f in screening.findings if f.severity in ("hold", "review"))
                looked.append(
                    (screening.outcome, f"{file.name} {declaration.id} {declaration.lines[0].description!r}: {said}")
                )
    holds = [text for outcome, text in looked if outcome == "hold"]
    assert not holds, "\n".join(holds)
    assert len(looked) <= BUDGET * total, f"{len(looked)} of {total}:\n" + "\n".join(text for _, text in looked)


@pytest.mark.parametrize("file", FILES, ids=lambda path: path.stem)
def test_no_file_is_mostly_unreadable(file, shipped_screener: Screener) -> None:  # type: ignore[no-untyped-def]
    for declaration in open_declarations(file):
        assert not isinstance(declaration, Rejected)
        assert shipped_screener.screen(declaration).coverage.checked
