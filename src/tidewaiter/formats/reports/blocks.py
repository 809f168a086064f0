"""Blocks: what every kind of document becomes before it is a `Report`, and the form in which a child process hands it over."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

BlockKind = Literal["headline", "body", "caption", "quotation"]
BLOCK_KINDS = ("headline", "body", "caption", "quotation")

PARAGRAPH = "\n\n"


@dataclass(frozen=True, slots=True)
class Block:
    """A line or paragraph. `lead` and `tail` are marks around it that stay in the text and outside its passage (`**`);
    `gap` is what follows it in the text; `continues` says that the next block is the same paragraph, broken to fit a width."""

    kind: BlockKind
    text: str
    lead: str = ""
    tail: str = ""
    gap: str = PARAGRAPH
    continues: bool = False


@dataclass(frozen=True, slots=True)
class Extract:
    """What was found in one document. `published` is a date as its data writes it (ISO 8601); empty means not said."""

    blocks: tuple[Block, ...] = ()
    title: str = ""
    byline: str = ""
    publisher: str = ""
    published: str = ""
    url: str = ""
    language: str = ""
    notes: tuple[str, ...] = field(default=())


_TEXTS = ("title", "byline", "publisher", "published", "url", "language")


def to_json(extract: Extract) -> dict[str, Any]:
    """Return plain values for the way out of a child process."""
    return {
        **{name: getattr(extract, name) for name in _TEXTS},
        "blocks": [[block.kind, block.text] for block in extract.blocks],
        "notes": list(extract.notes),
    }


def from_json(data: dict[str, Any]) -> Extract:
    """Return the extract of plain values. What does not fit the form is left out: a child is not trusted."""
    blocks = tuple(
        Block(pair[0], pair[1])
        for pair in _list(data.get("blocks"))
        if isinstance(pair, list) and len(pair) == 2 and pair[0] in BLOCK_KINDS and isinstance(pair[1], str)
    )
    texts = {name: value for name in _TEXTS if isinstance(value := data.get(name, ""), str)}
    return Extract(blocks=blocks, notes=tuple(n for n in _list(data.get("notes")) if isinstance(n, str)), **texts)


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []
