"""Run the pattern plans of `link.patterns` with DuckDB over Parquet relations, within a memory limit.

Nothing leaves the process but spilled pages in the temporary folder given. A plan whose relations or columns are not there is
reported as not checked. Hits are kept as one table; items are named only when they are read out.
"""

from __future__ import annotations

import json
import time
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from datetime import date
from importlib import import_module
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

from tidewaiter.link.patterns import RESERVED, Plan, Table, plans, shared_plans, tables, values
from tidewaiter.link.relations import RELATIONS, Relation, problems_of
from tidewaiter.model import InputError
from tidewaiter.packs import IndicatorRule, PackSet

if TYPE_CHECKING:
    import duckdb

ROOM = 20_000  # rows read out at a time


@dataclass(frozen=True, slots=True)
class Options:
    """How to run: a memory limit DuckDB understands, threads, and a folder for what does not fit (None: a private one)."""

    memory: str = "1400MB"
    threads: int = 2
    temporary: Path | None = None


@dataclass(frozen=True, slots=True)
class Ran:
    """One plan that ran or could not: seconds, hits, and why it was not checked (empty where it was)."""

    code: str
    seconds: float
    hits: int
    not_checked: str = ""


@dataclass(frozen=True, slots=True)
class Hit:
    """One pattern found. `items` are declared identifiers; `bits` the surprise, or None where the plan counts none."""

    code: str
    role: str
    subject: int | None
    items: tuple[str, ...]
    points: int
    bits: float | None
    figures: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Review:
    """Items that together are worth a look, under the hit that weighs most for them."""

    score: int
    code: str
    role: str
    subject: int | None
    items: tuple[str, ...]
    codes: tuple[tuple[str, int], ...]


