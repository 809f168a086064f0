"""Read the words by which a language names speakers, persons, bodies, dates and amounts: `packs/report-words/who/<language>.yaml`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from tidewaiter.model import PackError, Problem
from tidewaiter.packs.load_numbers import read_numbers
from tidewaiter.packs.reader import Fields
from tidewaiter.packs.yamlio import read
from tidewaiter.text.numeral_words import NumberWords

# What a file may say: the group, and the names in it; an empty tuple leaves the names free (keys of bodies, units, figures).
GROUPS: Mapping[str, tuple[str, ...]] = {
    "bodies": (),
    "court": ("court",),
    "outlets": ("outlet", "media"),
    "roles": ("person", "suspect", "lawyer", "official", "company", "expert", "anonymous", "statement", "document"),
    "people": ("people",),
    "nationality": ("any",),
    "age": ("any",),
    "born": ("any",),
    "titles": ("any",),
    "sites": ("before", "after"),
    "particles": ("any",),
    "pronouns": ("he", "they"),
    "companies": ("legal", "lead"),
    "links": ("of",),
    "articles": ("any",),
    "speech": (
        "say",
        "passive",
        "tell",
        "accord",
        "accord-after",
        "cite",
        "quoted-by",
        "that",
        "his",
        "go-on",
        "own-voice",
        "no",
        "back",
        "place-speech",
        "who",
        "and",
        "question",
        "answer",
    ),
    "months": tuple(str(month) for month in range(1, 13)),
    "weekdays": tuple(str(day) for day in range(1, 8)),
    "seasons": ("spring", "summer", "autumn", "winter"),
    "parts": ("early", "mid", "late"),
    "relative": (),
    "last": ("last", "this", "after"),
    "date-words": ("of", "ordinal", "from", "to", "year", "before-year"),
    "numbers": ("about", "more", "less", "to", "between"),
    "vague": (),
    "one": ("one",),
    "magnitudes": (),
    "currencies": (),
    "units": (),
}


@dataclass(frozen=True, slots=True)
class WhoWords:
    """The patterns of one language: group → name → patterns as written (`claims.phrases` says how), and its numbers in words."""

    language: str
    groups: Mapping[str, Mapping[str, tuple[str, ...]]]
    numbers: NumberWords | None
    source: str

    def of(self, group: str, name: str) -> tuple[str, ...]:
        """Return the patterns of one name of a group; none where the file says none."""
        return self.groups.get(group, {}).get(name, ())


def load_who_words(packs: Path) -> dict[str, WhoWords]:
    """Return the words of every language under `packs/report-words/who`, with the numbers of `packs/grammar/numbers` and `…/who/numbers`.

    Raises:
        PackError: a file does not load; `problems` lists all that is wrong with any.
    """
    problems: list[Problem] = []
    found = {}
    for path in sorted((packs / "report-words" / "who").glob("*.yaml")):
        words = _read(path, packs, problems)
        found[words.language] = words
    if problems:
        raise PackError(f"{len(problems)} problem(s) in the words of reports", problems)
    return found


def _read(path: Path, packs: Path, problems: list[Problem]) -> WhoWords:
    shown = path.relative_to(packs.parent).as_posix()
    node, found = read(path, shown)
    problems.extend(found)
    fields = Fields(node, shown, problems)
    language = fields.text("who", required=True)
    groups = {}
    for group, names in GROUPS.items():
        sub = fields.sub(group)
        if sub is not None:
            groups[group] = {name: sub.texts(name) for name in (names or tuple(sub.node))}
            sub.done()
    fields.done()
    return WhoWords(language, groups, _numbers(language, packs, problems), shown)


def _numbers(language: str, packs: Path, problems: list[Problem]) -> NumberWords | None:
    for folder in (packs / "grammar" / "numbers", packs / "report-words" / "who" / "numbers"):
        path = folder / f"{language}.yaml"
        if path.is_file():
            shown = path.relative_to(packs.parent).as_posix()
            node, found = read(path, shown)
            problems.extend(found)
            return read_numbers(Fields(node, shown, problems))
    return None
