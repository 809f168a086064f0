"""The page of indicators says what their pack says."""

from __future__ import annotations

import runpy

from tests.conftest import ROOT


def test_the_page_of_indicators_is_up_to_date() -> None:
    script = runpy.run_path(str(ROOT / "scripts" / "indicators_page.py"))
    page = (ROOT / "docs" / "reference" / "indicators.md").read_text(encoding="utf-8")
    assert page == script["page"](), "run `make indicators-page`"


def test_at_least_forty_indicators_work() -> None:
    script = runpy.run_path(str(ROOT / "scripts" / "indicators_page.py"))
    indicators = script["load_packs"]().indicators
    assert len([rule for rule in indicators.rules.values() if rule.runs]) >= 40
