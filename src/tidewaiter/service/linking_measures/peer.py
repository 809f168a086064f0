"""The same records linked by Splink 5 (moj-analytical-services), with the settings its own tutorials give for persons."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from tidewaiter.model import InputError


def peer_on(path: Path) -> list[int]:
    """Return Splink's label of each record of a file that `write_many` wrote.

    Raises:
        InputError: Splink is not installed.
    """
    try:
        import splink.comparison_library as cl
        from splink import DuckDBAPI, Linker, SettingsCreator, block_on
    except ImportError as error:
        raise InputError("Splink is not installed (`pip install splink`)") from error
    columns = ["id", "given_name", "surname", "city", "postcode", "phone", "birth_date"]
    table = pq.read_table(path, columns=columns).rename_columns(["unique_id", *columns[1:]])
    # What is not stated agrees with nothing: Splink takes nulls so, and empty texts as equal.
    kept = [pc.if_else(pc.equal(column, ""), None, column) for column in table.columns]
    table = pa.table(kept, names=table.column_names)
    rules: list[Any] = [
        block_on("given_name", "surname"),
        block_on("surname", "birth_date"),
        block_on("given_name", "birth_date"),
        block_on("postcode", "surname"),
        block_on("phone"),
    ]
    settings = SettingsCreator(
        link_type="dedupe_only",
        blocking_rules_to_generate_predictions=rules,
        comparisons=[
            cl.JaroWinklerAtThresholds("given_name"),
            cl.JaroWinklerAtThresholds("surname"),
            cl.ExactMatch("city").configure(term_frequency_adjustments=True),
            cl.ExactMatch("postcode"),
            cl.ExactMatch("phone"),
            cl.LevenshteinAtThresholds("birth_date", 2),
        ],
    )
    api: Any = DuckDBAPI()
    linker: Any = (
        Linker(table, settings, api) if not hasattr(api, "register") else Linker(api.register(table), settings)
    )
    linker.training.estimate_probability_two_random_records_match(
        [block_on("given_name", "surname", "birth_date"), block_on("phone", "surname")], recall=0.7
    )
    linker.training.estimate_u_using_random_sampling(max_pairs=1e6)
    linker.training.estimate_parameters_using_expectation_maximisation(block_on("given_name", "surname"))
    linker.training.estimate_parameters_using_expectation_maximisation(block_on("birth_date"))
    predicted = linker.inference.predict(threshold_match_probability=0.5)
    clusters = linker.clustering.cluster_pairwise_predictions_at_threshold(predicted, 0.9)
    found = clusters.as_duckdbpyrelation() if hasattr(clusters, "as_duckdbpyrelation") else None
    rows = found.fetchall() if found is not None else [tuple(r.values()) for r in clusters.as_record_dict()]
    names = list(found.columns) if found is not None else list(clusters.as_record_dict()[0])
    label, key = names.index("cluster_id"), names.index("unique_id")
    numbers: dict[str, int] = {}
    by_id = {str(row[key]): numbers.setdefault(str(row[label]), len(numbers)) for row in rows}
    return [by_id.get(str(name), -place - 1) for place, name in enumerate(table["unique_id"].to_pylist())]
