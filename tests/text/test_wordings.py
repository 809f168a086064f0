"""Several ways to say one name: link words, words read alike, another order, endings and particles of Spanish, French and Arabic."""

from __future__ import annotations

import pytest

from tidewaiter.text.fold import fold, fold_text
from tidewaiter.text.loose import LooseIndex
from tidewaiter.text.stems import stem
from tidewaiter.text.terms import TermIndex, words_of
from tidewaiter.text.wordings import Wordings

WORDINGS = Wordings(
    {"es": ["rodamiento, balero, rulemán, rulemanes"], "ar": ["قنبلة, قنابل"]},
    {"es": ["de", "del", "la", "para"], "fr": ["de", "du", "à", "d"]},
)
NAMES = (("bomba de vacío", "es"), ("rodamiento de agujas", "es"), ("pompe à vide", "fr"), ("moteur d'avion", "fr"), ("قنبلة يدوية", "ar"))  # fmt: skip


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("bombas de vacio", "bomba de vacío"),
        ("bomba vacío", "bomba de vacío"),
        ("bomba para la vacío", "bomba de vacío"),
        ("balero agujas", "rodamiento de agujas"),
        ("rulemanes de agujas", "rodamiento de agujas"),
        ("pompe vide", "pompe à vide"),
        ("moteurs avion", "moteur d'avion"),
        ("moteur d avions", "moteur d'avion"),
        ("القنابل اليدوية", "قنبلة يدوية"),
    ],
)
def test_a_name_is_found_in_the_words_of_another_country_and_without_its_small_words(text: str, name: str) -> None:
    index = TermIndex(WORDINGS)
    for number, (term, language) in enumerate(NAMES):
        index.add(number, term, language)
    index.freeze()
    folded = fold(text)
    assert [NAMES[match.term][0] for match in index.find(folded, words_of(folded))] == [name]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("válvula hidráulica de seguridad", True),
        ("válvula de seguridad", True),
        ("válvula grande y pesada de seguridad", False),
        ("seguridad válvula", False),
    ],
)
def test_one_word_may_stand_between(text: str, found: bool) -> None:
    loose = LooseIndex(WORDINGS)
    loose.add(0, "válvula de seguridad", "es")
    loose.add(1, "safety valve", "en")  # only where the noun comes first
    loose.freeze()
    assert bool(loose.find(words_of(fold(text)))) is found


@pytest.mark.parametrize(
    ("one", "other", "language"),
    [
        ("militar", "militares", "es"),
        ("luz", "luces", "es"),
        ("chip", "chips", "es"),
        ("lanzador", "lanzadoras", "es"),
        ("blindé", "blindées", "fr"),
        ("d'avion", "avions", "fr"),
        ("حراري", "حرارية", "ar"),
        ("بطارية", "بطاريات", "ar"),
        ("توربين", "توربينات", "ar"),
        ("كهربائي", "كهربايية", "ar"),
    ],
)
def test_forms_of_one_word_share_a_stem(one: str, other: str, language: str) -> None:
    assert stem(fold_text(one), language) == stem(fold_text(other), language)


@pytest.mark.parametrize(
    ("one", "other", "language"),
    [
        ("liofilizador", "liofilizado", "es"),
        ("fermentador", "fermentado", "es"),
        ("aviónica", "avión", "es"),
        ("celular", "célula", "es"),
        ("granada", "gran", "es"),
        ("condensateur", "condensé", "fr"),
        ("مروحية", "مروحة", "ar"),
    ],
)
def test_a_machine_is_not_what_it_made(one: str, other: str, language: str) -> None:
    assert stem(fold_text(one), language) != stem(fold_text(other), language)


def test_arabic_figures_are_figures() -> None:
    assert fold("طلقات ٧٫٦٢").text == "طلقات 7.62"
