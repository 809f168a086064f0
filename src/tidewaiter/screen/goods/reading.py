"""Read one description: which terms stand where, in which segment, and what role each concept plays in the sentence.

A concept is what the goods *are*, what they are *for* (after "for", "для", "用于"), what they are an *accessory of* ("drone
case"), or it is *negated* ("toy drone"). Every later step works on these hits.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple

from tidewaiter.screen.goods.lexicon import (
    AGAINST,
    CONNECTOR,
    CONTEXT,
    FOR,
    FOR_AFTER,
    HEAD,
    HEAD_AFTER,
    HEAD_BEFORE,
    NEGATOR,
    NOT,
    STRONG,
    UNNEGATOR,
    WEAK,
    Lexicon,
    Term,
    kin_of,
)
from tidewaiter.text.fold import Folded, fold, fold_text, romanise
from tidewaiter.text.identifiers import find_cas, find_stock_numbers
from tidewaiter.text.numerals import Numbered, Numerals
from tidewaiter.text.terms import TermMatch, Words, words_of
from tidewaiter.text.units import Quantity, find_quantities

HEAD_REACH = 2  # an accessory head stands at most this many words from the thing
SURE_ALONE = 9  # letters of a misspelt word that may name a thing with no other word beside it
_OTHER_WORD = ("ic", "ing", "ed")  # endings that make another word of a stem
HEAD_FINAL = {"en", "de", "zh"}  # languages whose compound ends in its head


class Hit(NamedTuple):
    """One name of a concept found in the text. Positions are in the folded text; `first`/`last` are word numbers.

    `identifier` says that the name is a number of the thing: `cas` (a substance) or `nsn` (the class of a stock number).
    `edits` counts the typing errors put right in it; `loose` says that its words stand apart or in another order.
    """

    concept: str
    term: Term | None
    start: int
    end: int
    first: int
    last: int
    segment: int
    strong: bool
    model: int = -1
    identifier: str = ""
    edits: int = 0
    loose: bool = False


class Word(NamedTuple):
    """A matched word that is not a concept name: a negator, a marker, a parameter value."""

    term: Term
    start: int
    end: int
    first: int
    last: int
    segment: int


@dataclass(frozen=True)
class Reading:
    """What was found in one description."""

    folded: Folded
    words: Words
    hits: tuple[Hit, ...]
    others: tuple[Word, ...]
    segments: tuple[tuple[int, int], ...]
    numerals: Numerals

    @cached_property
    def numbered(self) -> Numbered:
        """The folded text with numbers in words as figures, where something beside them wants a number."""
        languages = {hit.term.language for hit in self.hits if hit.term is not None}
        languages.update(word.term.language for word in self.others)
        text, original = self.folded.text, self.folded.original
        cased = original if len(original) == len(text) else ""
        return self.numerals.figures(text, cased, frozenset(languages))

    @cached_property
    def quantities(self) -> tuple[Quantity, ...]:
        """Every number with a unit, in figures or in words; spans are in the folded text."""
        numbered = self.numbered
        return tuple(
            replace(found, start=numbered.back(found.start), end=numbered.back(found.end, True))
            for found in find_quantities(numbered.text, numbered.cased)
        )

    def of_kind(self, kind: int) -> list[Word]:
        """Return the other words of one kind."""
        return [word for word in self.others if word.term.kind == kind]


def read_description(text: str, lexicon: Lexicon) -> Reading:
    """Read a description; positions refer to the folded text, whose `span` leads back to the original."""
    folded = fold(text)
    plain = words_of(folded)
    words = lexicon.index.repair(plain)
    matches = lexicon.index.find(folded, words)
    kinds = _kinds_of(matches, lexicon)
    if STRONG not in kinds:
        once_more = lexicon.index.repair(plain, again=True)
        if once_more != words:
            words, matches = once_more, lexicon.index.find(folded, once_more)
            kinds = _kinds_of(matches, lexicon)
    designators = _designators(folded, words, lexicon)
    identifiers = _identifiers(folded, lexicon)
    loosely = lexicon.loose.find(words)
    if not (designators or identifiers or loosely or WEAK in kinds or STRONG in kinds):
        return Reading(folded, words, (), (), (), lexicon.numerals)
    segments = _segments(folded, lexicon)
    names: list[Hit] = []
    others: list[Word] = []
    for match in matches:
        term = lexicon.terms[match.term]
        segment = _segment_of(match.start, segments)
        if term.kind in (STRONG, WEAK):
            edits = words.edits_in(match.first, match.last)
            strong = term.kind == STRONG
            if edits and (not strong or (match.last - match.first == 1 and match.end - match.start < SURE_ALONE)):
                continue  # a short word read as another is too little to name a thing by itself
            names.append(
                Hit(term.owner, term, match.start, match.end, match.first, match.last, segment, strong, edits=edits)
            )
        elif (term.kind == AGAINST and fold_text(term.text) != folded.text[match.start : match.end]) or (
            term.kind in (NEGATOR, NOT) and not _says(term, folded.text[match.start : match.end])
        ):
            continue
        else:
            others.append(Word(term, match.start, match.end, match.first, match.last, segment))
    if loosely:
        names.extend(_loosely(loosely, words, others, segments, lexicon, [name for name in names if name.strong]))
    for concept, number, start, end, first, last in designators:
        names.append(Hit(concept, None, start, end, first, last, _segment_of(start, segments), True, number))
    for concept, kind, start, end in identifiers:
        names.append(Hit(concept, None, start, end, -1, -1, _segment_of(start, segments), True, identifier=kind))
    return Reading(folded, words, tuple(_longest(names)), tuple(others), segments, lexicon.numerals)


def _kinds_of(matches: list[TermMatch], lexicon: Lexicon) -> set[int]:
    terms = lexicon.terms
    return {terms[match.term].kind for match in matches}


def _loosely(
    matches: list[TermMatch],
    words: Words,
    others: list[Word],
    segments: tuple[tuple[int, int], ...],
    lexicon: Lexicon,
    strong: list[Hit],
) -> list[Hit]:
    """Return the names whose words stand apart or in another order, within a segment and not across a "with".

    Where names are found word by word, only those that say more: `casque militaire pare-balles` is a `casque militaire`.
    """
    connectors = [word.first for word in others if word.term.kind == CONNECTOR]
    found = []
    for match in matches:
        if strong and not any(
            match.first <= hit.first and hit.last <= match.last and hit.last - hit.first < match.last - match.first
            for hit in strong
        ):
            continue
        segment = _segment_of(match.start, segments)
        if match.end > segments[segment][1] or any(match.first < word < match.last for word in connectors):
            continue  # two things, not one name
        term = lexicon.terms[match.term]
        edits = words.edits_in(match.first, match.last)
        found.append(
            Hit(
                term.owner,
                term,
                match.start,
                match.end,
                match.first,
                match.last,
                segment,
                True,
                edits=edits,
                loose=True,
            )
        )
    return found


def _says(term: Term, found: str) -> bool:
    """Return whether a word that would negate is that word itself: `magnet` is not in `magnetic`, `1:6` is not `1.6`.

    Stems are too wide for words that take a thing away; a plural still counts.
    """
    if term.language not in ("en", "de", "fr", "es"):
        return True
    text = fold_text(term.text)
    if text.isascii() and not text.replace(" ", "").isalpha():
        return text == found
    if found.rstrip("s").endswith("ee") and not text.rstrip("s").endswith("e"):
        return False  # décorée is not décoratif; neutralisée is neutralisé
    return not found.endswith(_OTHER_WORD) or all(text.endswith(e) for e in _OTHER_WORD if found.endswith(e))


def _identifiers(folded: Folded, lexicon: Lexicon) -> list[tuple[str, str, int, int]]:
    """Return (concept, kind of number, start, end) of the CAS and stock numbers that are a concept's."""
    text = folded.text
    if "-" not in text and "nsn" not in text:
        return []
    found = [(c, "cas", i.start, i.end) for i in find_cas(text) for c in lexicon.cas.get(i.number, ())]
    found += [(c, "nsn", i.start, i.end) for i in find_stock_numbers(text) for c in lexicon.fsc.get(i.number, ())]
    return found


