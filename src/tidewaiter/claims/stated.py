"""Reads what a text states beside its claims, with the words by which its claims are read too."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from tidewaiter.claims.clauses import Parsed
from tidewaiter.claims.facts import Fact
from tidewaiter.claims.fill.scene import Scene
from tidewaiter.claims.mentions.lexicon import Lexicon
from tidewaiter.claims.notice import Noticed
from tidewaiter.claims.noticing import Chains
from tidewaiter.claims.read import ClaimReader
from tidewaiter.claims.sentences import Sentence
from tidewaiter.claims.stated_numbers import aged_mentions, counted_by, counts_of_goods, denied_numbers
from tidewaiter.model.claims import GoodsMention, Quantity, Report
from tidewaiter.text.fold import fold_text

MOST_FACTS = 1_000  # of one document
NEGATED_NUMBER = 3  # tokens before a number within which "not" is of the number itself
MODEL_REACH = 4  # tokens between goods and a model behind them
NOUN_REACH = 3  # words behind a number that may say what it counts
_CREDITED = frozenset({"official", "court", "outlet"})
_COUNTED = ("piece", "parcel", "box", "set", "pair", "person")


class FactReader:
    """Reads what texts state.

    Args:
        reader: reads sentences and what is named in them.
        lexicons: the words of numbers and ages by language.
        wide: nouns of goods that are too wide to raise goods by (* any ending), with the kinds they may mean.
    """

    def __init__(
        self, reader: ClaimReader, lexicons: Mapping[str, Lexicon], wide: Mapping[str, tuple[str, ...]]
    ) -> None:
        self._reader = reader
        self._lexicons = lexicons
        self._whole = {fold_text(w): kinds for w, kinds in wide.items() if not w.endswith("*")}
        self._begun = [(fold_text(w[:-1]), kinds) for w, kinds in wide.items() if w.endswith("*")]

    def facts(self, report: Report) -> tuple[Fact, ...]:
        """Return what a report states, in the order of its text; nothing in a language without words."""
        found: list[Fact] = []
        negated: set[int] = set()
        sentences, noticed = self._reader.noticed(report)
        for scene in self._reader.scenes(report, sentences, noticed):
            found += self._of(scene)
            if scene.parsed.of("negation"):
                negated.add(scene.parsed.sentence.start)
            if len(found) > MOST_FACTS:
                break
        found += self._credits(report, sentences, noticed, negated)
        return tuple(sorted(found, key=lambda f: (f.start, f.end, f.kind))[:MOST_FACTS])

    def _credits(
        self, report: Report, sentences: Sequence[Sentence], noticed: Sequence[Noticed], negated: set[int]
    ) -> Iterator[Fact]:
        """Whom the text names for what it says, wherever it does; denied where the sentence is negated ("the police have not said")."""
        said = self._reader.attribute(report, sentences, noticed)
        if not isinstance(said, Chains):
            return
        for sentence in sentences:
            for speaker in said.speakers(sentence):
                if speaker.type in _CREDITED and speaker.start is not None and speaker.end is not None:
                    span = (speaker.start, speaker.end, sentence.start, sentence.end, sentence.passage)
                    yield Fact("credit", *span, sentence.start in negated, noun=speaker.key or speaker.type)

    def _of(self, scene: Scene) -> Iterator[Fact]:
        sentence = scene.parsed.sentence
        place = (sentence.start, sentence.end, sentence.passage)
        prior = bool(scene.parsed.of("prior"))
        goods = _with_models(scene, (*scene.goods, *self._wide(scene)))
        for mention in scene.noticed.mentions:
            if mention.kind == "person" and " " in mention.name.strip() and mention.refers_to is None:
                yield Fact("name", mention.start, mention.end, *place, person=mention)
        lexicon = self._lexicons.get(scene.report.language)
        counts = list(scene.noticed.quantities)
        if lexicon is not None:
            for mention in aged_mentions(scene, lexicon):
                yield Fact("age", mention.start, mention.end, *place, person=mention)
            counts += counts_of_goods(scene, lexicon, goods)
            counts += denied_numbers(scene, lexicon, counts)
        for quantity in counts:
            if quantity.unit in _COUNTED and quantity.start is not None and quantity.end is not None:
                denied = _denied_number(scene.parsed, quantity.start)
                counted = _goods_of(quantity, goods) or counted_by(scene.report.text, quantity.end, goods)
                noun = _noun(scene, quantity.end)
                yield Fact(
                    "count", quantity.start, quantity.end, *place, denied, prior, None, quantity, counted, noun=noun
                )
        for value in scene.noticed.values:
            if value.start is not None and value.end is not None:
                denied = _denied_number(scene.parsed, value.start)
                yield Fact("money", value.start, value.end, *place, denied, prior, quantity=value)
        for stamp in scene.noticed.stamps:
            if stamp.start is not None and stamp.end is not None and stamp.precision == "day":
                yield Fact("day", stamp.start, stamp.end, *place, prior=prior, stamp=stamp)
        for where in scene.noticed.places:
            yield Fact("place", where.start, where.end, *place, prior=prior, place=where)
        for thing in goods:
            denied = _denied(scene.parsed, thing.start)
            yield Fact("goods", thing.start, thing.end, *place, denied, prior, goods=thing)

    def _wide(self, scene: Scene) -> Iterator[GoodsMention]:
        """The everyday nouns of goods that no other name of goods holds."""
        for token in scene.parsed.sentence.tokens:
            if not token.is_word or any(
                g.start < token.end and token.start < g.end and g.concepts for g in scene.goods
            ):
                continue
            for part in fold_text(token.text).split("-"):
                kinds = self._whole.get(part) or next((k for w, k in self._begun if part.startswith(w)), ())
                if kinds:
                    yield GoodsMention(token.text, token.start, token.end, concepts=kinds)
                    break


def _with_models(scene: Scene, goods: Sequence[GoodsMention]) -> tuple[GoodsMention, ...]:
    """Give a model that stands alone to the goods right before it: "Helme des Typs 6B47"."""
    tokens = scene.parsed.sentence.tokens
    found = list(goods)
    for at, token in enumerate(tokens):
        if not _MODEL.fullmatch(token.text) or any(
            g.start <= token.start < g.end and g.designator and g.text != token.text for g in found
        ):
            continue
        near = [
            n for n, g in enumerate(found) if g.end <= token.start and g.end > tokens[max(0, at - MODEL_REACH)].start
        ]
        if near and not found[near[-1]].designator:
            thing = found[near[-1]]
            text = scene.report.text[thing.start : token.end]
            found[near[-1]] = replace(thing, text=text, end=token.end, designator=token.text)
    return tuple(found)


_MODEL = re.compile(r"(?=[\w-]*\d)(?=[\w-]*[A-ZА-ЯЁЇІЄ])[\w-]{3,12}")


def _goods_of(quantity: Quantity, goods: Sequence[GoodsMention]) -> GoodsMention | None:
    """The goods that a number counts: those that hold it, or that are bound to it."""
    for thing in goods:
        inside = quantity.start is not None and thing.start <= quantity.start < thing.end
        bound = thing.quantity is not None and thing.quantity.start == quantity.start
        if inside or bound:
            return thing
    after = [g for g in goods if quantity.end is not None and 0 <= g.start - quantity.end <= 1]
    return after[0] if after else None


def _noun(scene: Scene, end: int) -> str:
    tokens = [t for t in scene.parsed.sentence.tokens if t.start >= end]
    found = []
    for token in tokens[:NOUN_REACH]:
        if not token.is_word:
            break
        found.append(token.text)
    return " ".join(found)


def _harmless(parsed: Parsed) -> set[int]:
    return {at for mark in parsed.of("not_negation") for at in range(mark.first, mark.last)}


def _denied_number(parsed: Parsed, start: int) -> bool:
    """Whether "not" stands right before a number."""
    at = next((n for n, t in enumerate(parsed.sentence.tokens) if t.end > start), 0)
    harmless = _harmless(parsed)
    return any(
        at - NEGATED_NUMBER < mark.last <= at and mark.first not in harmless
        for mark in parsed.of("negation")
        if not any(t.text[0].isdigit() for t in parsed.sentence.tokens[mark.last : at])
    )


def _denied(parsed: Parsed, start: int) -> bool:
    """Whether the clause of a word is negated."""
    at = next((n for n, t in enumerate(parsed.sentence.tokens) if t.end > start), 0)
    clause = next((c for c in parsed.clauses if c[0] <= at < c[1]), (0, len(parsed.sentence.tokens)))
    harmless = _harmless(parsed)
    marks = [m for m in parsed.of("negation", "negation_after", "concord") if m.first not in harmless]
    return any(clause[0] <= mark.first < clause[1] for mark in marks)


__all__ = ["FactReader"]
