"""Which law is the subject of what a law states, and where the names of laws stand."""

from __future__ import annotations

from tidewaiter.claims.clauses import Hit
from tidewaiter.claims.fill.scene import Scene
from tidewaiter.model.claims import Mention

CAPITALS = 4  # words of a law's name before its noun
_NUMBERED = frozenset("/.-")


def law_of(hit: Hit, scene: Scene) -> Mention | None:
    """Return the law that a predicate names: behind "under" or a passive, before an active verb, in its clause; else none.

    Args:
        hit: the predicate.
        scene: its sentence.
    """
    laws = [m for m in scene.noticed.mentions if m.kind == "law"] or [_mention(a, b, scene) for a, b in _names(scene)]
    begin, end = scene.span(*hit.clause)
    inner = [law for law in laws if begin <= law.start and law.end <= end]
    start, stop = scene.span(hit.first, hit.last)
    own = [law for law in inner if law.start < stop and start < law.end]
    before = [law for law in inner if law.end <= start]
    behind = [law for law in inner if law.start >= stop]
    right = scene.span(hit.last, hit.right)[1]
    if _by_law(hit, scene):
        near = [law for law in behind if law.start <= right] or behind
        return (own + near + before[::-1] + [None])[0]
    return (own + before[::-1] + behind + [None])[0]


def _by_law(hit: Hit, scene: Scene) -> bool:
    """Return whether the law stands behind: the predicate is passive, or a word that leads to the doer or a law stands behind it."""
    reach = range(hit.first, hit.right)
    return hit.voice == "passive" or any(m.first in reach for m in scene.parsed.of("agents", "under_law"))


def law_spans(scene: Scene) -> list[tuple[int, int]]:
    """Return the offsets of names of laws, over the capital words and numbers that go with them: "the Law on Transfers of Goods"."""
    tokens = scene.parsed.sentence.tokens
    return [(tokens[first].start, tokens[last - 1].end) for first, last in _names(scene)]


def _names(scene: Scene) -> list[tuple[int, int]]:
    """Return the names of laws as token ranges."""
    tokens = scene.parsed.sentence.tokens
    links = {m.first for m in scene.parsed.of("attached", "noun_links", "conjunctions")}
    found: list[tuple[int, int]] = []
    for mark in scene.parsed.of("law_nouns"):
        first, last = mark.first, mark.last
        while first > 0 and mark.first - first < CAPITALS and _in_name(tokens[first - 1].text):
            first -= 1
        while last < len(tokens) and (_in_name(tokens[last].text) or last in links):
            last += 1
        while last > mark.last and (last - 1 in links or tokens[last - 1].text in _NUMBERED):
            last -= 1
        if found and first < found[-1][1]:
            found[-1] = (found[-1][0], max(last, found[-1][1]))
        else:
            found.append((first, last))
    return found


def _in_name(text: str) -> bool:
    return text[:1].isupper() or text[:1].isdigit() or text in _NUMBERED


def _mention(first: int, last: int, scene: Scene) -> Mention:
    tokens = scene.parsed.sentence.tokens
    begin, end = tokens[first].start, tokens[last - 1].end
    return Mention("law", scene.report.text[begin:end], begin, end, head=tokens[last - 1].low)


__all__ = ["law_of", "law_spans"]
