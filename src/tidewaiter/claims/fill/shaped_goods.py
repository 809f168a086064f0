"""The goods a predicate concerns, in a language whose words say where a phrase ends."""

from __future__ import annotations

from tidewaiter.claims.clauses import Hit
from tidewaiter.claims.fill.laws import law_spans
from tidewaiter.claims.fill.scene import Scene
from tidewaiter.claims.fill.unknown_goods import REACH, named_behind, opens_quotation
from tidewaiter.claims.roles import ROLES, Role
from tidewaiter.claims.sentences import quotations
from tidewaiter.model.claims import GoodsMention, Predicate

NEAR = 20  # characters between words of declaring and what is declared in quotation marks
OVER = 3  # tokens of a cue that may itself end in "over"
LIGHT = 4  # tokens between a verb and what it is said of
CONTAINER_REACH = 12  # characters between "in" and what something is in
_ABOUT_GOODS = frozenset({Predicate.DETAINED, Predicate.CHARGED, Predicate.CONVICTED, Predicate.ACQUITTED})
_HELD = frozenset({Predicate.FOUND, Predicate.SEIZED, Predicate.STORED, Predicate.POSTED, Predicate.EXPORTED})


def goods_of(hit: Hit, scene: Scene) -> tuple[GoodsMention, ...]:
    """Return the goods a predicate concerns: behind an active verb or a noun, before a passive one, else on the other side."""
    role: Role = ROLES[hit.predicate]
    if hit.row.values.get("goods") == "own":
        return _declared(hit, scene)
    own = role.goods == "own" or hit.predicate in (Predicate.SEARCHED, Predicate.MOTIVE_ALLEGED)
    if role.goods == "none" and not own:
        return _over(hit, scene)
    start, end = scene.span(hit.first, hit.last)
    left, _ = scene.span(hit.left, hit.first)
    clause_start, clause_end = scene.span(*hit.clause)
    _, right = scene.span(hit.last, hit.right)
    if own:
        right = min(clause_end, scene.wall(end)) if hit.predicate == Predicate.DENIAL else clause_end
        right = scene.span(hit.last, hit.right)[1] if hit.predicate == Predicate.SEARCHED else right
    held = _containers(scene) if hit.predicate in _HELD else frozenset()
    after = tuple(g for g in scene.goods if end <= g.start and g.end <= max(right, end) and g.start not in held)
    before = tuple(g for g in scene.goods if left <= g.start and g.end <= start and g.start not in held)
    if hit.predicate == Predicate.SEARCHED:
        posted = _posted(scene)
        return tuple(g for g in (*_inside_cue(hit, scene), *after) if any(a < g.end and g.start < b for a, b in posted))
    if own:
        return after or (_taken_up(hit, scene) if hit.predicate == Predicate.MOTIVE_ALLEGED else ())
    if hit.predicate == Predicate.FIGURE_STATED and not before and not after:
        return _counted_ones(hit, scene)
    if role.subject == "law":
        named = law_spans(scene)
        lawful = tuple(g for g in scene.goods if not any(a < g.end and g.start < b for a, b in named))
        inner = tuple(g for g in lawful if clause_start <= g.start and g.end <= clause_end)
        return inner or _counted_ones(hit, scene) or lawful
    if hit.voice == "active" and before and not after and start - before[-1].end <= 1:
        return before[-1:]  # a participle right behind what it concerns: "engines posted to Yerevan"
    inside = tuple(g for g in scene.goods if start <= g.start and g.end <= end and g.start not in held)
    if hit.predicate == Predicate.GOODS_ARE:
        taken_up = _taken_up(hit, scene)
        return before or ((*taken_up, *after) if taken_up and after else ())
    if hit.voice == "noun":
        return after or inside or _by_shape(hit, scene)
    if hit.voice == "passive" and not scene.free:
        outside = tuple(g for g in before if not any(0 <= g.start - at <= 1 for at in scene.insides))
        if outside:
            return outside
        wide = _over_participles(hit, scene)
        if wide:
            return wide
        if before and after and hit.predicate in _HELD:
            return after  # "in the box were found two vests"
        if before:
            return before
    if hit.voice == "active" and not inside and any(m.first == hit.last for m in scene.parsed.of("goods_pronouns")):
        after = _taken_up(hit, scene) or after  # "has hidden them in the boxes"
    if hit.voice == "active" and not inside and _takes_no_goods(hit, scene):
        return ()
    first, second = (before, after) if hit.voice == "passive" else (after, before)
    if not inside:
        shape = tuple(p for p in _by_shape(hit, scene) if not any(g.start < p.end and p.start < g.end for g in first))
        first = (*shape, *first) if hit.voice == "active" or not first else first
    if hit.voice == "passive" and not scene.free:
        second = ()  # "kept in a storage unit" keeps no unit
    if inside:
        return (*inside, *after)
    return (
        first
        or second
        or _taken_up(hit, scene)
        or _named_behind(hit, scene)
        or _of_antecedent(hit, scene)
        or tuple(g for g in scene.goods if clause_start <= g.start and g.end <= start and g.start not in held)
    )


