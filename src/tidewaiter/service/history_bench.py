"""Measure a history at size: invented parties and items straight into a file, then live links, look-ups and adding.

The people are invented: given and family names with the skew of real ones, streets, postcodes, phones; senders and receivers
follow a power law. Nothing is timed but what a user of the history would wait for.
"""

from __future__ import annotations

import random
import resource
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tidewaiter.link import Weights
from tidewaiter.model import Declaration, GoodsLine, Party
from tidewaiter.model.history import FoundItem, FoundLine
from tidewaiter.service.history import linking_weights
from tidewaiter.store.history.bulk import BulkItem, load_items, load_parties
from tidewaiter.store.history.codec import party_text
from tidewaiter.store.history.linking import Linking
from tidewaiter.store.history.looking import HistoryReader
from tidewaiter.store.history.schema import open_history
from tidewaiter.store.history.writing import HistoryWriter

START = datetime(2024, 1, 1, tzinfo=UTC)
DAYS = 900
GOODS = ("tea", "books", "phone case", "vest", "cable", "shoes", "toy", "coffee")
_SYLLABLES = (
    "an",
    "be",
    "chi",
    "do",
    "er",
    "fa",
    "gor",
    "hu",
    "is",
    "jo",
    "ka",
    "li",
    "mar",
    "ni",
    "os",
    "pet",
    "qui",
    "ro",
    "sa",
    "tu",
    "ul",
    "vi",
    "wei",
    "ya",
    "zo",
)
_COUNTRIES = ("DE", "RU", "CN", "US", "FR", "TR", "PL", "GB")
Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Times:
    """Percentiles of a measured step, milliseconds."""

    p50: float
    p95: float
    p99: float
    most: float

    @classmethod
    def of(cls, seconds: Sequence[float]) -> Times:
        """Return the percentiles of some durations."""
        ordered = sorted(1000 * s for s in seconds)
        at = [ordered[min(len(ordered) - 1, int(share * len(ordered)))] for share in (0.5, 0.95, 0.99)]
        return cls(*(round(value, 3) for value in (*at, ordered[-1])))


@dataclass(frozen=True, slots=True)
class Bench:
    """What was measured: `link` the resolving of a newly declared party, `look_up` the five look-ups of an item by index,
    `view` the same with everything built that screening reads; `add_rate` items a second with linking and without reading goods, sizes in MB."""

    parties: int
    items: int
    load_seconds: float
    link: Times
    joined_share: float
    look_up: Times
    view: Times
    links_found: float
    add_rate: float
    file_mb: float
    peak_mb: float


class World:
    """Names and places that invented parties are made of, and how many were made."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.made = 0
        self._given = ["".join(chance.sample(_SYLLABLES, 2)) for _ in range(600)]
        self._family = ["".join(chance.choices(_SYLLABLES, k=3)) for _ in range(60_000)]
        self._streets = [f"{''.join(chance.choices(_SYLLABLES, k=3))} street" for _ in range(8000)]
        towns = ["".join(chance.choices(_SYLLABLES, k=3)) for _ in range(3000)]
        self._cities = [(town.title(), f"{chance.randrange(10_000, 99_999)}") for town in towns]

    def people(self, count: int) -> list[Party]:
        """Return further invented parties."""
        return [self._party() for _ in range(count)]

    def _party(self) -> Party:
        chance, number = self.chance, self.made
        self.made += 1
        city, postcode = self._cities[_skewed(len(self._cities), chance)]
        given, family = self._given[_skewed(600, chance)], self._family[_skewed(60_000, chance)]
        country = _COUNTRIES[_skewed(len(_COUNTRIES), chance)]
        phone = f"+49 {170_000_000 + number * 7}" if chance.random() < 0.7 else ""
        email = f"user{number}@example.org" if chance.random() < 0.3 else ""
        address = f"{chance.choice(self._streets)} {chance.randrange(1, 120)}"
        return Party(f"{given} {family}".title(), address, city, postcode, country, phone, email)


def _skewed(count: int, chance: random.Random) -> int:
    """Return a place in a list, the first ones more often, as names and senders are."""
    return min(count - 1, int(count * chance.random() ** 2.2))


def altered(party: Party, chance: random.Random) -> Party:
    """Return a party as it might be declared another time."""
    kind = chance.randrange(5)
    words = party.name.split()
    if kind == 0:
        return replace(party, name=" ".join(reversed(words)))
    if kind == 1:
        return replace(party, name=f"{words[0][0]}. {words[-1]}")
    if kind == 2:
        return replace(party, address=f"New road {chance.randrange(1, 99)}")
    if kind == 3:
        return replace(party, phone="", email="")
    at = chance.randrange(1, len(words[-1]) - 1)
    return replace(party, name=f"{words[0]} {words[-1][:at]}{words[-1][at + 1 :]}")


def bench(path: Path, items: int, parties: int, queries: int, say: Say, seed: int = 7) -> Bench:
    """Fill a file that is not there yet, and measure.

    Args:
        path: the file; the caller removes it.
        items: postal items.
        parties: distinct declared parties.
        queries: how often each step is measured.
        say: told what is being done.
        seed: the same seed gives the same data.
    """
    chance = random.Random(seed)
    weights = linking_weights()
    started = time.perf_counter()
    say(f"loading {parties:,} parties")
    connection = open_history(path, create=True, durable=False)
    world = World(chance)
    known = world.people(parties)
    load_parties(connection, weights, known)
    say(f"loading {items:,} items")
    load_items(connection, _items(items, parties, chance))
    loaded = time.perf_counter() - started
    connection.close()
    say("measuring")
    connection = open_history(path)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    size = path.stat().st_size / 1e6
    link, joined = _time_links(connection, weights, known, world, queries)
    look_up, view, found = _time_look_ups(connection, weights, items, queries, chance)
    rate = _time_adding(connection, weights, known, world, queries)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    connection.close()
    return Bench(
        parties, items, round(loaded, 1), link, joined, look_up, view, found, rate, round(size, 1), round(peak, 1)
    )


def run_bench(folder: Path | None, items: int, parties: int, queries: int, say: Say) -> Bench:
    """Measure in a temporary folder, which is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="tidewaiter-history-", dir=folder) as place:
        return bench(Path(place) / "history.db", items, parties, queries, say)


