"""The text-only loader: nothing is typed behind an author's back, and every defect has a line."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tidewaiter.packs.yamlio import Map, parse


@pytest.mark.parametrize(
    "scalar", ["NO", "0106", "1E001", "9031.80", "NA", "yes", "null", "~", "2021-09-09", "1_000", "0x1F", ".inf"]
)
def test_a_scalar_stays_the_text_its_author_wrote(scalar: str) -> None:
    node, problems = parse(f"code: {scalar}\n", "x.yaml")
    assert not problems
    assert isinstance(node, Map)
    assert node["code"] == scalar


def test_a_duplicate_key_is_a_problem_with_both_lines() -> None:
    _, problems = parse("a: 1\nb: 2\na: 3\n", "x.yaml")
    assert [(p.code, p.line) for p in problems] == [("pack.duplicate-key", 3)]
    assert "line 1" in problems[0].message


def test_aliases_are_refused_so_that_a_small_file_cannot_grow_without_bound() -> None:
    _, problems = parse("a: &x [1]\nb: *x\n", "x.yaml")
    assert [p.code for p in problems] == ["pack.alias"]


def test_a_syntax_error_says_where() -> None:
    node, problems = parse("a: [1, 2\nb: 3\n", "x.yaml")
    assert node is None
    assert problems[0].file == "x.yaml"
    assert problems[0].line is not None


@given(st.binary(max_size=400))
def test_no_bytes_raise(source: bytes) -> None:
    _, problems = parse(source, "x.yaml")
    assert all(p.file == "x.yaml" for p in problems)
