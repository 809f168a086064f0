"""A million invented party records, fast: for speed and memory. Two records a person on average, with slips and moves."""

from __future__ import annotations

from pathlib import Path
from random import Random

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from tidewaiter.service.linking_measures import invented_words as words


def write_many(path: Path, count: int, seed: int = 5) -> None:
    """Write party records as Parquet: id, person (the truth), given_name, surname, city, postcode, phone, birth_date."""
    random = np.random.default_rng(seed)
    plain = Random(seed)
    persons = count * 6 // 10
    of = np.sort(random.integers(0, persons, count))
    given = _drawn(random, [*words.MEN, *words.WOMEN], persons, 0.7)
    surname = _drawn(random, words.surnames(plain, 4000), persons, 0.7)
    city = _drawn(random, words.places(plain, 700), persons, 0.8)
    codes = np.array(
        [
            f"{city[:2].upper()}{number % 100} {number // 100}"
            for number in range(100, 3000)
            for city in ("yo", "lo", "le", "br")
        ],
        object,
    )
    postcode = codes[random.integers(0, len(codes), persons)]
    phone = random.integers(200_000_000, 999_999_999, persons)
    day = np.datetime64("1930-01-01") + random.integers(0, 27_000, persons).astype("timedelta64[D]")
    columns = {
        "given_name": _slipped(random, plain, given[of], 0.08, 0.01),
        "surname": _slipped(random, plain, surname[of], 0.08, 0.01),
        "city": _slipped(random, plain, city[of], 0.04, 0.08),
        "postcode": _blank(random, np.where(random.random(count) < 0.1, codes[random.integers(0, len(codes), count)], postcode[of]), 0.08),
        "phone": _blank(random, np.where(random.random(count) < 0.15, random.integers(200_000_000, 999_999_999, count), phone[of]).astype(str).astype(object), 0.3),
        "birth_date": _blank(random, np.where(random.random(count) < 0.05, day[of] + random.integers(1, 300, count).astype("timedelta64[D]"), day[of]).astype(str).astype(object), 0.2),
    }  # fmt: skip
    order = random.permutation(count)
    table = pa.table(
        {
            "id": pa.array([f"r{place}" for place in range(count)]),
            "person": pa.array(of[order]),
            **{name: pa.array(values[order], pa.string()) for name, values in columns.items()},
        }
    )
    pq.write_table(table, path)


def _drawn(random: np.random.Generator, values: list[str], count: int, power: float) -> NDArray[np.object_]:
    """Return values with a heavy tail: the earlier in the list the commoner."""
    weight = 1.0 / np.arange(3, len(values) + 3) ** power
    return np.array(values, object)[random.choice(len(values), count, p=weight / weight.sum())]


def _blank(random: np.random.Generator, values: NDArray[np.object_], share: float) -> NDArray[np.object_]:
    return np.where(random.random(len(values)) < share, "", values)


def _slipped(
    random: np.random.Generator, plain: Random, values: NDArray[np.object_], share: float, empty: float
) -> NDArray[np.object_]:
    found = values.copy()
    for place in np.flatnonzero(random.random(len(values)) < share):
        found[place] = words.typo(plain, found[place])
    return _blank(random, found, empty)
