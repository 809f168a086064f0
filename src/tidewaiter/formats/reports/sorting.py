"""What each block of a document is: page furniture, byline, date of publication, caption or text.

Bylines and dates are looked for at the top and the end only, since a sentence may begin as they do.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from tidewaiter.formats.reports.blocks import Block
from tidewaiter.formats.reports.dates import Found, date_line, find_date
from tidewaiter.formats.reports.words import LineWords

TOP, BOTTOM = 8, 3
LABEL_GAP = 15
_PLACE_BEFORE = re.compile(r"[^\W\d_][\w'’-]*(?:[ -][^\W\d_][\w'’-]*){0,2}\s*,\s+")


@dataclass
class Sorted:
    """The blocks that stay; a block whose place in `outside` is true is no passage."""

    blocks: list[Block] = field(default_factory=list)
    outside: list[bool] = field(default_factory=list)
    byline: str = ""
    left_out: int = 0
    dated: tuple[int, Found] | None = None


def sort_blocks(blocks: Sequence[Block], lines: LineWords) -> Sorted:
    """Return the blocks without page furniture, with the byline, the date line and what else is no passage told apart."""
    found = Sorted()
    names = ""
    for at, block in enumerate(blocks):
        starts = at == 0 or not blocks[at - 1].continues
        near_edge = at < TOP or at >= len(blocks) - BOTTOM
        whole = starts and not block.continues
        byline = lines.byline(block.text) if near_edge and whole and _may_be_byline(block, at) else None
        if byline is not None:
            found.byline = found.byline or byline.printed
            names = names or byline.names
        if whole and _leaves(block, at, byline is not None, lines):
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


def _may_be_byline(block: Block, at: int) -> bool:
    """Say whether a line can be a byline: not the headline above all, and not a line set as a headline."""
    return block.kind == "body" and (at > 0 or not block.lead.strip())


def _leaves(block: Block, at: int, is_byline: bool, lines: LineWords) -> bool:
    if is_byline or block.kind == "caption" or (at == 0 and block.kind == "headline"):
        return False
    return lines.is_boilerplate(block.text)


def _leave_repeats(found: Sorted, names: str) -> None:
    """Pages print an author's name above the line "By …" too; that line is no passage either."""
    for at, block in enumerate(found.blocks[:TOP]):
        if at and block.text == names:
            found.outside[at] = True


def _date_of_line(block: Block, lines: LineWords) -> tuple[str, Found] | None:
    """Return (label, date) of a line that is a date of publication or change, with a place, a label or names beside it at most."""
    text = block.text
    if len(text) > 100 or block.kind == "headline":
        return None
    label, size = lines.label(text)
    if not label and (place := _PLACE_BEFORE.match(text)) is not None:
        size = place.end()
    found = date_line(" " * size + text[size:], lines.language, lines.date_words)
    if found is not None:
        return label, found
    day = find_date(text, lines.language)
    if day is None:
        return None
    rest = text[day.end :]
    if (day.start == 0 or label) and lines.are_names(rest):
        return label, day
    return (label, day) if label and day.start - size < LABEL_GAP and len(rest) < LABEL_GAP else None
