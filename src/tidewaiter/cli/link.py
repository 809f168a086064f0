"""`tidewaiter link`: which party records are of one person or firm."""

from __future__ import annotations

from pathlib import Path

import typer

from tidewaiter.cli.common import NOTHING, OUT, QUIET, byte_output, console_error, said
from tidewaiter.formats.outcomes import dumps
from tidewaiter.model import InputError
from tidewaiter.service.linking import link_file


def link(
    file: Path = typer.Argument(
        ...,
        metavar="FILE",
        help="CSV, TSV or Parquet: id, name, address, city, postcode, country, phone, email, birth_date, occupation, id_number.",
    ),
    history: Path | None = typer.Option(None, "--history", help="Link against the parties of this history."),
    pairs: bool = typer.Option(False, "--pairs", help="Write scored pairs with their contributions instead."),
    output: Path | None = OUT,
    quiet: bool = QUIET,
) -> int:
    """Link party records: one line a record with the id of its entity, or one line a scored pair."""
    if history is not None:
        raise InputError("--history: a file is not linked against a history here; `history add` links what it takes in")
    if not file.exists():
        raise InputError(f"{file}: no such file")
    found = link_file(file, say=said(quiet))
    with byte_output(output) as handle:
        for row in found.pairs() if pairs else found.entities():
            handle.write(dumps(row) + b"\n")
    for problem in found.problems[:50]:
        console_error(f"  {problem}")
    if len(found.problems) > 50:
        console_error(f"  … and {len(found.problems) - 50} more")
    return NOTHING
