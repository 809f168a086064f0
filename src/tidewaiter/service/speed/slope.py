"""How the cost grows with the size of the lists, the number of concepts, the size of a history, and of a batch.

Each curve is measured with nothing answered from memory of earlier rows, by processor time, on mail no other part of the
benchmark has asked.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import islice
from pathlib import Path
from typing import TypeVar

from tidewaiter.lists import load_lists
from tidewaiter.model import GoodsLine, InputError, ListedParty, Party
from tidewaiter.packs import Concept, PackSet
from tidewaiter.screen.goods import GoodsEngine
from tidewaiter.screen.party import PartyIndex
from tidewaiter.service.generate import generate
from tidewaiter.service.history_bench import run_bench
from tidewaiter.service.matching_measures.speed import recombined
from tidewaiter.service.screening import build_screener, load_packs

SEED = 20261125
SIZES = {
    "lists": (1_000, 3_000, 10_000, 30_000, 100_000, 300_000, 1_000_000),
    "concepts": (25, 50, 100, 200, 400, 800, 1_600),
    "history": (1_000, 10_000, 100_000, 1_000_000),
    "batch": (1, 4, 16, 64, 256, 1_024),
}
_ASKED = 1_200
_QUERIES = 500
# Fewer different names than this cannot be put together anew into long lists that look like lists.
_LEAST_NAMES = 500
Say = Callable[[str], None]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Curve:
    """One cost against one size: `series` holds (size, cost) by name of the cost with its unit."""

    over: str
    size: str
    series: dict[str, list[tuple[float, float]]] = field(default_factory=dict)
    note: str = ""

    def add(self, size: float, costs: dict[str, float]) -> None:
        """Add the costs of one size."""
        for name, cost in costs.items():
            self.series.setdefault(name, []).append((size, cost))


@dataclass(frozen=True, slots=True)
class Slope:
    """What is to be measured: `over` one of `SIZES`, with these sizes, against these lists, on this legal date."""

    over: str
    sizes: tuple[int, ...]
    lists: Path | None
    on: date


def measure_slope(slope: Slope, say: Say) -> Curve:
    """Measure one curve.

    Raises:
        InputError: an unknown curve, or lists are needed and were not given.
    """
    measures = {"lists": _over_lists, "concepts": _over_concepts, "history": _over_history, "batch": _over_batch}
    if slope.over not in measures:
        raise InputError(f"--over: read {slope.over!r}, expected one of {', '.join(measures)}")
    return measures[slope.over](slope, say)


def _names(count: int) -> list[str]:
    """Return different names of generated mail."""
    found: dict[str, None] = {}
    for item in generate(count, SEED):
        found.setdefault(item.consignor.name)
        found.setdefault(item.consignee.name)
    return list(found)[:count]


def _each(things: Sequence[T], function: Callable[[T], object]) -> float:
    """Return microseconds of processor time of each thing; a first tenth warms up."""
    warm = len(things) // 10
    for thing in things[:warm]:
        function(thing)
    began = time.process_time()
    for thing in things[warm:]:
        function(thing)
    return (time.process_time() - began) / max(1, len(things) - warm) * 1e6


def _over_lists(slope: Slope, say: Say) -> Curve:
    """Names of the lists as far as they go, then names put together from their words."""
    if slope.lists is None:
        raise InputError(
            "--over lists needs --lists: sizes below the lists are drawn from them, larger ones put together"
        )
    real, _ = load_lists(slope.lists)
    if sum(len(party.names) for party in real) < _LEAST_NAMES:
        raise InputError(f"--over lists needs lists of at least {_LEAST_NAMES} names to put others together from")
    names = [Party(name) for name in _names(_ASKED)]
    curve = Curve(
        "lists", "different listed names", note="Beyond the lists given, names are put together of their words."
    )
    for size in slope.sizes:
        say(f"a list of {size:,} names")
        parties = _sized(real, size)
        began = time.process_time()
        index = PartyIndex.build(parties, cache_size=0)
        built = time.process_time() - began
        costs = {"µs to match a name": _each(names, index.match), "µs to index a name": built / index.names * 1e6}
        curve.add(index.names, costs)
    return curve


def _sized(real: Sequence[ListedParty], size: int) -> list[ListedParty]:
    """Return listed parties of about so many names: a draw of the real ones, or all of them and invented ones beside."""
    chance = random.Random(SEED)
    drawn: list[ListedParty] = []
    names: set[str] = set()
    for party in chance.sample(real, len(real)):
        if len(names) >= size:
            return drawn
        drawn.append(party)
        names.update(name.text for name in party.names)
    return drawn + recombined(real, size - len(names))


def _over_concepts(slope: Slope, say: Say) -> Curve:
    """Concepts drawn from the packs with those they fall under; list entries and grammar stay whole."""
    packs = load_packs()
    texts = list(dict.fromkeys(line.description for item in generate(4 * _ASKED, SEED) for line in item.lines))[:_ASKED]
    lines = [GoodsLine(text) for text in texts]
    curve = Curve("concepts", "concepts", note="Concepts are drawn from the packs; the largest size is all of them.")
    for chosen in _chosen_concepts(packs, slope.sizes):
        say(f"{len(chosen):,} concepts")
        began = time.process_time()
        engine = GoodsEngine(replace(packs, concepts=chosen))
        built = time.process_time() - began
        curve.add(len(chosen), {"µs to read a goods line": _each(lines, engine.read), "ms to compile": built * 1e3})
    return curve


def _chosen_concepts(packs: PackSet, sizes: Sequence[int]) -> Iterator[dict[str, Concept]]:
    drawn = random.Random(SEED).sample(sorted(packs.concepts), len(packs.concepts))
    for size in sorted({min(size, len(drawn)) for size in sizes}):
        kept = {name for concept in drawn[:size] for name in packs.parents(concept) if name in packs.concepts}
        yield {name: concept for name, concept in packs.concepts.items() if name in kept}


def _over_history(slope: Slope, say: Say) -> Curve:
    """Invented items in a history file, as many parties as items up to a million."""
    curve = Curve(
        "history", "items in the history", note="A file on disk; parties as many as items, their activity skewed."
    )
    for size in slope.sizes:
        found = run_bench(None, size, max(100, size), min(_QUERIES, size), say)
        costs = {
            "µs to look up an item": found.look_up.p50 * 1e3,
            "µs to view an item": found.view.p50 * 1e3,
            "µs to link a party": found.link.p50 * 1e3,
            "µs to add an item": 1e6 / found.add_rate,
        }
        curve.add(size, costs)
    return curve


def _over_batch(slope: Slope, say: Say) -> Curve:
    """Every size of batch screens the same declarations with a screener that remembers nothing; the better of two rounds counts."""
    screener = build_screener(slope.on, lists_dir=slope.lists, remember=False)
    declarations = list(generate(max(_ASKED, *slope.sizes), SEED))
    screener.screen_batch(declarations[: _ASKED // 4])
    curve = Curve("batch", "declarations a batch")
    best: dict[int, float] = {}
    for size in (*slope.sizes, *slope.sizes):
        say(f"batches of {size:,}")
        items = iter(declarations)
        began = time.process_time()
        while batch := list(islice(items, size)):
            screener.screen_batch(batch)
        best[size] = min(time.process_time() - began, best.get(size, float("inf")))
    for size, seconds in best.items():
        curve.add(size, {"µs of a declaration": seconds / len(declarations) * 1e6})
    return curve
