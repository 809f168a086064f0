"""Screen declarations with a history: each batch is placed in it, looked up, screened and kept in one transaction.

Items are numbered in order of posting within a batch, and each is looked up and screened before the next, so an earlier item
of the same file is history for a later one, whatever the size of the batches. A run that was stopped is simply repeated: what
the history holds already is looked up as of when it came and gives the same findings.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, tzinfo
from pathlib import Path

from tidewaiter.model import Declaration, HistoryState, Problem, Screening
from tidewaiter.screen.found import GoodsFinder
from tidewaiter.screen.pipeline import Screener
from tidewaiter.service.history import linking_weights, open_writer
from tidewaiter.store.history.looking import HistoryReader
from tidewaiter.store.history.state import state_of
from tidewaiter.store.history.writing import HistoryWriter


class HistoryScreening:
    """Screens batches with a history, and writes each into it.

    Args:
        screener: the compiled screener.
        writer: the open history.
        reader: looks up views over the same connection.
    """

    def __init__(self, screener: Screener, writer: HistoryWriter, reader: HistoryReader) -> None:
        self.screener = screener
        self.writer = writer
        self.reader = reader
        self.finder = GoodsFinder(screener)
        self.problems: list[Problem] = []

    def __call__(self, batch: Sequence[Declaration]) -> tuple[Screening, ...]:
        """Return the screenings of a batch, in its order, once it is on disk."""
        if not batch:
            return ()
        self.screener.read_ahead(batch)
        found = self.finder(batch)
        screened: dict[int, Screening] = {}
        with self.writer.transaction():
            placed = self.writer.place(batch, found)
            for position in sorted(range(len(batch)), key=lambda i: placed[i].no):
                number = placed[position].no
                if placed[position].kind == "repeated":
                    self.writer.fill(number, found[position], batch[position])
                view = self.reader.view(number)
                screening = self.screener.screen(batch[position], view)
                self.writer.tell_outcome(number, screening.outcome)
                screened[position] = screening
        self.problems.extend(p.problem for p in placed if p.problem is not None)
        return tuple(screened[position] for position in range(len(batch)))


def open_screening_history(
    path: Path, received: datetime, zone: tzinfo
) -> tuple[HistoryWriter, HistoryReader, HistoryState]:
    """Open a history for screening; it is made where there is none.

    Args:
        path: the file of the history.
        received: the instant for items that declare no date.
        zone: the zone of dates without a time.

    Raises:
        InputError: the file is no history of this version.
    """
    weights = linking_weights()
    writer = open_writer(path, weights, received, zone)
    return writer, HistoryReader(writer.connection, weights), state_of(writer.connection, path.name)
