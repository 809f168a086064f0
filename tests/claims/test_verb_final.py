"""Verbs that end their clause: their voice, who stands on which side of the finite verb, and how they are put."""

from __future__ import annotations

import pytest

from tests.claims.test_read import claims
from tidewaiter.claims.cues import Cues
from tidewaiter.claims.sentences import tokenise
from tidewaiter.packs.cue_text import parse_cue


@pytest.mark.parametrize(
    ("text", "predicate", "subject", "modality"),
    [
        ("Zöllner haben am Freitag zwei Helme beschlagnahmt.", "seized", "Zöllner", "asserted"),
        ("Am Freitag wurde ein Mann von der Polizei festgenommen.", "detained", "ein Mann", "asserted"),
        ("Die Polizei hat einen Mann festgenommen.", "detained", "einen Mann", "asserted"),
        ("Festgenommen wurde ein Mann.", "detained", "ein Mann", "asserted"),
        ("Polizei verhaftet Mann in Köln", "detained", "Mann", "asserted"),
        ("Der Mann soll zwei Helme verschickt haben.", "posted", "Der Mann", "hedged"),
        ("Der Mann habe zwei Helme gekauft und verschickt.", "posted", "Der Mann", "hedged"),
        ("Ein Mann hat seinem Bruder zwei Helme geschickt.", "posted", "Ein Mann", "asserted"),
    ],
)
def test_the_finite_verb_parts_who_acts_from_whom_it_concerns(
    text: str, predicate: str, subject: str, modality: str
) -> None:
    found = [
        (claim.predicate.value, claim.subject.text if claim.subject is not None else "", claim.modality)
        for claim in claims(text, "de")
    ]
    assert (predicate, subject, modality) in found


def test_the_words_of_who_says_it_himself_are_no_hedge() -> None:
    found = [claim.modality for claim in claims("„Ich habe zwei Helme verschickt“, sagte der Mann.", "de")]
    assert "asserted" in found


def test_a_cue_may_be_the_end_of_a_compound() -> None:
    cues = Cues([(parse_cue("*geräte", {}), "goods")])
    assert [hit.first for hit in cues.find(tokenise("Drei Vorsatzgeräte und Geräte"))] == [1, 3]
