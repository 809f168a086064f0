"""`tidewaiter goods classify` and `tidewaiter licence determine`."""

from __future__ import annotations

from pathlib import Path

import typer

from tidewaiter.cli.common import AS_OF, FINDINGS, NOTHING, OUT, QUIET, byte_output, legal_date, progress_bar
from tidewaiter.cli.evaluate import goods_evaluate
from tidewaiter.cli.licence_ask import ask
from tidewaiter.formats.outcomes import dumps
from tidewaiter.service.classify import classify_rows
from tidewaiter.service.determine import determine_lines
from tidewaiter.service.screening import build_screener, estimate_items
from tidewaiter.service.text_tables import read_rows

goods_app = typer.Typer(help="What is it, and which list entries may it meet?", no_args_is_help=True)
licence_app = typer.Typer(help="Does it need a licence on this route and day?", no_args_is_help=True)


@goods_app.callback()
def _goods() -> None:
    """What is it, and which list entries may it meet?"""


@licence_app.callback()
def _licence() -> None:
    """Does it need a licence on this route and day?"""


@goods_app.command("classify")
def classify(
    file: str = typer.Argument(..., metavar="FILE", help="CSV, TSV or JSON Lines with a text column."),
    column: str = typer.Option("description", "--column", help="Name of the text column."),
    output: Path | None = OUT,
    as_of: str | None = AS_OF,
    quiet: bool = QUIET,
) -> int:
    """Name the thing in each description, with candidate list entries and what is missing."""
    screener = build_screener(
        legal_date(as_of), remember=False
    )  # so that a long table needs no more memory than a short one
    found = False
    with byte_output(output) as handle, progress_bar(quiet, estimate_items([file]), "classifying") as show:
        for number, row in enumerate(classify_rows(read_rows(file, column), screener), 1):
            found = found or bool(row["candidates"])
            handle.write(dumps(row) + b"\n")
            if number % 500 == 0:
                show(number, 0)
    return FINDINGS if found else NOTHING


goods_app.command("evaluate")(goods_evaluate)


licence_app.command("ask")(ask)


@licence_app.command("determine")
def determine(
    file: str = typer.Argument(
        ..., metavar="FILE", help="JSON Lines: entries, origin, destination, … (see the interface)."
    ),
    jurisdiction: list[str] = typer.Option(
        [], "--jurisdiction", help="Only this jurisdiction's rules; may be repeated."
    ),
    output: Path | None = OUT,
    as_of: str | None = AS_OF,
    quiet: bool = QUIET,
) -> int:
    """Answer yes, no or open for entries on a route, with grounds, exceptions and open facts."""
    found = False
    with byte_output(output) as handle, progress_bar(quiet, estimate_items([file]), "determining") as show:
        for number, (required, text) in enumerate(determine_lines(file, legal_date(as_of), tuple(jurisdiction)), 1):
            found = found or required != "no"
            handle.write(text + b"\n")
            if number % 500 == 0:
                show(number, 0)
    return FINDINGS if found else NOTHING
