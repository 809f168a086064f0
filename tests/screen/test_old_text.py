"""A text past the age its pack stands for still asks for licences; it no longer says that none is needed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tidewaiter.model import Declaration, GoodsLine, Party
from tidewaiter.packs import PackSet
from tidewaiter.screen.pipeline import Screener
from tidewaiter.service.screening import load_packs

ON = date(2026, 11, 24)
ITEM = Declaration(
    "A",
    (GoodsLine("holographic weapon sight for rifle", "901380"),),
    consignor=Party("Jane Roe", country="US"),
    consignee=Party("Ken Ito", country="JP"),
)


def aged(packs: PackSet, name: str, days: int) -> PackSet:
    """Return the packs with one whose text stands for so many days only, wherever it is referred to."""
    infos = {info.id: replace(info, stale_after_days=days) if info.id == name else info for info in packs.infos}
    return replace(
        packs,
        infos=tuple(infos.values()),
        rules=tuple(replace(rule, pack=infos[rule.pack.id]) for rule in packs.rules),
        entries=tuple(replace(entry, pack=infos[entry.pack.id]) for entry in packs.entries),
    )


def test_a_fresh_text_may_say_that_no_licence_is_needed() -> None:
    found = Screener(load_packs(), None, (), ON).screen(ITEM)
    assert {f.code for f in found.findings if f.code.startswith("licence.")} == {"licence.not-required"}
    assert found.outcome == "no-finding"


@pytest.mark.parametrize("name", ["us-law", "us-ccl"])
def test_an_old_text_is_looked_at_with_its_date_and_age(name: str) -> None:
    found = Screener(aged(load_packs(), name, 1), None, (), ON).screen(ITEM)
    assert found.outcome == "review"
    finding = next(f for f in found.findings if f.code == "licence.old-text")
    assert f"{name} is the text of " in finding.message
    assert sum(c.points for c in finding.contributions) == finding.score


def test_an_old_text_that_asks_for_a_licence_still_holds() -> None:
    item = replace(ITEM, consignee=Party("Ivan Petrov", country="RU"))
    fresh = Screener(load_packs(), None, (), ON).screen(item)
    old = Screener(aged(load_packs(), "us-law", 1), None, (), ON).screen(item)
    assert fresh.outcome == old.outcome == "hold"
    assert [f.code for f in fresh.findings] == [f.code for f in old.findings]


def test_an_old_text_of_another_place_changes_nothing() -> None:
    found = Screener(aged(load_packs(), "uk-law", 1), None, (), ON).screen(ITEM)
    assert found.outcome == "no-finding"
