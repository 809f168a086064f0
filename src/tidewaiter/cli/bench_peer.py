"""`tidewaiter bench peer`: the party stage beside the nearest peer, in one run on the same names and lists."""

from __future__ import annotations

import sys
from pathlib import Path

import typer
from rich.console import Console

from tidewaiter.cli.bench import JSON
from tidewaiter.cli.common import FINDINGS, NOTHING, QUIET, said
from tidewaiter.cli.evaluation import print_section, section_row
from tidewaiter.formats.outcomes import dumps
from tidewaiter.service.matching_measures import open_data
from tidewaiter.service.matching_measures.peer_names import measure_screening


def bench_peer(
    data: Path | None = typer.Option(None, "--data", help="Folder of shared data (else TIDEWAITER_DATA)."),
    json: bool = JSON,
    quiet: bool = QUIET,
) -> int:
    """Ask labelled and generated names of ours and of nomenklatura logic-v2 (extra `peer`); exits 1 if a figure is not reached."""
    section = measure_screening(open_data(data, said(quiet)))
    if json:
        sys.stdout.buffer.write(dumps(section_row(section)) + b"\n")
    else:
        print_section(Console(width=130), section)
    return NOTHING if section.is_reached else FINDINGS
