"""The comparison score behaves as the office's own search is described to: Jaro-Winkler, Soundex, whole and in parts."""

from __future__ import annotations

import pytest

from tidewaiter.screen.party import ofac_score
from tidewaiter.screen.party.ofac import soundex


@pytest.mark.parametrize(
    ("word", "code"),
    [
        ("Robert", "R163"),
        ("Rupert", "R163"),
        ("Ashcraft", "A261"),
        ("Tymczak", "T522"),
        ("Pfister", "P236"),
        ("Honeyman", "H555"),
    ],
)
def test_soundex_of_the_textbook_words(word: str, code: str) -> None:
    assert soundex(word) == code


def test_equal_names_score_a_hundred_in_any_order() -> None:
    assert ofac_score("Zorvan Plimtesk", "PLIMTESK, Zorvan") == 100
    assert ofac_score("", "PLIMTESK") == 0


def test_a_nearer_name_scores_higher() -> None:
    near, far = ofac_score("Zorvan Plimtesc", "PLIMTESK, Zorvan"), ofac_score("Zoe Plum", "PLIMTESK, Zorvan")
    assert 100 > near > far
