"""Verbs that end their clause: the finite verb that they belong to, often far before ("hat am Freitag drei Pakete verschickt").

A cue of the voice `final` is a participle or a verb in a subordinate clause. Its frame begins at its finite verb; a word of `passives`
in the frame makes it passive, and so does having no finite verb at all, as in headlines. Two such verbs joined in one clause share it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from tidewaiter.claims.cues import Found
from tidewaiter.claims.sentences import Token

if TYPE_CHECKING:
    from tidewaiter.claims.clauses import Hit
    from tidewaiter.claims.fill.scene import Scene
    from tidewaiter.model.claims import Mention, MentionKind

BEHIND = 4  # tokens behind the verb in which its finite verb may stand ("verschickt worden sein soll")
FAR = 24  # tokens before it
_ENDS = frozenset({",", ".", ";", ":", "!", "?", "“", "«", "»"})


def in_frames(hits: Sequence[Hit], marks: Sequence[Found[str]], tokens: Sequence[Token]) -> list[Hit]:
    """Return the hits with frame and voice of those that end their clause set."""
    finite = [mark for mark in marks if mark.value in ("finite", "passives")]
    joined = {mark.first for mark in marks if mark.value == "conjunctions"}
    found: list[Hit] = []
    for hit in hits:
        found.append(_framed(hit, found, finite, joined, tokens) if hit.row.values.get("voice") == "final" else hit)
    return found


def _framed(
    hit: Hit, before: Sequence[Hit], finite: Sequence[Found[str]], joined: set[int], tokens: Sequence[Token]
) -> Hit:
    floor = max(before[-1].last if before else 0, hit.first - FAR)
    ahead = [mark for mark in finite if floor <= mark.first < hit.first]
    reach = hit.last
    while reach < min(len(tokens), hit.last + BEHIND) and tokens[reach].text not in _ENDS:
        reach += 1
    behind = [mark for mark in finite if hit.first <= mark.first < reach]
    if behind:
        ahead = [mark for mark in ahead if mark.first >= hit.clause[0]]
    last = before[-1] if before else None
    if not ahead and not behind and last is not None and last.frame >= 0 and joined & set(range(last.last, hit.first)):
        return replace(hit, frame=last.frame, turned=last.turned)
    first = ahead[-1].first if ahead else hit.left
    while len(ahead) > 1 and ahead[-2].first >= max(first - 2, hit.clause[0]):
        ahead.pop()
        first = ahead[-1].first  # "soll er haben", "hätten wurden": the outermost of neighbours begins the frame
    near = [mark for mark in finite if ahead and first <= mark.first < hit.first]
    return replace(hit, frame=first, turned=_voice([*near, *behind], hit, tokens, joined))


def _voice(finite: Sequence[Found[str]], hit: Hit, tokens: Sequence[Token], joined: set[int]) -> str:
    if finite:
        return "passive" if any(mark.value == "passives" for mark in finite) else "final"
    follows = hit.last < len(tokens) and tokens[hit.last].text not in _ENDS and hit.last not in joined
    return "active" if follows else "passive"  # "Zoll beschlagnahmt Pakete" is a verb of the present


def governed(hit: Hit, scene: Scene, kinds: frozenset[MentionKind], ahead: bool) -> Mention | None:
    """Return the mention that the frame of a verb at the end puts on one side of its finite verb, else the one on the other.

    Args:
        hit: the predicate.
        scene: its sentence.
        kinds: what the mention may be.
        ahead: whether the last one before the finite verb is asked for first, else the first one behind it.
    """
    tokens = scene.parsed.sentence.tokens
    start, end = scene.span(hit.first, hit.last)
    floor = max(tokens[hit.clause[0]].start, scene.floor(start))
    at = tokens[hit.frame].start if hit.left < hit.frame < hit.first else floor
    _, right = scene.span(hit.last, hit.right)
    mentions: Sequence[Mention] = sorted((*scene.noticed.mentions, *scene.objects), key=lambda m: m.start)
    if ahead:
        mentions = [m for m in nominative(mentions, scene) if m.kind in kinds] or mentions
    before = [m for m in mentions if m.kind in kinds and floor <= m.start and m.end <= at]
    behind = [m for m in mentions if m.kind in kinds and at <= m.start and m.end <= start]
    antecedent = [m for m in mentions if m.kind in kinds and scene.floor(start) <= m.start and m.end <= floor]
    after = [m for m in mentions if m.kind in kinds and end <= m.start and m.end <= right]
    if hit.first <= hit.clause[0] + 1 and after:
        return after[0]  # the verb stands first: "Festgenommen wurde der Mann"
    last = head_of(before)
    sides = [last, *behind[:1]] if ahead else [*behind[:1], last]
    return next((side for side in (*sides, head_of(antecedent), *after[:1]) if side is not None), None)


def nominative(mentions: Sequence[Mention], scene: Scene) -> Sequence[Mention]:
    """Return the mentions that may be a subject: none with a word of `oblique` at their beginning or right before them ("dem Mann")."""
    tokens = scene.parsed.sentence.tokens
    marks = scene.parsed.of("oblique")
    starts = {tokens[mark.first].start for mark in marks}
    starts |= {tokens[mark.last].start for mark in marks if mark.last < len(tokens)}
    starts |= {
        m.start for m in mentions if any(tokens[k.first].start == m.end + 1 for k in scene.parsed.of("oblique_after"))
    }
    return [mention for mention in mentions if mention.start not in starts] if starts else mentions


def head_of(mentions: Sequence[Mention]) -> Mention | None:
    """Return the last mention, or the one before that it only belongs to: "der Anwalt des Mannes", "l'avocat du suspect"."""
    at = len(mentions) - 1
    while at > 0 and 0 <= mentions[at].start - mentions[at - 1].end <= 1:
        at -= 1
    return mentions[at] if mentions else None


__all__ = ["governed", "head_of", "in_frames", "nominative"]
