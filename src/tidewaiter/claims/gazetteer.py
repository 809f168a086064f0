"""Outlets and places by their names, in the inflected forms of a text. Compiled once from pack rows; CLDR gives the names of countries.

Slavic words are compared by what is left without their ending; German and English names may bear a genitive s. A name counts
only where its words begin with capitals as its own do.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from babel import Locale

from tidewaiter.claims.mentions.view import Word, words_of
from tidewaiter.model.claims import PlacePrecision
from tidewaiter.packs.load_gazetteer import LANGUAGES, GazetteerRows, OutletRow
from tidewaiter.text.fold import romanise

# Endings of Russian and Ukrainian nouns and adjectives, longest first.
_ENDINGS = tuple(
    sorted(
        [
            "ыми",
            "ими",
            "ого",
            "его",
            "ому",
            "ему",
            "ами",
            "ями",
            "ией",
            "ією",
            "иями",
            "ах",
            "ях",
            "ой",
            "ей",
            "ою",
            "ею",
            "єю",
            "ый",
            "ий",
            "ая",
            "яя",
            "ые",
            "ие",
            "ую",
            "юю",
            "ых",
            "их",
            "ым",
            "им",
            "ом",
            "ем",
            "єм",
            "ам",
            "ям",
            "ої",
            "ій",
            "ії",
            "ія",
            "ия",
            "ію",
            "ию",
            "ии",
            "а",
            "я",
            "ы",
            "и",
            "і",
            "ї",
            "у",
            "ю",
            "е",
            "є",
            "о",
            "ь",
            "й",
        ],
        key=len,
        reverse=True,
    )
)
_FIXED = ("и", "у", "о", "е", "э", "ю")  # a Russian name that ends so does not decline: Баку, Токио
_MOST_KEYS = 50_000  # words whose keys are remembered; beyond, memory begins anew
_SHORTEST = 3  # letters that must be left of a word


def stem(low: str) -> str:
    """Return a lower-case Cyrillic word without its ending; other words come back as they are."""
    if not "а" <= low[:1] <= "ӿ":
        return low
    for ending in _ENDINGS:
        if low.endswith(ending) and len(low) - len(ending) >= _SHORTEST:
            return low[: -len(ending)]
    return low


def stems(low: str) -> list[str]:
    """Return what may be left of a lower-case Cyrillic word without an ending: "китая" may be of "кита-" as of "кит-"."""
    if not "а" <= low[:1] <= "ӿ":
        return []
    return [low[: -len(ending)] for ending in _ENDINGS if low.endswith(ending) and len(low) - len(ending) >= _SHORTEST]


def normalised(name: str) -> str:
    """Return a name in Latin lower case without endings of cases, its words joined by hyphens."""
    words = re.findall(r"[^\W\d_]+", name.lower().replace("ё", "е"))
    return "-".join(romanise(stem(word)) for word in words)


@dataclass(frozen=True, slots=True)
class KnownPlace:
    """A place as known: name in English, country, how exact, degrees."""

    name: str
    country: str
    precision: PlacePrecision
    latitude: float | None = None
    longitude: float | None = None


@dataclass(frozen=True, slots=True)
class _Name:
    stems: tuple[str, ...]
    capitals: tuple[bool, ...]
    upper: bool
    what: KnownPlace | OutletRow


Hits = list[tuple[int, int, KnownPlace | OutletRow]]


class _Names:
    """Names by the stem of their first word."""

    def __init__(self) -> None:
        self._rows: dict[str, list[_Name]] = {}

    def add(self, name: str, language: str, what: KnownPlace | OutletRow) -> None:
        words = words_of(name.replace("«", "").replace("»", ""), language)
        bare = name.replace(".", "")
        made = _Name(
            tuple(_key(word.low, language) for word in words),
            tuple(word.capital for word in words),
            bare.isupper() and len(bare) <= 5,
            what,
        )
        rows = self._rows.setdefault(made.stems[0], [])
        if all(row.stems != made.stems for row in rows):
            rows.append(made)
            rows.sort(key=lambda row: -len(row.stems))

    def at(self, words: Sequence[Word], first: int, keys: _Lazy) -> tuple[int, KnownPlace | OutletRow] | None:
        for key in keys[first]:
            for row in self._rows.get(key, ()):
                last = first + len(row.stems)
                if last <= len(words) and _fits(row, words, first, keys):
                    return last, row.what
        return None


def _fits(row: _Name, words: Sequence[Word], first: int, keys: _Lazy) -> bool:
    for number, wanted in enumerate(row.stems):
        word = words[first + number]
        if wanted not in keys[first + number] or (row.capitals[number] and not word.capital):
            return False
        if row.upper and word.text[0].isalpha() and not word.text.isupper():
            return False
    return True


def _key(low: str, language: str) -> str:
    return low if language == "ru" and low.endswith(_FIXED) else stem(low)


def _keys(word: Word, language: str) -> tuple[str, ...]:
    low = word.low
    made = [low, *stems(low)]
    if language == "de" and low.endswith("s") and len(low) > 4:
        made.append(low[:-1])
    if language == "de" and low.endswith(("en", "er", "es", "em")) and len(low) > 5:
        made.append(low[:-1])
    return tuple(dict.fromkeys(made))


class Gazetteer:
    """Finds outlets and places in the words of a sentence.

    Args:
        rows: the rows of the packs.
    """

    def __init__(self, rows: GazetteerRows) -> None:
        self.outlets = {row.key: row for row in rows.outlets}
        self.given_names = rows.given_names
        self.given_stems = frozenset(stem(name) for name in rows.given_names)
        self._keys: dict[tuple[str, str], tuple[str, ...]] = {}
        self._outlets = _Names()
        self._places = {language: _Names() for language in LANGUAGES}
        for outlet in rows.outlets:
            for name in outlet.names:
                self._outlets.add(name, "", outlet)
        self._add_countries(rows.countries)
        for place in rows.places:
            known = KnownPlace(place.names["en"][0], place.country, place.kind, place.latitude, place.longitude)
            for language in LANGUAGES:
                for name in place.names[language]:
                    self._places[language].add(name, language, known)

    def _add_countries(self, further: Iterable[tuple[str, str, str]]) -> None:
        english = Locale("en").territories
        names = [
            (code, language, name.split(" (")[0])
            for language in LANGUAGES
            for code, name in Locale(language).territories.items()
            if len(code) == 2 and code.isalpha() and code not in ("EU", "EZ", "UN", "ZZ", "QO", "XA", "XB")
        ]
        for code, language, name in (*further, *names):
            known = KnownPlace(english[code], code, "country")
            for one in LANGUAGES if language == "mul" else (language,):
                self._places[one].add(name, one, known)

    def find_places(self, words: Sequence[Word], language: str) -> list[tuple[int, int, KnownPlace]]:
        """Return the places named, as (first word, last word exclusive, place), none overlapping another."""
        names = self._places.get(language, self._places["en"])
        return [(a, b, what) for a, b, what in self._find(names, words, language) if isinstance(what, KnownPlace)]

    def find_outlets(self, words: Sequence[Word], language: str) -> list[tuple[int, int, OutletRow]]:
        """Return the outlets named, weak names too, as (first word, last word exclusive, outlet)."""
        return [
            (a, b, what) for a, b, what in self._find(self._outlets, words, language) if isinstance(what, OutletRow)
        ]

    def _find(self, names: _Names, words: Sequence[Word], language: str) -> Hits:
        keys = _Lazy(self, words, language)
        found: Hits = []
        at = 0
        while at < len(words):
            word = words[at]
            hit = names.at(words, at, keys) if word.capital or word.text[0].isdigit() or word.low in _SMALL else None
            if hit is None:
                at += 1
            else:
                found.append((at, hit[0], hit[1]))
                at = hit[0]
        return found

    def keys_of(self, word: Word, language: str) -> tuple[str, ...]:
        """Return what a word may be looked up by: itself, and what is left of it without its endings."""
        known = self._keys.get((word.low, language))
        if known is None:
            if len(self._keys) >= _MOST_KEYS:
                self._keys.clear()
            known = self._keys[(word.low, language)] = _keys(word, language)
        return known


class _Lazy:
    """The keys of the words of a row, worked out for those asked for."""

    def __init__(self, gazetteer: Gazetteer, words: Sequence[Word], language: str) -> None:
        self._gazetteer = gazetteer
        self._words = words
        self._language = language

    def __getitem__(self, at: int) -> tuple[str, ...]:
        return self._gazetteer.keys_of(self._words[at], self._language)


_SMALL = frozenset(
    {
        "dpa",
        "taz",
        "n",
        "profil",
        "elta",
        "heise",
        "franceinfo",
        "la",
        "région",
        "regione",
        "región",
        "eldiario",
        "îles",
        "isole",
        "islas",
        "óblast",
        "oblast",
        "mainland",
    }
)

__all__ = ["Gazetteer", "KnownPlace", "normalised", "stem"]
