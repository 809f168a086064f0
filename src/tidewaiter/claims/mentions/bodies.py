"""Bodies, courts, outlets and companies of a sentence."""

from __future__ import annotations

from collections.abc import Iterable

from tidewaiter.claims.gazetteer import normalised
from tidewaiter.claims.mentions.lexicon import Term
from tidewaiter.claims.mentions.spots import Sort
from tidewaiter.claims.mentions.spotting import OPEN, SpotFinder
from tidewaiter.claims.phrases import Hit, fold


class BodyFinder(SpotFinder):
    """Finds who is no person: it is a part of `PeopleFinder`."""

    def _outlets(self) -> None:
        for first, last, outlet in self.gazetteer.find_outlets(self.words, self.lexicon.language):
            if self._is_taken(first, last) or (outlet.weak and not self._backed(first, last)):
                continue
            self._add("outlet", outlet.key, first, last, outlet.names[0], "")

    def _backed(self, first: int, last: int) -> bool:
        """Whether a name that is an ordinary word too is meant as an outlet: quoted, or beside a word that says so."""
        before = self.words[first - 1] if first else None
        if before is not None and before.text in OPEN:
            return True
        for back in (1, 2):
            at = first - back
            if at >= 0:
                hit = self.lexicon.who.at(self.words, at)
                if hit is not None and hit.what.group == "outlets":
                    return True
                said = self.lexicon.speech.at(self.words, at)
                if said is not None and said.last == first and said.what.name in ("accord", "cite"):
                    return True
        said = self.lexicon.speech.at(self.words, last) if last < len(self.words) else None
        back_said = self.lexicon.speech.at(self.words, first - 1) if first else None
        return any(one is not None and one.what.name in ("say", "cite", "tell") for one in (said, back_said))

    def _bodies(self, hits: Iterable[Hit[Term]]) -> None:
        for hit in hits:
            if hit.what.group == "outlets":
                if hit.what.name == "outlet" and self._named_outlet(hit):
                    continue
                sort: Sort = "media" if hit.what.name == "media" else "outlet-word"
                key = ""
            elif hit.what.group == "court" and self._titles_a_name(hit):
                continue  # "Judge Harriet Lowe" is a person
            elif hit.what.group == "court":
                sort, key = "court", "court"
            else:
                sort, key = ("authorities", "") if hit.what.name == "authorities" else ("authority", hit.what.name)
            first = self._leftwards(hit.first)
            head = fold(self._span(hit.first, hit.last))
            name = self._span(hit.first, hit.last) if self.words[hit.first].capital and not self.lexicon.german else ""
            self._add(sort, key, first, hit.last, name, head)

    def _titles_a_name(self, hit: Hit[Term]) -> bool:
        """Whether one capital word stands right before a capital word as its title."""
        after = self.words[hit.last] if hit.last < len(self.words) else None
        title = hit.last == hit.first + 1 and self.words[hit.first].capital and hit.first in self._title_words
        return title and after is not None and after.capital and not self.lexicon.german

    def _named_outlet(self, hit: Hit[Term]) -> bool:
        """Take an outlet that is not known by the name behind a word for one: "the tabloid Rheinblick", газета «Берег»."""
        to = hit.last
        if to >= len(self.words):
            return False
        quoted = self.words[to].text in OPEN
        begin = to + 1 if quoted else to
        end = self._quoted(begin) if quoted else begin
        while (
            not quoted
            and end < len(self.words)
            and end - begin < 3
            and self.words[end].capital
            and end not in self._placed
            and end not in self.taken
        ):
            end += 1
        if end <= begin or self._is_taken(begin, end) or not self.words[begin].capital:
            return False
        name = self._span(begin, end)
        self._add("outlet", normalised(name), self._leftwards(hit.first), end + (1 if quoted else 0), name, "")
        return True

    def _companies(self) -> None:
        """Names with a legal form, and names behind a word for a company ("defence contractor RUSARM", «завод «Заря»»)."""
        for at in range(len(self.words)):
            word = self.words[at]
            if at in self.taken or not word.text[0].isalpha():
                continue
            lead = self.lexicon.leads.at(self.words, at)
            if lead is not None:
                to = lead.last
                quoted = to < len(self.words) and self.words[to].text in OPEN
                begin = to + 1 if quoted else to
                end = self._quoted(begin) if quoted else self._capitals(begin)
                if end > begin and not self._is_taken(begin, end):
                    self._add(
                        "company",
                        "",
                        self._leftwards(at),
                        end + (1 if quoted else 0),
                        self._span(begin, end),
                        fold(self._span(at, to)),
                    )
                continue
            if (word.low in self.lexicon.legal and at and word.capital) or word.text in (
                "GmbH",
                "LLC",
                "Ltd",
                "SRL",
                "SpA",
            ):
                begin = at
                while begin > 0 and begin - 1 not in self.taken and self.words[begin - 1].capital and at - begin < 4:
                    begin -= 1
                if begin < at:
                    self._add("company", "", begin, at + 1, self._span(begin, at + 1), "")

    def _capitals(self, begin: int) -> int:
        at = begin
        while (
            at < len(self.words)
            and at - begin < 4
            and self.words[at].capital
            and at not in self.taken
            and at not in self._placed
        ):
            at += 1
        return (
            at
            if not self.lexicon.german
            or (at - begin >= 1 and any(self.words[k].text.isupper() for k in range(begin, at)))
            else begin
        )
