"""`tidewaiter party compare|match|evaluate`."""

from __future__ import annotations

from pathlib import Path

import typer

from tidewaiter.cli.common import (
    AS_OF,
    DECISIONS,
    FINDINGS,
    NOTHING,
    OUT,
    QUIET,
    byte_output,
    legal_date,
    progress_bar,
    said,
)
from tidewaiter.cli.party_evaluate import party_evaluate
from tidewaiter.formats.outcomes import dumps
from tidewaiter.service.parties import compare_rows, match_rows
from tidewaiter.service.screening import estimate_items

app = typer.Typer(help="Compare names, and match them against party lists.", no_args_is_help=True)
app.command("evaluate")(party_evaluate)


@app.command("compare")
def compare(
    file: str = typer.Argument(
        ..., metavar="FILE", help="CSV with name1, name2, optional schema, birth_date1/2, country1/2."
    ),
    output: Path | None = OUT,
    quiet: bool = QUIET,
) -> int:
    """Compare pairs of names."""
    with byte_output(output) as handle, progress_bar(quiet, estimate_items([file]), "comparing") as show:
        for number, row in enumerate(compare_rows(file), 1):
            handle.write(dumps(row) + b"\n")
            if number % 500 == 0:
                show(number, 0)
    return NOTHING


@app.command("match")
def match(
    file: str = typer.Argument(
        ..., metavar="FILE", help="CSV with name, optional schema, birth_date, country, address, id_number."
    ),
    lists: Path = typer.Option(..., "--lists", help="Folder of imported lists."),
    decisions: Path | None = DECISIONS,
    as_of: str | None = AS_OF,
    threshold: float | None = typer.Option(
        None, "--threshold", min=0.0, max=1.0, help="Score from which a match is returned."
    ),
    output: Path | None = OUT,
    quiet: bool = QUIET,
) -> int:
    """Match names against the imported lists."""
    found = 0
    with byte_output(output) as handle, progress_bar(quiet, estimate_items([file]), "matching") as show:
        rows = match_rows(file, lists, threshold, decisions=decisions, on=legal_date(as_of), say=said(quiet))
        for number, row in enumerate(rows, 1):
            found += any("dismissed" not in hit for hit in row["hits"])
            handle.write(dumps(row) + b"\n")
            if number % 200 == 0:
                show(number, found)
    return FINDINGS if found else NOTHING
