"""Conflicts inside one text: its headline against its body, two ages of one person, a total against its parts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal

from tidewaiter.claims.sameness import Kinds, ages_same, names_same
from tidewaiter.claims.slots import Difference, Text, age_words, aged, counted, differences
from tidewaiter.claims.status import AGAINST, RANK, asserted_status
from tidewaiter.claims.units import FAMILIES
from tidewaiter.model.claims import Claim, GoodsMention, Mention
from tidewaiter.text.fold import fold_text
from tidewaiter.text.stems import stems
from tidewaiter.text.terms import plain_words

BEGUN = 5  # letters with which two words of one thing begin


def within(text: Text, whole: Text, kinds: Kinds, including: re.Pattern[str]) -> list[Difference]:
    """Return the conflicts inside one text about one event.

    Args:
        text: its claims about the event.
        whole: all its claims: a headline is set against everything below it.
        kinds: relations of kinds of goods.
        including: finds, in folded text, words after which only some of a whole are told.
    """
    headline, body = text.part(True), text.part(False)
    found = _one_person(text) + [d for c in text.claims for d in _total(c, including)]
    if headline.claims and body.claims:
        found += differences(headline, body, kinds)
        found += _goods(headline, whole.only(False), kinds) + _status(headline, body) + _outlets(headline, body)
    return found


def _goods(headline: Text, body: Text, kinds: Kinds) -> list[Difference]:
    """The headline names another kind of goods than anything in the body."""
    for claim in headline.claims:
        mine = [k for g in claim.goods for k in kinds.stated(g)]
        theirs = [(c, [k for g in c.goods for k in (*g.concepts, *kinds.stated(g))]) for c in body.claims]
        known = [(c, k) for c, k in theirs if k and c.polarity == "affirmed"]
        if claim.predicate not in FAMILIES or not mine or claim.polarity == "negated":
            continue
        denied = next((c for c, k in theirs if c.polarity == "negated" and kinds.same(mine, k)), None)
        if denied is not None and not any(kinds.same(mine, k) for _, k in known):
            words = f"the headline has {claim.goods[0].text}, the body says: {denied.quote}"
            return [Difference("goods", claim, denied, words)]
        if not known:
            continue
        if _words(claim) & {stem for c, _ in theirs for stem in _words(c)} or _told_below(claim, body, kinds):
            continue  # the body has the same word, whatever is known of it
        if all(kinds.same(mine, k) is False for _, k in known):
            other = min((c for c, _ in known), key=lambda c: (c.predicate != claim.predicate, c.start))
            words = f"the headline has {claim.goods[0].text}, the body {other.goods[0].text}"
            return [Difference("goods", claim, other, words)]
    return []


def _told_below(claim: Claim, body: Text, kinds: Kinds) -> bool:
    """Whether any sentence of the body names what a headline has: of its kind, or by a word that begins alike (Drohnenteile, Drohnen)."""
    mine = [k for g in claim.goods for k in g.concepts]
    begun = {word[:BEGUN] for word in _letters(claim.goods)}
    for fact in body.stated.of("goods", False):
        if fact.goods is not None and (
            kinds.same(mine, fact.goods.concepts) is True or begun & {word[:BEGUN] for word in _letters((fact.goods,))}
        ):
            return True
    return False


def _letters(goods: Iterable[GoodsMention]) -> list[str]:
    words = [word for g in goods for word in plain_words(fold_text(g.text))]
    return [word for word in words if len(word) >= BEGUN and word.isalpha()]


def _words(claim: Claim) -> set[str]:
    words = [word for g in claim.goods for word in plain_words(fold_text(g.text)) if len(word) > 3 and word.isalpha()]
    return {stem for word in words for stem in stems(word)}


def _status(headline: Text, body: Text) -> list[Difference]:
    """The headline has somebody found guilty where the body does not."""
    claimed = [(RANK[s], c) for c in headline.claims if (s := asserted_status(c)) in RANK and s is not None]
    told = [(RANK[s], c) for c in body.claims if (s := asserted_status(c)) in RANK and s is not None]
    if not claimed or not told:
        return []
    high, low = max(claimed, key=lambda r: (r[0], -r[1].start)), max(told, key=lambda r: (r[0], -r[1].start))
    if high[0] <= low[0] or asserted_status(high[1]) not in AGAINST:
        return []
    words = f"the headline says {asserted_status(high[1])}, the body {asserted_status(low[1])}"
    return [Difference("status", high[1], low[1], words)]


def outlets_of(claims: Sequence[Claim]) -> dict[str, Claim]:
    """Return the outlets that claims are attributed to, each with its first claim."""
    found: dict[str, Claim] = {}
    for claim in claims:
        for speaker in claim.chain:
            if speaker.type == "outlet" and (speaker.key or speaker.name):
                found.setdefault(speaker.key or speaker.name, claim)
    return found


def _outlets(headline: Text, body: Text) -> list[Difference]:
    above, below = outlets_of(headline.claims), outlets_of(body.claims)
    if not above or not below or set(above) & set(below):
        return []
    (one, left), (other, right) = next(iter(above.items())), next(iter(below.items()))
    return [Difference("outlet", left, right, f"the headline names {one}, the body {other}")]


def _one_person(text: Text) -> list[Difference]:
    """Two ages for what the text itself takes to be one person: the same name, or one mention taking up the other."""
    known = aged(text)
    for number, (a, x) in enumerate(known):
        for b, y in known[number + 1 :]:
            if _taken_up(x, y) and ages_same(x, y, None, None) is False:
                return [Difference("age", a, b, f"{age_words(x)} here, {age_words(y)} there, of one person")]
    return []


def _taken_up(left: Mention, right: Mention) -> bool:
    if left.start == right.start:
        return False
    referred = {left.refers_to, right.refers_to} & {left.start, right.start}
    both = left.refers_to is not None and left.refers_to == right.refers_to
    return bool(referred) or both or names_same(left.name, right.name) is True


def _total(claim: Claim, including: re.Pattern[str]) -> list[Difference]:
    """A total beside its parts: parts that exceed it, or fall short where they are told as all of it."""
    total = claim.quantity
    if total is None or len(claim.goods) < 2 or total.about:
        return []
    if total.start is not None and any(g.start <= total.start < g.end for g in claim.goods[1:]):
        return []  # the number of one of the parts
    numbers = {(n.quantity.start, n.quantity.value): n.quantity for n in counted(claim)}  # one number may stand for two
    parts = [q for q in numbers.values() if q != total and q.unit == total.unit]
    if (
        len(parts) < 2
        or any(part.value == total.value for part in parts)
        or any(part.about or part.upper is not None for part in parts)
    ):
        return []
    whole = sum((part.value for part in parts), Decimal(0))
    some = bool(including.search(fold_text(claim.quote))) or len(parts) < len(claim.goods)
    if whole == total.value or (some and whole < total.value):
        return []
    return [Difference("quantity", claim, claim, f"a total of {total.value} beside parts that make {whole}")]
