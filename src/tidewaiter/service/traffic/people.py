"""The people, households, shops and offices of invented parcel traffic. Numbers only: nobody has a name, a culture or an origin."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tidewaiter.service.traffic.goods import Catalogue, pick, zipf_pick

Ints = NDArray[np.int64]
# places of destination and of posting, by how much of the mail
DESTINATIONS = [
    "DE",
    "FR",
    "PL",
    "IT",
    "ES",
    "NL",
    "GB",
    "CZ",
    "RO",
    "SE",
    "AT",
    "BE",
    "HU",
    "PT",
    "GR",
    "DK",
    "FI",
    "SK",
    "BG",
    "HR",
    "LT",
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
ORIGINS = [
    "CN",
    "DE",
    "US",
    "GB",
    "HK",
    "PL",
    "NL",
    "FR",
    "IT",
    "ES",
    "JP",
    "KR",
    "TR",
    "CZ",
    "SE",
    "IN",
    "VN",
    "TH",
    "SG",
    "UA",
    "KZ",
    "AE",
    "CA",
    "AU",
    "RS",
    "GE",
    "AM",
    "KG",
    "BE",
    "AT",
]
CITIES = 2400
OFFICES = 1500
SHARED = ("locker", "pick-up", "dormitory", "forwarder", "po-box")


@dataclass(frozen=True)
class People:
    """Consignees, with where they live and how they are reached. Arrays have one entry for each person."""

    activity: NDArray[np.float64]
    city: Ints
    home: Ints
    phone: Ints
    taste: Ints
    address_class: Ints


@dataclass(frozen=True)
class Senders:
    """Consignors of one sort: their weight (how much they send), country, office, address, phone and main goods."""

    first: int
    weight: NDArray[np.float64]
    country: Ints
    office: Ints
    goods: Ints


def people(rng: np.random.Generator, count: int, goods: Catalogue) -> People:
    """Return consignees: activity is skewed, households share a home and often a phone, some give no phone."""
    activity = rng.lognormal(0.0, 1.0, count)
    households = max(1, int(count / 2.1))
    house = rng.integers(0, households, count)
    house_city = zipf_pick(rng, households, CITIES, 0.9)
    city = house_city[house]
    phone = np.where(rng.random(count) < 0.12, house + 50_000_000, np.arange(count) + 90_000_000)
    phone = np.where(rng.random(count) < 0.15, -1, phone)
    holders = rng.random(count) < 0.004  # "0000000" and the number of the shop
    phone = np.where(holders, 40_000_000 + rng.integers(0, 25, count), phone)
    flat = rng.random(households) < 0.45
    kind = np.where(flat[house], 0, -1)  # residential where the text tells it, else not known
    kind = np.where(rng.random(count) < 0.03, 1, kind)
    return People(
        activity,
        city,
        house + 10_000_000,
        phone,
        pick(rng, count * 3, goods.share).reshape(count, 3),
        kind,
    )


def senders(rng: np.random.Generator, first: int, count: int, exponent: float, goods: Catalogue) -> Senders:
    """Return consignors numbered from `first`; the k-th sends in proportion to 1 / k ** exponent."""
    weight = 1.0 / np.arange(1, count + 1) ** exponent if exponent else np.ones(count)
    home = 0.5 ** (np.arange(len(ORIGINS)) * 0.28)
    home[0] *= 2.2
    return Senders(
        first,
        rng.permutation(weight),
        pick(rng, count, np.asarray(home, dtype=np.float64)),
        rng.integers(0, OFFICES, count),
        pick(rng, count, goods.share),
    )


def city_country() -> Ints:
    """Return the country (position in `DESTINATIONS`) of each city: large countries have more."""
    rng = np.random.default_rng(11)  # a map of the world does not change with the seed of the traffic
    weights = 1.0 / np.arange(1, len(DESTINATIONS) + 1) ** 0.8
    return pick(rng, CITIES, np.asarray(weights, dtype=np.float64))


def shared_places(rng: np.random.Generator, city: Ints, households: int) -> tuple[Ints, Ints]:
    """Return address and class (position in `SHARED`) of the shared place that items to these cities use when they use one.

    A town has lockers and pick-up points for some hundred homes each; a dormitory or forwarder stands in some towns only.
    """
    kind = pick(rng, city.size, np.array([0.5, 0.34, 0.05, 0.06, 0.05]))
    each = np.array([max(2, households // 900_000 * 4 + 3), 3, 1, 1, 6])[kind]
    place = 500_000_000 + (city * 5 + kind) * 64 + rng.integers(0, 1 << 30, city.size) % each
    return place, kind
