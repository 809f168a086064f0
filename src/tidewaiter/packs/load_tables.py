"""Read the packs that are single tables: grammar, description quality and policy."""

from __future__ import annotations

from collections.abc import Mapping

from tidewaiter.packs.load_language import read_references
from tidewaiter.packs.reader import Fields
from tidewaiter.packs.types import PRECEDENCE, DescriptionRules, Grammar, PackInfo, Policy, PolicyRole, PolicyRow

OUTCOMES = ("no-finding", "review", "hold")


def _by_language(group: Fields | None) -> dict[str, tuple[str, ...]]:
    if group is None:
        return {}
    found = {language: group.texts(language) for language in group.node}
    group.done()
    return found


def _grouped(group: Fields | None) -> dict[str, dict[str, tuple[str, ...]]]:
    """Read group → language → words."""
    if group is None:
        return {}
    return {name: _by_language(group.sub(name)) for name in group.node}


def read_grammar(fields: Fields, pack: PackInfo) -> Grammar:
    """Read the grammar table: markers, accessory heads (by position), negators, separators and connectors."""
    after: dict[str, list[str]] = {}
    before: dict[str, list[str]] = {}
    heads = fields.sub("accessory_heads")
    if heads is not None:
        for language in heads.node:
            _heads(heads, language, after, before)
    grammar = Grammar(
        _by_language(fields.sub("for_markers")),
        {language: tuple(words) for language, words in after.items()},
        {language: tuple(words) for language, words in before.items()},
        _grouped(fields.sub("negators")),
        _by_language(fields.sub("negated_negators")),
        fields.texts("segment_separators"),
        _by_language(fields.sub("connectors")),
        pack,
        _by_language(fields.sub("against")),
        _by_language(fields.sub("for_markers_after")),
        alike=_by_language(fields.sub("alike")),
        links=_by_language(fields.sub("link_words")),
    )
    fields.taken |= {"grammar", "title", "status", "summary", "notes", "references"}
    fields.done()
    return grammar


def _heads(heads: Fields, language: str, after: dict[str, list[str]], before: dict[str, list[str]]) -> None:
    """Read the accessory heads of one language: `{after: […], before: […], both: […]}`."""
    sub = heads.sub(language)
    if sub is None:
        return
    after.setdefault(language, []).extend((*sub.texts("after"), *sub.texts("both")))
    before.setdefault(language, []).extend((*sub.texts("before"), *sub.texts("both")))
    sub.done()


def read_description(fields: Fields, pack: PackInfo) -> DescriptionRules:
    """Read the description table: useless words by kind and language, placeholders for names, questions by kind."""
    questions: dict[str, Mapping[str, str]] = {}
    asked = fields.sub("questions")
    if asked is not None:
        for kind in asked.node:
            sub = asked.sub(kind)
            if sub is not None:
                questions[kind] = {language: sub.text(language) for language in sub.node}
    rules = DescriptionRules(
        _grouped(fields.sub("words")),
        _by_language(fields.sub("placeholders")),
        questions,
        read_references(fields),
        pack,
    )
    fields.taken |= {"description", "title", "status", "summary", "notes", "rules"}
    fields.done()
    return rules


def read_policy(fields: Fields, pack: PackInfo) -> Policy:
    """Read the policy: outcome rows, surfacing likelihoods, party levels."""
    rows = _rows(fields)
    roles = {}
    for sub in fields.subs("roles"):
        role = PolicyRole(
            sub.text("role", required=True), sub.text("title", required=True), sub.text("summary"), _rows(sub)
        )
        if role.id in roles:
            sub.problem("this role is told twice", "role", read=role.id)
        roles[role.id] = role
        sub.taken |= {"note", "references"}
        sub.done()
    surfacing = fields.sub("surfacing")
    licence, prohibition = 0.20, 0.05
    if surfacing is not None:
        licence = _share(surfacing, "licence", licence)
        prohibition = _share(surfacing, "prohibition", prohibition)
        surfacing.taken |= {"reference", "references", "note", "notes", "summary"}
        surfacing.done()
    precedence = fields.texts("precedence") or PRECEDENCE
    if sorted(precedence) != sorted(PRECEDENCE):
        fields.problem(
            "every effect once, strictest first",
            "precedence",
            read=", ".join(precedence),
            expected=", ".join(PRECEDENCE),
        )
    party = fields.sub("party")
    review, organisation, hold, evidence = 860, 0, 930, 500
    if party is not None:
        review = party.integer("review", review) or review
        organisation = party.integer("review_organisation", 0) or 0
        hold = party.integer("hold", hold) or hold
        evidence = party.integer("hold_min_evidence", evidence) or 0
        party.taken |= {"reference", "references", "note", "notes"}
        party.done()
    policy = Policy(
        rows,
        roles,
        licence,
        prohibition,
        review,
        organisation or review,
        hold,
        evidence,
        fields.integer("hold_min_concept_score", 700) or 0,
        fields.integer("list_stale_days", 7) or 7,
        pack,
        *_learned(fields),
        history_points=_history(fields),
        precedence=precedence,
    )
    fields.taken |= {"policy", "title", "status", "summary", "references", "notes", "stale"}
    fields.done()
    return policy


def _rows(fields: Fields) -> tuple[PolicyRow, ...]:
    rows = []
    for sub in fields.subs("rows"):
        when = sub.sub("when")
        finding = when.text("finding", required=True) if when is not None else sub.text("finding", required=True)
        minimum = (when.integer("min_score", 0) if when is not None else sub.integer("min_score", 0)) or 0
        if when is not None:
            when.done()
        rows.append(
            PolicyRow(
                finding, minimum, sub.choice("outcome", OUTCOMES, required=True), sub.text("reason", required=True)
            )
        )
        sub.taken |= {"reference", "references", "when", "note"}
        sub.done()
    return tuple(rows)


# What earlier items add, thousandths, where a policy says nothing else; `kit-parts` is how many parts make a kit worth telling.
HISTORY_POINTS = {
    "party": 200, "contact": 100, "held": 500, "same-kind": 400, "controlled": 200, "other-sender": 300, "kit-part": 200, "kit-parts": 3,
}  # fmt: skip


def _history(fields: Fields) -> dict[str, int]:
    sub = fields.sub("history")
    if sub is None:
        return dict(HISTORY_POINTS)
    found = {name: sub.integer(name, default) or 0 for name, default in HISTORY_POINTS.items()}
    sub.taken.add("note")
    sub.done()
    return found


def _learned(fields: Fields) -> tuple[int, int, int]:
    sub = fields.sub("learned")
    if sub is None:
        return 1001, 1001, 1001
    lines = tuple(sub.integer(name, 1001) or 1001 for name in ("vague", "concern", "chapter"))
    sub.taken.add("note")
    sub.done()
    return lines[0], lines[1], lines[2]


def _share(fields: Fields, field: str, default: float) -> float:
    text = fields.text(field)
    if not text:
        return default
    try:
        return float(text)
    except ValueError:
        fields.problem("not a share between 0 and 1", field, read=text)
        return default
