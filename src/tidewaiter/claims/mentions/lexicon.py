"""The words of one language as finders need them, compiled once."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from tidewaiter.claims.phrases import MOST_SEEN, PhraseIndex, fold
from tidewaiter.packs.load_report_who import WhoWords
from tidewaiter.text.fold import fold_text
from tidewaiter.text.numeral_parts import Part
from tidewaiter.text.numeral_words import NumberTable


@dataclass(frozen=True, slots=True)
class Term:
    """What a pattern stands for: its group and the name in it (`bodies`, `customs`)."""

    group: str
    name: str


_WHO = ("bodies", "court", "outlets", "roles", "people", "titles", "pronouns")
_DATES = ("months", "weekdays", "seasons", "parts", "relative")
_AROUND = ("age", "born", "nationality")


class Lexicon:
    """Indexes of patterns and sets of words of one language.

    `who` finds nouns for persons and bodies, `around` ages, years of birth and nationality words, `speech` verbs and phrases that
    report, `dates` words of dates, `amounts` units, currencies and magnitudes, `before` words about the exactness of a number.
    """

    def __init__(self, words: WhoWords) -> None:
        self.language = words.language
        self.words = words
        self.who = _index(words, _WHO)
        self.around = _index(words, _AROUND)
        self.speech = _index(words, ("speech",))
        self.dates = _index(words, _DATES)
        self.date_words = _index(words, ("date-words", "last"), leave=("before-year",))
        self.before_year = frozenset(fold(text) for text in words.of("date-words", "before-year"))
        self.units = _index(words, ("units",))
        self.money = _index(words, ("currencies",))
        self.magnitudes = _index(words, ("magnitudes",))
        self.vague = _index(words, ("vague",))
        self.bounds = _index(words, ("numbers",))
        self.leads = PhraseIndex((text, Term("companies", "lead")) for text in words.of("companies", "lead"))
        self.legal = frozenset(fold(text).replace(" ", "") for text in words.of("companies", "legal"))
        self.articles = PhraseIndex((text, "article") for text in words.of("articles", "any"))
        self.linking = frozenset(fold(text) for text in words.of("links", "of"))
        self.links = PhraseIndex((text, "link") for text in words.of("links", "of"))
        self.site_before = frozenset(fold(text) for text in words.of("sites", "before"))
        self.site_after = frozenset(fold(text) for text in words.of("sites", "after"))
        self.title_words = frozenset(fold(text) for text in words.of("titles", "any"))
        self.particles = frozenset(fold(text) for text in words.of("particles", "any"))
        self.one = frozenset(fold(text) for text in words.of("one", "one"))
        self.numbers = NumberTable(words.numbers) if words.numbers is not None else None
        self.magnitude_values = {name: Decimal(name) for name in words.groups.get("magnitudes", {})}
        self._parts: dict[str, list[Part]] = {}
        self.bodies = frozenset(words.groups.get("bodies", {}))
        self.german = words.language == "de"  # nouns bear capitals, so a capital tells nothing

    def number_parts(self, low: str) -> list[Part]:
        """Return the parts of a number that a lower-case word says; none where it says none."""
        known = self._parts.get(low)
        if known is None:
            if len(self._parts) >= MOST_SEEN:
                self._parts.clear()
            known = self._parts[low] = _number_parts(fold_text(low), self.numbers)
        return known


def _number_parts(low: str, table: NumberTable | None) -> list[Part]:
    if table is None or not low[:1].isalpha():
        return []
    rows = [
        part
        for words, part in table.phrases.get(low, ())
        if len(words) == 1 and part.kind in ("card", "times", "join", "half")
    ]
    if rows:
        return rows[:1]
    if table.words.joined and len(low) > 4 and table.may_begin(low):
        found, taken = table.split(low)
        return found if taken == len(low) else []
    return []


def _index(words: WhoWords, groups: tuple[str, ...], leave: tuple[str, ...] = ()) -> PhraseIndex[Term]:
    return PhraseIndex(
        (text, Term(group, name))
        for group in groups
        for name, texts in words.groups.get(group, {}).items()
        if name not in leave
        for text in texts
    )
