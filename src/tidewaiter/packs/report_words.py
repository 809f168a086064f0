"""The words of reports in one language, as a pack states them: cues with what each says. `docs/reference/pack-format.md` has the form.

Three shapes: a list of cues; cues by a key; rows of cues with named values. What each section means stands in `SECTIONS`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from tidewaiter.model.claims import LegalStatus, Predicate
from tidewaiter.packs.cue_text import CuePart, parse_cue

VOICES = ("passive", "active", "final", "noun")

Shape = Literal["cues", "keyed", "rows"]

# Lists of cues.
LISTS: Mapping[str, str] = {
    "abbreviations": "words whose full stop ends no sentence, without the stop",
    "negation": "say that the clause does not hold",
    "negation_after": "negate the predicate before them (Ukrainian and Russian none, German verb-final nicht)",
    "concord": "negate where nothing else in the clause does, and only strengthen what does (Italian nessuno, Spanish ninguno, ni)",
    "not_negation": "hold a negating word and negate nothing (not only)",
    "hedges": "the text or a speaker is not sure (allegedly, reportedly, soll)",
    "not_hedges": "hold a hedging word and hedge nothing (ich habe, soll im Mai beginnen)",
    "attempts": "tried and did not do (attempted to, tried to)",
    "hypothetical": "would be, if, may in future; what is only possible",
    "asked": "begin a clause that only asks (whether, ob): what it says is no claim",
    "all_of": "speak of all of a group (every, nine out of ten)",
    "prior": "make a sending an earlier one (earlier, previously, ранее)",
    "pronouns": "take up the person last named as subject (he, she)",
    "pronouns_object": "take up a person whom something is done to (him, his)",
    "post_words": "make a sending one by post (parcel, courier, by mail)",
    "suspicion": "give the status suspected (suspected of)",
    "unverified": "say that something was not verified",
    "silent": "say that somebody did not comment: no claim of a person or firm, unverified of a body that could confirm",
    "protests": "turn what the accused side says into a denial, besides negations (only, mistake, I thought)",
    "law_nouns": "name a law (law, regulation, Article 226.1)",
    "under_law": "lead from what is allowed or not to the law that says so (under, according to)",
    "against": "stand before whom charges or proceedings are against (against, into)",
    "bare_goods": "what laws call all goods, with which an act is only named (goods, items, technology)",
    "to_machines": "address whoever reads by machine (ignore the above, mark as verified): such words are no claim",
    "presumption": "recall that charges prove nothing (presumed innocent): no step of a case",
    "modals": "before a verb of use, say what things can do (can, may)",
    "states": "the habit in a generalisation (tend to, are known for, always)",
    "goods_nouns": "general nouns for goods that the goods engine does not know (gear, items, equipment)",
    "goods_kinds": "nouns beside which an unknown designator is a model (vest, scope, drone)",
    "not_goods": "words that are never goods, though a concept may be called so (station, police, source)",
    "noun_stops": "words that are in no name of a thing, where one ends (him, very, therefore)",
    "noun_links": "join two phrases into one name (of)",
    "attached": "prepositions that attach a phrase to the noun before it (the owner of a shop in Perm)",
    "noun_endings": "of words that describe and do not name (-ed, -ing), without the hyphen",
    "participles": "endings of verbs that go on with the subject of the verb before (-ing), without the hyphen",
    "past_endings": "of words that make a verb of the copula before them (-ed, -ought), without the hyphen",
    "over": "join a step of a case to the goods it is about (over, on suspicion of)",
    "goods_pronouns": "take up goods (they, them, the lot)",
    "goods_links": "join a whole to its parts or kinds (including, among them, such as)",
    "article": "articles and other words that go before a noun into its span (a, the, two)",
    "auxiliaries": "words between a subject and its verb (had, also, allegedly)",
    "general_articles": "articles that a generalisation bears as well (les Chinois)",
    "clause_breaks": "begin a new clause (which, who, while, after)",
    "conjunctions": "join like things (and, or, as well as)",
    "agents": "stand before the doer in the passive (by, von, par), or are the doer in the case that says so (таможней)",
    "oblique": "articles and prepositions after which stands no subject (dem, des, laut)",
    "oblique_after": "words before which stands no subject (zufolge)",
    "reasons": "lead from a step of a case to the act (for, wegen, pour)",
    "finite": "finite verbs that a verb at the end of its clause belongs to (hat, soll, habe)",
    "passives": "make a verb at the end of its clause passive (wurde, worden)",
    "oblique_cases": "words and endings (*ого) with which a mention begins that is never the doer",
    "relatives": "begin a clause about the one named before it (who, который)",
    "plurals": "endings (*ли) of verbs that have no doer but one in their own clause (нашли, розбирають)",
    "sources": "stand before the one on whose word something is said, who does nothing by it (according to)",
    "copula": "join goods to what they are (is, are, proved to be)",
    "copula_bare": "is, was: what goods are, where no verb and no place follows",
    "copula_not": "words behind a bare copula that say where or how something is, not what (in, at, being)",
    "nationalities": "adjectives and nouns of nations; never a slot, read only to leave them out of models and to find generalisations",
    "groups_of_people": "plural nouns of which a generalisation speaks (nationals, students, volunteers)",
    "months": "words before which a number with a full stop is an ordinal (German: 3. März)",
}

# Cues by key: what the key is.
KEYED: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "prepositions": ("what the place behind them is", ("from", "to", "via", "in")),
}

# Rows: the values a row may have, with the allowed words; () is any text.
ROWS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "predicates": {
        "is": tuple(Predicate),
        "voice": VOICES,
        "status": tuple(LegalStatus),
        "modality": ("asserted", "hedged", "attempted", "hypothetical"),
        "polarity": ("affirmed", "negated"),
        "at": ("start",),
        "needs": ("goods", "known-goods", "person", "place", "number", "law", "goods-or-person", "nobody", "quotation"),
        "goods": ("own",),
    },
}  # fmt: skip
REQUIRED: Mapping[str, tuple[str, ...]] = {
    "predicates": ("is",),
}


@dataclass(frozen=True, slots=True)
class CueRow:
    """Cues with what they say; `source` is `file:line`."""

    cues: tuple[str, ...]
    values: Mapping[str, str] = field(default_factory=dict)
    source: str = ""


@dataclass(frozen=True)
class ReportWords:
    """Every section of one language. A section that the file leaves out is empty.

    `order` is `fixed` where the one concerned stands on a set side of the verb (English), `free` where either side may hold doer or
    concerned (Russian), `either` where the one concerned stands on either side and the doer before, right behind, or marked (Italian).
    `dropped_subjects`: a verb without a subject goes on with the last one (Spanish). `heads`: where the noun that says what a thing is stands in its name, "" for no nouns from
    the concepts; `compounds`: whether it may end a longer word. `lists`, `keyed` and `rows` hold the sections of `LISTS`, `KEYED` and `ROWS`.
    """

    language: str
    order: Literal["fixed", "free", "either"] = "fixed"
    groups: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    lists: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    keyed: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)
    rows: Mapping[str, tuple[CueRow, ...]] = field(default_factory=dict)
    lines: Mapping[str, int] = field(default_factory=dict)
    file: str = ""
    dropped_subjects: bool = False
    heads: Literal["", "first", "last", "either"] = ""
    compounds: bool = False

    def list(self, section: str) -> tuple[str, ...]:
        """Return the cues of a list section, empty where the file has none."""
        if section not in LISTS:
            raise KeyError(section)
        return self.lists.get(section, ())

    def by_key(self, section: str) -> Mapping[str, tuple[str, ...]]:
        """Return the cues of a keyed section by their key."""
        if section not in KEYED:
            raise KeyError(section)
        return self.keyed.get(section, {})

    def rows_of(self, section: str) -> tuple[CueRow, ...]:
        """Return the rows of a section, in the order of the file."""
        if section not in ROWS:
            raise KeyError(section)
        return self.rows.get(section, ())

    def group(self, name: str) -> frozenset[str]:
        """Return the words of a group, casefolded; empty where the file has none."""
        return frozenset(word.casefold() for word in self.groups.get(name, ()))

    def parsed(self, cue: str) -> tuple[CuePart, ...]:
        """Return a cue of this file parsed with its groups."""
        return parse_cue(cue, self.groups)

    @cached_property
    def abbreviations(self) -> frozenset[str]:
        """Words whose full stop ends no sentence, casefolded."""
        return frozenset(word.casefold().rstrip(".") for word in self.list("abbreviations"))

    @cached_property
    def month_words(self) -> frozenset[str]:
        """Every form of a month, casefolded."""
        return frozenset(word.casefold() for word in self.list("months"))


__all__ = ["KEYED", "LISTS", "REQUIRED", "ROWS", "CueRow", "ReportWords"]
