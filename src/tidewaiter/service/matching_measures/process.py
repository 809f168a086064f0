"""The program as a user starts it: lists imported into a folder for the run, names matched by a process of their own."""

from __future__ import annotations

import csv
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tidewaiter.model import InputError
from tidewaiter.service.matching_measures.sources import LISTS, SDN_FILES, UN_FILE

_SDN_DATED = "2025-12-24"
_TIMEOUT = 600
# Prints its own processor seconds and peak memory: what the kernel counts for children would begin with the parent's peak.
_CHILD = """
import sys, time
from tidewaiter.cli.main import main
code = main(sys.argv[1:])
peak = [line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM")]
print(code, time.process_time(), peak[0], file=sys.__stdout__)
"""


@dataclass(frozen=True, slots=True)
class Started:
    """What processes of `party match` took, in seconds of the processor from the start of the interpreter to its end."""

    first_seconds: float
    start_seconds: float
    rows_a_second: float
    peak_mb: float
    rows: int


def run_command(*arguments: str) -> tuple[float, float]:
    """Run a command in a process of its own; return its processor seconds and peak megabytes.

    Args:
        arguments: The command line behind `tidewaiter`.

    Raises:
        InputError: The command failed.
    """
    done = subprocess.run(
        [sys.executable, "-c", _CHILD, *arguments], check=False, capture_output=True, text=True, timeout=_TIMEOUT
    )
    lines = done.stdout.split()
    if done.returncode or len(lines) < 3 or int(lines[-3]) > 1:
        raise InputError(f"`tidewaiter {' '.join(arguments)}` failed: {done.stderr.strip()[-400:]}")
    return float(lines[-2]), int(lines[-1]) / 1024


def _write(path: Path, names: Sequence[str]) -> str:
    with path.open("w", encoding="utf-8", newline="") as handle:
        rows = csv.writer(handle)
        rows.writerow(["name"])
        rows.writerows([name] for name in names)
    return str(path)


@contextmanager
def run_match(data: Path, names: Sequence[str]) -> Iterator[Started]:
    """Import SDN and UN into a temporary folder and match names against them in processes of their own.

    Args:
        data: The shared data.
        names: Names to ask.

    Yields:
        What the processes took; the folder is gone afterwards.

    Raises:
        InputError: a command failed.
    """
    with tempfile.TemporaryDirectory(prefix="tidewaiter-evaluate-") as name:
        folder = Path(name)
        lists = str(folder / "lists")
        sdn = [str(data / LISTS / file) for file in SDN_FILES]
        run_command("lists", "import", *sdn, "--dated", _SDN_DATED, "--lists", lists, "--quiet")
        run_command("lists", "import", str(data / LISTS / UN_FILE), "--lists", lists, "--quiet")
        one, all_names = _write(folder / "one.csv", names[:1]), _write(folder / "all.csv", names)
        output = str(folder / "out.jsonl")
        matching = ("--lists", lists, "--quiet", "-o", output)
        first, _ = run_command("party", "match", one, *matching)
        start, _ = run_command("party", "match", one, *matching)
        whole, peak = run_command("party", "match", all_names, *matching)
        yield Started(first, start, len(names) / max(1e-9, whole - start), peak, len(names))
