"""Measure how many licence questions a second are answered, as JSON, in a batch on one core.

Usage: python scripts/measure_licences.py [QUESTIONS]   (default 200000)

Two streams with a fixed seed over every entry and every destination of the packs. `mail` repeats as mail does: few routes and
few entries make up most of it (exponential shares), values differ in every question. `new` repeats nothing on purpose.
"""

from __future__ import annotations

import gc
import random
import sys
import time
from collections.abc import Iterator
from datetime import date
from typing import Any

from tidewaiter.cli.main import GC_THRESHOLDS
from tidewaiter.packs import PackSet
from tidewaiter.service.determine import Determiner, chosen_rules
from tidewaiter.service.screening import load_packs

ON = date(2026, 11, 24)
ORIGINS = ("US", "DE", "RU", "FR", "GB", "CN")
ROUTES, ENTRIES = 60, 300


def questions(packs: PackSet, count: int, is_mail: bool) -> Iterator[dict[str, Any]]:
    """Yield questions of one of the two streams."""
    chance = random.Random(2)
    refs = [
        (entry.list, f"{entry.id}.{p.id}" if p.id else entry.id) for entry in packs.entries for p in entry.paragraphs
    ]
    routes = [(origin, place) for origin in ORIGINS for place in packs.chart]
    if is_mail:
        refs, routes = chance.sample(refs, ENTRIES), chance.sample(routes, ROUTES)
    for number in range(count):
        if is_mail:
            origin, destination = routes[min(int(chance.expovariate(0.06)), ROUTES - 1)]
            listed, entry = refs[min(int(chance.expovariate(0.02)), ENTRIES - 1)]
        else:
            (origin, destination), (listed, entry) = chance.choice(routes), chance.choice(refs)
        yield {
            "id": number,
            "entries": [{"list": listed, "entry": entry, "status": chance.choice(("met", "open"))}],
            "origin": origin,
            "destination": destination,
            "consignee_type": chance.choice((None, "business", "private-person")),
            "end_use": chance.choice((None, "civil")),
            "value": str(chance.randint(10, 9000)),
            "currency": "USD",
        }


def main() -> None:
    """Print questions a second for both streams."""
    gc.set_threshold(*GC_THRESHOLDS)
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 200_000
    packs = load_packs()
    rules = chosen_rules(packs)
    for name, number in (("mail", count), ("new", count // 4)):
        asked = list(questions(packs, number, name == "mail"))
        determiner = Determiner(packs, rules, ON)
        started = time.process_time()
        needed = sum(determiner.answer_json(question)[0] != "no" for question in asked)
        seconds = time.process_time() - started
        print(
            f"{name}: {number / seconds:,.0f} questions/s ({number:,} questions, {needed / number:.0%} not answered no)"
        )


if __name__ == "__main__":
    main()
