"""Names of ordinary firms, invented from family names, towns, trades and legal forms of two dozen languages.

The words stand in `firms.tsv`, with the ways they are put together in each language. A made-up name may be a real firm's by
accident; none was copied from a register. They show how often a matcher raises firms that have nothing to do with a list.
"""

from __future__ import annotations

import random
from functools import cache
from importlib.resources import files

# Slots of a pattern beside the two family names.
_SLOTS = {"t": "town", "w": "trade", "m": "more", "l": "form"}
_HERE = "tidewaiter.service.matching_measures"


@cache
def _words() -> dict[str, dict[str, list[str]]]:
    text = files(_HERE).joinpath("firms.tsv").read_text(encoding="utf-8")
    table: dict[str, dict[str, list[str]]] = {}
    for line in text.splitlines():
        if line and not line.startswith("#"):
            language, kind, *rest = line.split("\t")
            table.setdefault(language, {})[kind] = rest if kind == "pattern" else _parts(rest[0], kind)
    return table


def _parts(text: str, kind: str) -> list[str]:
    """Return the words of a cell; a legal form may hold a comma of its own, then followed by a blank."""
    if kind != "form":
        return text.split(",")
    held = text.replace(", ", "\0")
    return [part.replace("\0", ", ") for part in held.split(",")]


def ordinary_firms(count: int, seed: int = 1906) -> list[str]:
    """Return so many different names of invented firms, as many of each language.

    Args:
        count: How many.
        seed: Seed of the draw.
    """
    languages = list(_words().items())
    made: dict[str, None] = {}
    chance = random.Random(seed)
    place = 0
    while len(made) < count:
        _, words = languages[place % len(languages)]
        place += 1
        first, second = chance.sample(words["family"], 2)
        pattern = chance.choice(words["pattern"])
        drawn = {slot: chance.choice(words[kind]) for slot, kind in _SLOTS.items()}
        made.setdefault(pattern.format(f=first, f2=second, **drawn))
    return list(made)
