"""Three-valued conditions: unknown is never false, and adding a fact never contradicts an earlier answer."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tidewaiter.model.goods import Value
from tidewaiter.packs import Condition, Facts, evaluate, likelihood, open_leaves
from tidewaiter.packs.conditions import parse_conditions
from tidewaiter.packs.reader import Fields
from tidewaiter.packs.yamlio import parse

SCALE = ("none", "IIA", "II", "IIIA", "III", "IV")


def condition(text: str) -> Condition:
    node, problems = parse(f"when: {text}\n", "x.yaml")
    fields = Fields(node, "x.yaml", problems)
    result = parse_conditions(fields.raw("when"), fields, "when")
    assert not problems, problems
    return result


def facts(**known: Value) -> Facts:
    names = {name.replace("__", "."): value for name, value in known.items()}
    return Facts(names, scales={"protection-level": SCALE}, parameter_scales={"armour.level": "protection-level"})


@pytest.mark.parametrize(
    ("level", "text", "expected"),
    [
        ("III", "{parameter: armour.level, at_least: III}", True),
        ("IIIA", "{parameter: armour.level, at_least: III}", False),
        ("IIIA", "{parameter: armour.level, at_most: IIIA}", True),
        ("none", "{parameter: armour.level, at_most: IIIA}", False),
        ("IV", "{parameter: armour.level, below: IV}", False),
        ("IV", "{parameter: armour.level, in: [III, IV]}", True),
    ],
)
def test_scales_compare_by_order_and_no_level_is_not_a_low_level(level: str, text: str, expected: bool) -> None:
    assert evaluate(condition(text), facts(armour__level=Value((level,)))) is expected


def test_a_set_of_possible_levels_decides_only_where_all_agree() -> None:
    possible = facts(armour__level=Value(("III", "IV")))
    assert evaluate(condition("{parameter: armour.level, at_least: III}"), possible) is True
    assert evaluate(condition("{parameter: armour.level, at_least: IV}"), possible) is None


def test_a_converted_level_settles_nothing_but_says_what_is_likely() -> None:
    converted = facts(armour__level=Value(("IV",), authority="sourced"))
    asked = condition("{parameter: armour.level, at_least: III}")
    assert evaluate(asked, converted) is None
    assert likelihood(asked, converted) > 0.5


@pytest.mark.parametrize(
    ("hertz", "expected"),
    [(9, True), (30, False)],
)
def test_quantities_compare_in_their_published_unit(hertz: int, expected: bool) -> None:
    rate = Value(low=Fraction(hertz), high=Fraction(hertz), dimension="frequency")
    assert (
        evaluate(condition("{parameter: thermal.frame-rate, at_most: 9 Hz}"), facts(**{"thermal__frame-rate": rate}))
        is expected
    )


def test_a_quantity_of_another_dimension_is_unknown_and_not_small() -> None:
    wrong = Value(low=Fraction(1), high=Fraction(1), dimension="mass")
    assert (
        evaluate(condition("{parameter: thermal.frame-rate, at_most: 9 Hz}"), facts(**{"thermal__frame-rate": wrong}))
        is None
    )


def test_unknown_stays_unknown_under_not() -> None:
    assert evaluate(condition("{not: {parameter: armour.level, is: IV}}"), facts()) is None
    assert evaluate(condition("{not: {fact: anything, is: yes}}"), facts()) is None


def test_money_in_another_currency_is_unknown() -> None:
    known = Facts(money=(Decimal(100), "USD"))
    assert evaluate(condition("{value: {at_most: '1500 USD'}}"), known) is True
    assert evaluate(condition("{value: {at_most: '1500 EUR'}}"), known) is None


def test_fewer_digits_than_listed_leave_a_code_open() -> None:
    asked = condition("{code: {system: HS, starts: ['854231']}}")
    assert evaluate(asked, Facts(code="8542311000")) is True
    assert evaluate(asked, Facts(code="8542")) is None
    assert evaluate(asked, Facts(code="8541")) is False


def test_destination_not_stated_is_unknown_and_an_unknown_group_too() -> None:
    assert evaluate(condition("{destination: [CN]}"), Facts()) is None
    assert evaluate(condition("{destination: {group: nowhere}}"), Facts(destination="CN")) is None
    assert (
        evaluate(condition("{destination: {group: eu}}"), Facts(destination="CN", groups={"eu": frozenset({"DE"})}))
        is False
    )


def test_the_open_facts_of_an_answer_are_those_it_still_rests_on() -> None:
    asked = condition("[{parameter: a, is: yes}, {parameter: b, is: yes}]")
    known = facts(a=Value(("yes",)))
    assert [leaf.name for leaf in open_leaves(asked, known)] == ["b"]


NAMES = ("a", "b", "c")
leaf = st.sampled_from(NAMES).map(lambda name: condition(f"{{parameter: {name}, is: yes}}"))
trees = st.recursive(
    leaf,
    lambda child: st.one_of(
        st.lists(child, min_size=1, max_size=3).map(lambda c: Condition("all", children=tuple(c))),
        st.lists(child, min_size=1, max_size=3).map(lambda c: Condition("any", children=tuple(c))),
        child.map(lambda c: Condition("not", children=(c,))),
    ),
    max_leaves=8,
)
partial = st.dictionaries(st.sampled_from(NAMES), st.booleans(), max_size=3)


@given(trees, partial, partial)
def test_adding_a_fact_never_changes_a_settled_answer(
    tree: Condition, known: dict[str, bool], more: dict[str, bool]
) -> None:
    def values(source: dict[str, bool]) -> dict[str, Value]:
        return {name: Value(("yes" if truth else "no",)) for name, truth in source.items()}

    before = evaluate(tree, Facts(values(known)))
    after = evaluate(tree, Facts(values({**more, **known})))
    if before is not None:
        assert after is before


@given(trees)
def test_with_every_fact_known_nothing_is_open(tree: Condition) -> None:
    known = Facts({name: Value(("yes",)) for name in NAMES})
    assert evaluate(tree, known) is not None
    assert open_leaves(tree, known) == ()


@given(trees, partial)
def test_likelihood_lies_between_nothing_and_certain(tree: Condition, known: dict[str, bool]) -> None:
    share = likelihood(tree, Facts({name: Value(("yes" if truth else "no",)) for name, truth in known.items()}))
    assert 0.0 <= share <= 1.0
