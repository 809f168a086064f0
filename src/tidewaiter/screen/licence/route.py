"""The rules that a route leaves possible, settled once for the route before anything is known of the goods."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from operator import is_

from tidewaiter.model.goods import Assessment
from tidewaiter.packs import Condition, Facts, Release, Rule, Truth, covers, evaluate
from tidewaiter.packs.conditions import LOGIC, ROUTE
from tidewaiter.packs.reduce import NEVER, reduced

_MOST_ROUTES = 20_000


class Naming:
    """Which of the rules of a day name a list paragraph, all goods or a code, by the number of the rule; worked out once."""

    __slots__ = ("_known", "_rules", "by_code", "whole")

    def __init__(self, rules: Sequence[Rule]) -> None:
        self._rules = rules
        self._known: dict[tuple[str, str, str], tuple[int, ...]] = {}
        self.whole = tuple(number for number, rule in enumerate(rules) if rule.any_goods)
        self.by_code = tuple(number for number, rule in enumerate(rules) if rule.codes and not rule.any_goods)

    def of(self, listed: str, entry: str, paragraph: str) -> tuple[int, ...]:
        """Return the numbers of the rules that name a paragraph of a list entry."""
        key = (listed, entry, paragraph)
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = tuple(
                number
                for number, rule in enumerate(self._rules)
                if not rule.any_goods
                and not rule.codes
                and (listed in rule.lists or any(is_named(listed, entry, paragraph, ref) for ref in rule.entries))
            )
        return known


class RouteRules:
    """Licence rules with the places of one route worked out, by the number they have among the rules of the day.

    Answers are the same as with the rules as written (a test compares them on many routes). A rule's exceptions are settled
    when goods first meet it.
    """

    __slots__ = ("_codes", "_naming", "_places", "_route", "_rules", "_settled", "_whole", "_with_releases")

    def __init__(self, rules: dict[int, Rule], naming: Naming, route: Facts) -> None:
        self._rules = rules
        self._naming = naming
        self._route = route
        self._whole = tuple(number for number in naming.whole if number in rules)
        self._codes = tuple(number for number in naming.by_code if number in rules)
        self._with_releases: dict[int, Rule] = {}
        self._places: tuple[Condition, ...] | None = None
        self._settled: dict[tuple[Truth, ...], RouteRules] = {}

    def __bool__(self) -> bool:
        return bool(self._rules)

    def __iter__(self) -> Iterator[Rule]:
        return iter(self._rules.values())

    def applicable(self, rows: Sequence[Assessment], code: str) -> list[tuple[Rule, list[Assessment | None]]]:
        """Return each rule that names any of the rows, all goods, or the declared code, with what it names, in order."""
        rules = self._rules
        found: dict[int, list[Assessment | None]] = {number: [None] for number in self._whole}
        if code:
            for number in self._codes:
                if code.startswith(rules[number].codes):
                    found[number] = [None]
        for row in rows:
            for number in self._naming.of(row.list, row.entry, row.paragraph):
                if number in rules:
                    found.setdefault(number, []).append(row)
        return [(self._rule(number), found[number]) for number in sorted(found)]

    def for_any_goods(self) -> list[Rule]:
        """Return the rules that may matter whatever the paragraph: for all goods, or by the declared code."""
        return [self._rule(number) for number in (*self._whole, *self._codes)]

    def naming(self, listed: str, entry: str, paragraph: str) -> list[Rule]:
        """Return the rules that name a paragraph of a list entry."""
        return [self._rule(number) for number in self._naming.of(listed, entry, paragraph) if number in self._rules]

    def settled(self, facts: Facts) -> RouteRules:
        """Return the rules that the places of these facts do not rule out, with those places settled.

        Routes of which the conditions about places say the same share their rules.
        """
        if not self._rules:
            return self
        if self._places is None:
            self._places = _places_of(self._rules.values())
        key = tuple([evaluate(place, facts) for place in self._places])
        known = self._settled.get(key)
        if known is None:
            known = self._settled[key] = self._settle(facts)
        return known

    def _settle(self, facts: Facts) -> RouteRules:
        route = Facts(
            origin=facts.origin,
            destination=facts.destination,
            transit=facts.transit,
            goods_origin=facts.goods_origin,
            groups=facts.groups,
        )
        left = {}
        for number, rule in self._rules.items():
            when = reduced(rule.when, route)
            if when is not NEVER:
                left[number] = rule if when is rule.when else replace(rule, when=when)
        return RouteRules(left, self._naming, route)

    def _rule(self, number: int) -> Rule:
        known = self._with_releases.get(number)
        if known is None:
            known = self._with_releases[number] = _with_releases(self._rules[number], self._route)
        return known


class Routes:
    """Licence rules route by route: settled for the place of posting first, then for the rest of the way, and remembered.

    Args:
        rules: the rules of a legal date.
    """

    def __init__(self, rules: Iterable[Rule]) -> None:
        every = tuple(rules)
        self._rules = RouteRules(dict(enumerate(every)), Naming(every), Facts())
        self._from: dict[str, RouteRules] = {}
        self._on: dict[tuple[object, ...], RouteRules] = {}

    def on(self, facts: Facts) -> RouteRules:
        """Return the rules that a route leaves possible, with its places settled; no other fact brings the rest back.

        Args:
            facts: whatever is known; only places are read.
        """
        key = (facts.origin, facts.destination, facts.transit, facts.goods_origin)
        known = self._on.get(key)
        if known is None:
            start = self._from.get(facts.origin)
            if start is None:
                start = self._rules.settled(Facts(origin=facts.origin, groups=facts.groups))
                if len(self._from) < _MOST_ROUTES:
                    self._from[facts.origin] = start
            if len(self._on) >= _MOST_ROUTES:
                self._on.clear()
            known = self._on[key] = start.settled(facts)
        return known


def _places_of(rules: Iterable[Rule]) -> tuple[Condition, ...]:
    """Return the different conditions about places in rules, in their exceptions and in what raises them: all of a route that
    `reduced` looks at."""
    found: dict[tuple[object, ...], Condition] = {}
    waiting: list[Condition | None] = []
    for rule in rules:
        waiting += [rule.when, rule.raised_by]
        waiting += [condition for release in rule.exceptions for condition in (release.when, release.unless)]
    while waiting:
        one = waiting.pop()
        if one is None:
            continue
        if one.kind in ROUTE:
            found.setdefault((one.kind, one.names, one.groups), one)
        elif one.kind in LOGIC:
            waiting.extend(one.children)
    return tuple(found.values())


def _with_releases(rule: Rule, route: Facts) -> Rule:
    """Return a rule with the places of its exceptions and of what raises it settled."""
    raised_by = reduced(rule.raised_by, route) if rule.raised_by is not None else None
    releases = tuple(filter(None, (_release_on_route(release, route) for release in rule.exceptions)))
    same = len(releases) == len(rule.exceptions) and all(map(is_, releases, rule.exceptions))
    return rule if same and raised_by is rule.raised_by else replace(rule, raised_by=raised_by, exceptions=releases)


def _release_on_route(release: Release, route: Facts) -> Release | None:
    """Return an exception with its places settled, or None where they bar it."""
    when = reduced(release.when, route)
    if when is NEVER:
        return None
    unless = reduced(release.unless, route) if release.unless is not None else None
    if when is release.when and unless is release.unless:
        return release
    return replace(release, when=when, unless=None if unless is NEVER else unless)


def is_named(listed: str, entry: str, paragraph: str, ref: str) -> bool:
    """Return whether `list/ENTRY` or `list/ENTRY.par` names a paragraph of a list entry."""
    of, _, rest = ref.partition("/")
    if listed != of:
        return False
    if rest == entry:
        return True
    return rest.startswith(entry + ".") and covers(paragraph, rest[len(entry) + 1 :])
