"""The use case: declarations in files on shared storage, through Spark, into a folder of Parquet."""

from __future__ import annotations

import re
import secrets
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

from tidewaiter.formats.outcomes import RunCounter
from tidewaiter.model import InputError, Problem
from tidewaiter.service.spark.job import (
    TASKS_A_CORE,
    Job,
    Report,
    Settings,
    screener_of,
    units_of,
    what_answers_depend_on,
)
from tidewaiter.service.spark.worker import SCHEMA, task

_RAISED = re.compile(r"InputError: (.+)")


@dataclass(frozen=True, slots=True)
class Ran:
    """What a run came to: counts, the problems of files, how many tasks there were, and the processor time of Python workers."""

    counter: RunCounter
    problems: tuple[Problem, ...]
    tasks: int
    cpu_seconds: float


def screen_on_spark(
    session: Any, settings: Settings, files: Sequence[str], mapping: Path | None, output: Path, tasks: int = 0
) -> Ran:
    """Screen files on a cluster; the output appears under its name when it is whole.

    Args:
        session: a Spark session.
        settings: how to screen.
        files: files and folders that every machine can read under the same path.
        mapping: the user's column mapping.
        output: folder to write; one Parquet file a task, in the order of the input.
        tasks: how many tasks there should be at least; 0 for some for each core of the cluster.

    Raises:
        InputError: an input cannot be read, the output cannot be written, or a machine would screen differently.
    """
    wanted = tasks or session.sparkContext.defaultParallelism * TASKS_A_CORE
    units = units_of([str(name) for name in files], mapping, wanted)
    if not units:
        raise InputError(f"no file of declarations in {', '.join(map(str, files))}")
    screener = screener_of(
        settings
    )  # the driver's, so that settings are checked and indexes built before the workers ask
    job = Job(settings, units, str(mapping.resolve()) if mapping is not None else "", what_answers_depend_on(screener))
    reports = session.sparkContext.accumulator({}, _reports())
    place = output.resolve()
    _may_write(place, output)
    temporary = place.with_name(f".{place.name}.{secrets.token_hex(4)}.part")
    try:
        numbers = session.range(0, len(units), 1, len(units))
        results = numbers.mapInArrow(task(job, reports.add), SCHEMA)
        results.write.option("compression", "zstd").parquet(temporary.as_uri())
        if place.exists():
            shutil.rmtree(place)
        temporary.replace(place)
    except InputError:
        raise
    except Exception as error:  # a failed job arrives as one of several kinds of Py4J and PySpark
        raise _said(error) from error
    finally:
        shutil.rmtree(temporary, ignore_errors=True)
    return _sum_up(reports.value, len(units))


def _may_write(place: Path, shown: Path) -> None:
    """Refuse to replace anything but an earlier result."""
    if place.exists() and not (place / "_SUCCESS").is_file():
        raise InputError(f"{shown} is there and is no earlier result of Spark; give another path")
    if not place.parent.is_dir():
        raise InputError(f"{shown}: cannot be written: there is no folder {place.parent}")


def _said(error: Exception) -> Exception:
    """Return an error of a worker as our own where it is one, else as it came."""
    found = _RAISED.search(str(error))
    return InputError(found[1].strip()) if found else error


def _reports() -> Any:
    """Return the adding of reports: by unit, so that a task done twice counts once."""
    base = import_module("pyspark.accumulators").AccumulatorParam

    class ReportsParam(base):  # type: ignore[misc,valid-type]
        def zero(self, value: dict[int, Report]) -> dict[int, Report]:
            return {}

        def addInPlace(self, one: dict[int, Report], other: dict[int, Report]) -> dict[int, Report]:  # noqa: N802
            one.update(other)
            return one

    return ReportsParam()


def _sum_up(reports: dict[int, Report], tasks: int) -> Ran:
    counter = RunCounter()
    problems: dict[Problem, None] = {}
    for number in sorted(reports):
        counter.merge(reports[number].counter)
        problems.update(dict.fromkeys(reports[number].problems))
    return Ran(counter, tuple(problems), tasks, sum(report.cpu_seconds for report in reports.values()))
