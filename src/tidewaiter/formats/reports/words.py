"""Words that tell what a line of a report is: boilerplate, byline, caption, date of publication. They come in from a pack.

This package reads no pack: `service.reports.words` does, and passes a `PageWords`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

ByLanguage = Mapping[str, tuple[str, ...]]

MAX_LINE = 200
MAX_BYLINE = 120
_DIGITS = re.compile(r"\d+")
_ENDS = " \t\u00a0:»«>→›•·|…!\"“”„'*#_[](){}-–—"
_SPACES = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class PageWords:
    """Words by language (ISO 639-1), as a pack gives them. `agencies` maps a publisher to how datelines and bylines print it."""

    whole_lines: ByLanguage = field(default_factory=dict)
    line_starts: ByLanguage = field(default_factory=dict)
    bylines: ByLanguage = field(default_factory=dict)
    captions: ByLanguage = field(default_factory=dict)
    published: ByLanguage = field(default_factory=dict)
    updated: ByLanguage = field(default_factory=dict)
    name_words: ByLanguage = field(default_factory=dict)
    date_words: ByLanguage = field(default_factory=dict)
    agencies: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


class Byline(NamedTuple):
    """An author line: as printed, and the names after its first words."""

    printed: str
    names: str


class LineWords:
    """The words that hold for a text of one language: its own and English, the language of page furniture; all for `und`.

    Lines that stand alone are left out in whatever language they are, since a page can mix them.
    """

    def __init__(self, words: PageWords, language: str) -> None:
        self.language = language
        self._whole = frozenset(_key(text) for texts in words.whole_lines.values() for text in texts)
        self._starts = _own(words.line_starts, language)
        self._bylines = _own(words.bylines, language)
        self._captions = _own(words.captions, language)
        self._name_words = frozenset(_own(words.name_words, language))
        self.date_words = frozenset(_own(words.date_words, language))
        self._labels = {
            label: kind
            for kind, table in (("published", words.published), ("updated", words.updated))
            for label in _own(table, language)
        }
        self._labels_long_first = sorted(self._labels, key=lambda label: (-len(label), label))
        self._agencies = {
            name: publisher for publisher, names in words.agencies.items() for name in (publisher, *names)
        }
        names = sorted(map(re.escape, self._agencies), key=lambda name: (-len(name), name))
        self._agency = re.compile(rf"(?<!\w)(?:{'|'.join(names)})(?!\w)") if names else None

    def is_boilerplate(self, line: str) -> bool:
        """Say whether a line is page furniture: a share link, "read more", a cookie or newsletter line, or no word at all."""
        if len(line) > MAX_LINE:
            return False
        key = _key(line)
        if not key.strip("."):
            return True
        if key in self._whole or (key.endswith(".") and key.count(" ") > 1 and key.rstrip(". ") in self._whole):
            return True
        return _plain(line).startswith(self._starts)

    def is_caption(self, line: str) -> bool:
        """Say whether a line begins as the words under a picture do."""
        return len(line) <= 4 * MAX_LINE and _plain(line).startswith(self._captions)

    def byline(self, line: str) -> Byline | None:
        """Return the author line that a line is, or None. Without a colon, capitalised names must follow and no full stop."""
        line = line.strip()
        if len(line) > MAX_BYLINE:
            return None
        folded = line.casefold()
        for cue in self._bylines:
            if folded.startswith(cue) and (cue.endswith(":") or folded[len(cue) : len(cue) + 1].isspace()):
                names = line[len(cue) :].strip()
                if names and (cue.endswith(":") or self.are_names(names)):
                    return Byline(line, names)
        return None

    def are_names(self, text: str) -> bool:
        """Say whether what follows a date or the first words of a byline is names: capitalised words, and no sentence."""
        text = re.sub(r"^[\s,|•·–—-]*(?:\d{1,2}[:.]\d{2})?[\s,|•·–—-]*", "", text).strip()
        if not text:
            return False
        if text[-1] in "!?;" or (text[-1] == "." and len(text.split()[-1]) > 4):
            return False  # a sentence; "Jr." and initials may end a name
        first = re.split(r"[,|•·(]", text, maxsplit=1)[0].strip()
        words = [word for word in first.split() if word.casefold() not in self._name_words and word not in ("/", "&")]
        if not 0 < len(words) <= 8:
            return False
        return all(word[0].isupper() or word.strip(".,/") in self._agencies for word in words)

    def label(self, line: str) -> tuple[str, int]:
        """Return ("published" or "updated", length) of the label that a line begins with, or ("", 0)."""
        folded = line.casefold()
        for label in self._labels_long_first:
            if folded.startswith(label) and not folded[len(label) : len(label) + 1].isalpha():
                return self._labels[label], len(label)
        return "", 0

    def agency(self, text: str) -> str:
        """Return the publisher of the first known agency or outlet in a dateline or byline, or an empty text."""
        found = self._agency.search(text) if self._agency is not None else None
        return self._agencies[found[0]] if found is not None else ""


class WordTable:
    """`PageWords` made ready, once for each language met."""

    def __init__(self, words: PageWords) -> None:
        self.words = words
        self._ready: dict[str, LineWords] = {}

    def of(self, language: str) -> LineWords:
        """Return the words for a text of this language."""
        ready = self._ready.get(language)
        if ready is None:
            ready = self._ready[language] = LineWords(self.words, language)
        return ready


def _own(table: ByLanguage, language: str) -> tuple[str, ...]:
    languages: Iterable[str] = ("en", language) if language in table else table
    return tuple(dict.fromkeys(text.casefold() for one in languages for text in table.get(one, ())))


def _plain(line: str) -> str:
    return line.casefold().lstrip(_ENDS)


def _key(line: str) -> str:
    return _SPACES.sub(" ", _DIGITS.sub("", line.casefold())).strip(_ENDS)
