"""Which rules a route leaves possible, settled once for the route before anything is known of the goods."""

from __future__ import annotations

from collections.abc import Iterable

from tidewaiter.packs import Facts, Rule, evaluate


def rules_on_route(rules: Iterable[Rule], facts: Facts) -> tuple[Rule, ...]:
    """Return the rules that the route does not rule out; no other fact ever brings one of the rest back.

    Args:
        rules: Licence rules.
        facts: Whatever is known; only places and the day are read.
    """
    route = Facts(
        origin=facts.origin,
        destination=facts.destination,
        transit=facts.transit,
        goods_origin=facts.goods_origin,
        on=facts.on,
        groups=facts.groups,
        definitions=facts.definitions,
    )
    return tuple(rule for rule in rules if evaluate(rule.when, route) is not False)
