"""What stands at a place of a sentence: a mention with what kind of speaker it could be and the key that makes it one upstream."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from tidewaiter.model.claims import Mention

Sort = Literal[
    "name", "person", "people", "suspect", "lawyer", "official", "company", "expert", "anonymous", "document", "statement",
    "authority", "authorities", "court", "outlet", "outlet-word", "media", "government", "pronoun", "organisation",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Spot:
    """A mention at words `first` up to `last`. `key` is that of an outlet or authority, "" where there is none of its own."""

    mention: Mention
    sort: Sort
    key: str
    first: int
    last: int
