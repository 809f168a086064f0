"""The words of reports of one language, compiled: every section as cues that are met in tokens."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from tidewaiter.claims.cues import Cues
from tidewaiter.packs.load_report_words import PLAIN
from tidewaiter.packs.report_words import KEYED, LISTS, ROWS, CueRow, ReportWords


@dataclass(frozen=True)
class CompiledWords:
    """`ReportWords` with its cues compiled, made once per language.

    `lists[section]` gives the section's own name for each hit, `keyed[section]` the key, `rows[section]` the row.
    """

    words: ReportWords
    lists: Mapping[str, Cues[str]]
    keyed: Mapping[str, Cues[str]]
    rows: Mapping[str, Cues[CueRow]]

    @property
    def language(self) -> str:
        """The ISO 639-1 code."""
        return self.words.language

    @cached_property
    def oblique(self) -> tuple[frozenset[str], tuple[str, ...]]:
        """The words and the endings with which a mention begins that is never the doer."""
        return _forms(self.words.list("oblique_cases"))

    def bare(self, low: str) -> bool:
        """Return whether a lower-case word is what laws call all goods: an act with nothing else is only named."""
        return low in self._bare

    @cached_property
    def _bare(self) -> frozenset[str]:
        return frozenset(word.casefold() for word in self.words.list("bare_goods"))

    @cached_property
    def links(self) -> frozenset[str]:
        """The words that attach a phrase to a noun, lower-case: behind them stands what a noun for a deed is about."""
        return frozenset(word.casefold() for section in ("noun_links", "attached") for word in self.words.list(section))

    @cached_property
    def plurals(self) -> tuple[frozenset[str], tuple[str, ...]]:
        """The verbs and their endings that have no doer but one in their own clause."""
        return _forms(self.words.list("plurals"))

    @cached_property
    def marks(self) -> Cues[str]:
        """Every list section that is met once over a whole text, in one index; the value is the section."""
        return Cues(
            (self.words.parsed(cue), section)
            for section in LISTS
            if section not in PLAIN
            for cue in self.words.list(section)
        )


def _forms(listed: Iterable[str]) -> tuple[frozenset[str], tuple[str, ...]]:
    folded = [word.casefold() for word in listed]
    return frozenset(w for w in folded if w[:1] != "*"), tuple(w[1:] for w in folded if w[:1] == "*" and w[1:])


def compile_words(words: ReportWords) -> CompiledWords:
    """Compile the words of one language."""
    lists = {
        section: Cues((words.parsed(cue), section) for cue in words.list(section))
        for section in LISTS
        if section not in PLAIN
    }
    keyed = {
        section: Cues(
            (words.parsed(cue), key) for key, cues in words.by_key(section).items() for cue in cues if section != "ages"
        )
        for section in KEYED
    }
    rows = {
        section: Cues((words.parsed(cue), row) for row in words.rows_of(section) for cue in row.cues)
        for section in ROWS
    }
    return CompiledWords(words, lists, keyed, rows)


__all__ = ["CompiledWords", "compile_words"]
