"""How many different names a second one core answers, how long the slowest wait, how much memory, how soon after a start.

Processor time is what is held against the figures asked, since other programs on the machine lengthen the time on the clock;
both are printed. Nothing is answered from memory: the indexes keep no answers and every name is asked once.
"""

from __future__ import annotations

import random
import time
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain, zip_longest

import numpy as np

from tidewaiter.model import ListedName, ListedParty, Party
from tidewaiter.screen.party import PartyIndex
from tidewaiter.service.matching_measures.process import Started, run_match
from tidewaiter.service.matching_measures.report import Figure, Section, Table
from tidewaiter.service.matching_measures.sources import Measured

LARGE = 300_000
_WARM, _BATCH, _LARGE_ASKED = 300, 256, 3000
_NEGATIVES = ("screen_negatives_us", "screen_negatives_global")
_COLUMNS = ("list", "names asked", "names/s", "names/s by the clock", "p50 ms", "p99 ms", "p99 ms by the clock")


@dataclass(frozen=True, slots=True)
class Timed:
    """Times of single questions in milliseconds, on the processor and by the clock."""

    processor: list[float]
    clock: list[float]

    def a_second(self) -> tuple[float, float]:
        """Return names a second of processor time and of the clock."""
        return 1000 * len(self.processor) / sum(self.processor), 1000 * len(self.clock) / sum(self.clock)


def ordinary_and_listed(data: Measured) -> list[str]:
    """Return different names to ask, mixed: ordinary people of both sets, ordinary firms, and one altered listed name in fifty."""
    people = chain.from_iterable(zip_longest(*(data.full_names(file) for file in _NEGATIVES)))
    firms = iter(data.firms)
    listed = iter(data.full_names("screen_positives_un_treated"))
    mixed: dict[str, None] = {}
    for place, name in enumerate(people):
        if name:
            mixed.setdefault(name)
        if place % 5 == 0:
            mixed.setdefault(next(firms, ""))
        if place % 50 == 0:
            mixed.setdefault(next(listed, ""))
    return [name for name in mixed if name]


def time_single(index: PartyIndex, names: Sequence[str]) -> Timed:
    """Ask every name by itself and time each; the first few hundred only warm up."""
    for name in names[:_WARM]:
        index.match(Party(name))
    processor, clock = [], []
    for name in names[_WARM:]:
        began, worked = time.perf_counter_ns(), time.thread_time_ns()
        index.match(Party(name))
        processor.append((time.thread_time_ns() - worked) / 1e6)
        clock.append((time.perf_counter_ns() - began) / 1e6)
    return Timed(processor, clock)


def time_batches(index: PartyIndex, names: Sequence[str]) -> Timed:
    """Ask names in batches as a screening of many declarations does; the times are of whole batches."""
    processor, clock = [], []
    for first in range(0, len(names), _BATCH):
        parties = [Party(name) for name in names[first : first + _BATCH]]
        began, worked = time.perf_counter_ns(), time.thread_time_ns()
        index.match_batch(parties)
        processor.append((time.thread_time_ns() - worked) / 1e6)
        clock.append((time.perf_counter_ns() - began) / 1e6)
    return Timed(processor, clock)


def recombined(parties: Sequence[ListedParty], count: int, seed: int = 300) -> list[ListedParty]:
    """Return listed parties of one name each, put together from words of listed names of the same kind and length.

    Args:
        parties: Listed parties.
        count: How many.
        seed: Seed of the draw.
    """
    chance = random.Random(seed)
    words: dict[tuple[str, int], list[str]] = {}
    shapes: list[tuple[str, int]] = []
    for party in parties:
        for name in party.names:
            parts = name.text.replace(",", " ").split()
            shapes.append((party.schema, len(parts)))
            for place, part in enumerate(parts):
                words.setdefault((party.schema, min(place, 3)), []).append(part)
    made: dict[tuple[str, str], None] = {}
    while len(made) < count:
        schema, size = chance.choice(shapes)
        drawn = (chance.choice(words[(schema, min(place, 3))]) for place in range(min(size, 8)))
        made.setdefault((schema, " ".join(drawn)))
    return [
        ListedParty("recombined", str(number), schema, (ListedName(name),))
        for number, (schema, name) in enumerate(made)
    ]


def measure(data: Measured) -> Section:
    """Measure the index of SDN and UN, a list of 300,000 names, and the program as a process of its own."""
    names = ordinary_and_listed(data)
    section = Section("speed")
    table = Table("Names asked one at a time, nothing remembered", _COLUMNS)
    section.tables.append(table)
    index = data.person_index
    data.say(f"asking {len(names)} different names of {index.names} listed ones")
    single, batches = time_single(index, names), time_batches(index, names)
    table.rows.append(_row(f"SDN and UN, {index.names}", single))
    rate = len(names) / (sum(batches.processor) / 1000)
    section.figures.extend(
        [
            Figure("names a second, one core, SDN and UN", single.a_second()[0], 1500, rows=len(names)),
            Figure(f"the same in batches of {_BATCH}", rate, None, rows=len(names)),
            Figure("p99 of a single name, ms", float(np.percentile(single.processor, 99)), 10, at_most=True),
        ]
    )
    _large(data, names, table, section)
    data.say("importing lists and starting the program anew")
    with run_match(data.folder, names) as started:
        section.figures.extend(_process_figures(started))
    return section


def _row(label: str, timed: Timed) -> tuple[str | int | float, ...]:
    processor, clock = timed.a_second()
    p50, p99 = np.percentile(timed.processor, [50, 99])
    return label, len(timed.clock), processor, clock, float(p50), float(p99), float(np.percentile(timed.clock, 99))


def _large(data: Measured, names: Sequence[str], table: Table, section: Section) -> None:
    known = [*data.sdn, *data.un]
    data.say(f"building a list of {LARGE} recombined names")
    worked = time.process_time()
    index = PartyIndex.build(recombined(known, LARGE), cache_size=0)
    built = time.process_time() - worked
    timed = time_single(index, names[: _LARGE_ASKED + _WARM])
    table.rows.append(_row(f"recombined, {index.names}", timed))
    section.figures.extend(
        [
            Figure(f"names a second, one core, {index.names} names", timed.a_second()[0], 500, rows=_LARGE_ASKED),
            Figure(f"p99 of a single name, {index.names} names, ms", float(np.percentile(timed.processor, 99))),
            Figure(f"index of {index.names} names built, s", built),
        ]
    )


def _process_figures(started: Started) -> list[Figure]:
    return [
        Figure("first start, index built, s", started.first_seconds),
        Figure("start from the kept index, s", started.start_seconds, 3.0, at_most=True),
        Figure("peak memory of `party match`, MB", started.peak_mb, 250, at_most=True, rows=started.rows),
        Figure("`party match`, rows a second, contributions written", started.rows_a_second, rows=started.rows),
    ]
