"""Registry and stock numbers are found in their own form only."""

from __future__ import annotations

import pytest

from tidewaiter.text.identifiers import find_cas, find_stock_numbers, is_cas


@pytest.mark.parametrize("number", ["107-44-8", "7732-18-5", "111-48-8", "10025-87-3"])
def test_published_numbers_have_a_right_check_digit(number: str) -> None:
    assert is_cas(number)


@pytest.mark.parametrize("number", ["107-44-9", "1-2-3", "2024-11-24", "555-12-3", ""])
def test_other_numbers_are_none(number: str) -> None:
    assert not is_cas(number)


def test_a_number_is_found_with_its_span() -> None:
    text = "thiodiglycol cas 111-48-8, 99%"
    (found,) = find_cas(text)
    assert text[found.start : found.end] == "111-48-8"


def test_a_stock_number_gives_its_class() -> None:
    assert [i.number for i in find_stock_numbers("bolt nsn 1005-00-123-4567")] == ["1005"]
    assert [i.number for i in find_stock_numbers("nsn: 5855011234567")] == ["5855"]
    assert find_stock_numbers("call 1005-001-2345") == []
