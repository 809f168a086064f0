"""Ordinary parcel traffic with the skew of real mail, made from a seed. It knows no indicator and none of their thresholds.

Shops and marketplaces (few send most), subscriptions, shops that restock, small traders, presents between the same people,
parties to which many send at once, hobbyists who build drones, traders in towns through which goods pass.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from tidewaiter.service.traffic.columns import Flow, Ints, blank, joined
from tidewaiter.service.traffic.goods import (
    DRONE_PARTS,
    PARTS,
    WORDINGS_EACH,
    Catalogue,
    catalogue,
    pick,
    priced,
    zipf_pick,
)
from tidewaiter.service.traffic.people import (
    CITIES,
    DESTINATIONS,
    OFFICES,
    ORIGINS,
    People,
    Senders,
    city_country,
    people,
    senders,
    shared_places,
)

SALE, RETURN, GIFT, SAMPLE, OTHER = range(5)
WEEKDAYS = np.array([1.15, 1.1, 1.05, 1.0, 1.0, 0.6, 0.35])
DAYS = 140


@dataclass
class World:
    """Everything that traffic is drawn from."""

    rng: np.random.Generator
    start: date
    goods: Catalogue
    people: People
    country: Ints
    shops: Senders
    traders: Senders
    private: Senders
    day_weights: np.ndarray

    def days(self, size: int) -> np.ndarray:
        """Return instants of posting: day by weekday and season, time of day around early afternoon."""
        day = pick(self.rng, size, self.day_weights)
        return day + np.clip(self.rng.normal(0.58, 0.13, size), 0.25, 0.95)


def world(items: int, seed: int, start: date) -> World:
    """Return the world for about so many items."""
    rng = np.random.default_rng(seed)
    goods = catalogue()
    count = max(400, int(items * 0.42))
    first = 1_000_000_000
    shops = senders(rng, first, max(40, items // 220), 1.02, goods)
    traders = senders(rng, first + 10_000_000, max(40, items // 55), 0.55, goods)
    private = senders(rng, first + 20_000_000, max(100, items // 11), 0.0, goods)
    weights = np.array(
        [WEEKDAYS[(start + timedelta(days=n)).weekday()] * _season(start + timedelta(days=n)) for n in range(DAYS)]
    )
    return World(rng, start, goods, people(rng, count, goods), city_country(), shops, traders, private, weights)


def _season(on: date) -> float:
    """Return how much mail of a day differs from the usual: sales in November, presents in December, feasts without posting."""
    if (on.month, on.day) in ((12, 25), (12, 26), (1, 1), (11, 1), (10, 3), (8, 15)):
        return 0.05
    if on.month == 11 and on.day >= 8:
        return 1.5
    if on.month == 12:
        return 1.7 if on.day < 21 else 0.9
    return 0.9 if on.month in (7, 8) else 1.0


def ordinary(items: int, w: World) -> Flow:
    """Return ordinary items, in no order."""
    count = w.people.city.size
    flows = [
        _subscriptions(w, int(items * 0.012)),
        _restocking(w, int(items * 0.03)),
        _from(w, w.traders, int(items * 0.12), SALE),
        _presents(w, int(items * 0.15)),
        _feasts(w, max(2, count // 9000)),
        _hobbyists(w, max(2, count // 6000)),
        _through_hubs(w, max(2, count // 12000)),
    ]
    rest = items - sum(len(flow) for flow in flows)
    flows.append(_shop_orders(w, rest))
    return joined(flows).take(np.arange(items))


def fill(w: World, flow: Flow, sender: Senders, which: Ints, to: Ints) -> Flow:
    """Fill in what follows from who sends to whom: places, contacts, value and mass by the goods."""
    rng, size = w.rng, len(flow)
    flow.consignor = sender.first + which
    flow.consignee = to + 1
    flow.origin = sender.country[which]
    flow.office = (sender.office[which] + (rng.random(size) < 0.07)) % OFFICES  # now and then the next one
    flow.city = w.people.city[to]
    flow.destination = w.country[flow.city]
    flow.consignor_address = flow.consignor + 1_000_000_000
    flow.consignor_phone = np.where(rng.random(size) < 0.3, -1, flow.consignor + 2_000_000_000)
    shared, kind = shared_places(rng, flow.city, w.people.home.size)
    used = rng.random(size) < 0.09
    told = rng.random(size) < 0.8  # the class of a shared place is known where the text tells it
    flow.consignee_address = np.where(used, shared, w.people.home[to])
    flow.address_class = np.where(used, np.where(told, kind + 2, -1), w.people.address_class[to])
    flow.consignee_phone = np.where(rng.random(size) < 0.06, -1, w.people.phone[to])
    flow.consignee_email = np.where(rng.random(size) < 0.62, -1, to + 3_000_000_000)
    price(w, flow)
    return flow


def price(w: World, flow: Flow) -> None:
    """Fill in quantity, value, mass, wording and how far the line is held to be controlled, from the goods."""
    rng, size = w.rng, len(flow)
    flow.quantity = np.where(rng.random(size) < 0.78, 1, 1 + rng.geometric(0.45, size))
    several = np.minimum(flow.quantity, 12) ** 0.85
    flow.value = priced(rng, w.goods.value[flow.goods] * rng.lognormal(0, 0.62, size) * several)
    flow.mass = np.maximum(5, np.round(w.goods.mass[flow.goods] * rng.lognormal(0, 0.4, size) * several))
    flow.wording = flow.goods * WORDINGS_EACH + zipf_pick(rng, size, WORDINGS_EACH, 0.75)
    odd = rng.random(size)
    flow.controlled = np.where(odd < 0.004, np.round(rng.uniform(0.3, 0.9, size), 2), 0.0)


def _goods_of(w: World, sender: Senders, which: Ints, to: Ints) -> Ints:
    size = which.size
    luck = w.rng.random(size)
    liked = w.people.taste[to, w.rng.integers(0, 3, size)]
    return np.where(
        luck < 0.58, sender.goods[which], np.where(luck < 0.8, liked, pick(w.rng, size, w.goods.share))
    ).astype(np.int64)


def _to(w: World, size: int) -> Ints:
    return pick(w.rng, size, w.people.activity)


def _from(w: World, sender: Senders, size: int, nature: int) -> Flow:
    flow = blank(size)
    which, to = pick(w.rng, size, sender.weight), _to(w, size)
    flow.day = w.days(size)
    flow.goods = _goods_of(w, sender, which, to)
    flow.nature[:] = nature
    flow = fill(w, flow, sender, which, to)
    flow.consignor_handle = np.where(w.rng.random(size) < 0.25, flow.consignor + 4_000_000_000, -1)
    return flow


def _shop_orders(w: World, size: int) -> Flow:
    """Orders from shops; some come in two or three boxes on the same day."""
    flow = _from(w, w.shops, size, SALE)
    boxes = np.flatnonzero(w.rng.random(size) < 0.03)
    second = np.minimum(size - 1, boxes + 1)
    for name in ("day", "consignor", "consignee", "origin", "city", "destination", "office", "consignor_address", "goods",
                 "consignor_phone", "consignee_address", "address_class", "consignee_phone", "consignee_email"):  # fmt: skip
        getattr(flow, name)[second] = getattr(flow, name)[boxes]
    returns = w.rng.random(size) < 0.012
    flow.nature = np.where(returns, RETURN, flow.nature)
    return flow


def _subscriptions(w: World, size: int) -> Flow:
    """The same thing every week or month from the same shop."""
    each = 9
    subscribers = max(1, size // each)
    to = np.repeat(_to(w, subscribers), each)
    which = np.repeat(pick(w.rng, subscribers, w.shops.weight), each)
    flow = blank(to.size)
    period = np.repeat(w.rng.choice([7, 14, 30], subscribers, p=[0.5, 0.3, 0.2]), each)
    begin = np.repeat(w.rng.uniform(0, 60, subscribers), each)
    flow.day = begin + period * np.tile(np.arange(each), subscribers) + w.rng.uniform(0, 1.5, to.size)
    flow.goods = np.repeat(w.shops.goods[which[::each]], each)
    flow.nature[:] = SALE
    flow = fill(w, flow, w.shops, which, to)
    return flow.take(np.flatnonzero(flow.day < DAYS))


def _restocking(w: World, size: int) -> Flow:
    """Small shops buy stock: several parcels of one kind within some days, from one to four suppliers, again and again."""
    rng = w.rng
    shops = max(1, size // 24)
    owner = _to(w, shops)
    bursts = np.repeat(np.arange(shops), rng.integers(2, 6, shops))
    boxes = rng.integers(3, 10, bursts.size)
    burst = np.repeat(np.arange(bursts.size), boxes)
    shop = bursts[burst]
    supplier = (pick(rng, shops * 4, w.traders.weight)).reshape(shops, 4)
    which = supplier[shop, rng.integers(0, 4, shop.size) % rng.integers(1, 5, shops)[shop]]
    flow = blank(shop.size)
    flow.day = np.clip(rng.uniform(0, DAYS - 12, bursts.size)[burst] + rng.uniform(0, 10, shop.size), 0, DAYS - 0.01)
    flow.goods = pick(rng, shops, w.goods.share)[shop]
    flow.nature[:] = SALE
    return fill(w, flow, w.traders, which, owner[shop]).take(rng.permutation(shop.size)[:size])


def _presents(w: World, size: int) -> Flow:
    """Presents and things sent on between people who know each other, more of them before feasts."""
    pairs = max(1, int(size / 2.2))
    which = w.rng.integers(0, w.private.weight.size, pairs)
    to = _to(w, pairs)
    pair = w.rng.integers(0, pairs, size)
    flow = blank(size)
    flow.day = w.days(size)
    flow.goods = np.where(
        w.rng.random(size) < 0.5, w.people.taste[to[pair], 0], pick(w.rng, size, w.goods.share)
    ).astype(np.int64)
    flow.nature = np.where(w.rng.random(size) < 0.8, GIFT, OTHER)
    return fill(w, flow, w.private, which[pair], to[pair])


def _feasts(w: World, count: int) -> Flow:
    """Weddings, birthdays, births: many private senders, one consignee, within days."""
    guests = w.rng.integers(3, 9, count)
    feast = np.repeat(np.arange(count), guests)
    to = _to(w, count)[feast]
    flow = blank(feast.size)
    flow.day = np.clip(w.rng.uniform(0, DAYS - 12, count)[feast] + w.rng.exponential(3, feast.size), 0, DAYS - 0.01)
    flow.goods = pick(w.rng, feast.size, w.goods.share)
    flow.nature = np.where(w.rng.random(feast.size) < 0.9, GIFT, OTHER)
    return fill(w, flow, w.private, w.rng.integers(0, w.private.weight.size, feast.size), to)


def _hobbyists(w: World, count: int) -> Flow:
    """People who build a drone for fun: three to eight parts over months, one of each, from shops and traders."""
    parts = w.rng.integers(3, 9, count)
    builder = np.repeat(np.arange(count), parts)
    to = _to(w, count)[builder]
    which = w.rng.integers(0, w.traders.weight.size, builder.size)
    flow = blank(builder.size)
    part = w.rng.integers(0, len(DRONE_PARTS), builder.size)
    flow.day = np.clip(w.rng.uniform(0, 60, count)[builder] + w.rng.exponential(24, builder.size), 0, DAYS - 0.01)
    flow.goods = len(w.goods) - len(PARTS) + part
    flow.nature[:] = SALE
    flow = fill(w, flow, w.traders, which, to)
    flow.concept = np.where(w.rng.random(builder.size) < 0.9, part, -1)
    flow.quantity[:] = np.where(part == 2, 4, 1)
    return flow


def _through_hubs(w: World, count: int) -> Flow:
    """Ordinary people in towns through which goods pass, who buy electronics and now and then send a parcel over the border."""
    hubs = np.array([DESTINATIONS.index(c) for c in ("KZ", "AM", "GE", "KG", "TR", "AE", "UZ", "RS")])
    there = np.flatnonzero(np.isin(w.country[w.people.city], hubs))
    if not there.size:
        return blank(0)
    who = w.rng.choice(there, count)
    flow = blank(count)
    flow.goods = pick(w.rng, count, w.goods.share)
    flow.nature = np.where(w.rng.random(count) < 0.7, GIFT, SALE)
    flow.day = w.days(count)
    to = _to(w, count)
    flow = fill(w, flow, w.private, w.rng.integers(0, w.private.weight.size, count), to)
    flow.consignor = who + 1
    flow.origin = _as_origin(w.country[w.people.city[who]])
    flow.office = w.rng.integers(0, OFFICES, count)
    return flow


def _as_origin(country: Ints) -> Ints:
    """Return places of destination as places of posting: those that are both, else -1 (not stated)."""
    table = np.array([ORIGINS.index(c) if c in ORIGINS else -1 for c in DESTINATIONS])
    return table[country]


__all__ = ["CITIES", "DAYS", "World", "fill", "ordinary", "price", "world"]
