"""Write invented traffic as the Parquet relations that patterns read, and the truth beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from tidewaiter.link.relations import DECISIONS, ENTITIES, ITEMS, LINES, OFFICES, VERSIONS, Relation
from tidewaiter.service.traffic.columns import Floats, Flow, Ints, joined
from tidewaiter.service.traffic.goods import PARTS, pick
from tidewaiter.service.traffic.ordinary import World, ordinary, price, world
from tidewaiter.service.traffic.people import DESTINATIONS, ORIGINS, SHARED
from tidewaiter.service.traffic.people import OFFICES as OFFICE_COUNT
from tidewaiter.service.traffic.planted import planted
from tidewaiter.text.s10 import WEIGHTS

CHUNK = 500_000
_TYPES = {
    "BIGINT": pa.int64(),
    "INTEGER": pa.int32(),
    "DOUBLE": pa.float64(),
    "BOOLEAN": pa.bool_(),
    "VARCHAR": pa.string(),
    "DATE": pa.date32(),
    "TIMESTAMPTZ": pa.timestamp("us", tz="UTC"),
}
NATURES = ("sale", "return", "gift", "sample", "other")
NATURE_CODES = ("11", "21", "31", "32", "991")
CLASSES = ("residential", "business", *SHARED)
TRANSIT = ("DE", "NL", "TR", "AE", "HK", "KZ", "PL", "US")


@dataclass(frozen=True)
class Made:
    """What was written: items in all, and for every planted pattern its kind and items."""

    items: int
    patterns: tuple[tuple[str, tuple[int, ...]], ...]


def write_traffic(folder: Path, items: int, seed: int, each: int = 0, start: date = date(2026, 6, 15)) -> Made:
    """Make traffic and write it.

    Args:
        folder: where the relations go; it is made.
        items: ordinary items.
        seed: the same seed and numbers give the same traffic.
        each: planted patterns of each kind.
        start: the first day; traffic runs for 140.

    Returns:
        The number of items and the planted patterns, which are also in `truth.parquet` (pattern, kind, item, item_id).
    """
    folder.mkdir(parents=True, exist_ok=True)
    w = world(items, seed, start)
    flow = ordinary(items, w)
    extra, kinds = planted(w, each)
    if len(extra):
        flow = joined([flow, extra])
    flow = flow.take(np.argsort(flow.day, kind="stable"))
    _write(folder, w, flow)
    where = np.flatnonzero(flow.pattern >= 0)
    patterns: list[list[int]] = [[] for _ in kinds]
    for item in where.tolist():
        patterns[int(flow.pattern[item])].append(item)
    ids = pq.read_table(folder / "items.parquet", columns=["item_id"])["item_id"].take(pa.array(where))
    table = pa.table(
        {
            "pattern": flow.pattern[where],
            "kind": pa.array([kinds[p] for p in flow.pattern[where].tolist()], pa.string()),
            "item": where,
            "item_id": ids,
        }
    )
    pq.write_table(table, folder / "truth.parquet")
    return Made(len(flow), tuple((kind, tuple(found)) for kind, found in zip(kinds, patterns, strict=True)))


def schema_of(relation: Relation) -> pa.Schema:
    """Return the Parquet schema of a relation."""
    return pa.schema([(column.name, _TYPES[column.type]) for column in relation.columns])


def _write(folder: Path, w: World, flow: Flow) -> None:
    total = len(flow)
    lines_of = np.where(w.rng.random(total) < 0.16, 1 + w.rng.geometric(0.5, total), 1)
    with (
        pq.ParquetWriter(folder / "items.parquet", schema_of(ITEMS), compression="zstd") as items,
        pq.ParquetWriter(folder / "lines.parquet", schema_of(LINES), compression="zstd") as lines,
    ):
        for first in range(0, total, CHUNK):
            at = np.arange(first, min(first + CHUNK, total))
            part = flow.take(at)
            rows, sums, mass = _lines(w, part, at, lines_of[at])
            lines.write_table(rows, row_group_size=125_000)
            items.write_table(_items(w, part, at, sums, mass), row_group_size=125_000)
    _beside(folder, w, flow)


def _text(values: Ints, names: Sequence[str]) -> pa.Array:
    """Return codes as text; -1 is null."""
    codes = pa.array(values, pa.int32(), mask=values < 0)
    return pa.DictionaryArray.from_arrays(codes, pa.array(names, pa.string())).cast(pa.string())


def _keys(values: Ints) -> pa.Array:
    return pa.array(values, pa.int64(), mask=values < 0)


def _table(relation: Relation, made: dict[str, pa.Array], size: int) -> pa.Table:
    """Return a table with every column of the relation; what was not made is null."""
    schema = schema_of(relation)
    return pa.table([made.get(f.name, pa.nulls(size, f.type)) for f in schema], schema=schema)


def s10_ids(services: Ints, serials: Ints, countries: Ints, names: Sequence[str]) -> pa.Array:
    """Return S10 identifiers with their check digits (UPU standard S10)."""
    size = serials.size
    letters = np.frombuffer(b"RRCPLXUA", dtype=np.uint8).reshape(4, 2)
    places = np.frombuffer("".join((*names, "ZZ")).encode(), dtype=np.uint8).reshape(-1, 2)
    digits = (serials[:, None] // 10 ** np.arange(7, -1, -1)) % 10
    rest = 11 - (digits * np.array(WEIGHTS)).sum(axis=1) % 11
    check = np.where(rest == 10, 0, np.where(rest == 11, 5, rest))
    out = np.empty((size, 13), dtype=np.uint8)
    out[:, :2] = letters[services]
    out[:, 2:10] = digits + 48
    out[:, 10] = check + 48
    out[:, 11:] = places[countries]
    offsets = np.arange(0, 13 * (size + 1), 13, dtype=np.int32)
    return pa.Array.from_buffers(
        pa.string(), size, [None, pa.py_buffer(offsets.tobytes()), pa.py_buffer(out.tobytes())]
    )


def _lines(w: World, part: Flow, at: Ints, count: Ints) -> tuple[pa.Table, Floats, Floats]:
    """Return the goods lines of a chunk with the sums of value and mass of each item."""
    item = np.repeat(np.arange(len(part)), count)
    size = item.size
    line = np.arange(size) - np.repeat(np.cumsum(count) - count, count)
    more = part.take(item)
    other = np.flatnonzero(line > 0)
    added = more.take(other)
    added.goods = pick(w.rng, other.size, w.goods.share)
    price(w, added)
    added.concept[:] = -1
    for name in ("goods", "concept", "wording", "quantity", "value", "mass", "controlled"):
        getattr(more, name)[other] = getattr(added, name)
    hs = np.array(w.goods.hs6)
    fours = sorted({code[:4] for code in w.goods.hs6})
    four = np.array([fours.index(code[:4]) for code in w.goods.hs6])
    unsaid = np.where(w.rng.random(size) < 0.12, -1, more.goods)
    made_in = np.where(w.rng.random(size) < 0.12, w.rng.integers(0, 10, size), more.origin)
    table = _table(
        LINES,
        {
            "item": pa.array(at[item]),
            "line": pa.array(line, pa.int32()),
            "wording": pa.array(more.wording),
            "hs": _text(unsaid, hs.tolist()),
            "hs4": _text(np.where(unsaid < 0, -1, four[more.goods]), fours),
            "hs6": _text(unsaid, hs.tolist()),
            "quantity": pa.array(more.quantity.astype(float)),
            "net_mass_g": pa.array(more.mass),
            "value": pa.array(more.value),
            "currency": _text(np.zeros(size, np.int64), ["EUR"]),
            "value_eur": pa.array(more.value),
            "origin": _text(np.where(w.rng.random(size) < 0.4, -1, made_in), ORIGINS),
            "concepts": _text(np.where(more.concept < 0, len(PARTS), more.concept), [*(p[0] for p in PARTS), ""]),
            "entries": _text(np.where(more.controlled >= 0.5, 0, 1), ["eu-dual-use/6A003", ""]),
            "controlled": pa.array(more.controlled),
        },
        size,
    )
    sums = np.bincount(item, weights=more.value, minlength=len(part))
    mass = np.bincount(item, weights=more.mass, minlength=len(part))
    return table, np.asarray(sums, dtype=np.float64), np.asarray(mass, dtype=np.float64)


def _forms(w: World, entity: Ints, can_vary: np.ndarray) -> Ints:
    """Return keys of name forms: one usual form, two more that some use, now and then a slip."""
    luck = w.rng.random(entity.size)
    form = np.select([luck < 0.945, luck < 0.982, luck < 0.995], [0, 1, 2], 3 + w.rng.integers(0, 900, entity.size))
    return entity * 1000 + np.where(can_vary, form, 0)


def _phones(w: World, phone: Ints, home: Ints, away: Ints) -> Ints:
    luck = w.rng.random(phone.size)
    third = w.rng.integers(0, len(DESTINATIONS), phone.size)
    return np.where(phone < 0, -1, np.select([luck < 0.975, luck < 0.987], [home, away], third))


def _items(w: World, part: Flow, at: Ints, value: Floats, mass: Floats) -> pa.Table:
    rng, size = w.rng, len(part)
    both = [*DESTINATIONS, *(c for c in ORIGINS if c not in DESTINATIONS)]
    origin = np.where(part.origin < 0, -1, np.array([both.index(c) for c in ORIGINS])[part.origin])
    begin = int(datetime(w.start.year, w.start.month, w.start.day, tzinfo=UTC).timestamp())
    seconds = (part.day * 86400).astype(np.int64)
    gross = np.round(mass * 1.08 + 40)
    packed = gross * (1 + np.abs(rng.normal(0, 0.06, size))) + rng.uniform(0, 40, size)
    packed = np.where(rng.random(size) < 0.004, packed * rng.uniform(1.3, 3, size), packed)
    weighed = rng.random(size) < 0.45
    people_sent = part.consignor >= 1_010_000_000
    consignor_form = _forms(w, part.consignor, people_sent)
    consignee_form = _forms(w, part.consignee, np.ones(size, bool))
    payer = np.where(rng.random(size) < 0.6, consignee_form, -1)
    payer = np.where(rng.random(size) < 0.02, consignee_form + 7, payer)
    incomplete = pick(rng, size, np.array([0.993, 0.005, 0.002]))
    numbers = np.where(rng.random(size) < 0.00002, np.maximum(0, at - 40_000), at)
    made = {
        "item": pa.array(at),
        "item_id": s10_ids(rng.integers(0, 4, size), 10_000_000 + numbers, np.where(part.origin < 0, len(ORIGINS), part.origin), ORIGINS),
        "version": pa.array(np.ones(size), pa.int32()),
        "posted_at": pa.array((begin + seconds) * 1_000_000, pa.int64()).cast(pa.timestamp("us", tz="UTC")),
        "posted_on": pa.array((np.datetime64(w.start) + part.day.astype(np.int64)).astype("datetime64[D]")),
        "origin": _text(origin, both),
        "destination": _text(part.destination, DESTINATIONS),
        "route": _text(np.where(rng.random(size) < 0.1, rng.integers(0, len(TRANSIT), size), -1), TRANSIT),
        "office": _text(part.office, [f"O{n:04d}" for n in range(OFFICE_COUNT)]),
        "nature": _text(part.nature, NATURES),
        "nature_code": _text(part.nature, NATURE_CODES),
        "form": _text(np.where(value > 350, 1, 0), ("CN 22", "CN 23")),
        "gross_mass_g": pa.array(gross),
        "measured_mass_g": pa.array(np.round(packed), mask=~weighed),
        "value_eur": pa.array(np.round(value, 2)),
        "payer_name": _keys(payer),
        "licence": _text(np.zeros(size, np.int64), [""]),
        "documents": _text(np.where(rng.random(size) < 0.3, 1, 0), ["", "invoice"]),
        "outcome": _text(np.zeros(size, np.int64), ["no-finding"]),
        "consignor_entity": _keys(part.consignor),
        "consignor_name": _keys(consignor_form),
        "consignor_address": _keys(part.consignor_address),
        "consignor_country": _text(origin, both),
        "consignor_phone": _keys(part.consignor_phone),
        "consignor_phone_country": _text(_phones(w, part.consignor_phone, origin, part.destination), both),
        "consignor_handle": _keys(part.consignor_handle),
        "consignor_incomplete": _text(pick(rng, size, np.array([0.993, 0.005, 0.002])), ["", "postcode", "placeholder"]),
        "consignee_entity": _keys(part.consignee),
        "consignee_name": _keys(consignee_form),
        "consignee_address": _keys(part.consignee_address),
        "consignee_address_class": _text(part.address_class, CLASSES),
        "consignee_city": _text(part.city, [f"c{n:04d}" for n in range(2400)]),
        "consignee_country": _text(part.destination, DESTINATIONS),
        "consignee_phone": _keys(part.consignee_phone),
        "consignee_phone_country": _text(_phones(w, part.consignee_phone, part.destination, origin), both),
        "consignee_email": _keys(part.consignee_email),
        "consignee_incomplete": _text(incomplete, ["", "postcode", "placeholder"]),
    }  # fmt: skip
    return _table(ITEMS, made, size)


def _beside(folder: Path, w: World, flow: Flow) -> None:
    """Write the small relations: changes, decisions, offices and a register of some firms."""
    rng, total = w.rng, len(flow)
    begin = datetime(w.start.year, w.start.month, w.start.day)

    def stamp(days: Floats) -> pa.Array:
        instants = pa.array([begin + timedelta(days=float(d)) for d in days], pa.timestamp("us"))
        return instants.cast(pa.timestamp("us", tz="UTC"))

    changed = rng.choice(total, max(1, total // 250), replace=False)
    fields = ["description", "value", "mass", "hs", "consignee"]
    which = pick(rng, changed.size, np.array([0.4, 0.25, 0.2, 0.12, 0.03]))
    made = {
        "item": pa.array(changed),
        "version": pa.array(np.full(changed.size, 2), pa.int32()),
        "at": stamp(flow.day[changed] + 0.2),
        "before_dispatch": pa.array(rng.random(changed.size) < 0.8),
        "field": _text(which, fields),
        "old": _text(which, [f"old {name}" for name in fields]),
        "new": _text(which, [f"new {name}" for name in fields]),
        "lower_risk": pa.array(rng.random(changed.size) < 0.3),
    }
    pq.write_table(_table(VERSIONS, made, changed.size), folder / "versions.parquet")
    decided = rng.choice(total, max(1, total // 300), replace=False)
    held = rng.random(decided.size) < 0.04
    made = {
        "item": pa.array(decided),
        "decision": _text(np.where(held, 0, 1), ["hold", "release"]),
        "at": stamp(flow.day[decided] + 1.0),
        "random": pa.array(~held),
    }
    pq.write_table(_table(DECISIONS, made, decided.size), folder / "decisions.parquet")
    spots = np.arange(OFFICE_COUNT)
    made = {
        "office": pa.array([f"O{n:04d}" for n in spots]),
        "lat": pa.array(46 + (spots // 40) * 0.17),
        "lon": pa.array(4 + (spots % 40) * 0.1),
    }
    pq.write_table(_table(OFFICES, made, spots.size), folder / "offices.parquet")
    firms = np.unique(flow.consignee[flow.address_class == 1])
    divisions = ["46.52", "26.11", "47.91", "10.71", "56.10", "62.01", "72.19", "25.62", "95.11"]
    founded = np.datetime64("1995-01-01") + rng.integers(0, 11_400, firms.size)
    made = {
        "entity": pa.array(firms),
        "country": _text(w.country[w.people.city[np.minimum(firms - 1, w.people.city.size - 1)]], DESTINATIONS),
        "founded": pa.array(founded.astype("datetime64[D]")),
        "nace": _text(rng.integers(0, len(divisions), firms.size), divisions),
    }
    pq.write_table(_table(ENTITIES, made, firms.size), folder / "entities.parquet")