def _segments(folded: Folded, lexicon: Lexicon) -> tuple[tuple[int, int], ...]:
    bounds = []
    start = 0
    text = folded.text
    for match in lexicon.separators.finditer(text):
        if match.group() == "," and (_is_decimal(text, match.start()) or _in_formula(text, match.start())):
            continue
        bounds.append((start, match.start()))
        start = match.end()
    bounds.append((start, len(text)))
    return tuple(bounds)


def _is_decimal(text: str, at: int) -> bool:
    return 0 < at < len(text) - 1 and text[at - 1].isdigit() and text[at + 1].isdigit()


def _in_formula(text: str, at: int) -> bool:
    """A comma inside a chemical name stands between single letters or digits: `n,n-diisopropyl`, `1,3,5-trinitro`."""
    before = text[max(0, at - 2) : at].strip(" ,(-")
    return len(before) == 1 and text[at + 1 : at + 2].isalnum() and not text[at + 2 : at + 3].isalpha()


def _segment_of(position: int, segments: tuple[tuple[int, int], ...]) -> int:
    for number, (_, end) in enumerate(segments):
        if position <= end:
            return number
    return len(segments) - 1


def _longest(hits: list[Hit]) -> list[Hit]:
    """Drop a hit that lies inside a longer hit of another name; of two that overlap in part keep the one that holds the head."""
    kept: list[Hit] = []
    for hit in sorted(hits, key=lambda h: (h.start - h.end, h.start, not h.strong, h.concept)):
        if not any(_loses(hit, other) for other in kept):
            kept.append(hit)
    return sorted(kept, key=lambda h: (h.start, h.end, h.concept))


