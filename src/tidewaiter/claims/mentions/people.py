"""Persons, bodies, outlets and companies of a sentence, each as a mention with the span of its noun phrase.

Nationality words stand in a mention's text, never in its name or head. Offices before a name ("CEO of RUSARM Ivan Petrov") are parts of that mention.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from tidewaiter.claims.gazetteer import normalised, stem
from tidewaiter.claims.mentions.bodies import BodyFinder
from tidewaiter.claims.mentions.lexicon import Term
from tidewaiter.claims.mentions.names import initial, is_surname, looks_like_name, row_of_names
from tidewaiter.claims.mentions.spots import Sort, Spot
from tidewaiter.claims.mentions.view import Word
from tidewaiter.claims.phrases import Hit, fold

_ROLES: Mapping[str, Sort] = {
    "person": "person", "suspect": "suspect", "lawyer": "lawyer", "official": "official", "company": "company", "expert": "expert",
    "anonymous": "anonymous", "document": "document", "statement": "statement",
}  # fmt: skip
LONG_WORD = 4  # letters of a word that bears a capital in a headline of capitals
ACRONYM = 7  # letters of an acronym at most
HEADLINE = 6  # such words that tell that it is one
_HUMAN = frozenset({"name", "person", "suspect", "lawyer", "official", "expert", "company"})


class PeopleFinder(BodyFinder):
    """Finds who is named in one sentence: persons, bodies, outlets and companies."""

    def find(self) -> list[Spot]:
        """Return the spots in order, none overlapping another."""
        self._outlets()
        self._title_words = self._words_of_titles()
        long = [word for word in self.words if len(word.text) >= LONG_WORD and word.text[0].isalpha()]
        capital = sum(word.capital for word in long)
        self._title_case = len(long) >= HEADLINE and capital >= len(long) - 1 and not self.lexicon.german
        hits = [hit for hit in self._hits() if not self._is_taken(hit.first, hit.last)]
        self._bodies(hit for hit in hits if hit.what.group in ("bodies", "court", "outlets"))
        self._companies()
        self._titles = {at for hit in hits if hit.what.group == "titles" for at in range(hit.first, hit.last)}
        self._titles |= {at for at in self._title_words if not self._is_taken(at, at + 1)}
        roles = [hit for hit in hits if hit.what.group in ("roles", "people", "pronouns")]
        self._names(roles)
        for hit in roles:
            if not self._is_taken(hit.first, hit.last):
                self._role(hit)
        self._ages()
        self._acronyms()
        self.spots.sort(key=lambda spot: spot.first)
        return self.spots

    def _words_of_titles(self) -> set[int]:
        """Return words that are titles, whatever else they are in the words of the language (a judge, an inspector)."""
        titles = self.lexicon.title_words
        return {at for at, word in enumerate(self.words) if word.low in titles and word.capital}

    def _hits(self) -> list[Hit[Term]]:
        return self.lexicon.who.find(self.words)

    def _names(self, roles: Sequence[Hit[Term]]) -> None:
        ends = {hit.last: hit for hit in roles if hit.what.group == "roles"}
        starts = {at for hit in roles for at in range(hit.first, hit.last)}
        starts |= {at for at in range(len(self.words)) if self._is_nationality(at)}
        at = 0
        while at < len(self.words):
            stops = self.taken | (starts - {at})
            if (
                at in self.taken
                or at in starts
                or at in self._titles
                or not (self.words[at].capital or self.words[at].low in ("al", "аль"))
            ):
                at += 1
                continue
            last = row_of_names(self.words, at, self.lexicon.particles, stops)
            if self._title_case:
                last = self._short(at, last)
            if last <= at or not self._add_name(at, last, ends):
                at += 1
            else:
                at = max(last, at + 1)

    def _short(self, first: int, last: int) -> int:
        """Return where a name ends in a headline that gives every word a capital: a given name and one word more, else it is none."""
        names = self.gazetteer.given_names
        given = first
        while given < last and self.words[given].low in names:
            given += 1
        if given > first:
            return min(last, given + 1)
        return first + 1 if self._again(first, first + 1) is not None else first

    def _add_name(self, first: int, last: int, ends: Mapping[int, Hit[Term]]) -> bool:
        """Add a row of capitalised words as a person where something tells that it is one; return whether it was."""
        while last > first and self.words[last - 1].text == "." and not initial(self.words, last - 2):
            last -= 1
        if first == 0 and last > 1 and self._only_begins(last):
            first = 1
        count = sum(word.text[0].isalpha() for word in self.words[first:last])
        titled = self._titled(first)
        age, after = self._age_behind(last)
        strong = looks_like_name(self.words, first, last, self.gazetteer.given_names, self.gazetteer.given_stems)
        again = self._again(first, last)
        placed = all(at in self._placed for at in range(first, last) if self.words[at].text[0].isalpha())
        if placed and not (strong and count > 1) and not titled:
            return False
        if not titled and age is None and self._is_site(first, last):
            return False
        if not (titled or strong or again is not None or self._told(first, last, count, age, ends.get(first))):
            return False
        self._person(first, last, after, titled, ends, age=age, again=again)
        return True

    def _is_site(self, first: int, last: int) -> bool:
        """Whether a row of capitals names a place: one that is known, a street or an airport, or what stands behind "the city of"."""
        words, lexicon = self.words, self.lexicon
        if (first, last) in self.places and last - first > 1:
            return True
        ends = [words[last - 1].low, *([words[last].low] if last < len(words) else [])]
        begins = [words[first].low, *([words[first - 1].low] if first else [])]
        if first > 1 and words[first - 1].low in lexicon.linking:
            begins.append(words[first - 2].low)
        return any(low in lexicon.site_after for low in ends) or any(low in lexicon.site_before for low in begins)

    def _is_nationality(self, at: int) -> bool:
        """Whether a word with a capital is one of nationality, which is no name ("accused Chinese exporters")."""
        if not self.words[at].capital or self.words[at].low in self.gazetteer.given_names:
            return False
        hit = self.lexicon.around.at(self.words, at)
        return hit is not None and hit.what.group == "nationality"

    def _titled(self, first: int) -> bool:
        """Whether a title stands right before a name, with its stop or without."""
        if first > 0 and first - 1 in self._titles:
            return True
        return first > 1 and self.words[first - 1].text == "." and first - 2 in self._titles

    def _person(
        self, first: int, last: int, after: int, titled: bool, ends: Mapping[int, Hit[Term]], **known: int | None
    ) -> None:
        """Add a named person with the titles and the office before the name and the year of birth behind it."""
        begin = first
        if titled:
            begin = first - 1
            while (
                begin > 0
                and (begin - 1 in self._titles or self.words[begin - 1].text == ".")
                and begin not in self.taken
            ):
                begin -= 1
        head = fold(self._span(begin, first)).rstrip(".") if titled else ""
        sort: Sort = "name"
        office = ends.get(begin) or ends.get(first)
        if (
            office is not None
            and office.what.name == "suspect"
            and not self._noun(self._leftwards(office.first), office)
        ):
            office = None  # "ha condannato Luca Ferri": a participle is no calling
        if office is not None and not self._is_taken(office.first, office.last):
            begin = self._leftwards(office.first)
            head = fold(self._span(office.first, office.last))
            sort = _ROLES[office.what.name]
        born = self.lexicon.around.at(self.words, after) if after < len(self.words) else None
        year = None
        if born is not None and born.what.group == "born":
            year, after = _number(self.words, born), born.last
        age = known["age"] if known["age"] is not None else self._age_in(begin, first)
        kind: Sort = sort if sort in _HUMAN else "name"
        name = self._span(first, last)
        self._add(kind, "", begin, after, name, head, age=age, birth_year=year, refers_to=known["again"])

    def _told(self, first: int, last: int, count: int, age: int | None, office: Hit[Term] | None) -> bool:
        """Whether what stands around a row of capitals tells that it is a person: an age behind, an office before, a verb of saying beside."""
        if any(word.text.isupper() and len(word.text) > 1 for word in self.words[first:last]):
            return False
        if (age is not None or (office is not None and office.what.name != "document")) and not self.lexicon.german:
            return True
        if office is not None and office.what.name in ("person", "suspect", "official", "lawyer", "expert"):
            return count >= 2 or initial(self.words, last - 2) > 0
        if count < 2 or self.lexicon.german or first in self._placed:
            return False
        if count == 2 and last - first == 2 and self.words[last - 1].low in self.recurring:
            return self.lexicon.who.at(self.words, first) is None and self.lexicon.who.at(self.words, last - 1) is None
        if first > 1 and self.words[first - 1].text == "," and self._role_ends(first - 1):
            return True  # "His barrister, Owen Pask, said"
        said = self.lexicon.speech.at(self.words, last) if last < len(self.words) else None
        if said is not None and said.what.name in ("say", "tell"):
            return True
        before = self.lexicon.speech.at(self.words, first - 1) if first > 1 else None
        inverted = before is not None and before.what.name == "say" and before.last == first
        return inverted and self.words[first - 2].text in (",", "”", '"', "’", "'")  # "…, estimates Ada Holm"

    def _role_ends(self, at: int) -> bool:
        """Whether a word for a person in office or of a trade ends at a word."""
        for back in (1, 2, 3):
            hit = self.lexicon.who.at(self.words, at - back) if at >= back else None
            if hit is not None and hit.last == at and hit.what.group == "roles":
                return hit.what.name in ("person", "suspect", "official", "lawyer", "expert", "company")
        return False

    def _only_begins(self, last: int) -> bool:
        """Whether the first word of a sentence bears its capital for that alone, and a name begins behind it ("Затримали Олену Коваль")."""
        low = self.words[0].low
        names, stems = self.gazetteer.given_names, self.gazetteer.given_stems
        if self._again(1, last) is not None:
            return low not in names
        if low in names or (
            looks_like_name(self.words, 0, 2, names, stems) and not looks_like_name(self.words, 1, last, names, stems)
        ):
            return False
        return looks_like_name(self.words, 1, last, names, stems) and not is_surname(low)

    def _again(self, first: int, last: int) -> int | None:
        """Return the start of the earlier full name that a single name takes up, or None."""
        if last - first != 1:
            return None
        known = self.known.get(stem(self.words[first].low))
        return known.start if known is not None else None

    def _age_behind(self, last: int) -> tuple[int | None, int]:
        """Return an age behind a name (", 34,", "(34)", ", 34 ans"), and where it ends."""
        words = self.words
        if (
            last + 1 < len(words)
            and words[last].text in (",", "(")
            and words[last + 1].text.isdigit()
            and len(words[last + 1].text) == 2
        ):
            hit = self.lexicon.around.at(words, last + 1)
            if hit is not None and hit.what.group == "age" and _adjective(words[hit.last - 1]):
                return None, last
            end = hit.last if hit is not None and hit.what.group == "age" else last + 2
            if end < len(words) and words[end].text in (",", ")", ".") and int(words[last + 1].text) >= 14:
                return int(words[last + 1].text), end
            if hit is not None and hit.what.group == "age" and not _adjective(words[hit.last - 1]):
                return int(words[last + 1].text), end
        return None, last

    def _age_in(self, first: int, last: int) -> int | None:
        for at in range(first, last):
            hit = self.lexicon.around.at(self.words, at)
            if hit is not None and hit.what.group == "age":
                return _number(self.words, hit)
        return None

    def _role(self, hit: Hit[Term]) -> None:
        words = self.words
        if hit.what.group == "pronouns":
            several = hit.what.name == "they"
            self._add("pronoun", "", hit.first, hit.last, "", words[hit.first].low, several=int(several))
            return
        first = self._leftwards(hit.first)
        last, age, born = self._behind(hit.last)
        if age is None:
            age = self._age_in(first, hit.first)
        sort: Sort = "people" if hit.what.group == "people" else _ROLES[hit.what.name]
        if sort == "suspect" and not self._noun(first, hit):
            return
        if sort in ("person", "suspect") and self._several(first, hit.first):
            sort = "people"
        head = fold(self._span(hit.first, hit.last))
        self._add(sort, "", first, last, "", head, age=age, birth_year=born)

    def _noun(self, first: int, hit: Hit[Term]) -> bool:
        """Whether a word for a suspect is a noun here, not a participle ("was accused", "fue detenido")."""
        if self.lexicon.german:
            return self.words[hit.first].capital
        if self.lexicon.language in ("fr", "it", "es") or self.words[hit.first].low == "accused":
            return first < hit.first
        return not (self.lexicon.language == "uk" and self.words[hit.first].low.endswith("но"))  # затримано

    def _several(self, first: int, last: int) -> bool:
        """Whether a number above one stands among the words before a noun."""
        table = self.lexicon.numbers
        for at in range(first, last):
            low = self.words[at].low
            if (
                self.words[at].text.isdigit()
                and self.words[at].text != "1"
                and (at + 1 == last or self.words[at + 1].text.isalpha())
            ):
                return True
            if table is not None and any(
                part.kind == "card" and part.value >= 2 for _, part in table.phrases.get(low, ())
            ):
                return True
        return False

    def _behind(self, at: int) -> tuple[int, int | None, int | None]:
        """Take nationality words, an age or a year of birth behind a noun into its phrase ("un étudiant chinois de 27 ans")."""
        age = born = None
        while at < len(self.words):
            skip = 1 if self.words[at].text in (",", "(") else 0
            hit = self.lexicon.around.at(self.words, at + skip) if at + skip < len(self.words) else None
            if hit is None or self._is_taken(hit.first, hit.last) or (skip and hit.what.group == "nationality"):
                break
            if skip and _adjective(self.words[hit.last - 1]):
                break  # "Пассажир, 41-летний Андрей Кузьмин": the age goes before the name
            if hit.what.group == "age":
                age = _number(self.words, hit)
            elif hit.what.group == "born":
                born = _number(self.words, hit)
            at = hit.last
        return at, age, born

    def _acronyms(self) -> None:
        """Letters that say something are a body: "HSI said", "según la CNMC" are told by the verb right beside them."""
        for at, word in enumerate(self.words):
            short = 2 <= len(word.text) <= ACRONYM and word.text.isupper() and word.text.isalpha()
            if not short or at in self.taken or at in self._placed:
                continue
            beside = [self.lexicon.speech.at(self.words, at + 1) if at + 1 < len(self.words) else None]
            beside += [hit for hit in self.lexicon.speech.find(self.words[:at]) if hit.last == at]
            if any(hit is not None and hit.what.name in ("say", "tell", "accord") for hit in beside):
                self._add("organisation", normalised(word.text), self._leftwards(at), at + 1, word.text, "")

    def _ages(self) -> None:
        """An age that stands as a noun: "the 27-year-old", "der 31-Jährige", "27-летний китаец", "un 35enne"."""
        for at in range(len(self.words)):
            hit = self.lexicon.around.at(self.words, at)
            if hit is None or hit.what.group != "age" or self._is_taken(hit.first, hit.last):
                continue
            inner = self.words[hit.last - 1]
            noun = inner.low in ("old", "enne") or (inner.low.startswith("jährig") and inner.capital)
            last = hit.last
            after = self.lexicon.around.at(self.words, last) if last < len(self.words) else None
            if after is not None and after.what.group == "nationality" and inner.low[:1] >= "а":
                noun, last = True, after.last  # 27-летний китаец
            year = _number(self.words, hit)
            if noun and year is not None and 10 <= year < 110:
                self._add("person", "", self._leftwards(hit.first), last, "", "", age=year)


def _number(words: Sequence[Word], hit: Hit[Term]) -> int | None:
    return next((int(word.text) for word in words[hit.first : hit.last] if word.text.isdigit()), None)


def _adjective(word: Word) -> bool:
    """Whether an age goes before a noun ("27-летний", "31-jähriger", "27-year-old")."""
    return word.low == "old" or word.low.startswith(("летн", "річн", "jährig"))


def without_overlaps(spots: Sequence[Spot]) -> list[Spot]:
    """Return spots none of which overlaps an earlier one."""
    found: list[Spot] = []
    for spot in sorted(spots, key=lambda one: (one.first, -one.last)):
        if not found or spot.first >= found[-1].last:
            found.append(replace(spot))
    return found
