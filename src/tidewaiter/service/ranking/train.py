"""Learn a ranking from inspections: what was found goes in, an explainable model with its card comes out."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import orjson
from numpy.typing import NDArray

from tidewaiter import __version__
from tidewaiter.model import InputError
from tidewaiter.service.ranking.additive import (
    SECOND,
    Additive,
    fit_additive,
    fit_trees,
    log_odds,
    probability,
    to_plain,
)
from tidewaiter.service.ranking.card import card_text
from tidewaiter.service.ranking.encode import Past
from tidewaiter.service.ranking.features import Feature, days_of, feature_row, features_of, matrix
from tidewaiter.service.ranking.goods_read import READ_COLUMNS, with_goods_read
from tidewaiter.service.ranking.guard import leaking
from tidewaiter.service.ranking.measure import measured
from tidewaiter.service.ranking.roles import ColumnRole, roles_of
from tidewaiter.service.ranking.table import ItemTable

if TYPE_CHECKING:
    from lightgbm import Booster

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
FORMAT = "tidewaiter-ranking-1"
FOUND = frozenset(("1", "yes", "y", "true", "found", "hit", "positive", "1.0", "да", "oui", "ja", "sí", "si", "是"))
CLEAN = frozenset(("0", "no", "n", "false", "none", "clean", "negative", "0.0", "нет", "ні", "non", "nein", "否"))
LATEST = 0.2
AT_LEAST = 50


@dataclass(frozen=True, slots=True)
class Choices:
    """What a person chose for a training.

    `outcome` names the column of results (empty: not inspected); `random` the column that is yes where an inspection was drawn
    at random; `day` the column of dates; `found` a value that counts as a finding where it is not plain yes or no; `keep`
    columns to use although they look like results; `read_goods` whether the goods engine reads descriptions.
    """

    outcome: str
    random: str = ""
    day: str = ""
    found: str = ""
    keep: frozenset[str] = frozenset()
    read_goods: bool = True


def train_ranking(
    table: ItemTable, choices: Choices, output: Path, say: Callable[[str], None] = lambda _: None
) -> dict[str, Any]:
    """Train a model, write it to `output` and its card beside it (`.md`), and return the model's record.

    Args:
        table: past items with outcomes.
        choices: what the columns are.
        output: where the model is written (JSON).
        say: told of each step in one line.

    Raises:
        InputError: the outcome column is missing or has no findings or no clean inspections to learn from.
    """
    outcomes = outcomes_of(table.column(choices.outcome), choices)
    if (outcomes == 1).sum() < AT_LEAST or (outcomes == 0).sum() < AT_LEAST:
        raise InputError(
            f"{table.file}: {int((outcomes == 1).sum())} findings and {int((outcomes == 0).sum())} clean inspections in "
            f"{choices.outcome!r}; at least {AT_LEAST} of each are needed to learn anything"
        )
    day_name = _column_name(table, choices.day or "posted")
    days = days_of(table.columns[day_name]) if day_name else None
    if choices.day and days is None:
        raise InputError(f"{table.file}: {choices.day!r} has too few dates that can be read (YYYY-MM-DD)")
    at_random = _at_random(table, choices.random)
    if choices.read_goods and "description" in table.columns:
        say("reading goods descriptions")
        table = with_goods_read(table)
    aside = {"id": "names the item"}
    if day_name:
        aside[day_name] = "orders the items in time"
    if choices.random:
        aside[_column_name(table, choices.random)] = "says that an inspection was drawn at random"
    roles = roles_of(table, _column_name(table, choices.outcome), aside, choices.keep)
    leaks = {n: why for n, why in leaking(table, roles, outcomes).items() if n not in choices.keep}
    roles = [ColumnRole(r.name, "unused", leaks[r.name]) if r.name in leaks else r for r in roles]
    features = features_of(roles)
    if not features:
        raise InputError(f"{table.file}: no column can be used", [])
    salt = hashlib.blake2b("\x1f".join(table.ids[:1000]).encode(), digest_size=16).hexdigest()
    say(f"{len(features)} features of {table.size:,} items, {int((outcomes == 1).sum()):,} findings")
    rows, counts = matrix(features, table, outcomes, days, salt)
    inspected = outcomes >= 0
    labels = (outcomes[inspected] == 1).astype(np.float64)
    weights = np.ones(len(labels))
    latest = _latest(days, table.size)[inspected]
    say("measuring on the latest fifth")
    figures = _figures(rows[inspected], labels, weights, latest, at_random[inspected])
    say("fitting on everything")
    model = fit_additive(rows[inspected], labels, weights, _tail(latest, days, inspected))
    second = fit_trees(SECOND, rows[inspected], labels, weights, _tail(latest, days, inspected))
    record = _record(model, second, features, roles, counts, salt, figures, table, choices, days, at_random, outcomes)
    output.write_bytes(orjson.dumps(record))
    output.with_suffix(".md").write_text(card_text(record), encoding="utf-8")
    return record


def outcomes_of(values: Sequence[str], choices: Choices) -> NDArray[np.int8]:
    """Return 1 found, 0 inspected without finding, -1 not inspected, for each row.

    Raises:
        InputError: a value is neither; the message names it and what may be written instead.
    """
    found = np.full(len(values), -1, dtype=np.int8)
    for number, value in enumerate(values):
        folded = value.strip().casefold()
        if not folded:
            continue
        if choices.found:
            found[number] = folded == choices.found.casefold()
        elif folded in FOUND:
            found[number] = 1
        elif folded in CLEAN:
            found[number] = 0
        else:
            raise InputError(
                f"row {number + 1}: {choices.outcome} is {value!r}; expected yes or no (1 or 0), empty for items not "
                "inspected, or name the value that counts as a finding with --found VALUE"
            )
    return found


def _column_name(table: ItemTable, name: str) -> str:
    """Return the name a column has in the table, or nothing."""
    try:
        values = table.column(name)
    except InputError:
        return ""
    return next(own for own, column in table.columns.items() if column is values)


def _at_random(table: ItemTable, name: str) -> Flags:
    if not name:
        return np.zeros(table.size, dtype=bool)
    return np.array([value.strip().casefold() in FOUND for value in table.column(name)])


def _latest(days: NDArray[np.int64] | None, size: int) -> Flags:
    """Return which rows belong to the latest fifth: by day, whole days together, or by their place in the file."""
    if days is None:
        return np.arange(size) >= size * (1 - LATEST)
    return days > np.quantile(days, 1 - LATEST, method="lower")


def _tail(latest: Flags, days: NDArray[np.int64] | None, inspected: Flags) -> Flags:
    """Return the rows that say when to stop fitting: the later half of the latest fifth."""
    if days is None:
        place = np.flatnonzero(latest)
        tail = np.zeros(len(latest), dtype=bool)
        tail[place[len(place) // 2 :]] = True
        return tail
    known = days[inspected]
    return known > np.quantile(known, 1 - LATEST / 2, method="lower")


def _figures(rows: Floats, labels: Floats, weights: Floats, latest: Flags, at_random: Flags) -> dict[str, Any]:
    """Fit on what came before the latest fifth and measure on it; random inspections also by themselves."""
    past, now = ~latest, latest
    if not 0 < labels[past].sum() < past.sum() or not 0 < labels[now].sum() < now.sum():
        return {
            "note": "the latest fifth or what came before holds findings or clean inspections only; nothing measured"
        }
    earlier = np.flatnonzero(past)
    stop = np.zeros(past.sum(), dtype=bool)
    stop[int(len(earlier) * 0.85) :] = True
    model = fit_additive(rows[past], labels[past], weights[past], stop)
    second = fit_trees(SECOND, rows[past], labels[past], weights[past], stop)
    scores = probability(log_odds(model, model.contributions(rows[now])))
    other = np.asarray(second.predict(rows[now]))
    chance = np.random.default_rng(7).random(len(labels)) < LATEST
    mixed = fit_additive(rows[~chance], labels[~chance], weights[~chance], np.zeros((~chance).sum(), dtype=bool))
    figures: dict[str, Any] = {
        "latest_fifth": measured(labels[now], scores),
        "latest_fifth_second_opinion": measured(labels[now], other),
        "random_split": measured(labels[chance], probability(log_odds(mixed, mixed.contributions(rows[chance])))),
    }
    drawn = at_random[now]
    if drawn.any():
        figures["latest_fifth_random_inspections"] = measured(labels[now][drawn], scores[drawn])
        figures["latest_fifth_chosen_inspections"] = measured(labels[now][~drawn], scores[~drawn])
    return figures


def _record(
    model: Additive,
    second: Booster,
    features: Sequence[Feature],
    roles: Sequence[ColumnRole],
    counts: dict[str, Past],
    salt: str,
    figures: dict[str, Any],
    table: ItemTable,
    choices: Choices,
    days: NDArray[np.int64] | None,
    at_random: Flags,
    outcomes: NDArray[np.int8],
) -> dict[str, Any]:
    span = [date.fromordinal(int(d)).isoformat() for d in (days.min(), days.max())] if days is not None else []
    return {
        "format": FORMAT,
        "code": __version__,
        "outcome": choices.outcome,
        "trained_on": {
            "file": Path(table.file).name,
            "items": table.size,
            "inspected": int((outcomes >= 0).sum()),
            "found": int((outcomes == 1).sum()),
            "random_inspections": int((at_random & (outcomes >= 0)).sum()),
            "days": span,
        },
        "reads_goods": any(set(feature.columns) & set(READ_COLUMNS) for feature in features),
        "features": [feature_row(feature) for feature in features],
        "columns": [{"name": r.name, "role": r.role, "why": r.why} for r in roles],
        "figures": figures,
        "salt": salt,
        "counts": {
            key: {
                "inspected": past.inspected,
                "found": past.found,
                "values": {k: list(v) for k, v in past.counts.items()},
            }
            for key, past in counts.items()
        },
        "model": to_plain(model),
        "second_opinion": second.model_to_string(),
    }
