"""Reports into claims: wires the claims engine with the goods engine that reads declarations and the words of each language."""

from __future__ import annotations

from collections import OrderedDict
from pathlib import Path

from tidewaiter.claims.gazetteer import Gazetteer
from tidewaiter.claims.goods import GoodsSpan
from tidewaiter.claims.mentions.lexicon import Lexicon
from tidewaiter.claims.noticing import MentionFinder
from tidewaiter.claims.read import ClaimReader
from tidewaiter.claims.voices import Voices
from tidewaiter.model import GoodsLine
from tidewaiter.model.goods import ConceptFound
from tidewaiter.packs import PackSet
from tidewaiter.packs.load_gazetteer import load_gazetteer_rows
from tidewaiter.packs.load_reliability import load_reliability
from tidewaiter.packs.load_report_who import load_who_words
from tidewaiter.screen.findings import POST
from tidewaiter.screen.goods import GoodsEngine, GoodsResult
from tidewaiter.service.compiled import packs_and_engine
from tidewaiter.service.locations import packs_folder
from tidewaiter.service.reports.nouns import goods_nouns

REMEMBERED = 4_096  # sentences whose goods are kept: copies of one text share most of theirs
LONGEST = 2_000  # characters; what is longer than any sentence people write is not read for goods


def load_claim_reader(folder: Path | None = None) -> ClaimReader:
    """Return what reads reports into claims, with the packs of a folder or the shipped ones.

    Raises:
        InputError: there is no folder of packs.
        PackError: they do not load; every problem is listed.
    """
    where = packs_folder(folder)
    return claim_reader(*packs_and_engine(where), where)


def claim_reader(packs: PackSet, engine: GoodsEngine, folder: Path) -> ClaimReader:
    """Return what reads reports into claims, with the words of every language that the packs have.

    Args:
        packs: the packs, for the words of reports.
        engine: the goods engine over them.
        folder: the folder of the packs, for the words of speakers, outlets and places.

    Raises:
        PackError: the words of speakers, outlets or places do not load; every problem is listed.
    """
    lexicons = {language: Lexicon(words) for language, words in load_who_words(folder).items()}
    gazetteer = Gazetteer(load_gazetteer_rows(folder))
    finder = MentionFinder(lexicons, gazetteer, Voices(gazetteer, load_reliability(folder)))
    nouns = goods_nouns(packs.concepts.values(), packs.report_words)
    return ClaimReader(packs.report_words, DeclarationGoods(engine), finder, finder.attribute, nouns)


class DeclarationGoods:
    """The goods engine as the claims engine asks for it: one sentence in, the names of goods in it out."""

    def __init__(self, engine: GoodsEngine) -> None:
        self.engine = engine
        self._known: OrderedDict[str, tuple[GoodsSpan, ...]] = OrderedDict()

    def goods(self, text: str) -> tuple[GoodsSpan, ...]:
        """Return the goods named in a text, in order of their place; each name is whole words."""
        known = self._known.get(text)
        if known is None:
            known = self._known[text] = self._read(text[:LONGEST])
            if len(self._known) > REMEMBERED:
                self._known.popitem(last=False)
        return known

    def _read(self, text: str) -> tuple[GoodsSpan, ...]:
        result = self.engine.read(GoodsLine(text))
        spans: dict[tuple[int, int], list[ConceptFound]] = {}
        for concept in result.concepts:
            for start, end in concept.spans:
                if _whole(text, start, end):
                    spans.setdefault((start, end), []).append(concept)
        return tuple(_span(text, start, end, found, result) for (start, end), found in sorted(spans.items()))


def _span(text: str, start: int, end: int, found: list[ConceptFound], result: GoodsResult) -> GoodsSpan:
    best = sorted(found, key=lambda concept: -concept.score)
    ids = tuple(concept.concept for concept in best)
    entries = dict.fromkeys(
        f"{raised.entry.list}/{raised.entry.id}"
        for raised in result.raised
        if raised.concept in ids and raised.entry.pack.jurisdiction != POST
    )
    coded = any(char.isdigit() for char in text[start:end]) and any(concept.designator for concept in best)
    return GoodsSpan(start, end, ids, tuple(entries), text[start:end] if coded else "")


def _whole(text: str, start: int, end: int) -> bool:
    """Return whether a span begins and ends at the border of a word: "tractor" in "contractor" is none."""
    return not (start > 0 and text[start - 1].isalnum()) and not (end < len(text) and text[end].isalnum())


__all__ = ["DeclarationGoods", "claim_reader", "load_claim_reader"]
