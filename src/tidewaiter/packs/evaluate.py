"""Three-valued evaluation of conditions over known facts (Kleene logic): true, false, or unknown.

Unknown is never false. `evaluate` gives the truth; `open_leaves` the unknown facts an answer still rests on; `likelihood`
how likely an unknown condition would turn out true, from the likelihood words of the packs. Likelihood ranks and gates
open rows; it never makes a condition true or false.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import repeat

from tidewaiter.model.goods import Value
from tidewaiter.packs.conditions import Condition, Test

Truth = bool | None

DEFAULT_LIKELIHOOD = 0.2
UNUSABLE_AUTHORITY = "sourced"


@dataclass(frozen=True)
class Definition:
    """A named legal definition: it catches, unless something releases. `from_text_open`: wording alone never makes it true."""

    id: str
    summary: str
    catches: Condition
    releases: Condition | None
    from_text_open: bool
    typically: float | None
    source: str


@dataclass(frozen=True)
class Facts:
    """Everything known about one goods line on one route.

    `parameters` and `facts` map names to values; a missing name is unknown. `concepts` maps each concept found (and all that
    it falls under) to true, or to false where another kind is settled. `served` are concepts the text says the goods are for,
    `parts` concepts named beside as parts. Route codes are alpha-2; `transit` None means not stated. `entries` is the truth of
    other paragraphs, filled in as they are assessed. `assumed` holds truths assumed for whole leaves (`use:…`, `made_for:…`)
    while completions are tried.
    """

    parameters: Mapping[str, Value] = field(default_factory=dict)
    facts: Mapping[str, Value] = field(default_factory=dict)
    concepts: Mapping[str, bool] = field(default_factory=dict)
    served: frozenset[str] = frozenset()
    parts: frozenset[str] = frozenset()
    code: str = ""
    money: tuple[Decimal, str] | None = None
    origin: str = ""
    destination: str = ""
    transit: tuple[str, ...] | None = None
    goods_origin: str = ""
    on: date | None = None
    groups: Mapping[str, frozenset[str]] = field(default_factory=dict)
    scales: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    parameter_scales: Mapping[str, str] = field(default_factory=dict)
    definitions: Mapping[str, Definition] = field(default_factory=dict)
    entries: Mapping[str, Truth] = field(default_factory=dict)
    assumed: Mapping[str, bool] = field(default_factory=dict)
    typically: Mapping[str, float] = field(default_factory=dict)

    def assume(self, name: str, value: Value | bool) -> Facts:
        """Return these facts with one more: a parameter or fact value, or the truth of a whole leaf."""
        if isinstance(value, bool):
            return replace(self, assumed={**self.assumed, name: value})
        kind, _, bare = name.partition(":")
        if kind == "fact":
            return replace(self, facts={**self.facts, bare: value})
        return replace(self, parameters={**self.parameters, bare: value})


def leaf_name(condition: Condition) -> str:
    """Return the name of the fact a leaf rests on: `parameter:x`, `fact:x`, `use:x`, `made_for:x`, `destination`…"""
    if condition.kind in ("parameter", "fact", "use", "concept"):
        return f"{condition.kind}:{condition.name}"
    if condition.kind in ("made_for", "contains", "entry"):
        return f"{condition.kind}:{','.join(condition.names or condition.groups)}"
    return condition.kind


def evaluate(condition: Condition, facts: Facts) -> Truth:
    """Return the truth of a condition in Kleene logic; see `Facts` for what counts as known."""
    kind = condition.kind
    if kind in ("all", "not"):
        result: Truth = True
        for child in condition.children:
            truth = evaluate(child, facts)
            if truth is False:
                result = False
                break
            if truth is None:
                result = None
        return result if kind == "all" else _not(result)
    if kind == "any":
        return _any(map(evaluate, condition.children, repeat(facts)))
    if facts.assumed:
        assumed = facts.assumed.get(leaf_name(condition))
        if assumed is not None:
            return assumed
    return _LEAVES[kind](condition, facts)


def _all(truths) -> Truth:  # type: ignore[no-untyped-def]
    result: Truth = True
    for truth in truths:
        if truth is False:
            return False
        if truth is None:
            result = None
    return result


def _any(truths) -> Truth:  # type: ignore[no-untyped-def]
    result: Truth = False
    for truth in truths:
        if truth is True:
            return True
        if truth is None:
            result = None
    return result


def _not(truth: Truth) -> Truth:
    return None if truth is None else not truth


def _concept(condition: Condition, facts: Facts) -> Truth:
    return facts.concepts.get(condition.name)


def _code(condition: Condition, facts: Facts) -> Truth:
    if not facts.code:
        return None
    result: Truth = False
    for start in condition.names:
        if facts.code.startswith(start):
            return True
        if start.startswith(facts.code):  # fewer digits declared than listed: open
            result = None
    return result


def _parameter(condition: Condition, facts: Facts) -> Truth:
    value = facts.parameters.get(condition.name)
    if value is None or value.authority == UNUSABLE_AUTHORITY or condition.test is None:
        return None
    scale = facts.scales.get(facts.parameter_scales.get(condition.name, ""))
    return compare(value, condition.test, scale)


def _fact(condition: Condition, facts: Facts) -> Truth:
    value = facts.facts.get(condition.name) or facts.parameters.get(condition.name)
    if value is None or condition.test is None:
        return None
    return compare(value, condition.test, None)


def _value(condition: Condition, facts: Facts) -> Truth:
    if facts.money is None or condition.test is None:
        return None
    amount, currency = facts.money
    limit, limit_currency = condition.test.texts[0].split()
    if currency != limit_currency:
        return None
    return _compare_numbers(condition.test.op, Fraction(amount), Fraction(amount), Fraction(Decimal(limit)))


def _place(condition: Condition, facts: Facts, place: str) -> Truth:
    if not place:
        return None
    if place in condition.names:
        return True
    for group in condition.groups:
        members = facts.groups.get(group)
        if members is None:
            return None
        if place in members:
            return True
    return False


def _transit(condition: Condition, facts: Facts) -> Truth:
    if facts.transit is None:
        return None
    return _any(_place(condition, facts, place) for place in facts.transit)


def _entry(condition: Condition, facts: Facts) -> Truth:
    """A paragraph that was not raised is not met; a wider citation covers everything under it."""
    return _any(truth for name in condition.names for ref, truth in facts.entries.items() if under(ref, name))


def under(ref: str, citation: str) -> bool:
    """Return whether `list/ENTRY.par` is the cited paragraph or lies under it."""
    return ref == citation or ref.startswith((citation + ".", citation + "/"))


def _made_for(condition: Condition, facts: Facts) -> Truth:
    # "For X" in a text is a seller's word: it can keep the question open, never settle it (rules.md, P9).
    return None


def _contains(condition: Condition, facts: Facts) -> Truth:
    return True if any(name in facts.parts for name in condition.names) else None


def _use(condition: Condition, facts: Facts) -> Truth:
    definition = facts.definitions.get(condition.name)
    if definition is None:
        return None
    truth = evaluate(definition.catches, facts)
    if definition.releases is not None:
        truth = _all((truth, _not(evaluate(definition.releases, facts))))
    return None if definition.from_text_open and truth is True and not facts.assumed else truth


_LEAVES = {
    "concept": _concept,
    "code": _code,
    "parameter": _parameter,
    "fact": _fact,
    "value": _value,
    "destination": lambda c, f: _place(c, f, f.destination),
    "origin": lambda c, f: _place(c, f, f.origin),
    "goods_origin": lambda c, f: _place(c, f, f.goods_origin),
    "transit": _transit,
    "entry": _entry,
    "made_for": _made_for,
    "contains": _contains,
    "use": _use,
}


def compare(value: Value, test: Test, scale: tuple[str, ...] | None) -> Truth:
    """Compare a known value with a test; a set of possible labels or an interval may leave it unknown.

    Scale comparisons presuppose a level: the label `none` makes them false, it does not count as low.
    """
    if test.op in ("before", "after"):
        return _compare_dates(value, test)
    if value.low is not None and value.high is not None:
        return _compare_range(value, test)
    if test.op in ("is", "in"):
        return _split(label in test.texts for label in value.labels)
    if scale is not None:
        return _split(_on_scale(label, test, scale) for label in value.labels)
    return None


def _split(truths) -> Truth:  # type: ignore[no-untyped-def]
    outcomes = set(truths)
    return outcomes.pop() if len(outcomes) == 1 else None


def _on_scale(label: str, test: Test, scale: tuple[str, ...]) -> bool:
    if label == "none" or label not in scale or test.texts[0] not in scale:
        return False
    return bool(
        _compare_numbers(
            test.op, Fraction(scale.index(label)), Fraction(scale.index(label)), Fraction(scale.index(test.texts[0]))
        )
    )


def _compare_dates(value: Value, test: Test) -> Truth:
    try:
        known = [date.fromisoformat(label) for label in value.labels]
    except ValueError:
        return None
    limit = date.fromisoformat(test.texts[0])
    return _split((day < limit) if test.op == "before" else (day > limit) for day in known)


def _compare_range(value: Value, test: Test) -> Truth:
    assert value.low is not None
    assert value.high is not None
    limits = [q.low for q in test.quantities if q.dimension == value.dimension]
    if not limits:
        if value.dimension == "count" and test.texts and test.texts[0].isdigit():
            limits = [Fraction(text) for text in test.texts if text.isdigit()]
        else:
            return None
    if test.op == "reaches":
        return value.high > limits[0]
    if test.op == "covers" and len(limits) >= 2:
        return value.low <= limits[0] and value.high >= limits[1]
    if test.op == "within" and len(limits) >= 2:
        return value.low >= limits[0] and value.high <= limits[1]
    if test.op in ("is", "in"):
        return value.low == value.high and value.low in limits
    return _compare_numbers(test.op, value.low, value.high, limits[0])


def _compare_numbers(op: str, low: Fraction, high: Fraction, limit: Fraction) -> Truth:
    if op == "above":
        return True if low > limit else False if high <= limit else None
    if op == "at_least":
        return True if low >= limit else False if high < limit else None
    if op == "below":
        return True if high < limit else False if low >= limit else None
    if op == "at_most":
        return True if high <= limit else False if low > limit else None
    return None


def open_leaves(condition: Condition, facts: Facts) -> tuple[Condition, ...]:
    """Return the unknown leaves an unknown condition still rests on (none for a settled one)."""
    if evaluate(condition, facts) is not None:
        return ()
    if condition.kind in ("all", "any", "not"):
        found: list[Condition] = []
        for child in condition.children:
            found.extend(open_leaves(child, facts))
        return tuple(found)
    if condition.kind == "use":
        definition = facts.definitions.get(condition.name)
        if definition is not None and not definition.from_text_open:
            inner = open_leaves(definition.catches, facts)
            # Nobody can be asked for the truth of hundreds of entries; the definition itself is what is open then.
            if any(leaf.kind != "entry" for leaf in inner):
                return inner
    return (condition,)


def used_facts(condition: Condition, facts: Facts) -> tuple[str, ...]:
    """Return the names of known parameters and facts a condition looks at."""
    if condition.kind in ("all", "any", "not"):
        names: list[str] = []
        for child in condition.children:
            names.extend(used_facts(child, facts))
        return tuple(dict.fromkeys(names))
    if condition.kind == "parameter" and condition.name in facts.parameters:
        return (f"parameter:{condition.name}",)
    if condition.kind == "fact" and condition.name in facts.facts:
        return (f"fact:{condition.name}",)
    if condition.kind == "use" and condition.name in facts.definitions:
        return used_facts(facts.definitions[condition.name].catches, facts)
    return ()


def likelihood(condition: Condition, facts: Facts) -> float:
    """Return how likely the condition would turn out true; settled conditions give 0 or 1, unknown leaves their word."""
    truth = evaluate(condition, facts)
    if truth is not None:
        return 1.0 if truth else 0.0
    if condition.typically is not None:
        return condition.typically
    if condition.kind == "all":
        product = 1.0
        for child in condition.children:
            product *= likelihood(child, facts)
        return product
    if condition.kind == "any":
        none = 1.0
        for child in condition.children:
            none *= 1.0 - likelihood(child, facts)
        return 1.0 - none
    if condition.kind == "not":
        product = 1.0
        for child in condition.children:
            product *= likelihood(child, facts)
        return 1.0 - product
    if condition.kind == "use":
        definition = facts.definitions.get(condition.name)
        if definition is not None and definition.typically is not None:
            return definition.typically
    if condition.kind == "parameter" and condition.test is not None:
        known = _sourced_likelihood(condition, facts)
        if known is not None:
            return known
        for text in condition.test.texts:
            usual = facts.typically.get(f"{condition.name}={text}")
            if usual is not None:
                return usual
    return DEFAULT_LIKELIHOOD


def _sourced_likelihood(condition: Condition, facts: Facts) -> float | None:
    """A converted value settles nothing, but it does say what is likely."""
    value = facts.parameters.get(condition.name)
    if value is None or value.authority != UNUSABLE_AUTHORITY or condition.test is None:
        return None
    truth = compare(value, condition.test, facts.scales.get(facts.parameter_scales.get(condition.name, "")))
    return None if truth is None else 0.9 if truth else 0.1
