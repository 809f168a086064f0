"""Names of goods by their shape: every phrase of a sentence that could name a thing, for predicates that need goods where no vocabulary knows any."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from tidewaiter.claims.clauses import Parsed
from tidewaiter.claims.compiled import CompiledWords
from tidewaiter.claims.nouns import GoodsNouns, NounPhrase, noun_phrases
from tidewaiter.model.claims import GoodsMention, Quantity, Report

_STOPS = (
    "clause_breaks", "conjunctions", "agents", "auxiliaries", "pronouns", "pronouns_object", "goods_links", "copula",
    "copula_bare", "hedges", "noun_stops",
)  # fmt: skip


def phrases_of(
    parsed: Parsed, words: CompiledWords, taken: Iterable[tuple[int, int]], prepositions: Iterable[int]
) -> list[NounPhrase]:
    """Return the phrases of a sentence, none in a language whose words do not say where a phrase ends.

    Args:
        parsed: the sentence.
        words: the words of its language.
        taken: offsets of what names somebody, a place or a time.
        prepositions: tokens of prepositions of place.
    """
    if not words.words.list("noun_stops"):
        return []
    tokens = parsed.sentence.tokens
    stops = set(prepositions)
    for mark in parsed.of(*_STOPS):
        stops.update(range(mark.first, mark.last))
    for hit in parsed.hits:
        stops.update(range(hit.first, hit.last))
    for start, end in taken:
        stops.update(i for i, token in enumerate(tokens) if token.start < end and start < token.end)
    articles = {at for mark in parsed.of("article") for at in range(mark.first, mark.last)}
    links = {mark.first for mark in parsed.of("noun_links")}
    return noun_phrases(tokens, stops - articles, links, articles, words.words.list("noun_endings"))


def shaped(
    phrases: Sequence[NounPhrase], parsed: Parsed, nouns: GoodsNouns | None, report: Report, counts: Sequence[Quantity]
) -> tuple[GoodsMention, ...]:
    """Return the phrases that may be goods: their head is a common noun that is not said to be something else."""
    tokens = parsed.sentence.tokens
    articles = {mark.first for mark in parsed.of("article")}
    found = []
    for phrase in phrases:
        head = tokens[phrase.head]
        begun = phrase.first in articles or tokens[phrase.first].text[:1].isdigit()
        if (
            not head.text[-1].isalpha()
            or len(head.low) < 3
            or (phrase.first in articles and phrase.head == phrase.first)
        ):
            continue
        if nouns is not None and nouns.excludes(head.low):
            continue
        if head.text[0].isupper() and not begun and phrase.first > 0:
            continue
        start, end = tokens[phrase.first].start, tokens[phrase.last - 1].end
        count = next((q for q in counts if q.start is not None and start <= q.start < end), None)
        found.append(GoodsMention(report.text[start:end], start, end, quantity=count))
    return tuple(found)


__all__ = ["phrases_of", "shaped"]
