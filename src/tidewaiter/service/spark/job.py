"""What a worker must know to screen as the driver would: the settings, the files in parts, and what the answers depend on."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from tidewaiter.formats import Part, files_in, load_mapping, parts_of
from tidewaiter.formats.outcomes import RunCounter
from tidewaiter.model import InputError, Problem
from tidewaiter.screen.pipeline import Screener
from tidewaiter.service.locations import packs_folder
from tidewaiter.service.party_index import program_hash
from tidewaiter.service.screening import build_screener

ITEMS_A_TASK = 20_000
BYTES_AN_ITEM = 200  # of a file, roughly; decides only how many parts there are
TASKS_A_CORE = 4  # so that no core waits long for the last task of another
_PROGRAM = (
    *("model", "text", "packs", "screen", "screen/goods", "screen/party", "screen/licence", "screen/indicators"),
    *("formats", "formats/outcomes"),
)
_LIBRARIES = ("anyascii", "numpy", "orjson", "phonenumbers", "pypinyin", "rapidfuzz")


@dataclass(frozen=True, slots=True)
class Settings:
    """How to screen; the same on every machine. Paths are absolute and must be there on each."""

    on: date
    packs: str
    lists: str = ""
    decisions: str = ""
    jurisdictions: tuple[str, ...] = ()
    role: str = ""
    remember: bool = True


@dataclass(frozen=True, slots=True)
class Unit:
    """One task: a part of a file. `name` is the file as the user gave it, which results and problems bear."""

    path: str
    name: str
    part: Part


@dataclass(frozen=True, slots=True)
class Job:
    """What is sent to every worker. `depends_on` is what the driver's answers depend on; a worker that differs refuses."""

    settings: Settings
    units: tuple[Unit, ...]
    mapping: str
    depends_on: str


@dataclass(frozen=True, slots=True)
class Report:
    """What came of one unit: counts, the problems of its file, and the processor time its Python worker took."""

    counter: RunCounter
    problems: tuple[Problem, ...]
    cpu_seconds: float


@lru_cache(maxsize=1)
def screener_of(settings: Settings) -> Screener:
    """Return the screener for settings, compiled once in a process and then kept.

    Packs come compiled from the cache of the machine, the party index from its files by memory map.
    """
    return build_screener(
        settings.on,
        packs_dir=Path(settings.packs),
        lists_dir=Path(settings.lists) if settings.lists else None,
        decisions=Path(settings.decisions) if settings.decisions else None,
        jurisdictions=settings.jurisdictions,
        role=settings.role,
        remember=settings.remember,
    )


def what_answers_depend_on(screener: Screener) -> str:
    """Return code, packs, lists and models of a screener as one text, equal where the answers are."""
    versions = screener.versions
    learned = screener.learned.version if screener.learned is not None else "none"
    parts = [f"code {versions.code} {program_hash(_PROGRAM, _LIBRARIES)[:12]}", f"models {learned}"]
    return "; ".join([*parts, *(f"{name} {mark}" for name, mark in (*versions.packs, *versions.lists))])


def settings_of(
    on: date,
    lists: Path | None,
    decisions: Path | None,
    jurisdictions: Sequence[str],
    role: str,
    remember: bool,
) -> Settings:
    """Return settings with absolute paths."""
    return Settings(
        on,
        str(packs_folder().resolve()),
        str(lists.resolve()) if lists is not None else "",
        str(decisions.resolve()) if decisions is not None else "",
        tuple(jurisdictions),
        role,
        remember,
    )


def units_of(files: Sequence[str], mapping: Path | None, wanted: int) -> tuple[Unit, ...]:
    """Cut files into tasks, in the order of the input.

    Args:
        files: files and folders; a folder stands for its files by name.
        mapping: the user's column mapping.
        wanted: how many tasks there should be at least; a text table is cut into few parts only.

    Raises:
        InputError: standard input, or a file that is not there.
    """
    columns = load_mapping(mapping) if mapping is not None else None
    paths = [name for given in files for name in files_in(given)]
    for name in paths:
        if name == "-":
            raise InputError("--engine spark cannot read standard input; give files that every machine can read")
        if not Path(name).is_file():
            raise InputError(f"{name}: there is no such file")
    total = sum(Path(name).stat().st_size for name in paths) or 1
    units: list[Unit] = []
    for name in paths:
        size = Path(name).stat().st_size
        parts = max(size / (ITEMS_A_TASK * BYTES_AN_ITEM), wanted * size / total)
        cut = parts_of(Path(name), math.ceil(parts), columns)
        units.extend(Unit(str(Path(name).resolve()), name, part) for part in cut)
    return tuple(units)
