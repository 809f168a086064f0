"""Patterns planted among ordinary traffic, each with its own variation of amounts, gaps and people; they know no rule.

Kinds: `splitting` (one order in cheap lots), `kit` (the parts of a whole one by one), `hub` (goods sent on by who received
them), `network` (many senders to one small circle).
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from tidewaiter.service.traffic.columns import Flow, Ints, blank, joined
from tidewaiter.service.traffic.goods import PARTS
from tidewaiter.service.traffic.ordinary import DAYS, GIFT, OTHER, SALE, World, fill
from tidewaiter.service.traffic.people import DESTINATIONS, ORIGINS

KINDS = ("splitting", "kit", "hub", "network")
LOW_VALUE_EU = 150.0  # what somebody who splits has in mind
LOW_VALUE_ELSEWHERE = (200.0, 350.0)
NOT_EU = frozenset(
    [
        "GB",
        "US",
        "CA",
        "AU",
        "JP",
        "KR",
        "TR",
        "KZ",
        "IL",
        "AE",
        "CH",
        "NO",
        "RS",
        "GE",
        "AM",
        "KG",
        "UZ",
        "UA",
        "BR",
        "MX",
        "IN",
        "HK",
        "CN",
        "BY",
        "RU",
    ]
)
HUBS = ("KZ", "AM", "GE", "KG", "TR", "AE", "UZ", "RS")
ONWARD = ("RU", "BY", "RU", "RU", "BY", "KG", "KZ", "AM")
WANTED = ("854231", "854239", "854232", "854121", "854129", "853224", "853221", "851762", "852691", "848210", "901420", "902750",
          "847150", "854800")  # fmt: skip
FRESH = 2_000_000_000  # people who appear in patterns only


def planted(w: World, each: int) -> tuple[Flow, list[str]]:
    """Return the items of `each` patterns of every kind, and the kind of each pattern by its number."""
    makers: tuple[Callable[[World, int], Flow], ...] = (_splitting, _kit, _hub, _network)
    flows: list[Flow] = []
    kinds: list[str] = []
    for kind, make in zip(KINDS, makers, strict=True):
        for _ in range(each):
            number = len(kinds)
            flow = make(w, number)
            flow.pattern[:] = number
            flows.append(flow)
            kinds.append(kind)
    return (joined(flows) if flows else blank(0)), kinds


def _begin(w: World, span: float) -> float:
    return float(w.rng.uniform(20, DAYS - span - 1))


def _fresh(w: World, number: int, count: int) -> Ints:
    """Return people who send for the first time."""
    return FRESH + number * 1000 + np.arange(count, dtype=np.int64)


def _sent(w: World, flow: Flow, by: Ints, to: Ints) -> Flow:
    """Fill in a flow as ordinary mail from private senders, then put the senders of the pattern in their place."""
    flow = fill(w, flow, w.private, w.rng.integers(0, w.private.weight.size, len(flow)), to)
    flow.consignor = by
    flow.consignor_address = by + 1_000_000_000
    flow.consignor_phone = np.where(w.rng.random(len(flow)) < 0.3, -1, by + 2_000_000_000)
    origins = w.rng.integers(0, 6, by.size)
    flow.origin = origins[np.unique(by, return_inverse=True)[1] % by.size]
    return flow


def _splitting(w: World, number: int) -> Flow:
    rng = w.rng
    lots, span = int(rng.integers(3, 10)), float(rng.uniform(0.3, 8))
    flow = blank(lots)
    flow.day = _begin(w, span) + np.sort(rng.uniform(0, span, lots))
    flow.goods[:] = rng.choice(len(w.goods) - len(PARTS))
    flow.nature = rng.choice([SALE, GIFT, OTHER], lots)
    to = np.full(lots, rng.integers(0, w.people.city.size))
    by = rng.choice(_fresh(w, number, int(rng.integers(1, 4))), lots)
    flow = _sent(w, flow, by, to)
    place = DESTINATIONS[int(flow.destination[0])]
    line = float(rng.uniform(*LOW_VALUE_ELSEWHERE)) if place in NOT_EU else LOW_VALUE_EU
    flow.value = np.round(line * rng.uniform(0.5, 0.98, lots), 2 if rng.random() < 0.5 else 0)
    return flow


def _kit(w: World, number: int) -> Flow:
    rng = w.rng
    which = rng.random()
    parts = np.arange(10) if which < 0.6 else np.arange(10, 16) if which < 0.85 else np.arange(16, 21)
    count = int(min(parts.size, rng.integers(4, 9) if which < 0.85 else 5))
    chosen = rng.permutation(parts)[:count]
    span = float(rng.uniform(10, 85))
    extra = rng.choice(chosen, int(rng.integers(0, 4)))
    every = np.concatenate([chosen, extra])
    flow = blank(every.size)
    flow.day = _begin(w, span) + rng.uniform(0, span, every.size)
    flow.goods = len(w.goods) - len(PARTS) + every
    flow.nature[:] = SALE
    to = np.full(every.size, rng.integers(0, w.people.city.size))
    flow = fill(w, flow, w.traders, rng.integers(0, w.traders.weight.size, every.size), to)
    flow.concept = np.where(rng.random(every.size) < 0.9, every, -1)
    flow.controlled = np.where(flow.concept >= 0, np.round(rng.uniform(0.1, 0.9, every.size), 2), 0.0)
    flow.quantity = rng.integers(1, 12, every.size)
    return flow


def _hub(w: World, number: int) -> Flow:
    rng = w.rng
    pairs = int(rng.integers(2, 7))
    hub = DESTINATIONS.index(rng.choice(HUBS))
    onward = [DESTINATIONS.index(c) for c in ONWARD if DESTINATIONS.index(c) != hub]
    wanted = [n for n, hs in enumerate(w.goods.hs6) if hs in WANTED]
    goods = rng.choice(wanted, pairs)
    inbound, outbound = blank(pairs), blank(pairs)
    inbound.day = _begin(w, 55) + np.sort(rng.uniform(0, 28, pairs))
    outbound.day = inbound.day + rng.uniform(2, 26, pairs)
    middle = int(rng.choice(np.flatnonzero(w.country[w.people.city] == hub)))
    inbound.goods, outbound.goods = goods, goods.copy()
    inbound.nature[:] = SALE
    outbound.nature = rng.choice([SALE, GIFT, OTHER], pairs)
    sender = rng.integers(0, w.traders.weight.size, pairs)
    inbound = fill(w, inbound, w.traders, sender, np.full(pairs, middle))
    there = np.flatnonzero(np.isin(w.country[w.people.city], onward))
    receivers = rng.choice(there, int(rng.integers(1, 4)))
    same = rng.random() < 0.9
    by = np.full(pairs, middle + 1 if same else FRESH + number * 1000)
    outbound = _sent(w, outbound, by, rng.choice(receivers, pairs))
    outbound.origin[:] = ORIGINS.index(DESTINATIONS[hub]) if DESTINATIONS[hub] in ORIGINS else -1
    if not same:  # another name, but the same phone or address
        outbound.consignor_phone[:] = w.people.phone[middle]
        outbound.consignor_address[:] = w.people.home[middle]
    return joined([inbound, outbound])


def _network(w: World, number: int) -> Flow:
    rng = w.rng
    count, span = int(rng.integers(5, 13)), float(rng.uniform(3, 14))
    circle = int(rng.integers(1, 4))
    first = int(rng.integers(0, w.people.city.size))
    flow = blank(count)
    flow.day = _begin(w, span) + rng.uniform(0, span, count)
    wanted = [n for n, hs in enumerate(w.goods.hs6) if hs in WANTED]
    flow.goods = np.where(
        rng.random(count) < 0.4, rng.choice(wanted, count), rng.choice(len(w.goods) - len(PARTS), count)
    )
    flow.nature = rng.choice([SALE, GIFT, OTHER], count)
    flow = _sent(w, flow, _fresh(w, number, count), np.full(count, first))
    member = rng.integers(0, circle, count)
    flow.consignee = np.where(member == 0, first + 1, FRESH + number * 1000 + 500 + member)
    by_phone, by_address = rng.random() < 0.6, rng.random() < 0.5
    if circle > 1 and (by_phone or not by_address):
        flow.consignee_phone[:] = FRESH + number
    if circle > 1 and not by_phone and not by_address:
        by_address = True
    if circle > 1 and not by_address:
        flow.consignee_address = 10_000_000 + rng.integers(0, w.people.home.size, circle)[member]
        flow.address_class[:] = -1
    flow.controlled = np.where(rng.random(count) < 0.3, np.round(rng.uniform(0.2, 0.8, count), 2), flow.controlled)
    return flow
