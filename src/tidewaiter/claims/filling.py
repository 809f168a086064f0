"""The slots of a predicate: who did it, whom or what it concerns, how many, from where to where, when and where.

Positions decide, with the kinds of mentions that the predicate takes: no syntax tree.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tidewaiter.claims.clauses import Hit, Parsed
from tidewaiter.claims.declared import declared_goods, is_declared
from tidewaiter.claims.notice import Noticed
from tidewaiter.claims.noun_phrases import paper_before, phrase_before, phrase_behind
from tidewaiter.claims.roles import PERSONS, ROLES, Role
from tidewaiter.claims.verb_final import governed, head_of
from tidewaiter.model.claims import GoodsMention, Mention, MentionKind, Place, Predicate, Quantity, Report, Route, Stamp

AGENT_REACH = 40  # characters between "by" and the end of the doer it names
_QUOTES = frozenset("“«„\"'‘")
_CLOSING = frozenset("”»“\"'’")
_WALLS = frozenset(":“«„")
NEAR = 24  # characters between who acts and the verb
RIGHT_BEHIND = 6  # characters between a verb and a doer that follows it: "incautó la Policía"
CONTAINER_REACH = 3  # characters between "in" and what something is in
_HELD = frozenset({Predicate.FOUND, Predicate.SEIZED, Predicate.STORED, Predicate.POSTED, Predicate.EXPORTED})


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
    objects: tuple[Mention, ...] = ()  # "him", "his": only whom something is done to
    either: bool = False  # whether the one concerned may stand on either side, but the doer only before, right behind, or marked

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


def subject_of(hit: Hit, scene: Scene) -> Mention | None:
    """Return the subject of a predicate, None where the sentence names none."""
    role = ROLES[hit.predicate]
    if is_declared(hit):
        if scene.either:
            return phrase_before(hit, scene) or paper_before(hit, scene) or _doer(hit, scene, role.kinds | {"other"})
        return _doer(hit, scene, role.kinds | {"other"})
    if role.subject == "doer":
        kinds = role.kinds - {"outlet"} if scene.either and hit.predicate == Predicate.DENIAL else role.kinds
        return _doer(hit, scene, kinds) or (phrase_before(hit, scene) if hit.voice == "active" else None)
    if role.subject == "concerned":
        found = _concerned(hit, scene, role.kinds)
        if found is None and hit.voice == "passive":
            found = phrase_before(hit, scene) or (phrase_behind(hit, scene) if scene.either else None)
        return found
    if role.subject == "law":
        return _law(hit, scene)
    return None


def object_of(hit: Hit, scene: Scene) -> Mention | None:
    """Return who stands on the other side of the verb: the authority that detained, the person things were taken from."""
    role = ROLES[hit.predicate]
    if not role.object_kinds:
        return None
    if role.subject == "concerned":
        return _doer(hit, scene, role.object_kinds)
    return _concerned(hit, scene, role.object_kinds, only_own=True)


def _doer(hit: Hit, scene: Scene, kinds: frozenset[MentionKind]) -> Mention | None:
    start, end = scene.span(hit.first, hit.last)
    clause_start, _ = scene.span(*hit.clause)
    floor = scene.floor(start)
    clause_start = max(clause_start, floor)
    _, right = scene.span(hit.last, hit.right)
    marked = _agent(hit, scene, kinds) if hit.voice not in ("active", "final") else None
    if marked is not None or hit.voice == "passive":
        if marked is None and scene.free:
            return _first(scene.noticed.mentions, end, right, kinds) if kinds.isdisjoint({"person"}) else None
        return marked
    if hit.voice == "noun":
        return _last(scene.noticed.mentions, floor, start, kinds)
    if hit.voice == "final":
        return governed(hit, scene, kinds, ahead=True)
    within = next((m for m in scene.noticed.mentions if m.kind in kinds and start <= m.start and m.end <= end), None)
    if within is not None and not scene.either:
        return within
    upright = _upright(scene.noticed.mentions, scene)
    before = (
        _last(upright, clause_start, start, kinds)
        or _near(hit, scene, start)
        or _last(upright, floor, start, kinds)
    )
    if before is None and scene.either and (kinds.isdisjoint({"person"}) or _relative(hit, scene)):
        before = _last(scene.noticed.mentions, floor, start, kinds)  # "la denuncia a una empresa que envió"
    if before is None and scene.either:
        behind = _first(scene.noticed.mentions, end, max(end, right), kinds, end + RIGHT_BEHIND)
        return None if behind is None or _governed(behind, scene) else behind
    if before is None and (scene.free or hit.predicate in ("stated", "denial")):
        return _first(scene.noticed.mentions, end, max(end, right), kinds)
    return before


def _governed(mention: Mention, scene: Scene) -> bool:
    """Return whether a preposition begins a mention or stands right before it: "ai turisti", "a clientes"."""
    tokens = scene.parsed.sentence.tokens
    at = next((i for i, token in enumerate(tokens) if token.end > mention.start), 0)
    return any(mark.first in (at, at - 1) for mark in scene.parsed.of("obliques"))


def _relative(hit: Hit, scene: Scene) -> bool:
    """Return whether a clause break begins the clause of a predicate."""
    return any(m.first == hit.clause[0] and m.last <= hit.first for m in scene.parsed.of("clause_breaks"))


def _upright(mentions: Sequence[Mention], scene: Scene) -> Sequence[Mention]:
    """Return the mentions that may be subjects of what follows: none behind a preposition, where a language lists those."""
    return [m for m in mentions if not _governed(m, scene)] if scene.parsed.of("obliques") else mentions


def _near(hit: Hit, scene: Scene, start: int) -> Mention | None:
    """Return "inspectors" or "they" right before a verb of finding or taking: persons who act for a body."""
    if hit.predicate not in (Predicate.FOUND, Predicate.SEIZED):
        return None
    return _last(scene.noticed.mentions, start - NEAR, start, PERSONS)


def _agent(hit: Hit, scene: Scene, kinds: frozenset[MentionKind]) -> Mention | None:
    for mark in scene.parsed.of("agents"):
        if hit.last <= mark.first < hit.right or (hit.turned and hit.left <= mark.first < hit.first):
            _, after = scene.span(mark.first, mark.last)
            return _first(scene.noticed.mentions, after, after + AGENT_REACH, kinds)
    return None


def _concerned(hit: Hit, scene: Scene, kinds: frozenset[MentionKind], only_own: bool = False) -> Mention | None:
    start, end = scene.span(hit.first, hit.last)
    clause_start, _ = scene.span(*hit.clause)
    _, right = scene.span(hit.last, hit.right)
    mentions = tuple(sorted((*scene.noticed.mentions, *scene.objects), key=lambda m: m.start))
    floor = scene.floor(start)
    clause_start = max(clause_start, floor)
    inside = next((m for m in mentions if m.kind in kinds and start <= m.start and m.end <= end), None)
    if inside is not None:
        return inside
    if hit.turned in ("passive", "final") and not only_own:
        return governed(hit, scene, kinds, ahead=hit.voice == "passive")
    after = _first(mentions, end, right, kinds)
    before = _last(_upright(mentions, scene), clause_start, start, kinds) or _last(mentions, clause_start, start, kinds)
    if only_own:
        return after
    nearest = (scene.free and hit.voice != "noun") or (scene.either and hit.voice == "passive")
    if nearest and before is not None and after is not None:
        return after if after.start - end <= start - before.end else before
    if hit.voice == "passive":
        return before or (after if scene.free or scene.either else None) or _last(mentions, floor, start, kinds) or after
    return after or before or _last(mentions, floor, start, kinds)


def _law(hit: Hit, scene: Scene) -> Mention | None:
    start, _ = scene.span(hit.first, hit.last)
    laws = [m for m in scene.noticed.mentions if m.kind == "law"]
    if not laws:
        tokens = scene.parsed.sentence.tokens
        for mark in scene.parsed.of("law_nouns"):
            first = mark.first
            while first > 0 and tokens[first - 1].text[:1].isupper() and mark.first - first < 4:
                first -= 1
            begin, end = tokens[first].start, tokens[mark.last - 1].end
            laws.append(Mention("law", scene.report.text[begin:end], begin, end, head=tokens[mark.last - 1].low))
    before = [law for law in laws if law.end <= start]
    return before[-1] if before else laws[0] if laws else None


def _last(mentions: Sequence[Mention], floor: int, until: int, kinds: frozenset[MentionKind]) -> Mention | None:
    return head_of([m for m in mentions if m.kind in kinds and floor <= m.start and m.end <= until])


def _first(
    mentions: Sequence[Mention], floor: int, until: int, kinds: frozenset[MentionKind], begun: int | None = None
) -> Mention | None:
    """Return the first mention in a stretch, which must begin by `begun` where that is given."""
    found = next((m for m in mentions if m.kind in kinds and floor <= m.start and m.end <= max(until, floor)), None)
    return None if found is not None and begun is not None and found.start > begun else found


def goods_of(hit: Hit, scene: Scene) -> tuple[GoodsMention, ...]:
    """Return the goods a predicate concerns: behind an active verb or a noun, before a passive one, else on the other side."""
    role: Role = ROLES[hit.predicate]
    if role.goods == "none" and hit.row.values.get("needs") != "goods":
        return ()
    start, end = scene.span(hit.first, hit.last)
    left, _ = scene.span(hit.left, hit.first)
    clause_start, clause_end = scene.span(*hit.clause)
    _, right = scene.span(hit.last, hit.right)
    if role.goods == "own":
        right = min(clause_end, scene.wall(end)) if hit.predicate == Predicate.DENIAL else clause_end
    if is_declared(hit) and (said := declared_goods(hit, scene)):
        return said
    held = _containers(scene, start) if hit.predicate in _HELD else frozenset()
    after = tuple(g for g in scene.goods if end <= g.start and g.end <= max(right, end) and g.start not in held)
    before = tuple(g for g in scene.goods if left <= g.start and g.end <= start and g.start not in held)
    if role.goods == "own":
        return after
    if role.subject == "law":
        return tuple(g for g in scene.goods if clause_start <= g.start and g.end <= clause_end) or scene.goods
    if hit.voice == "active" and before and not after and start - before[-1].end <= 1:
        return before[-1:]  # a participle right behind what it concerns: "engines posted to Yerevan"
    inside = tuple(g for g in scene.goods if start <= g.start and g.end <= end and g.start not in held)
    if hit.predicate == Predicate.GOODS_ARE:
        taken_up = _taken_up(hit, scene)
        return before or ((*taken_up, *after) if (taken_up or hit.voice == "active") and after else ())
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
        or _named_behind(hit, scene)
        or tuple(g for g in scene.goods if reach <= g.start and g.end <= start and g.start not in held)
    )


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
        before = hit.voice in ("passive", "final") and hit.left <= mark.first and mark.last <= hit.first
        behind = hit.voice == "active" and hit.last <= mark.first <= hit.last + 1
        before = before or hit.first <= mark.first < hit.last
        start, end = tokens[mark.first].start, tokens[mark.last - 1].end
        if (before or behind) and not any(m.start < end and start < m.end and m.name for m in scene.noticed.mentions):
            return (GoodsMention(scene.report.text[start:end], start, end),)
    return ()


def _named_behind(hit: Hit, scene: Scene) -> tuple[GoodsMention, ...]:
    """Return goods that no vocabulary knows, right behind an active verb: a quoted name, or a number with up to four words."""
    tokens = scene.parsed.sentence.tokens
    at = hit.last
    if hit.voice != "active" or at >= min(hit.right, len(tokens)) or hit.row.values.get("needs") != "goods":
        return ()
    last = at + 1
    if tokens[at].text in _QUOTES:
        while last < len(tokens) and last - at < 8 and tokens[last].text not in _CLOSING:
            last += 1
        first, stop = at + 1, last
    elif tokens[at].text[:1].isdigit():
        stops = {
            m.first for m in scene.parsed.marks if m.value in ("conjunctions", "clause_breaks", "agents", "post_words")
        }
        stops |= scene.prepositions
        while last < min(len(tokens), hit.right, at + 5) and tokens[last].is_word and last not in stops:
            last += 1
        first, stop = at, last
    elif begun := next((m for m in scene.parsed.of("article") if m.first == at), None):
        stops = {
            m.first for m in scene.parsed.marks if m.value in ("conjunctions", "clause_breaks", "agents", "post_words")
        }
        stops |= scene.prepositions
        last = begun.last
        while last < min(len(tokens), hit.right, at + 5) and tokens[last].is_word and last not in stops:
            last += 1
        first, stop = at, last
    else:
        return ()
    if stop - first < 1 or not tokens[stop - 1].is_word:
        return ()
    start, end = tokens[first].start, tokens[stop - 1].end
    quantity = next((q for q in scene.noticed.quantities if q.start is not None and start <= q.start < end), None)
    return (GoodsMention(scene.report.text[start:end], start, end, quantity=quantity),)


def figures_of(hit: Hit, scene: Scene) -> tuple[Quantity | None, Quantity | None]:
    """Return the count and the sum of money in the predicate's stretch, each None where there is none."""
    left, _ = scene.span(hit.left, hit.first)
    _, right = scene.span(hit.first, hit.right)
    return _inside(scene.noticed.quantities, left, right), _inside(scene.noticed.values, left, right)


