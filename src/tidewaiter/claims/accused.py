"""Who stands on the accused side of a document: the persons and firms its claims are about, and who speaks for them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from tidewaiter.claims.roles import ABOUT_A_CASE, DOINGS
from tidewaiter.model.claims import Claim, Mention, Speaker

SHORTEST = 4  # letters of a name or noun by which somebody is known again
_WORD = re.compile(r"[^\W\d_]+")


@dataclass
class Accused:
    """The accused side of one document, by the last word of each name or noun."""

    known: set[str] = field(default_factory=set)
    firms: bool = False  # whether a firm is among them
    words: dict[int, str] = field(default_factory=dict)  # the word of each mention, by its offset

    def meet(self, mentions: Iterable[Mention]) -> None:
        """Remember by which word somebody named can be known again, for pronouns that take him up."""
        for mention in mentions:
            word = (mention.name or mention.head).split()[-1:]
            if word:
                self.words[mention.start] = word[0].casefold()

    def learn(self, claims: Iterable[Claim]) -> None:
        """Remember whom steps of a case and sendings are about, and who spoke as a suspect or his lawyer."""
        for claim in claims:
            if claim.predicate in ABOUT_A_CASE or claim.predicate in DOINGS:
                self._add(claim.subject)
            for speaker in claim.chain:
                if speaker.type == "suspect" and speaker.name:
                    self.known.add(speaker.name.split()[-1].casefold())

    def _add(self, mention: Mention | None) -> None:
        if mention is None or mention.kind not in ("person", "organisation", "other"):
            return
        self.firms = self.firms or mention.kind != "person"
        if mention.refers_to is not None:
            self.known.update(filter(None, [self.words.get(mention.refers_to, "")]))
            return
        word = (mention.name or mention.head or mention.text).split()[-1].casefold()
        if len(word) >= SHORTEST:
            self.known.add(word)

    def speaks(self, chain: Sequence[Speaker]) -> bool:
        """Return whether the innermost speaker is of the accused side."""
        if not chain:
            return False
        last = chain[-1]
        if last.type == "suspect":
            return True
        if last.type == "company" and not last.name:
            return self.firms  # "the company said"
        words = {word.casefold() for word in _WORD.findall(f"{last.text} {last.name}")}
        return last.type in ("named-person", "company") and bool(words & self.known)


__all__ = ["Accused"]
