"""Status moves along the lattice only, and the latest is computed from dated claims, never stored over them."""

from __future__ import annotations

from datetime import date
from itertools import product

import pytest

from tests.claims.making import claim, day, report
from tidewaiter.claims.status import LINE, latest_status, may_follow, moves_outside
from tidewaiter.model.claims import LegalStatus, Predicate

S = LegalStatus


def test_the_line_goes_forward_only() -> None:
    for (i, one), (j, other) in product(enumerate(LINE), enumerate(LINE)):
        assert may_follow(one, other) == (i <= j)


@pytest.mark.parametrize(
    ("earlier", "later", "allowed"),
    [
        (S.DETAINED, S.RELEASED, True),
        (S.RELEASED, S.CHARGED, True),
        (S.CHARGED, S.ACQUITTED, True),
        (S.CHARGED, S.DISMISSED, True),
        (S.CONVICTED, S.ACQUITTED, False),
        (S.ACQUITTED, S.CHARGED, False),
        (S.DISMISSED, S.CONVICTED, False),
        (S.REPORTED, S.RELEASED, False),
        (S.RELEASED, S.DISMISSED, True),
    ],
)
def test_exits_follow_from_some_steps(earlier: LegalStatus, later: LegalStatus, allowed: bool) -> None:
    assert may_follow(earlier, later) is allowed


def test_the_latest_status_is_the_furthest_step_and_retelling_moves_nothing_back() -> None:
    doc = report("a", "Head\nHe was detained. He was charged. He was not acquitted. He may be convicted.")
    held = claim(doc, "He was detained", Predicate.DETAINED, time=day("2025-04-20"))
    charged = claim(doc, "He was charged", Predicate.CHARGED, time=day("2025-04-18"))
    negated = claim(doc, "He was not acquitted", Predicate.ACQUITTED, polarity="negated")
    maybe = claim(doc, "He may be convicted", Predicate.CONVICTED, modality="hypothetical")
    published = {"a": date(2025, 5, 1)}
    latest = latest_status([held, charged, negated, maybe], published)
    assert latest is not None
    assert (latest.status, latest.claim) == (S.CHARGED, charged.id)
    assert [(a.status, b.status) for a, b in moves_outside([held, charged, negated, maybe], published)] == [
        (S.CHARGED, S.DETAINED)
    ]
    assert latest_status([negated, maybe], published) is None
