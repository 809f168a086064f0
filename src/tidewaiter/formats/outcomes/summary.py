"""What a run came to: counts gathered while it goes, and a table of them for the terminal."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from rich.table import Table
from rich.text import Text

from tidewaiter.formats.outcomes.wording import OUTCOME_MEANING, OUTCOME_SIGN, OUTCOMES
from tidewaiter.model import Screening

_STYLE = {"hold": "bold red", "review": "bold yellow", "no-finding": "none"}


@dataclass(frozen=True, slots=True)
class RunSummary:
    """The counts of one run.

    `outcomes` has all three outcomes, gravest first; `findings` are (code, count), most frequent first. `rejected` rows
    were not screened, so `declarations` = `screened` + `rejected`.
    """

    declarations: int = 0
    screened: int = 0
    rejected: int = 0
    outcomes: tuple[tuple[str, int], ...] = ()
    findings: tuple[tuple[str, int], ...] = ()
    questions: int = 0
    problems: int = 0
    seconds: float = 0.0
    files: tuple[str, ...] = ()

    def outcome(self, name: str) -> int:
        """Return how many postal items have this outcome."""
        return dict(self.outcomes).get(name, 0)


class RunCounter:
    """Counts screenings as they pass; `summary` gives the frozen result."""

    def __init__(self) -> None:
        self._outcomes: Counter[str] = Counter()
        self._codes: Counter[str] = Counter()
        self._rejected = 0
        self._questions = 0
        self._problems = 0

    def add(self, screening: Screening) -> None:
        """Count one screening."""
        self._outcomes[screening.outcome] += 1
        self._questions += len(screening.questions)
        self._problems += len(screening.problems)
        for finding in screening.findings:
            self._codes[finding.code] += 1

    def reject(self, count: int = 1) -> None:
        """Count rows that could not be screened."""
        self._rejected += count

    def merge(self, other: RunCounter) -> None:
        """Add what another counter has counted."""
        self._outcomes.update(other._outcomes)
        self._codes.update(other._codes)
        self._rejected += other._rejected
        self._questions += other._questions
        self._problems += other._problems

    def summary(self, seconds: float = 0.0, files: tuple[str, ...] = ()) -> RunSummary:
        """Return the counts so far."""
        screened = self._outcomes.total()
        return RunSummary(
            declarations=screened + self._rejected,
            screened=screened,
            rejected=self._rejected,
            outcomes=tuple((name, self._outcomes[name]) for name in OUTCOMES),
            findings=tuple(sorted(self._codes.items(), key=lambda item: (-item[1], item[0]))),
            questions=self._questions,
            problems=self._problems,
            seconds=seconds,
            files=files,
        )


def summary_table(summary: RunSummary, *, codes: int = 12) -> Table:
    """Return the summary as a table for the terminal.

    Args:
        summary: The counts.
        codes: How many finding codes to list before the rest is given as one number.
    """
    table = Table(title="Screening", title_justify="left", show_header=False, box=None, pad_edge=False)
    table.add_column("what")
    table.add_column("count", justify="right")
    table.add_column("meaning", style="dim")
    table.add_row("declarations in", _number(summary.declarations), _files(summary.files))
    table.add_row("screened", _number(summary.screened), _pace(summary))
    if summary.rejected:
        table.add_row(Text("not screened", "bold red"), _number(summary.rejected), "rows that could not be read")
    table.add_section()
    for name in OUTCOMES:
        count = summary.outcome(name)
        style = _STYLE[name] if count else "dim"
        table.add_row(Text(f"{OUTCOME_SIGN[name]} {name}", style), _number(count), OUTCOME_MEANING[name])
    table.add_row("? questions", _number(summary.questions), "to consignors")
    table.add_section()
    for code, count in summary.findings[:codes]:
        table.add_row(Text(f"  {code}"), _number(count))
    rest = summary.findings[codes:]
    if rest:
        table.add_row(f"  {len(rest)} further codes", _number(sum(count for _, count in rest)))
    return table


def _number(value: int) -> str:
    return f"{value:,}"


def _files(files: tuple[str, ...]) -> Text:
    if not files:
        return Text("")
    return Text(files[0] if len(files) == 1 else f"{len(files)} files")


def _pace(summary: RunSummary) -> str:
    if summary.seconds <= 0:
        return ""
    return f"in {summary.seconds:.1f} s, {summary.screened / summary.seconds:,.0f} a second"
