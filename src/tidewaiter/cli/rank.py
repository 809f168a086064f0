"""`tidewaiter history rank train` and `history rank score`."""

from __future__ import annotations

import sys
from pathlib import Path

import typer

from tidewaiter.cli.common import NOTHING, OUT, QUIET, byte_output, said
from tidewaiter.formats.outcomes import dumps
from tidewaiter.service.ranking import Choices, load_ranking, rank_table, read_item_table, train_ranking

rank_app = typer.Typer(help="Learn from your own inspections which items to look at first.", no_args_is_help=True)


@rank_app.callback()
def _rank() -> None:
    """Learn from your own inspections which items to look at first."""


@rank_app.command("train")
def train(
    file: Path = typer.Argument(..., metavar="FILE", help="Past items with outcomes: CSV, TSV, JSON Lines, Parquet."),
    outcome: str = typer.Option(
        ..., "--outcome", help="Column that says what an inspection found; empty: not inspected."
    ),
    output: Path = typer.Option(
        ..., "-o", "--output", metavar="MODEL", help="Write the model here; its card beside it."
    ),
    random: str = typer.Option("", "--random", help="Column that is yes where an inspection was drawn at random."),
    day: str = typer.Option("", "--date", help="Column of dates; default: the day of posting."),
    found: str = typer.Option(
        "", "--found", help="The value of the outcome that counts as a finding, if not plain yes."
    ),
    keep: list[str] = typer.Option(
        [], "--keep", help="Use this column although it looks like a result; may be repeated."
    ),
    no_goods: bool = typer.Option(False, "--no-goods", help="Do not read descriptions with the goods engine."),
    quiet: bool = QUIET,
) -> int:
    """Train an explainable ranking on past items, measure it on the latest fifth, and write it with its card."""
    table = read_item_table(file)
    choices = Choices(outcome, random, day, found, frozenset(keep), not no_goods)
    record = train_ranking(table, choices, output, said(quiet))
    if not quiet:
        print(output.with_suffix(".md").read_text(encoding="utf-8"), file=sys.stderr)
    sys.stdout.buffer.write(
        dumps({"model": str(output), "trained_on": record["trained_on"], "figures": record["figures"]}) + b"\n"
    )
    return NOTHING


@rank_app.command("score")
def score(
    file: Path = typer.Argument(..., metavar="FILE", help="New items: CSV, TSV, JSON Lines, Parquet."),
    model: Path = typer.Option(..., "--model", help="A model that `history rank train` wrote."),
    output: Path | None = OUT,
    quiet: bool = QUIET,
) -> int:
    """Score items by a ranking: a chance with the terms that make it up. It orders a queue and holds nothing."""
    ranked = load_ranking(model)
    with byte_output(output) as handle:
        for row in rank_table(ranked, read_item_table(file)):
            handle.write(dumps(row) + b"\n")
    return NOTHING
