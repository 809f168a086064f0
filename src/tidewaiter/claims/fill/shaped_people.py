"""Who did what a predicate says, and whom it concerns, in a language whose words say where a phrase ends."""

from __future__ import annotations

from collections.abc import Sequence

from tidewaiter.claims.clauses import Hit
from tidewaiter.claims.fill.laws import law_of
from tidewaiter.claims.fill.scene import Scene
from tidewaiter.claims.noun_phrases import PHRASE, span_before
from tidewaiter.claims.roles import ABOUT_A_CASE, DOINGS, PERSONS, ROLES, SPEAKERS
from tidewaiter.model.claims import Mention, MentionKind, Predicate

AGENT_REACH = 40  # characters between "by" and the end of the doer it names
_PERSONAL = frozenset({Predicate.MOTIVE_ALLEGED, Predicate.SEARCHED})  # of persons alone
ADJECTIVES = 3  # words between an article and its noun
APPOSED = 12  # tokens between the commas of an apposition
CLOSING = frozenset("\"'’”»“‘")
OWNER = 3  # characters between an owner and what is his: "the trader's arrest"
NEAR = 24  # characters between who acts and the verb


def subject_of(hit: Hit, scene: Scene) -> Mention | None:
    """Return the subject of a predicate, None where the sentence names none."""
    role = ROLES[hit.predicate]
    if hit.row.values.get("needs") == "nobody":
        return None
    if role.subject == "law":
        return law_of(hit, scene)
    if role.subject == "none":
        return None
    allowed: frozenset[MentionKind] = frozenset({"other"}) if hit.row.values.get("goods") == "own" else frozenset()
    kinds = role.kinds | allowed
    if not scene.free and hit.voice == ("active" if role.subject == "doer" else "passive"):
        return _grammatical(hit, scene, kinds)
    if role.subject == "doer":
        return _doer(hit, scene, kinds) or (_phrase_before(hit, scene) if hit.voice == "active" else None)
    return _concerned(hit, scene, kinds) or (_phrase_before(hit, scene) if hit.voice == "passive" else None)


def _grammatical(hit: Hit, scene: Scene, kinds: frozenset[MentionKind]) -> Mention | None:
    """Return who or what stands before a verb as its subject, in a language with a fixed order.

    Right before it over auxiliaries; else, behind "and" or a comma or as a participle, the subject of the verb before; else the last one in the clause.
    """
    if hit.row.values.get("goods") == "own" and hit.voice == "passive":
        return _agent(hit, scene, kinds)
    if hit.predicate == Predicate.MOTIVE_ALLEGED:
        return _moved(hit, scene)
    against = _against(hit, scene)
    if against is not None:
        return against
    at = _verb_begins(hit, scene)
    if _describes(hit, at, scene):
        return None
    main = _over_relative(hit, at, scene, kinds)
    if main is not None and _may(main, hit, kinds):
        return main
    near = _ending_at(at, scene, kinds) or _between_commas(at, scene, kinds)
    if near is not None and _may(near, hit, kinds):
        return near
    if hit.first == 0 or _goes_on(at, hit, scene):
        for before in reversed([h for h in scene.parsed.hits if h.last <= hit.first]):
            role = ROLES[before.predicate]
            if hit.predicate in DOINGS and before.predicate in ABOUT_A_CASE:
                led = subject_of(before, scene)  # "jailed a trader for shipping lathes": who was jailed shipped them
                return led if led is not None and _may(led, hit, kinds) else None
            if role.subject in ("doer", "concerned") and before.voice != "noun":
                carried = _grammatical(before, scene, SPEAKERS | {"other"})
                return carried if carried is not None and _may(carried, hit, kinds) else None
    wanted = _doer if ROLES[hit.predicate].subject == "doer" else _concerned
    found = wanted(hit, scene, kinds)
    return _named(found, scene) if found is not None else _phrase_before(hit, scene)


