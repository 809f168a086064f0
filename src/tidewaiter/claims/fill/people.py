"""Who did what a predicate says, and whom it concerns."""

from __future__ import annotations

from collections.abc import Sequence

from tidewaiter.claims.clauses import Hit
from tidewaiter.claims.declared import is_declared
from tidewaiter.claims.fill import shaped_people
from tidewaiter.claims.fill.laws import law_of
from tidewaiter.claims.fill.scene import Scene
from tidewaiter.claims.noun_phrases import paper_before, phrase_before, phrase_behind
from tidewaiter.claims.roles import PERSONS, ROLES
from tidewaiter.claims.verb_final import governed, head_of, nominative
from tidewaiter.model.claims import Mention, MentionKind, Predicate

AGENT_REACH = 40  # characters between "by" and the end of the doer it names
PAIR = 2  # persons who may be the doers of a verb in the plural
NEAR = 24  # characters between who acts and the verb
FRONTED = 20  # tokens between a participle that begins its sentence and the comma before whom it is about
RIGHT_BEHIND = 6  # characters between a verb and a doer that follows it: "incautó la Policía"


def subject_of(hit: Hit, scene: Scene) -> Mention | None:
    """Return the subject of a predicate, None where the sentence names none."""
    if scene.parsed.shaped:
        return shaped_people.subject_of(hit, scene)
    role = ROLES[hit.predicate]
    if is_declared(hit):
        if scene.free and (filled := _doer_named(hit, scene, role.kinds)) is not None:
            return filled
        own = _doer(hit, scene, role.kinds | {"other"})
        if scene.either:
            return phrase_before(hit, scene) or paper_before(hit, scene) or own
        by_phrase = not scene.free and hit.voice == "active"  # "le bordereau affichait"
        return own or (phrase_before(hit, scene) if by_phrase else None)
    if role.subject == "doer":
        kinds = role.kinds - {"outlet"} if scene.either and hit.predicate == Predicate.DENIAL else role.kinds
        phrase = phrase_before(hit, scene) if _by_phrase(hit) and not is_plural(hit, scene) else None
        return _doer(hit, scene, kinds) or phrase
    if role.subject == "concerned":
        found = _concerned(hit, scene, role.kinds)
        if found is None and hit.voice == "passive":
            found = phrase_before(hit, scene) or (phrase_behind(hit, scene) if scene.either else None)
        return found
    if role.subject == "law":
        return law_of(hit, scene)
    return None


def _by_phrase(hit: Hit) -> bool:
    """Return whether a noun phrase of no known kind may act: things find, take and say nothing."""
    return hit.voice == "active" and hit.predicate not in (Predicate.FOUND, Predicate.SEIZED, Predicate.STATED)


def _doer_named(hit: Hit, scene: Scene, kinds: frozenset[MentionKind]) -> Mention | None:
    """Return who stands before a verb in its clause, rather than the paper that it writes in."""
    mentions = [m for m in scene.noticed.mentions if m.start not in scene.bystanders]
    begin, _ = scene.span(*hit.clause)
    start, _ = scene.span(hit.first, hit.last)
    return None if is_plural(hit, scene) else _last(mentions, max(begin, scene.floor(start)), start, kinds)


def object_of(hit: Hit, scene: Scene) -> Mention | None:
    """Return who stands on the other side of the verb: the authority that detained, the person things were taken from."""
    if scene.parsed.shaped:
        return shaped_people.object_of(hit, scene)
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
    mentions = [m for m in scene.noticed.mentions if m.start not in scene.bystanders or m.kind == "other"]
    if is_plural(hit, scene) and sum(m.kind == "person" and m.end <= start for m in mentions) < PAIR:
        mentions = [m for m in mentions if m.kind != "person"]
    marked = _agent(hit, scene, kinds) if hit.voice not in ("active", "final") else None
    if marked is not None or hit.voice == "passive":
        if marked is None and scene.free and kinds.isdisjoint({"person"}):
            behind = _first(mentions, end, right, kinds)
            parted = behind is not None and any(end <= g.start < behind.start for g in scene.goods)
            return None if parted else behind
        return marked
    if hit.voice == "noun":
        return _last(scene.noticed.mentions, floor, start, kinds)
    if hit.voice == "final":
        return governed(hit, scene, kinds, ahead=True)
    inner = mentions if scene.free else ()
    within = next((m for m in inner if m.kind in kinds and start <= m.start and m.end <= end), None)
    if within is not None and not scene.either:
        return within
    before = (
        _last(nominative(mentions, scene), clause_start, start, kinds)
        or _last(mentions, clause_start, start, kinds)
        or _near(hit, scene, start)
        or _antecedent(hit, scene, floor, kinds)
        or (None if is_plural(hit, scene) else _last(mentions, floor, start, kinds))
    )
    if before is None and scene.either and (kinds.isdisjoint({"person"}) or _relative(hit, scene)):
        before = _last(scene.noticed.mentions, floor, start, kinds)  # "la denuncia a una empresa que envió"
    if before is None and scene.either:
        behind = _first(mentions, end, max(end, right), kinds, end + RIGHT_BEHIND)
        return None if behind is None or _governed(behind, scene) else behind
    if before is None and (scene.free or hit.predicate in ("stated", "denial")):
        return _first(mentions, end, max(end, right), kinds)
    return before


