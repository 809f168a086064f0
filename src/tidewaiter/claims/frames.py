"""Frames of reported speech in a row of words: who, by which verb or phrase, and on which side what is said stands.

Long quotations are one mark in the row, so that what is quoted cannot speak for the one who quotes it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from tidewaiter.claims.mentions.lexicon import Lexicon, Term
from tidewaiter.claims.mentions.spots import Sort, Spot
from tidewaiter.claims.mentions.view import Word
from tidewaiter.claims.phrases import Hit

QUOTED = "“”"  # the word that stands for a long quotation
Side = Literal["ahead", "behind", "around", "sentence-before"]
_STOPS = frozenset(", ; : . – — - ( )".split()) | {QUOTED}
_LOOSE = frozenset({"wie", "so", "pour", "per", "para", "nach"})  # prepositions that report only where their noun stands right behind
_APPOSED: frozenset[Sort] = frozenset({"name", "official", "company", "expert", "lawyer", "authority", "authorities", "organisation", "person", "suspect"})
_MUTE: frozenset[Sort] = frozenset({"pronoun"})
_GAP = 3  # words between a verb and its subject
_LEAD_IN = 6  # words of a clause that only leads in ("In one case,")


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


class FrameFinder:
    """Finds the frames of one row of words.

    Args:
        words: the row; `spots` count its words.
        lexicon: the words of its language.
        labels: whether a speaker may be set off by a mark ("X: …", "… — X").
    """

    def __init__(self, words: Sequence[Word], spots: Sequence[Spot], lexicon: Lexicon, labels: bool = True) -> None:
        self.words = words
        self.labels = labels
        self.lexicon = lexicon
        self.begins = {spot.first: spot for spot in spots}
        self.ends = {spot.last: spot for spot in spots}
        self.inside = {at for spot in spots for at in range(spot.first, spot.last)}

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
            through = self._right(hit.last, _GAP)
            phrase = self._left(hit.first) or (self._left(hit.first - 1) if hit.first > 1 else ())
            return Frame(phrase[0].first if phrase else hit.first, through[-1].last, "around", phrase, through) if through else None
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
        if loose and hit.first and self.words[hit.first - 1].text not in _STOPS:
            return None
        phrase = self._right(hit.last, 1 if loose else _GAP)
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
        if hit.what.name == "cite" and hit.first and self.words[hit.first - 1].text not in _STOPS:
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
        before = self.words[hit.first - 1].text if hit.first else ","
        inverted = before in _STOPS
        phrase: tuple[Spot, ...] = ()
        first, last = hit.first, hit.last
        if inverted:
            phrase = self._right(hit.last, 2)
            if phrase:
                last = phrase[-1].last
            else:
                phrase = self._left_over_comma(hit.first)
                first = phrase[0].first if phrase else first
        else:
            phrase = self._left(hit.first)
            if phrase:
                first = phrase[0].first
            elif self.lexicon.language != "en":  # English has its subject before the verb, but for "…, said X"
                phrase = self._right(hit.last, 2)
                last = phrase[-1].last if phrase else last
        if not phrase:
            return Frame(first, last, "around", (), takes_up=True) if hit.what.name == "passive" else None
        if all(spot.sort == "people" for spot in phrase) and hit.what.name != "tell":
            return None
        through: tuple[Spot, ...] = ()
        told = self._right(last, 2)
        if told and any(spot.sort in ("outlet", "outlet-word") for spot in told) and phrase[-1].sort != "outlet":
            through, last = told[:1], told[0].last
        elif told and hit.what.name == "tell" and first < hit.first and told[0].sort in ("court", "authority", "authorities", "people"):
            last = told[0].last
        return Frame(first, last, "around", phrase, through, inverted=first == hit.first)

    def _left(self, at: int) -> tuple[Spot, ...]:
        """Return the phrase that ends at most a few words before a verb, none over a mark."""
        for back in range(_GAP + 1):
            to = at - back
            if to <= 0:
                return ()
            spot = self.ends.get(to)
            if spot is not None:
                return self._leftwards(spot)
            if self.words[to - 1].text in _STOPS or to - 1 in self.inside:
                return ()
        return self._left_of_clause(at - _GAP - 1)

    def _left_of_clause(self, at: int) -> tuple[Spot, ...]:
        """Return a speaker at the beginning of a clause whose phrase goes on: "Sources familiar with the gear market claim"."""
        for to in range(at, max(at - 8, 0), -1):
            spot = self.ends.get(to)
            if spot is not None:
                opens = spot.first == 0 or self.words[spot.first - 1].text in _STOPS
                linked = self.lexicon.links.at(self.words, to) is not None
                return (spot,) if opens and linked and spot.sort not in ("person", "people", "pronoun") else ()
            if self.words[to - 1].text in _STOPS or to - 1 in self.inside:
                return ()
        return ()

    def _left_over_comma(self, at: int) -> tuple[Spot, ...]:
        """Return the phrase before a parenthesis that ends right before a verb: "Ruslan Shapiev, CEO of RUSARM, believes"."""
        if at < 2 or self.words[at - 1].text not in (",", "–", "—"):
            return ()
        spot = self.ends.get(at - 1)
        if spot is not None:
            phrase = self._leftwards(spot)
            if any(self.words[one.first - 1].text == "," for one in phrase[1:] if one.first) or phrase[0].sort in ("name", "official"):
                return phrase
        for back in range(2, 16):  # ", who runs the firm,"
            if at - 1 - back < 1:
                return ()
            if self.words[at - 1 - back].text == ",":
                spot = self.ends.get(at - 1 - back)
                return self._leftwards(spot) if spot is not None else ()
        return ()

    def _leftwards(self, spot: Spot) -> tuple[Spot, ...]:
        phrase = [spot]
        while True:
            before = self._joined_before(phrase[0])
            if before is None or len(phrase) > 5:
                return tuple(phrase)
            phrase.insert(0, before)

    def _joined_before(self, spot: Spot) -> Spot | None:
        at = spot.first
        for gap in range(5):
            to = at - gap
            if to <= 0:
                return None
            other = self.ends.get(to)
            if other is not None and gap == 0:
                return other if other.sort not in _MUTE and spot.sort not in _MUTE else None
            if other is not None:
                return other if other.sort not in _MUTE and self._links(to, at, other, spot) else None
            if to - 1 in self.inside:
                return None
        return None

    def _links(self, first: int, last: int, left: Spot, right: Spot) -> bool:
        """Return whether words between two spots make one phrase of them: "of the", or a comma before an apposition."""
        between = self.words[first:last]
        if between[0].text == ",":
            if left.sort not in _APPOSED or right.sort not in _APPOSED or (left.sort == "name" and right.sort == "name"):
                return False
            return all(self._small(at) for at in range(first + 1, last)) and "name" in (left.sort, right.sort) or bool(left.mention.name) != bool(right.mention.name)
        return all(self._small(at) for at in range(first, last))

    def _small(self, at: int) -> bool:
        link = self.lexicon.links.at(self.words, at)
        if link is not None:
            return True
        article = self.lexicon.articles.at(self.words, at)
        return article is not None or self.lexicon.around.at(self.words, at) is not None or self.words[at].text in "«»\"“”„'"

    def _right(self, at: int, gap: int) -> tuple[Spot, ...]:
        """Return the phrase that begins at most `gap` words behind, over articles and adjectives."""
        for ahead in range(gap + 1):
            to = at + ahead
            spot = self.begins.get(to)
            if spot is not None:
                return self._rightwards(spot)
            if to >= len(self.words) or self.words[to].text in _STOPS or to in self.inside:
                return ()
        return ()

    def _rightwards(self, spot: Spot) -> tuple[Spot, ...]:
        phrase = [spot]
        while len(phrase) < 5:
            following = self._joined_behind(phrase[-1])
            if following is None:
                break
            phrase.append(following)
        return tuple(phrase)

    def _joined_behind(self, spot: Spot) -> Spot | None:
        for gap in range(5):
            to = spot.last + gap
            other = self.begins.get(to)
            if other is not None:
                if other.sort in _MUTE or spot.sort in _MUTE or (spot.sort in ("outlet", "media") and gap):
                    return None
                if gap == 0:
                    return other if other.sort in ("name", "authority", "authorities", "outlet", "company", "court") and spot.sort != "name" else None
                if other.sort in ("person", "people", "suspect") and spot.sort != "name":
                    return None
                return other if self._links(spot.last, to, spot, other) else None
            if to >= len(self.words) or to in self.inside or self.words[to].text in (";", ":", ".", QUOTED):
                return None
        return None

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
            if phrase[-1].last + 1 < len(self.words) and self.words[phrase[-1].last].text == ":" and head.sort != "pronoun":
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
            found.append(frame if frame.side in ("ahead", "sentence-before") else replace(frame, side=self._side(frame, begin, end)))
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
        marked = previous in _STOPS
        if not after:
            return "behind"
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
        for at in range(begin, end):
            word = self.words[at]
            if word.text == QUOTED:
                return False
            if at in self.inside or not word.text[0].isalnum() or word.text.isdigit() or self._small(at) or len(word.low) <= 3:
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