@dataclass
class Patterns:
    """Hits over the relations of one folder; use as a context manager.

    Args:
        source: folder of the relations.
        packs: packs with the indicator pack.
        on: the day thresholds are taken from.
        options: memory, threads, temporary folder.

    Raises:
        InputError: the folder lacks a relation or column that must be there.
    """

    source: Path
    packs: PackSet
    on: date
    options: Options = field(default_factory=Options)
    ran: list[Ran] = field(default_factory=list)
    _have: dict[str, set[str]] = field(default_factory=dict)
    _made: set[str] = field(default_factory=set)

    def __enter__(self) -> Patterns:
        config: dict[str, Any] = {"memory_limit": self.options.memory, "threads": self.options.threads}
        config["preserve_insertion_order"] = False
        if self.options.temporary is not None:
            config["temp_directory"] = str(self.options.temporary)
        self._con: duckdb.DuckDBPyConnection = import_module("duckdb").connect(":memory:", config=config)
        self._con.execute("SET TimeZone = 'UTC'")
        self._open()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._con.close()

    def _open(self) -> None:
        wrong: list[str] = []
        for relation in RELATIONS:
            path = self.source / f"{relation.name}.parquet"
            folder = self.source / relation.name
            place = str(path) if path.is_file() else f"{folder}/*.parquet" if folder.is_dir() else ""
            if not place and not relation.optional:
                wrong.append(f"{relation.name}: neither {path.name} nor a folder of that name")
                continue
            known: set[str] = set()
            if place:
                quoted = place.replace("'", "''")
                known = {row[0] for row in self._con.execute(f"DESCRIBE FROM read_parquet('{quoted}')").fetchall()}
                wrong.extend(problems_of(relation.name, ((name, False) for name in known)))
            self._make_relation(relation, place, known)
            self._have[relation.name] = known - (self._all_null(place) if place else set())
        if wrong:
            raise InputError(f"{self.source} is no folder of pattern relations: " + "; ".join(wrong))
        self._make_view("mail", MAIL)
        first, last, from_t, to_t = self._ask("SELECT min(posted_on), max(posted_on), min(t), max(t) FROM mail")[0]
        if first is None:
            raise InputError(f"{self.source}: the relation items holds no item")
        self._span = {"from_t": from_t, "to_t": to_t, "span_days": max(1.0, to_t - from_t)}
        for table in tables(self.packs, self.on, (first, last)):
            self._make_table(table)
        self._make_table(self._ways())
        self._con.execute(
            "CREATE TEMP TABLE hits (code VARCHAR, family VARCHAR, role VARCHAR, subject BIGINT, items BIGINT[], points INTEGER,"
            " bits DOUBLE, figures VARCHAR)"
        )

    def _make_relation(self, relation: Relation, place: str, known: Set[str]) -> None:
        """Make a relation readable under its name, its missing columns null."""
        quoted = place.replace("'", "''")
        columns = ", ".join(
            f'CAST({_quoted(c.name) if c.name in known else "NULL"} AS {c.type}) AS "{c.name}"'
            for c in relation.columns
        )
        source = f"read_parquet('{quoted}')" if place else "(SELECT 1) WHERE 1 = 0"
        self._make_view(relation.name, f"SELECT {columns} FROM {source}")

    def _make_view(self, name: str, sql: str) -> None:
        self._con.execute(f'CREATE VIEW "{name}" AS {sql}')

    def _make_table(self, table: Table) -> None:
        columns = ", ".join(f'"{name}" {kind}' for name, kind in table.columns)
        self._con.execute(f'CREATE TEMP TABLE "{table.name}" ({columns})')
        if table.rows:
            self._insert(table.name, table.rows)

    def _ask(self, sql: str) -> list[tuple[Any, ...]]:
        """Return the rows of a query over the relations and small tables."""
        return self._con.execute(sql).fetchall()

    def _all_null(self, place: str) -> set[str]:
        """Return the columns that hold nothing but nulls: no data either."""
        rows = self._con.execute(
            "SELECT path_in_schema FROM parquet_metadata(?) GROUP BY path_in_schema"
            " HAVING sum(num_values) > 0 AND sum(coalesce(stats_null_count, 0)) = sum(num_values)",
            [place],
        ).fetchall()
        return {row[0] for row in rows}

    def _ways(self) -> Table:
        """Return the table of routes with their detour; few differ, so they are reckoned here once each."""
        pack = self.packs.indicators
        assert pack is not None
        embargoed = pack.embargoed(self.packs.groups)
        rows = self._ask(
            "SELECT DISTINCT origin, route, destination FROM mail WHERE route <> '' AND origin <> '' AND destination <> ''"
        )
        made = []
        for origin, route, destination in rows:
            stops = tuple(route.split())
            through = sorted(set(stops) & (embargoed - {origin, destination}))
            detour = pack.detour(origin, stops, destination)
            made.append((origin, route, destination, *(detour or (0.0, 0.0)), " ".join(through)))
        return Table("ways", _WAYS, tuple(made))

    def _insert(self, name: str, rows: Sequence[Sequence[object]]) -> None:
        """Insert rows in few statements: one statement a row takes a millisecond each."""
        for first in range(0, len(rows), 500):
            some = rows[first : first + 500]
            marks = ", ".join("(" + ", ".join("?" for _ in row) + ")" for row in some)
            self._con.execute(f'INSERT INTO "{name}" VALUES {marks}', [value for row in some for value in row])

    def run(self, only: Iterable[str] = ()) -> list[Ran]:
        """Run the plans (all, or those of some codes) and return how each went.

        Raises:
            InputError: a code no plan has.
        """
        chosen = set(only)
        known = {plan.code: plan for plan in plans()}
        for code in sorted(chosen - set(known)):
            raise InputError(f"no pattern {code!r}; there are {', '.join(known)}")
        for code, plan in known.items():
            if not chosen or code in chosen:
                self.ran.append(self._run(plan))
        return self.ran

    def _run(self, plan: Plan) -> Ran:
        pack = self.packs.indicators
        assert pack is not None
        rule = pack.rules.get(plan.code)
        if rule is None:
            return Ran(plan.code, 0.0, 0, "the indicator pack has no such rule")
        missing = [read for read in plan.reads if read.partition(".")[2] not in self._have[read.partition(".")[0]]]
        if missing:
            return Ran(plan.code, 0.0, 0, f"no data: {', '.join(missing)}")
        begun = time.perf_counter()
        for name in plan.uses:
            self._share(name)
        bound: dict[str, Any] = {
            **values(pack, plan.code, self.on),
            **self._span,
            "half_life_days": pack.link_half_life_days,
        }
        bound = {name: bound[name] for name in plan.parameters}
        hits = self._carry_out(plan, rule, bound)
        return Ran(plan.code, time.perf_counter() - begun, hits)

    def _carry_out(self, plan: Plan, rule: IndicatorRule, bound: Mapping[str, Any]) -> int:
        """Run one plan, keep its hits and return how many."""
        columns = [row[0] for row in self._con.execute(f"DESCRIBE {plan.sql}", bound).fetchall()]
        figures = ", ".join(f"'{name}', {name}" for name in columns if name not in RESERVED)
        before = self._count()
        self._con.execute(
            f"INSERT INTO hits SELECT '{plan.code}', '{rule.family}', role, subject, {items_of(columns)}, {points_of(rule, columns, self.on)},"
            f" {bits_of(columns)}, CAST(json_object({figures}) AS VARCHAR) FROM ({plan.sql}) found",
            bound,
        )
        return self._count() - before

    def _count(self) -> int:
        return int(self._con.execute("SELECT count(*) FROM hits").fetchall()[0][0])

    def _share(self, name: str) -> None:
        """Make a shared table, once."""
        for plan in shared_plans():
            if name in plan.makes and plan.code not in self._made:
                self._make_shared(plan)
                self._made.add(plan.code)

    def _make_shared(self, plan: Plan) -> None:
        self._con.execute(plan.sql)

    def hits(self) -> Iterator[Hit]:
        """Yield every hit with its items named, in a fixed order."""
        cursor = self._con.execute(
            """
            WITH numbered AS (SELECT *, row_number() OVER (ORDER BY code, role, subject, items, figures) AS number FROM hits),
            named AS (
              SELECT n.number, array_agg(i.item_id ORDER BY x.item) AS ids
              FROM numbered n, unnest(n.items) AS x(item) JOIN items i ON i.item = x.item GROUP BY n.number
            )
            SELECT n.code, n.role, n.subject, m.ids, n.points, n.bits, n.figures
            FROM numbered n JOIN named m ON m.number = n.number ORDER BY n.number
            """
        )
        while rows := cursor.fetchmany(ROOM):
            for code, role, subject, ids, points, bits, figures in rows:
                yield Hit(code, role, subject, tuple(ids), points, bits, json.loads(figures))

    def score_items(self) -> int:
        """Score every item over its hits, with soft and hard caps in each family; return how many reach the review line.

        The scores are in the temporary table `scored` (item, score).
        """
        pack = self.packs.indicators
        assert pack is not None
        self._con.execute("DROP TABLE IF EXISTS scored")
        self._con.execute(
            """
            CREATE TEMP TABLE scored AS
            WITH named AS (
              SELECT x.item, h.family, h.code, max(h.points) AS points
              FROM hits h, unnest(h.items) AS x(item) WHERE h.points > 0 GROUP BY x.item, h.family, h.code
            ), enough AS (
              SELECT item FROM named GROUP BY item HAVING sum(points) >= $line
            ), placed AS (
              SELECT n.*, row_number() OVER (PARTITION BY n.item, n.family ORDER BY n.points DESC, n.code) AS place
              FROM named n JOIN enough e ON e.item = n.item
            ), family AS (
              SELECT item, family, least($cap, round(sum(points * power($soft, place - 1)))) AS points FROM placed GROUP BY item, family
            )
            SELECT item, CAST(sum(points) AS INTEGER) AS score FROM family GROUP BY item HAVING sum(points) >= $line
            """,
            {"line": pack.review_line, "cap": pack.family_cap, "soft": pack.soft_share},
        )
        return int(self._con.execute("SELECT count(*) FROM scored").fetchall()[0][0])

    def reviews(self) -> Iterator[Review]:
        """Yield reviews, the highest score first: items at the review line, under the hit that weighs most for each."""
        self.score_items()
        cursor = self._con.execute(
            """
            WITH numbered AS (
              SELECT *, row_number() OVER (ORDER BY code, role, subject, items, figures) AS number FROM hits WHERE points > 0
            ), named AS (
              SELECT s.item, s.score, n.number, n.code, n.points FROM numbered n, unnest(n.items) AS x(item) JOIN scored s ON s.item = x.item
            ), lead AS (
              SELECT * FROM (
                SELECT *, row_number() OVER (PARTITION BY item ORDER BY points DESC, number) AS place FROM named
              ) ranked WHERE place = 1
            ), also AS (
              SELECT l.number, n.code, max(n.points) AS points FROM lead l JOIN named n ON n.item = l.item GROUP BY l.number, n.code
            ), codes AS (
              SELECT number, array_agg(code ORDER BY points DESC, code) AS codes, array_agg(points ORDER BY points DESC, code) AS points
              FROM also GROUP BY number
            )
            SELECT max(l.score), any_value(n.code), any_value(n.role), any_value(n.subject), array_agg(i.item_id ORDER BY l.item),
                   any_value(c.codes), any_value(c.points)
            FROM lead l JOIN numbered n ON n.number = l.number JOIN codes c ON c.number = l.number JOIN items i ON i.item = l.item
            GROUP BY l.number ORDER BY max(l.score) DESC, count(*) DESC, l.number
            """
        )
        while rows := cursor.fetchmany(ROOM):
            for score, code, role, subject, ids, codes, points in rows:
                yield Review(score, code, role, subject, tuple(ids), tuple(zip(codes, points, strict=True)))

    def query(self, sql: str) -> list[tuple[Any, ...]]:
        """Run a reading query over relations, `hits` and `scored`, for measurements."""
        return self._con.execute(sql).fetchall()