def _takes_no_goods(hit: Hit, scene: Scene) -> bool:
    """Return whether right behind an active verb stands what is no goods: "found no evidence that", "sent a letter about"."""
    tokens = scene.parsed.sentence.tokens
    light = {at for mark in scene.parsed.of("auxiliaries") for at in range(mark.first, mark.last)}
    at = hit.last
    while at < len(tokens) and at in light and at - hit.last < LIGHT:
        at += 1
    phrase = next((p for p in scene.nouns if p.first <= at < p.last), None)
    if phrase is None or not scene.excludes(tokens[phrase.head].low):
        return False
    start, end = scene.span(phrase.first, phrase.last)
    links = {m.first for m in scene.parsed.of("noun_links", "attached", "conjunctions")}
    return phrase.last not in links and not any(g.start < end and start < g.end for g in scene.goods)


def _over_participles(hit: Hit, scene: Scene) -> tuple[GoodsMention, ...]:
    """Return the goods that a passive verb is said of over participles between: "two scopes bearing his numbers were seen on rifles"."""
    tokens = scene.parsed.sentence.tokens
    if tokens[hit.first].low not in scene.be and tokens[max(hit.first - 1, 0)].low not in scene.be:
        return ()
    between = [h for h in scene.parsed.hits if h.last <= hit.first and h.clause == hit.clause]
    if not between or any(h.voice == "active" and not tokens[h.first].low.endswith(scene.participles) for h in between):
        return ()
    begin, _ = scene.span(*hit.clause)
    start, _ = scene.span(between[0].first, between[0].last)
    return tuple(g for g in scene.goods if begin <= g.start and g.end <= start)


def _of_antecedent(hit: Hit, scene: Scene) -> tuple[GoodsMention, ...]:
    """Return the goods that a relative clause is about: "54 goggles, which were to be sent"; those of a passive joined to one before."""
    tokens = scene.parsed.sentence.tokens
    if scene.free:
        return ()
    start = hit.clause[0]
    if any(m.first in (start, start + 1) for m in scene.parsed.of("relatives")):
        earlier = [h.last for h in scene.parsed.hits if h.last <= start]
        floor = tokens[max(earlier, default=0)].start if start else 0
        return tuple(g for g in scene.goods if start and floor <= g.start and g.end <= tokens[start].start)
    before = [h for h in scene.parsed.hits if h.last <= hit.first]
    if before and hit.voice == "passive" and before[-1].voice == "passive" and hit.first - before[-1].last <= LIGHT:
        return goods_of(before[-1], scene)
    return ()


def _by_shape(hit: Hit, scene: Scene) -> tuple[GoodsMention, ...]:
    """Return phrases that no vocabulary knows where the predicate wants its goods: right behind an active verb with what is listed
    after it, right before a passive one."""
    if hit.row.values.get("needs") != "goods" or not scene.phrases:
        return ()
    tokens = scene.parsed.sentence.tokens
    light = {at for mark in scene.parsed.of("auxiliaries") for at in range(mark.first, mark.last)}
    if hit.voice == "passive":
        light |= {at for mark in scene.parsed.of("clause_breaks") for at in range(mark.first, mark.last)}
        light |= {at for at, token in enumerate(tokens) if token.text == ","}
        last = hit.first
        while last > 0 and last - 1 in light and hit.first - last < LIGHT:
            last -= 1
        return tuple(p for p in scene.phrases if last > 0 and p.end == tokens[last - 1].end)
    at = hit.last
    while at < len(tokens) and at in light and at - hit.last < LIGHT:
        at += 1
    return _listed_from(at, scene)


def _listed_from(at: int, scene: Scene) -> tuple[GoodsMention, ...]:
    """Return the phrase that begins at a token, and those joined to it by commas and "and"."""
    tokens = scene.parsed.sentence.tokens
    begins = {phrase.start: phrase for phrase in scene.phrases}
    joins = {mark.first: mark.last for mark in scene.parsed.of("conjunctions")}
    found: list[GoodsMention] = []
    while at < len(tokens) and tokens[at].start in begins:
        phrase = begins[tokens[at].start]
        found.append(phrase)
        at = next((i for i in range(at, len(tokens)) if tokens[i].start >= phrase.end), len(tokens))
        if at < len(tokens) and tokens[at].text == ",":
            at += 1
        at = joins.get(at, at)
    return tuple(found)


