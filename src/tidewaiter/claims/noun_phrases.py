"""Subjects that no kind of mention is known for: a noun phrase with its article right before or behind a verb ("the workshop")."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tidewaiter.model.claims import Mention

if TYPE_CHECKING:
    from tidewaiter.claims.clauses import Hit
    from tidewaiter.claims.fill.scene import Scene

PHRASE = 6  # tokens of a noun phrase with its article
BEHIND = 4  # tokens of one behind its verb
_STOPS = ("conjunctions", "clause_breaks", "agents", "auxiliaries")


def span_before(hit: Hit, scene: Scene) -> tuple[int, int] | None:
    """Return the tokens from the last article of the clause to a verb, its auxiliaries left out, where only words stand there."""
    tokens, parsed = scene.parsed.sentence.tokens, scene.parsed
    between = {at for mark in parsed.of("auxiliaries") for at in range(mark.first, mark.last)}
    last = hit.first
    while last > hit.clause[0] and last - 1 in between:
        last -= 1
    begun = [m for m in parsed.of("article") if hit.clause[0] <= m.first and m.last < last <= m.first + PHRASE]
    if not begun or any(not token.is_word for token in tokens[begun[-1].first : last]):
        return None
    return begun[-1].first, last


def phrase_before(hit: Hit, scene: Scene) -> Mention | None:
    """Return the noun phrase with an article right before a verb: "the workshop"."""
    span = span_before(hit, scene)
    if span is None or any(at in scene.prepositions for at in range(span[0] - 1, span[1])):
        return None
    if any(m.first in (span[0] - 1, span[0]) for m in scene.parsed.of("oblique")):
        return None
    return _phrase(*span, scene)


def phrase_behind(hit: Hit, scene: Scene) -> Mention | None:
    """Return the noun phrase with an article right behind a verb: "è stato assolto il fattorino"."""
    tokens, parsed = scene.parsed.sentence.tokens, scene.parsed
    begun = next((m for m in parsed.of("article") if m.first == hit.last and m.first not in scene.prepositions), None)
    if begun is None:
        return None
    stops = {mark.first for mark in parsed.of(*_STOPS)} | scene.prepositions
    last = begun.last
    while last < min(len(tokens), begun.last + BEHIND) and tokens[last].is_word and last not in stops:
        last += 1
    return _phrase(begun.first, last, scene) if last > begun.last else None


def paper_before(hit: Hit, scene: Scene) -> Mention | None:
    """Return the last noun phrase with an article or preposition before a verb of declaring: "sui documenti la merce figurava"."""
    tokens, parsed = scene.parsed.sentence.tokens, scene.parsed
    goods = {i for i, t in enumerate(tokens) if any(g.start <= t.start < g.end for g in scene.goods)}
    begins = {m.last for m in parsed.of("article")} | {at + 1 for at in scene.prepositions}
    first = max((at for at in begins if hit.clause[0] < at < hit.first and at not in goods), default=None)
    if first is None or not all(token.is_word for token in tokens[first : hit.first]):
        return None
    return _phrase(first, first + 1, scene)


def _phrase(first: int, last: int, scene: Scene) -> Mention | None:
    """Return tokens as a mention of no known kind, None where they name goods, a place or somebody already."""
    tokens = scene.parsed.sentence.tokens
    start, end = tokens[first].start, tokens[last - 1].end
    taken = [(g.start, g.end) for g in scene.goods] + [(p.start, p.end) for p in scene.noticed.places]
    taken += [(m.start, m.end) for m in scene.noticed.mentions]
    taken += [(q.start, q.end) for q in scene.noticed.quantities if q.start is not None and q.end is not None]
    if any(a < end and start < b for a, b in taken):
        return None
    return Mention("other", scene.report.text[start:end], start, end, head=tokens[last - 1].low)


__all__ = ["PHRASE", "paper_before", "phrase_before", "phrase_behind", "span_before"]
