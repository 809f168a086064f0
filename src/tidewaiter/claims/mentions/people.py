"""Persons, bodies, outlets and companies of a sentence, each as a mention with the span of its noun phrase.

Nationality words stand in a mention's text, never in its name or head. Offices before a name ("CEO of RUSARM Ivan Petrov") are parts of that mention.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from tidewaiter.claims.gazetteer import Gazetteer, normalised, stem
from tidewaiter.claims.mentions.lexicon import Lexicon, Term
from tidewaiter.claims.mentions.names import initial, looks_like_name, row_of_names
from tidewaiter.claims.mentions.spots import Sort, Spot
from tidewaiter.claims.mentions.view import Word
from tidewaiter.claims.phrases import Hit, fold
from tidewaiter.model.claims import Mention, MentionKind

_QUOTES = frozenset("\"“”„«»'‘’‚")
_OPEN = frozenset("\"“„«‘")
_KINDS: Mapping[Sort, MentionKind] = {
    "people": "people", "authority": "authority", "authorities": "authority", "government": "authority", "court": "court",
    "outlet": "outlet", "outlet-word": "outlet", "media": "outlet", "company": "organisation", "organisation": "organisation", "document": "other", "statement": "other",
}  # fmt: skip
_ROLES: Mapping[str, Sort] = {
    "person": "person", "suspect": "suspect", "lawyer": "lawyer", "official": "official", "company": "company", "expert": "expert",
    "anonymous": "anonymous", "document": "document", "statement": "statement",
}  # fmt: skip
_HUMAN = frozenset({"name", "person", "suspect", "lawyer", "official", "expert", "company"})


class PeopleFinder:
    """Finds who is named in one sentence. One is made for a sentence; it remembers nothing.

    Args:
        words: its words; `text` is the sentence and `base` its offset.
        lexicon: the words of its language.
        gazetteer: outlets, places and given names.
        places: spans of words that are places.
        known: surnames met earlier in the text, by the offset of the full name.
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
    ) -> None:
        self.words = words
        self.text = text
        self.base = base
        self.lexicon = lexicon
        self.gazetteer = gazetteer
        self.known = known
        self.places = places
        self.taken: set[int] = set()
        self.spots: list[Spot] = []
        self._placed = {at for first, last in places for at in range(first, last)}
        self._titles: set[int] = set()

    def find(self) -> list[Spot]:
        """Return the spots in order, none overlapping another."""
        self._outlets()
        hits = [hit for hit in self._hits() if not self._is_taken(hit.first, hit.last)]
        self._bodies(hit for hit in hits if hit.what.group in ("bodies", "court", "outlets"))
        self._companies()
        self._titles = {at for hit in hits if hit.what.group == "titles" for at in range(hit.first, hit.last)}
        roles = [hit for hit in hits if hit.what.group in ("roles", "people", "pronouns")]
        self._names(roles)
        for hit in roles:
            if not self._is_taken(hit.first, hit.last):
                self._role(hit)
        self._ages()
        self.spots.sort(key=lambda spot: spot.first)
        return self.spots

    def _hits(self) -> list[Hit[Term]]:
        return self.lexicon.who.find(self.words)

    def _is_taken(self, first: int, last: int) -> bool:
        return any(at in self.taken for at in range(first, last))

    def _add(self, sort: Sort, key: str, first: int, last: int, name: str = "", head: str = "", **more: int | None) -> None:
        start, end = self.words[first].start, self.words[last - 1].end
        text = self.text[start - self.base : end - self.base]
        mention = Mention(_KINDS.get(sort, "person"), text, start, end, name, head, more.get("age"), more.get("birth_year"), more.get("refers_to"))
        self.spots.append(Spot(mention, sort, key, first, last))
        self.taken.update(range(first, last))

    def _span(self, first: int, last: int) -> str:
        return self.text[self.words[first].start - self.base : self.words[last - 1].end - self.base]

    def _outlets(self) -> None:
        for first, last, outlet in self.gazetteer.find_outlets(self.words, self.lexicon.language):
            if self._is_taken(first, last) or (outlet.weak and not self._backed(first, last)):
                continue
            self._add("outlet", outlet.key, first, last, outlet.names[0], "")

    def _backed(self, first: int, last: int) -> bool:
        """Whether a name that is an ordinary word too is meant as an outlet: quoted, or beside a word that says so."""
        before = self.words[first - 1] if first else None
        if before is not None and before.text in _OPEN:
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

    def _bodies(self, hits: object) -> None:
        for hit in hits:  # type: ignore[attr-defined]
            if hit.what.group == "outlets":
                if hit.what.name == "outlet" and self._named_outlet(hit):
                    continue
                sort: Sort = "media" if hit.what.name == "media" else "outlet-word"
                key = ""
            elif hit.what.group == "court":
                sort, key = "court", "court"
            else:
                sort, key = ("authorities", "") if hit.what.name == "authorities" else ("authority", hit.what.name)
            first = self._leftwards(hit.first)
            head = fold(self._span(hit.first, hit.last))
            name = self._span(hit.first, hit.last) if self.words[hit.first].capital and not self.lexicon.german else ""
            self._add(sort, key, first, hit.last, name, head)

    def _named_outlet(self, hit: Hit[Term]) -> bool:
        """Take an outlet that is not known by the name behind a word for one: "the tabloid Rheinblick", газета «Берег»."""
        to = hit.last
        if to >= len(self.words):
            return False
        quoted = self.words[to].text in _OPEN
        begin = to + 1 if quoted else to
        end = self._quoted(begin) if quoted else begin
        while not quoted and end < len(self.words) and end - begin < 3 and self.words[end].capital and end not in self._placed and end not in self.taken:
            end += 1
        if end <= begin or self._is_taken(begin, end) or not self.words[begin].capital:
            return False
        name = self._span(begin, end)
        self._add("outlet", normalised(name), self._leftwards(hit.first), end + (1 if quoted else 0), name, "")
        return True

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
        if hit is not None and hit.last == at + 1 and word.text not in _QUOTES:
            return True
        if word.text[0].isdigit():
            return at + 1 < len(self.words)
        table = self.lexicon.numbers
        return table is not None and len(word.low) > 2 and word.low in table.phrases and all(part.kind == "card" for _, part in table.phrases[word.low])

    def _companies(self) -> None:
        """Names with a legal form, and names behind a word for a company ("defence contractor RUSARM", «завод «Заря»»)."""
        for at in range(len(self.words)):
            word = self.words[at]
            if at in self.taken or not word.text[0].isalpha():
                continue
            lead = self.lexicon.leads.at(self.words, at)
            if lead is not None:
                to = lead.last
                quoted = to < len(self.words) and self.words[to].text in _OPEN
                begin = to + 1 if quoted else to
                end = self._quoted(begin) if quoted else self._capitals(begin)
                if end > begin and not self._is_taken(begin, end):
                    self._add("company", "", self._leftwards(at), end + (1 if quoted else 0), self._span(begin, end), fold(self._span(at, to)))
                continue
            if word.low in self.lexicon.legal and at and word.capital or word.text in ("GmbH", "LLC", "Ltd", "SRL", "SpA"):
                begin = at
                while begin > 0 and begin - 1 not in self.taken and self.words[begin - 1].capital and at - begin < 4:
                    begin -= 1
                if begin < at:
                    self._add("company", "", begin, at + 1, self._span(begin, at + 1), "")

    def _quoted(self, begin: int) -> int:
        for at in range(begin, min(begin + 6, len(self.words))):
            if self.words[at].text in _QUOTES:
                return at
        return begin

    def _capitals(self, begin: int) -> int:
        at = begin
        while at < len(self.words) and at - begin < 4 and self.words[at].capital and at not in self.taken and at not in self._placed:
            at += 1
        return at if not self.lexicon.german or at - begin >= 1 and any(self.words[k].text.isupper() for k in range(begin, at)) else begin

    def _names(self, roles: Sequence[Hit[Term]]) -> None:
        ends = {hit.last: hit for hit in roles if hit.what.group == "roles"}
        starts = {at for hit in roles for at in range(hit.first, hit.last)}
        at = 0
        while at < len(self.words):
            stops = self.taken | (starts - {at})
            if at in self.taken or at in starts or at in self._titles or not (self.words[at].capital or self.words[at].low in ("al", "аль")):
                at += 1
                continue
            last = row_of_names(self.words, at, self.lexicon.particles, stops)
            if last <= at or not self._add_name(at, last, ends):
                at += 1
            else:
                at = max(last, at + 1)

    def _add_name(self, first: int, last: int, ends: Mapping[int, Hit[Term]]) -> bool:
        while last > first and self.words[last - 1].text == "." and not initial(self.words, last - 2):
            last -= 1
        if first == 0 and last - first > 1 and self._common(self.words[0]):
            first = 1
        count = sum(word.text[0].isalpha() for word in self.words[first:last])
        titled = first > 0 and (first - 1 in self._titles or (first > 1 and self.words[first - 1].text == "." and first - 2 in self._titles))
        office = ends.get(first)
        age, after = self._age_behind(last)
        strong = looks_like_name(self.words, first, last, self.gazetteer.given_names, self.gazetteer.given_stems)
        again = self._again(first, last)
        placed = all(at in self._placed for at in range(first, last) if self.words[at].text[0].isalpha())
        if placed and not (strong and count > 1) and not titled:
            return False
        if not (titled or strong or again is not None or self._told(first, last, count, age, office)):
            return False
        begin = first
        if titled:
            begin = first - 1
            while begin > 0 and (begin - 1 in self._titles or self.words[begin - 1].text == ".") and begin not in self.taken:
                begin -= 1
        head, sort = "", "name"
        office = ends.get(begin) or office
        if office is not None and not self._is_taken(office.first, office.last):
            begin = self._leftwards(office.first)
            head = fold(self._span(office.first, office.last))
            sort = _ROLES[office.what.name]
        elif titled:
            head = fold(self._span(begin, first)).rstrip(".")
        if age is None:
            age = self._age_in(begin, first)
        born = self.lexicon.around.at(self.words, after) if after < len(self.words) else None
        year = None
        if born is not None and born.what.group == "born":
            year, after = _number(self.words, born), born.last
        self._add(sort if sort in _HUMAN else "name", "", begin, after, self._span(first, last), head, age=age, birth_year=year, refers_to=again)  # type: ignore[arg-type]
        return True

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
        said = self.lexicon.speech.at(self.words, last) if last < len(self.words) else None
        if said is not None and said.what.name in ("say", "tell"):
            return True
        return False

    def _common(self, word: Word) -> bool:
        return word.low not in self.gazetteer.given_names and len(word.low) < 5

    def _again(self, first: int, last: int) -> int | None:
        """Return the start of the earlier full name that a single name takes up, or None."""
        if last - first != 1:
            return None
        known = self.known.get(stem(self.words[first].low))
        return known.start if known is not None else None

    def _age_behind(self, last: int) -> tuple[int | None, int]:
        """Return an age behind a name (", 34,", "(34)", ", 34 ans"), and where it ends."""
        words = self.words
        if last + 1 < len(words) and words[last].text in (",", "(") and words[last + 1].text.isdigit() and len(words[last + 1].text) == 2:
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
            self._add("pronoun", "", hit.first, hit.last, "", words[hit.first].low)
            return
        first = self._leftwards(hit.first)
        last, age, born = self._behind(hit.last)
        if age is None:
            age = self._age_in(first, hit.first)
        sort = "people" if hit.what.group == "people" else _ROLES[hit.what.name]
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
        return True

    def _several(self, first: int, last: int) -> bool:
        """Whether a number above one stands among the words before a noun."""
        table = self.lexicon.numbers
        for at in range(first, last):
            low = self.words[at].low
            if self.words[at].text.isdigit() and self.words[at].text != "1" and (at + 1 == last or self.words[at + 1].text.isalpha()):
                return True
            if table is not None and any(part.kind == "card" and part.value >= 2 for _, part in table.phrases.get(low, ())):
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
            if hit.what.group == "age":
                age = _number(self.words, hit)
            elif hit.what.group == "born":
                born = _number(self.words, hit)
            at = hit.last
        return at, age, born

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
