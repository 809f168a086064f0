"""For which office somebody speaks: the authority that a text names beside a person's name, in the same paragraph."""

from __future__ import annotations

from collections.abc import Mapping

from tidewaiter.claims.bodies import COURT, Bodies
from tidewaiter.claims.mentions.view import words_of
from tidewaiter.claims.phrases import PhraseIndex
from tidewaiter.model.claims import Report, Speaker

BEFORE, AFTER = 300, 70  # characters beside a name in which its office stands


class Offices:
    """Finds the office of speakers.

    Args:
        bodies: finds authorities.
        lawyers: patterns of words for lawyers by language.
    """

    def __init__(self, bodies: Bodies, lawyers: Mapping[str, tuple[str, ...]]) -> None:
        self._bodies = bodies
        self._lawyers = {language: PhraseIndex((text, text) for text in rows) for language, rows in lawyers.items()}

    def of(self, speaker: Speaker, report: Report) -> str:
        """Return the key of the authority that is named in what a speaker is called, or beside the name; "" where there is none."""
        for key in self._bodies.named(speaker.text, report.language):
            if key != COURT:
                return key
        last = (speaker.name or speaker.text).split()[-1] if (speaker.name or speaker.text).split() else ""
        at = report.text.find(last) if len(last) > 2 and speaker.name else -1
        if at < 0:
            return ""
        first = max(report.text.rfind("\n", 0, at) + 1, at - BEFORE)
        stop = report.text.find("\n", at)
        before = [k for k in self._bodies.named(report.text[first:at], report.language) if k != COURT]
        end = min(stop if stop >= 0 else len(report.text), at + len(last) + AFTER)
        after = [k for k in self._bodies.named(report.text[at + len(last) : end], report.language) if k != COURT]
        return before[-1] if before else after[0] if after else ""

    def is_lawyer(self, speaker: Speaker, report: Report) -> bool:
        """Return whether a speaker is called a lawyer, by the words of the speaker or right before the name."""
        index = self._lawyers.get(report.language)
        if index is None:
            return False
        start = max(0, (speaker.start or 0) - 40) if speaker.start is not None else 0
        around = report.text[start : speaker.end] if speaker.start is not None else speaker.text
        return bool(index.find(words_of(around.rpartition("\n")[2], report.language)))


__all__ = ["Offices"]
