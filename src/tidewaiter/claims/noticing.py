"""Mentions of a whole document as the claims engine takes them, found by `claims.mentions`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tidewaiter.claims.gazetteer import Gazetteer
from tidewaiter.claims.mentions.find import Found, Names, find_mentions
from tidewaiter.claims.mentions.lexicon import Lexicon
from tidewaiter.claims.notice import Noticed
from tidewaiter.claims.sentences import Sentence
from tidewaiter.model.claims import Report


class MentionFinder:
    """Finds the mentions of reports.

    Args:
        lexicons: the words of each language.
        gazetteer: outlets, places and given names.
    """

    def __init__(self, lexicons: Mapping[str, Lexicon], gazetteer: Gazetteer) -> None:
        self.lexicons = lexicons
        self.gazetteer = gazetteer

    def found(self, report: Report, sentences: Sequence[Sentence]) -> tuple[Found, ...]:
        """Return what each sentence mentions; nothing in a language without words."""
        lexicon = self.lexicons.get(report.language)
        if lexicon is None:
            return tuple(Found(sentence.start, sentence.end) for sentence in sentences)
        names = Names()
        published = report.published.first
        return tuple(
            find_mentions(report.text[s.start : s.end], s.start, lexicon, self.gazetteer, published, names)
            for s in sentences
        )

    def noticed(self, report: Report, sentences: Sequence[Sentence]) -> tuple[Noticed, ...]:
        """Return the mentions of each sentence, pronouns among them."""
        return tuple(as_noticed(found) for found in self.found(report, sentences))


def as_noticed(found: Found) -> Noticed:
    """Return what a sentence mentions in the engine's form."""
    mentions = tuple(sorted((spot.mention for spot in found.spots), key=lambda m: m.start))
    return Noticed(mentions, found.places, found.counts, found.money, found.stamps)


__all__ = ["MentionFinder", "as_noticed"]
