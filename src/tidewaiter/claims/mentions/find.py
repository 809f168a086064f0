"""Everything that one sentence mentions but goods: persons, bodies, outlets, places, dates, counts and money."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from tidewaiter.claims.gazetteer import Gazetteer, KnownPlace, stem
from tidewaiter.claims.mentions.amounts import find_amounts
from tidewaiter.claims.mentions.dates import find_dates
from tidewaiter.claims.mentions.lexicon import Lexicon
from tidewaiter.claims.mentions.numbers import find_counts
from tidewaiter.claims.mentions.people import PeopleFinder, without_overlaps
from tidewaiter.claims.mentions.spots import Spot
from tidewaiter.claims.mentions.view import Word, words_of
from tidewaiter.claims.sentences import LONGEST_REPORT
from tidewaiter.model.claims import Mention, Place, Quantity, Stamp

LONGEST = 4_000  # characters of a sentence that are read; a longer one is no sentence of a report
MOST_WORDS = 600


@dataclass(frozen=True, slots=True)
class Found:
    """What a sentence mentions. Within each kind nothing overlaps, and all is in the order of the text.

    `assumed_years` are the starts of stamps whose year the text does not state. `spots` are the mentions with their sort and key, `words` the words they count.
    """

    start: int
    end: int
    mentions: tuple[Mention, ...] = ()
    places: tuple[Place, ...] = ()
    counts: tuple[Quantity, ...] = ()
    money: tuple[Quantity, ...] = ()
    stamps: tuple[Stamp, ...] = ()
    assumed_years: frozenset[int] = frozenset()
    spots: tuple[Spot, ...] = ()
    words: tuple[Word, ...] = ()


@dataclass
class Names:
    """Full names met so far in a text, by the stem of their last word; a name that two persons bear is dropped."""

    by_last: dict[str, Mention] = field(default_factory=dict)
    doubtful: set[str] = field(default_factory=set)
    recurring: frozenset[str] = frozenset()  # last words of rows of two capitals that stand alone too

    def learn(self, spots: Sequence[Spot], language: str) -> None:
        """Remember the full names among spots."""
        for spot in spots:
            name = spot.mention.name
            if (
                spot.mention.kind != "person"
                or spot.mention.refers_to is not None
                or " " not in name
                or name.endswith(".")
            ):
                continue
            for part in (name.split()[-1], name.split()[0]) if language in ("ru", "uk") else (name.split()[-1],):
                key = stem(part.lower().replace("ё", "е"))
                known = self.by_last.get(key)
                if known is not None and stem(known.name.lower()) != stem(name.lower()):
                    self.doubtful.add(key)
                self.by_last.setdefault(key, spot.mention)

    def single(self) -> Mapping[str, Mention]:
        """Return the names that one person alone bears here."""
        return {key: mention for key, mention in self.by_last.items() if key not in self.doubtful}


_ROW = re.compile(r"(?<![\w.])([^\W\d_][\w’'-]+) ([^\W\d_][\w’'-]+)")


def recurring(text: str) -> frozenset[str]:
    """Return lower-case words that end a row of two capital words in a text and stand alone elsewhere in it, as surnames do."""
    rows: Counter[str] = Counter()
    for match in _ROW.finditer(text, 0, LONGEST_REPORT):
        first, last = match.groups()
        if first[0].isupper() and last[0].isupper() and not first.isupper() and not last.isupper():
            rows[last.removesuffix("'s").removesuffix("’s").lower()] += 1
    words = Counter(word.lower() for word in _CAPITAL.findall(text[:LONGEST_REPORT]) if word[0].isupper())
    return frozenset(word for word, count in rows.items() if words[word] > count and len(word) > 3)


_CAPITAL = re.compile(r"[^\W\d_]{2,}")


def find_mentions(
    text: str,
    start: int,
    lexicon: Lexicon,
    gazetteer: Gazetteer,
    published: date | None = None,
    names: Names | None = None,
) -> Found:
    """Return what a sentence mentions.

    Args:
        text: the sentence as it stands in its document.
        start: its offset there; every offset returned counts from the document's beginning.
        lexicon: the words of its language.
        gazetteer: outlets, places and given names.
        published: the day of publication, on which dates are anchored.
        names: full names met earlier in the document; those of this sentence are added.
    """
    words = words_of(text[:LONGEST], lexicon.language, start)[:MOST_WORDS]
    if not words:
        return Found(start, start)
    names = names if names is not None else Names()
    raw = gazetteer.find_places(words, lexicon.language)
    dated = find_dates(words, lexicon, published, text, start)
    finder = PeopleFinder(
        words,
        text,
        start,
        lexicon,
        gazetteer,
        [(first, last) for first, last, _ in raw],
        names.single(),
        names.recurring,
    )
    spots = without_overlaps(finder.find())
    names.learn(spots, lexicon.language)
    placed, spots = _places(raw, spots, words, text, start, lexicon)
    taken = [(one.first, one.last) for one in dated] + _ages(words, lexicon)
    counts, money = find_amounts(words, find_counts(words, lexicon), taken, lexicon, text, start)
    return Found(
        start,
        start + len(text),
        tuple(spot.mention for spot in spots if spot.sort != "pronoun"),
        placed,
        counts,
        money,
        tuple(one.stamp for one in dated),
        frozenset(one.stamp.start for one in dated if one.assumed and one.stamp.start is not None),
        tuple(spots),
        tuple(words),
    )


def _ages(words: Sequence[Word], lexicon: Lexicon) -> list[tuple[int, int]]:
    found = []
    for at, word in enumerate(words):
        hit = lexicon.around.at(words, at) if word.text[0].isdigit() or word.text[0].isalpha() else None
        if hit is not None and hit.what.group in ("age", "born"):
            found.append((hit.first, hit.last))
    return found


def _places(
    raw: Sequence[tuple[int, int, KnownPlace]],
    spots: Sequence[Spot],
    words: Sequence[Word],
    text: str,
    base: int,
    lexicon: Lexicon,
) -> tuple[tuple[Place, ...], list[Spot]]:
    """Return places that are places, and the spots with those added that stand for a government ("Moscow denies")."""
    taken = {
        at
        for spot in spots
        for at in range(spot.first, spot.last)
        if spot.sort in ("name", "outlet", "company") or spot.mention.name
    }
    places: list[Place] = []
    more = list(spots)
    for first, last, known in raw:
        if any(at in taken for at in range(first, last)):
            continue
        begin, end = words[first].start, words[last - 1].end
        shown = text[begin - base : end - base]
        if known.precision in ("city", "country") and _speaks(words, first, last, lexicon):
            mention = Mention("authority", shown, begin, end, shown, "government")
            more.append(Spot(mention, "government", f"government-{known.country.lower()}", first, last))
            continue
        places.append(
            Place(shown, begin, end, known.name, known.country, known.precision, known.latitude, known.longitude)
        )
    return tuple(places), without_overlaps(more)


_BETWEEN = frozenset(
    {
        "officially",
        "официально",
        "repeatedly",
        "has",
        "have",
        "offiziell",
        "officiellement",
        "ufficialmente",
        "oficialmente",
        "також",
        "офіційно",
    }
)


def _speaks(words: Sequence[Word], first: int, last: int, lexicon: Lexicon) -> bool:
    """Whether a place is the subject of a verb of saying: no preposition before it, the verb right behind it."""
    at = last
    while at < len(words) and words[at].low in _BETWEEN:
        at += 1
    hit = lexicon.speech.at(words, at) if at < len(words) else None
    verb = hit is not None and hit.what.name in ("say", "place-speech", "tell")
    before = words[first - 1] if first else None
    return verb and (
        before is None
        or not before.text[0].isalpha()
        or before.low in ("while", "and", "und", "et", "e", "y", "и", "та", "but", "la", "le", "el", "l'")
    )
