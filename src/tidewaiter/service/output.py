"""Open the outcome files of a run: JSON Lines to standard output by default, others by their extension."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from tidewaiter.formats import Rejected
from tidewaiter.formats.outcomes import HtmlReportWriter, JsonlWriter, OutcomeWriter, RunInfo, open_writer
from tidewaiter.model import Problem, Screening
from tidewaiter.service.screening import rejected_screening


class WriterSink:
    """An outcome writer as a sink; a rejected row becomes a result with its problems."""

    def __init__(self, writer: OutcomeWriter) -> None:
        self.writer = writer

    def write(self, screening: Screening) -> None:
        """Write one screening."""
        self.writer.write(screening)

    def reject(self, rejected: Rejected) -> None:
        """Write one rejected row."""
        if isinstance(self.writer, HtmlReportWriter):
            self.writer.write_rejected(rejected.id, rejected.problems, rejected.source)
        else:
            self.writer.write(rejected_screening(rejected, None))


def open_sinks(
    stack: contextlib.ExitStack, outputs: Sequence[Path], files: tuple[str, ...], on: date, command: str
) -> list[WriterSink]:
    """Open every outcome file on the stack; without any, JSON Lines go to standard output."""
    if not outputs:
        return [WriterSink(stack.enter_context(JsonlWriter(sys.stdout.buffer)))]
    full = next((str(path) for path in outputs if path.suffix.lower() in (".jsonl", ".ndjson")), "")
    run = RunInfo(command=command, files=files, legal_date=on, full_results=full)
    return [WriterSink(stack.enter_context(open_writer(path, run=run))) for path in outputs]


def add_problems(sinks: Sequence[WriterSink], problems: Sequence[Problem]) -> None:
    """Give file-level problems to the reports that show them."""
    for sink in sinks:
        if isinstance(sink.writer, HtmlReportWriter):
            sink.writer.write_problems(problems)
