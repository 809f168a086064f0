"""What a measurement gives back: tables to read and figures held against what is asked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

Cell = str | int | float | None
Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of a run.

    `asked` is what the project is held to (None: only printed), `at_most` says on which side. `low` and `high` bound the
    figure by chance alone (95 %), where that was worked out; `rows` is the number of rows it rests on.
    """

    name: str
    value: float
    asked: float | None = None
    at_most: bool = False
    low: float | None = None
    high: float | None = None
    rows: int = 0

    @property
    def passed(self) -> bool | None:
        """Return whether the figure is reached; None when nothing is asked."""
        if self.asked is None:
            return None
        return self.value <= self.asked if self.at_most else self.value >= self.asked


@dataclass(frozen=True, slots=True)
class Table:
    """Rows to print under a title; the first column is a label."""

    title: str
    columns: tuple[str, ...]
    rows: list[tuple[Cell, ...]] = field(default_factory=list)
    note: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """One part of the measurement."""

    name: str
    tables: list[Table] = field(default_factory=list)
    figures: list[Figure] = field(default_factory=list)
    # Rows a developer reads: (what went wrong, declared, listed or found, score). Printed only when asked for.
    misses: list[tuple[str, str, str, int]] = field(default_factory=list)

    @property
    def is_reached(self) -> bool:
        """Return whether every figure that is asked for is reached."""
        return not any(figure.passed is False for figure in self.figures)
