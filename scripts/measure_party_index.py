"""Measure the party index in one run: build and open time, memory, names a second, at the lists' size and at 300,000 names.

Usage: python scripts/measure_party_index.py [NAMES…]   (default: 0 300000; 0 is the lists as they are)

Needs the shared data (TIDEWAITER_DATA). Each figure is taken in a process of its own: one builds and saves, one opens and
matches. Times are processor time of one core, so that other programs do not count. More names than the lists have are made of the words of listed names of one kind, put together at random.
"""

from __future__ import annotations

import csv
import json
import math
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import numpy as np

from tidewaiter.lists import read_files
from tidewaiter.model import ListedName, ListedParty, Party
from tidewaiter.screen.party import PartyIndex
from tidewaiter.screen.party.columns import build_columns, known_names
from tidewaiter.screen.party.scoring import score_names
from tidewaiter.store.party_index import open_index, save_index

DATA = Path(os.environ.get("TIDEWAITER_DATA", Path(__file__).parents[2] / "shared" / "data"))
LISTS = (
    ("us/ofac_sdn_2024-05-03.csv", "us/ofac_sdn_aliases_2025-12-24.csv", "us/ofac_sdn_addresses_2025-12-24.csv"),
    ("un/un_consolidated_2026-02-27.xml",),
)
ORDINARY = ("screen_negatives_us.csv", "screen_negatives_global.csv")
SAMPLE = 4000
BATCH = 256


def listed(names: int) -> list[ListedParty]:
    """Return the parties of the SDN and UN lists, with made-up ones up to so many names."""
    parties: list[ListedParty] = []
    for files in LISTS:
        contents = [(Path(name).name, (DATA / "party-lists" / name).read_bytes()) for name in files]
        parties += [party for imported in read_files(contents) for party in imported.parties]
    rng = random.Random(300_000)
    known = {name.text for party in parties for name in party.names}
    words: dict[str, list[str]] = {}
    for party in parties:
        words.setdefault(party.schema, []).extend(word for name in party.names for word in name.text.split())
    shapes = [(party.schema, len(name.text.split())) for party in parties for name in party.names]
    number = 0
    while len(known) < names:
        schema, length = rng.choice(shapes)
        text = " ".join(rng.choice(words[schema]) for _ in range(length))
        if text not in known:
            known.add(text)
            parties.append(ListedParty("made-up", str(number), schema, (ListedName(text),)))
            number += 1
    return parties


