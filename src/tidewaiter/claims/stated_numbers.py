"""Ages and counts of one sentence that no mention holds: "un transporteur de 38 ans", "im Hafen Rostock 64 Kameras"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from tidewaiter.claims.fill.scene import Scene
from tidewaiter.claims.mentions.lexicon import Lexicon
from tidewaiter.claims.mentions.numbers import Count, find_counts
from tidewaiter.claims.mentions.view import Word
from tidewaiter.model.claims import GoodsMention, Mention, Predicate, Quantity

YOUNGEST, OLDEST = 14, 99  # years of a person in a report; other numbers of years are terms and spans
BETWEEN = 2  # words between a number and what it counts
SURELY = 3  # words of a pattern of an age that is no term of years
NEAR = 30  # characters between an age and the person it is of
_TERMS = frozenset({Predicate.CONVICTED, Predicate.LAW_STATES})


def aged_mentions(scene: Scene, lexicon: Lexicon) -> Iterator[Mention]:
    """Yield who is of an age in a sentence: the mention with its age, else the words of the age alone."""
    mentions = [m for m in scene.noticed.mentions if m.kind == "person"]
    known = [m for m in mentions if m.age is not None or m.birth_year is not None]
    yield from known
    words = scene.noticed.found.words if scene.noticed.found is not None else ()
    terms = any(hit.predicate in _TERMS for hit in scene.parsed.hits)
    for at in range(len(words)):
        hit = lexicon.around.at(words, at)
        if hit is None or hit.what.group != "age":
            continue
        start, end = words[hit.first].start, words[hit.last - 1].end
        number = next((int(w.text) for w in words[hit.first : hit.last] if w.text.isdigit()), 0)
        held = any(m.start <= start < m.end or start - m.end in (0, 1, 2) for m in mentions)
        held = held or (_mark(words, hit.first - 1) and _mark(words, hit.last))
        sure = held or (hit.last - hit.first >= SURELY and not terms) or words[hit.last - 1].low.startswith(_ADJECTIVES)
        if not sure or not YOUNGEST <= number <= OLDEST or any(m.age == number for m in known):
            continue
        near = min(
            (m for m in mentions if m.age is None and max(m.start - end, start - m.end) <= NEAR),
            key=lambda m: abs(m.start - start),
            default=None,
        )
        name, head = (near.name, near.head) if near is not None else ("", "")
        text = scene.report.text[start:end]
        known.append(Mention("person", text, start, end, name, head, number))
        yield known[-1]

    yield from _bare(scene, words, known)


def _mark(words: Sequence[Word], at: int) -> bool:
    return 0 <= at < len(words) and words[at].text in (",", "(", ")")


def _bare(scene: Scene, words: Sequence[Word], known: Sequence[Mention]) -> Iterator[Mention]:
    """A number alone that somebody "is": "The woman is 53, not 52"."""
    tokens = scene.parsed.sentence.tokens
    for mark in scene.parsed.of("copula", "copula_bare"):
        if mark.last >= len(tokens) or not tokens[mark.last].text.isdigit() or mark.first == 0:
            continue
        token, number = tokens[mark.last], int(tokens[mark.last].text)
        after = tokens[mark.last + 1].text if mark.last + 1 < len(tokens) else "."
        of = next(
            (m for m in scene.noticed.mentions if m.kind == "person" and m.end == tokens[mark.first - 1].end), None
        )
        if (
            of is not None
            and not after[0].isalnum()
            and YOUNGEST <= number <= OLDEST
            and number not in {m.age for m in known}
        ):
            yield Mention("person", token.text, token.start, token.end, of.name, of.head, number)


_ADJECTIVES = ("летн", "річн", "jährig", "old", "enne")


def counts_of_goods(scene: Scene, lexicon: Lexicon, goods: Sequence[GoodsMention]) -> Iterator[Quantity]:
    """Yield the numbers right before or at the beginning of names of goods that are no counts yet."""
    words = scene.noticed.found.words if scene.noticed.found is not None else ()
    taken = [(q.start, q.end) for q in (*scene.noticed.quantities, *scene.noticed.values)]
    taken += [(s.start, s.end) for s in scene.noticed.stamps]
    for count in find_counts(words, lexicon) if words else ():
        start, end = words[count.first].start, words[count.last - 1].end
        if any(a is not None and b is not None and a < end and start < b for a, b in taken):
            continue
        near = any(g.start <= start < g.end - 1 or 0 <= g.start - end <= 1 for g in goods)
        if (near or counted_by(scene.report.text, end, goods) is not None) and _plain(count, words):
            yield Quantity(count.value, "piece", count.upper, count.about, scene.report.text[start:end], start, end)


def counted_by(text: str, end: int, goods: Sequence[GoodsMention]) -> GoodsMention | None:
    """Return the goods that stand behind a number with only a word or two between: "150 taktische Funkgeräte".

    Args:
        text: the report.
        end: where the number ends.
        goods: names of goods of the sentence.
    """
    behind = min((g for g in goods if g.start > end), key=lambda g: g.start, default=None)
    if behind is None:
        return None
    between = text[end : behind.start]
    words = between.split()
    return (
        behind
        if len(words) <= BETWEEN and all(word.isalpha() and word.islower() and len(word) > 3 for word in words)
        else None
    )


def denied_numbers(scene: Scene, lexicon: Lexicon, known: Sequence[Quantity]) -> Iterator[Quantity]:
    """Yield the numbers right behind a "not" that count nothing named: "400 of them, not 4,000"."""
    words = scene.noticed.found.words if scene.noticed.found is not None else ()
    tokens = scene.parsed.sentence.tokens
    ends = {tokens[mark.last - 1].end for mark in scene.parsed.of("negation")}
    taken = [q.start for q in (*known, *scene.noticed.values)]
    for count in find_counts(words, lexicon) if ends and words else ():
        start, end = words[count.first].start, words[count.last - 1].end
        if count.first and words[count.first - 1].end in ends and start not in taken:
            yield Quantity(count.value, "piece", count.upper, count.about, scene.report.text[start:end], start, end)


def _plain(count: Count, words: Sequence[Word]) -> bool:
    """Whether a number stands free: not behind a dash or number sign, whole, and before a word."""
    before = words[count.first - 1].text if count.first else ""
    after = words[count.last].text if count.last < len(words) else ""
    return (
        before not in ("-", "/", "№", "#", "§")
        and after[:1].isalnum()
        and count.value == count.value.to_integral_value()
        and count.value > Decimal(0)
    )


__all__ = ["aged_mentions", "counted_by", "counts_of_goods", "denied_numbers"]