def _loses(hit: Hit, other: Hit) -> bool:
    if hit.end <= other.start or other.end <= hit.start:
        return False
    if hit.model >= 0 and other.model >= 0 and other.start <= hit.start and hit.end <= other.end:
        return (hit.start, hit.end) != (other.start, other.end)  # RTX 4090 D is not an RTX 4090
    if other.loose and not hit.loose:
        return False  # what stands word by word is heard beside it
    if hit.model >= 0 and hit.concept == other.concept:
        return False  # a designation inside a longer name of the same kind still says what it implies
    same = (hit.start, hit.end) == (other.start, other.end)
    if same:
        return hit.concept == other.concept or (other.strong and not hit.strong)
    if hit.start >= other.start and hit.end <= other.end:
        return True
    language = hit.term.language if hit.term is not None else ""
    later = hit.end > other.end
    return not later if language in HEAD_FINAL else later


def _designators(folded: Folded, words: Words, lexicon: Lexicon) -> list[tuple[str, int, int, int, int, int]]:
    """Match designator patterns on romanised words joined without separators, from word border to word border."""
    if not any(map(str.isdigit, folded.text)):
        return []
    roman = [_designator_key(word) for word in words.words]
    found = []
    for first in range(len(roman)):
        joined = "".join(roman[first : first + 5])
        candidates = lexicon.designators.get(joined[:2])
        if not candidates:
            continue
        ends = _ends(roman, first)
        for designator in candidates:
            best = 0
            for stop, length in ends:
                if designator.regex.fullmatch(joined, 0, length):
                    best = stop
            if best:
                start, end = words.starts[first], words.ends[best - 1]
                number = _model_number(lexicon, designator.concept, designator.model.pattern)
                found.append((designator.concept, number, start, end, first, best))
    return found


def _ends(roman: list[str], first: int) -> list[tuple[int, int]]:
    ends, length = [], 0
    for stop in range(first, min(first + 5, len(roman))):
        length += len(roman[stop])
        ends.append((stop + 1, length))
    return ends


def _model_number(lexicon: Lexicon, concept: str, pattern: str) -> int:
    for number, model in enumerate(lexicon.packs.concepts[concept].models):
        if model.pattern == pattern:
            return number
    return -1


def _designator_key(word: str) -> str:
    return romanise(word)


@dataclass(frozen=True, slots=True)
class Role:
    """What a hit is in its sentence, and the word that says so."""

    role: str
    because: Word | None = None
    group: str = ""


def role_of(hit: Hit, reading: Reading, lexicon: Lexicon) -> Role:
    """Return the role of a hit: `is`, `served`, `accessory` or `negated`, with the word that decided."""
    concept = lexicon.packs.concepts[hit.concept]
    negator = _negator(hit, reading)
    if negator is not None:
        return negator
    marker = _against(hit, reading) or _marker_before(hit, reading) or _marker_after(hit, reading)
    if marker is not None:
        return Role("served", marker)
    head = _head(hit, reading, set(concept.heads))
    if head is not None:
        return Role("accessory", head)
    return Role("is")


