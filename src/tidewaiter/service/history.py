"""Put postal items into a history: read, linked, written in batches, each batch wholly or not at all."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from pathlib import Path
from typing import Protocol
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec

from tidewaiter.formats import Rejected
from tidewaiter.link import Weights, load_weights
from tidewaiter.model import Declaration, InputError, Problem
from tidewaiter.model.history import FoundItem
from tidewaiter.packs import PackSet, load
from tidewaiter.service.locations import packs_folder
from tidewaiter.store.history.linking import Linking
from tidewaiter.store.history.schema import open_history
from tidewaiter.store.history.writing import HistoryWriter, Placed

BATCH = 256

Progress = Callable[[int, int], None]
Acknowledge = Callable[[Sequence[Declaration], Sequence[Placed]], None]


class ReadsGoods(Protocol):
    """Says what the goods of a batch of declarations are."""

    def __call__(self, declarations: Sequence[Declaration]) -> list[FoundItem]:
        """Return what was found in each."""


@dataclass(frozen=True, slots=True)
class AddCounts:
    """What came in and what became of it: `read` is the sum of the others.

    `corrected` counts newer and older versions of known messages and other content under a known version; `repeated` what
    the history held already.
    """

    read: int = 0
    new: int = 0
    repeated: int = 0
    corrected: int = 0
    rejected: int = 0

    def plus(self, placed: Iterable[Placed], rejected: int = 0) -> AddCounts:
        """Return the counts with a batch that was written."""
        kinds = [p.kind for p in placed]
        new = sum(kind in ("new", "reused") for kind in kinds)
        repeated = kinds.count("repeated")
        return AddCounts(
            self.read + len(kinds) + rejected,
            self.new + new,
            self.repeated + repeated,
            self.corrected + len(kinds) - new - repeated,
            self.rejected + rejected,
        )


def zone_of(name: str) -> tzinfo:
    """Return the zone of a name (`Europe/Berlin`) or an offset (`+03:00`).

    Raises:
        InputError: it is neither.
    """
    if name[:1] in "+-":
        hours, _, minutes = name[1:].partition(":")
        if hours.isdigit() and (not minutes or minutes.isdigit()) and int(hours) < 24:
            span = timedelta(hours=int(hours), minutes=int(minutes or 0))
            return timezone(-span if name[0] == "-" else span)
    elif name.upper() in ("UTC", "Z"):
        return UTC
    else:
        with contextlib.suppress(ZoneInfoNotFoundError, ValueError, OSError):
            return ZoneInfo(name)
    raise InputError(f"--zone: read {name!r}, expected a zone such as Europe/Berlin or an offset such as +03:00")


def linking_weights(packs: PackSet | None = None) -> Weights:
    """Return the weights of the linking pack, of the packs given or of the shipped ones."""
    return load_weights(packs if packs is not None else load(packs_folder() / "linking"))


def open_writer(path: Path, weights: Weights, received: datetime, zone: tzinfo = UTC) -> HistoryWriter:
    """Open a history for writing; it is made where there is none.

    Args:
        path: the file of the history.
        weights: of the linking pack.
        received: the instant for items that declare no date.
        zone: the zone of dates without a time.

    Raises:
        InputError: the file is no history of this version.
    """
    connection = open_history(path, create=True)
    return HistoryWriter(connection, Linking(connection, weights, received), received, zone)


def add_items(
    items: Iterable[Declaration | Rejected],
    writer: HistoryWriter,
    *,
    read_goods: ReadsGoods | None = None,
    outcomes: dict[str, str] | None = None,
    problems: list[Problem] | None = None,
    progress: Progress | None = None,
    acknowledge: Acknowledge | None = None,
    size: int = BATCH,
) -> AddCounts:
    """Add items to a history, each batch in one transaction.

    A process that is killed loses nothing it had counted; the same file added again repeats nothing.

    Args:
        items: declarations and rows that could not be read.
        writer: the open history.
        read_goods: says what the goods are; without it lines are stored as declared only.
        outcomes: what screening said, by item id.
        problems: takes the located problems of what contradicts the history.
        progress: called with (items done, items corrected or rejected) after each batch is on disk.
        acknowledge: called with each batch once it is on disk.
        size: items in one transaction.
    """
    counts = AddCounts()
    for batch, rejected in batches(items, size):
        found = read_goods(batch) if read_goods is not None else [FoundItem()] * len(batch)
        if outcomes is not None:
            found = [replace(f, outcome=outcomes.get(d.id, "")) for d, f in zip(batch, found, strict=True)]
        with writer.transaction():
            placed = writer.place(batch, found)
        counts = counts.plus(placed, rejected)
        if problems is not None:
            problems.extend(p.problem for p in placed if p.problem is not None)
        if acknowledge is not None:
            acknowledge(batch, placed)
        if progress is not None:
            progress(counts.read, counts.corrected + counts.rejected)
    return counts


def batches(items: Iterable[Declaration | Rejected], size: int = BATCH) -> Iterator[tuple[list[Declaration], int]]:
    """Yield batches of declarations, each with the number of rejected rows met on the way."""
    batch: list[Declaration] = []
    rejected = 0
    for item in items:
        if isinstance(item, Rejected):
            rejected += 1
            continue
        batch.append(item)
        if len(batch) >= size:
            yield batch, rejected
            batch, rejected = [], 0
    if batch or rejected:
        yield batch, rejected


class _Outcome(msgspec.Struct):
    id: str
    outcome: str = ""


def read_outcomes(path: Path) -> dict[str, str]:
    """Read what screening said of each item from the JSON Lines that `tidewaiter screen -o` wrote.

    Raises:
        InputError: the file cannot be read; the line is named.
    """
    decoder = msgspec.json.Decoder(_Outcome)
    found: dict[str, str] = {}
    number = 0
    try:
        with path.open("rb") as handle:
            for line in handle:
                number += 1
                if line.strip():
                    row = decoder.decode(line)
                    found[row.id] = row.outcome
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror}") from error
    except msgspec.MsgspecError as error:
        raise InputError(f"{path}:{number}: not a screening: {error}") from error
    return found
