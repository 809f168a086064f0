"""Goods lines of which the licence rules say nothing, remembered by the few facts that the rules on their route read.

Nearly all mail names nothing that a list holds, and of nearly all of that the rules for all goods have nothing to say. Whether
they have rests on the route and on what they read: the rules themselves tell (`reading_of`), so that a line is never passed
over by memory of another that differs in anything a rule looks at.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from tidewaiter.model import Declaration, GoodsLine
from tidewaiter.packs import Facts, PackSet, evaluate
from tidewaiter.screen.facts import route_facts_of, stated_licence
from tidewaiter.screen.goods import GoodsResult
from tidewaiter.screen.licence import Reading, RouteRules, reading_of
from tidewaiter.screen.memory import Memory

Key = tuple[object, ...]
MOST_ROUTES = 20_000


class SilentLines:
    """Remembers silent lines; never changes an answer.

    Args:
        packs: for named definitions.
        rules_on: each jurisdiction that may say something on the route of some facts, with its rules for all goods there.
        remember: how many lines to remember; 0 remembers nothing.
    """

    def __init__(
        self, packs: PackSet, rules_on: Callable[[Facts], Sequence[tuple[str, RouteRules]]], remember: int
    ) -> None:
        self._packs = packs
        self._rules_on = rules_on
        self._remember = remember
        self._routes: dict[Key, tuple[int, Reading]] = {}
        self._alike: dict[Key, tuple[int, Reading]] = {}
        self._given = 0
        self._silent: Memory[Key, bool] = Memory(remember // 2)

    def key_of(self, declaration: Declaration, line: GoodsLine, result: GoodsResult) -> Key | None:
        """Return all that the rules can read of a line, or None for one that is always looked at: it names something.

        Args:
            declaration: the item it lies in.
            line: the goods line.
            result: what the goods engine read.
        """
        if not self._remember or result.concepts or result.by_code:
            return None
        route = (declaration.consignor.country, declaration.consignee.country, declaration.route, line.origin)
        number, reading = self._routes.get(route) or self._read(route, declaration, line)
        return (
            number,
            declaration.nature,
            declaration.consignee_type,
            declaration.end_use,
            stated_licence(declaration) if declaration.documents else "",
            line.quantity if reading.reads_quantity else None,
            line.hs if reading.code else "",
            reading.between((line.value, line.currency) if line.value is not None and line.currency else None),
        )

    def __contains__(self, key: Key) -> bool:
        return self._silent.get(key) is not None

    def add(self, key: Key) -> None:
        """Remember that no rule says anything of a line."""
        self._silent.put(key, True)

    def _read(self, route: Key, declaration: Declaration, line: GoodsLine) -> tuple[int, Reading]:
        """Return a number for a route with what the rules on it read; routes that no rule tells apart share both.

        Rules are settled for the places of the route but for those that named definitions ask for, which are looked at here.
        """
        facts = route_facts_of(declaration, line, self._packs)
        rules = self._rules_on(facts)
        reading = reading_of([rule for _, some in rules for rule in some.for_any_goods()], self._packs)
        kind = (*rules, *[evaluate(place, facts) for place in reading.places])
        known = self._alike.get(kind)
        if known is None:
            self._given += 1
            known = self._alike[kind] = self._given, reading
        if len(self._routes) >= MOST_ROUTES:
            self._routes.clear()
        self._routes[route] = known
        return known
