"""Assess one paragraph of a list entry against known facts: met, open (which fact is missing) or excluded (by what).

The order is that of `docs/reference/pack-format.md`: conditions, then notes (release, restore), then residual wording
(`after`). A draft encoding never concludes `met`.
"""

from __future__ import annotations

from collections.abc import Iterable

from tidewaiter.model.goods import Assessment
from tidewaiter.packs.conditions import Condition
from tidewaiter.packs.evaluate import Facts, Truth, evaluate, leaf_name, likelihood, open_leaves, under, used_facts
from tidewaiter.packs.types import Entry, Note, Paragraph

DRAFT_FACT = "draft"


def covers(paragraph: str, scope: str) -> bool:
    """Return whether a paragraph lies at or under a scope: `a` covers `a` and `a.1`; `all` covers everything."""
    return scope == "all" or paragraph == scope or paragraph.startswith(scope + ".")


def condition_of(entry: Entry, paragraph: Paragraph) -> Condition:
    """Return the chapeau and the paragraph's own conditions as one."""
    return Condition("all", children=(entry.chapeau, paragraph.when))


def assess(
    entry: Entry,
    paragraph: Paragraph,
    facts: Facts,
    concept: str,
    score: int,
    kind_open: tuple[str, float] | None = None,
) -> Assessment:
    """Assess one paragraph.

    Args:
        entry: the list entry.
        paragraph: its paragraph.
        facts: what is known about the goods line and its route.
        concept: the concept that triggered the paragraph.
        score: the concept's score in thousandths.
        kind_open: when only a broader kind was found, the concept that would settle it and its likelihood.

    Returns:
        The assessment with its open facts and the likelihood that the paragraph would be met.
    """
    condition = condition_of(entry, paragraph)
    truth = evaluate(condition, facts)
    used = list(used_facts(condition, facts))
    draft = paragraph.status == "draft"
    ref = (entry.list, entry.id, paragraph.id)
    if truth is False:
        because = f"condition {_deciding(condition, facts)}"
        return Assessment(*ref, "excluded", concept, score, because, used=tuple(used), draft=draft)
    chance = likelihood(condition, facts)
    open_facts = [leaf_name(leaf) for leaf in open_leaves(condition, facts)]
    released_if: list[str] = []
    for note in entry.notes:
        if not any(covers(paragraph.id, scope) for scope in note.releases):
            continue
        released = _released(note, entry.notes, facts)
        used.extend(used_facts(note.when, facts))
        if released is True:
            return Assessment(*ref, "excluded", concept, score, note.id, used=tuple(dict.fromkeys(used)), draft=draft)
        if released is None:
            if note.if_unknown == "stands":
                released_if.append(note.id)
            else:
                open_facts.extend(leaf_name(leaf) for leaf in open_leaves(note.when, facts))
                chance *= 1.0 - likelihood(note.when, facts)
    earlier = _earlier(paragraph, facts)
    if earlier is True:
        return Assessment(
            *ref, "excluded", concept, score, "after " + ", ".join(paragraph.after), used=tuple(used), draft=draft
        )
    if earlier is None:
        open_facts.append("entry:" + ",".join(paragraph.after))
    if kind_open is not None:
        open_facts.insert(0, f"concept:{kind_open[0]}")
        chance *= kind_open[1]
    if draft:
        open_facts.append(DRAFT_FACT)
    status = "open" if open_facts else "met"
    return Assessment(
        *ref,
        status,
        concept,
        score,
        open_facts=tuple(dict.fromkeys(open_facts)),
        likelihood=chance if status == "open" else 1.0,
        released_if=tuple(released_if),
        draft=draft,
        used=tuple(dict.fromkeys(used)),
    )


def waits_for(entry: Entry, paragraph: Paragraph) -> tuple[str, ...]:
    """Return the citations a paragraph must see assessed before it: residual wording and `entry` conditions."""
    found = list(paragraph.after)
    conditions = [condition_of(entry, paragraph)]
    conditions += [note.when for note in entry.notes if any(covers(paragraph.id, scope) for scope in note.releases)]
    while conditions:
        condition = conditions.pop()
        conditions.extend(condition.children)
        if condition.kind == "entry":
            found.extend(condition.names)
    return tuple(found)


def assessment_ranks(entries: Iterable[Entry]) -> dict[str, int]:
    """Return for each paragraph `list/ENTRY.par` how many steps of reference lie before it (0: refers to nothing).

    A circle, which `pack lint` refuses, is cut where it is entered.
    """
    waits = {f"{entry.list}/{entry.id}.{p.id}": waits_for(entry, p) for entry in entries for p in entry.paragraphs}
    by_entry: dict[str, list[str]] = {}
    for ref in waits:
        by_entry.setdefault(_entry_of(ref), []).append(ref)
    referring = {
        ref: list(
            dict.fromkeys(
                o for c in citations for o in by_entry.get(_entry_of(c), waits if "/" not in c else ()) if under(o, c)
            )
        )
        for ref, citations in waits.items()
        if citations
    }
    ranks: dict[str, int] = {}

    def rank(ref: str, above: frozenset[str]) -> int:
        if ref not in ranks:
            before = [other for other in referring.get(ref, ()) if other not in above]
            ranks[ref] = 1 + max((rank(other, above | {ref}) for other in before), default=-1)
        return ranks[ref]

    for ref in sorted(waits):
        rank(ref, frozenset())
    return ranks


def _entry_of(ref: str) -> str:
    """Return `list/ENTRY` of a citation `list/ENTRY.par`."""
    name, _, rest = ref.partition("/")
    return f"{name}/{rest.partition('.')[0]}"


def _released(note: Note, notes: Iterable[Note], facts: Facts) -> Truth:
    truth = evaluate(note.when, facts)
    if truth is False:
        return False
    for other in notes:
        if note.id in other.restores:
            restored = evaluate(other.when, facts)
            if restored is True:
                return False
            if restored is None:
                truth = None
    return truth


def _earlier(paragraph: Paragraph, facts: Facts) -> Truth:
    result: Truth = False
    for ref in paragraph.after:
        for known, truth in facts.entries.items():
            if under(known, ref):
                if truth is True:
                    return True
                if truth is None:
                    result = None
    return result


def _deciding(condition: Condition, facts: Facts) -> str:
    """Name the first leaf that makes a condition false."""
    if condition.kind == "all":
        for child in condition.children:
            if evaluate(child, facts) is False:
                return _deciding(child, facts)
    if condition.kind in ("any", "not"):
        names = [_deciding(child, facts) if child.children else leaf_name(child) for child in condition.children]
        return ", ".join(dict.fromkeys(name for name in names if name))
    return leaf_name(condition) if condition.kind not in ("all",) else ""
