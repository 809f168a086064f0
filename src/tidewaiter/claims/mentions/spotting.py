"""Making spots of one sentence: the span of a noun phrase, and what is taken already."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from tidewaiter.claims.gazetteer import Gazetteer
from tidewaiter.claims.mentions.lexicon import Lexicon
from tidewaiter.claims.mentions.spots import Sort, Spot
from tidewaiter.claims.mentions.view import Word
from tidewaiter.model.claims import Mention, MentionKind

QUOTES = frozenset("\"“”„«»'‘’‚")
OPEN = frozenset('"“„«‘')
_KINDS: Mapping[Sort, MentionKind] = {
    "people": "people", "authority": "authority", "authorities": "authority", "government": "authority", "court": "court",
    "outlet": "outlet", "outlet-word": "outlet", "media": "outlet", "company": "organisation", "organisation": "organisation", "document": "other", "statement": "other",
}  # fmt: skip


class SpotFinder:
    """What finders of spots share. One is made for a sentence; it remembers nothing.

    Args:
        words: its words; `text` is the sentence and `base` its offset.
        lexicon: the words of its language.
        gazetteer: outlets, places and given names.
        places: spans of words that are places.
        known: surnames met earlier in the text, by the offset of the full name.
        recurring: words that end a row of two capitals and stand alone elsewhere in the text.
    """

    def __init__(
        self,
        words: Sequence[Word],
        text: str,
        base: int,
        lexicon: Lexicon,
        gazetteer: Gazetteer,
        places: Sequence[tuple[int, int]],
        known: Mapping[str, Mention],
        recurring: Collection[str] = (),
    ) -> None:
        self.words = words
        self.text = text
        self.base = base
        self.lexicon = lexicon
        self.gazetteer = gazetteer
        self.known = known
        self.recurring = recurring
        self.places = places
        self.taken: set[int] = set()
        self.spots: list[Spot] = []
        self._placed = {at for first, last in places for at in range(first, last)}
        self._titles: set[int] = set()
        self._title_case = False  # whether every word bears a capital, as in some headlines
        self._title_words: set[int] = set()

    def _is_taken(self, first: int, last: int) -> bool:
        return any(at in self.taken for at in range(first, last))

    def _add(
        self, sort: Sort, key: str, first: int, last: int, name: str = "", head: str = "", **more: int | None
    ) -> None:
        start, end = self.words[first].start, self.words[last - 1].end
        text = self.text[start - self.base : end - self.base]
        mention = Mention(
            "people" if more.get("several") else _KINDS.get(sort, "person"),
            text,
            start,
            end,
            name,
            head,
            more.get("age"),
            more.get("birth_year"),
            more.get("refers_to"),
        )
        self.spots.append(Spot(mention, sort, key, first, last))
        self.taken.update(range(first, last))

    def _span(self, first: int, last: int) -> str:
        return self.text[self.words[first].start - self.base : self.words[last - 1].end - self.base]

    def _leftwards(self, first: int) -> int:
        """Return where a noun phrase begins: before articles, counts, ages, nationality words and adjectives known to stand there."""
        at = first
        while at > 0 and at - 1 not in self.taken:
            moved = 0
            for back in (5, 4, 3, 2, 1):
                begin = at - back
                if begin < 0 or any(one in self.taken for one in range(begin, at)):
                    continue
                around = self.lexicon.around.at(self.words, begin)
                if around is not None and around.last == at:
                    moved = back
                    break
                article = self.lexicon.articles.at(self.words, begin)
                if (back > 1 and article is not None and article.last == at) or (back == 1 and self._small(begin)):
                    moved = back
                    break
            if not moved:
                return at
            at -= moved
        return at

    def _small(self, at: int) -> bool:
        word = self.words[at]
        hit = self.lexicon.articles.at(self.words, at)
        if hit is not None and hit.last == at + 1 and word.text not in QUOTES:
            return True
        if word.text[0].isdigit():
            return at + 1 < len(self.words)
        table = self.lexicon.numbers
        return (
            table is not None
            and len(word.low) > 2
            and word.low in table.phrases
            and all(part.kind == "card" for _, part in table.phrases[word.low])
        )

    def _quoted(self, begin: int) -> int:
        for at in range(begin, min(begin + 6, len(self.words))):
            if self.words[at].text in QUOTES:
                return at
        return begin