def _over_relative(hit: Hit, at: int, scene: Scene, kinds: frozenset[MentionKind]) -> Mention | None:
    """Return whom a relative clause before a verb is about: "a pensioner who mailed drones to Iran has been spared jail"."""
    tokens = scene.parsed.sentence.tokens
    inner = [h for h in scene.parsed.hits if h.last <= at and h.clause == hit.clause]
    relative = next((m for m in scene.parsed.of("relatives") if m.first == hit.clause[0]), None)
    if relative is None or not inner or inner[0].predicate == Predicate.STATED:
        return None
    finite = at < hit.first or tokens[hit.first].low in scene.be or hit.voice == "active"
    joined = {m.first for m in scene.parsed.of("conjunctions")} | {i for i, t in enumerate(tokens) if t.text == ","}
    if not finite or any(inner[0].last <= i < hit.first for i in joined) or hit.voice == "noun":
        return None
    if tokens[hit.first].low.endswith(scene.participles):
        return None
    found = _ending_at(relative.last, scene, kinds)
    if found is None and relative.first > 0 and tokens[relative.first - 1].text in CLOSING:
        found = _thing_ending_at(relative.first, scene, kinds)
    return found


def _moved(hit: Hit, scene: Scene) -> Mention | None:
    """Return who had a motive: whoever did the deed before it in its clause, else the person named last before it."""
    deeds = [h for h in scene.parsed.hits if h.last <= hit.first and h.clause == hit.clause]
    for deed in reversed(deeds):
        if deed.predicate in DOINGS | ABOUT_A_CASE:
            doer = subject_of(deed, scene)
            if doer is not None and doer.kind in PERSONS:
                return doer
    start, _ = scene.span(hit.first, hit.last)
    floor = max(scene.span(*hit.clause)[0], scene.floor(start))
    neuter = {scene.parsed.sentence.tokens[m.first].start for m in scene.parsed.of("goods_pronouns")}
    persons = [m for m in scene.noticed.mentions if m.kind != "people" or m.name or m.head]
    persons = [m for m in persons if m.start not in neuter or m.kind == "people"]
    return _last(persons, floor, start, PERSONS) or _last(persons, scene.floor(start), start, PERSONS)


def _against(hit: Hit, scene: Scene) -> Mention | None:
    """Return whom charges or a case are against: "the charges against a third man were dropped", "proceedings against him"."""
    if hit.predicate not in ABOUT_A_CASE:
        return None
    tokens = scene.parsed.sentence.tokens
    for mark in scene.parsed.of("against"):
        if hit.left <= mark.first < hit.right:
            begin = tokens[mark.last - 1].end
            near = [m for m in (*scene.noticed.mentions, *scene.objects) if 0 <= m.start - begin <= 1]
            if near and near[0].kind in PERSONS:
                return near[0]
            phrase = next((p for p in scene.nouns if p.first == mark.last), None)
            if phrase is not None and not scene.excludes(tokens[phrase.head].low):
                start, end = tokens[phrase.first].start, tokens[phrase.head].end
                return Mention("other", scene.report.text[start:end], start, end, head=tokens[phrase.head].low)
    return None


def _may(mention: Mention, hit: Hit, kinds: frozenset[MentionKind]) -> bool:
    """Return whether somebody may be the subject: of the kinds, or a phrase, which has no motives."""
    if mention.kind == "authority" and mention.head == "government" and hit.predicate in ABOUT_A_CASE:
        return mention.kind in kinds  # a place is not arrested
    return mention.kind in kinds or (mention.kind in ("other", "authority") and hit.predicate not in _PERSONAL)


def _describes(hit: Hit, at: int, scene: Scene) -> bool:
    """Return whether a participle stands before a noun as an adjective: "over diverted spindles", "the seized goods"."""
    if at != hit.first or at == 0 or hit.voice != "active":
        return False
    before = {m.last for m in scene.parsed.of("attached", "over", "article")}
    return at in before and not scene.parsed.sentence.tokens[at].low.endswith(scene.participles)


def _verb_begins(hit: Hit, scene: Scene) -> int:
    """Return where a verb begins with the auxiliaries and adverbs before it."""
    light = {at for mark in scene.parsed.of("auxiliaries", "attempts", "hedges") for at in range(mark.first, mark.last)}
    at = hit.first
    while at > 0 and at - 1 in light and hit.first - at < PHRASE:
        at -= 1
    return _before_time(at, scene)


