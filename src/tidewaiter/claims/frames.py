"""Frames of reported speech in a row of words: who, by which verb or phrase, and on which side what is said stands.

Long quotations are one mark in the row, so that what is quoted cannot speak for the one who quotes it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from tidewaiter.claims.mentions.lexicon import Term
from tidewaiter.claims.mentions.spots import Spot
from tidewaiter.claims.phrase_reach import GAP, QUOTED, STOPS, PhraseReach
from tidewaiter.claims.phrases import Hit

Side = Literal["ahead", "behind", "around", "sentence-before"]
_LOOSE = frozenset(
    {"wie", "so", "pour", "per", "para", "nach"}
)  # prepositions that report only where their noun stands right behind
_LEAD_IN = 6  # words of a clause that only leads in ("In one case,")


_DROPS = frozenset({"es", "it"})  # a verb may stand without its subject: "…, añadió"
_TO = frozenset(
    {"à", "al", "alla", "all'", "ai", "agli", "alle", "au", "aux", "a"}
)  # what ends a verb of telling that names its listener next


@dataclass(frozen=True, slots=True)
class Frame:
    """A frame at words `first` up to `last` of the row. `phrase` are the spots of the speaker, `through` is the outlet told or quoting, `citing` whom that speaker
    cites, outermost first; `takes_up` names nobody; `inverted` has the verb first."""

    first: int
    last: int
    side: Side
    phrase: tuple[Spot, ...]
    through: tuple[Spot, ...] = ()
    citing: tuple[tuple[Spot, ...], ...] = ()
    takes_up: bool = False
    inverted: bool = False


class FrameFinder(PhraseReach):
    """Finds the frames of one row of words."""

    def find(self) -> list[Frame]:
        """Return the frames in order; what is cited is part of the frame that cites."""
        frames: list[Frame] = []
        cited: list[Frame] = []
        for hit in self.lexicon.speech.find(self.words):
            if all(at in self.inside for at in range(hit.first, hit.last)):
                continue
            frame = self._frame(hit)
            if frame is None:
                continue
            if hit.what.name in ("cite", "quoted-by"):
                cited.append(frame)
            elif not frames or frame.first >= frames[-1].last:
                frames.append(frame)
        if self.labels:
            frames += self._labels(frames)
        frames.sort(key=lambda frame: frame.first)
        return self._sided(self._with_cited(frames, cited))

    def _frame(self, hit: Hit[Term]) -> Frame | None:
        name = hit.what.name
        if name in ("accord", "cite", "back"):
            return self._before_noun(hit)
        if name == "quoted-by":
            through = self._right(hit.last, GAP)
            phrase = self._left(hit.first) or (self._left(hit.first - 1) if hit.first > 1 else ())
            return (
                Frame(phrase[0].first if phrase else hit.first, through[-1].last, "around", phrase, through)
                if through
                else None
            )
        if name == "accord-after":
            phrase = self._left(hit.first)
            return Frame(phrase[0].first, hit.last, "around", phrase) if phrase else None
        if name == "his":
            return Frame(hit.first, hit.last, "around", (), takes_up=True)
        if name in ("say", "tell", "passive"):
            return self._verb(hit)
        return None

    def _before_noun(self, hit: Hit[Term]) -> Frame | None:
        loose = hit.last - hit.first == 1 and self.words[hit.first].low in _LOOSE
        if loose and hit.first and self.words[hit.first - 1].text not in STOPS:
            return None
        phrase = self._right(hit.last, 1 if loose else GAP)
        if not phrase or (loose and phrase[0].sort in ("person", "people", "suspect", "pronoun", "document")):
            return None
        last = phrase[-1].last
        if loose:
            said = self.lexicon.speech.at(self.words, last) if last < len(self.words) else None
            if said is not None and said.what.name in ("say", "tell"):
                last = said.last
            elif self.words[hit.first].low == "wie":
                last = self._verb_ahead(last)
                if not last:
                    return None
        side: Side = "sentence-before" if hit.what.name == "back" else "around"
        if hit.what.name == "cite" and hit.first and self.words[hit.first - 1].text not in STOPS:
            citing = self._left(hit.first)
            if citing:  # "the office quoted its expert", "«Известия» со ссылкой на источник"
                return Frame(citing[0].first, last, side, citing, citing=(phrase,))
        return Frame(hit.first, last, side, phrase)

    def _verb_ahead(self, at: int) -> int:
        """Return where the verb ends that a German clause with "wie" closes with, or 0: "wie X unter Berufung auf Y berichtet"."""
        for to in range(at, min(at + 16, len(self.words))):
            said = self.lexicon.speech.at(self.words, to)
            if said is not None and said.what.name in ("say", "tell"):
                return said.last
            if self.words[to].text in (",", ";", "."):
                return 0
        return 0

    def _verb(self, hit: Hit[Term]) -> Frame | None:
        behind = self.words[hit.last].low if hit.last < len(self.words) else ""
        if behind in _TO or (hit.what.name == "tell" and self.words[hit.last - 1].low in _TO):
            return self._telling(hit)
        phrase, first, last = self._subject(hit)
        if not phrase and self._joined_to_verb(hit.first):
            phrase = self._first_subject(hit.first)
            if phrase:
                return Frame(hit.first, hit.last, "ahead", phrase)
        if not phrase:
            dropped = self.lexicon.language in _DROPS and hit.first and self.words[hit.first - 1].text in STOPS
            return Frame(first, last, "around", (), takes_up=True) if hit.what.name == "passive" or dropped else None
        if all(spot.sort == "people" for spot in phrase) and hit.what.name != "tell":
            return None
        through: tuple[Spot, ...] = ()
        told = self._right(last, 2)
        outlets = [spot for spot in told if spot.sort in ("outlet", "outlet-word")]
        if outlets and phrase[-1].sort != "outlet":
            through, last = _best(outlets), told[-1].last
        elif (
            told
            and hit.what.name == "tell"
            and first < hit.first
            and told[0].sort in ("court", "authority", "authorities", "people")
        ):
            last = told[0].last
        elif hit.what.name == "tell" and first < hit.first:
            last = self._listener(last)
        return Frame(first, last, "around", phrase, through, inverted=first == hit.first)

    def _listener(self, at: int) -> int:
        """Return where a listener of up to three words ends that closes the sentence: "…, a witness told jurors." """
        last = at
        while last < len(self.words) and self.words[last].text not in STOPS and last - at < GAP:
            last += 1
        return last if last >= len(self.words) or self.words[last].text == "." else at

    def _subject(self, hit: Hit[Term]) -> tuple[tuple[Spot, ...], int, int]:
        """Return the phrase that is subject of a verb, and where the two together begin and end."""
        before = self.words[hit.first - 1].text if hit.first else ","
        if before in STOPS:
            phrase = self._right(hit.last, 2)
            aside = self._left_over_comma(hit.first) if before == "," else ()
            if aside and not self._ends(phrase):  # "His barrister, Owen Pask, said Thirlby had bought it"
                return aside, aside[0].first, hit.last
            if phrase:
                return phrase, hit.first, phrase[-1].last
            phrase = self._left_over_comma(hit.first)
            return phrase, phrase[0].first if phrase else hit.first, hit.last
        phrase = self._left(hit.first)
        if phrase or self.lexicon.language == "en":  # English has its subject before the verb, but for "…, said X"
            return phrase, phrase[0].first if phrase else hit.first, hit.last
        phrase = self._right(hit.last, 2)
        return phrase, hit.first, phrase[-1].last if phrase else hit.last

    def _joined_to_verb(self, at: int) -> bool:
        """Whether "and" stands right before a verb: its subject is that of the verb before."""
        before = self.lexicon.speech.at(self.words, at - 1) if at else None
        return before is not None and before.what.name == "and"

    def _first_subject(self, at: int) -> tuple[Spot, ...]:
        """Return who is named first in the sentence, before a place in it."""
        spots = [spot for spot in self.begins.values() if spot.last <= at and spot.sort not in ("pronoun", "document")]
        return self._rightwards(min(spots, key=lambda spot: spot.first)) if spots else ()

    def _ends(self, phrase: tuple[Spot, ...]) -> bool:
        """Whether a phrase is followed by a mark or nothing, as a speaker behind an inverted verb is."""
        if not phrase:
            return False
        last = phrase[-1].last
        return last >= len(self.words) or self.words[last].text in STOPS

    def _telling(self, hit: Hit[Term]) -> Frame | None:
        """A verb with its preposition ("a déclaré à l'AFP"): who is told stands behind, the subject before or behind that."""
        told = self._right(hit.last, 2)
        phrase = self._left(hit.first) or self._left_over_comma(hit.first)
        first, last = phrase[0].first if phrase else hit.first, told[-1].last if told else hit.last
        if not phrase:
            phrase = self._right(last, 2)
            last = phrase[-1].last if phrase else last
        if not phrase:
            return None
        outlets = [spot for spot in told if spot.sort in ("outlet", "outlet-word")]
        return Frame(first, last, "around", phrase, _best(outlets), inverted=first == hit.first)

    def _labels(self, frames: Sequence[Frame]) -> list[Frame]:
        """A speaker set off by a mark at an end of a headline: "… — СМИ", "Прокуратура: …"."""
        found = []
        last = len(self.words)
        while last and self.words[last - 1].text in (".", "!", "?"):
            last -= 1
        spot = self.ends.get(last)
        if spot is not None and not frames and spot.sort not in ("person", "people", "suspect", "pronoun"):
            phrase = self._leftwards(spot)
            before = self.words[phrase[0].first - 1].text if phrase[0].first else ""
            if before in ("—", "–", "-") and self.words[phrase[0].first - 1].end < phrase[0].mention.start:
                found.append(Frame(phrase[0].first, last, "around", phrase))
        head = self.begins.get(0)
        if head is not None and not frames and not found:
            phrase = self._rightwards(head)
            if (
                phrase[-1].last + 1 < len(self.words)
                and self.words[phrase[-1].last].text == ":"
                and head.sort != "pronoun"
            ):
                found.append(Frame(0, phrase[-1].last + 1, "ahead", phrase))
        return found

    def _with_cited(self, frames: list[Frame], cited: list[Frame]) -> list[Frame]:
        """Give what is cited to the frame before it, or to the one behind it where the sentence begins with it."""
        made = list(frames)
        for one in cited:
            at = next((n for n in range(len(made) - 1, -1, -1) if made[n].first <= one.first), 0 if made else -1)
            if at < 0:
                made.append(one)
                continue
            frame = made[at]
            near = one.first - frame.last <= 8 or frame.first > one.first
            first, last = min(frame.first, one.first), max(frame.last, one.last)
            if near and one.through:
                made[at] = replace(frame, first=first, last=last, through=frame.through or one.through)
            elif near and len(frame.citing) < 2:
                source = one.citing or (one.phrase,)
                made[at] = replace(frame, first=first, last=last, citing=(*frame.citing, *source))
            elif one.first >= frame.last:
                made.append(one)
        made.sort(key=lambda frame: frame.first)
        return made

    def _sided(self, frames: list[Frame]) -> list[Frame]:
        """Settle on which side of each frame stands what is said."""
        found: list[Frame] = []
        for number, frame in enumerate(frames):
            begin = found[-1].last if found else 0
            end = frames[number + 1].first if number + 1 < len(frames) else len(self.words)
            found.append(
                frame
                if frame.side in ("ahead", "sentence-before")
                else replace(frame, side=self._side(frame, begin, end))
            )
        return found

    def _side(self, frame: Frame, begin: int, end: int) -> Side:
        before = [word for word in self.words[begin : frame.first] if word.text[0].isalnum() or word.text == QUOTED]
        after = [word for word in self.words[frame.last : end] if word.text[0].isalnum() or word.text == QUOTED]
        previous = self.words[frame.first - 1].text if frame.first > begin else ""
        following = self.words[frame.last].text if frame.last < end else ""
        hit = self.lexicon.speech.at(self.words, frame.last) if frame.last < end else None
        that = hit is not None and hit.what.name == "that"
        comma_that = following == "," and frame.last + 1 < end and self._is_that(frame.last + 1)
        quoted = any(word.text == QUOTED for word in before)
        if that or comma_that or following == ":":
            return "ahead"
        if frame.citing and not before and not after:
            return "sentence-before"  # "The paper relies on a source in the FSB."
        if self._is_whole(frame):
            return "around"
        if not before:
            return "ahead" if after else "behind"
        if self._only_tail(frame.last, end):
            return "behind"
        marked = previous in STOPS
        if not after:
            return "behind"
        if marked and frame.citing and len(before) > _LEAD_IN and self.lexicon.links.at(self.words, frame.last):
            return "behind"  # "…, the agency reported, citing a source in the regional police"
        if marked and QUOTED in [word.text for word in after] and quoted:
            return "around"
        if marked and following in (",", ")", "—", "–"):
            return "around"
        if marked and not quoted and len(before) <= _LEAD_IN and len(after) >= 5:
            return "ahead"
        if marked:
            return "behind" if frame.inverted else "ahead"
        return "ahead" if len(after) > 2 else "behind"

    def _only_tail(self, begin: int, end: int) -> bool:
        """Whether what follows a frame says when, where and in what it was said, and nothing else ("on Monday in a statement")."""
        after = [word for word in self.words[begin:end] if word.text[0].isalnum() or word.text == QUOTED]
        if 0 < len(after) <= 3 and all(word.capital for word in after):
            return True  # "…, the spokesman told Harbour Post"
        for at in range(begin, end):
            word = self.words[at]
            if word.text == QUOTED:
                return False
            if (
                at in self.inside
                or not word.text[0].isalnum()
                or word.text.isdigit()
                or self._small(at)
                or len(word.low) <= 3
            ):
                continue
            if self.lexicon.dates.at(self.words, at) is None and self.lexicon.date_words.at(self.words, at) is None:
                return False
        return True

    def _is_whole(self, frame: Frame) -> bool:
        """Whether the frame is a phrase, not a clause: "according to X" speaks for all of its sentence."""
        hit = self.lexicon.speech.at(self.words, frame.first)
        return hit is not None and hit.what.name in ("accord", "his", "cite") and hit.first == frame.first

    def _is_that(self, at: int) -> bool:
        hit = self.lexicon.speech.at(self.words, at)
        return hit is not None and hit.what.name == "that"


def _best(outlets: Sequence[Spot]) -> tuple[Spot, ...]:
    """Return the outlet that is named among those told, else the word for one."""
    named = [spot for spot in outlets if spot.sort == "outlet"]
    return tuple(named[:1] or outlets[:1])
