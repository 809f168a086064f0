"""One sentence with everything found in it, as the fillers of slots see it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tidewaiter.claims.clauses import Parsed
from tidewaiter.claims.notice import Noticed
from tidewaiter.claims.nouns import NounPhrase
from tidewaiter.model.claims import GoodsMention, Mention, Report

_WALLS = frozenset(":“«„")


@dataclass(frozen=True, slots=True)
class Scene:
    """One sentence with everything found in it."""

    report: Report
    parsed: Parsed
    noticed: Noticed
    goods: tuple[GoodsMention, ...]
    free: bool  # whether the one concerned may stand on either side
    insides: tuple[int, ...] = ()  # where a preposition "in" ends
    prepositions: frozenset[int] = frozenset()  # tokens at which a preposition begins
    phrases: tuple[GoodsMention, ...] = ()  # what may be goods by its shape and place alone
    nouns: tuple[NounPhrase, ...] = ()  # all phrases, persons and places left out
    no_goods: Callable[[str], bool] | None = None
    be: frozenset[str] = frozenset()  # words of the passive
    participles: tuple[str, ...] = ()  # endings of verbs that go on with the subject of the one before
    past: tuple[str, ...] = ()  # endings of words behind "was" that make a verb of it
    objects: tuple[Mention, ...] = ()  # "him", "his": only whom something is done to
    either: bool = (
        False  # whether the one concerned may stand on either side, but the doer only before, right behind, or marked
    )
    bystanders: frozenset[int] = frozenset()  # where mentions begin that are no doer of anything
    plurals: frozenset[int] = frozenset()  # tokens of verbs whose doer stands in their clause or nowhere

    def excludes(self, low: str) -> bool:
        """Return whether a lower-case word is said to be nothing that can be handled or accused: a charge, a place."""
        return self.no_goods is not None and self.no_goods(low)

    def wall(self, at: int) -> int:
        """Return where what is said behind a predicate ends: at a colon or a quotation mark."""
        return next(
            (t.start for t in self.parsed.sentence.tokens if t.start >= at and (t.text in _WALLS or t.text == '"')),
            self.parsed.sentence.end,
        )

    def floor(self, at: int) -> int:
        """Return where words that belong to a predicate at an offset may begin: behind the last colon, or inside its quotation."""
        floor = self.parsed.sentence.start
        for token in self.parsed.sentence.tokens:
            if token.end > at:
                break
            if token.text in _WALLS:
                floor = token.end
        return floor

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Return the offsets of tokens `first` to `last` (exclusive); an empty range is an empty span."""
        tokens = self.parsed.sentence.tokens
        if first >= last:
            at = tokens[min(first, len(tokens) - 1)].start
            return at, at
        return tokens[first].start, tokens[last - 1].end


__all__ = ["Scene"]
