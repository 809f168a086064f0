"""What a declaration calls goods: a row of `stated` that needs goods ("declared as toys", "als „Spielzeug“ deklariert")."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tidewaiter.model.claims import GoodsMention, Predicate

if TYPE_CHECKING:
    from tidewaiter.claims.clauses import Hit
    from tidewaiter.claims.fill.scene import Scene

REACH = 10  # tokens between the verb and the words quoted
LONGEST = 8  # tokens of a name of goods between quotation marks
_OPENERS = frozenset("“«„\"'‘»›‹‚")
_CLOSERS = frozenset("”»“\"'’«‹›‘,;.(")


def is_declared(hit: Hit) -> bool:
    """Return whether a predicate gives the words of a declaration."""
    return hit.predicate == Predicate.STATED and hit.row.values.get("needs") == "goods"


def declared_goods(hit: Hit, scene: Scene) -> tuple[GoodsMention, ...]:
    """Return the words between quotation marks nearest to a verb of declaring, behind it first; nothing without a quotation."""
    tokens = scene.parsed.sentence.tokens
    behind = range(hit.first, min(len(tokens) - 1, hit.last + REACH))
    before = range(hit.first - 1, max(-1, hit.first - REACH - LONGEST), -1)
    first = next((at for at in behind if tokens[at].text in _OPENERS), None)
    if first is None:
        opened = [at for at in before if tokens[at].text in _OPENERS]
        first = opened[1] if len(opened) > 1 else None  # the nearest closes it
    if first is None:
        return ()
    last = first + 1
    while last < len(tokens) and last - first <= LONGEST and tokens[last].text not in _CLOSERS:
        last += 1
    if last == first + 1:
        return ()
    start, end = tokens[first + 1].start, tokens[last - 1].end
    return (GoodsMention(scene.report.text[start:end], start, end),)


__all__ = ["declared_goods", "is_declared"]
