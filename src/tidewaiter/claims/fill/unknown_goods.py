"""Goods that no vocabulary knows, by where they stand."""

from __future__ import annotations

from tidewaiter.claims.clauses import Hit
from tidewaiter.claims.fill.scene import Scene
from tidewaiter.claims.sentences import Token
from tidewaiter.model.claims import GoodsMention

_QUOTES = frozenset("“«„\"'‘")
_CLOSING = frozenset("”»“\"'’")
REACH = 5  # tokens behind a verb


def named_behind(hit: Hit, scene: Scene) -> tuple[GoodsMention, ...]:
    """Return goods that no vocabulary knows, right behind an active verb: a quoted name, or a number with up to four words."""
    tokens = scene.parsed.sentence.tokens
    at = hit.last
    if hit.voice != "active" or at >= min(hit.right, len(tokens)) or hit.row.values.get("needs") != "goods":
        return ()
    if opens_quotation(tokens[at]):
        last = at + 1
        while last < len(tokens) and last - at < 8 and tokens[last].text not in _CLOSING:
            last += 1
        first, stop = at + 1, last
    elif tokens[at].text[:1].isdigit():
        first, stop = at, _end_of_words(hit, scene, at + 1)
    elif begun := next((m for m in scene.parsed.of("article") if m.first == at), None):
        first, stop = at, _end_of_words(hit, scene, begun.last)
    else:
        return ()
    if stop - first < 1 or not tokens[stop - 1].is_word:
        return ()
    start, end = tokens[first].start, tokens[stop - 1].end
    quantity = next((q for q in scene.noticed.quantities if q.start is not None and start <= q.start < end), None)
    return (GoodsMention(scene.report.text[start:end], start, end, quantity=quantity),)


def _end_of_words(hit: Hit, scene: Scene, last: int) -> int:
    """Return where the words from `last` on end: at a joining word or preposition, at most five tokens behind the verb."""
    tokens = scene.parsed.sentence.tokens
    stops = {
        m.first for m in scene.parsed.of("conjunctions", "clause_breaks", "agents", "post_words")
    } | scene.prepositions
    while last < min(len(tokens), hit.right, hit.last + REACH) and tokens[last].is_word and last not in stops:
        last += 1
    return last


def opens_quotation(token: Token) -> bool:
    """Return whether a token is a mark that opens a quotation."""
    return token.text in _QUOTES


__all__ = ["named_behind", "opens_quotation"]
