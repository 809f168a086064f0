"""The report a person reads, prints and files: one HTML page that needs no network and no script.

Its size is bounded. Postal items with findings or questions are shown in full up to a cap, the gravest first; ordinary
ones are counted and listed briefly up to another; what is left out is counted and the place to find it is named.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import BinaryIO, Generic, TypeVar

from jinja2 import Environment, PackageLoader, StrictUndefined, Template
from markupsafe import Markup

from tidewaiter.formats.outcomes import wording
from tidewaiter.formats.outcomes.marks import language_tag, named, segments, storable
from tidewaiter.formats.outcomes.summary import RunCounter, RunSummary
from tidewaiter.formats.outcomes.target import OutcomeWriter
from tidewaiter.formats.outcomes.view import ItemView, item_view, safe_url, source_place, source_text
from tidewaiter.model import Coverage, Problem, Screening, Source, Versions

DETAIL_CAP = 2000
ORDINARY_CAP = 500
PROBLEM_CAP = 500
_TABLES = 26
_INDEX_OPEN = 60

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class RunInfo:
    """What the report says about the run as a whole.

    `full_results` names the file where every postal item can be found, for what the report leaves out. `legal_date` is
    taken from the first screening when it is not given.
    """

    title: str = "Export-control screening report"
    command: str = ""
    files: tuple[str, ...] = ()
    legal_date: date | None = None
    full_results: str = ""
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Rejected:
    """A row that could not be screened."""

    id: str
    where: str
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Ordinary:
    """A postal item with nothing found, for the brief list."""

    id: str
    route: str
    description: str
    where: str


class Book(Generic[T]):
    """The distinct values of something that many screenings share, each with a letter and a count, up to 26."""

    def __init__(self) -> None:
        self._letters: dict[T, str] = {}
        self._counts: dict[T, int] = {}
        self._last: T | None = None
        self.left_out = 0

    def add(self, value: T) -> None:
        """Count one use of the value."""
        known = self._last if value is self._last else value
        assert known is not None
        if known not in self._letters:
            if len(self._letters) >= _TABLES:
                self.left_out += 1
                return
            self._letters[known] = chr(ord("A") + len(self._letters))
            self._counts[known] = 0
        self._counts[known] += 1
        self._last = known

    def letter(self, value: T) -> str:
        """Return the letter of the value; empty when it has none."""
        return self._letters.get(value, "")

    def rows(self) -> list[tuple[str, T, int]]:
        """Return (letter, value, count) in the order of first use."""
        return [(letter, value, self._counts[value]) for value, letter in self._letters.items()]


class HtmlReportWriter(OutcomeWriter):
    """Writes one self-contained page.

    Args:
        target: A path, or a binary stream.
        run: What to say about the run. It may be set again through the attribute `run` until the writer closes.
        detail_cap: How many postal items with findings or questions are shown in full.
        ordinary_cap: How many others are listed briefly.
        problem_cap: How many rejected rows, and how many problems, are listed.
    """

    def __init__(
        self,
        target: str | Path | BinaryIO,
        *,
        run: RunInfo | None = None,
        detail_cap: int = DETAIL_CAP,
        ordinary_cap: int = ORDINARY_CAP,
        problem_cap: int = PROBLEM_CAP,
    ) -> None:
        super().__init__(target)
        self.run = run if run is not None else RunInfo()
        self._caps = (detail_cap, ordinary_cap, problem_cap)
        self._counter = RunCounter()
        self._kept: tuple[list[Screening], ...] = ([], [], [], [])
        self._attention = 0
        self._ordinary: list[Ordinary] = []
        self._ordinary_total = 0
        self._rejected: list[Rejected] = []
        self._problems: list[Problem] = []
        self._problem_total = 0
        self._coverage: Book[Coverage] = Book()
        self._versions: Book[Versions] = Book()

    def write(self, screening: Screening) -> None:
        """Take in one screening. Memory stays within the caps."""
        self._counter.add(screening)
        self._coverage.add(screening.coverage)
        if screening.versions is not None:
            self._versions.add(screening.versions)
        self._take_problems(wording.all_problems(screening))
        rank = attention_rank(screening)
        if rank is None:
            self._take_ordinary(screening)
        else:
            self._keep(screening, rank)

    def write_rejected(self, id: str, problems: Iterable[Problem], source: Source | str = "") -> None:
        """Take in a row that could not be screened: its identifier (may be empty), why, and where it stands."""
        found = tuple(problems)
        self._counter.reject()
        if len(self._rejected) < self._caps[2]:
            where = source if isinstance(source, str) else source_place(source)
            if not where and found:
                where = problem_place(found[0])
            self._rejected.append(Rejected(id, where, found))

    def write_problems(self, problems: Iterable[Problem]) -> None:
        """Take in problems of a whole file rather than of one postal item."""
        self._take_problems(tuple(problems))

    def _keep(self, screening: Screening, rank: int) -> None:
        """Keep the gravest items within the cap; among equals, those that came first."""
        self._attention += 1
        self._kept[rank].append(screening)
        if sum(map(len, self._kept)) > self._caps[0]:
            next(items for items in reversed(self._kept) if items).pop()

    def _take_ordinary(self, screening: Screening) -> None:
        self._ordinary_total += 1
        if len(self._ordinary) < self._caps[1]:
            declaration = screening.declaration
            description = wording.descriptions_text(declaration, "; ")
            short = description if len(description) <= 90 else description[:89] + "…"
            self._ordinary.append(
                Ordinary(screening.id, wording.route_text(declaration), short, source_text(declaration))
            )

    def _take_problems(self, problems: tuple[Problem, ...]) -> None:
        self._problem_total += len(problems)
        room = self._caps[2] - len(self._problems)
        if room > 0:
            self._problems.extend(problems[:room])

    def _finish(self) -> None:
        self._take_problems(self.run.problems)
        run = self.run
        versions = self._versions.rows()
        if run.legal_date is None and versions:
            run = replace(run, legal_date=versions[0][1].legal_date)
        kept = [item for items in self._kept for item in items]
        summary = self._counter.summary(files=run.files)
        stream = _template().stream(
            run=run,
            summary=summary,
            cards=_cards(summary),
            attention=self._attention,
            index=kept,
            index_open=len(kept) <= _INDEX_OPEN,
            items=self._views(kept),
            ordinary=self._ordinary,
            ordinary_total=self._ordinary_total,
            rejected=self._rejected,
            problems=self._problems,
            problem_total=self._problem_total,
            coverage=self._coverage,
            versions=versions,
        )
        stream.enable_buffering(64)
        for chunk in stream:
            self._target.handle.write(storable(chunk).encode("utf-8"))

    def _views(self, kept: list[Screening]) -> Iterator[ItemView]:
        for number, screening in enumerate(kept, start=1):
            yield item_view(screening, f"item-{number}", self._coverage.letter(screening.coverage))


def attention_rank(screening: Screening) -> int | None:
    """Return 0 for a hold, 1 for a review, 2 for a question, 3 for findings to know about, None for an ordinary item."""
    if screening.outcome == "hold":
        return 0
    if screening.outcome == "review":
        return 1
    if screening.questions:
        return 2
    return 3 if screening.findings else None


def problem_place(problem: Problem) -> str:
    """Return `file:line` of a problem."""
    line = "" if problem.line is None else str(problem.line)
    return ":".join(part for part in (problem.file, line) if part)


def unplaced(problem: Problem) -> str:
    """Return a problem in one line without its place, for a row that names the place already."""
    return str(replace(problem, file="", line=None))


def _cards(summary: RunSummary) -> list[tuple[str, str, str, int]]:
    return [
        (name, wording.OUTCOME_SIGN[name], wording.OUTCOME_MEANING[name], summary.outcome(name))
        for name in wording.OUTCOMES
    ]


def _finalized(value: object) -> object:
    """Name invisible characters in whatever the template prints, also where it forgot to; markup is ours and stays."""
    return named(value) if isinstance(value, str) and not isinstance(value, Markup) else value


@cache
def _template() -> Template:
    environment = Environment(
        loader=PackageLoader("tidewaiter.formats.outcomes", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_finalized,
    )
    environment.globals.update(
        words=wording, segments=segments, lang=language_tag, safe_url=safe_url, place=problem_place, unplaced=unplaced
    )
    environment.filters["thousands"] = lambda value: f"{value:,}"
    return environment.get_template("report.html")
