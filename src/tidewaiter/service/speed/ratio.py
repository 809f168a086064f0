"""The speed of each stage as a ratio to a fixed reference workload in the same run, so that a loss shows on any machine.

The reference is plain Python on words and numpy on whole numbers, in about the mix the program itself has. It must never be
made faster or slower: every committed ratio would lose its meaning. Reference and stages take turns for several rounds and the
best of each counts, for other programs on the machine only ever lengthen a round. Every round has new mail, so no word was
read before.
"""

from __future__ import annotations

import json
import random
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TypeVar

import numpy as np

from tidewaiter.formats.outcomes import JsonEncoder
from tidewaiter.model import Declaration, InputError, ListedName, ListedParty, Screening
from tidewaiter.screen.party import PartyIndex
from tidewaiter.screen.pipeline import Screener
from tidewaiter.service.generate import generate
from tidewaiter.service.screening import build_screener, read_items
from tidewaiter.service.speed.files import write_json_lines

ON = date(2026, 11, 24)
LOSS = 0.25
ROUNDS, MOST_ROUNDS = 5, 10
_SEED, _MAIL, _LISTED, _LISTED_SEED = 4_000, 600, 4_000, 99
STAGES = ("parse", "goods", "party", "screen", "write")
RENEW = "tidewaiter bench ratio {file} --renew"
Say = Callable[[str], None]
T = TypeVar("T")


class Reference:
    """The fixed work: on words, on whole numbers, and on a table too large for the caches, as the program's own tables are."""

    def __init__(self) -> None:
        """Make what is worked on, the same in every run."""
        chance = random.Random(11)
        self._words = ["".join(chance.choices("abcdefghiklmnoprstuvw", k=chance.randint(3, 9))) for _ in range(4_000)]
        self._table = {f"{place * 7919 % 1_000_003:07d}": [place] for place in range(150_000)}
        self._asked = chance.sample(sorted(self._table), 50_000)
        numbers = np.random.default_rng(11).integers(0, 1 << 62, 20_000, dtype=np.int64)
        self._bits = numbers.astype(np.uint64)

    def work(self) -> int:
        """Do the work, about a twentieth of a second of a core of 2024, and return a number that rests on all of it."""
        total = sum(self._table[key][0] & 7 for key in self._asked)
        places: dict[str, list[int]] = {}
        for place, word in enumerate(self._words):
            for start in range(len(word) - 1):
                places.setdefault(word[start : start + 2], []).append(place)
        for word in self._words[::3]:
            shared = sorted(places.get(word[:2], ()))[:20]
            total += sum(len({*self._words[place]} & {*word}) for place in shared)
            total += len(f"{word.upper()} {total % 97}".casefold().split())
        for mark in self._bits[:100]:
            near = np.flatnonzero(np.bitwise_count(self._bits ^ mark) <= 20)
            total += int(near.size) + int(np.sort(self._bits[near])[:1].sum() % np.uint64(7))
        return total


@dataclass(frozen=True, slots=True)
class Ratios:
    """Time of each stage for a thousand declarations over the time of the reference: lower is faster."""

    stages: dict[str, float]
    reference_seconds: float
    rounds: int

    def lost(self, committed: dict[str, float]) -> dict[str, float]:
        """Return the share of its speed that each stage lost, where that is more than `LOSS`."""
        losses = {stage: 1 - committed[stage] / ratio for stage, ratio in self.stages.items() if stage in committed}
        return {stage: loss for stage, loss in losses.items() if loss > LOSS}


class Rounds:
    """Takes rounds of reference and stages, and keeps the best time of each.

    Args:
        screener: a screener without a memory of rows.
        folder: where a round's mail is written.
    """

    def __init__(self, screener: Screener, folder: Path) -> None:
        self._screener = screener
        self._folder = folder
        self._reference = Reference()
        self._best: dict[str, float] = {}
        self.taken = 0

    def take(self) -> None:
        """Take one round; a first one only warms up."""
        if not self.taken:
            self._turn(_SEED - 1)
            self._best.clear()
        self._turn(_SEED + self.taken)
        self.taken += 1

    def _turn(self, seed: int) -> None:
        self._time("reference", self._reference.work)
        mail = list(generate(_MAIL, seed))
        source = self._folder / "mail.jsonl"
        write_json_lines(source, mail)
        read = self._time("parse", lambda: [i for i in read_items([source]) if isinstance(i, Declaration)])
        lines = [line for item in read for line in item.lines]
        parties = [party for item in read for party in (item.consignor, item.consignee)]
        self._time("goods", lambda: [self._screener.goods.read(line) for line in lines])
        index = self._screener.parties
        assert index is not None
        self._time("party", lambda: [index.match(party) for party in parties])
        screened = self._time("screen", lambda: self._screener.screen_batch(read))
        self._time("write", lambda: _written(screened))
        self._time("reference", self._reference.work)

    def ratios(self) -> Ratios:
        """Return the ratios of the best times so far."""
        base = self._best["reference"]
        ratios = {stage: self._best[stage] / base * 1000 / _MAIL for stage in STAGES}
        return Ratios({stage: round(ratio, 3) for stage, ratio in ratios.items()}, base, self.taken)

    def _time(self, name: str, work: Callable[[], T]) -> T:
        began = time.process_time()
        done = work()
        self._best[name] = min(time.process_time() - began, self._best.get(name, float("inf")))
        return done


def _written(screenings: tuple[Screening, ...]) -> int:
    encoder = JsonEncoder()
    return sum(len(encoder.encode(screening)) for screening in screenings)


def measured_screener() -> Screener:
    """Return the screener over the shipped packs and a list of invented names, all of them the same in every run."""
    screener = build_screener(ON, remember=False)
    names = dict.fromkeys(item.consignee.name for item in generate(_LISTED, _LISTED_SEED))
    listed = [ListedParty("invented", str(n), "Person", (ListedName(name),)) for n, name in enumerate(names)]
    screener.parties = PartyIndex.build(listed, cache_size=0)
    return screener


def measure_ratios(screener: Screener, committed: dict[str, float], say: Say) -> Ratios:
    """Take the usual rounds, and more while a stage seems to have lost its speed; the most rounds to write ratios down.

    Args:
        screener: see `measured_screener`.
        committed: the ratios to hold against; empty to write new ones.
        say: told each round.
    """
    with tempfile.TemporaryDirectory(prefix="tidewaiter-ratio-") as folder:
        rounds = Rounds(screener, Path(folder))
        while True:
            rounds.take()
            found = rounds.ratios()
            say(f"round {rounds.taken}: " + ", ".join(f"{stage} {ratio:.2f}" for stage, ratio in found.stages.items()))
            enough = rounds.taken >= ROUNDS and committed and not found.lost(committed)
            if enough or rounds.taken >= MOST_ROUNDS:
                return found


def read_ratios(path: Path) -> dict[str, float]:
    """Return committed ratios.

    Raises:
        InputError: the file cannot be read or holds no ratios.
    """
    try:
        ratios = json.loads(path.read_bytes())["ratios"]
        return {stage: float(ratios[stage]) for stage in STAGES}
    except (OSError, ValueError, KeyError, TypeError) as error:
        renew = RENEW.format(file=path)
        raise InputError(f"{path}: no ratios could be read ({error!r}); `{renew}` writes them") from None


def write_ratios(path: Path, found: Ratios) -> None:
    """Write ratios to commit, with the command that renews them."""
    told = {"renewed_by": RENEW.format(file=path), "ratios": found.stages}
    path.write_text(json.dumps(told, indent=2) + "\n", encoding="utf-8")
