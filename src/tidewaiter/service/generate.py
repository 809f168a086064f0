"""Generate declarations for measuring, with the skew of mail: seeded, the same count and seed give the same declarations.

Nobody in them is real; the words are in `service/mail/words.yaml`. Every share below is an estimate of the shape of parcel
mail, stated here and held by a test, not counted from mail:

- Language of the wording: nine (English 30 %, Chinese 22, German 11, Russian 10, French 9, Spanish 7, Ukrainian 4, Turkish 4,
  Polish 3). The sender writes names as people of that language do (Polish: as in German or English), or in one declaration of
  six as Arabic or Indian senders do; the consignee's culture is drawn on its own.
- Two parties each. A consignor was known before in 70 % of the declarations and a consignee in 15 %, each in proportion to how
  often it came (Yule and Simon's process: a few shops send much, most people send or receive once). A party that comes again
  is the very same: name, address, phone. The stream begins with some parties and wordings known (2,000 consignors and
  consignees each, 400 wordings a language), so within the first 30,000 declarations 65 and 13 % were seen.
- New names: given names by rank (exponent 0.6) and family names by rank (exponent 0.8) over 50 to 700 family names a culture,
  one family name in four with a vowel exchanged, so that usual words repeat as they do and rare ones stay many; 20 % family
  name first, 15 % in capitals, 15 % two given names; 35 to 60 % of Chinese, Russian and Ukrainian names in their own script.
  Three consignors in ten and one consignee in thirty are firms. 1 % of new names carry a typing error.
- Goods lines: 1.4 on average (1, 2 or 3), of different wording. The wording was known before in 88 % of the lines of a language
  (the same process); a new one is one of 34 kinds of goods by rank (exponent 0.7) with a quality (50 %), brand (35 %), size
  (40 %) and article number (20 %). 60 % of wordings come with an HS subheading. 2 % of lines carry a typing error of their own.
- Places go with the culture of a party, drawn evenly for consignees; so routes that rules single out are commoner than in mail,
  which makes the rules work more, not less.
- 0.1 % of lines are goods that lists control.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from tidewaiter.model import Declaration, GoodsLine, Party
from tidewaiter.service.mail.goods import Wording, make_controlled, make_wording
from tidewaiter.service.mail.people import make_party
from tidewaiter.service.mail.repeats import Repeats, mistyped
from tidewaiter.service.mail.words import Words, words
from tidewaiter.text.s10 import check_digit

SEED = 20261124
CONTROLLED_SHARE = 0.001
TYPO_SHARE = 0.02
NEW_CONSIGNOR, NEW_CONSIGNEE, NEW_WORDING = 0.30, 0.85, 0.12
CONSIGNOR_FIRMS, CONSIGNEE_FIRMS = 0.30, 0.033
LINES = {1: 70, 2: 20, 3: 10}
_ELSEWHERE = ("ar", "hi")
_NATURES = ("gift", "sale", "sale", "sale", "documents", "sample", "")
_FIRST_DAY = date(2026, 9, 1)


def s10(serial: int, country: str) -> str:
    """Return an S10 identifier with its check digit (UPU S10)."""
    digits = f"{serial % 10**8:08d}"
    return f"RR{digits}{check_digit(digits)}{country}"


def generate(count: int, seed: int = SEED) -> Iterator[Declaration]:
    """Yield declarations; a longer stream of one seed begins with the shorter one.

    Args:
        count: how many.
        seed: seed of every draw.
    """
    stream = _Stream(seed)
    for number in range(count):
        yield stream.declaration(number)


class _Stream:
    """The senders, receivers and wordings known so far, and what is drawn from them."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.words: Words = words()
        self.cultures = list(self.words.cultures)
        self.consignors: dict[str, Repeats[Party]] = {code: Repeats(NEW_CONSIGNOR, 200) for code in self.cultures}
        self.consignees: Repeats[Party] = Repeats(NEW_CONSIGNEE, 2000)
        self.wordings: dict[str, Repeats[Wording]] = {code: Repeats(NEW_WORDING, 400) for code in self.words.languages}
        self.made = 0

    def declaration(self, number: int) -> Declaration:
        chance = self.chance
        language = chance.choices(list(self.words.languages), list(self.words.languages.values()))[0]
        culture = language if language in self.words.cultures else chance.choice(("de", "en"))
        if chance.random() < 1 / 6:
            culture = chance.choice(_ELSEWHERE)
        consignor = self.consignors[culture].draw(chance, lambda: self._party(culture, CONSIGNOR_FIRMS))
        consignee = self.consignees.draw(chance, lambda: self._party(chance.choice(self.cultures), CONSIGNEE_FIRMS))
        size = chance.choices(list(LINES), list(LINES.values()))[0]
        lines = self._lines(language, size)
        return Declaration(
            s10(number, consignor.country),
            lines,
            "CN23",
            _FIRST_DAY + timedelta(days=number % 60),
            chance.choice(_NATURES),
            "",
            consignor,
            consignee,
            gross_mass_g=sum((line.net_mass_g or Decimal(0) for line in lines), Decimal(50)),
        )

    def _party(self, culture: str, firms: float) -> Party:
        self.made += 1
        return make_party(self.chance, self.words.cultures[culture], self.made, firms)

    def _lines(self, language: str, count: int) -> tuple[GoodsLine, ...]:
        """Return lines of different wording; an item of the same goods twice would state their number instead."""
        lines: dict[str, GoodsLine] = {}
        while len(lines) < count:
            line = self._line(language)
            lines.setdefault(line.description, line)
        return tuple(lines.values())

    def _line(self, language: str) -> GoodsLine:
        chance = self.chance
        if chance.random() < CONTROLLED_SHARE:
            text, hs = make_controlled(chance, self.words)
        else:
            text, hs = self.wordings[language].draw(chance, lambda: make_wording(chance, self.words, language))
        if chance.random() < TYPO_SHARE:
            text = mistyped(chance, text)
        mass = Decimal(chance.randint(40, 1900))
        value = Decimal(chance.randint(300, 20000)) / 100
        return GoodsLine(text, hs, Decimal(chance.randint(1, 3)), mass, value, "EUR", "")