def _before_time(at: int, scene: Scene) -> int:
    """Return where a time right before a verb begins, with its preposition: "the firm on Friday denied"."""
    tokens = scene.parsed.sentence.tokens
    if at < 2:
        return at
    stamp = next((s for s in scene.noticed.stamps if s.end == tokens[at - 1].end and s.start is not None), None)
    if stamp is None:
        return at
    first = next(i for i, token in enumerate(tokens) if token.end > (stamp.start or 0))
    if any(m.last == first for m in scene.parsed.of("attached")):
        first -= 1
    return first if first > 0 else at


def _ending_at(at: int, scene: Scene, kinds: frozenset[MentionKind]) -> Mention | None:
    """Return who is named right before a token: a mention, a place that acts, a phrase; over "who" the one it takes up."""
    tokens = scene.parsed.sentence.tokens
    if at <= 0:
        return None
    relative = next((m for m in scene.parsed.of("relatives") if m.last == at), None)
    if relative is not None:
        at = relative.first
        if at > 0 and tokens[at - 1].text == ",":
            at -= 1
    if at <= 0:
        return None
    attached = {m.last: m.first for m in scene.parsed.of("attached")}
    goods = next((g for g in scene.goods if g.end == tokens[at - 1].end), None)
    if goods is not None:  # "the merchant of weapons"
        first = next(i for i, token in enumerate(tokens) if token.end > goods.start)
        at = attached.get(first, 0)
    found = _thing_ending_at(at, scene, kinds)
    while found is not None:
        first = next(i for i, token in enumerate(tokens) if token.end > found.start)
        placed = next((p for p in scene.noticed.places if p.end == tokens[first - 1].end), None) if first else None
        if placed is not None and found.kind == "other":  # "at Sofia airport"
            first = next(i for i, token in enumerate(tokens) if token.end > placed.start)
        first = _phrase_begins(first, scene)
        if not attached.get(first):
            break
        before = _thing_ending_at(attached[first], scene, kinds)
        if before is None:  # what it is attached to is nobody: "weapons from the city"
            return None if found.kind == "other" else _named(found, scene)
        found = before
    return _named(found, scene) if found is not None else None


def _phrase_begins(at: int, scene: Scene) -> int:
    """Return where the article of a phrase stands that goes on to a token over adjectives; the token itself without one."""
    tokens = scene.parsed.sentence.tokens
    articles = {mark.first for mark in scene.parsed.of("article")}
    verbs = {i for hit in scene.parsed.hits for i in range(hit.first, hit.last)}
    for back in range(at - 1, max(at - ADJECTIVES - 1, -1), -1):
        if back in verbs or back in scene.prepositions or not tokens[back].is_word:
            return at
        if back in articles:
            return back
    return at


def _thing_ending_at(at: int, scene: Scene, kinds: frozenset[MentionKind]) -> Mention | None:
    """Return the mention, place or phrase whose last word is right before a token."""
    tokens = scene.parsed.sentence.tokens
    if at <= 0:
        return None
    end = tokens[at - 1].end
    for mention in scene.noticed.mentions:
        if mention.end == end and mention.kind in kinds:
            return mention
    if tokens[at - 1].text in CLOSING:
        opened = next((i for i in range(at - 2, max(at - APPOSED, -1), -1) if tokens[i].text in CLOSING), None)
        if opened is not None and opened < at - 2:
            start, end = tokens[opened + 1].start, tokens[at - 2].end
            return Mention("other", scene.report.text[start:end], start, end, head=tokens[at - 2].low)
    place = next((p for p in scene.noticed.places if p.end == end), None)
    if place is not None:
        return Mention("authority", place.text, place.start, place.end, place.text, "government")
    phrase = next((p for p in scene.nouns if tokens[p.last - 1].end == end), None)
    articles = {m.last: m.first for m in scene.parsed.of("article")}
    if phrase is None and at not in articles:
        return None
    first = phrase.first if phrase is not None else articles[at]
    start = tokens[first].start
    begun = {h.first for h in scene.parsed.hits if h.row.values.get("goods") == "own"}
    if phrase is None and at not in begun and at < len(tokens) and tokens[at].low in _nouns_begun(scene, at):
        return None  # an article whose noun the cue itself begins with: "the charges were dropped"
    if at in begun and (phrase is None or all(t in articles.values() for t in range(first, at))):
        end = tokens[min(at, len(tokens) - 1)].end  # the cue begins with its own subject: "the label said"
    inner = [m for m in scene.noticed.mentions if start <= m.start and m.end <= end and m.kind in kinds]
    if inner:
        return inner[0]
    if any(g.start < end and start < g.end for g in scene.goods):
        return None
    return Mention("other", scene.report.text[start:end], start, end, head=tokens[at - 1].low)


