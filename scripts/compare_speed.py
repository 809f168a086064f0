"""Screen the same generated mail with two checkouts in turn; compare processor time by stage and every byte written.

    python scripts/compare_speed.py --old ../main --new . --count 6000 --lists LISTS --rounds 2

The checkouts run as processes of their own, old and new in turn, so that a busy machine slows both. Prints microseconds of
processor time a declaration by stage, the least of all rounds; the exit code is 1 if any byte differs.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib
import json
import os
import subprocess
import sys
import tempfile
import time
from collections import deque
from collections.abc import Callable
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any

BATCH = 256
# Where each stage is, by module, owner (empty: the module) and name. A checkout that names one otherwise has a further row.
PLACES = (
    ("read goods", "tidewaiter.screen.pipeline", "Screener", "read_line"),
    ("models", "tidewaiter.screen.pipeline", "Screener", "read_ahead"),
    ("models heard", "tidewaiter.screen.pipeline", "", "hear"),
    ("models heard", "tidewaiter.screen.line_reading", "LineReader", "hear"),
    ("two parties", "tidewaiter.screen.party", "PartyIndex", "match"),
    ("two parties", "tidewaiter.screen.party", "PartyIndex", "match_batch"),
    ("licence rules", "tidewaiter.screen.pipeline", "Screener", "_goods_line"),
    ("licence rules", "tidewaiter.screen.line_rules", "LineRules", "of"),
    ("indicators", "tidewaiter.screen.pipeline", "Screener", "_indicators"),
    ("indicators", "tidewaiter.screen.indicator_findings", "IndicatorFindings", "of"),
)


class Clock:
    """Processor nanoseconds by stage, without what other stages took inside it."""

    def __init__(self) -> None:
        self.spent: dict[str, int] = {}
        self._open: list[str] = []
        self._since = 0

    def timed(self, stage: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """Return the function with its time put down to a stage."""

        def call(*arguments: Any, **options: Any) -> Any:
            self._turn()
            self._open.append(stage)
            try:
                return function(*arguments, **options)
            finally:
                self._turn()
                self._open.pop()

        return call

    def _turn(self) -> None:
        now = time.thread_time_ns()
        if self._open:
            self.spent[self._open[-1]] = self.spent.get(self._open[-1], 0) + now - self._since
        self._since = now


def attach(clock: Clock) -> None:
    """Wrap what this checkout has of the places."""
    for stage, module, owner, name in PLACES:
        try:
            found = importlib.import_module(module)
            target = getattr(found, owner) if owner else found
            setattr(target, name, clock.timed(stage, getattr(target, name)))
        except (ImportError, AttributeError):
            continue


def measure(arguments: argparse.Namespace) -> None:
    """Screen with the checkout on the path; print what each stage took and the hash of what was written."""
    from tidewaiter.formats.outcomes import JsonlWriter
    from tidewaiter.service.screening import build_screener, read_items

    lists = Path(arguments.lists) if arguments.lists else None
    screener = build_screener(date(2026, 11, 24), lists_dir=lists, remember=not arguments.no_cache)
    clock = Clock()
    if not arguments.plain:
        attach(clock)
    parsing = clock.timed("parse", lambda items: list(islice(items, BATCH)))
    screening = clock.timed("rest", screener.screen_batch)
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "out.jsonl"
        items = iter(read_items([Path(arguments.mail)]))
        count = 0
        with JsonlWriter(target) as writer:
            writing = clock.timed("write", lambda found: deque(map(writer.write, found), 0))
            while batch := parsing(items):
                writing(screening(batch))
                count += len(batch)
        digest = hashlib.sha256(target.read_bytes()).hexdigest()
    spent = {stage: nanoseconds / 1000 / count for stage, nanoseconds in clock.spent.items()}
    sys.stdout.write(json.dumps({"spent": spent, "hash": digest, "count": count}) + "\n")


def run(checkout: Path, mail: Path, arguments: argparse.Namespace) -> dict[str, Any]:
    """Run this script's measurement with the program of a checkout."""
    command = [sys.executable, __file__, "--mail", str(mail)]
    command += ["--lists", arguments.lists] if arguments.lists else []
    command += ["--no-cache"] if arguments.no_cache else []
    command += ["--plain"] if arguments.plain else []
    environment = {**os.environ, "PYTHONPATH": str(checkout.resolve() / "src")}
    done = subprocess.run(command, env=environment, cwd=checkout, check=True, capture_output=True, text=True)
    return dict(json.loads(done.stdout.splitlines()[-1]))


def compare(arguments: argparse.Namespace) -> int:
    """Run both checkouts in turn and print the table."""
    from tidewaiter.service.generate import generate
    from tidewaiter.service.speed.files import write_csv, write_json_lines

    with tempfile.TemporaryDirectory() as folder:
        mail = Path(folder) / ("mail.csv" if arguments.csv else "mail.jsonl")
        (write_csv if arguments.csv else write_json_lines)(mail, generate(arguments.count, arguments.seed))
        found: dict[str, list[dict[str, Any]]] = {"old": [], "new": []}
        for _ in range(arguments.rounds):
            for name in found:
                found[name].append(run(Path(getattr(arguments, name)), mail, arguments))
    least = {
        name: {stage: min(each["spent"][stage] for each in runs) for stage in runs[0]["spent"]}
        for name, runs in found.items()
    }
    sys.stdout.write(f"{'stage':<16}{'old µs':>9}{'new µs':>9}{'ratio':>8}\n")
    for stage in sorted({*least["old"], *least["new"]}):
        _row(stage, least["old"].get(stage, 0.0), least["new"].get(stage, 0.0))
    _row("whole", sum(least["old"].values()), sum(least["new"].values()))
    hashes = {each["hash"] for runs in found.values() for each in runs}
    sys.stdout.write("every byte the same\n" if len(hashes) == 1 else f"DIFFERENT: {sorted(hashes)}\n")
    return len(hashes) != 1


def _row(stage: str, old: float, new: float) -> None:
    sys.stdout.write(f"{stage:<16}{old:9.1f}{new:9.1f}{old / new if new else 0:8.2f}\n")


def main() -> int:
    """Read the command line; compare, or measure for a comparison."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--old", default="../main", help="checkout to compare with")
    parser.add_argument("--new", default=".", help="checkout that was changed")
    parser.add_argument("--count", type=int, default=6000, help="declarations")
    parser.add_argument("--seed", type=int, default=20261124, help="seed of the mail")
    parser.add_argument("--rounds", type=int, default=2, help="runs of each checkout")
    parser.add_argument("--lists", default="", help="folder of imported party lists")
    parser.add_argument("--csv", action="store_true", help="read a CSV instead of JSON Lines")
    parser.add_argument("--no-cache", action="store_true", help="answer nothing from memory of earlier rows")
    parser.add_argument("--plain", action="store_true", help="one figure for each of reading, screening and writing")
    parser.add_argument("--mail", default="", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.mail:
        measure(arguments)
        return 0
    return compare(arguments)


if __name__ == "__main__":
    sys.exit(main())
