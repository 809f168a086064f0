"""The use case of the main job: declarations from files through a `Screener` into outcome files.

The legal date, the paths and the actor come in as arguments. The screener itself stays pure; this module does the reading,
writing and counting.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Protocol

from tidewaiter import __version__
from tidewaiter.formats import Rejected, files_in, load_mapping, open_declarations
from tidewaiter.model import (
    Coverage,
    Declaration,
    Evidence,
    Finding,
    HistoryState,
    InputError,
    ListVersion,
    NotChecked,
    Problem,
    Screening,
    Versions,
)
from tidewaiter.model.leads import LeadSet
from tidewaiter.packs import PackSet, load
from tidewaiter.screen.goods import GoodsEngine
from tidewaiter.screen.party import Dismissals, PartyIndex
from tidewaiter.screen.pipeline import Screener
from tidewaiter.service import collecting
from tidewaiter.service.compiled import packs_and_engine
from tidewaiter.service.dismissals import read_dismissals
from tidewaiter.service.locations import packs_folder
from tidewaiter.service.models import load_models, models_file
from tidewaiter.service.party_index import Say, open_party_index, quietly

BATCH = 256
# Declared parties remembered by a run, some 600 bytes each.
CACHED_PARTIES = 16_384

Progress = Callable[[int, int], None]


class Sink(Protocol):
    """What takes screenings and rejected rows: an outcome writer or a counter."""

    def write(self, screening: Screening) -> None:
        """Take one screening."""

    def reject(self, rejected: Rejected) -> None:
        """Take one row that could not become a declaration."""


@dataclass(frozen=True, slots=True)
class Counts:
    """What went in and came out: `read` items equal `screened` plus `rejected`."""

    read: int
    screened: int
    rejected: int
    problems: tuple[Problem, ...]


def load_packs(folder: Path | None = None) -> PackSet:
    """Load the rule packs.

    Raises:
        PackError: they do not load; every problem is listed.
        InputError: there is no folder of packs.
    """
    return load(packs_folder(folder))


def with_role(packs: PackSet, role: str) -> PackSet:
    """Return the packs with the outcome table of one user role.

    Raises:
        InputError: the policy knows no such role.
    """
    policy = packs.policy
    found = policy.roles.get(role) if policy is not None else None
    if policy is None or found is None:
        known = ", ".join(sorted(policy.roles)) if policy is not None else ""
        raise InputError(f"unknown role {role!r}; the policy has {known}")
    return replace(packs, policy=replace(policy, rows=(*found.rows, *policy.rows)))


def build_screener(
    on: date,
    *,
    packs: PackSet | None = None,
    packs_dir: Path | None = None,
    lists_dir: Path | None = None,
    jurisdictions: Sequence[str] = (),
    remember: bool = True,
    learned: bool = True,
    decisions: Path | None = None,
    role: str = "",
    say: Say = quietly,
    history: HistoryState | None = None,
    leads: LeadSet | None = None,
) -> Screener:
    """Compile a screener for a legal date.

    Args:
        on: the legal date.
        packs: loaded packs; those of `packs_dir` if not given.
        packs_dir: folder of packs; the shipped ones if not given.
        lists_dir: a folder of imported party lists.
        jurisdictions: jurisdiction codes to apply; empty for all.
        learned: whether to use the shipped light models.
        role: who screens (`post-at-origin`, `post-in-transit`, `marketplace`, `exporter`); empty for the common rows.
        decisions: a CSV of decisions that a declared party is not a listed one, honoured until they expire.
        say: told, in one line, when the index of party lists is built.
        history: the history that will be looked into.
        leads: leads of a ledger of reports.
        remember: whether repeated wording and names are answered from memory (never changes an answer).

    Raises:
        InputError: an unknown jurisdiction, or lists that cannot be read.
    """
    engine: GoodsEngine | None = None
    if packs is None:
        packs, engine = packs_and_engine(packs_folder(packs_dir))
    known = {info.jurisdiction for info in packs.infos if info.kind == "licensing"}
    for code in jurisdictions:
        if code not in known:
            raise InputError(f"unknown jurisdiction {code!r}; the packs have {', '.join(sorted(known))}")
    if role:
        packs = with_role(packs, role)
    index: PartyIndex | None = None
    versions: tuple[ListVersion, ...] = ()
    if lists_dir is not None:
        index, versions = open_party_index(lists_dir, cache_size=CACHED_PARTIES if remember else 0, say=say)
    screener = Screener(
        packs,
        index,
        versions,
        on,
        jurisdictions or None,
        __version__,
        **({} if remember else {"remember": 0}),
        learned=load_models(models_file(packs_dir)) if learned else None,
        engine=engine,
        dismissals=Dismissals(read_dismissals(decisions), on) if decisions is not None else None,
        history=history,
        leads=leads,
    )
    collecting.loaded()
    return screener


def read_items(
    paths: Iterable[Path | str], mapping: Path | None = None, problems: list[Problem] | None = None
) -> Iterator[Declaration | Rejected]:
    """Yield the declarations and rejected rows of files, in order; file-level problems are appended to `problems`.

    Of a folder, its files are read in the order of their names.
    """
    columns = load_mapping(mapping) if mapping is not None else None
    for path in (name for given in paths for name in files_in(given)):
        reader = open_declarations(path, mapping=columns)
        yield from reader
        if problems is not None:
            problems.extend(reader.problems)


def screen_items(
    items: Iterable[Declaration | Rejected],
    screen_batch: Callable[[Sequence[Declaration]], Sequence[Screening]],
    sinks: Sequence[Sink],
    progress: Progress | None = None,
) -> Counts:
    """Screen items in batches and give every result to every sink, in the order they were read.

    Args:
        items: declarations and rejected rows.
        screen_batch: screens a batch: that of the compiled screener, or one that looks into a history.
        sinks: where results go.
        progress: called with (items done, findings so far) after each batch.
    """
    read = rejected = screened = found = 0
    batch: list[Declaration] = []

    def flush() -> None:
        nonlocal screened, found
        for screening in screen_batch(batch):
            screened += 1
            found += screening.outcome != "no-finding"
            for sink in sinks:
                sink.write(screening)
        batch.clear()
        if progress is not None:
            progress(screened + rejected, found)

    for item in items:
        read += 1
        if isinstance(item, Rejected):
            flush()
            rejected += 1
            for sink in sinks:
                sink.reject(item)
            continue
        batch.append(item)
        if len(batch) >= BATCH:
            flush()
    flush()
    return Counts(read, screened, rejected, ())


def rejected_screening(rejected: Rejected, versions: Versions | None) -> Screening:
    """Return a row that could not be read as a result: it is looked at, never passed over."""
    return Screening(
        rejected.id,
        "review",
        (
            Finding(
                "record.unreadable",
                "review",
                "The record could not be read, so nothing was screened.",
                tuple(Evidence(name, value) for name, value in rejected.raw[:20]),
            ),
        ),
        coverage=Coverage((), (NotChecked("record", rejected.id, "the record could not be read"),)),
        versions=versions,
        problems=rejected.problems,
    )


def estimate_items(paths: Iterable[Path | str]) -> int | None:
    """Return roughly how many items regular text files hold (lines), or None where that cannot be told cheaply."""
    total = 0
    for path in paths:
        place = Path(path)
        if (
            str(path) == "-"
            or not place.is_file()
            or place.suffix.lower() not in (".csv", ".tsv", ".jsonl", ".ndjson", ".txt")
        ):
            return None
        size = place.stat().st_size
        with place.open("rb") as handle:
            head = handle.read(1 << 20)
        lines = head.count(b"\n") or 1
        total += max(1, round(size / max(1, len(head)) * lines))
    return total
