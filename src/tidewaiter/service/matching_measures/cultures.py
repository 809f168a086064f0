"""Ordinary people of many cultures, invented from frequent names: to see that none is taken for a listed party more than others.

Groups are cultures of names, nothing else; the matcher is never told them. Most names are in the Latin spelling of passports
(`cultures.tsv`); names in other scripts come from the Faker library, which is needed for development only.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sized
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.resources import files
from typing import Any

from tidewaiter.model import InputError

_FAMILY_FIRST = frozenset({"zh_CN", "zh_TW", "ko_KR", "ja_JP"})
# How often a name is drawn anew before a group is taken to have no more.
_TRIES = 20
_HERE = "tidewaiter.service.matching_measures"
# Scripts as Faker writes them, by the locale that does.
SCRIPTS = {
    "Arabic script": "ar_SA ar_EG ar_PS",
    "Persian script": "fa_IR",
    "Han, simplified": "zh_CN",
    "Han, traditional": "zh_TW",
    "Hangul": "ko_KR",
    "Kanji": "ja_JP",
    "Russian, Cyrillic": "ru_RU",
    "Ukrainian, Cyrillic": "uk_UA",
    "Bulgarian, Cyrillic": "bg_BG",
    "Devanagari": "hi_IN ne_NP",
    "Bengali script": "bn_BD",
    "Tamil script": "ta_IN",
    "Thai script": "th_TH",
    "Greek script": "el_GR",
    "Hebrew script": "he_IL",
    "Georgian script": "ka_GE",
    "Armenian script": "hy_AM",
}


@dataclass(frozen=True, slots=True)
class Culture:
    """Names of one row of the table: the ways they are put together, and the names."""

    patterns: tuple[str, ...]
    given: tuple[str, ...]
    middle: tuple[str, ...]
    family: tuple[str, ...]

    def draw(self, chance: random.Random) -> str:
        """Return one name."""
        given = chance.sample(self.given, 2)
        family = chance.sample(self.family, 2)
        middle = chance.choice(self.middle) if self.middle else ""
        pattern = chance.choice(self.patterns)
        name = pattern.format(g=given[0], h=given[1], m=middle, f=family[0], e=family[1])
        return name.replace("~", " ")


@cache
def cultures() -> dict[str, tuple[Culture, ...]]:
    """Return the rows of the table by group."""
    text = files(_HERE).joinpath("cultures.tsv").read_text(encoding="utf-8")
    table: dict[str, tuple[Culture, ...]] = {}
    for line in text.splitlines():
        if line and not line.startswith("#"):
            group, patterns, given, middle, family = line.split("\t")
            row = Culture(
                tuple(patterns.split("|")), tuple(given.split()), tuple(middle.split()), tuple(family.split())
            )
            table[group] = (*table.get(group, ()), row)
    return table


def people(a_group: int, seed: int = 53) -> Iterator[tuple[str, list[str]]]:
    """Yield (group, different names) for every culture in Latin letters; fewer names where the table has fewer.

    Args:
        a_group: How many names a group.
        seed: Seed of the draw.
    """
    for group, rows in cultures().items():
        chance = random.Random(f"{seed}/{group}")
        made: dict[str, None] = {}
        for _ in range(_TRIES * a_group):
            if len(made) == a_group:
                break
            made.setdefault(chance.choice(rows).draw(chance))
        yield group, list(made)


def _whole(source: Any, locale: str, made: Sized) -> str:
    """Return one name of a Faker source: men and women in turn, family first and unparted where that is the custom."""
    sex = "female" if len(made) % 2 else "male"
    given, family = getattr(source, f"first_name_{sex}")(), getattr(source, f"last_name_{sex}")()
    return f"{family}{given}" if locale in _FAMILY_FIRST else f"{given} {family}"


def people_in_scripts(a_group: int, seed: int = 53) -> Iterator[tuple[str, list[str]]]:
    """Yield (group, different names) for every script of `SCRIPTS`; fewer names where Faker knows few.

    Raises:
        InputError: Faker is not installed.
    """
    try:
        factory = import_module("faker").Faker
    except ImportError:
        raise InputError("names in other scripts need Faker; install the project with its dev extra") from None
    for group, locales in SCRIPTS.items():
        made: dict[str, None] = {}
        for locale in locales.split():
            source = factory(locale)
            source.seed_instance(seed)
            wanted = a_group * (locales.split().index(locale) + 1) // len(locales.split())
            for _ in range(_TRIES * a_group):
                if len(made) >= wanted:
                    break
                made.setdefault(_whole(source, locale, made))
        yield group, list(made)
