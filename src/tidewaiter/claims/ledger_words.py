"""Cues of a text found by their folded beginnings of words, whatever the language of the text is said to be."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from tidewaiter.text.fold import fold_text


def cue_pattern(cues: Mapping[str, Iterable[str]]) -> re.Pattern[str]:
    """Return a pattern that finds any of the cues at the start of a word in folded text; it finds nothing where there are none."""
    words = sorted({fold_text(cue) for row in cues.values() for cue in row if cue}, key=lambda w: (-len(w), w))
    return re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, words)) + ")" if words else r"(?!)")


def whole_words(words: Mapping[str, Iterable[str]]) -> re.Pattern[str]:
    """Return a pattern of whole words in folded text; one that ends in * stands for every word that begins so.

    Words in Han characters are found anywhere, as they have no blanks between them.
    """
    parts = []
    for word in sorted({fold_text(word) for row in words.values() for word in row if word}):
        if any("\u4e00" <= char <= "\u9fff" for char in word):
            parts.append(re.escape(word))
        else:
            stem = re.escape(word.rstrip("*"))
            parts.append(rf"(?<!\w){stem}\w*" if word.endswith("*") else rf"(?<!\w){stem}(?!\w)")
    return re.compile("|".join(parts) if parts else r"(?!)")
