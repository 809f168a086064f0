"""Link the party records of a file: one function for `tidewaiter link`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from tidewaiter.backends.link_engine import Linked, link_table
from tidewaiter.backends.pair_scores import Counts
from tidewaiter.backends.party_columns import PartyColumns, read_parties
from tidewaiter.backends.party_table import PartyTable, party_table
from tidewaiter.link import Prepared, Weights, entity_id, load_weights, score_pair
from tidewaiter.model import InputError, Problem
from tidewaiter.packs import load
from tidewaiter.service.locations import packs_folder

Row = dict[str, object]
FEWEST_TO_LEARN = 200


def linking_weights(folder: Path | None = None) -> Weights:
    """Return the weights of the linking pack; only that pack is read.

    Raises:
        InputError: there is none.
    """
    place = packs_folder(folder) / "linking"
    if not place.is_dir():
        raise InputError(f"no linking pack at {place}")
    return load_weights(load(place))


@dataclass
class LinkedFile:
    """The records of one file and what was found: rows for the output, and what could not be read."""

    columns: PartyColumns
    table: PartyTable
    linked: Linked

    @property
    def problems(self) -> list[Problem]:
        """Rows that could not be read, and ids that were made up."""
        return self.columns.problems

    def entities(self) -> Iterator[Row]:
        """Yield one row a record, in the order of the file: `id`, `entity`, and further columns under `input`."""
        lowest: dict[int, str] = {}
        labels = self.linked.labels.tolist()
        for label, identity in zip(labels, self.columns.ids, strict=True):
            known = lowest.get(label)
            if known is None or identity < known:
                lowest[label] = identity
        names = {label: entity_id([identity]) for label, identity in lowest.items()}
        further = {name: column.to_pylist() for name, column in self.columns.further.items()}
        for place, (label, identity) in enumerate(zip(labels, self.columns.ids, strict=True)):
            row: Row = {"id": identity, "entity": names[label]}
            if further:
                row["input"] = {name: values[place] for name, values in further.items()}
            yield row

    def pairs(self, least: int = 0) -> Iterator[Row]:
        """Yield one row a pair whose score reaches `least` (thousandths of a bit) or that was linked, the best first.

        `score` and the points are bits; `linked` says that both are in one entity, `no` why they are certainly two.
        """
        linked = self.linked
        weights, counts = linked.weights, _CountedTable(self.table)
        order = np.argsort(-linked.scores, kind="stable")
        for place in order[linked.scores[order] >= least]:
            left, right = int(linked.left[place]), int(linked.right[place])
            found = score_pair(self.table.prepared(left), self.table.prepared(right), weights, counts)
            yield {
                "id1": self.columns.ids[left],
                "id2": self.columns.ids[right],
                "score": found.score / 1000,
                "threshold": weights.threshold / 1000,
                "linked": bool(linked.labels[left] == linked.labels[right]),
                **({"no": found.no} if found.no else {}),
                "independent": list(found.independent),
                "contributions": [
                    {
                        "code": part.code,
                        "points": part.points / 1000,
                        "left": part.left,
                        "right": part.right,
                        "sentence": part.sentence,
                    }
                    for part in found.contributions
                ],
            }


class _CountedTable:
    """The frequencies of a table as `score_pair` asks for them."""

    def __init__(self, table: PartyTable) -> None:
        counts = Counts(table)
        self._places = {
            name: {value: place for place, value in enumerate(table.columns[name].values)} for name in counts.fields
        }
        self._fields = counts.fields
        self._totals = {name: int(found.sum()) for name, found in counts.fields.items()}
        self._words: dict[tuple[str, str], tuple[int, int]] = {}
        words, totals = counts.words(table)
        names = table.names
        for place in range(len(table)):
            group = names.group_values[names.groups[place]]
            for key, count in zip(names.keys[place], words[place], strict=True):
                if key:
                    self._words[group, names.key_values[key]] = (int(count), int(totals[place]))

    def count(self, field: str, group: str, value: str) -> tuple[int, int]:
        """Return how often a value was counted, and how many records state the field."""
        if field == "name":
            return self._words.get((group, value), (0, 0))
        place = self._places[field].get(value)
        return (int(self._fields[field][place]) if place else 0), self._totals[field]


def link_file(path: Path, *, packs: Path | None = None, say: Callable[[str], None] = lambda text: None) -> LinkedFile:
    """Link all records of a file.

    Args:
        path: CSV, TSV or Parquet of party records.
        packs: Folder of packs, else the shipped one.
        say: Told what is done.

    Raises:
        InputError: the file or the pack cannot be used.
    """
    weights = linking_weights(packs)
    columns = read_parties(path)
    say(f"{len(columns.ids):,} records read")
    table = party_table(columns.ids, columns.fields, weights.words)
    linked = link_table(table, weights, learn=len(table) >= FEWEST_TO_LEARN, say=say)
    return LinkedFile(columns, table, linked)


__all__ = ["LinkedFile", "Prepared", "link_file", "linking_weights"]
