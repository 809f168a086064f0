"""Blocks to a `Report`: lines sorted into boilerplate, byline, date and passages, and offsets counted in the text that remains.

Boilerplate is not in the text. Bylines, date lines and marks such as `**` stay in the text and outside every passage.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from tidewaiter.formats.reports.blocks import PARAGRAPH, Block, Extract
from tidewaiter.formats.reports.clean import clean
from tidewaiter.formats.reports.dates import Found, date_line, find_date, stamp_of_data
from tidewaiter.formats.reports.language import language_of
from tidewaiter.formats.reports.plain import MAX_LINES
from tidewaiter.formats.reports.words import LineWords, WordTable
from tidewaiter.model.claims import Passage, Report, Stamp

MAX_TEXT = 1_000_000
TOP, BOTTOM = 8, 3
LEAST_TITLE = 12
_DATELINE = re.compile(r"\s*([^\n]{3,90}?)(?:\s[—–-]{1,2}\s|—|\.\s[—–-]\s|:\s|$)")
_PLACE_AND_DATE = re.compile(r"\W*[^\W\d_][\w'’.-]*(?:[ -][^\W\d_][\w'’.-]*){0,3}\s*[,(/]")
_PLACE_BEFORE = re.compile(
    r"[^\W\d_][\w'’-]*(?:[ -][^\W\d_][\w'’-]*){0,2}\s*,\s+(?=\d|[^\W\d_]{3,10}\.?\s+\d|(?:de[nr]|le|il|el|am)\s)"
)
_BRACKETS = re.compile(r"\(([^()\d]{2,40})\)\s*$")
_SPACES = re.compile(r"[ \t\n]+")


@dataclass
class _Sorted:
    """The blocks that stay; a block whose place in `outside` is true is no passage."""

    blocks: list[Block] = field(default_factory=list)
    outside: list[bool] = field(default_factory=list)
    byline: str = ""
    left_out: int = 0
    dated: tuple[int, Found] | None = None


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
    blocks, title = _with_title(blocks, _line(extract.title))
    language = language_of("\n".join(block.text for block in blocks[:40]), extract.language)
    lines = words.of(language)
    found = _sort(blocks, lines)
    text, spans = _join(found.blocks)
    passages = tuple(Passage(block.kind, start, end) for (block, (start, end)) in _merged(found, spans) if start < end)
    byline = found.byline or _line(extract.byline)
    published, publisher = _origin(extract, found, spans, text, lines, passages)
    notes += [f"left out {found.left_out} lines of page furniture"] if found.left_out else []
    title = title or next((text[p.start : p.end] for p in passages if p.kind == "headline"), "")
    return Report(
        id=sha256[:16],
        text=text,
        source=source,
        url=_address(extract.url),
        publisher=publisher or lines.agency(byline),
        title=_line(title),
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
        head = _line(block.text)
        if head.casefold() == folded or (len(head) >= LEAST_TITLE and folded.startswith(head.casefold())):
            before = (replace(one, kind="body") if one.kind == "headline" else one for one in blocks[:at])
            return [*before, replace(block, kind="headline"), *blocks[at + 1 :]], head
    return [Block("headline", title), *blocks], title


def _sort(blocks: Sequence[Block], lines: LineWords) -> _Sorted:
    found = _Sorted()
    names = ""
    for at, block in enumerate(blocks):
        starts = at == 0 or not blocks[at - 1].continues
        near_edge = at < TOP or at >= len(blocks) - BOTTOM
        byline = (
            lines.byline(block.text)
            if near_edge and starts and not block.continues and _may_be_furniture(block, at)
            else None
        )
        if byline is not None:
            found.byline = found.byline or byline.printed
            names = names or byline.names
        if starts and not block.continues and _leaves(block, at, byline is not None, lines):
            found.left_out += 1
            continue
        day = _date_of_line(block, lines) if near_edge and byline is None and starts else None
        if day is not None and day[0] != "updated" and found.dated is None:
            found.dated = (len(found.blocks), day[1])
        if byline is not None and found.dated is None and (inside := find_date(block.text, lines.language)) is not None:
            found.dated = (len(found.blocks), inside)
        kind = "caption" if block.kind == "body" and lines.is_caption(block.text) else block.kind
        found.blocks.append(replace(block, kind=kind))
        found.outside.append(byline is not None or day is not None)
    if names:
        _leave_repeats(found, names)
    return found


def _may_be_furniture(block: Block, at: int) -> bool:
    """Say whether a line can be byline or boilerplate: not the headline above all, and not a line set as a headline."""
    return block.kind == "body" and (at > 0 or not block.lead.strip())


def _leaves(block: Block, at: int, is_byline: bool, lines: LineWords) -> bool:
    if is_byline or block.kind == "caption" or (at == 0 and block.kind == "headline"):
        return False
    return lines.is_boilerplate(block.text)


def _leave_repeats(found: _Sorted, names: str) -> None:
    """Pages print an author's name above the line "By …" too; that line is no passage either."""
    for at, block in enumerate(found.blocks[:TOP]):
        if at and block.text == names:
            found.outside[at] = True


