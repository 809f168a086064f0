"""`tidewaiter pack lint|test|show|diff|export`."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import typer

from tidewaiter.cli.common import BAD_INPUT, FINDINGS, NOTHING, legal_date
from tidewaiter.model import InputError
from tidewaiter.packs import PackSet, load_with_problems
from tidewaiter.packs.diff import diff_packs
from tidewaiter.packs.lint import lint as lint_packs
from tidewaiter.packs.show import show as show_packs
from tidewaiter.service.locations import packs_folder
from tidewaiter.service.pack_cases import run_cases
from tidewaiter.service.pack_tables import (
    CONCEPT_COLUMNS,
    ENTRY_COLUMNS,
    concept_rows,
    coverage_page,
    entry_rows,
    write_table,
)

app = typer.Typer(help="Rule packs: check, test, read aloud, compare.", no_args_is_help=True)

PATH = typer.Argument(
    None, metavar="PATH", help="A folder of packs, one pack, or one file. Default: the shipped packs."
)


def _root(path: Path | None) -> tuple[Path, str]:
    """Return the folder of packs to load and the prefix of file names the user asked about.

    One pack or one file is loaded together with all the others, since law names concepts that live elsewhere.
    """
    folder = packs_folder(path if path is not None and path.is_dir() and list(path.glob("*/pack.yaml")) else None)
    if path is None or path.resolve() == folder.resolve():
        return folder, folder.name
    if not path.exists():
        raise InputError(f"{path}: no such file or folder")
    for parent in (path, *path.resolve().parents):
        if (parent / "pack.yaml").is_file() and list(parent.parent.glob("*/pack.yaml")):
            folder = parent.parent.resolve()
            return folder, f"{folder.name}/{path.resolve().relative_to(folder).as_posix()}"
    return path, path.name


def _chosen(name: str, prefix: str) -> bool:
    stem = prefix.removesuffix(".yaml")
    return name == prefix or name.startswith((prefix.rstrip("/") + "/", stem + ".cases"))


def _load(path: Path | None) -> tuple[PackSet, list[object], str]:
    folder, prefix = _root(path)
    packs, problems = load_with_problems(folder)
    return packs, [p for p in problems if _chosen(p.file, prefix) or p.severity == "error"], prefix


@app.command("lint")
def lint(
    path: Path | None = PATH, warnings: bool = typer.Option(False, "--warnings", help="Also print warnings.")
) -> int:
    """Check packs: every problem with file and line."""
    packs, problems, prefix = _load(path)
    found = [*problems, *(p for p in lint_packs(packs, legal_date(None)) if _chosen(p.file, prefix))]
    errors = [p for p in found if p.severity == "error"]  # type: ignore[attr-defined]
    for problem in found if warnings else errors:
        print(problem)
    rest = len(found) - len(errors)
    print(f"{len(errors)} errors, {rest} warnings in {len(packs.infos)} packs", file=sys.stderr)
    return BAD_INPUT if errors else NOTHING


@app.command("test")
def test(
    path: Path | None = PATH, verbose: bool = typer.Option(False, "-v", "--verbose", help="Print passing cases too.")
) -> int:
    """Run the cases beside the files."""
    packs, problems, prefix = _load(path)
    errors = [p for p in problems if p.severity == "error"]  # type: ignore[attr-defined]
    if errors:
        raise InputError("the packs do not load", errors)  # type: ignore[arg-type]
    cases = [case for case in packs.cases if _chosen(case.file, prefix)]
    failed = 0
    for result in run_cases(packs, cases):
        if result.failures:
            failed += 1
            print(f"FAIL {result.case.file}:{result.case.line}: {result.case.name}")
            for failure in result.failures:
                print(f"     {failure}")
        elif verbose:
            print(f"ok   {result.case.file}:{result.case.line}: {result.case.name}")
    print(f"{len(cases) - failed} passed, {failed} failed", file=sys.stderr)
    return FINDINGS if failed else NOTHING


@app.command("show")
def show(path: Path | None = PATH) -> int:
    """Say packs in sentences."""
    packs, _, prefix = _load(path)
    narrowed = PackSet(
        packs.infos,
        {k: c for k, c in packs.concepts.items() if _chosen(c.source.rpartition(":")[0], prefix)},
        entries=tuple(e for e in packs.entries if _chosen(e.source.rpartition(":")[0], prefix)),
        rules=tuple(r for r in packs.rules if _chosen(r.source.rpartition(":")[0], prefix)),
    )
    for line in show_packs(narrowed):
        print(line)
    return NOTHING


@app.command("diff")
def diff(
    old: Path = typer.Argument(..., help="Older folder of packs."),
    new: Path = typer.Argument(..., help="Newer folder."),
) -> int:
    """Say what differs between two folders of packs, entry by entry."""
    before, _ = load_with_problems(old, with_cases=False)
    after, _ = load_with_problems(new, with_cases=False)
    lines = diff_packs(before, after)
    for line in lines:
        print(line)
    return FINDINGS if lines else NOTHING


WHAT = ("concepts", "entries", "coverage")


@app.command("export")
def export(
    path: Path | None = PATH,
    what: str = typer.Option("concepts", "--what", help="concepts | entries (CSV) | coverage (Markdown)."),
    output: Path | None = typer.Option(None, "-o", "--output", help="File to write; standard output if not given."),
) -> int:
    """Write concepts or list entries as a plain table for use elsewhere, or the coverage page."""
    if what not in WHAT:
        raise InputError(f"unknown table {what!r}; write one of {', '.join(WHAT)}")
    packs, _, _ = _load(path)
    text = io.StringIO()
    if what == "coverage":
        text.write(coverage_page(packs))
    elif what == "concepts":
        write_table(CONCEPT_COLUMNS, concept_rows(packs), text)
    else:
        write_table(ENTRY_COLUMNS, entry_rows(packs), text)
    if output is None:
        sys.stdout.write(text.getvalue())
    else:
        output.write_text(text.getvalue(), encoding="utf-8")
    return NOTHING
