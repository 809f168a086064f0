"""Every fact the shipped law reads can be asked in nine languages; what is left out is a warning with its place."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest

from tidewaiter.packs import PackSet
from tidewaiter.packs.lint_questions import lint_questions, read_by_law
from tidewaiter.packs.reader import FORBIDDEN_FACTS
from tidewaiter.packs.wording import LANGUAGES, named_wording, wording

WHO_SOMEBODY_IS = re.compile(
    r"nationalit|citizen|religio|ethnic|native language|гражданств|национальн(?!ом контрольном)|вероисповед|громадянств|віросповід|国籍|宗教|民族"
    r"|staatsangehörig|konfession|citoyenneté|ciudadan|جنسية|ديانة|uyruk|vatandaş",
    re.IGNORECASE,
)
NUMBER = re.compile(r"\d+(?:[.,]\d+)?(?:e\d+)?")


def without(packs: PackSet, fact: str, language: str = "") -> PackSet:
    texts = {key: text for key, text in packs.questions.get(fact, {}).items() if language and key != language}
    questions = {name: known for name, known in packs.questions.items() if name != fact}
    return replace(packs, questions={**questions, fact: texts} if texts else questions)


def test_every_fact_the_law_reads_is_worded_in_nine_languages(shipped_packs: PackSet) -> None:
    read = read_by_law(shipped_packs)
    assert len(read) > 100
    lacking = {fact: set(LANGUAGES) - set(wording(shipped_packs, fact)) for fact in read}
    assert not {fact: languages for fact, languages in lacking.items() if languages}
    assert lint_questions(shipped_packs) == []


@pytest.mark.parametrize("language", LANGUAGES[1:])
def test_a_translation_is_a_question_of_its_own_with_the_same_numbers(shipped_packs: PackSet, language: str) -> None:
    for fact in read_by_law(shipped_packs):
        texts = wording(shipped_packs, fact)
        assert texts[language] != texts["en"], fact
        assert re.search("[?？؟]", texts[language]), fact
        if fact.partition(":")[2] in shipped_packs.questions:
            said, meant = (sorted(_numbers(texts[name])) for name in (language, "en"))
            assert said == meant, (fact, said, meant)


def test_no_question_and_no_answer_asks_who_somebody_is(shipped_packs: PackSet) -> None:
    said = [text for texts in shipped_packs.questions.values() for text in texts.values()]
    said += [text for labels in shipped_packs.answers.values() for texts in labels.values() for text in texts.values()]
    assert [text for text in said if WHO_SOMEBODY_IS.search(text)] == []
    assert not [fact for fact in shipped_packs.questions if any(word in fact for word in FORBIDDEN_FACTS)]


def test_every_label_of_an_answer_is_told_apart_in_every_language(shipped_packs: PackSet) -> None:
    for fact, labels in shipped_packs.answers.items():
        for language in LANGUAGES:
            worded = [texts[language].casefold() for texts in labels.values()]
            assert len(set(worded)) == len(worded), (fact, language)


def test_a_fact_without_a_question_is_a_warning_where_the_rule_reads_it(shipped_packs: PackSet) -> None:
    (problem,) = lint_questions(without(shipped_packs, "for-oil-wells"))
    assert (problem.severity, problem.read) == ("warning", "fact:for-oil-wells")
    assert problem.file == "packs/eu-law/rules/833-art-3.yaml"
    assert problem.line is not None


def test_a_language_left_out_is_a_warning_where_the_question_stands(shipped_packs: PackSet) -> None:
    (problem,) = lint_questions(without(shipped_packs, "nature", "uk"))
    assert "uk" in problem.message
    assert problem.file == "packs/policy/questions/deal.yaml"


def test_a_label_without_a_wording_is_a_warning(shipped_packs: PackSet) -> None:
    labels = {label: texts for label, texts in shipped_packs.answers["nature"].items() if label != "gift"}
    found = lint_questions(replace(shipped_packs, answers={**shipped_packs.answers, "nature": labels}))
    assert ["gift" in problem.message for problem in found] == [True]


def test_law_that_has_ended_needs_no_question(shipped_packs: PackSet) -> None:
    (rule, *rest) = shipped_packs.rules
    ended = replace(rule, valid_to=date(2020, 1, 1))
    alone = replace(shipped_packs, rules=(ended,), requirements={})
    assert not read_by_law(alone, date(2026, 11, 24))
    assert read_by_law(replace(alone, rules=tuple(rest)), date(2026, 11, 24))


def test_a_fact_nobody_worded_is_at_least_named_in_every_language(shipped_packs: PackSet) -> None:
    texts = named_wording(shipped_packs, "fact:engine.consumption-below-0.15-kg-per-n-h")
    assert set(texts) == set(LANGUAGES)
    assert all("engine: consumption below 0.15 kg per n h" in text for text in texts.values())
    assert named_wording(shipped_packs, "value") == {}


def test_packs_that_ask_nothing_are_not_warned_about(small_packs: PackSet) -> None:
    assert lint_questions(replace(small_packs, questions={})) == []


def _numbers(text: str) -> list[str]:
    plain = re.sub(r"(?<=\d)[   .,](?=\d{3}(?!\d))", "", text)
    return [number.replace(",", ".").rstrip(".") for number in NUMBER.findall(plain)]
