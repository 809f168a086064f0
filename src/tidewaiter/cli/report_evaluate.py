"""`tidewaiter report evaluate`: the reading of reports measured against articles marked by hand."""

from __future__ import annotations

import sys
import time
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import typer
from rich.console import Console
from rich.table import Table

from tidewaiter.claims.noticing import MentionFinder
from tidewaiter.claims.reading import ReadReport
from tidewaiter.claims.sameness import Kinds
from tidewaiter.cli.common import FINDINGS, NOTHING, QUIET, byte_output, said
from tidewaiter.formats.outcomes import dumps
from tidewaiter.model import InputError
from tidewaiter.packs.report_ledger import LedgerRules, read_ledger_rules
from tidewaiter.service.compiled import packs_and_engine
from tidewaiter.service.locations import packs_folder
from tidewaiter.service.reports.claims import claim_reader
from tidewaiter.service.reports.evaluate import ASKED, PARTS, Measures, measure, read_articles
from tidewaiter.service.reports.ledger import kinds_of
from tidewaiter.service.reports.ledger_measures import ASKED as LEDGER_ASKED
from tidewaiter.service.reports.ledger_measures import HALVES, halves, measure_ledger, read_clusters
from tidewaiter.service.reports.marked_claims import marked_reading
from tidewaiter.service.reports.stated import fact_reader

ARTICLES = Path("evaluation/reports")


def evaluate(
    folder: Path = typer.Option(ARTICLES, "--articles", help="Folder of marked articles."),
    part: str = typer.Option(
        "",
        "--part",
        help="Only these: odd, even (rules may look at them since 25 November 2026) or held (numbers from 51, only measured).",
    ),
    language: str = typer.Option("", "--language", help="Only these languages, comma separated."),
    misses: bool = typer.Option(
        False, "--misses", help="Also print what came out wrong, but not in what is only measured."
    ),
    clusters: bool = typer.Option(
        True,
        "--clusters/--no-clusters",
        help="Also measure the ledger: upstreams, conflicts; with claims as read and as marked.",
    ),
    json: Path | None = typer.Option(None, "--json", help="Also write the figures here as one JSON object."),
    quiet: bool = QUIET,
) -> int:
    """Measure claims read from marked articles; exits 1 if a figure that is asked for is not reached."""
    parts = (part,) if part else PARTS
    if part and part not in PARTS:
        raise InputError(f"--part: read {part!r}, expected odd, even or held")
    articles = read_articles(folder, parts, tuple(filter(None, language.split(","))))
    if not articles:
        raise InputError(f"{folder}: no marked articles of these languages here")
    say = said(quiet)
    begun = time.perf_counter()
    packs, engine = packs_and_engine(packs_folder(None))
    reader = claim_reader(packs, engine, packs_folder(None))
    loaded = time.perf_counter() - begun
    say(f"loaded in {loaded:.1f} s; reading {len(articles)} articles")
    measures = measure(articles, reader.claims)
    rows = figures(measures)
    _print(measures, rows)
    if misses:
        for line in (*measures.missed, *measures.wrong):
            print(line)
    ledger: list[dict[str, object]] = []
    if clusters and not part and not language:
        rules = read_ledger_rules(packs_folder(None))
        kinds = kinds_of(packs, engine, rules)
        voices = reader.notice.voices if isinstance(reader.notice, MentionFinder) else None
        facts_of = fact_reader(reader, rules).facts
        read = {a.report.id: ReadReport(a.report, reader.claims(a.report), facts_of(a.report)) for a in articles}
        ledger = _measure_clusters(folder, "read", read, kinds, rules, misses)
        if voices is not None:
            marked = {
                a.report.id: replace(marked_reading(a, reader, voices), facts=read[a.report.id].facts) for a in articles
            }
            ledger += _measure_clusters(folder, "marked", marked, kinds, rules, misses)
    if json is not None:
        with byte_output(json) as handle:
            handle.write(dumps({"figures": rows, "ledger": ledger, "load_seconds": round(loaded, 2)}) + b"\n")
    short = [row for row in rows if row["language"] == "all" and not row["reached"]]
    return FINDINGS if short or any(not row["reached"] for row in ledger if row["claims"] == "read") else NOTHING


def _measure_clusters(
    folder: Path, claims: str, readings: Mapping[str, ReadReport], kinds: Kinds, rules: LedgerRules, misses: bool
) -> list[dict[str, object]]:
    """Measure the ledger on each half of the marked clusters, print it, and return its figures.

    Args:
        folder: marked articles.
        claims: `read` or `marked`: where the claims come from.
        readings: articles with these claims, by id.
        kinds: relations of kinds of goods.
        rules: data of the ledger.
        misses: also print what came out wrong in the half that may be looked at.
    """
    rows: list[dict[str, object]] = []
    table = Table(title=f"The ledger with claims as {claims}")
    for name in ("clusters", "documents", "figure", "reached", "asked", ""):
        table.add_column(name)
    for half, chosen in halves(read_clusters(folder)).items():
        found = measure_ledger(chosen, readings, kinds, rules)
        got = found.row()
        first = (f"{half}: {found.clusters}", str(found.documents))
        for name, asked in LEDGER_ASKED.items():
            reached = got[name] <= asked if name.startswith("false") else got[name] >= asked
            rows.append(
                {
                    "claims": claims,
                    "half": half,
                    "figure": name,
                    "value": round(got[name], 4),
                    "asked": asked,
                    "reached": reached,
                }
            )
            table.add_row(*first, name.replace("_", " "), f"{got[name]:.3f}", f"{asked:g}", "yes" if reached else "NO")
            first = ("", "")
        for name in ("corrects_and_supersedes", "documents_in_largest_event"):
            table.add_row("", "", name.replace("_", " "), f"{got[name]:.3f}", "", "")
        if misses and half == HALVES[0]:
            print("\n".join(found.failures))
    Console(file=sys.stdout, width=110).print(table)
    return rows


def figures(measures: Measures) -> list[dict[str, object]]:
    """Return one row for each part and language, and whether every asked share is reached."""
    rows = []
    for (part, language), score in sorted(measures.by.items()):
        row: dict[str, object] = {"part": part, "language": language, **score.row()}
        row["reached"] = all(float(score.row()[name]) >= asked for name, asked in ASKED.items() if name in score.row())
        rows.append(row)
    return rows


def _print(measures: Measures, rows: list[dict[str, object]]) -> None:
    console = Console(file=sys.stdout, width=130)
    names = [name for name in rows[0] if name != "reached"] if rows else []
    table = Table(*names, "reached")
    table.add_row("asked", "", "", "", *(str(ASKED.get(name, "")) for name in names[4:]), "")
    for row in rows:
        table.add_row(*(str(row[name]) for name in names), "yes" if row["reached"] else "no")
    console.print(table)
    kinds = Table("part", "predicate", "read", "marked", "precision", "recall")
    for (part, predicate), score in sorted(measures.predicates.items()):
        shown = score.row()
        kinds.add_row(
            part, predicate, str(score.read), str(score.marked), str(shown["precision"]), str(shown["recall"])
        )
    console.print(kinds)
    speed = measures.articles / measures.seconds if measures.seconds else 0.0
    console.print(
        f"{measures.articles} articles in {measures.seconds:.2f} s: {speed:.1f} a second (asked: {ASKED['articles_per_second']:.0f})"
    )


__all__ = ["evaluate", "figures"]
