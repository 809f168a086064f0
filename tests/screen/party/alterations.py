"""Alterations of names as they happen in the mail: typing errors, words joined, split, dropped, added, cut at a field limit.

Seeded, and of no list in particular; shared by the tests of the search and its measurement.
"""

from __future__ import annotations

import random
import string
from collections.abc import Callable
from pathlib import Path

from tidewaiter.lists import read_files
from tidewaiter.model import ListedParty

SDN = ("ofac_sdn_2024-05-03.csv", "ofac_sdn_aliases_2025-12-24.csv")
CSL = ("csl_2022-04.csv.gz",)
_APPENDED = ("WAREHOUSE DEPT 3", "TRADING", "IMPORT EXPORT", "OFFICE 12", "BRANCH", "SHOP 5", "STORE", "DEPT 7")
_CUT = 30

Alteration = Callable[[str, random.Random], str | None]


def _typo(text: str, rng: random.Random) -> str:
    """Return the text with one letter added, left out, replaced, or changed places with the next."""
    places = [index for index, char in enumerate(text) if char.isalnum()]
    if not places:
        return text
    at = rng.choice(places)
    letter = rng.choice(string.ascii_uppercase)
    kind = rng.randrange(4)
    if kind == 0:
        return text[:at] + letter + text[at:]
    if kind == 1 and len(places) > 3:
        return text[:at] + text[at + 1 :]
    if kind == 2 and at + 1 < len(text) and text[at + 1].isalnum():
        return text[:at] + text[at + 1] + text[at] + text[at + 2 :]
    return text[:at] + letter + text[at + 1 :]


def _typos(count: int) -> Alteration:
    def alter(text: str, rng: random.Random) -> str:
        for _ in range(count):
            text = _typo(text, rng)
        return text

    return alter


def _reorder(text: str, rng: random.Random) -> str | None:
    words = text.replace(",", " ").split()
    if len(words) < 2:
        return None
    if rng.random() < 0.5:
        return " ".join(words[1:] + words[:1])
    rng.shuffle(words)
    return " ".join(words)


def _join(text: str, rng: random.Random) -> str | None:
    words = text.split()
    if len(words) < 2:
        return None
    at = rng.randrange(len(words) - 1)
    return " ".join([*words[:at], words[at].rstrip(",") + words[at + 1], *words[at + 2 :]])


def _split(text: str, rng: random.Random) -> str | None:
    places = [at for at in range(2, len(text) - 1) if text[at - 2 : at + 2].isalnum()]
    if not places:
        return None
    at = rng.choice(places)
    return text[:at] + " " + text[at:]


def _cut(text: str, rng: random.Random) -> str | None:
    return text[:_CUT].strip() if len(text) > _CUT else None


def _append(text: str, rng: random.Random) -> str:
    return f"{text} {rng.choice(_APPENDED)}"


def _drop(text: str, rng: random.Random) -> str | None:
    words = text.split()
    if len(words) < 3:
        return None
    del words[rng.randrange(len(words))]
    return " ".join(words)


def _then(first: Alteration, second: Alteration) -> Alteration:
    def alter(text: str, rng: random.Random) -> str | None:
        changed = first(text, rng)
        return None if changed is None else second(changed, rng)

    return alter


ALTERATIONS: dict[str, Alteration] = {
    "none": lambda text, rng: text,
    "1 typo": _typos(1),
    "2 typos": _typos(2),
    "reorder+2": _then(_reorder, _typos(2)),
    "joined": _join,
    "joined+1": _then(_join, _typos(1)),
    "split": _split,
    "cut at 30": _cut,
    "cut at 30+1": _then(_cut, _typos(1)),
    "append": _append,
    "drop one": _drop,
}


def read_listed(data_folder: Path, names: tuple[str, ...]) -> list[ListedParty]:
    """Return the parties of a US list out of the shared data."""
    files = [(name, (data_folder / "party-lists" / "us" / name).read_bytes()) for name in names]
    return [party for imported in read_files(files) for party in imported.parties]