def _governed(mention: Mention, scene: Scene) -> bool:
    """Return whether a preposition begins a mention or stands right before it: "ai turisti", "a clientes"."""
    tokens = scene.parsed.sentence.tokens
    at = next((i for i, token in enumerate(tokens) if token.end > mention.start), 0)
    return at in scene.prepositions or at - 1 in scene.prepositions or mention.start in scene.bystanders


def _relative(hit: Hit, scene: Scene) -> bool:
    """Return whether a clause break begins the clause of a predicate."""
    return any(m.first == hit.clause[0] and m.last <= hit.first for m in scene.parsed.of("clause_breaks"))


def _antecedent(hit: Hit, scene: Scene, floor: int, kinds: frozenset[MentionKind]) -> Mention | None:
    """Return whom a relative clause is about, in whatever case: "чоловіка, який надіслав"."""
    marks = [mark for mark in scene.parsed.of("relatives") if mark.first < hit.last]
    if not marks or any(marks[-1].last <= other.first < hit.first for other in scene.parsed.hits):
        return None
    begin, _ = scene.span(marks[-1].first, marks[-1].last)
    return _last(scene.noticed.mentions, floor, begin, kinds)


def is_plural(hit: Hit, scene: Scene) -> bool:
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
        turned = hit.turned and hit.left <= mark.first < hit.first
        if itself is None and (hit.last <= mark.first < hit.right or turned):
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
    if hit.turned in ("passive", "final") and not only_own:
        return governed(hit, scene, kinds, ahead=hit.voice == "passive")
    if hit.voice == "passive" and (fronted := _fronted(hit, scene, mentions, kinds)) is not None:
        return fronted
    after = _first(mentions, end, right, kinds)
    upright = [m for m in mentions if m.start not in scene.bystanders] if scene.either else mentions
    before = _last(upright, clause_start, start, kinds) or _last(mentions, clause_start, start, kinds)
    if only_own:
        return after
    nearest = (scene.free and hit.voice != "noun") or (scene.either and hit.voice == "passive")
    if nearest and before is not None and after is not None:
        return after if after.start - end <= start - before.end else before
    if hit.voice == "passive":
        return (
            before or (after if scene.free or scene.either else None) or _last(mentions, floor, start, kinds) or after
        )
    return after or before or _last(mentions, floor, start, kinds)


def _fronted(hit: Hit, scene: Scene, mentions: Sequence[Mention], kinds: frozenset[MentionKind]) -> Mention | None:
    """Return whom a participle that begins its sentence is about, right behind a comma: "Released on bail, the trader …"."""
    tokens = scene.parsed.sentence.tokens
    if scene.free or any(token.is_word for token in tokens[: hit.first]):
        return None
    commas = [at for at in range(hit.last, min(len(tokens) - 1, hit.last + FRONTED)) if tokens[at].text == ","]
    begins = {tokens[at + 1].start for at in commas}
    return next((m for m in mentions if m.kind in kinds and m.start in begins), None)


def without_owners(mentions: Sequence[Mention]) -> tuple[Mention, ...]:
    """Return mentions without bodies named right behind a person: "сотрудника завода" is one of its staff."""
    people = {m.end for m in mentions if m.kind in ("person", "people")}
    return tuple(m for m in mentions if m.kind != "organisation" or m.start - 1 not in people)


def _last(mentions: Sequence[Mention], floor: int, until: int, kinds: frozenset[MentionKind]) -> Mention | None:
    return head_of([m for m in mentions if m.kind in kinds and floor <= m.start and m.end <= until])


def _first(
    mentions: Sequence[Mention], floor: int, until: int, kinds: frozenset[MentionKind], begun: int | None = None
) -> Mention | None:
    """Return the first mention in a stretch, which must begin by `begun` where that is given."""
    found = next((m for m in mentions if m.kind in kinds and floor <= m.start and m.end <= max(until, floor)), None)
    return None if found is not None and begun is not None and found.start > begun else found


__all__ = ["object_of", "subject_of"]
