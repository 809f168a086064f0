"""Packs as plain tables, for use elsewhere: concepts with their names, list entries with their status, coverage by list."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from typing import TextIO

from tidewaiter.packs import Entry, PackSet

CONCEPT_COLUMNS = (
    "concept",
    "title",
    "family",
    "broader",
    "language",
    "strength",
    "term",
    "hs",
    "cas",
    "summary",
    "status",
    "source",
)
ENTRY_COLUMNS = (
    "list", "entry", "paragraph", "title", "summary", "regime", "status", "encoding", "concepts", "hs", "in_force_from", "in_force_to",
    "citation", "as_of", "url", "source",
)  # fmt: skip


def concept_rows(packs: PackSet) -> Iterator[tuple[str, ...]]:
    """Yield one row for each name of each concept, designators included; columns as `CONCEPT_COLUMNS`."""
    for concept in sorted(packs.concepts.values(), key=lambda c: (c.family, c.id)):
        head = (concept.id, concept.title, concept.family, concept.broader)
        tail = (" ".join(concept.hs), " ".join(concept.cas), concept.summary, concept.status, concept.source)
        for strength, words in (("strong", concept.strong), ("weak", concept.weak), ("context", concept.context)):
            for language, terms in words.items():
                for term in terms:
                    yield (*head, language, strength, term, *tail)
        for model in concept.models:
            yield (*head, "", "designator", model.pattern, *tail)


def encoding_of(entry: Entry) -> str:
    """Return how far an entry is encoded: `encoded` (conditions that may conclude), `draft` (they may not) or `outline` (none)."""
    if entry.outline:
        return "outline"
    return "draft" if entry.status == "draft" or all(p.status == "draft" for p in entry.paragraphs) else "encoded"


def entry_rows(packs: PackSet) -> Iterator[tuple[str, ...]]:
    """Yield one row for each paragraph of each entry (one for an outline); columns as `ENTRY_COLUMNS`."""
    for entry in sorted(packs.entries, key=lambda e: (e.list, e.id)):
        reference = entry.references[0] if entry.references else None
        for paragraph in entry.paragraphs or (None,):
            yield (
                entry.list,
                entry.id,
                paragraph.id if paragraph is not None else "",
                entry.title,
                (paragraph.summary if paragraph is not None else "") or entry.summary,
                " ".join(entry.regime),
                paragraph.status if paragraph is not None else entry.status,
                encoding_of(entry),
                " ".join(paragraph.goods) if paragraph is not None else "",
                " ".join(entry.hs or (paragraph.codes if paragraph is not None else ())),
                entry.valid_from.isoformat() if entry.valid_from else "",
                entry.valid_to.isoformat() if entry.valid_to else "",
                reference.citation if reference is not None else "",
                reference.as_of.isoformat() if reference is not None and reference.as_of else "",
                reference.url if reference is not None else "",
                paragraph.source if paragraph is not None else entry.source,
            )


def write_table(columns: Iterable[str], rows: Iterable[tuple[str, ...]], out: TextIO) -> int:
    """Write a table as CSV and return the number of rows."""
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    count = 0
    for row in rows:
        writer.writerow(row)
        count += 1
    return count


def coverage_page(packs: PackSet) -> str:
    """Return the coverage of every control list as a Markdown page: how many entries are encoded, draft and outline, and which."""
    lines = [
        "# Coverage of the control lists",
        "",
        "Made by `tidewaiter pack export packs --what coverage`; a test holds it to the packs. *Encoded*: conditions that may conclude.",
        "*Draft*: conditions that were written and may not conclude. *Outline*: title, summary and citation only; such an entry appears as a",
        "candidate by the kinds it names or by its words, stays open and never concludes.",
        "",
        "| list | entries | encoded | draft | outline | text of |",
        "|---|---|---|---|---|---|",
    ]
    lists = sorted({entry.list for entry in packs.entries})
    details: list[str] = []
    for name in lists:
        entries = sorted((e for e in packs.entries if e.list == name), key=lambda e: e.id)
        kinds = {kind: [e.id for e in entries if encoding_of(e) == kind] for kind in ("encoded", "draft", "outline")}
        dates = sorted({r.as_of.isoformat() for e in entries for r in e.references if r.as_of is not None})
        span = dates[0] if len(dates) == 1 else f"{dates[0]} to {dates[-1]}" if dates else ""
        counts = " | ".join(str(len(kinds[kind])) for kind in ("encoded", "draft", "outline"))
        lines.append(f"| {name} | {len(entries)} | {counts} | {span} |")
        details += ["", f"## {name}", "", entries[0].pack.title + "."]
        for kind in ("encoded", "draft"):
            if kinds[kind]:
                details += ["", f"{kind.capitalize()}: {', '.join(kinds[kind])}."]
        if kinds["outline"]:
            details += ["", f"Outline: {len(kinds['outline'])} entries."]
        missing = entries[0].pack.not_modelled
        if missing:
            details += ["", "Not modelled:", "", *(f"- {sentence}" for sentence in missing)]
    encoded = sum(encoding_of(e) == "encoded" for e in packs.entries)
    lines += [
        f"| all | {len(packs.entries)} | {encoded} | {sum(encoding_of(e) == 'draft' for e in packs.entries)} | "
        f"{sum(e.outline for e in packs.entries)} | |"
    ]
    return "\n".join([*lines, *details, ""])
