"""Licence answers for goods that no list names, worked out once for each set of the facts that the rules on a route read.

Nearly all mail names nothing listed, and what the rules for all goods say of it rests on the route and on a few facts (nature,
end use, value). Two lines that agree in those have one answer, so it is worked out once. Which facts are read is told by the
rules themselves, so a rule that reads a further fact is never answered from memory of another value of it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal

from tidewaiter.packs import Condition, Facts, PackSet, Rule
from tidewaiter.packs.conditions import ROUTE
from tidewaiter.packs.leaves import leaves_of
from tidewaiter.screen.licence.decision import LicenceAnswer
from tidewaiter.screen.licence.route import RouteRules

Key = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """The names of facts and concepts that some rules read, whether they read the code, parts or the quantity, the limits of value, and
    the conditions about places that are left."""

    facts: tuple[str, ...]
    concepts: tuple[str, ...]
    code: bool
    parts: bool
    limits: dict[str, tuple[Decimal, ...]]
    reads_quantity: bool
    places: tuple[Condition, ...]

    def between(self, money: tuple[Decimal, str] | None) -> object:
        """Return the currency and where a value lies among its limits (even: between two, odd: on one); None: not told."""
        if money is None:
            return None
        amount, currency = money
        known = self.limits.get(currency)
        if known is None:
            return "other" if self.limits else None
        place = bisect_left(known, amount)
        return currency, 2 * place + (place < len(known) and known[place] == amount)


class GeneralAnswers:
    """Remembers the licence answers of goods without a raised paragraph.

    Args:
        packs: for named definitions.
        remember: how many answers to keep; 0 keeps none. Never changes an answer.
    """

    def __init__(self, packs: PackSet, remember: int) -> None:
        self._packs = packs
        self._remember = remember
        self._readings: dict[Key, Reading] = {}
        self._answers: dict[Key, LicenceAnswer] = {}

    def answer(
        self, jurisdiction: str, rules: RouteRules, facts: Facts, decide: Callable[[], LicenceAnswer]
    ) -> LicenceAnswer:
        """Return the answer to these facts under the rules of a jurisdiction on their route.

        Args:
            jurisdiction: whose rules.
            rules: its rules for all goods, settled for the route of the facts.
            facts: what is known; nothing is assumed and no paragraph is assessed.
            decide: works the answer out.
        """
        if not self._remember:
            return decide()
        route = (jurisdiction, facts.origin, facts.destination, facts.transit, facts.goods_origin)
        reading = self._readings.get(route)
        if reading is None:
            if len(self._readings) >= self._remember:
                self._readings.clear()
            reading = self._readings[route] = reading_of(rules.for_any_goods(), self._packs)
        key = (route, *_told(reading, facts))
        known = self._answers.get(key)
        if known is None:
            known = decide()
            if len(self._answers) >= self._remember:
                self._answers.clear()
            self._answers[key] = known
        return known


def _told(reading: Reading, facts: Facts) -> Key:
    """Return what the facts say of all that is read."""
    named, parameters = facts.facts, facts.parameters
    return (
        tuple([(named.get(name), parameters.get(name)) for name in reading.facts]),
        tuple([facts.concepts.get(name) for name in reading.concepts]) if facts.concepts else (),
        facts.code if reading.code else "",
        facts.parts if reading.parts else (),
        reading.between(facts.money),
    )


def _leaves_of_rule(rule: Rule, packs: PackSet) -> Iterable[Condition]:
    if rule.codes:
        yield Condition("code")
    for condition in (rule.when, rule.raised_by):
        yield from leaves_of(condition, packs)
    for release in rule.exceptions:
        yield from leaves_of(release.when, packs)
        yield from leaves_of(release.unless, packs)


def reading_of(rules: Iterable[Rule], packs: PackSet) -> Reading:
    """Return what rules read besides the places of a route, that of the exceptions they have included.

    Args:
        rules: licence rules for all goods, or by the declared code.
        packs: for named definitions.
    """
    leaves = [leaf for rule in rules for leaf in _leaves_of_rule(rule, packs)]
    limits: dict[str, set[Decimal]] = {}
    for leaf in leaves:
        if leaf.kind == "value" and leaf.test is not None:
            limit, currency = leaf.test.texts[0].split()
            limits.setdefault(currency, set()).add(Decimal(limit))
    kinds = {leaf.kind for leaf in leaves}
    facts = tuple(sorted({leaf.name for leaf in leaves if leaf.kind in ("fact", "parameter")}))
    return Reading(
        facts,
        tuple(sorted({leaf.name for leaf in leaves if leaf.kind == "concept"})),
        "code" in kinds,
        "contains" in kinds,
        {name: tuple(sorted(some)) for name, some in limits.items()},
        "quantity" in facts,
        tuple(dict.fromkeys(leaf for leaf in leaves if leaf.kind in ROUTE)),
    )
