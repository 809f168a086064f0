"""Say a pack in sentences: what lawyers read instead of YAML."""

from __future__ import annotations

from collections.abc import Iterable

from tidewaiter.packs.conditions import Condition
from tidewaiter.packs.reader import LIKELIHOODS
from tidewaiter.packs.types import Concept, Entry, PackSet, Rule

_OPS = {
    "is": "is", "in": "is one of", "above": "is above", "at_least": "is at least", "below": "is below", "at_most": "is at most",
    "before": "is before", "after": "is after", "reaches": "reaches above", "covers": "covers", "within": "lies within",
}  # fmt: skip
_WORDS = {value: word for word, value in LIKELIHOODS.items()}


def say(condition: Condition) -> str:
    """Return a condition as an English phrase."""
    kind = condition.kind
    if kind in ("all", "any"):
        if not condition.children:
            return "always"
        joiner = " and " if kind == "all" else " or "
        parts = [say(child) for child in condition.children]
        text = joiner.join(parts)
        return f"({text})" if len(parts) > 1 else text
    if kind == "not":
        return "it is not so that " + " and ".join(say(child) for child in condition.children)
    if condition.test is not None:
        subject = "the value" if kind == "value" else condition.name
        operands = " or ".join(condition.test.texts) if condition.test.op == "in" else " to ".join(condition.test.texts)
        text = f"{subject} {_OPS[condition.test.op]} {operands}"
    elif kind in ("destination", "origin", "transit", "goods_origin"):
        places = ", ".join((*condition.names, *(f"a country of the group {group}" for group in condition.groups)))
        text = f"the {kind.replace('_', ' ')} is {places}"
    elif kind == "concept":
        text = f"the goods are {condition.name}"
    elif kind == "code":
        text = f"the declared {condition.name} code begins with {', '.join(condition.names)}"
    elif kind == "entry":
        text = f"the goods meet {', '.join(condition.names)}"
    elif kind == "made_for":
        text = f"they are made for {', '.join((*condition.names, *condition.groups))}"
    elif kind == "contains":
        text = f"they contain {', '.join((*condition.names, *condition.groups))}"
    else:
        text = f"“{condition.name}” applies"
    if condition.typically is not None:
        text += f" (unstated: {_WORDS.get(condition.typically, condition.typically)})"
    return text


def show_entry(entry: Entry) -> Iterable[str]:
    """Yield an entry as lines of text."""
    yield f"{entry.list} {entry.id}: {entry.title}  [{entry.status}]"
    yield f"  {entry.summary}"
    for reference in entry.references:
        yield f"  Source: {reference.citation} (text of {reference.as_of or 'undated'}, read {reference.read_on or 'undated'}) {reference.url}"
    start = entry.valid_from.isoformat() if entry.valid_from else "unknown"
    yield f"  In force from {start}" + (f" to {entry.valid_to.isoformat()}" if entry.valid_to else "")
    if entry.chapeau.children or entry.chapeau.kind != "all":
        yield f"  For every paragraph: {say(entry.chapeau)}."
    for paragraph in entry.paragraphs:
        goods = ", ".join(paragraph.goods) or "goods with codes " + ", ".join(paragraph.codes)
        condition = (
            "" if not paragraph.when.children and paragraph.when.kind == "all" else f", if {say(paragraph.when)}"
        )
        draft = " [draft]" if paragraph.status == "draft" else ""
        after = f", unless {', '.join(paragraph.after)} is met" if paragraph.after else ""
        yield f"  {paragraph.id}{draft}: {paragraph.summary or goods}. Met by {goods}{condition}{after}."
    for note in entry.notes:
        what = (
            f"releases {', '.join(note.releases)}"
            if note.releases
            else f"restores {', '.join(note.restores)}"
            if note.restores
            else f"includes {', '.join(note.includes)}"
        )
        unknown = "; if unknown the control stands" if note.if_unknown == "stands" else ""
        yield f"  {note.id}: {note.summary or what}. It {what} if {say(note.when)}{unknown}."


def show_rule(rule: Rule) -> Iterable[str]:
    """Yield a licence rule as lines of text."""
    yield f"{rule.id}: {rule.title}  [{rule.status}]"
    yield f"  {rule.summary}" if rule.summary else "  (no summary)"
    for reference in rule.references:
        yield f"  Source: {reference.citation} (text of {reference.as_of or 'undated'}, read {reference.read_on or 'undated'}) {reference.url}"
    what = ", ".join((*rule.lists, *rule.entries, *rule.codes)) or "any goods"
    yield f"  Effect: {rule.effect}, for {what}, if {say(rule.when)}."
    if rule.raised_by is not None:
        yield f"  Dormant unless {say(rule.raised_by)}."
    for release in rule.exceptions:
        unless = f", unless {say(release.unless)}" if release.unless is not None else ""
        yield f"  Exception {release.id} ({release.effect}, {release.status}): if {say(release.when)}{unless}. {' '.join(release.conditions)}"


def show_concept(concept: Concept) -> Iterable[str]:
    """Yield a concept as lines of text."""
    yield f"{concept.id}: {concept.title} ({concept.family})  [{concept.status}]"
    yield f"  {concept.summary}"
    for language in sorted(concept.strong):
        weak = f"; weak: {', '.join(concept.weak[language])}" if concept.weak.get(language) else ""
        yield f"  {language}: {', '.join(concept.strong[language])}{weak}"
    if concept.models:
        yield "  Designators: " + ", ".join(
            f"{m.pattern}{' [draft]' if m.status == 'draft' else ''}" for m in concept.models
        )
    for parameter in concept.parameters:
        yield f"  Parameter {parameter.name}: {parameter.type} {parameter.scale or ' '.join(parameter.units)}".rstrip()


def show(packs: PackSet) -> Iterable[str]:
    """Yield everything in a pack set as lines of text."""
    for concept in packs.concepts.values():
        yield from show_concept(concept)
    for entry in packs.entries:
        yield from show_entry(entry)
    for rule in packs.rules:
        yield from show_rule(rule)
