"""Mentions and speakers of a whole document as the claims engine takes them, found by `claims.mentions` and `claims.speakers`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tidewaiter.claims.gazetteer import Gazetteer
from tidewaiter.claims.mentions.find import Found, Names, find_mentions, recurring
from tidewaiter.claims.mentions.lexicon import Lexicon
from tidewaiter.claims.notice import Attribution, Noticed, OwnVoice
from tidewaiter.claims.sentences import Sentence
from tidewaiter.claims.speakers import SpeechSpan, chain_at, chain_of
from tidewaiter.claims.voices import Voices
from tidewaiter.model.claims import Report, Speaker


class Chains:
    """Who says each span of one document."""

    def __init__(self, spans: Sequence[tuple[SpeechSpan, ...]]) -> None:
        self._spans = spans

    def chain(self, sentence: Sentence, start: int, end: int, going_on: bool = True) -> tuple[tuple[Speaker, ...], str]:
        """Return the speakers of a span, outermost first, and the key of the innermost that can be told.

        `going_on`: whether who spoke before speaks on in a sentence that names no speaker of its own.
        """
        spans = self._spans[sentence.number] if sentence.number < len(self._spans) else ()
        chain = chain_of([span for span in spans if going_on or not span.going_on], start, end)
        return chain, next((speaker.key for speaker in reversed(chain) if speaker.key), "")

    def speakers(self, sentence: Sentence) -> tuple[Speaker, ...]:
        """Return who is named in a sentence as saying something, the innermost of each chain."""
        spans = self._spans[sentence.number] if sentence.number < len(self._spans) else ()
        return tuple(span.chain[-1] for span in spans if span.chain and not span.going_on)


class MentionFinder:
    """Finds the mentions of reports and who says what in them.

    Args:
        lexicons: the words of each language.
        gazetteer: outlets, places and given names.
        voices: makes speakers.
    """

    def __init__(self, lexicons: Mapping[str, Lexicon], gazetteer: Gazetteer, voices: Voices) -> None:
        self.lexicons = lexicons
        self.gazetteer = gazetteer
        self.voices = voices

    def attribute(self, report: Report, sentences: Sequence[Sentence], noticed: Sequence[Noticed]) -> Attribution:
        """Return who says what in a document whose mentions this finder noticed."""
        lexicon = self.lexicons.get(report.language)
        found = [named.found for named in noticed if named.found is not None]
        if lexicon is None or len(found) != len(sentences):
            return OwnVoice()
        return Chains(chain_at(report, sentences, found, lexicon, self.voices))

    def found(self, report: Report, sentences: Sequence[Sentence]) -> tuple[Found, ...]:
        """Return what each sentence mentions; nothing in a language without words."""
        lexicon = self.lexicons.get(report.language)
        if lexicon is None:
            return tuple(Found(sentence.start, sentence.end) for sentence in sentences)
        names = Names(recurring=frozenset() if lexicon.german else recurring(report.text))
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
    return Noticed(mentions, found.places, found.counts, found.money, found.stamps, found)


__all__ = ["Chains", "MentionFinder", "as_noticed"]
