"""Description quality: is the wording enough to know what the thing is? Poor wording is a question, not a suspicion."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tidewaiter.packs import DescriptionRules
from tidewaiter.text.fold import fold
from tidewaiter.text.terms import TermIndex, words_of

_CODE_ONLY = re.compile(r"[\W\d_]*|(?=.*\d)[a-z0-9\-./ ]{3,20}")
_DIGITS_ONLY = re.compile(r"[\W\d_]+")


@dataclass(frozen=True, slots=True)
class DescriptionDefect:
    """Why a description is not enough: `kind` (stop-word, generic-noun, brand-only, size-or-colour-only, code-only, empty,
    filler), the words that show it with their span, and the language of the words."""

    kind: str
    words: str
    start: int
    end: int
    language: str


class DescriptionQuality:
    """Compiled from the description pack; `assess` is a pure function of the text."""

    def __init__(self, rules: DescriptionRules | None) -> None:
        self.rules = rules
        self.index = TermIndex()
        self.terms: list[tuple[str, str]] = []
        if rules is not None:
            for kind, words in rules.words.items():
                for language, texts in words.items():
                    for text in texts:
                        self.index.add(len(self.terms), text, language, variants=False)
                        self.terms.append((kind, language))
        self.index.freeze()
        self._placeholders = frozenset(
            " ".join(words_of(fold(text)).words)
            for texts in (rules.placeholders.values() if rules else ())
            for text in texts
        )

    def assess(self, text: str) -> DescriptionDefect | None:
        """Return the defect of a description, or None if it names something.

        A description is vague when every word of it is a stop word, a generic noun, a brand, a size, a colour or filler.
        """
        folded = fold(text)
        words = words_of(folded)
        if not words.words:
            return DescriptionDefect("empty", text.strip(), 0, len(text), "en")
        matches = self.index.find(folded, words)
        if not matches:
            if _DIGITS_ONLY.fullmatch(folded.text):
                return DescriptionDefect("code-only", text.strip(), 0, len(text), "en")
            return None
        covered = [False] * len(folded.text)
        kinds: dict[str, int] = {}
        language = "en"
        for match in matches:
            kind, word_language = self.terms[match.term]
            kinds[kind] = max(kinds.get(kind, 0), match.end - match.start)
            if kind != "filler":
                language = word_language
            for position in range(match.start, match.end):
                covered[position] = True
        for word, start, end in zip(words.words, words.starts, words.ends, strict=True):
            if not word.isdigit() and not all(covered[start:end]):
                return None
        for kind in ("stop-word", "generic-noun", "brand-only", "size-or-colour-only", "filler"):
            if kind in kinds:
                return DescriptionDefect(kind, text.strip(), 0, len(text), language)
        return DescriptionDefect(next(iter(kinds)), text.strip(), 0, len(text), language)

    def is_placeholder(self, name: str) -> bool:
        """Return whether a party name is a placeholder such as "unknown" or "private"."""
        return " ".join(words_of(fold(name)).words) in self._placeholders if name else False
