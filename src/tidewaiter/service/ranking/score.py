"""Score new items by a ranking model: a chance, the terms that make it up, and a second opinion beside it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import orjson
from numpy.typing import NDArray

from tidewaiter.model import InputError
from tidewaiter.service.ranking.additive import Additive, from_plain, probability
from tidewaiter.service.ranking.boosting import booster_of
from tidewaiter.service.ranking.encode import Past
from tidewaiter.service.ranking.features import Feature, keys_of, new_matrix
from tidewaiter.service.ranking.goods_read import with_goods_read
from tidewaiter.service.ranking.table import ItemTable
from tidewaiter.service.ranking.train import FORMAT

if TYPE_CHECKING:
    from lightgbm import Booster

Row = dict[str, Any]
SHOWN = 12


@dataclass(frozen=True)
class Ranked:
    """A model ready to score."""

    record: dict[str, Any]
    features: tuple[Feature, ...]
    counts: dict[str, Past]
    model: Additive
    second: Booster


def load_ranking(path: Path) -> Ranked:
    """Read a model that `history rank train` wrote.

    Raises:
        InputError: it cannot be read or is no such model.
    """
    try:
        record = orjson.loads(path.read_bytes())
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror}") from error
    except orjson.JSONDecodeError as error:
        raise InputError(f"{path}: not a ranking model: {error}") from error
    if not isinstance(record, dict) or record.get("format") != FORMAT:
        raise InputError(f"{path}: not a ranking model of this version; expected format {FORMAT!r}")
    features = tuple(Feature(f["name"], f["made"], tuple(f["columns"]), f["digits"]) for f in record["features"])
    counts = {
        key: Past({value: tuple(three) for value, three in some["values"].items()}, some["inspected"], some["found"])
        for key, some in record["counts"].items()
    }
    second = booster_of(record["second_opinion"])
    return Ranked(record, features, counts, from_plain(record["model"]), second)


def rank_table(ranked: Ranked, table: ItemTable) -> Iterator[Row]:
    """Yield id, score, contributions and second opinion of each item; contributions sum to `log_odds`, whose chance is `score`.

    Terms beyond the `SHOWN` strongest are summed in one contribution `other`.
    """
    if ranked.record["reads_goods"] and "description" in table.columns:
        table = with_goods_read(table)
    salt = str(ranked.record["salt"])
    rows = new_matrix(ranked.features, table, ranked.counts, salt)
    points = ranked.model.contributions(rows)
    second = np.asarray(ranked.second.predict(rows))
    told = [_told(feature, table, ranked, salt) for feature in ranked.features]
    for number, identifier in enumerate(table.ids):
        found: list[Row] = [
            {
                "code": "rank.base",
                "points": round(ranked.model.start, 4),
                "sentence": "The share found among all inspections.",
            }
        ]
        found += _contributions(ranked, points[number], told, number)
        total = sum(term["points"] for term in found)
        yield {
            "id": identifier,
            "score": round(float(probability([total])[0]), 6),
            "log_odds": round(total, 4),
            "contributions": found,
            "second_opinion": round(float(second[number]), 6),
        }


def _contributions(ranked: Ranked, points: NDArray[np.float64], told: list[list[str]], number: int) -> list[Row]:
    order = np.argsort(-np.abs(points), kind="stable")
    found: list[Row] = []
    rest = 0.0
    for place in order.tolist():
        value = round(float(points[place]), 4)
        if not value:
            continue
        if len(found) >= SHOWN:
            rest += value
            continue
        features = [ranked.features[feature] for feature in ranked.model.terms[place].features]
        found.append(
            {
                "code": "rank." + " & ".join(feature.name for feature in features),
                "points": value,
                "left": " & ".join(told[feature][number] for feature in ranked.model.terms[place].features),
                "sentence": f"{' together with '.join(feature.name for feature in features)} "
                f"{'raises' if value > 0 else 'lowers'} the chance.",
            }
        )
    if rest:
        found.append({"code": "rank.other", "points": round(rest, 4), "sentence": "All weaker terms together."})
    return found


def _told(feature: Feature, table: ItemTable, ranked: Ranked, salt: str) -> list[str]:
    """Return for each item what a feature saw, in words a reader can check."""
    empty = [""] * table.size
    if feature.made in ("number", "ratio"):
        columns = [table.columns.get(name, empty) for name in feature.columns]
        return [" / ".join(cell or "not known" for cell in row) for row in zip(*columns, strict=True)]
    past = ranked.counts[feature.key]
    shown = [table.columns.get(name, empty) for name in feature.columns]
    found = []
    for key, row in zip(keys_of(feature, table, salt), zip(*shown, strict=True), strict=True):
        if not key:
            found.append("not known")
            continue
        inspected, hits, seen = past.counts.get(key, (0, 0, 0))
        named = " + ".join(row)
        found.append(f"{named}: {hits} findings in {inspected} inspections, {seen} items")
    return found
