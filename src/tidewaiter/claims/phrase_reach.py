"""The phrase of a speaker beside a verb or a preposition: spots joined over small words, commas of an apposition and parentheses."""

from __future__ import annotations

from collections.abc import Sequence

from tidewaiter.claims.mentions.lexicon import Lexicon
from tidewaiter.claims.mentions.spots import Sort, Spot
from tidewaiter.claims.mentions.view import Word

QUOTED = "“”"  # the word that stands for a long quotation
STOPS = frozenset(", ; : . – — - ( )".split()) | {QUOTED}  # noqa: SIM905 a list of marks reads worse
GAP = 3  # words between a verb and its subject
_APPOSED: frozenset[Sort] = frozenset(
    {"name", "official", "company", "expert", "lawyer", "authority", "authorities", "organisation", "person", "suspect"}
)
_MUTE: frozenset[Sort] = frozenset({"pronoun"})


class PhraseReach:
    """Reaches the phrases beside a place in one row of words.

    Args:
        words: the row; `spots` count its words.
        lexicon: the words of its language.
        labels: whether a speaker may be set off by a mark ("X: …", "… — X").
    """

    def __init__(self, words: Sequence[Word], spots: Sequence[Spot], lexicon: Lexicon, labels: bool = True) -> None:
        self.words = words
        self.labels = labels
        self.lexicon = lexicon
        self.begins = {spot.first: spot for spot in spots}
        self.ends = {spot.last: spot for spot in spots}
        self.inside = {at for spot in spots for at in range(spot.first, spot.last)}

    def _left(self, at: int) -> tuple[Spot, ...]:
        """Return the phrase that ends at most a few words before a verb, none over a mark."""
        relative = self.lexicon.speech.at(self.words, at - 1) if at else None
        if relative is not None and relative.what.name == "who":  # "specialists, who concluded"
            at -= 2 if at > 1 and self.words[at - 2].text == "," else 1
        for back in range(GAP + 1):
            to = at - back
            if to <= 0:
                return ()
            spot = self.ends.get(to)
            if spot is not None:
                return self._leftwards(spot)
            if self.words[to - 1].text in STOPS or to - 1 in self.inside:
                return ()
        return self._left_of_clause(at - GAP - 1)

    def _left_of_clause(self, at: int) -> tuple[Spot, ...]:
        """Return a speaker at the beginning of a clause whose phrase goes on: "Sources familiar with the gear market claim"."""
        for to in range(at, max(at - 8, 0), -1):
            spot = self.ends.get(to)
            if spot is not None:
                opens = spot.first == 0 or self.words[spot.first - 1].text in STOPS
                linked = self.lexicon.links.at(self.words, to) is not None
                return (spot,) if opens and linked and spot.sort not in ("person", "people", "pronoun") else ()
            if self.words[to - 1].text in STOPS or to - 1 in self.inside:
                return ()
        return ()

    def _left_over_comma(self, at: int) -> tuple[Spot, ...]:
        """Return the phrase before a parenthesis that ends right before a verb: "Ruslan Shapiev, CEO of RUSARM, believes"."""
        if at < 2 or self.words[at - 1].text not in (",", "–", "—"):
            return ()
        spot = self.ends.get(at - 1)
        if spot is not None:
            phrase = self._leftwards(spot)
            if any(self.words[one.first - 1].text == "," for one in phrase[1:] if one.first) or phrase[0].sort in (
                "name",
                "official",
            ):
                return phrase
        for back in range(2, 16):  # ", who runs the firm,"
            if at - 1 - back < 1:
                return ()
            if self.words[at - 1 - back].text == ",":
                spot = self.ends.get(at - 1 - back)
                return self._leftwards(spot) if spot is not None else ()
        return ()

    def _leftwards(self, spot: Spot) -> tuple[Spot, ...]:
        phrase = [spot]
        while True:
            before = self._joined_before(phrase[0])
            if before is None or len(phrase) > 5:
                return tuple(phrase)
            phrase.insert(0, before)

    def _joined_before(self, spot: Spot) -> Spot | None:
        at = spot.first
        for gap in range(5):
            to = at - gap
            if to <= 0:
                return None
            other = self.ends.get(to)
            if other is not None and gap == 0:
                return other if other.sort not in _MUTE and spot.sort not in _MUTE else None
            if other is not None:
                return other if other.sort not in _MUTE and self._links(to, at, other, spot) else None
            if to - 1 in self.inside:
                return None
        return None

    def _links(self, first: int, last: int, left: Spot, right: Spot) -> bool:
        """Return whether words between two spots make one phrase of them: "of the", or a comma before an apposition."""
        between = self.words[first:last]
        if between[0].text == ",":
            if (
                left.sort not in _APPOSED
                or right.sort not in _APPOSED
                or (left.sort == "name" and right.sort == "name")
            ):
                return False
            return (
                all(self._small(at) for at in range(first + 1, last)) and "name" in (left.sort, right.sort)
            ) or bool(left.mention.name) != bool(right.mention.name)
        return all(self._small(at) or self._describes(at, first) for at in range(first, last))

    def _describes(self, at: int, first: int) -> bool:
        """Return whether a word in small letters stands behind a small word as an adjective: "a source in the regional customs"."""
        word = self.words[at]
        plain = word.text.isalpha() and word.text.islower() and self.lexicon.speech.at(self.words, at) is None
        return plain and at > first and self._small(at - 1)

    def _small(self, at: int) -> bool:
        link = self.lexicon.links.at(self.words, at)
        if link is not None:
            return True
        article = self.lexicon.articles.at(self.words, at)
        return (
            article is not None
            or self.lexicon.around.at(self.words, at) is not None
            or self.words[at].text in "«»\"“”„'"
        )

    def _right(self, at: int, gap: int) -> tuple[Spot, ...]:
        """Return the phrase that begins at most `gap` words behind, over articles and adjectives."""
        for ahead in range(gap + 1):
            to = at + ahead
            spot = self.begins.get(to)
            if spot is not None:
                return self._rightwards(spot)
            if to >= len(self.words) or self.words[to].text in STOPS or to in self.inside:
                return ()
        return ()

    def _rightwards(self, spot: Spot) -> tuple[Spot, ...]:
        phrase = [spot]
        while len(phrase) < 5:
            following = self._joined_behind(phrase[-1])
            if following is None:
                break
            phrase.append(following)
        return tuple(phrase)

    def _joined_behind(self, spot: Spot) -> Spot | None:
        for gap in range(5):
            to = spot.last + gap
            other = self.begins.get(to)
            if other is not None:
                if other.sort in _MUTE or spot.sort in _MUTE or (spot.sort in ("outlet", "media") and gap):
                    return None
                if gap == 0:
                    return (
                        other
                        if other.sort in ("name", "authority", "authorities", "outlet", "company", "court")
                        and spot.sort != "name"
                        else None
                    )
                if other.sort in ("person", "people", "suspect") and spot.sort != "name":
                    return None
                return other if self._links(spot.last, to, spot, other) else None
            if to >= len(self.words) or to in self.inside or self.words[to].text in (";", ":", ".", QUOTED):
                return None
        return None
