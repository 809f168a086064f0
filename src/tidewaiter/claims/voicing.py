"""The voice of verbs in a language with a fixed order: "was seized", "have seized", "handed him", "taken apart and copied"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from tidewaiter.claims.compiled import CompiledWords
from tidewaiter.claims.cues import Found
from tidewaiter.claims.sentences import Token

if TYPE_CHECKING:
    from tidewaiter.claims.clauses import Hit

LIGHT = 3  # adverbs between "was" and its participle


def voiced(
    hits: Sequence[Hit], marks: Sequence[Found[str]], tokens: Sequence[Token], words: CompiledWords
) -> tuple[Hit, ...]:
    """Return predicates with their voice, those that stand side by side as one, without those of clauses that only ask."""
    have, be = words.words.group("have"), words.words.group("be")
    active = {mark.first for mark in marks if mark.value == "pronouns_object"}
    active |= {at + 1 for at, token in enumerate(tokens[:-1]) if token.low in have and tokens[at + 1].low not in be}
    passive = _behind_be(tokens, words)
    joins = {mark.first for mark in marks if mark.value == "conjunctions"}
    asked = {mark.first for mark in marks if mark.value == "asked"}
    found: list[Hit] = []
    for hit in hits:
        if hit.clause[0] in asked:
            continue
        if hit.first in passive and hit.voice == "active":
            hit = replace(hit, turned="passive")
        last = found[-1] if found else None
        if last is not None and hit.first - 1 == last.last and last.last in joins:
            if last.voice == "passive" and hit.voice == "active":
                hit = replace(hit, turned="passive")
        if last is not None and last.predicate == hit.predicate and hit.first - last.last <= 1:
            row = last.row if last.row.values.get("needs") == "nobody" else hit.row  # "the motive was | financial gain"
            hit = replace(hit, first=last.first, clause=last.clause, left=last.left, row=row)
            found.pop()  # "walked away with a suspended sentence" is said once
        taken = hit.last in {m.first for m in marks if m.value == "pronouns_object"} and hit.first not in passive
        whom = taken and tokens[hit.first].low not in be  # "fined him"
        if hit.voice == "passive" and (whom or any(hit.first < at < hit.last or at == hit.first for at in active)):
            hit = replace(hit, turned="active")
        found.append(hit)
    return tuple(found)


def _behind_be(tokens: Sequence[Token], words: CompiledWords) -> frozenset[int]:
    """Return the tokens right behind a word of the group `be`, over those of `after_be`, that do not end as participles of the active do."""
    be, light = words.words.group("be"), words.words.group("after_be")
    endings = words.words.list("participles")
    if not light:
        return frozenset()
    found = set()
    for at, token in enumerate(tokens):
        if token.low in be:
            step = at + 1
            while step < len(tokens) and tokens[step].low in light and step - at <= LIGHT:
                step += 1
            if step < len(tokens) and not tokens[step].low.endswith(endings):
                found.add(step)
    return frozenset(found)


__all__ = ["voiced"]
