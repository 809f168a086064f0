"""Claims that no verb cue gives: what goods are said to be, what was not verified, and generalisations about a group."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tidewaiter.claims.clauses import Parsed
from tidewaiter.claims.cues import Found
from tidewaiter.claims.fill.scene import Scene
from tidewaiter.claims.roles import DOINGS
from tidewaiter.model.claims import GoodsMention, Quantity

HABIT = 6  # words between a group and what it is said to do
GROUP = 4  # words of a group behind "every"
SUM_REACH = 3  # words behind a copula that may begin a sum
COPULA_REACH = 12  # characters between goods and the copula ("is", "have been")


def unverified(scene: Scene) -> Iterator[tuple[int, int]]:
    """Yield the clauses (token ranges) that say that something was not verified; two cues of one clause are one.

    That somebody did not comment counts only of a body that could confirm.
    """
    parsed = scene.parsed
    tokens = parsed.sentence.tokens
    bodies = [m.start for m in scene.noticed.mentions if m.kind in ("authority", "court")]
    seen: set[tuple[int, int]] = set()
    for mark in parsed.of("unverified", "silent"):
        if mark.value == "silent" and not any(start < tokens[mark.first].start for start in bodies):
            continue
        clause = next((c for c in reversed(parsed.clauses) if c[0] <= mark.first), parsed.clauses[0])
        if clause not in seen:
            seen.add(clause)
            yield clause[0], max(_asked_behind(clause, mark.last, parsed), mark.last)


def _asked_behind(clause: tuple[int, int], last: int, parsed: Parsed) -> int:
    """Return where a clause ends with the one that says what is not known: "it is not clear | who ordered them"."""
    follows = next((c for c in parsed.clauses if c[0] == clause[1]), None)
    tokens = parsed.sentence.tokens
    near = clause[1] - last <= 0 and follows is not None and tokens[clause[1] - 1].text != ","
    return follows[1] if near and follows is not None and parsed.shaped else clause[1]


def generalisation(scene: Scene) -> tuple[int, int] | None:
    """Return the stretch of tokens that generalises about a nation or group, None where the sentence does not.

    A nation's people or a plural group without a number before it, and behind it a word of habit, in one clause or the next two.
    """
    parsed = scene.parsed
    tokens = parsed.sentence.tokens
    habits = [mark.first for mark in parsed.of("states")]
    nations = {mark.last: mark.first for mark in parsed.of("nationalities")}
    doing = [hit.first for hit in parsed.hits if hit.predicate in DOINGS]
    nation = next((m for m in parsed.of("groups_of_people") if m.first in nations), None)
    if nation is not None and not _counted_group(parsed, nations[nation.first]):
        if any(nation.last <= at <= nation.last + HABIT for at in doing):
            return nations[nation.first], len(tokens)  # a nation's people do no single deed
    if not habits:
        return None
    groups = [(nations.get(m.first, m.first), m.last) for m in parsed.of("groups_of_people")]
    groups += [
        (m.first, m.last) for m in parsed.of("nationalities") if tokens[m.first].low.endswith(("s", "ы", "и", "en"))
    ]
    groups += _plural_groups(scene)
    groups += [(m.first, m.last + GROUP) for m in parsed.of("all_of")]
    for first, last in sorted(groups):
        counted = not any(m.first == first for m in parsed.of("all_of")) and _counted_group(parsed, first)
        if not counted and any(last <= habit <= last + HABIT for habit in habits):
            return first, len(tokens)
    return None


def _counted_group(parsed: Parsed, first: int) -> bool:
    """Return whether a number or an article stands before a group: "two nationals", "the students" are some of it."""
    return first > 0 and (parsed.sentence.tokens[first - 1].text[:1].isdigit() or _has_article(parsed, first))


def _plural_groups(scene: Scene) -> list[tuple[int, int]]:
    """Return persons named in the plural without a number or article, as the subject of their clause ("Dealers like him")."""
    tokens = scene.parsed.sentence.tokens
    begins = {tokens[first].start: first for first, _ in scene.parsed.clauses}
    found = []
    for mention in scene.noticed.mentions:
        if mention.kind == "people" and not mention.name and mention.start in begins:
            first = begins[mention.start]
            last = next((i for i in range(first, len(tokens)) if tokens[i].start >= mention.end), len(tokens))
            if not any(mark.first == first for mark in scene.parsed.of("article")):
                found.append((first, last))
    return found


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


def said_to_be(scene: Scene) -> Iterator[tuple[tuple[GoodsMention, ...], int, int]]:
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
            yield (_pronoun(taken_up, scene), behind[0]), max(clause[0], mark.first - 1), max(clause[1], mark.last)
        elif named and tokens[clause[0]].start <= named[-1].start:
            first = next(i for i, token in enumerate(tokens) if token.end > named[-1].start)
            yield (named[-1],), first, max(clause[1], mark.last)
    yield from _bare(scene)
    yield from _listed(scene)


def _pronoun(mark: Found[str], scene: Scene) -> GoodsMention:
    """Return a pronoun as the goods it takes up."""
    start, end = scene.span(mark.first, mark.last)
    return GoodsMention(scene.report.text[start:end], start, end)


def _bare(scene: Scene) -> Iterator[tuple[tuple[GoodsMention, ...], int, int]]:
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
        sums = {value.start for value in scene.noticed.values}
        if any(token.start in sums for token in tokens[at : at + SUM_REACH]):
            continue  # "a set is around 7,000 euros" is a price
        if any(at <= step < at + 3 for step in cued) or tokens[at].low.endswith(scene.past):
            continue
        clause = next((c for c in reversed(parsed.clauses) if c[0] <= mark.first), parsed.clauses[0])
        start, end = tokens[mark.first].start, tokens[at - 1].end
        named = next((g for g in reversed(scene.goods) if g.end <= start and start - g.end <= 2), None)
        taken_up = next((m for m in parsed.of("goods_pronouns") if m.last == mark.first), None)
        found: tuple[GoodsMention, ...] = (named,) if named is not None else ()
        if named is None and taken_up is not None:
            behind = next((g for g in scene.goods if 0 <= g.start - end <= COPULA_REACH), None)
            found = (_pronoun(taken_up, scene), behind) if behind is not None else ()
        if found and found[0].start >= tokens[clause[0]].start:
            first = next(i for i, token in enumerate(tokens) if token.end > min(found[0].start, start))
            yield found, first, max(clause[1], at)


def _listed(scene: Scene) -> Iterator[tuple[tuple[GoodsMention, ...], int, int]]:
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
            yield (part,), first, last


__all__ = ["generalisation", "said_to_be", "uncounted", "unverified"]
