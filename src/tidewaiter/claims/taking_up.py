"""Who "he", "the man" and a bare surname take up, within one document, by stated rules. Nothing here joins persons of two texts.

1. A surname takes up the last full name that ends in it. 2. "The student" takes up the last person called a student. 3. "He" and
"the suspect" take up the last person who was the subject of a claim, else the last one named. 4. A new paragraph with a new person named
before the pronoun takes that one up. 5. "The 27-year-old student" takes up the one student named before without an age. Quotations count as any other
text; "I" is nobody's here. What a text says of a person's age holds wherever it takes the person up, unless it says two ages.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from tidewaiter.model.claims import Claim, GoodsMention, Mention, Predicate

SHORTEST = 4  # letters of a noun that is learned
_HANDLED = frozenset(
    {Predicate.SEIZED, Predicate.FOUND, Predicate.POSTED, Predicate.EXPORTED, Predicate.STORED, Predicate.PURCHASED}
)


@dataclass
class People:
    """The persons of one document in the order in which they are named."""

    named: list[Mention] = field(default_factory=list)
    subject: Mention | None = None

    def take_up(self, mention: Mention, pronouns: frozenset[str]) -> Mention:
        """Return a mention with `refers_to` set where a rule says whom it takes up, and remember it.

        Args:
            mention: a mention of a person, in the order of the text.
            pronouns: the wordings that take up whoever was spoken of last, casefolded.
        """
        if mention.refers_to is not None:
            return mention
        earlier = self._earlier(mention, pronouns)
        if earlier is not None:
            origin = earlier.refers_to if earlier.refers_to is not None else earlier.start
            mention = replace(mention, refers_to=origin)
        self.named.append(mention)
        return mention

    def _earlier(self, mention: Mention, pronouns: frozenset[str]) -> Mention | None:
        low = mention.text.casefold()
        if mention.name and " " not in mention.name:
            return next(
                (m for m in reversed(self.named) if m.name.split()[-1:] == [mention.name] and " " in m.name), None
            )
        if mention.name:
            return None
        if mention.age is not None:
            alike = {_origin(m): m for m in self.named if m.head == mention.head and m.kind == mention.kind and m.head}
            only = next(iter(alike.values())) if len(alike) == 1 else None
            return only if only is not None and only.age is None and not only.name else None
        if low in pronouns:
            plural = mention.kind == "people"
            return next(
                (m for m in (self.subject, *reversed(self.named)) if m is not None and (m.kind == "people") == plural),
                None,
            )
        if mention.head and low.split()[0] in (
            "the",
            "this",
            "that",
            "der",
            "die",
            "le",
            "la",
            "il",
            "el",
            "этот",
            "цей",
        ):
            return next((m for m in reversed(self.named) if m.head == mention.head), None)
        return None

    def with_ages(self, mentions: tuple[Mention, ...]) -> tuple[Mention, ...]:
        """Return mentions of this text with the age or year of birth that it gives the same person elsewhere."""
        return tuple(self._aged(m) if m.kind in ("person", "people") else m for m in mentions)

    def _aged(self, mention: Mention) -> Mention:
        if mention.age is not None or mention.birth_year is not None:
            return mention
        told = {(m.age, m.birth_year) for m in self.named if _origin(m) == _origin(mention)} - {(None, None)}
        if len(told) != 1:
            return mention
        age, born = next(iter(told))
        return replace(mention, age=age, birth_year=born)

    def was_subject(self, mention: Mention | None) -> None:
        """Remember who was the subject of the last claim about a person."""
        if mention is not None and mention.kind in ("person", "people"):
            self.subject = mention


def _origin(mention: Mention) -> int:
    return mention.refers_to if mention.refers_to is not None else mention.start


@dataclass
class SpokenOf:
    """Whom the claims of one paragraph last had as their subject, and which goods, for sentences that leave them out ("Was released the same day")."""

    person: Mention | None = None
    paragraph: int = -1
    goods: tuple[GoodsMention, ...] = ()

    def enter(self, paragraph: int) -> None:
        """Go on to a paragraph; a new one begins with nobody."""
        if paragraph != self.paragraph:
            self.paragraph, self.person, self.goods = paragraph, None, ()

    def said(self, subject: Mention | None) -> None:
        """Remember the subject of a claim, where it is a person."""
        if subject is not None and subject.kind in ("person", "people"):
            self.person = subject


@dataclass
class KnownThings:
    """Nouns for the goods of one document, learned from what was sent, found or taken in it: "the tins" are goods once they were seized."""

    links: frozenset[str] = frozenset()  # words that join two phrases into one name ("of")
    posted: bool = False  # whether the text has spoken of post so far
    heads: set[str] = field(default_factory=set)

    def learn(self, claims: Iterable[Claim]) -> None:
        """Remember the last words of the goods of claims about what happened to goods."""
        for claim in claims:
            if claim.predicate in _HANDLED:
                for goods in claim.goods:
                    words = [word.casefold() for word in goods.text.split()]
                    word = words[next((at for at, one in enumerate(words) if at and one in self.links), len(words)) - 1]
                    if word.isalpha() and len(word) >= SHORTEST:
                        self.heads.update((word, word.removesuffix("s")))

    def knows(self, low: str) -> bool:
        """Return whether a lower-case word is one of the nouns."""
        return low in self.heads


__all__ = ["KnownThings", "People", "SpokenOf"]
