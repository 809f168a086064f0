"""Run the pattern plans of `link.patterns` on Spark SQL: the plans, thresholds, points and reviews are those of DuckDB.

Spark reads the relations and finds the hits, which are few. They come to the driver, where the code of `duckdb_patterns`
names their items, adds points up and ranks reviews; so nothing of the scoring is written twice.
"""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from tidewaiter.backends.duckdb_patterns import Patterns, bits_of, items_of, points_of
from tidewaiter.backends.spark_sql import for_spark, made_tables
from tidewaiter.link.patterns import RESERVED, Plan, Table
from tidewaiter.link.relations import Relation
from tidewaiter.packs import IndicatorRule

_TYPES = {"VARCHAR": "STRING", "TIMESTAMPTZ": "TIMESTAMP"}
_HITS = ("code", "family", "role", "subject", "items", "points", "bits", "figures")
SECONDS = (
    "CREATE OR REPLACE TEMPORARY FUNCTION seconds_of(at TIMESTAMP) RETURNS DOUBLE RETURN unix_micros(at) / 1000000D"
)


@dataclass
class SparkPatterns(Patterns):
    """Hits over the relations of one folder, found by Spark; use as a context manager.

    Args:
        source: folder of the relations, which every machine of the cluster can read under this path.
        packs: packs with the indicator pack.
        on: the day thresholds are taken from.
        session: a Spark session of time zone UTC.

    Raises:
        InputError: the folder lacks a relation or column that must be there.
    """

    session: Any = None

    def _open(self) -> None:
        self.session.conf.set("spark.sql.session.timeZone", "UTC")
        # Spark 4.3 may take children of a union for alike in their partitions that are not, and then fails to join them.
        self.session.conf.set("spark.sql.unionOutputPartitioning", "false")
        self.session.sql(SECONDS)
        self._kept: list[Any] = []
        super()._open()
        self._con.execute("CREATE TABLE items (item BIGINT PRIMARY KEY, item_id VARCHAR)")

    def __exit__(self, *error: Any) -> None:
        for frame in self._kept:
            frame.unpersist()
        super().__exit__(*error)

    def _make_relation(self, relation: Relation, place: str, known: Set[str]) -> None:
        columns = [
            f"CAST({f'`{c.name}`' if c.name in known else 'NULL'} AS {_TYPES.get(c.type, c.type)}) AS `{c.name}`"
            for c in relation.columns
        ]
        frame = self.session.read.parquet(place) if place else self.session.range(0)
        frame.selectExpr(*columns).createOrReplaceTempView(relation.name)

    def _make_view(self, name: str, sql: str) -> None:
        self.session.sql(for_spark(sql)[0]).createOrReplaceTempView(name)

    def _make_table(self, table: Table) -> None:
        kinds = {"VARCHAR": pa.string(), "DOUBLE": pa.float64(), "BIGINT": pa.int64(), "DATE": pa.date32()}
        columns = list(zip(*table.rows, strict=True)) or [()] * len(table.columns)
        arrays = [pa.array(column, kinds[kind]) for (_, kind), column in zip(table.columns, columns, strict=True)]
        made = pa.table(arrays, names=[name for name, _ in table.columns])
        self.session.createDataFrame(made).createOrReplaceTempView(table.name)

    def _ask(self, sql: str) -> list[tuple[Any, ...]]:
        return [tuple(row) for row in self.session.sql(for_spark(sql)[0]).collect()]

    def _make_shared(self, plan: Plan) -> None:
        for name, query in made_tables(plan.sql):
            frame = self.session.sql(query).persist()
            frame.createOrReplaceTempView(name)
            self._kept.append(frame)

    def _carry_out(self, plan: Plan, rule: IndicatorRule, bound: Mapping[str, Any]) -> int:
        found = self.session.sql(for_spark(plan.sql, bound)[0])
        figures = ", ".join(f"`{name}`" for name in found.columns if name not in RESERVED)
        rows = found.selectExpr(
            f"'{plan.code}' AS code",
            f"'{rule.family}' AS family",
            "role",
            "CAST(subject AS BIGINT) AS subject",
            f"{items_of(found.columns).replace('ARRAY[item]', 'array(item)')} AS items",
            f"{points_of(rule, found.columns, self.on)} AS points",
            f"CAST({bits_of(found.columns)} AS DOUBLE) AS bits",
            f"to_json(struct({figures})) AS figures",
        ).toArrow()
        if rows.num_rows:
            self._name_items(rows.column("items"))
            self._take("hits", rows.select(list(_HITS)))
        return int(rows.num_rows)

    def _name_items(self, items: Any) -> None:
        """Fetch the declared identifiers of items that hits name and that are not known yet."""
        numbers = pa.table({"item": pa.chunked_array([chunk.flatten() for chunk in items.chunks]).unique()})
        self.session.createDataFrame(numbers).createOrReplaceTempView("wanted")
        ids = "SELECT DISTINCT i.item, i.item_id FROM items i JOIN wanted w ON w.item = i.item"
        self._take("items", self.session.sql(ids).toArrow(), "OR IGNORE ")

    def _take(self, name: str, rows: Any, how: str = "") -> None:
        """Take rows of Spark into a table of the driver."""
        self._con.register("arrived", rows)
        try:
            self._con.execute(f"INSERT {how}INTO {name} SELECT * FROM arrived")
        finally:
            self._con.unregister("arrived")


__all__ = ["SparkPatterns"]
