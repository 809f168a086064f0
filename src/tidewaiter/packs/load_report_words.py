"""Read `packs/report-words/<language>.yaml` into `ReportWords`, every cue checked where it stands."""

from __future__ import annotations

from typing import Literal

from tidewaiter.packs.cue_text import CueError, parse_cue
from tidewaiter.packs.reader import Fields
from tidewaiter.packs.report_words import KEYED, LISTS, REQUIRED, ROWS, CueRow, ReportWords

PLAIN = (
    "abbreviations", "months", "oblique_cases", "plurals", "not_goods", "noun_endings", "participles", "past_endings",
)  # sections whose texts are words, not cues  # fmt: skip


def read_report_words(fields: Fields) -> ReportWords:
    """Read one file of the words of reports; problems are collected with file and line."""
    language = fields.text("report_words", required=True)
    order = fields.choice("order", ("fixed", "free", "either"), "fixed")
    dropped = fields.choice("dropped_subjects", ("yes", "no"), "no") == "yes"
    heads = fields.choice("heads", ("first", "last", "either"), "")
    compounds = fields.flag("compounds")
    groups = _groups(fields)
    lists = {name: _cues(fields, name, groups, name in PLAIN) for name in LISTS if name in fields.node}
    keyed = {name: _keyed(fields, name, groups) for name in KEYED if name in fields.node}
    rows = {name: _rows(fields, name, groups) for name in ROWS if name in fields.node}
    lines = {name: fields.line(name) for name in fields.node}
    fields.taken |= {"title", "status", "notes", "summary", "references"}
    fields.done()
    side: Literal["fixed", "free", "either"] = "free" if order == "free" else "either" if order == "either" else "fixed"
    return ReportWords(
        language, side, groups, lists, keyed, rows, lines, fields.file, dropped, _place(heads), compounds
    )


def _place(heads: str) -> Literal["", "first", "last", "either"]:
    return heads if heads in ("first", "last", "either") else ""  # type: ignore[return-value]


def _groups(fields: Fields) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    group = fields.sub("groups")
    if group is not None:
        for name in group.node:
            found[name] = group.texts(name)
            for word in found[name]:
                if " " in word:
                    group.problem("a group holds single words", name, read=word)
    return found


def _cues(fields: Fields, name: str, groups: dict[str, tuple[str, ...]], plain: bool = False) -> tuple[str, ...]:
    cues = fields.texts(name)
    seen: set[str] = set()
    for cue in cues:
        if cue in seen:
            fields.problem("a cue stands twice", name, read=cue)
        seen.add(cue)
        if not plain:
            _check(fields, name, cue, groups)
    return cues


def _check(fields: Fields, name: str, cue: str, groups: dict[str, tuple[str, ...]]) -> None:
    try:
        parse_cue(cue, groups)
    except CueError as error:
        fields.problem(str(error), name, read=cue)


def _keyed(fields: Fields, section: str, groups: dict[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    allowed = KEYED[section][1]
    found: dict[str, tuple[str, ...]] = {}
    sub = fields.sub(section)
    for key in sub.node if sub is not None else ():
        if sub is None:
            continue
        if allowed and key not in allowed:
            sub.problem("not one of the allowed keys", key, read=key, expected=" | ".join(allowed))
        found[key] = _cues(sub, key, groups)
    return found


def _rows(fields: Fields, section: str, groups: dict[str, tuple[str, ...]]) -> tuple[CueRow, ...]:
    found = []
    for sub in fields.subs(section):
        values = {}
        for name, allowed in ROWS[section].items():
            required = name in REQUIRED[section]
            value = sub.choice(name, allowed, required=required) if allowed else sub.text(name, required=required)
            if value:
                values[name] = value
        cues = _cues(sub, "cues", groups)
        if not cues:
            sub.problem("a row has cues", "cues")
        sub.done()
        found.append(CueRow(cues, values, f"{sub.file}:{sub.node.line}"))
    return tuple(found)


__all__ = ["read_report_words"]
