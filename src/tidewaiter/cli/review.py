"""`tidewaiter review plan|rate`: the day's queue with a drawn control sample, and what the sample says of misses."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import typer

from tidewaiter.cli.common import FINDINGS, NOTHING, OUT, byte_output
from tidewaiter.formats.outcomes import dumps
from tidewaiter.model import InputError
from tidewaiter.service.review_plan import miss_rate, plan, planned_rows
from tidewaiter.service.tables import table
from tidewaiter.service.text_tables import text_lines

app = typer.Typer(help="Plan the day's reviews, and state what they miss.", no_args_is_help=True)
_COLUMNS = ("place", "id", "why", "outcome", "score", "lead", "result")


@app.command("plan")
def plan_command(
    file: str = typer.Argument(
        ..., metavar="FILE", help="Screenings as JSON Lines, as `tidewaiter screen` writes them."
    ),
    capacity: int = typer.Option(..., "--capacity", min=1, help="How many items people can look at today."),
    secret_file: Path = typer.Option(..., "--secret-file", help="File with the day's secret; new every day, kept."),
    share: float = typer.Option(
        0.002, "--control-share", min=0.0, max=1.0, help="Share of items without finding to draw."
    ),
    output: Path | None = OUT,
) -> int:
    """Write today's queue as CSV: holds, reviews by strength, drawn items, and what is over capacity."""
    try:
        secret = secret_file.read_bytes().strip()
    except OSError as error:
        raise InputError(f"{secret_file}: cannot be read: {error}") from error
    if len(secret) < 16:
        raise InputError(f"{secret_file}: {len(secret)} bytes; a secret of 16 or more cannot be guessed")
    planned = plan(_screenings(file), capacity, secret, share)
    text = io.StringIO()
    writer = csv.DictWriter(text, _COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(planned_rows(planned))
    with byte_output(output) as handle:
        handle.write(text.getvalue().encode())
    return FINDINGS if planned else NOTHING


@app.command("rate")
def rate_command(
    file: str = typer.Argument(
        ..., metavar="FILE", help="The plan with `result` filled in (case, or clear of the point)."
    ),
    output: Path | None = OUT,
) -> int:
    """State how often drawn items were cases after all, with the interval, as JSON."""
    with byte_output(output) as handle:
        handle.write(dumps(miss_rate(row for _, row in table(file, ("id", "why", "result")))) + b"\n")
    return NOTHING


def _screenings(path: str) -> Iterator[dict[str, Any]]:
    for number, line in enumerate(text_lines(path), 1):
        if not line.strip():
            continue
        try:
            row = msgspec.json.decode(line)
        except (msgspec.DecodeError, UnicodeError) as error:
            raise InputError(f"{path}:{number}: not JSON: {error}") from error
        if not isinstance(row, dict) or "outcome" not in row:
            raise InputError(f"{path}:{number}: not a screening: no outcome")
        yield row
