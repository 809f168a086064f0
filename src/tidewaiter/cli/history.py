"""`tidewaiter history`: remember postal items, ask what is known, keep and purge."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

import typer

from tidewaiter.cli import history_keeping
from tidewaiter.cli.common import (
    AS_OF,
    BAD_INPUT,
    FINDINGS,
    NOTHING,
    QUIET,
    byte_output,
    legal_date,
    progress_bar,
    received_at,
    said,
)
from tidewaiter.cli.rank import rank_app
from tidewaiter.formats.outcomes.jsonl import dumps
from tidewaiter.formats.outcomes.links import link_text
from tidewaiter.formats.outcomes.network import as_followthemoney, as_graphml, as_html
from tidewaiter.model import InputError, Problem
from tidewaiter.model.network import Network
from tidewaiter.screen.found import GoodsFinder
from tidewaiter.service import history_keeping as keeping
from tidewaiter.service.history import add_items, linking_weights, open_writer, read_outcomes, zone_of
from tidewaiter.service.history_bench import run_bench
from tidewaiter.service.screening import build_screener, estimate_items, read_items

app = typer.Typer(help="Earlier postal items: who sent this before, and to whom.", no_args_is_help=True)
app.add_typer(rank_app, name="rank")

FILES = typer.Argument(
    ..., metavar="FILE…", help="Declarations: CSV, TSV, JSON Lines, JSON, XLSX, XML. - is standard input."
)
HISTORY = typer.Option(..., "--history", metavar="DB", help="The file of the history.")
ZONE = typer.Option("UTC", "--zone", help="Zone of dates without a time, such as Europe/Berlin or +03:00.")


@app.command("add")
def add(
    files: list[str] = FILES,
    history: Path = HISTORY,
    outcomes: Path | None = typer.Option(
        None, "--outcomes", help="Screenings of these items (`screen -o FILE.jsonl`), to keep their outcome."
    ),
    no_goods: bool = typer.Option(
        False, "--no-goods", help="Keep the lines as declared; do not read what the goods are."
    ),
    mapping: Path | None = typer.Option(None, "--map", help="Column mapping file: theirs → ours."),
    zone: str = ZONE,
    as_of: str | None = AS_OF,
    quiet: bool = QUIET,
) -> int:
    """Add declarations to a history. What it holds already is left as it is, so a run that was stopped is simply repeated."""
    places = zone_of(zone)
    known = read_outcomes(outcomes) if outcomes is not None else None
    finder = None if no_goods else GoodsFinder(build_screener(legal_date(as_of), learned=False, say=said(quiet)))
    problems: list[Problem] = []
    writer = open_writer(history, linking_weights(), received_at(as_of), places)
    with progress_bar(quiet, estimate_items(files), "adding") as show:
        counts = add_items(
            read_items(files, mapping, problems),
            writer,
            read_goods=finder,
            outcomes=known,
            problems=problems,
            progress=show,
        )
    if not quiet:
        for problem in problems:
            if problem.severity != "note":
                print(problem, file=sys.stderr)
    with byte_output(None) as handle:
        handle.write(
            dumps({name: getattr(counts, name) for name in ("read", "new", "repeated", "corrected", "rejected")})
            + b"\n"
        )
    if counts.read == 0:
        raise InputError("no declaration was found in " + ", ".join(files), problems)
    return BAD_INPUT if counts.rejected == counts.read else NOTHING


@app.command("links")
def links(
    item: str = typer.Argument(..., metavar="ID", help="The id of a postal item."),
    history: Path = HISTORY,
    depth: int = typer.Option(1, "--depth", min=1, max=6, help="How many items away."),
    text: bool = typer.Option(False, "--text", help="For a person to read, instead of JSON Lines."),
) -> int:
    """Print the items linked to one, each with the way that leads there and the contributions that join it."""
    found = 0
    with byte_output(None) as handle:
        for row in keeping.links(history, item, depth):
            found += 1
            handle.write(link_text(row).encode() if text else dumps(row) + b"\n")
    return FINDINGS if found else NOTHING


@app.command("graph")
def graph(
    item: str = typer.Argument(..., metavar="ID", help="The id of a postal item."),
    history: Path = HISTORY,
    depth: int = typer.Option(2, "--depth", min=1, max=4, help="How many items away."),
    output: Path = typer.Option(
        Path("graph.html"), "-o", "--output", help="Where: .html, .graphml, or .jsonl for FollowTheMoney."
    ),
    quiet: bool = QUIET,
) -> int:
    """Write what stands around an item: items, parties and shared contacts, a timeline, and why each edge is there."""
    writers: dict[str, Callable[[Network], bytes]] = {
        ".html": as_html,
        ".graphml": as_graphml,
        ".jsonl": lambda found: b"".join(as_followthemoney(found)),
    }
    writer = writers.get(output.suffix.lower())
    if writer is None:
        raise InputError(f"-o {output}: expected a name that ends in {', '.join(writers)}")
    network = keeping.network(history, item, depth)
    with byte_output(output) as handle:
        handle.write(writer(network))
    said(quiet)(f"{len(network.nodes)} nodes and {len(network.edges)} edges around {item}: {output}")
    return FINDINGS if len(network.nodes) > 3 else NOTHING


@app.command("export")
def export(
    history: Path = HISTORY,
    output: Path = typer.Option(..., "-o", "--output", metavar="FOLDER", help="Folder for the Parquet relations."),
    quiet: bool = QUIET,
) -> int:
    """Write the history as Parquet relations for patterns; people appear by pseudonymous numbers only."""
    with progress_bar(quiet, None, "exporting") as show:
        written = keeping.export_relations(history, output, show)
    with byte_output(None) as handle:
        handle.write(dumps(written.rows) + b"\n")
    return NOTHING


app.command("decide")(history_keeping.decide)
app.command("join")(history_keeping.join)
app.command("split")(history_keeping.split)
app.command("purge")(history_keeping.purge)
app.command("audit")(history_keeping.audit)
app.add_typer(history_keeping.person_app, name="person")


def bench_store(
    items: int = typer.Option(5_000_000, "--items", min=1000, help="Postal items to invent."),
    parties: int = typer.Option(0, "--parties", help="Declared parties to invent. Default: a fifth of the items."),
    queries: int = typer.Option(4000, "--queries", min=100, help="How often each step is measured."),
    folder: Path | None = typer.Option(
        None, "--folder", help="Where the file is made and removed. Default: the system's."
    ),
    quiet: bool = QUIET,
) -> int:
    """Measure live links, history look-ups and adding on an invented history, and remove it."""
    found = run_bench(folder, items, parties or items // 5, queries, said(quiet))
    with byte_output(None) as handle:
        handle.write(dumps(asdict(found)) + b"\n")
    return NOTHING
