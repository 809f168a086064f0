"""What the claims engine asks of its neighbours: mentions of a sentence, and who says a span. Held by `mentions` and `speakers`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from tidewaiter.claims.mentions.find import Found
from tidewaiter.claims.sentences import Sentence
from tidewaiter.model.claims import Mention, Place, Quantity, Report, Speaker, Stamp


@dataclass(frozen=True, slots=True)
class Noticed:
    """Everything named in one sentence, each in the order of the text.

    `quantities` count things or persons, `values` are sums of money; `found` is what the finder of mentions knows besides.
    """

    mentions: tuple[Mention, ...] = ()
    places: tuple[Place, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    values: tuple[Quantity, ...] = ()
    stamps: tuple[Stamp, ...] = ()
    found: Found | None = None


class Notice(Protocol):
    """Finds mentions."""

    def noticed(self, report: Report, sentences: Sequence[Sentence]) -> tuple[Noticed, ...]:
        """Return what each sentence of one document names, in order."""
        ...


class Attribution(Protocol):
    """Says on whose word something stands in one document."""

    def chain(self, sentence: Sentence, start: int, end: int, going_on: bool = True) -> tuple[tuple[Speaker, ...], str]:
        """Return the speakers of a span, outermost first, and the key of the upstream ("" where it cannot be told).

        `going_on`: whether who spoke before speaks on in a sentence that names no speaker of its own.
        """
        ...


class OwnVoice:
    """Attributes everything to the document itself."""

    def chain(self, sentence: Sentence, start: int, end: int, going_on: bool = True) -> tuple[tuple[Speaker, ...], str]:
        """Return no speaker."""
        return (), ""


__all__ = ["Attribution", "Notice", "Noticed", "OwnVoice"]
