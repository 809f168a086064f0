"""Read the packs that hold law: control-list entries, definitions, licence rules, requirement rows, groups and chart."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from tidewaiter.packs.conditions import ALWAYS, Condition, Test, parse_conditions
from tidewaiter.packs.evaluate import Definition
from tidewaiter.packs.load_language import STATUSES, read_reference, read_references
from tidewaiter.packs.reader import LIKELIHOODS, Fields
from tidewaiter.packs.types import (
    Entry,
    Note,
    PackInfo,
    Paragraph,
    Reference,
    Release,
    Requirement,
    RequirementRow,
    Rule,
)

RELEASE_EFFECTS = ("none", "exempt", "general-authorisation", "may-be-authorised")
EFFECTS = ("prohibited", "licence", "general-authorisation", "none", "information")
# The open fact of an entry whose conditions nobody has encoded yet.
NOT_ENCODED = "conditions-not-encoded"
SPOKEN = {"note", "notes", "related", "basis", "duties", "coverage"}


def _when(fields: Fields, field: str = "when") -> Condition:
    return parse_conditions(fields.raw(field), fields, field)


def _dates(fields: Fields) -> tuple[date | None, date | None]:
    sub = fields.sub("in_force")
    if sub is None:
        return None, None
    start, end = sub.day("from"), sub.day("to")
    sub.taken |= {"note", "until"}
    sub.done()
    return start, end


def read_entry(fields: Fields, pack: PackInfo) -> Entry:
    """Read one control-list entry."""
    entry_id = fields.text("entry", required=True)
    status = fields.choice("status", STATUSES, "draft", required=True)
    paragraphs = tuple(_paragraph(sub, status) for sub in fields.subs("paragraphs"))
    known = {paragraph.id for paragraph in paragraphs}
    notes = tuple(_note(sub, known) for sub in fields.subs("notes"))
    start, end = _dates(fields)
    references = read_references(fields)
    if not references:
        fields.problem("a law file cites its source", "references", line=fields.node.line)
    see = []
    for sub in fields.subs("see"):
        see.append((sub.text("entry"), sub.text("type", "cross")))
        sub.taken |= {"note", "summary"}
        sub.done()
    listed = fields.text("list", required=True)
    if listed and listed != pack.id:
        fields.problem("the list is not the pack it lies in", "list", read=listed, expected=pack.id)
    entry = Entry(
        entry_id,
        listed,
        fields.text("title", required=True),
        fields.text("summary", required=True),
        status,
        start,
        end,
        references,
        _when(fields, "chapeau"),
        paragraphs,
        notes,
        tuple(see),
        fields.texts("hs"),
        pack,
        f"{fields.file}:{fields.node.line}",
        fields.texts("regime"),
    )
    fields.taken |= SPOKEN | {"not_modelled"}
    fields.done()
    return entry


def read_outline(fields: Fields, pack: PackInfo) -> tuple[Entry, ...]:
    """Read a table of entries whose conditions are not encoded: all draft, each cited by filling `{entry}` into the citation."""
    listed = fields.text("outline", required=True)
    if listed != pack.id:
        fields.problem("the list is not the pack it lies in", "outline", read=listed, expected=pack.id)
    start, end = _dates(fields)
    references = read_references(fields)
    if not references:
        fields.problem("a law file cites its source", "references", line=fields.node.line)
    found = tuple(_outlined(sub, listed, start, end, references, pack) for sub in fields.subs("entries"))
    fields.taken |= SPOKEN | {"status", "title"}
    fields.done()
    return found


def _outlined(
    sub: Fields,
    listed: str,
    start: date | None,
    end: date | None,
    references: tuple[Reference, ...],
    pack: PackInfo,
) -> Entry:
    name = sub.text("entry", required=True)
    goods = sub.texts("goods")
    likely = sub.likelihood("likely")
    source = f"{sub.file}:{sub.node.line}"
    unread = Condition("fact", name=NOT_ENCODED, test=Test("is", ("yes",)), typically=likely or LIKELIHOODS["rarely"])
    entry = Entry(
        name,
        listed,
        sub.text("title", required=True),
        sub.text("summary", required=True),
        "draft",
        sub.day("from") or start,
        sub.day("to") or end,
        tuple(replace(reference, citation=reference.citation.replace("{entry}", name)) for reference in references),
        ALWAYS,
        (Paragraph("", "", goods, (), unread, (), "draft", source),) if goods else (),
        (),
        (),
        sub.texts("hs"),
        pack,
        source,
        sub.texts("regime"),
        True,
    )
    sub.taken |= SPOKEN
    sub.done()
    return entry


def _paragraph(sub: Fields, entry_status: str) -> Paragraph:
    codes: tuple[str, ...] = ()
    code_fields = sub.sub("codes")
    if code_fields is not None:
        codes = code_fields.texts("listed") + code_fields.texts("starts")
        code_fields.taken |= {"system", "edition", "ex", "listed", "starts"}
        code_fields.done()
    status = sub.choice("status", STATUSES, entry_status)
    paragraph = Paragraph(
        sub.text("id", required=True),
        sub.text("summary"),
        sub.texts("goods"),
        codes,
        _when(sub),
        sub.texts("after"),
        "draft" if entry_status == "draft" else status,
        f"{sub.file}:{sub.node.line}",
    )
    sub.taken |= SPOKEN | {"references"}
    sub.done()
    return paragraph


def _covers(paragraph: str, scope: str) -> bool:
    """Return whether a paragraph lies at or under a scope: `a` covers `a` and `a.1`; `all` covers everything."""
    return scope == "all" or paragraph == scope or paragraph.startswith(scope + ".")


def _note(sub: Fields, known: set[str]) -> Note:
    releases = sub.texts("releases")
    for scope in releases:
        if not any(_covers(paragraph, scope) for paragraph in known):
            sub.problem("releases a paragraph this entry does not have", "releases", read=scope)
    when_given = "when" in sub.node
    note = Note(
        sub.text("id", required=True),
        sub.text("summary"),
        releases,
        sub.texts("restores"),
        sub.texts("includes"),
        _when(sub),
        sub.choice("if_unknown", ("open", "stands"), "open"),
        f"{sub.file}:{sub.node.line}",
    )
    if releases and not when_given:
        sub.problem("a release says when it holds", "when")
    sub.taken |= SPOKEN | {"references"}
    sub.done()
    return note


def read_definition(fields: Fields) -> Definition:
    """Read one named definition."""
    catches = _when(fields, "catches")
    releases = _when(fields, "releases") if "releases" in fields.node else None
    definition = Definition(
        fields.text("definition", required=True),
        fields.text("summary"),
        catches,
        releases,
        fields.text("from_text") == "open",
        fields.likelihood("typically"),
        f"{fields.file}:{fields.node.line}",
    )
    fields.taken |= SPOKEN | {"references", "status", "in_force", "title"}
    fields.done()
    return definition


def _release(sub: Fields) -> Release:
    references = list(read_references(sub))
    citation = sub.text("citation")
    if citation:
        references.append(Reference(citation, sub.text("url"), sub.day("as_of"), sub.day("read_on")))
    sub.taken |= {"url", "as_of", "read_on"}
    start, end = _dates(sub)
    release = Release(
        sub.text("id", required=True),
        sub.text("title") or sub.text("summary"),
        sub.choice("effect", RELEASE_EFFECTS, "none"),
        sub.texts("entries"),
        sub.texts("on"),
        _when(sub),
        _when(sub, "unless") if sub.node.get("unless") else None,
        sub.texts("conditions"),
        tuple(references),
        sub.choice("status", STATUSES, "reviewed"),
        f"{sub.file}:{sub.node.line}",
        start,
        end,
    )
    sub.taken |= SPOKEN | {"summary", "unless"}
    sub.done()
    return release


def read_rule(fields: Fields, pack: PackInfo) -> Rule:
    """Read one licence rule."""
    start, end = _dates(fields)
    references = read_references(fields)
    if not references:
        fields.problem("a law file cites its source", "references", line=fields.node.line)
    lists: tuple[str, ...] = ()
    entries: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    any_goods = False
    applies = fields.sub("applies_to")
    if applies is None:
        fields.problem("a rule says what it applies to", "applies_to", line=fields.node.line)
    else:
        lists, entries = applies.texts("lists"), applies.texts("entries")
        any_goods = applies.text("goods") == "any"
        code_fields = applies.sub("codes")
        if code_fields is not None:
            codes = code_fields.texts("starts") + code_fields.texts("listed")
            code_fields.taken |= {"system", "edition", "ex", "basis"}
            code_fields.done()
        applies.done()
    authority = fields.raw("authority")
    authorities: dict[str, str] = {}
    if isinstance(authority, str):
        authorities["en"] = str(authority)
    elif authority is not None:
        sub = fields.sub("authority")
        if sub is not None:
            authorities = {language: sub.text(language) for language in sub.node}
    raised = fields.raw("raised_by")
    rule = Rule(
        fields.text("rule", required=True),
        pack.jurisdiction,
        fields.text("title", required=True),
        fields.text("summary"),
        fields.choice("effect", EFFECTS, required=True),
        authorities,
        fields.choice("status", STATUSES, "draft", required=True),
        start,
        end,
        references,
        lists,
        entries,
        codes,
        any_goods,
        fields.flag("requirements"),
        _when(fields),
        _raised_by(raised, fields),
        tuple(_release(sub) for sub in fields.subs("exceptions")),
        pack,
        f"{fields.file}:{fields.node.line}",
    )
    fields.taken |= SPOKEN | {"kind", "not_modelled"}
    fields.done()
    return rule


def _raised_by(node: object, fields: Fields) -> Condition | None:
    """Return the signals of a catch-all: any one of them wakes it."""
    if not node:
        return None
    condition = parse_conditions(node, fields, "raised_by")  # type: ignore[arg-type]
    children = condition.children if condition.kind == "all" and condition.children else (condition,)
    return Condition("any", children=children, where=condition.where)


def read_requirement(fields: Fields) -> Requirement:
    """Read the requirement rows and exceptions of one entry."""
    start, end = _dates(fields)
    rows = []
    for sub in fields.subs("rows"):
        destinations: tuple[str, ...] = ()
        groups: tuple[str, ...] = ()
        node = sub.node.get("destinations")
        if isinstance(node, dict):
            inner = sub.sub("destinations")
            assert inner is not None
            groups = inner.texts("group") + inner.texts("groups")
            inner.done()
        else:
            destinations = sub.texts("destinations")
        rows.append(
            RequirementRow(
                sub.text("reason", required=True),
                sub.text("chart"),
                sub.texts("on") or ("all",),
                sub.texts("except"),
                destinations,
                groups,
                _when(sub) if sub.node.get("when") else ALWAYS,
                f"{sub.file}:{sub.node.line}",
            )
        )
        sub.taken |= SPOKEN | {"citation", "when", "summary", "destinations"}
        sub.done()
    requirement = Requirement(
        fields.text("requirements", required=True),
        fields.choice("status", STATUSES, "draft", required=True),
        start,
        end,
        read_references(fields),
        tuple(rows),
        tuple(_release(sub) for sub in fields.subs("exceptions")),
        f"{fields.file}:{fields.node.line}",
    )
    fields.taken |= SPOKEN | {"summary", "not_modelled", "title"}
    fields.done()
    return requirement


def read_groups(fields: Fields) -> dict[str, frozenset[str]]:
    """Read territory groups."""
    found: dict[str, frozenset[str]] = {}
    group = fields.sub("groups")
    if group is None:
        fields.problem("expected groups", "groups")
        return found
    for name in group.node:
        sub = group.sub(name)
        if sub is not None:
            members = sub.texts("members")
            for member in members:
                if len(member) != 2 or not member.isupper():
                    sub.problem("not an ISO 3166-1 alpha-2 code", "members", read=member)
            found[name] = frozenset(members)
    return found


def read_chart(fields: Fields) -> tuple[dict[str, frozenset[str]], Reference]:
    """Read a chart of destinations and marked columns."""
    columns = set(fields.texts("columns"))
    rows: dict[str, frozenset[str]] = {}
    table = fields.sub("rows")
    if table is not None:
        for place in table.node:
            marks = table.texts(place)
            for mark in marks:
                if columns and mark not in columns:
                    table.problem("not a column of the chart", place, read=mark)
            rows[place] = frozenset(marks)
    references = fields.subs("references")
    reference = read_reference(references[0]) if references else Reference()
    return rows, reference


def with_source(info: PackInfo, sha256: str) -> PackInfo:
    """Return the pack head with its content hash."""
    return replace(info, sha256=sha256)