def _date_of_line(block: Block, lines: LineWords) -> tuple[str, Found] | None:
    """Return (label, date) of a line that is a date of publication or change and nothing else."""
    text = block.text
    if len(text) > 100 or block.kind == "headline":
        return None
    label, size = lines.label(text)
    place = _PLACE_BEFORE.match(text) if not label else None
    size = place.end() if place is not None else size
    found = date_line(" " * size + text[size:], lines.language, lines.date_words)
    if (
        found is None
        and (names := find_date(text, lines.language)) is not None
        and names.start == 0
        and lines.are_names(text[names.end :])
    ):
        return "", names
    if found is None and label and (rest := find_date(text, lines.language)) is not None:
        return (label, rest) if len(text) - (rest.end - rest.start) - size < 30 else None
    return (label, found) if found is not None else None


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


def _merged(found: _Sorted, spans: Sequence[tuple[int, int]]) -> list[tuple[Block, tuple[int, int]]]:
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


def _origin(
    extract: Extract,
    found: _Sorted,
    spans: Sequence[tuple[int, int]],
    text: str,
    lines: LineWords,
    passages: Sequence[Passage],
) -> tuple[Stamp, str]:
    """Return the date of publication and the publisher: of the page's data, else of a date line, else of the dateline."""
    published = stamp_of_data(extract.published)
    publisher = _line(extract.publisher)
    if published.first is None and found.dated is not None:
        at, day = found.dated
        published = day.stamp(found.blocks[at].text, spans[at][0])
    body = next((p for p in passages if p.kind == "body"), None)
    head = _dateline(text[body.start : body.start + 120], lines) if body is not None else ""
    if body is not None and head:
        publisher = publisher or lines.agency(head) or _in_brackets(head)
        day_in_head = find_date(head, lines.language)
        if published.first is None and day_in_head is not None and not published.text:
            published = day_in_head.stamp(head, body.start)
    return published, publisher


def _dateline(start: str, lines: LineWords) -> str:
    """Return the dateline with which a body begins ("KYIV, March 3 (Interfax-Ukraine) — "), with the agency after it, or ""."""
    match = _DATELINE.match(start)
    if match is None or match.end() == len(start):
        return ""
    head = match[1]
    first = head.split()[0].strip(",.:(")
    if len(first) > 2 and first.isupper():
        # "МОСКВА, 3 мар — РИА Новости. …": the agency stands after the dash
        after = start[match.end() :].partition(". ")
        return start[: match.end() + len(after[0])] if after[1] and len(after[0]) < 30 else head
    return head if _PLACE_AND_DATE.match(head) and (lines.agency(head) or find_date(head, lines.language)) else ""


def _in_brackets(head: str) -> str:
    """Return what stands in brackets in a dateline that begins with a town in capitals: by custom the agency, known to us or not."""
    town = head.split()[0].strip(",.:(")
    found = _BRACKETS.search(head) if len(town) > 2 and town.isupper() else None
    return found[1].strip() if found is not None else ""


def _line(text: str) -> str:
    return _SPACES.sub(" ", clean(text[:2000]).text).strip()


def _address(url: str) -> str:
    url = url.strip()
    return url if url.startswith(("https://", "http://")) and len(url) < 2000 and url.isprintable() else ""
