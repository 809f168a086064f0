"""More names of concepts, a file a language: for somebody who knows the language and not the packs.

`words: es` with `concepts: {concept: {strong: […], weak: […], context: […]}}`; they are added to those of the concept.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from tidewaiter.model import Problem
from tidewaiter.packs.reader import Fields
from tidewaiter.packs.types import Concept

STRENGTHS = ("strong", "weak", "context")


@dataclass(frozen=True, slots=True)
class MoreWords:
    """More names in one language: concept to strength to names, with the file and line of each concept."""

    language: str
    names: Mapping[str, Mapping[str, tuple[str, ...]]]
    lines: Mapping[str, int]
    file: str


def read_more_words(fields: Fields) -> MoreWords:
    """Read one file of more names."""
    language = fields.text("words", required=True)
    names: dict[str, dict[str, tuple[str, ...]]] = {}
    lines: dict[str, int] = {}
    group = fields.sub("concepts")
    if group is not None:
        for concept in group.node:
            sub = group.sub(concept)
            if sub is not None:
                names[concept] = {strength: sub.texts(strength) for strength in STRENGTHS}
                lines[concept] = group.line(concept)
                sub.done()
    fields.done()
    return MoreWords(language, names, lines, fields.file)


def with_more_words(
    concepts: Mapping[str, Concept], more: Iterable[MoreWords], problems: list[Problem]
) -> dict[str, Concept]:
    """Return the concepts with the further names added; a name of no concept is a located problem."""
    found = dict(concepts)
    for words in more:
        for concept, names in words.names.items():
            known = found.get(concept)
            if known is None:
                problems.append(
                    Problem(
                        "pack.words",
                        "names a concept that does not exist",
                        "error",
                        words.file,
                        words.lines[concept],
                        read=concept,
                    )
                )
                continue
            found[concept] = replace(
                known,
                strong=_joined(known.strong, words.language, names["strong"]),
                weak=_joined(known.weak, words.language, names["weak"]),
                context=_joined(known.context, words.language, names["context"]),
            )
    return found


def _joined(
    known: Mapping[str, tuple[str, ...]], language: str, more: tuple[str, ...]
) -> Mapping[str, tuple[str, ...]]:
    if not more:
        return known
    return {**known, language: tuple(dict.fromkeys((*known.get(language, ()), *more)))}