def _over(hit: Hit, scene: Scene) -> tuple[GoodsMention, ...]:
    """Return the goods that a step of a case is about: "held over drone engines", "jailed for a year for mailing scopes"."""
    if hit.predicate not in _ABOUT_GOODS:
        return ()
    links = {m.first for m in scene.parsed.of("noun_links")}  # "convicted of", not "the sender of"
    joined = [
        m.last
        for m in scene.parsed.of("over")
        if hit.last - OVER <= m.first < (hit.last + 1 if m.first in links else hit.clause[1])
    ]
    joined += [
        h.last for h in scene.parsed.hits if h.clause == hit.clause and h.first >= hit.last and _names_offence(h)
    ]
    if not joined:
        return ()
    start, end = scene.span(min(joined), max(hit.clause[1], min(joined)))
    return tuple(g for g in scene.goods if start <= g.start and g.end <= end)


def _names_offence(hit: Hit) -> bool:
    return hit.predicate == Predicate.EXPORTED and hit.voice == "noun"


def _declared(hit: Hit, scene: Scene) -> tuple[GoodsMention, ...]:
    """Return what a declaration names: what is quoted right behind the cue, else the goods there, and those in the cue or before a passive."""
    start, end = scene.span(hit.first, hit.last)
    _, right = scene.span(hit.last, max(hit.right, hit.clause[1]))
    left, _ = scene.span(hit.left, hit.first)
    tokens = scene.parsed.sentence.tokens
    quote = next(
        (q for q in quotations(scene.report.text, end, scene.parsed.sentence.end) if q.start - end < NEAR), None
    )
    behind: tuple[GoodsMention, ...] = ()
    if quote is not None and quote.end - quote.start > 3:
        behind = (GoodsMention(scene.report.text[quote.start + 1 : quote.end - 1], quote.start + 1, quote.end - 1),)
    else:
        behind = tuple(g for g in scene.goods if end <= g.start and g.end <= right)
        if not behind and hit.last < len(tokens):
            behind = _listed_from(hit.last, scene)
    own = tuple(g for g in scene.goods if (left if hit.voice == "passive" else start) <= g.start and g.end <= end)
    return (*own, *behind)


def _posted(scene: Scene) -> list[tuple[int, int]]:
    tokens = scene.parsed.sentence.tokens
    return [(tokens[m.first].start, tokens[m.last - 1].end) for m in scene.parsed.of("post_words")]


def _inside_cue(hit: Hit, scene: Scene) -> tuple[GoodsMention, ...]:
    start, end = scene.span(hit.first, hit.last)
    return tuple(g for g in scene.goods if start <= g.start and g.end <= end)


def _containers(scene: Scene) -> frozenset[int]:
    """Return the offsets of parcels that something else is in: "in three parcels"."""
    posted = _posted(scene)
    return frozenset(
        g.start
        for g in scene.goods
        if any(a < g.end and g.start < b for a, b in posted)
        and any(end <= g.start <= end + CONTAINER_REACH for end in scene.insides)
    )


def _taken_up(hit: Hit, scene: Scene) -> tuple[GoodsMention, ...]:
    """Return "they" or "them" as goods: before a passive verb, right behind an active one."""
    tokens = scene.parsed.sentence.tokens
    for mark in scene.parsed.of("goods_pronouns"):
        before = hit.voice == "passive" and hit.left <= mark.first and mark.last <= hit.first
        behind = hit.voice == "active" and hit.first < mark.first <= hit.last + 1
        start, end = tokens[mark.first].start, tokens[mark.last - 1].end
        if (before or behind) and not any(m.start < end and start < m.end and m.name for m in scene.noticed.mentions):
            return (GoodsMention(scene.report.text[start:end], start, end),)
    return ()


def _counted_ones(hit: Hit, scene: Scene) -> tuple[GoodsMention, ...]:
    """Return goods taken up inside the words of a figure: "put their value at"."""
    tokens = scene.parsed.sentence.tokens
    for mark in scene.parsed.of("goods_pronouns"):
        if hit.left <= mark.first < hit.right:
            start, end = tokens[mark.first].start, tokens[mark.last - 1].end
            return (GoodsMention(scene.report.text[start:end], start, end),)
    return ()


def _named_behind(hit: Hit, scene: Scene) -> tuple[GoodsMention, ...]:
    """Return goods that no vocabulary knows right behind an active verb, unless a clause begins there: "found that Brandt had"."""
    tokens = scene.parsed.sentence.tokens
    at = hit.last
    if at < len(tokens) and not opens_quotation(tokens[at]) and any(m.first == at for m in scene.parsed.of("article")):
        behind = range(at + 1, min(len(tokens), hit.right, at + REACH))
        if any(m.first in behind for m in scene.parsed.of("auxiliaries", "copula_bare")):
            return ()
    return named_behind(hit, scene)


__all__ = ["goods_of"]
