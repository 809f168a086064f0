"""Plain text to blocks: lines, paragraphs broken to a width, and the few marks of Markdown that articles keep."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from tidewaiter.formats.reports.blocks import Block

MAX_HEADLINE = 250
WIDTH = 120
MAX_LINES = 10_000
_LINE = re.compile(r"([^\n]*)(\n+(?:[ \t]*\n)*|$)")
_BOLD = re.compile(r"(\s*\*\*\s*)([^*\n]{1,250}?)(\s*\*\*\s*)")
_HEADING = re.compile(r"(\s*#{1,6}\s+)([^\n]*?)(\s*#*\s*)")
_QUOTED = re.compile(r"(\s*>[>\s]*)(.*?)(\s*)", re.S)
_SENTENCE_END = re.compile(r"[.!?…:;][\"'»”’)\]]*\s*$")


def plain_blocks(text: str) -> tuple[Block, ...]:
    """Return the lines of a cleaned text as blocks; joined again with their gaps they are the text.

    The first line is the headline where it stands alone and looks like one. A line of `**bold**` or with `#` before it is a
    headline inside the text, a line with `>` before it a quotation. Lines after the ten-thousandth are left away.
    """
    blocks = list(_lines(text))
    for at, after in enumerate(blocks[1:]):
        if _continues(blocks[at], after):
            blocks[at] = replace(blocks[at], continues=True)
    if len(blocks) > 1 and blocks[0].kind == "body" and _is_headline(blocks[0]):
        blocks[0] = replace(blocks[0], kind="headline")
    return tuple(blocks)


def _lines(text: str) -> Iterator[Block]:
    text = text.strip("\n")
    for match in islice(_LINE.finditer(text), MAX_LINES):
        line, gap = match[1], match[2]
        if line.strip():
            yield _block(line, gap)


def _block(line: str, gap: str) -> Block:
    gap = "\n" if gap.count("\n") == 1 else "\n\n" if gap else ""
    if len(line) <= MAX_HEADLINE + 10:
        marked = _BOLD.fullmatch(line) or _HEADING.fullmatch(line)
        if marked is not None and marked[2].strip():
            return Block("headline", marked[2], marked[1], marked[3], gap)
    start = line[:20].lstrip()
    if start.startswith(">") and (quoted := _QUOTED.fullmatch(line)) is not None and quoted[2]:
        return Block("quotation", quoted[2], quoted[1], quoted[3], gap)
    core = line.strip()
    at = line.index(core)
    return Block("body", core, line[:at], line[at + len(core) :], gap)


def _continues(block: Block, after: Block) -> bool:
    """Say whether the next line is of the same sentence: no blank line between, not at a sentence's end, not a long line."""
    if block.gap != "\n" or block.kind != after.kind or block.kind not in ("body", "quotation"):
        return False
    if len(block.text) > WIDTH:
        return False
    if after.text[:1].islower():
        return True
    return len(block.text) > 50 and not _SENTENCE_END.search(block.text)


def _is_headline(first: Block) -> bool:
    if first.continues or len(first.text) > MAX_HEADLINE:
        return False
    return first.gap == "\n\n" or not first.text.endswith(".")
