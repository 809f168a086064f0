"""Claims that no verb cue gives: what goods are said to be, what was not verified, and generalisations about a group."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tidewaiter.claims.clauses import Parsed
from tidewaiter.claims.fill.scene import Scene
from tidewaiter.model.claims import GoodsMention, Quantity

COPULA_REACH = 12  # characters between goods and the copula ("is", "have been")


def unverified(parsed: Parsed) -> Iterator[tuple[int, int]]:
    """Yield the clauses (token ranges) that say that something was not verified; two cues of one clause are one."""
    seen: set[tuple[int, int]] = set()
    for mark in parsed.of("unverified"):
        clause = next((c for c in reversed(parsed.clauses) if c[0] <= mark.first), parsed.clauses[0])
        if clause not in seen:
            seen.add(clause)
            yield clause[0], max(clause[1], mark.last)


def generalisation(parsed: Parsed) -> tuple[int, int] | None:
    """Return the stretch of tokens that generalises about a nation or group, None where the sentence does not.

    A nation's people or a plural group without a number before it, and behind it a word of habit, in one clause or the next two.
    """
    tokens = parsed.sentence.tokens
    habits = [mark.first for mark in parsed.of("states")]
    nations = {mark.last: mark.first for mark in parsed.of("nationalities")}
    if not habits:
        return None
    groups = [(nations.get(m.first, m.first), m.last) for m in parsed.of("groups_of_people")]
    groups += [
        (m.first, m.last) for m in parsed.of("nationalities") if tokens[m.first].low.endswith(("s", "ы", "и", "en"))
    ]
    for first, last in sorted(groups):
        counted = first > 0 and (tokens[first - 1].text[:1].isdigit() or _has_article(parsed, first))
        if not counted and any(last <= habit <= last + 6 for habit in habits):
            return first, len(tokens)
    return None


def _has_article(parsed: Parsed, at: int) -> bool:
    general = {mark.last for mark in parsed.of("general_articles")}
    return at not in general and any(mark.last == at for mark in parsed.of("article"))


def uncounted(scene: Scene, covered: Sequence[tuple[int, int]]) -> Iterator[tuple[Quantity, int, int]]:
    """Yield sums of money that no other claim of the sentence holds, with their clause."""
    parsed = scene.parsed
    seen: set[tuple[int, int]] = set()
    for value in scene.noticed.values:
        if value.start is None or any(start <= value.start < end for start, end in covered):
            continue
        at = next((i for i, token in enumerate(parsed.sentence.tokens) if token.end > (value.start or 0)), 0)
        clause = next((c for c in reversed(parsed.clauses) if c[0] <= at), parsed.clauses[0])
        if clause not in seen:
            seen.add(clause)
            yield value, *clause


def said_to_be(scene: Scene) -> Iterator[tuple[GoodsMention, int, int]]:
    """Yield goods with the token range that says what they are: behind a copula, or as a kind listed ("including a Ratnik vest")."""
    parsed = scene.parsed
    tokens = parsed.sentence.tokens
    cued = {at for hit in parsed.hits for at in range(hit.first, hit.last)}
    for mark in parsed.of("copula"):
        if cued & set(range(mark.first, mark.last)) or mark.last >= len(tokens):
            continue
        if any(mark.last <= hit.first <= mark.last + 2 and hit.voice != "noun" for hit in parsed.hits):
            continue  # the copula is the auxiliary of a verb
        start = tokens[mark.first].start
        named = [g for g in scene.goods if g.end <= start and start - g.end <= COPULA_REACH]
        clause = next((c for c in reversed(parsed.clauses) if c[0] <= mark.first), parsed.clauses[0])
        taken_up = next((m for m in parsed.of("goods_pronouns") if m.last == mark.first), None)
        behind = [g for g in scene.goods if 0 <= g.start - tokens[mark.last - 1].end <= COPULA_REACH]
        if taken_up is not None and behind:
            yield behind[0], max(clause[0], mark.first - 1), max(clause[1], mark.last)
        elif named and tokens[clause[0]].start <= named[-1].start:
            first = next(i for i, token in enumerate(tokens) if token.end > named[-1].start)
            yield named[-1], first, max(clause[1], mark.last)
    yield from _bare(scene)
    yield from _listed(scene)


def _bare(scene: Scene) -> Iterator[tuple[GoodsMention, int, int]]:
    """Yield goods, or "they", right before a bare copula, where what follows is no verb of another predicate and no place."""
    parsed = scene.parsed
    tokens = parsed.sentence.tokens
    places = {mark.first for mark in parsed.of("copula_not")}
    known = {at for mark in parsed.of("copula") for at in range(mark.first, mark.last)}
    cued = {at for hit in parsed.hits for at in range(hit.first, hit.last)}
    for mark in parsed.of("copula_bare"):
        at = mark.last
        if (
            at >= len(tokens)
            or at in places
            or mark.first in known
            or mark.first in cued
            or not tokens[at].text[0].isalpha()
        ):
            continue
        if any(at <= step < at + 3 for step in cued) or tokens[at].low.endswith(_PARTICIPLES):
            continue
        clause = next((c for c in reversed(parsed.clauses) if c[0] <= mark.first), parsed.clauses[0])
        start, end = tokens[mark.first].start, tokens[at - 1].end
        named = next((g for g in reversed(scene.goods) if g.end <= start and start - g.end <= 2), None)
        if named is None and any(m.last == mark.first for m in parsed.of("goods_pronouns")):
            named = next((g for g in scene.goods if 0 <= g.start - end <= COPULA_REACH), None)
        if named is not None and named.start >= tokens[clause[0]].start:
            first = next(i for i, token in enumerate(tokens) if token.end > min(named.start, start))
            yield named, first, max(clause[1], at)


_PARTICIPLES = ("ed", "ing", "ught", "old", "ent", "ken", "wn", "eld")  # "was destroyed", "were sold": a verb follows


def _listed(scene: Scene) -> Iterator[tuple[GoodsMention, int, int]]:
    parsed = scene.parsed
    tokens = parsed.sentence.tokens
    for mark in parsed.of("goods_links"):
        start, end = tokens[mark.first].start, tokens[mark.last - 1].end
        whole = [g for g in scene.goods if g.end <= start]
        clause = next((c for c in reversed(parsed.clauses) if c[0] <= mark.first), parsed.clauses[0])
        close = tokens[clause[1] - 1].end
        parts = [g for g in scene.goods if end <= g.start and g.end <= close]
        if not whole or not any(part.designator for part in parts):
            continue
        for part in parts:
            first = next(i for i, token in enumerate(tokens) if token.end > part.start)
            last = next((i for i, token in enumerate(tokens) if token.start >= part.end), len(tokens))
            yield part, first, last


__all__ = ["generalisation", "said_to_be", "uncounted", "unverified"]