def _items(count: int, parties: int, chance: random.Random) -> Iterator[BulkItem]:
    minute = DAYS * 24 * 60 / count
    for number in range(count):
        posted = START + timedelta(minutes=minute * number)
        yield BulkItem(
            f"RR{number:09d}XX",
            posted,
            1 + _skewed(parties, chance),
            1 + _skewed(parties, chance),
            GOODS[_skewed(len(GOODS), chance)],
        )


def _time_links(
    connection: sqlite3.Connection, weights: Weights, known: Sequence[Party], world: World, queries: int
) -> tuple[Times, float]:
    """Time the resolving of newly declared parties, half of them altered from known ones; all of it is taken back."""
    linking = Linking(connection, weights, START)
    seconds = []
    joined = 0
    chance = world.chance
    asked = [altered(chance.choice(known), chance) if n % 2 else world.people(1)[0] for n in range(queries)]
    connection.execute("BEGIN IMMEDIATE")
    for number, party in enumerate(asked):
        text = party_text(party)
        begun = time.perf_counter()
        resolved = linking.resolve(party, text, 1 << 40, 0)
        seconds.append(time.perf_counter() - begun)
        if number % 2:
            joined += linking.entities_of([resolved])[resolved] != resolved
    connection.execute("ROLLBACK")
    return Times.of(seconds), round(joined / max(1, queries // 2), 3)


def _time_look_ups(
    connection: sqlite3.Connection, weights: Weights, items: int, queries: int, chance: random.Random
) -> tuple[Times, Times, float]:
    """Time the five look-ups of items drawn at random from the second half of the history, and their whole views."""
    reader = HistoryReader(connection, weights)
    bare, whole = [], []
    found = 0
    drawn = [chance.randrange(items // 2, items) + 1 for _ in range(2 * queries)]
    for number in drawn[:queries]:
        begun = time.perf_counter()
        reader.look_up(number)
        bare.append(time.perf_counter() - begun)
    for number in drawn[queries:]:
        begun = time.perf_counter()
        view = reader.view(number)
        whole.append(time.perf_counter() - begun)
        found += len(view.links)
    return Times.of(bare), Times.of(whole), round(found / queries, 1)


def _time_adding(
    connection: sqlite3.Connection, weights: Weights, known: Sequence[Party], world: World, count: int
) -> float:
    """Return how many items a second are added, half of their parties new, each batch of 256 on disk."""
    writer = HistoryWriter(connection, Linking(connection, weights, START), START)
    new, chance = world.people(count), world.chance
    made = [
        Declaration(
            f"NEW{n}",
            (GoodsLine("tea"),),
            posted=(START + timedelta(days=DAYS)).date(),
            consignor=new[n],
            consignee=chance.choice(known),
        )
        for n in range(count)
    ]
    found = [FoundItem("no-finding", (FoundLine(("tea",), (), 0),))] * len(made)
    begun = time.perf_counter()
    for start in range(0, count, 256):
        with writer.transaction():
            writer.place(made[start : start + 256], found[start : start + 256])
    return round(count / (time.perf_counter() - begun), 1)
