"""Who is named in a sentence and yet does nothing in it: names in a case that no doer has, and those on whose word it stands.

Both are words of the language: `oblique_cases` lists words and endings (`*ого`) with which a mention begins, `sources` what stands before
one who is only quoted ("according to").
"""

from __future__ import annotations

from collections.abc import Sequence

from tidewaiter.claims.clauses import Parsed
from tidewaiter.claims.compiled import CompiledWords
from tidewaiter.model.claims import Mention

SKIPPED = 2  # tokens between "according to" and the mention ("according to the same source")


def bystanders(mentions: Sequence[Mention], parsed: Parsed, words: CompiledWords) -> frozenset[int]:
    """Return the offsets at which mentions begin that are no doer of anything.

    Args:
        mentions: those of one sentence.
        parsed: the sentence.
        words: the words of its language.
    """
    tokens = parsed.sentence.tokens
    forms, endings = words.oblique
    quoted = set()
    for mark in parsed.of("sources"):
        start = tokens[mark.last - 1].end
        reach = tokens[min(len(tokens), mark.last + SKIPPED + 1) - 1].start
        behind = next((m for m in mentions if start <= m.start <= reach), None)
        if behind is not None:
            quoted.add(behind.start)
    return frozenset(quoted | {m.start for m in mentions if _is_oblique(m, forms, endings)})


def plurals(parsed: Parsed, words: CompiledWords) -> frozenset[int]:
    """Return the tokens that are verbs whose doer stands in their own clause or nowhere: "нашли" is "was found" where it has none."""
    forms, endings = words.plurals
    if not forms and not endings:
        return frozenset()
    counted = {at for mark in parsed.of("article") for at in range(mark.first, mark.last)}  # "дев'ять" is no verb
    cued = {at for hit in parsed.hits for at in range(hit.first, hit.last)} - counted
    tokens = parsed.sentence.tokens
    return frozenset(at for at in cued if tokens[at].low in forms or (endings and tokens[at].low.endswith(endings)))


def _is_oblique(mention: Mention, forms: frozenset[str], endings: tuple[str, ...]) -> bool:
    first = mention.text.casefold().replace("’", "'").split()
    while first and not first[0][-1].isalpha():
        first = first[1:]
    return bool(first) and (first[0] in forms or (bool(endings) and first[0].endswith(endings)))


__all__ = ["bystanders", "plurals"]
