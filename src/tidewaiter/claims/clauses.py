"""A sentence cut into clauses and the predicates found in them, each with the stretch of words it rules over."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from tidewaiter.claims.compiled import CompiledWords
from tidewaiter.claims.cues import Found
from tidewaiter.claims.sentences import Sentence, Token
from tidewaiter.claims.verb_final import in_frames
from tidewaiter.claims.voicing import voiced
from tidewaiter.model.claims import PassageKind, Predicate
from tidewaiter.packs.report_words import CueRow

_HARD = frozenset({";"})
_WEAK = frozenset(
    {"goods-are", "stated", "figure-stated", "motive-alleged"}
)  # their words stand in other predicates too
EMBEDDED = 14  # tokens of a clause set between commas
NEXT_VERB = 4  # tokens from "and" within which a predicate makes it the beginning of a clause
CueAt = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Hit:
    """A predicate cue in a sentence: tokens `first` to `last`, its row, and its stretch (all token numbers, end exclusive).

    `clause` is the clause it begins in; `left` where its own words begin behind the predicate before it, `right` where the next begins.
    A verb that ends its clause has in `frame` the token of its finite verb, in `turned` its voice (`passive` or `final`).
    """

    first: int
    last: int
    row: CueRow
    clause: tuple[int, int]
    left: int
    right: int
    frame: int = -1
    turned: str = ""

    @property
    def predicate(self) -> Predicate:
        """What the cue says."""
        return Predicate(self.row.values["is"])

    @property
    def voice(self) -> str:
        """Where its slots stand: passive, active, final or noun."""
        return self.turned or self.row.values.get("voice", "active")


@dataclass(frozen=True, slots=True)
class Parsed:
    """A sentence with its marks by section, its clauses (token ranges) and its predicates."""

    sentence: Sentence
    marks: tuple[Found[str], ...]
    clauses: tuple[tuple[int, int], ...]
    hits: tuple[Hit, ...]
    shaped: bool = False  # whether the words of the language say where a phrase ends
    displaced: tuple[Found[CueRow], ...] = ()  # predicate cues that gave way to a longer one

    def of(self, *sections: str) -> list[Found[str]]:
        """Return the marks of some sections, in order."""
        return [mark for mark in self.marks if mark.value in sections]


def parse(
    sentence: Sentence, words: CompiledWords, without: Collection[CueAt] = frozenset(), known: Parsed | None = None
) -> Parsed:
    """Return a sentence parsed with the words of its language.

    Args:
        sentence: the sentence.
        words: the words of its language.
        without: cues that are not to be read, as `cue_at` gives them: what they need was not there.
        known: the sentence as parsed before, whose marks are taken over.
    """
    tokens = sentence.tokens
    marks = known.marks if known is not None else tuple(words.marks.find(tokens))
    cues, displaced = _predicates(words, tokens, sentence.passage, without)
    clauses = _clauses(tokens, marks, cues)
    shaped = bool(words.words.list("noun_stops"))
    hits = _hits(cues, clauses)
    made = voiced(hits, marks, tokens, words) if shaped else tuple(in_frames(hits, marks, tokens))
    return Parsed(sentence, marks, clauses, made, shaped, displaced)


def cue_at(last: int, row: CueRow) -> CueAt:
    """Return what tells a cue from others of its sentence: where it ends and its row."""
    return last, id(row)


def fall_back(parsed: Parsed, failing: Collection[Hit]) -> frozenset[CueAt]:
    """Return the cues among failing predicates that a shorter one stands behind, so that it is worth reading without them."""
    return frozenset(
        cue_at(hit.last, hit.row)
        for hit in failing
        if any(hit.first < other.last and other.first < hit.last for other in parsed.displaced)
    )


def _predicates(
    words: CompiledWords, tokens: Sequence[Token], passage: PassageKind, without: Collection[CueAt]
) -> tuple[list[Found[CueRow]], tuple[Found[CueRow], ...]]:
    """Return predicate cues and those they displaced: of those that overlap the longest is read, of equals the first written; weak ones after all others."""
    order = {id(row): number for number, row in enumerate(words.words.rows_of("predicates"))}
    found = [hit for hit in words.rows["predicates"].find(tokens) if _stands(hit, tokens, passage)]
    if without:
        found = [hit for hit in found if cue_at(hit.last, hit.value) not in without]
    kept: list[Found[CueRow]] = []
    displaced: list[Found[CueRow]] = []
    for hit in sorted(
        found, key=lambda h: (h.value.values["is"] in _WEAK, h.first - h.last, order[id(h.value)], h.first)
    ):
        clash = next((other for other in kept if hit.first < other.last and other.first < hit.last), None)
        if clash is None:
            kept.append(hit)
        elif clash.value is not hit.value:
            displaced.append(hit)
    return sorted(kept, key=lambda h: h.first), tuple(displaced)


def _stands(hit: Found[CueRow], tokens: Sequence[Token], passage: PassageKind) -> bool:
    """Return whether a cue stands where its row wants it: a bare participle is a verb in a headline, or first behind a mark."""
    if hit.value.values.get("at") != "start" or passage == "headline":
        return True
    return hit.first == 0 or not tokens[hit.first - 1].text[0].isalnum()


def _clauses(
    tokens: Sequence[Token], marks: Sequence[Found[str]], cues: Sequence[Found[CueRow]]
) -> tuple[tuple[int, int], ...]:
    starts = {0}
    begins = {cue.first for cue in cues}
    inside = {at for cue in cues for at in range(cue.first + 1, cue.last)}
    for at, token in enumerate(tokens):
        if token.text in _HARD and at + 1 < len(tokens):
            starts.add(at + 1)
    for mark in marks:
        if mark.value in ("clause_breaks", "asked") or (
            mark.value == "conjunctions"
            and _verb_follows(mark.last, tokens, begins)
            and _verb_before(mark.first, begins, starts)
        ):
            starts.add(mark.first)
    starts |= _after_embedded(tokens, marks)
    cuts = sorted(at for at in starts if at not in inside)
    return tuple(zip(cuts, [*cuts[1:], len(tokens)], strict=True))


def _after_embedded(tokens: Sequence[Token], marks: Sequence[Found[str]]) -> set[int]:
    """Return where the main clause goes on behind one set between commas: "the man, who has not been named, denies it"."""
    found = set()
    for mark in marks:
        if (
            mark.value == "clause_breaks"
            and mark.first > 1
            and "," in (tokens[mark.first].text, tokens[mark.first - 1].text)
        ):
            for at in range(mark.last, min(len(tokens) - 1, mark.last + EMBEDDED)):
                if tokens[at].text == ",":
                    found.add(at + 1)
                    break
    return found


def _verb_follows(at: int, tokens: Sequence[Token], begins: set[int]) -> bool:
    for step in range(at, min(len(tokens), at + NEXT_VERB)):
        if step in begins:
            return True
        if tokens[step].text == ",":
            return False
    return False


def _verb_before(at: int, begins: set[int], starts: set[int]) -> bool:
    start = max((begin for begin in starts if begin <= at), default=0)
    return any(start <= begin < at for begin in begins)


def _hits(cues: Sequence[Found[CueRow]], clauses: Sequence[tuple[int, int]]) -> list[Hit]:
    found = []
    for number, cue in enumerate(cues):
        clause = next((c for c in reversed(clauses) if c[0] <= cue.first), clauses[0])
        before = cues[number - 1].last if number else 0
        after = cues[number + 1].first if number + 1 < len(cues) else clause[1]
        found.append(
            Hit(cue.first, cue.last, cue.value, clause, max(clause[0], before), max(cue.last, min(clause[1], after)))
        )
    return found


__all__ = ["CueAt", "Hit", "Parsed", "cue_at", "fall_back", "parse"]
