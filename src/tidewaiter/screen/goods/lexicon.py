"""Everything the goods engine looks for in text, compiled once from the packs into one term index.

A `Term` says what a found word means: a name of a concept (strong, weak, context), a word that negates it, grammar ("for",
"case"), or a word that gives a parameter its value.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from tidewaiter.packs import Concept, Grammar, PackSet, Paragraph, Parameter, assessment_ranks
from tidewaiter.packs.types import Entry, Model
from tidewaiter.text.fold import fold_text
from tidewaiter.text.loose import LooseIndex
from tidewaiter.text.numerals import Numerals
from tidewaiter.text.terms import TermIndex
from tidewaiter.text.units import LEADING, UNITS
from tidewaiter.text.wordings import Wordings

(
    STRONG,
    WEAK,
    CONTEXT,
    NOT,
    NEGATOR,
    UNNEGATOR,
    FOR,
    HEAD_AFTER,
    HEAD_BEFORE,
    CONNECTOR,
    VALUE,
    NEAR,
    HEAD,
    AGAINST,
    FOR_AFTER,
) = range(15)


# families whose things go together in one line, so that a strong name of one carries a weak name of the other
KIN = {
    "weapons": "firearms", "ammunition": "firearms", "ammunition-2": "firearms", "sights": "optics", "night-vision": "optics",
    "thermal": "optics", "uav-2": "uav", "clothing": "body-armour",
}  # fmt: skip


def kin_of(family: str) -> str:
    """Return the name under which a family of concepts and those that go together with it are one."""
    return KIN.get(family, family)


@dataclass(frozen=True, slots=True)
class Term:
    """What a term means. `owner` is a concept id, a negator group or a parameter; `value` the parameter value."""

    kind: int
    owner: str
    text: str
    language: str
    source: str
    value: str = ""


@dataclass(frozen=True, slots=True)
class Designator:
    """A compiled designator pattern of one concept."""

    regex: re.Pattern[str]
    concept: str
    model: Model


@dataclass(frozen=True)
class Lexicon:
    """The compiled lexicon. `triggers` maps a concept to the paragraphs it raises; `by_code` the same for HS prefixes."""

    packs: PackSet
    terms: tuple[Term, ...]
    index: TermIndex
    loose: LooseIndex
    designators: Mapping[str, tuple[Designator, ...]]
    parameters: Mapping[str, Parameter]
    concept_parameters: Mapping[str, tuple[str, ...]]
    triggers: Mapping[str, tuple[tuple[Entry, Paragraph], ...]]
    children: Mapping[str, tuple[str, ...]]
    by_code: Mapping[str, tuple[tuple[Entry, Paragraph], ...]]
    separators: re.Pattern[str]
    ranks: Mapping[str, int]
    cas: Mapping[str, tuple[str, ...]]
    fsc: Mapping[str, tuple[str, ...]]
    numerals: Numerals


class _Builder:
    def __init__(self, wordings: Wordings) -> None:
        self.terms: list[Term] = []
        self.index = TermIndex(wordings)
        self.loose = LooseIndex(wordings)
        self.seen: dict[tuple[int, str, str, str, str], int] = {}

    def add(
        self, kind: int, owner: str, text: str, language: str, source: str, value: str = "", variants: bool = False
    ) -> None:
        key = (kind, owner, text, language, value)
        if key in self.seen:
            return
        self.seen[key] = len(self.terms)
        self.index.add(len(self.terms), text, language, variants=variants, by_ear=kind == WEAK)
        self.terms.append(Term(kind, owner, text, language, source, value))

    def add_all(
        self,
        kind: int,
        owner: str,
        words: Mapping[str, tuple[str, ...]],
        source: str,
        value: str = "",
        variants: bool = False,
    ) -> None:
        for language, texts in words.items():
            for text in texts:
                self.add(kind, owner, text, language, source, value, variants)

    def add_loose(self, is_ordinary: Callable[[str], bool] | None) -> None:
        """Add the strong names whose words may stand apart; one that is English too is said in the English order."""
        english = {term.text.lower() for term in self.terms if term.language == "en"}
        for number, term in enumerate(self.terms):
            if term.kind == STRONG and term.text.lower() not in english:
                self.loose.add(number, term.text, term.language)
        self.loose.freeze(is_ordinary)


def compile_lexicon(packs: PackSet, is_ordinary: Callable[[str], bool] | None = None) -> Lexicon:
    """Compile the packs into a lexicon.

    Args:
        packs: the loaded packs.
        is_ordinary: whether a folded word is an ordinary one, never to be read as a misspelt name; None puts nothing back.
    """
    grammar = packs.grammar
    builder = _Builder(Wordings(grammar.alike, grammar.links) if grammar is not None else Wordings())
    designators: dict[str, list[Designator]] = {}
    parameters: dict[str, Parameter] = {}
    for parameter in packs.common_parameters:
        parameters[parameter.name] = parameter
        _add_parameter(builder, parameter)
    for concept in packs.concepts.values():
        _add_concept(builder, concept)
        for parameter in concept.parameters:
            parameters.setdefault(parameter.name, parameter)
            _add_parameter(builder, parameter)
        for model in concept.models:
            designators.setdefault(model.pattern[:2], []).append(
                Designator(re.compile(model.pattern), concept.id, model)
            )
    separators = re.compile(r"[,;\n/|+&]|\s-\s")
    if grammar is not None:
        separators = _add_grammar(builder, grammar)
    builder.index.freeze(is_ordinary)
    builder.add_loose(is_ordinary)
    return Lexicon(
        packs,
        tuple(builder.terms),
        builder.index,
        builder.loose,
        {prefix: tuple(found) for prefix, found in designators.items()},
        parameters,
        _concept_parameters(packs),
        _triggers(packs),
        _children(packs),
        _by_code(packs),
        separators,
        assessment_ranks(packs.entries),
        _by_identifier((concept.id, concept.cas) for concept in packs.concepts.values()),
        _by_identifier((concept.id, concept.fsc) for concept in packs.concepts.values()),
        _numerals(packs, parameters.values()),
    )


def _numerals(packs: PackSet, parameters: Iterable[Parameter]) -> Numerals:
    """Numbers in words count beside a unit of measure and beside what the parameters count in."""
    counted = [fold_text(unit) for parameter in parameters if parameter.type == "integer" for unit in parameter.units]
    return Numerals(packs.numbers, UNITS, counted, LEADING)


def _by_identifier(rows: Iterable[tuple[str, tuple[str, ...]]]) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for concept, numbers in rows:
        for number in numbers:
            found.setdefault(number, []).append(concept)
    return {number: tuple(concepts) for number, concepts in found.items()}


def _add_concept(builder: _Builder, concept: Concept) -> None:
    builder.add_all(STRONG, concept.id, concept.strong, concept.source, variants=True)
    builder.add_all(WEAK, concept.id, concept.weak, concept.source)
    builder.add_all(CONTEXT, concept.id, concept.context, concept.source)
    builder.add_all(NOT, concept.id, concept.not_when, concept.source)
    for head in concept.heads:
        builder.add(HEAD, concept.id, head, "en", concept.source)


def _add_parameter(builder: _Builder, parameter: Parameter) -> None:
    for value, words in parameter.words.items():
        builder.add_all(VALUE, parameter.name, words, parameter.source, value)
    builder.add_all(NEAR, parameter.name, parameter.near, parameter.source)


def _add_grammar(builder: _Builder, grammar: Grammar) -> re.Pattern[str]:
    source = grammar.pack.label
    builder.add_all(FOR, "", grammar.for_markers, source)
    builder.add_all(FOR_AFTER, "", grammar.for_markers_after, source)
    builder.add_all(HEAD_AFTER, "", grammar.heads_after, source)
    builder.add_all(HEAD_BEFORE, "", grammar.heads_before, source)
    builder.add_all(AGAINST, "", grammar.against, source)
    builder.add_all(CONNECTOR, "", grammar.connectors, source)
    builder.add_all(UNNEGATOR, "", grammar.negated_negators, source)
    for group, words in grammar.negators.items():
        builder.add_all(NEGATOR, group, words, source)
    # the reader strips: a hyphen parts only where it stands free, plate-carrier is one name
    signs = "|".join(r"\s-\s" if sign == "-" else re.escape(sign) for sign in grammar.separators) or "[,;]"
    return re.compile(rf"{signs}|\n")


def _concept_parameters(packs: PackSet) -> dict[str, tuple[str, ...]]:
    found = {}
    for concept in packs.concepts.values():
        names: list[str] = [parameter.name for parameter in packs.common_parameters]
        for parent in packs.parents(concept.id):
            known = packs.concepts.get(parent)
            if known is not None:
                names.extend(parameter.name for parameter in known.parameters)
        found[concept.id] = tuple(dict.fromkeys(names))
    return found


def _triggers(packs: PackSet) -> dict[str, tuple[tuple[Entry, Paragraph], ...]]:
    found: dict[str, list[tuple[Entry, Paragraph]]] = {}
    for entry in packs.entries:
        for paragraph in entry.paragraphs:
            widened = [
                concept
                for note in entry.notes
                if note.includes and (not note.releases or paragraph.id in note.releases)
                for concept in note.includes
            ]
            for concept in dict.fromkeys((*paragraph.goods, *widened)):
                found.setdefault(concept, []).append((entry, paragraph))
    return {concept: tuple(pairs) for concept, pairs in found.items()}


def _children(packs: PackSet) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for concept in packs.concepts.values():
        if concept.broader:
            found.setdefault(concept.broader, []).append(concept.id)
    return {parent: tuple(children) for parent, children in found.items()}


def _by_code(packs: PackSet) -> dict[str, tuple[tuple[Entry, Paragraph], ...]]:
    found: dict[str, list[tuple[Entry, Paragraph]]] = {}
    for entry in packs.entries:
        for paragraph in entry.paragraphs:
            for code in paragraph.codes:
                found.setdefault(code, []).append((entry, paragraph))
    return {code: tuple(pairs) for code, pairs in found.items()}