def _nouns_begun(scene: Scene, at: int) -> frozenset[str]:
    """Return the word at a token where it is said to be nobody and nothing that can be handled: a charge, a case."""
    low = scene.parsed.sentence.tokens[at].low
    return frozenset({low}) if scene.excludes(low) else frozenset()


def _between_commas(at: int, scene: Scene, kinds: frozenset[MentionKind]) -> Mention | None:
    """Return the one before what is set between commas right before a verb: "the man, 34, was held"."""
    tokens = scene.parsed.sentence.tokens
    if at < 2 or tokens[at - 1].text != ",":
        return None
    aged = next((m for m in scene.noticed.mentions if m.end == tokens[at - 2].end and m.kind in kinds), None)
    if aged is not None and aged.age is not None and aged.name:
        return aged  # "Owen Pask, 51, was led away"
    for back in range(at - 2, max(at - APPOSED, 0), -1):
        if tokens[back].text == ",":
            named = [m for m in scene.noticed.mentions if tokens[back].end <= m.start and m.end <= tokens[at - 1].start]
            if named and named[0].name and named[0].kind in kinds:
                return named[0]  # "the deputy minister, Ivan Petrov, said"
            return _ending_at(back, scene, kinds)
    return None


def _named(mention: Mention, scene: Scene) -> Mention:
    """Return the name that a role behind it is set to: "Anton Bell, 61, a camera retailer" is Bell."""
    if mention.name:
        return mention
    before = [m for m in scene.noticed.mentions if m.end <= mention.start and m.name and m.kind == mention.kind]
    if not before:
        return mention
    between = scene.report.text[before[-1].end : mention.start].strip()
    words = [token for token in scene.parsed.sentence.tokens if before[-1].end <= token.start < mention.start]
    if not between.startswith(",") or len(words) > APPOSED:
        return mention
    starts = {t.start for t in words}
    tokens = scene.parsed.sentence.tokens
    verbs = {tokens[i].start for h in scene.parsed.hits for i in range(h.first, h.last)}
    joined = {tokens[m.first].start for m in scene.parsed.of("conjunctions", "clause_breaks")}
    return mention if starts & (verbs | joined) else before[-1]


def _goes_on(at: int, hit: Hit, scene: Scene) -> bool:
    """Return whether a verb goes on with the subject of the one before: behind "and" or a comma, or as a participle."""
    tokens = scene.parsed.sentence.tokens
    if any(m.last == at for m in scene.parsed.of("conjunctions")) or tokens[at - 1].text == ",":
        return True
    endings = scene.participles
    return bool(endings) and tokens[hit.first].low.endswith(endings)


def _phrase_before(hit: Hit, scene: Scene) -> Mention | None:
    """Return the noun phrase with an article right before a verb as its subject, where no kind of mention is known: "the workshop"."""
    span = span_before(hit, scene)
    if span is None or any(at in scene.prepositions for at in range(*span)):
        return None
    tokens, (first, last) = scene.parsed.sentence.tokens, span
    start, end = tokens[first].start, tokens[last - 1].end
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
    marked = _agent(hit, scene, kinds) if hit.voice != "active" else None
    if marked is not None or hit.voice == "passive":
        if marked is None and not scene.free and not hit.turned and hit.row.values.get("voice") == "passive":
            return _held_over(hit, scene, kinds)
        if marked is None and scene.free:
            return _first(scene.noticed.mentions, end, right, kinds) if kinds.isdisjoint({"person"}) else None
        return marked
    if hit.voice == "noun":
        return _last(scene.noticed.mentions, floor, start, kinds)
    before = (
        _last(scene.noticed.mentions, clause_start, start, kinds)
        or _near(hit, scene, start)
        or _last(scene.noticed.mentions, floor, start, kinds)
    )
    if before is None and (scene.free or hit.predicate in ("stated", "denial")):
        return _first(scene.noticed.mentions, end, max(end, right), kinds)
    return before


