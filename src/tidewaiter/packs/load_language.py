"""Read the packs that hold language: concepts, the parameters common to all goods, and scales."""

from __future__ import annotations

import re

from tidewaiter.packs.reader import LIKELIHOODS, Fields
from tidewaiter.packs.types import Concept, Level, Model, Parameter, Reference, Scale, Standard
from tidewaiter.packs.yamlio import Map
from tidewaiter.text.identifiers import is_cas
from tidewaiter.text.units import unit_of

STATUSES = ("draft", "reviewed", "stable", "retired")
PARAMETER_TYPES = ("boolean", "category", "scale", "quantity", "integer")
MODEL_PATTERN = re.compile(r"[a-z0-9\[\]()|?+*{},\\-]+")


def read_reference(fields: Fields) -> Reference:
    """Read one reference mapping."""
    citation = fields.text("citation") or fields.text("title")
    fields.taken |= {"citation", "title", "note", "anchor", "sha256", "publisher"}
    reference = Reference(citation, fields.text("url"), fields.day("as_of"), fields.day("read_on"))
    fields.done()
    return reference


def read_references(fields: Fields, field: str = "references") -> tuple[Reference, ...]:
    """Read a list of references."""
    return tuple(read_reference(sub) for sub in fields.subs(field))


def read_parameters(fields: Fields, field: str = "parameters") -> tuple[Parameter, ...]:
    """Read a mapping of parameter name to its definition."""
    group = fields.sub(field)
    if group is None:
        return ()
    found = []
    for name in group.node:
        sub = group.sub(name)
        if sub is not None:
            found.append(_parameter(name, sub))
    return tuple(found)


def _parameter(name: str, sub: Fields) -> Parameter:
    kind = sub.choice("type", PARAMETER_TYPES, required=True)
    words: dict[str, dict[str, tuple[str, ...]]] = {}
    group = sub.sub("words")
    if group is not None:
        for value in group.node:
            words[value] = group.languages(value)
        if kind == "boolean":
            for value in words:
                if value not in ("yes", "no"):
                    group.problem("a boolean has the values yes and no", value)
    units = sub.texts("units") + ((sub.text("unit"),) if sub.text("unit") else ())
    for unit in units:
        if kind == "quantity" and unit_of(unit) is None:
            sub.problem("unit not known", "units", read=unit)
    dimension = sub.text("dimension")
    if kind == "quantity" and not dimension and units:
        known = unit_of(units[0])
        dimension = known[0] if known is not None else ""
    if kind == "scale" and not sub.text("scale"):
        sub.problem("a scale parameter names its scale", "scale")
    typically = {}
    usual = sub.sub("typically")
    if usual is not None:
        for value in usual.node:
            typically[value] = LIKELIHOODS.get(usual.choice(value, LIKELIHOODS), 0.2)
    parameter = Parameter(
        name,
        kind,
        words,
        sub.text("scale"),
        dimension,
        units,
        sub.languages("near"),
        typically,
        f"{sub.file}:{sub.node.line}",
    )
    sub.taken |= {"basis", "summary", "of", "note"}
    sub.done()
    return parameter


def _models(fields: Fields) -> tuple[Model, ...]:
    found = []
    for sub in fields.subs("models"):
        pattern = sub.text("pattern", required=True)
        if pattern and not MODEL_PATTERN.fullmatch(pattern):
            sub.problem(
                "a designator pattern is written in folded form",
                "pattern",
                read=pattern,
                expected="a-z 0-9 [] () | ? + * {}",
            )
        try:
            re.compile(pattern)
        except re.error as error:
            sub.problem(f"not a regular expression: {error}", "pattern", read=pattern)
            pattern = ""
        if pattern and not re.match(r"[a-z0-9]{2}", pattern):
            sub.problem("a designator pattern starts with two literal characters", "pattern", read=pattern)
            pattern = ""
        if pattern and not re.search(r"\d", pattern):
            sub.problem("a designator has a digit; names without digits are terms", "pattern", read=pattern)
        gives = []
        given = sub.sub("gives")
        if given is not None:
            gives = [(name, given.text(name)) for name in given.node]
        status = sub.choice("status", STATUSES, "reviewed")
        note = sub.text("note")
        sub.taken |= {"reference", "references", "title", "read_on", "url"}
        sub.done()
        if pattern:
            found.append(Model(pattern, tuple(gives), status, note, f"{sub.file}:{sub.node.line}"))
    return tuple(found)


