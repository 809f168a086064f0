"""`tidewaiter goods evaluate`: every figure the goods engine is held to, measured here and now."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from pathlib import Path

import typer
from rich.console import Console
from rich.table import Table

from tidewaiter.cli.common import AS_OF, FINDINGS, NOTHING, OUT, QUIET, byte_output, legal_date
from tidewaiter.formats.outcomes import dumps
from tidewaiter.service.classify import BATCH, Classifier, Row
from tidewaiter.service.learning.data import coded_parcels, data_folder, supply_names, vague_parcels
from tidewaiter.service.learning.evaluate import Figure, evaluate
from tidewaiter.service.learning.wordings import (
    Wording,
    classified,
    entry_figures,
    evaluation_folder,
    first_entries,
    is_called_controlled,
    is_right,
    read_wordings,
    vagueness_figures,
)
from tidewaiter.service.screening import build_screener


def goods_evaluate(
    data: Path | None = typer.Option(None, "--data", help="Folder of shared data (else TIDEWAITER_DATA)."),
    misses: bool = typer.Option(False, "--misses", help="Also print the wordings whose entry was not found."),
    only: str = typer.Option("", "--only", help="Only these parts: wordings, labelled, speed (comma separated)."),
    output: Path | None = OUT,
    as_of: str | None = AS_OF,
    quiet: bool = QUIET,
) -> int:
    """Measure the goods engine on labelled and written text; exits 1 if a figure that is asked for is not reached."""
    console = Console(stderr=True, quiet=quiet)
    started = time.perf_counter()
    classifier = Classifier(build_screener(legal_date(as_of)))
    start_seconds = time.perf_counter() - started
    parts = set(only.split(",")) if only else {"wordings", "labelled", "speed"}
    figures: list[Figure] = []
    if "speed" in parts:
        figures += _speed(classifier, data_folder(data), start_seconds)
    if "wordings" in parts:
        figures += _written(classifier, misses)
    if "labelled" in parts:
        figures += evaluate(classifier, data_folder(data), lambda what: console.print(f"measuring: {what}"))
    if output is not None:
        with byte_output(output) as handle:
            for f in figures:
                handle.write(
                    dumps({"name": f.name.strip(), "value": f.value, "asked": f.asked, "passed": f.passed}) + b"\n"
                )
    Console(file=sys.stdout, width=100).print(_table(figures))
    return FINDINGS if any(f.passed is False for f in figures) else NOTHING


def _written(classifier: Classifier, misses: bool) -> list[Figure]:
    folder = evaluation_folder()
    wordings = read_wordings(folder)
    rows = classified(classifier, [w.text for w in wordings])
    if misses:
        _print_misses(wordings, rows)
    return entry_figures(classifier, wordings, rows) + vagueness_figures(classifier, folder)


def _print_misses(wordings: list[Wording], rows: list[Row]) -> None:
    for wording, row in zip(wordings, rows, strict=True):
        if wording.kind == "listed" and not is_right(row, wording):
            lists = {ref.partition("/")[0] for ref in wording.expect}
            seen = " ".join(f"{name}/{entry}" for name in sorted(lists) for entry in first_entries(row, name))
            kinds = " ".join(c["id"] for c in row["concepts"] if c["role"] == "is")
            typer.echo(
                f"{wording.language}\t{wording.text}\texpected {' '.join(wording.expect)}\tfound {seen or 'nothing'}\t{kinds}"
            )
        if wording.kind == "look-alike" and is_called_controlled(row):
            typer.echo(f"{wording.language}\t{wording.text}\tlook-alike called controlled ({row['controlled']})")


def _speed(classifier: Classifier, folder: Path, start_seconds: float) -> list[Figure]:
    """Different descriptions, each once, after nothing was remembered; one process, one thread."""
    rows = [row.text for row in coded_parcels(folder) + vague_parcels(folder) + supply_names(folder)]
    texts = list(dict.fromkeys(rows))
    warm, timed = texts[:500], texts[500:]
    classified(classifier, warm)
    started = time.perf_counter()
    for at in range(0, len(timed), BATCH):
        for row in classified(classifier, timed[at : at + BATCH]):
            dumps(row)
    seconds = time.perf_counter() - started
    peak = _peak_of_classify(timed)
    return [
        Figure("descriptions a second, one core", len(timed) / seconds, 5000),
        Figure("peak memory, MB", peak, 300, at_most=True),
        Figure("start: packs and models read and compiled, s", start_seconds, 2.0, at_most=True),
    ]


def _peak_of_classify(texts: list[str]) -> float:
    """Return the peak memory in MB of `goods classify` as a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        table = Path(folder) / "texts.jsonl"
        table.write_bytes(b"".join(dumps({"description": text}) + b"\n" for text in texts))
        arguments = ["goods", "classify", str(table), "-o", str(Path(folder) / "out.jsonl"), "--quiet"]
        done = subprocess.run(
            [sys.executable, "-c", _CHILD, *arguments], check=False, capture_output=True, text=True, timeout=600
        )
    return int(done.stdout.strip() or 0) / 1024


# Prints its own peak (kilobytes): the kernel's count that `getrusage` gives would begin with that of the parent.
_CHILD = """
import sys
from tidewaiter.cli.main import main
main(sys.argv[1:])
for line in open("/proc/self/status"):
    if line.startswith("VmHWM"):
        print(line.split()[1])
"""


def _table(figures: list[Figure]) -> Table:
    table = Table("figure", "reached", "asked", "")
    for figure in figures:
        asked = "" if figure.asked is None else f"{'≤' if figure.at_most else '≥'} {figure.asked:g}"
        mark = "" if figure.passed is None else "yes" if figure.passed else "NO"
        table.add_row(
            figure.name, f"{figure.value:,.3f}" if figure.value < 100 else f"{figure.value:,.0f}", asked, mark
        )
    return table
