"""A parameter of a kind that is stated beside its weak name says as much as a context word: "plate, level IV", "barrel 7.62x39"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tidewaiter.packs import Parameter
from tidewaiter.screen.goods.lexicon import VALUE, Lexicon, kin_of
from tidewaiter.screen.goods.reading import Hit, Reading
from tidewaiter.text.fold import HAN

# A cartridge as it is written: bore by case length, or a bore with the name of its cartridge. Bores from C.I.P. and SAAMI names.
CALIBRE = re.compile(
    r"(?<![\w.,])(?:4[.,]6|5[.,]45|5[.,]56|5[.,]7|6[.,]5|6[.,]8|7[.,]62|7[.,]92|8[.,]6|9|10|12[.,]7|14[.,]5)\s?[xх×*]\s?\d{2,3}(?!\d)"
    r"|(?<![\w])[.,]?(?:22|223|243|270|30-06|300|308|338|357|380|40|44|45|50)\s?(?:lr|win|rem|lapua|norma|blk|blackout|acp|magnum|mag|auto|bmg|beowulf|s&w|wm|lm|ga)\b"
    r"|\b(?:5[.,]45|5[.,]56|7[.,]62)\b|\b(?:9|12[.,]7)\s?(?:mm|мм|para|luger)\b|\b(?:12|16|20)\s?(?:ga|gauge|калибр)\b"
)
# Dimensions in which ordinary things of the same name are not measured.
TELLING = frozenset(
    {
        "bits", "bit-rate", "sample-rate", "sensitivity", "responsivity", "angular-rate", "random-walk", "acceleration", "dose",
        "magnetic-flux-density", "operations", "specific-energy", "particle-energy", "activity",
    }
)  # fmt: skip
RADIO_HZ = 1_000_000


@dataclass(frozen=True, slots=True)
class Stated:
    """What was stated: its span in the folded text."""

    start: int
    end: int


def stated_beside(hit: Hit, reading: Reading, lexicon: Lexicon) -> Stated | None:
    """Return the parameter of the hit's kind that the text states outside the hit itself, or None."""
    if kin_of(lexicon.packs.concepts[hit.concept].family) == "firearms":
        match = CALIBRE.search(reading.folded.text)
        if match is not None and (match.end() <= hit.start or match.start() >= hit.end):
            return Stated(match.start(), match.end())
    for name in lexicon.concept_parameters[hit.concept]:
        parameter = lexicon.parameters.get(name)
        found = _found(parameter, reading, lexicon) if parameter is not None else None
        if found is not None and (found.end <= hit.start or found.start >= hit.end):
            return found
    return None


def _found(parameter: Parameter, reading: Reading, lexicon: Lexicon) -> Stated | None:
    if parameter.type == "scale":
        return _on_scale(parameter, reading, lexicon)
    if parameter.type == "quantity" and (parameter.dimension in TELLING or parameter.dimension == "frequency"):
        for quantity in reading.quantities:
            if quantity.dimension == parameter.dimension and (
                quantity.dimension != "frequency" or quantity.high >= RADIO_HZ
            ):
                return Stated(quantity.start, quantity.end)
    return None


def _on_scale(parameter: Parameter, reading: Reading, lexicon: Lexicon) -> Stated | None:
    for word in reading.others:
        if word.term.kind == VALUE and word.term.owner == parameter.name:
            return Stated(word.start, word.end)
    scale = lexicon.packs.scales.get(parameter.scale)
    for standard in scale.standards if scale is not None else ():
        for level in standard.levels:
            for pattern in level.patterns:
                found = written(re.compile(pattern), reading)
                if found is not None:
                    return Stated(*found)
    return None


def written(pattern: re.Pattern[str], reading: Reading) -> tuple[int, int] | None:
    """Return where in the folded text a level is written, in figures or in words ("level four", "третьего класса")."""
    text = reading.folded.text
    match = pattern.search(text)
    if match is not None:
        return match.start(), match.end()
    numbered = reading.numbered
    match = pattern.search(numbered.text) if numbered.changes else None
    if match is None:
        return None
    end = numbered.back(match.end(), True)
    while end < len(text) and text[end - 1].isalpha() and text[end].isalpha() and HAN.match(text[end]) is None:
        end += 1  # to the end of the word whose beginning the pattern knows
    return numbered.back(match.start()), end
