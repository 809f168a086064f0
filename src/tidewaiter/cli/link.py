"""`tidewaiter link`: which party records are of one person or firm."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import typer
from rich.console import Console
from typer.core import TyperGroup

from tidewaiter.cli.common import FINDINGS, NOTHING, OUT, QUIET, byte_output, console_error, said
from tidewaiter.cli.evaluation import print_section, section_row, wanted_parts
from tidewaiter.formats.outcomes import dumps
from tidewaiter.model import InputError
from tidewaiter.service.linking import link_file
from tidewaiter.service.linking_history import link_to_history
from tidewaiter.service.linking_measures.sections import PARTS


class _FileOrVerb(TyperGroup):
    """`link FILE` links a file; `link evaluate` is a verb of its own."""

    def parse_args(self, ctx, args):  # type: ignore[no-untyped-def]
        """Put the verb `file` before anything that is no verb."""
        if args and args[0] not in self.commands and args[0] not in ("--help", "-h"):
            args = ["file", *args]
        return super().parse_args(ctx, args)


link_app = typer.Typer(
    cls=_FileOrVerb,
    help="Which party records are of one person or firm? `link FILE`, or `link evaluate`.",
    no_args_is_help=True,
)


@link_app.callback()
def _link() -> None:
    """Which party records are of one person or firm? `link FILE` links a file; `link evaluate` measures."""


@link_app.command("file")
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
    if not file.exists():
        raise InputError(f"{file}: no such file")
    if history is not None and pairs:
        raise InputError("--pairs scores the records of the file with each other; leave out --history")
    if history is not None:
        found, rows = link_to_history(file, history, said(quiet))
    else:
        found = link_file(file, say=said(quiet))
        rows = found.pairs() if pairs else found.entities()
    with byte_output(output) as handle:
        for row in rows:
            handle.write(dumps(row) + b"\n")
    for problem in found.problems[:50]:
        console_error(f"  {problem}")
    if len(found.problems) > 50:
        console_error(f"  … and {len(found.problems) - 50} more")
    return NOTHING


@link_app.command("evaluate")
def evaluate(
    data: Path | None = typer.Option(None, "--data", help="Folder of shared data (else TIDEWAITER_DATA)."),
    only: str = typer.Option("", "--only", help=f"Only these parts, comma separated: {', '.join(PARTS)}."),
    records: int = typer.Option(
        0, "--records", help="About this many records for each invented set; 0: the reported size."
    ),
    json: Path | None = typer.Option(None, "--json", help="Also write figures and tables here as one JSON object."),
    quiet: bool = QUIET,
) -> int:
    """Measure linking on labelled and invented records; exits 1 if a figure that is asked for is not reached."""
    say = said(quiet)
    console = Console(file=sys.stdout, width=130)
    sections = []
    for name in wanted_parts(only, tuple(PARTS), tuple(PARTS)):
        started = time.perf_counter()
        section = PARTS[name](data, records)
        sections.append(section)
        print_section(console, section)
        say(f"{name}: done in {time.perf_counter() - started:.0f} s")
    if json is not None:
        with byte_output(json) as handle:
            handle.write(dumps({section.name: section_row(section) for section in sections}) + b"\n")
    return NOTHING if all(section.is_reached for section in sections) else FINDINGS
