"""What the words of a name or address tell of a firm or place: a forwarder, a home, a business, a locker, a dormitory."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from phonenumbers import COUNTRY_CODE_TO_REGION_CODE

from tidewaiter.model import Party
from tidewaiter.packs import Indicators
from tidewaiter.text.fold import fold, rough_roman
from tidewaiter.text.names import normalise_name
from tidewaiter.text.terms import TermIndex, words_of

_SHORTEST = 8  # digits of a whole international number


class PlaceWords:
    """Compiled from the tables of words and allow-lists of the indicator pack; entries past their day are left out."""

    def __init__(self, pack: Indicators, on: date) -> None:
        self._index = TermIndex()
        self._kinds: list[str] = []
        for kind, words in pack.words.items():
            self._add(kind, words)
        for entry in pack.allowed:
            if entry.kind == "address-words" and on <= entry.expires:
                self._add(entry.place_class, entry.words)
        self._index.freeze()

    def _add(self, kind: str, words: tuple[str, ...]) -> None:
        for word in words:
            self._index.add(len(self._kinds), word, "en", variants=False)
            self._kinds.append(kind)

    def kinds_of(self, text: str) -> dict[str, str]:
        """Return the kinds named in a text, each with the words as declared."""
        if not text:
            return {}
        folded = fold(text)
        found: dict[str, str] = {}
        for match in self._index.find(folded, words_of(folded)):
            found.setdefault(self._kinds[match.term], text[match.start : match.end])
        return found

    def address_class(self, party: Party) -> tuple[str, str]:
        """Return what an address is and the words that tell it; empty where nothing does.

        A shared place comes before a business, a business before a home: an office may have a flat number. Of names only the
        words of a forwarder's trade count.
        """
        kinds = self.kinds_of(party.address)
        in_name = self.kinds_of(party.name)
        for kind in ("locker", "pick-up", "po-box", "dormitory"):
            if kind in kinds:
                return kind, kinds[kind]
        for kind, named in (("forwarder", {**kinds, **in_name}), ("business", kinds), ("residential", kinds)):
            if kind in named:
                return kind, named[kind]
        return "", ""


@lru_cache(maxsize=8192)
def phone_places(phone: str) -> tuple[str, ...]:
    """Return the territories whose calling code an international number begins with; empty for other numbers."""
    text = phone.strip()
    digits = "".join(filter(str.isdigit, text))
    if text.startswith("00"):
        digits = digits[2:]
    elif not text.startswith("+"):
        return ()
    if len(digits) < _SHORTEST:
        return ()
    for length in (1, 2, 3):
        places = COUNTRY_CODE_TO_REGION_CODE.get(int(digits[:length]))
        if places is not None and not digits.startswith("0"):
            return tuple(places)
    return ()


def name_form(name: str) -> str:
    """Return a key of a name form that spelling habits of transliteration and word order do not change."""
    return " ".join(sorted(rough_roman(token) for token in normalise_name(name).tokens))