def declared() -> dict[str, list[str]]:
    """Return different ordinary names, and listed names with two letters changed."""
    ordinary: dict[str, None] = {}
    for file in ORDINARY:
        with (DATA / "labelled-dev" / "party" / file).open(encoding="utf-8", newline="") as stream:
            rows = [row["full_name"] for row, _ in zip(csv.DictReader(stream), range(SAMPLE // 2), strict=False)]
            ordinary.update(dict.fromkeys(rows))
    rng = random.Random(5)
    texts = sorted({name.text for party in listed(0) for name in party.names if len(name.text) > 5})
    altered = []
    for text in rng.sample(texts, SAMPLE):
        for _ in range(2):
            at = rng.randrange(len(text))
            text = text[:at] + rng.choice("abcdefghijklmnopqrstuvwxyz") + text[at + 1 :]
        altered.append(text)
    return {"ordinary": list(ordinary), "listed, two letters changed": altered}


def _rss() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def build(place: Path, names: int) -> None:
    """Build and save an index, and measure taking its names over into the next one."""
    parties = listed(names)
    before = _rss()
    started = time.process_time()
    columns = build_columns(parties)
    built = time.process_time() - started
    save_index(place, "measured", "measured", [], columns)
    saved = time.process_time() - started - built
    peak = _rss()
    started = time.process_time()
    known = known_names(open_index(place / "measured")[1])
    taken = time.process_time() - started
    build_columns(parties, known)
    again = time.process_time() - started
    (place / "declared.json").write_text(json.dumps(declared()))
    print(
        f"build: {built:.1f} s, save {saved:.2f} s, peak {peak} MB (lists alone {before} MB); "
        f"again with names taken over: {again:.1f} s, of it {taken:.2f} s reading the old index"
    )


def _timed(call: Callable[[str], object], names: list[str]) -> tuple[float, float, float]:
    """Return names a second, and the median and 99th percentile in milliseconds."""
    times = []
    for name in names:
        started = time.process_time()
        call(name)
        times.append(time.process_time() - started)
    return len(times) / sum(times), 1000 * float(np.median(times)), 1000 * float(np.percentile(times, 99))


def match(place: Path) -> None:
    """Open a saved index and match different names, nothing remembered."""
    started = time.process_time()
    columns = open_index(place / "measured")[1]
    index = PartyIndex(columns, 0)
    opened = time.process_time() - started
    index.match(Party("Zorvan Plimtesk"))
    first = time.process_time() - started
    print(
        f"open: {opened:.3f} s, first answer after {first:.3f} s; {index.names:,} names of {index.parties:,} parties; {_rss()} MB"
    )
    for title, names in json.loads((place / "declared.json").read_text()).items():
        counts = [len(index.candidates(name)) for name in names]
        search = _timed(index.candidates, names)
        whole = _timed(lambda name: index.match(Party(name)), names)
        print(
            f"{title}: {whole[0]:,.0f} names/s one by one, p50 {whole[1]:.2f} ms, p99 {whole[2]:.2f} ms "
            f"(search alone {search[0]:,.0f}/s, p99 {search[2]:.2f} ms); "
            f"candidates {np.mean(counts):.1f}, p99 {np.percentile(counts, 99):.0f}; {_rss()} MB"
        )
    plain = PartyIndex(columns, 0, compiled=False)
    for title, names in json.loads((place / "declared.json").read_text()).items():
        for how, one in (("compiled", index), ("plain", plain)):
            parts = ", ".join(f"{part} {spent:.0f}" for part, spent in _by_part(one, names).items())
            print(f"{title}, batches of {BATCH}, {how}, us a name: {parts}")


def _by_part(index: PartyIndex, names: list[str]) -> dict[str, float]:
    """Return the microseconds of a name by part of its match, best of three, in batches."""
    best: dict[str, float] = {}
    for _ in range(3):
        spent = dict.fromkeys(("prepare", "search", "listed", "score", "whole"), 0.0)
        for start in range(0, len(names), BATCH):
            batch = names[start : start + BATCH]
            clock = [time.process_time()]
            asked = [declared for name in batch for declared in index.prepare(name)]
            clock.append(time.process_time())
            found = index._search.find_many(asked)
            clock.append(time.process_time())
            pairs = [
                (one, index._names[number]) for one, numbers in zip(asked, found, strict=True) for number in numbers
            ]
            clock.append(time.process_time())
            for pair in pairs:
                score_names(*pair)
            clock.append(time.process_time())
            index.match_batch([Party(name) for name in batch])
            clock.append(time.process_time())
            for part, (begun, ended) in zip(spent, pairwise(clock), strict=True):
                spent[part] += ended - begun
        for part, seconds in spent.items():
            best[part] = min(best.get(part, math.inf), 1e6 * seconds / len(names))
    return best


def main() -> int:
    """Run every measurement in a process of its own."""
    if len(sys.argv) > 2 and sys.argv[1] in ("build", "match"):
        if sys.argv[1] == "build":
            build(Path(sys.argv[2]), int(sys.argv[3]))
        else:
            match(Path(sys.argv[2]))
        return 0
    for names in map(int, sys.argv[1:] or ("0", "300000")):
        with tempfile.TemporaryDirectory() as folder:
            print(f"== {f'{names:,} names' if names else 'the lists as they are'}", flush=True)
            for step in (["build", folder, str(names)], ["match", folder]):
                subprocess.run([sys.executable, __file__, *step], check=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
