"""Read parameter values from a description: words, written levels, numbers with units, and what designators imply.

Every value keeps its span. A level written in a nomenclature that is only converted by a table without legal force is kept as
`sourced`: it supports an open question and never settles one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from fractions import Fraction
from functools import lru_cache

from tidewaiter.model.goods import ConceptFound, Value
from tidewaiter.packs import Parameter, Scale
from tidewaiter.screen.goods.lexicon import NEAR, VALUE, Lexicon
from tidewaiter.screen.goods.reading import Hit, Reading
from tidewaiter.screen.goods.stated import written
from tidewaiter.text.fold import fold
from tidewaiter.text.units import Quantity, find_quantities, number, unit_of

_COUNT = re.compile(r"(?<![.,])(?<![^\W\u3400-\u9fff])(\d{1,6})\s*-?\s*([^\W\d_]+)")
MILLIWATT = Fraction(1, 1000)
_AFTER = re.compile(r"\s*:?\s*(\d{1,6})(?![\w.,])")
_BEFORE = re.compile(r"(?<![\w.,])(\d{1,6})[\s-]*$")


def read_parameters(
    names: Iterable[str], concepts: Iterable[ConceptFound], reading: Reading, lexicon: Lexicon
) -> dict[str, Value]:
    """Return the values of the named parameters that the text states.

    Args:
        names: parameters worth reading (those of the concepts found, and the common ones).
        concepts: the concepts found, for what their designators imply.
        reading: the read description.
        lexicon: the compiled lexicon.
    """
    values: dict[str, Value] = {}
    for name in names:
        parameter = lexicon.parameters.get(name)
        if parameter is None:
            continue
        value: Value | None = None
        if parameter.type in ("boolean", "category"):
            value = _from_words(parameter, reading)
        elif parameter.type == "scale":
            scale = lexicon.packs.scales.get(parameter.scale)
            value = _from_scale(scale, reading) or _from_words(parameter, reading) if scale is not None else None
        elif parameter.type == "quantity":
            value = _from_quantities(parameter, reading)
        elif parameter.type == "integer":
            value = _count(parameter, reading)
        if value is not None:
            values[name] = value
    _from_designators(values, concepts, reading, lexicon)
    return values


def _span(reading: Reading, start: int, end: int) -> tuple[int, int, str]:
    left, right = reading.folded.span(start, end)
    return left, right, reading.folded.original[left:right]


def _from_words(parameter: Parameter, reading: Reading) -> Value | None:
    found = [word for word in reading.others if word.term.kind == VALUE and word.term.owner == parameter.name]
    if not found:
        return None
    longest = [
        word
        for word in found
        if not any(
            other is not word
            and other.start <= word.start
            and word.end <= other.end
            and other.end - other.start > word.end - word.start
            for other in found
        )
    ]
    labels = tuple(sorted({word.term.value for word in longest}))
    start, end, text = _span(reading, longest[0].start, longest[0].end)
    return Value(labels, text=text, start=start, end=end, source=parameter.source)


@lru_cache(maxsize=64)
def _compiled(scale: Scale) -> tuple[tuple[str, str, tuple[str, ...], tuple[re.Pattern[str], ...]], ...]:
    rows = []
    for authority in ("stated", "legal", "sourced"):
        for standard in scale.standards:
            if standard.authority == authority:
                for level in standard.levels:
                    rows.append(
                        (
                            authority,
                            f"{standard.id} {level.label}",
                            level.labels,
                            tuple(re.compile(p) for p in level.patterns),
                        )
                    )
    return tuple(rows)


def _from_scale(scale: Scale, reading: Reading) -> Value | None:
    for authority, label, labels, patterns in _compiled(scale):
        for pattern in patterns:
            found = written(pattern, reading)
            if found is not None:
                start, end, shown = _span(reading, *found)
                return Value(
                    labels,
                    authority=authority if labels else "sourced",
                    text=shown.strip(),
                    start=start,
                    end=end,
                    source=f"{scale.source} ({label})",
                )
    return None


@lru_cache(maxsize=512)
def _usable(units: tuple[str, ...]) -> frozenset[str]:
    """The units that count. A power may also be stated as a level, in dBm."""
    usable = {known[2] for unit in units if (known := unit_of(unit)) is not None}
    return frozenset(usable | ({"dBm"} if usable & {"mW", "W", "kW"} else set()))


def _is_usable(quantity: Quantity, usable: frozenset[str]) -> bool:
    """A level below 0 dBm is what a receiver hears, not what a thing puts out, unless the parameter is asked in dBm alone."""
    if usable and quantity.unit not in usable:
        return False
    return quantity.unit != "dBm" or usable == {"dBm"} or quantity.low >= MILLIWATT


def _from_quantities(parameter: Parameter, reading: Reading) -> Value | None:
    usable = _usable(parameter.units)
    near = [word for word in reading.others if word.term.kind == NEAR and word.term.owner == parameter.name]
    if parameter.near and not near:
        return None
    fitting = [q for q in reading.quantities if q.dimension == parameter.dimension and _is_usable(q, usable)]
    if not fitting:
        return None
    if near:
        fitting.sort(key=lambda q: min(abs(q.start - word.end) + abs(word.start - q.end) for word in near))
    best = next((q for q in fitting if q.unit in usable and q.unit != "dBm"), fitting[0]) if not near else fitting[0]
    start, end, text = _span(reading, best.start, best.end)
    return Value(
        low=best.low, high=best.high, dimension=best.dimension, text=text, start=start, end=end, source=parameter.source
    )


def _count(parameter: Parameter, reading: Reading) -> Value | None:
    units = tuple(fold(unit).text for unit in parameter.units)
    text = reading.numbered.text
    for match in _COUNT.finditer(text):
        if match[2].startswith(units):
            return _counted(parameter, reading, match[1], match.start(), match.end())
    for word in reading.others:
        if word.term.kind == NEAR and word.term.owner == parameter.name:
            start, end = reading.numbered.forward(word.start), reading.numbered.forward(word.end)
            after = _AFTER.match(text, end)
            if after is not None:
                return _counted(parameter, reading, after[1], start, after.end())
            before = _BEFORE.search(text[:start])
            if before is not None:
                return _counted(parameter, reading, before[1], before.start(), end)
    return None


def _counted(parameter: Parameter, reading: Reading, digits: str, start: int, end: int) -> Value:
    count = Fraction(digits)
    left, right, text = _span(reading, reading.numbered.back(start), reading.numbered.back(end, True))
    return Value(low=count, high=count, dimension="count", text=text, start=left, end=right, source=parameter.source)


def _from_designators(
    values: dict[str, Value], concepts: Iterable[ConceptFound], reading: Reading, lexicon: Lexicon
) -> None:
    found = {concept.concept for concept in concepts if concept.designator}
    for hit in reading.hits:
        if hit.model < 0 or hit.concept not in found:
            continue
        model = lexicon.packs.concepts[hit.concept].models[hit.model]
        if model.status == "draft":
            continue
        for name, given in model.gives:
            if name not in values:
                values[name] = _given(given, lexicon.parameters.get(name), hit, reading, model.source)


def _given(given: str, parameter: Parameter | None, hit: Hit, reading: Reading, source: str) -> Value:
    start, end, text = _span(reading, hit.start, hit.end)
    if parameter is not None and parameter.type == "quantity":
        quantities = find_quantities(given.casefold(), given)
        if quantities:
            q = quantities[0]
            return Value(
                low=q.low,
                high=q.high,
                dimension=q.dimension,
                authority="designator",
                text=f"{given} ({text})",
                start=start,
                end=end,
                source=source,
            )
    if parameter is not None and parameter.type == "integer":
        try:
            count = number(given)
        except ValueError:
            count = Fraction(0)
        return Value(
            low=count,
            high=count,
            dimension="count",
            authority="designator",
            text=f"{given} ({text})",
            start=start,
            end=end,
            source=source,
        )
    return Value((given,), authority="designator", text=f"{given} ({text})", start=start, end=end, source=source)
