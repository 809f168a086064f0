"""What is not read for claims is said."""

from __future__ import annotations

from dataclasses import replace

from tests.claims.making import claim, report
from tidewaiter.claims.sentences import LONGEST_REPORT
from tidewaiter.claims.unread import unread
from tidewaiter.model.claims import Predicate

READ = frozenset({"en", "de"})


def test_a_language_that_is_not_read_is_an_error_that_names_those_that_are() -> None:
    (problem,) = unread(replace(report("r1", "Celnicy zatrzymali"), language="pl"), (), READ, 10)
    assert problem.severity == "error"
    assert "read 'pl'" in str(problem)
    assert "de, en" in str(problem)
    (problem,) = unread(replace(report("r1", "?"), language=""), (), READ, 10)
    assert "not known" in str(problem)


def test_a_report_that_was_read_whole_has_nothing_unread() -> None:
    doc = report("r1", "A vest was seized.", language="en")
    assert unread(doc, (), READ, 10) == ()
    assert unread(doc, (claim(doc, "A vest was seized", Predicate.SEIZED),), READ, 2) == ()


def test_what_stands_behind_the_most_that_is_read_is_told() -> None:
    (problem,) = unread(report("r1", "x " * LONGEST_REPORT, language="en"), (), READ, 10)
    assert "behind character 500,000" in str(problem)
    doc = report("r2", "A vest was seized. Another was seized as well.", language="en")
    (problem,) = unread(doc, (claim(doc, "A vest was seized", Predicate.SEIZED),), READ, 1)
    assert "behind character 17 " in str(problem)
