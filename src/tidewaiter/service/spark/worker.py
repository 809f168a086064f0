"""What runs in the Python worker of an executor: read a part, screen it in batches, give rows back as Arrow."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

from tidewaiter.formats import Rejected, load_mapping, open_declarations
from tidewaiter.formats.outcomes import JsonEncoder, RunCounter
from tidewaiter.model import Declaration, InputError, Screening
from tidewaiter.service.screening import rejected_screening, screen_items
from tidewaiter.service.spark.job import Job, Report, Unit, screener_of, what_answers_depend_on

SCHEMA = "part INT NOT NULL, place INT NOT NULL, id STRING NOT NULL, outcome STRING NOT NULL, screening STRING NOT NULL"
"""`part` and `place` within it give the order of the input; `screening` is the JSON the local engine writes."""
ROWS = 2048

Send = Callable[[dict[int, Report]], None]


class Rows:
    """A sink that gathers screenings as columns of the result."""

    def __init__(self, part: int) -> None:
        self.counter = RunCounter()
        self._part = part
        self._place = 0
        self._encoder = JsonEncoder()
        self._columns: tuple[list[Any], ...] = ([], [], [], [], [])

    def write(self, screening: Screening) -> None:
        """Take one screening."""
        self.counter.add(screening)
        self._add(screening)

    def reject(self, rejected: Rejected) -> None:
        """Take a row that could not be read, as the result the local engine writes for it."""
        self.counter.reject()
        self._add(rejected_screening(rejected, None))

    def _add(self, screening: Screening) -> None:
        text = self._encoder.encode(screening).decode()
        values = (self._part, self._place, screening.id.encode("utf-8", "replace").decode(), screening.outcome, text)
        for column, value in zip(self._columns, values, strict=True):
            column.append(value)
        self._place += 1

    def take(self) -> Any:
        """Return what has gathered as an Arrow batch, and begin anew."""
        arrow = import_module("pyarrow")
        kinds = (arrow.int32(), arrow.int32(), arrow.string(), arrow.string(), arrow.string())
        arrays = [arrow.array(column, kind) for column, kind in zip(self._columns, kinds, strict=True)]
        self._columns = ([], [], [], [], [])
        return arrow.RecordBatch.from_arrays(arrays, names=["part", "place", "id", "outcome", "screening"])

    def __len__(self) -> int:
        """Return how many rows have gathered."""
        return len(self._columns[0])


def task(job: Job, send: Send) -> Callable[[Iterator[Any]], Iterator[Any]]:
    """Return the function for `mapInArrow`: batches with numbers of units in, batches of results out.

    Args:
        job: the settings and units.
        send: takes the report of each unit when it is done.
    """

    def screen_units(batches: Iterator[Any]) -> Iterator[Any]:
        for batch in batches:
            for number in batch.column(0).to_pylist():
                yield from screen_unit(job, number, send)

    return screen_units


def screen_unit(job: Job, number: int, send: Send) -> Iterator[Any]:
    """Screen one unit and yield its results.

    Raises:
        InputError: the file cannot be read here, or code, packs or lists of this machine differ from the driver's.
    """
    screener = screener_of(job.settings)
    here = what_answers_depend_on(screener)
    if here != job.depends_on:
        raise InputError(f"this machine would screen differently: {_differences(job.depends_on, here)}")
    begun = time.process_time()
    unit = job.units[number]
    mapping = load_mapping(Path(job.mapping)) if job.mapping else None
    reader = open_declarations(unit.path, mapping=mapping, name=unit.name, part=unit.part)
    rows = Rows(number)
    for some in _in_rows(iter(reader)):
        screen_items(some, screener.screen_batch, [rows])
        yield rows.take()
    send({number: Report(rows.counter, tuple(reader.problems), time.process_time() - begun)})


def _in_rows(items: Iterator[Declaration | Rejected]) -> Iterator[list[Declaration | Rejected]]:
    some: list[Declaration | Rejected] = []
    for item in items:
        some.append(item)
        if len(some) == ROWS:
            yield some
            some = []
    if some:
        yield some


def _differences(driver: str, here: str) -> str:
    """Return what of the driver is not here, for people."""
    missing = [part for part in driver.split("; ") if part not in set(here.split("; "))]
    return f"the driver has {'; '.join(missing[:5])}" if missing else f"here is more than there: {here[:200]}"


__all__ = ["SCHEMA", "Rows", "Unit", "screen_unit", "task"]
