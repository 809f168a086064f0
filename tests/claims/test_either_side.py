"""Languages whose subjects stand on either side of the verb or are left out: who is meant, and what is negated or hedged."""

from __future__ import annotations

import pytest

from tests.claims.test_read import claims


@pytest.mark.parametrize(
    ("language", "text", "predicate", "subject"),
    [
        ("it", "È stato arrestato un uomo.", "detained", "un uomo"),
        ("es", "Fue detenida una mujer.", "detained", "una mujer"),
        ("it", "È stato assolto il burattinaio.", "acquitted", "il burattinaio"),
        ("it", "Un corriere è stato fermato. Spediva due helmets ai turisti.", "posted", "Un corriere"),
        ("es", "La denuncia a una empresa que envió two helmets a Kiev.", "posted", "una empresa"),
        ("es", "Los agentes, en colaboración con la Fiscalía, decomisaron two helmets.", "seized", "Los agentes"),
    ],
)
def test_who_is_meant(language: str, text: str, predicate: str, subject: str) -> None:
    found = [
        claim.subject.text if claim.subject else None
        for claim in claims(text, language)
        if claim.predicate == predicate
    ]

    assert found == [subject]


@pytest.mark.parametrize(
    ("language", "text", "polarity", "modality"),
    [
        ("it", "Non sono stati trovati helmets né vests.", "negated", "asserted"),
        ("es", "No se halló ningún helmet.", "negated", "asserted"),
        ("it", "Nessun helmet è stato trovato.", "negated", "asserted"),
        ("es", "Los helmets habrían sido hallados.", "affirmed", "hedged"),
    ],
)
def test_a_second_negation_strengthens_the_first(language: str, text: str, polarity: str, modality: str) -> None:
    found = [(claim.polarity, claim.modality) for claim in claims(text, language) if claim.predicate == "found"]

    assert found == [(polarity, modality)]


def test_a_bare_participle_is_a_verb_only_where_it_begins() -> None:
    assert [claim.predicate.value for claim in claims("Sequestrati due helmets.", "it")] == ["seized"]
    assert [claim.predicate.value for claim in claims("I helmets sequestrati.", "it")] == []


def test_goods_last_spoken_of_are_meant_where_a_verb_leaves_them_out() -> None:
    found = [
        c
        for c in claims("Sono stati sequestrati due helmets. Erano di uso civile.", "it")
        if c.predicate == "goods-are"
    ]

    assert [goods.text for claim in found for goods in claim.goods] == ["due helmets"]
