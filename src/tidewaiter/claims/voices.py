"""Who a noun phrase makes speak: spots of a sentence into speakers, outermost first, with type, key and suggested letter."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from tidewaiter.claims.gazetteer import Gazetteer, normalised
from tidewaiter.claims.mentions.spots import Sort, Spot
from tidewaiter.model.claims import Speaker, SpeakerType
from tidewaiter.packs.load_gazetteer import OutletRow
from tidewaiter.packs.load_reliability import ReliabilityRow
from tidewaiter.text.fold import romanise

_TYPES: dict[Sort, SpeakerType] = {
    "name": "named-person", "person": "suspect", "people": "suspect", "suspect": "suspect", "lawyer": "named-person", "official": "official",
    "company": "company", "expert": "named-person", "anonymous": "anonymous", "document": "document", "statement": "document", "authority": "official", "authorities": "official",
    "court": "court", "outlet": "outlet", "outlet-word": "outlet", "media": "outlet", "government": "official", "organisation": "company",
}  # fmt: skip
# Which of the spots of one phrase says what the speaker is: "a source in the FSB" is a source, "the judge Ivan Petrov" a court's.
_RANK: tuple[Sort, ...] = (
    "anonymous", "document", "official", "lawyer", "expert", "company", "court", "name", "suspect", "person", "people", "authority",
    "authorities", "government", "organisation", "outlet-word", "media", "outlet", "statement", "pronoun",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Heard:
    """What was said before in a text: the last outlet, the last other speaker and the last person named."""

    outlet: Speaker | None = None
    speaker: tuple[Speaker, ...] = ()
    person: Speaker | None = None
    sources: frozenset[str] = frozenset()  # kinds of speakers that an outlet vouched for


class Voices:
    """Makes speakers of spots.

    Args:
        gazetteer: outlets by key.
        rules: how letters are suggested, in order.
    """

    def __init__(self, gazetteer: Gazetteer, rules: Sequence[ReliabilityRow]) -> None:
        self._gazetteer = gazetteer
        self._rules = tuple(rules)

    def of(self, spots: Sequence[Spot], text: str, base: int, heard: Heard) -> tuple[Speaker, ...]:
        """Return the chain that a phrase of several spots stands for; empty where a pronoun takes up nobody.

        Args:
            spots: the spots of one phrase, in order.
            text: the sentence; `base` is its offset in the document.
            heard: what the text said before.
        """
        main = min(spots, key=lambda spot: _RANK.index(spot.sort))
        outlets = [spot for spot in spots if spot.sort == "outlet"]
        if main.sort == "pronoun":
            return self._taken_up(main, heard)
        if main.sort in ("outlet", "outlet-word", "media"):
            return (self._outlet(outlets[0] if outlets else main, heard),)
        if main.sort in ("statement", "authorities") and not main.mention.name and self._is_body(main, heard):
            return self._placed(heard.speaker, main)  # "the statement said", "the office said": whoever spoke before
        spots = [spot for spot in spots if spot.sort != "statement"] or spots
        start, end = spots[0].mention.start, spots[-1].mention.end
        made = Speaker(
            _type(main, spots),
            text[start - base : end - base].strip(" ,"),
            _name(spots),
            _key(main, spots),
            "F",
            start,
            end,
        )
        around: tuple[Speaker, ...] = ()
        told = made.key in heard.sources and made.type == "official"
        if main.sort == "anonymous" or told or (made.type == "official" and not made.key and not made.name):
            word = any(spot.sort == "outlet-word" for spot in spots)
            if outlets:
                around = (self._outlet(outlets[0], heard),)
            elif heard.outlet is not None and (word or told or made.type in heard.sources):
                around = (heard.outlet,)
        return self.chained((*around, made))

    def _outlet(self, spot: Spot, heard: Heard) -> Speaker:
        mention = spot.mention
        if spot.sort == "outlet-word" and heard.outlet is not None:
            return replace(heard.outlet, start=mention.start, end=mention.end)
        return Speaker(
            "outlet",
            mention.text,
            mention.name if spot.sort == "outlet" else "",
            spot.key,
            "F",
            mention.start,
            mention.end,
        )

    def _is_body(self, spot: Spot, heard: Heard) -> bool:
        """Whether who spoke last may be meant by "the statement", "the same source", "the office"."""
        if not heard.speaker:
            return False
        last = heard.speaker[-1]
        if spot.sort == "statement" and last.type in ("anonymous", "document"):
            return True
        return last.type in ("official", "court") and bool(last.key)

    def _placed(self, chain: tuple[Speaker, ...], spot: Spot) -> tuple[Speaker, ...]:
        return (*chain[:-1], replace(chain[-1], start=spot.mention.start, end=spot.mention.end))

    def _taken_up(self, spot: Spot, heard: Heard) -> tuple[Speaker, ...]:
        if heard.speaker and (heard.speaker[-1].type not in ("outlet", "document") or spot.mention.head == "it"):
            return self._placed(heard.speaker, spot)
        if heard.person is not None:
            return self._placed((heard.person,), spot)
        return heard.speaker

    def chained(self, chain: Iterable[Speaker]) -> tuple[Speaker, ...]:
        """Return a chain with the keys of unnamed sources under their outlet, and with a suggested letter for each speaker."""
        made: list[Speaker] = []
        outlet: OutletRow | None = None
        inside = ""
        for speaker in chain:
            row = self._gazetteer.outlets.get(speaker.key) if speaker.type == "outlet" else None
            if speaker.type == "anonymous" and inside and "/" not in speaker.key:
                speaker = replace(speaker, key=f"{inside}/anonymous")
            letter, _ = self.letter(speaker, row, outlet)
            made.append(replace(speaker, reliability=letter))
            if speaker.type == "outlet":
                outlet, inside = row, speaker.key
        return tuple(made)

    def letter(self, speaker: Speaker, row: OutletRow | None, within: OutletRow | None) -> tuple[str, str]:
        """Return the suggested letter of a speaker and why.

        Args:
            speaker: the speaker.
            row: its row where it is a known outlet.
            within: the known outlet through which it is heard, if any.
        """
        names = [speaker.type] if row is None else [*(["close-to-government"] if row.close_to else []), row.kind]
        circle = (
            {""} if within is None else {"", "outlet", "close-to-government"} if within.close_to else {"", "outlet"}
        )
        named = bool(speaker.key or speaker.name)
        for name in names:
            for rule in self._rules:
                if rule.speaker == name and rule.within in circle and rule.named in (None, named):
                    return rule.letter, rule.because
        return "F", "no rule speaks of such a source"


def _type(main: Spot, spots: Sequence[Spot]) -> SpeakerType:
    named = any(spot.mention.name for spot in spots if spot.sort in ("name", "official", "lawyer", "expert", "company"))
    if main.sort == "expert" and not named:
        return "anonymous"
    if main.sort == "lawyer" or any(spot.sort == "lawyer" for spot in spots):
        return "suspect"  # a lawyer speaks for the one accused
    if main.sort == "name" and any(spot.sort in ("authority", "authorities") for spot in spots):
        return "official"
    return _TYPES[main.sort]


def _name(spots: Sequence[Spot]) -> str:
    wanted: tuple[tuple[Sort, ...], ...] = (
        ("name", "person", "suspect", "official", "lawyer", "expert", "company"),
        ("authority", "court", "organisation", "government"),
    )
    for sorts in wanted:
        for spot in spots:
            if spot.sort in sorts and spot.mention.name:
                return spot.mention.name
    return next((spot.mention.text for spot in spots if spot.sort in ("authority", "court", "government")), "")


def _key(main: Spot, spots: Sequence[Spot]) -> str:
    """What makes two speakers one upstream: the body before the person, the person's normalised name else."""
    if main.sort in ("anonymous", "document", "people"):
        body = next((spot.key for spot in spots if spot.sort in ("authority", "court")), "")
        return body if main.sort == "document" else ""
    for spot in spots:
        if spot.sort in ("authority", "government") and spot.key:
            return spot.key
    if main.sort == "court":
        return re.sub(r"\W+", "-", romanise(main.mention.head)) if main.mention.head else "court"
    name = _name(spots) if main.sort not in ("authorities",) else ""
    return normalised(name)
