"""Description quality: is the wording enough to know what the thing is? Poor wording is a question, not a suspicion."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tidewaiter.packs import DescriptionRules
from tidewaiter.text.fold import fold, fold_text, unmix
from tidewaiter.text.terms import TermIndex, TermMatch, Words, words_of

# What a word is that has no meaning of its own: a part number (letters and digits mixed), a size, a measure, one letter.
_CODE = re.compile(r"(?=.*\d)[^\W_]{2,}|[^\W\d_]")
_SIZE = re.compile(
    r"x{0,4}[sml]|\d{1,4}(?:cm|mm|ml|l|g|kg|oz|in|inch|ft|m|pcs|pc|pk|pack|x|см|мм|мл|г|кг|шт|л)|uk\d{1,2}|eu\d{2}|us\d{1,2}|\d{1,2}y|\d{1,2}m"
)
LONGEST_SIZE = 5  # letters of a size (xxxxl)
NEUTRAL = frozenset({"brand-only"})  # the same in every language
KINDS = ("stop-word", "generic-noun", "brand-only", "size-or-colour-only", "code-only", "filler")


@dataclass(frozen=True, slots=True)
class DescriptionDefect:
    """Why a description is not enough: `kind` (one of `KINDS`, empty, or general: like wordings that officers found too
    vague), the words that show it with their span, and the language of the words."""

    kind: str
    words: str
    start: int
    end: int
    language: str


def _all_covered(words: Words, matches: list[tuple[int, int, str]]) -> set[str] | None:
    """Return the kinds that together cover every word, or None where a word is left that may name something."""
    kinds: set[str] = set()
    for word, start, end in zip(words.words, words.starts, words.ends, strict=True):
        over = [kind for first, last, kind in matches if first <= start and end <= last]
        if over:
            kinds.update(over)
        elif any(first < end and start < last for first, last, _ in matches):
            # Chinese has no blanks: the matches must cover the run of characters between them
            if any(not any(first <= at < last for first, last, _ in matches) for at in range(start, end)):
                return None
            kinds.update(kind for first, last, kind in matches if first < end and start < last)
        elif _SIZE.fullmatch(word):
            kinds.add("size-or-colour-only")
        elif _CODE.fullmatch(word):
            kinds.add("code-only")
        elif not word.isdigit():
            return None
    return kinds


def _names_something(words: Words, matches: list[TermMatch]) -> bool:
    """Return whether a long word of letters alone stands outside of every match: no language then covers it."""
    over: set[int] = set()
    for match in matches:
        if match.first < 0:
            return False  # Chinese has no words
        over.update(range(match.first, match.last))
    return any(n not in over and len(word) > LONGEST_SIZE and word.isalpha() for n, word in enumerate(words.words))


def language_of(text: str) -> str:
    """Return the language in which to ask about a text, by its script alone; English where the script tells nothing."""
    for char in text.casefold():
        if char in "іїєґ":
            return "uk"
        if "\u3400" <= char <= "\u9fff":
            return "zh"
        if "\u0600" <= char <= "\u06ff":
            return "ar"
        if char in "ğışİ":
            return "tr"
        if char in "äöüß":
            return "de"
        if char in "ñ¿¡":
            return "es"
        if char in "çœèêàù":
            return "fr"
    return "ru" if any("\u0400" <= char <= "\u04ff" for char in text) else "en"


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
        self._placeholder_words = frozenset(word for known in self._placeholders for word in known.split(" "))

    def assess(self, text: str) -> DescriptionDefect | None:
        """Return the defect of a description, or None if it names something.

        A description is vague when, read in one language, every word of it is a stop word, a generic noun, a brand, a size,
        a colour, a code or filler: English `the` says nothing, French `thé` is tea.
        """
        folded = fold(text)
        words = words_of(folded)
        if not words.words:
            return DescriptionDefect("empty", text.strip(), 0, len(text), "en")
        matches = self.index.find(folded, words)
        if _names_something(words, matches):
            return None
        covered: dict[str, list[tuple[int, int, str]]] = {}
        for match in matches:
            kind, language = self.terms[match.term]
            covered.setdefault("" if kind in NEUTRAL else language, []).append((match.start, match.end, kind))
        neutral = covered.pop("", [])
        best: tuple[int, str, set[str]] | None = None
        for language in covered or {"": []}:
            kinds = _all_covered(words, [*covered.get(language, []), *neutral])
            if kinds is not None:
                said = sum(1 for _, _, kind in covered.get(language, []) if kind != "filler")
                if best is None or said > best[0]:
                    best = (said, language, kinds)
        if best is None:
            return None
        _, language, kinds = best
        kind = next((kind for kind in KINDS if kind in kinds), "code-only")
        return DescriptionDefect(kind, text.strip(), 0, len(text), language or language_of(text))

    def is_placeholder(self, name: str) -> bool:
        """Return whether a party name is a placeholder such as "unknown" or "private"."""
        for token in name.split(" "):
            # One plain word that no placeholder holds settles it for nearly every name.
            word = token.lower() if token.isascii() else unmix(fold_text(token)) if token.isalpha() else ""
            if word.isalpha() and word not in self._placeholder_words:
                return False
        return " ".join(words_of(fold(name)).words) in self._placeholders if name else False
