"""The goods engine: a goods line in, concepts, parameters and raised list paragraphs out.

Recall and explanation share one code path here; a line without any concept hit returns at once. Paragraphs are only
*raised* here; they are assessed against facts by `packs.assess`, because list text may depend on the route.
"""

from __future__ import annotations

from dataclasses import dataclass

from tidewaiter.model import GoodsLine
from tidewaiter.model.goods import ConceptFound, Value
from tidewaiter.packs import Entry, PackSet, Paragraph
from tidewaiter.packs.nomenclature import ordinary_words
from tidewaiter.screen.goods.concepts import RAISED, find_concepts
from tidewaiter.screen.goods.lexicon import Lexicon, compile_lexicon
from tidewaiter.screen.goods.parameters import read_parameters
from tidewaiter.screen.goods.pieces import pieces_said
from tidewaiter.screen.goods.reading import Reading, read_description


@dataclass(frozen=True, slots=True)
class Raised:
    """A paragraph raised by a concept. `kind_open` is set when only a broader kind was named."""

    entry: Entry
    paragraph: Paragraph
    concept: str
    score: int
    kind_open: tuple[str, float] | None = None
    rank: int = 0


@dataclass(frozen=True, slots=True)
class GoodsResult:
    """What a goods line is: concepts (all roles), parameter values, raised paragraphs, and code-based rows."""

    concepts: tuple[ConceptFound, ...]
    parameters: dict[str, Value]
    raised: tuple[Raised, ...]
    by_code: tuple[tuple[Entry, Paragraph, str], ...]
    reading: Reading

    @property
    def kinds(self) -> tuple[ConceptFound, ...]:
        """The concepts that the goods are, above the line."""
        return tuple([c for c in self.concepts if c.role == "is" and c.score >= RAISED]) if self.concepts else ()

    @property
    def served(self) -> tuple[ConceptFound, ...]:
        """The concepts that the goods are for, or an accessory of."""
        return tuple(c for c in self.concepts if c.role in ("served", "accessory"))


class GoodsEngine:
    """Compiled once from packs; `read` is a pure function of the goods line."""

    def __init__(self, packs: PackSet) -> None:
        self.packs = packs
        self.lexicon: Lexicon = compile_lexicon(packs, ordinary_words(packs.ordinary).__contains__)

    def read_text(self, text: str) -> Reading:
        """Return what stands in a description, whatever code and place its line has."""
        return read_description(text, self.lexicon)

    def read(self, line: GoodsLine, path: str = "lines[0]", reading: Reading | None = None) -> GoodsResult:
        """Read one goods line.

        Args:
            line: the declared goods line.
            path: field path of the line, for evidence.
            reading: what `read_text` gave for its description, if known.
        """
        if reading is None:
            reading = self.read_text(line.description)
        by_code = self._by_code(line.hs)
        if not reading.hits:
            return GoodsResult((), {}, (), by_code, reading)
        concepts = find_concepts(reading, self.lexicon, line.hs, f"{path}.description")
        names: dict[str, None] = {}
        for concept in concepts:
            names.update(dict.fromkeys(self.lexicon.concept_parameters[concept.concept]))
        parameters = read_parameters(names, concepts, reading, self.lexicon)
        pieces = pieces_said(reading, frozenset(c.concept for c in concepts if c.role == "is"))
        if pieces is not None:
            parameters["quantity"] = pieces
        return GoodsResult(concepts, parameters, self._raise(concepts), by_code, reading)

    def _raise(self, concepts: tuple[ConceptFound, ...]) -> tuple[Raised, ...]:
        best: dict[tuple[str, str, str], Raised] = {}
        found = {concept.concept for concept in concepts}
        for concept in concepts:
            if concept.role != "is" or concept.score < RAISED:
                continue
            lists: set[str] = set()
            for parent in self.packs.parents(concept.concept):
                for entry, paragraph in self.lexicon.triggers.get(parent, ()):
                    lists.add(entry.list)
                    _keep(
                        best,
                        Raised(entry, paragraph, concept.concept, concept.score, None, self._rank(entry, paragraph)),
                    )
            self._raise_narrower(concept, found, lists, best)
        return tuple(best[key] for key in sorted(best))

    def _raise_narrower(
        self, concept: ConceptFound, found: set[str], lists: set[str], best: dict[tuple[str, str, str], Raised]
    ) -> None:
        """A broad word raises the paragraphs of the narrower kinds in lists it does not reach itself, with the kind open."""
        children = self.lexicon.children.get(concept.concept, ())
        if not children or any(child in found for child in children):
            return
        share = max(0.1, 1.0 / len(children))
        for child in children:
            for entry, paragraph in self.lexicon.triggers.get(child, ()):
                if entry.list not in lists:
                    rank = self._rank(entry, paragraph)
                    _keep(best, Raised(entry, paragraph, concept.concept, concept.score, (child, share), rank))

    def _rank(self, entry: Entry, paragraph: Paragraph) -> int:
        return self.lexicon.ranks.get(f"{entry.list}/{entry.id}.{paragraph.id}", 0)

    def _by_code(self, hs: str) -> tuple[tuple[Entry, Paragraph, str], ...]:
        if len(hs) < 4:
            return ()
        found: list[tuple[Entry, Paragraph, str]] = []
        for length in range(4, min(len(hs), 10) + 1):
            for entry, paragraph in self.lexicon.by_code.get(hs[:length], ()):
                found.append((entry, paragraph, hs[:length]))
        return tuple(found)


def _keep(best: dict[tuple[str, str, str], Raised], raised: Raised) -> None:
    key = (raised.entry.list, raised.entry.id, raised.paragraph.id)
    known = best.get(key)
    if known is None or (known.kind_open is not None and raised.kind_open is None) or raised.score > known.score:
        best[key] = raised
