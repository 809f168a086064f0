"""Promises of the licence engine, held over every rule that ships: order, dates, facts, exceptions, likelihood, persons."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tidewaiter.formats.outcomes import dumps
from tidewaiter.packs import Facts, PackSet
from tidewaiter.packs.conditions import Condition
from tidewaiter.packs.lint import lint
from tidewaiter.screen.licence import RouteRules, Routes, find_grounds
from tidewaiter.screen.licence.route import Naming
from tidewaiter.service.determine import Determiner, chosen_rules
from tidewaiter.service.licence_facts import facts_of_question
from tidewaiter.service.licence_key import leaves_of
from tidewaiter.service.licence_rows import exception_rows, ground_row
from tidewaiter.service.screening import load_packs

ON = date(2026, 11, 24)
PACKS: PackSet = load_packs()
RULES = chosen_rules(PACKS)
ENTRIES = sorted(
    {(entry.list, f"{entry.id}.{p.id}" if p.id else entry.id) for entry in PACKS.entries for p in entry.paragraphs}
)
PLACES = ["US", "DE", "FR", "RU", "GB", "CN", "KZ", "AE", "JP", "IR", "BY", "TR", "CH", "UA", "KP", "BR"]
FACTS: dict[str, list[Any]] = {
    "consignee_type": ["private-person", "business", "government", "military", "university", "forwarder"],
    "end_use": ["civil", "military", "resale", "research", "wmd"],
    "told_by_authority": ["yes", "no"],
    "goods_origin": PLACES,
}
DETERMINER = Determiner(PACKS, RULES, ON, remember=0)
REMEMBERING = Determiner(PACKS, RULES, ON)
LIMITS = sorted(
    {
        tuple(leaf.test.texts[0].split())
        for rule in RULES
        for release in rule.exceptions
        for leaf in leaves_of(release.when, PACKS)
        if leaf.kind == "value" and leaf.test is not None
    }
    | {
        tuple(leaf.test.texts[0].split())
        for requirement in PACKS.requirements.values()
        for release in requirement.exceptions
        for leaf in leaves_of(release.when, PACKS)
        if leaf.kind == "value" and leaf.test is not None
    }
)
VALUES = [
    *((str(Decimal(limit) + step), currency) for limit, currency in LIMITS for step in (-1, 0, 1)),
    ("1", "USD"),
    ("1e9", "EUR"),
    ("many", "USD"),
    ("3", "XXX"),
    ("", ""),
]


@st.composite
def questions(draw: st.DrawFn) -> dict[str, Any]:
    entries = draw(st.lists(st.sampled_from(ENTRIES), min_size=0, max_size=3, unique=True))
    question: dict[str, Any] = {
        "entries": [{"list": a, "entry": b, "status": draw(st.sampled_from(["met", "open"]))} for a, b in entries],
        "origin": draw(st.sampled_from(PLACES)),
        "destination": draw(st.sampled_from(PLACES)),
    }
    for name, values in FACTS.items():
        if draw(st.booleans()):
            question[name] = draw(st.sampled_from(values))
    if draw(st.booleans()):
        question |= {"value": str(draw(st.integers(1, 20_000))), "currency": draw(st.sampled_from(["USD", "EUR"]))}
    return question


def bare(answer: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in answer.items() if name != "input"}


@settings(max_examples=150, deadline=None)
@given(questions(), st.randoms(use_true_random=False))
def test_the_same_facts_in_another_order_give_the_same_answer(question: dict[str, Any], chance: Any) -> None:
    names = list(question)
    chance.shuffle(names)
    turned = {name: question[name] for name in names}
    turned["entries"] = chance.sample(question["entries"], len(question["entries"]))
    one, other = DETERMINER.answer(question), DETERMINER.answer(turned)
    assert one["required"] == other["required"]
    assert sorted(map(repr, one["grounds"])) == sorted(map(repr, other["grounds"]))


@settings(max_examples=150, deadline=None)
@given(questions())
def test_what_is_remembered_never_changes_an_answer(question: dict[str, Any]) -> None:
    first = REMEMBERING.answer(question)
    assert REMEMBERING.answer({**question, "id": "another"}) == {**first, "input": {**question, "id": "another"}}
    assert bare(first) == bare(DETERMINER.answer(question))


@settings(max_examples=100, deadline=None)
@given(questions(), st.lists(st.sampled_from(VALUES), min_size=2, max_size=6))
def test_a_value_counts_by_its_limits_and_a_remembered_answer_knows_them(
    question: dict[str, Any], values: list[tuple[str, str]]
) -> None:
    for value, currency in values:
        asked = {**question, "value": value, "currency": currency}
        plain = DETERMINER.answer(asked)
        assert bare(REMEMBERING.answer(asked)) == bare(plain)
        assert REMEMBERING.answer_json(asked) == (plain["required"], dumps(plain))


@settings(max_examples=100, deadline=None)
@given(questions())
def test_settling_the_places_of_a_route_first_changes_no_ground(question: dict[str, Any]) -> None:
    facts = facts_of_question(question, PACKS, (), ON)
    rows = DETERMINER._asked(question, ON).rows
    facts = replace(facts, entries={row.ref: True if row.status == "met" else None for row in rows})
    in_force = tuple(rule for rule in RULES if rule.in_force(ON))
    as_written = RouteRules(dict(enumerate(in_force)), Naming(in_force), Facts())
    written = find_grounds(as_written, rows, facts, PACKS, ON)
    settled = find_grounds(Routes(in_force).on(facts), rows, facts, PACKS, ON)
    assert [ground_row(ground) for ground in settled] == [ground_row(ground) for ground in written]
    assert exception_rows(settled) == exception_rows(written)
    assert [ground.likelihood for ground in settled] == [ground.likelihood for ground in written]


@settings(max_examples=200, deadline=None)
@given(questions(), st.sampled_from(sorted(FACTS)), st.data())
def test_one_more_fact_never_turns_a_settled_answer_unless_it_was_named(
    question: dict[str, Any], name: str, data: st.DataObject
) -> None:
    before = DETERMINER.answer({key: value for key, value in question.items() if key != name})
    after = DETERMINER.answer({**question, name: data.draw(st.sampled_from(FACTS[name]))})
    if before["required"] == "yes" and after["required"] == "no":
        named = [fact for exception in before["exceptions"] for fact in exception["open_facts"]]
        assert named, "a release came to apply that was not shown as possible before"
    if before["required"] == "no" and after["required"] == "yes":
        # Only a catch-all that was asleep may wake, and it says what woke it.
        rules = {rule.id: rule for rule in RULES}
        woken = [g for g in after["grounds"] if g["applies"] == "yes" and g["effect"] in ("licence", "prohibited")]
        assert any(rules[ground["rule"]].raised_by is not None for ground in woken)


@settings(max_examples=150, deadline=None)
@given(questions())
def test_a_rule_outside_its_dates_never_matters(question: dict[str, Any]) -> None:
    inside = [rule for rule in RULES if rule.in_force(ON)]
    assert (
        bare(Determiner(PACKS, inside, ON, remember=0).answer(question))["grounds"]
        == DETERMINER.answer(question)["grounds"]
    )


@settings(max_examples=150, deadline=None)
@given(questions())
def test_taking_exceptions_away_never_makes_an_answer_more_permissive(question: dict[str, Any]) -> None:
    strict = [replace(rule, exceptions=()) for rule in RULES]
    order = {"no": 0, "open": 1, "yes": 2}
    with_all = DETERMINER.answer(question)["required"]
    without = Determiner(PACKS, strict, ON, remember=0).answer(question)["required"]
    assert order[without] >= order[with_all]


def _without_likelihood(condition: Condition) -> Condition:
    return replace(condition, typically=None, children=tuple(map(_without_likelihood, condition.children)))


@settings(max_examples=80, deadline=None)
@given(questions())
def test_likelihood_never_changes_what_applies(question: dict[str, Any]) -> None:
    flat = [replace(rule, when=_without_likelihood(rule.when)) for rule in RULES]
    other = Determiner(PACKS, flat, ON, remember=0).answer(question)
    mine = DETERMINER.answer(question)
    assert mine["required"] == other["required"]
    assert [g["applies"] for g in mine["grounds"]] == [g["applies"] for g in other["grounds"]]


@pytest.mark.parametrize("name", ["nationality", "citizenship", "religion", "ethnic-group", "native-language"])
def test_lint_refuses_a_condition_about_who_somebody_is(name: str) -> None:
    rule = replace(RULES[0], when=Condition("fact", name=name, where="rules/x.yaml:7"))
    problems = lint(replace(PACKS, rules=(rule, *PACKS.rules[1:])))
    assert any(problem.severity == "error" and name in f"{problem.read} {problem.message}" for problem in problems)


def test_a_pack_past_its_age_turns_no_into_open() -> None:
    question = {"entries": [], "origin": "US", "destination": "CA"}
    fresh, old = (Determiner(PACKS, RULES, day, remember=0).answer(question) for day in (ON, date(2029, 1, 1)))
    assert fresh["required"] == "no"
    assert old["required"] == "open"
    assert any("stands for" in fact for fact in old["open_facts"])


@pytest.mark.parametrize("name", ["told_by_authority", "end_use", "mode"])
def test_values_that_python_calls_equal_are_not_remembered_as_one(name: str) -> None:
    remembering = Determiner(PACKS, RULES, ON)
    for value in (True, 1, "1", 1.0, "yes", False, 0):
        question = {"entries": [], "origin": "DE", "destination": "KZ", name: value}
        assert remembering.answer(question) == DETERMINER.answer(question)


def test_an_exception_outside_its_own_dates_never_lifts() -> None:
    question = {
        "entries": [{"list": "eu-dual-use", "entry": "3A001.a.2", "status": "met"}],
        "origin": "DE",
        "destination": "US",
    }
    inside = DETERMINER.answer(question)
    assert inside["required"] == "no"
    assert "EU001" in {e["id"] for e in inside["exceptions"] if e["state"] == "applies"}
    ended = [
        replace(rule, exceptions=tuple(replace(release, valid_to=date(2026, 11, 23)) for release in rule.exceptions))
        for rule in RULES
    ]
    outside = Determiner(PACKS, ended, ON, remember=0).answer(question)
    assert outside["required"] == "yes"
    assert not outside["exceptions"]
    assert Determiner(PACKS, ended, date(2026, 11, 23), remember=0).answer(question)["required"] == "no"


def test_rules_for_information_are_told_and_settle_nothing() -> None:
    question = {
        "entries": [{"list": "eu-dual-use", "entry": "3A001.a.2", "status": "met"}],
        "origin": "DE",
        "destination": "KZ",
    }
    answer = DETERMINER.answer(question)
    assert answer["information"]
    assert all(row["citation"] for row in answer["information"])
    without = Determiner(PACKS, [r for r in RULES if r.effect != "information"], ON, remember=0).answer(question)
    assert {**bare(without), "information": answer["information"]} == bare(answer)
