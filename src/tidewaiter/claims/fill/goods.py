"""The goods a predicate concerns."""

from __future__ import annotations

from dataclasses import replace

from tidewaiter.claims.clauses import Hit
from tidewaiter.claims.declared import declared_goods, is_declared
from tidewaiter.claims.fill import shaped_goods
from tidewaiter.claims.fill.scene import Scene
from tidewaiter.claims.fill.unknown_goods import named_behind
from tidewaiter.claims.roles import ROLES, Role
from tidewaiter.model.claims import GoodsMention, Predicate

CONTAINER_REACH = 4  # characters between "in" and what something is in
CLITIC = 2  # tokens between a pronoun and the passive that it is the subject of
ANTECEDENT_REACH = 30  # characters between goods and the clause that is said of them
_HELD = frozenset({Predicate.FOUND, Predicate.SEIZED, Predicate.STORED, Predicate.POSTED, Predicate.EXPORTED})


def goods_of(hit: Hit, scene: Scene) -> tuple[GoodsMention, ...]:
    """Return the goods a predicate concerns: behind an active verb or a noun, before a passive one, else on the other side."""
    if scene.parsed.shaped:
        return shaped_goods.goods_of(hit, scene)
    role: Role = ROLES[hit.predicate]
    if role.goods == "none" and hit.row.values.get("needs") != "goods":
        return ()
    if not is_declared(hit) and (named := _in_declarations(hit, scene)):
        scene = replace(scene, goods=tuple(g for g in scene.goods if not any(a <= g.start < b for a, b in named)))
    start, end = scene.span(hit.first, hit.last)
    left, _ = scene.span(hit.left, hit.first)
    clause_start, clause_end = scene.span(*hit.clause)
    _, right = scene.span(hit.last, hit.right)
    if role.goods == "own" and hit.predicate != Predicate.PLEADED:
        right = min(clause_end, scene.wall(end)) if hit.predicate == Predicate.DENIAL else clause_end
    if is_declared(hit) and (said := declared_goods(hit, scene)):
        return said
    held = _containers(scene, start) if hit.predicate in _HELD else frozenset()
    if role.goods == "all" and role.subject != "law":
        governed = held | behind_prepositions(scene)
        if any(left <= g.start and g.end <= right and g.start not in governed for g in scene.goods):
            held = governed
    after = tuple(g for g in scene.goods if end <= g.start and g.end <= max(right, end) and g.start not in held)
    before = tuple(g for g in scene.goods if left <= g.start and g.end <= start and g.start not in held)
    if role.goods == "own":
        return after
    if scene.either and hit.voice == "active" and role.subject == "doer" and (clitic := _clitic(hit, scene)):
        return clitic
    if role.subject == "law":
        return tuple(g for g in scene.goods if clause_start <= g.start and g.end <= clause_end) or scene.goods
    if hit.voice == "active" and before and not after and start - before[-1].end <= 1:
        return before[-1:]  # a participle right behind what it concerns: "engines posted to Yerevan"
    inside = tuple(g for g in scene.goods if start <= g.start and g.end <= end and g.start not in held)
    if hit.predicate == Predicate.GOODS_ARE:
        taken_up = _taken_up(hit, scene)
        return before or inside or ((*taken_up, *after) if (taken_up or hit.voice == "active") and after else ())
    if hit.voice == "noun":
        return after or inside
    first, second = (before, after) if hit.voice in ("passive", "final") else (after, before)
    if hit.voice == "passive" and not (scene.free or scene.either):
        second = ()  # "kept in a storage unit" keeps no unit
    if inside and not (hit.voice == "passive" and before):
        return (*inside, *after)
    reach = min(clause_start, scene.span(hit.frame, hit.first)[0]) if hit.frame >= 0 else clause_start
    return (
        first
        or second
        or _taken_up(hit, scene)
        or named_behind(hit, scene)
        or tuple(g for g in scene.goods if reach <= g.start and g.end <= start and g.start not in held)
        or _antecedent(hit, scene, clause_start)
    )


def _in_declarations(hit: Hit, scene: Scene) -> list[tuple[int, int]]:
    """Return the spans of words of a declaration in the sentence, where a predicate stands outside them."""
    said = [goods for other in scene.parsed.hits if is_declared(other) for goods in declared_goods(other, scene)]
    start, _ = scene.span(hit.first, hit.last)
    return [(g.start, g.end) for g in said if not g.start <= start < g.end]


def _antecedent(hit: Hit, scene: Scene, at: int) -> tuple[GoodsMention, ...]:
    """Return the goods right before a clause that has none of its own: "eight gyroscopes, which were meant for …"."""
    if hit.voice == "noun" or not any(m.first == hit.clause[0] for m in scene.parsed.of("clause_breaks")):
        return ()
    return tuple(g for g in scene.goods if g.end <= at <= g.end + ANTECEDENT_REACH)[-1:]


def behind_prepositions(scene: Scene) -> frozenset[int]:
    """Return the offsets of goods behind a preposition ("in the parcels", "on rifles"), but for those that say what other goods hold.

    Where either side of a verb may hold what it concerns, these are seldom meant.
    """
    tokens = scene.parsed.sentence.tokens
    ends = [g.end for g in scene.goods]
    found = set()
    for goods in scene.goods:
        at = next((i for i, token in enumerate(tokens) if token.end > goods.start), 0)
        begun = next((i for i in (at - 1, at - 2) if i in scene.prepositions), None)
        if begun is None or any(token.text == "," for token in tokens[begun:at]):
            continue
        if not any(0 <= tokens[begun].start - end <= 1 for end in ends):
            found.add(goods.start)
    return frozenset(found)


def _containers(scene: Scene, at: int) -> frozenset[int]:
    """Return the offsets of parcels that something else is in ("in three parcels"), but for one right before an offset."""
    tokens = scene.parsed.sentence.tokens
    posted = [(tokens[m.first].start, tokens[m.last - 1].end) for m in scene.parsed.of("post_words")]
    return frozenset(
        g.start
        for g in scene.goods
        if not 0 <= at - g.end <= 1
        and any(a < g.end and g.start < b for a, b in posted)
        and any(end <= g.start <= end + CONTAINER_REACH for end in scene.insides)
    )


def _taken_up(hit: Hit, scene: Scene) -> tuple[GoodsMention, ...]:
    """Return "they" or "them" as goods: before a passive verb, right behind an active one."""
    tokens = scene.parsed.sentence.tokens
    for mark in scene.parsed.of("goods_pronouns"):
        before = (hit.voice in ("passive", "final") or scene.free) and hit.left <= mark.first and mark.last <= hit.first
        behind = hit.voice == "active" and hit.last <= mark.first <= hit.last + 1
        if scene.either and before:
            before = hit.first - mark.last < CLITIC  # "Le segnalazioni vanno inviate" takes nothing up
        before = before or hit.first <= mark.first < hit.last
        start, end = tokens[mark.first].start, tokens[mark.last - 1].end
        if (before or behind) and not any(m.start < end and start < m.end and m.name for m in scene.noticed.mentions):
            return (GoodsMention(scene.report.text[start:end], start, end),)
    return ()


def _clitic(hit: Hit, scene: Scene) -> tuple[GoodsMention, ...]:
    """Return a pronoun for goods that stands right before an active verb: "le ho spedite", "las mandaba"."""
    mark = next((m for m in scene.parsed.of("goods_pronouns") if m.last == hit.first and m.first + 1 == m.last), None)
    if mark is None:
        return ()
    start, end = scene.span(mark.first, mark.last)
    return (GoodsMention(scene.report.text[start:end], start, end),)


__all__ = ["goods_of"]
