"""Print sections of a measurement: tables, and figures held against what is asked."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table as Printed

from tidewaiter.model import InputError
from tidewaiter.service.matching_measures import Figure, Section


def wanted_parts(only: str, known: tuple[str, ...], usual: tuple[str, ...]) -> list[str]:
    """Return the parts named in `--only`, or the usual ones.

    Raises:
        InputError: a part is not known; the message lists them.
    """
    names = [name.strip() for name in only.split(",") if name.strip()]
    for name in names:
        if name not in known:
            raise InputError(f"--only: read {name!r}, expected some of {', '.join(known)}")
    return names or list(usual)


def print_section(console: Console, section: Section) -> None:
    """Print the tables of a section, then its figures."""
    for table in section.tables:
        printed = Printed(*table.columns, title=table.title, title_justify="left", caption=table.note or None)
        for row in table.rows:
            printed.add_row(*map(_cell, row))
        console.print(printed)
    if section.figures:
        printed = Printed("figure", "reached", "by chance", "asked", "", "rows", title=f"{section.name}: figures")
        for figure in section.figures:
            printed.add_row(*_figure_cells(figure))
        console.print(printed)


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:,.4f}" if abs(value) < 0.1 else f"{value:,.3f}" if abs(value) < 100 else f"{value:,.0f}"
    return f"{value:,}" if isinstance(value, int) else str(value)


def _figure_cells(figure: Figure) -> tuple[str, ...]:
    asked = "" if figure.asked is None else f"{'≤' if figure.at_most else '≥'} {figure.asked:g}"
    mark = "" if figure.passed is None else "yes" if figure.passed else "NO"
    between = "" if figure.low is None or figure.high is None else f"{_cell(figure.low)}–{_cell(figure.high)}"
    return figure.name, _cell(figure.value), between, asked, mark, _cell(figure.rows or None)


def section_row(section: Section) -> dict[str, object]:
    """Return a section as plain values for JSON."""
    return {
        "figures": [
            {
                "name": figure.name,
                "value": figure.value,
                "low": figure.low,
                "high": figure.high,
                "asked": figure.asked,
                "at_most": figure.at_most,
                "passed": figure.passed,
                "rows": figure.rows,
            }
            for figure in section.figures
        ],
        "tables": [
            {"title": table.title, "columns": table.columns, "rows": table.rows, "note": table.note}
            for table in section.tables
        ],
    }