def read_concept(fields: Fields) -> Concept:
    """Read one concept file."""
    strong: dict[str, tuple[str, ...]] = {}
    weak: dict[str, tuple[str, ...]] = {}
    context: dict[str, tuple[str, ...]] = {}
    terms = fields.sub("terms")
    if terms is not None:
        for language in terms.node:
            sub = terms.sub(language)
            if sub is not None:
                strong[language] = sub.texts("strong")
                weak[language] = sub.texts("weak")
                context[language] = sub.texts("context")
                sub.done()
    not_when = fields.languages("not_when")
    heads = not_when.pop("head", ())
    ask: dict[str, dict[str, str]] = {}
    asked = fields.sub("ask")
    if asked is not None:
        for name in asked.node:
            sub = asked.sub(name)
            if sub is not None:
                ask[name] = {language: sub.text(language) for language in sub.node}
    mass = fields.texts("unit_mass_g")
    unit_mass: tuple[int, int] | None = None
    if mass:
        if len(mass) == 2 and all(part.isdigit() for part in mass):
            unit_mass = (int(mass[0]), int(mass[1]))
        else:
            fields.problem("expected two whole numbers of grams", "unit_mass_g", read=", ".join(mass))
    hs = fields.texts("hs")
    for code in hs:
        if not code.isdigit() or len(code) not in (2, 4, 6, 8, 10):
            fields.problem(
                "not an HS code", "hs", read=code, expected="4, 6, 8 or 10 digits without dots, e.g. '903180'"
            )
    concept = Concept(
        fields.text("concept", required=True),
        fields.text("title", required=True),
        fields.text("family", required=True),
        fields.text("broader"),
        fields.choice("status", STATUSES, "draft", required=True),
        fields.text("summary"),
        strong,
        weak,
        context,
        _models(fields),
        not_when,
        heads,
        fields.texts("confused_with"),
        fields.texts("exclusive_with"),
        read_parameters(fields),
        ask,
        hs,
        unit_mass,
        f"{fields.file}:{fields.node.line}",
        _cas(fields),
        _fsc(fields),
    )
    fields.taken |= {"references", "notes", "related"}
    fields.done()
    return concept


def _cas(fields: Fields) -> tuple[str, ...]:
    """Read CAS registry numbers; the last digit is a check digit over the others."""
    numbers = fields.texts("cas")
    for number in numbers:
        if not is_cas(number):
            fields.problem("not a CAS registry number", "cas", read=number, expected="digits with a right check digit")
    return tuple(number for number in numbers if is_cas(number))


def _fsc(fields: Fields) -> tuple[str, ...]:
    """Read federal supply classes, the first four digits of a NATO stock number."""
    classes = fields.texts("fsc")
    for code in classes:
        if not (code.isdigit() and len(code) == 4):
            fields.problem("not a federal supply class", "fsc", read=code, expected="four digits")
    return classes


def read_scale(fields: Fields) -> Scale:
    """Read one scale: an order of values and the standards in which people write them."""
    order = fields.texts("order")
    standards = []
    for sub in fields.subs("standards"):
        levels = [_level(item, order) for item in sub.subs("levels")]
        reference_fields = sub.sub("reference")
        reference = read_reference(reference_fields) if reference_fields is not None else Reference()
        standards.append(
            Standard(
                sub.text("id", required=True),
                sub.text("title"),
                sub.choice("authority", ("stated", "legal", "sourced"), "sourced", required=True),
                tuple(levels),
                reference,
            )
        )
        sub.taken |= {"references", "note", "notes", "status", "summary", "warning"}
        sub.done()
    scale = Scale(fields.text("scale", required=True), fields.text("title"), order, tuple(standards), fields.file)
    fields.taken |= {"status", "summary", "references", "note", "notes"}
    fields.done()
    return scale


def _level(sub: Fields, order: tuple[str, ...]) -> Level:
    labels: tuple[str, ...] = ()
    if "is" in sub.node:
        labels = sub.texts("is")
    elif "at_least" in sub.node:
        start = sub.text("at_least")
        labels = order[order.index(start) :] if start in order else ()
    elif "at_most" in sub.node:
        stop = sub.text("at_most")
        labels = tuple(x for x in order[: order.index(stop) + 1] if x != "none") if stop in order else ()
    elif "between" in sub.node:
        ends = sub.texts("between")
        if len(ends) == 2 and all(end in order for end in ends):
            labels = order[order.index(ends[0]) : order.index(ends[1]) + 1]
    for label in labels:
        if label not in order:
            sub.problem("not a value of this scale", "is", read=label, expected=" | ".join(order))
    patterns = sub.texts("patterns")
    usable = []
    for pattern in patterns:
        try:
            re.compile(pattern)
            usable.append(pattern)
        except re.error as error:
            sub.problem(f"not a regular expression: {error}", "patterns", read=pattern)
    level = Level(sub.text("label", required=True), labels, tuple(usable))
    sub.taken |= {"is", "at_least", "at_most", "between", "note", "notes"}
    sub.done()
    return level


def is_mapping(node: object) -> bool:
    """Return whether a YAML node is a mapping."""
    return isinstance(node, Map)
