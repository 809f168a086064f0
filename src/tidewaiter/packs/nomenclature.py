"""Ordinary goods: which everyday words and brands mean which HS6 code, read from `packs/nomenclature/goods/*.tsv`.

They are hints for codes and for description quality, and the words that are never read as a misspelt name of something
listed. A table has the columns `hs6`, `lang` and `phrases` (separated by ` | `); every cell is text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from tidewaiter.model import Problem
from tidewaiter.text.fold import fold_text
from tidewaiter.text.terms import plain_words

HEADER = ["hs6", "lang", "phrases"]


@dataclass(frozen=True, slots=True)
class OrdinaryGoods:
    """The phrases of one code in one language."""

    hs6: str
    language: str
    phrases: tuple[str, ...]
    source: str


def read_nomenclature(folder: Path) -> tuple[tuple[OrdinaryGoods, ...], list[Problem]]:
    """Read every table under `folder/nomenclature/goods`, with the problems of rows that cannot be used."""
    found: list[OrdinaryGoods] = []
    problems: list[Problem] = []
    for path in sorted(folder.glob("nomenclature/goods/*.tsv")):
        shown = f"{folder.name}/{path.relative_to(folder).as_posix()}"
        found.extend(_rows(path, shown, problems))
    return tuple(found), problems


def _rows(path: Path, shown: str, problems: list[Problem]) -> Iterator[OrdinaryGoods]:
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        cells = line.split("\t")
        if number == 1 or not line.strip():
            if number == 1 and cells != HEADER:
                problems.append(
                    Problem(
                        "pack.schema",
                        "the header is not that of ordinary goods",
                        "error",
                        shown,
                        1,
                        read=line,
                        expected=" ".join(HEADER),
                    )
                )
            continue
        phrases = tuple(part for raw in cells[-1].split(" | ") if (part := raw.strip(" |")))
        if len(cells) != 3 or len(cells[0]) != 6 or not cells[0].isdigit() or not phrases:
            problems.append(
                Problem(
                    "pack.schema",
                    "not a row of ordinary goods",
                    "error",
                    shown,
                    number,
                    read=line[:80],
                    expected="six digits, a language, phrases separated by ' | '",
                )
            )
            continue
        yield OrdinaryGoods(cells[0], cells[1], phrases, f"{shown}:{number}")


def ordinary_words(goods: Iterable[OrdinaryGoods]) -> frozenset[str]:
    """Return the folded words of the phrases, of three letters and more."""
    words: set[str] = set()
    for row in goods:
        for phrase in row.phrases:
            words.update(word for word in plain_words(fold_text(phrase)) if len(word) > 2 and word.isalpha())
    return frozenset(words)