def _held_over(hit: Hit, scene: Scene, kinds: frozenset[MentionKind]) -> Mention | None:
    """Return whom a step of a case before a bare participle is about: "man held over engines posted to Yerevan"."""
    if scene.parsed.sentence.tokens[hit.first].low in scene.be or hit.predicate not in DOINGS:
        return None
    before = [h for h in scene.parsed.hits if h.last <= hit.first and h.predicate in ABOUT_A_CASE]
    found = subject_of(before[-1], scene) if before and before[-1].clause == hit.clause else None
    return found if found is not None and (found.kind in kinds or found.kind == "other") else None


def _near(hit: Hit, scene: Scene, start: int) -> Mention | None:
    """Return "inspectors" or "they" right before a verb of finding or taking: persons who act for a body."""
    if hit.predicate not in (Predicate.FOUND, Predicate.SEIZED):
        return None
    return _last(scene.noticed.mentions, start - NEAR, start, PERSONS)


def _agent(hit: Hit, scene: Scene, kinds: frozenset[MentionKind]) -> Mention | None:
    for mark in scene.parsed.of("agents"):
        if hit.last <= mark.first < hit.right:
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
    if inside is not None and inside not in scene.objects:
        return inside
    after = inside or _first(mentions, end, right, kinds)
    if after is not None and after in scene.objects and hit.voice == "active":
        after = _possessed(after, scene) or after
    before = _last(mentions, clause_start, start, kinds)
    if only_own:
        return after
    if after is None and hit.voice in ("active", "noun") and not scene.free:
        after = _phrase_behind(hit, scene)
    if scene.free and before is not None and after is not None and hit.voice != "noun":
        return after if after.start - end <= start - before.end else before
    if hit.voice == "passive":
        return before or (after if scene.free else None) or _last(mentions, floor, start, kinds) or after
    if hit.voice == "noun" and hit.predicate in ABOUT_A_CASE and after is None:
        return (
            before if before is not None and start - before.end <= OWNER else None
        )  # "his arrest", "the man's arrest"
    return after or before or _last(mentions, floor, start, kinds)


def _possessed(owner: Mention, scene: Scene) -> Mention | None:
    """Return the person behind "his" or "her", known or not: "acquitted his co-defendant"."""
    tokens = scene.parsed.sentence.tokens
    at = next((i for i, token in enumerate(tokens) if token.start >= owner.end), len(tokens))
    named = next((m for m in scene.noticed.mentions if m.start <= owner.start and m.end > owner.end), None)
    if named is not None:
        return named
    phrase = next((p for p in scene.nouns if p.first <= at < p.last), None)
    if phrase is None or scene.excludes(tokens[phrase.head].low):
        return None
    start, end = owner.start, tokens[phrase.head].end
    return Mention("person", scene.report.text[start:end], start, end, head=tokens[phrase.head].low)


def _phrase_behind(hit: Hit, scene: Scene) -> Mention | None:
    """Return the phrase right behind a step of a case as the one it concerns: "acquitted a radio amateur"."""
    tokens = scene.parsed.sentence.tokens
    phrase = next((p for p in scene.nouns if p.first == hit.last), None)
    if phrase is None or hit.predicate == Predicate.SEARCHED:
        return None
    start, end = tokens[phrase.first].start, tokens[phrase.head].end
    if any(g.start < end and start < g.end for g in scene.goods) or scene.excludes(tokens[phrase.head].low):
        return None
    return Mention("other", scene.report.text[start:end], start, end, head=tokens[phrase.head].low)


def _last(mentions: Sequence[Mention], floor: int, until: int, kinds: frozenset[MentionKind]) -> Mention | None:
    return next((m for m in reversed(mentions) if m.kind in kinds and floor <= m.start and m.end <= until), None)


def _first(mentions: Sequence[Mention], floor: int, until: int, kinds: frozenset[MentionKind]) -> Mention | None:
    return next((m for m in mentions if m.kind in kinds and floor <= m.start and m.end <= max(until, floor)), None)


__all__ = ["object_of", "subject_of"]
