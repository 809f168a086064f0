"""Who did what a predicate says, and whom it concerns."""

from __future__ import annotations

from collections.abc import Sequence

from tidewaiter.claims.clauses import Hit
from tidewaiter.claims.fill.scene import Scene
from tidewaiter.claims.roles import PERSONS, ROLES
from tidewaiter.model.claims import Mention, MentionKind, Predicate

AGENT_REACH = 40  # characters between "by" and the end of the doer it names
PHRASE = 6  # tokens of a noun phrase with its article
PAIR = 2  # persons who may be the doers of a verb in the plural
NEAR = 24  # characters between who acts and the verb


def subject_of(hit: Hit, scene: Scene) -> Mention | None:
    """Return the subject of a predicate, None where the sentence names none."""
    role = ROLES[hit.predicate]
    if role.subject == "doer":
        phrase = _phrase_before(hit, scene) if hit.voice == "active" and not _is_plural(hit, scene) else None
        return _doer(hit, scene, role.kinds) or phrase
    if role.subject == "concerned":
        return _concerned(hit, scene, role.kinds) or (_phrase_before(hit, scene) if hit.voice == "passive" else None)
    if role.subject == "law":
        return _law(hit, scene)
    return None


def _phrase_before(hit: Hit, scene: Scene) -> Mention | None:
    """Return the noun phrase with an article right before a verb as its subject, where no kind of mention is known: "the workshop"."""
    tokens, parsed = scene.parsed.sentence.tokens, scene.parsed
    between = {at for mark in parsed.of("auxiliaries") for at in range(mark.first, mark.last)}
    last = hit.first
    while last > hit.clause[0] and last - 1 in between:
        last -= 1
    begun = [m for m in parsed.of("article") if hit.clause[0] <= m.first and m.last < last <= m.first + PHRASE]
    if not begun or any(not token.is_word for token in tokens[begun[-1].first : last]):
        return None
    if any(at in scene.prepositions for at in range(begun[-1].first, last)):
        return None
    start, end = tokens[begun[-1].first].start, tokens[last - 1].end
    taken = [(g.start, g.end) for g in scene.goods] + [(p.start, p.end) for p in scene.noticed.places]
    taken += [(m.start, m.end) for m in scene.noticed.mentions]
    if any(a < end and start < b for a, b in taken):
        return None
    return Mention("other", scene.report.text[start:end], start, end, head=tokens[last - 1].low)


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
    mentions = [m for m in scene.noticed.mentions if m.start not in scene.bystanders]
    if _is_plural(hit, scene) and sum(m.kind == "person" and m.end <= start for m in mentions) < PAIR:
        mentions = [m for m in mentions if m.kind != "person"]
    marked = _agent(hit, scene, kinds) if hit.voice != "active" else None
    if marked is not None or hit.voice == "passive":
        if marked is None and scene.free and kinds.isdisjoint({"person"}):
            behind = _first(mentions, end, right, kinds)
            parted = behind is not None and any(end <= g.start < behind.start for g in scene.goods)
            return None if parted else behind
        return marked
    if hit.voice == "noun":
        return _last(mentions, floor, start, kinds)
    before = (
        _last(mentions, clause_start, start, kinds)
        or _near(hit, scene, start)
        or _antecedent(hit, scene, floor, kinds)
        or (None if _is_plural(hit, scene) else _last(mentions, floor, start, kinds))
    )
    if before is None and (scene.free or hit.predicate in ("stated", "denial")):
        return _first(mentions, end, max(end, right), kinds)
    return before


def _antecedent(hit: Hit, scene: Scene, floor: int, kinds: frozenset[MentionKind]) -> Mention | None:
    """Return whom a relative clause is about, in whatever case: "чоловіка, який надіслав"."""
    marks = [mark for mark in scene.parsed.of("relatives") if mark.first < hit.last]
    if not marks or any(marks[-1].last <= other.first < hit.first for other in scene.parsed.hits):
        return None
    begin, _ = scene.span(marks[-1].first, marks[-1].last)
    return _last(scene.noticed.mentions, floor, begin, kinds)


def _is_plural(hit: Hit, scene: Scene) -> bool:
    return any(at in scene.plurals for at in range(hit.first, hit.last))


def _near(hit: Hit, scene: Scene, start: int) -> Mention | None:
    """Return "inspectors" or "they" right before a verb of finding or taking: persons who act for a body."""
    if hit.predicate not in (Predicate.FOUND, Predicate.SEIZED):
        return None
    near = _last(scene.noticed.mentions, start - NEAR, start, PERSONS)
    return None if near is not None and near.start in scene.bystanders else near


def _agent(hit: Hit, scene: Scene, kinds: frozenset[MentionKind]) -> Mention | None:
    for mark in scene.parsed.of("agents"):
        begin, after = scene.span(mark.first, mark.last)
        itself = next((m for m in scene.noticed.mentions if m.kind in kinds and m.start <= begin < m.end), None)
        if itself is not None and hit.clause[0] <= mark.first < hit.right:
            return itself
        if itself is None and hit.last <= mark.first < hit.right:
            return _first(scene.noticed.mentions, after, after + AGENT_REACH, kinds)
    return None


def _concerned(hit: Hit, scene: Scene, kinds: frozenset[MentionKind], only_own: bool = False) -> Mention | None:
    start, end = scene.span(hit.first, hit.last)
    clause_start, _ = scene.span(*hit.clause)
    _, right = scene.span(hit.last, hit.right)
    mentions = without_owners(sorted((*scene.noticed.mentions, *scene.objects), key=lambda m: m.start))
    floor = scene.floor(start)
    clause_start = max(clause_start, floor)
    inside = next((m for m in mentions if m.kind in kinds and start <= m.start and m.end <= end), None)
    if inside is not None:
        return inside
    after = _first(mentions, end, right, kinds)
    before = _last(mentions, clause_start, start, kinds)
    if only_own:
        return after
    if scene.free and before is not None and after is not None and hit.voice != "noun":
        return after if after.start - end <= start - before.end else before
    if hit.voice == "passive":
        return before or (after if scene.free else None) or _last(mentions, floor, start, kinds) or after
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


def without_owners(mentions: Sequence[Mention]) -> tuple[Mention, ...]:
    """Return mentions without bodies named right behind a person: "сотрудника завода" is one of its staff."""
    people = {m.end for m in mentions if m.kind in ("person", "people")}
    return tuple(m for m in mentions if m.kind != "organisation" or m.start - 1 not in people)


def _last(mentions: Sequence[Mention], floor: int, until: int, kinds: frozenset[MentionKind]) -> Mention | None:
    return next((m for m in reversed(mentions) if m.kind in kinds and floor <= m.start and m.end <= until), None)


def _first(mentions: Sequence[Mention], floor: int, until: int, kinds: frozenset[MentionKind]) -> Mention | None:
    return next((m for m in mentions if m.kind in kinds and floor <= m.start and m.end <= max(until, floor)), None)


__all__ = ["object_of", "subject_of"]
