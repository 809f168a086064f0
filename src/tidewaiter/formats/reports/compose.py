"""Blocks to a `Report`: lines sorted into boilerplate, byline, date and passages, and offsets counted in the text that remains.

Boilerplate is not in the text. Bylines, date lines and marks such as `**` stay in the text and outside every passage.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from tidewaiter.formats.reports.blocks import PARAGRAPH, Block, Extract
from tidewaiter.formats.reports.clean import clean, one_line
from tidewaiter.formats.reports.language import language_of
from tidewaiter.formats.reports.origin import origin
from tidewaiter.formats.reports.plain import MAX_LINES
from tidewaiter.formats.reports.sorting import TOP, Sorted, sort_blocks
from tidewaiter.formats.reports.words import WordTable
from tidewaiter.model.claims import Passage, Report, Stamp

MAX_TEXT = 1_000_000
LEAST_TITLE = 12


def compose(extract: Extract, words: WordTable, source: str, sha256: str, retrieved: date | None) -> Report:
    """Return the report of one document.

    Args:
        extract: its blocks and what its data says.
        words: the words of lines.
        source: path or name, for messages.
        sha256: of the bytes; its first 16 digits are the id.
        retrieved: the day on which it was fetched, if known.
    """
    blocks, notes = _cleaned(extract)
    blocks, title = _with_title(blocks, one_line(extract.title))
    language = language_of("\n".join(block.text for block in blocks[:40]), extract.language)
    lines = words.of(language)
    found = sort_blocks(blocks, lines)
    text, spans = _join(found.blocks)
    passages = tuple(Passage(block.kind, start, end) for (block, (start, end)) in _merged(found, spans) if start < end)
    byline = found.byline or one_line(extract.byline)
    published, publisher = origin(extract, _dated(found, spans), text, passages, lines)
    notes += [f"left out {found.left_out} lines of page furniture"] if found.left_out else []
    title = title or next((text[p.start : p.end] for p in passages if p.kind == "headline"), "")
    return Report(
        id=sha256[:16],
        text=text,
        source=source,
        url=_address(extract.url),
        publisher=publisher or lines.agency(byline),
        title=one_line(title),
        byline=byline,
        language=language,
        published=published,
        retrieved=retrieved,
        sha256=sha256,
        passages=passages,
        notes=tuple(notes),
    )


def _cleaned(extract: Extract) -> tuple[list[Block], list[str]]:
    """Return the blocks with clean characters, no longer together than a report may be, and the notes."""
    blocks: list[Block] = []
    notes = list(extract.notes)
    room = MAX_TEXT
    for block in extract.blocks:
        done = clean(block.text)
        notes.extend(note for note in done.notes if note not in notes)
        text = done.text.strip()
        if len(text) > room:
            text = text[:room]
        room -= len(text) + len(block.gap)
        if text:
            blocks.append(replace(block, text=text))
        if room <= 0 or len(blocks) == MAX_LINES:
            notes.append(f"cut after {MAX_TEXT:,} characters or {MAX_LINES:,} lines")
            break
    return blocks, notes


def _with_title(blocks: list[Block], title: str) -> tuple[list[Block], str]:
    """Return the blocks with the title as their headline, and the title: put before the text where the text does not begin with it.

    Where the title goes on after a headline of the text, with the name of a site, the headline of the text is the title.
    """
    if not title:
        return blocks, title
    folded = title.casefold()
    for at, block in enumerate(blocks[:TOP]):
        head = one_line(block.text)
        if head.casefold() == folded or (len(head) >= LEAST_TITLE and folded.startswith(head.casefold())):
            before = (replace(one, kind="body") if one.kind == "headline" else one for one in blocks[:at])
            return [*before, replace(block, kind="headline"), *blocks[at + 1 :]], head
    return [Block("headline", title), *blocks], title


def _join(blocks: Sequence[Block]) -> tuple[str, list[tuple[int, int]]]:
    """Return the text and the span of each block without its marks. A line broken to a width is joined by a blank."""
    parts: list[str] = []
    spans: list[tuple[int, int]] = []
    at = 0
    for number, block in enumerate(blocks):
        last = number == len(blocks) - 1
        gap = "" if last else " " if block.continues else block.gap or PARAGRAPH
        start = at + len(block.lead)
        spans.append((start, start + len(block.text)))
        part = f"{block.lead}{block.text}{block.tail}{gap}"
        parts.append(part)
        at += len(part)
    return "".join(parts), spans


def _dated(found: Sorted, spans: Sequence[tuple[int, int]]) -> Stamp:
    if found.dated is None:
        return Stamp()
    at, day = found.dated
    return day.stamp(found.blocks[at].text, spans[at][0])


def _merged(found: Sorted, spans: Sequence[tuple[int, int]]) -> list[tuple[Block, tuple[int, int]]]:
    """Return the passages: lines of one paragraph together."""
    merged: list[tuple[Block, tuple[int, int]]] = []
    joins = False
    for block, outside, span in zip(found.blocks, found.outside, spans, strict=True):
        if outside:
            joins = False
            continue
        if joins and merged[-1][0].kind == block.kind:
            merged[-1] = (merged[-1][0], (merged[-1][1][0], span[1]))
        else:
            merged.append((block, span))
        joins = block.continues
    return merged


def _address(url: str) -> str:
    url = url.strip()
    return url if url.startswith(("https://", "http://")) and len(url) < 2000 and url.isprintable() else ""
