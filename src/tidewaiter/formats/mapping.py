"""Which of their columns is which of our fields: known names in seven languages, and the user's own `--map` file."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from pathlib import Path

import yaml

from tidewaiter.model import InputError, Problem

_GOODS_STARTS = (
    "goodsdescr", "itemdescr", "descriptionofgoods", "descriptionofcontent", "описание", "наименование", "опистовар", "найменування", "品名", "物品",
    "商品名", "货物名", "warenbeschr", "inhaltsbeschr", "artikelbeschr", "désignation", "designation", "descripciónde", "descripciondel", "descriptiondu", "descriptiondes",
)  # fmt: skip
_MOST_NAMES = 4096
_NOISE = re.compile(r"[\s._\-()\[\]*:№#'’/]+")


def column_key(name: str) -> str:
    """Return a column name as it is compared."""
    return _NOISE.sub("", name.strip().casefold().lstrip("\ufeff"))


def _load_text_yaml(text: str) -> object:
    return yaml.load(text, Loader=yaml.BaseLoader)


@cache
def known_columns() -> Mapping[str, str]:
    """Return our field for each known column name."""
    data = _load_text_yaml(files("tidewaiter.formats").joinpath("columns.yaml").read_text(encoding="utf-8"))
    assert isinstance(data, dict)
    found: dict[str, str] = {}
    for ours, names in data.items():
        found.setdefault(column_key(ours), ours)
        for name in names:
            found.setdefault(column_key(name), ours)
    return found


OUR_FIELDS = frozenset(known_columns().values())


@dataclass(frozen=True, slots=True)
class ColumnMapping:
    """The user's own mapping: their column name → our field; an empty field means "leave it out"."""

    columns: Mapping[str, str] = field(default_factory=dict)
    _found: dict[str, str | None] = field(default_factory=dict, init=False, repr=False, compare=False)

    def field_of(self, name: str) -> str | None:
        """Return our field for a column name, or None if nobody knows it."""
        try:
            return self._found[name]  # the same few names stand in every object of a file
        except KeyError:
            ours = self._look_up(column_key(name))
            if len(self._found) < _MOST_NAMES:
                self._found[name] = ours
            return ours

    def _look_up(self, key: str) -> str | None:
        if key in self.columns:
            return self.columns[key] or None
        known = known_columns().get(key)
        if known is None and key.startswith(_GOODS_STARTS):
            return "description"
        return known


def load_mapping(path: Path) -> ColumnMapping:
    """Read a mapping file: YAML or JSON (`{theirs: ours}`), or CSV with two columns.

    Raises:
        InputError: it cannot be read or names a field we do not have.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeError) as error:
        raise InputError(f"{path}: cannot be read: {error}") from error
    pairs: Sequence[tuple[str, str]]
    if path.suffix.lower() in (".csv", ".tsv"):
        delimiter = "\t" if path.suffix.lower() == ".tsv" else ","
        rows = [row for row in csv.reader(text.splitlines(), delimiter=delimiter) if len(row) >= 2]
        pairs = [(row[0], row[1].strip()) for row in rows if row[1].strip() in OUR_FIELDS or not row[1].strip()]
        wrong = [
            row[1] for row in rows if row[1].strip() and row[1].strip() not in OUR_FIELDS and row[0].strip() != "theirs"
        ]
    else:
        try:
            data = _load_text_yaml(text)
        except yaml.YAMLError as error:
            raise InputError(f"{path}: not readable as YAML: {error}") from error
        if not isinstance(data, dict):
            raise InputError(f"{path}: expected a mapping of their column names to our fields")
        pairs = [(str(theirs), str(ours or "")) for theirs, ours in data.items()]
        wrong = [ours for _, ours in pairs if ours and ours not in OUR_FIELDS]
    if wrong:
        raise InputError(
            f"{path}: not a field of ours: {', '.join(wrong)}",
            [
                Problem(
                    "format.mapping",
                    "unknown field",
                    "error",
                    str(path),
                    read=name,
                    expected=", ".join(sorted(OUR_FIELDS)),
                )
                for name in wrong
            ],
        )
    return ColumnMapping({column_key(theirs): ours for theirs, ours in pairs})