def _against(hit: Hit, reading: Reading) -> Word | None:
    """A word right before the thing that says the goods work against it: "anti drone gun"."""
    for word in reading.of_kind(AGAINST):
        if word.end <= hit.start and hit.start - word.end <= 1:
            return word
    return None


def _negator(hit: Hit, reading: Reading) -> Role | None:
    undone = reading.of_kind(UNNEGATOR)
    pretext: Role | None = None
    for word in reading.others:
        if word.term.kind == NOT and word.term.owner != hit.concept:
            continue
        if word.term.kind not in (NOT, NEGATOR) or word.segment != hit.segment:
            continue
        if any(undo.start <= word.start and word.end <= undo.end for undo in undone):
            continue
        if hit.start <= word.start and word.end <= hit.end:
            continue  # the negator is part of the name itself
        if word.term.kind == NEGATOR and word.term.owner == "pretext":
            pretext = Role("pretext", word, "pretext")
            continue
        return Role("negated", word, word.term.owner if word.term.kind == NEGATOR else "other trade")
    return pretext


def _marker_before(hit: Hit, reading: Reading) -> Word | None:
    """A "for" in the same segment before the thing, with another thing named before the marker."""
    chinese = hit.first < 0
    for word in reading.others:
        if word.term.kind != FOR or word.segment != hit.segment:
            continue
        before = word.end <= hit.start
        if before and word.start > reading.segments[hit.segment][0] + 1:
            return word
        if chinese and word.term.language == "zh" and word.start >= hit.end and word.start - hit.end <= 1:
            return word  # 无人机用电池: the thing served stands before 用
    return None


def _marker_after(hit: Hit, reading: Reading) -> Word | None:
    """A "for" right behind the thing, as Turkish has it: "dron için motor" is a motor."""
    for word in reading.of_kind(FOR_AFTER):
        if word.segment == hit.segment and word.start >= hit.end and _near(hit.last, word.first, word.start - hit.end):
            return word
    return None


def _head(hit: Hit, reading: Reading, own_heads: set[str]) -> Word | None:
    """An accessory head next to the thing: after it in English, German and Chinese, before it elsewhere."""
    connectors = [word for word in reading.of_kind(CONNECTOR) if word.segment == hit.segment]
    for word in reading.others:
        if word.segment != hit.segment:
            continue
        kind = word.term.kind
        if kind == HEAD and word.term.owner == hit.concept:
            kind = HEAD_AFTER
        if kind == HEAD_AFTER and word.start >= hit.end and _near(hit.last, word.first, word.start - hit.end):
            if not any(hit.end <= c.start and c.end <= word.start for c in connectors):
                return word
        elif kind == HEAD_BEFORE and word.end <= hit.start and _near(word.last, hit.first, hit.start - word.end):
            if not any(word.end <= c.start and c.end <= hit.start for c in connectors):
                return word
    return None


def _near(left: int, right: int, gap: int) -> bool:
    return right - left <= HEAD_REACH if left >= 0 and right >= 0 else gap <= 2


def company_of(hit: Hit, reading: Reading, lexicon: Lexicon) -> Hit | None:
    """Return another name beside a weak one that carries it: a further weak name of the same kind, or one of its family."""
    concepts = lexicon.packs.concepts
    family = kin_of(concepts[hit.concept].family)
    for other in reading.hits:
        if other is hit or not (other.end <= hit.start or other.start >= hit.end):
            continue
        if other.concept == hit.concept:
            return other
        if (other.strong or other.model >= 0) and kin_of(concepts[other.concept].family) == family:
            return other
    return None


def context_of(hit: Hit, reading: Reading) -> Word | None:
    """Return a context word of the concept elsewhere in the text (it makes a weak name count)."""
    for word in reading.others:
        if (
            word.term.kind == CONTEXT
            and word.term.owner == hit.concept
            and (word.end <= hit.start or word.start >= hit.end)
        ):
            return word
    return None


__all__ = ["Hit", "Reading", "Role", "TermMatch", "Word", "context_of", "read_description", "role_of"]