def _inside(found: Sequence[Quantity], left: int, right: int) -> Quantity | None:
    return next(
        (q for q in found if q.start is not None and q.end is not None and left <= q.start and q.end <= right), None
    )


def time_of(hit: Hit, scene: Scene) -> Stamp:
    """Return the time stated in the predicate's clause, nearest to it first; the empty stamp where none is."""
    start, _ = scene.span(hit.first, hit.last)
    left, right = scene.span(*hit.clause)
    near = [s for s in scene.noticed.stamps if s.start is not None and left <= s.start < right]
    return min(near, key=lambda s: abs((s.start or 0) - start), default=Stamp())


def places_of(hit: Hit, scene: Scene, prepositions: dict[int, str]) -> tuple[Place | None, Route]:
    """Return where it happened and the route.

    Args:
        hit: the predicate.
        scene: its sentence.
        prepositions: what the place is, by the offset at which a preposition ends.
    """
    role = ROLES[hit.predicate]
    left, right = scene.span(hit.clause[0], max(hit.right, hit.clause[1]))
    own_left, _ = scene.span(hit.left, hit.first)
    _, own_right = scene.span(hit.first, hit.right)
    by: dict[str, list[Place]] = {"from": [], "to": [], "via": [], "in": []}
    for place in scene.noticed.places:
        inside = own_left <= place.start < own_right if role.route else left <= place.start < right
        if inside:
            by[prepositions.get(place.start, "in")].append(place)
    where = by["in"][0] if by["in"] else None
    if not role.route:
        return where, Route()
    return where, Route(by["from"][0] if by["from"] else None, tuple(by["via"]), by["to"][-1] if by["to"] else None)


__all__ = ["Scene", "figures_of", "goods_of", "object_of", "places_of", "subject_of", "time_of"]