def _quoted(name: str) -> str:
    return f'"{name}"'


def items_of(columns: Collection[str]) -> str:
    """Return what gives the items of a hit, from the columns of a plan."""
    return "items" if "items" in columns else "ARRAY[item]"


def bits_of(columns: Collection[str]) -> str:
    """Return what gives the surprise of a hit."""
    return "bits" if "bits" in columns else "NULL"


def points_of(rule: IndicatorRule, columns: Collection[str], on: date) -> str:
    """Return what gives the points of a hit: those of the rule, more by bit where it says so, damped where the plan does."""
    points = f"{rule.points}"
    if "bits" in columns and rule.per_bit:
        least = rule.value("bits_least", on)
        points = f"least({rule.most}, {rule.points} + {rule.per_bit} * greatest(0, bits - {least}))"
    return f"CAST(round({points}{' * damp' if 'damp' in columns else ''}) AS INTEGER)"


_WAYS = (
    ("origin", "VARCHAR"),
    ("route", "VARCHAR"),
    ("destination", "VARCHAR"),
    ("ratio", "DOUBLE"),
    ("direct_km", "DOUBLE"),
    ("embargoed", "VARCHAR"),
)
MAIL = """
WITH s10 AS (
  SELECT *, epoch(posted_at) / 86400.0 AS t, CAST(hash(item_id) >> 1 AS BIGINT) AS item_key,
         CASE WHEN length(item_id) = 13 THEN TRY_CAST(substr(item_id, 3, 9) AS INTEGER) END AS body,
         CASE WHEN length(item_id) = 13 THEN substr(item_id, 12, 2) END AS s10_country
  FROM items
), summed AS (
  SELECT *, body // 10 AS serial,
         (8 * (body // 100000000 % 10) + 6 * (body // 10000000 % 10) + 4 * (body // 1000000 % 10) + 2 * (body // 100000 % 10)
          + 3 * (body // 10000 % 10) + 5 * (body // 1000 % 10) + 9 * (body // 100 % 10) + 7 * (body // 10 % 10)) % 11 AS rest
  FROM s10
)
SELECT * EXCLUDE (body, rest), body % 10 = CASE rest WHEN 1 THEN 0 WHEN 0 THEN 5 ELSE 11 - rest END AS s10_valid FROM summed
"""

__all__ = ["Hit", "Options", "Patterns", "Ran", "Review"]
